"""Sheets of notices, decisions, projects, questions, lists of households, cases and guides: what
they say, how an official notice is measured, and that a copier loses nothing of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import cycle
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageStat

from generator.checks import check_content
from generator.model.catalogue import LAYOUT_KINDS
from generator.model.papers import POINTS_PER_MM
from generator.model.schema import ANY_RECORD
from generator.model.shared import Shared, Theme
from generator.publishing.publication import PublicCorrection
from generator.publishing.text import day
from generator.render.drawings import Drawings
from generator.render.markup import markdown_html
from generator.render.posters import PosterPress
from generator.render.posters.charts import figure_rows
from generator.render.posters.measures import official
from generator.render.templates import Templates
from generator.views.charts import BarChart, LineChart, PairChart, Point, ShareChart, SpanChart
from generator.views.contents import VillageContents, village_contents
from generator.views.records import RecordView
from generator.views.sheets import SheetView, record_sheet, site_sheets, village_sheets
from generator.views.sheets.blocks import Answers
from tests.measuring import codes_of, pages_of, type_sizes, words_of
from tests.township import real_content, the_sample

pytestmark = pytest.mark.usefixtures("no_pictures")

ROOT = Path(__file__).parent.parent
TEMPLATES = Templates(ROOT / "templates")
TODAY = date(2025, 10, 10)
SITE = "https://qingshi.example"
NOTICE, DECISION = "notices/2025-09-29-donggou-zhongbiao", "decisions/2025-08-20-ludeng"
CASE, GUIDE = "cases/case-yutang-zujin", "cases/guide-kandong-zhang"
# One sheet of each layout.
SHEETS = {
    "finance": "ledger/2025-09",
    "table": "assets/2025H1",
    "roll": "subsidies/2025Q3",
    "project": "projects/2025Q3",
    "answers": "feedback/2025Q3",
    "notice": NOTICE,
    "decision": DECISION,
    "people": "organization/current",
    "article": CASE,
    "guide": GUIDE,
}


@cache
def shared() -> Shared:
    return real_content()[0]


@cache
def contents() -> VillageContents:
    return village_contents(the_sample().villages["liuxi"], shared(), TODAY)


@cache
def all_sheets() -> dict[str, SheetView]:
    sheets = (*village_sheets(contents(), shared()), *site_sheets(shared(), TODAY))
    return {sheet.url.removeprefix("v/liuxi/").strip("/"): sheet for sheet in sheets}


@cache
def press() -> PosterPress:
    return PosterPress(TEMPLATES, Theme())


BUILT: list[Path] = []


@pytest.fixture(scope="module", autouse=True)
def built(site: Path) -> None:
    """What the sample site has as a sheet is not drawn again."""
    BUILT[:] = [site]


def as_built(sheet: SheetView) -> bytes:
    """A sheet of the sample, on its own paper."""
    built = BUILT[0] / f"{sheet.path}.pdf"
    return built.read_bytes() if built.is_file() else drawn(sheet)


@cache
def pdf_of(name: str, paper: str = "") -> bytes:
    sheet = all_sheets()[name]
    if not paper:
        return as_built(sheet)
    size, _, turn = paper.partition(" ")
    return drawn(sheet.on(shared().papers[size].laid(turn or "portrait")))


def drawn(sheet: SheetView) -> bytes:
    result = press().draw(sheet, SITE)
    assert result.problems == ()
    return result.pdf


def sheet_of(view: RecordView) -> SheetView:
    sheet = record_sheet(view, shared().phrases, TODAY)
    assert sheet is not None
    return sheet


def view_of(name: str) -> RecordView:
    body = all_sheets()[name].body
    assert isinstance(body, RecordView)
    return body


def answers_of(name: str) -> Answers:
    blocks = all_sheets()[name].blocks
    assert isinstance(blocks, Answers)
    return blocks


def plain(markdown: str) -> list[str]:
    """The words of a text, paragraph by paragraph."""
    lines = re.sub(r"<[^>]+>", "\n", str(markdown_html(markdown))).splitlines()
    return [text for line in lines if (text := "".join(line.split())) and "&" not in text]


def images(pdf: bytes, width: int = 800) -> Iterator[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        yield page.render(scale=width / page.get_size()[0]).to_pil().convert("L")
    document.close()


@dataclass(frozen=True)
class Letter:
    """A character with its box in millimetres, measured from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def letters(pdf: bytes, page: int = 0) -> list[Letter]:
    document = pypdfium2.PdfDocument(pdf)
    sheet = document[page]
    text, height = sheet.get_textpage(), sheet.get_size()[1]
    found = []
    for n in range(text.count_chars()):
        left, low, right, high = (
            value / POINTS_PER_MM for value in text.get_charbox(n, loose=False)
        )
        tall = height / POINTS_PER_MM
        found.append(Letter(text.get_text_range(n, 1), left, tall - high, right, tall - low))
    document.close()
    return [letter for letter in found if letter.text.strip()]


