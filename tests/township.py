"""What many tests start from: content/, the fixture township, and the steps that read them."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from openpyxl import Workbook

from generator import reading
from generator.checks import check_content, check_day
from generator.intake.folders import find_villages
from generator.model.shared import Shared
from generator.model.village import Record, VillageData
from generator.problems import Problem, in_order

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
BASE_URL = "https://village.example/gongkai"
CONTENT = ROOT / "content"
TOWNSHIP = ROOT / "tests" / "fixtures" / "township"
TODAY = date(2025, 10, 10)
DONGLI = "qingshi/dongli"
VILLAGE = (TOWNSHIP / DONGLI / "village.yaml").read_text("utf-8")
# The village.yaml of a village that has nothing yet.
BARE_VILLAGE = """name: 甲村
code: "000000101001"
households: 60
population: 200
accounts:
  - {id: village, title: 村民委员会账, owner: 甲村村民委员会}
groups: []
people: []
supervisors: []
channels: []
"""


@dataclass(frozen=True)
class Found:
    """What reading and checking gave."""

    shared: Shared | None
    villages: Mapping[str, VillageData]
    problems: tuple[Problem, ...]

    def record(self, village: str, name: str) -> Record:
        """The record `item/key` of a village."""
        records = self.villages[village].records
        return next(r for r in records if f"{r.item}/{r.key}" == name)

    def names(self, village: str) -> set[str]:
        """The records of a village as `item/key`."""
        return {f"{r.item}/{r.key}" for r in self.villages[village].records}

    def codes(self) -> list[str]:
        """The codes of all problems in order."""
        return [p.code for p in self.problems]


# What the township and tests need of content/, and one of what they do not.
_NEEDED = ("powers/0[367]-*", "articles/guide-hedui*", "lists/negative*", "flows/problem*")
_POWERS, _TERMS = 3, 12  # of each file
_NO_RECORDS = ("powers", "power", "list", "flow", "article", "station", "qr")


def few_sheets() -> Shared:
    """content/ as it stands in the checkout, where only records have sheets."""
    shared = real_content()[0]
    return replace(shared, sheets=tuple(s for s in shared.sheets if s.sheet not in _NO_RECORDS))


def small_content(folder: Path) -> Path:
    """A copy of content/ with little that stands above villages: forty powers, lists and the whole
    glossary take longer than the township. What is no record has no sheet."""
    content = Path(shutil.copytree(CONTENT, folder / "content"))
    needed = {path for pattern in _NEEDED for path in content.glob(pattern)}
    for path in {other for one in needed for other in one.parent.iterdir()} - needed:
        path.unlink()
    (content / "assessment.yaml").unlink()  # counts by a list that is not here any more
    for path in (content / "powers").iterdir():
        _shorten(path, "  - id: ", _POWERS)
    _shorten(content / "glossary.yaml", "  - term: ", _TERMS)
    papers = content / "papers.yaml"
    lines = papers.read_text("utf-8").splitlines(keepends=True)
    many = rf"  - \{{sheet: ({'|'.join(_NO_RECORDS)}),"
    left = (line for line in lines if not re.match(many, line))
    papers.write_text("".join(left), "utf-8")
    own = content / "catalogue.yaml"  # names the paper of its own sheet, the longest of all
    own.write_text(re.sub(r"(?m)^poster: .*\n", "", own.read_text("utf-8")), "utf-8")
    return content


def _shorten(path: Path, begins: str, count: int) -> None:
    """Leave so many of the entries of a list in a file."""
    head, *entries = re.split(f"(?m)^(?={begins})", path.read_text("utf-8"))
    path.write_text("".join((head, *entries[:count])), "utf-8")


@cache
def real_content() -> tuple[Shared, tuple[Problem, ...]]:
    """content/ as it stands in the checkout, read once."""
    shared, faults = reading.read_content(CONTENT)
    assert shared is not None
    return shared, (*faults, *check_content(shared), *reading.content_private(shared))


def examine(villages: Path, content: Path | None = None, today: date = TODAY) -> Found:
    """Content, village folders and villages, all their problems in order."""
    if content is None:
        shared, problems = real_content()
    else:
        read, faults = reading.read_content(content)
        if read is None:
            return Found(None, {}, in_order(faults))
        shared, problems = read, (*faults, *check_content(read), *reading.content_private(read))
        if any(p.severity == "error" for p in problems):
            return Found(shared, {}, in_order(problems))  # as the build: nothing stands on it
    problems = (*problems, *check_day(shared, today))
    folders, found = find_villages(villages, shared)
    data: dict[str, VillageData] = {}
    for folder in folders:
        village, faults = reading.sound_village(folder, shared, today)
        found += faults
        if village is not None:
            data[folder.id] = village
    return Found(shared, data, in_order((*problems, *found)))


@cache
def the_sample() -> Found:
    """The sample township of villages/, read once."""
    return examine(ROOT / "villages")


def township(target: Path) -> Path:
    """A copy of the fixture township to change."""
    return Path(shutil.copytree(TOWNSHIP, target / "villages"))


def write(folder: Path, name: str, content: str | bytes) -> Path:
    """A file in a folder, with the folders above it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def workbook(lines: Sequence[Sequence[object]]) -> bytes:
    """A workbook whose first sheet has these rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in lines:
        sheet.append(list(line))
    return saved_workbook(book)


def saved_workbook(book: Workbook) -> bytes:
    """A workbook's file."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def laid(tmp_path: Path, files: Mapping[str, str], village: str = VILLAGE) -> Found:
    """What the fixture township gives with these files, and this village.yaml, in Dongli."""
    villages = township(tmp_path)
    for name, text in {"village.yaml": village, **files}.items():
        write(villages / DONGLI, name, text)
    return examine(villages)


def notice(body: str) -> str:
    """A notice with these words."""
    return f"---\ntitle: 通知\ndate: 2025-09-28\nsummary: 通知。\n---\n\n{body}\n"
