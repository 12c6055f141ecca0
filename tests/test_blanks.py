"""A blank workbook that is filled goes in without a question, and nothing of it is lost."""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.blanks import Blank, Wanted, blanks_of
from generator.intake.folders import VillageFolder
from generator.model.village import Record, Table, VillageData
from generator.reading import sound_village
from generator.settings import CannotBuildError, Settings
from tests.commands import publish_here, tree
from tests.township import CONTENT, ROOT, TEMPLATES, real_content, the_sample

SHARED = real_content()[0]
LIUXI = ROOT / "villages" / "qingshi" / "liuxi"
TODAY = date(2025, 10, 10)


def records_of(data: VillageData) -> dict[tuple[str, str, str], Record]:
    tables = (record for record in data.records if isinstance(record.content, Table))
    return {(record.item, record.period.text, record.account): record for record in tables}


def liuxi() -> VillageData:
    return the_sample().villages["liuxi"]


def settings_at(folder: Path) -> Settings:
    return Settings(CONTENT, folder / "villages", TEMPLATES, folder / "site", TODAY)


def sample() -> dict[tuple[str, str, str], Record]:
    """The last table of each item of the sample's village, and of each of its sets of books; the day
    of an event is asked for."""
    found = {}
    for (item, _, account), record in sorted(records_of(liuxi()).items()):
        if SHARED.catalogue.item(item).period != "event":
            found[item, account] = record
    return {(r.item, r.period.text, r.account): r for r in found.values()}


def fill(sheet: Worksheet, record: Record) -> None:
    """The record's rows under the headings, as somebody would type them."""
    places = {cell.value: cell.column for cell in sheet[2]}
    assert isinstance(record.content, Table)
    if record.content.nothing:
        sheet.cell(3, 1, "本期无发生")
    for number, row in enumerate(record.content.rows, start=3):
        for name, value in row.values.items():
            if value is not None and name in places:
                text = isinstance(value, str)
                sheet.cell(
                    number, places[name], value if text or isinstance(value, date) else float(value)
                )


def said(record: Record, columns: set[str]) -> list[dict[str, object]]:
    assert isinstance(record.content, Table)
    return [
        {name: value for name, value in row.values.items() if value is not None and name in columns}
        for row in record.content.rows
    ]


def test_what_the_sample_says_goes_through_its_blanks(tmp_path: Path) -> None:
    village, records = tmp_path / "villages/qingshi/liuxi", sample()
    shutil.copytree(LIUXI, village)
    titles = {account.id: account.title for account in liuxi().village.accounts}
    blanks: dict[str, Blank] = {}
    for period in {record.period.text for record in records.values()}:
        items = tuple(item for item, of, _ in records if of == period)
        found = blanks_of(Wanted("liuxi", items, period), settings_at(tmp_path))
        blanks |= {blank.name: blank for blank in found}
    (tmp_path / "filled").mkdir()
    headings = {}
    for key, record in records.items():
        item = SHARED.catalogue.item(record.item)
        title = f"柳溪村{record.period.title}{item.title}"
        owner = f"（{titles[record.account]}）"
        name = title + owner if title + owner in blanks else title
        book = load_workbook(io.BytesIO(blanks[name].content))
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        headings[key] = {str(cell.value) for cell in sheet[2]}
        fill(sheet, record)
        book.save(tmp_path / "filled" / f"{name}.xlsx")
    for item, *_ in records:
        shutil.rmtree(village / item, ignore_errors=True)
    words = ("--village", "liuxi", "--published", "2025-10-09", "--content", str(CONTENT))
    result = publish_here("import", "filled", *words, cwd=tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    folder = VillageFolder(village, "villages/qingshi/liuxi", "liuxi", "qingshi")
    data, _ = sound_village(folder, SHARED, TODAY)
    assert data is not None
    there = records_of(data)
    for key, record in records.items():
        assert said(there[key], headings[key]) == said(record, headings[key]), key


def test_cells_take_what_they_should(tmp_path: Path) -> None:
    shutil.copytree(LIUXI, tmp_path / "villages/qingshi/liuxi")
    (blank,) = blanks_of(Wanted("柳溪村", ("subsidies",)), settings_at(tmp_path))
    assert blank.name == "柳溪村2025年第三季度惠民补贴发放"
    sheet = load_workbook(io.BytesIO(blank.content)).active
    assert isinstance(sheet, Worksheet)
    places = {cell.value: cell for cell in sheet[2]}
    assert "身份证号" not in places
    assert "例如：" in str(places["金额"].comment.text)  # type: ignore[union-attr]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    groups = rules[f"{places['组别'].column_letter}3:{places['组别'].column_letter}42"]
    assert groups.formula1 == '"' + ",".join(g.title for g in liuxi().village.groups) + '"'
    amount = places["金额"].column_letter
    assert sheet[f"{amount}43"].value == f"=SUM({amount}3:{amount}42)"


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
