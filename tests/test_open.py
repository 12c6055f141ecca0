"""Open data: what programs, spreadsheets, calendars and messengers take from the site."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import frictionless
import pytest
from frictionless import Report
from icalendar import Calendar
from lxml import etree, html
from PIL import Image
from playwright.sync_api import Browser

from generator.build import build
from generator.model.formulas import is_formula
from generator.model.shared import Logo
from generator.model.village import Correction
from generator.problems import Source
from generator.render.data.schemas import published_schema
from generator.render.feeds import village_feeds
from generator.render.maps import site_map
from generator.render.pages.addresses import police_page
from generator.render.pages.share_picture import share_picture
from generator.settings import Settings
from generator.views.contents import VillageContents, village_contents
from tests.township import (
    CONTENT,
    DONGLI,
    ROOT,
    TODAY,
    examine,
    real_content,
    small_content,
    township,
    write,
)

BASE = "https://qingshi.example/"
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOSTILE = '</script><script>alert("1")</script>&<!--'


def validate(package: Path) -> Report:
    """What Frictionless says of a package, as its command does, without starting it anew."""
    with warnings.catch_warnings(action="ignore"):  # its own
        return frictionless.validate(str(package), type="package")


def load(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def rows_of(path: Path) -> list[list[str]]:
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def page(path: Path) -> Any:
    """Whether a page is well-formed is for `test_html`."""
    return html.document_fromstring(path.read_bytes())


def head(tree: Any) -> dict[str, str]:
    """The page's meta elements by their name, property or itemprop."""
    keys = ("name", "property", "itemprop")
    return {
        f"{key}:{meta.get(key)}": meta.get("content")
        for meta in tree.iter("meta")
        for key in keys
        if meta.get(key)
    }


def linked_data(tree: Any) -> Any:
    """The page's JSON-LD; None where it has none."""
    scripts = [s for s in tree.iter("script") if s.get("type") == "application/ld+json"]
    assert len(scripts) <= 1
    return json.loads(scripts[0].text) if scripts else None


def lines_of(manifest: Path) -> list[dict[str, Any]]:
    """The records of a village that were not withdrawn."""
    return [r for r in load(manifest)["records"] if r["status"] != "withdrawn"]


def records(site: Path) -> list[dict[str, Any]]:
    return [r for m in sorted(site.glob("v/*/manifest.json")) for r in lines_of(m)]


def changed(site: Path, record: dict[str, Any]) -> str | None:
    """The day of the record's publication or last correction, by its own data."""
    content = load(site / record["url"] / "data.json")["content"]
    corrected = [day for day, _ in content.get("corrections", ())]
    return max(record["published"], *corrected) if corrected else record["published"]


def settings(tree: Path, **changes: Any) -> Settings:
    usual = Settings(
        CONTENT, tree / "villages", ROOT / "templates", tree / "site", TODAY, sheets="none"
    )
    return replace(usual, **changes)