# --------------------------------------------------------------------------- nothing is lost


def dated(words: str) -> list[str]:
    """A day with which words begin, and the words: in a project's course they stand apart."""
    return re.split(r"(?<=日) ", words, maxsplit=1)


@pytest.mark.parametrize("name", [*SHEETS.values(), "hearings/2025Q3", "contracts/2025"])
def test_every_word_of_the_record_is_on_its_sheet(name: str) -> None:
    text = words_of(pdf_of(name))
    sheet = all_sheets()[name]
    assert f"核验码{sheet.code[:4]}{sheet.code[4:]}" in text
    if not isinstance(sheet.body, RecordView):
        return
    publication = sheet.body.publication
    for row in publication.rows:
        for field, cell in zip(publication.columns, row.cells, strict=True):
            link = sheet.body.cell_links.get((row.number, field.name))
            is_key = field.link in ("decisions", ANY_RECORD)
            shown = link.title if link and is_key else cell.text
            if field.type == "date" and shown[:7] == publication.key[:7]:
                shown = f"{int(shown[5:7])}月{int(shown[8:])}日"
            for part in dated(shown):
                assert "".join(part.split()) in text, (field.name, part)
    document = publication.document
    if document is not None:
        told = [publication.title, document.number, document.summary, document.outcome]
        told += [part for step in document.steps for part in (step.step, step.note)]
        for part in (*map(str, told), *plain(document.body)):
            assert "".join(part.split()) in text, part


REDRAWN = (NOTICE, DECISION, "subsidies/2025Q3", "projects/2025Q3", CASE)


@pytest.mark.parametrize(
    ("name", "paper"),
    [
        *((name, "A4") for name in REDRAWN),
        *zip(REDRAWN, cycle(("A4 landscape", "A2")), strict=False),
    ],
)
def test_other_papers_lose_no_word_either(name: str, paper: str) -> None:
    usual, other = words_of(pdf_of(name)), words_of(pdf_of(name, paper))
    body, wanted = all_sheets()[name].body, list[str]()
    if isinstance(body, RecordView):
        document = body.publication.document
        wanted += plain(document.body) if document else []
        keys = re.compile(r"\d{4}-\d\d-\d\d-[a-z0-9-]+")  # documents are called by their titles
        texts = (part for r in body.publication.rows for c in r.cells for part in dated(c.text))
        cells = ("".join(part.split()) for part in texts)
        wanted += [cell for cell in cells if not keys.fullmatch(cell)]
    missing = [text for text in wanted if text not in other]
    assert usual
    assert not missing


@pytest.mark.parametrize("name", [NOTICE, CASE, GUIDE, "balance/2025Q3", "subsidies/2025Q2"])
def test_what_fits_one_page_takes_one(name: str) -> None:
    assert len(pages_of(pdf_of(name))) == 1


def test_no_page_is_empty_and_no_heading_ends_one() -> None:
    for name in SHEETS.values():
        for page in pages_of(pdf_of(name)):
            assert len(page) > 150
            body = page.split("有疑问？")[0].split("扫码看依据")[0]
            assert not body.endswith(("怎样定的", "相关公开", "表上每一列写的是什么"))


# ------------------------------------------------------------------------------- notices


@cache
def plain_notice(paper: str = "") -> bytes:
    """A notice without an attachment, short enough for the standard's own measures."""
    sheet = all_sheets()[NOTICE]
    view = view_of(NOTICE)
    document = view.publication.document
    assert document is not None
    publication = replace(view.publication, body=replace(document, attachments=()))
    sheet = replace(sheet, body=replace(view, publication=publication))
    size, _, turn = paper.partition(" ")
    return drawn(sheet.on(shared().papers[size].laid(turn or "portrait")) if size else sheet)


