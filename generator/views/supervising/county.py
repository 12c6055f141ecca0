"""Sets towns, or the villages of one, side by side, and gives the account of the site itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from generator.model.period import parse_period
from generator.model.phrases import Phrases
from generator.views.charts import Pair, PairChart
from generator.views.duties.duty import Counts
from generator.views.duties.standings import Standing, percent
from generator.views.said import say
from generator.views.supervising.conduct import Conduct

_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Line:
    """A town or village beside the others, by its standing. Shares are `9/12 75.0%`, the percentage where
    there is one, and empty where there is nothing to count; so are the mean `days` to an end."""

    standing: Standing
    explained: str
    told: str
    settled: str
    days: str


@dataclass(frozen=True)
class Quarter:
    """What fell due in a quarter."""

    title: str
    counts: Counts

    @property
    def complete(self) -> str:
        """Published of due."""
        return _share(self.counts.published, self.counts.due)

    @property
    def timely(self) -> str:
        """In time of due."""
        return _share(self.counts.in_time, self.counts.due)


@dataclass(frozen=True)
class CountyView:
    """The page on how towns are supervised; `account` are sentences on the site itself."""

    is_of_towns: bool
    lines: tuple[Line, ...]
    quarters: tuple[Quarter, ...]
    chart: PairChart | None
    account: tuple[str, ...]


def county_view(
    standings: Sequence[Standing],
    conducts: Mapping[str, Conduct],
    total: tuple[Counts, Conduct],
    phrases: Phrases,
    *,
    is_of_towns: bool,
) -> CountyView:
    """The lines in the order of their standings, each with its conduct by the address of its link."""
    counts, whole = total
    quarters = tuple(Quarter(_title(text), own) for text, own in whole.quarters)
    words = partial(say, phrases, "duties")
    account = (
        words("account_changes", conduct=whole),
        words("account_withdrawn", conduct=whole),
        words("account_late", counts=counts),
        words("account_refused", conduct=whole),
    )
    return CountyView(
        is_of_towns=is_of_towns,
        lines=tuple(_line(standing, conducts[standing.link.url]) for standing in standings),
        quarters=quarters,
        chart=_chart(quarters, phrases),
        account=account,
    )


def _line(standing: Standing, conduct: Conduct) -> Line:
    mean = Decimal(conduct.days) / conduct.settled if conduct.settled else None
    return Line(
        standing,
        _share(conduct.explained, conduct.found),
        _share(conduct.told + conduct.taken_back, conduct.changes),
        _share(conduct.settled, conduct.received),
        "" if mean is None else str(mean.quantize(_TENTH, ROUND_HALF_UP)),
    )


def _share(part: int, whole: int) -> str:
    share = percent(part, whole)
    return "" if not whole else f"{part}/{whole}" + (f" {share}" if share else "")


def _title(quarter: str) -> str:
    period = parse_period(quarter)
    return period.title if period else quarter


def _chart(quarters: tuple[Quarter, ...], phrases: Phrases) -> PairChart | None:
    """Due and in time, as numbers from zero; None where there is nothing to compare."""
    if len(quarters) < 2:
        return None
    words = partial(say, phrases, "charts")
    pairs = tuple(
        Pair(
            quarter.title,
            (Decimal(quarter.counts.due), Decimal(quarter.counts.in_time)),
            (str(quarter.counts.due), str(quarter.counts.in_time)),
        )
        for quarter in quarters
    )
    names = words("trend_name", of="due"), words("trend_name", of="in_time")
    title = words("trend_title")
    told = words("pairs", title=title, pairs=pairs, unit="份", names=names)
    return PairChart("trend", title, told, "份", names, pairs)
