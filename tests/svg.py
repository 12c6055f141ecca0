"""Drawings read back: rooms of marks and words, for the tests of drawings."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from generator.render.drawings import Drawings
from generator.render.drawings.textwidths import measure
from generator.render.templates import Templates

ROOT = Path(__file__).resolve().parent.parent
DRAWINGS = Drawings(Templates(ROOT / "templates"))
SVG = "{http://www.w3.org/2000/svg}"
NEAR = 0.15  # coordinates are written to a tenth


@dataclass(frozen=True)
class Rect:
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Rect) -> bool:
        return (
            self.left + NEAR < other.right
            and other.left + NEAR < self.right
            and self.top + NEAR < other.bottom
            and other.top + NEAR < self.bottom
        )

    def contains(self, other: Rect) -> bool:
        return (
            self.left - NEAR <= other.left
            and self.top - NEAR <= other.top
            and other.right <= self.right + NEAR
            and other.bottom <= self.bottom + NEAR
        )


def parse(markup: str) -> ET.Element:
    """The drawing; what a group says of its texts' ends is written to each of them."""
    root = ET.fromstring(markup)
    for group in root.findall(f"{SVG}g[@text-anchor]"):
        for text in group:
            text.set("text-anchor", group.attrib["text-anchor"])
    return root


def page_of(root: ET.Element) -> Rect:
    _, _, width, height = (float(part) for part in root.attrib["viewBox"].split())
    return Rect(0, 0, width, height)


def points_of(element: ET.Element) -> list[tuple[float, float]]:
    pairs = (pair.split(",") for pair in element.attrib["points"].split())
    return [(float(x), float(y)) for x, y in pairs]


def rect_of(element: ET.Element) -> Rect:
    if element.tag == f"{SVG}polygon":
        xs, ys = zip(*points_of(element), strict=True)
        return Rect(min(xs), min(ys), max(xs), max(ys))
    x, y, width, height = (float(element.attrib[name]) for name in ("x", "y", "width", "height"))
    return Rect(x, y, x + width, y + height)


def size_of(element: ET.Element, inherited: float = 15) -> float:
    return float(element.attrib.get("font-size", inherited))


def text_rect(element: ET.Element, dx: float = 0, dy: float = 0) -> Rect:
    size = size_of(element)
    width = measure(element.text or "", size)
    x, y = float(element.attrib["x"]) + dx, float(element.attrib["y"]) + dy
    before = {"middle": width / 2, "end": width}.get(element.attrib.get("text-anchor", ""), 0.0)
    left = x - before
    return Rect(left, y - 0.8 * size, left + width, y + 0.2 * size)


def texts_in(root: ET.Element, name: str) -> list[ET.Element]:
    """The texts of one class, alone or in a group of that class."""
    alone = root.findall(f"{SVG}text[@class='{name}']")
    return alone + root.findall(f"{SVG}g[@class='{name}']/{SVG}text")


def words_in(root: ET.Element, name: str) -> list[str]:
    return [text.text or "" for text in texts_in(root, name)]


def bars_in(root: ET.Element, fill: str = "") -> list[Rect]:
    """The bars of a chart; of one fill, or all."""
    groups = root.findall(f"{SVG}g[@class='ch-bar']")
    return [rect_of(bar) for group in groups if fill in group.attrib["fill"] for bar in group]


def run(start: tuple[float, float], end: tuple[float, float]) -> Rect:
    xs, ys = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return Rect(xs[0] - NEAR, ys[0] - NEAR, xs[1] + NEAR, ys[1] + NEAR)


def squeezed(text: str) -> str:
    return "".join(text.split())


def assert_named(root: ET.Element, id: str) -> None:
    """An accessible name, and ids that begin with the drawing's own."""
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    assert all(each.startswith(f"{id}-") for each in ids)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"].split() == [f"{id}-title", f"{id}-desc"]
    assert root.find(f"{SVG}title") is not None
    assert root.find(f"{SVG}desc") is not None


def assert_texts_apart(root: ET.Element) -> None:
    rooms = [text_rect(text) for text in root.iter(f"{SVG}text")]
    assert all(page_of(root).contains(room) for room in rooms)
    assert not any(one.overlaps(other) for one, other in combinations(rooms, 2))
