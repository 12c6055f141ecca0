"""Decides what is known to hang on boards, and what of it is too short, broken, or out of date.

It stands on what the village wrote down, and counts apart from what is published: where nothing is
written down nothing is said.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Literal, get_args

from generator.model.boards import ONLY_BOARD, BoardPlace
from generator.model.calendar import days_after, least_display
from generator.model.phrases import Phrases
from generator.model.posted import Photo, Posting
from generator.model.shared import Shared
from generator.views.corrections import WithdrawnView
from generator.views.linking import VillageRecords
from generator.views.places import Link, Place
from generator.views.records import RecordView
from generator.views.said import say

DAY, _YEAR = timedelta(days=1), timedelta(days=365)
Flaw = Literal[
    "old",  # hangs in words that were corrected or withdrawn
    "over",  # hangs after its last day
    "short",  # was taken down before the days of the law were over
    "gap",  # hung, and for some days did not
    "unlisted",  # should hang, and nobody wrote that it does
]


FLAWS: tuple[Flaw, ...] = get_args(Flaw)
PAST: tuple[Flaw, ...] = ("short", "gap")
"""What nobody can mend any more."""


@dataclass(frozen=True)
class Mark:
    """That a sheet hangs in its present words since the day `up`; `picture` is the path of the
    photograph that proves it, `size` its width and height."""

    up: date
    picture: str
    size: tuple[int, int]


@dataclass(frozen=True)
class HungFact:
    """What is not as it should be with a sheet on a board, in words; `day` is that since which it
    is so."""

    flaw: Flaw
    board: str
    link: Link
    day: date
    words: str


@dataclass(frozen=True)
class HungCounts:
    """Sheets, each board's by itself: how many should hang or are written down, are written down,
    are proved by a photograph; `flaws` counts those with each flaw, in the order of `FLAWS`."""

    due: int = 0
    hung: int = 0
    proved: int = 0
    flaws: tuple[tuple[Flaw, int], ...] = ()

    def __add__(self, other: HungCounts) -> HungCounts:
        """Both together."""
        both = Counter[Flaw](dict(self.flaws)) + Counter[Flaw](dict(other.flaws))
        flaws = tuple((flaw, both[flaw]) for flaw in FLAWS if both[flaw])
        due, hung, proved = self.due + other.due, self.hung + other.hung, self.proved + other.proved
        return HungCounts(due, hung, proved, flaws)


@dataclass(frozen=True)
class PostedView:
    """What a village wrote down of its boards in the last twelve months. Marks are by board and
    address of the page; `pictures` are the photographs by path."""

    marks: Mapping[tuple[str, str], Mark]
    facts: tuple[HungFact, ...]
    counts: HungCounts
    summary: str
    pictures: Mapping[str, Photo]


def boards_of(place: Place, phrases: Phrases) -> tuple[BoardPlace, ...]:
    """The village's boards, or the one that takes everything."""
    only = BoardPlace(ONLY_BOARD, say(phrases, "walls", "only_board"), "")
    return place.village.boards or (only,)


def village_postings(
    records: VillageRecords, views: tuple[RecordView, ...], withdrawn: tuple[WithdrawnView, ...]
) -> PostedView | None:
    """What is known to hang; None where the village writes nothing down."""
    posted = records.data.posted
    if posted is None:
        return None
    desk = _Desk(records.place, records)
    written = sorted(posted.postings, key=lambda p: (p.record, p.board, p.up, p.source))
    by_sheet = {
        key: tuple(p for p in group if p.up <= records.today)
        for key, group in groupby(written, key=lambda p: (p.record, p.board))
    }
    since = min((p.up for p in written), default=None)
    hung: list[Sequence[Posting]] = []
    for view in views:
        name = f"{view.item.id}/{view.publication.key}"
        for board in desk.boards:
            postings = by_sheet.get((name, board.id), ())
            if postings and desk.is_recent(postings[0].up):
                hung.append(postings)
                desk.look(view, board, postings)
            elif not postings and board.shows(view.item.id, view.board.id):
                desk.miss(view, board, since)
    for gone in withdrawn:
        for board in desk.boards:
            desk.look_at_withdrawn(
                gone, board, by_sheet.get((f"{gone.item.id}/{gone.key}", board.id), ())
            )
    return desk.view(hung)


