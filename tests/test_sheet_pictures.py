"""Pictures of sheets for phones: one page, all pages, and more pages than one picture takes."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

from generator.render.posters.picture import TALLEST, WIDTH, pictures
from tests.township import ROOT

FONT = ROOT / "templates" / "fonts" / "MingbaiSans-Regular.ttf"
A4, A3_ON_ITS_SIDE = (595, 842), (1191, 842)


def pdf(*sizes: tuple[int, int]) -> bytes:
    """Pages with a dark band below, each a little darker than the one before."""
    document = pikepdf.new()
    for number, size in enumerate(sizes):
        document.add_blank_page(page_size=size)
        band = f"{0.7 - number % 12 / 20} g 0 0 {size[0]} 40 re f".encode()
        document.pages[-1].Contents = document.make_stream(band)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("L")


@pytest.mark.parametrize("size", [A4, A3_ON_ITS_SIDE, (3370, 2384)])
def test_a_picture_is_as_wide_as_a_phone(size: tuple[int, int]) -> None:
    done = pictures(pdf(size), FONT)
    image = opened(done.first)
    assert image.width == WIDTH
    assert image.height == pytest.approx(WIDTH * size[1] / size[0], abs=1)
    assert done.long == b""


def test_all_pages_stand_below_each_other() -> None:
    done = pictures(pdf(A4, A4, A3_ON_ITS_SIDE), FONT)
    first, long = opened(done.first), opened(done.long)
    assert long.width == WIDTH
    assert long.height == 2 * first.height + 764
    assert long.crop((0, 0, *first.size)).tobytes() == first.tobytes()
    shades = [
        long.getpixel((500, end - 20)) for end in (first.height, 2 * first.height, long.height)
    ]
    assert shades == sorted(shades, reverse=True)  # type: ignore[type-var]
    assert len(set(shades)) == 3


def test_a_picture_that_cannot_take_all_pages_says_so() -> None:
    done = pictures(pdf(*(A4,) * 12), FONT)
    long = opened(done.long)
    page = opened(done.first).height
    pages = TALLEST // page
    assert pages * page < long.height <= TALLEST + 200
    words = long.crop((0, pages * page + 20, WIDTH, long.height))
    assert words.getextrema()[0] < 80
    assert words.getbbox() is not None


def test_the_same_file_gives_the_same_pictures() -> None:
    sheet = pdf(A4, A4)
    assert pictures(sheet, FONT) == pictures(sheet, FONT)


def test_what_a_page_calls_the_picture_of_its_sheet_shows_all_pages(site: Path) -> None:
    """Records and every other page with a sheet: the picture that it offers, and no other."""
    seen = {1: 0, 2: 0}
    for sheet in sorted(site.rglob("poster.pdf")):
        text = (sheet.parent / "index.html").read_text("utf-8")
        offered = re.findall(r'href="([^"]*poster[^"]*\.png)"', text)
        assert len(offered) == 1, sheet
        with Image.open(sheet.parent / offered[0].rpartition("/")[2]) as picture:
            shown = picture.height / picture.width
        sizes = [page.mediabox for page in PdfReader(sheet).pages]
        pages = [float(box.height) / float(box.width) for box in sizes]
        within = [h for n, h in enumerate(pages) if sum(pages[: n + 1]) * WIDTH <= TALLEST]
        assert shown >= sum(within) - 0.01, sheet
        seen[min(2, len(pages))] += 1
    assert seen[1] > 8
    assert seen[2] > 2
