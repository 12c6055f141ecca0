"""Sheets that a browser draws beside those of WeasyPrint: the same pages, words, codes and places."""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from time import monotonic, sleep

import numpy as np
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from pikepdf import Name
from PIL import Image

from generator.drawing import forget_templates
from generator.intake.folders import find_villages
from generator.machine import BROWSER, Browser, drawing, find_browser
from generator.model.papers import POINTS_PER_MM
from generator.model.shared import Shared, Theme
from generator.model.wording import shared_for
from generator.reading import sound_content, sound_village
from generator.render.posters import PosterPress, press_browser, press_missing, render_posters
from generator.render.posters.browser.program import Program
from generator.render.posters.laid import EngineError
from generator.render.posters.rare import RareFonts
from generator.render.posters.rendering import tiled
from generator.render.posters.tiling import Tiling
from generator.render.templates import Templates
from generator.views.contents import village_contents
from generator.views.sheets import SheetView, site_sheets, village_sheets
from tests.browsing import served
from tests.commands import ROOT, publish_here
from tests.measuring import without_pictures

SITE = "https://mingbai.example"
TODAY = date(2025, 10, 10)
KINDS = (
    *("people", "roll", "table", "notice", "finance", "decision"),
    *("project", "answers", "power", "station", "qr", "article"),
)
CHROMIUM = find_browser()
HAS_PANGO = drawing()[0].startswith("Pango")
NO_SHELL = pytest.mark.skipif(sys.platform == "win32", reason="programs are shell scripts here")
ROW = "过次页（到这里的累计）", "承前页（前面的累计）"
# Pictures are compared at 30 dpi in bands of an inch, each where it fits best: lines that are whole
# dots to a browser push what is below them down, by 1 % of a page at most. Of 255 greys: the
# sheets of the sample differ by 8 at most, and the two that are most alike by 13.7.
DPI, BAND, SHIFT = 30, 30, 9
WIDE = 1800  # pixels of a page on which codes are read and ink is measured
ALIKE, ANOTHER = 9.0, 13.0
INK = 1.5  # mm by which the outermost ink may lie elsewhere
SKEWED = 3  # words of a page that lines break in one sheet and not in the other


@cache
def press(browser: Browser | None = None) -> PosterPress:
    return PosterPress(Templates(ROOT / "templates"), Theme(), rare=RareFonts(()), browser=browser)


@pytest.fixture(scope="module")
def shared() -> Shared:
    return sound_content(ROOT / "content", TODAY, "")[0]


@pytest.fixture(scope="module")
def sheets(shared: Shared) -> dict[str, SheetView]:
    """The first sheet of each layout of a sample village, and of the site."""
    folder = next(f for f in find_villages(ROOT / "villages", shared)[0] if f.id == "liuxi")
    data, _ = sound_village(folder, shared, TODAY)
    assert data is not None
    own = shared_for(data.village, shared)
    found = village_sheets(village_contents(data, own, TODAY), own)
    return {sheet.layout: sheet for sheet in (*found, *site_sheets(shared, TODAY))[::-1]}


@pytest.fixture(scope="module")
def drawn(sheets: dict[str, SheetView]) -> Iterator[Callable[[str], tuple[bytes, bytes]]]:
    """Gives a kind of sheet as both draw it; each is drawn once."""
    if not HAS_PANGO:
        pytest.skip("nothing to compare with: WeasyPrint does not load here")
    assert CHROMIUM is not None
    presses = press(), press(CHROMIUM)
    known: dict[str, tuple[bytes, bytes]] = {}

    def both(kind: str) -> tuple[bytes, bytes]:
        if kind not in known:
            one, other = (p.draw(sheets[kind], SITE) for p in presses)
            assert (one.problems, other.problems) == ((), ())
            known[kind] = one.pdf, other.pdf
        return known[kind]

    with without_pictures():
        yield both


