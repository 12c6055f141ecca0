"""Nothing is lost and nothing is made up: whatever numbers a form holds, the flat sheets hold them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.importer.forms import Flat
from generator.intake.decoding import GridRow, Span, Worksheet
from generator.intake.doubts import Doubt
from generator.intake.worksheets import read_csv
from generator.problems import Problem
from tests.formbooks import ALL, Book, books_of, sheets_of, told, unfolded

STRAY = "漏网之鱼"
# Columns that are left out whole, with a word, and days on which sums were drawn.
LEFT_OUT = {"序号", "行次", "本年累计", "面积", "月", "日"}
cents = st.integers(1, 9_999_999).map(lambda n: Decimal(n) / 100)


def opened(
    *pages: Sequence[Sequence[object]], names: Sequence[str] = ("",)
) -> tuple[Worksheet, ...]:
    """Sheets as they are read from CSV files, called by names."""
    sheets = []
    for name, rows in zip(names, pages, strict=True):
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        found = read_csv(text.getvalue().encode(), "表.csv")
        assert not isinstance(found, Problem)
        sheets += [replace(sheet, name=name) for sheet in found]
    return tuple(sheets)


def lines(flat: Flat) -> list[dict[str, str]]:
    """The rows below the headings, by heading."""
    rows = [row.cells for row in flat.worksheet.rows if not row.is_blank]
    start = next(n for n, row in enumerate(rows) if len([cell for cell in row if cell]) > 1)
    return [
        {name: row[n] if n < len(row) else "" for n, name in enumerate(rows[start]) if name}
        for row in rows[start + 1 :]
    ]


def entries(flat: Flat, title: str) -> list[dict[str, str]]:
    """The rows that are data; the tests' own begin so."""
    return [line for line in lines(flat) if line.get(title, "").startswith("事")]


def total(found: Sequence[dict[str, str]], column: str) -> Decimal:
    return sum((Decimal(line.get(column) or 0) for line in found), Decimal(0))


def only(result: tuple[tuple[Flat, ...], list[Doubt]]) -> Flat:
    flats, doubts = result
    assert doubts == []
    (flat,) = flats
    return flat


@given(
    incomes=st.lists(cents, min_size=1, max_size=6),
    expenses=st.lists(cents, min_size=1, max_size=6),
    opening=st.none() | cents,
    has_totals=st.booleans(),
    is_turned=st.booleans(),
)
def test_income_beside_expense(
    incomes: list[Decimal],
    expenses: list[Decimal],
    opening: Decimal | None,
    has_totals: bool,
    is_turned: bool,
) -> None:
    left = [(f"事{n}", amount) for n, amount in enumerate(incomes)]
    right = [(f"事{n}", amount) for n, amount in enumerate(expenses, 100)]
    if opening is not None:
        left.insert(0, ("上月结余", opening))
        right.append(("本月结余", opening + sum(incomes) - sum(expenses)))
    length = max(len(left), len(right))
    halves = [[*half, *[("", "")] * (length - len(half))] for half in (left, right)]
    if has_totals:
        halves[0].append(("收入合计", sum(incomes)))
        halves[1].append(("支出合计", sum(expenses)))
    heads = (("收入项目", "金额"), ("支出项目", "金额"))
    pairs = [heads, *zip(*halves, strict=True)]
    rows = [(*b, *a) if is_turned else (*a, *b) for a, b in pairs]
    flat = only(unfolded(opened(rows)))
    found = entries(flat, "摘要")
    assert len(found) == len(incomes) + len(expenses)
    assert total(found, "收入") == sum(incomes)
    assert total(found, "支出") == sum(expenses)
    balances = [Decimal(line["余额"]) for line in lines(flat) if line.get("余额")]
    assert balances == ([] if opening is None else [opening, dict(right)["本月结余"]])
    stated = [line for line in lines(flat) if line["摘要"] == "本期合计"]
    assert [(Decimal(s["收入"]), Decimal(s["支出"])) for s in stated] == (
        [(sum(incomes), sum(expenses))] if has_totals else []
    )


