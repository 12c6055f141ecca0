"""Sheets by need: what hangs and what is new is drawn, older records keep the sheet that they had, and
no page offers one that is not there."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from posixpath import normpath

import pytest

from generator.build import BuildResult, Settings, build, verify_site
from generator.compiler import VillageOutput, compile_village
from generator.intake.folders import find_villages
from tests.township import (
    TEMPLATES,
    TODAY,
    few_sheets,
    small_content,
    township,
    write,
)

pytestmark = pytest.mark.usefixtures("each_drawn_once")

OVER = "v/xicun/ledger/2025Q2/"
OLD_LEDGER = "qingshi/xicun/ledger/2025Q2.csv"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    places = (tmp_path / "content", township(tmp_path), TEMPLATES, tmp_path / "site", TODAY)
    return Settings(*places, sheets="due", cache=tmp_path / "kept")


def compiled(settings: Settings, village: str = "xicun") -> VillageOutput:
    shared = few_sheets()
    folders = find_villages(settings.villages, shared)[0]
    return compile_village(next(f for f in folders if f.id == village), shared, settings)


def only(villages: Path, item: str) -> None:
    """Take away what is about anything else."""
    for record in villages.glob("*/*/*/*"):
        if record.parent.name != item:
            record.unlink()


def files_of(output: VillageOutput) -> dict[str, bytes]:
    return {file.path: file.content for file in output.files}


def need_all_there(files: dict[str, bytes]) -> None:
    """Each file of a sheet that anything of the village names is there, and each is named."""
    texts = {p: c.decode() for p, c in files.items() if p.endswith((".html", ".json", ".xml"))}
    for path, text in texts.items():
        folder = path.rpartition("/")[0]
        for name in re.findall(r'href="([a-z0-9/._-]*(?:poster|wall)[a-z-]*\.(?:pdf|png))"', text):
            assert normpath(f"{folder}/{name}") in files, (path, name)
        for address in re.findall(r"(v/xicun/[a-z0-9A-Z/._-]*poster[a-z-]*\.(?:pdf|png))", text):
            assert address in files, (path, address)
    for path in files:
        if path.endswith("poster.pdf"):
            assert 'href="poster.pdf"' in texts[f"{path.removesuffix('poster.pdf')}index.html"]


def test_where_nothing_is_kept_what_does_not_hang_has_no_sheet(settings: Settings) -> None:
    bare = files_of(compiled(replace(settings, cache=None)))
    first = compiled(settings)
    assert files_of(first) == bare
    assert f"{OVER}index.html" in bare
    assert f"{OVER}poster.pdf" not in bare
    assert b"poster" not in bare[f"{OVER}index.html"]
    assert "v/xicun/ledger/2025Q3/poster.pdf" in bare
    assert "v/xicun/wall.pdf" in bare
    need_all_there(bare)


def test_sheets_that_were_drawn_stay_and_what_is_new_is_drawn(settings: Settings) -> None:
    everything = compiled(replace(settings, sheets="all"))
    again = compiled(settings)
    assert files_of(again) == files_of(everything)
    assert (again.drawn, again.kept) == (0, everything.drawn)
    old = files_of(everything)[f"{OVER}poster.pdf"]
    # A record whose days are over is corrected: its sheet is drawn once more.
    text = (settings.villages / OLD_LEDGER).read_text("utf-8-sig").rstrip()
    write(settings.villages, OLD_LEDGER, f"{text}\n更正,2025-10-09,办公用品是两盒\n")
    corrected = compiled(settings)
    assert corrected.drawn == 1
    new = files_of(corrected)[f"{OVER}poster.pdf"]
    assert new != old
    need_all_there(files_of(corrected))
    assert files_of(compiled(settings)) == files_of(corrected)


def test_a_sheet_that_was_new_stays_as_it_was_when_its_days_are_over(settings: Settings) -> None:
    url = "v/xicun/ledger/2025Q3/poster.pdf"
    only(settings.villages, "ledger")
    first = compiled(settings)
    later = replace(settings, today=date(2026, 3, 1))
    after = compiled(later)
    assert files_of(after)[url] == files_of(first)[url]
    assert url not in files_of(compiled(replace(later, cache=None)))
    assert files_of(compiled(replace(later, sheets="all")))[url] != files_of(first)[url]
    # Under another address it would lead nowhere.
    moved = files_of(compiled(replace(later, base_url="https://moved.example")))
    assert url not in moved
    need_all_there(moved)


def test_names_that_came_down_are_on_no_kept_sheet(settings: Settings) -> None:
    url = "v/dongli/subsidies/2025Q3/poster.pdf"
    only(settings.villages, "subsidies")
    first = files_of(compiled(settings, "dongli"))
    after = files_of(compiled(replace(settings, today=date(2025, 11, 1)), "dongli"))
    assert after[url] != first[url]
    assert (
        after[url] == files_of(compiled(replace(settings, today=date(2026, 3, 1)), "dongli"))[url]
    )


def test_a_build_with_many_villages_draws_what_is_due(settings: Settings) -> None:
    assert replace(settings, sheets="").of_many(20).sheets == "all"
    assert replace(settings, sheets="").of_many(21).sheets == "due"
    assert settings.of_many(3).sheets == "due"


def test_nothing_is_drawn_twice(tmp_path: Path) -> None:
    small_content(tmp_path)
    villages = township(tmp_path)
    only(villages, "ledger")
    places = (tmp_path / "content", villages, TEMPLATES, tmp_path / "site")
    settings = Settings(*places, TODAY, sheets="due", cache=tmp_path / "kept")
    first = build(replace(settings, today=TODAY - timedelta(days=30)), print)
    then = build(settings, print)
    again: BuildResult = build(settings, print)
    assert (first.drawn > 0, then.drawn > 0, again.drawn) == (True, True, 0)
    assert again.changes.changed == ()
    assert not verify_site(settings.out).findings
