"""Lists the projects of a village: how far they are, what they cost, what is paid, accepted or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from generator.model.targets import Target
from generator.views.affairs.belonging import Affair
from generator.views.affairs.costs import paid_for, price_of
from generator.views.affairs.moments import accepted_on
from generator.views.affairs.registers import NewestRows, Register, RegisterLine
from generator.views.affairs.rows import PublishedRow
from generator.views.charts import Share, ShareChart

_Known = Mapping[Target, Affair]


def project_register(own: NewestRows, affairs: tuple[Affair, ...]) -> Register | None:
    """The projects of the newest registers; None where there are none."""
    if not own.rows:
        return None
    known = {affair.head.target: affair for affair in affairs}
    rows = sorted(own.rows, key=lambda r: (r.day("finished") is not None, _last(r), r.url))
    lines = (_line(row, known, own) for row in rows)
    return own.register("project", _sentence(own), lines, _share_chart(rows, known, own))


def _last(row: PublishedRow) -> date:
    return row.day("finished") or row.day("date") or date.max


def _is_under_way(row: PublishedRow, today: date) -> bool:
    begun = row.day("date")
    return begun is not None and begun <= today and row.day("finished") is None


def _sentence(own: NewestRows) -> str:
    """`最近登记的工程有 4 项：3 项已完工，1 项已开工、还没有完工；完工的都写了哪天验收。`"""
    finished = [row for row in own.rows if row.day("finished")]
    under_way = sum(_is_under_way(row, own.records.today) for row in own.rows)
    return own.say(
        "projects",
        books=own.books,
        listed=len(own.rows),
        finished=len(finished),
        under_way=under_way,
        waiting=len(own.rows) - len(finished) - under_way,
        accepted=sum(accepted_on(row)[0] is not None for row in finished),
        unaccepted=sum(not row.text("accepted") for row in finished),
    )


def _line(row: PublishedRow, known: _Known, own: NewestRows) -> RegisterLine:
    price = price_of(row)
    return own.line(
        row,
        own.cell("builder", row.text("name")),
        own.cell("price", own.yuan(price.amount if price else None), "sum"),
        own.cell("paid", own.yuan(_paid(row, known)), "amount"),
        own.cell("progress", row.text("status")),
        own.cell("accepted", row.text("accepted")),
    )


def _paid(row: PublishedRow, known: _Known) -> Decimal | None:
    affair = known.get(row.target)
    return row.amount("paid") if affair is None else paid_for(affair).amount


def _share_chart(rows: list[PublishedRow], known: _Known, own: NewestRows) -> Iterator[ShareChart]:
    shares = []
    for row in rows:
        price, paid = price_of(row), _paid(row, known)
        if price is not None and paid is not None and price.amount > 0 and paid >= 0:
            text = own.say("share", kind=price.kind, price=price.amount, paid=paid)
            shares.append(Share(row.text("title"), price.amount, paid, text))
    if shares:
        names = (own.say("column", kind="price"), own.say("column", kind="paid"))
        words = own.say("shares_words", shares=shares)
        yield ShareChart("paid", own.say("shares"), words, "元", names, tuple(shares), True)
