"""What came of sheets and of the round of boards, drawn or not. What draws them is heavy, and many builds
draw nothing: it is imported where that is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.output.files import OutputFile
from generator.problems import Problem
from generator.views.walls.plans import WallView, wall_view
from generator.views.walls.rounds import Round


@dataclass(frozen=True)
class Printed:
    """The files of several sheets, what was wrong, and how many were not kept from before; `keys`
    are those under which they are kept, by the sheets' paths."""

    files: tuple[OutputFile, ...]
    problems: tuple[Problem, ...]
    drawn: int
    kept: int
    keys: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wall:
    """The round of a village with its files: the batch, and those of its sheets that are too
    large for the office's printer, cut for it."""

    view: WallView
    files: tuple[OutputFile, ...]
    problems: tuple[Problem, ...]

    @property
    def batch(self) -> str:
        """The path of the batch; empty where it was not drawn."""
        return self.files[0].path if self.files else ""


def wall_unseen(this: Round) -> Wall:
    """The round without drawn sheets: each counts as one page."""
    return Wall(wall_view(this, {}), (), ())
