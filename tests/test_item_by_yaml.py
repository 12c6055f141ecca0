"""Two kinds of disclosure that only files of content/ know: found wherever a reader may look."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pypdf
import pytest

from generator.model.filenames import VILLAGE_PAGES, WARNINGS
from tests.commands import publish_here
from tests.searching import texts_of
from tests.township import CONTENT, TOWNSHIP, examine, real_content, write

ITEMS = """
      - id: wells-asked
        title: 水井问答
        kind: table
        table: wells-asked
        period: quarter
        due: {days: 10, counted: natural, words: 每季度结束后10日内公开}
        display_days: 30
        basis: [{title: 水井管理办法, effective: 2020-01-01}]
        plain: 村民问水井的事，管井的怎样说。
        agenda: {column: 问的那天, detail: 井边问答}
        sentence: "{period}问水井的事 {count} 件，做完 {filled:做完} 件。"
        poster: {sheet: answers, paper: A3}

      - id: machine-hire
        title: 农机借用
        kind: table
        table: machine-hire
        period: quarter
        due: {days: 30, counted: natural, words: 每季度结束后30日内公开}
        display_days: 30
        basis: [{title: 农机管理办法, effective: 2020-01-01}]
        plain: 村里的农机借给谁用，收了多少钱。
        sentence: "{period}借出 {count} 次，还借着 {count:借期=借着} 台，收用机费 {sum:用机费} 元。"
        poster: {sheet: project, paper: A3, orientation: landscape}
"""
TABLES = {
    "wells-asked": """
name: wells-asked
title: 水井问答
missingValues: [""]
primaryKey: 井单
fields:
  - {name: 井单, type: string, role: reference, constraints: {required: true, unique: true}}
  - {name: 问的那天, type: date, role: date, constraints: {required: true}}
  - {name: 问水井, type: string, role: title, constraints: {required: true}}
  - {name: 管井的说, type: string, role: answer}
  - {name: 做完, type: date}
""",
    "machine-hire": """
name: machine-hire
title: 农机借用
missingValues: [""]
primaryKey: 机单
affair: contract
lease: {income: 外借, column: 借期, running: 借着, ended: 还了, waiting: 没到, other: 别的}
fields:
  - {name: 机单, type: string, role: reference, constraints: {required: true, unique: true}}
  - {name: 机具, type: string, role: title, constraints: {required: true}}
  - {name: 用机人家, type: string}
  - {name: 哪一头, type: string, role: side}
  - {name: 借起, type: date, role: date}
  - {name: 借到, type: date, role: end}
  - {name: 用机费, type: number, unit: 元, role: amount, total: true}
""",
}
RECORDS = {
    "wells-asked/2025Q3": """\
井单,问的那天,问水井,管井的说,做完
JD-01,2025-08-12,东头水井何时淘沙,九月上旬淘沙两天,2025-09-06
JD-02,2025-09-20,辘轳绳子旧了谁换,已经买了新绳,
公开日期,2025-10-08
""",
    "machine-hire/2025Q2": """\
机单,机具,用机人家,哪一头,借起,借到,用机费
NJ-01,履带旋耕机,青石镇稻香家庭农场,外借,2025-06-01,2025-12-31,1234.50
NJ-02,手扶插秧机,青石镇南坡合作社,外借,2025-05-01,2025-06-20,300.00
公开日期,2025-10-08
""",
}
# Words that stand in a row of each.
CELLS = {"wells-asked/2025Q3": "辘轳绳子旧了谁换", "machine-hire/2025Q2": "履带旋耕机"}
TITLES = {"wells-asked": "水井问答", "machine-hire": "农机借用"}
SENTENCES = {
    "wells-asked/2025Q3": "问水井的事 2 件，做完 1 件",
    "machine-hire/2025Q2": "借出 2 次，还借着 1 台，收用机费 1,534.50 元",
}
HOME = "v/dongli/"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Options that name content/ with two items more, and a township that publishes them."""
    folder = tmp_path_factory.mktemp("yaml")
    content = Path(shutil.copytree(CONTENT, folder / "content"))
    with (content / "catalogue.yaml").open("a", encoding="utf-8") as catalogue:
        catalogue.write(ITEMS)
    for name, text in TABLES.items():
        write(content / "tables", f"{name}.yaml", text)
    villages = Path(shutil.copytree(TOWNSHIP, folder / "villages"))
    for name, text in RECORDS.items():
        write(villages / "qingshi/dongli", f"{name}.csv", text)
    return "--content", str(content), "--villages", str(villages), "--today", "2025-10-10"