def test_a_notice_keeps_to_the_type_area_of_the_standard() -> None:
    found = letters(plain_notice())
    folio = [letter for letter in found if letter.top > 262]
    area = [letter for letter in found if letter.top <= 262]
    # 版心 156 x 225 mm: 37 mm from above, 28 mm from the left; boxes are those of the strokes.
    assert min(letter.left for letter in area) == pytest.approx(28, abs=0.8)
    assert max(letter.right for letter in area) <= 28 + 156 + 0.3
    assert 37 <= min(letter.top for letter in area) < 42
    assert max(letter.bottom for letter in area) <= 37 + 225
    assert "".join(letter.text for letter in folio) == "—1—"
    assert folio[0].top == pytest.approx(262 + 7 + 2, abs=2)
    assert folio[-1].right == pytest.approx(184 - 14 / POINTS_PER_MM, abs=1)


def test_a_notice_is_set_in_the_sizes_and_the_pitch_of_the_standard() -> None:
    found = letters(plain_notice())
    text = "".join(letter.text for letter in found)
    begin = text.index("东沟道路硬化工程9月28日")
    line = [x for x in found[begin : begin + 120] if x.text in "东投宏每"]
    tops = sorted({round(x.bottom, 1) for x in line if x.left < 30})
    assert tops[1] - tops[0] == pytest.approx(225 / 22, abs=0.3)
    sizes = type_sizes(plain_notice())
    assert {21.0, 15.8, 14.0} <= set(sizes)
    assert min(sizes) == 12.0
    second = text.index("投标，评审")
    across = found[second + 10].left - found[second].left
    assert across == pytest.approx(10 * 15.75 / POINTS_PER_MM, abs=0.4)
    measures = official(shared().papers["A4"])
    assert 28 * measures.body <= 156 * POINTS_PER_MM
    assert 22 * measures.pitch == pytest.approx(225 * POINTS_PER_MM)


@pytest.mark.parametrize("paper", ["A4", "A3", "A1"])
def test_a_larger_notice_is_the_same_picture(paper: str) -> None:
    small, large = letters(plain_notice()), letters(plain_notice(paper))
    scale = shared().papers[paper].width / 210
    title = next(n for n, letter in enumerate(small) if letter.text == "东")
    there = next(n for n, letter in enumerate(large) if letter.text == "东")
    assert large[there].left == pytest.approx(small[title].left * scale, abs=1.5)
    assert large[there].top == pytest.approx(small[title].top * scale, abs=1.5)


@pytest.mark.parametrize("paper", ["A4 landscape", "A3 landscape"])
def test_a_lying_notice_keeps_the_smallest_type(paper: str) -> None:
    least = {"A4": 12.0, "A3": 14.0}[paper[:2]]
    assert min(type_sizes(pdf_of(NOTICE, paper))) >= least - 0.1


@pytest.mark.parametrize("paper", ["A4", "A3"])
def test_a_notice_can_be_checked(paper: str) -> None:
    document = pypdfium2.PdfDocument(pdf_of(NOTICE, paper))
    image = document[0].render(scale=1200 / document[0].get_size()[0]).to_pil()
    document.close()
    (found,) = codes_of(image)
    assert found.text.endswith(f"?c={all_sheets()[NOTICE].code}")
    corners = found.position
    side = (corners.top_right.x - corners.top_left.x) / 1200 * shared().papers[paper].width
    assert side >= 30
    text = words_of(pdf_of(NOTICE, paper))
    for wanted in (
        "监督电话0000-1234567",
        "10月15日，到期请撤换",
        "共1页",
        "经办：审核：",
        "（盖章）",
    ):
        assert wanted in text


def test_whom_a_notice_addresses_stands_at_the_edge() -> None:
    view = view_of(NOTICE)
    document = view.publication.document
    assert document is not None
    body = replace(document, body=f"各村民小组：\n\n{document.body}")
    publication = replace(view.publication, body=body)
    sheet = replace(all_sheets()[NOTICE], body=replace(view, publication=publication))
    found = letters(drawn(sheet))
    text = "".join(letter.text for letter in found)
    assert found[text.index("各村民小组：")].left == pytest.approx(28, abs=1)
    assert found[text.index("东沟道路硬化工程9月")].left == pytest.approx(28 + 11.1, abs=1)


def test_later_pages_of_a_notice_are_numbered_on_their_outer_side() -> None:
    view = view_of(NOTICE)
    document = view.publication.document
    assert document is not None
    long = replace(document, body="\n\n".join([document.body] * 6))
    publication = replace(view.publication, body=long)
    sheet = replace(all_sheets()[NOTICE], body=replace(view, publication=publication))
    pdf = drawn(sheet)
    count = len(pages_of(pdf))
    assert count > 1
    second = [letter for letter in letters(pdf, 1) if letter.top > 262]
    assert "".join(letter.text for letter in second) == "—2—"
    assert second[0].left == pytest.approx(28 + 14 / POINTS_PER_MM, abs=1)
    for page in pages_of(pdf):
        assert "核验码" in page


