"""Decides what a document of the search is, and in which files its texts lie.

A document is a record, a power or a page; the entries of one address and title, which follow each
other, are its passages. It is known by the month in which it became public and its place there.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate, chain, groupby
from typing import Any

from generator.output.files import OutputFile
from generator.render.search.analysis import ANY, BUCKET_BITS, bucket_of, letters_in, terms_of
from generator.render.search.digits import DIGITS, digits, numbers_in, steps
from generator.render.search.traditional import pairs_in
from generator.views.entries import SearchEntry
from generator.views.labels import BEHIND

TOGETHER = 4  # documents of a month in one file
_LEAST = 2  # of a passage: its fragment and its text
_NAME = 8  # characters of a digest
_DIGIT = re.compile("[0-9]")
_PIECE = 3000  # characters of what stands behind, or more, in one file
_BITS = 6  # of a digit: so many pieces
_FIRST, _SIGNS = 0x80, 0x780  # what has two bytes in UTF-8

Document = list[Any]
"""[address, title, day, passages]; a passage is [fragment, text], with the last day on which it may
be shown, 0 where there is none, and the mark of its amount."""
Months = Mapping[int, Sequence[Document]]
"""The documents of each month, the newest month first, in a month the newest document last: so that
one more leaves the others where they are. Months are counted from 1970; 0 has what has no day."""


def documents_by_month(entries: Iterable[SearchEntry]) -> Months:
    """The documents of a folder."""
    months: dict[int, list[Document]] = {}
    for (path, title), group in groupby(entries, _record):
        passages = list(group)
        day = passages[0].day
        document = [path, title, day.isoformat() if day else "", [*map(_passage, passages)]]
        months.setdefault(_month(day), []).append(document)
    for documents in months.values():
        documents.sort(key=lambda document: str(document[2]))
    return dict(sorted(months.items(), reverse=True))


def _record(entry: SearchEntry) -> tuple[str, str]:
    return entry.url.partition("#")[0], entry.title


def _passage(entry: SearchEntry) -> list[str | int]:
    until = entry.until.isoformat() if entry.until else 0
    return _shortest([entry.url.partition("#")[2], entry.text, until, entry.mark])


def _shortest(passage: list[str | int]) -> list[str | int]:
    """Without an end that says nothing."""
    while len(passage) > _LEAST and not passage[-1]:
        passage.pop()
    return passage


def _month(day: date | None) -> int:
    return max(1, (day.year - 1970) * 12 + day.month) if day else 0


def render_months(folder: str, months: Months) -> tuple[OutputFile, ...]:
    """The documents of each month, some in a file, for the search of the site: it fetches what it
    shows."""
    return tuple(
        OutputFile(f"{folder}/{_name(month)}.{number}.json", as_json(documents[start:][:TOGETHER]))
        for month, documents in months.items()
        for number, start in enumerate(range(0, len(documents), TOGETHER))
    )


def render_texts(folder: str, months: Months, readings: str = "") -> tuple[OutputFile, ...]:
    """All documents of a village, from which a browser searches it, and what it must know of their
    characters: see `characters_of`. What stands behind in their rows is in pieces of their own. Of
    each the first file has the digest, and says in which buckets its terms are, so that it is fetched
    where it may hold what is asked for.

    Everything lies by columns, and the `signs` of texts, most of three bytes each, are numbered from
    U+0080, where characters have two: a quarter less to fetch.
    """
    documents = [document for found in months.values() for document in found]
    passages = [document[3] for document in documents]
    texts = [[_parted(passage) for passage in found] for found in passages]
    signs = _signs(
        [*(d[1] for d in documents), *(part for f in texts for both in f for part in both)]
    )
    table = {ord(sign): _FIRST + number for number, sign in enumerate(signs)}
    pieces = [*_pieces(documents, [[rest for _, rest in found] for found in texts])]
    behind = [
        OutputFile(
            f"{folder}/behind/{number}.json",
            as_json([[at, [rest.translate(table) for rest in rests]] for at, rests in piece]),
        )
        for number, piece in enumerate(pieces)
    ]
    said = ((rest for _, rests in piece for rest in rests) for piece in pieces)
    columns = {
        "signs": digits(steps(map(ord, signs))),
        "urls": [document[0] for document in documents],
        "titles": [document[1].translate(table) for document in documents],
        "days": [document[2] for document in documents],
        "rows": [_column(found, 0) for found in passages],
        "untils": [_column(found, 2) for found in passages],
        "marks": [_column(found, 3) for found in passages],
        "texts": [[text.translate(table) for text, _ in found] for found in texts],
        "behind": [file.sha256[:_NAME] for file in behind],
        "buckets": buckets_of(said, numbers=False),
    }
    known = characters_of(pairs_of(months), readings)
    return OutputFile(f"{folder}/texts.json", as_json({**known, **columns})), *behind


def _pieces(
    documents: Sequence[Document], rests: Sequence[list[str]]
) -> Iterator[list[tuple[int, list[str]]]]:
    """What stands behind, with the places of its documents: that of one item, which has its own
    words, together, and of several items where it is little."""
    places = sorted(
        (place for place, found in enumerate(rests) if any(found)),
        key=lambda place: str(documents[place][0]).split("/")[2:3],
    )
    piece: list[tuple[int, list[str]]] = []
    size = 0
    for _, group in groupby(places, lambda place: str(documents[place][0]).split("/")[2:3]):
        if size >= _PIECE:
            yield piece
            piece, size = [], 0
        for place in group:
            piece.append((place, rests[place]))
            size += sum(map(len, rests[place]))
    if piece:
        yield piece


def _parted(passage: Sequence[Any]) -> tuple[str, str]:
    """What a passage says, and what stands behind it where it is a row, or says nothing else."""
    is_parted = passage[0] or passage[1].startswith(BEHIND)
    text, _, rest = passage[1].partition(BEHIND) if is_parted else (passage[1], "", "")
    return text, rest


def buckets_of(pieces: Iterable[Iterable[str]], *, numbers: bool = True) -> list[str]:
    """In which buckets are the terms of each piece's texts: what has none there is not in them. With
    them are single letters, since a run may be a part of a longer one. Nothing is said of how
    characters are read, nor of numbers where they are most of all, but for days.

    Of each six pieces it is a text with a digit for each bucket, whose bits are the pieces.
    """
    found = [_buckets(texts, numbers=numbers) for texts in pieces]
    return [
        "".join(
            DIGITS[sum((bucket in one) << bit for bit, one in enumerate(found[first:][:_BITS]))]
            for bucket in range(1 << BUCKET_BITS)
        )
        for first in range(0, len(found), _BITS)
    ]


def _buckets(texts: Iterable[str], *, numbers: bool) -> frozenset[int]:
    found: set[str] = set()
    for text in texts:
        found.update(terms_of(text), letters_in(text))
    if not numbers:
        found = {term for term in found if term[0] == ANY or not _DIGIT.search(term)}
    return frozenset(map(bucket_of, found))


def _signs(words: Iterable[str]) -> list[str]:
    """The commonest characters that are not ASCII; none of those among which they are numbered may
    stand for itself."""
    found = Counter(chain.from_iterable(words))
    others = sorted(
        (sign for sign in found if ord(sign) >= _FIRST),
        key=lambda sign: (ord(sign) >= _FIRST + _SIGNS, -found[sign], sign),
    )
    return sorted(others[:_SIGNS])


def _column(passages: Iterable[Sequence[Any]], place: int) -> str:
    """What passages have at a place, which holds no space."""
    return " ".join(
        str(passage[place] or "") if len(passage) > place else "" for passage in passages
    ).rstrip()


def texts_in(content: Any, read_behind: Callable[[str], Any]) -> tuple[Months, str]:
    """The documents in texts and the pieces of what stands behind them, by their names, and the
    readings of their characters; none where they are of an earlier version, as those of a village
    that broke since may be."""
    if not isinstance(content, dict) or not isinstance(content.get("behind"), list):
        return {}, ""
    codes = accumulate(numbers_in(content["signs"]))
    behind = [[""] * len(found) for found in content["texts"]]
    for number in range(len(content["behind"])):
        for place, rests in read_behind(f"behind/{number}.json"):
            behind[place] = rests
    table = {_FIRST + number: code for number, code in enumerate(codes)}

    def whole(first: str, rest: str) -> str:
        return (f"{first}{BEHIND}{rest}" if rest else first).translate(table)

    texts = zip(content["texts"], behind, strict=True)
    months: dict[int, list[Document]] = {}
    kept = ("rows", "untils", "marks")
    columns = zip(*(content[name] for name in ("urls", "titles", "days", *kept)), strict=True)
    for (url, title, day, *beside), found in zip(columns, texts, strict=True):
        said = [*map(whole, *found)]
        more = ([*column.split(" "), *[""] * len(said)] for column in beside)
        passages = [
            _shortest([row, text, until or 0, mark])
            for text, row, until, mark in zip(said, *more, strict=False)
        ]
        document = [url, title.translate(table), day, passages]
        months.setdefault(_month(date.fromisoformat(day) if day else None), []).append(document)
    return months, content.get("readings", "")


def characters_of(pairs: str, readings: str) -> dict[str, str]:
    """What a browser must know of the characters in some texts, where there is anything: pairs of a
    traditional character and its simplified one, and characters each with a syllable by which they
    are read there though no table says so, as `六lu 安lu`."""
    known = {"pairs": pairs, "readings": readings}
    return {name: value for name, value in known.items() if value}


def pairs_of(months: Months) -> str:
    """The pairs of the traditional characters in some documents."""
    documents = (document for found in months.values() for document in found)
    return pairs_in(
        text for _, title, _, passages in documents for text in (title, *(p[1] for p in passages))
    )


def _name(month: int) -> str:
    return f"{1970 + (month - 1) // 12}-{(month - 1) % 12 + 1:02}" if month else "0"


def as_json(value: object) -> bytes:
    """As short as JSON can be."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
