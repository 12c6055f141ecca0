"""What belongs to one affair: a project with its decision, tender, contract and payments.

Rows of registers (tables with an `affair`) belong together where one names the other, and where
one decision speaks of both and of no second project. Nothing is guessed from likeness: what no
link, register number or voucher ties, stands apart. Only what is published is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.model.catalogue import AffairKind, Role, TableSchema
from generator.model.targets import Target
from generator.model.village import Document, Record, Table, Value
from generator.views.linking import Reference, VillageRecords
from generator.views.publication import Publication, PublicRow

_RANKS: tuple[AffairKind, ...] = ("project", "contract", "tender")


@dataclass(frozen=True)
class PublishedRow:
    """A row that anyone may see; what is masked in it has a text and no value."""

    record: Record
    schema: TableSchema
    publication: Publication
    row: PublicRow

    @property
    def target(self) -> Target:
        """The row as links name it."""
        return Target(self.record, self.row.number)

    @property
    def url(self) -> str:
        """The row on its page."""
        return f"{self.publication.url}#{self.row.anchor}"

    def text(self, role: Role) -> str:
        """A cell as it is shown; empty where there is no such column."""
        for field, cell in zip(self.publication.columns, self.row.cells, strict=True):
            if field.role == role:
                return cell.text
        return ""

    def amount(self, role: Role) -> Decimal | None:
        """A number that everybody may see."""
        value = self._value(role)
        is_number = isinstance(value, Decimal | int) and not isinstance(value, bool)
        return Decimal(str(value)) if is_number else None

    def day(self, role: Role) -> date | None:
        """A day that everybody may see."""
        value = self._value(role)
        return value if isinstance(value, date) else None

    def _value(self, role: Role) -> Value:
        field = next((f for f in self.publication.columns if f.role == role), None)
        if field is None or field.mask or not isinstance(self.record.content, Table):
            return None
        rows = self.record.content.rows
        row = next(row for row in rows if row.number == self.row.number)
        return row.values.get(field.name)


@dataclass(frozen=True)
class Entry:
    """A row of a ledger; `is_shared` when it belongs to another affair too, so that its sum is
    not this one's alone."""

    row: PublishedRow
    is_shared: bool


@dataclass(frozen=True)
class Affair:
    """Everything of one affair. `rows` holds the newest row of each project, contract and
    tender, the one that heads the affair first; `members` every row of them in any period;
    `others` rows of other tables, such as the land that a contract leases."""

    rows: tuple[PublishedRow, ...]
    members: frozenset[Target]
    documents: tuple[Record, ...]
    entries: tuple[Entry, ...]
    others: tuple[PublishedRow, ...]

    @property
    def head(self) -> PublishedRow:
        """The row on whose page the affair is told."""
        return self.rows[0]

    def newest(self, kind: AffairKind) -> tuple[PublishedRow, ...]:
        """The newest rows of a kind."""
        return tuple(row for row in self.rows if row.schema.affair == kind)


@dataclass(frozen=True)
class _Thing:
    """One project, contract or tender through all periods; rows oldest first."""

    kind: AffairKind
    rows: tuple[PublishedRow, ...]

    @property
    def order(self) -> tuple[object, ...]:
        """Projects before contracts before tenders; then by register and row."""
        newest = self.rows[-1]
        return _RANKS.index(self.kind), newest.record.item, newest.record.key, newest.row.number


def village_affairs(records: VillageRecords) -> tuple[Affair, ...]:
    """All affairs of which more is known than their own row."""
    rows = {row.target: row for row in published_rows(records)}
    groups = _Groups(_things(row for row in rows.values() if row.schema.affair))
    references = tuple(
        reference
        for found in records.outgoing.values()
        for reference in found
        if reference.row == 0 or Target(reference.source, reference.row) in rows
    )
    hidden = {r for r in map(_source, references) if _is_hidden(r, records)}
    told = tuple(r for r in references if _source(r) not in hidden)
    _join_rows(told, groups)
    speakers = _speakers(told, groups)
    _join_by_decisions(speakers, groups)
    parts = _Parts(rows, told, groups, speakers)
    return tuple(affair for things in groups.all() if (affair := parts.affair(things)) is not None)


