"""Tiles as PDF: a map of how they go together, then every tile with its marks and its ruler."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from pikepdf import Name
from PIL import Image

from generator.model.papers import POINTS_PER_MM
from generator.render.posters.frames import map_place
from generator.render.posters.picture import ink_of
from generator.render.posters.tiling import Area, Plan, Tile, Tiling, plan_tiles

_WHITE = 3.0  # mm that are left around what stands on a sheet


class NotAPdfError(Exception):
    """A file that should be cut cannot be read as a PDF, or has a password."""


def sheet_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of each page in mm; raises `NotAPdfError`."""
    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            return tuple(_size(page) for page in document.pages)
    except pikepdf.PdfError as fault:
        raise NotAPdfError from fault


def plans_for(pdf: bytes, tiling: Tiling) -> tuple[Plan, ...]:
    """A plan for each page of a sheet, without its margins: for what stands on it and a little
    white around that. What would be blank is not printed."""
    return tuple(
        _cropped(size, ink, tiling) for size, ink in zip(sheet_sizes(pdf), ink_of(pdf), strict=True)
    )


def _cropped(size: tuple[float, float], ink: Image.Image, tiling: Tiling) -> Plan:
    box = ink.getbbox()
    if box is None:
        return plan_tiles(*size, tiling)
    left, top = (max(0.0, side - _WHITE) for side in box[:2])
    right, bottom = (min(whole, side + _WHITE) for whole, side in zip(size, box[2:], strict=True))
    area = Area(left, top, right - left, bottom - top)

    def is_blank(part: Area) -> bool:
        sides = (part.left, part.top, part.left + part.width, part.top + part.height)
        return ink.crop(tuple(map(round, sides))).getbbox() is None  # type: ignore[arg-type]

    return plan_tiles(area.width, area.height, tiling).on(area, is_blank)


def fill_tiles(pdf: bytes, frames: bytes, plans: tuple[Plan, ...], tiling: Tiling) -> bytes:
    """Put the sheet's pages into their frames.

    `frames` has, for each page of the sheet, a map and a frame for each tile, in order. Each
    page of the sheet is in the file once, however many tiles show a part of it. Same input,
    same bytes. The file asks the printing program for actual size, and for one side unless
    backs are blank.
    """
    with pikepdf.open(BytesIO(pdf)) as sheet, pikepdf.open(BytesIO(frames)) as tiles:
        number = 0
        for source, plan in zip(sheet.pages, plans, strict=True):
            size = _size(source)
            form = tiles.copy_foreign(source.as_form_xobject())
            name = Name(f"/Sheet{number}")
            small = map_place(plan, size)
            at = (small.left, small.top, small.scale)
            _draw(tiles, tiles.pages[number], form, plan, size, at, None, name)
            number += 1
            for tile in plan.printed:
                at = (plan.left - tile.left, plan.top - tile.top, plan.scale)
                _draw(tiles, tiles.pages[number], form, plan, size, at, tile, name)
                number += 1
        wishes = pikepdf.Dictionary(PrintScaling=Name("/None"))
        if tiling.blank_backs:
            _add_backs(tiles)
        else:
            wishes.Duplex = Name.Simplex
        tiles.Root.ViewerPreferences = wishes
        buffer = BytesIO()
        tiles.save(buffer, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return buffer.getvalue()


def _draw(
    tiles: pikepdf.Pdf,
    page: pikepdf.Page,
    form: pikepdf.Object,
    plan: Plan,
    size: tuple[float, float],
    at: tuple[float, float, float],
    tile: Tile | None,
    name: Name,
) -> None:
    """Draw the sheet below what stands on the page. `at` is the left and top of the sheet's
    corner on the paper and its scale; a tile shows it only within its window."""
    left, top, scale = at
    low = plan.height - top - size[1] * scale
    matrix = (scale, 0, 0, scale, left * POINTS_PER_MM, low * POINTS_PER_MM)
    clip = ""
    if tile is not None:
        width, height = plan.window
        box = (plan.left, plan.height - plan.top - height, width, height)
        clip = " ".join(f"{value * POINTS_PER_MM:.4f}" for value in box) + " re W n "
    numbers = " ".join(f"{value:.5f}" for value in matrix)
    page.add_resource(form, Name.XObject, name)
    page.contents_add(f"q {clip}{numbers} cm {name} Do Q\n".encode(), prepend=True)


def _add_backs(tiles: pikepdf.Pdf) -> None:
    """An empty page behind each page, so that a printer that turns paper spoils no tile."""
    for number in range(len(tiles.pages), 0, -1):
        box = tiles.pages[number - 1].mediabox
        size = (float(box[2] - box[0]), float(box[3] - box[1]))
        tiles.add_blank_page(page_size=size)
        tiles.pages.insert(number, tiles.pages[-1])
        del tiles.pages[-1]


def _size(page: pikepdf.Page) -> tuple[float, float]:
    box = page.mediabox
    width, height = float(box[2] - box[0]), float(box[3] - box[1])
    return width / POINTS_PER_MM, height / POINTS_PER_MM
