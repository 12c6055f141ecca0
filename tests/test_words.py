"""What records say of themselves: first sentences, comparisons, notes and pictures' words.

Each case writes the files that a clerk would, reads them as the build does, and looks at the
words; the properties hold them against sums made here once more.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.checks.numbers import plans_have_books
from generator.model.catalogue import Board, Catalogue
from generator.model.period import parse_period
from generator.model.sentences import Place, parse_place
from generator.publishing.text import money
from generator.views.charts import BarChart, LineChart, PairChart, ShareChart
from generator.views.figures.comparison import changed
from generator.views.linking import village_records
from generator.views.records import RecordView, record_views
from generator.views.said import say
from tests.township import DONGLI, TODAY, TOWNSHIP, examine, real_content, write

SHARED = real_content()[0]
VILLAGE = (TOWNSHIP / DONGLI / "village.yaml").read_text("utf-8")
LATER = date(2030, 1, 1)  # every display is over
LAMPS = ("村内路灯维修 12 盏", "公益支出", "", "9800")
OFFICE = ("办公用品", "管理费用", "", "500")
RENT = ("果园承包费", "经营收入", "12000", "")

Entry = tuple[str, str, str, str]


def views(files: Mapping[str, str], today: date = TODAY) -> dict[str, RecordView]:
    """The views of a village with these files, by `item/key`."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"village.yaml": VILLAGE, **files}.items():
            write(Path(folder) / "villages" / DONGLI, name, text)
        found = examine(Path(folder) / "villages", today=today)
    told = [str(p) for p in found.problems if p.severity == "error"]
    assert told == []
    made = record_views(village_records(found.villages["dongli"], SHARED, today))
    return {f"{v.publication.item}/{v.publication.key}": v for v in made}


def ledger(period: str, rows: Iterable[Entry], opening: str = "100000") -> str:
    """A ledger's CSV; every row on the first day of its period, balances left to the program."""
    start = parse_period(period)
    assert start is not None
    lines = ["日期,摘要,科目,收入,支出,余额", f",上期结余,,,,{opening}"]
    lines += [f"{start.start},{title},{s},{i},{e}," for title, s, i, e in rows]
    return "\n".join([*lines, "公开日期,2025-10-08", ""])


def books(**months: Iterable[Entry]) -> dict[str, str]:
    """Ledgers by period, `m2025_09` for 2025-09, each opening with what the one before left."""
    files: dict[str, str] = {}
    left = Decimal(100000)
    for name, rows in sorted(months.items()):
        key, kept = name[1:].replace("_", "-"), list(rows)
        files[f"ledger/{key}.csv"] = ledger(key, kept, str(left))
        left += sum(Decimal(i or 0) - Decimal(e or 0) for _, _, i, e in kept)
    return files


def september(**months: Iterable[Entry]) -> RecordView:
    """The view of September 2025 among other months."""
    return views(books(**months))["ledger/2025-09"]


def table(head: str, *rows: str) -> str:
    """A table's CSV with its day of publication."""
    return "\n".join([head, *rows, "公开日期,2025-10-08", ""])


# --- ledgers beside earlier ones -----------------------------------------------------------


