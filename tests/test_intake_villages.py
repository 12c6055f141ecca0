"""A village's folder: what becomes a record, and that no byte in it stops the others."""

from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.intake.content import read_content
from generator.intake.folders import find_villages
from generator.model.village import Document, People, Table
from generator.problems import Source
from generator.views.linking import village_records
from generator.views.records import record_views
from tests.township import (
    CONTENT,
    DONGLI,
    ROOT,
    TODAY,
    TOWNSHIP,
    examine,
    real_content,
    township,
    workbook,
    write,
)

LEDGER = (TOWNSHIP / DONGLI / "ledger/2025-09.csv").read_text("utf-8")
POWERS = (TOWNSHIP / DONGLI / "powers.yaml").read_text("utf-8")
VILLAGE = (TOWNSHIP / DONGLI / "village.yaml").read_text("utf-8")


@pytest.fixture
def villages(tmp_path: Path) -> Path:
    return township(tmp_path)


def test_a_folder_becomes_records() -> None:
    found = examine(TOWNSHIP)
    assert found.names("dongli") == {
        "organization/current", "supervisors/current", "ledger/2025-08", "ledger/2025-09",
        "ledger/2025Q3.group2", "subsidies/2025Q3", "contracts/2025",
        "decisions/2025-08-20-ludeng", "notices/2025-09-20-ludeng-zhaopian",
    }  # fmt: skip
    ledger = found.record("dongli", "ledger/2025-09")
    assert (ledger.account, ledger.published) == ("village", date(2025, 10, 8))
    assert ledger.source == Source("township/qingshi/dongli/ledger/2025-09.csv")
    assert isinstance(ledger.content, Table)
    assert [row.number for row in ledger.content.rows] == [3, 4, 5]
    assert found.record("dongli", "ledger/2025Q3.group2").account == "group2"
    notice = found.record("dongli", "notices/2025-09-20-ludeng-zhaopian").content
    assert isinstance(notice, Document)
    assert [a.name for a in notice.attachments] == ["weizhi.txt"]
    people = found.record("dongli", "supervisors/current").content
    assert isinstance(people, People)
    assert [p.name for p in people.persons] == ["欧阳问青"]


def test_a_changed_power_keeps_what_the_village_does_not_write() -> None:
    data = examine(TOWNSHIP).villages["dongli"]
    changed, added = data.overrides
    standard = next(p for p in real_content()[0].powers if p.id == changed.power.id)
    assert changed.power.limit == "交票后5个工作日内"
    assert (changed.power.title, changed.power.steps) == (standard.title, standard.steps)
    assert (changed.added, changed.item) == (False, "finance")
    assert (added.added, added.power.title) == (True, "打谷场使用安排")


def test_villages_are_found_in_towns_and_outside(villages: Path) -> None:
    shutil.copytree(villages / DONGLI, villages / "nancun")
    write(villages, "README.md", "x")
    write(villages, ".git/config", "x")
    folders, faults = find_villages(villages, real_content()[0])
    assert faults == ()
    assert [(f.id, f.town, f.name) for f in folders] == [
        ("dongli", "qingshi", "villages/qingshi/dongli"),
        ("nancun", "qingshi", "villages/nancun"),
        ("xicun", "qingshi", "villages/qingshi/xicun"),
    ]


def test_what_programs_leave_behind_and_what_is_private_is_passed_over(villages: Path) -> None:
    names = (
        ".DS_Store", "Thumbs.db", "desktop.ini", "~$说明.docx", "ledger/~$2025-09.xlsx",
        "ledger/Thumbs.db", "ledger/.2025-09.csv.swp", "private/ledger/2025-09.csv",
        "private/身份证.xlsx",
    )  # fmt: skip
    for name in names:
        write(villages / DONGLI, name, "x")
    assert examine(villages).problems == ()
    assert examine(villages).names("dongli") == examine(TOWNSHIP).names("dongli")


@pytest.mark.parametrize("name", ["2025-07.csv", "2025-07.xlsx", "2025-07.CSV", "2025-07"])
def test_a_folder_named_as_a_table_is_told(villages: Path, name: str) -> None:
    write(villages / DONGLI, f"ledger/{name}/a.csv", LEDGER)
    assert examine(villages).codes() == ["file-unknown"]