def published_rows(records: VillageRecords) -> Iterator[PublishedRow]:
    """Every row of the village that is shown."""
    for record in records.data.records:
        publication = records.publication(record)
        if isinstance(record.content, Table):
            schema = records.shared.tables[record.content.schema]
            for row in publication.rows:
                yield PublishedRow(record, schema, publication, row)


def _source(reference: Reference) -> Target:
    return Target(reference.source, reference.row)


def _is_hidden(source: Target, records: VillageRecords) -> bool:
    """Whether a document is about persons whose time of display is over."""
    publication = records.publication(source.record)
    return publication.is_expired and isinstance(source.record.content, Document)


def _things(rows: Iterable[PublishedRow]) -> tuple[_Thing, ...]:
    """Rows of the same number in the registers of an account are one thing, unless each says
    that it began on another day: a road is mended again after years under the same name."""
    found: dict[tuple[str, str, str], list[list[PublishedRow]]] = {}
    for row in sorted(rows, key=lambda r: (r.record.period, r.record.key, r.row.number)):
        number = _number(row)
        runs = found.setdefault((row.record.item, row.record.account, number), [])
        run = next((run for run in runs if number and _is_same(run, row)), None)
        if run is None:
            runs.append([row])
        else:
            run.append(row)
    return tuple(_Thing(r[0].schema.affair, tuple(r)) for runs in found.values() for r in runs)


def _number(row: PublishedRow) -> str:
    key = row.schema.link_key
    for field, cell in zip(row.publication.columns, row.row.cells, strict=True):
        if field.name == key and not field.mask:
            return cell.data
    return ""


def _is_same(run: list[PublishedRow], row: PublishedRow) -> bool:
    days = {day for other in (*run, row) if (day := other.day("date")) is not None}
    return len(days) < 2


class _Groups:
    """Which things belong together; two projects never do."""

    def __init__(self, things: tuple[_Thing, ...]) -> None:
        self._groups: dict[int, list[_Thing]] = {n: [thing] for n, thing in enumerate(things)}
        self._of = {row.target: n for n, thing in enumerate(things) for row in thing.rows}

    def all(self) -> tuple[tuple[_Thing, ...], ...]:
        """Each group in the order of its things, groups in the order of their heads."""
        ordered = (sorted(group, key=lambda t: t.order) for group in self._groups.values())
        return tuple(tuple(group) for group in sorted(ordered, key=lambda g: g[0].order))

    def find(self, target: Target) -> int | None:
        """The group of a row."""
        return self._of.get(target)

    def kinds(self, group: int) -> set[AffairKind]:
        """The kinds of things in a group."""
        return {thing.kind for thing in self._groups[group]}

    def join(self, one: int, other: int) -> None:
        """Make two groups one, where that makes no affair of two projects."""
        if one == other or ("project" in self.kinds(one) and "project" in self.kinds(other)):
            return
        moved = self._groups.pop(other)
        self._groups[one] += moved
        self._of.update({row.target: one for thing in moved for row in thing.rows})


def _join_rows(references: tuple[Reference, ...], groups: _Groups) -> None:
    """Rows of two registers belong together where one names the other: columns first, then what
    texts mention. A contract that names the one before it stays its own affair."""
    for reference in sorted(references, key=lambda r: r.is_mention):
        one, other = groups.find(_source(reference)), groups.find(reference.target)
        if (
            one is not None
            and other is not None
            and reference.source.item != (reference.target.record.item)
        ):
            groups.join(one, other)


