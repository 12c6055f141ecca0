"""Sheets that are no record's, drawn from the sample and opened again: powers, lists, flows, the
sign of a station, the code alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from itertools import pairwise
from math import hypot
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
import pytest
from pypdf import PdfReader

from generator.model.codes import CODE_ALPHABET
from generator.model.powers import Branch, Step
from generator.model.shared import Shared, Theme
from generator.output.files import OutputFile
from generator.render.drawings import drawing_words
from generator.render.drawings.steps import step_drawings
from generator.render.pages import Pages
from generator.render.posters import PosterPress
from generator.render.templates import Templates
from generator.views.contents import VillageContents, village_contents
from generator.views.powers import PowerListView, PowerView
from generator.views.sheets import (
    SheetView,
    power_list_sheet,
    power_sheet,
    sheet_notes,
    site_sheets,
    station_sheet,
    village_sheets,
)
from generator.views.sites import site_view
from tests.measuring import codes_of, pages_of, words_of
from tests.township import ROOT, TODAY, real_content, the_sample

pytestmark = pytest.mark.usefixtures("no_pictures")

SITE = "https://qingshi.example"
TEMPLATES = Templates(ROOT / "templates")
WORDS = drawing_words(TEMPLATES)
SHARED, _ = real_content()
KINDS = ("powers", "power", "list", "flow", "station", "qr")


@cache
def contents() -> VillageContents:
    """The sample village with powers of its own and a station."""
    return village_contents(the_sample().villages["liuxi"], SHARED, TODAY)


@cache
def sheets() -> dict[str, SheetView]:
    """All sheets of these kinds by the addresses of their pages."""
    found = (*site_sheets(SHARED, TODAY), *village_sheets(contents(), SHARED))
    return {sheet.url: sheet for sheet in found if sheet.layout in KINDS}


@cache
def press() -> PosterPress:
    return PosterPress(TEMPLATES, Theme())


BUILT: list[Path] = []


@pytest.fixture(scope="module", autouse=True)
def built(site: Path) -> None:
    """What the sample site has as a sheet is not drawn again."""
    BUILT[:] = [site]


@cache
def pdf_of(sheet: SheetView) -> bytes:
    is_sample = sheet is sheets().get(sheet.url)
    if is_sample and (built := BUILT[0] / f"{sheet.path}.pdf").is_file():
        return built.read_bytes()
    drawn = press().draw(sheet, SITE)
    assert drawn.problems == ()
    return drawn.pdf


def plain(text: str) -> str:
    return "".join(text.split())


@dataclass(frozen=True)
class Letter:
    """A visible letter: its box in points from the left bottom, and the size of its type."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float


@cache
def letters(pdf: bytes) -> tuple[Letter, ...]:
    """Every visible letter of all pages."""
    document = pypdfium2.PdfDocument(pdf)
    found: list[Letter] = []
    matrix = raw.FS_MATRIX()
    try:
        for page in document:
            text = page.get_textpage()
            for place in range(text.count_chars()):
                letter = chr(raw.FPDFText_GetUnicode(text, place))
                if letter.strip() and raw.FPDFText_GetMatrix(text, place, matrix):
                    size = raw.FPDFText_GetFontSize(text, place) * hypot(matrix.b, matrix.d)
                    left, bottom, right, top = text.get_charbox(place)
                    found.append(Letter(letter, left, bottom, right, top, size))
    finally:
        document.close()
    return tuple(found)


def large_words(pdf: bytes, least: float) -> str:
    """What is set in type of this size at least."""
    return "".join(letter.text for letter in letters(pdf) if letter.size >= least)


def pages_in(pdf: bytes) -> int:
    return len(pages_of(pdf))


SOME = (
    "powers/",
    "powers/homestead-application/",
    "lists/negative/",
    "lists/duties/",
    "lists/complaint-response/",
    "v/liuxi/powers/",
    "v/liuxi/powers/expense-reimbursement/",
    "v/liuxi/station/",
    "v/liuxi/",
)
# One of each layout, on other papers than its own.
TURNED = (
    ("powers/", "A4"),
    ("powers/homestead-application/", "A3 landscape"),
    ("lists/negative/", "A4"),
    ("lists/complaint-response/", "A3 landscape"),
    ("v/liuxi/station/", "A4"),
    ("v/liuxi/", "A3 landscape"),
)
POWERS = (
    *(f"powers/{power.id}/" for power in SHARED.powers[3::16]),
    *("powers/project-approval/", "powers/expense-reimbursement/"),  # the longest
    "v/liuxi/powers/expense-reimbursement/",
)