def words_by_page(pdf: bytes) -> list[Counter[str]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return [Counter(text.replace("\u200b", "").split()) for text in texts]


@cache
def pictures_of(pdf: bytes) -> list[tuple[Image.Image, float]]:
    """Each page, and how many of its pixels are a millimetre."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = []
        for page in document:
            scale = WIDE / page.get_width()
            picture = page.render(scale=scale, grayscale=True).to_pil()
            found.append((picture, scale * POINTS_PER_MM))
        return found
    finally:
        document.close()


def small(picture: Image.Image, per_mm: float) -> Image.Image:
    scale = DPI / 25.4 / per_mm
    size = round(picture.width * scale), round(picture.height * scale)
    return picture.resize(size, Image.Resampling.BOX)


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of greys, each band where it fits best."""
    high, wide = min(one.height, other.height), min(one.width, other.width)
    left, right = (np.asarray(p, float)[:high, :wide] for p in (one, other))
    found = []
    for top in range(0, high - BAND + 1, BAND):
        band = left[top : top + BAND]
        starts = range(max(0, top - SHIFT), min(high - BAND, top + SHIFT) + 1)
        found.append(min(np.abs(band - right[s : s + BAND]).mean() for s in starts))
    return float(np.mean(found))


def ink(picture: Image.Image, per_mm: float) -> np.ndarray:
    """The top, left, bottom and right of what is printed, in mm."""
    dark = np.argwhere(np.asarray(picture) < 160)
    return np.array([*dark.min(axis=0), *dark.max(axis=0)]) / per_mm


def codes(picture: Image.Image) -> list[str]:
    return sorted(code.text for code in zxingcpp.read_barcodes(picture))


@pytest.mark.parametrize("kind", KINDS)
def test_a_browser_draws_the_same_sheet(
    kind: str, drawn: Callable[[str], tuple[bytes, bytes]]
) -> None:
    one, other = drawn(kind)
    words, others = words_by_page(one), words_by_page(other)
    assert len(words) == len(others)
    for mine, theirs in zip(words, others, strict=True):
        assert Counter("".join(mine.elements())) == Counter("".join(theirs.elements()))
        assert (mine - theirs).total() <= SKEWED
    for mine, theirs in zip(pictures_of(one), pictures_of(other), strict=True):
        assert codes(mine[0]) == codes(theirs[0]) != []
        assert np.abs(ink(*mine) - ink(*theirs)).max() < INK
        assert difference(small(*mine), small(*theirs)) < ALIKE


def test_other_sheets_look_otherwise(drawn: Callable[[str], tuple[bytes, bytes]]) -> None:
    """Else the measure of likeness would say nothing."""
    one, other = (small(*pictures_of(drawn(kind)[1])[0]) for kind in ("finance", "answers"))
    assert difference(one, other) > ANOTHER


@pytest.mark.parametrize("kind", ["finance", "notice", "qr"])
def test_the_file_says_what_the_sheet_is_and_who_drew_it(
    kind: str, drawn: Callable[[str], tuple[bytes, bytes]], sheets: dict[str, SheetView]
) -> None:
    paper = sheets[kind].paper
    with pikepdf.open(BytesIO(drawn(kind)[0])) as one, pikepdf.open(BytesIO(drawn(kind)[1])) as two:
        assert two.check_pdf_syntax() == []
        assert "WeasyPrint" in str(one.docinfo["/Producer"])
        assert str(two.docinfo["/Producer"]).startswith(f"{CHROMIUM}（Skia")
        for name in ("/Title", "/Author", "/CreationDate"):
            assert str(two.docinfo.get(name)) == str(one.docinfo.get(name)), name
        assert "/ModDate" not in two.docinfo
        with two.open_metadata() as said:
            assert said["dc:title"] == two.docinfo["/Title"]
            assert said["pdf:Producer"] == two.docinfo["/Producer"]
        assert two.Root.Lang == "zh-CN"
        assert two.Root.ViewerPreferences.DisplayDocTitle
        for page in two.pages:
            sides = [round(float(side) / POINTS_PER_MM, 2) for side in page.mediabox]
            assert sides == [0, 0, paper.width, paper.height]
        fonts = [o for o in two.objects if isinstance(o, pikepdf.Dictionary)]
        fonts = [o for o in fonts if o.get("/Type") == Name.FontDescriptor]
        assert fonts
        for font in fonts:
            assert re.match(r"/[A-Z]{6}\+Mingbai", str(font.FontName))
            assert "/FontFile2" in font


def test_what_is_read_aloud_is_read_once_and_knows_its_place(
    drawn: Callable[[str], tuple[bytes, bytes]],
) -> None:
    """The foot of the first page is part of the text; head and foot of the others are not. Each
    mark of the tree is on its page, and each link of a page in the tree."""
    with pikepdf.open(BytesIO(drawn("finance")[1])) as pdf:
        assert pdf.Root.MarkInfo.Marked
        figures, marks, links = [], Counter[tuple[int, int]](), 0
        pages = {page.obj.objgen: n for n, page in enumerate(pdf.pages)}
        left = [(pdf.Root.StructTreeRoot, None)]
        while left:
            element, page = left.pop()
            page = element.get("/Pg", page)
            figures += [str(element.get("/Alt", ""))] if element.get("/S") == Name.Figure else []
            kids = element.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, int):
                    marks[pages[page.objgen], kid] += 1
                elif kid.get("/Type") == Name.MCR:
                    marks[pages[kid.get("/Pg", page).objgen], int(kid.MCID)] += 1
                elif kid.get("/Type") == Name.OBJR:
                    links += 1
                else:
                    left.append((kid, page))
        assert [alt.startswith("二维码") for alt in figures].count(True) == 1
        on_pages = {
            (n, int(number))
            for n, page in enumerate(pdf.pages)
            for number in re.findall(rb"/MCID (\d+)", page.Contents.read_bytes())
        }
        assert set(marks) == on_pages
        assert max(marks.values()) == 1
        assert links == len(pdf.pages[0].get("/Annots", ()))
        assert next(item.title for item in pdf.open_outline().root)


