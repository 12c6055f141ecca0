"""Decides under which terms a text is found.

`templates/assets/js/search-terms.js` holds the same analysis for the browser; a test keeps the two equal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise, product
from operator import add

from generator.render.search.traditional import simplified

ANY = "@"
"""The term of every document. Dates begin with it, so that they do not mix with numbers."""
SOUND = "~"
"""With this begin the terms of how characters are read."""
BUCKET_BITS = 12

_NAME = 4  # characters: of shorter runs, as names are, the first letters are terms
_MOST_RUNS = 1 << 16  # of which the terms are kept
_WINDOW = 4  # characters of the pieces under which longer runs of letters and digits are found
# Spelled out, because Python's \s and the browser's \s are not the same set.
_SPACES = "\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
_ODD_SPACE = re.compile(f"[{_SPACES}]")
_SPACE = re.compile(f"[ {_SPACES}]+")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_COMMAS = re.compile(r"(?<=[0-9]),(?=[0-9])")
_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ALNUM = "0-9a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_BREAK = re.compile(f"(?<=[{_HAN}])\n(?=[{_HAN}])")
_IS_HAN = re.compile(f"[{_HAN}]")
_RUN = re.compile(f"[{_HAN}]+|[{_ALNUM}]+(?:\\.[0-9][{_ALNUM}]*)*")
# No date begins inside a longer number; browsers that cannot look behind swallow whole digit runs.
_DATE = re.compile(
    "(?=[0-9])(?<![0-9])(?:([0-9]{4}) ?年 ?([0-9]{1,2}) ?月(?: ?([0-9]{1,2}) ?[日号])?"
    "|([0-9]{4})([-/.])([0-9]{1,2})\\5([0-9]{1,2})(?![0-9])"
    "|([0-9]{4})-([0-9]{2})(?!-?[0-9])"
    "|[0-9]{8}(?![0-9]))"
)
_MONTH = re.compile("((?:19|20)[0-9]{2})-(0[1-9]|1[0-2])")  # also those within voucher numbers
_DAY = re.compile("([0-9]{1,2})月([0-9]{1,2})[日号]")


def plain(text: str) -> str:
    """Fold what readers do not tell apart: width, letter case, traditional and simplified
    characters, kinds and runs of white space. A line that breaks between Chinese characters goes
    on."""
    # A final sigma depends on its neighbours, so a substring could be folded in another way.
    folded = unicodedata.normalize("NFKC", text).lower().replace("ς", "σ")
    if "\n" in folded:
        folded = _BREAK.sub("", folded)
    if "  " in folded or _ODD_SPACE.search(folded):
        folded = _SPACE.sub(" ", folded)
    return simplified(folded.strip(" "))


def normalise(text: str) -> str:
    """`plain`, and amounts without the commas between their thousands."""
    return _THOUSANDS.sub("", plain(text))


def date_forms(text: str) -> tuple[str, ...]:
    """Each date in a text as 20250312, each month as 202503, in the text's order."""
    return tuple(_dates(plain(text)))


def _dates(folded: str) -> Iterator[str]:
    return filter(None, map(_date_form, _DATE.finditer(folded)))


def _date_form(match: re.Match[str]) -> str:
    """The compact form of one match of `_DATE`; empty when it is only a number."""
    groups = match.groups()
    year, month, day = groups[0:3]
    if groups[3]:
        year, month, day = groups[3], groups[5], groups[6]
    elif groups[7]:
        year, month, day = groups[7], groups[8], None
    elif not year:
        year, month, day = match[0][:4], match[0][4:6], match[0][6:]
    if not (year and month and "1900" <= year <= "2099" and 1 <= int(month) <= 12):
        return ""
    if day is None:
        return f"{year}{int(month):02}"
    return f"{year}{int(month):02}{int(day):02}" if 1 <= int(day) <= 31 else ""


Readings = Callable[[str], Sequence[str]]
"""The syllables by which a character is read."""


def _silent(_: str) -> Sequence[str]:
    return ()


