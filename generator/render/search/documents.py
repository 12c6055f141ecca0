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
from generator.views.entries import SearchEntry

TOGETHER = 4  # documents of a month in one file

Document = list[Any]
"""[address, title, day, passages]; a passage is [fragment, text], with the last day on which it may
be shown where there is one."""
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


def _passage(entry: SearchEntry) -> list[str]:
    until = [entry.until.isoformat()] if entry.until else []
    return [entry.url.partition("#")[2], entry.text, *until]


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


def render_texts(folder: str, months: Months) -> OutputFile:
    """All documents of a village, from which a browser searches it."""
    return OutputFile(f"{folder}/texts.json", as_json({str(m): d for m, d in months.items()}))


def _name(month: int) -> str:
    return f"{1970 + (month - 1) // 12}-{(month - 1) % 12 + 1:02}" if month else "0"


def as_json(value: object) -> bytes:
    """As short as JSON can be."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
