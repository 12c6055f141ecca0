"""Something of value that register after register says is not used."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.warnings import WarningRule
from generator.views.affairs.rows import PublishedRow
from generator.views.warnings.looking import Finding, Looked, grouped


def find(looked: Looked, rule: WarningRule) -> Iterator[Finding]:
    """In the newest of the registers of a set of books, and in those right before it."""
    own = (row for row in looked.rows if row.number and row.schema.with_role("status"))
    listed = (row for row in own if not row.schema.affair and not row.is_money)

    def key(row: PublishedRow) -> tuple[str, str, str]:
        return row.record.item, row.record.account, row.number

    for rows in grouped(listed, key).values():
        records = looked.records.series_of(rows[0].record).records[-rule.count :]
        by_record = {row.record.name: row for row in rows}
        last = [by_record[r.name] for r in records if r.name in by_record]
        is_idle = all(row.text("status") in rule.values for row in last)
        if len(last) < rule.count or not is_idle or rule.excludes(last[-1].words):
            continue
        if (last[-1].amount("amount") or 0) >= rule.amount:
            facts = {"what": last[-1].text("title"), "status": last[-1].text("status")}
            yield Finding.at(last, since=last[0].record.period, **facts)