# ----------------------------------------------------------------- decisions and projects


def test_a_decision_tells_every_step_with_day_and_votes() -> None:
    document = view_of(DECISION).publication.document
    assert document is not None
    for paper in ("A3", "A4"):
        text = words_of(pdf_of(DECISION, paper))
        assert "怎样定的哪一天应到实到同意" in text
        decided = text.index("同意29人，不同意1人，决议通过")
        assert decided < text.index("维修范围是主路7盏") < text.index("怎样定的")
        for n, step in enumerate(document.steps, start=1):
            votes = "".join("" if count is None else str(count) for count in step.counts)
            assert f"{n}{step.step}{day(step.date)}{votes}" in text
        assert "同意29人，不同意1人，决议通过" in text
        assert "村内路灯维修（2025年第三季度工程）" in text


def test_the_time_line_stands_beside_the_steps_only_where_there_is_room() -> None:
    wide, narrow = (words_of(pdf_of(DECISION, paper)) for paper in ("A1", "A4"))
    assert "隔5天" in wide
    assert "隔5天" not in narrow


def test_a_project_is_told_from_decision_to_acceptance() -> None:
    view = view_of("projects/2025Q3")
    text = words_of(pdf_of("projects/2025Q3"))
    works = all_sheets()["projects/2025Q3"].blocks
    assert isinstance(works, tuple)
    assert [work.title for work in works] == [row.cells[0].text for row in view.publication.rows]
    work = next(w for w in works if w.title == "村内路灯维修")
    assert work.chain is not None
    assert work.share is not None
    assert work.share.shares[0].whole == work.share.shares[0].part == Decimal(9800)
    for moment in work.chain.moments:
        assert moment.day is not None
        assert f"{day(moment.day)}{moment.label}" in text
    assert "通知村内路灯维修结果公告" in text  # a document is named
    assert "已付占决算的100%" in text
    assert "已付占中标价的0%" in text
    assert "（还没到）" in text
    assert "合计：决算13,300.00元" in text
    assert text.count("200,000.00") == 1  # what the sentence says is not said again


def test_long_affairs_run_on_and_lose_nothing() -> None:
    view = view_of("projects/2025Q3")
    chain = view.chains[1]
    moments = tuple(replace(chain.moments[0], text=f"第{n}次商议") for n in range(60))
    chains = (view.chains[0], replace(chain, moments=moments), *view.chains[2:])
    text = words_of(drawn(sheet_of(replace(view, chains=chains))))
    assert all(moment.text in text for moment in moments)
    view = view_of(DECISION)
    document = view.publication.document
    assert document is not None
    steps = tuple(replace(document.steps[0], step=f"第{n}步", note="说明" * 20) for n in range(25))
    publication = replace(view.publication, body=replace(document, steps=steps))
    long = replace(view, publication=publication)
    text = words_of(drawn(replace(all_sheets()[DECISION], body=long)))
    assert all(f"{step.step}2025年" in text for step in steps)


@pytest.mark.parametrize("name", [DECISION, "projects/2025Q3", "hearings/2025Q3"])
def test_pages_of_lying_sheets_are_not_left_empty(name: str) -> None:
    *all_but_last, _ = pages_of(pdf_of(name, "A3 landscape"))
    assert all_but_last
    for image in list(images(pdf_of(name, "A3 landscape")))[:-1]:
        wide, high = image.size
        low = image.crop((0, int(high * 0.52), wide, int(high * 0.72)))
        assert darkness(low) > 0.5


# --------------------------------------------------------------------- questions and lists


def test_questions_stand_with_what_was_done_and_answered() -> None:
    entries = answers_of("feedback/2025Q3")
    text = words_of(pdf_of("feedback/2025Q3"))
    assert "收到反映12件，已办结11件" in text
    for entry in entries.entries:
        for _, mark, told in entry.told:
            assert f"{mark}{''.join(told.split())}" in text
        assert f"满意度：{entry.verdict}" in text
    assert [mark for _, mark, _ in entries.entries[0].told] == ["问", "办", "答"]


def test_a_hearing_answers_before_it_tells_what_was_done() -> None:
    entries = answers_of("hearings/2025Q3")
    assert [mark for _, mark, _ in entries.entries[0].told] == ["问", "答", "办"]
    assert ("会议", "第三季度村情问答会") in entries.common
    assert words_of(pdf_of("hearings/2025Q3")).count("第三季度村情问答会") == 1


