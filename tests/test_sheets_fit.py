"""What goes on one page and what keeps together: pages that are not spent without need, numbers
with their units, telephone numbers in one piece."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pypdfium2
import pytest
from markupsafe import Markup

from generator.render.drawings import SHEET, Drawings
from generator.render.posters.measures import addressed
from generator.render.posters.rare import RareFonts
from generator.render.posters.typeface import read_typeface
from generator.views.charts import LineChart, Span, SpanChart
from generator.views.contents import village_contents
from generator.views.records import RecordView
from generator.views.sheets import SheetView, village_sheets
from generator.views.stations import StationView
from tests.chartkinds import CHARTS
from tests.measuring import faults_of, pages_of, printed
from tests.svg import parse, points_of
from tests.test_sheets_docs import (
    SITE,
    TEMPLATES,
    TODAY,
    as_built,
    built,  # noqa: F401  # the sample site, for all tests of this file
    drawn,
    press,
    shared,
    view_of,
)
from tests.township import the_sample

pytestmark = pytest.mark.usefixtures("no_pictures")

DRAWINGS = Drawings(TEMPLATES)


@cache
def sheets() -> dict[str, SheetView]:
    """The sheets of all villages of the sample, by the addresses of their pages."""
    found: dict[str, SheetView] = {}
    for data in the_sample().villages.values():
        views = village_sheets(village_contents(data, shared(), TODAY), shared())
        found |= {view.url.strip("/"): view for view in views}
    return found


def sheet_on(name: str, paper: str = "") -> SheetView:
    sheet = sheets()[name]
    size, _, turn = paper.partition(" ")
    return sheet.on(shared().papers[size].laid(turn or "portrait")) if size else sheet


@cache
def pages(name: str, paper: str = "") -> tuple[str, ...]:
    sheet = sheet_on(name, paper)
    return pages_of(drawn(sheet) if paper else as_built(sheet))


# --------------------------------------------------------------------------------- one page


@pytest.mark.parametrize(
    ("name", "paper", "told"),
    [
        # drawn lower, set tighter, with fewer drawings, and with drawings beside the table
        ("v/liuxi/ledger/2025-02", "", ("钱花在哪里", "结余的变化")),
        ("v/liuxi/ledger/2025-03", "", ("钱花在哪里", "结余的变化")),
        ("v/meiling/subsidies/2025Q3", "", ()),
        ("v/liuxi/resources/2025H1", "", ("18.5亩", "620亩")),
        ("v/liuxi/ledger/2025-08", "A3 landscape", ("钱花在哪里", "结余的变化")),
        ("v/liuxi/ledger/2025-05", "A3 landscape", ("钱花在哪里", "结余的变化")),
        # what has no table of rows: the next way of setting it is tried
        ("v/shiqiao/decisions/2025-03-14-duichang", "", ("隔6天", "相关公开")),
        ("v/liuxi/hearings/2025Q2", "", ("怎样答复的", "当场答复")),
    ],
)
def test_one_page_holds_what_can_be_held(name: str, paper: str, told: tuple[str, ...]) -> None:
    sheet = sheet_on(name, paper)
    pdf, laid = printed(press(), sheet, SITE)
    (page,) = pages_of(pdf)
    assert all(words in page for words in told)
    assert not faults_of(laid, sheet.paper)


def test_drawings_stay_where_another_page_is_needed_all_the_same() -> None:
    assert "回访满意不满意" in pages("v/liuxi/feedback/2025Q3")[-1]
    assert "各组发了多少" in pages("v/liuxi/subsidies/2025Q3")[-1]
    assert "全年预算花了多少" in pages("v/shiqiao/budget/2025")[0]


@pytest.mark.parametrize(
    "name",
    [
        "v/liuxi/ledger/2025-09",
        "v/liuxi/budget/2025",
        "v/liuxi/decisions/2025-08-20-ludeng",
        "v/liuxi/decisions/2025-07-28-guoyuan",
        "v/meiling/elections/2025-09-16-banfa",
        "v/meiling/voters/2025-09-22",
    ],
)
def test_no_sheet_is_hung_for_a_row_or_two(name: str) -> None:
    sheet = sheet_on(name)
    pdf, laid = printed(press(), sheet, SITE)
    assert len(pages_of(pdf)) == 1
    assert not faults_of(laid, sheet.paper)


def test_terms_of_leases_fit_a_lying_page() -> None:
    assert "合同从哪天到哪天" in pages("v/liuxi/contracts/2025")[-1]
    assert len(pages("v/liuxi/contracts/2025")) == 2


def test_the_sums_of_projects_do_not_stand_on_a_page_alone() -> None:
    first, last = pages("v/liuxi/projects/2025Q3", "A3 landscape")
    assert "合计：决算" in first
    assert "公开栏修补" in last


@pytest.mark.parametrize("paper", ["A4", "A3 landscape"])
@pytest.mark.parametrize("name", ["subsidies/2025Q3", "decisions/2025-01-12-fenhong"])
def test_a_long_title_heads_later_pages_in_one_line(name: str, paper: str) -> None:
    sheet = sheet_on(f"v/liuxi/{name}", paper)
    sheet = replace(sheet, subtitle=sheet.subtitle * 9)
    pdf, laid = printed(press(), sheet, SITE)
    assert not faults_of(laid, sheet.paper)
    assert "…（续）" in pages_of(pdf)[-1]


@pytest.mark.parametrize(
    "name", ["ledger/2025-09", "decisions/2025-01-12-fenhong", "powers", "station", "notices"]
)
def test_long_words_do_not_burst_the_foot(name: str) -> None:
    known = next(address for address in sheets() if address.startswith(f"v/liuxi/{name}"))
    sheet = sheet_on(known, "A4")
    channels = (replace(c, title=c.title * 3, value=c.value * 12) for c in sheet.channels)
    long = replace(
        sheet,
        channels=tuple(
            replace(c, value=own.value) if own.kind == "phone" else c
            for c, own in zip(channels, sheet.channels, strict=True)
        ),
    )
    pdf, laid = printed(press(), long, SITE)
    assert not faults_of(laid, long.paper)
    (text, *_) = pages_of(pdf)
    assert "…" in text
    assert not sheet.phone or sheet.phone.value in text


# --------------------------------------------------------------------------------- drawings


def test_words_of_spans_stand_beside_the_bars_where_there_is_room() -> None:
    chart = CHARTS["spans-usual"]
    assert isinstance(chart, SpanChart)
    usual, broad = (parse(DRAWINGS.chart(chart, width)) for width in (SHEET, 1200))
    high, low = (float(each.attrib["viewBox"].split()[3]) for each in (usual, broad))
    assert low < high * 0.7
    many = replace(chart, spans=(Span("园", date(2020, 1, 1), date(2030, 1, 1), "租"),) * 20)
    assert float(parse(DRAWINGS.chart(many, 1200)).attrib["viewBox"].split()[3]) < 20 * 28 + 80


@pytest.mark.parametrize("width", [280, 400])
def test_a_low_line_shows_the_same_points(width: int) -> None:
    (chart,) = (c for c in view_of("ledger/2025-09").charts if isinstance(c, LineChart))
    usual, low = (parse(DRAWINGS.chart(chart, width, is_low=is_low)) for is_low in (False, True))
    heights = [float(each.attrib["viewBox"].split()[3]) for each in (usual, low)]
    assert heights[1] < heights[0]
    lines = [each.find(".//{*}polyline") for each in (usual, low)]
    one, other = (points_of(line) for line in lines if line is not None)
    assert [x for x, _ in one] == [x for x, _ in other]


# ----------------------------------------------------------------------- what keeps together


@pytest.mark.parametrize(
    ("name", "paper"),
    [
        ("v/liuxi/station", ""),
        ("v/shiqiao/station", ""),
        ("v/xintang/station", ""),
        ("v/liuxi/organization/current", "A4"),
    ],
)
def test_a_telephone_number_is_never_broken(name: str, paper: str) -> None:
    sheet = sheet_on(name, paper)
    body = sheet.body
    if isinstance(body, StationView):
        phones = [member.phone for member in body.members]
    else:
        assert isinstance(body, RecordView)
        phones = [person.phone for person in body.publication.persons]
    document = pypdfium2.PdfDocument(drawn(sheet) if paper else as_built(sheet))
    found = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    assert phones
    assert all(phone in found for phone in phones)


def test_numbers_keep_their_units() -> None:
    typeface = read_typeface(TEMPLATES.package / "fonts", RareFonts(()))
    for text in ("路灯 12 盏", "收入 <b>32,000.00</b> 元", "每人 200 元，共 8 人"):
        kept = typeface.drawable(text)
        assert kept.split() == text.split()
        assert kept.count("\u00a0") == text.count(" 盏") + text.count(" 元") + text.count(" 人")


def test_only_who_is_addressed_begins_at_the_edge() -> None:
    assert 'class="to"' in addressed(Markup("<p>各位村民：</p>\n<p>停水了。</p>"))
    assert 'class="to"' not in addressed(Markup("<p>办法有三种：</p>\n<ul><li>手机办</li></ul>"))
