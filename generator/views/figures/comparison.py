"""A record beside the one of the period before and the one of a year ago.

Only what was published of both is compared, in the same set of books and over periods of the
same length.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from generator.model.catalogue import CompareSpec, Item
from generator.model.period import Period
from generator.model.sentences import Place, parse_place
from generator.model.village import Record
from generator.views.figures.measures import Told, amount_text, changed_households, number_of, told
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
    """A sentence for each earlier period with the numbers that the item compares."""
    now = told(record, records)
    lines = []
    for earlier in earlier_of(record, records):
        then = told(earlier.record, records)
        if now is not None and then is not None:
            words = "，".join(_phrases(item.compare, earlier.words, now, then))
            lines.append(f"{words}。" if words else "")
    return tuple(line for line in lines if line)


def change_words(title: str, base: str, now: Decimal, then: Decimal, unit: str) -> str:
    """`支出比上月多 9,482.30 元（+106%）`; nothing where there was and is nothing."""
    if now == then:
        return f"{title}和{base}一样多" if now else ""
    change = now - then
    more = "多" if change > 0 else "少"
    share = percent_words(change, then)
    if not now:
        share = "这一期没有"
    elif not share:
        share = f"{base} {amount_text(then, unit)} {unit}" if then else f"{base}没有"
    return f"{title}比{base}{more} {amount_text(abs(change), unit)} {unit}（{share}）"


def percent_words(change: Decimal, base: Decimal) -> str:
    """`+106%`; nothing where a percentage would say nothing."""
    if base <= 0:
        return ""
    share = percent_of(change, base)
    return f"{share:+}%".replace("-", "\N{MINUS SIGN}") if 0 < abs(share) <= _MOST_PERCENT else ""


def percent_of(part: Decimal, whole: Decimal) -> int:
    """A share in whole percent; the whole must not be zero."""
    return int((part * 100 / whole).quantize(Decimal(1), ROUND_HALF_UP))


def _phrases(specs: tuple[CompareSpec, ...], base: str, now: Told, then: Told) -> Iterator[str]:
    for spec in specs:
        place = parse_place(spec.value)
        one, other = number_of(place, now), number_of(place, then)
        if one is None or other is None or _tells_of_few(place, now, then):
            continue
        if not spec.of:
            words = change_words(spec.title, base, one, other, spec.unit)
        else:
            of = parse_place(spec.of)
            words = _share_words(
                spec.title, base, (one, number_of(of, now)), (other, number_of(of, then))
            )
        if words:
            yield words


def _tells_of_few(place: Place, now: Told, then: Told) -> bool:
    """Whether the difference of two sums is that of a few households whose rows came down."""
    if place.kind != "sum" or not (now.groups.hides_rows or then.groups.hides_rows):
        return False
    return 0 < changed_households(place, now, then) < now.groups.minimum


def _share_words(
    title: str,
    base: str,
    now: tuple[Decimal, Decimal | None],
    then: tuple[Decimal, Decimal | None],
) -> str:
    """`办结率 92%（去年第三季度 83%）`; nothing where there is no whole."""
    if not now[1] or not then[1]:
        return ""
    return f"{title} {percent_of(now[0], now[1])}%（{base} {percent_of(then[0], then[1])}%）"


def _year_ago(before: Period) -> Period:
    """The same period of the year before, from the one that goes before."""
    found = before
    for _ in range({"month": 12, "quarter": 4, "half": 2}[before.kind] - 1):
        found = found.before or found
    return found
