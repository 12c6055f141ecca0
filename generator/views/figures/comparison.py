"""Compares a record with the one of the period before and the one of a year ago.

Only what was published of both is compared, in the same set of books and over periods of the
same length.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from generator.model.catalogue import CompareSpec, Item
from generator.model.sentences import Place, parse_place
from generator.model.village import Record
from generator.views.figures.measures import Figures, changed_households, figures_of, number_of
from generator.views.figures.shares import LEAST_CASES, are_alike, percent_of, percent_text
from generator.views.linking import VillageRecords
from generator.views.said import say

Way = Literal["before", "year_ago"]

# Beyond this the percentage says less than the number that it starts from.
_MOST_PERCENT = 300


@dataclass(frozen=True)
class Earlier:
    """A record to compare with, and the name of its period: 上月, 去年9月."""

    way: Way
    base: str
    record: Record


@dataclass(frozen=True)
class Compared:
    """A number in two periods: how it changed, the `share` that it is of another, or of how many
    `cases` the sums are that are not compared. Percentages are empty where none is said."""

    way: Literal["change", "share", "cases"]
    title: str
    unit: str
    now: Decimal
    then: Decimal
    percent: str = ""
    of_now: Decimal = Decimal(0)
    of_then: Decimal = Decimal(0)
    share_now: str = ""
    share_then: str = ""
    sums: tuple[str, ...] = ()


def earlier_of(record: Record, records: VillageRecords) -> tuple[Earlier, ...]:
    """The period before, and the same one last year, where they are published."""
    series, phrases = records.series_of(record), records.shared.phrases
    found: dict[Way, Record | None] = {"before": series.before(record)}
    if record.period.kind != "year":
        found["year_ago"] = series.year_ago(record)
    return tuple(
        Earlier(way, say(phrases, "periods", "earlier", way=way, period=record.period), other)
        for way, other in found.items()
        if other is not None
    )


def table_compared(record: Record, item: Item, records: VillageRecords) -> tuple[str, ...]:
    """A sentence for each earlier period with the numbers that the item compares, or why there
    is no comparison."""
    now, phrases = figures_of(record, records), records.shared.phrases
    lines = []
    for earlier in earlier_of(record, records):
        then = figures_of(earlier.record, records)
        if now is None or then is None:
            continue
        unlike = _unlike(item, now, then)
        parts = tuple(_parts(item.compare, now, then)) if unlike is None else ()
        if unlike is not None:
            more, less = unlike
            facts = {"column": item.alike, "more": more, "less": less}
            lines.append(say(phrases, "comparison", "unlike", base=earlier.base, **facts))
        elif parts:
            lines.append(say(phrases, "comparison", "line", base=earlier.base, parts=parts))
    return tuple(lines)


def changed(
    title: str, now: Decimal, then: Decimal, unit: str, cases: Decimal | None = None
) -> Compared | None:
    """How a number changed; None where it was and is zero. `cases` are the numbers of cases in the
    sums, None where they are no sums of cases."""
    if now == then == 0:
        return None
    few = cases is not None and cases < LEAST_CASES
    percent = "" if few else _percent(now - then, then)
    return Compared("change", title, unit, now, then, percent)


def _percent(change: Decimal, base: Decimal) -> str:
    """`+106%`; nothing where a percentage would say nothing."""
    if base <= 0:
        return ""
    share = percent_of(change, base)
    return f"{share:+}%".replace("-", "\N{MINUS SIGN}") if 0 < abs(share) <= _MOST_PERCENT else ""


def _unlike(item: Item, now: Figures, then: Figures) -> tuple[list[str], list[str]] | None:
    """What two records that are not compared have more and less of each other, such as a subsidy
    that is paid once a year; None where they are about the same. Entries are named while all rows
    are shown."""
    if not item.alike or now.groups.is_small or then.groups.is_small:
        return None
    here, there = (_entries(item.alike, part) for part in (now, then))
    if here == there or not here or not there:
        return None
    is_hidden = now.groups.hides_rows or then.groups.hides_rows
    return ([], []) if is_hidden else (sorted(here - there), sorted(there - here))


def _entries(column: str, part: Figures) -> set[str]:
    cells = (row.values.get(column) for row in part.table.rows)
    return {str(cell) for cell in cells if cell is not None}


def _parts(specs: tuple[CompareSpec, ...], now: Figures, then: Figures) -> Iterator[Compared]:
    cases = {
        spec.title: _both(spec.value, now, then)
        for spec in specs
        if any(other.cases == spec.title for other in specs)
    }
    unlike = {title for title, both in cases.items() if both and all(both) and not are_alike(*both)}
    for spec in specs:
        both, place = _both(spec.value, now, then), parse_place(spec.value)
        if both is None or _tells_of_few(place, now, then):
            continue
        part: Compared | None = None
        if spec.of:
            part = _shared(spec, both, _both(spec.of, now, then))
        elif spec.title in unlike:
            sums = tuple(each.title for each in specs if each.cases == spec.title)
            part = Compared("cases", spec.title, spec.unit, *both, sums=sums)
        elif not spec.cases:
            few = None if place.kind == "sum" else min(both)
            part = changed(spec.title, *both, spec.unit, few)
        elif spec.cases not in unlike and (about := cases[spec.cases]) is not None:
            part = changed(spec.title, *both, spec.unit, min(about))
        if part is not None:
            yield part


def _both(text: str, now: Figures, then: Figures) -> tuple[Decimal, Decimal] | None:
    """A number in both periods; None where one of them may not be published."""
    place = parse_place(text)
    one, other = number_of(place, now), number_of(place, then)
    return None if one is None or other is None else (one, other)


def _tells_of_few(place: Place, now: Figures, then: Figures) -> bool:
    """Whether the difference of two sums would speak of a few households whose rows came down."""
    if place.kind != "sum" or not (now.groups.hides_rows or then.groups.hides_rows):
        return False
    return 0 < changed_households(place, now, then) < now.groups.minimum


def _shared(
    spec: CompareSpec, parts: tuple[Decimal, Decimal], wholes: tuple[Decimal, Decimal] | None
) -> Compared | None:
    """The shares in both periods; None where there is no whole."""
    if wholes is None or not all(wholes):
        return None
    counts = parse_place(spec.of).kind != "sum"
    now, then = (
        "" if counts and whole < LEAST_CASES else percent_text(part, whole)
        for part, whole in zip(parts, wholes, strict=True)
    )
    return Compared("share", spec.title, spec.unit, *parts, "", *wholes, now, then)
