"""Computations: days, codes, digests, sentences, sums, and links that are seen from both ends."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.calendar import Window, days_after, display_window
from generator.model.codes import CODE_ALPHABET, CODE_LENGTH
from generator.model.schema import Field
from generator.model.village import Row, Table, Value
from generator.problems import Source
from generator.publishing.digest import canonical_json, code_of
from generator.publishing.publication import Publication
from generator.publishing.publish import publish
from generator.publishing.text import cell_data, cell_text, money, number, ten_thousands
from generator.views.charts import BarChart
from generator.views.linking import village_records
from generator.views.records import RecordView, record_views
from tests.township import DONGLI, TODAY, TOWNSHIP, examine, real_content, township, write

SHARED = real_content()[0]
HOLIDAYS = SHARED.holidays
digests = st.integers(0, 16**64 - 1).map(lambda n: f"{n:064x}")


def views(villages: Path = TOWNSHIP, today: date = TODAY) -> dict[str, RecordView]:
    """The views of Dongli's records by `item/key`."""
    data = examine(villages, today=TODAY).villages["dongli"]
    made = record_views(village_records(data, SHARED, today))
    return {f"{v.publication.item}/{v.publication.key}": v for v in made}


# --- days ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        # National Day 2025: off from 1 to 8 October, worked on 28 September and 11 October.
        ("2025-09-26", 1, "2025-09-28"),
        ("2025-09-26", 2, "2025-09-29"),
        ("2025-09-30", 1, "2025-10-09"),
        ("2025-09-30", 2, "2025-10-10"),
        ("2025-09-30", 3, "2025-10-11"),
        ("2025-09-30", 4, "2025-10-13"),
        ("2025-10-03", 1, "2025-10-09"),
        ("2025-10-10", 1, "2025-10-11"),
        ("2025-09-30", 0, "2025-09-30"),
        # Spring Festival 2025: off from 28 January to 4 February, worked on 26 January, 8 February.
        ("2025-01-24", 1, "2025-01-26"),
        ("2025-01-27", 1, "2025-02-05"),
        ("2025-02-07", 1, "2025-02-08"),
        ("2025-12-31", 1, "2026-01-04"),
    ],
)
def test_working_days(start: str, count: int, end: str) -> None:
    found = days_after(date.fromisoformat(start), count, "working", HOLIDAYS)
    assert found == date.fromisoformat(end)


@given(st.dates(date(2024, 1, 1), date(2026, 11, 1)), st.integers(0, 30))
def test_days_after_are_counted_one_by_one(start: date, count: int) -> None:
    assert days_after(start, count, "natural", HOLIDAYS) == start + timedelta(days=count)
    end = days_after(start, count, "working", HOLIDAYS)
    assert end >= start + timedelta(days=count)
    assert days_after(end, 1, "working", HOLIDAYS) == days_after(
        start, count + 1, "working", HOLIDAYS
    )


def test_every_day_of_a_holiday_year_is_in_its_year() -> None:
    for year in HOLIDAYS:
        for day in (*year.off, *year.work):
            assert day.year == year.year
        assert not set(year.off) & set(year.work)
        assert all(day.weekday() >= 5 for day in year.work), "only weekends are made up for"


def test_the_window_of_display() -> None:
    item = next(i for i in SHARED.catalogue.items if i.id == "subsidies")
    rules = SHARED.rules["national"]
    window = display_window(date(2025, 10, 8), None, item, rules, HOLIDAYS)
    assert window == Window(date(2025, 10, 8), date(2025, 10, 23), date(2025, 10, 15), 10)
    shown = [day for day in (7, 8, 22, 23, 24) if window.is_on(date(2025, 10, day))]
    assert shown == [8, 22, 23]
    assert [window.is_over(date(2025, 10, day)) for day in (7, 23, 24)] == [False, False, True]
    own = display_window(date(2025, 10, 8), date(2025, 12, 31), item, rules, HOLIDAYS)
    assert own.end == date(2025, 12, 31)
    unknown = display_window(None, None, item, rules, HOLIDAYS)
    assert (unknown.end, unknown.is_on(TODAY), unknown.is_over(TODAY)) == (None, False, False)


# --- codes and digests ---------------------------------------------------------------------


def is_sound(code: str) -> bool:
    """Whether a code's last character agrees with the others: the rule, written once more."""
    values = [CODE_ALPHABET.index(character) for character in code]
    return sum(v * weight for weight, v in enumerate(values[:7], start=1)) % 23 == values[7]


