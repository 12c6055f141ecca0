"""Which money came in: known from balances or words, else asked; the rows oldest first.

Each book is written as it happened (what came in, what went out) and then as a bank or an office would
write it; what is read must be what happened, or nothing.
"""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.intake.tables import TableReading, read_table
from generator.intake.worksheets import read_csv
from generator.problems import Problem, files_with_errors
from tests.township import DONGLI, examine, real_content, township, write

SHARED = real_content()[0]
Move = tuple[Decimal, Decimal]
ASKED = "sides-unknown"


def reading(lines: list[list[str]], answers: dict[str, str] | None = None) -> TableReading:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(lines)
    sheets = read_csv(buffer.getvalue().encode(), "表.csv")
    assert not isinstance(sheets, Problem)
    masks = SHARED.masks["default"]
    return read_table(sheets[0], SHARED.tables["ledger"], "表.csv", masks, None, answers or {})


def sums(found: TableReading) -> tuple[Decimal, Decimal]:
    """Total income and expense that would be published."""
    pairs = [
        tuple(Decimal(str(row.values.get(name) or 0)) for name in ("收入", "支出"))
        for row in found.table.rows
    ]
    return sum((p[0] for p in pairs), Decimal(0)), sum((p[1] for p in pairs), Decimal(0))


def codes(found: TableReading) -> set[str]:
    return {p.code for p in found.problems}


BOOK = """日期,摘要,{},{}{}
2025-09-03,收水塘承包费,{}
2025-09-05,付路灯电费,{}"""


def bank(heads: str, first: str, second: str) -> list[list[str]]:
    """500 came in and 300 went out, under these headings."""
    text = f"日期,摘要,{heads}\n2025-09-03,收水塘承包费,{first}\n2025-09-05,付路灯电费,{second}\n"
    return [line.split(",") for line in text.splitlines()]


@pytest.mark.parametrize(
    ("heads", "first", "second"),
    [
        ("借方,贷方,余额", ",500,10500", "300,,10200"),  # a bank's view
        ("借方,贷方,余额", "500,,10500", ",300,10200"),  # a book's view
        ("借方金额,贷方金额,账户余额", ",500.00,10500.00", "300.00,,10200.00"),
        ("贷方发生额,借方发生额,余额", "500,,10500", ",300,10200"),
        ("借,贷,结余", '"500",,10500', ",300,10200"),
        ("借方,贷方,借或贷,余额", "500,,借,10500", ",300,借,10200"),
        ("收方,付方,余额", "500,,10500", ",300,10200"),
        ("存入,支取,余额", "500,,10500", ",300,10200"),
        ("收支类型,金额,余额", "收入,500,10500", "支出,300,10200"),
        ("收支类型,金额", "收入,500", "支出,300"),
        ("金额,收支", "500,收", "300,支"),
        ("收支项目,金额", "收入,500", "支出,300"),
        ("收支类型,收入,支出", "收入,500,", "支出,,300"),
    ],
)
def test_what_balances_or_words_tell_is_known(heads: str, first: str, second: str) -> None:
    found = reading(bank(heads, first.replace('"', ""), second))
    assert not files_with_errors(found.problems), [str(p) for p in found.problems]
    assert sums(found) == (Decimal(500), Decimal(300))
    assert found.doubts == ()


@pytest.mark.parametrize(
    ("heads", "first", "second", "choices"),
    [
        ("借方金额,贷方金额", ",500", "300,", {"500.00", "300.00"}),
        ("借方,贷方", "500,", ",300", {"500.00", "300.00"}),
        ("收支项目,贷方金额", "收入,500", "支出,300", {"500.00", "300.00", "800.00", "0.00"}),
        ("金额", "500", "300", {"800.00", "0.00"}),
        ("借方,贷方,借或贷,余额", ",500,贷,10500", "300,,贷,10200", {"500.00", "300.00"}),
        ("借方,贷方,余额", ",500,", "300,,10200", {"500.00", "300.00"}),
    ],
)
def test_what_nothing_tells_is_asked_and_each_answer_shows_what_it_publishes(
    heads: str, first: str, second: str, choices: set[str]
) -> None:
    lines = bank(heads, first, second)
    found = reading(lines)
    assert ASKED in codes(found)
    assert sums(found) == (0, 0)
    (doubt,) = found.doubts
    assert doubt.problem.severity == "error"
    for choice in doubt.choices:
        answered = reading(lines, {doubt.about: choice.answer})
        assert ASKED not in codes(answered)
        income, expense = sums(answered)
        assert choice.publishes == f"收入合计 {income:,.2f} 元、支出合计 {expense:,.2f} 元"
        assert {f"{income:.2f}", f"{expense:.2f}"} <= choices
    assert len({choice.publishes for choice in doubt.choices}) == len(doubt.choices)


