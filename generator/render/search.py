"""The search index of a folder: lunr's own format, made from our own analysis of Chinese.

`templates/assets/js/search.js` holds the same analysis for the browser; a test keeps the two equal.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from operator import add
from typing import Any

from lunr.builder import Builder
from lunr.idf import idf
from lunr.index import Index
from lunr.pipeline import Pipeline
from lunr.token_set import TokenSet
from lunr.vector import Vector

from generator.output.files import OutputFile
from generator.views.entries import SearchEntry

FIELD = "t"
"""Name of the one field in the index; short because it stands in every posting."""

# Spelled out, because Python's \s and the browser's \s are not the same set.
_SPACE = re.compile(
    "[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]+"
)
_THOUSANDS = re.compile(r"([0-9]),(?=[0-9]{3}(?![0-9]))")
_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ALNUM = "0-9a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_RUN = re.compile(f"([{_HAN}]+)|[{_ALNUM}]+")
# The last branch swallows whole digit runs, so that no date begins inside a longer number.
_DATE = re.compile(
    "([0-9]{4}) ?年 ?([0-9]{1,2}) ?月(?: ?([0-9]{1,2}) ?[日号])?"
    "|([0-9]{4})([-/.])([0-9]{1,2})\\5([0-9]{1,2})(?![0-9])"
    "|([0-9]{4})-([0-9]{2})(?!-?[0-9])"
    "|[0-9]+"
)
# lunr.js 2.3.9 confuses a digit with the number of a node when it merges equal branches of its
# token set, and then loses terms. Full-width digits cannot occur in normalised text.
_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_NO_METADATA: dict[str, object] = {}


def plain(text: str) -> str:
    """Fold what readers do not tell apart: width, letter case, kinds and runs of white space."""
    # A final sigma depends on its neighbours, so a substring could be folded in another way.
    folded = unicodedata.normalize("NFKC", text).lower().replace("ς", "σ")
    return _SPACE.sub(" ", folded).strip(" ")


def normalise(text: str) -> str:
    """`plain`, and amounts without the commas between their thousands."""
    return _THOUSANDS.sub(r"\1", plain(text))


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
    elif not year and len(match[0]) == 8:
        year, month, day = match[0][:4], match[0][4:6], match[0][6:]
    if not (year and month and "1900" <= year <= "2099" and 1 <= int(month) <= 12):
        return ""
    if day is None:
        return f"{year}{int(month):02}"
    return f"{year}{int(month):02}{int(day):02}" if 1 <= int(day) <= 31 else ""


def analyse(text: str) -> list[str]:
    """The tokens under which a text is found, in order and with repetitions.

    Chinese runs give their pairs of neighbours and their last character alone, so that a single
    character with a trailing wildcard finds each place; runs of letters and digits stay whole;
    dates follow in their compact form.
    """
    folded = plain(text)
    return [*_run_tokens(_THOUSANDS.sub(r"\1", folded)), *_dates(folded)]


def _run_tokens(text: str) -> Iterator[str]:
    for match in _RUN.finditer(text):
        run = match[0]
        if match[1] is not None:
            yield from map(add, run, run[1:])
            run = run[-1]
        yield run


def render_search(folder: str, entries: Sequence[SearchEntry]) -> tuple[OutputFile, ...]:
    """The two files that search in `folder` needs.

    `texts.json` is a list of [url, title, text], with the last day on which it may be shown
    behind them where there is one; `index.json` is lunr's serialised index, whose references are
    positions in that list.
    """
    texts = [
        [entry.url, entry.title, entry.text, *([entry.until.isoformat()] if entry.until else ())]
        for entry in entries
    ]
    return (
        OutputFile(f"{folder}/index.json", _json_bytes(_serialised_index(entries))),
        OutputFile(f"{folder}/texts.json", _json_bytes(texts)),
    )


class _Vector(Vector):  # type: ignore[misc]  # lunr ships no types
    """lunr's vector, whose elements are in order and rounded from the beginning."""

    def serialize(self) -> list[float]:
        elements: list[float] = self.elements
        return elements


class _Builder(Builder):  # type: ignore[misc]
    """lunr's builder for entries of one field, whose terms are our own: the same numbers from
    fewer steps, and no set of all terms, which no file holds."""

    def add(self, doc: dict[str, str], attributes: object = None) -> None:
        ref, terms = doc["ref"], _terms(doc[FIELD])
        self._documents[ref] = attributes or {}
        self.document_count += 1
        self.field_term_frequencies[f"{FIELD}/{ref}"] = counts = Counter(terms)
        self.field_lengths[f"{FIELD}/{ref}"] = len(terms)
        index = self.inverted_index
        for term in counts:
            posting = index.get(term)
            if posting is None:
                index[term] = posting = {FIELD: {}, "_index": len(index)}
            posting[FIELD][ref] = _NO_METADATA

    def _create_field_vectors(self) -> None:
        postings, factor = self.inverted_index, self._k1 + 1
        rarities = [idf(posting, self.document_count) for posting in postings.values()]
        self.field_vectors = {}
        for field_ref, counts in self.field_term_frequencies.items():
            length = self.field_lengths[field_ref] / (self.average_field_length[FIELD] or 1)
            damping = self._k1 * (1 - self._b + self._b * length)
            numbered = sorted((postings[term]["_index"], count) for term, count in counts.items())
            scores = (
                (number, round(rarities[number] * (factor * count) / (damping + count), 3))
                for number, count in numbered
            )
            self.field_vectors[field_ref] = _Vector([*chain.from_iterable(scores)])

    def _create_token_set(self) -> None:
        self.token_set = TokenSet()


def _terms(text: str) -> list[str]:
    """The tokens of a text as terms of the index."""
    return [token if token.isalpha() else token.translate(_DIGITS) for token in analyse(text)]


def _serialised_index(entries: Sequence[SearchEntry]) -> dict[str, Any]:
    """lunr's index of the entries, with its terms in the order that lunr.js insists on."""
    index = _built_index(entries) if entries else Index({}, {}, TokenSet(), [FIELD], Pipeline())
    serialised: dict[str, Any] = index.serialize()
    # lunr.js loads terms in the order of UTF-16 units; lunr.py sorts by code points, which puts
    # characters outside the basic plane elsewhere.
    serialised["invertedIndex"].sort(key=lambda item: item[0].encode("utf-16-be"))
    return serialised


def _built_index(entries: Sequence[SearchEntry]) -> Any:
    builder = _Builder()
    builder.ref("ref")
    builder.field(FIELD)
    for ref, entry in enumerate(entries):
        builder.add({"ref": str(ref), FIELD: f"{entry.title}\n{entry.text}"})
    return builder.build()


def _json_bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
