"""What is known of how often pages were looked at: who counts as a robot, and what may be shown."""

from __future__ import annotations

from dataclasses import dataclass

from generator.problems import Source


@dataclass(frozen=True)
class RobotWord:
    """Programs whose name holds `word` are no readers; `reason` says what they are. Names that hold
    one of `but` are."""

    word: str
    reason: str
    but: tuple[str, ...] = ()


@dataclass(frozen=True)
class VisitRules:
    """`content/visits.yaml`. Fewer visits than `minimum` are not published."""

    robots: tuple[RobotWord, ...]
    source: Source
    minimum: int = 10


@dataclass(frozen=True)
class VisitCount:
    """A line of `content/visits.csv`: how often the pages of an item of a village were looked at in
    a `month` such as `2025-10`; the village is empty for the pages above the villages."""

    month: str
    village: str
    item: str
    count: int


HOME, OTHER = "home", "other"
"""What stands in the place of an item: the first page of a village or the site, and their others."""
VISIT_COLUMNS = ("月份", "村", "事项", "次数")