def test_an_answer_that_is_no_choice_settles_nothing() -> None:
    found = reading(bank("借方,贷方", "500,", ",300"), {"借方、贷方": "收入"})
    assert ASKED in codes(found)


def test_an_overdraft_keeps_its_sign() -> None:
    lines = bank("借方,贷方,借或贷,余额", "500,,借,200", ",300,贷,100")
    found = reading([*lines[:1], ["", "上期结余", "", "", "贷", "300"], *lines[1:]])
    assert not files_with_errors(found.problems), [str(p) for p in found.problems]
    assert [row.values["余额"] for row in found.table.rows] == [200, -100]
    assert found.table.proofs[0].values["余额"] == -300
    assert sums(found) == (500, 300)


def test_where_all_balances_stand_on_the_other_side_the_answer_gives_their_sign() -> None:
    lines = bank("借方,贷方,借或贷,余额", "500,,贷,10000", ",300,贷,10300")
    (doubt,) = reading(lines).doubts
    own = reading(lines, {doubt.about: "借方是收入"})
    assert [row.values["余额"] for row in own.table.rows] == [-10000, -10300]
    theirs = reading(lines, {doubt.about: "借方是支出"})
    assert [row.values["余额"] for row in theirs.table.rows] == [10000, 10300]


def test_a_row_whose_side_no_word_tells_is_named_and_in_neither_column() -> None:
    found = reading(
        [*bank("收支类型,金额", "收入,500", "支出,300"), ["2025-09-06", "调账", "转", "7"]]
    )
    assert [(p.source.row, p.value) for p in found.problems if p.code == "side-unknown"] == [
        (4, "转")
    ]
    assert sums(found) == (500, 300)


@pytest.mark.parametrize("kind", ["收支项目", "收支类型", "科目"])
def test_a_column_renamed_against_its_words_is_told_row_by_row(kind: str) -> None:
    found = reading(bank(f"{kind},支出", "收入,500", "支出,300"))
    assert [(p.source.row, p.value) for p in found.problems if p.code == "side-clash"] == [
        (2, "收入")
    ]
    assert files_with_errors(found.problems)


def test_the_sum_of_both_ways_has_no_side() -> None:
    found = reading([*bank("收支类型,金额", "收入,500", "支出,300"), ["合计", "", "", "800"]])
    assert not files_with_errors(found.problems), [str(p) for p in found.problems]
    assert sums(found) == (500, 300)


# --- books of any kind ---------------------------------------------------------------------------------

cents = st.integers(1, 10**7).map(lambda n: Decimal(n) / 100)
moves = st.lists(
    st.tuples(cents, st.booleans()).map(
        lambda p: (p[0], Decimal(0)) if p[1] else (Decimal(0), p[0])
    ),
    min_size=1,
    max_size=7,
)


def _written(book: list[Move], opening: Decimal, style: dict[str, bool]) -> list[list[str]]:
    """A book as an office or a bank writes it."""
    balance, rows = opening, []
    for day, (income, expense) in enumerate(book, start=1):
        balance += income - expense
        pair = [f"{n:.2f}" if n else "" for n in (income, expense)]
        pair = pair[::-1] if style["bank"] else pair
        last = [f"{balance:.2f}"] if style["balance"] else []
        rows.append([f"2025-09-{day:02}", f"事{day}", *pair, *last])
    if style["turned"]:
        rows = rows[::-1]
    if style["sum"]:
        pair = [
            f"{sum(m[side] for m in book):.2f}" for side in ((1, 0) if style["bank"] else (0, 1))
        ]
        day = "2025-09-30" if style["opening"] else ""
        rows.append([day, "本月合计", *pair, *([""] if style["balance"] else [])])
    heads = ["日期", "摘要", "借方", "贷方", *(["余额"] if style["balance"] else [])]
    first = (
        [["", "上期结余", "", "", f"{opening:.2f}"]]
        if style["opening"] and style["balance"]
        else []
    )
    return [heads, *first, *rows]


