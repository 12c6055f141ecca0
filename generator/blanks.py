"""Draws blank workbooks of a village's tables, which an import takes back without a question when they
are filled: title, day of publication, headings with notes, what may stand in each cell, and a row that
shows how it is done."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from generator.intake.examples import example_of
from generator.intake.folders import find_villages
from generator.intake.naming import chosen_villages, item_names, named, written_period
from generator.intake.statements import EVENT_DAY, PUBLISHED
from generator.model.calendar import due_day
from generator.model.catalogue import Item
from generator.model.period import Period, periods_of
from generator.model.schema import Field
from generator.model.shared import Shared
from generator.model.village import Account, VillageData
from generator.model.wording import shared_for
from generator.reading import sound_content, sound_village
from generator.settings import CannotBuildError, Settings, need_folder

ROWS = 40
"""Rows that are ready to be filled below the example; a row that is put in between them counts in the sums."""
_FILLED = 2  # column of what is filled in above the table, beside its label
_MOST_WORDS = 250  # characters of a list of choices; workbooks take no more
_NOTE = 320, 130  # points, wide and high
_GREY, _SHOWN = "808080", 32  # of the example: its colour, and its height in points
_WIDTHS = {"date": 15, "number": 13, "integer": 10, "yearmonth": 11, "boolean": 8}
_WIDE, _USUAL = 30, 14
_THIN = Side(style="thin", color="999999")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


@dataclass(frozen=True)
class Wanted:
    """Which blanks: of a village by name or id, of these items or all, for a period or for the one
    that falls due next. `published` is filled in as the day of publication; else somebody has to."""

    village: str
    items: tuple[str, ...] = ()
    period: str = ""
    published: date | None = None


@dataclass(frozen=True)
class Blank:
    """A workbook with the name of its file, which is its title."""

    name: str
    content: bytes


def blanks_of(wanted: Wanted, settings: Settings) -> tuple[Blank, ...]:
    """The blank workbooks of a village, one for each table, and for each set of books that has its
    own.

    Raises `CannotBuildError` when there is no such village, item or period.
    """
    need_folder(settings.villages)
    shared, _ = sound_content(settings.content, settings.today, "才能写空白表")
    folders, _ = find_villages(settings.villages, shared)
    (folder,) = chosen_villages((wanted.village,), folders)
    data, problems = sound_village(folder, shared, settings.today)
    if data is None:
        raise CannotBuildError("\n".join(map(str, problems)))
    shared = shared_for(data.village, shared)
    items = _items(wanted, shared)
    return tuple(
        Blank(title, _workbook(title, item, period, wanted.published, data, shared, settings.today))
        for item in items
        for title, period in _titles(item, wanted.period, data, shared, settings.today)
    )


def _items(wanted: Wanted, shared: Shared) -> tuple[Item, ...]:
    tables = tuple(item for item in shared.catalogue.items if item.kind == "table")
    if not wanted.items:
        return tables
    found = []
    for text in wanted.items:
        ids = named(text, item_names(tables))
        if len(ids) != 1:
            known = "、".join(item.title for item in tables)
            raise CannotBuildError(f"没有这张表：{text}。有的表：{known}。")
        found.append(shared.catalogue.item(ids[0]))
    return tuple(found)


def _titles(
    item: Item, period: str, data: VillageData, shared: Shared, today: date
) -> Iterator[tuple[str, Period | None]]:
    """What stands above a table, one for each set of books that has its own, with its period."""
    known = {record.account for record in data.records if record.item == item.id}
    is_book = shared.tables[item.table].is_book
    own = [a for n, a in enumerate(data.village.accounts) if n == 0 or is_book or a.id in known]
    for account in own:
        when = _period(item, account, period, data, shared, today)
        owner = f"（{account.title}）" if len(own) > 1 else ""
        yield f"{data.village.name}{when.title if when else ''}{item.title}{owner}", when


def _period(
    item: Item, account: Account, text: str, data: VillageData, shared: Shared, today: date
) -> Period | None:
    """The period that was asked for, else the one that falls due next; where that has not begun, the
    one before. None for what has none."""
    if text:
        found = written_period(text, item)
        if found is None:
            raise CannotBuildError(f"“{text}”看不出是哪一期。请写成 2025-09、2025年三季度 这样。")
        return found
    is_quarterly = item.period == "month" and account.period == "quarter"
    kind = "quarter" if is_quarterly else item.period
    rules, years = shared.rule_pack(data.village.rules), (today.year - 1, today.year)
    latest = None
    for period in chain.from_iterable(periods_of(kind, year) for year in years):
        if period.start > today:
            break
        latest = period
        if due_day(item, period, rules, shared.holidays) >= today:
            break
    return latest


# ----------------------------------------------------------------------------------- the workbook


def _workbook(
    title: str,
    item: Item,
    period: Period | None,
    published: date | None,
    data: VillageData,
    shared: Shared,
    today: date,
) -> bytes:
    schema = shared.tables[item.table]
    fields = tuple(field for field in schema.fields if field.mask != "drop")
    groups = schema.villager_group
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = item.title[:31]
    sheet.cell(1, 1, title).font = Font(bold=True, size=16)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(fields))
    sheet.cell(1, 1).alignment = Alignment(horizontal="center")
    heading = _above(sheet, item, period, published) + 1
    for number, field in enumerate(fields, start=1):
        titles = [group.title for group in data.village.groups] if field == groups else ()
        _column(sheet, heading, number, field, titles or _choices(field, shared, today))
        shown = sheet.cell(heading + 1, number, example_of(field, schema, period) or None)
        shown.font = Font(italic=True, color=_GREY)
        shown.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.row_dimensions[heading + 1].height = _SHOWN
    _sums(sheet, heading, fields)
    sheet.freeze_panes = sheet.cell(heading + 1, 1)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"  # A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.print_title_rows = f"1:{heading}"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _above(sheet: Worksheet, item: Item, period: Period | None, published: date | None) -> int:
    """What is filled in between title and table; the last row of it."""
    row = 2
    _asked(sheet, row, PUBLISHED[0], "哪一天贴出去、放到网上，就写哪一天。", published)
    if item.period == "event":
        row += 1
        day = period.start if period and period.kind == "event" else None
        _asked(sheet, row, EVENT_DAY, "这张表说的是哪一天的事，就写哪一天。", day)
    return row


def _asked(sheet: Worksheet, row: int, label: str, words: str, day: date | None) -> None:
    sheet.cell(row, 1, label).font = Font(bold=True)
    cell = sheet.cell(row, _FILLED, day)
    cell.number_format, cell.border = "yyyy-mm-dd", _GRID
    cell.fill = PatternFill("solid", fgColor="FFF3D6")
    cell.comment = Comment(f"{words}\n写成 2025-10-08 这样。", "明白栏", *_NOTE[::-1])
    rule = DataValidation(type="date", operator="greaterThan", formula1="DATE(1949,1,1)")
    sheet.add_data_validation(_told(rule, "请写日期，例如 2025-10-08。"))
    rule.add(cell.coordinate)


def _column(sheet: Worksheet, top: int, number: int, field: Field, choices: Sequence[str]) -> None:
    """A column with its heading in the row `top`, a note on it, and what its cells take."""
    heading = sheet.cell(top, number, field.name)
    heading.font = Font(bold=True)
    heading.fill = PatternFill("solid", fgColor="EEEEEE")
    heading.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    heading.border = _GRID
    heading.comment = Comment(_note(field), "明白栏", *_NOTE[::-1])
    letter = get_column_letter(number)
    is_wide = field.type == "string" and field.role in ("title", "answer", "status")
    sheet.column_dimensions[letter].width = _WIDE if is_wide else _WIDTHS.get(field.type, _USUAL)
    last = top + 1 + ROWS
    first = sheet.cell(top + 1, number)
    first.number_format, first.border = _format(field), _GRID
    first.alignment = Alignment(wrap_text=field.type == "string", vertical="center")
    for row in range(
        top + 2, last + 1
    ):  # openpyxl looks a style up anew each time that it is given
        sheet.cell(row, number)._style = copy(first._style)
    rule = _rule(field, choices)
    if rule:
        sheet.add_data_validation(rule)
        rule.add(f"{letter}{top + 1}:{letter}{last}")


def _note(field: Field) -> str:
    parts = [field.description]
    if field.example:
        parts.append(f"例如：{field.example}")
    if field.constraints.required:
        parts.append("必须填。")
    elif "可空着" not in field.description:
        parts.append("没有可以空着。")
    return "\n".join(filter(None, parts))


def _format(field: Field) -> str:
    """A text stays as it is typed: 9-02 is a voucher and no day."""
    if field.is_money:
        return "0.00"
    return {"date": "yyyy-mm-dd", "integer": "0", "number": "General"}.get(field.type, "@")


def _choices(field: Field, shared: Shared, today: date) -> Sequence[str]:
    """What may stand in a column of any village, where that is a short list."""
    if field.role == "subject" and (chart := shared.chart_on(today)):
        return [subject.name for subject in chart.subjects]
    return field.constraints.enum


def _rule(field: Field, choices: Sequence[str]) -> DataValidation | None:
    words = ",".join(choices)
    if words and len(words) <= _MOST_WORDS and not any("," in c or '"' in c for c in choices):
        rule = DataValidation(type="list", formula1=f'"{words}"')
        return _told(rule, "请从列表里选。", is_strict=field.role != "subject")
    if field.type == "date":
        rule = DataValidation(type="date", operator="greaterThan", formula1="DATE(1949,1,1)")
        return _told(rule, "请写日期，例如 2025-09-03。")
    if field.is_numeric:
        kind = "whole" if field.type == "integer" else "decimal"
        rule = DataValidation(type=kind, operator="between", formula1="-1E12", formula2="1E12")
        return _told(rule, "请只写数字，不写单位和逗号。")
    return None


def _told(rule: DataValidation, words: str, *, is_strict: bool = True) -> DataValidation:
    """A rule with its words; one that is not strict offers its list and takes other words."""
    rule.allow_blank, rule.showErrorMessage = True, is_strict
    rule.errorTitle, rule.error = "请看一看", words
    return rule


def _sums(sheet: Worksheet, heading: int, fields: Sequence[Field]) -> None:
    """The row behind all others that adds them up, where there is anything to add; the example, which
    is text, adds nothing unless somebody writes over it."""
    summed = [n for n, field in enumerate(fields, start=1) if field.total and n > 1]
    if not summed:
        return
    row = heading + ROWS + 2
    sheet.cell(row, 1, "合计")
    for number in summed:
        letter = get_column_letter(number)
        cell = sheet.cell(row, number, f"=SUM({letter}{heading + 1}:{letter}{row - 1})")
        cell.number_format = _format(fields[number - 1])
    for number in range(1, len(fields) + 1):
        sheet.cell(row, number).font = Font(bold=True)
        sheet.cell(row, number).border = _GRID


def write_blanks(blanks: Sequence[Blank], folder: Path) -> tuple[Path, ...]:
    """Write the workbooks into a folder; one that is there already is not replaced, since somebody
    may have filled it.

    Raises `CannotBuildError` before anything is written where one is.
    """
    paths = tuple(folder / f"{blank.name}.xlsx" for blank in blanks)
    there = [path.name for path in paths if path.exists()]
    if there:
        raise CannotBuildError(
            f"{folder} 里已经有 {'、'.join(there)}，怕是填过的，什么也没有动。请用 --out 换一个文件夹。"
        )
    folder.mkdir(parents=True, exist_ok=True)
    for path, blank in zip(paths, blanks, strict=True):
        path.write_bytes(blank.content)
    return paths
