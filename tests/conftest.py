"""Fixtures that several test files use: a browser, and folders served over HTTP.

The process that only hands tests to workers begins with this file as well, and they wait for it: what takes
long to load is imported where it is used."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from generator.machine import drawing

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Where a browser draws instead of WeasyPrint, nobody can look into WeasyPrint's boxes.
if not drawing()[0].startswith("Pango"):
    collect_ignore = [
        *("test_drawings.py", "test_drawings_charts.py", "test_pdf_standard.py", "test_posters.py"),
        *(
            "test_sheets_docs.py",
            "test_sheets_fit.py",
            "test_sheets_lists.py",
            "test_sheets_long.py",
        ),
        *("test_shortcuts.py", "test_tiles.py", "test_unread.py", "test_writing.py"),
    ]

gc.set_threshold(300_000, 10, 10)  # as publish.py does, with more patience: a run is long

# What tests write is gone in a second: it is written to memory where there is room, which takes a
# sixth less time than a disk.
MEMORY, ROOM = "/dev/shm", 4_000_000_000
if Path(MEMORY).is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
    tempfile.tempdir = os.environ.setdefault("TMPDIR", MEMORY)

# The same examples on every machine, however slow it is; files are written anew by each example.
settings.register_profile(
    "mingbai",
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# `pytest -m hypothesis --hypothesis-profile many` tries others each time.
settings.register_profile(
    "many", settings.get_profile("mingbai"), max_examples=2_000, derandomize=False
)
settings.load_profile("mingbai")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--bless", action="store_true", help="accept what the tests find as what they expect"
    )
    parser.addoption("--site", help="look at this built sample site instead of building one")


def pytest_configure(config: pytest.Config) -> None:
    """From the start, since test files read content/ when they are imported."""
    if config.getoption("numprocesses", None):
        return  # here no test runs
    from tests.once import content_read_once

    remembering = ExitStack()
    remembering.enter_context(content_read_once())
    config.add_cleanup(remembering.close)


# What a test file has in it or asks for when it builds, draws or browses, which takes longest.
WORKS = ("publish_py", "publish_here", "run_import", "build", "laid_out", "press")
SLOW_FIXTURES = {"browser", "no_pictures"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow files first, so that no worker is left with one at the end. Of them one that wants the
    sample site begins, and the others follow those that do without: so no worker waits while
    another builds it."""
    asking = {item.path for item in items if _asks_for_sample(item)}
    slow = {item.path for item in items if _is_slow(item)}
    builder = min(asking, default=None)

    def turn(item: pytest.Item) -> int:
        path = item.path
        return 0 if path == builder else 2 if path in asking else 1 if path in slow else 3

    items.sort(key=turn)


def _asks_for_sample(item: pytest.Item) -> bool:
    """Whether it wants the site of this file, and not one of its own that is called the same."""
    known = item._fixtureinfo.name2fixturedefs.get("site", ())  # type: ignore[attr-defined]
    return bool(known) and not known[-1].baseid.endswith(".py")


def _is_slow(item: pytest.Item) -> bool:
    module = item.getparent(pytest.Module)
    works = module is not None and any(hasattr(module.obj, name) for name in WORKS)
    return works or not SLOW_FIXTURES.isdisjoint(item.fixturenames)  # type: ignore[attr-defined]


def pytest_collection_finish() -> None:
    """What is loaded by now stays, and need not be looked through for what may go."""
    gc.freeze()


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site with every page and a sheet of each layout; nobody may change it."""
    given = request.config.getoption("--site")
    if given:
        return Path(given).resolve()
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # the workers' folders stand beside each other
        folder = folder.parent
    from tests.sample import build_sample

    out = folder / "sample-site"
    with FileLock(folder / "sample-site.lock"):
        if not out.is_dir():
            build_sample(out, out.with_name("kept"))
    return out


@pytest.fixture(scope="session")
def site_url(site: Path) -> Iterator[str]:
    """Where the sample site is served, with `/`."""
    from tests.browsing import served

    with served(site) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium, one for the whole run."""
    from tests.browsing import chromium

    with chromium() as program:
        yield program


@pytest.fixture(scope="module")
def no_pictures() -> Iterator[None]:
    """Sheets without their pictures, in files that look only at PDFs."""
    from tests.measuring import without_pictures

    with without_pictures():
        yield


@pytest.fixture(scope="module")
def each_drawn_once() -> Iterator[None]:
    """Equal sheets are drawn once, in files that ask which are drawn and kept."""
    from tests.measuring import drawn_once

    with drawn_once():
        yield


@pytest.fixture
def serve_folder() -> Iterator[Callable[[Path], str]]:
    """A function that serves a folder until the test ends and returns its base URL, with `/`."""
    from tests.browsing import served

    with ExitStack() as stack:
        yield lambda folder: stack.enter_context(served(folder))
