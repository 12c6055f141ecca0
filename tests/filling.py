"""Blank workbooks that are filled with what the sample says, saved, and read back: nothing may be asked and nothing
lost.

`python -m tests.filling` saves them by LibreOffice on the way, as an office does: it computes the sums and
writes the file anew. (The tests leave that out: it is no part of their set-up.)
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.blanks import Blank, Wanted, blanks_of
from generator.intake.folders import VillageFolder
from generator.intake.statements import EVENT_DAY
from generator.model.village import Record, Table, VillageData
from generator.reading import sound_village
from generator.settings import Settings
from tests.commands import publish_here
from tests.township import CONTENT, ROOT, TEMPLATES, real_content, the_sample

SHARED = real_content()[0]
LIUXI = ROOT / "villages" / "qingshi" / "liuxi"
TODAY, PUBLISHED = date(2025, 10, 10), date(2025, 10, 9)


def records_of(data: VillageData) -> dict[tuple[str, str, str], Record]:
    tables = (record for record in data.records if isinstance(record.content, Table))
    return {(record.item, record.period.text, record.account): record for record in tables}


def liuxi() -> VillageData:
    return the_sample().villages["liuxi"]


def settings_at(folder: Path) -> Settings:
    return Settings(CONTENT, folder / "villages", TEMPLATES, folder / "site", TODAY)


def sample() -> dict[tuple[str, str, str], Record]:
    """The last table of each item of the sample's village, and of each of its sets of books."""
    found = {}
    for (item, _, account), record in sorted(records_of(liuxi()).items()):
        found[item, account] = record
    return {(r.item, r.period.text, r.account): r for r in found.values()}


def heading_of(sheet: Worksheet) -> int:
    """The row of the headings: above it stand title and days."""
    return 4 if sheet["A3"].value == EVENT_DAY else 3


def fill(sheet: Worksheet, record: Record) -> None:
    """The record's rows under the headings and the example, as somebody would type them, and the days
    above."""
    assert isinstance(record.content, Table)
    top = heading_of(sheet)
    places = {cell.value: cell.column for cell in sheet[top]}
    sheet["B2"] = PUBLISHED
    if top > 3:
        sheet["B3"] = record.period.start
    if record.content.nothing:
        sheet.cell(top + 2, 1, "本期无发生")
    for number, row in enumerate(record.content.rows, start=top + 2):
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


def through_blanks(folder: Path, saved: Callable[[Path], object]) -> int:
    """The sample's tables through their blanks, which `saved` may save again; how many there were."""
    village, records = folder / "villages/qingshi/liuxi", sample()
    shutil.copytree(LIUXI, village)
    titles = {account.id: account.title for account in liuxi().village.accounts}
    blanks: dict[str, Blank] = {}
    for period in {record.period.text for record in records.values()}:
        items = tuple(item for item, of, _ in records if of == period)
        found = blanks_of(Wanted("liuxi", items, period), settings_at(folder))
        blanks |= {blank.name: blank for blank in found}
    (folder / "filled").mkdir()
    headings = {}
    for key, record in records.items():
        item = SHARED.catalogue.item(record.item)
        title = f"柳溪村{record.period.title}{item.title}"
        owner = f"（{titles[record.account]}）"
        name = title + owner if title + owner in blanks else title
        book = load_workbook(io.BytesIO(blanks[name].content))
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        headings[key] = {str(cell.value) for cell in sheet[heading_of(sheet)]}
        fill(sheet, record)
        book.save(folder / "filled" / f"{name}.xlsx")
    for item, *_ in records:
        shutil.rmtree(village / item, ignore_errors=True)
    words = ("--village", "liuxi", "--content", str(CONTENT))
    for path in sorted((folder / "filled").iterdir()):
        saved(path)
    result = publish_here("import", "filled", *words, cwd=folder)
    assert result.returncode == 0, result.stdout + result.stderr
    place = VillageFolder(village, "villages/qingshi/liuxi", "liuxi", "qingshi")
    data, _ = sound_village(place, SHARED, TODAY)
    assert data is not None
    there = records_of(data)
    for key, record in records.items():
        assert said(there[key], headings[key]) == said(record, headings[key]), key
        assert there[key].published == PUBLISHED, key
    return len(records)


def by_libreoffice(path: Path) -> None:
    """Open a workbook and save it, as LibreOffice does."""
    with tempfile.TemporaryDirectory() as own:
        profile = f"-env:UserInstallation=file://{own}/profile"
        command = ("soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", own)
        subprocess.run((*command, str(path)), check=True, capture_output=True)
        shutil.move(Path(own) / path.name, path)


def main() -> None:
    """Try it, and say how many went through."""
    with tempfile.TemporaryDirectory() as folder:
        count = through_blanks(Path(folder), by_libreoffice)
    print(f"{count} tables saved by LibreOffice and read back, nothing asked, nothing lost")


if __name__ == "__main__":
    main()