def test_a_ledger_beside_the_month_before_and_a_year_ago() -> None:
    view = september(m2024_09=[RENT, LAMPS], m2025_08=[OFFICE], m2025_09=[RENT, OFFICE, OFFICE])
    assert view.sentence == (
        "村民委员会账9月收入 12,000.00 元，支出 1,000.00 元，"
        "月末结余 112,700.00 元，比上月末多 11,000.00 元。"
    )
    assert view.compared == (
        "收入比上月多 12,000.00 元（上月没有），支出比上月多 500.00 元（上月 500.00 元，+100%）。",
        "收入和去年9月一样多，支出比去年9月少 8,800.00 元（去年9月 9,800.00 元，−90%）。",
    )


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        ("10", "10", "收入和上月一样多"),
        ("0", "0", ""),
        ("0", "10", "收入比上月少 10.00 元（这一期没有）"),
        ("10", "0", "收入比上月多 10.00 元（上月没有）"),
        ("12.3", "10", "收入比上月多 2.30 元（上月 10.00 元，+23%）"),
        ("10", "12.5", "收入比上月少 2.50 元（上月 12.50 元，−20%）"),
        ("40", "10", "收入比上月多 30.00 元（上月 10.00 元，+300%）"),
        ("41", "10", "收入比上月多 31.00 元（上月 10.00 元）"),
        ("1000", "999", "收入比上月多 1.00 元（上月 999.00 元）"),
        ("0.02", "10", "收入比上月少 9.98 元（上月 10.00 元，−99.8%）"),
        ("10.45", "10", "收入比上月多 0.45 元（上月 10.00 元，+5%）"),
        ("10", "-10", "收入比上月多 20.00 元（上月 -10.00 元）"),
        ("-10", "10", "收入比上月少 20.00 元（上月 10.00 元，−200%）"),
    ],
)
def test_a_change_in_words(now: str, then: str, words: str) -> None:
    part = changed("收入", Decimal(now), Decimal(then), "元")
    assert (part is not None) == bool(words)
    if part is not None:
        line = say(SHARED.phrases, "comparison", "line", base="上月", parts=[part])
        assert line == f"{words}。"


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2025-01", ("1月", "月末", "上月", "去年1月", "2024-12")),
        ("2025Q1", ("第一季度", "季末", "上季", "去年第一季度", "2024Q4")),
        ("2025H2", ("下半年", "期末", "上个半年", "去年下半年", "2025H1")),
    ],
)
def test_how_one_speaks_of_periods(period: str, words: tuple[str, ...]) -> None:
    found = parse_period(period)
    assert found is not None
    assert found.before is not None
    name, end, last = (
        say(SHARED.phrases, "periods", phrase, period=found) for phrase in ("name", "end", "last")
    )
    year_ago = say(SHARED.phrases, "periods", "earlier", period=found, way="year_ago")
    assert (name, end, last, year_ago, found.before.text) == words


def test_a_quarter_is_not_held_against_a_month() -> None:
    files = {
        "ledger/2025-06.csv": ledger("2025-06", [RENT], "0"),
        "ledger/2025Q3.csv": ledger("2025Q3", [OFFICE], "12000"),
    }
    view = views(files)["ledger/2025Q3"]
    assert view.sentence == (
        "村民委员会账第三季度收入 0.00 元，支出 500.00 元，季末结余 11,500.00 元，比上季末少 500.00 元。"
    )
    assert (view.compared, view.notes) == ((), ())


def test_a_gap_is_said_and_nothing_is_compared_across_it() -> None:
    view = september(m2025_07=[RENT], m2025_09=[LAMPS])
    assert view.compared == ("2025年8月的账没有公开，没法和上月比。",)
    assert view.notes == ()


def test_a_month_within_a_published_quarter_is_no_gap() -> None:
    files = {
        "ledger/2025-06.csv": ledger("2025-06", [], "0").replace(
            ",上期结余,,,,0\n", "本期无发生\n"
        ),
        "ledger/2025Q3.csv": ledger("2025Q3", [RENT], "0"),
        "ledger/2025-10.csv": ledger("2025-10", [OFFICE], "12000"),
    }
    assert views(files, date(2025, 11, 9))["ledger/2025-10"].compared == ()


def test_other_sets_of_books_are_not_compared() -> None:
    files = books(m2025_09=[RENT])
    files["ledger/2025-08.group2.csv"] = ledger("2025-08", [LAMPS])
    assert views(files)["ledger/2025-09"].compared == ()


def test_a_month_in_which_nothing_happened() -> None:
    idle = "日期,摘要,科目,收入,支出,余额\n本期无发生\n公开日期,2025-10-08\n"
    files = {**books(m2025_08=[RENT]), "ledger/2025-09.csv": idle}
    view = views(files)["ledger/2025-09"]
    assert view.sentence == "村民委员会账2025年9月没有收入，也没有支出。"
    assert view.compared == ("收入比上月少 12,000.00 元（这一期没有）。",)
    assert view.notes == (
        "收入比上月少了很多，主要是上月有一笔经营收入：果园承包费 12,000.00 元。",
    )


