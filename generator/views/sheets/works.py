"""Projects from the decision to the acceptance, one block for each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from generator.views.affairs.chains import Chain
from generator.views.charts import Share, ShareChart
from generator.views.figures.shares import percent_text
from generator.views.publication import PublicRow
from generator.views.records import RecordView
from generator.views.text import money

_KEY = re.compile(r"\d{4}-\d\d-\d\d-[a-z0-9-]+")  # a document's key, which says nothing on paper


@dataclass(frozen=True)
class Work:
    """A project: its row of the register, `sums` and `details` by column, the bar of what is
    paid, and what happened from beginning to end."""

    title: str
    state: str
    sums: tuple[tuple[str, str], ...]
    details: tuple[tuple[str, str], ...]
    share: ShareChart | None
    chain: Chain | None


def works_of(view: RecordView) -> tuple[Work, ...]:
    """The rows of a register of projects. Every filled cell is told once."""
    return tuple(_work(row, view) for row in view.publication.rows)


def _work(row: PublicRow, view: RecordView) -> Work:
    publication = view.publication
    title = state = ""
    sums: list[tuple[str, str]] = []
    details: list[tuple[str, str]] = []
    for field, cell in zip(publication.columns, row.cells, strict=True):
        if not cell.text:
            continue
        if field.role == "title":
            title = cell.text
        elif field.role == "status":
            state = cell.text
        elif field.is_money:
            sums.append((field.name, cell.text))
        else:
            link = view.cell_links.get((row.number, field.name))
            is_key = link is not None and _KEY.fullmatch(cell.text)
            details.append((field.name, link.title if link and is_key else cell.text))
    url = f"{publication.url}#{row.anchor}"
    chain = next((c for c in view.chains if c.url == publication.url and url in c.rows), None)
    return Work(title, state, tuple(sums), tuple(details), _share(row, view, title), chain)


def _share(row: PublicRow, view: RecordView, title: str) -> ShareChart | None:
    """What is paid of the price, by the register's own numbers."""
    amounts = {
        field.role: (field.name, Decimal(cell.data))
        for field, cell in zip(view.publication.columns, row.cells, strict=True)
        if field.is_money and field.role and not field.mask and cell.data
    }
    whole, part = amounts.get("settled") or amounts.get("amount"), amounts.get("paid")
    if whole is None or part is None or whole[1] <= 0 or part[1] < 0:
        return None
    label, text = f"{part[0]}占{whole[0]}的", percent_text(part[1], whole[1])
    words = f"{title}：{part[0]} {money(part[1])} 元，{whole[0]} {money(whole[1])} 元。"
    return ShareChart(
        f"paid-{row.number}",
        "",
        words,
        "元",
        ("", ""),
        (Share(label, whole[1], part[1], text),),
        is_relative=True,
    )
