"""What was due when, whether it came, who stands where, and the calendars made of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.calendar import due_day
from generator.model.catalogue import Basis
from generator.model.law import RulePack, RuleValue
from generator.model.period import STANDING, parse_period, periods_of
from generator.model.shared import Shared
from generator.model.village import People, Record, Table, VillageData, Withdrawal
from generator.problems import Source
from generator.views.duties.duty import Counts, Duty, VillageDuties
from generator.views.duties.events import village_days
from generator.views.duties.owed import village_duties
from generator.views.duties.standings import completeness_chart, counts_words, percent, standings
from generator.views.linking import village_records
from generator.views.places import Link
from generator.views.records import record_views
from tests.township import TODAY, TOWNSHIP, examine, real_content

SHARED = real_content()[0]


@pytest.fixture(scope="module")
def dongli() -> VillageData:
    return examine(TOWNSHIP).villages["dongli"]


def record(item: str, key: str, published: date | None, *, nothing: bool = True) -> Record:
    """A table of a period, of the account that its key names."""
    text, _, account = key.partition(".")
    period = parse_period(text)
    assert period is not None
    schema = SHARED.catalogue.find(item)
    assert schema is not None
    table = Table(schema.table, ("备注",), (), (), nothing)
    source = Source(f"villages/dongli/{item}/{key}.csv")
    return Record("dongli", item, key, period, account or "village", published, table, source)


def data_of(dongli: VillageData, *records: Record, since: date | None = None) -> VillageData:
    village = replace(dongli.village, since=since, accounts=dongli.village.accounts[:1])
    return replace(dongli, village=village, records=records)


def duties_of(data: VillageData, today: date = TODAY, shared: Shared = SHARED) -> VillageDuties:
    return village_duties(village_records(data, shared, today))


def one(duties: VillageDuties, title: str) -> Duty:
    found = [duty for duty in duties.duties if duty.title == title]
    assert len(found) == 1, [duty.title for duty in duties.duties]
    return found[0]


# ------------------------------------------------------------------------------------ due days


def rules(name: str, *values: RuleValue) -> RulePack:
    pack = SHARED.rules[name]
    return replace(pack, values=(*values, *pack.values))


def due_in(days: int, item: str) -> RuleValue:
    """A rule by which an item is due in so many working days."""
    basis = Basis("本县的办法", date(2020, 1, 1))
    return RuleValue("due_days", days, basis, "read", Source("a.yaml"), "working", (item,))


@pytest.mark.parametrize(
    ("item", "period", "pack", "due"),
    [
        ("ledger", "2025-09", rules("national"), date(2025, 10, 10)),
        ("ledger", "2024-02", rules("national"), date(2024, 3, 10)),
        ("balance", "2025Q3", rules("national"), date(2025, 10, 15)),
        ("assets", "2025H1", rules("national"), date(2025, 7, 20)),
        ("budget", "2025", rules("national"), date(2025, 3, 31)),
        ("contracts", "2024", rules("national"), date(2024, 3, 31)),
        ("distribution", "2024", rules("national"), date(2025, 3, 31)),
        ("ledger", "2025-09", rules("shandong"), date(2025, 10, 10)),
        ("tenders", "2025Q3", rules("zhejiang"), date(2025, 10, 5)),
        ("tenders", "2025Q3", rules("national"), date(2025, 10, 10)),
        # National Day and Mid-Autumn: off until 8 October, Saturday the 11th is worked.
        ("ledger", "2025-09", rules("national", due_in(5, "ledger")),
         date(2025, 10, 14)),
        # The 15th of the next month, and ten days after an event.
        ("ledger", "2025-09", rules("chongqing"), date(2025, 10, 15)),
        ("decisions", "2025-09-20", rules("chongqing"), date(2025, 9, 30)),
        ("ledger", "2025-05", rules("national", due_in(0, "ledger")),
         date(2025, 5, 31)),
        # Before the end of the period, over the days that are worked: 31, 30, 29 December 2025.
        ("budget", "2025", rules("national", due_in(-3, "budget")),
         date(2025, 12, 26)),
    ],
)  # fmt: skip
def test_due_days(item: str, period: str, pack: RulePack, due: date) -> None:
    found, stretch = SHARED.catalogue.find(item), parse_period(period)
    assert found is not None
    assert stretch is not None
    assert due_day(found, stretch, pack, SHARED.holidays) == due


def test_periods_of_a_year() -> None:
    assert [p.text for p in periods_of("quarter", 2025)] == ["2025Q1", "2025Q2", "2025Q3", "2025Q4"]
    assert [p.text for p in periods_of("half", 2025)] == ["2025H1", "2025H2"]
    assert len(periods_of("month", 2024)) == 12
    assert [p.text for p in periods_of("year", 2024)] == ["2024"]
    assert periods_of("event", 2025) == ()


# -------------------------------------------------------------------------------- what came of it


def test_states_of_a_ledger(dongli: VillageData) -> None:
    data = data_of(
        dongli,
        record("ledger", "2025-05", date(2025, 6, 10)),
        record("ledger", "2025-06", date(2025, 7, 18)),
        record("ledger", "2025-07", None),
    )
    data = replace(
        data,
        left_out=frozenset({"ledger/2025-08"}),
        withdrawn=(_withdrawal("ledger", "2025-04"),),
    )
    duties = duties_of(replace(data, village=replace(data.village, since=date(2025, 3, 1))))
    told = {d.title[:7].rstrip("月收支"): (d.state, d.days) for d in duties.of_item("ledger")}
    assert told == {
        "2025年3": ("missing", 0),
        "2025年4": ("withdrawn", 0),
        "2025年5": ("in-time", 0),
        "2025年6": ("late", 8),
        "2025年7": ("undated", 0),
        "2025年8": ("mending", 0),
        "2025年9": ("open", 0),
    }
    ledger = sum((duty.counts for duty in duties.of_item("ledger")), Counts())
    assert ledger == Counts(due=6, published=3, in_time=1)
    assert (ledger.missing, ledger.late) == (3, 2)
    assert one(duties, "2025年6月收支账").words == "2025年7月10日到期，晚了 8 天公开"
    assert one(duties, "2025年9月收支账").words == "2025年10月10日到期"
    assert one(duties, "2025年3月收支账").words == "2025年4月10日到期，还没有公开"
    assert "正在核对改正" in one(duties, "2025年8月收支账").words


def _withdrawal(item: str, key: str) -> Withdrawal:
    day = date(2025, 5, 9)
    return Withdrawal(item, key, "标题", day, day, "写错了", Source("withdrawn.yaml", 1))


def test_what_is_due_today_is_not_late_and_tomorrow_it_is(dongli: VillageData) -> None:
    data = data_of(dongli, record("ledger", "2025-08", date(2025, 9, 8)))
    assert one(duties_of(data), "2025年9月收支账").state == "open"
    after = duties_of(data, TODAY + timedelta(days=1))
    assert one(after, "2025年9月收支账").state == "missing"


def test_a_longer_file_covers_shorter_periods_and_parts_a_longer_one(dongli: VillageData) -> None:
    data = data_of(
        dongli,
        record("ledger", "2025Q1", date(2025, 4, 9)),
        record("tenders", "2025-04", date(2025, 5, 8)),
        record("tenders", "2025-05", date(2025, 6, 8)),
        record("tenders", "2025-06", date(2025, 7, 12)),
        record("projects", "2025-04", date(2025, 5, 8)),
        record("projects", "2025-06", date(2025, 7, 8)),
        since=date(2025, 1, 1),
    )
    duties = duties_of(data)
    assert [(d.state, d.days) for d in duties.of_item("ledger")[:3]] == [
        ("late", 58), ("late", 30), ("in-time", 0),
    ]  # fmt: skip
    assert one(duties, "2025年第二季度买东西、包工程").state == "late"
    assert one(duties, "2025年第二季度买东西、包工程").published == date(2025, 7, 12)
    assert one(duties, "2025年第二季度工程").state == "missing"  # May is not there


def test_each_set_of_books_owes_its_ledger_and_only_that(dongli: VillageData) -> None:
    both = dongli.village.accounts[:2]
    assert len(both) == 2
    other = both[1]
    data = data_of(dongli, record("ledger", "2025-06", date(2025, 7, 8)), since=date(2025, 6, 1))
    data = replace(data, village=replace(data.village, accounts=both))
    duties = duties_of(data)
    assert one(duties, f"2025年6月收支账（{other.title}）").state == "missing"
    assert not [d for d in duties.of_item("balance") if d.account]
    published = record("balance", f"2025Q2.{other.id}", date(2025, 7, 9))
    duties = duties_of(replace(data, records=(*data.records, published)))
    assert one(duties, f"2025年第二季度账上的钱物（{other.title}）").state == "in-time"
    by_quarter = replace(data.village, accounts=(both[0], replace(other, period="quarter")))
    duties = duties_of(replace(data, village=by_quarter))
    titles = [d.title for d in duties.of_item("ledger") if d.account]
    assert titles == [f"2025年第{n}季度收支账（{other.title}）" for n in "二三"]


def test_nothing_is_asked_from_before_the_village_began(dongli: VillageData) -> None:
    data = data_of(dongli, record("ledger", "2025Q2", date(2025, 9, 8)))
    duties = duties_of(data)
    assert duties.since == date(2025, 9, 8)  # the day of its first record, though that is of spring
    assert [d.title for d in duties.of_item("ledger")] == ["2025年9月收支账"]
    assert not [d for d in duties.duties if d.state in ("late", "missing")]
    assert not duties.of_item("budget")  # due in March
    assert one(duties, "2025年第三季度党费").state == "open"
    undated = duties_of(data_of(dongli, record("ledger", "2025-08", None)))
    assert undated.since == date(2025, 8, 1)
    said = duties_of(data_of(dongli, *data.records, since=date(2025, 6, 15)))
    assert said.since == date(2025, 6, 15)
    assert one(said, "2025年6月收支账").state == "late"
    assert "2025年5月收支账" not in {d.title for d in said.duties}


def test_a_village_that_published_nothing_owes_nothing(dongli: VillageData) -> None:
    people = Record(
        "dongli", "organization", "current", STANDING, "", None, People(()), Source("village.yaml")
    )
    duties = duties_of(data_of(dongli, people))
    assert duties.since is None
    assert duties.duties == ()
    assert duties.counts.completeness is None


def test_standing_items_are_asked_for_with_the_first_of_the_others(dongli: VillageData) -> None:
    first = date(2025, 6, 1)
    data = data_of(dongli, record("ledger", "2025-06", date(2025, 7, 8)), since=first)
    lacking = one(duties_of(data), "监督员")
    assert (lacking.state, lacking.due) == ("missing", date(2025, 7, 10))
    people = Record(
        "dongli", "supervisors", "current", STANDING, "", None, People(()), Source("village.yaml")
    )
    whole = data_of(dongli, *data.records, people, since=first)
    assert one(duties_of(whole), "监督员").state == "in-time"
    mending = replace(data, left_out=frozenset({"supervisors/current"}))
    assert one(duties_of(mending), "监督员").state == "mending"
    new = duties_of(data_of(dongli, record("ledger", "2025-09", date(2025, 10, 9))))
    assert new.counts == Counts()  # nothing is due before today, so there is no percentage


def test_the_look_back_is_twelve_months(dongli: VillageData) -> None:
    data = data_of(dongli, record("ledger", "2020-01", date(2020, 2, 8)))
    duties = duties_of(data, date(2024, 2, 29))
    titles = [d.title for d in duties.of_item("ledger")]
    assert (titles[0], titles[-1]) == ("2023年2月收支账", "2024年2月收支账")
    assert len(titles) == 13
    assert max(d.due for d in duties.duties) <= date(2024, 3, 30)


def test_working_days_of_a_rule_pack_reach_the_duties(dongli: VillageData) -> None:
    pack = rules("national", due_in(5, "ledger"))
    shared = replace(SHARED, rules={**SHARED.rules, "national": pack})
    published = record("ledger", "2025-09", date(2025, 10, 14))
    data = data_of(dongli, published, since=date(2025, 9, 1))
    found = one(duties_of(data, date(2025, 10, 20), shared), "2025年9月收支账")
    assert (found.due, found.state) == (date(2025, 10, 14), "in-time")


def test_events_are_no_duty(dongli: VillageData) -> None:
    duties = duties_of(dongli)
    periods = {item.id: item.period for item in SHARED.catalogue.items}
    assert duties.duties
    assert "event" not in {periods[duty.item.id] for duty in duties.duties}


# ------------------------------------------------------------------------------------- counts

COUNTS = st.integers(0, 40).flatmap(
    lambda due: st.integers(0, due).flatmap(
        lambda published: st.builds(
            Counts, st.just(due), st.just(published), st.integers(0, published)
        )
    )
)


@given(st.lists(COUNTS, max_size=12))
def test_counts_add_up(parts: list[Counts]) -> None:
    whole = sum(parts, Counts())
    assert whole.due == whole.published + whole.missing
    assert whole.published == whole.in_time + whole.late
    assert whole.missing == sum(part.missing for part in parts)
    assert (whole.completeness is None) == (whole.due == 0)
    words = counts_words(whole, SHARED.phrases)
    assert words.endswith("。")
    assert not whole.due or str(whole.due) in words
    assert ("没有公开" in words) == bool(whole.missing)


@given(st.lists(COUNTS, min_size=1, max_size=12))
def test_ranks_are_fair(parts: list[Counts]) -> None:
    lines = standings((Link(f"村{n}", f"v/{n}/"), part) for n, part in enumerate(parts))
    assert len(lines) == len(parts)
    ranked = [line for line in lines if line.rank is not None]
    assert [line.rank for line in lines if line.counts.due == 0] == [None] * (
        len(lines) - len(ranked)
    )
    for line in ranked:
        own = (line.counts.completeness, line.counts.timeliness)
        better = [
            other
            for other in ranked
            if (other.counts.completeness, other.counts.timeliness) > own  # type: ignore[operator]
        ]
        assert line.rank == 1 + len(better)


def test_equal_values_share_a_rank() -> None:
    parts = {"甲": Counts(10, 9, 9), "乙": Counts(20, 18, 18), "丙": Counts(10, 10, 5),
             "丁": Counts(10, 9, 8), "戊": Counts()}  # fmt: skip
    lines = standings((Link(name, name), counts) for name, counts in parts.items())
    ranks = {line.link.title: line.rank for line in lines}
    assert ranks == {"丙": 1, "乙": 2, "甲": 2, "丁": 4, "戊": None}
    assert lines[-1].link.title == "戊"
    assert (lines[-1].complete, lines[-1].timely) == ("", "")


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 0, ""), (9, 9, ""), (8, 9, ""),  # of fewer than ten
        (10, 10, "100%"), (0, 10, "0%"), (5, 10, "50.0%"), (1, 30, "3.3%"), (20, 30, "66.7%"),
        (58, 63, "92.1%"), (57, 63, "90.5%"), (9999, 10000, "99.9%"), (1, 2000, "0.1%"),
        (1, 2001, "不到 0.1%"), (99999, 100000, "99.9%"),
    ],
)  # fmt: skip
def test_a_percentage_is_rounded_and_never_says_all_of_what_is_less(
    part: int, whole: int, text: str
) -> None:
    assert percent(part, whole) == text


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (Counts(), "近12个月里，还没有到期要公开的内容。"),
        (Counts(3, 3, 3), "近12个月到期应公开 3 份，全部按时公开。"),
        (Counts(4, 4, 3), "近12个月到期应公开 4 份，都已公开，其中按时 3 份。"),
        (Counts(12, 12, 9), "近12个月到期应公开 12 份，都已公开，其中按时 9 份（75.0%）。"),
        (
            Counts(63, 58, 57),
            "近12个月到期应公开 63 份，已公开 58 份（92.1%），其中按时 57 份（90.5%），还有 5 份没有公开。",
        ),
        (Counts(4, 0, 0), "近12个月到期应公开 4 份，一份也没有公开。"),
    ],
)  # fmt: skip
def test_words_fit_the_case(counts: Counts, words: str) -> None:
    assert counts_words(counts, SHARED.phrases) == words


def test_the_chart_has_the_numbers_beside_the_bars() -> None:
    lines = standings(
        [
            (Link("甲", "a"), Counts(16, 12, 9)),
            (Link("丙", "c"), Counts(4, 3, 3)),
            (Link("乙", "b"), Counts()),
        ]
    )
    chart = completeness_chart("villages", lines, SHARED.phrases)
    assert chart is not None
    assert [(s.label, s.text) for s in chart.shares] == [("丙", "3/4"), ("甲", "12/16，75.0%")]
    assert completeness_chart("villages", lines[2:], SHARED.phrases) is None


# ---------------------------------------------------------------------------------- calendars


def test_a_villages_days_hold_what_is_due_what_ends_and_objections(dongli: VillageData) -> None:
    records = village_records(dongli, SHARED, TODAY)
    duties, views = village_duties(records), record_views(records)
    days = village_days(duties, views).ahead(TODAY)
    assert [day.day for day in days] == sorted({day.day for day in days})
    assert days[0].day >= TODAY
    assert sum(len(day.due) for day in days) == len(duties.coming)
    shown = [view for view in views if view.publication.window.is_on(TODAY)]
    assert sum(len(day.down) for day in days) == len(shown)
    for day in days:
        for link in day.down:
            view = next(v for v in views if v.publication.url == link.url)
            assert view.publication.window.end == day.day
        for link in day.objections:
            view = next(v for v in views if v.publication.url == link.url)
            assert view.publication.window.objections_until == day.day
    assert days[0].heading == "10月10日 星期五"
