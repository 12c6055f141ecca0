"""Decides what staff read of all that rules find: each village's own, public or not, and what takes several."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from generator.intake.folders import VillageFolder, find_villages
from generator.intake.naming import chosen_villages
from generator.keeping import Bench
from generator.model.clock import Span
from generator.model.shared import Shared
from generator.model.wording import shared_for
from generator.oversight.across import Portion, looked_at, new_salt, portion_of
from generator.oversight.comparing import Across, compared
from generator.problems import Problem
from generator.progress import Report, Step
from generator.reading import sound_content
from generator.remaining import known_village
from generator.settings import Settings, need_folder
from generator.views.said import say
from generator.views.warnings.shown import Notable, village_warnings
from generator.workers import workers


@dataclass(frozen=True)
class Line:
    """Something to be looked at. `villages` are named; what `is_public` stands on their pages; `answers`
    are what they say to it, each with who says it and when."""

    villages: str
    rule: str
    title: str
    where: str
    words: str
    day: date
    is_public: bool
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """All that rules find in the villages that were asked for, by village, and private lists that could
    not be read."""

    shared: Shared
    today: date
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]

    @property
    def unanswered(self) -> tuple[Line, ...]:
        """What no village has explained."""
        return tuple(line for line in self.lines if not line.answers)


def all_found(settings: Settings, report: Report) -> Found:
    """What is to be looked at in the villages that the settings name, or in all. All are read, since
    some rules compare them. Writes nothing.

    Raises `CannotBuildError` when folders or content/ are unusable, or a village is not known.
    """
    need_folder(settings.villages)
    shared, _ = sound_content(settings.content, settings.today, "才能看各村要核实的")
    folders, _ = find_villages(settings.villages, shared)
    wanted = {folder.id for folder in chosen_villages(settings.only, folders)}
    bench = Bench(shared, replace(settings, is_dry=True), "", None)
    salt = new_salt()
    lines: list[Line] = []
    portions: list[Portion] = []
    with workers(bench, len(folders)) as spread:
        looked = spread(_looked, tuple((folder, salt) for folder in folders))
        for number, (folder, (own, portion)) in enumerate(zip(folders, looked, strict=True), 1):
            portions.append(portion)
            lines += (line for village, line in own if village in wanted)
            report(Step(f"看过了：{folder.id}", number, len(folders), folder.id))
    together = (one for one in compared(portions, shared) if one.villages & wanted)
    lines += (_across(one, shared) for one in together)
    problems = tuple(p for portion in portions for p in portion.problems)
    return Found(shared, settings.today, tuple(lines), problems)


def _looked(
    bench: Bench, asked: tuple[VillageFolder, bytes]
) -> tuple[tuple[tuple[str, Line], ...], Portion]:
    """What rules find in one village as it would be published today, and its part for the others."""
    (folder, salt), today = asked, bench.settings.today
    data, _ = known_village(folder, bench.shared, bench.settings, Span(today))
    if data is None:
        return (), Portion()
    shared = shared_for(data.village, bench.shared)
    looked = looked_at(data, shared, today)
    found = village_warnings(looked.records, looked.affairs)
    name = data.village.name
    lines = [
        *((folder.id, _own(one, name, is_public=True)) for one in found.public),
        *((folder.id, _own(one, name, is_public=False)) for one in found.staff),
    ]
    return tuple(lines), portion_of(folder, looked, salt)


def _own(one: Notable, village: str, *, is_public: bool) -> Line:
    rule = one.rule.url.partition("#")[2]
    answers = tuple(_said(answer.text, answer.by, answer.day) for answer in one.answers)
    return Line(village, rule, one.title, one.link.title, one.words, one.day, is_public, answers)


def _across(one: Across, shared: Shared) -> Line:
    where = "；".join(say(shared.phrases, "oversight", "spot", spot=spot) for spot in one.spots)
    villages = "、".join(dict.fromkeys(spot.village for spot in one.spots))
    answers = tuple(_said(answer.text, answer.by, answer.day) for answer in one.answers)
    return Line(villages, one.rule.id, one.rule.title, where, one.words, one.day, False, answers)


def _said(text: str, by: str, day: date) -> str:
    return f"{text}（{by} {day.isoformat()}）"