def test_two_months_in_which_nothing_happened_are_alike() -> None:
    idle = "日期,摘要,科目,收入,支出,余额\n本期无发生\n公开日期,2025-10-08\n"
    made = views({"ledger/2025-08.csv": idle, "ledger/2025-09.csv": idle})
    assert made["ledger/2025-09"].compared == ("和上月一样，没有收入，也没有支出。",)
    assert made["ledger/2025-09"].charts == ()


def test_more_spent_than_there_was() -> None:
    files = {"ledger/2025-09.csv": ledger("2025-09", [LAMPS], "300")}
    view = views(files)["ledger/2025-09"]
    assert "月末结余 -9,500.00 元" in view.sentence
    assert view.notes == ("月末账上是负数，花出去的比账上有的多 9,500.00 元。",)


# --- why it changed ------------------------------------------------------------------------

MANY = [
    (f"第 {n} 笔", subject, "", "2000") for n, subject in enumerate(("公益支出", "管理费用") * 4)
]


@pytest.mark.parametrize(
    ("before", "now", "reason"),
    [
        ([OFFICE], [OFFICE, LAMPS], "主要是公益支出：村内路灯维修 12 盏 9,800.00 元"),
        ([OFFICE, LAMPS], [OFFICE], "主要是上月有一笔公益支出：村内路灯维修 12 盏 9,800.00 元"),
        # What comes every month explains nothing.
        ([LAMPS], [LAMPS, *([OFFICE] * 12)], "主要是管理费用多了 6,000.00 元"),
        ([OFFICE], [OFFICE, *MANY], "分散在几个科目里，请看每一笔"),
        ([OFFICE], [OFFICE, ("补种树苗", "", "", "9000")], "主要是补种树苗 9,000.00 元"),
    ],
)
def test_why_expense_changed(before: list[Entry], now: list[Entry], reason: str) -> None:
    view = september(m2025_08=before, m2025_09=now)
    assert [
        note[note.index("，主要") + 1 if "，主要" in note else note.index("，分散") + 1 :]
        for note in view.notes
    ] == [f"{reason}。"]


@pytest.mark.parametrize(
    ("before", "now", "is_noted"),
    [
        ("20000", "26000", False),  # by 30 percent, not by more
        ("20000", "26000.01", True),
        ("20000", "13999.99", True),
        ("1000", "6000", False),  # by 5,000, not by more
        ("1000", "6000.01", True),
    ],
)
def test_from_when_on_a_change_is_noted(before: str, now: str, is_noted: bool) -> None:
    view = september(
        m2025_08=[("甲", "公益支出", "", before)], m2025_09=[("乙", "公益支出", "", now)]
    )
    assert bool(view.notes) == is_noted


def test_the_threshold_is_the_rule_packs() -> None:
    assert {(p.large_change.percent, p.large_change.amount) for p in SHARED.rules.values()} == {
        (30, 5000)
    }


def test_a_note_names_a_change_against_both_periods_once() -> None:
    view = september(m2024_09=[OFFICE], m2025_08=[OFFICE, OFFICE], m2025_09=[LAMPS])
    assert view.notes == (
        "支出比上月多了很多，比去年9月多了很多，主要是公益支出：村内路灯维修 12 盏 9,800.00 元。",
    )


# --- a plan and what became of it ----------------------------------------------------------

BUDGET = table(
    "项目,科目,收入预算,支出预算",
    "果园,经营收入,24000,",
    "路灯,公益支出,,9000",
    "办公,管理费用,,6000",
)


def test_a_plan_beside_the_books_of_its_year() -> None:
    months = books(m2024_12=[RENT], m2025_01=[RENT, OFFICE], m2025_02=[LAMPS], m2025_04=[OFFICE])
    made = views({**months, "budget/2025.csv": BUDGET})
    words = (
        "2025年到4月底，收入 12,000.00 元，占全年预算 24,000.00 元的 50%；"
        "支出 10,800.00 元，占全年预算 15,000.00 元的 72%。"
        "缺3月的账，没有算在内。"
    )
    plan = made["budget/2025"]
    assert plan.sentence == "村民委员会账2025年打算收入 24,000.00 元，支出 15,000.00 元。"
    assert plan.compared == (words,)
    assert plan.notes == ("公益支出已经超出全年预算：预算 9,000.00 元，到4月底支出 9,800.00 元。",)
    assert made["ledger/2025-04"].compared[-1] == words
    assert made["ledger/2025-01"].compared[-1] == (
        "2025年到1月底，收入 12,000.00 元，占全年预算 24,000.00 元的 50%；"
        "支出 500.00 元，占全年预算 15,000.00 元的 3%。"
    )
    assert made["ledger/2024-12"].compared == ()
    shares = {c.id: c.shares for c in plan.charts if isinstance(c, ShareChart)}
    assert [(s.label, s.whole, s.part, s.text) for s in shares["expense-budget"]] == [
        ("公益支出", 9000, 9800, "9,800.00（9,000.00 的 109%）"),
        ("管理费用", 6000, 1000, "1,000.00（6,000.00 的 17%）"),
    ]