def test_a_book_of_several_pages_carries_its_sums_and_names_its_pages(
    sheets: dict[str, SheetView], shared: Shared
) -> None:
    sheet = sheets["finance"].on(shared.papers["A4"])
    with without_pictures():
        other = press(CHROMIUM).draw(sheet, SITE).pdf
        one = press().draw(sheet, SITE).pdf if HAS_PANGO else other
    pages = words_by_page(other)
    assert len(pages) == len(words_by_page(one)) > 1
    for number, words in enumerate(pages, start=1):
        text = "".join(words)
        assert {"第", str(number), "页", "共", str(len(pages))} <= set(words)
        assert "核验码" in text
    forward, brought = ("".join(words) for words in pages[:2])
    assert (ROW[0] in forward, ROW[1] in brought) == (True, True)
    assert sum(pages, Counter())[ROW[0]] == sum(words_by_page(one), Counter())[ROW[0]]
    whole = Counter(word for page in pages for word in page.elements() if re.match(r"9-\d\d", word))
    assert whole
    assert max(whole.values()) == 1  # no row twice
    with pikepdf.open(BytesIO(other)) as pdf:
        (top,) = pdf.open_outline().root
        assert any(item.title.startswith("第 2 页：") for item in top.children)


def test_the_same_sheet_is_the_same_bytes(
    drawn: Callable[[str], tuple[bytes, bytes]], sheets: dict[str, SheetView]
) -> None:
    assert press(CHROMIUM).draw(sheets["people"], SITE).pdf == drawn("people")[1]


def test_tiles_are_framed_by_a_browser_too(drawn: Callable[[str], tuple[bytes, bytes]]) -> None:
    one, other = drawn("finance")
    mine, theirs = (
        press().tile(one, "账", Tiling("A4")),
        press(CHROMIUM).tile(other, "账", Tiling("A4")),
    )
    for left, right in zip(pictures_of(mine), pictures_of(theirs), strict=True):
        assert np.abs(np.subtract(left[0].size, right[0].size)).max() <= 2  # pixels
        assert np.abs(ink(*left) - ink(*right)).max() < INK


# ------------------------------------------------------------------------------- when it fails


def failing(folder: Path, script: str) -> Browser:
    """A program that notes that it was called, and does what the script says."""
    program = folder / "browser"
    version = "[ $1 = --version ] && echo Chromium 150.0.1.1 && exit"
    lines = ("#!/bin/sh", version, f"echo called >>{folder / 'calls'}", script)
    program.write_text("\n".join((*lines, "")), "utf-8")
    program.chmod(0o755)
    return Browser("Chromium", program)


@NO_SHELL
@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("exit 3", "没有画出来（退出码 3）"),
        ('for a; do case $a in --print-to-pdf=*) echo no >"${a#*=}";; esac; done', "（退出码 0）"),
    ],
)
def test_a_browser_that_draws_nothing_costs_the_sheet_and_no_more(
    script: str, words: str, tmp_path: Path, sheets: dict[str, SheetView]
) -> None:
    """One sentence for each sheet; after three the browser is not called again."""
    three = [sheets[kind] for kind in ("people", "roll", "notice", "document", "list")]
    broken = press(failing(tmp_path, script))
    made = render_posters(three, broken, SITE)
    assert made.files == ()
    assert {p.code for p in made.problems} == {"poster-failed"}
    assert len(made.problems) == len(three)
    assert words in str(made.problems[0])
    assert "不再叫它" in str(made.problems[-1])
    assert (tmp_path / "calls").read_text("utf-8").count("called") == 3
    sheet, whole = sheets["finance"], pikepdf.new()
    whole.add_blank_page(page_size=(842, 1191))
    pdf = BytesIO()
    whole.save(pdf)
    tiles, (fault,) = tiled(broken, sheet, pdf.getvalue(), "A4")
    assert (tiles, fault.code) == (b"", "poster-failed")
    assert "分张打印" in str(fault)


