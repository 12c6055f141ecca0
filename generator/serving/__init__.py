"""Decides when a site that somebody looks at is made again, and says what became of it.

One process watches, makes and serves: what it has read and compiled once stays at hand. Pages learn
of it by `live.js`, which the server puts into its answers and nowhere else.
"""

from __future__ import annotations

import gc
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from http.client import HTTPConnection, HTTPException
from importlib import import_module
from pathlib import Path
from time import monotonic

from starlette.applications import Starlette
from starlette.types import ASGIApp

from generator.build import BuildResult, CannotBuildError, Settings, build
from generator.clerk.shelves import room_of
from generator.intake.folders import is_litter
from generator.keeping import Made
from generator.output.manifest import NAME
from generator.progress import unheard
from generator.serving.desk import API, Desk
from generator.serving.guard import Guard
from generator.serving.news import News
from generator.serving.server import listen
from generator.serving.site import OWN, SiteAnswers

_TICK = 1000  # ms after which the day is looked at where nothing happens
_QUIET = 60  # ms without a change before work begins: programs save in several steps
_PATIENCE = 1000  # ms after which it begins all the same
_NEVER = 0, 0  # the time of change and the number of a manifest that is not there
_ANSWER = 2.0  # seconds in which a desk that is open says so
_MANY = 8  # villages; the start of other processes costs more than a few of them

Say = Callable[[str], None]


def serve(
    settings: Settings,
    port: int,
    first: Callable[[Settings], BuildResult],
    say: Say,
    *,
    is_daily: bool,
    opens: bool,
) -> None:
    """Serve the desk and a site that `first` builds, and make that again whenever something changes,
    until interrupted. What is looked at lies in a folder of its own, without new sheets unless they
    are asked for: the output folder is written when the clerk publishes, and only then. With
    `is_daily` the day goes on as well; one that `opens` shows the desk in this machine's browser.

    Raises `CannotBuildError` when the port cannot be had or the first build fails.
    """
    address = f"http://127.0.0.1:{port}"
    if opens and _is_open(port):
        say("工作台已经开着，在浏览器里。")
        webbrowser.open(f"{address}{OWN}")
        return
    watched = looked_at(settings)
    news = News(watched.out)

    def now() -> Settings:
        return replace(settings, today=date.today()) if is_daily else settings

    desk = Desk(now, lambda: news.number)
    with listen(answers(watched.out, news, desk), port) as server:
        try:
            server.begin()
            say(f"请在浏览器里打开 {address}{OWN} （工作台）；{address}/ 是网页。按 Ctrl+C 停止。")
            if opens:
                webbrowser.open(f"{address}{OWN}")
            result = first(watched)
            news.tell(result.changes, result.problems)
            say("网页做好了。文件一保存，网页就跟着变。")
            _follow(_Maker(replace(watched, full=False), result, news, say), is_daily)
        except KeyboardInterrupt:
            return
        finally:
            desk.close()
            news.end()


def _is_open(port: int) -> bool:
    """Whether a desk answers there already: its start file may be opened twice."""
    try:
        with closing(HTTPConnection("127.0.0.1", port, timeout=_ANSWER)) as line:
            line.request("GET", f"{OWN}live.js")
            return "mingbai" in line.getresponse().read().decode("utf-8", "replace")
    except (OSError, HTTPException):
        return False


def looked_at(settings: Settings) -> Settings:
    """The settings for a site that is only looked at."""
    place = room_of(settings)
    sheets = settings.sheets or "none"
    cache = place / "kept"
    return replace(settings, out=place / "site", cache=cache, sheets=sheets, is_public=False)


def answers(site: Path, news: News, desk: Desk | None = None) -> ASGIApp:
    """All that a browser of this machine may ask: the desk where there is one, and the site."""
    routes = [*(desk.routes if desk else ()), *SiteAnswers(site, news).routes]
    return Guard(Starlette(routes=routes), desk.token if desk else "", API)


def _follow(maker: _Maker, is_daily: bool) -> None:
    import_module("generator.making")  # heavy: so the first change need not wait for it
    settings = maker.settings
    is_first = True  # what changed before the watch began
    _spare()
    for paths in _changes((settings.content, settings.villages, settings.templates)):
        today = date.today() if is_daily else maker.settings.today
        if paths or is_first or today != maker.settings.today:
            maker.settings = replace(maker.settings, today=today)
            maker.renew(paths)
            _spare()
        is_first = False


