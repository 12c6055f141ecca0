"""Long and awkward tables on every paper: nothing is lost, clipped, too small, or on top of
something else; sums are carried from page to page; rare characters are drawn or named."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import ImageChops

from generator.model.papers import Paper
from generator.model.shared import Theme
from generator.publishing.publication import PublicCell, PublicPeople, PublicPerson, Total
from generator.render.posters import PosterPress, engine, typesetting
from generator.render.posters.laid import Engine, UndrawnError
from generator.render.posters.paging import page_ends, paged
from generator.render.posters.rare import RareFonts, rare_fonts
from generator.render.posters.tables import Line, Room, SheetTable, sheet_table
from generator.render.templates import Templates
from generator.views.contents import village_contents
from generator.views.records import RecordView
from generator.views.sheets import SheetView, site_sheets, village_sheets
from tests.measuring import Box, Sheet, faults_of, laid_out, pages_of
from tests.test_posters import (
    PAPERS,
    SITE,
    TEMPLATES,
    on,
    read_views,
    sheet_of,
    with_cell,
    write_village,
)
from tests.township import TODAY, real_content, the_sample

pytestmark = pytest.mark.usefixtures("no_pictures")

TURNS = ("portrait", "landscape")
# Of `look.md`, and in proportion for the others.
LEAST = {"A4": 12, "A3": 14, "A2": 18, "A1": 24, "A0": 34, "600x900": 24, "800x1200": 32}
WORDS = ("路灯维修", "果园承包费", "办公用纸", "防汛值班误工补助")
FEW, SOME, MANY = 24, 40, 150  # entries of a month: some pages on A4, several on A3
LISTED = 150  # entries of a list that takes several volumes of fewer lines than usual
CARRIED = ("过次页（到这里的累计）", "承前页（前面的累计）")


def ledger(count: int) -> str:
    """A month's book with `count` entries whose balance runs on."""
    balance, income, expense = Decimal("2300.00"), Decimal(0), Decimal(0)
    lines = ["日期,凭证号,摘要,收入,支出,余额", ",,上月结转,,,2300.00"]
    for n in range(count):
        amount = Decimal(n * 7919 % 900000 + 1) / 100
        is_income = n % 3 == 0
        income, expense = income + amount * is_income, expense + amount * (not is_income)
        balance += amount if is_income else -amount
        columns = f"{amount}," if is_income else f",{amount}"
        words = WORDS[n % 4] + "甲乙丙丁戊己庚辛壬癸"[: n % 11]
        lines.append(f"2025-09-{1 + n * 29 // count:02d},Z{n:04d},{words},{columns},{balance}")
    lines += [f",,本期合计,{income},{expense},", f",,期末结余,,,{balance}"]
    return "\n".join((*lines, "公开日期,2025-10-08", ""))


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[int, RecordView]:
    found = {}
    for count in (1, FEW, SOME, MANY):
        root = tmp_path_factory.mktemp(f"rows{count}")
        write_village(root / "shazhou")
        (root / "shazhou" / "ledger" / "2025-09.csv").write_text(ledger(count), "utf-8")
        found[count] = read_views(root, date(2025, 10, 10))["ledger/2025-09"]
    return found


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> dict[str, RecordView]:
    root = tmp_path_factory.mktemp("villages")
    write_village(root / "shazhou")
    return read_views(root, date(2025, 10, 10))


@pytest.fixture(scope="module")
def press() -> PosterPress:
    return PosterPress(Templates(TEMPLATES), Theme(), rare=RareFonts(()))


# ------------------------------------------------------------------------------ nothing is lost


def with_table(view: RecordView, **parts: object) -> RecordView:
    """The view of a record whose table has other parts."""
    body = replace(view.publication.table, **parts)  # type: ignore[arg-type]
    return replace(view, publication=replace(view.publication, body=body))


def row_texts(view: RecordView, table: SheetTable) -> list[str]:
    """What must be read of each row, in order."""
    return [
        "".join(
            "".join(text.split())
            for text in (*(c.text for c in line.cells), *(f"{n}：{t}" for n, t in line.detail))
        )
        for line in table.lines
        if line.kind == "row"
    ]


