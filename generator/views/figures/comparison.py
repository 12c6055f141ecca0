"""A record beside the one of the period before and the one of a year ago.

Only what was published of both is compared, in the same set of books and over periods of the
same length.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.model.catalogue import CompareSpec, Item
from generator.model.period import Period
from generator.model.sentences import Place, parse_place
from generator.model.village import Record
from generator.views.figures.measures import Told, amount_text, changed_households, number_of, told
from generator.views.figures.shares import (
    LEAST_CASES,
    are_alike,
    percent_of,
    percent_text,
)
from generator.views.linking import VillageRecords
from generator.views.text import short_day

# Beyond this the percentage says less than the number that it starts from.
_MOST_PERCENT = 300


@dataclass(frozen=True)
class PeriodWords:
    """How one speaks of a period, its end, the period before it and the same one last year."""

    name: str
    end: str
    last: str
    year_ago: str


@dataclass(frozen=True)
class Earlier:
    """A record to compare with, and how one speaks of its period: 上月, 去年9月."""

    words: str
    record: Record


def period_words(period: Period) -> PeriodWords:
    """`9月`, `月末`, `上月`, `去年9月`."""
    short = period.title.partition("年")[2]
    if period.kind == "month":
        return PeriodWords(short, "月末", "上月", f"去年{short}")
    if period.kind == "quarter":
        return PeriodWords(short, "季末", "上季", f"去年{short}")
    if period.kind == "half":
        return PeriodWords(short, "期末", "上个半年", f"去年{short}")
    if period.kind == "year":
        return PeriodWords(period.title, "年末", "上年", "上年")
    return PeriodWords(short_day(period.start), "期末", "上期", "")


def same_series(record: Record, records: VillageRecords) -> dict[Period, Record]:
    """Records of the same item and set of books over periods of the same length, by period."""
    return {
        other.period: other
        for other in records.data.records
        if other.item == record.item
        and other.account == record.account
        and other.period.kind == record.period.kind
    }


def earlier_of(record: Record, records: VillageRecords) -> tuple[Earlier, ...]:
    """The period before, and the same one last year, where they are published."""
    before = record.period.before
    if before is None:
        return ()
    words, series = period_words(record.period), same_series(record, records)
    found = [(words.last, series.get(before))]
    if record.period.kind != "year":
        found.append((words.year_ago, series.get(_year_ago(before))))
    return tuple(Earlier(word, other) for word, other in found if other is not None)


def history_of(record: Record, records: VillageRecords, most: int) -> tuple[Record, ...]:
    """The record and those before it without a gap, oldest first, at most so many."""
    series, found = same_series(record, records), [record]
    before = record.period.before
    while before is not None and before in series and len(found) < most:
        found.append(series[before])
        before = before.before
    return tuple(reversed(found))


def table_compared(record: Record, item: Item, records: VillageRecords) -> tuple[str, ...]:
    """A sentence for each earlier period with the numbers that the item compares, or why there
    is no comparison."""
    now = told(record, records)
    lines = []
    for earlier in earlier_of(record, records):
        then = told(earlier.record, records)
        if now is not None and then is not None:
            words = _unlike_words(item, earlier.words, now, then)
            words = words or "，".join(_phrases(item.compare, earlier.words, now, then))
            lines.append(f"{words}。" if words else "")
    return tuple(line for line in lines if line)


def change_words(
    title: str, base: str, now: Decimal, then: Decimal, unit: str, cases: Decimal | None = None
) -> str:
    """`支出比上月多 9,482.30 元（上月 8,968.20 元，+106%）`; nothing where there was and is
    nothing. `cases` is how many the amounts are about, None where they are no sum of cases."""
    if now == then:
        return f"{title}和{base}一样多" if now else ""
    change = now - then
    more = "多" if change > 0 else "少"
    if not now:
        share = "这一期没有"
    elif not then:
        share = f"{base}没有"
    else:
        few = cases is not None and cases < LEAST_CASES
        share = from_words(base, then, unit, "" if few else percent_words(change, then))
    return f"{title}比{base}{more} {amount_text(abs(change), unit)} {unit}（{share}）"


def from_words(base: str, then: Decimal, unit: str, share: str) -> str:
    """What a change starts from, and its percentage where one is said: `上月 8.00 元，+50%`."""
    return f"{base} {amount_text(then, unit)} {unit}" + (f"，{share}" if share else "")


def percent_words(change: Decimal, base: Decimal) -> str:
    """`+106%`; nothing where a percentage would say nothing."""
    if base <= 0:
        return ""
    share = percent_of(change, base)
    return f"{share:+}%".replace("-", "\N{MINUS SIGN}") if 0 < abs(share) <= _MOST_PERCENT else ""


def _unlike_words(item: Item, base: str, now: Told, then: Told) -> str:
    """Why two records of an item are not compared: what their rows are about is not the same,
    such as a subsidy that is paid once a year. Entries are named while all rows are shown."""
    if not item.alike or now.groups.is_small or then.groups.is_small:
        return ""
    here, there = (_entries(item.alike, part) for part in (now, then))
    if here == there or not here or not there:
        return ""
    parts = [
        f"{word}{'、'.join(names)}"
        for word, names in (("多了", sorted(here - there)), ("少了", sorted(there - here)))
        if names
    ]
    is_hidden = now.groups.hides_rows or then.groups.hides_rows
    named = "" if is_hidden else f"（这一期{'，'.join(parts)}）"
    return f"{item.alike}和{base}不一样{named}，不比多少"


def _entries(column: str, part: Told) -> set[str]:
    cells = (row.values.get(column) for row in part.table.rows)
    return {str(cell) for cell in cells if cell is not None}


def _phrases(specs: tuple[CompareSpec, ...], base: str, now: Told, then: Told) -> Iterator[str]:
    cases = {
        spec.title: _both(spec, now, then)
        for spec in specs
        if any(other.cases == spec.title for other in specs)
    }
    unlike = {title for title, both in cases.items() if both and all(both) and not are_alike(*both)}
    for spec in specs:
        both, place = _both(spec, now, then), parse_place(spec.value)
        if both is None or _tells_of_few(place, now, then):
            continue
        words = ""
        if spec.of:
            words = _share_words(spec, base, both, _both(spec, now, then, of=True))
        elif spec.title in unlike:
            words = _unlike_cases(spec, specs, base, both)
        elif not spec.cases:
            few = None if place.kind == "sum" else min(both)
            words = change_words(spec.title, base, *both, spec.unit, few)
        elif spec.cases not in unlike and (about := cases[spec.cases]) is not None:
            words = change_words(spec.title, base, *both, spec.unit, min(about))
        if words:
            yield words


def _both(
    spec: CompareSpec, now: Told, then: Told, *, of: bool = False
) -> tuple[Decimal, Decimal] | None:
    """What is compared, or the wholes of it, in both periods; None where one may not be told."""
    place = parse_place(spec.of if of else spec.value)
    one, other = number_of(place, now), number_of(place, then)
    return None if one is None or other is None else (one, other)


def _unlike_cases(
    spec: CompareSpec, specs: tuple[CompareSpec, ...], base: str, both: tuple[Decimal, Decimal]
) -> str:
    """`领取的干部这一期 6 名、上季 12 名，应发的报酬和补贴不比多少`: sums of so different numbers
    of cases are not compared."""
    one, other = (f"{amount_text(number, spec.unit)} {spec.unit}" for number in both)
    sums = "、".join(each.title for each in specs if each.cases == spec.title)
    return f"{spec.title}这一期 {one}、{base} {other}，{sums}不比多少"


def _tells_of_few(place: Place, now: Told, then: Told) -> bool:
    """Whether the difference of two sums is that of a few households whose rows came down."""
    if place.kind != "sum" or not (now.groups.hides_rows or then.groups.hides_rows):
        return False
    return 0 < changed_households(place, now, then) < now.groups.minimum


def _share_words(
    spec: CompareSpec,
    base: str,
    parts: tuple[Decimal, Decimal],
    wholes: tuple[Decimal, Decimal] | None,
) -> str:
    """`办结率：12 件里 11 件（92%），上季 11 件里 11 件（100%）`; nothing where there is no
    whole."""
    if wholes is None or not all(wholes):
        return ""
    here, there = (
        _part_words(part, whole, spec) for part, whole in zip(parts, wholes, strict=True)
    )
    return f"{spec.title}：{here}，{base} {there}"


def _part_words(part: Decimal, whole: Decimal, spec: CompareSpec) -> str:
    is_few = parse_place(spec.of).kind != "sum" and whole < LEAST_CASES
    share = "" if is_few else f"（{percent_text(part, whole)}）"
    one, all_of_it = (f"{amount_text(number, spec.unit)} {spec.unit}" for number in (part, whole))
    return f"{all_of_it}里 {one}{share}"


def _year_ago(before: Period) -> Period:
    """The same period of the year before, from the one that goes before."""
    found = before
    for _ in range({"month": 12, "quarter": 4, "half": 2}[before.kind] - 1):
        found = found.before or found
    return found