@given(
    moves, cents, st.fixed_dictionaries(dict.fromkeys(("bank", "balance", "turned", "opening", "sum"), st.booleans()))
)  # fmt: skip
def test_no_book_is_published_with_its_sides_turned(
    book: list[Move], opening: Decimal, style: dict[str, bool]
) -> None:
    style = {**style, "opening": style["opening"] and not style["turned"]}
    found = reading(_written(book, opening, style))
    if "row-unsure" in codes(found):
        return  # a row that says what all above it add up to is asked about
    truth = (sum(m[0] for m in book), sum(m[1] for m in book))
    if ASKED in codes(found):
        assert sums(found) == (0, 0)
        publishes = [choice.publishes for choice in found.doubts[0].choices]
        assert f"收入合计 {truth[0]:,.2f} 元、支出合计 {truth[1]:,.2f} 元" in publishes
    else:
        assert sums(found) == truth
        days = [row.values["日期"] for row in found.table.rows]
        if len({(m[0], m[1]) for m in book}) > 1:
            assert days == sorted(days) or "rows-turned" not in codes(found)
    if style["opening"] and style["balance"]:
        assert ASKED not in codes(found)


def _in_one_column(book: list[Move], opening: Decimal, style: dict[str, bool]) -> list[list[str]]:
    """A book whose amounts stand in one column, with what else the office writes."""
    balance, rows = opening, []
    for day, (income, expense) in enumerate(book, start=1):
        balance += income - expense
        amount = -expense if style["signs"] and expense else income or expense
        kind = [("收入" if income else "支出")] if style["kind"] else []
        last = [f"{balance:.2f}"] if style["balance"] else []
        rows.append([f"2025-09-{day:02}", f"事{day}", *kind, f"{amount:.2f}", *last])
    kinds, last = (["收支"] if style["kind"] else []), (["余额"] if style["balance"] else [])
    first = ["", "上期结余", *([""] if style["kind"] else []), "", f"{opening:.2f}"]
    opened = [first] if style["opening"] and style["balance"] else []
    return [["日期", "摘要", *kinds, "金额", *last], *opened, *rows]


@given(
    moves, cents, st.fixed_dictionaries(dict.fromkeys(("kind", "signs", "balance", "opening"), st.booleans()))
)  # fmt: skip
def test_amounts_in_one_column_are_divided_as_it_was_or_asked_about(
    book: list[Move], opening: Decimal, style: dict[str, bool]
) -> None:
    lines = _in_one_column(book, opening, style)
    found = reading(lines)
    if "row-unsure" in codes(found):
        return  # a row that says what all above it add up to is asked about
    truth = (sum(m[0] for m in book), sum(m[1] for m in book))
    if ASKED in codes(found):
        assert sums(found) == (0, 0)
        (doubt,) = found.doubts
        right = f"收入合计 {truth[0]:,.2f} 元、支出合计 {truth[1]:,.2f} 元"
        answer = next((c.answer for c in doubt.choices if c.publishes == right), None)
        # Without kinds, signs or balances no answer of a few words can tell mixed rows apart.
        assert answer or not (style["kind"] or style["signs"])
        if answer:
            again = reading(lines, {doubt.about: answer})
            assert "row-unsure" in codes(again) or sums(again) == truth
    else:
        assert sums(found) == truth
        assert style["kind"] or style["balance"]


# --- from outside -------------------------------------------------------------------------------------


def test_a_bank_statement_without_balances_is_not_published(tmp_path: Path) -> None:
    villages = township(tmp_path)
    text = "日期,凭证号,摘要,借方金额,贷方金额\n2025-07-03,1,收水塘承包费,,500.00\n公开日期,2025-08-08\n"
    write(villages / DONGLI, "ledger/2025-07.csv", text)
    text = "日期,凭证号,摘要,收支项目,贷方金额\n2025-06-03,1,承包费,收入,500\n2025-06-05,2,电费,支出,300\n"
    write(villages / DONGLI, "ledger/2025-06.csv", text + "公开日期,2025-07-08\n")
    found = examine(villages)
    assert found.codes().count(ASKED) == 2
    assert {"ledger/2025-06", "ledger/2025-07"}.isdisjoint(found.names("dongli"))


def test_a_statement_that_begins_with_the_newest_row_is_turned_round(tmp_path: Path) -> None:
    villages = township(tmp_path)
    text = (
        "日期,凭证号,摘要,借方,贷方,余额\n2025-07-05,2,付路灯电费,300.00,,10200.00\n"
        "2025-07-03,1,收水塘承包费,,500.00,10500.00\n公开日期,2025-08-08\n"
    )
    write(villages / DONGLI, "ledger/2025-07.csv", text)
    found = examine(villages)
    assert {"sides-known", "rows-turned"} <= set(found.codes())
    rows = found.record("dongli", "ledger/2025-07").content.rows  # type: ignore[union-attr]
    assert [(row.number, row.values["收入"], row.values["支出"]) for row in rows] == [
        (3, Decimal(500), None), (2, None, Decimal(300)),
    ]  # fmt: skip
