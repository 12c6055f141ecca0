"""The leases of a village as they stand: in force, ending soon, with rent that is owed.

Words are chosen so that they hold for none, one and many, and say nothing of what a register
leaves empty.
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
    sources_of,
    summed,
    used,
    yuan,
)
from generator.views.charts import Span, SpanChart, State
from generator.views.linking import VillageRecords
from generator.views.places import Link
from generator.views.text import day, money

_YEAR = 365  # days; of what ends later the days are not counted out


def leases_of(
    item: Item, rows: tuple[PublishedRow, ...], newest: tuple[Record, ...], records: VillageRecords
) -> Register | None:
    """The leases of the newest registers; None where there are none."""
    today = records.today
    leases = sorted(
        (row for row in rows if is_lease(row)),
        key=lambda r: (_has_ended(r, today), r.day("end") or date.max, r.url),
    )
    if not leases:
        return None
    summary = _lease_summary(tuple(leases), records)
    return Register(
        item=item.id,
        heading="现在的合同",
        sentence=_lease_sentence(tuple(leases), len(rows) - len(leases), summary, today),
        summary=summary,
        lines=used(_lease_line(row, today) for row in leases),
        charts=tuple(_span_chart(tuple(leases), records)),
        sources=sources_of(newest, records),
    )


def _in_force(row: PublishedRow, today: date) -> bool:
    start, end = row.day("date"), row.day("end")
    return (start is None or start <= today) and (end is None or end >= today)


def _has_ended(row: PublishedRow, today: date) -> bool:
    end = row.day("end")
    return end is not None and end < today


def _ends_soon(row: PublishedRow, records: VillageRecords) -> bool:
    end = row.day("end")
    last = records.today + timedelta(days=records.rules.expiring_days)
    return end is not None and _in_force(row, records.today) and end <= last


def _lease_summary(leases: tuple[PublishedRow, ...], records: VillageRecords) -> LeaseSummary:
    current = [row for row in leases if _in_force(row, records.today)]
    owing = [row for row in leases if (row.amount("owed") or ZERO) > 0]
    return LeaseSummary(
        in_force=len(current),
        rent=summed(current, "amount"),
        expiring=sum(_ends_soon(row, records) for row in current),
        within=records.rules.expiring_days,
        owing=len(owing),
        owed=summed(owing, "owed"),
    )


def _lease_sentence(
    leases: tuple[PublishedRow, ...], others: int, summary: LeaseSummary, today: date
) -> str:
    """`现在有 7 份出租、发包合同，一年租金（承包费）共 … 元；1 份 90 天内到期；没有欠收。`"""
    parts = ["现在没有正在执行的出租、发包合同"]
    current = [row for row in leases if _in_force(row, today)]
    if current:
        rent = f"一年租金（承包费）共 {money(summary.rent)} 元"
        parts = [f"现在有 {len(current)} 份出租、发包合同，{rent}"]
    if summary.expiring:
        parts.append(f"{summary.expiring} 份 {summary.within} 天内到期")
    elif current and all(row.day("end") for row in current):
        parts.append(f"{summary.within} 天内没有到期的")
    if summary.owing:
        parts.append(f"{summary.owing} 份有欠收，共 {money(summary.owed)} 元")
    elif all(row.amount("owed") is not None for row in leases):
        parts.append("没有欠收")
    ended = sum(_has_ended(row, today) for row in leases)
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
        RegisterCell("到期", _end_words(row, row.day("end"), today)),
        RegisterCell("已收", yuan(row, "received"), "amount"),
        RegisterCell("欠收", yuan(row, "owed"), "amount"),
    )
    return RegisterLine(Link(row.text("title") or row.publication.title, row.url), cells)


def _end_words(row: PublishedRow, end: date | None, today: date) -> str:
    if end is None:
        return "没有写"
    if end < today:
        return f"{day(end)}，已到期"
    start = row.day("date")
    if start is not None and start > today:
        return f"{day(end)}，{day(start)}才开始"
    left = (end - today).days
    if left == 0:
        return f"{day(end)}，今天到期"
    return f"{day(end)}，还有 {left} 天到期" if left <= _YEAR else day(end)


def _span_chart(leases: tuple[PublishedRow, ...], records: VillageRecords) -> Iterator[SpanChart]:
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
        yield SpanChart("leases", "合同从哪天到哪天", words, records.today, ordered)