def test_the_whole_year_and_more_than_planned() -> None:
    rows = [LAMPS, LAMPS, ("茶叶", "其他支出", "", "1")]
    files = {"ledger/2025.csv": ledger("2025", rows), "budget/2025.csv": BUDGET}
    plan = views(files, date(2026, 1, 9))["budget/2025"]
    assert plan.compared == (
        "2025年全年，收入 0.00 元，占全年预算 24,000.00 元的 0%；"
        "支出 19,601.00 元，比全年预算多 4,601.00 元。",
    )
    assert plan.notes[1] == "预算里没有的支出科目：其他支出 1.00 元。"


def test_what_a_quarter_and_its_months_both_tell_counts_once() -> None:
    files = {
        **books(m2025_01=[RENT], m2025_02=[OFFICE], m2025_03=[OFFICE]),
        "ledger/2025Q1.csv": ledger("2025Q1", [RENT, OFFICE, OFFICE]),
        "ledger/2025Q3.csv": ledger("2025Q3", [OFFICE]),
        "budget/2025.csv": BUDGET,
    }
    assert views(files)["budget/2025"].compared == (
        "2025年到9月底，收入 12,000.00 元，占全年预算 24,000.00 元的 50%；"
        "支出 1,500.00 元，占全年预算 15,000.00 元的 10%。"
        "缺4月至6月的账，没有算在内。",
    )


def test_a_plan_without_books_says_only_itself() -> None:
    plan = views({"budget/2025.csv": BUDGET})["budget/2025"]
    assert (plan.compared, plan.notes, plan.charts) == ((), (), ())


def test_the_books_of_another_set_are_no_answer_to_a_plan() -> None:
    files = {"budget/2025.csv": BUDGET, "ledger/2025-09.group2.csv": ledger("2025-09", [RENT])}
    made = views(files)
    assert made["budget/2025"].compared == ()
    assert made["ledger/2025-09.group2"].compared == ()


@pytest.mark.parametrize(
    ("item", "actual", "is_sound"),
    [
        ("budget", "ledger", True),
        ("budget", "contracts", False),  # no books
        ("budget", "nowhere", False),
        ("contracts", "ledger", False),  # no plan
    ],
)
def test_a_plan_needs_subjects_and_books(item: str, actual: str, is_sound: bool) -> None:
    boards = tuple(
        replace(board, items=tuple(replace(i, actual=actual) for i in board.items if i.id == item))
        if any(i.id == item for i in board.items)
        else board
        for board in SHARED.catalogue.boards
    )
    kept = Catalogue(boards=(*boards, *_ledger_board()))
    faults = [p.code for p in plans_have_books(replace(SHARED, catalogue=kept))]
    assert faults == ([] if is_sound else ["setting-unknown"])


def _ledger_board() -> tuple[Board, ...]:
    """The ledger on a board of its own, so that it is there whatever else is replaced."""
    board = SHARED.catalogue.board_of("ledger")
    ledgers = tuple(item for item in board.items if item.id == "ledger")
    return (replace(board, id="books", items=ledgers),)


# --- other tables --------------------------------------------------------------------------

