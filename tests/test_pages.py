"""The pages of the sample villages: sound HTML, whole on a phone, honest about a sheet's code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from lxml import html
from markupsafe import Markup
from playwright.sync_api import Browser, Page

from generator.model.village import Document, Table
from generator.output.files import OutputFile
from generator.publishing import digest
from generator.render.pages import Pages
from generator.render.pages.addresses import relative
from generator.render.pages.inline import kept, weighed
from generator.render.templates import Templates
from generator.views.contents import village_contents
from generator.views.powers import power_list, standard_power_views
from generator.views.records import RecordView
from generator.views.sheets import sheet_notes, village_sheets
from generator.views.sites import VillageSummary, site_view, village_summary
from tests.browsing import served
from tests.township import BASE_URL, TEMPLATES, TODAY, the_sample

LEDGER = "v/liuxi/ledger/2025-09/"
# Written beside the pages by other rooms.


class Rendered:
    """All pages of the sample, by path."""

    def __init__(self, hostile: str = "", only: tuple[str, ...] = ()) -> None:
        """`hostile` is written into every title and text of a village's records; without `only`
        these villages are all of the sample."""
        found = the_sample()
        assert found.shared is not None
        pages = Pages(Templates(TEMPLATES), found.shared, TODAY, BASE_URL)
        self.views: dict[str, RecordView] = {}
        files: list[OutputFile] = list(pages.assets())
        summaries: list[VillageSummary] = []
        for data in (found.villages[village] for village in only or found.villages):
            if hostile:
                data = replace(data, records=tuple(_spoilt(r, hostile) for r in data.records))
            contents = village_contents(data, found.shared, TODAY)
            views = contents.records
            drawn = [f"{v.publication.url}poster.pdf" for v in views if v.item.poster is not None]
            sheets = village_sheets(contents, found.shared)
            files += pages.village(contents, sheet_notes(sheets, drawn))
            summaries.append(village_summary(contents))
            self.views.update((v.publication.url, v) for v in views)
        standard = standard_power_views(found.shared, TODAY)
        powers = power_list(found.shared)
        files += pages.site(site_view(found.shared, tuple(summaries), powers, standard, TODAY))
        assert len({f.path for f in files}) == len(files)
        self.files = {f.path: f.content for f in files}

    def text(self, path: str) -> str:
        return self.files[path].decode()

    def html(self) -> Iterator[tuple[str, str]]:
        return ((p, c.decode()) for p, c in self.files.items() if p.endswith(".html"))

    def write(self, folder: Path) -> None:
        for path, content in self.files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def _spoilt(record, hostile: str):  # type: ignore[no-untyped-def]
    """A record whose every text ends with hostile markup."""
    content = record.content
    if isinstance(content, Table):
        rows = tuple(
            replace(
                row,
                values={
                    name: value + hostile if isinstance(value, str) else value
                    for name, value in row.values.items()
                },
            )
            for row in content.rows
        )
        return replace(record, content=replace(content, rows=rows))
    if isinstance(content, Document):
        front = replace(
            content.front,
            title=content.front.title + hostile,
            summary=hostile,
            outcome=hostile,
        )
        return replace(
            record, content=replace(content, front=front, body=content.body + "\n\n" + hostile)
        )
    return record


@pytest.fixture(scope="module")
def sample() -> Rendered:
    return Rendered()


@pytest.fixture(scope="module")
def base(sample: Rendered, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the sample is served; nobody changes it."""
    folder = tmp_path_factory.mktemp("sample")
    sample.write(folder)
    with served(folder) as url:
        yield url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page; an error in the console or a failed request fails the test."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.on("requestfailed", lambda r: faults.append(r.url))
    yield page
    context.close()
    assert faults == []