def letters_in(text: str) -> frozenset[str]:
    """The letters and digits of a text, in which each part of its runs of these is written."""
    return frozenset(chain.from_iterable(_numbers(plain(text))))


def terms_of(text: str, readings: Readings = _silent, *, is_title: bool = False) -> list[str]:
    """The terms under which a text is found, with repetitions.

    A Chinese run gives each character and each pair of neighbours. A run of letters and digits,
    also across a decimal point and across commas, stays whole; a long one also gives each of its
    pieces, so that a part of a number is found. A date gives its day, its month, and the day
    without its year, once for a text. A Chinese run that may be a name, and each run of a title, is
    also found by how it is read: by each two syllables that follow each other; a name also by its
    first letters, and a title's run by the first two and by the syllable with which it begins.
    """
    folded = plain(text)
    joined = normal = folded
    if "," in folded:
        joined, normal = _COMMAS.sub("", folded), _THOUSANDS.sub("", folded)
    known = _runs(readings, is_title)
    terms = [*chain.from_iterable(map(known.__getitem__, _RUN.findall(joined)))]
    if joined != normal:  # 2,3 may be two numbers or one
        terms += (term for run in _numbers(normal) for term in _wholes(run))
    return terms + _date_terms(folded)


class _Runs(dict[str, tuple[str, ...]]):
    """The terms of runs that were met."""

    def __init__(self, readings: Readings, is_title: bool) -> None:
        self._readings, self._is_title = readings, is_title

    def __missing__(self, run: str) -> tuple[str, ...]:
        if len(self) >= _MOST_RUNS:
            self.clear()
        self[run] = terms = (*_terms_of_run(run), *self._sounds(run))
        return terms

    def _sounds(self, run: str) -> Iterator[str]:
        is_name = len(run) <= _NAME
        if not _IS_HAN.match(run) or not (is_name or self._is_title):
            return
        syllables = [self._readings(character) for character in run]
        for ones, twos in pairwise(syllables):
            yield from (SOUND + one + two for one, two in product(ones, twos))
        if self._is_title and len(run) > 1:
            yield from (SOUND + one for one in syllables[0])
        few = syllables[: _NAME if is_name else 2]
        letters = [sorted({one[0] for one in ones}) for ones in few]
        for end in range(2, len(letters) + 1):
            yield from (SOUND + "".join(ones) for ones in product(*letters[:end]))


_runs = lru_cache(4)(_Runs)  # those of the table, and those with what a village says


def _terms_of_run(run: str) -> tuple[str, ...]:
    if _IS_HAN.match(run):
        return (*run, *map(add, run, run[1:]))
    pieces = (run[at : at + _WINDOW] for at in range(len(run) - _WINDOW + 1))
    return (*_wholes(run), *(pieces if len(run) > _WINDOW else ()))


def _numbers(text: str) -> Iterator[str]:
    return (run for run in _RUN.findall(text) if not _IS_HAN.match(run))


def _wholes(run: str) -> tuple[str, ...]:
    """A run of letters and digits, and what stands before its decimal point."""
    head, point, _ = run.partition(".")
    return (run, head) if point else (run,)


def _date_terms(folded: str) -> list[str]:
    found = set()
    for form in _dates(folded):
        found.add(form[:6])
        if len(form) > 6:
            found.update((form, form[4:]))
    if "-" in folded:
        found.update(year + month for year, month in _MONTH.findall(folded))
    for month, day in _DAY.findall(folded) if "月" in folded else ():
        # 2月3日 stands within 12月3日 as well
        found.update(part.zfill(2) + day.zfill(2) for part in (month, month[-1]))
    return sorted(ANY + form for form in found)


@lru_cache(1 << 17)
def bucket_of(term: str) -> int:
    """The bucket of a term: FNV-1a over its UTF-16 units, folded to some bits."""
    value = 0x811C9DC5
    units = term.encode("utf-16-le")
    for low, high in zip(units[::2], units[1::2], strict=True):
        value = (value ^ (low | high << 8)) * 0x01000193 & 0xFFFFFFFF
    return (value ^ value >> 15) & (1 << BUCKET_BITS) - 1