FEEDBACK = "编号,日期,事项,办理结果,办结日期,满意度"
CASES: list[tuple[str, dict[str, str], str, tuple[str, ...]]] = [
    (
        "feedback/2025Q3",
        {
            "feedback/2024Q3.csv": table(
                FEEDBACK, "A1,2024-07-01,甲,好,2024-07-02,不满意", "A2,2024-07-03,乙,,,"
            ),
            "feedback/2025Q3.csv": table(
                FEEDBACK,
                "B1,2025-07-01,甲,好,2025-07-02,满意",
                "B2,2025-07-02,乙,好,2025-07-03,基本满意",
                "B3,2025-07-03,丙,在办,,未评价",
            ),
        },
        "2025年第三季度收到反映 3 件，已办结 2 件，回访满意和基本满意 2 件、不满意 0 件。",
        (
            "办结：3 件里办结 2 件，不足 3 件，天数不单列。",
            "收到的反映比去年第三季度多 1 件（去年第三季度 2 件），办结率：3 件里 2 件，去年第三季度 2 件里 1 件，"
            "回访满意率：2 件里 2 件，去年第三季度 1 件里 0 件。",
        ),
    ),
    (  # A column that nobody filled in is not told as zero.
        "feedback/2025Q3",
        {"feedback/2025Q3.csv": table("编号,日期,事项", "B1,2025-07-01,甲")},
        "2025年第三季度收到反映 1 件。",
        (),
    ),
    (
        "debts/2025Q3",
        {
            "debts/2025Q2.csv": table(
                "编号,类型,对方,事由,期初余额,期末余额", "1,债务,甲公司,水渠,900,900"
            ),
            "debts/2025Q3.csv": table(
                "编号,类型,对方,事由,期初余额,期末余额",
                "1,债务,甲公司,水渠,900,900",
                "2,债权,乙公司,租金,0,300.5",
            ),
        },
        "村民委员会账2025年第三季度末，别人欠村里 1 笔、300.50 元，村里欠别人 1 笔、900.00 元。",
        ("别人欠村里的比上季多 300.50 元（上季没有），村里欠别人的和上季一样多。",),
    ),
    (
        "assets/2025H1",
        {"assets/2025H1.csv": table("编号,名称,原值", "Z1,办公楼,386000", "Z2,广场,")},
        "村民委员会账2025年上半年末登记资产 2 项，原值 386,000.00 元。",
        (),
    ),
    (
        "inspections/2025Q3",
        {
            "inspections/2025Q3.csv": table(
                "日期,监督人,对象,发现问题,整改要求,完成日期",
                "2025-07-07,欧阳问青,票据,无,无,",
                "2025-07-08,欧阳问青,工程,缺签字,补签,2025-07-09",
            )
        },
        "2025年第三季度村务监督检查 2 次，1 次提出整改要求，已整改完成 1 次。",
        (),
    ),
    (
        "tenders/2025Q3",
        {
            "tenders/2025Q2.csv": table("编号,名称", "本季度无发生"),
            "tenders/2025Q3.csv": table(
                "编号,名称,类别,中标价,结果", "1,修路,工程,178600,成交", "2,树苗,货物,2700,流标"
            ),
        },
        "2025年第三季度办理招标采购 2 次，成交 1 次；要付的成交价（工程、货物、服务）合计 178,600.00 元。",
        ("招标采购比上季多 2 次（上季没有），要付的成交价比上季多 178,600.00 元（上季没有）。",),
    ),
    (  # What is let brings money in: it is never added to what the village pays.
        "tenders/2025Q3",
        {
            "tenders/2025Q3.csv": table(
                "编号,名称,类别,中标价,结果",
                "1,修路,工程,178600,成交",
                "2,果园发包,资产资源出租发包,26000,成交",
                "3,鱼塘发包,资产资源出租发包,9000,流标",
            ),
        },
        "2025年第三季度办理招标采购 3 次，成交 2 次；要付的成交价（工程、货物、服务）合计 178,600.00 元；"
        "出租、发包收进来的成交价合计 26,000.00 元。",
        (),
    ),
    (  # Where nobody wrote of what kind they are, no sum is told.
        "tenders/2025Q3",
        {"tenders/2025Q3.csv": table("编号,名称,中标价,结果", "1,修路,178600,成交")},
        "2025年第三季度办理招标采购 1 次，成交 1 次。",
        (),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "files", "sentence", "compared"), CASES)
def test_tables_in_words(
    name: str, files: dict[str, str], sentence: str, compared: tuple[str, ...]
) -> None:
    view = views(files)[name]
    assert (view.sentence, view.compared) == (sentence, compared)


