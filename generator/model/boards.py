"""The boards on a village's walls: what hangs there, and on which paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from generator.model.papers import OFFICE_PAPERS, Paper

ONLY_BOARD = "board"  # the id of the board of a village that says nothing of its boards
# How sheets lie; empty for the way that the catalogue says.
Lying = Literal["", "portrait", "landscape"]


@dataclass(frozen=True)
class BoardSheet:
    """The paper of one item's sheets on one board, where it is not the usual one."""

    item: str
    paper: str
    orientation: Lying = ""


@dataclass(frozen=True)
class BoardPlace:
    """A board on a wall. `paper` is the largest that it takes.

    `items` names what hangs there: items of the catalogue, whole boards of it, and kinds of
    sheets that are no record's; empty means all items. `width` and `height` are the board's own
    in mm, 0 where nobody measured it.
    """

    id: str
    place: str
    paper: str
    items: tuple[str, ...] = ()
    orientation: Lying = ""
    width: int = 0
    height: int = 0
    sheets: tuple[BoardSheet, ...] = ()

    def shows(self, item: str, section: str) -> bool:
        """Whether an item of a section of the catalogue hangs here. A sheet that is no record's
        has no section, and hangs only where it is named."""
        return item in self.items or (bool(section) and (not self.items or section in self.items))

    def paper_for(self, item: str, usual: Paper, papers: Mapping[str, Paper]) -> Paper:
        """The paper of an item's sheets here: what was chosen for it, else the usual one, or the
        board's own where that is too large."""
        chosen = next((s for s in self.sheets if s.item == item), None)
        own = papers.get(chosen.paper if chosen else self.paper)
        lying = (chosen.orientation if chosen else "") or self.orientation
        is_kept = own is None or (chosen is None and fits(usual, (own.width, own.height)))
        upright = usual.laid("landscape") if usual.is_landscape else usual
        lying = lying or ("landscape" if usual.is_landscape else "portrait")
        return (upright if is_kept or own is None else own).laid(lying)


def fits(paper: Paper, size: tuple[float, float]) -> bool:
    """Whether a paper is no larger than a size, either way round."""
    short, long = sorted((paper.width, paper.height))
    return short <= min(size) and long <= max(size)


def is_larger(paper: Paper, printer: str) -> bool:
    """Whether the office's printer cannot print a paper whole."""
    return not fits(paper, OFFICE_PAPERS[printer])