@given(
    opening=cents,
    months=st.lists(
        st.lists(st.tuples(st.booleans(), cents), min_size=1, max_size=4), min_size=1, max_size=4
    ),
    has_years=st.booleans(),
)
def test_a_daybook(
    opening: Decimal, months: list[list[tuple[bool, Decimal]]], has_years: bool
) -> None:
    balance, year = opening, [Decimal(0), Decimal(0)]
    rows: list[list[object]] = [["2026年", "", "摘要", "收入", "支出", "余额"]]
    rows += [["月", "日", "", "", "", ""], [1, 1, "上年结转", "", "", opening]]
    sums, balances = [], [opening]
    for month, moves in enumerate(months, start=1):
        own = [Decimal(0), Decimal(0)]
        for day, (is_income, amount) in enumerate(moves, start=1):
            balance += amount if is_income else -amount
            own[not is_income] += amount
            pair = [amount, ""] if is_income else ["", amount]
            rows.append([month, day, f"事{month}", *pair, balance])
        year = [a + b for a, b in zip(year, own, strict=True)]
        rows.append(["", "", "本月合计", *own, balance])
        if has_years:
            rows.append(["", "", "本年累计", *year, balance])
        sums.append(tuple(own))
        balances.append(balance)
    flats, doubts = unfolded(opened(rows))
    assert doubts == []
    assert [flat.period for flat in flats] == [f"2026-{n + 1:02}" for n in range(len(months))]
    for n, flat in enumerate(flats):
        found = entries(flat, "摘要")
        assert (total(found, "收入"), total(found, "支出")) == sums[n]
        assert len(found) == len(months[n])
        told_ = lines(flat)
        assert Decimal(told_[0]["余额"]) == balances[n]
        assert Decimal(told_[-1]["余额"]) == balances[n + 1]


@given(assets=st.lists(cents, min_size=2, max_size=3), debts=cents, worn=cents)
def test_a_trial_balance(assets: list[Decimal], debts: Decimal, worn: Decimal) -> None:
    names = ("库存现金", "银行存款", "应收款")
    equity = sum(assets) - worn - debts
    rows: list[list[object]] = [["科目名称", "期初借方", "期初贷方", "期末借方", "期末贷方"]]
    rows += [[name, "", "", amount, ""] for name, amount in zip(names, assets, strict=False)]
    rows.append(["累计折旧", "", "", "", worn])
    rows.append(["应付款", "", "", "", debts])
    rows.append(["资本", "", "", *((-equity, "") if equity < 0 else ("", equity))])
    flat = only(unfolded(opened(rows)))
    found = lines(flat)
    of = {c: [line for line in found if line["类别"] == c] for c in ("资产", "负债", "所有者权益")}
    assert total(of["资产"], "期末余额") == sum(assets) - worn
    assert total(of["负债"], "期末余额") == debts
    assert total(of["所有者权益"], "期末余额") == equity


@given(
    current=st.lists(cents, min_size=1, max_size=4),
    fixed=cents,
    debts=st.lists(cents, min_size=1, max_size=3),
    has_sums=st.booleans(),
)
def test_a_balance_sheet(
    current: list[Decimal], fixed: Decimal, debts: list[Decimal], has_sums: bool
) -> None:
    worn = fixed / 2
    assets = sum(current) + fixed - worn
    left: list[tuple[str, object]] = [("流动资产：", "")]
    left += [(f"事{n}", amount) for n, amount in enumerate(current)]
    left += [("流动资产合计", sum(current))] if has_sums else []
    left += [("固定资产原价", fixed), ("减：累计折旧", worn)]
    left += [("资产总计", assets)] if has_sums else []
    right: list[tuple[str, object]] = [(f"债{n}", amount) for n, amount in enumerate(debts)]
    right += [("负债合计", sum(debts))] if has_sums else []
    right += [("所有者权益：", ""), ("资本", assets - sum(debts))]
    length = max(len(left), len(right))
    halves = [[*half, *[("", "")] * (length - len(half))] for half in (left, right)]
    rows = [("资产", "期末余额", "负债和所有者权益", "期末余额")]
    rows += [(*a, *b) for a, b in zip(*halves, strict=True)]
    found = lines(only(unfolded(opened(rows))))
    of = {c: [line for line in found if line["类别"] == c] for c in ("资产", "负债", "所有者权益")}
    assert total(of["资产"], "期末余额") == assets
    assert total(of["负债"], "期末余额") == sum(debts)
    assert total(of["所有者权益"], "期末余额") == assets - sum(debts)


@given(groups=st.lists(st.lists(cents, min_size=1, max_size=4), min_size=2, max_size=4))
def test_sheets_of_groups(groups: list[list[Decimal]]) -> None:
    names = [f"{word}组" for word in "一二三四"[: len(groups)]]
    pages = [
        [
            ("户主", "项目", "金额"),
            *((f"事{n}", "补贴", amount) for n, amount in enumerate(amounts)),
            ("合计", "", sum(amounts)),
        ]
        for amounts in groups
    ]
    found = entries(only(unfolded(opened(*pages, names=names))), "户主")
    for name, amounts in zip(names, groups, strict=True):
        own = [line for line in found if line["组别"] == name]
        assert [Decimal(line["金额"]) for line in own] == amounts


