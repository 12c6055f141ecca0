"""Says how what would be shown of a file differs from what is public of it, for who approves it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import SequenceMatcher

from generator.approving.changes import Change, Side
from generator.publishing.publication import Publication, PublicCell

_KINDS = {"new": "新的", "changed": "改了", "gone": "不再公开"}
_NOW, _BEFORE = "＋", "－"


def told(change: Change) -> Iterator[str]:
    """The lines about one change: what it is, then each row, line or fact that comes or goes."""
    yield f"【{_KINDS[change.kind]}】{change.title}（{change.file}）"
    if change.refusal:
        refusal = change.refusal
        yield f"  {refusal.day:%Y-%m-%d} {refusal.role}退回过：{refusal.refused}"
    before = tuple(_lines(change.before)) if change.before else ()
    after = tuple(_lines(change.after)) if change.after else ()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for way, first, last, start, end in matcher.get_opcodes():
        if way != "equal":
            yield from (f"  {_BEFORE} {line}" for line in before[first:last])
            yield from (f"  {_NOW} {line}" for line in after[start:end])


def _lines(side: Side) -> Iterator[str]:
    if side.publication:
        yield from _shown(side.publication)
    elif side.said:
        yield from _facts(json.loads(side.said))


def _shown(publication: Publication) -> Iterator[str]:
    """A publication as lines: what stands above the rows, the rows, what stands below."""
    start = publication.window.start
    yield f"标题：{publication.title}；公开单位：{publication.publisher}"
    yield f"公开日期：{start.isoformat() if start else '没有写'}"
    table, document = publication.table, publication.document
    if publication.nothing:
        yield "本期无发生"
    for row in table.rows:
        yield _row(publication, row.cells)
    for proof in table.proofs:
        yield f"{proof.label}：{_row(publication, proof.cells)}"
    if document:
        facts = (document.number, document.summary, document.outcome, document.replaces)
        yield from (fact for fact in facts if fact)
        yield from (f"{s.step} {s.date.isoformat()} {s.votes} {s.note}" for s in document.steps)
        yield from (line for line in document.body.splitlines() if line.strip())
        for attached, digest in document.content["attachments"].items():
            yield f"附件：{attached}（{digest[:8]}）"
    for correction in publication.corrections:
        yield f"更正 {correction.date.isoformat()}：{correction.what}"


def _row(publication: Publication, cells: tuple[PublicCell, ...]) -> str:
    pairs = zip(publication.columns, cells, strict=False)
    return "，".join(f"{field.heading} {cell.text}" for field, cell in pairs if cell.text)


def _facts(said: object, name: str = "") -> Iterator[str]:
    """What a file of settings says, a line for each fact."""
    if isinstance(said, dict):
        for key, inner in said.items():
            yield from _facts(inner, f"{name} {key}".strip())
    elif isinstance(said, list):
        for inner in said:
            yield from _facts(inner, name)
    elif said:
        yield f"{name}：{said}"