def _spare() -> None:
    """What a build leaves lives on until the next: to look through it for garbage in the midst of that would
    keep somebody waiting."""
    gc.collect()
    gc.freeze()


def _changes(folders: tuple[Path, ...]) -> Iterator[frozenset[Path]]:
    """What has changed in folders, when it is quiet again; nothing at each tick."""
    from watchfiles import Change, watch

    roots = tuple(folder.resolve() for folder in folders)

    def counts(change: Change, path: str) -> bool:
        """Not what programs leave behind, and a file of theirs that will have another name in a
        moment only when it is gone."""
        inside = (Path(path).relative_to(r) for r in roots if Path(path).is_relative_to(r))
        inner = next(inside, Path(path))
        is_passing = inner.suffix == ".tmp" and change != Change.deleted
        return not is_passing and not any(map(is_litter, inner.parts))

    watching = watch(
        *roots,
        watch_filter=counts,
        debounce=_PATIENCE,
        step=_QUIET,
        rust_timeout=_TICK,
        yield_on_timeout=True,
    )
    for batch in watching:
        yield frozenset(Path(path) for _, path in batch)


@dataclass
class _Maker:
    """What is made again, what came of it last, and who is told."""

    settings: Settings
    last: BuildResult
    news: News
    say: Say
    manifest: tuple[int, int] = _NEVER

    def renew(self, paths: frozenset[Path]) -> None:
        """Make what these changes ask for. Where that cannot be, the earlier site stays."""
        villages = self.settings.villages.resolve()
        is_shared = any(not path.is_relative_to(villages) for path in paths)
        if is_shared:
            _forget_templates()
        number = self.last.villages if is_shared else len({path.parent for path in paths})
        settings = self.settings if number >= _MANY else replace(self.settings, jobs=1)
        started = monotonic()
        try:
            known = self._untouched(paths, is_shared)
            early = (
                self.news.begin if known else unheard
            )  # else styles and scripts may be other ones
            result = build(settings, lambda _: None, known=known, prepared=early)
        except CannotBuildError as fault:
            self._say(str(fault))
            self.news.fail(str(fault))
            self.manifest = _NEVER  # what these changes ask for has still to be made
            return
        self._report(result, monotonic() - started)
        self.news.tell(result.changes, result.problems)
        self.last, self.manifest = result, _stamp(self.settings.out)

    def _untouched(self, paths: frozenset[Path], is_shared: bool) -> Mapping[str, Made]:
        """The villages that need not be looked at again: not those of these paths, and none where a
        path is nobody's or another build has renewed the site."""
        made = self.last.made
        named = [made.keys() & set(path.parts) for path in paths]
        if is_shared or not all(named) or self.manifest != _stamp(self.settings.out):
            return {}
        touched = frozenset(id for ids in named for id in ids)
        return {id: one for id, one in made.items() if id not in touched}

    def _report(self, result: BuildResult, seconds: float) -> None:
        number = len(result.changes.changed) + len(result.changes.removed)
        before, after = set(self.last.problems), set(result.problems)
        if not number and before == after and not self.news.failed:
            return
        new, gone = len(after - before), len(before - after)
        told = (
            f"问题 {len(after)} 个，新的 {new} 个，没有了的 {gone} 个"
            if before or after
            else "没有问题"
        )
        self._say(f"变了 {number} 个文件，用时 {seconds:.1f} 秒；{told}。")
        for found in result.problems:
            if found not in before:
                self.say(str(found))

    def _say(self, words: str) -> None:
        self.say(f"{datetime.now():%H:%M:%S} {words}")


def _stamp(site: Path) -> tuple[int, int]:
    """What tells whether another program has renewed a site."""
    try:
        found = (site / NAME).stat()
    except OSError:
        return _NEVER
    return found.st_mtime_ns, found.st_ino


def _forget_templates() -> None:
    """What this process has read of templates, styles and scripts."""
    from generator.drawing import forget_templates
    from generator.fingerprints import print_of_engine

    print_of_engine.cache_clear()
    forget_templates()
    gc.unfreeze()
