"""What a village's pages say is the village's: its powers, its days, its phone, its header."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.checks.content import known_channels
from generator.model.catalogue import Basis, DayCount
from generator.model.law import RuleValue
from generator.model.shared import Channel, Question
from generator.problems import Source
from generator.views.duties.since import due_words
from generator.views.places import Ask, asks_of
from tests.commands import publish_here
from tests.township import TODAY, real_content

SHARED = real_content()[0]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", service_workers="block")
    yield context.new_page()
    context.close()


def header(page: Page) -> tuple[str, str, str]:
    """Whose page it seems to be: the name above, where the search leads, the phone below."""
    find = page.locator("a.find")
    return (
        page.locator("header .name").inner_text().strip(),
        re.sub(r"^(?:\.\./)*", "", find.get_attribute("href") or ""),
        page.locator(".foot-phone a").get_attribute("href") or "",
    )


def test_no_link_of_a_villages_page_leads_to_the_lists_of_all(site: Path) -> None:
    """Its powers, calendar and corrections are those of the village, and of a power that it
    changed no page of it leads to the common form."""
    overridden = "powers/expense-reimbursement/"
    pages = sorted((site / "v" / "liuxi").rglob("*.html"))
    assert len(pages) > 100
    for path in pages:
        depth = len(path.relative_to(site).parts) - 1
        common = [f"{'../' * depth}{name}" for name in ("powers/", "calendar/", "corrections/")]
        text = path.read_text("utf-8")
        footer = text[text.index('<nav class="foot-links"') :]
        found = [a for a in re.findall(r'href="([^"]*)"', footer) if a in common]
        assert found == [], path
        assert f"{'../' * depth}{overridden}" not in text, path


SHARED_PAGES = (
    *("powers/project-approval/", "lists/negative/", "glossary/"),
    *("cases/", "pages/help/", "about/"),
)


def test_every_page_says_whom_to_tell_what(site: Path) -> None:
    pages = [p.read_text("utf-8") for p in site.rglob("*.html")]
    assert len(pages) > 300
    for text in pages:
        assert text.count('<details class="tell">') == 1
    for url in (
        "lists/negative/",
        "powers/project-approval/",
        "v/liuxi/",
        "v/liuxi/ledger/2025-09/",
    ):
        main = (site / url / "index.html").read_text("utf-8").split("<main", 1)[1]
        found = re.findall(r'data-ask="(\w+)"', main)
        assert found == [question.id for question in SHARED.site.questions], url


def test_the_first_channel_that_there_is_takes_a_question() -> None:
    one, other = (Channel(id, id, "phone", "12345") for id in ("committee", "hotline"))
    asked = Question("accounts", "账目", ("committee", "hotline"))
    assert asks_of((asked,), (other, one)) == (Ask(asked, one),)
    assert asks_of((asked,), (other,)) == (Ask(asked, other),)
    assert asks_of((asked,), ()) == ()
    wrong = replace(asked, channels=("comittee",))
    shared = replace(SHARED, site=replace(SHARED.site, questions=(wrong,)))
    assert [(p.code, p.value) for p in known_channels(shared)] == [("channel-unknown", "comittee")]


def test_on_a_shared_page_the_village_is_told(page: Page, site_url: str) -> None:
    def told() -> list[tuple[str, str | None]]:
        page.goto(f"{site_url}lists/negative/")
        lines = page.locator("main [data-ask], .tell [data-ask]").all()
        return [
            (line.locator("span").inner_text() or "", line.locator("a").get_attribute("href"))
            for line in lines
            if line.get_attribute("data-ask") == "accounts" and line.is_visible()
        ]

    assert told() == [("青石镇农经站", "tel:00008800101")]
    page.goto(f"{site_url}v/liuxi/")
    assert told() == [("村务监督委员会", "tel:00001234567")]


def test_a_shared_page_keeps_the_header_of_the_village(page: Page, site_url: str) -> None:
    def headers() -> list[tuple[str, str, str]]:
        return [(page.goto(f"{site_url}{url}"), header(page))[1] for url in SHARED_PAGES]

    commonly = headers()
    assert all(name[-1:] != "村" for name, _, _ in commonly)
    for village, name in (("shiqiao", "石桥村"), ("liuxi", "柳溪村")):
        page.goto(f"{site_url}v/{village}/")
        own = header_of_village(page)
        assert set(headers()) == {(name, f"v/{village}/search/", own)}
        assert page.locator(".crumbs a").first.inner_text() == name
        page.locator("header .name a").click()
        page.wait_for_url(f"**/v/{village}/")
    page.goto(f"{site_url}t/qingshi/")  # one leaves the village
    assert headers() == commonly


def header_of_village(page: Page) -> str:
    return page.locator(".foot-phone a").get_attribute("href") or ""


def test_a_power_that_the_village_changed_is_told_of_on_the_common_page(
    page: Page, site_url: str
) -> None:
    common = f"{site_url}powers/expense-reimbursement/"
    page.goto(common)
    assert page.locator("main .card.empty").count() == 0
    page.goto(f"{site_url}v/shiqiao/")  # it has no form of its own
    for url in (common, f"{site_url}powers/"):
        page.goto(url)
        assert page.locator("main .card.empty").count() == 0
    page.goto(f"{site_url}v/liuxi/ledger/2025-09/")
    page.goto(common)
    told = page.locator("main .card.empty").first
    assert told.inner_text() == "这是全镇通行的做法，柳溪村有自己的：看柳溪村的做法。"
    told.locator("a").click()
    page.wait_for_url("**/v/liuxi/powers/expense-reimbursement/")
    assert "交票后7个工作日内" in page.locator("main").inner_text()
    page.goto(f"{site_url}lists/negative/")
    page.locator("footer a", has_text="村里办事").click()
    page.wait_for_url("**/v/liuxi/powers/")


def test_a_power_that_all_villages_share_names_the_villages_own_phone_first(
    page: Page, site_url: str
) -> None:
    page.goto(f"{site_url}powers/asset-lease/")
    first = page.locator("[data-first]")
    assert "电话在自己村的网页上" in first.inner_text()
    page.goto(f"{site_url}v/liuxi/")
    page.goto(f"{site_url}powers/asset-lease/")
    assert not first.is_visible()  # said once, by those whom one asks
    own = page.locator("main [data-ask=accounts]")
    assert "村务监督委员会" in own.inner_text()
    assert own.locator("a").get_attribute("href") == "tel:00001234567"


def test_from_a_stick_too(site: Path, tmp_path: Path, page: Page) -> None:
    out = tmp_path / "liuxi.zip"
    words = ("--village", "liuxi", "--out", str(out), "--no-posters")
    assert publish_here("pack", str(site), *words).returncode == 0
    with zipfile.ZipFile(out) as archive:
        archive.extractall(tmp_path / "pack")
    folder = tmp_path / "pack" / "site"
    page.goto((folder / "v/liuxi/index.html").as_uri())
    page.goto((folder / "glossary/index.html").as_uri())
    assert page.locator("header .name").inner_text().strip() == "柳溪村"
    page.locator("header .name a").click()
    page.wait_for_url("**/v/liuxi/index.html")


def test_what_is_kept_of_a_village_cannot_lead_elsewhere(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}glossary/")
    commonly = header(page)
    for home in ("//evil.example/", "v/../../x/", "javascript:alert(1)", "v/liuxi/../../"):
        kept = json.dumps({"home": home, "name": "假", "words": "", "phone": "", "own": []})
        page.evaluate("kept => sessionStorage.setItem('mingbai-village', kept)", kept)
        page.reload()
        assert header(page) == commonly


@pytest.mark.parametrize(
    ("item", "days", "counted", "words"),
    [
        ("ledger", 10, "natural", "每月结束后10日内公开"),
        ("ledger", 5, "natural", "每月结束后5日内公开"),
        ("ledger", 10, "working", "每月结束后10个工作日内公开"),
        ("decisions", 3, "natural", "事情定下后3日内公开"),
        ("contracts", -300, "natural", "每年结束前300日以前公开"),
    ],
)
def test_the_time_limit_is_that_of_the_villages_rules(
    item: str, days: int, counted: DayCount, words: str
) -> None:
    found = SHARED.catalogue.find(item)
    assert found is not None
    basis = Basis("本县的办法", date(2020, 1, 1), until=TODAY)
    rule = RuleValue("due_days", days, basis, "read", Source("a.yaml"), counted, (item,))
    pack = replace(SHARED.rules["national"], values=(rule,))
    assert due_words(found, pack, TODAY + timedelta(days=1), SHARED.phrases) == found.due.words
    assert due_words(found, pack, TODAY, SHARED.phrases) == words
