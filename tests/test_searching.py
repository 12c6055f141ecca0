"""The search over all villages: merged again it has the bytes of one that is merged anew."""

from __future__ import annotations

import io
import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest

from generator.keeping import Bench, Made
from generator.output.draft import drafting
from generator.output.files import OutputFile
from generator.render.search import documents_by_month, make_part, render_months, render_texts
from generator.render.search.parts import BUCKETS, DamagedPartError, read_buckets
from generator.searching import Above, make_search
from generator.settings import Settings
from generator.shelf import shelve
from generator.views.entries import SearchEntry
from tests.killed import tree
from tests.searching import said_by_shards, said_by_texts

TODAY = date(2025, 10, 10)
OWN = [SearchEntry("glossary/", f"词语{n}", f"说明{n * 3}") for n in range(30)]
Villages = Mapping[str, Sequence[SearchEntry]]


@pytest.fixture(autouse=True)
def many_shards() -> Iterator[None]:
    """Of small villages."""
    with (
        patch("generator.render.search.shards._FEWER", 3),
        patch("generator.render.search.shards._HEAD", 20),
    ):
        yield


def entries_of(village: str, number: int = 12) -> list[SearchEntry]:
    pick = random.Random(village)
    entries = []
    for n in range(number):
        day = date(2025, pick.randint(1, 9), pick.randint(1, 28))
        words = "".join(pick.choices("路灯水泥沟渠桥坝工资保险", k=9))
        title = f"{village}村第{n}份"
        entries.append(SearchEntry(f"v/{village}/{n}/", title, f"支付{words}{n * 7}.00元", day=day))
    return entries


def made_of(
    villages: Villages, folder: Path, *, keeps: bool = True, known: Collection[str] = ()
) -> tuple[str, ...]:
    """Make the search of a site in a folder; the paths that changed. Of villages that are `known`
    no part is looked at before."""
    site = folder / "site"
    cache = folder / "kept" if keeps else None
    settings = Settings(folder, folder, folder, site, TODAY, cache=cache)
    before = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    with drafting(site) as draft:
        bench = Bench(None, settings, "print" if keeps else "", draft)  # type: ignore[arg-type]
        made = {}
        for id, entries in villages.items():
            months = documents_by_month(entries)
            texts = render_texts(f"v/{id}/search", months)
            files = draft.add((*render_months(f"v/{id}/search", months), *texts))
            made[id] = Made("", TODAY, TODAY, files)
            if id not in known:
                shelve(id, made[id], bench, draft)
        search = make_search(
            Above(lambda: OWN), made, bench, lambda f, things: map(partial(f, bench), things)
        )
        there = {file.path for one in (*made.values(), search) for file in one.files}
        return draft.publish(before - there).changed


def parts_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("parts/*/*") if path.is_file()]


def test_edits_by_chance_give_the_bytes_of_a_search_made_anew(tmp_path: Path) -> None:
    chance = random.Random(3)
    villages = {id: entries_of(id) for id in ("bei", "dong", "nan", "xi")}
    for number in range(12):
        made_of(villages, tmp_path)
        made_of(villages, tmp_path / f"{number}", keeps=number % 2 == 0)
        assert tree(tmp_path / "site") == tree(tmp_path / f"{number}" / "site")
        rooms = [path.parents[2].name for path in parts_in(tmp_path / "kept")]
        assert all(rooms.count(id) == 1 for id in (*villages, "_search")), "no earlier ones"
        assert said_by_shards(tmp_path / "site") == said_by_texts(tmp_path / "site")
        id = chance.choice([*villages])
        at = chance.randrange(len(villages[id]))
        edit = chance.choice(("cell", "record", "gone", "village", "village gone", "damage"))
        if edit == "cell":
            changed = replace(villages[id][at], text=f"改为{chance.random()}")
            villages[id] = [*villages[id][:at], changed, *villages[id][at + 1 :]]
        elif edit == "record":
            villages[id] = [*villages[id], *entries_of(f"{id}{number}", 1)]
        elif edit == "gone":
            villages[id] = [*villages[id][:at], *villages[id][at + 1 :]]
        elif edit == "village":
            villages = {**villages, f"a{number}": entries_of(f"a{number}")}
        elif edit == "village gone" and len(villages) > 2:
            villages = {other: villages[other] for other in villages if other != id}
        elif edit == "damage":
            for path in parts_in(tmp_path / "kept")[:2]:
                path.write_bytes(path.read_bytes()[:-9])


