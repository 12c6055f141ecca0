"""Lists the leases of a village: in force, ending soon, with rent that is owed.

What is said holds for none, one and many, and says nothing of what a register leaves empty. It
names the day since which it holds, and the days on which leases end, so that a page that nobody
builds again says nothing false, and one that is built daily stays the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from generator.model.books import ZERO
from generator.views.affairs.costs import is_lease, summed
from generator.views.affairs.registers import NewestRows, Register, RegisterCell, RegisterLine
from generator.views.affairs.rows import PublishedRow
from generator.views.charts import Span, SpanChart, State
from generator.views.figures.terms import has_ended, is_begun
from generator.views.linking import VillageRecords

_Leases = tuple[PublishedRow, ...]


def lease_register(own: NewestRows) -> Register | None:
    """The leases of the newest registers; None where there are none."""
    today = own.records.today
    found = (row for row in own.rows if is_lease(row))
    leases = tuple(
        sorted(found, key=lambda r: (_has_ended(r, today), r.day("end") or date.max, r.url))
    )
    if not leases:
        return None
    since = _since(leases, own)
    lines = (_line(row, own) for row in leases)
    charts = _span_chart(leases, since, own)
    return own.register("contract", _sentence(leases, since, own), lines, charts)


def _since(leases: _Leases, own: NewestRows) -> date:
    """The last day on which what is said of the leases changed: a register was shown or corrected,
    a lease began, ended, or came near to its end."""
    today = own.records.today
    days = [own.records.publication(record).changed for record in own.newest]
    for row in leases:
        end = row.day("end")
        days.append(row.day("date"))
        if end is not None:
            near = timedelta(days=own.records.rules.expiring_days)
            days += [end - near, end + timedelta(days=1)]
    return max((day for day in days if day and day <= today), default=today)


def _in_force(row: PublishedRow, today: date) -> bool:
    return is_begun(row.day("date"), today) and not _has_ended(row, today)


def _has_ended(row: PublishedRow, today: date) -> bool:
    return has_ended(row.day("end"), today)


def _ends_soon(row: PublishedRow, records: VillageRecords) -> bool:
    end = row.day("end")
    last = records.today + timedelta(days=records.rules.expiring_days)
    return end is not None and _in_force(row, records.today) and end <= last


def _sentence(leases: _Leases, since: date, own: NewestRows) -> str:
    """`到2025年10月9日，正在执行的出租、发包合同有 7 份，一年租金（承包费）共 … 元；1 份快到期
    （2025年12月31日）；没有欠收。`"""
    current = [row for row in leases if _in_force(row, since)]
    expiring = sum(_ends_soon(row, own.records) for row in current)
    ends = [end for row in current if (end := row.day("end"))]
    owing = [row for row in leases if (row.amount("owed") or ZERO) > 0]
    ended = sum(_has_ended(row, since) for row in leases)
    is_all_owed = all(row.amount("owed") is not None for row in leases)
    is_all_ends = len(ends) == len(current)
    return own.say(
        "leases",
        books=own.books,
        since=since,
        current=len(current),
        rent=summed(current, "amount"),
        expiring=expiring,
        earliest=min(ends, default=None) if expiring or is_all_ends else None,
        owing=len(owing),
        owed=summed(owing, "owed") if owing or is_all_owed else None,
        ended=ended,
        waiting=len(leases) - len(current) - ended,
        others=len(own.rows) - len(leases),
    )


def _line(row: PublishedRow, own: NewestRows) -> RegisterLine:
    return own.line(
        row,
        own.cell("tenant", row.text("name")),
        own.cell("yearly", own.yuan(row.amount("amount")), "sum"),
        _end_cell(row, own),
        own.cell("received", own.yuan(row.amount("received")), "amount"),
        own.cell("owed", own.yuan(row.amount("owed")), "amount"),
    )


def _end_cell(row: PublishedRow, own: NewestRows) -> RegisterCell:
    """When a lease ends. Pages count the days that are left within a year from now."""
    today, start, end = own.records.today, row.day("date"), row.day("end")
    ended, begins = has_ended(end, today), None if is_begun(start, today) else start
    until = None if ended or begins else end
    return replace(
        own.cell("end", own.say("end", date=end, ended=ended, begins=begins)), until=until
    )


def _span_chart(leases: _Leases, since: date, own: NewestRows) -> Iterator[SpanChart]:
    spans = []
    for row in leases:
        start, end = row.day("date"), row.day("end")
        if start is not None and end is not None and start <= end:
            state: State = "soon" if _ends_soon(row, own.records) else "open"
            state = "done" if _has_ended(row, own.records.today) else state
            text = own.say("term", end=end, owed=row.amount("owed") or ZERO)
            spans.append(Span(row.text("title"), start, end, text, state))
    if spans:
        ordered = tuple(sorted(spans, key=lambda span: (span.end, span.label)))
        facts = {"first": ordered[0].end, "last": ordered[-1].end}
        words = own.say("terms_words", count=len(spans), **facts)
        yield SpanChart("leases", own.say("terms"), words, since, ordered)
