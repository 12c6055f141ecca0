"""Writes tables for staff as a workbook that can be filtered."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from generator.output.manifest import NAME
from generator.settings import CannotBuildError

Value = str | int | Decimal | date | None


@dataclass(frozen=True)
class SheetTable:
    """One worksheet: its name, its columns with their widths in characters, and its rows."""

    title: str
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Value]]


def as_workbook(tables: Iterable[SheetTable]) -> bytes:
    """The bytes of a workbook with these worksheets. What others wrote is never a formula."""
    book = Workbook()
    book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(table.title)
        sheet.append([name for name, _ in table.columns])
        for row in table.rows:
            sheet.append(row)
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for cells, (_, width) in zip(sheet.columns, table.columns, strict=False):
            sheet.column_dimensions[cells[0].column_letter].width = width
            for cell in cells:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if isinstance(cell.value, str):
                    cell.data_type = "s"
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = sheet.dimensions
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def keep(content: bytes, file: Path, site: Path) -> None:
    """Write what is for staff alone. Raises `CannotBuildError` for a file in the folder of a site."""
    places = file.resolve().parents
    if site.resolve() in places or any((place / NAME).is_file() for place in places):
        raise CannotBuildError(f"{file} 在网站文件夹里，谁都看得到。请写到别的地方。")
    file.write_bytes(content)
