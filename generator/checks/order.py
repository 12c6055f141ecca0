"""The order of events in an affair: what comes after something else must not bear an earlier day.

Each rule compares days that two records, or two cells of a row, write down themselves, of things
that a link, a register number or a voucher ties. A warning, never an error: the days may be
right, and then the page is where people should see it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from generator.checks.context import Context, cell
from generator.model.days import leading_day
from generator.model.schema import AffairKind, Role, TableSchema
from generator.model.targets import Target
from generator.model.village import Document, Record, Row
from generator.problems import Problem, Source, problem

_SHORTEST_NAME = 2  # characters; one alone stands in too many words


@dataclass(frozen=True)
class _Line:
    """A row of a table with what its columns mean."""

    record: Record
    row: Row
    schema: TableSchema

    @property
    def target(self) -> Target:
        return Target(self.record, self.row.number)

    def day(self, role: Role) -> date | None:
        value = self._value(role)
        return value if isinstance(value, date) else None

    def text(self, role: Role) -> str:
        value = self._value(role)
        return "" if value is None else str(value).strip()

    def title(self) -> str:
        """What the row is about, as a clerk would call it."""
        return self.text("reference") or self.text("title")

    def source(self, role: Role) -> Source:
        field = self.schema.with_role(role)
        return cell(self.record, self.row.number, field.name if field else "")

    def _value(self, role: Role) -> object:
        return self.schema.value(self.row.values, role)


def opened_before_called(context: Context) -> Iterator[Problem]:
    """A tender is opened on the day of its announcement at the earliest."""
    for line in _lines(context, "tender"):
        called, opened = line.day("announced"), line.day("date")
        if called and opened and opened < called:
            yield _early("order-opened", line, "date", opened, called)


def accepted_before_finished(context: Context) -> Iterator[Problem]:
    """A work is finished after it was begun, and accepted after it was finished."""
    for line in _lines(context, "project"):
        begun, finished = line.day("date"), line.day("finished")
        accepted, _ = leading_day(line.text("accepted"))
        if begun and finished and finished < begun:
            yield _early("order-finished", line, "finished", finished, begun)
        if finished and accepted and accepted < finished:
            yield _early("order-accepted", line, "accepted", accepted, finished)


def begun_before_decided(context: Context) -> Iterator[Problem]:
    """A contract or work begins on the day of the decision on it at the earliest."""
    ties = _ties(context)
    for line in (*_lines(context, "contract"), *_lines(context, "project")):
        begun = line.day("date")
        decided = min((d.period.start for d in ties.decisions(line)), default=None)
        if begun and decided and begun < decided:
            yield _early("order-decided", line, "date", begun, decided)


def contracted_before_awarded(context: Context) -> Iterator[Problem]:
    """A contract that came of a tender begins on the day of its opening at the earliest."""
    ties = _ties(context)
    for tender in _lines(context, "tender"):
        opened = tender.day("date")
        for line in ties.rows(tender.target, "contract"):
            begun = line.day("date")
            if begun and opened and begun < opened:
                yield _early("order-contract", line, "date", begun, opened)


def paid_before_contracted(context: Context) -> Iterator[Problem]:
    """What the village pays for a contract is paid on the day on which it begins at the earliest."""
    ties = _ties(context)
    for line in _lines(context, "contract"):
        begun = line.day("date")
        for entry in ties.rows(line.target, ""):
            paid = entry.day("date")
            if begun and paid and entry.text("expense") and paid < begun:
                yield _early("order-paid", entry, "date", paid, begun, line.title())


def winner_named_before_opening(context: Context) -> Iterator[Problem]:
    """No document of an earlier day names the winner of a tender that was not opened yet: not a
    decision before the call for bids, not an announcement of who won."""
    ties = _ties(context)
    for line in _lines(context, "tender"):
        opened, winner = line.day("date"), line.text("name")
        if opened is None or len(winner) < _SHORTEST_NAME:
            continue
        for record in sorted(ties.documents(line.target), key=lambda r: r.key):
            said = record.period.start
            if said < opened and winner in _words(record):
                yield problem(
                    "order-named",
                    record.source,
                    value=winner,
                    day=said.isoformat(),
                    tender=line.title(),
                    called=(line.day("announced") or opened).isoformat(),
                    opened=opened.isoformat(),
                )


@lru_cache(maxsize=1)  # each check of a village asks for the same
def _ties(context: Context) -> _Ties:
    return _Ties(context)


class _Ties:
    """What belongs to a row of a register: both ways, by columns, numbers within texts, and the
    links of documents. A row is the same through all periods of its register."""

    def __init__(self, context: Context) -> None:
        links = context.links
        self._links = links
        self._lines = {line.target: line for line in _lines(context)}
        self._tied: dict[Target, list[Target]] = {}
        for record in context.data.records:
            if isinstance(record.content, Document):
                for text in record.content.front.links:
                    self._tie(Target(record), links.find(text))
        for line in self._lines.values():
            for field in line.schema.fields:
                text = str(line.row.values.get(field.name) or "")
                if field.link and text:
                    self._tie(line.target, links.cell(field, text, line.record))
                for mentioned in links.mentioned(field, text, line.record) if text else ():
                    self._tie(line.target, mentioned)

    def _tie(self, one: Target, other: Target | None) -> None:
        if other is None or one == other:
            return
        self._tied.setdefault(self._same(one), []).append(other)
        self._tied.setdefault(self._same(other), []).append(one)

    def _same(self, target: Target) -> Target:
        """The first row of the register of an account that bears the same number."""
        line = self._lines.get(target)
        number = line.row.values.get(line.schema.link_key) if line else None
        if line is None or number is None or not line.schema.affair:
            return target
        return next(
            other.target
            for other in self._lines.values()
            if other.schema is line.schema
            and other.record.account == line.record.account
            and other.row.values.get(line.schema.link_key) == number
        )

    def decisions(self, line: _Line) -> Iterator[Record]:
        """The decisions that a row itself names: another that speaks of it may be about its end."""
        for field in line.schema.fields:
            text = str(line.row.values.get(field.name) or "")
            target = self._links.cell(field, text, line.record) if field.link and text else None
            if target is not None and target.record.is_decision:
                yield target.record

    def documents(self, target: Target) -> tuple[Record, ...]:
        """The documents that speak of a row, or that it names."""
        tied = self._tied.get(self._same(target), ())
        found = {t.name: t.record for t in tied if isinstance(t.record.content, Document)}
        return tuple(found.values())

    def rows(self, target: Target, kind: AffairKind) -> tuple[_Line, ...]:
        """The rows of one kind of register that belong to a row; of ledgers where it is empty."""
        tied = dict.fromkeys(self._tied.get(self._same(target), ()))
        lines = (self._lines[t] for t in tied if t in self._lines)
        is_ledger = not kind
        return tuple(
            line
            for line in lines
            if line.schema.affair == kind
            and (not is_ledger or line.schema.with_role("expense") is not None)
        )


def _lines(context: Context, kind: AffairKind | None = None) -> Iterator[_Line]:
    for record, table, schema in context.tables():
        if kind is None or schema.affair == kind:
            for row in table.rows:
                yield _Line(record, row, schema)


def _words(record: Record) -> str:
    """All that a document says itself."""
    content = record.content
    if not isinstance(content, Document):
        return ""
    front = content.front
    steps = (text for step in front.steps for text in (step.step, step.note))
    return "\n".join((front.title, front.summary, front.outcome, *steps, content.body))


def _early(
    code: str, line: _Line, role: Role, found: date, before: date, title: str = ""
) -> Problem:
    return problem(
        code,
        line.source(role),
        value=found.isoformat(),
        title=title or line.title(),
        before=before.isoformat(),
    )
