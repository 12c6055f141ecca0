"""Joins three months on separate worksheets into one quarter's record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.importer.forms.joined import alike, join, named_period
from generator.importer.forms.known import Flat, Known
from generator.importer.forms.pages import best_page, page_of
from generator.intake.doubts import Asking
from generator.model.period import parse_period

_MONTHS = 3  # of a quarter
_REMARK = "备注"


def joined_months(flats: Sequence[Flat], known: Known, asking: Asking) -> list[Flat]:
    """The three months of a quarter on worksheets of their own, of what is published by the quarter and may
    simply stand one month below the other; each row keeps its month."""
    periods = [parse_period(named_period(flat, known) or flat.period) for flat in flats]
    months = [p for p in periods if p is not None and p.kind == "month"]
    if len(flats) != _MONTHS or len(months) != _MONTHS or any(flat.item for flat in flats):
        return list(flats)
    quarters = {f"{p.start.year}Q{(p.start.month + 2) // 3}" for p in months}
    if len(quarters) != 1 or len({p.start.month for p in months}) != _MONTHS:
        return list(flats)
    best = best_page(flats[0].worksheet, known)
    item = best[0] if best else ""
    pages = [page_of(flat.worksheet, known.tables[item]) for flat in flats] if best else []
    told = [page for page in pages if page is not None]
    is_one = len(told) == _MONTHS and len({page.shape for page in told}) == 1 and alike(told)
    if item not in known.words.by_month or not is_one or told[0].column(_REMARK) is not None:
        return list(flats)
    order = sorted(range(_MONTHS), key=lambda n: months[n].start)
    names = [f"{months[n].start.month}月" for n in order]
    fills = [(_REMARK, name, "") for name in names]
    made = join([told[n] for n in order], fills, known, asking, item)
    return [replace(made, period=quarters.pop())]
