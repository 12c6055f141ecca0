"""A blank workbook that is filled goes in without a question, and nothing of it is lost."""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.blanks import Wanted, blanks_of
from generator.settings import CannotBuildError
from tests.commands import publish_here, tree
from tests.filling import LIUXI, liuxi, settings_at, through_blanks
from tests.township import CONTENT


def test_what_the_sample_says_goes_through_its_blanks(tmp_path: Path) -> None:
    assert through_blanks(tmp_path, lambda _: None) > 25


def test_cells_take_what_they_should(tmp_path: Path) -> None:
    shutil.copytree(LIUXI, tmp_path / "villages/qingshi/liuxi")
    (blank,) = blanks_of(Wanted("柳溪村", ("subsidies",)), settings_at(tmp_path))
    assert blank.name == "柳溪村2025年第三季度惠民补贴发放"
    sheet = load_workbook(io.BytesIO(blank.content)).active
    assert isinstance(sheet, Worksheet)
    places = {cell.value: cell for cell in sheet[3]}
    assert "身份证号" not in places
    assert "例如：" in str(places["金额"].comment.text)  # type: ignore[union-attr]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    groups = rules[f"{places['组别'].column_letter}4:{places['组别'].column_letter}44"]
    assert groups.formula1 == '"' + ",".join(g.title for g in liuxi().village.groups) + '"'
    amount = places["金额"].column_letter
    assert sheet[f"{amount}45"].value == f"=SUM({amount}4:{amount}44)"


def test_what_an_example_says_agrees_with_itself(tmp_path: Path) -> None:
    """An entry of a book lies in its month and on one side; what ends does not begin later."""
    shutil.copytree(LIUXI, tmp_path / "villages/qingshi/liuxi")
    rows = {}
    for item in ("ledger", "contracts", "projects", "tenders"):
        period = "2026-11" if item == "ledger" else ""
        blank = blanks_of(Wanted("柳溪村", (item,), period), settings_at(tmp_path))[0]
        sheet = load_workbook(io.BytesIO(blank.content)).active
        assert isinstance(sheet, Worksheet)
        top = next(row for row in range(2, 6) if str(sheet.cell(row + 1, 1).value)[:2] == "例：")
        texts = zip(sheet[top], sheet[top + 1], strict=True)
        rows[item] = {str(head.value): str(cell.value or "")[2:] for head, cell in texts}
    assert rows["ledger"]["日期"].startswith("2026-11-")
    assert (rows["ledger"]["收入"], rows["ledger"]["支出"] != "") == ("", True)
    for item, first, last in (
        ("contracts", "起始日期", "终止日期"),
        ("projects", "开工日期", "完工日期"),
        ("tenders", "公告日期", "开标日期"),
    ):
        assert "" < rows[item][first] < rows[item][last]


def test_what_may_be_filled_is_not_written_over(tmp_path: Path) -> None:
    shutil.copytree(LIUXI, tmp_path / "villages/qingshi/liuxi")
    words = ("new", "柳溪村", "--sheets", "--item", "财务收支", "--content", str(CONTENT))
    first = publish_here(*words, "--today", "2025-10-10", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "写好了 3 个空白的工作簿" in first.stdout
    before = tree(tmp_path / "柳溪村空白表")
    assert len(before) == 3
    again = publish_here(*words, "--today", "2025-10-10", cwd=tmp_path)
    assert (again.returncode, "怕是填过的" in again.stderr) == (2, True)
    assert tree(tmp_path / "柳溪村空白表") == before


def test_what_there_is_not_is_named(tmp_path: Path) -> None:
    shutil.copytree(LIUXI, tmp_path / "villages/qingshi/liuxi")
    for wanted, words in (
        (Wanted("双槐村"), "没有这个村"),
        (Wanted("liuxi", ("天气",)), "没有这张表：天气"),
        (Wanted("liuxi", ("ledger",), "昨天"), "看不出是哪一期"),
    ):
        with pytest.raises(CannotBuildError, match=words):
            blanks_of(wanted, settings_at(tmp_path))


def test_no_blank_is_for_a_period_that_has_not_begun(tmp_path: Path) -> None:
    """The registers of a year fall due at its start, so the next one that does is of the year to come."""
    shutil.copytree(LIUXI, tmp_path / "villages/qingshi/liuxi")
    for blank in blanks_of(Wanted("liuxi", ("contracts", "ledger")), settings_at(tmp_path)):
        assert "2026" not in blank.name


def test_an_example_is_no_row_and_no_part_of_one(tmp_path: Path) -> None:
    """Nobody need take it out; written over it is a row like all others; half of it is a fault."""
    shutil.copytree(LIUXI, tmp_path / "villages/qingshi/liuxi")
    wanted = Wanted("柳溪村", ("subsidies",), published=date(2025, 10, 9))
    (blank,) = blanks_of(wanted, settings_at(tmp_path))
    target = tmp_path / "villages/qingshi/liuxi/subsidies/2025Q3.csv"
    target.unlink()
    own = [
        "周大山",
        "一组",
        "耕地地力保护补贴",
        4,
        6.4,
        "每亩125元",
        800,
        date(2025, 9, 16),
        "一卡通",
    ]
    for typed, words, is_written in (
        ([], "还没有填", False),
        (own[:1], "example-left", False),
        (own, "可以写", True),
    ):
        book = load_workbook(io.BytesIO(blank.content))
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        assert [str(cell.value)[:2] for cell in sheet[4][: len(own)]] == ["例："] * len(own)
        for column, value in enumerate(typed, start=1):
            sheet.cell(4, column, value)  # type: ignore[arg-type]
        book.save(tmp_path / f"{blank.name}.xlsx")
        done = publish_here("import", f"{blank.name}.xlsx", "--content", str(CONTENT), cwd=tmp_path)
        assert words in done.stdout, done.stdout + done.stderr
        assert "李春生" not in target.read_text("utf-8-sig") if is_written else not target.exists()
    assert "公开日期,2025-10-09" in target.read_text("utf-8-sig")


def test_a_day_that_is_none_is_to_be_mended_and_not_asked_for(tmp_path: Path) -> None:
    shutil.copytree(LIUXI, tmp_path / "villages/qingshi/liuxi")
    (tmp_path / "villages/qingshi/liuxi/subsidies/2025Q3.csv").unlink()
    (blank,) = blanks_of(Wanted("柳溪村", ("subsidies",)), settings_at(tmp_path))
    book = load_workbook(io.BytesIO(blank.content))
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    row = [
        "周大山",
        "一组",
        "耕地地力保护补贴",
        4,
        6.4,
        "每亩125元",
        800,
        date(2025, 9, 16),
        "一卡通",
    ]
    for column, value in enumerate(row, start=1):
        sheet.cell(5, column, value)  # type: ignore[arg-type]
    for day, words, others in (
        (None, "没有写哪一天公开的", "不是日期"),
        ("10月8号左右", '"10月8号左右" 不是日期', "没有写哪一天公开的"),
    ):
        sheet["B2"] = day
        book.save(tmp_path / f"{blank.name}.xlsx")
        command = ("import", f"{blank.name}.xlsx", "--content", str(CONTENT))
        said = publish_here(*command, cwd=tmp_path).stdout
        assert words in said
        assert others not in said
