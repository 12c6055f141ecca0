"""Decides which rows, documents and payments belong to one affair: a project with its decision, tender,
contract and payments.

Rows of registers (tables with an `affair`) belong together where one names the other, and where
one decision speaks of both and of no second project. Nothing is guessed from likeness: what no
link, register number or voucher ties, stands apart. Only what is published is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.model.schema import AffairKind
from generator.model.targets import Target
from generator.model.village import Document, Record
from generator.views.affairs.rows import PublishedRow, published_rows
from generator.views.linking import Reference, VillageRecords

_RANKS: tuple[AffairKind, ...] = ("project", "contract", "tender")
_Pairs = list[tuple[Target, Target]]


@dataclass(frozen=True)
class BookedRow:
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
    booked: tuple[BookedRow, ...]
    others: tuple[PublishedRow, ...]

    @property
    def head(self) -> PublishedRow:
        """The row on whose page the affair is shown."""
        return self.rows[0]

    def newest(self, kind: AffairKind) -> tuple[PublishedRow, ...]:
        """The newest rows of a kind."""
        return tuple(row for row in self.rows if row.schema.affair == kind)


def village_affairs(records: VillageRecords) -> tuple[Affair, ...]:
    """All affairs that consist of more than their own row."""
    rows = {row.target: row for row in published_rows(records)}
    groups = _Groups(_things(row for row in rows.values() if row.schema.affair))
    references = _shown_references(records, rows)
    pairs = [pair for r in references for pair in ((_source(r), r.target), (r.target, _source(r)))]
    _join_rows(references, groups)
    spoken = _spoken(pairs, groups)
    _join_by_decisions(spoken, groups)
    documents = _documents(pairs, spoken, groups)
    tied = _tied(pairs, rows, documents, groups)
    found = (_affair(things, groups, documents, tied, rows) for things in groups.all())
    return tuple(affair for affair in found if affair is not None)


def _shown_references(
    records: VillageRecords, rows: Mapping[Target, PublishedRow]
) -> tuple[Reference, ...]:
    """The links from all that is shown: neither from rows that came down, nor from documents about
    persons whose time of display is over."""
    every = (reference for found in records.outgoing.values() for reference in found)
    return tuple(
        r
        for r in every
        if _source(r) in rows or not (r.row or records.publication(r.source).is_expired)
    )


def _source(reference: Reference) -> Target:
    return Target(reference.source, reference.row)


def _spoken(pairs: _Pairs, groups: _Groups) -> dict[Target, set[Target]]:
    """The rows of registers that each document speaks of, or that name it."""
    found: dict[Target, set[Target]] = defaultdict(set)
    for one, other in pairs:
        if isinstance(one.record.content, Document) and groups.find(other) is not None:
            found[Target(one.record)].add(other)
    return found


def _documents(
    pairs: _Pairs, spoken: Mapping[Target, set[Target]], groups: _Groups
) -> dict[Target, set[int]]:
    """The groups that each document speaks of, be it by way of a decision about one of them."""
    found = {document: groups.of(targets) for document, targets in spoken.items()}
    answers: dict[Target, set[int]] = {}
    for one, other in ((Target(one.record), Target(other.record)) for one, other in pairs):
        is_new = isinstance(one.record.content, Document) and one not in found
        if is_new and len(found.get(other, ())) == 1:
            answers.setdefault(one, set()).update(found[other])
    return {**found, **{d: numbers for d, numbers in answers.items() if len(numbers) == 1}}


def _tied(
    pairs: _Pairs,
    rows: Mapping[Target, PublishedRow],
    documents: Mapping[Target, set[int]],
    groups: _Groups,
) -> dict[Target, set[int]]:
    """The groups of rows outside the registers: those of the rows with which they are linked, or
    the one of a document that is about nothing else."""
    found: dict[Target, set[int]] = {}
    for one, other in pairs:
        if one not in rows or groups.find(one) is not None:
            continue
        group = groups.find(other)
        of_document = documents.get(Target(other.record), set()) if not other.row else set()
        numbers = of_document if group is None else {group}
        if len(numbers) == 1:
            found.setdefault(one, set()).update(numbers)
    return found


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


def _things(rows: Iterable[PublishedRow]) -> tuple[_Thing, ...]:
    """Rows of the same number in the registers of an account are one thing, unless each says
    that it began on another day: a road is mended again after years under the same name."""
    found: dict[tuple[str, str, str], list[list[PublishedRow]]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: (r.record.period, r.record.key, r.row.number)):
        runs = found[row.record.item, row.record.account, row.number]
        run = next((run for run in runs if row.number and _is_same(run, row)), None)
        if run is None:
            runs.append([row])
        else:
            run.append(row)
    return tuple(_Thing(r[0].schema.affair, tuple(r)) for runs in found.values() for r in runs)


def _is_same(run: list[PublishedRow], row: PublishedRow) -> bool:
    days = {day for other in (*run, row) if (day := other.day("date")) is not None}
    return len(days) < 2


class _Groups:
    """Things that belong together, as a union-find; a group is known by one of its things."""

    def __init__(self, things: tuple[_Thing, ...]) -> None:
        self._things = things
        self._above = list(range(len(things)))
        self._numbers = {row.target: n for n, thing in enumerate(things) for row in thing.rows}

    def find(self, target: Target) -> int | None:
        """The group of a row; None where it is no project, contract or tender."""
        number = self._numbers.get(target)
        return None if number is None else self._top(number)

    def of(self, targets: Iterable[Target]) -> set[int]:
        """The groups of rows."""
        return {group for target in targets if (group := self.find(target)) is not None}

    def kinds(self, group: int) -> set[AffairKind]:
        """The kinds of a group's things."""
        return {t.kind for n, t in enumerate(self._things) if self._top(n) == group}

    def join(self, one: int, other: int) -> None:
        """Make two groups one, where they may be."""
        if one != other and may_join(self.kinds(one), self.kinds(other)):
            self._above[other] = one

    def all(self) -> tuple[tuple[_Thing, ...], ...]:
        """Each group in the order of its things, groups in the order of their heads."""
        found: dict[int, list[_Thing]] = defaultdict(list)
        for number, thing in enumerate(self._things):
            found[self._top(number)].append(thing)
        ordered = (sorted(things, key=lambda t: t.order) for things in found.values())
        return tuple(tuple(things) for things in sorted(ordered, key=lambda g: g[0].order))

    def _top(self, number: int) -> int:
        while self._above[number] != number:
            number = self._above[number]
        return number


