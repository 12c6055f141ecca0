"""Numbers as text that JSON carries as it is and hosts compress: few digits for small ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_MORE = 32  # this digit is not the last; the other five bits count, the lowest come first


def _written(number: int) -> str:
    text = ""
    while number >= _MORE:
        text += DIGITS[number % _MORE + _MORE]
        number //= _MORE
    return text + DIGITS[number]


class _Written(dict[int, str]):
    def __missing__(self, number: int) -> str:
        self[number] = text = _written(number)
        return text


_KNOWN = _Written()


def digits(numbers: Iterable[int]) -> str:
    """Numbers that are not negative, one behind the other."""
    return "".join(map(_KNOWN.__getitem__, numbers))


def steps(numbers: Iterable[int]) -> Iterator[int]:
    """The step to each number from the one before it, of numbers that grow."""
    return (number - before for before, number in pairwise((0, *numbers)))


def numbers_in(text: str) -> Iterator[int]:
    """The numbers that `digits` wrote."""
    scale = number = 0
    for digit in map(DIGITS.index, text):
        number += digit % _MORE << scale
        scale += 5
        if digit < _MORE:
            yield number
            scale = number = 0
