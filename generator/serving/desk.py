"""The clerk's desk as a browser asks for it: its page, and what its scripts ask. Decides nothing: files are
`clerk`'s, and what needs content/ is asked of its warm processes."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from generator.clerk.backroom import BackRoom
from generator.serving.asked import Answer, respond_with
from generator.serving.files import FileAnswers
from generator.serving.imports import ImportAnswers
from generator.serving.papers import Paper, Papers
from generator.serving.sharing import SharingAnswers
from generator.serving.site import OWN
from generator.settings import TEMPLATES, Settings

API = f"{OWN}api/"
_PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "frame-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_KINDS = {".js": "text/javascript", ".css": "text/css", ".md": "text/plain"}

Now = Callable[[], Settings]
"""The settings of this moment: the day goes on."""


@dataclass
class Desk:
    """What the desk's page asks. Two warm processes: one for what somebody waits to see, one for what takes
    long; a third publishes, so that nobody waits for that."""

    now: Now
    news_number: Callable[[], int]
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    papers: Papers = field(default_factory=Papers)
    quick: BackRoom = field(default_factory=BackRoom)
    slow: BackRoom = field(default_factory=BackRoom)
    press: BackRoom = field(default_factory=BackRoom)

    def __post_init__(self) -> None:
        self._files = FileAnswers(self.now, self.quick, self.papers)
        self._imports = ImportAnswers(self.now, self.slow, self._files)
        self._assets: dict[str, bytes] = {}

    def close(self) -> None:
        """End the processes, and forget what was dropped."""
        self._imports.close()
        for room in (self.quick, self.slow, self.press):
            room.close()

    @property
    def routes(self) -> list[Route]:
        """The page, its scripts and styles, what was made, and what may be asked."""
        answers: dict[str, Answer] = {
            "towns": lambda _: self.quick.ask("looking.towns", self.now()),
            "new-questions": lambda asked: self._begin("questions", asked["place"]),
            "new": lambda asked: self._begin("village", asked["place"], dict(asked["answers"])),
            "today": lambda _: self.slow.ask("today.tasks", self.now()),
            "progress": self._progress,
            "print": self._print,
            "publish": self._publish,
            **self._files.answers,
            **self._imports.answers,
            **SharingAnswers(self.now).answers,
        }
        return [
            Route(OWN, self._page),
            Route(f"{OWN}desk/{{name}}", self._asset),
            Route(f"{OWN}paper/{{name}}", self._paper),
            Route(f"{OWN}look/{{name}}/{{path:path}}", self._look),
            Route(f"{API}drop/{{id}}/file", self._imports.upload, methods=["PUT"]),
            *(
                Route(API + name, respond_with(answer), methods=["POST"])
                for name, answer in answers.items()
            ),
        ]

    async def _page(self, _: Request) -> Response:
        text = (TEMPLATES / "desk/desk.html").read_text("utf-8")
        text = text.replace("{token}", self.token).replace("{build}", str(self.news_number()))
        head = {"Content-Security-Policy": _PAGE_POLICY, "Cache-Control": "no-store"}
        return Response(text, 200, head, "text/html")

    async def _asset(self, request: Request) -> Response:
        file = TEMPLATES / "desk" / request.path_params["name"]
        kind = _KINDS.get(file.suffix)
        if kind is None or not file.is_file():
            return Response(status_code=404)
        return Response(file.read_bytes(), 200, {"Cache-Control": "no-cache"}, kind)

    async def _paper(self, request: Request) -> Response:
        paper = self.papers.find(request.path_params["name"])
        if paper is None:
            return Response(status_code=404)
        return Response(paper.content, 200, {"Cache-Control": "no-store"}, paper.kind)

    async def _look(self, request: Request) -> Response:
        """A page as it would be, with styles and scripts of the site beside it; what it leads to is
        the site's."""
        paper = self.papers.find(request.path_params["name"])
        path = request.path_params["path"]
        if paper is None:
            return Response(status_code=404)
        if path == paper.url:
            return Response(paper.content, 200, {"Cache-Control": "no-store"}, paper.kind)
        if not self._assets:
            self._assets = await to_thread.run_sync(self.quick.ask, "looking.assets", self.now())
        found = self._assets.get(path)
        if found is None:
            return RedirectResponse(f"/{path}")
        return Response(found, 200, {"Cache-Control": "no-store"}, _KINDS.get(Path(path).suffix))

    def _begin(self, what: str, place: object, *answers: dict[str, str]) -> dict[str, Any]:
        found: dict[str, Any] = self.quick.ask(
            f"beginning.{what}", self.now(), str(place), *answers
        )
        return found

    def _progress(self, asked: dict[str, Any]) -> dict[str, Any]:
        """How far the work has come that is asked about by the name of its question."""
        room = {"publish": self.press, "plan": self.slow}[asked["of"]]
        step = room.step
        return asdict(step) if step else {}

    def _print(self, asked: dict[str, Any]) -> dict[str, Any]:
        everything = bool(asked.get("everything"))
        village = str(asked["village"])
        printed = self.slow.ask("today.printed", self.now(), village, everything)
        files = [
            {"name": f"{village}-wall{ending}", "url": self._pdf(content)}
            for ending, content in printed.pop("files")
            if ending.endswith(".pdf")
        ]
        return {**printed, "files": files}

    def _pdf(self, content: bytes) -> str:
        return f"{OWN}paper/{self.papers.add(Paper(content, 'application/pdf'))}"

    def _publish(self, _: dict[str, Any]) -> dict[str, Any]:
        done: dict[str, Any] = self.press.ask("today.published", self.now(), tells=True)
        return done
