"""How the work of those who supervise is assessed: where their log is, and which figures count how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.problems import Source

Counting = Literal[
    "activities",  # of the times that activities were asked for, those when they were done
    "mended",  # of the problems found, those mended
    "complete",  # of what was due, what is public
    "timely",  # of what was due, what was public in time
    "explained",  # of what rules found and anyone may read, what is explained
    "told",  # of the changes of what was public, those that are told
    "answered",  # of what villagers brought up, what is settled
]


@dataclass(frozen=True)
class ActivityLog:
    """The log of those who supervise: its `item`, the `list` whose entries are the kinds of activity,
    and the columns for the kind, what was found, what is to be done about it, and when that was done."""

    item: str
    list: str
    kind: str
    found: str
    mending: str
    done: str


@dataclass(frozen=True)
class Replies:
    """The register of what villagers brought up: its `item`, and the column of the day on which it
    was settled."""

    item: str
    done: str


@dataclass(frozen=True)
class AssessedFigure:
    """A figure of the assessment: `weight` times the share that `counts`; `formula` says it in words."""

    id: str
    title: str
    weight: int
    counts: Counting
    formula: str
    source: Source


@dataclass(frozen=True)
class Assessment:
    """`content/assessment.yaml`."""

    log: ActivityLog
    replies: Replies
    figures: tuple[AssessedFigure, ...]
    source: Source
