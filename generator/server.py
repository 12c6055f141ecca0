"""A plain server for looking at a built site; listens on this machine only."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from generator.settings import CannotBuildError


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""


def serve_folder(folder: Path, port: int) -> None:
    """Serve a folder until interrupted; `CannotBuildError` when the port cannot be had."""
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Quiet, directory=str(folder)))
    except (OSError, OverflowError):
        raise CannotBuildError(
            f"端口 {port} 用不了，可能已被别的程序占用。请换一个，例如加 --port 8123。"
        ) from None
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return
