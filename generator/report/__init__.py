"""Decides which supervision reports are written, for whom, in which forms, and where they may lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from generator.drawing import press_of
from generator.intake.folders import VillageFolder, find_villages
from generator.intake.naming import chosen_villages, named, written_period
from generator.keeping import ABOVE, Bench
from generator.model.assessment import Assessment
from generator.model.clock import Span
from generator.model.period import Period
from generator.model.shared import Shared, Town
from generator.model.wording import shared_for
from generator.output.manifest import NAME
from generator.problems import Problem
from generator.progress import Report, Step
from generator.reading import sound_content
from generator.remaining import known_village
from generator.render.posters import press_missing
from generator.report.forms import as_markdown, as_workbook
from generator.settings import CannotBuildError, Settings, need_folder
from generator.views.contents import village_contents
from generator.views.places import Place
from generator.views.sheets import report_sheet
from generator.views.supervising.assessing import Assessed, assessed
from generator.views.supervising.facts import VillageFacts, village_facts
from generator.views.supervising.report import ReportView, Words
from generator.views.supervising.town import town_report
from generator.views.supervising.village import village_report
from generator.workers import workers

__all__ = ["Form", "Request", "Written", "period_asked", "write_reports"]

Form = Literal["md", "pdf", "xlsx"]


@dataclass(frozen=True)
class Request:
    """Which reports: over a `period`, on a `town` or all, in these `forms`, into a `folder`."""

    period: Period
    town: str
    forms: tuple[Form, ...]
    folder: Path


@dataclass(frozen=True)
class Written:
    """The files that were written; ids of villages of which nothing can be said, and what could not
    be drawn."""

    files: tuple[Path, ...]
    unusable: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _Told:
    """What is made of one village; without a `name` nothing can be."""

    folder: VillageFolder
    name: str = ""
    facts: VillageFacts | None = None
    assessed: Assessed | None = None
    files: tuple[tuple[Form, bytes], ...] = ()
    problems: tuple[Problem, ...] = ()


def period_asked(month: str, quarter: str) -> Period:
    """The period that was asked for. Raises `CannotBuildError` when it is no month, or no quarter."""
    text, kind = (month, "month") if month else (quarter, "quarter")
    period = written_period(text)
    if period is None or period.kind != kind or bool(month) == bool(quarter):
        raise CannotBuildError(
            "请写哪个月（--month 2025-09）或者哪个季度（--quarter 2025年三季度），两个写一个。什么也没有写。"
        )
    return period


def write_reports(request: Request, settings: Settings, report: Report) -> Written:
    """Write a report on each village that the settings name, or on all, and where all of a town are
    in it one on the town.

    Raises `CannotBuildError` when the folder is a site's or holds what is published from, when content/
    is unusable, or when there is no such village or town.
    """
    need_folder(settings.villages)
    _refuse_site(request.folder, settings)
    shared, _ = sound_content(settings.content, settings.today, "才能写报告")
    setting = shared.assessment
    if setting is None:
        raise CannotBuildError(
            f"{settings.content} 里没有 assessment.yaml：不知道怎样考核，没有写。"
        )
    if request.period.start > settings.today:
        raise CannotBuildError(f"{request.period.title}还没有到，没有可以写的。")
    missing = press_missing() if "pdf" in request.forms else ""
    if missing:
        raise CannotBuildError(f"这台电脑不能画 PDF：缺少 {missing}。请运行 doctor 看怎样装。")
    folders = _folders(request, settings, shared)
    bench = Bench(shared, replace(settings, is_dry=True, sheets="all"), "", None)
    told = []
    with workers(bench, len(folders)) as spread:
        for one in spread(_tell, tuple((folder, request) for folder in folders)):
            told.append(one)
            report(
                Step(f"写好了：{one.name or one.folder.id}", len(told), len(folders), one.folder.id)
            )
    files = [
        (f"{one.folder.town}/{one.folder.id}.{form}", content)
        for one in told
        for form, content in one.files
    ]
    problems = [problem for one in told for problem in one.problems]
    if not settings.only:
        for town, content, faults in _towns(told, request, shared, bench.settings):
            files += [(f"{town.id}.{form}", made) for form, made in content]
            problems += faults
    written = tuple(_write(request, name, content) for name, content in files)
    unusable = tuple(one.folder.id for one in told if not one.facts)
    return Written(written, unusable, tuple(problems))


def _refuse_site(folder: Path, settings: Settings) -> None:
    """Reports are for staff: what lies in a site anybody can fetch."""
    whole = folder.resolve()
    for parent in (whole, *whole.parents):
        if (parent / NAME).is_file() or parent == settings.out.resolve():
            raise CannotBuildError(
                f"{folder} 在网站的文件夹里，谁都看得到。报告只给工作人员看，请用 --out 换一个文件夹。"
            )
        if parent in (settings.villages.resolve(), settings.content.resolve()):
            raise CannotBuildError(f"{folder} 是放资料的文件夹，请用 --out 换一个文件夹。")


def _folders(request: Request, settings: Settings, shared: Shared) -> tuple[VillageFolder, ...]:
    folders, _ = find_villages(settings.villages, shared)
    if request.town:
        towns = ((town.id, (town.name,)) for town in shared.site.towns)
        found = named(request.town, towns)
        if len(found) != 1:
            known = "、".join(town.name for town in shared.site.towns)
            raise CannotBuildError(f"没有这个镇：{request.town}。有的镇：{known}。")
        folders = tuple(folder for folder in folders if folder.town == found[0])
    return chosen_villages(settings.only, folders)


def _tell(bench: Bench, asked: tuple[VillageFolder, Request]) -> _Told:
    """The report on one village, as a build of today would publish it."""
    (folder, request), settings = asked, bench.settings
    data, problems = known_village(folder, bench.shared, settings, Span(settings.today))
    if data is None:
        return _Told(folder)
    shared, setting = shared_for(data.village, bench.shared), bench.shared.assessment
    assert isinstance(setting, Assessment)
    contents = village_contents(data, shared, settings.today)
    errors = sum(found.severity == "error" for found in problems)
    facts = village_facts(contents, request.period, shared, setting, errors)
    figures = assessed(facts, setting)
    view = village_report(facts, figures, Words(shared.phrases, request.period, settings.today))
    files, faults = _made(view, request.forms, shared, settings, contents.place)
    return _Told(folder, facts.name, facts, figures, files, faults)


def _towns(
    told: Iterable[_Told], request: Request, shared: Shared, settings: Settings
) -> Iterable[tuple[Town, tuple[tuple[Form, bytes], ...], tuple[Problem, ...]]]:
    by_town: dict[str, list[tuple[VillageFacts, Assessed]]] = defaultdict(list)
    for one in told:
        if one.facts and one.assessed:
            by_town[one.folder.town].append((one.facts, one.assessed))
    words = Words(shared.phrases, request.period, settings.today)
    for town in shared.site.towns:
        if own := by_town.get(town.id):
            view = town_report(town.name, own, words)
            yield town, *_made(view, request.forms, shared, settings, None)


def _made(
    view: ReportView,
    forms: tuple[Form, ...],
    shared: Shared,
    settings: Settings,
    place: Place | None,
) -> tuple[tuple[tuple[Form, bytes], ...], tuple[Problem, ...]]:
    """A report in all forms, and what could not be drawn. Nothing of it is kept beside the site."""
    made: list[tuple[Form, bytes]] = []
    faults: tuple[Problem, ...] = ()
    for form in forms:
        if form == "md":
            made.append((form, as_markdown(view).encode()))
        elif form == "xlsx":
            made.append((form, as_workbook(view)))
        elif sheet := report_sheet(view, place, shared):
            press = press_of(shared, replace(settings, cache=None), ABOVE)
            drawn = press.draw(sheet, shared.site.base_url)
            faults = drawn.problems
            made += [(form, drawn.pdf)] if drawn.pdf else []
        else:
            raise CannotBuildError("papers.yaml 的 sheets 里没有 report（监督报告用的纸）。")
    return tuple(made), faults


def _write(request: Request, name: str, content: bytes) -> Path:
    path = request.folder / request.period.text / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
