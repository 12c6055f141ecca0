"""Books are held against what banks say; what a bank wrote stays in private/."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from generator.build import Settings, build
from generator.intake.bank import BankFile, read_bank
from generator.intake.folders import find_villages
from generator.model.bank import BankRules, LineKind
from generator.problems import Problem
from generator.reconciling import Item, Matched, matched
from generator.views.figures.bank import held_books
from tests.bank_truth import score
from tests.commands import publish_here
from tests.township import (
    BARE_VILLAGE,
    CONTENT,
    TEMPLATES,
    TODAY,
    examine,
    real_content,
    small_content,
    write,
)

RULES = real_content()[0].bank or BankRules(0, 0, 0, real_content()[0].site.source)
DAY = date(2025, 9, 10)
PLANTED = ("清溪五金商行", "6217001234", "路灯材料款尾数")

# The same three lines as banks export them: paid 3,560 on the 3rd, a charge of 5 on the 15th, 12,000
# received on the 30th.
FORMS = {
    "newest first, banner, total": """某某农村商业银行账户明细查询
账号：62170012340000,,,户名：甲村村民委员会,
起始日期：20250901,,,截止日期：20250930,
交易日期,交易时间,借方发生额,贷方发生额,余额,对方户名,对方账号,摘要
20250930,10:22:33,,"12,000.00","112,000.00",乙镇财政所,62170012341111,补贴
20250915,09:00:00,5.00,,"100,000.00",,,手续费
20250903,11:00:00,"3,560.00",,"100,005.00",清溪五金商行,62170012342222,路灯材料款尾数
合计,,"3,565.00","12,000.00",,,,
""",
    "signs": """交易时间,交易金额,账户余额,交易对方,摘要,币种
2025-09-03 11:20:30,-3560.00,100005.00,清溪五金商行,路灯材料款尾数,人民币
2025-09-15 09:00:00,-5.00,100000.00,,手续费,人民币
2025-09-30 10:22:33,+12000.00,112000.00,乙镇财政所,补贴,人民币
""",
    "signs without balances": """交易时间,交易金额,交易对方,摘要
2025-09-03 11:20:30,-3560.00,清溪五金商行,路灯材料款尾数
2025-09-15 09:00:00,-5.00,,手续费
2025-09-30 10:22:33,12000.00,乙镇财政所,补贴
""",
    "a column for the side": """序号,记账日期,借贷标志,交易金额,账户余额,对方名称,附言,摘要
1,2025/09/03,借,3560.00,100005.00,清溪五金商行,路灯材料款尾数,转账
2,2025/09/15,借,5.00,100000.00,,,手续费
3,2025/09/30,贷,12000.00,112000.00,乙镇财政所,补贴,转账
""",
    "letters, tabs": """日期\t借贷\t金额\t对方户名\t摘要
2025年9月3日\tD\t3560\t清溪五金商行\t路灯材料款尾数
2025年9月15日\tD\t5\t\t手续费
2025年9月30日\tC\t12000\t乙镇财政所\t
""",
    "zeros": """交易日期,支出,收入,余额,备注