def test_every_table_item_opens_with_a_sentence_of_its_own_but_books() -> None:
    for item in SHARED.catalogue.items:
        if item.kind == "table" and item.id != "ledger":
            assert item.sentence, item.id
            has_before = item.period not in ("event", "standing")
            assert item.compare or not has_before or item.id == "levies", item.id


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("count", ("count", "", "", ())),
        ("sum:金额", ("sum", "金额", "", ())),
        ("count:状态=已办", ("count", "", "状态", ("已办",))),
        ("count:满意度=满意|基本满意", ("count", "", "满意度", ("满意", "基本满意"))),
        ("sum:金额:类型=债权", ("sum", "金额", "类型", ("债权",))),
        ("sum:", ("", "", "", ())),
        ("", ("", "", "", ())),
    ],
)
def test_places_are_taken_apart(text: str, place: tuple[str, str, str, tuple[str, ...]]) -> None:
    assert parse_place(text) == Place(text, *place)


# --- documents and people ------------------------------------------------------------------

STEPS = """\
steps:
  - {step: 党员大会审议, date: 2025-08-14, entitled: 41, present: 33, agreed: 32}
  - {step: 村民代表会议表决, date: 2025-08-20, entitled: 36, present: 34, agreed: 32}
  - {step: 决议公开, date: 2025-08-21}
"""


@pytest.mark.parametrize(
    ("head", "sentence", "notes"),
    [
        ("", "东里村村民委员会2025年8月21日公开：修路灯。", ()),
        ("outcome: 没有通过\n", "修路灯：没有通过。", ()),
        (STEPS, "8月20日村民代表会议表决：应到 36 人，实到 34 人，同意 32 人。", ()),
        (
            f"summary: 同意修路灯。\n{STEPS}",
            "同意修路灯。",
            ("8月20日村民代表会议表决：应到 36 人，实到 34 人，同意 32 人。",),
        ),
        (
            "steps:\n  - {step: 表决, date: 2024-12-30, agreed: 9}\n",
            "2024年12月30日表决：同意 9 人。",
            (),
        ),
    ],
)
def test_documents_in_words(head: str, sentence: str, notes: tuple[str, ...]) -> None:
    text = f"---\ntitle: 修路灯\ndate: 2025-08-21\n{head}---\n\n正文。\n"
    view = views({"decisions/2025-08-20-ludeng.md": text})["decisions/2025-08-20-ludeng"]
    assert view.sentence == sentence
    assert view.notes[: len(notes)] == notes
    assert not any("同意" in note for note in view.notes[len(notes) :])


def test_people_in_words() -> None:
    made = views({})
    assert made["organization/current"].sentence == (
        "东里村的村干部名单共 2 人，有事可以找村民委员会主任方守信，电话 0000-4900001。"
    )
    silent = VILLAGE.replace(', phone: "0000-4900001"', "")
    assert views({"village.yaml": silent})["organization/current"].sentence == (
        "东里村的村干部名单共 2 人。"
    )


# --- nothing withheld is told --------------------------------------------------------------

RELIEF = "户主,救助类别,金额,救助日期"
FIVE = [f"方大{name},受灾,{n}11.37,2025-08-01" for n, name in enumerate("田山河水木", 1)]


def relief(quarter: str, rows: Iterable[str]) -> dict[str, str]:
    month = {"Q1": "02", "Q2": "05", "Q3": "08"}[quarter]
    text = table(RELIEF, *(row.replace("-08-", f"-{month}-") for row in rows))
    return {f"relief/2025{quarter}.csv": text.replace("2025-10-08", "2025-10-01")}


def words_of(view: RecordView) -> str:
    """Everything that a record's numbers say."""
    charts = [(c.title, c.description) for c in view.charts]
    return f"{view.sentence}{view.compared}{view.notes}{view.checks}{charts}"


@pytest.mark.parametrize("few", [1, 2])
def test_no_comparison_where_either_period_is_withheld(few: int) -> None:
    files = {**relief("Q2", FIVE), **relief("Q3", FIVE[:few])}
    made = views(files, LATER)
    assert made["relief/2025Q3"].compared == ()
    assert words_of(made["relief/2025Q3"]).count("不单列") == 1
    files = {**relief("Q2", FIVE[:few]), **relief("Q3", FIVE)}
    assert views(files, LATER)["relief/2025Q3"].compared == ()


