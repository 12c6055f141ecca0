"""The page and the sheet of one record, complete but for their form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from generator.model.approval import Approval
from generator.model.catalogue import Basis, Board, Item, SheetLayout
from generator.model.papers import Paper
from generator.model.shared import Shared
from generator.model.village import Record, VillageData
from generator.publishing.publication import Publication
from generator.views.acts import is_use, power_of
from generator.views.affairs.chains import Chain, Tie, VillageChains, village_chains
from generator.views.charts import Chart
from generator.views.duties.additions import LateRow, late_rows
from generator.views.figures.bank import bank_words
from generator.views.figures.numbers import numbers_of
from generator.views.history import VersionView, history_of
from generator.views.lasting import Force, force_of
from generator.views.linking import (
    Spoken,
    VillageRecords,
    cell_links,
    related,
    row_links,
)
from generator.views.meetings import CourseView, course_view
from generator.views.places import Link, Place


@dataclass(frozen=True)
class Explained:
    """A word of the record with its meaning."""

    word: str
    plain: str


@dataclass(frozen=True)
class Sheet:
    """How the record hangs on the wall: a layout under templates/posters, and a paper."""

    layout: SheetLayout
    paper: Paper


@dataclass(frozen=True)
class RecordView:
    """All that a record's page and sheet show. Row links are by row number, cell links by row
    number and column. `chains` are shown on the page;
    `ties` are by row number, `elsewhere` are the document's: to chains on other pages; `late` are
    rows that were added after their day, by number; the `power` was used by what the record tells,
    or the record only speaks of it. `proved` is the word for all `checks`. `course` says whether
    a decision came about as it should, `stale_since` since when the record could not be renewed. Where
    content is reviewed, `approval` is that of what is shown; a record that `is_draft` has none.
    `history` are its versions, where there were several; `bank` says how a book stands against the
    statements of its bank, where there are any."""

    publication: Publication
    place: Place
    board: Board
    item: Item
    sentence: str
    compared: tuple[str, ...]
    notes: tuple[str, ...]
    checks: tuple[str, ...]
    proved: str
    charts: tuple[Chart, ...]
    cell_links: Mapping[tuple[int, str], Link]
    row_links: Mapping[int, tuple[Spoken, ...]]
    related: tuple[Link, ...]
    chains: tuple[Chain, ...]
    elsewhere: tuple[Link, ...]
    ties: Mapping[int, tuple[Tie, ...]]
    power: Link | None
    explained: tuple[Explained, ...]
    basis: tuple[Basis, ...]
    previous: Link | None
    next: Link | None
    siblings: tuple[Link, ...]
    sheet: Sheet | None
    late: Mapping[int, LateRow] = field(default_factory=dict)
    uses_power: bool = False
    force: Force | None = None
    course: CourseView | None = None
    stale_since: date | None = None
    approval: Approval | None = None
    is_draft: bool = False
    history: tuple[VersionView, ...] = ()
    bank: str = ""

    @property
    def other_links(self) -> tuple[Link, ...]:
        """Related links that neither a chain on the page nor the words on its force contain."""
        shown = {moment.link.url for chain in self.chains for moment in chain.moments}
        shown = shown.union(*(chain.rows for chain in self.chains))
        if self.force:
            shown.update(link.url for _, link in self.force.told)
        return tuple(link for link in self.related if link.url not in shown)


def record_views(
    records: VillageRecords, chains: VillageChains | None = None
) -> tuple[RecordView, ...]:
    """A view of each record, in the order of the catalogue and then newest first."""
    followed = village_chains(records) if chains is None else chains
    items = {item.id: n for n, item in enumerate(records.shared.catalogue.items)}
    accounts = {account.id: n for n, account in enumerate(records.data.village.accounts)}
    newest = sorted(
        records.data.records,
        key=lambda r: (r.period, -accounts.get(r.account, 0), r.key),
        reverse=True,
    )
    bank = bank_words(records)
    return tuple(
        replace(_record_view(record, records, followed), bank=bank.get(record.name, ""))
        for record in sorted(newest, key=lambda r: items[r.item])
    )


def _record_view(record: Record, records: VillageRecords, chains: VillageChains) -> RecordView:
    shared, publication = records.shared, records.publication(record)
    item = shared.catalogue.item(record.item)
    numbers = numbers_of(record, item, records)
    day = publication.window.start or min(record.period.end, records.today)
    before, after, siblings = _neighbours(record, records)
    return RecordView(
        publication=publication,
        place=records.place,
        board=shared.catalogue.board_of(item.id),
        item=item,
        sentence=numbers.sentence,
        compared=numbers.compared,
        notes=numbers.notes,
        checks=numbers.checks,
        proved=numbers.proved,
        charts=numbers.charts,
        cell_links=cell_links(record, records),
        row_links=row_links(record, records),
        related=related(record, records),
        chains=chains.by_page.get(record.name, ()),
        elsewhere=chains.elsewhere(record),
        ties=chains.ties(record, records),
        power=power_of(record, records),
        explained=_explained(record, publication, shared),
        basis=tuple(basis for basis in item.basis if basis.holds_on(day)),
        previous=before,
        next=after,
        siblings=siblings,
        sheet=_sheet(item, shared),
        late=late_rows(record, records),
        uses_power=is_use(record, records, chains.affairs),
        force=force_of(record, records),
        course=course_view(record, records),
        stale_since=records.data.stale.get(record.name),
        approval=records.data.approved.get(record.name),
        is_draft=_is_draft(record, records.data),
        history=history_of(record, records),
    )


def _is_draft(record: Record, data: VillageData) -> bool:
    """Whether nobody approved what is shown of a record, though somebody has to."""
    return bool(data.review) and record.name not in {*data.approved, *data.stale}


def _sheet(item: Item, shared: Shared) -> Sheet | None:
    if item.poster is None:
        return None
    paper = shared.papers[item.poster.paper]
    return Sheet(item.poster.sheet, paper.laid(item.poster.orientation))


def _neighbours(
    record: Record, records: VillageRecords
) -> tuple[Link | None, Link | None, tuple[Link, ...]]:
    """The period before and after in the same account, and the other accounts' same period."""
    beside = records.series_of(record).neighbours(record)
    before, after = (Link.to(records.publication(other)) if other else None for other in beside)
    others = tuple(
        Link.to(records.publication(other))
        for (item, account), series in records.series.items()
        if item == record.item and account != record.account
        for other in series.at(record.period)
    )
    return before, after, others


def _explained(record: Record, publication: Publication, shared: Shared) -> tuple[Explained, ...]:
    """Plain words for the account subjects and glossary terms that the record uses."""
    words: dict[str, str] = {}
    accounts = shared.chart_on(record.period.end)
    for n, column in enumerate(publication.columns):
        if column.role == "subject" and accounts is not None:
            for row in publication.rows:
                subject = accounts.find(row.cells[n].data)
                if subject is not None:
                    words[subject.name] = subject.plain
    text = publication.title + "".join(field.heading for field in publication.columns)
    for term in shared.glossary:
        if term.term in text or any(word in text for word in term.also):
            words.setdefault(term.term, term.plain)
    return tuple(Explained(word, plain) for word, plain in words.items())