@pytest.fixture(scope="module")
def built(folders: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their site, without sheets."""
    out = tmp_path_factory.mktemp("yaml-site") / "site"
    words = ("--out", str(out), "--cache", str(out.with_name("kept")), "--jobs", "1")
    result = publish_here("build", "--no-posters", *folders, *words)
    assert result.returncode == 0, result.stdout + result.stderr
    return out


def read(site: Path, name: str) -> str:
    return (site / HOME / name).read_text("utf-8")


@pytest.mark.parametrize("record", RECORDS)
def test_its_pages_show_it(built: Path, record: str) -> None:
    item, _, _ = record.partition("/")
    assert TITLES[item] in read(built, "index.html")
    assert f'href="{record.partition("/")[2]}/"' in read(built, f"{item}/index.html")
    page = read(built, f"{record}/index.html")
    assert CELLS[record] in page
    assert SENTENCES[record] in page
    assert TITLES[item] in (built / "completeness/index.html").read_text("utf-8")
    for place in ("calendar", "wall"):
        assert TITLES[item] in read(built, f"{place}/index.html")


@pytest.mark.parametrize("record", RECORDS)
def test_search_feed_and_calendar_lead_to_it(built: Path, record: str) -> None:
    address = f"{HOME}{record}/"
    documents = texts_of(built, Path(HOME).name)
    found = [url for url, *rest in documents if CELLS[record] in str(rest)]
    assert found
    assert set(found) == {address}
    for feed in (built / "feed.xml", built / HOME / "feed.xml"):
        assert f"/{address}" in feed.read_text("utf-8")
    days = read(built, "calendar.ics").replace("\r\n ", "")
    assert f"/{address}" in days
    assert TITLES[record.partition("/")[0]] in days
    assert "DTSTART;VALUE=DATE:20250812" in days  # an agenda's own day


@pytest.mark.parametrize("record", RECORDS)
def test_its_data_are_open(built: Path, record: str) -> None:
    item, _, _ = record.partition("/")
    rows = list(csv.reader(io.StringIO(read(built, f"{record}/data.csv").removeprefix("\ufeff"))))
    wanted = list(csv.reader(io.StringIO(RECORDS[record])))
    assert rows[0][: len(wanted[0])] == wanted[0]
    assert CELLS[record] in str(rows)
    assert CELLS[record] in read(built, f"{record}/data.json")
    package = json.loads(read(built, "datapackage.json"))
    assert any(f"{record}/data.csv" in str(part["path"]) for part in package["resources"])
    assert TITLES[item] in read(built, "records.csv")
    for folder in (built / HOME, built / "open-data"):
        schema = json.loads((folder / f"schemas/{item}.json").read_bytes())
        assert [field["name"] for field in schema["fields"]][: len(wanted[0])] == wanted[0]


@pytest.mark.parametrize("record", RECORDS)
def test_its_sheet_is_drawn(folders: tuple[str, ...], tmp_path: Path, record: str) -> None:
    item, _, key = record.partition("/")
    out = tmp_path / "sheet.pdf"
    result = publish_here("poster", "东里村", TITLES[item], key, "--out", str(out), *folders)
    assert result.returncode == 0, result.stdout + result.stderr
    words = "".join(page.extract_text() for page in pypdf.PdfReader(out).pages)
    text = "".join(words.split())
    assert CELLS[record] in text
    assert "".join(SENTENCES[record].split()) in text


@pytest.mark.parametrize("id", ["search", "../wells", "水井"])
def test_no_item_takes_the_place_of_another_page(
    folders: tuple[str, ...], tmp_path: Path, id: str
) -> None:
    content = Path(shutil.copytree(folders[1], tmp_path / "content"))
    catalogue = content / "catalogue.yaml"
    text = catalogue.read_text("utf-8").replace("id: wells-asked", f"id: {id}")
    catalogue.write_text(text, "utf-8")
    (fault,) = (p for p in examine(TOWNSHIP, content).problems if p.severity == "error")
    assert (fault.code, fault.value) == ("id-address", id)


def test_all_pages_beside_the_items_are_known(built: Path) -> None:
    shared, _ = real_content()
    items = {item.id for item in shared.catalogue.items} | set(TITLES)
    there = {path.name for path in (built / HOME).iterdir() if path.is_dir()}
    found_nothing = {WARNINGS}  # a page that is only where rules found something
    assert there - items == VILLAGE_PAGES - found_nothing
