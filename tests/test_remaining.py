"""What stays public of records that were published and whose files broke or went away."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.build import BuildResult, CannotBuildError, Settings, build, check, verify_site
from generator.keeping import store_of
from generator.model.village import Table
from generator.packed import pack
from generator.published import last_published
from generator.serving import looked_at
from tests.edits import BROKEN
from tests.killed import tree
from tests.township import TEMPLATES, TODAY, small_content, township, write

DONGLI = "qingshi/dongli"
LEDGER, SUBSIDIES = "ledger/2025-09.csv", "subsidies/2025Q3.csv"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A village of the fixture township with its site."""
    folder = tmp_path_factory.mktemp("before")
    small_content(folder)
    shutil.rmtree(township(folder) / "qingshi/xicun")
    build(settings_in(folder), lambda _: None)
    return folder


def settings_in(folder: Path) -> Settings:
    places = (folder / "content", folder / "villages", TEMPLATES, folder / "site")
    return Settings(*places, TODAY, sheets="none", cache=folder / "kept")


@pytest.fixture
def settings(before: Path, tmp_path: Path) -> Settings:
    """A copy of it, a day later."""
    shutil.copytree(before, tmp_path, dirs_exist_ok=True)
    return replace(settings_in(tmp_path), today=TODAY + timedelta(days=1))


def built(settings: Settings) -> tuple[BuildResult, dict[str, bytes]]:
    result = build(settings, lambda _: None)
    assert not verify_site(settings.out).findings
    return result, tree(settings.out)


