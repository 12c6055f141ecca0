"""Codes on sheets, read by a decoder from pictures as phones take them of paper on a wall."""

from __future__ import annotations

import io
import json
from base64 import b64decode
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from generator.model.papers import Paper
from generator.model.shared import Theme
from generator.render.posters import PosterPress
from generator.render.posters.picture import qr_picture
from generator.render.templates import Templates
from generator.views.linking import village_records
from generator.views.records import record_views
from generator.views.sheets import SheetView, record_sheet
from tests.measuring import codes_of
from tests.township import ROOT, TODAY, real_content, the_sample

SITE = "https://qingshi.example"
A3_IN_A_PHOTO = 1000  # pixels high: a sixteenth of what a phone's camera gives
PAPERS = real_content()[0].papers

pytestmark = pytest.mark.usefixtures("no_pictures")

Change = Callable[[Image.Image], Image.Image]


@pytest.fixture(scope="module")
def press() -> PosterPress:
    return PosterPress(Templates(ROOT / "templates"), Theme())


@pytest.fixture(scope="module")
def sheet() -> SheetView:
    found = the_sample()
    assert found.shared is not None
    data = found.villages["liuxi"]
    views = record_views(village_records(data, found.shared, TODAY))
    view = next(v for v in views if v.publication.url == "v/liuxi/ledger/2025-07/")
    made = record_sheet(view, found.shared.phrases, TODAY)
    assert made is not None
    return made


def picture(pdf: bytes, height: int) -> Image.Image:
    """Page 1, `height` pixels high."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    image: Image.Image = page.render(scale=height / page.get_size()[1]).to_pil().convert("RGB")
    document.close()
    return image


def decoded(image: Image.Image) -> list[str]:
    return [code.text for code in codes_of(image)]


# -------------------------------------------------------------------- what happens to paper


def softened(image: Image.Image) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(0.8))


def turned(image: Image.Image) -> Image.Image:
    return image.rotate(10, Image.Resampling.BICUBIC, expand=True, fillcolor="white")


def from_the_side(image: Image.Image) -> Image.Image:
    """As from the left and below: the right edge is further away."""
    wide, high = image.size
    near = [(0, 0), (wide, 0), (wide, high), (0, high)]
    far = [(wide * 0.12, high * 0.03), (wide * 0.96, 0), (wide, high), (0, high * 0.97)]
    rows = []
    for (x, y), (u, v) in zip(far, near, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    right = [value for place in near for value in place]
    turn = np.linalg.solve(np.array(rows, float), np.array(right, float))
    way = Image.Transform.PERSPECTIVE
    return image.transform(
        image.size, way, tuple(turn), Image.Resampling.BICUBIC, fillcolor="white"
    )


def in_poor_light(image: Image.Image) -> Image.Image:
    return ImageEnhance.Contrast(image.convert("L").convert("RGB")).enhance(0.35)


def sent_on(image: Image.Image) -> Image.Image:
    """As messengers make pictures smaller."""
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=25)
    return Image.open(buffer)


def creased(colour: str, *, upright: bool) -> Change:
    """A fold across the middle of the code, a twelfth of it wide: toner is gone or dirt is in."""

    def change(image: Image.Image) -> Image.Image:
        (code,) = codes_of(image)
        corners = code.position
        x = (corners.top_left.x + corners.bottom_right.x) / 2
        y = (corners.top_left.y + corners.bottom_right.y) / 2
        wide = (corners.top_right.x - corners.top_left.x) / 12
        image = image.copy()
        line = (x, 0, x, image.height) if upright else (0, y, image.width, y)
        ImageDraw.Draw(image).line(line, fill=colour, width=round(wide))
        return image

    return change


CHANGES: dict[str, Change] = {
    "as it is": lambda image: image,
    "blur": softened,
    "turned by 10 degrees": turned,
    "from the side": from_the_side,
    "poor light": in_poor_light,
    "sent on as JPEG": sent_on,
    "blur, turned, JPEG": lambda image: sent_on(turned(softened(image))),
    **{
        f"{colour} crease, {'upright' if upright else 'level'}": creased(colour, upright=upright)
        for colour in ("white", "black")
        for upright in (True, False)
    },
}


@pytest.fixture(scope="module")
def a3(press: PosterPress, sheet: SheetView) -> Image.Image:
    assert sheet.paper.id == "A3"
    return picture(press.draw(sheet, SITE).pdf, A3_IN_A_PHOTO)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_code_is_read_from_a_small_and_poor_photo(
    change: Change, a3: Image.Image, sheet: SheetView
) -> None:
    assert decoded(change(a3)) == [f"{SITE}/{sheet.url}?c={sheet.code}"]


@pytest.mark.parametrize(
    ("paper", "turn"), [*zip(PAPERS, cycle(["portrait", "landscape"]), strict=False)]
)
def test_a_code_is_read_from_every_paper_and_is_30_mm_or_more(
    paper: str, turn: str, press: PosterPress, sheet: SheetView
) -> None:
    laid = PAPERS[paper].laid(turn)
    image = picture(press.draw(sheet.on(laid), SITE).pdf, round(laid.height * dots(laid)))
    (code,) = codes_of(image)
    assert code.text == f"{SITE}/{sheet.url}?c={sheet.code}"
    side = (code.position.top_right.x - code.position.top_left.x) / dots(laid)
    assert side >= 30
    around = image.crop(box_around(code))
    for change in (softened, turned, creased("white", upright=False)):
        assert decoded(change(around)) == [code.text]


def box_around(code: zxingcpp.Barcode) -> tuple[int, int, int, int]:
    """The code with what stands near it, which is quicker to change than the whole sheet."""
    left, top = code.position.top_left.x, code.position.top_left.y
    right, bottom = code.position.bottom_right.x, code.position.bottom_right.y
    room = (right - left) // 2
    return left - room, top - room, right + room, bottom + room


def dots(paper: Paper) -> float:
    """Pixels a millimetre when the shorter side is as wide as a phone's screen."""
    return 1080 / min(paper.width, paper.height)


