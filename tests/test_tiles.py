"""Sheets cut for the office's paper: put together again they are the sheet, at actual size."""

from __future__ import annotations

import io
import re

import numpy as np
import pikepdf
import pypdf
import pypdfium2
import pytest
import weasyprint
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from generator.model.papers import POINTS_PER_MM
from generator.model.shared import Theme
from generator.render.posters import PosterPress
from generator.render.posters.tiles import plans_for, sheet_sizes
from generator.render.posters.tiling import PAPERS, RULER, Tiling, plan_tiles
from generator.render.templates import Templates
from tests.township import ROOT

DPI = 60
NAME = "东篱村财务收支公开 2025年9月"


@pytest.fixture(scope="module")
def press() -> PosterPress:
    return PosterPress(Templates(ROOT / "templates"), Theme())


@pytest.fixture(scope="module")
def sheet() -> bytes:
    """An A2 sheet that looks different everywhere: no two places can be taken for each other."""
    dots = "".join(
        f'<circle cx="{x * 21}" cy="{y * 21}" r="{2 + (x * 7 + y * 3) % 8}"/>'
        f'<text x="{x * 21 - 9}" y="{y * 21 - 3}" font-size="6">{x}.{y}</text>'
        for x in range(1, 20)
        for y in range(1, 29)
    )
    html = (
        "<style>@page { size: 420mm 594mm; margin: 0 } body { margin: 0 } svg { display: block }"
        f'</style><svg width="420mm" height="593.9mm" viewBox="0 0 420 593.9">{dots}</svg>'
    )
    return weasyprint.HTML(string=html).write_pdf()  # type: ignore[no-any-return]


def drawn(page: pypdfium2.PdfPage, dpi: int = DPI) -> NDArray[np.int16]:
    grey = page.render(scale=dpi / 72).to_pil().convert("L")
    return np.asarray(grey, dtype=np.int16)


def put_together(tiles: bytes, sheet: bytes, tiling: Tiling) -> NDArray[np.int16]:
    """Cut each tile at its marks and lay it where its label says, as a clerk does."""
    (plan,), (size,) = plans_for(sheet, tiling), sheet_sizes(sheet)
    document = pypdfium2.PdfDocument(tiles)
    assert len(document) == 1 + len(plan.printed)
    per_mm = DPI / 25.4 * plan.scale
    shape = (round(size[1] * per_mm), round(size[0] * per_mm))
    start = (plan.area.left * per_mm, plan.area.top * per_mm)
    per_mm = DPI / 25.4
    whole = np.full(shape, 255, dtype=np.int16)
    step = [length - tiling.overlap for length in plan.window]
    for number in range(1, len(document)):
        text = document[number].get_textpage().get_text_range()
        place = re.search(r"第 (\d+) 行 第 (\d+) 列", text)
        assert place
        row, column = int(place[1]) - 1, int(place[2]) - 1
        left = round(start[0] + column * step[0] * per_mm)
        top = round(start[1] + row * step[1] * per_mm)
        x, y = round(plan.left * per_mm), round(plan.top * per_mm)
        width, height = (int(length * per_mm) for length in plan.window)
        part = drawn(document[number])[y : y + height, x : x + width]
        room = whole[top : top + height, left : left + width]
        room[:] = part[: room.shape[0], : room.shape[1]]
    return whole


@pytest.mark.parametrize(
    "tiling",
    [
        Tiling(),
        Tiling(paper="A3", overlap=5),
        Tiling(margin=0, overlap=0),
        Tiling(most=2),
        Tiling(paper="A3", margin=12, overlap=20, most=1),
    ],
    ids=str,
)
def test_tiles_put_together_are_the_sheet(press: PosterPress, sheet: bytes, tiling: Tiling) -> None:
    """Within one pixel of 60 dpi (0.4 mm): every grey value is found beside its place."""
    tiles = press.tile(sheet, NAME, tiling)
    whole = put_together(tiles, sheet, tiling)
    scale = plans_for(sheet, tiling)[0].scale
    page = pypdfium2.PdfDocument(sheet)[0]
    wanted = np.asarray(page.render(scale=DPI / 72 * scale).to_pil().convert("L"), dtype=np.int16)
    height, width = min(whole.shape[0], wanted.shape[0]), min(whole.shape[1], wanted.shape[1])
    assert abs(whole.shape[0] - wanted.shape[0]) <= 2
    assert (wanted < 128).mean() > 0.03  # there is something to compare
    whole, wanted = whole[:height, :width], wanted[:height, :width]
    near = np.full(wanted.shape, 255, dtype=np.int16)
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            moved = np.roll(wanted, (down, right), (0, 1))
            near = np.minimum(near, np.abs(moved - whole))
    assert (near[2:-2, 2:-2] > 96).mean() < 0.002


