"""What an enemy, or a web page that was copied, may put into a village's files does no harm."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import quote, urlsplit

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser
from pypdf import PdfReader

from generator.build import Settings, build
from generator.intake.content import read_content
from generator.intake.decoding import read_bytes, read_text
from generator.intake.documents import read_document
from generator.intake.yamlfile import read_yaml
from generator.model.formulas import is_formula
from generator.printing import RoundRequest, SheetRequest, draw_round, draw_sheet
from generator.problems import Problem
from generator.render.markup import ShownPicture, markdown_html
from tests.browsing import wait_until
from tests.township import (
    CONTENT,
    DONGLI,
    ROOT,
    TODAY,
    examine,
    small_content,
    township,
    write,
)

SCRIPTS = (ROOT / "tests/fixtures/malicious/scripts.txt").read_text("utf-8").splitlines()
FORMULAS = (ROOT / "tests/fixtures/malicious/formulas.txt").read_text("utf-8").splitlines()
HARMLESS = (ROOT / "tests/fixtures/malicious/numbers.txt").read_text("utf-8").splitlines()
PAGES = [
    "v/dongli/",
    "v/dongli/organization/current/",
    "v/dongli/feedback/2025Q3/",
    "v/dongli/powers/",
]


def text(value: str) -> str:
    """A value as YAML holds any text."""
    return json.dumps(value, ensure_ascii=False)


def settings(tree: Path, content: Path = CONTENT) -> Settings:
    return Settings(
        content, tree / "villages", ROOT / "templates", tree / "site", TODAY, sheets="none"
    )


def table(rows: list[list[str]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()


# ------------------------------------------------------------------------------------- scripts


def with_scripts_everywhere(villages: Path) -> None:
    """Each script in each kind of field that is free text."""
    folder = villages / DONGLI
    for number, script in enumerate(SCRIPTS):
        is_image = re.search(r"!\[|<img", script, re.IGNORECASE)  # refused in a text
        body = "" if is_image else f"{script}\n\n- {script}\n\n> {script}\n"
        head = "".join(
            f"{key}: {text(script)}\n"
            for key in ("title", "summary", "publisher", "number", "outcome")
        )
        step = f"steps:\n  - {{step: {text(script)}, date: 2025-09-01, note: {text(script)}}}\n"
        write(
            folder,
            f"decisions/2025-09-01-a{number}.md",
            f"---\ndate: 2025-09-02\n{head}{step}---\n\n{body}",
        )
    rows = [["编号", "日期", "渠道", "事项", "承办人", "办理结果", "公开答复"]]
    rows += [[s, "2025-09-01", s, s, s, s, s] for s in SCRIPTS]
    write(folder, "feedback/2025Q3.csv", table([*rows, ["公开日期", "2025-10-08"]]))
    people = "".join(
        f"  - {{name: {text(s)}, title: {text(s)}, duty: {text(s)}, phone: {text(s)}}}\n"
        for s in SCRIPTS
    )
    channels = "".join(
        f"  - {{id: c{n}, title: {text(s)}, kind: {kind}, value: {text(s)}, note: {text(s)}}}\n"
        for n, s in enumerate(SCRIPTS)
        for kind in [("phone", "mailbox", "office", "web")[n % 4]]
    )
    path = folder / "village.yaml"
    village = path.read_text("utf-8").replace("name: 东里村", f"name: {text(SCRIPTS[0])}")
    village = village.replace("people:\n", f"people:\n{people}", 1)
    village = village.replace("channels:\n", f"channels:\n{channels}", 1)
    group = f"  - {{id: g9, title: {text(SCRIPTS[6])}, households: 1, people: 1}}\n"
    village = village.replace("groups:\n", f"groups:\n{group}", 1)
    path.write_text(village.replace("place: 村部门口", f"place: {text(SCRIPTS[18])}"), "utf-8")
    powers = folder / "powers.yaml"
    changed = powers.read_text("utf-8").replace("当月的票据当月报。", SCRIPTS[18])
    powers.write_text(changed.replace("谁先报名谁先用，收费写在墙上。", SCRIPTS[0]), "utf-8")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the township with scripts in every field."""
    tree = tmp_path_factory.mktemp("scripts")
    with_scripts_everywhere(township(tree))
    shutil.rmtree(tree / "villages/qingshi/xicun")
    result = build(settings(tree, small_content(tree)), lambda _: None)
    assert [str(p) for p in result.problems if p.severity == "error"] == []
    assert result.records > len(SCRIPTS)
    return tree / "site"


