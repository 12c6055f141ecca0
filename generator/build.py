"""The one way through the house. Read `build` first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from generator.fingerprints import print_of_build, print_of_content
from generator.intake.folders import VillageFolder, find_villages
from generator.keeping import (
    ABOVE,
    CONTENT,
    SEARCH,
    Bench,
    Made,
    find_above,
    find_village,
    kept_content,
    store_of,
)
from generator.merging import take_part
from generator.model.filenames import PDF, SHEET, WALL
from generator.model.shared import Shared
from generator.output.draft import (
    UNCHANGED,
    Changes,
    Draft,
    SiteInUseError,
    drafting,
    finish,
    is_half_way,
)
from generator.output.files import WrittenFiles
from generator.output.manifest import (
    NAME,
    is_for_publication,
    published_files,
    published_villages,
    site_manifest,
)
from generator.output.placing import SiteBlockedError
from generator.output.verify import Verdict, verify
from generator.problems import Problem, in_order
from generator.progress import Report, Step, unheard
from generator.publishing.digest import code_of, digest_of
from generator.settings import CannotBuildError, Settings, need_apart, need_folder, said

__all__ = ["BuildResult", "CannotBuildError", "Settings", "build", "check", "verify_site"]


@dataclass(frozen=True)
class Board:
    """How many sheets go up and come down in a village, and where in the site those that go up are to be
    printed from; nowhere where they were not drawn."""

    village: str
    up: int
    down: int
    batch: str


@dataclass(frozen=True)
class BuildResult:
    """What was built and what was found. `files` is 0 when nothing was written; `names` are
    those of all villages that were looked at, by id; `drawn` sheets are new, `kept` ones were
    drawn by an earlier build; `changes` is what became of the site, `unchanged` counts the villages that
    an earlier build had made, `boards` are those on which something changes. `made` is what was made of each
    village, for a next build in the same process."""

    problems: tuple[Problem, ...]
    villages: int
    records: int
    posters: int
    files: int
    names: Mapping[str, str]
    drawn: int = 0
    kept: int = 0
    changes: Changes = UNCHANGED
    unchanged: int = 0
    boards: tuple[Board, ...] = ()
    made: Mapping[str, Made] = field(default_factory=dict, compare=False, repr=False)

    @property
    def has_faults(self) -> bool:
        """Whether there is anything to mend; notices are not."""
        return any(p.severity != "notice" for p in self.problems)


Prepared = Callable[[Draft], None]
"""Told of a draft in which more pages of villages are prepared, which can be looked at before all else is made."""


_NONE: Mapping[str, Made] = {}


def build(
    settings: Settings,
    report: Report,
    parts: Iterable[Path] = (),
    known: Mapping[str, Made] = _NONE,
    prepared: Prepared = unheard,
) -> BuildResult:
    """Read, check, derive, render and publish a whole site; what is faulty is left out, and what
    nothing changed is kept. `parts` were built elsewhere, each with its store: see `merging`.
    Villages that are `known` were made under these settings, and nobody has touched their folder or
    their files since: they are not looked at.

    Raises `CannotBuildError` when folders or content/ are unusable, or the site cannot be written;
    then the site stays as it was.
    """
    need_apart(settings)
    try:
        with drafting(settings.out) as draft:
            for part in parts:
                take_part(part, draft, settings)
            site = _make(settings, draft, report, known, prepared)
            there = frozenset((NAME,)).union(*(part.files.paths for part in site.renewed))
            changes = draft.publish(_gone(there, site.kept, settings.out), there)
    except (SiteInUseError, SiteBlockedError, OSError) as fault:
        raise CannotBuildError(_why_not(fault, settings.out)) from None
    if store := store_of(settings, ABOVE):
        store.keep_rooms((ABOVE, SEARCH, CONTENT, *site.villages))
    return replace(_result(site), changes=changes)


def _why_not(fault: Exception, out: Path) -> str:
    """Why the site cannot be written, how it is now, and what to do."""
    if isinstance(fault, SiteInUseError):
        return f"另一个窗口里正在生成 {out}，两边不能同时写。请等它做完再来。"
    if isinstance(fault, SiteBlockedError):
        return f"写不进 {out}：{fault} 不是程序写的，却占着要用的名字。请把它移到别处，再做一次。"
    why = said(fault) if isinstance(fault, OSError) else str(fault)
    if is_half_way(out):
        return (
            f"{out} 换到一半停下了：{why}。每个文件都是完整的，只是有的是新的、有的是旧的。"
            "请排除以后再运行一次，会接着换完。"
        )
    return f"写不进 {out}：{why}。网站还是原来的样子。请看看磁盘是不是满了、文件夹能不能写。"


def check(settings: Settings, report: Report) -> BuildResult:
    """Everything that `build` would report of what villages wrote, approved or not; writes nothing."""
    return _result(_make(replace(settings, is_dry=True, drafts=True), None, report))


@dataclass(frozen=True)
class _Site:
    """All that was made, or kept from an earlier build: `villages` by id, those that are `kept`, and
    what stands `above` all of them."""

    villages: Mapping[str, Made]
    kept: Collection[str]
    above: tuple[Made, ...]
    top: WrittenFiles
    problems: tuple[Problem, ...]

    @property
    def parts(self) -> tuple[Made, ...]:
        return (*self.villages.values(), *self.above)

    @property
    def renewed(self) -> tuple[Made, ...]:
        """Those of which files may have gone."""
        made = (one for id, one in self.villages.items() if id not in self.kept)
        return (*made, *self.above)


def _make(
    settings: Settings,
    draft: Draft | None,
    report: Report,
    known: Mapping[str, Made] = _NONE,
    prepared: Prepared = unheard,
) -> _Site:
    """Take what an earlier build made and is right, and make all else."""
    need_folder(settings.villages)
    content = print_of_content(settings) if settings.cache else ""
    shared, notices = kept_content(settings, content, partial(_content, settings.content))
    there = published_villages(settings.out)
    folders, found = find_villages(settings.villages, shared, there)
    found = _without_secrets(found, shared)
    found = (*found, *_without_secrets(_gone_villages(there, folders, found, settings), shared))
    settings = _named(settings.of_many(len(folders)), folders)
    settings = replace(settings, drafts=settings.drafts and bool(shared.site.review))
    _keep_other_villages(settings)
    _keep_from_drafts(settings)
    folders = tuple(f for f in folders if not settings.only or f.id in settings.only)
    if settings.drafts:
        folders = tuple(folder.as_written for folder in folders)
    bench = Bench(shared, settings, print_of_build(settings, content), draft)
    kept = {f.id: made for f in folders if (made := find_village(f, bench, known.get(f.id)))}
    if kept:
        report(Step(f"没有变化、沿用上次的：{len(kept)} 个村"))
    villages, above = kept, find_above(kept, bench) if len(kept) == len(folders) else ()
    if not above:
        from generator.making import make_rest  # heavy: see there

        villages, above = make_rest(folders, kept, bench, report, prepared)
    told = (*notices, *found)
    problems = in_order(
        (*told, *(p for part in (*villages.values(), *above) for p in part.problems))
    )
    return _Site(villages, frozenset(kept), above, _top(villages, above, bench), problems)


def _gone_villages(
    there: Collection[str],
    folders: Collection[VillageFolder],
    found: tuple[Problem, ...],
    settings: Settings,
) -> Iterator[Problem]:
    """Villages that the site has and whose folder is gone, mostly since somebody gave it another name.
    Who only checks a folder elsewhere, which has none of them, looks at another office's."""
    gone = sorted(set(there) - {folder.id for folder in folders})
    is_beside = settings.villages.absolute().parent == settings.out.absolute().parent
    if not gone or settings.only or (settings.is_dry and gone == sorted(there) and not is_beside):
        return
    if not folders and not settings.is_dry:
        why = f"{found[0].message}{found[0].hint}" if found else "多半是 --villages 写错了。"
        raise CannotBuildError(
            f"{settings.villages} 里一个村也没有找到，可是 {settings.out} 里有 {len(gone)} 个村的网页："
            f"{why}网站还是原来的样子。真的一个村也不公开了，请先把那个文件夹移走。"
        )
    from generator.lastpages import gone_villages

    new = [folder.name for folder in folders if folder.id not in there]
    yield from gone_villages(gone, new, settings)


