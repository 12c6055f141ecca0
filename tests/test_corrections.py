"""Corrected and withdrawn records, from the clerk's row to the page that a sheet's code opens."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.importer.clean import clean_file, kept_fields
from generator.intake.decoding import Worksheet
from generator.intake.tables import TableReading, read_table
from generator.intake.worksheets import read_csv
from generator.model.village import Correction, Table
from generator.problems import Source
from generator.publishing.publish import publish
from generator.render.pages import Pages
from generator.render.templates import Templates
from generator.views.contents import VillageContents, village_contents
from generator.views.corrections import village_changes
from generator.views.entries import village_entries
from generator.views.powers import power_list, standard_power_views
from generator.views.sites import VillageSummary, site_view, village_summary
from tests.township import (
    DONGLI,
    ROOT,
    TODAY,
    TOWNSHIP,
    Found,
    examine,
    real_content,
    the_sample,
    township,
    write,
)

SHARED = real_content()[0]
MASKS = SHARED.masks["default"]
HEAD = "日期,凭证号,摘要,科目,收入,支出,余额,结算方式,经手人,证明人,审批人,备注\n"
ROWS = ",,上月结转,,,,100.00,,,,,\n2025-09-03,9-01,水费,管理费用,,20.00,80.00,转账,,,,\n"
WORDS = "第3行支出误写为 40.00，应为 20.00"
VILLAGES, TOWNS = 95, 4  # a fifth of a county, in towns as large as there


def reading(*lines: str) -> TableReading:
    text = HEAD + ROWS + "".join(f"{line}\n" for line in lines)
    sheets = read_csv(text.encode(), "ledger/2025-09.csv")
    assert isinstance(sheets, tuple)
    sheet = sheets[0]
    assert isinstance(sheet, Worksheet)
    return read_table(sheet, SHARED.tables["ledger"], "ledger/2025-09.csv", MASKS)


# ---------------------------------------------------------------------------------- reading


@pytest.mark.parametrize(
    "line",
    [
        f"更正,2025-10-09,{WORDS}",
        f"更正,2025年10月9日,{WORDS},,,,,",
        f"更正：,2025-10-09,{WORDS}",
        f"更正：2025年10月9日，{WORDS}",
        f"更正: 2025-10-09 {WORDS}",
        f"更正：2025-10-09,{WORDS}",
        f",更正,2025-10-09,{WORDS}",
    ],
)
def test_a_correction_is_read_in_the_ways_clerks_write_it(line: str) -> None:
    found = reading("公开日期,2025-10-08", line)
    assert found.problems == ()
    assert found.published == date(2025, 10, 8)
    assert [(c.date, c.what) for c in found.corrections] == [(date(2025, 10, 9), WORDS)]
    assert len(found.table.rows) == 1


def test_several_corrections_and_signatures_below() -> None:
    found = reading(
        "公开日期,2025-10-08", "更正,2025-10-09,一", "更正,2025-10-10,二,三", "制表人：,,审核人："
    )
    assert found.problems == ()
    assert [c.what for c in found.corrections] == ["一", "二，三"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("更正", "ledger-required"),
        ("更正,2025-10-09", "ledger-required"),
        ("更正,昨天,改了一处", "ledger-date"),
        ("更正,改了一处", "ledger-required"),
        (f"更正,2025-10-09,{'长' * 2001}", "cell-long"),
    ],
)
def test_a_correction_needs_a_day_and_words(line: str, code: str) -> None:
    found = reading("公开日期,2025-10-08", line)
    assert [p.code for p in found.problems][-1] == code
    assert all("更正" in p.source.column for p in found.problems)


def test_the_importers_clean_file_keeps_corrections() -> None:
    found = reading("公开日期,2025-10-08", f"更正：2025年10月9日，{WORDS}", "更正,2025-10-10,二")
    fields = kept_fields(found.table, SHARED.tables["ledger"], MASKS)
    content = clean_file(found.table, fields, found.published, found.corrections)
    assert f"更正,2025-10-09,{WORDS}".encode() in content
    sheets = read_csv(content, "clean.csv")
    assert isinstance(sheets, tuple)
    again = read_table(sheets[0], SHARED.tables["ledger"], "clean.csv", MASKS)
    assert [(c.date, c.what) for c in again.corrections] == [
        (c.date, c.what) for c in found.corrections
    ]


# -------------------------------------------------------------------------------- publishing


def corrected(item: str, key: str, what: str, today: date = TODAY, masks: str = ""):  # type: ignore[no-untyped-def]
    """A publication of the fixture township without and with a correction."""
    data = examine(TOWNSHIP).villages["dongli"]
    village = replace(data.village, masks=masks)
    plain = next(r for r in data.records if (r.item, r.key) == (item, key))
    day = date(2025, 10, 9)
    record = replace(plain, corrections=(Correction(day, what, Source("x", 9)),))
    return (publish(r, village, SHARED, today) for r in (plain, record))


def test_a_correction_changes_the_digest_and_stands_in_the_data() -> None:
    before, after = corrected("ledger", "2025-09", "改了一处")
    assert before.digest != after.digest
    assert before.code != after.code
    assert after.content["corrections"] == [["2025-10-09", "改了一处"]]
    assert "corrections" not in before.content  # sheets without any keep their codes


def test_words_about_persons_go_with_their_rows() -> None:
    late = date(2026, 6, 1)
    _, after = corrected("subsidies", "2025Q3", "第3行金额误写", today=late)
    assert after.is_expired
    assert [(c.date, c.what) for c in after.corrections] == [(date(2025, 10, 9), "")]
    _, ledger = corrected("ledger", "2025-09", "第3行误写", today=late)
    assert [c.what for c in ledger.corrections] == ["第3行误写"]


def test_what_a_masked_column_holds_is_masked_in_the_words_as_well() -> None:
    data = examine(TOWNSHIP).villages["dongli"]
    record = next(r for r in data.records if r.item == "subsidies")
    assert isinstance(record.content, Table)
    schema = SHARED.tables[record.content.schema]
    column = schema.with_role("name")
    assert column is not None
    name = str(record.content.rows[0].values[column.name])
    _, open_ = corrected("subsidies", record.key, f"{name}的金额误写")
    _, masked = corrected("subsidies", record.key, f"{name}的金额误写", masks="names-masked")
    assert name in open_.corrections[0].what
    assert name not in masked.corrections[0].what
    assert masked.corrections[0].what.endswith("*的金额误写")


def test_the_privacy_gate_reads_corrections_and_reasons(tmp_path: Path) -> None:
    villages = township(tmp_path)
    ledger = villages / DONGLI / "ledger" / "2025-09.csv"
    ledger.write_bytes(ledger.read_bytes() + "更正,2025-10-09,联系人 13900001111 写错\n".encode())
    write(villages / DONGLI, "withdrawn.yaml", _entry(reason="请打 13900001111 问"))
    found = examine(villages)
    assert sorted(found.codes()) == ["privacy-phone", "privacy-phone"]
    assert "ledger/2025-09" not in found.names("dongli")
    assert found.villages["dongli"].withdrawn == ()


# --------------------------------------------------------------------------------- withdrawn


def _entry(**parts: str) -> str:
    entry = {
        "item": "notices",
        "key": "2025-09-02-tingdian",
        "title": "停电通知",
        "published": "2025-09-02",
        "date": "2025-09-03",
        "reason": "日期写错，作废。",
        **parts,
    }
    return "- " + "\n  ".join(f"{key}: {value}" for key, value in entry.items()) + "\n"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", []),
        (_entry(), []),
        (_entry() + _entry(), ["id-duplicate"]),
        (_entry(item="notes"), ["setting-unknown"]),
        (_entry(key="../../index"), ["key-value"]),
        (_entry(key="a/b"), ["key-value"]),
        (_entry(reason=""), ["key-missing"]),
        ("item: notices\n", ["key-value"]),
        (_entry(who="某人"), ["key-unknown"]),
    ],
)
def test_withdrawn_yaml(text: str, codes: list[str], tmp_path: Path) -> None:
    villages = township(tmp_path)
    write(villages / DONGLI, "withdrawn.yaml", text)
    assert examine(villages).codes() == codes


def test_a_faulty_entry_does_not_take_the_others_along(tmp_path: Path) -> None:
    villages = township(tmp_path)
    text = _entry() + _entry(key="2025-09-04-a", date="2025-12-01")
    write(villages / DONGLI, "withdrawn.yaml", text)
    found = examine(villages)
    assert found.codes() == ["withdrawal-future"]
    assert [w.key for w in found.villages["dongli"].withdrawn] == ["2025-09-02-tingdian"]


def test_what_was_withdrawn_is_not_published_again(tmp_path: Path) -> None:
    villages = township(tmp_path)
    text = _entry(item="ledger", key="2025-08", published="2025-09-08", date="2025-09-10")
    write(villages / DONGLI, "withdrawn.yaml", text)
    found = examine(villages)
    assert found.codes() == ["withdrawn-present"]
    assert "ledger/2025-08" not in found.names("dongli")


# --------------------------------------------------------------------------------- the site


@pytest.fixture(scope="module")
def sample() -> Found:
    return the_sample()


@pytest.fixture(scope="module")
def liuxi(sample: Found) -> VillageContents:
    return village_contents(sample.villages["liuxi"], SHARED, TODAY)


def text(site: Path, url: str) -> str:
    return (site / url / "index.html").read_text("utf-8")


GONE = "v/liuxi/notices/2025-09-05-tingdian/"
CHANGED = "v/liuxi/ledger/2025-08/"


def test_a_withdrawn_address_stays_and_says_why(site: Path) -> None:
    page = text(site, GONE)
    assert "这份内容已经撤回" in page
    assert "供电所改了检修的日子" in page
    assert "0000-1234567" in page  # whom to ask
    assert [p.name for p in (site / GONE).iterdir()] == ["index.html"]
    manifest = json.loads((site / "v/liuxi/manifest.json").read_bytes())
    line = next(r for r in manifest["records"] if r["url"] == GONE)
    assert (line["status"], line["published"]) == ("withdrawn", "2025-09-05")
    assert GONE in text(site, "v/liuxi/notices/") or "2025-09-05-tingdian/" in text(
        site, "v/liuxi/notices/"
    )


def test_search_finds_corrections_and_nothing_withdrawn(liuxi: VillageContents) -> None:
    entries = village_entries(liuxi, SHARED.phrases)
    assert not [entry for entry in entries if "tingdian" in entry.url]
    found = [entry.url for entry in entries if "误写为 1338.20" in entry.text]
    assert found == [CHANGED]


def test_changes_are_listed_newest_first(site: Path, liuxi: VillageContents) -> None:
    changes = village_changes(liuxi.records, liuxi.withdrawn, SHARED.phrases)
    assert [c.date for c in changes] == sorted((c.date for c in changes), reverse=True)
    assert [c.link.title for c in changes if c.is_withdrawn] == ["9月8日停电检修通知"]
    for url in ("corrections/", "v/liuxi/corrections/"):
        page = text(site, url)
        assert all(change.what in page for change in changes)
    assert "没有更正过" in text(site, "v/xintang/corrections/")


def test_pages_tell_what_is_late_and_what_is_corrected(site: Path) -> None:
    home = text(site, "v/liuxi/")
    assert "2025年第一季度：2025年4月10日到期，还没有公开" in home
    assert "还差 1 份" in home
    page = text(site, CHANGED)
    assert page.index("data-corrections") < page.index('id="rows"')
    data = json.loads((site / CHANGED / "data.json").read_bytes())
    assert data["content"]["corrections"][0][0] == "2025-09-12"
    assert "还没有到期的" in text(site, "completeness/")  # 新塘村 has just begun
    assert "到期，应当公开" in text(site, "calendar/")


# --------------------------------------------------------------------------------- the browser


def test_an_older_sheet_is_told_what_changed(
    site: Path, browser: Browser, serve_folder: Callable[[Path], str]
) -> None:
    base = serve_folder(site)
    manifest = json.loads((site / "v/liuxi/manifest.json").read_bytes())
    codes = {record["url"]: record["code"] for record in manifest["records"]}
    other = codes["v/liuxi/ledger/2025-09/"]
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{base}{CHANGED}?c={other}")
    told = page.inner_text(".verdict")
    assert "已被新的版本替换" in told
    assert "本页更正过" in told
    assert "2025年9月12日，第5行" in told
    page.goto(f"{base}{CHANGED}?c={codes[CHANGED]}")
    assert page.inner_text(".verdict") == "您手里的公示单是当前版本，和本页内容一致。"
    page.goto(f"{base}v/liuxi/ledger/2025-07/?c={other}")
    assert "更正" not in page.inner_text(".verdict")
    page.goto(f"{base}{GONE}?c={other}")
    assert "已在2025年9月7日撤回" in page.inner_text(".verdict")
    page.close()


def test_the_pages_fit_a_phone(
    site: Path, browser: Browser, serve_folder: Callable[[Path], str]
) -> None:
    base = serve_folder(site)
    page = browser.new_page(viewport={"width": 360, "height": 740})
    errors: list[str] = []
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    for url in ("", "calendar/", "completeness/", "supervision/", "corrections/", "t/qingshi/",
                "t/qingshi/calendar/", "v/liuxi/", "v/liuxi/calendar/", "v/meiling/calendar/",
                "v/xintang/calendar/", "v/liuxi/corrections/", GONE, CHANGED):  # fmt: skip
        page.goto(base + url)
        for mode in ("", "elder"):
            page.evaluate("mode => { document.documentElement.className += ' ' + mode; }", mode)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= 360, f"{url} is {width} px wide {mode}"
            small = page.evaluate(
                "Array.from(document.querySelectorAll('main *')).filter(e => e.childNodes.length &&"
                " Array.from(e.childNodes).some(n => n.nodeType === 3 && n.textContent.trim()) &&"
                " !e.closest('svg') && parseFloat(getComputedStyle(e).fontSize) < 16)"
                ".map(e => e.outerHTML.slice(0, 80))"
            )
            assert small == [], (url, mode)
    assert errors == []
    page.close()


# ------------------------------------------------------------------------------- a whole county


def test_a_countys_pages_stay_light(sample: Found) -> None:
    one = village_summary(village_contents(sample.villages["meiling"], SHARED, TODAY))
    towns = tuple(
        replace(SHARED.site.towns[0], id=f"town{n}", name=f"第{n}示例镇") for n in range(TOWNS)
    )
    shared = replace(SHARED, site=replace(SHARED.site, towns=towns))
    summaries = tuple(_copy(one, n) for n in range(VILLAGES))
    view = site_view(
        shared, summaries, power_list(shared), standard_power_views(shared, TODAY), TODAY
    )
    pages = Pages(Templates(ROOT / "templates"), shared, TODAY, "https://county.example")
    files = {file.path: file.content.decode() for file in pages.site(view)}
    assert view.progress.is_large
    assert "v/village3/" not in files["index.html"].split("最近公开")[0]
    assert len(files["index.html"].encode()) < 40_000
    assert "第3示例镇" in files["index.html"]
    assert len(files["calendar/index.html"].encode()) < 60_000
    assert f"{len(range(0, VILLAGES, TOWNS))} 个村，共" in files["calendar/index.html"]
    assert len(files["completeness/index.html"].encode()) < 50_000
    assert files["completeness/index.html"].count("v/village") == VILLAGES
    assert "v/village3/" not in files["supervision/index.html"]
    assert len(files["supervision/index.html"].encode()) < 50_000
    town = files["t/town3/calendar/index.html"]
    assert town.count("v/village3/calendar/") > 1
    assert len(town.encode()) < 300_000


def _copy(summary: VillageSummary, number: int) -> VillageSummary:
    link = replace(summary.progress.link, url=f"v/village{number}/", title=f"第{number}示例村")
    progress = replace(
        summary.progress, link=link, calendar=replace(link, url=f"{link.url}calendar/")
    )
    card = replace(
        summary.card,
        id=f"village{number}",
        name=link.title,
        town=f"town{number % TOWNS}",
        url=link.url,
    )
    return replace(summary, card=card, progress=progress)