def test_each_ruler_measures_50_mm_on_paper(press: PosterPress, sheet: bytes) -> None:
    tiles = press.tile(sheet, NAME, Tiling())
    document = pypdfium2.PdfDocument(tiles)
    for page in document:
        size = page.get_size()
        assert sorted(round(x / POINTS_PER_MM) for x in size) == [210, 297]
        dark = drawn(page, 254) < 128  # ten pixels a millimetre
        strip = dark[-(20 * 10) :]
        # The ruler is the only line of 50 mm in the strip: the longest run of dark pixels.
        runs = [len(run) for row in strip for run in row.tobytes().split(b"\0")]
        assert max(runs) / 10 == pytest.approx(RULER, abs=0.5)


def test_the_map_says_what_to_do_and_shows_the_whole_sheet(
    press: PosterPress, sheet: bytes
) -> None:
    tiles = press.tile(sheet, NAME, Tiling())
    text = pypdf.PdfReader(io.BytesIO(tiles)).pages[0].extract_text()
    (plan,) = plans_for(sheet, Tiling())
    size = f"{plan.area.width:.0f}×{plan.area.height:.0f} 毫米"
    told = f"共 {len(plan.tiles)} 张，{plan.rows} 行 {plan.columns} 列，拼好是 {size}"
    for words in (NAME, told, "实际大小", "单面打印"):
        assert words in text
    shrunk = press.tile(sheet, NAME, Tiling(most=4))
    assert "缩小到了" in pypdf.PdfReader(io.BytesIO(shrunk)).pages[0].extract_text()


def test_a_sheet_is_in_the_file_once_and_asks_for_actual_size(
    press: PosterPress, sheet: bytes
) -> None:
    tiles = press.tile(sheet, NAME, Tiling())
    assert tiles == press.tile(sheet, NAME, Tiling())
    assert len(tiles) < 2 * len(sheet) + 30_000
    with pikepdf.open(io.BytesIO(tiles)) as document:
        assert document.Root.ViewerPreferences.PrintScaling == "/None"
        assert document.Root.ViewerPreferences.Duplex == "/Simplex"
        assert not document.check_pdf_syntax()


def test_blank_backs_keep_a_printer_that_turns_paper_from_spoiling_tiles(
    press: PosterPress, sheet: bytes
) -> None:
    document = pypdfium2.PdfDocument(press.tile(sheet, NAME, Tiling(blank_backs=True)))
    count = 1 + len(plans_for(sheet, Tiling())[0].printed)
    assert len(document) == 2 * count
    is_blank = [bool((drawn(page, 20) == 255).all()) for page in document]
    assert is_blank == [False, True] * count


@given(
    width=st.floats(50, 1300),
    height=st.floats(50, 1300),
    paper=st.sampled_from(sorted(PAPERS)),
    margin=st.floats(0, 20),
    overlap=st.floats(0, 30),
    most=st.integers(0, 12),
)
def test_plans_cover_the_whole_sheet(
    width: float, height: float, paper: str, margin: float, overlap: float, most: int
) -> None:
    plan = plan_tiles(width, height, Tiling(paper, margin, overlap, most))
    assert 0 < plan.scale <= 1
    assert not most or len(plan.tiles) <= most
    assert most or plan.scale == 1
    right = max(tile.left for tile in plan.tiles) + plan.window[0]
    bottom = max(tile.top for tile in plan.tiles) + plan.window[1]
    assert right >= width * plan.scale - 0.5
    assert bottom >= height * plan.scale - 0.5
    for tile in plan.tiles:
        assert tile.left == pytest.approx((tile.column - 1) * (plan.window[0] - overlap))
        assert tile.top == pytest.approx((tile.row - 1) * (plan.window[1] - overlap))


def test_margins_are_cut_off_and_what_is_blank_is_not_printed(press: PosterPress) -> None:
    """A sheet with words at its head and its foot, and nothing between."""
    html = (
        "<style>@page { size: 420mm 1200mm; margin: 30mm } body { margin: 0 }"
        " p { margin: 0; height: 1100mm; border-bottom: 1mm solid; width: 360mm }"
        " p::first-line { font-size: 40mm }</style><p>公开公开公开公开</p>"
    )
    sheet = weasyprint.HTML(string=html).write_pdf()
    assert sheet
    (plan,) = plans_for(sheet, Tiling(paper="A3"))
    assert plan.area.left > 25
    assert plan.area.width < 370
    (plan,) = plans_for(sheet, Tiling())
    assert plan.blank
    tiles = press.tile(sheet, NAME, Tiling())
    document = pypdfium2.PdfDocument(tiles)
    assert len(document) == 1 + len(plan.tiles) - len(plan.blank)
    window = slice(round(plan.top), round(plan.top + plan.window[1]))
    for page in list(document)[1:]:
        assert (drawn(page, 25)[window] < 200).any()
    assert "空白" in pypdf.PdfReader(io.BytesIO(tiles)).pages[0].extract_text()


def test_no_room_for_a_picture_is_said() -> None:
    with pytest.raises(ValueError, match="no room"):
        plan_tiles(420, 594, Tiling(margin=100))