def test_a_list_of_households_is_by_group_and_says_until_when() -> None:
    text = pages_of(pdf_of("subsidies/2025Q3"))
    assert text[0].count("公示到2025年10月23日") == 1
    assert "第二天起这张名单要取下" in text[0]
    groups = re.findall(r"([一二三四五六]组)(?=[^，。]{2,4}(?:高龄|残疾|水稻))", "".join(text))
    assert groups == sorted(groups, key=lambda group: "一二三四五六".index(group[0]))
    assert len(groups) == len(view_of("subsidies/2025Q3").publication.rows)


def test_a_list_shows_nothing_that_its_page_does_not() -> None:
    """Neither masked values nor columns that are dropped are on a sheet."""
    raw = (ROOT / "villages/qingshi/liuxi/subsidies/2025Q3.csv").read_text("utf-8")
    cards = set(re.findall(r"\d{18,19}X?", raw))
    assert cards
    text = words_of(pdf_of("subsidies/2025Q3"))
    assert not any(card in text for card in cards)
    expired = words_of(pdf_of("subsidies/2025Q2"))
    names = [line.split(",")[0] for line in raw.splitlines()[1:-2]]
    assert "名单已经撤下，共40条" in expired
    assert "19,795.00" in expired
    assert "公示到" not in expired
    assert not any(name in expired for name in names if len(name) > 1)


# ---------------------------------------------------------------------------- registers


def test_a_contract_that_ends_soon_or_has_ended_is_marked() -> None:
    text = words_of(pdf_of("contracts/2025"))
    assert "8月31日已到期" in text
    view = view_of("contracts/2025")
    chain = next(c for c in view.chains if any(m.state == "open" for m in c.moments))
    moments = tuple(replace(m, state="soon") if m.label == "合同到期" else m for m in chain.moments)
    soon = replace(view, chains=(replace(chain, moments=moments),))
    assert "快到期" in words_of(drawn(sheet_of(soon)))


def test_the_terms_of_leases_are_the_records_own() -> None:
    charts = [c for c in view_of("contracts/2025").charts if isinstance(c, SpanChart)]
    assert charts
    titles = {row.cells[1].text for row in view_of("contracts/2025").publication.rows}
    assert {span.label for chart in charts for span in chart.spans} <= titles
    assert not [c for c in view_of("ledger/2025-09").charts if isinstance(c, SpanChart)]


def _charts() -> dict[str, BarChart | LineChart | PairChart]:
    points = tuple(Point(f"{n}月", Decimal(n), str(n)) for n in range(1, 5))
    return {
        "bars": BarChart("b", "钱花在哪里", "", "元", points),
        "more": BarChart("m", "钱从哪里来", "", "元", points),
        "line": LineChart("l", "结余", "", "元", points),
    }


def test_what_says_most_is_drawn_first_and_two_beside_each_other() -> None:
    drawings, paper, charts = Drawings(TEMPLATES), shared().papers["A3"], _charts()
    given = (charts["more"], charts["bars"], charts["line"])
    rows = figure_rows(given, paper, drawings)
    assert [[f.title for f in row.figures] for row in rows] == [
        ["钱从哪里来", "结余"],
        ["钱花在哪里"],
    ]
    low = figure_rows(given, paper, drawings, is_low=True)
    assert low[0].height < rows[0].height


def test_budget_sheets_draw_what_is_used_and_ledgers_compare() -> None:
    assert any(isinstance(chart, ShareChart) for chart in view_of("budget/2025").charts)
    compared = view_of("ledger/2025-09").compared[0]
    assert compared.endswith("（上月 8,968.20 元，+106%）。")
    compared = compared.replace("，+106%", "")  # what it starts from stands in the line that fits
    assert "".join(compared.split()) in words_of(pdf_of("ledger/2025-09"))


# ---------------------------------------------------------------- corrected and withdrawn


