"""Runs the browser: a file in, a PDF out, without a window, the network or anything of its user's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.machine import Browser
from generator.render.posters.laid import EngineError

_LIMIT = 120  # seconds for one document; an office's old machine needs ten
_PATIENCE = 3  # failures one after the other, until the browser is not asked again
_NOWHERE = "127.0.0.1:9"  # the port that drops what it is sent
# Without a window, its own pages, its makers' services or a word to the network.
_OPTIONS = (
    *("--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-default-apps", "--disable-extensions", "--disable-client-side-phishing-detection"),
    *("--metrics-recording-only", "--no-service-autorun", "--password-store=basic"),
    *("--use-mock-keychain", "--edge-skip-compat-layer-relaunch", "--disable-breakpad"),
    *(f"--proxy-server={_NOWHERE}", "--proxy-bypass-list=<-loopback>"),
    *("--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer"),
    "--generate-pdf-document-outline",
)


@dataclass
class Program:
    """The browser, and how often in a row it failed."""

    browser: Browser
    failures: int = 0

    def printed(self, html: str) -> bytes:
        """The document as PDF. Raises EngineError when the browser does not print it."""
        if self.failures >= _PATIENCE:
            raise EngineError(f"{self.browser} 接连几次没有画出来，这一次不再叫它")
        self.failures += 1
        with TemporaryDirectory(prefix="mingbai-", ignore_cleanup_errors=True) as folder:
            pdf = self._print(html, Path(folder).resolve())
        self.failures = 0
        return pdf

    def _print(self, html: str, folder: Path) -> bytes:
        page, target = folder / "sheet.html", folder / "sheet.pdf"
        page.write_text(html, "utf-8", newline="\n")
        own = (f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={target}", page.as_uri())
        ended = self._run((str(self.browser.path), *_OPTIONS, *_sandbox(), *own))
        content = target.read_bytes() if target.is_file() else b""
        if not content.startswith(b"%PDF-"):
            raise EngineError(f"{self.browser} 没有画出来（{ended}）")
        return content

    def _run(self, command: tuple[str, ...]) -> str:
        """How the program ended, in words. Nothing of it stays behind, however this ends."""
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError:
            return "打不开这个程序"
        try:
            return f"退出码 {process.wait(_LIMIT)}"
        except subprocess.TimeoutExpired:
            return f"过了 {_LIMIT} 秒"
        finally:
            if process.poll() is None:
                _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program with those that it started; on Windows they end with it."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _sandbox() -> tuple[str, ...]:
    """Chromium does not run as root with its sandbox."""
    is_root = sys.platform != "win32" and os.geteuid() == 0
    return ("--no-sandbox",) if is_root else ()