2025-09-03,"3,560.00",0.00,"100,005.00",路灯材料款尾数
2025-09-15,5.00,0.00,"100,000.00",手续费
2025-09-30,0.00,"12,000.00","112,000.00",补贴
""",
}
BOOK = """日期,凭证号,摘要,科目,收入,支出,余额,结算方式
,,上月结转,,,,103565.00,
2025-09-03,9-01,路灯材料,公益支出,,3560.00,100005.00,转账
2025-09-10,9-02,办公用纸,管理费用,,200.00,99805.00,现金
2025-09-15,9-03,银行手续费,管理费用,,5.00,99800.00,转账
2025-09-29,9-04,补贴收入,补助收入,12000.00,,111800.00,转账
公开日期,,,,,,2025-10-08,
"""


def village(root: Path, files: dict[str, str | bytes]) -> Path:
    """The folder villages/ with one village of these files."""
    villages = root / "villages"
    write(villages, "qingshi/jia/village.yaml", BARE_VILLAGE)
    for name, content in files.items():
        write(villages, f"qingshi/jia/{name}", content)
    return villages


def read(root: Path, files: dict[str, str | bytes]) -> tuple[list[BankFile], list[Problem]]:
    villages = village(root, {f"private/bank/{name}": text for name, text in files.items()})
    shared = real_content()[0]
    folder = find_villages(villages, shared)[0][0]
    data = examine(villages).villages["jia"]
    found, problems = read_bank(folder, data.village, shared)
    return list(found), list(problems)


# ------------------------------------------------------------------------------ statements


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("form", FORMS)
def test_statements_are_read_as_banks_export_them(form: str, encoding: str, tmp_path: Path) -> None:
    (found,), problems = read(tmp_path, {"2025-09.csv": FORMS[form].encode(encoding)})
    assert problems == []
    lines = sorted((line.day.day, line.change, line.kind) for line in found.statement.lines)
    assert lines == [
        (3, Decimal("-3560"), ""),
        (15, Decimal("-5"), "fee"),
        (30, Decimal("12000"), ""),
    ]
    assert any("路灯材料款尾数" in words[1] for words in found.words.values())
    assert not any(text in repr(found.statement) for text in PLANTED)


def test_a_workbook_is_read_as_well(tmp_path: Path) -> None:
    book = Workbook()
    for line in FORMS["zeros"].replace('"', "").splitlines():
        book.active.append(line.replace("3,560", "3560").replace("0,0", "00").split(","))
    book.active.delete_rows(2, 3)
    book.active.append([date(2025, 9, 3), 3560, None, 100005, "路灯材料款尾数"])
    content = io.BytesIO()
    book.save(content)
    (found,), problems = read(tmp_path, {"2025-09.village.2.xlsx": content.getvalue()})
    assert problems == []
    assert [line.change for line in found.statement.lines] == [Decimal(-3560)]
    assert (found.statement.account, found.statement.part) == ("village", "2")


def test_what_cannot_be_read_is_told_without_a_word_of_it(tmp_path: Path) -> None:
    good = FORMS["zeros"]
    found, problems = read(
        tmp_path,
        {
            "2025-05.csv": "日期,金额,对方\n2025-05-03,3560.00,清溪五金商行\n",
            "2025-06.csv": good.replace("2025-09-03", "清溪五金商行"),
            "2025-07.csv": "清溪五金商行\n路灯材料款尾数\n",
            "2025-09.csv": good,
            "2025Q3.csv": good,
            "6217001234.csv": good,
            "2025-09.village.6217001234.csv": good,
        },
    )
    assert [one.statement.period.text for one in found] == ["2025-09"]
    told = "\n".join(map(str, problems))
    assert not any(text in told for text in PLANTED)
    assert [p.code for p in problems] == ["private-unread"] * 4 + ["bank-unnamed"]
    for words in ("分不清", "第 2 行", "没有认出表头", "同一段日子", "有 2 个文件"):
        assert words in told


# -------------------------------------------------------------------------------- matching


def item(side: str, number: int, change: str, days: int = 0, kind: LineKind = "") -> Item:
    return Item(DAY + timedelta(days=days), side, number, Decimal(change), kind)


def booked(*items: tuple[str, int]) -> list[Item]:
    return [item("book", n, change, days) for n, (change, days) in enumerate(items, start=1)]


def lines(*items: tuple[str, int]) -> list[Item]:
    return [item("bank", n, change, days) for n, (change, days) in enumerate(items, start=1)]


def ways(found: Matched) -> list[str]:
    return [pair.how for pair in found.pairs]


def numbers(found: Matched) -> list[tuple[list[int], list[int]]]:
    return [([i.number for i in p.booked], [i.number for i in p.lines]) for p in found.pairs]


def test_the_same_day_goes_before_a_near_one() -> None:
    found = matched(booked(("-100", 0), ("-100", 2)), lines(("-100", 2), ("-100", 3)), RULES)
    assert numbers(found) == [([2], [1]), ([1], [2])]
    assert ways(found) == ["same-day", "near"]


def test_no_further_apart_than_the_data_say_and_never_to_the_other_side() -> None:
    apart = matched(booked(("-100", 0)), lines(("-100", RULES.days + 1), ("100", 0)), RULES)
    assert (len(apart.booked), len(apart.lines), apart.pairs) == (1, 2, ())
    assert matched(booked(("-100", 0)), lines(("-100", RULES.days)), RULES).booked == ()


def test_one_is_several_both_ways() -> None:
    batch = matched(booked(("-100", 0), ("-250", 0)), lines(("-350", 0)), RULES)
    assert ways(batch) == ["day-sum"]
    split = matched(booked(("350", 0)), lines(("100", 1), ("250", 1), ("7", 1)), RULES)
    assert ways(split) == ["parts"]
    assert [i.number for i in split.lines] == [3]


def test_where_two_choices_give_the_sum_none_is_taken() -> None:
    found = matched(
        booked(("-500", 0)), lines(("-100", 0), ("-400", 0), ("-200", 0), ("-300", 0)), RULES
    )
    assert found.pairs == ()


def test_charges_are_told_apart() -> None:
    month = [item("book", 1, "-15", 15, "fee")]
    own = [item("bank", n, "-5", n, "fee") for n in (1, 2, 3)]
    assert ways(matched(month, own, RULES)) == ["fees"]
    net = [item("bank", 1, "997")]
    gross = [item("book", 1, "1000"), item("book", 2, "-3", 0, "fee")]
    assert ways(matched(gross, net, RULES)) == ["day-sum"]


def test_what_came_back_and_cash_are_not_missed() -> None:
    back = [item("bank", 1, "-80"), item("bank", 2, "80", 2, "returned")]
    cash = [item("bank", 3, "-900", 0, "cash")]
    found = matched([item("book", 1, "-50", 0, "cash")], [*back, *cash], RULES)
    assert ways(found) == ["returned"]
    assert (found.booked, found.lines, len(found.cash)) == ((), (), 2)
    known = matched([item("book", 1, "-900", 0, "cash")], cash, RULES)
    assert (ways(known), known.cash) == (["same-day"], ())


def test_what_went_from_one_account_of_the_village_to_another_is_no_open_line() -> None:
    """The book of both need not tell it; what it does tell is held against both."""
    out, into = item("basic", 1, "-5000"), item("saving", 1, "5000")
    found = matched((), [out, into], RULES)
    assert (ways(found), found.lines) == (["moved"], ())
    told = [item("book", 1, "-5000"), item("book", 2, "5000")]
    assert ways(matched(told, [out, into], RULES)) == ["same-day", "same-day"]
    for left in (
        [out, item("basic", 2, "5000")],  # out of an account and back into it
        [out, item("saving", 1, "5000", 1)],  # another day
        [out, item("saving", 1, "4999")],
        [out, into, item("saving", 2, "5000")],  # which of them it was nobody knows
        [out, item("saving", 1, "5000", 0, "cash")],
    ):
        assert "moved" not in ways(matched((), left, RULES))


_CHANGES = st.sampled_from(["-100", "-200", "100", "-55.5", "300", "-300", "12.34"])
_KINDS: st.SearchStrategy[LineKind] = st.sampled_from(["", "", "fee", "cash", "returned"])
_SIDES = st.lists(st.tuples(_CHANGES, st.integers(0, 12), _KINDS), max_size=9)


def _items(side: str, made: list[tuple[str, int, LineKind]]) -> list[Item]:
    return [item(side, n, c, d, k) for n, (c, d, k) in enumerate(made)]


def _all(found: Matched) -> Iterator[Item]:
    for pair in found.pairs:
        yield from (*pair.booked, *pair.lines)
    yield from (*found.booked, *found.lines, *found.cash)


@settings(max_examples=150, deadline=None)
@given(_SIDES, _SIDES, st.randoms(use_true_random=False))
def test_nothing_is_lost_or_counted_twice_and_order_plays_no_part(
    first: list[tuple[str, int, LineKind]], second: list[tuple[str, int, LineKind]], random: object
) -> None:
    left, right = _items("book", first), _items("bank", second)
    found = matched(left, right, RULES)
    assert sorted(_all(found)) == sorted((*left, *right))
    for pair in found.pairs:
        sums = [sum((i.change for i in side), Decimal(0)) for side in (pair.booked, pair.lines)]
        assert sums[0] == sums[1]
        days = [i.day for i in (*pair.booked, *pair.lines)]
        assert pair.how == "fees" or (max(days) - min(days)).days <= RULES.days
    random.shuffle(left)  # type: ignore[attr-defined]
    random.shuffle(right)  # type: ignore[attr-defined]
    assert matched(left, right, RULES) == found


@settings(max_examples=60, deadline=None)
@given(_SIDES)
def test_a_book_is_its_own_statement(made: list[tuple[str, int, LineKind]]) -> None:
    found = matched(_items("book", made), _items("bank", made), RULES)
    assert (found.booked, found.lines, found.cash) == ((), (), ())


def test_of_statements_with_known_truth_nearly_all_is_found_and_right() -> None:
    _, equal = score(120)
    assert equal.precision > 0.99
    assert equal.recall > 0.98
    assert equal.told / equal.alone > 0.95


# ------------------------------------------------------------------------- what is published


def built(root: Path, files: dict[str, str | bytes]) -> tuple[Path, tuple[Problem, ...]]:
    content = root / "content"
    settings = Settings(
        content=content if content.exists() else small_content(root),
        villages=village(root, files),
        templates=TEMPLATES,
        out=root / "site",
        today=TODAY,
        sheets="none",
        cache=root / "kept",
    )
    return settings.out, build(settings, lambda line: None).problems


def page(site: Path) -> str:
    text = (site / "v/jia/ledger/2025-09/index.html").read_text("utf-8")
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_readers_learn_that_all_agrees_or_how_many_are_open_and_nothing_else(
    tmp_path: Path,
) -> None:
    bank, form = "private/bank/2025-09.csv", FORMS["newest first, banner, total"]
    site, problems = built(tmp_path, {"ledger/2025-09.csv": BOOK, bank: form})
    assert "已和银行流水核对：全部相符" in page(site)
    assert not [p for p in problems if "bank" in p.source.file]
    planted = [text.encode() for text in PLANTED]
    for file in (
        path for path in tmp_path.rglob("*") if path.is_file() and path.name != "2025-09.csv"
    ):
        assert not any(text in file.read_bytes() for text in planted), file

    # Another statement alone makes the page anew; what is kept between builds tells nothing either.
    built(tmp_path, {bank: form.replace('"12,000.00"', '"11,000.00"').replace('"112,', '"111,')})
    assert "已和银行流水核对，有 2 笔待核" in page(site)


def test_without_a_statement_of_all_its_days_nothing_is_said_of_a_book(tmp_path: Path) -> None:
    books = {"ledger/2025-09.csv": BOOK}
    bank = {"private/bank/2025-08.csv": FORMS["zeros"].replace("2025-09", "2025-08")}
    data = examine(village(tmp_path, {**books, **bank})).villages["jia"]
    assert held_books(data, real_content()[0]) == ()
    whole = {"private/bank/2025Q3.csv": FORMS["zeros"]}
    data = examine(village(tmp_path / "whole", {**books, **whole})).villages["jia"]
    ((held,),) = (one.books for one in held_books(data, real_content()[0]))
    assert held.name == "ledger/2025-09"


# --------------------------------------------------------------------------- what staff see


@pytest.fixture
def office(tmp_path: Path) -> Path:
    statement = FORMS["newest first, banner, total"]
    village(
        tmp_path,
        {
            "ledger/2025-09.csv": BOOK.replace("12000.00,,111800", "12500.00,,112300"),
            "private/bank/2025-09.csv": statement,
        },
    )
    return tmp_path


def publish(office: Path, command: str, *words: str) -> tuple[int, str]:
    folders = ("--content", str(CONTENT), "--villages", str(office / "villages"))
    result = publish_here(command, *words, *folders, "--today", "2025-10-10", cwd=office)
    return result.returncode, result.stdout + result.stderr


def test_staff_read_each_open_entry_and_line_in_the_workbook_and_nowhere_else(office: Path) -> None:
    code, text = publish(office, "bank", "jia", "2025年9月", "--out", "bank.xlsx")
    assert code == 1
    assert "账上有 1 笔（12,500.00 元）银行里没有找到，银行里有 1 笔账上没有" in text
    assert "同一天的一笔 2 处" in text
    assert "2025年9月29日，第 6 行，12,500.00 元" in text
    assert not any(word in text for word in (*PLANTED, "乙镇财政所"))
    book = load_workbook(office / "bank.xlsx")
    only = {name: list(book[name].values)[1:] for name in book.sheetnames}
    assert [row[-1] for row in only["账上有银行没有"]] == ["补贴收入"]
    assert [row[-1] for row in only["银行有账上没有"]] == ["乙镇财政所 补贴"]
    assert "清溪五金商行 路灯材料款尾数" in only["怎样对上的"][0][-1]
    assert [row[-1] for row in only["现金"]] == ["办公用纸"]


def test_the_workbook_is_not_written_into_the_site(office: Path) -> None:
    (office / "site").mkdir()
    code, text = publish(office, "bank", "jia", "--out", "site/bank.xlsx")
    assert (code, "谁都看得到" in text) == (2, True)
    assert not (office / "site/bank.xlsx").exists()


def test_status_counts_what_is_open(office: Path) -> None:
    _, text = publish(office, "status")
    assert "账和银行流水：2025年9月收支账，有 2 笔待核" in text


# ------------------------------------------------------------------------------ other totals


def test_controls_are_read_and_what_they_do_not_name_is_told_by_row(tmp_path: Path) -> None:
    table = "期间,账簿,收入,支出,余额\n2025-09,,12000,3765,111800\n2025-09,清溪五金商行,1,1,1\n九月,,1,,\n"
    files = {"ledger/2025-09.csv": BOOK, "private/controls.csv": table}
    found = examine(village(tmp_path, files))
    (control,) = found.villages["jia"].beside.controls
    assert (control.account, control.income, control.balance) == ("village", 12000, 111800)
    (told,) = [p for p in found.problems if p.code == "private-unread"]
    assert "第 3、4 行" in told.message
    assert "清溪" not in str(told)