def test_the_change_of_one_household_is_not_told_once_the_rows_came_down() -> None:
    """Both totals are told; their difference would be what the fifth household got."""
    files = {**relief("Q2", FIVE[:4]), **relief("Q3", FIVE)}
    for today in (TODAY, LATER):
        view = views(files, today)["relief/2025Q3"]
        if today == LATER:
            assert view.compared == ("救助的户比上季多 1 户（上季 4 户）。",)
            assert view.charts == ()
    changed = [row.replace("37", "38") for row in FIVE[:3]]
    files = {**relief("Q2", FIVE), **relief("Q3", [*changed, *FIVE[3:]])}
    assert "0.03 元" in words_of(views(files, LATER)["relief/2025Q3"])


def test_a_picture_of_persons_has_no_bar_of_few() -> None:
    head = "户主,组别,项目,金额"
    many = [f"方大{name},一组,地力补贴,100" for name in "田山河"]
    few = [f"石小{name},二组,高龄津贴,77.31" for name in "田山"]
    for rows, drawn in (
        ([*many, *few], set()),
        ([*many, *few, "石小河,二组,高龄津贴,1"], {"by-kind", "by-group"}),
    ):
        files = {"subsidies/2025Q3.csv": table(head, *rows)}
        view = views(files)["subsidies/2025Q3"]
        assert {chart.id for chart in view.charts} == drawn
        assert views(files, LATER)["subsidies/2025Q3"].charts == ()


def test_a_note_speaks_in_the_words_of_the_publication() -> None:
    """What a note names of a row is the published cell, never the raw one."""
    view = september(m2025_08=[OFFICE], m2025_09=[OFFICE, LAMPS])
    place = [field.name for field in view.publication.columns].index("摘要")
    shown = [row.cells[place].text for row in view.publication.rows]
    assert any(text in view.notes[0] for text in shown)


names = st.sampled_from("田山河水木金火土").map(lambda name: f"方大{name}")
amounts = st.decimals(Decimal("1.01"), Decimal("9999.99"), places=2)
persons = st.lists(st.tuples(names, amounts), min_size=1, max_size=8)


@given(persons, persons)
def test_no_words_tell_a_sum_of_few(
    before: list[tuple[str, Decimal]], now: list[tuple[str, Decimal]]
) -> None:
    """Once the rows are down: no amount of a household, no sum of fewer than three."""
    files = {
        **relief("Q2", [f"{n},受灾,{a},2025-08-01" for n, a in before]),
        **relief("Q3", [f"{n},受灾,{a},2025-08-01" for n, a in now]),
    }
    view = views(files, LATER)["relief/2025Q3"]
    told = set(re.findall(r"[\d,]+\.\d\d", words_of(view)))
    total, earlier = (sum((a for _, a in rows), Decimal(0)) for rows in (now, before))
    allowed: set[str] = set()
    if len({name for name, _ in now}) >= 3:
        allowed.add(money(total))
        one, other = Counter(now), Counter(before)
        changed = {name for name, _ in ((one - other) + (other - one))}
        if len({name for name, _ in before}) >= 3 and len(changed) not in (1, 2):
            allowed |= {money(earlier), money(abs(total - earlier))}
    assert told <= allowed
    assert view.charts == ()


# --- numbers in words are those of the table -----------------------------------------------

yuan = st.integers(0, 3_000_000).map(lambda cents: Decimal(cents) / 100)
subjects = st.sampled_from(["公益支出", "管理费用", "其他支出", "经营收入"])
rows_of_books = st.lists(st.tuples(subjects, yuan, yuan), min_size=1, max_size=6)


