"""Decides what a document of the search is, and in which files its texts lie.

A document is a record, a power or a page; the entries of one address and title, which follow each
other, are its passages. It is known by the month in which it became public and its place there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from generator.output.files import OutputFile
from generator.render.search.traditional import pairs_in
from generator.views.entries import SearchEntry

TOGETHER = 4  # documents of a month in one file

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
    more: list[str | int] = [entry.until.isoformat() if entry.until else 0, entry.mark]
    while more and not more[-1]:
        more.pop()
    return [entry.url.partition("#")[2], entry.text, *more]


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


def render_texts(folder: str, months: Months, readings: str = "") -> OutputFile:
    """All documents of a village, from which a browser searches it, and what it must know of their
    characters: see `characters_of`."""
    known = characters_of(pairs_of(months), readings)
    content = {**known, **{str(month): months[month] for month in months}}
    return OutputFile(f"{folder}/texts.json", as_json(content))


def texts_in(content: Any) -> tuple[Months, str]:
    """The documents in a file of texts, and the readings of its characters; none where it is of an
    earlier version, as that of a village that broke since may be."""
    if not isinstance(content, dict):
        return {}, ""
    readings = content.get("readings", "")
    return {int(month): content[month] for month in content if month.isdecimal()}, readings


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
