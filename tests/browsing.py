"""Looking at a built site: a folder served over HTTP, and the arguments of the browser."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic
from typing import Any

from playwright.sync_api import Browser, Locator, Page, sync_playwright
from playwright.sync_api import expect as expect_seldom

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

PATIENCE = 60.0  # s; a machine that is busy with much else shows late what it shows

# The first that is there. Debian's headless shell is Chromium without the windows, menus and
# extensions of a browser that people use: a page costs a fifth of the time in it.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium: that of the system, or else Playwright's own."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


def expect(what: Page | Locator) -> Any:
    """What Playwright expects, within `PATIENCE`. By itself it looks again after 0.1, 0.35 and 0.85 s
    and then each second, so that one waits for half a second in vain; here after 50 ms, and later
    after a fifth of what has passed."""
    return _Expected(expect_seldom(what))


class _Expected:
    def __init__(self, expected: Any) -> None:
        self._expected = expected

    def __getattr__(self, name: str) -> Any:
        return partial(_ask, getattr(self._expected, name))


def _ask(holds: Any, *given: Any, **named: Any) -> None:
    begun = monotonic()
    while True:
        passed = monotonic() - begun
        try:
            return holds(*given, **named, timeout=max(50.0, passed * 200))
        except AssertionError:
            if passed > PATIENCE:
                raise


def wait_until(page: Page, expression: str, seconds: float = PATIENCE) -> None:
    """Wait until a JavaScript expression is true. Playwright's own way evaluates a text again within the
    page, which the pages' policy forbids as soon as it is not true at once."""
    end = monotonic() + seconds
    while not page.evaluate(expression):
        assert monotonic() < end, f"never true: {expression}"
        page.wait_for_timeout(20)


class Server(ThreadingHTTPServer):
    """Lets a browser ask for many things at once: of more than five that wait, the rest would be
    sent again after a second, or lost."""

    request_queue_size = 128
    daemon_threads = True


class _QuietHandler(SimpleHTTPRequestHandler):
    def __init__(self, *args: Any, asked: list[str], **options: Any) -> None:
        self._asked = asked
        super().__init__(*args, **options)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Note what was asked for."""
        self._asked.append(self.path)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the requests out of the report."""


@contextmanager
def served(folder: Path, asked: list[str] | None = None) -> Iterator[str]:
    """The base URL of a folder, with `/`, on this machine only. The addresses that browsers
    ask for are added to `asked`, those of service workers among them."""
    handler = partial(_QuietHandler, directory=str(folder), asked=[] if asked is None else asked)
    with Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