def test_what_a_part_lost_is_never_taken_for_its_words() -> None:
    part = make_part(documents_by_month(entries_of("bei")))
    whole = part.table + part.content
    for lost in range(1, 200):
        for rest in (whole[lost:], whole[:-lost], whole[: -lost * 997], b""):
            place = len(rest) - len(part.content)  # by the file's end, as a merge finds it
            with pytest.raises(DamagedPartError):
                read_buckets(io.BytesIO(rest), place, 0, BUCKETS)


@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
def test_a_damaged_part_is_made_anew(tmp_path: Path, damage: str) -> None:
    villages = {id: entries_of(id) for id in ("bei", "dong", "nan")}
    made_of(villages, tmp_path)
    part = next(path for path in parts_in(tmp_path / "kept") if path.parents[2].name == "bei")
    raw = part.read_bytes()
    if damage == "gone":
        part.unlink()
    else:
        part.write_bytes(raw[:-99] if damage == "cut" else raw.replace(b"2", b"3"))
    villages["nan"] = [replace(entry, text=f"{entry.text}和路灯") for entry in villages["nan"]]
    made_of(villages, tmp_path, known=("bei", "dong"))
    made_of(villages, tmp_path / "anew", keeps=False)
    assert tree(tmp_path / "site") == tree(tmp_path / "anew" / "site")
    assert said_by_shards(tmp_path / "site") == said_by_texts(tmp_path / "site")


def test_one_changed_cell_makes_its_own_shards_anew(tmp_path: Path) -> None:
    villages = {id: entries_of(id) for id in ("bei", "dong", "nan", "xi")}
    made_of(villages, tmp_path)
    shards = len(list((tmp_path / "site/search/t").iterdir()))
    assert shards >= 32
    entry = villages["nan"][3]
    changed = [*villages["nan"]]
    changed[3] = replace(entry, text=f"{entry.text}渠")
    with patch("generator.searching.merge_shard", side_effect=AssertionError):
        made_of(villages, tmp_path)  # nothing changed
    paths = made_of({**villages, "nan": changed}, tmp_path)
    assert 1 <= len([path for path in paths if path.startswith("search/t/")]) <= 5
    month = f"{entry.day:%Y-%m}" if entry.day else "0"
    assert [path for path in paths if path.startswith("v/")] == [
        f"v/nan/search/{month}.0.json",
        "v/nan/search/texts.json",
    ]


def test_texts_of_an_earlier_version_are_left_out(tmp_path: Path) -> None:
    site = tmp_path / "site"
    made_of({"bei": entries_of("bei"), "nan": []}, tmp_path)
    (site / "v/nan/search/texts.json").write_text('[["v/nan/", "村", "旧"]]', "utf-8")
    settings = Settings(tmp_path, tmp_path, tmp_path, site, TODAY)
    with drafting(site) as draft:
        bench = Bench(None, settings, "", draft)  # type: ignore[arg-type]
        made = {}
        for id in ("bei", "nan"):
            paths = sorted(
                p.relative_to(site).as_posix() for p in (site / f"v/{id}/search").iterdir()
            )
            held = draft.add([OutputFile(path, (site / path).read_bytes()) for path in paths])
            made[id] = Made("", TODAY, TODAY, held)
        files = make_search(
            Above(lambda: OWN), made, bench, lambda f, things: map(partial(f, bench), things)
        ).files
        draft.publish(())
    assert [file for file in files if file.path == "search/start.json"]
    assert not [said for said in said_by_shards(site) if said[1].startswith("v/nan/")]
