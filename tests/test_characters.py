"""Lost characters are problems where they stand, private code points are read where they are known."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from generator.intake.characters import STANDARD
from tests.township import Found, examine, township, write

FOLDER = Path("villages/qingshi/dongli")
HEAD = "户主,组别,救助类别,金额,救助日期,备注\n"
FOOT = "公开日期,2025-10-08\n"


def relief(tmp_path: Path, *rows: str) -> Found:
    township(tmp_path)
    write(tmp_path / FOLDER, "relief/2025Q3.csv", HEAD + "".join(f"{r}\n" for r in rows) + FOOT)
    return examine(tmp_path / "villages")


def told(found: Found) -> list[tuple[str, int, str]]:
    return [(p.code, p.source.row, p.source.column) for p in found.problems]


@pytest.mark.parametrize(
    "name",
    [
        "周?满",
        "周？满",
        "周满?",
        "林\ufffd和",
        "秦□",
        "高〓",
        "赵&#19886;",
        "赵&#x4DAE;",
        "何\ue000",
        "贾\ue815",
    ],
)
def test_a_name_with_a_lost_character_is_named_with_its_row(tmp_path: Path, name: str) -> None:
    found = relief(
        tmp_path, "方大田,一组,受灾,300,2025-08-09,", f"{name},二组,受灾,300,2025-08-09,"
    )
    assert told(found) == [("character-name", 3, "户主")]
    assert "relief/2025Q3" not in found.names("dongli")
    assert "备注" in found.problems[0].hint


def test_a_number_of_a_character_says_which(tmp_path: Path) -> None:
    found = relief(tmp_path, "赵&#19886;,二组,受灾,300,2025-08-09,")
    assert "（是“䶮”的编号）" in found.problems[0].message


def test_in_a_text_a_question_is_a_question(tmp_path: Path) -> None:
    found = relief(tmp_path, "方大田,一组,受灾,300,2025-08-09,谁去看的？老方?")
    assert found.problems == ()


def test_a_text_with_a_lost_character_is_told(tmp_path: Path) -> None:
    found = relief(tmp_path, "方大田,一组,受灾,300,2025-08-09,屋顶\ufffd\ufffd")
    assert told(found) == [("character-lost", 2, "备注")]


def test_a_known_private_code_point_is_read_and_said(tmp_path: Path) -> None:
    found = relief(tmp_path, "何\ue863,二组,受灾,300,2025-08-09,")
    assert [(p.code, p.severity, p.source.row) for p in found.problems] == [
        ("character-private", "notice", 2)
    ]
    records = {f"{r.item}/{r.key}": r for r in found.villages["dongli"].records}
    assert records["relief/2025Q3"].content.rows[0].values["户主"] == "何䶮"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("水费该交多少？", "谁来收?", []),
        ("水费多少?看这里", "行", []),
        ("??村公告", "行", [("character-lost", 2)]),
        ("关于□□的公告", "行", [("character-lost", 2)]),
        ("公告", "第一行\n第\ufffd行", [("character-lost", 6)]),
        ("公告", "锟斤拷", [("character-lost", 5)]),
        ("公\ue863告", "请看\ue863字", [("character-private", 2), ("character-private", 5)]),
    ],
)
def test_titles_and_bodies(
    tmp_path: Path, title: str, body: str, expected: list[tuple[str, int]]
) -> None:
    township(tmp_path)
    text = f"---\ntitle: {title}\ndate: 2025-09-20\n---\n{body}\n"
    write(tmp_path / FOLDER, "notices/2025-09-20-a.md", text)
    found = examine(tmp_path / "villages")
    assert [(p.code, p.source.row) for p in found.problems] == expected


def test_a_village_with_a_lost_character_in_a_name_is_left_out(tmp_path: Path) -> None:
    township(tmp_path)
    path = tmp_path / FOLDER / "village.yaml"
    path.write_text(path.read_text("utf-8").replace("邵文", "邵?"), "utf-8")
    found = examine(tmp_path / "villages")
    assert {p.code for p in found.problems} == {"character-name", "village-left-out"}
    assert "dongli" not in found.villages


def test_every_reading_is_that_of_the_national_standard() -> None:
    """Against the C library's tables, which have both editions."""
    if shutil.which("iconv") is None:
        pytest.skip("no iconv here")
    for code, char in STANDARD.items():
        place = code - 0xE815
        low = 0x50 + place if place <= 0x2E else 0x51 + place
        command = ["iconv", "-f", "gb18030", "-t", "utf-8"]
        done = subprocess.run(command, input=bytes((0xFE, low)), capture_output=True, check=True)
        assert done.stdout.decode() == char
    assert len(STANDARD) == 66
    assert not any("\ue000" <= char <= "\uf8ff" for char in STANDARD.values())
