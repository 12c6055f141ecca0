"""Sheets for the wall, opened again and read back: words, fonts, sizes, codes."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader

from generator.intake.folders import find_villages
from generator.intake.villages import read_village
from generator.model.papers import POINTS_PER_MM
from generator.model.shared import Shared, Theme
from generator.publishing.publication import PublicCell
from generator.publishing.text import day
from generator.render.markup import markdown_html
from generator.render.posters import PosterPress, press_missing, render_posters
from generator.render.posters.engine import elements_of
from generator.render.posters.rare import RareFonts
from generator.render.posters.tables import sheet_table
from generator.render.posters.typeface import Typeface, read_typeface
from generator.render.templates import Templates
from generator.views.linking import village_records
from generator.views.records import RecordView, record_views
from generator.views.sheets import SheetView, record_sheet
from tests.measuring import codes_of, type_sizes, without_pictures, words_of
from tests.township import TODAY, real_content

ROOT = Path(__file__).parent.parent
SHARED = real_content()[0]
assert SHARED is not None
PAPERS = SHARED.papers
TEMPLATES = ROOT / "templates"
SITE = "https://mingbai.example"

VILLAGE = """\
name: 沙洲村
code: "000000101299"
households: 40
population: 131
groups: [{id: g1, title: 第一村民小组, households: 40, people: 131}]
accounts: [{id: village, title: 村民委员会账, owner: 沙洲村村民委员会}]
people:
  - {name: 贺长庚, title: 村党支部书记, duty: 主持全面工作, phone: "0000-1230001", since: 2021-03-18}
  - {name: 欧阳小满, title: 报账员, duty: 收支登记, phone: "0000-1230002"}
supervisors:
  - {name: 罗四海, title: 村务监督委员会主任, phone: "0000-1230003"}
channels:
  - {id: committee, title: 村务监督委员会, kind: phone, value: "0000-1230003"}
  - {id: box, title: 意见箱, kind: mailbox, value: 村委会门口}
