"""Grids and tables: what was written reads back exactly, under the row that the clerk sees."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from generator.intake.decoding import Grid, GridRow, Span, Worksheet, column_letters
from generator.intake.tables import TableReading, read_table
from generator.intake.worksheets import read_worksheets
from generator.model.schema import Constraints, Field, TableSchema
from generator.problems import Problem, Source
from tests.township import real_content, saved_workbook, workbook, write

MASKS = real_content()[0].masks["default"]
PLACE = Source("表.yaml", 1)
SCHEMA = TableSchema(
    name="t",
    title="表",
    source=PLACE,
    missing_values=("", "-"),
    primary_key="编号",
    rows=real_content()[0].tables["ledger"].rows,
    fields=(
        Field("编号", "string", PLACE, example="A-1", constraints=Constraints(required=True)),
        Field("姓名", "string", PLACE, aliases=("户主",), mask="name"),
        Field("金额", "number", PLACE, unit="元", total=True),
        Field("面积", "number", PLACE, constraints=Constraints(minimum=Decimal(0))),
        Field("人口", "integer", PLACE),
        Field("日期", "date", PLACE),
        Field("年月", "yearmonth", PLACE),
        Field("是否", "boolean", PLACE),
        Field("身份证号", "string", PLACE, mask="drop", constraints=Constraints(pattern="[0-9]{18}")),
        Field("电话", "string", PLACE, mask="phone", constraints=Constraints(pattern="[0-9]{11}")),
    ),
)  # fmt: skip


def table(text: str) -> TableReading:
    """A table written with blanks between cells, `_` for an empty one."""
    lines = [line.strip() for line in text.strip().splitlines()]
    cells = [["" if c == "_" else c for c in line.split()] for line in lines]
    rows = (GridRow(number, tuple(row)) for number, row in enumerate(cells, start=1))
    return read_table(Worksheet("", tuple(rows)), SCHEMA, "表.csv", MASKS)


def told(reading: TableReading) -> list[tuple[str, int, str]]:
    return [(p.code, p.source.row, p.source.column) for p in reading.problems]


def first_sheet(path: Path) -> Worksheet | Problem:
    sheets = read_worksheets(path, path.name)
    return sheets if isinstance(sheets, Problem) else sheets[0]


def sheet_of(folder: Path, raw: bytes, ending: str = "csv") -> Worksheet:
    sheet = first_sheet(write(folder, f"表.{ending}", raw))
    assert not isinstance(sheet, Problem), str(sheet)
    return sheet


def grid_of(folder: Path, raw: bytes, ending: str = "csv") -> Grid:
    return sheet_of(folder, raw, ending).rows


# --- round trips ---------------------------------------------------------------------------

# In GB18030 and not white space at an end, which is no part of a value.
cells = st.text(
    st.sampled_from("甲乙㛃𠮷欧·（）0123456789.-¥%aB'\"\n,，;\t |×√~"), max_size=12
).filter(lambda text: text == text.strip())
rows = st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=6)
HEADING = ["编号", "姓名", "备注"]
WAYS = tuple(
    product(
        ("utf-8", "utf-8-sig", "gb18030", "utf-16"), (",", "\t", ";", "，"), ("\r\n", "\n", "\r")
    )
)


@settings(max_examples=15)
@given(rows)
def test_a_csv_file_reads_back_exactly_however_it_was_saved_workbook(
    tmp_path: Path, written: list[list[str]]
) -> None:
    for encoding, separator, end in WAYS:
        buffer = io.StringIO(newline="")
        quoting = csv.QUOTE_ALL if end == "\r" else csv.QUOTE_MINIMAL  # else it quotes no \n
        writer = csv.writer(buffer, delimiter=separator, lineterminator=end, quoting=quoting)
        writer.writerows([HEADING, *written])
        grid = grid_of(tmp_path, buffer.getvalue().encode(encoding))
        expected = [
            GridRow(number, tuple(c.replace("\n", " ").replace("\t", " ") for c in row))
            for number, row in enumerate([HEADING, *written], start=1)
        ]
        assert [row for row in grid if not row.is_blank] == [r for r in expected if not r.is_blank]


@given(
    st.lists(
        st.tuples(
            st.decimals(-(10**9), 10**9, allow_nan=False, places=2),
            st.integers(0, 10**6),
            st.dates(date(1949, 10, 1), date(2199, 12, 31)),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_values_read_back_exactly_from_csv_and_workbook(
    tmp_path: Path, written: list[tuple[Decimal, int, date]]
) -> None:
    heading = ["编号", "金额", "人口", "日期"]
    lines = [heading, *([f"A-{n}", *values] for n, values in enumerate(written))]
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(lines)
    sheet = [[float(c) if isinstance(c, Decimal) else c for c in line] for line in lines]
    for raw, ending in ((buffer.getvalue().encode(), "csv"), (workbook(sheet), "xlsx")):
        reading = read_table(sheet_of(tmp_path, raw, ending), SCHEMA, "表", MASKS)
        assert reading.problems == ()
        assert [
            (row.number, row.values["金额"], row.values["人口"], row.values["日期"])
            for row in reading.table.rows
        ] == [(number, *values) for number, values in enumerate(written, start=2)]


# --- grids ---------------------------------------------------------------------------------


def test_quoted_newlines_and_blank_lines_count_as_in_a_spreadsheet(tmp_path: Path) -> None:
    raw = '编号,姓名\r\n\r\nA-1,"甲\n乙"\r\nA-2,丙\r\n\r\n'.encode()
    grid = grid_of(tmp_path, raw)
    assert [(r.number, r.cells) for r in grid if not r.is_blank] == [
        (1, ("编号", "姓名")), (3, ("A-1", "甲 乙")), (4, ("A-2", "丙")),
    ]  # fmt: skip


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"\xef\xbb\xbf", b"\xff\xfe", b",,,\n"])
def test_an_empty_file_has_no_cells(tmp_path: Path, raw: bytes) -> None:
    assert all(row.is_blank for row in grid_of(tmp_path, raw))


@pytest.mark.parametrize(
    ("raw", "code", "row"),
    [
        ('编号,姓名\nA-1,"甲\nA-2,乙\n'.encode(), "file-unreadable", 2),
        ('编号,姓名\nA-1,甲\nA-2,"乙"丙\n'.encode(), "file-unreadable", 3),
        (b"a\n" + b'"' + b"x" * 200_000 + b'"\n', "file-unreadable", 2),
        ("编号\n甲\n".encode() + b"\xff\xff\n", "file-encoding", 3),
        ("编号\n甲\n".encode("gb18030") + b"\xff\n", "file-encoding", 3),
        (b"\xff\xfe\x00", "file-encoding", 1),
        (b"\xff\xfe\x00\xd8", "file-encoding", 1),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_where(tmp_path: Path, raw: bytes, code: str, row: int) -> None:
    found = first_sheet(write(tmp_path, "表.csv", raw))
    assert isinstance(found, Problem)
    assert (found.code, found.source.row) == (code, row)


def test_invisible_characters_are_no_part_of_a_cell(tmp_path: Path) -> None:
    grid = grid_of(tmp_path, "编\u200b号,\ufeff姓名\nA-1,\u00a0甲\u3000\n".encode())
    assert [row.cells for row in grid] == [("编号", "姓名"), ("A-1", "甲")]


def test_a_workbook_reads_as_it_looks(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["B2"], sheet["C2"] = "编号", "金额"
    sheet["B4"], sheet["C4"] = "A-1", 0.1 + 0.2
    sheet["B5"], sheet["C5"] = date(2025, 9, 1), 1200
    sheet["B6"], sheet["C6"] = datetime(2025, 9, 1, 12, 30), 1200.5
    sheet["B7"], sheet["C7"] = True, "NA"
    sheet["B8"], sheet["C8"] = time(8, 30), 1e20
    sheet["B9"], sheet["C9"] = timedelta(hours=30), "=1/0"
    sheet.merge_cells("B10:C11")
    sheet["B10"] = "合并"
    book.create_sheet("第二张")["A1"] = "不读"
    grid = grid_of(tmp_path, saved_workbook(book), "xlsx")
    assert {row.number: row.cells for row in grid if not row.is_blank} == {
        2: ("", "编号", "金额"),
        4: ("", "A-1", "0.3"),
        5: ("", "2025-09-01", "1200"),
        6: ("", "2025-09-01 12:30", "1200.5"),
        7: ("", "是", "NA"),
        8: ("", "08:30:00", "100000000000000000000"),
        9: ("", "1 day, 6:00:00", "=1/0"),
        10: ("", "合并", ""),
    }


def test_blank_rows_of_a_single_column_count_too(tmp_path: Path) -> None:
    grid = grid_of(tmp_path, workbook([["编号"], [None], [None], ["A-1"]]), "xlsx")
    assert [(row.number, row.cells) for row in grid if not row.is_blank] == [
        (1, ("编号",)), (4, ("A-1",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "file-damaged"),
        (b"PK\x03\x04", "file-damaged"),
        (b"\xd0\xcf\x11\xe0", "file-damaged"),
        ("编号,姓名\n".encode(), "file-disguised"),
    ],
)
def test_what_is_no_workbook_is_told(tmp_path: Path, raw: bytes, code: str) -> None:
    found = first_sheet(write(tmp_path, "表.xlsx", raw))
    assert isinstance(found, Problem)
    assert found.code == code


@pytest.mark.parametrize("far", ["XFD1048576", "A1048577", "XFD1000"])
def test_a_stray_cell_far_off_does_not_end_the_build(tmp_path: Path, far: str) -> None:
    book = workbook([["编号"], ["A-1"]]).replace(b"", b"")
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            part = source.read(name)
            copy.writestr(name, part.replace(b'r="A2"', f'r="{far}"'.encode()))
    found = first_sheet(write(tmp_path, "表.xlsx", target.getvalue()))
    assert isinstance(found, Problem)
    assert found.code == "file-large"


def test_a_workbook_without_cells_is_an_empty_table(tmp_path: Path) -> None:
    reading = read_table(
        sheet_of(tmp_path, saved_workbook(Workbook()), "xlsx"), SCHEMA, "表", MASKS
    )
    assert told(reading) == [("table-empty", 0, "")]


@given(
    st.binary(max_size=200) | st.text(max_size=80).map(str.encode),
    st.sampled_from(["csv", "xlsx", "xls", "et", "ods"]),
)
def test_no_bytes_raise(tmp_path: Path, raw: bytes, ending: str) -> None:
    sheet = first_sheet(write(tmp_path, f"表.{ending}", raw))
    if not isinstance(sheet, Problem):
        reading = read_table(sheet, SCHEMA, "表", MASKS)
        assert reading.problems or reading.table.rows or reading.table.nothing


WHOLE = workbook([["编号", "金额"], ["A-1", 1.5], ["A-2", date(2025, 9, 1)]])


@given(
    st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=8),
    st.integers(0, len(WHOLE)),
)
def test_a_damaged_workbook_raises_nothing(
    tmp_path: Path, damage: list[tuple[int, int]], length: int
) -> None:
    raw = bytearray(WHOLE)
    for position, byte in damage:
        raw[position] = byte
    first_sheet(write(tmp_path, "表.xlsx", bytes(raw[:length] if length % 2 else raw)))


# --- tables --------------------------------------------------------------------------------

word = st.sampled_from(
    ["编号", "姓名", "户主", "金额", "日期", "合计", "上期结余", "期末结余", "公开日期", "本期无发生",
     "2025-09-01", "1.5", "x", "", "-", "序号", "身份证号", "000000190001010011", "\ud800", "甲 乙"]
)  # fmt: skip


@given(st.lists(st.lists(word, max_size=5).map(tuple), max_size=6))
def test_no_grid_raises(lines: list[tuple[str, ...]]) -> None:
    grid = tuple(GridRow(number, line) for number, line in enumerate(lines, start=1))
    reading = read_table(Worksheet("", grid), SCHEMA, "表", MASKS)
    assert reading.problems or reading.table.rows or reading.table.nothing
    numbers = [row.number for row in reading.table.rows]
    assert numbers == sorted(set(numbers))
    assert all("000000190001010011" not in str(p) for p in reading.problems)


def test_headings_are_known_by_alias_in_any_order_width_and_with_units() -> None:
    reading = table("序号 金额（元） 户主 编号\n1 5 甲 A-1")
    assert reading.problems == ()
    assert reading.table.columns == ("编号", "姓名", "金额")
    assert reading.table.rows[0].values == {"编号": "A-1", "姓名": "甲", "金额": Decimal("5.00")}


def test_short_rows_end_in_empty_cells_and_missing_values_are_empty() -> None:
    reading = table("编号 金额 面积 日期\nA-1\nA-2 - - -")
    assert reading.problems == ()
    assert [set(row.values.values()) - {None} for row in reading.table.rows] == [{"A-1"}, {"A-2"}]


def test_all_faults_of_a_file_are_told_at_once() -> None:
    reading = table(
        """编号 金额 面积 人口 日期 年月 是否 电话
        _ 1.2.3 -1 1.5 9月 九月 也许 123
        A-1 1.005 两亩 4 2025-09-03 2025-09 是 00012345678 多余
        A-1 1 1 1 2025-09-03 2025-09 是 00012345678
        """
    )
    assert told(reading) == [
        ("t-required", 2, "编号"), ("t-amount", 2, "金额"), ("t-range", 2, "面积"),
        ("t-integer", 2, "人口"), ("t-date", 2, "日期"), ("t-month", 2, "年月"),
        ("t-boolean", 2, "是否"), ("t-pattern", 2, "电话"), ("cells-extra", 3, ""),
        ("t-cents", 3, "金额"), ("t-number", 3, "面积"), ("t-duplicate", 4, "编号"),
    ]  # fmt: skip


def test_proof_rows_prove_and_are_not_counted() -> None:
    reading = table(
        """序号 编号 金额 人口
        1 A-1 5 2
        合计 _ 5 2
        公开日期 2025-10-08
        """
    )
    assert reading.problems == ()
    assert reading.published == date(2025, 10, 8)
    assert [row.number for row in reading.table.rows] == [2]
    assert [(p.kind, p.number, dict(p.values)) for p in reading.table.proofs] == [
        ("total", 3, {"金额": Decimal(5), "人口": 2}),
    ]


def test_a_proof_is_called_by_its_label_and_not_by_what_stands_before_it() -> None:
    reading = table("编号 日期 姓名 金额\nA-1 _ 甲 5\n_ 2025-09-30 合计 5")
    assert reading.problems == ()
    assert [(p.kind, p.label) for p in reading.table.proofs] == [("total", "合计")]


def test_nothing_happened_is_a_statement() -> None:
    reading = table("编号 金额\n本期无发生\n公开日期 2025年10月8日")
    assert reading.problems == ()
    assert reading.table.nothing
    assert reading.published == date(2025, 10, 8)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("table-empty", 0, "")),
        ("编号 金额", ("table-empty", 1, "")),
        ("编号 金额\n公开日期 2025-10-08", ("table-empty", 1, "")),
        ("编号 金额\n本期无发生\nA-1 5", ("table-nothing", 3, "")),
        ("东里村补贴表\n编号 金额", ("table-empty", 2, "")),
        ("东里村补贴表\n356 户\n编号 金额\nA-1 5", ("rows-above", 2, "")),
        ("A-1 5\nA-2 6", ("headings-none", 1, "")),
        ("金额\n5", ("heading-missing", 1, "")),
        ("编号 姓名 户主\nA-1 甲 甲", ("heading-duplicate", 1, "户主")),
        ("编号 钱\nA-1 5", ("heading-unknown", 1, "钱")),
        ("编号 金额\nA-1 5\n公开日期", ("t-required", 3, "公开日期")),
        ("编号 金额\nA-1 5\n公开日期 昨天", ("t-date", 3, "公开日期")),
        ("编号 金额\n合计 五\nA-1 5", ("t-amount", 2, "金额")),
    ],
)
def test_what_is_wrong_with_a_table(text: str, expected: tuple[str, int, str]) -> None:
    assert told(table(text)) == [expected]


# --- layout --------------------------------------------------------------------------------


def laid_out(text: str, **marks: object) -> TableReading:
    """A sheet written as in `table`, with what a workbook says of it besides."""
    lines = [["" if c == "_" else c for c in line.split()] for line in text.strip().splitlines()]
    rows = tuple(GridRow(number, tuple(line)) for number, line in enumerate(lines, start=1))
    return read_table(Worksheet("", rows, **marks), SCHEMA, "表.xlsx", MASKS)  # type: ignore[arg-type]


def test_titles_stand_above_and_signatures_below() -> None:
    reading = laid_out(
        """东里村补贴表
        编制单位：东里村村民委员会 _ 单位：万元 公开日期：2025-10-08
        编号 姓名 金额
        A-1 甲 0.12
        制表人：乙 审核人：丙
        """
    )
    assert told(reading) == []
    assert reading.published == date(2025, 10, 8)
    assert [(row.number, row.values["金额"]) for row in reading.table.rows] == [(4, Decimal(1200))]


def test_the_name_of_an_office_is_no_unit() -> None:
    reading = laid_out("填报单位：东里村村民委员会\n编号 金额\nA-1 5")
    assert told(reading) == []
    assert reading.table.rows[0].values["金额"] == Decimal(5)


@pytest.mark.parametrize(
    ("upper", "lower", "columns"),
    [
        ("序号 户主信息 _ 备注信息 _", "_ 编号 户主 金额 面积", ("编号", "姓名", "金额", "面积")),
        ("编号 是否 金额（元）", "_ _ （万元）", ("编号", "金额", "是否")),
        ("编号 身份 _ 电话", "_ 证号 姓名 _", ("编号", "姓名", "身份证号", "电话")),
    ],
)
def test_headings_in_two_rows_are_joined_by_the_name_that_is_known(
    upper: str, lower: str, columns: tuple[str, ...]
) -> None:
    reading = laid_out(f"{upper}\n{lower}\nA-1 A-1 甲")
    assert reading.table.columns == columns


def test_a_group_that_is_a_column_itself_is_not_guessed_at() -> None:
    reading = laid_out("编号 金额 _\n_ 现金 转账\nA-1 5 6")
    assert [p.code for p in reading.problems] == ["heading-unknown", "heading-unknown"]
    assert [p.value for p in reading.problems] == ["金额现金", "金额转账"]


def test_a_cell_merged_down_stands_in_each_row_but_an_amount_does_not() -> None:
    merged = (Span(2, 3, 1, 1), Span(2, 3, 2, 2))
    reading = laid_out("编号 姓名 金额\nA-1 甲 5\nA-2 _ _", merged=merged)
    assert [row.values["姓名"] for row in reading.table.rows] == ["甲", "甲"]
    assert [row.values["金额"] for row in reading.table.rows] == [Decimal(5), None]
    assert told(reading) == [("cells-merged", 2, "姓名"), ("cells-merged-number", 2, "金额")]


def test_what_is_hidden_keeps_the_table_out_unless_it_is_dropped_anyway() -> None:
    text = "编号 身份证号 姓名 _\nA-1 000000190001010011 甲 乙"
    assert told(laid_out(text, hidden_columns=frozenset((1,)))) == [("cells-extra", 2, "")]
    found = laid_out(text, hidden_columns=frozenset((1, 2, 3)), hidden_rows=frozenset((2, 9)))
    assert told(found) == [("columns-hidden", 1, ""), ("rows-hidden", 2, "")]
    assert "C 列“姓名”、D 列" in found.problems[0].message


@pytest.mark.parametrize(
    "row", ["会计：A-9 _ 7", "监督小组查看账目： 甲 _ _ _ 2025-09-03", "备注：A-9 甲 8"]
)
def test_a_row_with_numbers_or_dates_is_never_taken_for_a_note(row: str) -> None:
    reading = laid_out(f"编号 姓名 金额 面积 人口 日期\nA-1 甲 5\n{row}")
    assert [r.number for r in reading.table.rows] == [2, 3]


def test_a_note_under_the_table_is_told_of() -> None:
    reading = laid_out("姓名 编号\n甲 A-1\n以上各户已经村民代表会议讨论通过并公示")
    assert told(reading) == [("notes-unread", 3, "")]


def test_headings_repeated_on_a_new_page_are_no_row() -> None:
    reading = laid_out("编号 姓名\nA-1 甲\n编号 姓名\nA-2 乙")
    assert reading.problems == ()
    assert [row.number for row in reading.table.rows] == [2, 4]


@pytest.mark.parametrize("words", ["本期无发生", "本月无发生额", "本季度无发生。"])
def test_nothing_happened_is_said_in_several_ways(words: str) -> None:
    assert laid_out(f"编号 姓名\n{words}").table.nothing


@pytest.mark.parametrize(
    ("number", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (16_383, "XFD")]
)
def test_columns_are_called_as_in_a_spreadsheet(number: int, letters: str) -> None:
    assert column_letters(number) == letters


@pytest.mark.parametrize(
    "place", [b"A4294967296", b"A0", b"a2", b"AAAA1", b"A", b"1.5", b"", b"A-1", b"A01", b"A2 "]
)
@pytest.mark.parametrize("what", [b'r="A2"', b'r="2"'])
def test_a_cell_in_no_place_does_not_end_the_build(
    tmp_path: Path, place: bytes, what: bytes
) -> None:
    """The reading library counts on from such a place and asks for a petabyte."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["编号"], ["A-1"]]))) as source,
        zipfile.ZipFile(target, "w") as copy,
    ):
        for name in source.namelist():
            part = source.read(name)
            copy.writestr(name, part.replace(what, b'r="' + place + b'"', 1))
    sheet = first_sheet(write(tmp_path, "表.xlsx", target.getvalue()))
    assert isinstance(sheet, Problem)
    assert sheet.code == "file-damaged"


def test_a_sheet_that_no_list_names_is_measured_too(tmp_path: Path) -> None:
    """Else the reader of values might find it, and ask for more memory than there is."""
    book = io.BytesIO(workbook([["编号"], ["A-1"]]))
    with zipfile.ZipFile(book, "a") as archive:
        part = archive.read("xl/worksheets/sheet1.xml").replace(b'r="A2"', b'r="XFD900000"')
        archive.writestr("xl/other.xml", part)
    found = first_sheet(write(tmp_path, "表.xlsx", book.getvalue()))
    assert isinstance(found, Problem)
    assert found.code == "file-large"


def test_a_link_to_another_file_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, "别处.csv", "编号\nA-1\n")
    (tmp_path / "表.csv").symlink_to(tmp_path / "别处.csv")
    found = first_sheet(tmp_path / "表.csv")
    assert isinstance(found, Problem)
    assert found.code == "file-unreadable"


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    found = first_sheet(write(tmp_path, "表.csv", b"a," * 11_000_000))
    assert isinstance(found, Problem)
    assert found.code == "file-large"
    found = first_sheet(write(tmp_path, "表.csv", b"," * 1_000_001))
    assert isinstance(found, Problem)
    assert found.code == "file-large"