@NO_SHELL
def test_a_browser_that_hangs_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = tmp_path / "child"
    hung = failing(tmp_path, f"sleep 600 & echo $! >{noted}\nwait")
    for limit in (1, 10, 60):  # a busy machine has not started anything in the first second
        monkeypatch.setattr("generator.render.posters.browser.program._LIMIT", limit)
        with pytest.raises(EngineError, match=f"过了 {limit} 秒"):
            Program(hung).printed("<p>甲</p>")
        if noted.exists() and (words := noted.read_text("ascii")):
            break
    child = int(words)
    end = monotonic() + 60
    while is_running(child):
        assert monotonic() < end, "still there"
        sleep(0.02)


def is_running(process: int) -> bool:
    """Whether a program is there and not only its record."""
    try:
        return Path(f"/proc/{process}/stat").read_text("ascii").split(")")[1].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_nothing_is_fetched_and_nothing_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither by the engine, which refuses, nor by the browser, whatever it is given."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert CHROMIUM is not None
    (tmp_path / "secret.png").write_bytes(b"")
    asked: list[str] = []
    with served(ROOT / "templates", asked) as url:
        html = f'<img src="{url}icon.svg"><p style="background: url({url}a.png)">甲</p>'
        Program(CHROMIUM).printed(f"<!DOCTYPE html><title>甲</title>{html}")
    assert asked == []
    assert [path.name for path in tmp_path.iterdir()] == ["secret.png"]
    engine = press(CHROMIUM)._engine
    for html in (
        '<meta http-equiv="refresh" content="0;url=file:///etc/passwd">甲',
        '<base href="file:///etc/">甲',
        '<iframe srcdoc="甲"></iframe>',
        "<script>0</script>甲",
    ):
        with pytest.raises(EngineError, match="引到别处去"):
            engine.pdf(html, ())
    for html in (
        '<img src="file:///etc/passwd">',
        '<p style="background: url(//x)">甲',
        "<style>@import 'x'",
    ):
        with pytest.raises(EngineError, match="外面的文件"):
            engine.pdf(html, ())


def test_a_character_of_no_packaged_font_stops_the_sheet() -> None:
    with pytest.raises(EngineError, match="画不出的字"):
        press(CHROMIUM)._engine.pdf("<p style='font-family: Mingbai Sans'>\u0e01</p>", ())


# ------------------------------------------------------------------------------ which one draws


def test_a_named_browser_draws_though_weasyprint_could(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert CHROMIUM is not None
    assert (press_browser() is None) == HAS_PANGO
    monkeypatch.setenv(BROWSER, str(CHROMIUM.path))
    out = tmp_path / "one.pdf"
    forget_templates()
    try:
        done = publish_here("poster", "liuxi", "organization", "current", "--out", str(out))
    finally:
        forget_templates()
    assert done.returncode == 0, done.stderr
    with pikepdf.open(out) as pdf:
        assert "Skia" in str(pdf.docinfo["/Producer"])


def test_a_browser_that_is_not_there_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(BROWSER, "/nowhere/msedge")
    assert "Microsoft Edge" in press_missing()


@pytest.mark.parametrize(
    ("platform", "files", "name", "version"),
    [
        ("win32", ["x86/Microsoft/Edge/Application/msedge.exe"], "Microsoft Edge", 142),
        ("win32", ["local/Google/Chrome/Application/chrome.exe"], "Google Chrome", 142),
        (
            "win32",
            [
                "x86/Google/Chrome/Application/chrome.exe",
                "x86/Microsoft/Edge/Application/msedge.exe",
            ],
            "Microsoft Edge",
            142,
        ),
        ("linux", ["bin/chromium"], "Chromium", 0),
        ("linux", ["bin/microsoft-edge"], "Microsoft Edge", 0),
    ],
)
def test_browsers_are_found_where_systems_have_them(
    platform: str, files: list[str], name: str, version: int, tmp_path: Path
) -> None:
    for file in files:
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
        (path.parent / "142.0.3595.53").mkdir()
        (path.parent / "9.0.1.1").mkdir()
    variables = {"ProgramFiles(x86)": f"{tmp_path}/x86", "LOCALAPPDATA": f"{tmp_path}/local"}

    def which(program: str) -> str | None:
        path = tmp_path / "bin" / program
        return str(path) if path.is_file() else None

    found = find_browser(platform, variables, which)
    assert found is not None
    assert (found.name, found.version) == (name, version)
    assert find_browser(platform, {}, lambda _: None) is None
    named = find_browser(platform, {BROWSER: "/opt/360/chrome.exe"}, which)
    assert named is not None
    assert named.path == Path("/opt/360/chrome.exe")


@NO_SHELL
def test_a_browser_too_old_for_page_numbers_does_not_draw(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\necho Chromium 120.0.6099.224\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv(BROWSER, str(program))
    assert press_browser() is None
    assert "Chromium 120" in press_missing()
    assert Browser("Chromium", program).version == 120
