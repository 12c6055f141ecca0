"""What an import costs beside a build, and what it costs to see how cells look: part of `make bench`.

CPU seconds once the program has started, since a start loads what every command needs. The build beside it
is of the sample village that the file goes into, without sheets, in the same run: what counts is the ratio.
"""

from __future__ import annotations

import gc
import shutil
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Font

from generator.compiler import compile_village
from generator.importer import plan_import
from generator.importer.desk import Request
from generator.intake.content import read_content
from generator.intake.folders import find_villages
from generator.intake.worksheets import read_worksheets
from generator.problems import Problem
from generator.settings import Settings
from tests.office import FIRST, county, office
from tests.timing import best

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2025, 10, 10)
SETTINGS = Settings(
    ROOT / "content", ROOT / "villages", ROOT / "templates", Path("site"), TODAY, sheets="none"
)
ROWS = 5000


def measure_import() -> None:
    """Print what imports and readings cost."""
    gc.freeze()  # as publish.py does
    with tempfile.TemporaryDirectory() as temporary:
        _imports(Path(temporary))
        _looks(Path(temporary))


def _imports(folder: Path) -> None:
    def built() -> None:
        shared, _ = read_content(ROOT / "content")
        assert shared is not None
        found = next(f for f in find_villages(ROOT / "villages", shared)[0] if f.id == "liuxi")
        compile_village(found, shared, SETTINGS)

    book = folder / "柳溪村2025年9月财务收支.csv"
    shutil.copyfile(ROOT / "villages" / "qingshi" / "liuxi" / "ledger" / "2025-09.csv", book)
    one = Request((book,), ROOT / "content", ROOT / "villages", TODAY)
    content, villages = county(folder)
    office(folder / "books", FIRST)
    published = date(2026, 11, 10)
    many = Request((folder / "books",), content, villages, published, published=published)
    assert plan_import(one).parts
    assert plan_import(many).parts
    peer = best(built)
    print(f"build of liuxi without sheets: {peer * 1000:.0f} ms")
    for name, request in (
        ("import of a file into liuxi", one),
        ("the same, its village named", replace(one, village="liuxi")),
        ("import of an office's fourteen books", many),
    ):
        ours = best(lambda request=request: plan_import(request))
        print(f"{name}: {ours * 1000:.0f} ms, {ours / peer:.2f} of the build")


def _looks(folder: Path) -> None:
    for name, has_looks in (("plain cells", False), ("formats, some struck through", True)):
        path = folder / "list.xlsx"
        _list(path, has_looks=has_looks)
        assert not isinstance(read_worksheets(path, path.name), Problem)
        ours = best(lambda path=path: read_worksheets(path, path.name))
        peer = best(
            lambda path=path: pd.read_excel(path, header=None, dtype=object, engine="calamine")
        )
        print(
            f"{ROWS:,} rows, {name}: {ours * 1000:.0f} ms with looks, "
            f"values alone {peer * 1000:.0f} ms, ×{ours / peer:.2f}"
        )


def _list(path: Path, *, has_looks: bool) -> None:
    """A list of households with amounts, its cells as they are or as an office formats them."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["户主", "组别", "项目", "面积", "金额", "日期"])
    for number in range(1, ROWS):
        area = number % 40 + 0.5
        sheet.append(
            [f"样例{number}", f"{number % 4 + 1}组", "补贴", area, 120.5, date(2025, 9, 8)]
        )
        if has_looks:
            row = sheet[number + 1]
            row[3].number_format, row[4].number_format = '0.00"亩"', "#,##0.00"
            if number % 100 == 0:
                row[4].font = Font(strike=True)
    book.save(path)
