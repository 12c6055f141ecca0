"""Page and sheet of one record say the same in the same order and words: of each item of the sample
one record, and what villages' lists of powers and stations are called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from lxml import html

from generator.model.shared import Shared, Theme
from generator.publishing.text import code_words
from generator.render.posters import PosterPress
from generator.render.templates import Templates
from generator.views.contents import village_contents
from generator.views.records import RecordView
from generator.views.sheets import SheetView, village_sheets
from tests.township import real_content, the_sample

ROOT = Path(__file__).parent.parent
TODAY = date(2025, 10, 10)
SITE = "https://qingshi.example"
VILLAGES = ("liuxi", "meiling", "shiqiao")
# What stands apart from the running order: what is sent on paper, and what a reader skips.
ASIDE = ".//section[@id='slip'] | .//nav | .//script | .//style | .//noscript | .//desc | .//title"


@cache
def shared() -> Shared:
    return real_content()[0]


@cache
def sheets() -> dict[str, SheetView]:
    """By item one record's sheet, and all sheets that are no record's, of several villages."""
    found: dict[str, SheetView] = {}
    for village in VILLAGES:
        contents = village_contents(the_sample().villages[village], shared(), TODAY)
        for sheet in village_sheets(contents, shared()):
            body = sheet.body
            name = body.item.id if isinstance(body, RecordView) else sheet.url
            found.setdefault(name, sheet)
    return found


@cache
def press() -> PosterPress:
    return PosterPress(Templates(ROOT / "templates"), Theme())


def plain(text: str) -> str:
    return re.sub(r"[\s·（）()]", "", text)


def words(document: str, root: str) -> str:
    """All words in their order."""
    tree = html.fromstring(document.encode()).find(f".//{root}")
    assert tree is not None
    for one in tree.xpath(ASIDE):
        one.drop_tree()
    return plain("".join(tree.itertext()))


def records() -> list[str]:
    return sorted(n for n, s in sheets().items() if isinstance(s.body, RecordView))


def parts(view: RecordView) -> Iterator[tuple[str, str]]:
    """What a record says, each with its name, in no order that matters."""
    publication, document = view.publication, view.publication.document
    yield "title", publication.title
    yield "sentence", view.sentence
    for correction in publication.corrections:
        yield "correction", correction.said
    if document:
        yield "outcome", document.outcome
        lines = [line.strip("#>*- 0123456789.|") for line in document.body.splitlines()]
        yield "words", next((line for line in lines if len(line) > 9 and "*" not in line), "")
        yield "attached", next((file.called for file in document.files), "")
        yield "course", view.course.words if view.course else ""
        yield "steps", document.steps[0].step if document.steps else ""
        yield "note", view.notes[0] if view.notes else ""
    for name, person in (("first", 0), ("last", -1)):
        if publication.persons:
            yield (
                f"{name} person",
                publication.persons[person].name + publication.persons[person].title,
            )


def order(text: str, found: dict[str, str]) -> list[str]:
    return sorted(found, key=lambda name: text.index(found[name]))


@pytest.mark.parametrize("item", records())
def test_page_and_sheet_have_the_same_words_in_the_same_order(item: str, site: Path) -> None:
    sheet = sheets()[item]
    view = sheet.body
    assert isinstance(view, RecordView)
    page = words((site / sheet.url / "index.html").read_text("utf-8"), "main")
    paper = words(press().html(sheet, SITE), "body")
    told = {name: plain(text) for name, text in parts(view) if text}
    lacking = {name for name, text in told.items() if text not in page or text not in paper}
    # A village's own sentence takes the place of an item's plain words where there are no numbers.
    assert lacking <= ({"sentence"} if view.item.kind == "people" else set()), (item, lacking)
    both = {name: text for name, text in told.items() if name not in lacking}
    assert order(page, both) == order(paper, both)
    assert plain(code_words(sheet.code)) in paper
    if sheet.official:
        assert plain(sheet.official) in page
        assert plain(sheet.official) in paper


@pytest.mark.parametrize("item", records())
def test_rows_stand_in_the_same_order(item: str, site: Path) -> None:
    """By the columns that name them; lists of households may be by group on paper."""
    sheet = sheets()[item]
    view = sheet.body
    assert isinstance(view, RecordView)
    table = view.publication.table
    named = table.with_role("title") or table.with_role("name")
    if named is None or sheet.layout == "roll":
        return
    rows = [plain(table.cell(row, named.name).text) for row in view.publication.rows]
    page = words((site / sheet.url / "index.html").read_text("utf-8"), "main")
    paper = words(press().html(sheet, SITE), "body")
    for text in (page, paper):
        at = 0
        for row in filter(None, rows):
            at = text.index(row, at) + len(row)
    charts = [t for t in (plain(chart.title) for chart in view.charts) if t in paper and t in page]
    last = next((row for row in reversed(rows) if row), "")
    if charts and last and "side" not in press().html(sheet, SITE).partition("<body")[2][:60]:
        assert page.index(charts[0]) > page.index(last)


@pytest.mark.parametrize("village", VILLAGES)
def test_powers_have_one_name_and_its_official_term(village: str, site: Path) -> None:
    sheet = sheets().get(f"v/{village}/powers/")
    if sheet is None:
        return
    paper = words(press().html(sheet, SITE), "body")
    page = words((site / sheet.url / "index.html").read_text("utf-8"), "main")
    assert sheet.official
    assert plain(sheet.official) in page
    assert plain(sheet.official) in paper
