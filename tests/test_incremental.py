"""A build that keeps what did not change gives the bytes of one that makes everything."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from generator.build import BuildResult, CannotBuildError, build, verify_site
from generator.output.draft import UNCHANGED, Draft
from tests.commands import listening, tree
from tests.edits import Office
from tests.killed import kill_builds, settings_of, try_edits
from tests.township import write


def built(office: Office, folder: Path) -> tuple[BuildResult, list[str]]:
    told: list[str] = []
    return build(settings_of(office, folder / "site", folder / "kept"), listening(told)), told


def clean(office: Office, folder: Path) -> tuple[BuildResult, dict[str, bytes]]:
    result = build(settings_of(office, folder, None), lambda _: None)
    return result, tree(folder)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, Path]:
    """An office with a built site."""
    folder = tmp_path_factory.mktemp("before")
    office = Office(folder, 0)
    built(office, folder)
    return office, folder


@pytest.fixture
def office(before: tuple[Office, Path], tmp_path: Path) -> Office:
    """A copy of it in the test's folder, to change."""
    shutil.copytree(before[1], tmp_path, dirs_exist_ok=True)
    return before[0].moved(before[1], tmp_path)


def test_edits_by_chance_give_the_bytes_of_a_build_of_everything(tmp_path: Path) -> None:
    try_edits(tmp_path, 6, seed=0)  # `python -m tests.killed` tries many


class CutShortError(Exception):
    """Stands for whatever ends a build."""


def test_pages_can_be_looked_at_before_all_else_is_made(office: Office, tmp_path: Path) -> None:
    known = {id: one for id, one in built(office, tmp_path)[0].made.items() if id != "dongli"}
    before, seen = tree(tmp_path / "site"), dict[str, bytes]()
    ledger = office.villages / "qingshi" / "dongli" / "ledger" / "2025-08.csv"
    ledger.write_text(ledger.read_text("utf-8").replace("村部电费", "村部水费"), "utf-8")
    settings = settings_of(office, tmp_path / "site", tmp_path / "kept")

    def look(draft: Draft) -> None:
        seen.update(tree(draft.files))
        raise CutShortError

    with pytest.raises(CutShortError):
        build(settings, lambda _: None, known=known, prepared=look)
    assert tree(tmp_path / "site") == before
    assert "村部水费" in seen["v/dongli/ledger/2025-08/index.html"].decode()
    assert "v/dongli/ledger/2025-08/data.csv" in seen
    assert not [path for path in seen if not path.startswith("v/dongli/") or "search" in path]
    build(settings, lambda _: None, known=known)
    after = tree(tmp_path / "site")
    assert after == clean(office, tmp_path / "anew")[1]
    assert {path: after[path] for path in seen} == seen


def test_nothing_is_made_where_nothing_changed(tmp_path: Path) -> None:
    office = Office(tmp_path, 0)
    first, told = built(office, tmp_path)
    assert [line.partition("：")[0] for line in told] == ["东里村", "西村"]
    assert set(first.changes.changed) == set(tree(tmp_path / "site"))
    stamps = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*")}
    again, told = built(office, tmp_path)
    assert told == ["没有变化、沿用上次的：2 个村"]
    assert (again.changes.changed, again.changes.removed) == ((), ())
    assert again.problems == first.problems
    assert replace(again, changes=first.changes, unchanged=0) == first
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*")} == stamps


def test_one_cell_makes_one_village_and_says_what_changed(office: Office, tmp_path: Path) -> None:
    ledger = office.villages / "qingshi/xicun/ledger/2025Q3.csv"
    text = ledger.read_text("utf-8-sig")
    ledger.write_text(text.replace("修水渠工钱", "修水渠人工费"), "utf-8")
    before = tree(tmp_path / "site")
    result, told = built(office, tmp_path)
    assert [line.partition("：")[0] for line in told] == ["没有变化、沿用上次的", "西村"]
    after = tree(tmp_path / "site")
    changed = {path for path in after if after[path] != before.get(path)}
    assert set(result.changes.changed) == changed
    assert "v/xicun/ledger/2025Q3/index.html" in changed
    assert not [path for path in changed if path.startswith("v/dongli/")]