def contents_of(villages: Path, village: str = "dongli") -> VillageContents:
    found = examine(villages)
    assert found.shared is not None
    return village_contents(found.villages[village], found.shared, TODAY)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fixture township with a hostile title, cells like formulas, names that are masked and
    twice the same, and a month without anything."""
    tree = tmp_path_factory.mktemp("attacked")
    folder = township(tree) / DONGLI
    quoted = json.dumps(HOSTILE)
    write(folder, "notices/2025-09-21-a.md", f"---\ntitle: {quoted}\ndate: 2025-09-21\n---\n\n好\n")
    answers = "编号,日期,渠道,事项,承办人,办理结果,公开答复\n"
    answers += "1,2025-09-01,信箱,+路灯,甲,@办好,-三天办好\n公开日期,2025-10-08\n"
    write(folder, "feedback/2025Q3.csv", answers)
    relief = "姓名,组别,救助类别,金额,救助日期\n"
    relief += "".join(f"张小{name},一组,受灾,300.50,2025-09-10\n" for name in "三三四五")
    write(folder, "relief/2025Q3.csv", f"{relief}公开日期,2025-10-08\n")
    write(folder, "tenders/2025Q3.csv", "编号,名称\n本期无发生\n")
    result = build(settings(tree, content=small_content(tree)), lambda _: None)
    assert [str(p) for p in result.problems if p.severity == "error"] == []
    return tree / "site"


# -------------------------------------------------------------------------------- data packages


def test_frictionless_accepts_every_package(site: Path) -> None:
    packages = [site / "datapackage.json", *sorted(site.glob("v/*/datapackage.json"))]
    assert len(packages) == 5
    for package in packages:
        report = validate(package)
        assert report.valid, report.flatten()
        assert report.stats["tasks"] == len(load(package)["resources"])


def test_frictionless_accepts_what_is_hostile_masked_or_empty(attacked: Path) -> None:
    for package in (attacked / "datapackage.json", attacked / "v/dongli/datapackage.json"):
        report = validate(package)
        assert report.valid, report.flatten()
    cells = [
        cell for row in rows_of(attacked / "v/dongli/feedback/2025Q3/data.csv") for cell in row
    ]
    assert {"'+路灯", "'@办好", "'-三天办好"} <= set(cells)
    assert [row[0] for row in rows_of(attacked / "v/dongli/relief/2025Q3/data.csv")[1:]] == [
        *("张*", "张*", "张*", "张*")
    ]
    name = load(attacked / "v/dongli/schemas/relief.json")["fields"][0]
    assert (name["type"], name.get("constraints")) == ("string", None)


def test_frictionless_would_find_a_changed_file(attacked: Path, tmp_path: Path) -> None:
    """Else the tests above prove nothing."""
    package = load(attacked / "v/dongli/datapackage.json")
    source = attacked / "v/dongli/ledger/2025-09/data.csv"
    (tmp_path / "data.csv").write_bytes(source.read_bytes() + b"2025-09-30,,,,,,,,,,,\r\n")
    ledger = next(r for r in package["resources"] if r["name"] == "ledger.2025-09")
    ledger = ledger | {
        "path": "data.csv",
        "schema": load(source.parents[2] / "schemas/ledger.json"),
    }
    write(tmp_path, "datapackage.json", json.dumps(package | {"resources": [ledger]}))
    report = validate(tmp_path / "datapackage.json")
    assert not report.valid
    assert ["hash-count"] in report.flatten(["type"])


def test_packages_list_every_table_and_nothing_else(site: Path) -> None:
    for folder in sorted(site.glob("v/*")):
        resources = load(folder / "datapackage.json")["resources"]
        listed = {resource["path"] for resource in resources}
        tables = {p.relative_to(folder).as_posix() for p in folder.glob("*/*/data.csv")}
        assert listed == tables | {"records.csv"}
        assert len({resource["name"] for resource in resources}) == len(resources)
        for resource in resources:
            assert re.fullmatch("[a-z0-9._-]+", resource["name"])
            if isinstance(resource["schema"], str):
                assert (folder / resource["schema"]).is_file()


def test_the_table_of_records_says_what_the_manifest_says(site: Path) -> None:
    for manifest in sorted(site.glob("v/*/manifest.json")):
        wanted = {
            (r["url"], r["title"], r["published"] or "", r["display_until"] or "", r["code"])
            for r in lines_of(manifest)
        }
        lines = rows_of(manifest.with_name("records.csv"))
        places = [lines[0].index(name) for name in ("网址", "标题", "公开日期", "公示到", "核验码")]
        found = {tuple(line[n] for n in places) for line in lines[1:]}
        assert {(url.removeprefix(BASE), *rest) for url, *rest in found} == wanted


def said(day: str, text: str) -> bool:
    """Whether a text is a day as people write it, with its year or in the record's own."""
    found = re.fullmatch(r"(2025|\d{4})-(\d\d)-(\d\d)", day)
    if found is None:
        return False
    short = f"{int(found[2])}月{int(found[3])}日"
    return text.split()[0] in (f"{found[1]}年{short}", short)