@given(houses=st.lists(st.tuples(cents, st.integers(0, 3)), min_size=1, max_size=6))
def test_households_with_members(houses: list[tuple[Decimal, int]]) -> None:
    rows: list[tuple[object, ...]] = [("户主", "与户主关系", "项目", "金额")]
    for n, (amount, members) in enumerate(houses):
        rows.append((f"事{n}", "户主", "补贴", amount))
        rows += [(f"人{n}{m}", "子女", "", "") for m in range(members)]
    found = lines(only(unfolded(opened(rows))))
    assert [Decimal(line["金额"]) for line in found] == [amount for amount, _ in houses]


@given(
    table=st.lists(st.tuples(*[st.none() | cents] * 3).filter(any), min_size=1, max_size=6),
    has_sums=st.booleans(),
)
def test_subsidies_as_columns(table: list[tuple[Decimal | None, ...]], has_sums: bool) -> None:
    names = ("耕地补贴", "种粮补贴", "农机补贴")
    rows: list[list[object]] = [["户主", *names, *(["合计"] if has_sums else [])]]
    for n, amounts in enumerate(table):
        own = sum(filter(None, amounts))
        rows.append([f"事{n}", *(a or "" for a in amounts), *([own] if has_sums else [])])
    columns = [[a for a in column if a] for column in zip(*table, strict=True)]
    if has_sums:
        rows.append(["合计", *map(sum, columns), sum(map(sum, columns))])
    found = entries(only(unfolded(opened(rows))), "户主")
    for name, amounts_ in zip(names, columns, strict=True):
        own_ = [Decimal(line["金额"]) for line in found if line["项目"] == name]
        assert own_ == amounts_