"""
LEDGER_HEAD = "日期,凭证号,摘要,科目,收入,支出,余额,结算方式,经手人,证明人,审批人,备注"
LEDGERS = {
    "2025-06": ("1000.00", "06", "900.00", "100.00"),
    "2025-07": ("1800.00", "07", "300.00", "100.00"),
    "2025-08": ("2000.00", "08", "400.00", "100.00"),
}
LEDGER = f"""\
{LEDGER_HEAD}
,,上月结转,,,,2300.00,,,,,
2025-09-03,9-01,果园承包费（二组）,经营收入,26000.00,,28300.00,转账,欧阳小满,罗四海,贺长庚,合同 HT-2025-03
2025-09-06,9-02,村内路灯维修 12 盏,公益支出,,9800.00,18500.00,转账,欧阳小满,罗四海,贺长庚,
2025-09-15,9-03,办公用纸,管理费用,,386.50,18113.50,现金,欧阳小满,罗四海,贺长庚,
,,本期合计,,26000.00,10186.50,,,,,,
,,期末结余,,,,18113.50,,,,,
公开日期,2025-10-08
"""
SUBSIDIES = """\
户主,组别,项目,人口,面积,标准,金额,发放日期,发放方式,备注
王安,一组,高龄津贴,1,,每人每月50元,150.00,2025-04-22,一卡通,
李和平,一组,高龄津贴,1,,每人每月100元,300.00,2025-04-22,一卡通,
罗长根,一组,高龄津贴,1,,每人每月50元,150.00,2025-04-22,一卡通,
公开日期,2025-07-03
"""
DECISION = """\
---
title: 关于维修路灯的决议
date: 2025-08-20
number: 沙决〔2025〕3号
summary: 同意花 9,800 元维修路灯。
links: [ledger/2025-09#9-02]
steps:
  - {step: 党支部会提议, date: 2025-08-06, entitled: 5, present: 5, agreed: 5}
  - {step: 村民代表会议决议, date: 2025-08-20, entitled: 30, present: 28, agreed: 27, note: 到场监督计票}
outcome: 同意 27 人，决议通过。
---

1. 总价不超过 **9,800 元**。
2. 验收合格后付清。
"""
NOTICE = """\
---
title: 停水通知
date: 2025-10-09
---

<script>alert(1)</script>

[这里](javascript:alert(1)) 和 [那里](https://mingbai.example/v/)。

| 组 | 时间 |
|---|---|
| 一组 | 8:00 至 12:00 |
"""


def write_village(folder: Path) -> None:
    files = {
        "village.yaml": VILLAGE,
        "ledger/2025-09.csv": LEDGER,
        "subsidies/2025Q2.csv": SUBSIDIES,
        "subsidies/2025Q3.csv": "户主,组别,项目,金额\n本期无发生,,,\n公开日期,2025-10-08\n",
        "decisions/2025-08-20-ludeng.md": DECISION,
        "notices/2025-10-09-tingshui.md": NOTICE,
    }
    for month, (opening, number, income, expense) in LEDGERS.items():
        files[f"ledger/{month}.csv"] = (
            f"{LEDGER_HEAD}\n,,上月结转,,,,{opening},,,,,\n"
            f"{month}-02,{number}-1,租金,经营收入,{income},,,,,,,\n"
            f"{month}-05,{number}-2,电费,管理费用,,{expense},,,,,,\n"
        )
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def read_views(root: Path, today: date) -> dict[str, RecordView]:
    shared = SHARED
    assert isinstance(shared, Shared)
    (folder,), faults = find_villages(root, shared)
    assert not faults
    data, faults = read_village(folder, shared)
    assert data is not None
    assert not [fault for fault in faults if fault.severity == "error"]
    views = record_views(village_records(data, shared, today))
    return {f"{v.publication.item}/{v.publication.key}": v for v in views}


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> dict[str, RecordView]:
    root = tmp_path_factory.mktemp("villages")
    write_village(root / "shazhou")
    return read_views(root, date(2025, 10, 10))


def sheet_of(view: RecordView) -> SheetView:
    sheet = record_sheet(view, SHARED.phrases, TODAY)
    assert sheet is not None
    return sheet


@pytest.fixture(scope="module")
def press() -> PosterPress:
    return PosterPress(Templates(TEMPLATES), Theme())


@pytest.fixture(scope="module")
def typeface() -> Typeface:
    return read_typeface(TEMPLATES / "fonts")


@pytest.fixture(autouse=True)
def _no_word_from_the_engine(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    words = [r.getMessage() for r in caplog.get_records("call") if r.levelno >= logging.WARNING]
    assert not words


KINDS = (
    "ledger/2025-09",
    "subsidies/2025Q2",
    "subsidies/2025Q3",
    "decisions/2025-08-20-ludeng",
    "notices/2025-10-09-tingshui",
    "organization/current",
    "supervisors/current",
)


def pdf_of(press: PosterPress, view: RecordView) -> bytes:
    with without_pictures():
        sheet = press.draw(sheet_of(view), SITE)
    assert sheet.problems == ()
    return sheet.pdf


@pytest.fixture(scope="module")
def drawn(views: dict[str, RecordView], press: PosterPress) -> Callable[..., bytes]:
    """A function that gives the PDF of a record, drawn once on each paper."""

    @cache
    def draw(name: str, paper: str = "", turn: str = "portrait") -> bytes:
        return pdf_of(press, on(views[name], paper, turn) if paper else views[name])

    return draw


def on(view: RecordView, paper: str, turn: str = "portrait") -> RecordView:
    assert view.sheet is not None
    return replace(view, sheet=replace(view.sheet, paper=PAPERS[paper].laid(turn)))


def with_cell(view: RecordView, column: str, text: str) -> RecordView:
    """The view with another text in one column of its first row."""
    publication = view.publication
    place = next(n for n, field in enumerate(publication.columns) if field.name == column)
    row = publication.rows[0]
    cells = (*row.cells[:place], PublicCell(text, text, text), *row.cells[place + 1 :])
    rows = (replace(row, cells=cells), *publication.rows[1:])
    body = replace(publication.table, rows=rows)
    return replace(view, publication=replace(publication, body=body))


# ------------------------------------------------------------------------ what is on it


@pytest.mark.parametrize("name", KINDS)
def test_everything_needed_to_check_the_sheet_is_printed(
    name: str, views: dict[str, RecordView], drawn: Callable[..., bytes]
) -> None:
    view = views[name]
    publication = view.publication
    text = words_of(drawn(name))
    code = publication.code
    assert publication.publisher in text
    assert f"核验码{code[:4]}{code[4:]}" in text
    assert "mingbai.example/v/shazhou" in text
    assert "监督电话0000-1230003" in text
    is_notice = name.startswith("notices/")
    assert ("（盖章）" if is_notice else "村务监督委员会（签字、盖章）") in text
    assert "经办：" in text
    assert ("共1页" if is_notice else "第1页共1页") in text
    if publication.window.end:
        end = day(publication.window.end)
        takes_down = "，到期请撤换" if is_notice else f"到期请撤换（{end}）"
        is_on = publication.window.is_on(TODAY)
        assert (takes_down in text) == is_on
        assert ("公示期已满" in text) == (not is_on)
        assert "公示期：" in text


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("turn", ["portrait", "landscape"])
def test_every_cell_of_a_ledger_is_on_every_paper(
    paper: str, turn: str, views: dict[str, RecordView], drawn: Callable[..., bytes]
) -> None:
    view = views["ledger/2025-09"]
    text = words_of(drawn("ledger/2025-09", paper, turn))
    for row in view.publication.rows:
        for cell, field in zip(row.cells, view.publication.columns, strict=True):
            assert "".join(cell.text.split()) in text, field.name
    for wanted in ("上月结转", "2,300.00", "本期合计", "26,000.00", "10,186.50", "期末结余"):
        assert wanted in text


def test_a_finance_sheet_says_the_result_and_draws_it(drawn: Callable[..., bytes]) -> None:
    text = words_of(drawn("ledger/2025-09"))
    assert text.count("沙洲村2025年9月收支账（财务收支）") == 1
    assert "单位：元" in text
    assert "月末结余18,113.50元" in text
    assert "账已算对：期初结余2,300.00＋收入26,000.00－支出10,186.50＝月末结余18,113.50" in text
    assert "钱花在哪里" in text
    assert "结余的变化" in text
    assert "<svg" not in text


def test_a_decision_tells_its_steps_votes_outcome_and_records(drawn: Callable[..., bytes]) -> None:
    text = words_of(drawn("decisions/2025-08-20-ludeng"))
    assert "沙决〔2025〕3号" in text
    assert "怎样定的哪一天应到实到同意1党支部会提议2025年8月6日555" in text
    assert "2村民代表会议决议2025年8月20日302827全体组成人员三分之二以上到会需要20人，" in text
    assert "（2018年修正）》第二十六条）。到场监督计票" in text
    assert "结果：同意27人，决议通过。" in text
    assert "总价不超过9,800元" in text
    assert "村内路灯维修12盏（2025年9月收支账）" in text
    assert text.index("结果：") < text.index("总价不超过") < text.index("怎样定的")
    assert text.index("怎样定的") < text.index("相关公开")
    assert "沙洲村村民委员会2025年8月20日" in text


def test_people_stand_with_title_duty_and_phone(drawn: Callable[..., bytes]) -> None:
    text = words_of(drawn("organization/current"))
    assert "贺长庚村党支部书记主持全面工作0000-12300012021年3月18日起" in text
    assert "欧阳小满报账员收支登记0000-1230002" in text


def test_nothing_happened_is_said_plainly(drawn: Callable[..., bytes]) -> None:
    text = words_of(drawn("subsidies/2025Q3"))
    assert "本期无发生2025年第三季度没有发生" in text


def test_an_expired_list_keeps_totals_and_no_names(
    views: dict[str, RecordView], press: PosterPress
) -> None:
    view = views["subsidies/2025Q2"]
    assert view.publication.is_expired
    text = words_of(pdf_of(press, view))
    assert "名单已经撤下，共3条" in text
    assert "600.00" in text
    assert "李" not in text


def test_a_shared_value_is_told_once_and_every_other_under_its_row(
    views: dict[str, RecordView], typeface: Typeface
) -> None:
    view = views["ledger/2025-09"]
    table = sheet_table(view, PAPERS["A4"].inner, typeface.measure)
    assert ("审批人", "贺长庚") in table.common
    assert table.lines[1].kind == "row"
    assert ("备注", "合同 HT-2025-03") in table.lines[1].detail
    assert [head.lines for head in table.heads if head.kind == "number"]
    assert sum(float(head.width[:-1]) for head in table.heads) == pytest.approx(100, abs=0.1)


# -------------------------------------------------------------------------- how it is made


@pytest.mark.parametrize("name", KINDS)
def test_only_packaged_fonts_are_used_and_embedded(name: str, drawn: Callable[..., bytes]) -> None:
    fonts = {}
    for page in PdfReader(BytesIO(drawn(name))).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            descendant = font["/DescendantFonts"][0]
            fonts[str(font["/BaseFont"])] = descendant["/FontDescriptor"]
    assert fonts
    for base, descriptor in fonts.items():
        assert re.fullmatch(r"/[A-Z]{6}\+Mingbai-(Sans|Serif)(-.*)?", base)
        assert "/FontFile2" in descriptor


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("turn", ["portrait", "landscape"])
def test_pages_have_the_size_of_their_paper(
    paper: str, turn: str, drawn: Callable[..., bytes]
) -> None:
    known = PAPERS[paper]
    wide, high = known.width, known.height
    if turn == "landscape":
        wide, high = high, wide
    for page in PdfReader(BytesIO(drawn("ledger/2025-09", paper, turn))).pages:
        assert float(page.mediabox.width) == pytest.approx(wide * POINTS_PER_MM, abs=0.5)
        assert float(page.mediabox.height) == pytest.approx(high * POINTS_PER_MM, abs=0.5)


LEAST = {"A4": 12.0, "A3": 14.0, "A2": 18.0, "A1": 24.0}


@pytest.mark.parametrize(
    ("name", "paper"),
    [*((name, "") for name in KINDS), *(("ledger/2025-09", paper) for paper in LEAST)],
)
def test_no_type_is_smaller_than_the_paper_allows(
    name: str, paper: str, views: dict[str, RecordView], drawn: Callable[..., bytes]
) -> None:
    """Read back from the file, drawings too; `test_sheets_long` measures every kind on all."""
    sheet = views[name].sheet
    assert sheet is not None
    sizes = type_sizes(drawn(name, paper))
    assert sizes
    assert min(sizes) >= LEAST[paper or sheet.paper.id] - 0.1, sizes[min(sizes)]


@pytest.mark.parametrize("paper", PAPERS)
def test_the_code_leads_to_the_record_with_the_code_of_this_version(
    paper: str, views: dict[str, RecordView], drawn: Callable[..., bytes]
) -> None:
    code = views["ledger/2025-09"].publication.code
    wanted = f"{SITE}/v/shazhou/ledger/2025-09/?c={code}"
    document = pypdfium2.PdfDocument(drawn("ledger/2025-09", paper))
    scale = 1200 / document[0].get_size()[0]
    image = document[0].render(scale=scale).to_pil()
    document.close()
    (found,) = codes_of(image)
    assert found.text == wanted
    corners = found.position
    side = (corners.top_right.x - corners.top_left.x) / 1200 * PAPERS[paper].width
    assert side >= 30


def test_the_picture_is_1080_wide_has_few_colours_and_can_be_scanned(
    views: dict[str, RecordView], press: PosterPress
) -> None:
    view = views["ledger/2025-09"]
    sheet = press.draw(sheet_of(view), SITE)
    image = Image.open(BytesIO(sheet.png))
    assert image.width == 1080
    assert len(image.convert("RGB").getcolors(256) or range(999)) <= 32
    assert len(sheet.png) < 130_000
    (found,) = codes_of(image.convert("RGB"))
    assert found.text.endswith(f"?c={view.publication.code}")


def test_the_file_names_its_record(drawn: Callable[..., bytes]) -> None:
    reader = PdfReader(BytesIO(drawn("ledger/2025-09")))
    assert reader.metadata is not None
    assert reader.metadata.title == "沙洲村：2025年9月收支账"
    assert reader.metadata.author == "沙洲村村民委员会"
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == date(2025, 10, 8)
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"  # type: ignore[index]


def test_documents_are_tagged_for_screen_readers(drawn: Callable[..., bytes]) -> None:
    reader = PdfReader(BytesIO(drawn("decisions/2025-08-20-ludeng")))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]


def test_files_are_only_for_views_with_a_poster(
    views: dict[str, RecordView], press: PosterPress
) -> None:
    pair = (views["ledger/2025-09"], replace(views["organization/current"], sheet=None))
    sheets = [sheet for view in pair if (sheet := record_sheet(view, SHARED.phrases, TODAY))]
    printed = render_posters(sheets, press, f"{SITE}/")
    files = printed.files
    assert printed.problems == ()
    assert [file.path for file in files] == [
        "v/shazhou/ledger/2025-09/poster.pdf",
        "v/shazhou/ledger/2025-09/poster.png",
    ]
    assert files[0].content.startswith(b"%PDF")
    assert files[1].content.startswith(b"\x89PNG")


# ------------------------------------------------------------------------------- what may fail


def test_a_missing_character_is_named_and_written_as_its_code(
    views: dict[str, RecordView],
) -> None:
    press = PosterPress(Templates(TEMPLATES), Theme(), rare=RareFonts(()))
    view = with_cell(views["ledger/2025-09"], "摘要", "付𪚥家租金\u202e\u200b")
    sheet = press.draw(sheet_of(view), SITE)
    (fault,) = sheet.problems
    assert fault.code == "glyph-missing"
    assert fault.value == "𪚥"
    assert fault.source.file.endswith("ledger/2025-09.csv")
    assert "付〔U+2A6A5〕家租金" in words_of(sheet.pdf)


def test_markup_in_cells_is_only_text(views: dict[str, RecordView], press: PosterPress) -> None:
    nasty = '<img src="file:///etc/passwd"><script>alert(1)</script>{{ 7 * 7 }}&amp;'
    text = words_of(pdf_of(press, with_cell(views["ledger/2025-09"], "摘要", nasty)))
    assert "".join(nasty.split()) in text


def test_markup_in_documents_reads_no_file_and_runs_nothing(drawn: Callable[..., bytes]) -> None:
    pdf = drawn("notices/2025-10-09-tingshui")
    text = words_of(pdf)
    assert "alert" not in text
    assert "一组8:00至12:00" in text
    targets = [
        str(annotation.get_object()["/A"]["/URI"])
        for page in PdfReader(BytesIO(pdf)).pages
        for annotation in page.get("/Annots", ())
    ]
    assert targets
    assert all(target.startswith(SITE) for target in targets)


def test_very_long_words_and_columns_stay_on_the_paper(
    views: dict[str, RecordView], press: PosterPress
) -> None:
    view = with_cell(views["ledger/2025-09"], "备注", "A" * 300 + "甲" * 300)
    text = words_of(pdf_of(press, on(view, "A4")))
    assert text.count("A" * 3) >= 80
    assert text.count("甲") == 300


def test_a_well_formed_document_is_read_as_html_is(
    views: dict[str, RecordView], press: PosterPress
) -> None:
    """Both readers find the same elements, words and attributes; what only HTML allows is left to
    the engine's own."""
    sheets = [press.html(sheet_of(views[name]), SITE) for name in KINDS]
    bare = "<!DOCTYPE html><html><head><title>甲</title></head><body>{}</body></html>"
    rows = bare.format("<table><tr><td>甲<br>乙</td></tr><tr><td>&lt;丙</td></tr></table>")
    for html in (*sheets, rows):
        root = elements_of(html)
        assert root is not None
        assert told(root) == told(press._engine.weasyprint.HTML(string=html).etree_element)
    assert elements_of(bare.format("<p>甲&nbsp;乙<p>丙")) is None
    assert press._engine.pdf(bare.format("<p>甲&nbsp;乙<p>丙"), ())


def told(root: Element) -> list[object]:
    return [
        (e.tag, (e.text or "").strip(), (e.tail or "").strip(), e.get("class"), len(e.attrib))
        for e in root.iter()
        if "svg" not in e.tag
    ]


def test_the_engine_refuses_everything_but_the_fonts(press: PosterPress) -> None:
    for url in ("file:///etc/passwd", "http://mingbai.example/x.png", "data:text/html,x"):
        with pytest.raises(ValueError, match="not a packaged font"):
            press._engine.pdf(f'<img src="{url}">', ())


def test_this_machine_can_draw() -> None:
    assert press_missing() == ""


@pytest.mark.parametrize(("error", "named"), [("OSError", "Pango"), ("ImportError", "WeasyPrint")])
def test_without_its_libraries_the_room_still_opens_and_says_what_is_missing(
    error: str, named: str
) -> None:
    script = (
        "import sys\n"
        "class Refuse:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name.startswith('weasyprint'): raise {error}('no library')\n"
        "sys.meta_path.insert(0, Refuse())\n"
        "from generator.render.posters import press_missing\n"
        "print(press_missing())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "PATH": ""},  # and no browser that could draw instead
        check=True,
        capture_output=True,
        text=True,
    )
    assert named in done.stdout


# ------------------------------------------------------------------------------------ markup


def test_markdown_headings_stand_below_the_title() -> None:
    assert markdown_html("# 甲\n\n## 乙") == "<h2>甲</h2>\n<h3>乙</h3>"
    assert markdown_html("### 甲\n\n##### 乙\n\n## 丙") == "<h2>甲</h2>\n<h3>乙</h3>\n<h2>丙</h2>"


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("<script>alert(1)</script>", "script"),
        ("[a](javascript:alert(1))", "javascript"),
        ('<p onclick="x()">甲</p>', "onclick"),
        ("![甲](https://mingbai.example/a.png)", "<img"),
        ('<a href="data:text/html,x">甲</a>', "data:"),
        ("<style>p{}</style>", "style"),
        ('<iframe src="//x"></iframe>', "iframe"),
    ],
)
def test_markdown_cannot_do_harm(text: str, forbidden: str) -> None:
    assert forbidden not in markdown_html(text)


def test_markdown_keeps_tables_lists_and_links() -> None:
    html = markdown_html("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n- 一\n- 二\n\n[链](../ledger/)")
    assert '<th scope="col">甲</th>' in html
    assert '<caption class="hidden">甲、乙</caption>' in html
    assert '<td class="num">2</td>' in markdown_html("| 甲 | 乙 |\n|---|---:|\n| 1 | 2 |")
    assert "<li>二</li>" in html
    assert '<a href="../ledger/">链</a>' in html
