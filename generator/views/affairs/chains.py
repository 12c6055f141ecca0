"""An affair from beginning to end: decision, tender, contract, payments, acceptance, in the order
of their days, with the sums that follow from them. Only facts that stand in records are stated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.targets import Target
from generator.model.village import Record
from generator.views.affairs.belonging import Affair, PublishedRow, village_affairs
from generator.views.affairs.costs import Fact, facts_of, is_lease
from generator.views.affairs.moments import Moment, is_decision, moments_of
from generator.views.charts import Moment as Mark
from generator.views.charts import TimeLine
from generator.views.linking import VillageRecords, link_to, name_of
from generator.views.places import Link
from generator.views.text import day

_FEWEST_MARKS = 6  # of a time line, unless something is still to come; fewer need no picture


@dataclass(frozen=True)
class Chain:
    """An affair from beginning to end. It stands at `anchor` on the page `url`, and on those of
    the decisions that it began with; `others` are rows without a day, such as the land leased.
    `rows` are the addresses of all rows that it is drawn from, those of earlier registers too."""

    title: str
    anchor: str
    url: str
    state: str
    facts: tuple[Fact, ...]
    moments: tuple[Moment, ...]
    others: tuple[Link, ...]
    notes: tuple[str, ...]
    is_lease: bool
    rows: frozenset[str]
    time_line: TimeLine | None

    @property
    def link(self) -> Link:
        """The way to it."""
        return Link(self.title, f"{self.url}#{self.anchor}")


@dataclass(frozen=True)
class Tie:
    """What a row leads to, and what that is called."""

    label: str
    link: Link


@dataclass(frozen=True)
class VillageChains:
    """The affairs of a village and their chains: `told` on which records' pages they stand, by
    `item/key`; `of_rows` and `of_documents` which chains a row or a document belongs to."""

    affairs: tuple[Affair, ...]
    told: Mapping[str, tuple[Chain, ...]]
    of_rows: Mapping[Target, tuple[Chain, ...]]
    of_documents: Mapping[str, tuple[Chain, ...]]

    def elsewhere(self, record: Record) -> tuple[Link, ...]:
        """The chains that a document belongs to and that its own page does not tell."""
        told = self.told.get(name_of(record), ())
        return tuple(c.link for c in self.of_documents.get(name_of(record), ()) if c not in told)

    def ties(self, record: Record, records: VillageRecords) -> dict[int, tuple[Tie, ...]]:
        """Where each shown row leads: to its chains, or else to the rows that its text mentions."""
        items = {item.id: item.title for item in records.shared.catalogue.items}
        found: dict[int, tuple[Tie, ...]] = {}
        for row in records.publication(record).rows:
            chains = self.of_rows.get(Target(record, row.number), ())
            if chains:
                found[row.number] = tuple(Tie("从头到尾", chain.link) for chain in chains)
        for reference in records.outgoing.get(name_of(record), ()):
            if reference.is_mention and not self.of_rows.get(Target(record, reference.row)):
                label = items[reference.target.record.item]
                tie = Tie(label, link_to(reference.target, records, numbered=True))
                found[reference.row] = (*found.get(reference.row, ()), tie)
        return found


def village_chains(records: VillageRecords) -> VillageChains:
    """Follow every affair of a village."""
    told: dict[str, tuple[Chain, ...]] = {}
    of_rows: dict[Target, tuple[Chain, ...]] = {}
    of_documents: dict[str, tuple[Chain, ...]] = {}
    affairs = village_affairs(records)
    for affair in affairs:
        chain = _chain(affair, records)
        decisions = (record for record in affair.documents if is_decision(record))
        for name in map(name_of, (affair.head.record, *decisions)):
            told[name] = (*told.get(name, ()), chain)
        for target in _rows_of(affair):
            of_rows[target] = (*of_rows.get(target, ()), chain)
        for name in map(name_of, affair.documents):
            of_documents[name] = (*of_documents.get(name, ()), chain)
    return VillageChains(affairs, told, of_rows, of_documents)


def anchor_of(row: PublishedRow) -> str:
    """Where a row's chain stands on pages."""
    return f"chain-{row.record.item}-{row.record.key}-{row.row.number}"


def _rows_of(affair: Affair) -> tuple[Target, ...]:
    return (*affair.members, *(entry.row.target for entry in affair.entries))


def _chain(affair: Affair, records: VillageRecords) -> Chain:
    head = affair.head
    title = head.text("title") or head.publication.title
    moments = moments_of(affair, records)
    facts, notes = facts_of(affair)
    return Chain(
        title=title,
        anchor=anchor_of(head),
        url=head.publication.url,
        state=head.text("status"),
        facts=facts,
        moments=moments,
        others=tuple(link_to(row.target, records, numbered=True) for row in affair.others),
        notes=notes,
        is_lease=head.schema.affair == "contract" and is_lease(head),
        rows=frozenset(link_to(target, records).url for target in _rows_of(affair)),
        time_line=_time_line(title, moments, affair),
    )


def _time_line(title: str, moments: tuple[Moment, ...], affair: Affair) -> TimeLine | None:
    """The days of a project; what is paid for a lease every year needs no picture."""
    marks = tuple(
        Mark(m.day, m.text if m.votes else m.label, m.amount or m.votes, m.state)
        for m in moments
        if m.day is not None
    )
    is_worth = len(marks) >= _FEWEST_MARKS or any(mark.state != "done" for mark in marks)
    if affair.head.schema.affair != "project" or not marks or not is_worth:
        return None
    first, last = marks[0].day, marks[-1].day
    words = f"{title}从{day(first)}到{day(last)}的 {len(marks)} 件事。"
    return TimeLine(f"time-{anchor_of(affair.head)}", f"{title}：时间和金额", words, marks)