def test_the_alphabet_is_a_prime_number_of_characters_that_no_one_takes_for_another() -> None:
    assert len(set(CODE_ALPHABET)) == len(CODE_ALPHABET) == 23
    assert not set(CODE_ALPHABET) & set("0O1IL2Z5S8BU")


@given(digests)
def test_a_code_is_eight_characters_that_agree(digest: str) -> None:
    code = code_of(digest)
    assert len(code) == CODE_LENGTH == 8
    assert set(code) <= set(CODE_ALPHABET)
    assert is_sound(code)


@given(digests, st.integers(0, 7), st.sampled_from(CODE_ALPHABET))
def test_one_wrong_character_is_seen(digest: str, place: int, wrong: str) -> None:
    code = code_of(digest)
    typed = code[:place] + wrong + code[place + 1 :]
    assert is_sound(typed) == (typed == code)


@given(digests, st.integers(0, 6), st.integers(0, 6))
def test_two_swapped_characters_are_seen(digest: str, place: int, other: int) -> None:
    code = list(code_of(digest))
    typed = code.copy()
    typed[place], typed[other] = code[other], code[place]
    assert is_sound("".join(typed)) == (typed == code)


def test_codes_of_like_contents_are_unlike() -> None:
    codes = {code_of(sha256(str(n).encode()).hexdigest()) for n in range(3000)}
    assert len(codes) == 3000


def test_canonical_json_has_one_form() -> None:
    assert canonical_json({"b": "村", "a": [1, None]}) == '{"a":[1,null],"b":"村"}'.encode()


def publication(villages: Path, name: str, today: date = TODAY) -> Publication:
    return views(villages, today)[name].publication


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("ledger/2025-09", "见决议", "见 8 月决议"),
        ("ledger/2025-09", "公开日期,2025-10-08", "公开日期,2025-10-07"),
        ("ledger/2025-09", "9-02", "9-04"),
        ("subsidies/2025Q3", "方大田,一组", "方大田,二组"),
        ("subsidies/2025Q3", "方大田", "石大田"),
        ("decisions/2025-08-20-ludeng", "5 盏路灯。", "6 盏路灯。"),
        ("decisions/2025-08-20-ludeng", "agreed: 25", "agreed: 24"),
        ("notices/2025-09-20-ludeng-zhaopian", "七天", "十天"),
    ],
)
def test_a_changed_word_changes_the_digest(tmp_path: Path, name: str, old: str, new: str) -> None:
    before = publication(TOWNSHIP, name)
    villages = township(tmp_path)
    path = villages / DONGLI / (name + (".csv" if name[0] in "ls" else ".md"))
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    after = publication(villages, name)
    assert after.digest != before.digest
    assert after.code != before.code


def test_a_changed_attachment_changes_the_digest(tmp_path: Path) -> None:
    villages, name = township(tmp_path), "notices/2025-09-20-ludeng-zhaopian"
    write(villages / DONGLI, "notices/weizhi.txt", "别处\n")
    assert publication(villages, name).digest != publication(TOWNSHIP, name).digest


def test_what_is_not_published_does_not_change_the_digest(tmp_path: Path) -> None:
    villages, name = township(tmp_path), "subsidies/2025Q3"
    path = villages / DONGLI / "subsidies/2025Q3.csv"
    text = path.read_text("utf-8").replace("方大田", "方小田").replace("000000190001010011", "1")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert publication(villages, name).digest == publication(TOWNSHIP, name).digest


def test_the_day_does_not_change_a_digest_unless_names_come_down() -> None:
    later = views(today=date(2030, 1, 1))
    changed = {
        name for name, view in views().items()
        if view.publication.digest != later[name].publication.digest
    }  # fmt: skip
    assert changed == {"subsidies/2025Q3"}


# --- what a record shows -------------------------------------------------------------------


