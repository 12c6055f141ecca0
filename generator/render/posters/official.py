"""The measures of an official notice (GB/T 9704-2012), as far as a village's notice goes.

The standard knows one paper, A4. A larger sheet is the same picture enlarged; only where a paper
lies on its side does its own smallest type set the size.
"""

from __future__ import annotations

import re
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
