"""Cells that show something else than they hold: what is read of a workbook, and what is asked.

Each workbook is a file that openpyxl wrote; those of other programs lie in tests/fixtures/offices/.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from generator.intake.layout import choose_worksheet
from generator.intake.tables import TableReading, read_table
from generator.intake.workbooks import read_workbook
from generator.intake.worksheets import read_csv
from generator.model.period import parse_period
from generator.problems import Problem
from tests.township import real_content, saved_workbook

Change = Callable[[Worksheet], object]
STRUCK = Font(strike=True)


def reading(
    content: bytes,
    table: str,
    period: str,
    answers: Mapping[str, str] | None = None,
    ending: str = ".xlsx",
) -> TableReading:
    """What is read of a file."""
    shared, _ = real_content()
    read = read_csv(content, "a") if ending == ".csv" else read_workbook(content, ending, "a")
    assert not isinstance(read, Problem)
    schema = shared.tables[table]
    sheet, _ = choose_worksheet(read, schema, "a")
    assert not isinstance(sheet, Problem)
    masks = shared.masks["default"]
    return read_table(sheet, schema, "a", masks, parse_period(period), answers or {})


def contracts(
    amounts: Sequence[float], code: str, unit: str = "", answers: Mapping[str, str] | None = None
) -> TableReading:
    """A register whose rents are these amounts under a number format."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append([f"单位：{unit}" if unit else "东山样村合同登记表"])
    sheet.append(["合同编号", "名称", "承包方", "年租金", "起始日期", "终止日期"])
    for number, amount in enumerate(amounts, start=1):
        line = [f"HT-{number}", "果园", "样例合作社", amount, "2025-01-01", "2029-12-31"]
        sheet.append(line)
        sheet.cell(sheet.max_row, 4).number_format = code
    sheet.append(["公开日期", "2025-10-08"])
    return reading(saved_workbook(book), "contracts", "2025", answers)


