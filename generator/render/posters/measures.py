"""Decides type and white on a paper: one table for a record's sheet, from which the style sheet is
filled and by which the height of a sheet is foreseen, and the measures of an official notice (GB/T
9704-2012), as far as a village's notice needs them.

The standard knows one paper, A4. A larger sheet is the same picture enlarged; only where a paper
lies on its side does its own smallest type set the size.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from generator.model.papers import POINTS_PER_MM, Paper

_WIDTH, _HEIGHT = 210, 297
# Whom the notice addresses (主送机关): a first paragraph of few words that ends with a colon, and
# that no list goes on from.
_ADDRESSED = re.compile(r'^<p(?: class="run")?>(?=[^<]{1,40}：</p>\s*(?!\s|<[uo]l|<table))')
_FOOT_LINES, _FOOT_PITCH = 6, 1.36  # what stands beside the code, in lines of the small type


@dataclass(frozen=True)
class Official:
    """Millimetres and points on one paper. `foot` is the room for what the sheet is checked by:
    it takes the place of the 版记, above the lower edge of the type area."""

    top: float
    left: float
    right: float
    bottom: float
    foot: float
    pitch: float  # 22 lines to a page
    head: float  # 发文机关标志
    title: float  # 2 号
    body: float  # 3 号: 28 characters fill the line of 156 mm
    note: float  # 4 号
    small: float  # what checks the sheet: the smallest type that the paper allows


def official(paper: Paper) -> Official:
    """The measures for a paper."""
    scale = max(min(paper.width / _WIDTH, paper.height / _HEIGHT), paper.body / 12)
    small = 12 * scale
    words = _FOOT_LINES * _FOOT_PITCH * small / POINTS_PER_MM
    return Official(
        top=37 * scale,
        left=28 * scale,
        right=26 * scale,
        bottom=35 * scale,
        foot=max(paper.code, words) + 2 * scale,
        pitch=225 * POINTS_PER_MM / 22 * scale,
        head=28 * scale,
        title=21 * scale,
        body=15.75 * scale,
        note=14 * scale,
        small=small,
    )


def addressed(html: Markup) -> Markup:
    """The words of a notice with their first line marked where it names whom they address: it
    begins at the edge."""
    return Markup(_ADDRESSED.sub('<p class="to">', html, count=1))


# A record's sheet. Lengths are ems of the paper's type.

# As a rule, on a paper that lies on its side (height is scarce there), and set tight.
_TABLE = {
    "title_above": (1.1, 0.5, 0.4),
    "title": (2.9, 2.3, 2.3),
    "meta_above": (0.8, 0.4, 0.3),
    "meta_over": (0.55, 0.55, 0.35),
    "meta_under": (0.5, 0.5, 0.3),
    "answer_above": (1.0, 0.7, 0.5),
    "answer_below": (0.9, 0.6, 0.5),
    "sentence": (1.45, 1.45, 1.3),
    "sentence_line": (2.1025, 2.1025, 1.82),
    "small_above": (0.35, 0.35, 0.2),
    "until_below": (0.5, 0.5, 0.3),
    "until_white": (0.35, 0.35, 0.25),
    "until": (2.0, 2.0, 1.6),
    "cell": (0.3, 0.3, 0.16),
    "charts_above": (1.2, 1.2, 0.7),
    "charts_below": (1.2, 1.2, 0.0),
}
_TITLE_LINE, _META_LINE, _UNTIL_LINE = 1.25, 1.5, 1.3  # as sheet.css
_BAND, _RULES, _FRAME = 0.85, 0.2, 0.24


@dataclass(frozen=True)
class Spacing:
    """Lengths by name: `--title-above` in the style sheet is `title_above`."""

    ems: Mapping[str, float]

    def headed(self, title: float = 0.0) -> float:
        """The height of everything above the table but for the words themselves; `title` is the type
        of one that is smaller than titles are."""
        whites = ("title_above", "meta_above", "meta_over", "meta_under")
        white = sum(self.ems[name] for name in (*whites, "answer_above", "answer_below"))
        return _BAND + white + (title or self.ems["title"]) * _TITLE_LINE + _META_LINE + _RULES

    @property
    def until(self) -> float:
        """The height of the frame with the day until which a list hangs."""
        words = self.ems["until"] * _UNTIL_LINE
        return words + 2 * self.ems["until_white"] + self.ems["until_below"] + _FRAME

    @property
    def saved(self) -> float:
        """The height that this spacing saves in a row."""
        return 2 * (_TABLE["cell"][0] - self.ems["cell"])


UPRIGHT, LYING, TIGHT = (Spacing({name: ems[n] for name, ems in _TABLE.items()}) for n in range(3))


def usual(paper: Paper) -> Spacing:
    """The spacing of a sheet that is not set tight."""
    return LYING if paper.is_landscape else UPRIGHT