def test_a_broken_link_of_the_file_system_is_told(villages: Path) -> None:
    (villages / DONGLI / "ledger/2025-07.csv").symlink_to(villages / "fort.csv")
    assert examine(villages).codes() == ["file-unknown"]


def test_a_folder_named_as_a_yaml_file_is_told(villages: Path) -> None:
    (villages / DONGLI / "powers.yaml").unlink()
    (villages / DONGLI / "powers.yaml").mkdir()
    (villages / "qingshi/xicun/village.yaml").unlink()
    (villages / "qingshi/xicun/village.yaml").mkdir()
    found = examine(villages)
    assert found.codes() == ["file-unreadable", "village-missing"]
    assert list(found.villages) == ["dongli"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems know no such names")
def test_a_name_in_an_old_encoding_is_told_and_can_be_printed(villages: Path) -> None:
    folder = bytes(villages / DONGLI)
    for name in ("ledger/九月.csv", "账目", "notices/通知.md"):
        Path((folder + b"/" + name.encode("gb18030")).decode("utf-8", "surrogateescape")).touch()
    found = examine(villages)
    assert found.codes() == ["file-unknown"] * 3
    for problem in found.problems:
        str(problem).encode()
        problem.value.encode()


@pytest.mark.parametrize(
    "name",
    ["２０２５-09.csv", "2025-9.csv", "2025-13.csv", "2025Q5.csv", "2025-09 (1).csv", "九月.csv",
     "1800.csv", "2025-02-30.csv", ".csv.csv"],
)  # fmt: skip
def test_a_file_name_is_a_period(villages: Path, name: str) -> None:
    write(villages / DONGLI, f"dues/{name}", LEDGER)
    codes = examine(villages).codes()
    assert codes == ([] if name.startswith(".") else ["file-unknown"])


@pytest.mark.parametrize(
    ("other", "kept"),
    [("2025-09.village.csv", "2025-09"), ("2025-09.CSV", "2025-09"), ("2025-09.xlsx", "2025-09")],
)
def test_a_period_has_one_file_for_each_account(villages: Path, other: str, kept: str) -> None:
    if other.endswith("xlsx"):
        lines: list[list[object]] = [list(line.split(",")) for line in LEDGER.splitlines()]
        write(villages / DONGLI, f"ledger/{other}", workbook(lines))
    else:
        write(villages / DONGLI, f"ledger/{other}", LEDGER)
    found = examine(villages)
    assert found.codes() == ["record-duplicate"]
    assert kept in {r.key for r in found.villages["dongli"].records if r.item == "ledger"}


@pytest.mark.parametrize("ending", ["xls", "et", "ods"])
def test_workbooks_of_other_programs_are_read(villages: Path, ending: str) -> None:
    source = ROOT / "tests/fixtures/offices" / f"ledger_2025-09_titles.{ending}"
    (villages / DONGLI / "ledger/2025-09.csv").unlink()
    (villages / DONGLI / "ledger/2025-08.csv").unlink()
    write(villages / DONGLI, f"ledger/2025-09.{ending}", source.read_bytes())
    # The book's title names another village.
    write(villages / DONGLI, "village.yaml", VILLAGE.replace("name: 东里村", "name: 柳溪村"))
    record = examine(villages).record("dongli", "ledger/2025-09")
    assert isinstance(record.content, Table)
    assert [row.number for row in record.content.rows] == [5, 6, 7]
    assert record.published == date(2025, 10, 8)


def test_a_day_without_a_year_takes_that_of_the_period(villages: Path) -> None:
    path = villages / DONGLI / "ledger/2025-09.csv"
    write(path.parent, path.name, path.read_text("utf-8").replace("2025-09-02", "9月2日"))
    record = examine(villages).record("dongli", "ledger/2025-09")
    assert isinstance(record.content, Table)
    assert date(2025, 9, 2) in {row.values["日期"] for row in record.content.rows}


def test_a_workbook_says_what_its_csv_says(villages: Path) -> None:
    lines: list[list[object]] = [
        [float(c) if n and c.replace(".", "").isdigit() else c for c in line.split(",")]
        for n, line in enumerate(LEDGER.splitlines())
    ]
    before = examine(villages).record("dongli", "ledger/2025-09")
    (villages / DONGLI / "ledger/2025-09.csv").unlink()
    write(villages / DONGLI, "ledger/2025-09.xlsx", workbook(lines))
    found = examine(villages)
    assert found.problems == ()
    assert found.record("dongli", "ledger/2025-09").content == before.content


def test_links_to_a_record_with_a_fault_are_not_told_as_well(villages: Path) -> None:
    write(villages / DONGLI, "ledger/2025-09.csv", LEDGER.replace("2500.50,", "1.2.3,"))
    assert examine(villages).codes() == ["ledger-amount"]
    write(villages / DONGLI, "ledger/2025-09.csv", b"\xff\xff")
    assert examine(villages).codes() == ["file-encoding"]


def test_one_wrong_power_is_told_and_nothing_wrong_is_published(villages: Path) -> None:
    write(villages / DONGLI, "powers.yaml", POWERS.replace("to: end", "to: finish"))
    found = examine(villages)
    assert found.codes() == ["step-target"]
    assert found.villages["dongli"].overrides == ()


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("# 没有改动\n", []),
        ("override:\nadd:\n", []),
        ("- id: seal-use\n", [1]),
        ("seal-use\n", [1]),
        ("override:\n  id: seal-use\n  reason: 甲\n", [2]),
        ("override: seal-use\nadd: [seal-use]\n", [1, 2]),
        ("override:\n  - seal-use\n  - [seal-use]\n", [2, 3]),
    ],
)
def test_powers_yaml_is_lists(villages: Path, text: str, rows: list[int]) -> None:
    write(villages / DONGLI, "powers.yaml", text)
    found = examine(villages)
    assert [(p.code, p.source.row) for p in found.problems] == [("key-value", n) for n in rows]
    assert found.villages["dongli"].overrides == ()


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("masks: names-masked", "masks: ''", []),
        ("masks: names-masked", "rules: zhejiang", []),
        ("masks: names-masked", "rules: nowhere", ["setting-unknown", "village-left-out"]),
        ("masks: names-masked", "masks: nobody", ["setting-unknown", "village-left-out"]),
        ("name: 东里村", "name:", ["key-missing", "village-left-out"]),
        ("name: 东里村", "- 东里村", ["village-left-out", "yaml-syntax"]),
        ("title: 二组", "title: [二组]", ["key-value"]),
    ],
)
def test_village_yaml(villages: Path, old: str, new: str, codes: list[str]) -> None:
    write(villages / DONGLI, "village.yaml", VILLAGE.replace(old, new))
    found = examine(villages)
    assert sorted(found.codes()) == codes
    assert ("dongli" in found.villages) == ("village-left-out" not in codes)
    assert "xicun" in found.villages


