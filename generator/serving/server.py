"""Answers browsers of this machine, in a thread beside whatever else this process does."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import uvicorn
from starlette.types import ASGIApp

from generator.settings import CannotBuildError

_LAST_WORDS = 1  # seconds that answers under way have for their end


class Server:
    """A server that may be asked from its making, and answers once it has begun."""

    def __init__(self, app: ASGIApp, lines: list[socket.socket]) -> None:
        config = uvicorn.Config(
            app,
            log_config=None,
            lifespan="off",
            access_log=False,
            server_header=False,
            ws="none",
            timeout_graceful_shutdown=_LAST_WORDS,
        )
        self._server, self._lines = uvicorn.Server(config), lines
        self._thread: Thread | None = None

    @property
    def port(self) -> int:
        """Where it answers."""
        port: int = self._lines[0].getsockname()[1]
        return port

    def begin(self) -> None:
        """Answer, in a thread that does not keep the process alive."""
        self._thread = Thread(target=self._server.run, args=(self._lines,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Answer nobody any more."""
        self._server.should_exit = True
        if self._thread:
            self._thread.join()
        for line in self._lines:
            line.close()


@contextmanager
def listen(app: ASGIApp, port: int) -> Iterator[Server]:
    """A server at a port of this machine; `CannotBuildError` when it cannot be had."""
    try:
        line = _bound(socket.AF_INET, "127.0.0.1", port)
    except (OSError, OverflowError):
        raise CannotBuildError(
            f"端口 {port} 用不了，可能已被别的程序占用。请换一个，例如加 --port 8123。"
        ) from None
    lines = [line]
    with suppress(OSError):  # a machine without the newer protocol, or another program has that
        lines.append(_bound(socket.AF_INET6, "::1", line.getsockname()[1]))
    server = Server(app, lines)
    try:
        yield server
    finally:
        server.close()


def _bound(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    line = socket.socket(family)
    try:
        if sys.platform != "win32":  # there it would let two programs share the port
            line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        line.bind((host, port))
        line.listen(128)
    except (OSError, OverflowError):
        line.close()
        raise
    return line
