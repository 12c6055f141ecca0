"""Answers browsers of this machine with a built site, and tells its pages what became of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO
from urllib.parse import parse_qs, urlsplit

from generator.serving.news import News
from generator.settings import CannotBuildError

OWN = "/__mingbai/"  # no file of a site has such an address
_SCRIPT = Path(__file__).with_name("live.js")
_HOSTS = ("127.0.0.1", "localhost")
_HEARTBEAT = 15.0  # seconds; writing is how one learns that a page has gone


class Server(ThreadingHTTPServer):
    """A server that may be asked from its making, and answers once it has begun."""

    request_queue_size = 128  # of more that wait, a browser asks again after a second or gives up
    _thread: Thread | None = None

    def begin(self) -> None:
        """Answer, in a thread that does not keep the process alive."""
        self._thread = Thread(target=self.serve_forever, args=(0.1,), daemon=True)
        self._thread.start()

    def server_close(self) -> None:
        """Answer nobody any more."""
        if self._thread:
            self.shutdown()
        super().server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser may go away at any time; all else is a fault of ours."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def listen(folder: Path, port: int, news: News) -> Iterator[Server]:
    """A server for a folder; `CannotBuildError` when the port cannot be had."""
    answer = partial(_Answer, directory=str(folder), news=news)
    try:
        server = Server(("127.0.0.1", port), answer)
    except (OSError, OverflowError):
        raise CannotBuildError(
            f"端口 {port} 用不了，可能已被别的程序占用。请换一个，例如加 --port 8123。"
        ) from None
    with server:
        yield server


class _Answer(SimpleHTTPRequestHandler):
    def __init__(self, *args: Any, news: News, **options: Any) -> None:
        self._news = news
        super().__init__(*args, **options)

    def do_GET(self) -> None:
        """A stream of news does not end by itself; all else is as usual."""
        if self._is_for_us() and self.path.startswith(f"{OWN}events?"):
            self._stream()
        else:
            super().do_GET()

    def send_head(self) -> BytesIO | BinaryIO | None:
        """The head of an answer, and what follows. Times of files are not compared: browsers ask by
        the second, and two saves may fall into one."""
        del self.headers["If-Modified-Since"]
        if not self._is_for_us():
            return self._whole(HTTPStatus.FORBIDDEN, "text/plain", b"")
        path = urlsplit(self.path).path
        if path == f"{OWN}live.js":
            return self._whole(HTTPStatus.OK, "text/javascript", _SCRIPT.read_bytes())
        if path == f"{OWN}problems.json":
            problems = self._news.problems_on(self._asked("page"))
            return self._whole(HTTPStatus.OK, "application/json", problems)
        file = Path(self.translate_path(self.path))
        if file.suffix == ".html" and file.is_file():
            return self._page(HTTPStatus.OK, file)
        return super().send_head()

    def translate_path(self, path: str) -> str:
        """The newest of a file, and of a folder its page."""
        found = Path(super().translate_path(path))
        if urlsplit(path).path.endswith("/"):
            found /= "index.html"
        return str(self._news.file(found.relative_to(self.directory).as_posix()))

    def send_error(self, code: int, *words: str | None) -> None:
        """The site's own page where one is missing, so that it is seen when it comes back."""
        if code != HTTPStatus.NOT_FOUND:
            super().send_error(code, *words)
            return
        content = self._page(HTTPStatus.NOT_FOUND, Path(self.directory) / "404.html")
        if self.command != "HEAD":
            self.wfile.write(content.getvalue())

    def end_headers(self) -> None:
        """Nothing that is answered is kept."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""

    def _is_for_us(self) -> bool:
        """Whether the browser means this machine; a site that only leads here by its name may not
        read what nobody has published yet."""
        return self.headers.get("Host", "").partition(":")[0] in _HOSTS

    def _asked(self, name: str) -> str:
        return parse_qs(urlsplit(self.path).query).get(name, [""])[0]

    def _page(self, status: HTTPStatus, file: Path) -> BytesIO:
        """A page with our script; the number is read first, so that nothing is missed."""
        tag = f'<script src="{OWN}live.js" data-build="{self._news.number}" defer></script>'
        content = file.read_bytes() if file.is_file() else b"<head></head>"
        content = content.replace(b"</head>", tag.encode() + b"</head>", 1)
        return self._whole(status, "text/html", content)

    def _whole(self, status: HTTPStatus, kind: str, content: bytes) -> BytesIO:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return BytesIO(content)

    def _stream(self) -> None:
        page, build = self._asked("page"), self._asked("build")
        since = int(build) if build.isascii() and build.isdigit() else 0
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"retry: 500\n\n")
        while True:
            since, word = self._news.wait(page, since, _HEARTBEAT)
            self.wfile.write(f"data: {word}\n\n".encode() if word else b":\n\n")