@given(rows_of_books, rows_of_books)
def test_the_numbers_in_words_are_the_sums_of_the_rows(
    before: list[tuple[str, Decimal, Decimal]], now: list[tuple[str, Decimal, Decimal]]
) -> None:
    entries = [
        [(f"第{n}笔", s, str(i), str(e)) for n, (s, i, e) in enumerate(rows)]
        for rows in (before, now)
    ]
    view = september(m2025_08=entries[0], m2025_09=entries[1])
    income, expense = (sum((row[k] for row in now), Decimal(0)) for k in (1, 2))
    assert view.sentence.startswith(
        f"村民委员会账9月收入 {money(income)} 元，支出 {money(expense)} 元，"
    )
    for title, k, total in (("收入", 1, income), ("支出", 2, expense)):
        change = total - sum((row[k] for row in before), Decimal(0))
        way = "多" if change > 0 else "少"
        words = f"{title}比上月{way} {money(abs(change))} 元"
        assert (words in view.compared[0]) == (change != 0)
    for chart in view.charts:
        if isinstance(chart, BarChart):
            total = income if chart.id.startswith("income") else expense
            assert sum(bar.value for bar in chart.bars) == total
            assert all(f"{bar.label} {bar.text} 元" in chart.description for bar in chart.bars)
        elif isinstance(chart, PairChart):
            assert chart.pairs[-1].values == (income, expense)
    assert len(view.charts) <= 4


# --- pictures ------------------------------------------------------------------------------


def test_a_year_of_income_and_expense_shows_its_gaps() -> None:
    view = september(m2024_09=[RENT], m2025_06=[RENT], m2025_08=[OFFICE], m2025_09=[RENT, OFFICE])
    pairs = next(c for c in view.charts if isinstance(c, PairChart))
    assert [(p.label, p.values) for p in pairs.pairs] == [
        ("25年6月", (12000, 0)), ("25年7月", (None, None)), ("25年8月", (0, 500)), ("25年9月", (12000, 500)),
    ]  # fmt: skip
    assert pairs.description == (
        "25年6月收入 12,000.00 元，支出 0.00 元；25年7月没有公开；"
        "25年8月收入 0.00 元，支出 500.00 元；25年9月收入 12,000.00 元，支出 500.00 元。"
    )


def test_the_smallest_of_many_bars_are_one() -> None:
    rows = [f"Z{n},甲{n},第{n:02}类,{n}00" for n in range(1, 13)]
    files = {
        "assets/2025H1.csv": table(
            "编号,名称,类别,原值,累计折旧,净值", *(f"{r},0,{r[r.rindex(',') + 1 :]}" for r in rows)
        )
    }
    chart = next(c for c in views(files)["assets/2025H1"].charts if c.id == "by-class")
    assert isinstance(chart, BarChart)
    assert [bar.label for bar in chart.bars] == [
        *(f"第{n:02}类" for n in range(12, 5, -1)),
        "其余 5 个",
    ]
    assert sum(bar.value for bar in chart.bars) == 7800
    assert chart.description == (
        "2025年上半年各类资产的净值："
        + "，".join(f"{bar.label} {bar.text} 元" for bar in chart.bars) + "。"
    )  # fmt: skip


def test_a_line_stops_where_a_period_is_missing() -> None:
    head = "账户名称,期初余额,期末余额"
    files = {
        f"accounts/{q}.csv": table(head, f"基本户,{n},{n}", f"现金,{n},{n}")
        for n, q in enumerate(("2024Q3", "2025Q1", "2025Q2", "2025Q3"), 1)
    }
    charts = views(files)["accounts/2025Q3"].charts
    line = next(c for c in charts if isinstance(c, LineChart))
    assert [(p.label, p.text) for p in line.points] == [
        ("25年1季度", "4.00"), ("25年2季度", "6.00"), ("25年3季度", "8.00"),
    ]  # fmt: skip


def test_every_picture_of_the_sample_says_its_values() -> None:
    sample = Path(__file__).resolve().parents[1] / "villages"
    found = examine(sample)
    for data in found.villages.values():
        for view in record_views(village_records(data, SHARED, TODAY)):
            assert view.sentence.endswith("。"), view.publication.url
            assert "{" not in view.sentence
            assert len(view.charts) <= 4, view.publication.url
            assert len({chart.id for chart in view.charts}) == len(view.charts)
            for chart in view.charts:
                marks = chart.bars if isinstance(chart, BarChart) else ()
                assert all(bar.text in chart.description for bar in marks)
                assert chart.description.endswith("。")