@pytest.mark.parametrize("name", [NOTICE, DECISION, "feedback/2025Q3", "projects/2025Q3"])
def test_a_corrected_sheet_says_so_beside_its_title(name: str) -> None:
    sheet, view = all_sheets()[name], view_of(name)
    changes = (
        PublicCorrection(date(2025, 10, 9), "把金额改正过来", "把金额改正过来"),
        PublicCorrection(date(2025, 10, 10), "", ""),
    )
    publication = replace(view.publication, corrections=changes)
    body = replace(view, publication=publication)
    pdf = drawn(replace(sheet, body=body, code=publication.code))
    title = "".join((publication.title if publication.document else sheet.title).split())
    title += f"（{sheet.official}）" if sheet.official else ""
    text = words_of(pdf)
    assert f"{title}更正" in text
    assert "更正：2025年10月9日，把金额改正过来" in text
    assert "更正：2025年10月10日更正过；说明里有个人信息，随名单一起撤下了" in text
    for page in pages_of(pdf)[1:]:
        assert "（更正，续）" in page or name == NOTICE
    assert f"{title}更正" not in words_of(pdf_of(name))


def test_withdrawn_records_have_no_sheet() -> None:
    assert contents().withdrawn
    for view in contents().withdrawn:
        assert view.url.removeprefix("v/liuxi/").strip("/") not in all_sheets()


# --------------------------------------------------------------------------- cases, guides


def test_a_case_is_told_whole() -> None:
    article = next(a for a in shared().articles if f"cases/{a.id}" == CASE)
    text = words_of(pdf_of(CASE))
    for part in (article.title, article.summary, *plain(article.body)):
        assert "".join(part.split()) in text
    assert day(article.date) in text
    assert shared().site.publisher in text


def test_the_guide_tells_columns_and_words_of_the_table() -> None:
    text = words_of(pdf_of(GUIDE))
    table = shared().tables["ledger"]
    for field in table.fields:
        if field.mask not in ("drop", "private"):
            assert field.name in text
    accounts = shared().chart_on(TODAY)
    assert accounts is not None
    for subject in accounts.subjects:
        assert not subject.side or "".join(f"{subject.name}{subject.plain}".split()) in text
    assert "日期这笔钱收进或付出的日期。" in text


def test_an_article_without_a_paper_has_no_sheet_and_its_code_follows_its_words() -> None:
    none = replace(shared(), sheets=())
    assert not [s for s in site_sheets(none, TODAY) if s.url.startswith("cases/")]
    first, *rest = shared().articles
    other = replace(shared(), articles=(replace(first, body=f"{first.body}。"), *rest))
    codes = {s.url: s.code for s in site_sheets(shared(), TODAY)}
    changed = {s.url for s in site_sheets(other, TODAY) if codes[s.url] != s.code}
    assert changed == {f"cases/{first.id}/"}


def test_a_guide_to_an_item_without_a_table_is_refused() -> None:
    first, *rest = shared().articles
    for item in ("notices", "nichts"):
        wrong = replace(shared(), articles=(replace(first, explains=item), *rest))
        (fault,) = (p for p in check_content(wrong) if p.code == "setting-unknown")
        assert fault.value == item


# ---------------------------------------------------------------------- black and white


def darkness(image: Image.Image) -> float:
    """The share of black that a page of this grey would take, in percent."""
    return 100 - float(ImageStat.Stat(image).mean[0]) / 2.55


@pytest.mark.parametrize("layout", SHEETS)
def test_a_sheet_saves_toner(layout: str) -> None:
    """A page of close type takes about 8 %; a filled head over the table alone would take 3 more."""
    for image in images(pdf_of(SHEETS[layout])):
        assert darkness(image) < 9.5


@pytest.mark.parametrize("layout", SHEETS)
def test_a_sheet_survives_a_copier_that_knows_only_black_and_white(layout: str) -> None:
    """Every shade becomes black or white: nothing written vanishes, and no field turns black."""
    (first, *_) = images(pdf_of(SHEETS[layout]), 1600)
    fax = first.point(lambda value: 255 if value > 140 else 0)
    (found,) = codes_of(fax)
    assert all_sheets()[SHEETS[layout]].code in found.text
    assert darkness(fax) < darkness(first) + 3
    # Fields of grey or colour behind words would be lost or swallow them.
    ink = first.point(lambda value: 255 if value < 200 else 0)
    kept = fax.point(lambda value: 255 if value < 128 else 0)
    assert ImageStat.Stat(kept).mean[0] > 0.7 * ImageStat.Stat(ink).mean[0]


def test_every_layout_of_records_is_looked_at() -> None:
    assert set(LAYOUT_KINDS) - set(SHEETS) == {"document"}  # notices and decisions are its kin
    for item in shared().catalogue.items:
        assert item.poster is None or LAYOUT_KINDS[item.poster.sheet] == item.kind


def test_a_record_without_a_layout_has_no_sheet() -> None:
    assert record_sheet(replace(view_of(NOTICE), sheet=None), shared().phrases, TODAY) is None