class _Desk:
    """Per-call state: what is found of one village, sheet by sheet."""

    def __init__(self, place: Place, records: VillageRecords) -> None:
        self.shared: Shared = records.shared
        self.boards = boards_of(place, records.shared.phrases)
        self._place, self._today, self._rules = place, records.today, records.rules
        self._marks: dict[tuple[str, str], Mark] = {}
        self._facts: list[HungFact] = []
        self._pictures: dict[str, Photo] = {}

    def is_recent(self, day: date) -> bool:
        """Whether a day is within the last twelve months."""
        return self._today <= day + _YEAR

    def look(self, view: RecordView, board: BoardPlace, postings: Sequence[Posting]) -> None:
        """A sheet that was put up on a board, once or again."""
        publication, last = view.publication, postings[-1]
        hangs = last.down is None or last.down > self._today
        if hangs and publication.window.is_over(self._today):
            over = publication.window.end or last.up
            self._add("over", board, Link.to(publication), over + DAY, end=over)
        elif hangs and last.code != publication.code:
            day = max(last.up, publication.changed or last.up)
            self._add("old", board, Link.to(publication), day, code=publication.code)
        elif hangs:
            self._marks[board.id, publication.url] = self._mark(last)
        lost = 0
        for before, after in pairwise(postings):
            down, end = before.down or after.up, publication.window.end
            days = (after.up - down).days - 1
            if days > 0 and (end is None or down < end):
                lost += days
                self._add("gap", board, Link.to(publication), down, up=after.up, days=days)
        if not hangs:
            self._ask_for_days(view, board, postings, lost)

    def _ask_for_days(
        self, view: RecordView, board: BoardPlace, postings: Sequence[Posting], lost: int
    ) -> None:
        """Whether a sheet that was taken down hung as long as the law asks."""
        up, down = postings[0].up, postings[-1].down
        least = least_display(up, view.item, self._rules, self.shared.holidays)
        if least is not None and down is not None and down < least + DAY * lost:
            days = (down - up).days + 1 - lost
            link, needed = Link.to(view.publication), (least - up).days
            self._add("short", board, link, down, up=up, days=days, needed=needed)

    def miss(self, view: RecordView, board: BoardPlace, since: date | None) -> None:
        """A sheet of which nothing is written down, though it was to be put up since the village
        writes."""
        start, holidays = view.publication.window.start, self.shared.holidays
        if start is None or since is None or start < since or not view.sheet:
            return
        round_days = self.shared.site.round_days
        last = days_after(start, round_days, "working", holidays)
        if last < self._today and self.is_recent(start):
            self._add("unlisted", board, Link.to(view.publication), last + DAY, start=start)

    def look_at_withdrawn(
        self, gone: WithdrawnView, board: BoardPlace, postings: Sequence[Posting]
    ) -> None:
        """A sheet that was withdrawn, and hangs."""
        if postings and (postings[-1].down is None or postings[-1].down > self._today):
            self._add("old", board, Link(gone.title, gone.url), gone.withdrawn, code="")

    def view(self, hung: Sequence[Sequence[Posting]]) -> PostedView:
        """All that was found."""
        seen = {(fact.flaw, fact.board, fact.link.url) for fact in self._facts}
        found = Counter(flaw for flaw, *_ in seen)
        flaws = tuple((flaw, found[flaw]) for flaw in FLAWS if found[flaw])
        proved = sum(any(p.is_proved for p in postings) for postings in hung)
        counts = HungCounts(len(hung) + found["unlisted"], len(hung), proved, flaws)
        self._facts.sort(key=lambda fact: (fact.day, fact.link.url, fact.board), reverse=True)
        return PostedView(
            self._marks,
            tuple(self._facts),
            counts,
            say(self.shared.phrases, "walls", "posted", counts=counts),
            self._pictures,
        )

    def _mark(self, posting: Posting) -> Mark:
        if posting.photo is None:
            return Mark(posting.up, "", (0, 0))
        digest = hashlib.sha256(posting.photo.content).hexdigest()
        path = f"{self._place.url}wall/{digest[:12]}.jpg"
        self._pictures[path] = posting.photo
        return Mark(posting.up, path, (posting.photo.width, posting.photo.height))

    def _add(self, flaw: Flaw, board: BoardPlace, link: Link, day: date, **facts: object) -> None:
        words = say(self.shared.phrases, "walls", "hung_flaw", flaw=flaw, day=day, **facts)
        self._facts.append(HungFact(flaw, board.place, link, day, words))