def _content(folder: Path, today: date) -> tuple[Shared, tuple[Problem, ...]]:
    from generator.reading import sound_content

    return sound_content(folder, today, "才能生成")


def _without_secrets(problems: Iterable[Problem], shared: Shared) -> tuple[Problem, ...]:
    found = tuple(problems)
    if not found:
        return ()
    from generator.gate import without_secrets

    return without_secrets(found, shared.privacy)


def _top(villages: Mapping[str, Made], above: Iterable[Made], bench: Bench) -> WrittenFiles:
    """The manifest of the site, which lists the villages' and what is nobody's."""
    if bench.draft is None:
        return WrittenFiles()
    manifests = {
        id: file for id, made in villages.items() if (file := made.files.named(f"v/{id}/{NAME}"))
    }
    own = [file for made in above for file in made.files]
    first = max(part.first for part in (*villages.values(), *above))
    is_draft = bench.settings.drafts
    return bench.draft.add([site_manifest(first.isoformat(), manifests, own, drafts=is_draft)])


def _gone(there: Collection[str], kept: Collection[str], out: Path) -> Iterator[str]:
    """The paths of files that the site has and that are in it no more."""
    return (path for path in published_files(out, kept) if path not in there)


def _result(site: _Site) -> BuildResult:
    parts, published = site.parts, [made for made in site.villages.values() if made.name]
    drawn = [part for part in parts if part.drawn or part.kept]
    return BuildResult(
        site.problems,
        villages=len(published),
        records=sum(made.records for made in published),
        posters=sum(p.endswith(f"/{SHEET}{PDF}") for part in drawn for p in part.files.paths),
        files=sum(len(part.files) for part in parts) + len(site.top),
        names={id: made.name or id for id, made in site.villages.items()},
        drawn=sum(part.drawn for part in parts),
        kept=sum(part.kept for part in parts),
        unchanged=len(site.kept),
        boards=tuple(_boards(site.villages)),
        made=site.villages,
    )


def _boards(villages: Mapping[str, Made]) -> Iterator[Board]:
    for id, made in villages.items():
        if made.up or made.down:
            batch = f"v/{id}/{WALL}{PDF}"
            yield Board(made.name, made.up, made.down, batch if made.files.named(batch) else "")


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


def _keep_from_drafts(settings: Settings) -> None:
    """What nobody approved goes into a folder of its own."""
    if settings.drafts and not settings.is_dry and is_for_publication(settings.out):
        raise CannotBuildError(
            f"{settings.out} 是公开的网站，不能放没有审核的内容。请用 --out 另写一个文件夹。"
        )


def _named(settings: Settings, folders: tuple[VillageFolder, ...]) -> Settings:
    """The settings with ids in place of the names of villages."""
    if not settings.only:
        return settings
    from generator.intake.naming import chosen_villages

    return replace(settings, only=tuple(f.id for f in chosen_villages(settings.only, folders)))


def verify_site(site: Path) -> Verdict:
    """A published folder against its manifests, all links and all codes."""
    if not site.is_dir():
        raise CannotBuildError(f"找不到文件夹 {site}。")
    finish(site)
    return verify(site, code_of, digest_of)