@pytest.fixture(scope="module")
def good(before: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[date, dict[str, bytes]]:
    """The files of the next two days where nothing breaks."""
    folder, settings = tmp_path_factory.mktemp("good"), settings_in(before)
    days = (TODAY + timedelta(days=1), TODAY + timedelta(days=2))
    return {day: clean(replace(settings, today=day, out=folder / f"{day}/site")) for day in days}


def home(settings: Settings) -> Path:
    return settings.villages / DONGLI


def told(result: BuildResult, code: str) -> list[str]:
    return [p.source.file.partition("dongli/")[2] for p in result.problems if p.code == code]


def code_of(files: dict[str, bytes], url: str) -> str:
    return str(json.loads(files[f"{url}data.json"])["code"])


@pytest.mark.parametrize("name", [LEDGER, SUBSIDIES, "notices/2025-09-20-ludeng-zhaopian.md"])
def test_a_record_that_breaks_stays_as_it_was_and_says_so(
    name: str, settings: Settings, good: dict[date, dict[str, bytes]]
) -> None:
    whole, url = good[settings.today], f"v/dongli/{name.rpartition('.')[0]}/"
    path = home(settings) / name
    content = path.read_bytes()
    path.write_text(BROKEN if path.suffix == ".csv" else "no head\n", "utf-8")
    result, files = built(settings)
    assert told(result, "record-stale") == [name]
    assert result.has_faults
    assert code_of(files, url) == code_of(whole, url)
    page = files[f"{url}index.html"].decode()
    assert "从2025年10月11日起没能更新" in page
    # All that is made of the village says the same as before, sums and search too.
    item = url.split("/")[2]
    pages = {f"{url}index.html", f"{url}data.json", f"v/dongli/{item}/index.html"}
    changed = {p for p in {*whole, *files} if whole.get(p) != files.get(p)}
    above = {"manifest.json", "v/dongli/manifest.json", "supervision/index.html"}
    assert changed == {*pages, *above}
    assert "暂未更新" in files[f"v/dongli/{item}/index.html"].decode()
    # The same on later days, from the same day on; all is well once it is mended.
    later = replace(settings, today=settings.today + timedelta(days=1))
    _, again = built(later)
    assert again[f"{url}index.html"].decode() == page
    path.write_bytes(content)
    mended, files = built(later)
    assert not told(mended, "record-stale")
    assert files == good[later.today]


def clean(settings: Settings) -> dict[str, bytes]:
    out = settings.out.with_name("clean")
    build(replace(settings, out=out, cache=None), lambda _: None)
    return tree(out)


def test_what_was_only_looked_at_was_never_published(settings: Settings) -> None:
    """What a clerk puts in, sees under `serve` and takes back."""
    seen = replace(looked_at(settings), sheets="none")
    page = "v/dongli/ledger/2025-09/index.html"
    assert page in built(seen)[1]
    (home(settings) / LEDGER).unlink()
    result, files = built(seen)
    assert not told(result, "record-gone")
    assert page not in files


def test_a_record_that_goes_away_stays_until_it_is_withdrawn(settings: Settings) -> None:
    good, url = tree(settings.out), "v/dongli/ledger/2025-09/"
    (home(settings) / LEDGER).unlink()
    result, files = built(settings)
    assert told(result, "record-gone") == [LEDGER]
    assert files[f"{url}data.csv"] == good[f"{url}data.csv"]
    words = next(p.hint for p in result.problems if p.code == "record-gone")
    assert "- item: ledger ，" in words
    assert "key: 2025-09 、" in words
    entry = "- item: ledger\n  key: 2025-09\n  title: 2025年9月财务收支\n"
    days = "  published: 2025-10-08\n  date: 2025-10-11\n  reason: 重新做账。\n"
    write(home(settings), "withdrawn.yaml", entry + days)
    result, files = built(settings)
    assert not told(result, "record-gone")
    assert "这份内容已经撤回" in files[f"{url}index.html"].decode()
    assert files == clean(settings)


def test_names_come_down_on_their_day_and_are_kept_nowhere(settings: Settings) -> None:
    url, kept = "v/dongli/subsidies/2025Q3/", settings.out.with_name("kept")
    names = _names(settings)
    assert names
    (home(settings) / SUBSIDIES).unlink()
    _, files = built(settings)
    assert "一组" in files[f"{url}data.csv"].decode()
    assert b"00012345678" not in b"".join(tree(kept).values())
    result, files = built(replace(settings, today=date(2025, 10, 24)))
    assert told(result, "record-gone") == [SUBSIDIES]
    page = files[f"{url}index.html"].decode()
    assert "个人信息已撤下" in page
    assert "从2025年10月11日起没能更新" in page
    everything = b"".join((*files.values(), *tree(kept).values()))
    for name in names:
        assert name.encode() not in everything


def _names(settings: Settings) -> set[str]:
    store = store_of(settings, "dongli")
    last = last_published(store, settings.out)
    assert last is not None
    found = next(kept for kept in last.records if kept.schema == "subsidies")
    assert isinstance(found.record.content, Table)
    return {str(row.values["户主"]) for row in found.record.content.rows}


def test_what_the_gate_finds_comes_down(settings: Settings) -> None:
    url = "v/dongli/ledger/2025-09/"
    path = home(settings) / LEDGER
    text = path.read_text("utf-8-sig")
    lines = text.splitlines()
    where = next(n for n, line in enumerate(lines) if line.startswith("2025-09"))
    cells = lines[where].split(",")
    heads = lines[0].split(",")
    cells[heads.index("摘要")] = "付13900001234话费"
    lines[where] = ",".join(cells)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    for _ in range(2):
        result, files = built(settings)
        assert told(result, "record-down") == [LEDGER]
        page = files[f"{url}index.html"].decode()
        assert "正在核对有没有不该公开的个人信息" in page
        assert "13900001234" not in page
        assert f"{url}data.csv" not in files
        settings = replace(settings, today=settings.today + timedelta(days=1))
    path.write_text(text, "utf-8")
    result, files = built(settings)
    assert not told(result, "record-down")
    assert files == clean(settings)


def test_a_record_for_the_same_days_takes_the_place_of_one_that_is_gone(settings: Settings) -> None:
    path = home(settings) / SUBSIDIES
    path.rename(path.with_name("2025-09.csv"))
    result, files = built(settings)
    assert told(result, "record-down") == [SUBSIDIES]
    page = files["v/dongli/subsidies/2025Q3/index.html"].decode()
    assert "已经另有一份公开" in page
    # Made once more from what is known now it is the same, also where it says for which days.
    for state in settings.out.with_name("kept").rglob("st/ate"):
        state.unlink()
    assert built(settings)[1] == files


def test_an_update_of_the_program_takes_no_address_away(settings: Settings) -> None:
    """What another version kept of records cannot be read: those that break now answer with a notice, until
    they are mended. The others are as they were."""
    store = store_of(settings, "dongli")
    assert store is not None
    store.put("records", (pack(("another", "kind")),))
    path = home(settings) / LEDGER
    text = path.read_bytes()
    path.write_text(BROKEN, "utf-8")
    result, files = built(settings)
    assert told(result, "record-down") == [LEDGER]
    assert "这一份正在重新整理" in files["v/dongli/ledger/2025-09/index.html"].decode()
    assert "v/dongli/subsidies/2025Q3/data.csv" in files
    again, _ = built(settings)
    assert told(again, "record-down") == [LEDGER]
    path.write_bytes(text)
    result, files = built(settings)
    assert told(result, "record-down") == []
    assert "v/dongli/ledger/2025-09/data.csv" in files


def test_a_folder_that_got_another_name_is_told_and_can_have_it_back(settings: Settings) -> None:
    """What vanishes, and under which name it may be now; with the old name all addresses answer again."""
    before = {path for path in tree(settings.out) if path.startswith("v/dongli/")}
    old, new = home(settings), home(settings).with_name("donglicun")
    old.rename(new)
    checked = check(settings, lambda _: None)
    result, files = built(settings)
    for found in (checked, result):
        (gone,) = (str(p) for p in found.problems if p.code == "village-gone")
        for words in (
            "（东里村，9 份公开内容）",
            "改回 dongli（现在是不是叫 villages/qingshi/donglicun？）",
        ):
            assert words in gone
    assert not [path for path in files if path.startswith("v/dongli/")]
    new.rename(old)
    result, files = built(settings)
    assert before <= files.keys()
    assert [p.value for p in result.problems if p.code == "village-gone"] == ["donglicun"]
    assert "village-gone" not in [p.code for p in built(settings)[0].problems]


def test_a_wrong_folder_of_villages_empties_no_site(settings: Settings) -> None:
    before = tree(settings.out)
    (settings.villages.parent / "other").mkdir()
    with pytest.raises(CannotBuildError, match="多半是 --villages 写错了"):
        build(replace(settings, villages=settings.villages.parent / "other"), lambda _: None)
    settings.villages.joinpath("qingshi").rename(settings.villages / "qingshizhen")
    with pytest.raises(CannotBuildError, match="的 towns 里登记"):
        build(settings, lambda _: None)
    assert tree(settings.out) == before


@pytest.mark.parametrize("out", ["villages", "villages/qingshi/neu", "content", "."])
def test_no_site_is_written_among_what_it_is_made_of(out: str, settings: Settings) -> None:
    """Nor around it: who carries such a folder to the net carries what is private along."""
    root = settings.villages.parent
    before = tree(root)
    with pytest.raises(CannotBuildError, match="请用 --out 另写一个文件夹"):
        build(replace(settings, out=root / out), lambda _: None)
    assert tree(root) == before


def test_a_village_whose_own_file_is_gone_keeps_its_pages(settings: Settings) -> None:
    before = {path for path in tree(settings.out) if path.startswith("v/dongli/")}
    path = home(settings) / "village.yaml"
    path.rename(path.with_name("village.yaml.txt"))
    result, files = built(settings)
    own = [p.code for p in result.problems if p.severity == "error"]
    assert own == ["village-missing", "village-stale"]
    assert before == {path for path in files if path.startswith("v/dongli/")}


def test_that_holds_for_a_village_that_lies_in_no_town_as_well(settings: Settings) -> None:
    own = settings.villages / "dongli"
    home(settings).rename(own)
    built(settings)
    (own / "village.yaml").unlink()
    result, files = built(settings)
    assert told(result, "village-missing") == told(result, "village-stale") == [""]
    assert "v/dongli/index.html" in files


def test_nothing_is_invented_where_nothing_is_kept(settings: Settings) -> None:
    (home(settings) / LEDGER).unlink()
    result, files = built(replace(settings, full=True))
    assert not told(result, "record-gone")
    assert files == clean(settings)
