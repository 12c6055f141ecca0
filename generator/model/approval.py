"""Who looks at content before it is public, and what was approved or sent back."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from generator.problems import Source


@dataclass(frozen=True)
class Reviewer:
    """A role that may approve: what is of the `items`, or everything where none are named; `names` are
    those who speak for it, anybody where none are named."""

    role: str
    source: Source
    items: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Approval:
    """That somebody looked at what will be shown of a file, which has this `digest`, and agreed to it;
    without a digest, that what was public of the file is so no longer. It was `refused` where there
    are words why."""

    file: str
    role: str
    by: str
    day: datetime.date
    source: Source
    digest: str = ""
    refused: str = ""


@dataclass(frozen=True)
class OwnFile:
    """What a file says that holds no record, as JSON, and the files that belong to it."""

    said: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Review:
    """What is known of the review of a village's files, by their paths within its folder: the last
    approval and the last refusal of each, and its files that hold no record."""

    approvals: Mapping[str, Approval]
    refusals: Mapping[str, Approval]
    own: Mapping[str, OwnFile]