def test_names_come_down_after_the_display_and_totals_stay() -> None:
    name = "subsidies/2025Q3"
    days = [date(2025, 10, day) for day in (23, 24)]
    last, after = (views(today=day)[name] for day in days)
    assert (last.publication.is_expired, after.publication.is_expired) == (False, True)
    assert [last.publication.window.is_on(day) for day in days] == [True, False]
    assert len(last.publication.rows) == 3
    assert after.publication.rows == ()
    assert "方*" in repr(last.publication.content)
    assert "方*" not in repr(after.publication)
    assert after.publication.row_count == 3
    assert after.publication.totals == last.publication.totals
    assert {t.column: t.text for t in after.publication.totals} == {
        "人口": "9", "面积": "11.2", "金额": "1,400.00",
    }  # fmt: skip
    assert after.sentence == last.sentence == "2025年第三季度共发放 1,400.00 元，惠及 3 户。"
    assert after.publication.url == last.publication.url


def test_a_ledger_in_words_and_sums() -> None:
    view = views()["ledger/2025-09"]
    assert view.sentence == (
        "村民委员会账9月收入 3,000.00 元，支出 2,600.00 元，月末结余 6,400.00 元，比上月末多 400.00 元。"
    )
    assert view.checks == (
        "期初结余 6,000.00 ＋ 收入 3,000.00 － 支出 2,600.00 ＝ 月末结余 6,400.00",
        "期初结余与上月末结余一致",
    )
    bars = {
        chart.id: [(bar.label, bar.value) for bar in chart.bars]
        for chart in view.charts
        if isinstance(chart, BarChart)
    }
    assert bars == {
        "expense-by-subject": [("公益支出", Decimal("2500.50")), ("管理费用", Decimal("99.50"))],
        "income-by-subject": [("补助收入", Decimal("3000.00"))],
    }


def test_subjects_given_by_code_and_by_name_are_one(tmp_path: Path) -> None:
    villages = township(tmp_path)
    chart = SHARED.chart_on(TODAY)
    assert chart is not None
    subject = chart.find("管理费用")
    assert subject is not None
    lines = (
        f"2025-07-0{n},甲,{name},,0.10," for n, name in enumerate((subject.code, subject.name), 1)
    )
    text = "日期,摘要,科目,收入,支出,余额\n,上期结余,,,,1.00\n" + "\n".join(lines)
    write(villages / DONGLI, "ledger/2025-07.csv", text + "\n公开日期,2025-08-08\n")
    (villages / DONGLI / "ledger/2025-08.csv").unlink()
    charts = views(villages)["ledger/2025-07"].charts
    assert [(bar.label, bar.text) for bar in charts[0].bars] == [("管理费用", "0.20")]  # type: ignore[union-attr]


def test_the_first_period_compares_itself_with_its_opening_and_proves_no_carry() -> None:
    view = views()["ledger/2025-08"]
    assert view.sentence.endswith("月末结余 6,000.00 元，比上月末多 1,000.00 元。")
    assert len(view.checks) == 1


def test_what_did_not_happen_is_said() -> None:
    data = examine(TOWNSHIP).villages["xicun"]
    made = record_views(village_records(data, SHARED, TODAY))
    view = next(v for v in made if v.publication.item == "minimum-living")
    assert view.sentence == "2025年第三季度没有发生最低生活保障事项。"
    assert view.publication.nothing


def test_links_are_seen_from_both_ends() -> None:
    made = views()
    decision, ledger = made["decisions/2025-08-20-ludeng"], made["ledger/2025-09"]
    contracts, notice = made["contracts/2025"], made["notices/2025-09-20-ludeng-zhaopian"]
    # A decision's head leads to a row of the ledger, and the row back to the decision.
    row = f"{ledger.publication.url}#r4"
    assert ("路灯材料款（2025年9月收支账）", row) in [(r.title, r.url) for r in decision.related]
    assert [row.anchor for row in ledger.publication.rows] == ["r3", "r4", "r5"]
    assert {n: [(r.link.url, r.is_basis) for r in rs] for n, rs in ledger.row_links.items()} == {
        4: [(decision.publication.url, True)]
    }
    assert ledger.row_links[4][0].link.title == "8月22日 关于安装路灯的决议"
    # A contract's cell names the decision, and the decision knows the contract's row.
    assert contracts.cell_links[2, "决议"].url == decision.publication.url
    assert f"{contracts.publication.url}#r2" in [r.url for r in decision.related]
    # A notice leads to the whole decision, and back.
    assert [r.url for r in notice.related] == [decision.publication.url]
    assert notice.publication.url in [r.url for r in decision.related]


def test_a_decision_leads_to_its_power() -> None:
    decision = views()["decisions/2025-08-20-ludeng"]
    assert decision.power is not None
    assert decision.power.url == "powers/project-approval/"