@given(amounts=st.lists(cents, min_size=2, max_size=12), count=st.integers(2, 3))
def test_sets_side_by_side(amounts: list[Decimal], count: int) -> None:
    depth = -(-len(amounts) // count)
    cells: list[tuple[object, object, object]] = [
        (n + 1, f"事{n}", amount) for n, amount in enumerate(amounts)
    ]
    cells += [("", "", "")] * (depth * count - len(amounts))
    rows = [("序号", "户主", "金额") * count]
    rows += [tuple(c for k in range(count) for c in cells[k * depth + n]) for n in range(depth)]
    flat = only(unfolded(opened(rows)))
    assert [Decimal(line["金额"]) for line in entries(flat, "户主")] == amounts


@given(
    first=st.lists(cents, min_size=1, max_size=4), second=st.lists(cents, min_size=1, max_size=4)
)
def test_two_tables_on_a_sheet(first: list[Decimal], second: list[Decimal]) -> None:
    rows: list[tuple[object, ...]] = [("东坡村债权债务表",), ("类型", "对方", "事由", "期末余额")]
    rows += [("债权", f"事{n}", "租金", amount) for n, amount in enumerate(first)]
    rows += [("东坡村资产表",), ("资产名称", "数量", "原值", "净值")]
    rows += [(f"事{n}", 1, amount, "") for n, amount in enumerate(second)]
    flats, doubts = unfolded(opened(rows))
    assert doubts == []
    debts, assets = flats
    assert [Decimal(line["期末余额"]) for line in entries(debts, "对方")] == first
    assert [Decimal(line["原值"]) for line in entries(assets, "资产名称")] == second


@given(
    rows=st.lists(st.tuples(st.booleans(), cents), min_size=2, max_size=8), has_sum=st.booleans()
)
def test_a_register_of_two_owners(rows: list[tuple[bool, Decimal]], has_sum: bool) -> None:
    owners = {True: "东坡村股份经济合作社", False: "东坡村村民委员会"}
    page: list[tuple[object, ...]] = [("合同编号", "合同名称", "发包方", "承包方", "本年应收")]
    page += [(f"A-{n}", f"事{n}", owners[c], "甲", amount) for n, (c, amount) in enumerate(rows)]
    page += [("", "合计", "", "", sum(amount for _, amount in rows))] if has_sum else []
    flats, doubts = unfolded(opened(page))
    assert doubts == []
    for flat in flats:
        own = [amount for is_coop, amount in rows if is_coop == (flat.account == "coop")]
        assert [Decimal(line["本年应收"]) for line in entries(flat, "合同名称")] == own
    assert sum(len(entries(flat, "合同名称")) for flat in flats) == len(rows)


# --------------------------------------------------------------------------- any cell of a book


def changed(
    sheets: Sequence[Worksheet], place: int, row: GridRow, column: int, text: str
) -> list[Worksheet]:
    """The sheets with another text in one cell."""
    width = max(len(row.cells), column + 1)
    cells = [text if n == column else row.at(n) for n in range(width)]
    other = replace(row, cells=tuple(cells))
    rows = tuple(other if r.number == row.number else r for r in sheets[place].rows)
    return [*sheets[:place], replace(sheets[place], rows=rows), *sheets[place + 1 :]]


def places(book: Book) -> Iterator[tuple[tuple[Worksheet, ...], int, GridRow, int]]:
    """All cells of a book that no other is merged over."""
    sheets = sheets_of(book.xlsx(), book.file)
    for place, sheet in enumerate(sheets):
        width = max(len(row.cells) for row in sheet.rows)
        for row in sheet.rows:
            for column in range(width):
                spans = (s for s in sheet.merged if s.top <= row.number <= s.bottom)
                if not any(span.left <= column <= span.right for span in spans):
                    yield sheets, place, row, column


def result(book: Book, sheets: Sequence[Worksheet]) -> tuple[tuple[Flat, ...], list[Doubt]]:
    answer, item = book.options.get("answer", ""), book.options.get("item", "")
    return unfolded(sheets, book.file, item, answer)


@pytest.mark.parametrize("form", sorted({form for form, _ in ALL} - {"households"}))
def test_a_word_in_any_empty_cell_is_kept_told_or_asked_about(form: str) -> None:
    """Rows of members are left out whole, and said to be."""
    for book in books_of(form):
        for sheets, place, row, column in places(book):
            if not row.at(column):
                flats, doubts = result(book, changed(sheets, place, row, column, STRAY))
                text = "\n".join(told(flats, doubts))
                assert STRAY in text or doubts, (book.title, row.number, column)


@pytest.mark.parametrize("form", sorted({form for form, _ in ALL}))
def test_no_number_changes_unnoticed(form: str) -> None:
    """A number that is another one is another one in the flat sheets, or raises a question."""
    for book in books_of(form):
        if "answer" in book.options:  # the answer says what is to be left out
            continue
        for sheets, place, row, column in places(book):
            heads = {r.at(column) for r in sheets[place].rows}
            if not row.at(column).replace(".", "").isdigit() or heads & LEFT_OUT:
                continue
            text = str(Decimal(row.at(column)) + Decimal("7003"))
            flats, doubts = result(book, changed(sheets, place, row, column, text))
            assert text in "\n".join(told(flats, doubts)) or doubts, (book.title, row, column)


# ------------------------------------------------------------------------------ any sheet at all

WORDS = (
    *("", "", "", "收入", "支出", "收入项目", "支出项目", "项目", "金额", "备注", "日期", "2026年"),
    *("月", "日", "凭证", "字", "号", "摘要", "借方", "贷方", "借或贷", "余额", "上月结余", "合计"),
    *("本月合计", "本年累计", "过次页", "本月结余", "科目名称", "科目编码", "期初余额", "期末余额"),
    *(
        "年初余额",
        "本期发生额",
        "资产",
        "负债和所有者权益",
        "所有者权益：",
        "减：累计折旧",
        "其中：现金",
    ),
    *("流动资产合计", "资产总计", "户主", "与户主关系", "本人", "妻", "组别", "一组", "耕地补贴"),
    *(
        "种粮补贴",
        "发包方",
        "东坡村村民委员会",
        "合同编号",
        "合同名称",
        "序号",
        "单位：万元",
        "对方",
    ),
    *("事由", "1", "12", "-3.5", "0.01", "6", "7.8", "10.3", "9月3日", "2026-09-03", "〃", "—"),
)
rows = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), min_size=1, max_size=9)


@given(pages=st.lists(rows, min_size=1, max_size=2), spans=st.lists(st.integers(0, 7), max_size=4))
def test_any_sheet_can_be_unfolded(pages: list[list[list[str]]], spans: list[int]) -> None:
    """Whatever stands where: rows keep their order and know where they come from."""
    merged = tuple(Span(1 + a % 3, 1 + a % 3 + a // 4, a % 5, a % 5 + a // 3) for a in spans)
    sheets = [
        replace(sheet, merged=merged)
        for sheet in opened(*pages, names=("一组", "应收款")[: len(pages)])
    ]
    flats, doubts = unfolded(sheets)
    numbers = {row.number for sheet in sheets for row in sheet.rows}
    for flat in flats:
        own = [row.number for row in flat.worksheet.rows]
        assert own == sorted(set(own))
        assert {row.origin or row.number for row in flat.worksheet.rows} <= numbers
    assert len({doubt.about for doubt in doubts}) == len(doubts)