def test_there_are_scripts_enough() -> None:
    assert len(set(SCRIPTS)) == len(SCRIPTS) >= 80


ELEMENTS = """html => {
  const page = new DOMParser().parseFromString(html, "text/html");
  return JSON.stringify([...page.querySelectorAll("*")].map((one) => [
    one.localName,
    [...one.attributes].map((attribute) => [attribute.localName, attribute.value]),
    one.localName === "script" ? one.textContent : "",
  ]));
}"""


def test_no_page_holds_what_a_text_brought(attacked: Path, browser: Browser) -> None:
    """As the browser takes the pages, which are shown to its parser and not opened."""
    seen: set[str] = set()
    page = browser.new_page()
    for path in sorted(attacked.rglob("*.html")):
        policies = []
        elements = json.loads(page.evaluate(ELEMENTS, path.read_text("utf-8")))
        for tag, attributes, words in elements:
            named = dict(attributes)
            if "data-slip-field" not in named:  # the slip's own fields
                seen.add(tag)
            if tag == "meta" and "http-equiv" in named:
                policies.append(named["http-equiv"])
            if named.get("type") == "application/ld+json":  # read by search engines, never run
                assert isinstance(json.loads(words), dict), path
            elif tag == "script":
                assert re.search(r"(?:^|/)assets/[\w.-]+\.js$", named.get("src", "")), path
                assert not words.strip(), path
            for key, value in attributes:
                assert not key.startswith("on"), (path, key)
                assert key not in ("style", "srcdoc", "ping", "formaction"), (path, key)
                if key in ("href", "src", "action"):
                    scheme = urlsplit(re.sub(r"[\x00-\x20]", "", value)).scheme.lower()
                    is_icon = tag == "link" and value.startswith("data:image/svg")
                    is_known = scheme in ("", "http", "https", "tel", "sms", "mailto")
                    assert is_icon or is_known, (path, value)
                    is_ours = tag == "a" or not urlsplit(value).netloc
                    assert is_ours or named.get("rel") == "canonical", (path, value)
        assert policies == ["Content-Security-Policy"], path
    page.close()
    assert {"a", "article", "body", "button", "script", "table"} <= seen
    assert not seen & {"iframe", "object", "embed", "video", "audio", "base", "style", "math"}
    assert not seen & {"marquee", "details-x", "animate", "foreignObject", "textarea"}


def test_nothing_runs_and_nothing_is_asked_of_others(
    attacked: Path, browser: Browser, serve_folder: Callable[[Path], str]
) -> None:
    base = serve_folder(attacked)
    faults: list[str] = []
    context = browser.new_context(viewport={"width": 360, "height": 720}, service_workers="block")
    page = context.new_page()
    page.on("dialog", lambda d: (faults.append(f"dialog {d.message}"), d.dismiss()))
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.on(
        "request", lambda r: None if r.url.startswith((base, "data:")) else faults.append(r.url)
    )
    page.on("popup", lambda p: faults.append("popup"))
    page.on("frameattached", lambda f: faults.append("frame"))
    # Each script is in the lists of PAGES; of the pages that have one alone, some are opened.
    documents = [f"v/dongli/decisions/2025-09-01-a{n}/" for n in range(0, len(SCRIPTS), 12)]
    searches = [f"v/dongli/search/?q={quote(script)}" for script in SCRIPTS[::12]]
    codes = [f"v/dongli/feedback/2025Q3/?c={quote(script)}" for script in SCRIPTS[::24]]
    for address in [*PAGES, "", "v/dongli/decisions/", *documents, *searches, *codes]:
        page.goto(base + address)
        if "search" in address:
            wait_until(page, "document.querySelector('[data-results-count]').textContent")
        assert urlsplit(page.url).path == urlsplit(base + address).path
        assert page.evaluate(
            "[...document.scripts].every(s => s.src.startsWith(location.origin) || /json/.test(s.type))"
        )
        assert faults == [], address
    page.goto(f"{base}v/dongli/search/?q=alert")
    page.wait_for_selector("ol[data-results] > li")
    assert page.locator("ol[data-results] :is(script, img, svg, iframe)").count() == 0
    assert faults == []
    context.close()