@pytest.mark.parametrize(("count", "paper"), [(1, "A4"), (FEW, "A4"), (FEW, "A1"), (MANY, "A3")])
def test_every_row_is_read_once_and_in_order(
    count: int, paper: str, books: dict[int, RecordView], press: PosterPress
) -> None:
    view = on(books[count], paper)
    sheet = press.draw(sheet_of(view), SITE)
    assert sheet.problems == ()
    pages = pages_of(sheet.pdf)
    text = "".join(pages)
    table = sheet_table(view, PAPERS[paper].inner, press._typeface.measure)
    rows = row_texts(view, table)
    assert len(rows) == count
    place = 0
    for row in rows:
        assert text.count(row) == 1, row
        found = text.index(row)
        assert found > place
        place = found
    assert re.findall(r"Z\d{4}", text) == [f"Z{n:04d}" for n in range(count)]
    for number, page in enumerate(pages, start=1):
        assert f"第{number}页共{len(pages)}页" in page
        assert "核验码" in page
        assert ("凭证号摘要" in page) == ("Z" in page)
    assert_carried(view, pages)


def test_a_list_of_several_volumes_is_read_whole(
    tmp_path: Path, press: PosterPress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list of few columns: at 5 ms a row and more, a book would take twice as long."""
    monkeypatch.setattr(engine, "VOLUME", LISTED // 3)
    write_village(tmp_path / "shazhou")
    amounts = [Decimal(n * 7919 % 90000 + 1) / 100 for n in range(LISTED)]
    rows = "".join(f"户{n:04d},高龄津贴,{amount}\n" for n, amount in enumerate(amounts))
    text = f"户主,项目,金额\n{rows}公开日期,2025-10-08\n"
    (tmp_path / "shazhou" / "subsidies" / "2025Q3.csv").write_text(text, "utf-8")
    view = read_views(tmp_path, date(2025, 10, 10))["subsidies/2025Q3"]
    sheet = press.draw(sheet_of(on(view, "A3")), SITE)
    assert sheet.problems == ()
    assert len(sheet.pdf) < 150_000
    pages = pages_of(sheet.pdf)
    assert len(pages) > 3
    forward, brought = CARRIED
    seen = 0
    for number, page in enumerate(pages, start=1):
        assert f"第{number}页共{len(pages)}页" in page
        before = sum(amounts[:seen])
        found = re.findall(r"户(\d{4})高龄津贴([\d,.]+\.\d\d)", page)
        assert found == [
            (f"{seen + n:04d}", f"{amounts[seen + n]:,.2f}") for n in range(len(found))
        ]
        assert (f"{brought}{before:,.2f}户" in page) == (number > 1)
        seen += len(found)
        so_far = f"{sum(amounts[:seen]):,.2f}"
        assert f"{forward if number < len(pages) else '合计'}{so_far}" in page
    assert seen == LISTED


def assert_carried(view: RecordView, pages: list[str]) -> None:
    """Each page but the last ends with the sums so far, which begin the next."""
    forward, brought = CARRIED
    sums: list[tuple[Decimal, Decimal, Decimal]] = [(Decimal(0), Decimal(0), Decimal("2300.00"))]
    numbers = {row.cells[1].text: row for row in view.publication.rows}
    for page in pages:
        income, expense, balance = sums[-1]
        for name in re.findall(r"Z\d{4}", page):
            row = numbers[name]
            income += Decimal(row.cells[3].data or 0)
            expense += Decimal(row.cells[4].data or 0)
            balance = Decimal(row.cells[5].data)
        sums.append((income, expense, balance))
    holding = [n for n, page in enumerate(pages) if "Z" in page]
    for n, page in enumerate(pages):
        said = "".join(f"{amount:,.2f}" for amount in sums[n + 1])
        assert (f"{forward}{said}" in page) == (n in holding[:-1])
        before = "".join(f"{amount:,.2f}" for amount in sums[n])
        assert (f"{brought}{before}" in page) == (n in holding[1:])
    assert f"本期合计{sums[-1][0]:,.2f}{sums[-1][1]:,.2f}" in pages[holding[-1]]


@pytest.fixture(scope="module")
def joined(books: dict[int, RecordView], press: PosterPress) -> bytes:
    """A book in volumes of a few lines."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "VOLUME", 12)
        return press.draw(sheet_of(on(books[FEW], "A4", "landscape")), SITE).pdf


def test_volumes_are_joined_without_a_seam(
    books: dict[int, RecordView],
    press: PosterPress,
    joined: bytes,
) -> None:
    sheet = sheet_of(on(books[FEW], "A4", "landscape"))
    whole = press.draw(sheet, SITE).pdf
    assert pages_of(joined) == pages_of(whole)
    assert len(joined) < len(whole) * 1.2, "each font is in the file once"
    one, other = pypdfium2.PdfDocument(whole), pypdfium2.PdfDocument(joined)
    for number in (0, len(one) // 2, len(one) - 1):
        left, right = (d[number].render(scale=0.5).to_pil().convert("L") for d in (one, other))
        assert ImageChops.difference(left, right).getbbox() is None
    marks = [(m.get_title(), m.get_dest().get_index()) for m in other.get_toc()]
    assert marks == [(m.get_title(), m.get_dest().get_index()) for m in one.get_toc()]
    assert all(title.startswith(f"第 {page + 1} 页") for title, page in marks[1:])
    one.close()
    other.close()


def test_marks_for_screen_readers_survive_the_joining(joined: bytes) -> None:
    with pikepdf.open(BytesIO(joined)) as pdf:
        assert pdf.check_pdf_syntax() == []
        tree = pdf.Root.StructTreeRoot
        numbers = list(tree.ParentTree.Nums)
        owners = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        assert len(owners) * 2 == len(numbers)
        assert int(tree.ParentTreeNextKey) > max(owners)
        for page in pdf.pages:
            marks = re.findall(rb"/MCID (\d+)", page.Contents.read_bytes())
            known = owners[int(page.StructParents)]
            assert {int(mark) for mark in marks} <= set(range(len(known)))
            for note in page.get("/Annots", ()):
                assert int(note.StructParent) in owners
        assert all(kid.P.objgen == tree.K.objgen for kid in tree.K.K)


# --------------------------------------------------------------------------- pages are planned


def lines_of(kinds: str, height: float = 2.0) -> list[Line]:
    names = {"r": "row", "o": "opening", "t": "total", "g": "group"}
    return [Line(names[kind], (), height=height) for kind in kinds]


@pytest.mark.parametrize(
    ("kinds", "room", "ends"),
    [
        ("rrrr", Room(8, 8, 0, 0), (4,)),
        ("rrrrr", Room(8, 8, 0, 0), (4, 5)),
        ("rrrrrrr", Room(8, 8, 2, 0), (3, 5, 7)),  # carried sums need their lines
        ("rrrrtt", Room(8, 8, 0, 0), (3, 6)),  # totals stay with a row
        ("orrrr", Room(4, 20, 0, 0), (0, 5)),  # two lines do not begin a table
        ("rrgrrrrr", Room(6, 10, 0, 0), (0, 5, 8)),  # no group is headed at a page's foot
        ("rrrr", Room(8, 8, 0, 3), (3, 4)),  # what follows the table needs room as well
        ("rr", Room(1, 1, 0, 0), (1, 2)),  # what is too high is not waited for
    ],
)
def test_pages_end_where_they_should(kinds: str, room: Room, ends: tuple[int, ...]) -> None:
    assert page_ends(lines_of(kinds), room) == ends


def test_columns_whose_totals_are_withheld_are_not_carried(
    books: dict[int, RecordView], press: PosterPress
) -> None:
    view = books[FEW]
    publication = view.publication
    told = tuple(total for total in publication.totals if total.column != "支出")
    measure = press._typeface.measure
    some = with_table(view, totals=told)
    carried = sheet_table(some, PAPERS["A4"].inner, measure).carried
    assert [column.field.name for column in carried] == ["收入", "余额"]
    none = with_table(view, totals=())
    table = sheet_table(none, PAPERS["A4"].inner, measure)
    assert table.carried == ()
    parts = paged(table, (10, 20, len(table.lines)), 1, is_apart=False).pages
    assert not [line for part in parts for line in part.lines if line.kind == "carried"]


def test_a_plan_that_does_not_hold_is_made_again(
    books: dict[int, RecordView], press: PosterPress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Heights are guessed; the boxes say better, and in the end the table flows."""
    real, wrong = page_ends, iter([3.0])
    tried: list[tuple[int, ...]] = []

    def careless(lines: list[Line], room: Room) -> tuple[int, ...]:
        return real(lines, replace(room, other=room.other * next(wrong, 1.0)))

    def hopeless(lines: list[Line], room: Room) -> tuple[int, ...]:
        return real(lines, replace(room, other=room.other * 3.0))

    def noted(table: SheetTable, ends: tuple[int, ...], page: int, *, is_apart: bool) -> SheetTable:
        tried.append(ends)
        return paged(table, ends, page, is_apart=is_apart)

    view = on(books[SOME], "A4")
    monkeypatch.setattr(typesetting, "page_ends", careless)
    monkeypatch.setattr(typesetting, "paged", noted)
    pages = pages_of(press.draw(sheet_of(view), SITE).pdf)
    first, second = tried
    assert first[-1] == second[-1]
    assert len(first) < len(second)
    assert re.findall(r"Z\d{4}", "".join(pages)) == [f"Z{n:04d}" for n in range(SOME)]
    rows = ["Z0" in page for page in pages]
    assert [CARRIED[0] in page for page in pages] == [a and b for a, b in pairwise([*rows, False])]
    monkeypatch.setattr(typesetting, "page_ends", hopeless)
    pages = pages_of(press.draw(sheet_of(view), SITE).pdf)
    assert re.findall(r"Z\d{4}", "".join(pages)) == [f"Z{n:04d}" for n in range(SOME)]
    assert CARRIED[0] not in "".join(pages)


# ----------------------------------------------------------------------------------- measured


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("paper", PAPERS)
def test_nothing_is_clipped_small_or_on_top_of_something(
    paper: str, turn: str, views: dict[str, RecordView], press: PosterPress
) -> None:
    assert PAPERS[paper].body >= LEAST[paper]
    others = [
        name
        for name, view in views.items()
        if view.sheet is not None and not name.startswith(("ledger/2025-0", "supervisors"))
    ]
    turned = list(PAPERS).index(paper) + TURNS.index(turn)  # by turns, each on several papers
    for name in ("ledger/2025-09", *others[turned % 2 :: 2]):
        assert measured(on(views[name], paper, turn), press) == [], name


def measured(view: RecordView, press: PosterPress) -> list[str]:
    sheet = sheet_of(view)
    return faults_of(laid_out(press, sheet, SITE), sheet.paper)


def test_every_kind_of_the_sample_site_is_laid_out_well(
    views: dict[str, RecordView], press: PosterPress
) -> None:
    """The longest sheet of each layout that is not among those above, on its own paper."""
    known = {sheet_of(view).layout for view in views.values() if view.sheet is not None}
    shared, _ = real_content()
    data = the_sample().villages["liuxi"]
    sheets = (
        *site_sheets(shared, TODAY),
        *village_sheets(village_contents(data, shared, TODAY), shared),
    )
    longest: dict[str, SheetView] = {}
    for sheet in sorted(sheets, key=lambda sheet: len(repr(sheet.body))):
        longest[sheet.layout] = sheet
    assert len(longest) >= 15
    for sheet in (longest[layout] for layout in longest.keys() - known):
        assert faults_of(laid_out(press, sheet, SITE), sheet.paper) == [], sheet.path


def nasty(views: dict[str, RecordView]) -> dict[str, RecordView]:
    """Content that nobody wants to print and somebody will."""
    book, decision = views["ledger/2025-09"], views["decisions/2025-08-20-ludeng"]
    notice, people = views["notices/2025-10-09-tingshui"], views["organization/current"]
    public, big = book.publication, "9,999,999,999,999.99"
    name = "买买提艾力·阿卜杜热合曼·库尔班江·吐尔逊尼亚孜·阿布都克里木·艾合买提"
    found = {
        "words": with_cell(
            with_cell(book, "摘要", "http://x.invalid/" + "y" * 200), "备注", "A" * 300
        ),
        "names": with_cell(with_cell(book, "经手人", name), "证明人", "欧阳" * 20),
        "cell": with_cell(book, "摘要", "修路" * 1000),
        "detail": with_cell(book, "备注", "修路说明，" * 400),
        "one": with_table(book, rows=public.rows[:1]),
        "empty": with_table(book, rows=(), proofs=(), totals=()),
    }
    amount = public.columns[4]
    columns = tuple(replace(amount, name=f"第{n}项金额", role="") for n in range(12))
    cell = PublicCell(Decimal(big.replace(",", "")), big, big.replace(",", ""))
    rows = tuple(replace(row, cells=(cell,) * 12) for row in public.rows * 10)
    totals = tuple(
        Total(column.name, Decimal(big.replace(",", "")), big, "元") for column in columns
    )
    wide = with_table(book, columns=columns, rows=rows, proofs=(), totals=totals)
    found["amounts"] = replace(wide, cell_links={})

    document = decision.publication.document
    assert document is not None
    steps = tuple(
        replace(
            document.steps[n % 2],
            step=f"第{n + 1}步：村民代表会议再议道路、水渠",
            note="计票，" * n,
        )
        for n in range(14)
    )
    told = replace(document, steps=steps, body=document.body * 6)
    found["steps"] = replace(decision, publication=replace(decision.publication, body=told))
    document = notice.publication.document
    assert document is not None
    body = "\n\n".join(f"## 第{n}条\n\n" + "正文文字，" * 60 for n in range(8)) + "\n\n" + "B" * 300
    told = replace(document, body=body)
    title = f"关于{'进一步加强村级集体资金资产资源管理' * 3}的通知"
    found["notice"] = replace(
        notice, publication=replace(notice.publication, title=title, body=told)
    )
    one = people.publication.persons[0]
    several = tuple(
        PublicPerson(name[: 2 + n], one.title, "职责" * n, one.phone, one.since) for n in range(30)
    )
    found["people"] = replace(
        people, publication=replace(people.publication, body=PublicPeople(several))
    )
    return found


NASTY = ("words", "names", "cell", "detail", "one", "empty", "amounts", "steps", "notice", "people")


@pytest.mark.parametrize(
    ("name", "paper", "turn"),
    [
        *((name, "A4", "portrait") for name in NASTY),
        *((name, "A3", "landscape") for name in NASTY[::2]),
        *((name, "800x1200", "portrait") for name in NASTY[1::2]),
    ],
)
def test_awkward_content_stays_in_its_place(
    name: str, paper: str, turn: str, views: dict[str, RecordView], press: PosterPress
) -> None:
    assert measured(on(nasty(views)[name], paper, turn), press) == []


@pytest.mark.parametrize("name", ["cell", "detail"])
def test_a_cell_of_2000_characters_runs_on_over_pages(
    name: str, views: dict[str, RecordView], press: PosterPress
) -> None:
    sheet = press.draw(sheet_of(on(nasty(views)[name], "A4")), SITE)
    text = "".join(pages_of(sheet.pdf))
    assert text.count("修") == (1000 if name == "cell" else 400) + 1  # 村内路灯维修


def test_columns_that_find_no_room_are_told_with_their_totals(
    views: dict[str, RecordView], press: PosterPress
) -> None:
    sheet = press.draw(sheet_of(on(nasty(views)["amounts"], "A4")), SITE)
    (last,) = (page for page in pages_of(sheet.pdf) if "合计9" in page)
    for n in range(12):
        assert f"第{n}项金额" in last


# The measuring itself: each fault is planted once.

ROOM = (50.0, 50.0, 450.0, 600.0)


def planted(*boxes: Box) -> Sheet:
    text = Box(0, 60, 60, 200, 80, "好", 12, "text", ("body", "p"), None)
    return Sheet((text, *boxes), (), (ROOM, ROOM), ((500.0, 800.0), (500.0, 800.0)))


@pytest.mark.parametrize(
    ("box", "fault"),
    [
        (Box(0, 440, 100, 470, 112, "甲", 12, "text", (), None), "outside its place"),
        (Box(0, 60, 595, 90, 607, "甲", 12, "text", (), None), "outside its place"),
        (Box(0, 2, 700, 90, 712, "甲", 12, "margin", (), None), "outside its place"),
        (Box(0, 60, 100, 90, 112, "甲", 11.5, "text", (), None), "type of 11.5 pt"),
        (Box(0, 60, 100, 90, 112, "甲", 12, "text", (), (60, 99, 80, 120)), "leaves its cell"),
        (Box(0, 190, 70, 220, 82, "甲", 12, "text", (), None), "on each other"),
        (Box(0, 60, 500, 90, 512, "甲", 12, "text", ("body", "h2"), None), "heading at the foot"),
    ],
)
def test_measuring_finds_what_is_wrong(box: Box, fault: str) -> None:
    paper = replace(PAPERS["A4"], margin=14)
    assert [f for f in faults_of(planted(), paper) if f != "no code"] == []
    assert any(f.startswith(fault) for f in faults_of(planted(box), paper))


def test_measuring_finds_a_code_that_is_too_small(
    views: dict[str, RecordView], press: PosterPress
) -> None:
    view = on(views["organization/current"], "A4")
    assert view.sheet is not None
    small: Paper = replace(view.sheet.paper, code=30)
    view = replace(view, sheet=replace(view.sheet, paper=small))
    assert any(fault.startswith("code of") for fault in measured(view, press))


# ------------------------------------------------------------------------------- rare characters


@pytest.fixture
def lent(tmp_path: Path) -> RareFonts:
    """A font with one rare character, under the name of one that machines have."""
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for place in ((50, 200), (200, 200), (200, 0)):
        pen.lineTo(place)
    pen.closePath()
    glyph, empty = pen.glyph(), TTGlyphPen(None).glyph()
    font = FontBuilder(256, isTTF=True)
    font.setupGlyphOrder([".notdef", "rare"])
    font.setupCharacterMap({0x2A6A5: "rare"})
    font.setupGlyf({".notdef": empty, "rare": glyph})
    font.setupHorizontalMetrics({".notdef": (256, 0), "rare": (256, 50)})
    font.setupHorizontalHeader(ascent=220, descent=-36)
    font.setupNameTable({"familyName": "Rare", "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    font.save(tmp_path / "simsunb.ttf")
    (tmp_path / "HanaMinA.ttf").write_bytes(b"no font")
    return rare_fonts([str(tmp_path), str(tmp_path / "none")])


def test_a_rare_character_is_borrowed_and_embedded(
    books: dict[int, RecordView], press: PosterPress, lent: RareFonts
) -> None:
    view = with_cell(books[1], "摘要", "付𪚥家租金")
    other = PosterPress(Templates(TEMPLATES), Theme(), rare=lent)
    plain = sheet_of(books[1])
    before = other.draw(plain, SITE).pdf
    sheet = other.draw(sheet_of(view), SITE)
    assert sheet.problems == ()
    assert "付𪚥家租金" in "".join(pages_of(sheet.pdf))
    with pikepdf.open(BytesIO(sheet.pdf)) as pdf:
        fonts = [str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values()]
    assert any(font.endswith("+Mingbai-Rare") for font in fonts)
    assert other.draw(sheet_of(view), SITE).pdf == sheet.pdf
    assert other.draw(plain, SITE).pdf == before == press.draw(plain, SITE).pdf


def test_the_borrowed_font_has_only_what_is_needed(lent: RareFonts) -> None:
    assert lent.has("𪚥")
    assert not lent.has("𠀀")
    css = lent.css("𪚥𠀀甲")
    assert css == lent.css("甲𠀀𪚥")
    font = base64.b64decode(re.findall(r"base64,([^)]+)", css)[0])
    assert len(font) < 2000
    assert lent.css("𠀀") == ""


@pytest.mark.parametrize(
    ("text", "written", "named"),
    [
        ("付𪚥家", "付〔U+2A6A5〕家", ["𪚥"]),
        ("e\u0301家", "é家", []),
        ("x\u0323家", "x〔U+0323〕家", ["\u0323"]),
        ("给 ئۇيغۇر تىلى 家", "给〔阿拉伯字母的文字〕家", ["ئۇيغۇر تىلى"]),
        ("给བཀྲ་ཤིས་家", "给〔藏文〕家", ["བཀྲ་ཤིས་"]),
        ("给😀家", "给〔表情符号〕家", ["😀"]),
        ("付\u202e\u200b家", "付家", []),
    ],
)
def test_what_no_font_has_is_named_and_never_a_box(
    text: str, written: str, named: list[str], press: PosterPress
) -> None:
    typeface = press._typeface
    assert "".join(typeface.drawable(text).split()) == written
    assert [value for value, _ in typeface.missing(text)] == named
    assert typeface.measure(text) >= typeface.measure("付家")


def test_a_box_that_comes_to_the_printing_all_the_same_stops_it(press: PosterPress) -> None:
    own: Engine = press._engine
    with pytest.raises(UndrawnError, match=r"U\+10FFFD"):
        own.pdf("<p style='font-family:Mingbai Sans'>甲\U0010fffd", ())