def test_a_table_is_what_its_page_shows(site: Path) -> None:
    """Column by column and row by row, in numbers without commas."""
    for record in ("v/liuxi/ledger/2025-09/", "v/liuxi/contracts/2025/"):
        lines = rows_of(site / record / "data.csv")
        tree = page(site / record / "index.html")
        shown = [tr for tr in tree.iter("tr") if re.fullmatch(r"r\d+", tr.get("id", ""))]
        assert len(shown) == len(lines) - 1 > 3
        for tr, line in zip(shown, lines[1:], strict=True):
            cells = {c.get("data-label"): "".join(c.itertext()) for c in tr}
            for heading, cell in zip(lines[0], line, strict=True):
                if heading not in cells:
                    continue  # what other rows or records say stands in a note below the row
                text = cells[heading].strip().replace(",", "")
                assert cell in text or said(cell, text) or float(text) == float(cell), (
                    record,
                    heading,
                )


def test_schemas_promise_only_what_is_published() -> None:
    shared, _ = real_content()
    masks = next(m for m in shared.masks.values() if m.name.style == "surname")
    schema = published_schema(shared.tables["subsidies"], masks)
    fields = {field["name"]: field for field in schema["fields"]}
    assert "身份证号" not in fields
    assert "银行卡号" not in fields
    assert "constraints" not in fields["户主"]
    assert fields["金额"]["constraints"] == {"required": True}
    assert fields["金额"]["description"].endswith("单位：元。")
    shown = {m.id: m for m in shared.masks.values() if m.name.style == "show"}
    open_schema = published_schema(shared.tables["subsidies"], next(iter(shown.values())))
    assert open_schema["fields"][0]["constraints"] == {"required": True}