def test_only_what_is_not_known_is_looked_at(tmp_path: Path) -> None:
    office = Office(tmp_path, 0)
    settings = settings_of(office, tmp_path / "site", tmp_path / "kept")
    first = build(settings, lambda _: None)
    before = tree(tmp_path / "site")
    ledger = office.villages / "qingshi/xicun/ledger/2025Q3.csv"
    ledger.write_text(ledger.read_text("utf-8-sig").replace("修水渠工钱", "修水渠人工费"), "utf-8")
    assert build(settings, lambda _: None, known=first.made).changes == UNCHANGED
    others = {id: made for id, made in first.made.items() if id != "xicun"}
    assert build(settings, lambda _: None, known=others).changes != UNCHANGED
    after = tree(tmp_path / "site")
    assert after != before
    assert after == clean(office, tmp_path / "anew")[1]
    flips = replace(settings, today=first.made["dongli"].last + timedelta(days=1))
    said: list[str] = []
    build(flips, listening(said), known=first.made)
    assert "东里村" in [line.partition("：")[0] for line in said]


def test_an_edit_that_leaves_size_and_date_as_they_were_is_seen(
    office: Office, tmp_path: Path
) -> None:
    with patch("generator.keeping._GRAIN", 0):
        built(office, tmp_path)
        assert built(office, tmp_path)[0].changes == UNCHANGED
        ledger = office.villages / "qingshi/xicun/ledger/2025Q3.csv"
        times, text = ledger.stat(), ledger.read_bytes()
        ledger.write_bytes(text.replace("修水渠".encode(), "挖水渠".encode()))
        assert ledger.stat().st_size == times.st_size
        os.utime(ledger, ns=(times.st_atime_ns, times.st_mtime_ns))
        assert built(office, tmp_path)[0].changes != UNCHANGED


def test_a_damaged_page_and_a_damaged_entry_are_made_again(office: Office, tmp_path: Path) -> None:
    before = tree(tmp_path / "site")
    (tmp_path / "site/v/xicun/index.html").write_text("damaged")
    for state in (tmp_path / "kept").rglob("dongli/st/ate"):
        state.write_bytes(state.read_bytes()[:-9])
    _, told = built(office, tmp_path)
    assert [line.partition("：")[0] for line in told] == ["东里村", "西村"]
    assert tree(tmp_path / "site") == before


def test_days_on_which_nothing_flips_make_nothing(office: Office, tmp_path: Path) -> None:
    quiet = 0
    for _ in range(2):
        office.today += timedelta(days=1)
        _, told = built(office, tmp_path)
        quiet += any(line.endswith("：2 个村") for line in told)
        _, expected = clean(office, tmp_path / str(office.today))
        assert tree(tmp_path / "site") == expected
    assert quiet


def test_on_a_day_for_the_round_of_the_boards_nothing_else_is_made(
    office: Office, tmp_path: Path
) -> None:
    office.today = date(2025, 10, 11)
    made = built(office, tmp_path)[0].made
    before = villages_of(tmp_path / "site")
    office.today = made["xicun"].last + timedelta(days=1)
    assert office.today <= made["xicun"].still[1]
    with (
        patch("generator.compiler.RENDERERS", ()),
        patch("generator.compiler._texts", side_effect=AssertionError),
    ):
        built(office, tmp_path)
    after = villages_of(tmp_path / "site")
    changed = {path for path in before | after if before.get(path) != after.get(path)}
    assert changed == {
        f"v/{id}/{file}" for id in made for file in ("wall/index.html", "manifest.json")
    }
    clean(office, tmp_path / "anew")
    assert after == villages_of(tmp_path / "anew")


