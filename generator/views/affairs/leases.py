"""The leases of a village as they stand: in force, ending soon, with rent that is owed.

Words are chosen so that they hold for none, one and many, and say nothing of what a register
leaves empty. They name the day since which they hold, and the days on which leases end, so that a
page that nobody builds again says nothing false, and one that is built daily stays the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from generator.model.books import ZERO
from generator.model.catalogue import Item
from generator.model.village import Record
from generator.views.affairs.belonging import PublishedRow
from generator.views.affairs.costs import is_lease
from generator.views.affairs.register import (
    LeaseSummary,
    Register,
    RegisterCell,
    RegisterLine,
    books_words,
    sources_of,
    summed,
    used,
    yuan,
)
from generator.views.charts import Span, SpanChart, State
from generator.views.figures.terms import has_ended, is_begun
from generator.views.linking import VillageRecords
from generator.views.places import Link
from generator.views.text import day, money


def leases_of(
    item: Item, rows: tuple[PublishedRow, ...], newest: tuple[Record, ...], records: VillageRecords
) -> Register | None:
    """The leases of the newest registers; None where there are none."""
    today = records.today
    found = (row for row in rows if is_lease(row))
    leases = tuple(
        sorted(found, key=lambda r: (_has_ended(r, today), r.day("end") or date.max, r.url))
    )
    if not leases:
        return None
    since = _since(leases, newest, records)
    summary = _lease_summary(leases, records)
    return Register(
        item=item.id,
        heading="现在的合同",
        sentence=books_words(item, newest, records)
        + _lease_sentence(leases, len(rows) - len(leases), summary, since),
        summary=summary,
        lines=used(_lease_line(row, today) for row in leases),
        charts=tuple(_span_chart(leases, since, records)),
        sources=sources_of(newest, records),
    )


def _since(
    leases: tuple[PublishedRow, ...], newest: tuple[Record, ...], records: VillageRecords
) -> date:
    """The last day on which what is said of the leases changed: a register was shown or corrected,
    a lease began, ended, or came near to its end."""
    days = [records.publication(record).changed for record in newest]
    for row in leases:
        end = row.day("end")
        days.append(row.day("date"))
        if end is not None:
            near = timedelta(days=records.rules.expiring_days)
            days += [end - near, end + timedelta(days=1)]
    return max((day for day in days if day and day <= records.today), default=records.today)


def _in_force(row: PublishedRow, today: date) -> bool:
    return is_begun(row.day("date"), today) and not has_ended(row.day("end"), today)


def _has_ended(row: PublishedRow, today: date) -> bool:
    return has_ended(row.day("end"), today)


def _ends_soon(row: PublishedRow, records: VillageRecords) -> bool:
    end = row.day("end")
    last = records.today + timedelta(days=records.rules.expiring_days)
    return end is not None and _in_force(row, records.today) and end <= last


def _lease_summary(leases: tuple[PublishedRow, ...], records: VillageRecords) -> LeaseSummary:
    current = [row for row in leases if _in_force(row, records.today)]
    owing = [row for row in leases if (row.amount("owed") or ZERO) > 0]
    return LeaseSummary(
        rent=summed(current, "amount"),
        expiring=sum(_ends_soon(row, records) for row in current),
        owing=len(owing),
        owed=summed(owing, "owed"),
    )


def _lease_sentence(
    leases: tuple[PublishedRow, ...], others: int, summary: LeaseSummary, since: date
) -> str:
    """`到2025年10月9日，正在执行的出租、发包合同有 7 份，一年租金（承包费）共 … 元；1 份快到期
    （2025年12月31日）；没有欠收。`"""
    parts = [f"到{day(since)}，没有正在执行的出租、发包合同"]
    current = [row for row in leases if _in_force(row, since)]
    if current:
        rent = f"一年租金（承包费）共 {money(summary.rent)} 元"
        parts = [f"到{day(since)}，正在执行的出租、发包合同有 {len(current)} 份，{rent}"]
    ends = [end for row in current if (end := row.day("end"))]
    if summary.expiring:
        first = "最早" if summary.expiring > 1 else ""
        parts.append(f"{summary.expiring} 份快到期（{first}{day(min(ends))}）")
    elif current and len(ends) == len(current):
        first = "最早" if len(ends) > 1 else ""
        parts.append(f"没有快到期的（{first}{day(min(ends))}到期）")
    if summary.owing:
        parts.append(f"{summary.owing} 份有欠收，共 {money(summary.owed)} 元")
    elif all(row.amount("owed") is not None for row in leases):
        parts.append("没有欠收")
    ended = sum(_has_ended(row, since) for row in leases)
    waiting = len(leases) - len(current) - ended
    rest = (
        f"{ended} 份已经到期" if ended else "",
        f"{waiting} 份还没有开始" if waiting else "",
        f"{others} 份别的合同（工程、采购、服务等）" if others else "",
    )
    if any(rest):
        parts.append("登记里另有 " + "、".join(part for part in rest if part))
    return "；".join(parts) + "。"


def _lease_line(row: PublishedRow, today: date) -> RegisterLine:
    cells = (
        RegisterCell("租给、包给", row.text("name")),
        RegisterCell("一年", yuan(row, "amount"), "sum"),
        _end_cell(row, row.day("end"), today),
        RegisterCell("已收", yuan(row, "received"), "amount"),
        RegisterCell("欠收", yuan(row, "owed"), "amount"),
    )
    return RegisterLine(Link(row.text("title") or row.publication.title, row.url), cells)


def _end_cell(row: PublishedRow, end: date | None, today: date) -> RegisterCell:
    """When a lease ends. Pages count the days that are left within a year from now."""
    words, until, start = "没有写", None, row.day("date")
    if end is not None:
        words = day(end)
        if end < today:
            words += "，已到期"
        elif start is not None and start > today:
            words += f"，{day(start)}才开始"
        else:
            until = end
    return RegisterCell("到期", words, until=until)


def _span_chart(
    leases: tuple[PublishedRow, ...], since: date, records: VillageRecords
) -> Iterator[SpanChart]:
    spans = []
    for row in leases:
        start, end = row.day("date"), row.day("end")
        if start is not None and end is not None and start <= end:
            state: State = "soon" if _ends_soon(row, records) else "open"
            state = "done" if _has_ended(row, records.today) else state
            owed = row.amount("owed") or ZERO
            text = f"{day(end)}到期" + (f"，欠收 {money(owed)} 元" if owed > 0 else "")
            spans.append(Span(row.text("title"), start, end, text, state))
    if spans:
        ordered = tuple(sorted(spans, key=lambda span: (span.end, span.label)))
        first, last = ordered[0], ordered[-1]
        words = f"{len(spans)} 份合同的起止，最早{day(first.end)}到期，最晚{day(last.end)}到期。"
        yield SpanChart("leases", "合同从哪天到哪天", words, since, ordered)