# ------------------------------------------------------------------------ which there are


def test_every_power_list_and_flow_has_a_sheet_and_villages_their_own() -> None:
    wanted = {f"powers/{power.id}/" for power in SHARED.powers} | {"powers/", "v/liuxi/"}
    wanted |= {f"lists/{one.id}/" for one in SHARED.lists} | {"lists/catalogue/"}
    wanted |= {f"lists/{flow.id}/" for flow in SHARED.flows}
    wanted |= {"v/liuxi/powers/", "v/liuxi/station/"}
    wanted |= {view.url for view in contents().own_powers}
    assert set(sheets()) == wanted
    assert all(sheet.path == f"{url}poster" for url, sheet in sheets().items())


def test_papers_come_from_the_data_and_a_list_may_choose_its_own() -> None:
    papers = {sheet.layout: sheet.paper.id for sheet in sheets().values()}
    assert (papers["powers"], papers["power"], papers["station"]) == ("A1", "A3", "A2")
    assert sheets()["lists/negative/"].paper.id == "A2"
    assert sheets()["lists/responsibilities/"].paper.id == "A1"


def test_a_kind_without_a_paper_is_not_drawn() -> None:
    shared = replace(SHARED, sheets=tuple(s for s in SHARED.sheets if s.sheet != "power"))
    kinds = {sheet.layout for sheet in site_sheets(shared, TODAY)}
    assert "power" not in kinds
    assert "powers" in kinds


def test_nobody_is_named_before_the_record_that_names_them() -> None:
    view = replace(contents().station, members=())
    assert station_sheet(view, SHARED) is None


# ------------------------------------------------------------------------ what is on them


@pytest.mark.parametrize("url", ["powers/", "v/liuxi/powers/"])
def test_the_overview_tells_every_power_on_one_page(url: str) -> None:
    sheet = sheets()[url]
    view = sheet.body
    assert isinstance(view, PowerListView)
    pdf = pdf_of(sheet)
    text = words_of(pdf)
    lines = [x for _, groups in view.classes for group in groups for x in group.lines]
    assert len(lines) >= 40
    for line in lines:
        for said in (line.title, "、".join(line.actors), line.limit, line.note):
            assert plain(said) in text, said
    assert text.count("本村有调整") + text.count("本村增加") == sum(bool(x.note) for x in lines)
    assert pages_in(pdf) == 1


def test_the_overview_fills_its_page() -> None:
    (height,) = {page.get_height() for page in pypdfium2.PdfDocument(pdf_of(sheets()["powers/"]))}
    paper = sheets()["powers/"].paper
    foot = (paper.foot + paper.margin) / paper.height * height
    lowest = min(x.bottom for x in letters(pdf_of(sheets()["powers/"])) if x.bottom > foot)
    assert lowest < foot + 0.08 * height


def test_many_powers_run_on_with_their_heads() -> None:
    view = contents().power_list
    title, groups = view.classes[-1]
    more = tuple(
        replace(group, lines=(*group.lines, *(replace(x, id=f"{x.id}-2") for x in group.lines)))
        for group in groups
    )
    sheet = power_list_sheet(replace(view, classes=(*view.classes[:-1], (title, more))), SHARED)
    assert sheet is not None
    pdf = pdf_of(sheet)
    assert pages_in(pdf) == 2
    for text in pages_of(pdf):
        assert "权力事项谁来办多久办好" in text
        assert "核验码" in text


@pytest.mark.parametrize("url", POWERS)
def test_a_power_tells_every_step_and_supervision_point_on_one_page(url: str) -> None:
    sheet = sheets()[url]
    view = sheet.body
    assert isinstance(view, PowerView)
    pdf = pdf_of(sheet)
    power, text = view.power, words_of(pdf)
    for number, step in enumerate(power.steps, start=1):
        assert plain(f"{number}. {step.title}") in text
        for said in (step.actor, step.limit, "、".join(step.materials), step.supervised):
            assert plain(said) in text, said
        for branch in step.next:
            assert plain(branch.label) in text
    assert text.count("监督点：") == sum(bool(step.supervised) for step in power.steps)
    for risk in power.risks:
        assert plain(risk.point) in text
        assert plain(risk.measure) in text
    for said in (power.plain, power.limit, power.accountable, view.reason):
        assert plain(said) in text
    assert all(channel.value in text for channel in sheet.reach)
    assert pages_in(pdf) == 1