def test_the_program_on_the_page_gives_the_code(site: Path, tmp_path: Path) -> None:
    tree = page(site / "open-data/index.html")
    program = next(p for p in tree.iter("pre") if p.get("class") == "program")
    record = records(site)[0]
    folder = site / record["url"]
    script = write(tmp_path, "code.py", "".join(program.itertext()))
    result = subprocess.run(
        [sys.executable, str(script)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    assert result.stdout.split() == [record["digest"], record["code"]]


# ------------------------------------------------------------------------------------- JSON-LD


def test_records_describe_themselves(site: Path) -> None:
    seen = set()
    for record in records(site):
        said = linked_data(page(site / record["url"] / "index.html"))
        seen.add(said["@type"])
        assert said["identifier"] == f"sha256:{record['digest']}"
        assert said["url"] == BASE + record["url"]
        assert said.get("datePublished") == record["published"]
        assert said["name"].endswith(record["title"])
        for download in said.get("distribution") or said["encoding"]:
            path = download["contentUrl"].removeprefix(BASE)
            assert (site / path).is_file(), path
        assert len(json.dumps(said, ensure_ascii=False)) < 2000
    assert seen == {"Dataset", "DigitalDocument"}
    month = linked_data(page(site / "v/liuxi/ledger/2025-09/index.html"))
    assert month["temporalCoverage"] == "2025-09-01/2025-09-30"
    catalogue = linked_data(page(site / "open-data/index.html"))
    assert catalogue["@type"] == "DataCatalog"
    for download in catalogue["dataset"]["distribution"]:
        assert (site / download["contentUrl"].removeprefix(BASE)).is_file()


def test_a_hostile_title_stays_a_title(attacked: Path) -> None:
    path = attacked / "v/dongli/notices/2025-09-21-a/index.html"
    tree = page(path)
    said = linked_data(tree)
    assert said["name"] == f"东里村{HOSTILE}"
    assert head(tree)["property:og:title"].startswith(f"东里村 {HOSTILE}"[:20])
    scripts = [s for s in tree.iter("script") if s.get("type") != "application/ld+json"]
    assert all(s.get("src") and not s.text for s in scripts)
    for feed in ("feed.xml", "v/dongli/feed.xml", "v/dongli/notices/feed.xml"):
        titles = [t.text for t in etree.parse(attacked / feed).iter(f"{ATOM}title")]
        assert any((title or "").endswith(HOSTILE) for title in titles), feed
    calendar = Calendar.from_ical((attacked / "v/dongli/calendar.ics").read_bytes())
    assert f"公示：{HOSTILE}" in {str(e["summary"]) for e in calendar.walk("VEVENT")}


# --------------------------------------------------------------------------------------- feeds


def feeds(site: Path) -> Iterator[tuple[str, Any]]:
    for path in sorted(site.rglob("feed.xml")):
        yield path.relative_to(site).as_posix(), etree.parse(path).getroot()


def test_feeds_are_valid_and_unique(site: Path) -> None:
    seen = []
    manifests = map(load, site.glob("v/*/manifest.json"))
    days = {r["url"]: r["published"] for m in manifests for r in m["records"]}
    for path, feed in feeds(site):
        seen.append(feed.findtext(f"{ATOM}id"))
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links["self"] == BASE + path
        assert links[None] == BASE + path.removesuffix("feed.xml")
        assert (site / path).with_name("index.html").is_file()
        assert feed.findtext(f"{ATOM}author/{ATOM}name")
        assert feed.findtext(f"{ATOM}title")
        entries = feed.findall(f"{ATOM}entry")
        ids = [entry.findtext(f"{ATOM}id") for entry in entries]
        assert len(set(ids)) == len(ids) <= 50
        updated = [entry.findtext(f"{ATOM}updated") for entry in entries]
        assert updated == sorted(updated, reverse=True)
        if entries:
            assert feed.findtext(f"{ATOM}updated") == updated[0]
        for entry, one in zip(entries, ids, strict=True):
            assert entry.findtext(f"{ATOM}published")[:10] == days[one.removeprefix(BASE)]
            assert entry.findtext(f"{ATOM}summary")
    assert len(set(seen)) == len(seen)
    assert {BASE, f"{BASE}t/qingshi/", f"{BASE}v/liuxi/", f"{BASE}v/liuxi/ledger/"} <= set(seen)


def test_pages_name_their_feeds(site: Path) -> None:
    wanted = {
        "index.html": ["feed.xml"],
        "t/qingshi/index.html": ["feed.xml"],
        "v/liuxi/index.html": ["feed.xml"],
        "v/liuxi/ledger/index.html": ["feed.xml", "../feed.xml"],
        "v/liuxi/ledger/2025-09/index.html": ["../feed.xml", "../../feed.xml"],
    }
    for path, expected in wanted.items():
        links = [
            x.get("href") for x in page(site / path).iter("link") if x.get("rel") == "alternate"
        ]
        assert links == expected, path


def test_a_correction_moves_updated_and_nothing_else(tmp_path: Path) -> None:
    villages = township(tmp_path)
    before = contents_of(villages)
    found = examine(villages)
    assert found.shared is not None
    record = found.record("dongli", "ledger/2025-09")
    corrected = replace(record, corrections=(Correction(TODAY, "金额改过", Source("a")),))
    data = found.villages["dongli"]
    data = replace(data, records=tuple(corrected if r is record else r for r in data.records))
    after = village_contents(data, found.shared, TODAY)
    words, base = found.shared.phrases, BASE.rstrip("/")
    one, two = (next(village_feeds(c, words, base)).content.decode() for c in (before, after))
    assert sorted(re.findall("<id>.*?</id>", one)) == sorted(re.findall("<id>.*?</id>", two))
    entry = etree.fromstring(two.encode()).find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id").endswith("/ledger/2025-09/")
    assert entry.findtext(f"{ATOM}updated") == f"{TODAY}T00:00:00+08:00"
    assert entry.findtext(f"{ATOM}published") == f"{record.published}T00:00:00+08:00"
    keys = [{event.key for event in contents.events} for contents in (before, after)]
    assert keys[0] == keys[1]


# ------------------------------------------------------------------------------------ calendar


def test_calendars_tell_the_days_of_the_pages(site: Path) -> None:
    shown = {r["url"]: r for r in records(site)}
    for path in sorted(site.glob("v/*/calendar.ics")):
        events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        assert len({str(event["uid"]) for event in events}) == len(events) > 0
        for event in events:
            first, last = event.decoded("dtstart"), event.decoded("dtend") - timedelta(days=1)
            assert type(first) is type(last) is date
            url = str(event["url"]).removeprefix(BASE)
            if ".display@" in str(event["uid"]):
                days = (first.isoformat(), last.isoformat())
                assert days == (shown[url]["published"], shown[url]["display_until"])
            assert first <= last
            assert event.decoded("dtstamp").date() < date.fromisoformat("2025-10-11")
    calendar = Calendar.from_ical((site / "v/liuxi/calendar.ics").read_bytes())
    titles = {
        (str(e["summary"]), e.decoded("dtstart").isoformat()) for e in calendar.walk("VEVENT")
    }
    assert ("会上问答", "2025-07-15") in titles
    deadline = next(day for title, day in titles if title == "异议截止：2025年9月收支账")
    html = (site / "v/liuxi/ledger/2025-09/index.html").read_text("utf-8")
    day = date.fromisoformat(deadline)
    assert f"{day.year}年{day.month}月{day.day}日" in html


def test_calendars_keep_to_the_lines_of_the_standard(site: Path) -> None:
    for path in sorted(site.glob("v/*/calendar.ics")):
        content = path.read_bytes()
        assert content.endswith(b"END:VCALENDAR\r\n")
        for line in content.split(b"\r\n"):
            assert b"\n" not in line
            assert b"\r" not in line
            assert len(line) <= 75
            line.decode("utf-8")  # no character is cut in two
        assert b"TZID" not in content


def test_the_village_offers_its_calendar(site: Path) -> None:
    links = {
        a.get("href"): "".join(a.itertext()) for a in page(site / "v/liuxi/index.html").iter("a")
    }
    assert links["calendar.ics"] == "把公示日期加到手机日历"


def test_a_village_without_days_has_no_calendar(tmp_path: Path) -> None:
    villages = township(tmp_path)
    for path in (villages / DONGLI).glob("*/*"):
        path.unlink()
    build(settings(tmp_path, content=small_content(tmp_path)), lambda _: None)
    home = tmp_path / "site/v/dongli"
    assert not (home / "calendar.ics").exists()
    assert "calendar.ics" not in (home / "index.html").read_text("utf-8")
    assert validate(home / "datapackage.json").valid or not records(tmp_path / "site")


# ------------------------------------------------------------------------------------- sitemap


def test_the_sitemap_knows_when_pages_changed(site: Path) -> None:
    root = etree.parse(site / "sitemap.xml").getroot()
    days = {u.findtext(f"{MAP}loc"): u.findtext(f"{MAP}lastmod") for u in root}
    pages = {p.relative_to(site).as_posix() for p in site.rglob("index.html")}
    assert {url.removeprefix(BASE) + "index.html" for url in days} == pages
    for record in records(site):
        assert days[BASE + record["url"]] == changed(site, record)
    entries = etree.parse(site / "v/liuxi/feed.xml").findall(f"{ATOM}entry")
    newest = max(entry.findtext(f"{ATOM}updated")[:10] for entry in entries)
    assert days[f"{BASE}v/liuxi/"] == newest
    assert days[BASE] == max(filter(None, days.values()))
    assert f"Sitemap: {BASE}sitemap.xml" in (site / "robots.txt").read_text("utf-8")


def test_a_large_sitemap_is_divided() -> None:
    paths = [f"v/a/b/{n}/index.html" for n in range(90_000)]
    index, robots, *parts = site_map(paths, {"v/a/b/7/": TODAY}, BASE.rstrip("/"))
    assert [part.path for part in parts] == ["sitemap-1.xml", "sitemap-2.xml"]
    listed = [e.findtext(f"{MAP}loc") for e in etree.fromstring(index.content)]
    assert listed == [f"{BASE}{part.path}" for part in parts]
    counts = [len(etree.fromstring(part.content)) for part in parts]
    assert counts == [50_000, 40_000]
    assert robots.path == "robots.txt"


# ------------------------------------------------------------------------------------- sharing


def test_cards_have_title_words_and_a_picture(site: Path) -> None:
    for path in sorted(site.rglob("*.html")):
        if path == site / "offline.html":
            continue  # it stands in the place of others, and nobody passes it on
        tree = page(path)
        said = head(tree)
        assert 0 < len(said["property:og:title"]) <= 34, path
        assert said["property:og:title"] == said["itemprop:name"]
        assert said["property:og:description"] == said["name:description"]
        canonical = next(x.get("href") for x in tree.iter("link") if x.get("rel") == "canonical")
        assert said["property:og:url"] == canonical
        picture = said["property:og:image"]
        assert urlsplit(picture).scheme == "https"
        assert said["itemprop:image"] == picture
        with Image.open(site / picture.removeprefix(BASE)) as image:
            assert min(image.size) >= 300
    said = head(page(site / "v/liuxi/ledger/2025-09/index.html"))
    assert said["property:og:title"] == "柳溪村 2025年9月收支账"
    assert said["property:og:image"].endswith("/ledger/2025-09/poster.png")


def test_without_an_address_no_page_claims_one(tmp_path: Path) -> None:
    contents = contents_of(township(tmp_path))
    for feed in village_feeds(contents, real_content()[0].phrases, ""):
        ids = [e.text for e in etree.fromstring(feed.content).iter(f"{ATOM}id")]
        assert all((one or "").startswith("urn:uuid:") for one in ids)
        assert len(set(ids)) == len(ids)


def test_the_picture_is_the_sites_own() -> None:
    plain, red = share_picture("#0b4f6c", None), share_picture("#a61b1b", None)
    assert plain != red
    assert share_picture.__wrapped__("#a61b1b", None) == red
    buffer = io.BytesIO()
    Image.new("RGBA", (60, 20), "#00ff0080").save(buffer, "PNG")
    with Image.open(
        io.BytesIO(share_picture("#a61b1b", Logo("l.png", buffer.getvalue(), 60, 20)))
    ) as image:
        assert image.size == (400, 400)
        assert image.convert("RGB").getpixel((0, 0)) == (255, 255, 255)
        assert image.convert("RGB").getpixel((200, 200)) != (255, 255, 255)


def test_registration_stands_in_the_footer_only_where_there_is_one(tmp_path: Path) -> None:
    township(tmp_path)
    content = small_content(tmp_path)
    given = "icp: 某ICP备00000001号\npolice: 某公网安备00000000000002号\n"
    given += "licence: {title: 使用说明, url: 'https://terms.example/'}\n"
    write(content, "site.yaml", (CONTENT / "site.yaml").read_text("utf-8") + "\n" + given)
    build(settings(tmp_path, content=content), lambda _: None)
    site = tmp_path / "site"
    links = {a.get("href"): "".join(a.itertext()) for a in page(site / "index.html").iter("a")}
    assert links["https://beian.miit.gov.cn/"] == "某ICP备00000001号"
    assert links[police_page("某公网安备00000000000002号")] == "某公网安备00000000000002号"
    assert police_page("无") == "https://beian.mps.gov.cn/"
    assert load(site / "datapackage.json")["licenses"][0]["path"] == "https://terms.example/"
    said = linked_data(page(site / "v/dongli/ledger/2025-09/index.html"))
    assert said["license"] == "https://terms.example/"


def test_without_registration_the_footer_says_nothing(attacked: Path) -> None:
    for path in attacked.rglob("*.html"):
        assert "beian" not in path.read_text("utf-8")


# -------------------------------------------------------------------------------------- search


def test_a_code_typed_from_a_sheet_finds_the_record(
    site: Path, browser: Browser, serve_folder: Callable[[Path], str]
) -> None:
    record = next(r for r in records(site) if r["url"] == "v/liuxi/ledger/2025-09/")
    code = record["code"]
    spaced = f"{code[:4]} {code[4:]}"
    context = browser.new_context(locale="zh-CN", service_workers="block")
    tab = context.new_page()
    base = serve_folder(site)
    typed = (code, spaced, spaced.lower(), f" {code.lower()} ")
    for folder, words in zip(("", "v/liuxi/") * 2, typed, strict=True):
        tab.goto(f"{base}{folder}search/?q={quote(words)}")
        tab.wait_for_selector("[data-results-count][data-count]")
        links = tab.locator("ol[data-results] > li > a[href]")
        assert links.count() == 1, words
        assert links.first.get_attribute("href").endswith(record["url"])
    context.close()


def test_no_cell_of_any_table_is_calculated(site: Path) -> None:
    for path in site.rglob("*.csv"):
        assert not any(is_formula(cell) for row in rows_of(path) for cell in row), path
