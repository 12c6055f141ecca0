"""Says how long questions and tasks took: to the first answer, to their end, and against their last day.

All is as of the record's last version, since what came later is not in it. Numbers of too few cases
are not shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median_low

from generator.model.calendar import days_after
from generator.model.catalogue import Item
from generator.model.law import Days
from generator.model.schema import Handling
from generator.model.shared import Shared
from generator.model.village import Record, Row
from generator.publishing.publication import Publication, PublicRow
from generator.views.figures.comparison import earlier_of
from generator.views.figures.measures import figures_of
from generator.views.figures.shares import LEAST_CASES, percent_text
from generator.views.linking import VillageRecords
from generator.views.places import Link
from generator.views.said import say

_YEAR = timedelta(days=365)
_MOST_OPEN = 20


@dataclass(frozen=True)
class Took:
    """How many cases it is known of how long they took; the middle one's days and the longest's."""

    cases: int
    usual: int
    longest: int


@dataclass(frozen=True)
class Then:
    """The same a year ago, in the period `base`."""

    base: str
    took: Took


@dataclass(frozen=True)
class Answered:
    """Answers: how long the known ones `took`, how many came after their day, and how many are
    not there though their day is past. `within` are the days that they may take."""

    took: Took | None
    late: int
    missing: int
    within: Days


@dataclass(frozen=True)
class Kept:
    """What had a last day of its own: done by then, done later, not done and past, not yet due."""

    in_time: int
    late: int
    overdue: int
    open: int


@dataclass(frozen=True)
class Unfinished:
    """A row that was not done when its record was last published: on that day `told`, asked or
    promised on the day `asked`, due on the day `due` where it has one."""

    link: Link
    asked: date
    due: date | None
    told: date | None


def handling_words(record: Record, records: VillageRecords) -> tuple[str, ...]:
    """How long what a record tells of took, in sentences; none where nothing is known."""
    rows, handling = _rows(record, records)
    if handling is None or not rows:
        return ()
    table = records.publication(record).table
    phrases, lines = records.shared.phrases, []
    minimum = records.shared.mask_profile(records.data.village.masks).minimum
    facts = {"minimum": minimum, "count": len(rows)}
    if handling.answered and table.shows(handling.answered):
        answered = _answered(record, rows, handling, records)
        if answered.took or answered.missing:
            lines.append(say(phrases, "handling", "answered", answered=answered, **facts))
    took = _took(_lengths(rows, handling.asked, handling.done))
    if took is not None and not handling.due:
        then = _then(record, handling, records)
        share = _share(took.cases, len(rows))
        lines.append(say(phrases, "handling", "done", took=took, then=then, share=share, **facts))
    if handling.due:
        kept = _kept(record, rows, handling, records)
        share = _share(kept.in_time, kept.in_time + kept.late + kept.overdue)
        lines.append(say(phrases, "handling", "kept", kept=kept, share=share))
    return tuple(lines)


def unfinished(
    item: Item, publications: Sequence[Publication], shared: Shared
) -> tuple[Unfinished, ...]:
    """What is not done by an item's records of the last year, the first due or asked first. A row
    that later records repeat is as the newest says."""
    schema = shared.tables.get(item.table)
    handling = schema.handling if schema else None
    if schema is None or handling is None:
        return ()
    found: dict[str, Unfinished | None] = {}
    newest = max((p.covers[1] for p in publications if p.covers), default=date.min)
    for publication in publications:  # the newest first
        table = publication.table
        is_recent = publication.covers is not None and newest < publication.covers[1] + _YEAR
        for row in table.rows if is_recent and table.shows(handling.done) else ():
            number = table.cell(row, schema.link_key).data or f"{publication.url}#{row.anchor}"
            found.setdefault(number, _open_row(publication, row, handling))
    left = [one for one in found.values() if one]
    left.sort(key=lambda one: (one.due or one.asked, one.link.url))
    return tuple(left[:_MOST_OPEN])


def _open_row(publication: Publication, row: PublicRow, handling: Handling) -> Unfinished | None:
    table, title = publication.table, publication.table.with_role("title")
    asked, due = (table.cell(row, name).value for name in (handling.asked, handling.due))
    if title is None or not isinstance(asked, date) or table.cell(row, handling.done).text:
        return None
    link = Link(table.cell(row, title.name).text, f"{publication.url}#{row.anchor}")
    return Unfinished(link, asked, due if isinstance(due, date) else None, publication.changed)


# ------------------------------------------------------------------------------------- counts


def _rows(record: Record, records: VillageRecords) -> tuple[tuple[Row, ...], Handling | None]:
    """The rows of a record's table that tell how they were handled, while they are on display."""
    part = figures_of(record, records)
    handling = part.schema.handling if part else None
    if part is None or handling is None or part.groups.hides_rows:
        return (), None
    return part.table.rows, handling


def _answered(
    record: Record, rows: tuple[Row, ...], handling: Handling, records: VillageRecords
) -> Answered:
    item, holidays = records.shared.catalogue.item(record.item), records.shared.holidays
    told = records.publication(record).changed or record.period.end
    within, lengths, late, missing = records.rules.answer(item, record.period.end), [], 0, 0
    reply = records.publication(record).table.with_role("answer")
    for row in rows:
        asked, answered = _day(row, handling.asked), _first_answer(row, handling)
        if asked is None:
            continue
        allowed = records.rules.answer(item, asked)
        last = days_after(asked, allowed.count, allowed.counted, holidays)
        if answered is not None:
            lengths.append((answered - asked).days)
            late += answered > last
        elif _day(row, handling.done) is None and not (reply and row.values.get(reply.name)):
            missing += told > last  # else it was answered on a day that nobody wrote down
    return Answered(_took(lengths), late, missing, within)


def _first_answer(row: Row, handling: Handling) -> date | None:
    if handling.way and row.values.get(handling.way) in handling.at_once:
        return _day(row, handling.asked)
    return _day(row, handling.answered)


def _kept(
    record: Record, rows: tuple[Row, ...], handling: Handling, records: VillageRecords
) -> Kept:
    told = records.publication(record).changed or record.period.end
    ends = [(_day(row, handling.due), _day(row, handling.done)) for row in rows]
    dated = [(due, done) for due, done in ends if due is not None]
    return Kept(
        in_time=sum(done is not None and done <= due for due, done in dated),
        late=sum(done is not None and done > due for due, done in dated),
        overdue=sum(done is None and due < told for due, done in dated),
        open=sum(done is None and due >= told for due, done in dated),
    )


def _then(record: Record, handling: Handling, records: VillageRecords) -> Then | None:
    """How long it took a year ago, where that was published."""
    for earlier in earlier_of(record, records):
        rows, same = _rows(earlier.record, records)
        took = _took(_lengths(rows, handling.asked, handling.done))
        if earlier.way == "year_ago" and same == handling and took is not None:
            return Then(earlier.base, took)
    return None


def _lengths(rows: Iterable[Row], first: str, last: str) -> list[int]:
    days = ((_day(row, first), _day(row, last)) for row in rows)
    return [(end - start).days for start, end in days if start is not None and end is not None]


def _took(lengths: Sequence[int]) -> Took | None:
    """How long cases took; what ended before it began is a slip of the pen and does not count."""
    known = [days for days in lengths if days >= 0]
    return Took(len(known), median_low(known), max(known)) if known else None


def _day(row: Row, column: str) -> date | None:
    value = row.values.get(column)
    return value if isinstance(value, date) else None


def _share(part: int, whole: int) -> str:
    return percent_text(Decimal(part), Decimal(whole)) if whole >= LEAST_CASES else ""