# ---------------------------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    ("page", "target", "expected"),
    [
        ("", "v/liuxi/", "v/liuxi/"),
        ("v/liuxi/", "", "../../"),
        ("v/liuxi/", "v/liuxi/", "./"),
        ("v/liuxi/", "v/liuxi/#party", "#party"),
        ("v/liuxi/ledger/", "v/liuxi/ledger/2025-09/#r2", "2025-09/#r2"),
        ("v/liuxi/ledger/2025-09/", "v/liuxi/land/", "../../land/"),
        ("v/li/", "v/liuxi/", "../liuxi/"),
        ("404.html", "assets/site.css", "assets/site.css"),
        ("about/", "https://a.example/b", "https://a.example/b"),
    ],
)
def test_relative(page: str, target: str, expected: str) -> None:
    assert relative(page, target) == expected


def test_not_found_page_is_right_at_any_depth(sample: Rendered) -> None:
    links = re.findall(r'(?:href|src)="([^"#][^"]*)"', sample.text("404.html"))
    assert all(x.startswith(("/gongkai/", "tel:", "data:", BASE_URL)) for x in links)


def test_asset_names_follow_their_content(sample: Rendered) -> None:
    names = sorted(p for p in sample.files if p.startswith("assets/"))
    stems = sorted(re.sub(r"\.[0-9a-f]{8}\.", ".*.", name) for name in names)
    assert stems == [
        "assets/LICENSES.md",
        "assets/early.*.js",
        "assets/find.*.css",
        "assets/later.*.js",
        "assets/lines.*.css",
        "assets/mine.*.js",
        "assets/more.*.css",
        "assets/page.*.css",
        "assets/page.*.js",
        "assets/search.*.css",
        "assets/search.*.js",
        "assets/share.*.png",
        "assets/shared.*.js",
        "assets/site.*.css",
        "assets/site.*.js",
        "assets/sort.*.js",
        "assets/speak.*.js",
        "assets/store.*.js",
        "assets/story.*.css",
        "assets/village.*.js",
        "assets/walk.*.js",
        "assets/whole.*.js",
    ]


# --------------------------------------------------------------------------------------- HTML


def test_html_says_what_it_must(sample: Rendered) -> None:
    for path, text in sample.html():
        tree = html.document_fromstring(text.encode())
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        for table in tree.iter("table"):
            assert table.find("caption") is not None, path
            assert all(th.get("scope") for th in table.iter("th")), path
        assert len(list(tree.iter("h1"))) == 1, path
        assert len(list(tree.iter("main"))) == 1, path
        assert tree.get("lang") == "zh-CN"
        assert 'href="tel:' in text, path
        assert "Content-Security-Policy" in text
        assert not re.search(
            r"<script(?![^>]*\s(?:src=|type=.application/ld))|<style|\sstyle=|\son\w+=", text
        ), path


def test_published_words_are_never_markup() -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    spoilt = Rendered(hostile, ("liuxi",))
    assert "&lt;script&gt;alert(1)" in spoilt.text(f"{LEDGER}index.html")
    for path, text in spoilt.html():
        assert "<script>" not in text, path
        assert "<img" not in text, path


def test_a_table_page_shows_every_published_cell(sample: Rendered) -> None:
    for url, view in sample.views.items():
        text = sample.text(f"{url}index.html")
        for row in view.publication.rows:
            assert re.search(f'<(?:tr|li) id="{row.anchor}"', text)
        words = {cell.text for row in view.publication.rows for cell in row.cells}
        shown = {row.number for row in view.publication.rows}
        links = {x.title for (number, _), x in view.cell_links.items() if number in shown}
        plain = html_text(text)
        linked = {
            cell.text
            for row in view.publication.rows
            for field, cell in zip(view.publication.columns, row.cells, strict=True)
            if field.link
        }
        assert [w for w in words - linked if squeezed(w) not in plain] == []
        assert [w for w in links if squeezed(w) not in plain] == []


def test_a_list_that_never_was_did_not_come_down(sample: Rendered) -> None:
    gone = sample.text("v/shiqiao/levies/2024/index.html")
    assert "公示期满，名单已经撤下，这里查不到各户的情况了" in gone
    assert "应出 42 个工，已出 39 个工" in gone.replace("\N{NO-BREAK SPACE}", " ")
    never = sample.text("v/liuxi/levies/2024/index.html")
    assert "本期无发生" in never
    assert "名单已经撤下" not in never


