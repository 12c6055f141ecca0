"""Every kind of problem: the input that gives it, and the report that a clerk reads.

A folder of tests/fixtures/problems/ is laid over the fixture township and content/. Before that
its `remove.txt` lists files to take away, its `edit.txt` words to change in a long file, as lines
of `path | old | new`, its `link.txt` links to make as `path | target`, its `size.txt` files that
are too large to keep here as `path | bytes`. `pytest tests/test_problems.py --bless` writes the reports anew: read each
as the clerk who gets it.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.problems import Problem, Source, files_with_errors, in_order, problem
from generator.problems.kinds import KINDS
from generator.problems.kinds.forms import FORMS
from tests.township import CONTENT, ROOT, TOWNSHIP, Found, examine

PROBLEMS = ROOT / "tests" / "fixtures" / "problems"
FOLDERS = sorted(path.name for path in PROBLEMS.iterdir())
ELSEWHERE = {
    **dict.fromkeys(FORMS, "asked when a workbook is imported: tests/test_forms.py"),
    "board-full": "found when the drawn sheets are laid out on their boards",
    "glyph-missing": "found while a sheet is drawn",
    "posted-unchecked": "found where no program reads codes: tests/test_posted.py",
    "poster-failed": "found while a sheet is drawn",
    "posters-unavailable": "found when the drawing libraries are missing",
    **dict.fromkeys(
        ("village-stale", "village-gone", "record-stale", "record-gone", "record-down"),
        "found where an earlier build published it: tests/test_remaining.py",
    ),
    **dict.fromkeys(
        ("village-unapproved", "approval-missing"),
        "found where content is reviewed: tests/test_approval.py",
    ),
    "explanation-idle": "found when rules have looked: tests/test_warnings.py",
    **dict.fromkeys((code for code in KINDS if code.startswith("import-")), "asked by import"),
}


def lines_of(path: Path) -> list[str]:
    """The lines of a file, none where there is no file."""
    return path.read_text("utf-8").splitlines() if path.is_file() else []


def found_in(overlay: Path, target: Path) -> Found:
    """What is found in the township with an overlay."""
    villages = target / "villages"
    shutil.copytree(TOWNSHIP, villages)
    removed, edited = lines_of(overlay / "remove.txt"), lines_of(overlay / "edit.txt")
    named = any(line.startswith("content/") for line in (*removed, *edited))
    content = target / "content" if named or (overlay / "content").is_dir() else None
    if content:
        shutil.copytree(CONTENT, content)
    for name in removed:
        (target / name).unlink()
    for line in edited:
        name, old, new = line.split(" | ")
        text = (target / name).read_text("utf-8")
        assert old in text, line
        (target / name).write_text(text.replace(old, new, 1), "utf-8")
    for name in ("content", "villages"):
        if (overlay / name).is_dir():
            shutil.copytree(overlay / name, target / name, dirs_exist_ok=True)
    for line in lines_of(overlay / "link.txt"):
        name, aim = line.split(" | ")
        (target / name).symlink_to(target / aim)
    for line in lines_of(overlay / "size.txt"):
        name, size = line.split(" | ")
        with (target / name).open("wb") as file:
            file.truncate(int(size))
    return examine(villages, content)


@dataclass(frozen=True)
class Case:
    """A folder of problems, the tree that it was laid over, and what was found there."""

    name: str
    tree: Path
    found: Found


@pytest.fixture(scope="module", params=FOLDERS)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    tree = tmp_path_factory.mktemp("problems")
    return Case(request.param, tree, found_in(PROBLEMS / request.param, tree))


@pytest.fixture(scope="module")
def sound() -> Found:
    return examine(TOWNSHIP)


def test_the_township_has_no_problem(sound: Found) -> None:
    found = sound
    assert found.problems == ()
    assert {village: len(data.records) for village, data in found.villages.items()} == {
        "dongli": 9,
        "xicun": 5,
    }
    assert [o.power.id for o in found.villages["dongli"].overrides] == [
        "expense-reimbursement",
        "threshing-floor",
    ]


def test_report(case: Case, request: pytest.FixtureRequest) -> None:
    report = "".join(f"{p}\n" for p in case.found.problems)
    assert case.name in case.found.codes(), report
    expected = PROBLEMS / case.name / "report.txt"
    if request.config.getoption("--bless"):
        expected.write_text(report, "utf-8")
    assert report == expected.read_text("utf-8")


def test_a_fault_costs_only_the_file_that_it_stands_in(case: Case, sound: Found) -> None:
    found = case.found
    faulty = files_with_errors(found.problems)
    if any(file.startswith("content/") for file in faulty):
        assert found.villages == {}
        return
    assert found.names("xicun") == sound.names("xicun")
    assert {p.village for p in found.problems} <= {"dongli", ""}
    if "village-left-out" in found.codes():
        assert "dongli" not in found.villages
        return
    kept = {
        f"{record.item}/{record.key}"
        for record in sound.villages["dongli"].records
        if (file := record.source.file.replace("township/", "villages/", 1)) not in faulty
        and (case.tree / file).is_file()
    }
    assert kept <= found.names("dongli")
    assert not {r.source.file for r in found.villages["dongli"].records} & faulty
    assert not {o.power.source.file for o in found.villages["dongli"].overrides} & faulty


def test_every_kind_is_shown_in_a_report() -> None:
    shown = {
        match[1]
        for name in FOLDERS
        for match in re.finditer(
            r"^[^:]+:\d+:(?: \[[^\]]*\])? ([a-z0-9-]+): ",
            (PROBLEMS / name / "report.txt").read_text("utf-8"),
            re.MULTILINE,
        )
    }
    for kind in KINDS:
        pattern = re.escape(kind).replace(re.escape("{table}"), "[a-z-]+")
        if kind not in ELSEWHERE:
            assert any(re.fullmatch(pattern, code) for code in shown), kind


def test_messages_are_whole_sentences_that_name_nothing_foreign_but_files_and_keys() -> None:
    for kind in KINDS.values():
        for text in (kind.message, kind.hint):
            assert text.endswith(("。", "}")), text
        words = set(re.findall(r"[A-Za-z][A-Za-z.]+", re.sub(r"\{\w+\}", "", kind.message)))
        assert words <= {"village.yaml", "site.yaml", "towns", "accounts"}, kind.message


def test_problems_are_reported_once_and_in_order() -> None:
    first = problem("village-missing", Source("a", 3))
    second = problem("village-missing", Source("b", 1))
    assert in_order([second, first, second]) == (first, second)


def test_a_problem_is_one_line_however_long_the_value() -> None:
    found: Problem = problem("key-unknown", Source("a", 1, "b"), value="甲\n乙 " * 99, nearest="")
    assert "\n" not in str(found)
    assert len(found.value) == 61
    assert found.value.endswith("…")


def test_a_value_from_an_old_file_system_can_be_printed() -> None:
    found = problem("file-unknown", Source("a"), value="\udcd6\udcd0.csv", expected="")
    assert found.value == "??.csv"
    str(found).encode()