@pytest.mark.parametrize("url", ["lists/negative/", "lists/duties/", "lists/responsibilities/"])
def test_a_list_tells_every_entry(url: str) -> None:
    public = next(one for one in SHARED.lists if url == f"lists/{one.id}/")
    pdf = pdf_of(sheets()[url])
    text = words_of(pdf)
    for section in public.sections:
        assert len(public.sections) == 1 or plain(section.title) in text
        for entry in section.entries:
            for said in (entry.title, entry.text, entry.basis):
                assert plain(said) in text, said
    assert pages_in(pdf) == 1


def test_flows_tell_every_step() -> None:
    for flow in SHARED.flows:
        pdf = pdf_of(sheets()[f"lists/{flow.id}/"])
        text = words_of(pdf)
        for step in flow.steps:
            assert plain(step.title) in text
            assert plain(step.supervised) in text
        assert pages_in(pdf) == 1


@pytest.mark.parametrize(("paper", "least"), [("A2", 28.0), ("A4", 24.0)])
def test_the_sign_names_people_and_phones_large_enough_from_two_metres(
    paper: str, least: float
) -> None:
    pdf = pdf_of(sheets()["v/liuxi/station/"].on(SHARED.papers[paper]))
    text, view = words_of(pdf), contents().station
    assert plain(view.name) in text
    assert plain(view.where) in text
    assert text.count("负责人") == sum(member.is_head for member in view.members)
    for member in view.members:
        for said in (member.name, member.title, member.duty, member.phone):
            assert plain(said) in text, said
    for section in view.sections:
        assert all(plain(entry.title) in text for entry in section.entries)
    # type of 24 points and more is 8 mm high: three times what good eyes need at 2 m
    large = large_words(pdf, least)
    assert all(member.phone in large for member in view.members)
    assert all(plain(member.name) in large for member in view.members)


def test_the_code_alone_leads_to_the_home_once_large_and_four_times_small() -> None:
    document = pypdfium2.PdfDocument(pdf_of(sheets()["v/liuxi/"]))
    pages = [page.render(scale=1.5).to_pil() for page in document]
    wide = document[0].get_width()
    document.close()
    counts = []
    for picture in pages:
        codes = codes_of(picture.convert("L"))
        assert {code.text for code in codes} == {f"{SITE}/v/liuxi/"}
        counts.append(len(codes))
        code = codes[0].position
        side = (code.top_right.x - code.top_left.x) / picture.width * wide / 72 * 25.4
        assert side >= (100 if len(counts) == 1 else 50)
    assert counts == [1, 4]
    assert "柳溪村" in words_of(pdf_of(sheets()["v/liuxi/"]))


@pytest.mark.parametrize("url", SOME[:-1])
def test_codes_lead_to_the_pages_that_show_the_same(url: str) -> None:
    sheet = sheets()[url]
    assert len(sheet.code) == 8
    assert set(sheet.code) <= set(CODE_ALPHABET)
    pdf = pdf_of(sheet)
    assert f"核验码{sheet.code}" in words_of(pdf)
    document = pypdfium2.PdfDocument(pdf)
    picture = document[0].render(scale=1080 / min(document[0].get_size())).to_pil()
    document.close()
    (code,) = codes_of(picture.convert("L"))
    assert code.text == f"{SITE}/{url}?c={sheet.code}"


# ------------------------------------------------------------------------- how they are set


@pytest.mark.parametrize(("url", "paper"), [*((url, "") for url in SOME), *TURNED])
def test_no_type_is_too_small_and_no_letter_off_the_paper(url: str, paper: str) -> None:
    sheet = sheets()[url]
    if paper:
        name, _, turn = paper.partition(" ")
        sheet = sheet.on(SHARED.papers[name].laid(turn))
    pdf = pdf_of(sheet)
    smallest = min(letters(pdf), key=lambda letter: letter.size)
    assert smallest.size >= sheet.paper.body - 0.1, smallest
    margin = sheet.paper.margin / 25.4 * 72 - 1
    width, height = (float(n) for n in PdfReader(BytesIO(pdf)).pages[0].mediabox[2:])
    edge = margin * 0.5  # the page number stands in the upper margin
    for letter in letters(pdf):
        assert letter.left >= margin, letter
        assert letter.right <= width - margin, letter
        assert letter.bottom >= edge, letter
        assert letter.top <= height - edge, letter


