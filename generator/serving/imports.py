"""Files dropped on the desk: taken, shown with what each becomes, and written when the clerk says so."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp
from typing import Any

from anyio import to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from generator.clerk.backroom import BackRoom
from generator.clerk.shelves import TABLES, room_of
from generator.intake.folders import is_litter
from generator.model.filenames import is_device
from generator.serving.asked import Answer, body_of, refusal
from generator.serving.files import FileAnswers
from generator.settings import CannotBuildError, Settings

_LARGEST = 20_000_000  # bytes of a file; intake reads none that is larger
_MOST, _MOST_BYTES = 500, 300_000_000
_DEEPEST = 6  # folders that are kept of where a file lay: they may name its village and its year
_LONGEST = 200  # bytes of a name


@dataclass
class _Drop:
    """The files of one import, and what each would become by its path under villages/."""

    folder: Path
    files: int = 0
    size: int = 0
    contents: dict[str, tuple[str, bytes]] = field(default_factory=dict)


class ImportAnswers:
    """What may be asked of dropped files. They lie in a folder of their own until they are taken in
    or given up: there may be names on them that no village publishes."""

    def __init__(self, now: Callable[[], Settings], slow: BackRoom, files: FileAnswers) -> None:
        self._now, self._slow, self._files = now, slow, files
        self._drops: dict[str, _Drop] = {}
        for pattern in ("drop-*", "look-*"):  # of a desk that was ended by the system
            for left in room_of(now()).glob(pattern):
                shutil.rmtree(left, ignore_errors=True)

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers by the last part of their address."""
        return {
            "drop": self._begin,
            "plan": self._plan,
            "drop-look": self._look,
            "drop-sheet": self._sheet,
            "write": self._write,
            "drop-end": self._end,
            "undo": lambda _: self._slow.ask("dropping.undo", self._now()),
        }

    def close(self) -> None:
        """Forget all that was dropped."""
        for drop in self._drops.values():
            shutil.rmtree(drop.folder, ignore_errors=True)
        self._drops.clear()

    def _begin(self, _: Mapping[str, Any]) -> dict[str, Any]:
        room = room_of(self._now())
        room.mkdir(parents=True, exist_ok=True)
        id = secrets.token_urlsafe(12)
        self._drops[id] = _Drop(Path(mkdtemp(dir=room, prefix="drop-")))
        return {"id": id}

    def _drop(self, id: object) -> _Drop:
        drop = self._drops.get(str(id))
        if drop is None:
            raise CannotBuildError("放进来的文件已经不在了。请再放一次。")
        return drop

    async def upload(self, request: Request) -> Response:
        """Take one file; its name, with the folders where it lay, is in the query."""
        try:
            drop = self._drop(request.path_params["id"])
            name = _name(request.query_params.get("name", ""))
            if drop.files >= _MOST or drop.size >= _MOST_BYTES:
                raise CannotBuildError("一次放得太多了，请分几次。")
            content = await body_of(request, _LARGEST)
            drop.files, drop.size = drop.files + 1, drop.size + len(content)
            await to_thread.run_sync(_put, drop.folder, name, content)
        except (CannotBuildError, OSError) as fault:
            return refusal(fault)
        except ClientDisconnect:
            return Response(status_code=400)
        return JSONResponse({})

    def _asked(self, asked: Mapping[str, Any]) -> tuple[Settings, Path, dict[str, str]]:
        answers = {str(key): str(value) for key, value in asked.get("answers", {}).items()}
        return self._now(), self._drop(asked["drop"]).folder, answers

    def _plan(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        drop = self._drop(asked["drop"])
        found: dict[str, Any] = self._slow.ask("dropping.planned", *self._asked(asked), tells=True)
        drop.contents = {p["path"]: (p["village"], p.pop("content")) for p in found["parts"]}
        return found

    def _part(self, asked: Mapping[str, Any]) -> tuple[str, str, tuple[tuple[str, bytes], ...]]:
        path = str(asked["path"])
        village, content = self._drop(asked["drop"]).contents[path]
        return village, path, ((path, content),)

    def _look(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        return self._files.looked(*self._part(asked))

    def _sheet(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        return self._files.drawn(*self._part(asked))

    def _write(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        chosen = {str(path): str(print) for path, print in asked["chosen"].items()}
        who = str(asked.get("who", ""))
        done: dict[str, Any] = self._slow.ask("dropping.write", *self._asked(asked), chosen, who)
        return done

    def _end(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        drop = self._drops.pop(str(asked["drop"]), None)
        if drop:
            shutil.rmtree(drop.folder, ignore_errors=True)
        return {}


def _name(text: str) -> str:
    """Where a dropped file is laid. Raises `CannotBuildError` for what is no table."""
    parts = [_safe(part) for part in PurePosixPath(text.replace("\\", "/")).parts]
    parts = [part for part in parts if part not in ("", "..")][-_DEEPEST:]
    if not parts or is_litter(parts[-1]) or Path(parts[-1]).suffix.lower() not in TABLES:
        known = "、".join(TABLES)
        raise CannotBuildError(f"{text}：只收 {known} 的表格。")
    if any(map(is_device, parts)):
        raise CannotBuildError(f"{text}：Windows 上不能有这样的名字，请换一个再放。")
    return "/".join(parts)


def _safe(part: str) -> str:
    """A name that every system takes; of a long one the ending stays."""
    name = "".join(c for c in part if c.isprintable() and c not in '<>:"/|?*').strip(" ")
    ending = name[name.rfind(".") :] if "." in name else ""
    while len(name.encode()) > _LONGEST and len(name) > len(ending):
        name = name[: -len(ending) - 1] + ending if ending else name[:-1]
    return name


def _put(folder: Path, name: str, content: bytes) -> None:
    """Lay a file down, in a folder with a number where another one has its name."""
    path, number = folder / name, 1
    while path.exists() and (not path.is_file() or path.read_bytes() != content):
        number += 1
        path = folder / str(number) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
