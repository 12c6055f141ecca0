"""Answers with the pages and files of a site that is being made, and tells its pages what became of it."""

from __future__ import annotations

import mimetypes
import posixpath
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from generator.serving.news import News

OWN = "/__mingbai/"  # no file of a site has such an address
_SCRIPT = Path(__file__).with_name("live.js")
_HEARTBEAT = 15.0  # seconds; writing is how one learns that a page has gone
_MOST_STREAMS = 200
_WAITING = (
    "<!doctype html><html lang=zh-CN><head><meta charset=utf-8><title>正在生成</title></head>"
    "<body><h1>网站正在生成</h1><p>第一次要等一会儿，做好了这一页会自己出来。</p></body></html>"
)


class SiteAnswers:
    """A site as `news` knows it: what a build is preparing, else what the folder has."""

    def __init__(self, folder: Path, news: News) -> None:
        self._folder, self._news = folder, news
        self._streams = CapacityLimiter(_MOST_STREAMS)

    @property
    def routes(self) -> list[Route]:
        """What is answered; any other address is a file of the site."""
        return [
            Route(f"{OWN}live.js", self._script),
            Route(f"{OWN}problems.json", self._problems),
            Route(f"{OWN}events", self._events),
            Route("/{path:path}", self._file),
        ]

    async def _file(self, request: Request) -> Response:
        path = posixpath.normpath(f"/{request.path_params['path']}")[1:]
        wanted = request.url.path
        if "\0" in path or "\\" in path or ":" in path:
            return self._missing()
        if wanted.endswith("/") or not path:
            path = posixpath.join(path, "index.html")
        elif (self._folder / path).is_dir() or self._news.file(f"{path}/index.html").is_file():
            return RedirectResponse(f"/{path}/", 301)
        return await to_thread.run_sync(self._answer, path)

    def _answer(self, path: str) -> Response:
        # Read first, so that nothing is missed between the page and its stream.
        number = self._news.number
        try:
            content = self._news.file(path).read_bytes()
        except OSError:
            return self._missing()
        if path.endswith(".html"):
            return self._page(content, number)
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        return self._whole(content, kind)

    def _missing(self) -> Response:
        """The site's own page where one is missing, so that it is seen when it comes back; before
        there is any, that it is being made."""
        number = self._news.number
        try:
            return self._page((self._folder / "404.html").read_bytes(), number, 404)
        except OSError:
            return self._page(_WAITING.encode(), number, 503)

    def _page(self, content: bytes, number: int, status: int = 200) -> Response:
        """A page with our script."""
        tag = f'<script src="{OWN}live.js" data-build="{number}" defer></script>'
        content = content.replace(b"</head>", tag.encode() + b"</head>", 1)
        return self._whole(content, "text/html", status)

    def _whole(self, content: bytes, kind: str, status: int = 200) -> Response:
        """Nothing that is answered is kept: browsers ask by the second, and two saves may fall into
        one."""
        return Response(content, status, {"Cache-Control": "no-store"}, kind)

    async def _script(self, _: Request) -> Response:
        return self._whole(_SCRIPT.read_bytes(), "text/javascript")

    async def _problems(self, request: Request) -> Response:
        problems = self._news.problems_on(request.query_params.get("page", ""))
        return self._whole(problems, "application/json")

    async def _events(self, request: Request) -> Response:
        build = request.query_params.get("build", "")
        since = int(build) if build.isascii() and build.isdigit() else 0
        stream = self._stream(request.query_params.get("page", ""), since)
        head = {"Cache-Control": "no-store"}
        return StreamingResponse(stream, headers=head, media_type="text/event-stream")

    async def _stream(self, page: str, since: int) -> AsyncIterator[str]:
        yield "retry: 500\n\n"
        while not self._news.is_over:
            wait = partial(self._news.wait, page, since, _HEARTBEAT)
            since, word = await to_thread.run_sync(
                wait, abandon_on_cancel=True, limiter=self._streams
            )
            yield f"data: {word}\n\n" if word else ":\n\n"