def test_data_files_hold_the_scripts_as_words(attacked: Path) -> None:
    data = json.loads((attacked / "v/dongli/feedback/2025Q3/data.json").read_text("utf-8"))
    assert [row[1] for row in data["content"]["rows"]] == [s.strip() for s in SCRIPTS]
    feed = (attacked / "v/dongli/feed.xml").read_text("utf-8")
    assert "<script" not in feed


def test_sheets_are_drawn_whatever_the_texts_hold(tmp_path: Path) -> None:
    folder = township(tmp_path) / DONGLI
    for record in folder.glob("*/*"):
        record.unlink()  # each would be drawn
    body = "\n\n".join(s for s in SCRIPTS if not re.search(r"!\[|<img", s, re.IGNORECASE))
    write(
        folder,
        "notices/2025-09-01-a.md",
        f"---\ntitle: {text(SCRIPTS[0])}\ndate: 2025-09-01\n---\n\n{body}\n",
    )
    drawing = replace(settings(tmp_path), sheets="all")
    found = examine(tmp_path / "villages").problems
    pdf, faults = draw_sheet(SheetRequest("dongli", "notices", "2025-09-01-a"), drawing)
    # The list of what hangs has the title, and the batch behind it the sheet as it hangs.
    batch = draw_round(RoundRequest("dongli", date(2025, 9, 1)), drawing)
    assert {p.code for p in (*found, *faults, *batch.problems)} <= {"glyph-missing"}
    title = "".join(SCRIPTS[0].split())
    for drawn in (pdf, dict(batch.files)[".pdf"]):
        pages = PdfReader(io.BytesIO(drawn)).pages
        assert title in "".join("".join(page.extract_text().split()) for page in pages)


