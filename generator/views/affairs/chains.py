"""An affair from beginning to end: decision, tender, contract, payments, acceptance, in the order
of their days, with the sums that follow from them. Only what records say is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.targets import Target
from generator.model.village import Record
from generator.views.affairs.belonging import Affair, village_affairs
from generator.views.affairs.costs import AffairSum, is_lease, sums_of
from generator.views.affairs.moments import Moment, moments_of
from generator.views.affairs.rows import PublishedRow
from generator.views.linking import VillageRecords, link_to
from generator.views.places import Link
from generator.views.said import say


@dataclass(frozen=True)
class Chain:
    """An affair from beginning to end. It stands at `anchor` on the page `url`, and on those of
    the decisions that it began with; `others` are rows without a day, such as the land leased.
    `rows` are the addresses of all rows that it is drawn from, those of earlier registers too."""

    title: str
    anchor: str
    url: str
    state: str
    facts: tuple[AffairSum, ...]
    moments: tuple[Moment, ...]
    others: tuple[Link, ...]
    notes: tuple[str, ...]
    is_lease: bool
    rows: frozenset[str]

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
    """The affairs of a village and their chains. `by_page` are the chains on each record's page, by
    `item/key`; `of_rows` and `of_documents` those to which a row or a document belongs, `of_others` those
    that lead to a row of no register."""

    affairs: tuple[Affair, ...]
    by_page: Mapping[str, tuple[Chain, ...]]
    of_rows: Mapping[Target, tuple[Chain, ...]]
    of_documents: Mapping[str, tuple[Chain, ...]]
    of_others: Mapping[Target, tuple[Chain, ...]]

    def elsewhere(self, record: Record) -> tuple[Link, ...]:
        """The chains to which a document belongs and that its own page does not show."""
        here = self.by_page.get(record.name, ())
        return tuple(c.link for c in self.of_documents.get(record.name, ()) if c not in here)

    def ties(self, record: Record, records: VillageRecords) -> dict[int, tuple[Tie, ...]]:
        """Where each shown row leads: to its chains, or else to the rows that its text mentions."""
        found: dict[int, tuple[Tie, ...]] = {}
        label = say(records.shared.phrases, "affairs", "follow")
        for row in records.publication(record).rows:
            chains = self.of_rows.get(Target(record, row.number), ())
            if chains:
                found[row.number] = tuple(Tie(label, chain.link) for chain in chains)
        for reference in records.outgoing.get(record.name, ()):
            if reference.is_mention and not self.of_rows.get(Target(record, reference.row)):
                item = records.shared.catalogue.item(reference.target.record.item)
                tie = Tie(item.called, link_to(reference.target, records, numbered=True))
                found[reference.row] = (*found.get(reference.row, ()), tie)
        for row in records.publication(record).rows:
            chains = self.of_others.get(Target(record, row.number), ())
            if chains and row.number not in found:
                found[row.number] = tuple(Tie(label, chain.link) for chain in chains)
        return found


def village_chains(records: VillageRecords) -> VillageChains:
    """Follow every affair of a village."""
    by_page: dict[str, tuple[Chain, ...]] = {}
    of_rows: dict[Target, tuple[Chain, ...]] = {}
    of_documents: dict[str, tuple[Chain, ...]] = {}
    of_others: dict[Target, tuple[Chain, ...]] = {}
    affairs = village_affairs(records)
    for affair in affairs:
        chain = _chain(affair, records)
        decisions = (record for record in affair.documents if record.is_decision)
        for name in (r.name for r in (affair.head.record, *decisions)):
            by_page[name] = (*by_page.get(name, ()), chain)
        for target in _rows_of(affair):
            of_rows[target] = (*of_rows.get(target, ()), chain)
        for target in (row.target for row in affair.others):
            of_others[target] = (*of_others.get(target, ()), chain)
        for name in (record.name for record in affair.documents):
            of_documents[name] = (*of_documents.get(name, ()), chain)
    return VillageChains(affairs, by_page, of_rows, of_documents, of_others)


def _anchor_of(row: PublishedRow) -> str:
    """Where a row's chain stands on pages."""
    return f"chain-{row.record.item}-{row.record.key}-{row.row.number}"


def _rows_of(affair: Affair) -> tuple[Target, ...]:
    return (*affair.members, *(booked.row.target for booked in affair.booked))


def _chain(affair: Affair, records: VillageRecords) -> Chain:
    head = affair.head
    title = head.text("title") or head.publication.title
    moments = moments_of(affair, records)
    facts, notes = sums_of(affair, records.shared.phrases)
    return Chain(
        title=title,
        anchor=_anchor_of(head),
        url=head.publication.url,
        state=head.text("status"),
        facts=facts,
        moments=moments,
        others=tuple(link_to(row.target, records, numbered=True) for row in affair.others),
        notes=notes,
        is_lease=head.schema.affair == "contract" and is_lease(head),
        rows=frozenset(link_to(target, records).url for target in _rows_of(affair)),
    )