@pytest.mark.parametrize(
    "url", ["v/liuxi/powers/expense-reimbursement/", "v/liuxi/powers/", "lists/activities/"]
)
def test_a_sheet_is_drawn_the_same_twice(url: str) -> None:
    """Here, and in the process that built the sample site."""
    assert press().draw(sheets()[url], SITE).pdf == pdf_of(sheets()[url])


# ------------------------------------------------------------------------------------ codes


def test_a_code_changes_with_what_is_said_and_not_with_the_paper() -> None:
    view = next(v for v in contents().own_powers if not v.is_added)
    first = power_sheet(view, SHARED)
    assert first is not None
    assert first.on(SHARED.papers["A2"]).code == first.code
    for changed in (
        replace(view, power=replace(view.power, limit="当天")),
        replace(view, reason="另有原因"),
        replace(view, power=replace(view.power, steps=view.power.steps[:-1])),
        replace(view, channels=()),
    ):
        sheet = power_sheet(changed, SHARED)
        assert sheet is not None
        assert sheet.code != first.code
    codes = [sheet.code for sheet in sheets().values() if sheet.code]
    assert len(set(codes)) == len(codes)


def test_pages_carry_the_codes_of_their_sheets_and_lead_to_them() -> None:
    shared: Shared = SHARED
    pages = Pages(TEMPLATES, shared, TODAY, SITE)
    own = village_sheets(contents(), shared)
    drawn = [f"{sheet.path}.pdf" for sheet in own]
    files = {f.path: f.content.decode() for f in _html(pages, own, drawn)}
    for url, sheet in sheets().items():
        page = files[f"{url}index.html"]
        if sheet.code:
            assert page.count("data-code=") == 1
            assert f'data-code="{sheet.code}"' in page
        assert ('href="poster.pdf"' in page) == sheet.path.startswith("v/")


def _html(pages: Pages, own: tuple[SheetView, ...], drawn: list[str]) -> Iterator[OutputFile]:
    """The village's pages with their sheets, the site's without: nothing was drawn for these."""
    from generator.views.powers import power_list, standard_power_views

    found = site_view(SHARED, (), power_list(SHARED), standard_power_views(SHARED, TODAY), TODAY)
    yield from pages.village(contents(), sheet_notes(own, drawn))
    yield from pages.site(found, sheet_notes(site_sheets(SHARED, TODAY), ()))


# ------------------------------------------------------------------------- charts of steps


def flow(*steps: tuple[str, str]) -> tuple[Step, ...]:
    """Steps by id, with where they lead: `a,b`, or nothing for the next."""
    source = SHARED.site.source
    return tuple(
        Step(
            id,
            f"第{id}步",
            source,
            kind="decision" if "," in to else "step",
            next=tuple(Branch(t, f"去{t}") for t in to.split(",") if t),
        )
        for id, to in steps
    )


def test_ways_that_skip_or_return_have_lanes_of_their_own() -> None:
    steps = flow(("1", ""), ("2", "3,5"), ("3", ""), ("4", "5,2"), ("5", ""))
    (chart,) = step_drawings(steps, WORDS, id="a", title="b", width=700, first=2000, other=2000)
    around = [way for way in chart.ways if len(way.points) > 2]
    assert [way.returns for way in around] == [True, False] or len(around) == 2
    assert len({way.points[1][0] for way in around}) == 2
    left = min(row.outline.x for row in chart.rows)
    for way in around:
        assert way.points[1][0] < left
    labels = [line.text for way in chart.ways for line in way.words]
    assert sorted(labels) == ["去2", "去3", "去5", "去5"]


def test_a_chart_is_cut_between_steps_and_loses_none() -> None:
    steps = flow(*((str(n), "") for n in range(1, 30)))
    parts = step_drawings(steps, WORDS, id="a", title="b", width=700, first=300, other=500)
    assert len(parts) > 2
    assert [row.id for part in parts for row in part.rows] == [step.id for step in steps]
    assert parts[0].height <= 300
    assert all(part.height <= 500 for part in parts)
    for one, other in pairwise(parts):
        assert one.top + one.height == pytest.approx(other.top)
