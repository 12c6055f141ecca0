"""Rows that sheets show as blocks instead of a table: projects, and questions with their answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.model.days import leading_day
from generator.model.phrases import Phrases
from generator.model.schema import ANY_RECORD, Field, Role
from generator.publishing.publication import PublicCell, PublicRow
from generator.views.affairs.chains import Chain
from generator.views.affairs.moments import Moment
from generator.views.charts import Share, ShareChart
from generator.views.figures.shares import percent_text
from generator.views.records import RecordView
from generator.views.said import say

# A document's key, which says nothing on paper.
DOCUMENT_KEY = re.compile(r"\d{4}-\d\d-\d\d-[a-z0-9-]+")
_QUESTION_ROLES: tuple[Role, ...] = ("title", "status", "answer")
_SIDE_ROLES: tuple[Role, ...] = ("reference", "date")


@dataclass(frozen=True)
class ProjectBlock:
    """A project: its row of the register, `sums` and `details` by column, the bar of what is
    paid, and what happened from beginning to end."""

    title: str
    state: str
    sums: tuple[tuple[str, str], ...]
    details: tuple[tuple[str, str], ...]
    share: ShareChart | None
    chain: Chain | None


@dataclass(frozen=True)
class AnswerBlock:
    """A question: `side` is its number and day, `told` what was asked, done and answered, each by
    role and mark, `verdict` what is counted at the top, `details` everything else by column."""

    side: tuple[str, ...]
    told: tuple[tuple[Role, str, str], ...]
    verdict: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Answers:
    """Questions; `common` says what is the same in all of them."""

    verdict: str
    entries: tuple[AnswerBlock, ...]
    common: tuple[tuple[str, str], ...]


def project_blocks(view: RecordView, words: Phrases) -> tuple[ProjectBlock, ...]:
    """The rows of a register of projects. Every filled cell is shown once."""
    return tuple(_project(row, view, words) for row in view.publication.rows)


def _project(row: PublicRow, view: RecordView, words: Phrases) -> ProjectBlock:
    publication = view.publication
    title = state = ""
    sums: list[tuple[str, str]] = []
    details: list[tuple[str, str]] = []
    url = f"{publication.url}#{row.anchor}"
    chain = next((c for c in view.chains if c.url == publication.url and url in c.rows), None)
    own = [moment for moment in chain.moments if moment.link.url == url] if chain else []
    for field, cell in zip(publication.columns, row.cells, strict=True):
        if not cell.text:
            continue
        if field.role == "title":
            title = cell.text
        elif field.role == "status":
            state = cell.text
        elif field.is_money:
            sums.append((field.heading, cell.text))
        elif not any(_tells(moment, cell) for moment in own):
            details.append((field.heading, _told(row, field, cell.text, view)))
    share = _share(row, view, title, words)
    return ProjectBlock(title, state, tuple(sums), tuple(details), share, chain)


def _tells(moment: Moment, cell: PublicCell) -> bool:
    """Whether what happened says what a cell says: its day, who, or on which day with what result."""
    if isinstance(cell.value, date):
        return moment.day == cell.value
    when, words = leading_day(cell.text)
    return bool(words) and moment.text == words and when in (None, moment.day)


def _share(row: PublicRow, view: RecordView, title: str, words: Phrases) -> ShareChart | None:
    """What is paid of the price, by the register's own numbers."""
    amounts = {
        field.role: (field.heading, cell.value)
        for field, cell in zip(view.publication.columns, row.cells, strict=True)
        if field.is_money and field.role and isinstance(cell.value, Decimal)
    }
    priced, spent = amounts.get("settled") or amounts.get("amount"), amounts.get("paid")
    if priced is None or spent is None or priced[1] <= 0 or spent[1] < 0:
        return None
    (whole, price), (part, paid) = priced, spent
    label = say(words, "sheets", "paid", part=part, whole=whole)
    facts = {"part": part, "paid": paid, "whole": whole, "price": price}
    return ShareChart(
        f"paid-{row.number}",
        "",
        say(words, "sheets", "paid_words", title=title, **facts),
        "元",
        ("", ""),
        (Share(label, price, paid, percent_text(paid, price)),),
        is_relative=True,
    )


def _told(row: PublicRow, field: Field, text: str, view: RecordView) -> str:
    """What stands in a cell; of a record the title, where the cell only has its key."""
    link = view.cell_links.get((row.number, field.name))
    return (
        link.title if link and (field.link == ANY_RECORD or DOCUMENT_KEY.fullmatch(text)) else text
    )


def answers_of(view: RecordView, words: Phrases) -> Answers:
    """The rows of a register of questions. Every filled cell is shown once."""
    publication, columns = view.publication, view.publication.columns
    verdict = next((t.column for t in view.item.tallies if t.column), "")
    shared = {
        n: publication.rows[0].cells[n].text
        for n, field in enumerate(columns)
        if field.role not in _QUESTION_ROLES
        and field.name != verdict
        and _is_shared(n, publication.rows)
    }
    marks = {role: say(words, "sheets", "question", part=role) for role in _QUESTION_ROLES}
    return Answers(
        next((field.heading for field in columns if field.name == verdict), verdict),
        tuple(_answer(row, view, verdict, frozenset(shared), marks) for row in publication.rows),
        tuple((columns[n].heading, text) for n, text in shared.items()),
    )


def _is_shared(place: int, rows: tuple[PublicRow, ...]) -> bool:
    texts = {row.cells[place].text for row in rows}
    return len(rows) > 1 and len(texts) == 1 and texts != {""}


def _answer(
    row: PublicRow, view: RecordView, verdict: str, shared: frozenset[int], marks: dict[Role, str]
) -> AnswerBlock:
    side: list[str] = []
    told: list[tuple[Role, str, str]] = []
    details: list[tuple[str, str]] = []
    said = ""
    for n, (field, cell) in enumerate(zip(view.publication.columns, row.cells, strict=True)):
        if not cell.text or n in shared:
            continue
        if field.role in marks:
            told.append((field.role, marks[field.role], cell.text))
        elif field.name == verdict:
            said = cell.text
        elif field.role in _SIDE_ROLES:
            side.append(cell.text)
        else:
            details.append((field.heading, _told(row, field, cell.text, view)))
    return AnswerBlock(tuple(side), tuple(told), said, tuple(details))