def ledger(change: Change, answers: Mapping[str, str] | None = None) -> TableReading:
    """A month's account, changed."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["日期", "凭证号", "摘要", "科目", "收入", "支出", "余额", "经手人", "备注"])
    sheet.append(
        ["2025-09-03", "9-01", "水塘承包费", "经营收入", 500, None, 1500, "邵文", "已开票"]
    )
    sheet.append(["2025-09-05", "9-02", "付路灯电费", "公益支出", None, 300, 1200, "邵文", None])
    change(sheet)
    return reading(saved_workbook(book), "ledger", "2025-09", answers)


def values(found: TableReading, column: str) -> list[str]:
    return [str(row.values.get(column)) for row in found.table.rows]


def codes(found: TableReading) -> list[str]:
    return [f"{p.severity} {p.code}" for p in found.problems]


@pytest.mark.parametrize(
    ("code", "unit", "stored", "read"),
    [
        ('0!.0,"万元"', "万元", 123000, "123000.00"),
        ('0!.0,"万元"', "", 123000, "123000.00"),
        ('0!.0,"万元"', "元", 123000, "123000.00"),
        ("#,##0.00,", "千元", 123000, "123000.00"),
        ("0.00,,", "百万元", 1230000, "1230000.00"),
        ('0.00"万元"', "", 12.3, "123000.00"),
        ('0.0"万"', "", 12.3, "123000.00"),
        ('[>=10000]0!.0,"万元";0"元"', "", 123000, "123000.00"),
    ],
)
def test_what_format_and_unit_agree_on_is_taken_and_said(
    code: str, unit: str, stored: float, read: str
) -> None:
    found = contracts([stored], code, unit)
    assert values(found, "年租金") == [read]
    assert codes(found) == ["notice cells-unit-shown"]


@pytest.mark.parametrize(
    ("code", "unit", "stored", "read"),
    [
        ("0.00", "", 1234.5, "1234.50"),
        ("#,##0.00", "万元", 3.2, "32000.00"),
        ('0.00"万元"', "万元", 3.2, "32000.00"),
        ('0.00"元"', "", 3.2, "3.20"),
        ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "", 0, "0.00"),
        ("#,##0.00", "", 1234.5600000000001, "1234.56"),
        ("General", "万元", 0.1 + 0.2, "3000.00"),
        ("¥#,##0.00", "", 12.5, "12.50"),
    ],
)
def test_what_needs_no_word_is_read_without_one(
    code: str, unit: str, stored: float, read: str
) -> None:
    found = contracts([stored], code, unit)
    assert values(found, "年租金") == [read]
    assert codes(found) == []


@pytest.mark.parametrize(
    ("code", "unit", "stored", "choices"),
    [
        # A point that is only drawn, and no unit in the format: what it is is not to be known.
        ("0!.0,", "万元", 32000, ["3.2 万元，就是 32,000.00 元", "32,000 万元，就是 320,000,000.00 元"]),
        (r"0\.0,", "万元", 32000, ["3.2 万元，就是 32,000.00 元", "32,000 万元，就是 320,000,000.00 元"]),
        ("#,##0.00,", "", 123000, ["123.00 元", "123,000.00 元"]),
        ("#,##0.00,", "元", 123000, ["123.00 元", "123,000.00 元"]),
        ("#,##0.00,", "万元", 123000, ["123.00 万元，就是 1,230,000.00 元", "123,000 万元，就是 1,230,000,000.00 元"]),
        ('0.00"万元"', "元", 12.3, ["12.30万元，就是 123,000.00 元", "12.30 元"]),
        ('0.00"万元"', "千元", 12.3, ["12.30万元，就是 123,000.00 元", "12.3 千元，就是 12,300.00 元"]),
        ('0.0,"万元"', "", 123000, ["123.0万元，就是 1,230,000.00 元", "123,000.00 元"]),
        ('0!.0,"万元"', "千元", 123000, ["12.3万元，就是 123,000.00 元", "123,000 千元，就是 123,000,000.00 元"]),
        ("0.00;0.00", "", -5, ["5.00 元", "-5.00 元"]),
        ('"已付"', "", 5, ["5.00 元"]),
        ("0.00E+00", "", 1234567, ["1,234,567.00 元"]),
        ("0.00E+00", "", 1234.567, []),
        ("#,##0", "", 1234.56, ["1,235.00 元", "1,234.56 元"]),
        ("#,##0.00", "", 1234.567, ["1,234.57 元"]),
        ('0!.0,"万元"', "", 12345, ["1.2万元，就是 12,000.00 元", "12,345.00 元"]),
    ],
)  # fmt: skip
def test_what_disagrees_is_asked_with_what_each_answer_publishes(
    code: str, unit: str, stored: float, choices: list[str]
) -> None:
    found = contracts([stored, stored], code, unit)
    (doubt,) = found.doubts
    assert [choice.publishes for choice in doubt.choices] == choices
    assert {p.severity for p in found.problems} == {"error"}
    for choice in doubt.choices:
        answered = contracts([stored, stored], code, unit, {doubt.about: choice.answer})
        amount = choice.publishes.split("就是 ")[-1].removesuffix(" 元").replace(",", "")
        assert values(answered, "年租金") == [amount, amount]
        assert answered.doubts == ()
        errors = {p.code for p in answered.problems if p.severity == "error"}
        assert errors <= {"contracts-range"}  # a rent of less than nothing, which is another fault


def test_both_readings_stand_side_by_side_in_the_question() -> None:
    found = contracts([32000, 12000], "0!.0,", "万元")
    (problem,) = found.problems
    assert "显示“3.2”，存的是 32000" in problem.message
    assert "按“显示”是 3.2 万元，就是 32,000.00 元" in problem.message
    assert "按“存的”是 32,000 万元，就是 320,000,000.00 元" in problem.message


def test_an_answer_for_one_format_is_none_for_another() -> None:
    (doubt,) = contracts([32000], "0!.0,", "万元").doubts
    other = contracts([32000], "#,##0.00,", "万元", {doubt.about: "显示"})
    assert [p.severity for p in other.problems] == ["error"]


@pytest.mark.parametrize("code", ["0.00", "General"])
def test_what_was_computed_is_taken_as_it_is_shown_and_said(code: str) -> None:
    found = contracts([95 / 3, 100.125], code)
    assert values(found, "年租金")[0] == "31.67"
    assert "notice cells-rounded" in codes(found)
    # What somebody typed is asked about, or refused where nothing shows it rounded.
    assert "error cells-decimals" in codes(found) or "error contracts-cents" in codes(found)


@given(
    st.decimals(0, 10**6, places=3).map(float),
    st.sampled_from(
        (
            "0.00",
            "0",
            "#,##0.00,",
            "0!.0,",
            '0!.0,"万元"',
            '0.00"万元"',
            '0.00"千元"',
            "General",
            "0.000",
        )
    ),
    st.sampled_from(("", "元", "千元", "万元")),
)
def test_no_amount_is_read_but_as_it_is_shown_or_stored(
    stored: float, code: str, unit: str
) -> None:
    """Whatever the format, what is published without a question is one of the two readings, and where they
    differ by more than rounding something was said."""
    found = contracts([stored], code, unit)
    if any(p.severity == "error" for p in found.problems):
        return
    (row,) = found.table.rows
    amount = row.values["年租金"]
    assert isinstance(amount, Decimal)
    factor = {"": 1, "元": 1, "千元": 1000, "万元": 10_000}[unit]
    plain = Decimal(repr(stored)) * factor
    if amount != plain:
        assert codes(found) in (["notice cells-unit-shown"], ["notice cells-rounded"])
        named = {"万": 10_000, "千": 1000}.get(code[-3:-2], 1)
        assert amount in (Decimal(repr(stored)) * named, Decimal(repr(stored)))


def test_words_are_what_is_shown() -> None:
    def change(sheet: Worksheet) -> None:
        for row in (2, 3):
            sheet.cell(row, 2).value = row - 1
            sheet.cell(row, 2).number_format = '"记-"0000'
            sheet.cell(row, 9).value = 0.3
            sheet.cell(row, 9).number_format = '"完成"0%'

    found = ledger(change)
    assert values(found, "凭证号") == ["记-0001", "记-0002"]
    assert values(found, "备注") == ["完成30%", "完成30%"]
    assert codes(found) == []


def test_digits_that_are_words_stay_as_they_are() -> None:
    def change(sheet: Worksheet) -> None:
        for row, text in ((2, "001"), (3, "9.20")):
            sheet.cell(row, 2).value = text
            sheet.cell(row, 2).number_format = "@"

    assert values(ledger(change), "凭证号") == ["001", "9.20"]


def test_numbers_of_vouchers_that_became_days_are_asked_about() -> None:
    def change(sheet: Worksheet) -> None:
        for row in (2, 3):
            sheet.cell(row, 2).value = datetime(2025, 9, row - 1)
            sheet.cell(row, 2).number_format = 'm"月"d"日"'

    (doubt,) = ledger(change).doubts
    published = {"显示": "9月1日", "9-1 这样": "9-1", "9-01 这样": "9-01", "09-01 这样": "09-01"}
    for choice in doubt.choices:
        assert choice.publishes == f"“{published[choice.answer]}”"
        answered = ledger(change, {doubt.about: choice.answer})
        assert values(answered, "凭证号")[0] == published[choice.answer]
        assert answered.problems == ()


def test_a_day_among_other_words_is_what_is_shown() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["I2"] = datetime(2025, 9, 8)
        sheet["I2"].number_format = 'm"月"d"日"'

    found = ledger(change)
    assert values(found, "备注")[0] == "9月8日"
    assert codes(found) == []


def struck_row(sheet: Worksheet) -> None:
    for cell in sheet[3]:
        cell.font = STRUCK


def test_a_struck_row_is_published_only_by_an_answer() -> None:
    found = ledger(struck_row)
    assert codes(found) == ["error rows-struck"]
    (doubt,) = found.doubts
    assert [choice.answer for choice in doubt.choices] == ["不公开", "公开"]
    assert values(ledger(struck_row, {doubt.about: "不公开"}), "凭证号") == ["9-01"]
    assert values(ledger(struck_row, {doubt.about: "公开"}), "凭证号") == ["9-01", "9-02"]


def test_an_answer_about_a_struck_row_is_none_about_another() -> None:
    (doubt,) = ledger(struck_row).doubts

    def other(sheet: Worksheet) -> None:
        struck_row(sheet)
        sheet["C3"] = "付清洁费"

    assert codes(ledger(other, {doubt.about: "公开"})) == ["error rows-struck"]


def test_an_answer_about_many_struck_cells_is_none_about_others() -> None:
    def struck_words(last: str) -> Change:
        def change(sheet: Worksheet) -> None:
            for number in range(4, 12):
                day = f"2025-09-{number + 6:02}"
                word = last if number == 11 else f"注{number}"
                sheet.append([day, None, "付电费", "公益支出", None, 1, None, None, word])
                sheet.cell(number, 9).font = STRUCK

        return change

    (doubt,) = ledger(struck_words("甲")).doubts
    assert ledger(struck_words("甲"), {doubt.about: "公开"}).problems == ()
    assert codes(ledger(struck_words("乙"), {doubt.about: "公开"})) == ["error cells-struck"]


def test_a_row_in_which_one_cell_is_not_struck_is_struck_all_the_same() -> None:
    def change(sheet: Worksheet) -> None:
        struck_row(sheet)
        sheet["I3"] = "作废"

    assert codes(ledger(change)) == ["error rows-struck"]


def test_what_is_struck_within_a_cell_is_never_joined_to_the_rest() -> None:
    def change(sheet: Worksheet) -> None:
        runs = TextBlock(InlineFont(strike=True), "800"), TextBlock(InlineFont(b=True), "300")
        sheet["F3"] = CellRichText(*runs)

    found = ledger(change)
    assert codes(found) == ["error cells-struck-part"]
    (doubt,) = found.doubts
    assert [choice.publishes for choice in doubt.choices] == ["“300”"]
    answered = ledger(change, {doubt.about: doubt.choices[0].answer})
    assert values(answered, "支出")[1] == "300.00"
    assert answered.problems == ()


def test_struck_words_within_a_cell_may_stay() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C3"] = CellRichText("付", TextBlock(InlineFont(strike=True), "路灯"), "水泵电费")

    (doubt,) = ledger(change).doubts
    by_answer = {
        choice.answer: values(ledger(change, {doubt.about: choice.answer}), "摘要")[1]
        for choice in doubt.choices
    }
    assert by_answer == {"只留没划掉的": "付水泵电费", "都公开": "付路灯水泵电费"}


def test_a_struck_unit_in_the_title_counts_only_by_an_answer() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.insert_rows(1)
        sheet["A1"] = "单位：万元"
        sheet["A1"].font = STRUCK

    found = ledger(change)
    assert codes(found) == ["error cells-struck"]
    assert found.problems[0].source.column == "标题"
    (doubt,) = found.doubts
    assert values(ledger(change, {doubt.about: "不公开"}), "收入")[0] == "500.00"
    assert values(ledger(change, {doubt.about: "公开"}), "收入")[0] == "5000000.00"


def white(sheet: Worksheet) -> None:
    sheet["I2"].font = Font(color="FFFFFFFF")


def on_its_own_colour(sheet: Worksheet) -> None:
    sheet["I2"].font = Font(color="FF4472C4")
    sheet["I2"].fill = PatternFill("solid", fgColor="FF4472C4")


def without_format(sheet: Worksheet) -> None:
    sheet["I2"] = 12
    sheet["I2"].number_format = ";;;"


@pytest.mark.parametrize("change", [white, on_its_own_colour, without_format])
def test_what_nobody_sees_is_published_only_by_an_answer(change: Change) -> None:
    found = ledger(change)
    assert codes(found) == ["error cells-unseen"]
    (doubt,) = found.doubts
    assert values(ledger(change, {doubt.about: "不公开"}), "备注")[0] == "None"
    assert values(ledger(change, {doubt.about: "公开"}), "备注")[0] in ("已开票", "12")
    assert ledger(change, {doubt.about: "公开"}).problems == ()


def test_white_words_on_a_colour_are_seen() -> None:
    def change(sheet: Worksheet) -> None:
        for cell in sheet[1]:
            cell.font = Font(color="FFFFFFFF")
            cell.fill = PatternFill("solid", fgColor="FF1F4E79")

    assert ledger(change).problems == ()


def test_what_lies_under_a_merged_area_is_asked_about() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("H2:I2")
        # The library empties what it covers; office programs leave it.
        sheet._cells[2, 9] = type(sheet["H2"])(sheet, 2, 9, "给老李的")  # type: ignore[attr-defined]

    found = ledger(change)
    assert codes(found) == ["error cells-unseen"]
    assert "在合并的格子下面" in found.problems[0].message


def test_rows_and_columns_without_height_or_width_are_hidden() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].height = 0.2
        sheet.column_dimensions["I"].width = 0.1

    assert codes(ledger(change)) == ["error columns-hidden", "error rows-hidden"]


def test_struck_personal_cells_are_named_masked() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["H2"].font = STRUCK

    (problem,) = ledger(change).problems
    shared, _ = real_content()
    field = shared.tables["ledger"].find("经手人")
    assert field is not None
    assert ("邵文" in str(problem)) == (not field.mask)


def test_a_picture_in_a_cell_is_called_one() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["I2"] = '=_xlfn.DISPIMG("ID_0A1B",1)'

    assert codes(ledger(change)) == ["error cell-picture"]


def day_lines(days: Sequence[object], code: str = "General") -> Change:
    def change(sheet: Worksheet) -> None:
        for row, day in enumerate(days, start=2):
            sheet.cell(row, 1).value = day
            sheet.cell(row, 1).number_format = code

    return change


@pytest.mark.parametrize(
    ("days", "code", "read"),
    [
        (("9.3", "9.30"), "General", ["2025-09-03", "2025-09-30"]),
        ((9.13, 9.25), "General", ["2025-09-13", "2025-09-25"]),
        ((9.3, 9.05), "0.00", ["2025-09-30", "2025-09-05"]),
        (("9.3", "9.20"), "@", ["2025-09-03", "2025-09-20"]),
        (("3日", "5号"), "General", ["2025-09-03", "2025-09-05"]),
        (("9-3", "9/5"), "General", ["2025-09-03", "2025-09-05"]),
        ((45903, 45905), "General", ["2025-09-03", "2025-09-05"]),
    ],
)
def test_days_are_completed_from_the_period(
    days: Sequence[object], code: str, read: list[str]
) -> None:
    found = ledger(day_lines(days, code))
    assert values(found, "日期") == read
    assert codes(found) == []


def test_a_number_that_may_have_lost_a_zero_is_asked_about() -> None:
    change = day_lines((9.2, 9.25))
    found = ledger(change)
    assert codes(found) == ["error cells-zero-lost"]
    (doubt,) = found.doubts
    days = {
        choice.answer: values(ledger(change, {doubt.about: choice.answer}), "日期")
        for choice in doubt.choices
    }
    assert days == {
        "日期是一位数": ["2025-09-02", "2025-09-25"],
        "后面少了一个零": ["2025-09-20", "2025-09-25"],
    }


@pytest.mark.parametrize(
    ("days", "asked"),
    [(("9.2", "9.25"), True), (("9.02", "9.25"), False), (("9.2", "9.30"), False)],
)
def test_a_text_file_keeps_a_zero_or_is_asked_about(days: tuple[str, str], asked: bool) -> None:
    lines = (f"{day},摘要,经营收入,5.00,,{n}5.00" for n, day in enumerate(days))
    text = "日期,摘要,科目,收入,支出,余额\n" + "\n".join(lines)
    found = reading(text.encode(), "ledger", "2025-09", ending=".csv")
    assert ("error cells-zero-lost" in codes(found)) == asked


def test_the_first_of_a_month_is_not_made_a_day() -> None:
    change = day_lines((datetime(2025, 9, 1), datetime(2025, 9, 1)), 'yyyy"年"m"月"')
    assert codes(ledger(change)) == ["error cells-only-month"]


def test_a_month_in_a_title_is_read_as_it_is_shown() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.insert_rows(1)
        sheet["A1"] = datetime(2025, 8, 1)
        sheet["A1"].number_format = 'yyyy"年"m"月"'

    assert codes(ledger(change)) == ["error title-period"]


def test_months_stay_months_where_a_column_has_months() -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["资产名称", "原值", "购置年月"])
    sheet.append(["水泵", 1200, datetime(2021, 5, 1)])
    sheet["C2"].number_format = 'yyyy"年"m"月"'
    sheet.append(["电机", 800, 2021.1])
    sheet["C3"].number_format = "0.00"
    found = reading(saved_workbook(book), "assets", "2025")
    assert [p.code for p in found.problems if "month" in p.code or "date" in p.code] == []
    assert values(found, "取得年月") == ["2021-05-01", "2021-10-01"]


def test_the_same_file_read_from_a_folder_says_the_same(tmp_path: Path) -> None:
    """The way through a file on disk, as build and check go."""
    from generator.intake.worksheets import read_worksheets

    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["甲"])
    sheet["A1"].font = STRUCK
    (tmp_path / "a.xlsx").write_bytes(saved_workbook(book))
    read = read_worksheets(tmp_path / "a.xlsx", "a.xlsx")
    assert not isinstance(read, Problem)
    assert read[0].rows[0].looks[0].struck == "甲"
