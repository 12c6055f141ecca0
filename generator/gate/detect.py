"""Runs all detectors over one text."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from functools import lru_cache

from generator.gate.findings import Finding, Span
from generator.gate.folding import NUMERALS, Folded, fold, with_numerals
from generator.gate.identifiers import find_numbers, phone_digits
from generator.gate.topics import find_words
from generator.gate.traces import find_marks
from generator.model.privacy import PrivacyWords

_MOST_LETTERS = 4  # of a number in which letters stand for digits
_LETTER = re.compile("[A-Z]")
_ENOUGH_DIGITS = re.compile("(?:[0-9][^0-9]{0,6}){7}")
_ENOUGH_NUMERALS = re.compile(f"(?:[0-9{NUMERALS}][^0-9{NUMERALS}]{{0,6}}){{7}}")


@lru_cache(maxsize=10_000)  # a village has some 3,000, and most are the same when it is made again
def find_private(
    text: str, words: PrivacyWords, public: frozenset[str], *, is_personal: bool = False
) -> tuple[Finding, ...]:
    """Everything private in a text, in order; of places that overlap only the first kind.

    `public` are the digits of declared telephones. `is_personal` says that the text stands in a
    table of persons, where also health and minors' data count.
    """
    folded = fold(text)
    kept: list[Span] = []  # by their starts, none over another
    for span in _spans(folded.text, words, public, is_personal=is_personal):
        place = bisect(kept, span)
        is_free = place == len(kept) or span.end <= kept[place].start
        if is_free and (place == 0 or kept[place - 1].end <= span.start):
            kept.insert(place, span)
    return tuple(_finding(span, folded, text) for span in kept)


def public_phones(texts: Iterator[str]) -> frozenset[str]:
    """The digits of all telephone numbers in texts that declare them public."""
    return frozenset(digits for text in texts for digits in phone_digits(fold(text).text))


def _spans(
    text: str, words: PrivacyWords, public: frozenset[str], *, is_personal: bool
) -> Iterator[Span]:
    if _ENOUGH_NUMERALS.search(text):
        yield from _numbers(text, public)
    yield from find_marks(text)
    yield from find_words(text, words, is_personal=is_personal)


def _numbers(text: str, public: frozenset[str]) -> Iterator[Span]:
    """Numbers as written, and those of which letters or numerals are digits."""
    if _ENOUGH_DIGITS.search(text):
        yield from find_numbers(text, public)
    numerals = with_numerals(text)
    if numerals != text:
        for span in find_numbers(numerals, public):
            if len(_LETTER.findall(text, span.start, span.end)) <= _MOST_LETTERS:
                yield span


def _finding(span: Span, folded: Folded, text: str) -> Finding:
    start = folded.place(span.start, len(text))
    end = folded.place(span.end - 1, len(text)) + 1
    return Finding(start, end, span.kind, text[start:end])
