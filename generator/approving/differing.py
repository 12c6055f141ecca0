"""Says how what would be shown of a file differs from what is public of it, for who approves it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import SequenceMatcher

from generator.approving.changes import Change, Side
from generator.model.keynames import key_name
from generator.model.shared import Shared
from generator.publishing.edits import edits_between
from generator.publishing.publication import Publication, PublicCell
from generator.views.said import say

_KINDS = {"new": "新的", "changed": "改了", "gone": "不再公开"}
_NOW, _BEFORE = "＋", "－"


def told(change: Change, shared: Shared) -> Iterator[str]:
    """The lines about one change: what it is, then each row, line or fact that comes or goes; of what is
    public already only what would be another."""
    place = "" if change.title == change.file else f"（{change.file}）"
    yield f"【{_KINDS[change.kind]}】{change.title}{place}"
    if change.refusal:
        refusal = change.refusal
        yield f"  {refusal.day:%Y-%m-%d} {refusal.role}退回过：{refusal.refused}"
    before, after = change.before, change.after
    if before and after and before.publication and after.publication:
        yield from _edited(before.publication, after.publication, shared)
        return
    yield from _compared(
        tuple(_lines(before)) if before else (), tuple(_lines(after)) if after else ()
    )


def _edited(before: Publication, after: Publication, shared: Shared) -> Iterator[str]:
    """What differs, as readers of the page are told; balances that only follow are one line."""
    item = shared.catalogue.item(after.item)
    edits = tuple(edits_between(before, after, shared.tables.get(item.table)))
    balance = after.table.with_role("balance")
    others = {edit.row for edit in edits if balance is None or edit.column != balance.heading}
    follow = 0
    for edit in edits:
        if balance and edit.column == balance.heading and edit.row not in others and others:
            follow += 1
        else:
            yield f"  {say(shared.phrases, 'history', 'edit', edit=edit)}"
    if follow and balance:
        yield f"  另有 {follow} 行的{balance.heading}跟着改"
    told = {(c.date, c.what) for c in before.corrections}
    for correction in after.corrections:
        if (correction.date, correction.what) not in told:
            yield f"  更正 {correction.date.isoformat()}：{correction.what}"


def _compared(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[str]:
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


def _facts(said: object, name: str = "", above: str = "") -> Iterator[str]:
    """What a file of settings says, a line for each fact; an entry of a list is one. Keys are told in
    Chinese; `above` is the key in which they stand."""
    if isinstance(said, dict):
        for key, inner in said.items():
            yield from _facts(inner, f"{name} {key_name(key, above)}".strip(), key)
    elif isinstance(said, list):
        for inner in said:
            if isinstance(inner, dict) and not any(
                isinstance(v, dict | list) for v in inner.values()
            ):
                facts = (f"{key_name(k, above)} {v}" for k, v in inner.items() if v)
                yield f"{name} ".lstrip() + "，".join(facts)
            else:
                yield from _facts(inner, name, above)
    elif said:
        yield f"{name}：{said}"