def test_a_row_with_a_masked_name_is_not_named_in_a_link(tmp_path: Path) -> None:
    villages = township(tmp_path)
    head = "---\ntitle: 甲\ndate: 2025-09-20\nlinks: [levies/2024#方大田]\n---\n"
    write(villages / DONGLI, "notices/2025-09-20-a.md", head)
    assert examine(villages).codes() == ["link-broken"]
    assert views(villages)["notices/2025-09-20-a"].related == ()


def test_records_lead_to_the_period_before_and_after() -> None:
    made = views()
    august, september = made["ledger/2025-08"], made["ledger/2025-09"]
    assert september.previous is not None
    assert august.next is not None
    assert september.previous.url == august.publication.url
    assert august.next.url == september.publication.url
    assert (august.previous, september.next) == (None, None)
    group = made["ledger/2025Q3.group2"]
    assert (group.previous, group.next) == (None, None)
    assert group.publication.title == "2025年第三季度收支账（第二村民小组账）"
    assert group.publication.publisher == "东里村第二村民小组"


def test_who_publishes_is_whom_the_catalogue_asks() -> None:
    made = {view.publication.item: view.publication.publisher for view in views().values()}
    assert made["supervisors"] == "东里村村务监督委员会"
    assert made["organization"] == "东里村党组织"
    assert made["contracts"] == "东里村村民委员会"  # whose books they are


def test_views_stand_in_the_order_of_the_catalogue_newest_first() -> None:
    order = {item.id: n for n, item in enumerate(SHARED.catalogue.items)}
    made = [view.publication for view in views().values()]
    for one, other in pairwise(made):
        assert order[one.item] <= order[other.item]
    assert [p.key for p in made if p.item == "ledger"] == ["2025-09", "2025-08", "2025Q3.group2"]


# --- text ----------------------------------------------------------------------------------


@given(st.decimals(-(10**12), 10**12, allow_nan=False, places=2))
def test_money_reads_back(amount: Decimal) -> None:
    assert Decimal(money(amount).replace(",", "")) == amount
    assert Decimal(number(amount).replace(",", "")) == amount


@pytest.mark.parametrize(
    ("value", "type_", "unit", "text", "data"),
    [
        (None, "number", "元", "", ""),
        (Decimal("1200.00"), "number", "元", "1,200.00", "1200.00"),
        (Decimal("6.40"), "number", "亩", "6.4", "6.40"),
        (Decimal("100"), "number", "", "100", "100"),
        (Decimal("0.00"), "number", "", "0", "0.00"),
        (1200, "integer", "", "1,200", "1200"),
        (True, "boolean", "", "是", "true"),
        (False, "boolean", "", "否", "false"),
        (date(2025, 9, 3), "date", "", "2025年9月3日", "2025-09-03"),
        (date(2025, 9, 1), "yearmonth", "", "2025年9月", "2025-09"),
        ("甲", "string", "", "甲", "甲"),
    ],
)
def test_cells(value: Value, type_: str, unit: str, text: str, data: str) -> None:
    field = Field("栏", type_, Source("表.yaml"), unit=unit)  # type: ignore[arg-type]
    assert (cell_text(value, field), cell_data(value, field)) == (text, data)


def test_days_of_a_records_own_year_are_short_where_all_of_a_column_are() -> None:
    dongli = examine(TOWNSHIP, today=TODAY).villages["dongli"]
    record = next(r for r in dongli.records if r.name == "ledger/2025-09")
    assert isinstance(record.content, Table)

    def days(*extra: Row) -> list[str]:
        assert isinstance(record.content, Table)
        table = replace(record.content, rows=(*record.content.rows, *extra))
        found = publish(replace(record, content=table), dongli.village, SHARED, TODAY).table
        return [found.cell(row, "日期").text for row in found.rows]

    assert all(re.fullmatch(r"9月\d+日", text) for text in days())
    other = replace(record.content.rows[0], values={"日期": date(2024, 12, 31)})
    assert days(other)[-1] == "2024年12月31日"
    assert all(text.startswith("2025年9月") for text in days(other)[:-1])


@pytest.mark.parametrize(
    ("amount", "text"),
    [("0", "0 元"), ("9999", "9,999 元"), ("10000", "1.00 万元"), ("-123456.78", "-12.35 万元")],
)
def test_headline_amounts(amount: str, text: str) -> None:
    assert ten_thousands(Decimal(amount)) == text
