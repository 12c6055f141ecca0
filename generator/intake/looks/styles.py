"""Decides how a cell looks in any kind of workbook, and why its content cannot be seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from generator.intake.decoding import Look, clean
from generator.intake.looks.formats import GENERAL, is_general, shown_text

WHITE = "字是白的"
SAME_COLOUR = "字和底色一样"
COVERED = "在合并的格子下面"
EMPTY_FORMAT = "格式是空的"
_MONTH = re.compile(r"\d{4}\s*[年/.-]\s*\d{1,2}\s*月?", re.ASCII)
Runs = tuple[tuple[str, bool | None], ...]  # None: as the cell


@dataclass(frozen=True)
class Style:
    """What of a cell's style matters: its number format, whether all of it is struck through, and why
    nobody can read it."""

    code: str = GENERAL
    is_struck: bool = False
    unseen: str = ""


PLAIN = Style()


@dataclass(frozen=True)
class Styled:
    """The style of a cell, the runs of its text with whether each is struck, where one is, and the text
    that is shown, where the file itself keeps it. Where there are runs the cell's own strike counts for those
    that say nothing."""

    style: Style = PLAIN
    runs: Runs = ()
    shown: str | None = None


def is_flat(size: str, unit: float = 1.0) -> bool:
    """Whether a row or column is so thin that nothing in it can be seen: less than one point, `unit` being the
    points of one of the units that it is given in."""
    try:
        return 0 <= float(size) * unit < 1
    except ValueError:
        return False


def struck_runs(runs: Iterable[tuple[str, bool | None]]) -> Runs:
    """The runs of a text, if any of them that shows is struck; else none."""
    kept = tuple(runs)
    return kept if any(is_struck and text.strip() for text, is_struck in kept) else ()


def unseen_colour(font: str, fill: str | None) -> str:
    """Why text of a colour cannot be seen on a fill: "" for the program's own colour of text, None for a
    cell without a fill."""
    if not font:
        return ""
    if fill is None:
        return WHITE if font == "white" else ""
    return SAME_COLOUR if font == fill else ""


def seen_cell(value: object, text: str, styled: Styled) -> tuple[str, Look | None]:
    """The text of a cell and its look, where that is more than its value; `text` is the value as we write it.

    A day of which only its month is shown is what a program made of 2025年9月: the month is its text.
    """
    look = _look_of(value, text, styled)
    is_month = look is not None and isinstance(value, datetime) and _MONTH.fullmatch(look.shown)
    return (look.shown if look and is_month else text), look


def _look_of(value: object, text: str, styled: Styled) -> Look | None:
    style = styled.style
    struck, kept = _struck(text, styled)
    shown: str | None
    if styled.shown is not None:
        shown = styled.shown
    elif isinstance(value, datetime):
        shown = shown_text(style.code, value)
    elif isinstance(value, str):
        shown = shown_text(style.code, text)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        is_whole = "." not in text and is_general(style.code)
        shown = text if is_whole else shown_text(style.code, Decimal(text))
    else:
        shown = text
    unseen = style.unseen or (EMPTY_FORMAT if shown == "" else "")
    # A number with decimals is told from a text of the same signs: 10.3 may be a day that lost its zero.
    has_decimals = isinstance(value, float) and "." in text
    if shown == text and not (struck or unseen or has_decimals):
        return None
    return _look(clean(shown or ""), style.code, clean(struck), unseen, clean(kept))


def _struck(text: str, styled: Styled) -> tuple[str, str]:
    """What of a text is struck through, and the rest where that is a part."""
    own = styled.style.is_struck
    if not styled.runs:
        return (text, "") if own else ("", "")
    runs = [(t, own if is_struck is None else is_struck) for t, is_struck in styled.runs]
    kept = "".join(t for t, is_struck in runs if not is_struck)
    return "".join(t for t, is_struck in runs if is_struck), kept


@lru_cache(8192)
def _look(shown: str, code: str, struck: str, unseen: str, kept: str) -> Look:
    return Look(shown, code, struck, unseen, kept)


StyledCells = Mapping[int, Mapping[int, Styled]]  # by row number and column from 0
