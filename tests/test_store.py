"""Drawn sheets that are kept: the same bytes, taken when they may be, forgotten when unused."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from generator.compiler import VillageOutput, compile_village
from generator.intake.folders import find_villages
from generator.output.store import Store, remembered
from generator.settings import Settings
from tests.township import CONTENT, ROOT, TODAY, TOWNSHIP, few_sheets, township

PARTS = (b"pdf\n\x00", b"", b"png")
KEY = "ab" + "0" * 62


@pytest.fixture
def store(tmp_path: Path) -> Store:
    kept = Store(tmp_path / "cache", tmp_path / "site", "xicun")
    kept.begin()
    return kept


def entries(store: Store) -> list[Path]:
    return sorted(store.folder.glob("*/xicun/??/*"))


def test_what_was_put_is_got(store: Store) -> None:
    assert store.get(KEY) is None
    store.put(KEY, PARTS)
    assert store.get(KEY) == PARTS
    assert Store(store.folder, store.site.with_name("other"), store.room).get(KEY) is None
    assert replace(store, room="dongcun").get(KEY) is None


def test_what_is_kept_is_not_made_again(store: Store) -> None:
    assert remembered(store, KEY, lambda: PARTS) == (PARTS, True)
    assert remembered(store, KEY, lambda: (b"other",)) == (PARTS, False)
    assert remembered(None, KEY, lambda: (b"other",)) == ((b"other",), True)


@pytest.mark.parametrize(
    "spoilt", [b"", b"\n", b"short", b"0" * 64 + b"\n[3]\nabc", b"\xff\xfe\n["]
)
def test_a_damaged_entry_is_made_again(spoilt: bytes, store: Store) -> None:
    store.put(KEY, PARTS)
    (entry,) = entries(store)
    for content in (spoilt, entry.read_bytes()[:-1], entry.read_bytes() + b"x"):
        entry.write_bytes(content)
        assert store.get(KEY) is None
        assert remembered(store, KEY, lambda: PARTS) == (PARTS, True)
        assert store.get(KEY) == PARTS


def test_a_build_that_ignores_what_is_kept_renews_it(store: Store) -> None:
    store.put(KEY, (b"old",))
    full = replace(store, reads=False)
    assert remembered(full, KEY, lambda: PARTS) == (PARTS, True)
    assert store.get(KEY) == PARTS


def test_a_dry_run_reads_and_writes_nothing(store: Store) -> None:
    store.put(KEY, PARTS)
    (entry,) = entries(store)
    os.utime(entry, (1, 1))
    dry = replace(store, writes=False)
    assert dry.get(KEY) == PARTS
    dry.put("cd" + KEY[2:], PARTS)
    dry.begin()
    dry.end()
    assert entries(store) == [entry]
    assert entry.stat().st_mtime == 1


def test_what_a_build_did_not_use_is_forgotten(store: Store) -> None:
    unused = "cd" + KEY[2:]
    store.put(KEY, PARTS)
    store.put(unused, PARTS)
    other = replace(store, room="dongcun")
    other.begin()
    other.put(KEY, PARTS)
    for entry in entries(store):
        os.utime(entry, (1, 1))
    store.begin()
    assert store.get(KEY) == PARTS
    store.end()
    assert store.get(unused) is None
    assert store.get(KEY) == other.get(KEY) == PARTS


def test_rooms_and_sites_that_are_gone_are_forgotten(store: Store) -> None:
    store.site.mkdir()
    gone = replace(store, room="dongcun")
    for one in (store, gone):
        one.put(KEY, PARTS)
    store.keep_rooms(["xicun"])
    assert store.get(KEY) == PARTS
    assert gone.get(KEY) is None
    store.site.rmdir()
    other = replace(store, site=store.site.with_name("other"))
    other.site.mkdir()
    other.keep_rooms([])
    assert store.get(KEY) is None


def test_a_copy_of_site_and_store_is_used_elsewhere(store: Store, tmp_path: Path) -> None:
    store.put(KEY, PARTS)
    moved = tmp_path / "another machine"
    moved.mkdir()
    store.folder.rename(moved / "cache")
    assert Store(moved / "cache", moved / "site", store.room).get(KEY) == PARTS


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file stands in the way", "utf-8")
    store = Store(tmp_path / "cache", tmp_path / "site", "xicun")
    store.begin()
    assert remembered(store, KEY, lambda: PARTS) == (PARTS, True)
    assert store.get(KEY) is None
    store.end()


def test_many_may_write_the_same_at_once(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda _: remembered(store, KEY, lambda: PARTS)[0], range(64)))
    assert set(done) == {PARTS}
    assert store.get(KEY) == PARTS
    assert len(entries(store)) == 1


# ------------------------------------------------------------------------------ whole villages


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    root = tmp_path_factory.mktemp("kept")
    return Settings(
        CONTENT, TOWNSHIP, ROOT / "templates", root / "site", TODAY, cache=root / "cache"
    )


def compiled(settings: Settings) -> VillageOutput:
    shared = few_sheets()
    folder = next(f for f in find_villages(TOWNSHIP, shared)[0] if f.id == "xicun")
    return compile_village(folder, shared, settings)


@pytest.fixture(scope="module")
def first(settings: Settings) -> VillageOutput:
    return compiled(settings)


def test_an_unchanged_village_is_compiled_without_drawing(
    settings: Settings, first: VillageOutput
) -> None:
    assert first.drawn > 0
    assert first.kept == 0
    for again in (compiled(settings), compiled(replace(settings, is_dry=True))):
        assert (again.drawn, again.kept) == (0, first.drawn)
        assert again.files == first.files


def test_the_bytes_are_those_of_sheets_drawn_anew(settings: Settings, first: VillageOutput) -> None:
    full = compiled(replace(settings, full=True))
    assert (full.drawn, full.kept) == (first.drawn, 0)
    assert full.files == first.files


def test_another_address_on_the_sheets_draws_them_all(
    settings: Settings, first: VillageOutput
) -> None:
    moved = compiled(replace(settings, base_url="https://moved.example", is_dry=True))
    assert (moved.drawn, moved.kept) == (first.drawn, 0)


# ------------------------------------------------------------------------- builds without sheets


def test_a_build_that_draws_nothing_leaves_what_is_still_right(
    settings: Settings, first: VillageOutput
) -> None:
    """Page and sheet are of one build's bytes, whichever build it was."""
    undrawn = compiled(replace(settings, sheets="none"))
    assert (undrawn.drawn, undrawn.kept) == (0, first.drawn)
    assert undrawn.files == first.files