MARKDOWN_TAGS = {
    *("p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr", "img"),
    *("table", "thead", "tbody", "tr", "th", "td"),
    "span",  # around a picture's caption
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_markdown_gives_only_what_is_allowed(script: str) -> None:
    pictures = {"a.jpg": ShownPicture("a.jpg", 10, 10)}
    for wrapped in (
        script,
        f"- {script}",
        f"![{script}](a.jpg)",
        f"[{script}](x)",
        f"![甲](a.jpg '{script}')",
    ):
        html = str(markdown_html(wrapped, pictures))
        tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
        for element in tree.iter():
            if element is tree or not isinstance(element.tag, str):
                continue
            known = {
                "a": {"href", "title"},
                "ol": {"start"},
                "span": {"class"},
                "img": {"src", "alt", "width", "height"},
            }
            known["img"] |= {"loading", "decoding"}
            assert element.tag in MARKDOWN_TAGS
            assert set(element.attrib) <= known.get(element.tag, set()), html
            assert element.tag != "img" or element.get("src") == "a.jpg"
            address = urlsplit(re.sub(r"[\x00-\x20]", "", element.get("href", "")))
            assert address.scheme in ("", "http", "https"), html


@given(st.text(alphabet="![]()<>\"'&;#x\ufdd0\ufdd10fd1 \\`*_a.jpg\n|-:/", max_size=60))
def test_any_markdown_is_well_formed_and_shows_no_other_picture(words: str) -> None:
    html = str(markdown_html(words, {"a.jpg": ShownPicture("a.jpg", 10, 10)}))
    assert "\ufdd0" not in html
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    for image in tree.iter("img"):
        assert image.get("src") == "a.jpg"


DEEP = {
    "quotes": ">" * 3000 + " a",
    "quotes apart": "> " * 3000 + "a",
    "lists": "\n".join(" " * 4 * n + "- a" for n in range(300)),
    "brackets": "[" * 20_000,
    "images": "![" * 10_000,
    "links": "[a](" * 5_000,
    "parentheses": "![a](" + "(" * 20_000,
    "stars": "*a " * 10_000,
    "stars together": "*" * 20_000 + "a" + "*" * 20_000,
    "underscores": "_" * 20_000,
    "backticks": "`" * 20_000 + "a",
    "backticks apart": "` " * 10_000,
    "marks": "- " * 3_000 + "a",
    "numbers": "1. " * 3_000 + "a",
    "marks mixed": "> - " * 3_000 + "a",
    "quotes in lists": "- " + ">" * 3_000,
    "tags": "<" * 20_000,
    "open tags": "<b>" * 3_000 + "a",
    "divs": "<div>" * 3_000 + "a",
    "entities": "&" * 20_000,
    "comments": "<!--" * 5_000,
    "table": "|" * 5_000 + "\n" + "|-" * 5_000 + "\n" + "|a" * 5_000,
    "rules": "-" * 50_000,
    "headings": "#" * 50_000,
    "escapes": "\\" * 50_000,
    "references": "".join(f"[{n}]: x\n" for n in range(3_000)),
    "one word": "a" * 200_000,
    "blanks": " " * 100_000 + "a",
    "lines": "\n" * 50_000 + "a",
}


@pytest.mark.parametrize("name", DEEP)
def test_markdown_has_no_end_that_is_not_reached(name: str, tmp_path: Path) -> None:
    start = time.thread_time()
    path = write(
        tmp_path, "2025-09-20-a.md", f"---\ntitle: 甲\ndate: 2025-09-20\n---\n{DEEP[name]}\n"
    )
    document, faults = read_document(path, "a.md")
    if document is not None and not any(p.severity == "error" for p in faults):
        markdown_html(document.body)
    assert time.thread_time() - start < 10


# ---------------------------------------------------------------------------------- formulas


def calculated(cell: str) -> bool:
    """Whether Excel, WPS or LibreOffice would take a cell of a CSV file for a formula that does
    more than join digits by signs."""
    shown = cell.strip(" \t\r\n\u00a0\u3000\ufeff").translate(str.maketrans("＝＋－＠", "=+-@"))
    if not shown.startswith(("=", "+", "-", "@")):
        return False
    return bool(re.search(r"[^\d\s+\-.,()%]", shown)) or shown.startswith("=")


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[list[str]], list[list[str]]]:
    """Rows of published data.csv files with formulas and signed numbers, and of data.json."""
    tree = tmp_path_factory.mktemp("formulas")
    folder = township(tree) / DONGLI
    rows = [["编号", "日期", "渠道", "事项"]]
    rows += [[f"n{n}", "2025-09-01", words, words] for n, words in enumerate(HARMLESS)]
    write(folder, "feedback/2025Q3.csv", table([*rows, ["公开日期", "2025-10-08"]]))
    people = "".join(
        f"  - {{name: {text(s)}, title: {text(s)}, duty: {text(s)}}}\n"
        for s in [*FORMULAS, *HARMLESS]
    )
    path = folder / "village.yaml"
    phones = "".join(
        f"  - {{id: p{n}, title: 公开电话, kind: phone, value: {text(words)}}}\n"
        for n, words in enumerate(HARMLESS)
        if words.count("0") > 9
    )
    changed = path.read_text("utf-8").replace("people:\n", f"people:\n{people}", 1)
    path.write_text(changed.replace("channels:\n", f"channels:\n{phones}", 1), "utf-8")
    result = build(settings(tree, small_content(tree)), lambda _: None)
    assert [str(p) for p in result.problems if p.severity == "error"] == []
    site = tree / "site/v/dongli"
    published = [
        row
        for name in ("organization/current", "feedback/2025Q3")
        for row in csv.reader(
            io.StringIO((site / name / "data.csv").read_text("utf-8-sig"), newline="")
        )
    ]
    data = json.loads((site / "organization/current/data.json").read_text("utf-8"))
    return published, data["content"]["persons"]


def test_no_cell_of_an_exported_table_is_calculated(
    exported: tuple[list[list[str]], list[list[str]]],
) -> None:
    cells = [cell for row in exported[0] for cell in row]
    assert [cell for cell in cells if calculated(cell)] == []
    for formula in FORMULAS:
        assert cells.count(f"'{formula}") == 3, formula


