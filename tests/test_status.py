"""`status` says what there is to do in each village, and writes nothing of its own accord."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.commands import publish_here, tree
from tests.township import CONTENT, DONGLI, TOWNSHIP

TODAY, LATER = "2025-10-10", "2025-10-25"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    shutil.copytree(TOWNSHIP, tmp_path / "villages")
    return tmp_path


def status(office: Path, *words: str, today: str = TODAY) -> tuple[int, str]:
    folders = ("--content", str(CONTENT), "--villages", str(office / "villages"))
    result = publish_here("status", *folders, "--today", today, *words, cwd=office)
    return result.returncode, result.stdout or result.stderr


def facts(office: Path, *words: str, today: str = TODAY) -> dict[str, dict[str, object]]:
    _, text = status(office, "--format", "json", *words, today=today)
    return {village["id"]: village for village in json.loads(text)["villages"]}


def titles(village: dict[str, object], kind: str) -> list[tuple[str, str, int]]:
    tasks: list[dict[str, object]] = village["tasks"]  # type: ignore[assignment]
    return [(t["title"], t["day"], t["days"]) for t in tasks if t["kind"] == kind]  # type: ignore[misc]


def test_what_is_late_and_what_falls_due_is_told_by_its_day(office: Path) -> None:
    code, text = status(office, today=LATER)
    village = facts(office, today=LATER)["dongli"]
    late = titles(village, "late")
    assert late
    assert code == 1
    for title, day, days in late:
        assert title in text
        assert days == (date.fromisoformat(LATER) - date.fromisoformat(day)).days > 0
        assert f"晚了 {days} 天" in text
    soon = titles(facts(office)["dongli"], "soon")
    assert {(title, day) for title, day, _ in late} == {(title, day) for title, day, _ in soon}
    assert all("2025-10-10" <= day <= "2025-10-17" for _, day, _ in soon)
    few, many = (
        facts(office, "--days", days, today="2025-10-05")["dongli"] for days in ("5", "30")
    )
    assert set(titles(few, "soon")) < set(titles(many, "soon"))
    assert "最多说到 30 天以后" in status(office, "--days", "31")[1]


def test_what_is_published_is_no_task_any_more(office: Path) -> None:
    ledger = office / "villages" / DONGLI / "ledger" / "2025-09.csv"
    said = titles(facts(office, today="2025-11-12")["dongli"], "late")
    content = ledger.read_bytes()
    ledger.unlink()
    without = titles(facts(office, today="2025-11-12")["dongli"], "late")
    (gone,) = set(without) - set(said)
    assert gone == ("2025年9月收支账", "2025-10-10", 33)
    ledger.write_bytes(content.replace("支出".encode(), "支出？".encode(), 1))
    village = facts(office, today="2025-11-12")["dongli"]
    assert titles(village, "mending") == [gone]
    assert village["errors"]


def test_the_boards_are_as_wall_says(office: Path) -> None:
    village = facts(office)["dongli"]
    up, down = titles(village, "up"), titles(village, "down")
    assert up
    assert f"挂上 {len(up)} 份，取下 {len(down)} 份" in status(office)[1]


def test_a_village_that_nobody_can_read_is_said_to_be_one(office: Path) -> None:
    (office / "villages" / DONGLI / "village.yaml").write_text("name: [", "utf-8")
    code, text = status(office, "--only", "dongli")
    assert code == 1
    assert "dongli：这个村的资料用不了" in text


def test_a_chat_message_speaks_of_towns_and_not_of_boards(office: Path) -> None:
    _, text = status(office, "--format", "chat")
    assert text.startswith("【青石镇公开提醒 10月10日】")
    assert "东里村" in text
    assert "公开栏" not in text


def test_a_workbook_has_a_row_for_each_task(office: Path) -> None:
    village = facts(office, "--only", "东里村", today=LATER)["dongli"]
    before = tree(office)
    assert status(office, "--format", "xlsx", "--only", "东里村", today=LATER)[0] == 1
    assert set(tree(office)) - set(before) == {f"status-{LATER}.xlsx"}
    sheet = load_workbook(office / f"status-{LATER}.xlsx").active
    heading, *rows = sheet.iter_rows(values_only=True)
    assert heading[:4] == ("乡镇", "村", "要办的事", "哪一份")
    assert len(rows) == len(village["tasks"])  # type: ignore[arg-type]
    late = [(row[3], row[4].date().isoformat(), row[5]) for row in rows if row[2] == "逾期没有公开"]
    assert late == titles(village, "late")


def test_nothing_is_written_unless_a_file_is_named(office: Path) -> None:
    before = tree(office)
    status(office)
    assert tree(office) == before
    assert status(office, "--out", "说.txt")[0] == 1
    assert (office / "说.txt").read_text("utf-8").rstrip("\n") == status(office)[1].rstrip("\n")


def test_where_nothing_is_late_all_is_well(office: Path) -> None:
    village = office / "villages" / DONGLI / "village.yaml"
    for folder in village.parent.iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)
    code, text = status(office, "--only", "dongli", today="2025-10-11")
    assert (code, "没有逾期的" in text) == (0, True)


def test_an_unknown_village_is_named(office: Path) -> None:
    code, text = status(office, "--only", "双槐村")
    assert code == 2
    assert "没有这个村：双槐村" in text