def test_a_build_that_draws_nothing_offers_no_sheet_of_a_changed_record(
    settings: Settings, first: VillageOutput, tmp_path: Path
) -> None:
    villages = township(tmp_path)
    ledger = villages / "qingshi" / "xicun" / "ledger" / "2025Q3.csv"
    text = ledger.read_text("utf-8-sig")
    corrected = "更正,2025-10-09,办公用品是两盒"
    ledger.write_text(f"{text.rstrip()}\n{corrected}\n", "utf-8")
    url = "v/xicun/ledger/2025Q3/"
    shared = few_sheets()
    folders = find_villages(villages, shared)[0]
    there = next(f for f in folders if f.id == "xicun")
    output = compile_village(there, shared, replace(settings, sheets="none"))
    files = {file.path: file.content for file in output.files}
    before = {file.path for file in first.files}
    assert f"{url}poster.pdf" in before
    gone = {path for path in before if path not in files}
    assert f"{url}poster.pdf" in gone
    assert "v/xicun/wall.pdf" in gone  # a round that lacks a sheet is none
    assert all(path.startswith((url, "v/xicun/wall")) for path in gone)
    assert b"poster" not in files[f"{url}index.html"]
    assert b"wall.pdf" not in files["v/xicun/wall/index.html"]
    assert output.kept == first.kept + first.drawn - 1


def test_a_build_that_draws_nothing_needs_no_libraries_where_nothing_is_kept(
    settings: Settings, tmp_path: Path
) -> None:
    bare = replace(settings, sheets="none", cache=tmp_path / "empty")
    assert not [file.path for file in compiled(bare).files if "poster" in file.path]