def test_a_village_without_accounts_is_left_out(villages: Path) -> None:
    head, _, rest = VILLAGE.partition("accounts:\n")
    write(villages / DONGLI, "village.yaml", f"{head}accounts: []\n{rest[rest.index('people:') :]}")
    assert examine(villages).codes() == ["key-missing", "village-left-out"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "title: 二组, ",
            "",
            "缺少“小组名称（title）”。请补上一行“title: …”，冒号后面写小组名称。",
        ),
        ("people:\n", "leaders:\n", "请补上“people:”，下面另起一行，每条以“- ”开头，写干部。"),
    ],
)
def test_what_lacks_is_told_in_chinese(villages: Path, old: str, new: str, words: str) -> None:
    assert old in VILLAGE
    write(villages / DONGLI, "village.yaml", VILLAGE.replace(old, new, 1))
    found = [str(p) for p in examine(villages).problems if p.code == "key-missing"]
    assert len(found) == 1
    assert words in found[0]


@pytest.mark.parametrize("raw", [b"", b"\n", b"x", b"[]", b"\xff\xff", b"\x00", b"a: &a [*a]"])
def test_a_useless_village_yaml_costs_its_village_only(villages: Path, raw: bytes) -> None:
    write(villages / DONGLI, "village.yaml", raw)
    found = examine(villages)
    assert set(found.villages) == {"xicun"}
    assert "village-left-out" in found.codes()


