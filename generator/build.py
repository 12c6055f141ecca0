"""The one way through the house. Read `build` first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.compiler import VillageOutput, base_url_of, store_of, templates_of
from generator.gate import without_secrets
from generator.intake.folders import VillageFolder, find_villages
from generator.intake.naming import village_named
from generator.model.filenames import PDF, SHEET
from generator.model.shared import Shared
from generator.output.files import OutputFile
from generator.output.manifest import published_villages, site_manifest
from generator.output.swap import publish
from generator.output.verify import Verdict, verify
from generator.problems import Problem, Source, in_order, problem
from generator.publishing.digest import code_of, digest_of
from generator.reading import need_folder, sound_content
from generator.render.data import site_data
from generator.render.feeds import site_feeds
from generator.render.maps import site_map
from generator.render.pages import Pages
from generator.render.posters import press_missing
from generator.render.search import render_search
from generator.settings import CannotBuildError, Settings
from generator.views.entries import site_entries
from generator.views.powers import power_list, standard_power_views
from generator.views.sheets import SheetView, sheet_notes, site_sheets
from generator.views.sites import site_view
from generator.workers import compile_all, draw_all, workers

__all__ = ["BuildResult", "CannotBuildError", "Settings", "build", "check", "verify_site"]


@dataclass(frozen=True)
class BuildResult:
    """What was built and what was found. `files` is 0 when nothing was written; `names` are
    those of all villages that were looked at, by id; `drawn` sheets are new, `kept` ones were
    drawn by an earlier build."""

    problems: tuple[Problem, ...]
    villages: int
    records: int
    posters: int
    files: int
    names: Mapping[str, str]
    drawn: int = 0
    kept: int = 0

    @property
    def has_faults(self) -> bool:
        """Whether there is anything to mend; notices are not."""
        return any(p.severity != "notice" for p in self.problems)


Report = Callable[[str], None]


def build(settings: Settings, report: Report) -> BuildResult:
    """Read, check, derive, render and publish a whole site; what is faulty is left out.

    Raises `CannotBuildError` when folders or content/ are unusable; then nothing is written.
    """
    store = store_of(settings) if settings.posters else None
    if store:
        store.begin()
    result, files = _compile(settings, report)
    result = replace(result, files=publish(files, settings.out))
    if store:
        store.end()
    return result


def check(settings: Settings, report: Report) -> BuildResult:
    """Everything that `build` would report; writes nothing."""
    return _compile(replace(settings, is_dry=True), report)[0]


def _compile(settings: Settings, report: Report) -> tuple[BuildResult, list[OutputFile]]:
    need_folder(settings.villages)
    shared, notices = sound_content(settings.content, settings.today, "才能生成")
    folders, found = find_villages(settings.villages, shared)
    settings = _named(settings, folders)
    _keep_other_villages(settings)
    folders = tuple(f for f in folders if not settings.only or f.id in settings.only)
    settings, missing = _with_press(settings)
    sheets = site_sheets(shared, settings.today)
    outputs = []
    with workers(settings.jobs, len(folders)) as spread:
        for output in compile_all(folders, shared, settings, spread):
            outputs.append(output)
            report(f"{_name(output)}：{len(output.files)} 个文件，{len(output.problems)} 个问题")
        printed = draw_all(sheets, shared, settings, spread)
    files = _site(outputs, printed.files, sheets, shared, settings)
    problems = in_order(
        (
            *notices,
            *without_secrets(found, shared.privacy),
            *missing,
            *(p for output in outputs for p in output.problems),
            *printed.problems,
        )
    )
    published = [output for output in outputs if output.summary]
    result = BuildResult(
        problems,
        villages=len(published),
        records=sum(output.summary.record_count for output in published if output.summary),
        posters=sum(file.path.endswith(f"/{SHEET}{PDF}") for file in files),
        files=0,
        names={output.id: _name(output) for output in outputs},
        drawn=printed.drawn + sum(output.drawn for output in outputs),
        kept=printed.kept + sum(output.kept for output in outputs),
    )
    return result, files


def _name(output: VillageOutput) -> str:
    return output.summary.name if output.summary else output.id


def _keep_other_villages(settings: Settings) -> None:
    """A site of some villages must not replace a site that holds others."""
    if not settings.only or settings.is_dry:
        return
    there = published_villages(settings.out)
    lost = [village for village in there if village not in settings.only]
    if lost:
        raise CannotBuildError(
            f"{settings.out} 里还有别的村（{'、'.join(lost)}），只做一个村会把它们换掉。"
            "请用 --out 另写一个文件夹，或者不加 --only。"
        )


def _named(settings: Settings, folders: tuple[VillageFolder, ...]) -> Settings:
    """The settings with ids in place of the names of villages."""
    found = {text: village_named(text, folders) for text in settings.only}
    unknown = [text for text, ids in found.items() if len(ids) != 1]
    if unknown:
        known = "、".join(folder.id for folder in folders)
        raise CannotBuildError(f"没有这个村：{'、'.join(sorted(unknown))}。有的村：{known}。")
    return replace(settings, only=tuple(ids[0] for ids in found.values()))


def _with_press(settings: Settings) -> tuple[Settings, tuple[Problem, ...]]:
    """Without the drawing libraries all but the sheets is built, with a notice."""
    missing = press_missing() if settings.posters else ""
    if not missing:
        return settings, ()
    notice = problem("posters-unavailable", Source("publish.py"), value=missing)
    return replace(settings, posters=False), (notice,)


def _site(
    outputs: list[VillageOutput],
    drawn: tuple[OutputFile, ...],
    sheets: tuple[SheetView, ...],
    shared: Shared,
    settings: Settings,
) -> list[OutputFile]:
    """All files: the villages', and what stands above them, made from the summaries alone;
    `drawn` are the files of the `sheets` above the villages."""
    base_url = base_url_of(shared, settings)
    view = site_view(
        shared,
        tuple(output.summary for output in outputs if output.summary),
        power_list(shared),
        standard_power_views(shared, settings.today),
        settings.today,
    )
    entries = (*site_entries(view), *(e for output in outputs for e in output.entries))
    pages = Pages(templates_of(settings, shared), shared, settings.today, base_url)
    own = [
        *pages.site(view, sheet_notes(sheets, (file.path for file in drawn))),
        *drawn,
        *pages.assets(),
        *render_search("search", entries),
        *site_data(view, base_url),
        *site_feeds(view, base_url),
    ]
    village_files = [file for output in outputs for file in output.files]
    paths = (file.path for file in (*own, *village_files))
    own += site_map(paths, view.changes, base_url)
    manifests = [output.manifest for output in outputs if output.manifest]
    top = site_manifest(settings.today.isoformat(), manifests, own)
    return [*village_files, *manifests, *own, top]


def verify_site(site: Path) -> Verdict:
    """A published folder against its manifests, all links and all codes."""
    if not site.is_dir():
        raise CannotBuildError(f"找不到文件夹 {site}。")
    return verify(site, code_of, digest_of)