def test_around_a_code_four_modules_are_white(a3: Image.Image) -> None:
    (code,) = codes_of(a3)
    corners = code.position
    left, top = corners.top_left.x, corners.top_left.y
    side = corners.top_right.x - left
    module = side / 45  # at most: the smallest code that holds an address at this level
    quiet = round(4 * module * 45 / 57)
    grey = np.array(a3.convert("L"))
    inner = slice(round(top), round(top + side))
    for strip in (
        grey[inner, round(left) - quiet : round(left) - 1],
        grey[round(top) - quiet : round(top) - 1, round(left) : round(left + side)],
        grey[inner, round(left + side) + 2 : round(left + side) + quiet],
    ):
        assert strip.min() > 240


@pytest.mark.parametrize(("length", "side"), [(20, 40), (60, 40), (100, 40), (160, 40), (240, 40)])
def test_modules_are_large_enough_for_a_phone(length: int, side: float) -> None:
    url = f"{SITE}/".ljust(length, "x")
    head, _, data = qr_picture(url, side).partition(",")
    assert head == "data:image/png;base64"
    image = Image.open(io.BytesIO(b64decode(data)))
    assert side / (image.width / 4) >= 0.5
    assert decoded(image) == [url]


def test_every_sheet_of_the_sample_leads_to_its_own_page(site: Path) -> None:
    codes = {}
    for manifest in site.glob("v/*/manifest.json"):
        for record in json.loads(manifest.read_bytes())["records"]:
            codes[record["url"]] = record["code"]
    seen = 0
    for path in sorted(site.rglob("poster.png")):
        url = f"{path.parent.relative_to(site).as_posix()}/"
        found = [code.text for code in codes_of(Image.open(path).convert("L"))]
        assert found, path
        wanted = f"?c={codes[url]}" if url in codes else ""
        assert all(text.startswith("https://") for text in found), path
        if wanted:
            assert found == [f"{SITE}/{url}{wanted}"], path
            seen += 1
        else:
            page = found[0].removeprefix(f"{SITE}/").partition("?")[0].partition("#")[0]
            assert (site / page / "index.html").is_file(), (path, found)
    assert seen >= 10