SOUND = examine(TOWNSHIP)
FILES = (
    "ledger/2025-09.csv", "ledger/2025-07.xlsx", "subsidies/2025Q3.csv", "powers.yaml",
    "village.yaml", "decisions/2025-08-20-ludeng.md", "notices/2025-09-20-ludeng-zhaopian.md",
)  # fmt: skip


@given(
    st.sampled_from(FILES),
    st.binary(max_size=100) | st.text(max_size=80).map(str.encode),
    st.integers(0, 400),
    st.sampled_from(["replace", "insert", "cut"]),
)
def test_no_bytes_in_a_village_raise(
    villages: Path, name: str, raw: bytes, place: int, how: str
) -> None:
    original = TOWNSHIP / DONGLI / name
    whole = original.read_bytes() if original.is_file() else b""
    changed = {"replace": raw, "insert": whole[:place] + raw + whole[place:], "cut": whole[:place]}
    path = write(villages / DONGLI, name, changed[how])
    try:
        found = examine(villages)
        assert found.names("xicun") == SOUND.names("xicun")
        assert {p.village for p in found.problems} <= {"dongli"}
        for problem in found.problems:
            assert "\n" not in str(problem)
            str(problem).encode()
        for data in found.villages.values():  # what is left can be shown
            record_views(village_records(data, real_content()[0], TODAY))
    finally:
        path.unlink()
        if original.is_file():
            write(villages / DONGLI, name, whole)


# --- content/ ------------------------------------------------------------------------------


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def codes_of(content: Path) -> list[str]:
    return examine(TOWNSHIP, content).codes()


def test_content_as_it_stands_is_sound() -> None:
    assert real_content()[1] == ()


@pytest.mark.parametrize("name", ["site.yaml", "catalogue.yaml", "masks.yaml"])
def test_without_what_all_stands_on_nothing_is_read(content: Path, name: str) -> None:
    (content / name).unlink()
    shared, faults = read_content(content)
    assert shared is None
    assert [(p.code, p.source.file) for p in faults] == [("file-unreadable", f"content/{name}")]


@pytest.mark.parametrize(
    ("name", "text", "codes"),
    [
        ("tabels/a.yaml", "x", ["file-unknown"]),
        ("tables/a.yml", "x", ["file-unknown"]),
        ("articles/a.docx", "x", ["file-unknown"]),
        ("tables/z.yaml", "name: ledger\ntitle: 甲\nfields: []\n", ["id-duplicate"]),
        ("tables/a.yaml", "name: a\ntitle: 甲\nfields: []\nprimaryKey: 编号\n", ["setting-unknown"]),
        (
            "tables/a.yaml",
            "name: a\ntitle: 甲\nfields: [{name: 甲, type: string, link: decision}]\n",
            ["setting-unknown"],
        ),
        (
            "tables/a.yaml",
            "name: a\ntitle: 甲\nfields:\n  - {name: 甲, type: string, aliases: [丙]}\n"
            "  - {name: 乙, type: string, aliases: [丙]}\n",
            ["id-duplicate"],
        ),
        (
            "rules/a.yaml",
            "id: national\ntitle: 甲\n",
            ["id-duplicate"],
        ),
        (
            "rules/z.yaml",
            "id: z\ntitle: 甲\nbase: nation\nvalues:\n  - {rule: due_days, days: 3, items: [leger], "
            "certainty: read, basis: {title: 乙, effective: 2020-01-01}}\n",
            ["setting-unknown", "setting-unknown"],
        ),
    ],
)  # fmt: skip
def test_faults_of_content(content: Path, name: str, text: str, codes: list[str]) -> None:
    write(content, name, text)
    assert codes_of(content) == codes


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("rules: national", "rules: nowhere", ["setting-unknown"]),
        ("masks: default", "masks: nobody", ["setting-unknown"]),
        ("id: mailbox", "id: hotline", ["id-duplicate"]),
        ("towns:\n", "towns: []\ntown:\n", ["key-missing", "key-unknown"]),
    ],
)
def test_faults_of_the_settings(content: Path, old: str, new: str, codes: list[str]) -> None:
    site = (content / "site.yaml").read_text("utf-8")
    write(content, "site.yaml", site.replace(old, new))
    assert sorted(set(codes_of(content)) - {"channel-unknown"}) == codes