def test_on_a_day_on_which_a_display_ends_nothing_is_derived(
    office: Office, tmp_path: Path
) -> None:
    office.today = date(2025, 10, 19)
    notice = "---\ntitle: 清沟渠的通知\ndate: 2025-10-04\n---\n\n请大家清理门前沟渠。\n"
    write(office.villages / "qingshi" / "dongli", "notices/2025-10-04-gouqu.md", notice)
    built(office, tmp_path)
    before = tree(tmp_path / "site")
    office.today = date(2025, 10, 20)
    with (
        patch("generator.compiler._derive", side_effect=AssertionError),
        patch("generator.compiler.RENDERERS", ()),
        patch("generator.compiler._texts", side_effect=AssertionError),
    ):
        built(office, tmp_path)
    after = tree(tmp_path / "site")
    changed = {path for path in before | after if before.get(path) != after.get(path)}
    own = {path.removeprefix("v/dongli/") for path in changed if path.startswith("v/dongli/")}
    assert {"notices/index.html", "index.html", "manifest.json"} <= own
    assert not {path for path in own if path.endswith((".json", ".csv"))} - {"manifest.json"}
    assert "v/xicun/manifest.json" not in changed
    assert after == clean(office, tmp_path / "anew")[1]


def villages_of(site: Path) -> dict[str, bytes]:
    """The villages' files."""
    return {path: content for path, content in tree(site).items() if path.startswith("v/")}


def test_a_build_killed_at_any_instant_leaves_a_whole_site(tmp_path: Path) -> None:
    kill_builds(tmp_path, 2, seed=1)


def test_a_village_that_breaks_keeps_its_last_pages_for_a_time(
    office: Office, tmp_path: Path
) -> None:
    good, home = tree(tmp_path / "site"), office.villages / "qingshi/dongli/village.yaml"
    words = home.read_text("utf-8")
    home.write_text("name: [东里村\n", "utf-8")
    office.today += timedelta(days=1)
    result, _ = built(office, tmp_path)
    assert "village-stale" in [found.code for found in result.problems]
    assert result.has_faults
    there = tree(tmp_path / "site")
    assert sorted(there) == sorted(good)
    page = there["v/dongli/ledger/2025-09/index.html"].decode()
    assert "这个村的网页从2025年10月11日起没能更新" in page
    assert not verify_site(tmp_path / "site").findings
    # It says the same on later days, once, whatever else is typed.
    office.today += timedelta(days=1)
    home.write_text(f"name: [东里村 {office.today}\n", "utf-8")
    result, _ = built(office, tmp_path)
    assert tree(tmp_path / "site")["v/dongli/ledger/2025-09/index.html"].decode() == page
    # Its pages find the style sheet that the others have.
    write(office.content, "templates/assets/css/own.css", "p { margin: 0 }\n")
    built(office, tmp_path)
    assert not verify_site(tmp_path / "site").findings
    # The names of the subsidies come down on October 24, so the pages must go as well.
    office.today = date(2025, 10, 24)
    result, _ = built(office, tmp_path)
    assert "village-left-out" in [found.code for found in result.problems]
    assert not [path for path in tree(tmp_path / "site") if path.startswith("v/dongli/")]
    home.write_text(words, "utf-8")
    built(office, tmp_path)
    assert tree(tmp_path / "site") == clean(office, tmp_path / "clean")[1]


def test_parts_that_were_built_apart_make_the_bytes_of_one_build(tmp_path: Path) -> None:
    office = Office(tmp_path, 0)
    parts = []
    for village in ("dongli", "xicun"):
        part = tmp_path / village
        settings = replace(settings_of(office, part / "site", part / "kept"), only=(village,))
        build(settings, lambda _: None)
        (tmp_path / "moved").mkdir(exist_ok=True)
        parts.append(part.rename(tmp_path / "moved" / village))  # as if from another machine
    told: list[str] = []
    whole = settings_of(office, tmp_path / "site", tmp_path / "kept")
    result = build(whole, listening(told), parts)
    anew, expected = clean(office, tmp_path / "clean")
    assert told == ["没有变化、沿用上次的：2 个村"]
    assert tree(tmp_path / "site") == expected
    assert result.problems == anew.problems
    with pytest.raises(CannotBuildError, match="不是做好的一部分"):
        build(whole, listening(told), [tmp_path / "clean"])
