"""Decides in what two versions of a record differ, as readers saw them: row by row, line by line.

Other places of rows, another encoding and another kind of file are no difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from generator.model.history import Edit
from generator.model.schema import TableSchema
from generator.publishing.publication import Publication, PublicTable

_Line = tuple[str, dict[str, str]]  # what a row is known by, and its cells by their headings


def edits_between(
    before: Publication, after: Publication, schema: TableSchema | None
) -> Iterator[Edit]:
    """What differs from one publication of a record to a later one."""
    if before.title != after.title:
        yield Edit("changed", "标题", "", before.title, after.title)
    yield from _rows(tuple(_lines(before.table, schema)), tuple(_lines(after.table, schema)))
    yield from _texts(tuple(_words(before)), tuple(_words(after)))


def _lines(table: PublicTable, schema: TableSchema | None) -> Iterator[_Line]:
    """The rows by what they are known by, then what stands above and below them."""
    headings = [field.heading for field in table.columns]
    keys = _keys(table, schema)
    for row in table.rows:
        cells = {h: c.text for h, c in zip(headings, row.cells, strict=False) if c.text}
        known = [(h, cells[h]) for h in keys if h in cells]
        yield " ".join(f"{h} {text}" for h, text in known) or "，".join(cells.values()), cells
    for proof in table.proofs:
        cells = {h: c.text for h, c in zip(headings, proof.cells, strict=False) if c.text}
        yield proof.label, cells


def _keys(table: PublicTable, schema: TableSchema | None) -> tuple[str, ...]:
    """The headings of the columns by which readers know a row."""
    if schema is None:
        return ()
    name, group = schema.with_role("name"), schema.with_role("group")
    named = (name, group) if name else (schema.find(schema.link_key), None)
    return tuple(table.heading(field.name) for field in named if field)


def _rows(before: tuple[_Line, ...], after: tuple[_Line, ...]) -> Iterator[Edit]:
    """Rows that are the same are no matter; of the others those that are known by the same are one row."""
    left = list((Counter(map(_frozen, before)) - Counter(map(_frozen, after))).elements())
    right = list((Counter(map(_frozen, after)) - Counter(map(_frozen, before))).elements())
    for line in left:
        match = next((other for other in right if other[0] == line[0]), None)
        if match is None:
            yield Edit("removed", _told(line))
            continue
        right.remove(match)
        old, new = dict(line[1]), dict(match[1])
        for heading in dict.fromkeys((*old, *new)):
            if old.get(heading, "") != new.get(heading, ""):
                yield Edit("changed", line[0], heading, old.get(heading, ""), new.get(heading, ""))
    for line in right:
        yield Edit("added", _told(line))


def _frozen(line: _Line) -> tuple[str, tuple[tuple[str, str], ...]]:
    return line[0], tuple(line[1].items())


def _told(line: tuple[str, tuple[tuple[str, str], ...]]) -> str:
    return "，".join(f"{heading} {text}" for heading, text in line[1])


def _words(publication: Publication) -> Iterator[str]:
    """The lines of a document."""
    document = publication.document
    if document is None:
        return
    yield from filter(None, (document.number, document.summary, document.outcome))
    for step in document.steps:
        yield " ".join(filter(None, (step.step, step.date.isoformat(), step.votes, step.note)))
    yield from (line.strip() for line in document.body.splitlines() if line.strip())
    for name, digest in document.content["attachments"].items():
        yield f"附件 {name}（{digest[:8]}）"


def _texts(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[Edit]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for way, first, last, start, end in matcher.get_opcodes():
        if way != "equal":
            yield from _paired(before[first:last], after[start:end])


def _paired(old: Iterable[str], new: Iterable[str]) -> Iterator[Edit]:
    old, new = list(old), list(new)
    for one, other in zip(old, new, strict=False):
        yield Edit("changed", "", "", one, other)
    yield from (Edit("removed", line) for line in old[len(new) :])
    yield from (Edit("added", line) for line in new[len(old) :])
