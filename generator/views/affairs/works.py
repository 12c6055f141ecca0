"""The projects of a village as they stand: how far, what they cost, what is paid, accepted or not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from generator.model.catalogue import Item
from generator.model.targets import Target
from generator.model.village import Record
from generator.views.affairs.belonging import Affair, PublishedRow
from generator.views.affairs.costs import paid_for, price_of
from generator.views.affairs.moments import accepted_on
from generator.views.affairs.register import (
    Register,
    RegisterCell,
    RegisterLine,
    WorkSummary,
    books_words,
    sources_of,
    used,
)
from generator.views.charts import Share, ShareChart
from generator.views.linking import VillageRecords
from generator.views.places import Link
from generator.views.text import money


def works_of(
    item: Item,
    rows: tuple[PublishedRow, ...],
    newest: tuple[Record, ...],
    affairs: tuple[Affair, ...],
    records: VillageRecords,
) -> Register | None:
    """The projects of the newest registers."""
    if not rows:
        return None
    known = {affair.head.target: affair for affair in affairs}
    ordered = sorted(rows, key=lambda r: (r.day("finished") is not None, _last(r), r.url))
    summary = WorkSummary(
        listed=len(rows),
        finished=sum(row.day("finished") is not None for row in rows),
        under_way=sum(_is_under_way(row, records.today) for row in rows),
        waiting=sum(_is_waiting(row, records.today) for row in rows),
    )
    return Register(
        item=item.id,
        heading="现在的工程",
        sentence=books_words(item, newest, records) + _work_sentence(rows, summary),
        summary=summary,
        lines=used(_work_line(row, known) for row in ordered),
        charts=tuple(_share_chart(tuple(ordered), known)),
        sources=sources_of(newest, records),
    )


def _last(row: PublishedRow) -> date:
    return row.day("finished") or row.day("date") or date.max


def _is_under_way(row: PublishedRow, today: date) -> bool:
    begun = row.day("date")
    return begun is not None and begun <= today and row.day("finished") is None


def _is_waiting(row: PublishedRow, today: date) -> bool:
    return row.day("finished") is None and not _is_under_way(row, today)


def _work_sentence(rows: tuple[PublishedRow, ...], summary: WorkSummary) -> str:
    """`最近登记的工程有 4 项：3 项已完工，1 项已开工、还没有完工；完工的都写了哪天验收。`"""
    states = (
        (summary.finished, "项已完工"),
        (summary.under_way, "项已开工、还没有完工"),
        (summary.waiting, "项没有写开工日期"),
    )
    told = "，".join(f"{count} {words}" for count, words in states if count)
    parts = [f"最近登记的工程有 {summary.listed} 项：{told}"]
    finished = [row for row in rows if row.day("finished")]
    accepted = sum(accepted_on(row)[0] is not None for row in finished)
    if finished and accepted == len(finished):
        parts.append("完工的都写了哪天验收")
    elif finished and any(not row.text("accepted") for row in finished):
        lacking = sum(not row.text("accepted") for row in finished)
        parts.append(f"完工的里面有 {lacking} 项还没有写验收")
    return "；".join(parts) + "。"


def _work_line(row: PublishedRow, affairs: dict[Target, Affair]) -> RegisterLine:
    price, paid = price_of(row), _paid(row, affairs)
    cells = (
        RegisterCell("谁来做", row.text("name")),
        RegisterCell("价款", f"{money(price.amount)} 元" if price else "", "sum"),
        RegisterCell("已付", "" if paid is None else f"{money(paid)} 元", "amount"),
        RegisterCell("进度", row.text("status")),
        RegisterCell("验收", row.text("accepted")),
    )
    return RegisterLine(Link(row.text("title") or row.publication.title, row.url), cells)


def _paid(row: PublishedRow, affairs: dict[Target, Affair]) -> Decimal | None:
    affair = affairs.get(row.target)
    return row.amount("paid") if affair is None else paid_for(affair)[0]


def _share_chart(
    rows: tuple[PublishedRow, ...], affairs: dict[Target, Affair]
) -> Iterator[ShareChart]:
    shares = []
    for row in rows:
        price, paid = price_of(row), _paid(row, affairs)
        if price is not None and paid is not None and price.amount > 0 and paid >= 0:
            text = f"{price.label} {money(price.amount)}，已付 {money(paid)}"
            shares.append(Share(row.text("title"), price.amount, paid, text))
    if shares:
        words = "；".join(f"{share.label}：{share.text} 元" for share in shares)
        yield ShareChart(
            "paid", "工程款付了多少", f"{words}。", "元", ("价款", "已付"), tuple(shares), True
        )