def may_join(one: set[AffairKind], other: set[AffairKind]) -> bool:
    """Two projects are never one affair."""
    return not ("project" in one and "project" in other)


def _join_rows(references: Iterable[Reference], groups: _Groups) -> None:
    """Rows of two registers belong together where one names the other: columns first, then what
    texts mention. A contract that names the one before it stays its own affair."""
    for reference in sorted(references, key=lambda r: r.is_mention):
        one, other = groups.find(_source(reference)), groups.find(reference.target)
        is_another = reference.source.item != reference.target.record.item
        if one is not None and other is not None and is_another:
            groups.join(one, other)


def _join_by_decisions(spoken: Mapping[Target, set[Target]], groups: _Groups) -> None:
    """What one decision speaks of belongs to its project; without one, to each other where there
    is no second of a kind."""
    for document, targets in spoken.items():
        if not document.record.is_decision:
            continue
        found = sorted(groups.of(targets))
        with_project = [group for group in found if "project" in groups.kinds(group)]
        kinds = [kind for group in found for kind in groups.kinds(group)]
        if len(with_project) == 1 or (not with_project and len(kinds) == len(set(kinds))):
            first = (with_project or found)[0]
            for group in found:
                groups.join(first, group)


def _affair(
    things: tuple[_Thing, ...],
    groups: _Groups,
    documents: Mapping[Target, set[int]],
    tied: Mapping[Target, set[int]],
    rows: Mapping[Target, PublishedRow],
) -> Affair | None:
    """A group with everything tied to it; None where nothing is."""
    group = groups.find(things[0].rows[0].target)
    own_documents = tuple(d.record for d, numbers in documents.items() if group in numbers)
    own = [(rows[t], len(numbers) > 1) for t, numbers in tied.items() if group in numbers]
    if not own_documents and not own and len(things) == 1:
        return None
    own.sort(key=lambda found: (found[0].record.period, found[0].record.key))
    others = {
        (row.record.item, row.record.account, row.number or row.url): row
        for row, _ in own
        if not row.is_money
    }
    return Affair(
        rows=tuple(thing.rows[-1] for thing in things),
        members=frozenset(row.target for thing in things for row in thing.rows),
        documents=own_documents,
        booked=tuple(BookedRow(row, is_shared) for row, is_shared in own if row.is_money),
        others=tuple(others.values()),
    )