def _speakers(references: tuple[Reference, ...], groups: _Groups) -> dict[Target, set[Target]]:
    """The rows of registers that each document speaks of, or that name it."""
    found: dict[Target, set[Target]] = {}
    for reference in references:
        source, target = _source(reference), reference.target
        for one, other in ((source, target), (target, source)):
            is_document = isinstance(one.record.content, Document)
            if is_document and groups.find(other) is not None:
                found.setdefault(Target(one.record), set()).add(other)
    return found


def _join_by_decisions(speakers: dict[Target, set[Target]], groups: _Groups) -> None:
    """What one decision speaks of belongs to its project; without one, to each other where there
    is no second of a kind."""
    for document, spoken in speakers.items():
        content = document.record.content
        if not isinstance(content, Document) or not content.front.steps:
            continue
        found = sorted({g for target in spoken if (g := groups.find(target)) is not None})
        with_project = [group for group in found if "project" in groups.kinds(group)]
        kinds = [kind for group in found for kind in groups.kinds(group)]
        if len(with_project) == 1 or (not with_project and len(kinds) == len(set(kinds))):
            first = (with_project or found)[0]
            for group in found:
                groups.join(first, group)


class _Parts:
    """What is tied to each group, once the groups stand."""

    def __init__(
        self,
        rows: dict[Target, PublishedRow],
        references: tuple[Reference, ...],
        groups: _Groups,
        speakers: dict[Target, set[Target]],
    ) -> None:
        self._rows = rows
        self._groups = groups
        self._documents: dict[Target, set[int]] = {
            document: {g for target in spoken if (g := groups.find(target)) is not None}
            for document, spoken in speakers.items()
        }
        self._add_answers(references)
        self._tied: dict[Target, set[int]] = {}
        for reference in references:
            self._tie(_source(reference), reference.target)
            self._tie(reference.target, _source(reference))

    def affair(self, things: tuple[_Thing, ...]) -> Affair | None:
        """A group with everything that is tied to it; None where that is nothing."""
        group = self._groups.find(things[0].rows[0].target)
        documents = [d.record for d, groups in self._documents.items() if group in groups]
        tied = [(self._rows[t], groups) for t, groups in self._tied.items() if group in groups]
        if not documents and not tied and len(things) == 1:
            return None
        tied.sort(key=lambda found: (found[0].record.period, found[0].record.key))
        money = [found for found in tied if found[0].schema.with_role("expense") is not None]
        entries = [Entry(row, len(groups) > 1) for row, groups in money]
        others = {
            (row.record.item, row.record.account, _number(row) or row.url): row
            for row, _ in tied
            if row.schema.with_role("expense") is None
        }
        return Affair(
            rows=tuple(thing.rows[-1] for thing in things),
            members=frozenset(row.target for thing in things for row in thing.rows),
            documents=tuple(documents),
            entries=tuple(entries),
            others=tuple(others.values()),
        )

    def _add_answers(self, references: tuple[Reference, ...]) -> None:
        """Documents that speak of no row, only of a decision that is about one affair."""
        sole = {d: groups for d, groups in self._documents.items() if len(groups) == 1}
        found: dict[Target, set[int]] = {}
        for reference in references:
            source, target = Target(reference.source), Target(reference.target.record)
            for one, other in ((source, target), (target, source)):
                is_new = isinstance(one.record.content, Document) and one not in self._documents
                if is_new and other in sole:
                    found.setdefault(one, set()).update(sole[other])
        self._documents.update({d: groups for d, groups in found.items() if len(groups) == 1})

    def _tie(self, one: Target, other: Target) -> None:
        """A row outside the registers belongs to the affair of the row, or of the document about
        nothing else, that it is linked with."""
        if one not in self._rows or self._groups.find(one) is not None:
            return
        group = self._groups.find(other)
        groups = {group} if group is not None else self._documents.get(Target(other.record), set())
        if len(groups) == 1 and (group is not None or other.row == 0):
            self._tied.setdefault(one, set()).update(groups)