def test_a_row_rests_on_what_was_decided_before_it_and_on_nothing_else(sample: Rendered) -> None:
    """The lamps were paid for on 6 September: by the resolution of August, not by the notice that
    told of the result a fortnight later."""
    text = sample.text(f"{LEDGER}index.html")
    assert "依据：8月21日 关于维修村内路灯的决议" in text
    assert "有关：9月20日 村内路灯维修结果公告" in text
    assert "依据：9月20日" not in text


def test_what_every_row_links_to_is_said_once(sample: Rendered) -> None:
    text = sample.text("v/liuxi/budget/2025/index.html")
    assert text.count("决议：关于2025年度财务预算的决议") == 1
    assert 'class="because"><td' not in text
    ledger = sample.text(f"{LEDGER}index.html")
    assert 'class="because"><td' in ledger
    assert 'p class="because"' not in ledger


def test_no_line_ends_between_a_number_and_its_unit(sample: Rendered) -> None:
    assert kept("收入 3.00 元，共 2 笔；HT-2025 3") == "收入 3.00\xa0元，共 2\xa0笔；HT-2025 3"
    sentence = sample.views[LEDGER].sentence
    assert kept(sentence) != sentence
    assert weighed("收入 3.00 元，共 2 笔 <b>") == Markup(
        "收入 <b>3.00</b>\xa0元，共 2\xa0笔 &lt;b&gt;"
    )
    assert weighed(sentence) in sample.text(f"{LEDGER}index.html")


def html_text(text: str) -> str:
    return squeezed(html.document_fromstring(text.encode()).text_content())


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_an_expired_list_of_persons_keeps_its_totals_only(sample: Rendered) -> None:
    expired = [v for v in sample.views.values() if v.publication.is_expired]
    assert expired
    for view in expired:
        text = sample.text(f"{view.publication.url}index.html")
        assert 'id="r' not in text.replace('id="rows"', "").replace('id="related"', "")
        if not view.publication.nothing:
            assert "公示期已满" in text
            shown = [t.text for t in view.publication.totals if t.text != "0"]
            assert all(t in text for t in shown)


# -------------------------------------------------------------------------------- the browser


def test_a_page_is_whole_without_javascript(browser: Browser, base: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base + LEDGER)
    words = page.locator("main").inner_text()
    for part in ("账已算对", "每一笔", "核验码", "有疑问怎么提", "一样就是当前版本"):
        assert part in words
    assert page.locator(".verdict").is_hidden()
    page.goto(f"{base}v/liuxi/search/")
    assert "JavaScript" in page.locator("main").inner_text()
    assert page.locator("noscript a").first.get_attribute("href") == "../"
    context.close()


def test_a_row_opened_by_its_anchor_is_marked_and_in_sight(
    sample: Rendered, base: str, page: Page
) -> None:
    row = sample.views[LEDGER].publication.rows[-1]
    page.goto(f"{base}{LEDGER}#{row.anchor}")
    target = page.locator(":target")
    box = target.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 740
    marked = target.evaluate("e => getComputedStyle(e).backgroundColor")
    assert marked != page.locator("tr.row").first.evaluate(
        "e => getComputedStyle(e).backgroundColor"
    )


def test_phones_get_cards_and_screens_get_tables(base: str, page: Page) -> None:
    page.goto(base + LEDGER)
    card = page.locator("tr.row", has=page.locator("td.minus")).first
    assert card.evaluate("e => getComputedStyle(e).display") == "flex"
    sign = card.locator("td.minus span").evaluate("e => getComputedStyle(e, '::before').content")
    assert sign == '"\N{MINUS SIGN}"'
    page.set_viewport_size({"width": 1280, "height": 740})
    assert card.evaluate("e => getComputedStyle(e).display") == "table-row"
    assert page.locator("thead").is_visible()