def test_numbers_dates_and_phones_are_exported_as_they_are(
    exported: tuple[list[list[str]], list[list[str]]],
) -> None:
    published, data = exported
    for words in HARMLESS:
        assert sum(row.count(words) for row in published) == 5, words
    assert [row[0] for row in data][
        : len(FORMULAS)
    ] == FORMULAS  # programs get the words themselves


@given(st.text(max_size=30), st.sampled_from(["", " ", "\u3000", "\t", "\n"]))
def test_what_is_escaped_is_exactly_what_would_be_calculated(words: str, before: str) -> None:
    cell = before + words
    assert is_formula(cell) or not calculated(cell)
    assert not calculated(f"'{cell}")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2), st.dates())
def test_no_amount_and_no_date_is_a_formula(amount: object, day: date) -> None:
    assert not is_formula(f"{amount:f}")
    assert not is_formula(f"{amount:,f}")
    assert not is_formula(day.isoformat())


# ------------------------------------------------------------------------- ways out of the folder


def codes(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(p.code, p.source.file.removeprefix("villages/")) for p in problems]


SECRET = "PLANTED"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A township beside a folder with secrets."""
    township(tmp_path)
    write(tmp_path, "outside/ledger/2025-07.csv", f"日期,摘要\n2025-07-01,{SECRET}\n")
    write(
        tmp_path,
        "outside/notices/2025-07-01-a.md",
        f"---\ntitle: {SECRET}\ndate: 2025-07-01\n---\n",
    )
    write(tmp_path, "outside/a.txt", SECRET)
    write(tmp_path, f"villages/{DONGLI}/private/geheim.txt", SECRET)
    write(
        tmp_path,
        "outside/village.yaml",
        (tmp_path / f"villages/{DONGLI}/village.yaml").read_text("utf-8"),
    )
    return tmp_path


LINKS = (
    ("qingshi/anders", "outside", "folder-link"),
    ("anders", "outside", "folder-link"),
    (f"{DONGLI}/plans", "outside/notices", "folder-link"),
    (f"{DONGLI}/ledger/2025-05.csv", f"villages/{DONGLI}/private/geheim.txt", "file-unreadable"),
    (f"{DONGLI}/ledger/2025-06.csv", "nowhere", "file-unknown"),
    (f"{DONGLI}/ledger/2025-07.csv", "outside/ledger/2025-07.csv", "file-unreadable"),
    (f"{DONGLI}/notices/2025-07-01-a.md", "outside/notices/2025-07-01-a.md", "file-unreadable"),
)


def test_links_are_not_followed(tree: Path) -> None:
    for link, target, _ in LINKS:
        (tree / "villages" / link).symlink_to(tree / target)
    found = examine(tree / "villages")
    assert sorted(codes(found.problems)) == sorted((code, link) for link, _, code in LINKS)
    assert set(found.villages) == {"dongli", "xicun"}
    build(settings(tree, small_content(tree)), lambda _: None)
    assert (tree / "site/v/dongli/index.html").is_file()
    assert not [
        p for p in (tree / "site").rglob("*") if p.is_file() and SECRET.encode() in p.read_bytes()
    ]


def test_a_link_to_the_villages_themselves_ends(tree: Path) -> None:
    (tree / "villages/qingshi/kreis").symlink_to(tree / "villages")
    (tree / f"villages/{DONGLI}/ledger/kreis").symlink_to(tree / "villages")
    found = examine(tree / "villages")
    assert {code for code, _ in codes(found.problems)} == {"folder-link", "file-unknown"}


def test_village_yaml_may_not_be_a_link(tree: Path) -> None:
    path = tree / f"villages/{DONGLI}/village.yaml"
    path.unlink()
    path.symlink_to(tree / "outside/village.yaml")
    found = examine(tree / "villages")
    assert {code for code, _ in codes(found.problems)} == {"file-unreadable", "village-left-out"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_does_not_keep_us_waiting(tree: Path) -> None:
    folder = tree / "villages" / DONGLI
    for name in ("ledger/2025-07.csv", "notices/a.txt", "notices/a.jpg"):
        os.mkfifo(folder / name)
    head = "---\ntitle: 甲\ndate: 2025-09-01\nattachments: [a.txt]\n---\n![甲](a.jpg)\n"
    write(folder, "notices/2025-09-01-a.md", head)
    found = {code for code, _ in codes(examine(tree / "villages").problems)}
    assert {"attachment-missing", "image-missing", "file-unknown"} <= found
    assert isinstance(read_bytes(folder / "notices/a.txt", "a.txt"), Problem)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("ledger/2025-07.csv", "file-large"),
        ("ledger/2025-07.xlsx", "file-large"),
        ("village.yaml", "file-large"),
        ("notices/2025-09-01-a.md", "file-large"),
    ],
)
def test_a_huge_file_is_not_read(tree: Path, name: str, code: str) -> None:
    path = tree / "villages" / DONGLI / name
    with path.open("wb") as file:
        file.truncate(2_000_000_000)
    start = time.thread_time()
    found = examine(tree / "villages")
    assert code in {c for c, _ in codes(found.problems)}
    assert time.thread_time() - start < 5


# --------------------------------------------------------------------------------------- YAML

BOMBS = {
    "aliases": "a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]\n",
    "deep list": "[" * 10_000,
    "deep mapping": "{a: " * 5_000,
    "deep blocks": "".join(" " * n + "a:\n" for n in range(1_000)),
    "many": "[" + "a," * 100_000 + "]",
    "many keys": "".join(f"a{n}: 1\n" for n in range(50_000)),
    "a long text": "title: " + "长" * 600_000,
    "a long number": "households: " + "9" * 19_000,
    "a long key": "? " + "k" * 30_000 + "\n: 1\n",
    "tags": "a: !!python/object/apply:os.system ['true']\n",
    "merge": "a: {<<: {b: 1}}\n",
    "many documents": "---\n" * 30_000,
    "quotes": "'" * 100_000,
    "comment": "#" * 1_000_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_yaml_that_grows_is_refused_or_read_at_once(tree: Path, name: str) -> None:
    start = time.thread_time()
    node, faults = read_yaml(BOMBS[name], "a.yaml")
    assert node is not None or faults
    path = tree / "villages" / DONGLI / "village.yaml"
    path.write_text(path.read_text("utf-8") + BOMBS[name], "utf-8")
    examine(tree / "villages")
    assert time.thread_time() - start < 5


@pytest.mark.parametrize(
    "char", ["\x07", "\x1b", "\x85", "\u202e", "\u2066", "\u200f", "\u2028", "\U000e0041"]
)
def test_characters_that_nobody_sees_are_refused_with_their_line(tmp_path: Path, char: str) -> None:
    path = write(tmp_path, "a.yaml", f"a: 1\nb: 甲{char}乙\n")
    read = read_text(path, "a.yaml")
    assert isinstance(read, Problem)
    assert (read.code, read.source.row) == ("text-unprintable", 2)
    assert f"U+{ord(char):04X}" in read.message


def test_bad_content_is_a_problem(tmp_path: Path) -> None:
    write(
        tmp_path,
        "content/articles/a.md",
        "---\ntitle: 甲\ndate: 2025-09-01\nsummary: 乙\n---\n\n![丙](d.jpg)\n",
    )
    _, faults = read_content(tmp_path / "content")
    assert ("image-address", 7) in [(p.code, p.source.row) for p in faults]


# ----------------------------------------------------------------------------------- any bytes


@given(st.binary(max_size=2_000))
def test_any_bytes_as_yaml_or_markdown_give_records_or_problems(tmp_path: Path, raw: bytes) -> None:
    path = write(tmp_path, "2025-09-20-a.md", raw)
    text_or_problem = read_text(path, "a")
    if isinstance(text_or_problem, str):
        read_yaml(text_or_problem, "a")
    read_document(path, "a")
    write(tmp_path, "2025-09-20-a.md", b"---\ntitle: a\ndate: 2025-09-20\n---\n" + raw)
    document, _ = read_document(path, "a")
    if document is not None:
        markdown_html(document.body)