def test_a_linked_name_of_two_lines_covers_nothing(base: str, page: Page) -> None:
    page.goto(f"{base}v/liuxi/contracts/")
    page.locator("button.all").first.click()
    rows = page.locator("table.held tr.row").evaluate_all(
        """rows => rows.map(row => {
          const name = document.createRange();
          name.selectNodeContents(row.querySelector("th a"));
          const below = row.querySelector("td.more").getBoundingClientRect();
          return [name.getClientRects().length, below.top - name.getBoundingClientRect().bottom];
        })"""
    )
    assert max(lines for lines, _ in rows) > 1
    assert [space for _, space in rows if space < -3] == []


def test_paper_is_filled(base: str, page: Page) -> None:
    """A long box goes on over the sheets; the last one bears more than the page's address."""
    for path, early in (
        ("v/liuxi/notices/2025-09-05-tingdian/", "0000-1234567"),
        ("glossary/", "上期结余"),
    ):
        page.goto(base + path)
        document = pypdfium2.PdfDocument(page.pdf(format="A4"))
        sheets = [document[n].get_textpage().get_text_range() for n in range(len(document))]
        document.close()
        assert early in sheets[0], path
        assert len(squeezed(sheets[-1])) > 150, path


def test_larger_type_is_remembered(base: str, page: Page) -> None:
    page.goto(base + LEDGER)
    page.get_by_role("button", name="长辈版").click()
    page.goto(f"{base}v/liuxi/")
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "24px"
    page.get_by_role("button", name="回到普通版").click()
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "18px"


def test_nothing_is_asked_of_others_and_no_cookie_is_set(
    sample: Rendered, base: str, page: Page
) -> None:
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.goto(base + LEDGER)
    assert asked
    assert [url for url in asked if not url.startswith(base)] == []
    assert page.context.cookies() == []


# --------------------------------------------------------------------------- the sheet's code


def test_script_and_generator_agree_on_codes() -> None:
    script = (TEMPLATES / "assets/js/code.js").read_text("utf-8")

    def constant(name: str) -> object:
        found = re.search(rf"const {name} = (.+);", script)
        assert found
        return json.loads(found[1])

    assert constant("ALPHABET") == digest.CODE_ALPHABET
    assert constant("LENGTH") == digest.CODE_LENGTH
    assert constant("WEIGHTS") == list(digest.WEIGHTS)


def verdict(page: Page, base: str, code: str) -> str | None:
    page.goto(f"{base}{LEDGER}?c={code}")
    place = page.locator(".verdict")
    assert place.get_attribute("role") == "status"
    return place.get_attribute("data-verdict") if place.is_visible() else None


def test_the_page_judges_the_sheet_in_your_hand(sample: Rendered, base: str, page: Page) -> None:
    code = sample.views[LEDGER].publication.code
    assert verdict(page, base, code) == "current"
    assert "当前版本" in page.locator("[data-verdict]").inner_text()
    assert verdict(page, base, f"{code[:4]}%20{code[4:].lower()}") == "current"
    for number in range(4):
        old = digest.code_of(f"{number + 1:064x}")
        assert verdict(page, base, old) == "superseded"
    assert "已被新的版本替换" in page.locator("[data-verdict]").inner_text()
    for wrong in ("", code[:7], f"{code}3", "00000000", code[1] + code[0] + code[2:]):
        if wrong != code:
            assert verdict(page, base, wrong) == "unreadable", wrong


def test_a_sheet_whose_names_came_down_is_to_be_taken_down(
    sample: Rendered, base: str, page: Page
) -> None:
    url = next(url for url, view in sample.views.items() if view.publication.is_expired)
    page.goto(f"{base}{url}?c={digest.code_of('1' * 64)}")
    told = page.locator("[data-verdict=superseded]").inner_text()
    assert "公示期到" in told
    assert "该取下来了" in told
    assert "换新的" not in told


def test_without_a_code_the_page_says_nothing(base: str, page: Page) -> None:
    page.goto(base + LEDGER)
    assert page.locator(".verdict").is_hidden()
    assert page.locator("[data-verdict]").count() == 0
    shown = page.locator("[data-code]")
    page.locator("#about summary").click()
    assert shown.inner_text().replace(" ", "") == shown.get_attribute("data-code")
