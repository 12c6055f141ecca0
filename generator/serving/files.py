"""A village's files as the desk asks for them: listed, opened, looked at, saved, put back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from generator.clerk.backroom import BackRoom
from generator.clerk.csvtext import CsvText, changes, opened, opened_lines, written
from generator.clerk.saving import (
    ChangedMeanwhileError,
    print_of,
    save,
    version,
    versions,
)
from generator.clerk.shelves import WRITTEN, file_at, home_of
from generator.intake.decoding import read_bytes
from generator.problems import Problem
from generator.serving.asked import Answer, Stale
from generator.serving.papers import Paper, Papers
from generator.serving.site import OWN
from generator.settings import CannotBuildError, Settings

Changed = tuple[tuple[str, bytes], ...]
"""Files as they would be, by their paths under villages/."""
_READERS = {".csv": opened, ".md": opened_lines, ".yaml": opened_lines}
_ENCODINGS = {"utf-8": "UTF-8", "gb18030": "GB18030（GBK）"}


class FileAnswers:
    """What may be asked of files; paths are those under villages/."""

    def __init__(self, now: Callable[[], Settings], quick: BackRoom, papers: Papers) -> None:
        self._now, self._quick, self._papers = now, quick, papers

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers by the last part of their address."""
        return {
            "files": self._list,
            "file": self._open,
            "look": self._look,
            "sheet": self._sheet,
            "changes": self._changes,
            "save": self._save,
            "versions": self._versions,
            "old": self._old,
            "restore": self._restore,
            "form": self._form,
            "form-text": self._filled,
        }

    def _list(self, asked: Mapping[str, Any]) -> Any:
        return self._quick.ask("looking.entries", self._now(), str(asked["village"]))

    def _file(self, asked: Mapping[str, Any]) -> Path:
        return file_at(self._now().villages, str(asked["path"]))

    def _village(self, path: Path) -> str:
        home = home_of(self._now().villages, path)
        return home.name if home else ""

    def _raw(self, file: Path) -> bytes:
        raw = read_bytes(file, file.name)
        if isinstance(raw, Problem):
            raise CannotBuildError(raw.message + raw.hint)
        return raw

    def _open(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        file = self._file(asked)
        raw = self._raw(file)
        facts = {"path": asked["path"], "print": print_of(raw), "place": str(file.absolute())}
        facts["versions"] = len(versions(self._now().villages, file))
        reader = _READERS.get(file.suffix.lower())
        if reader is None:
            return {**facts, "kind": "book"}
        text = reader(raw, file.name)
        if isinstance(text, Problem):
            return {**facts, "kind": "closed", "why": text.message + text.hint}
        written_in = _ENCODINGS.get(text.encoding, text.encoding.upper())
        kind = "grid" if text.separator else "read" if file.name in WRITTEN else "text"
        return {**facts, "kind": kind, "rows": text.rows, "encoding": written_in}

    def _text(self, file: Path, raw: bytes) -> CsvText:
        reader = None if file.name in WRITTEN else _READERS.get(file.suffix.lower())
        text = reader(raw, file.name) if reader else None
        if text is None or isinstance(text, Problem):
            raise CannotBuildError("这个文件不能在这里改。")
        return text

    def _mended(self, asked: Mapping[str, Any], file: Path, raw: bytes) -> bytes:
        """The bytes of a file with the rows that the page has."""
        rows = [[str(cell) for cell in row] for row in asked["rows"]]
        try:
            return written(self._text(file, raw), rows)
        except UnicodeEncodeError:
            raise CannotBuildError(
                "有一格里有不是字的东西，存不了。请把那一格重新打一遍。"
            ) from None

    def _changed(self, asked: Mapping[str, Any]) -> Changed:
        file, rows = self._file(asked), asked.get("rows")
        if rows is None:
            return ()
        return ((str(asked["path"]), self._mended(asked, file, self._raw(file))),)

    def _look(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        village = self._village(self._file(asked))
        return self.looked(village, str(asked["path"]), self._changed(asked))

    def looked(self, village: str, path: str, changed: Changed) -> dict[str, Any]:
        """What a file becomes, with the address of its page."""
        facts = self._quick.ask("looking.look", self._now(), village, path, changed)
        page, url = facts.pop("page"), facts["url"]
        name = self._papers.add(Paper(page, "text/html", url)) if page else ""
        return {**facts, "look": f"{OWN}look/{name}/{url}" if name else ""}

    def _form(self, asked: Mapping[str, Any]) -> Any:
        return self._quick.ask("forming.form", self._now(), str(asked["path"]), str(asked["text"]))

    def _filled(self, asked: Mapping[str, Any]) -> Any:
        given = str(asked["path"]), str(asked["text"]), dict(asked["values"])
        return self._quick.ask("forming.filled", *given)

    def _sheet(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        village = self._village(self._file(asked))
        return self.drawn(village, str(asked["path"]), self._changed(asked))

    def drawn(self, village: str, path: str, changed: Changed) -> dict[str, Any]:
        """The sheet of a file, with the addresses of its picture and of what is printed."""
        found = self._quick.ask("looking.sheet", self._now(), village, path, changed)

        def kept(content: bytes, kind: str) -> str:
            return f"{OWN}paper/{self._papers.add(Paper(content, kind))}" if content else ""

        return {
            "picture": kept(found["picture"], "image/png"),
            "pdf": kept(found["pdf"], "application/pdf"),
            "why": found["why"],
        }

    def _changes(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """What a save would change."""
        file = self._file(asked)
        raw = self._raw(file)
        if print_of(raw) != asked["base"]:
            raise self._stale(file)
        rows = [[str(cell) for cell in row] for row in asked["rows"]]
        return {"changes": [asdict(one) for one in changes(self._text(file, raw).rows, rows)]}

    def _stale(self, file: Path) -> Stale:
        """What stands in the file now, to be held against what the page has."""
        raw = self._raw(file)
        return Stale({"print": print_of(raw), "rows": self._text(file, raw).rows})

    def _save(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        file = self._file(asked)
        raw = self._raw(file)
        if print_of(raw) != asked["base"]:
            raise self._stale(file)
        return self._write(asked, file, self._mended(asked, file, raw))

    def _write(self, asked: Mapping[str, Any], file: Path, content: bytes) -> dict[str, Any]:
        who, why = str(asked.get("who", "")), str(asked.get("why", ""))
        try:
            save(self._now().villages, file, str(asked["base"]), content, who, why)
        except ChangedMeanwhileError:
            raise self._stale(file) from None
        return {"print": print_of(content)}

    def _versions(self, asked: Mapping[str, Any]) -> Any:
        return [asdict(one) for one in versions(self._now().villages, self._file(asked))]

    def _old(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """A replaced version, and how what stands there now differs from it."""
        file = self._file(asked)
        raw = version(self._now().villages, file, str(asked["name"]))
        old, new = self._text(file, raw).rows, self._text(file, self._raw(file)).rows
        return {"rows": old, "changes": [asdict(one) for one in changes(new, old)]}

    def _restore(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Put a replaced version back; what it replaces is kept as well."""
        file = self._file(asked)
        content = version(self._now().villages, file, str(asked["name"]))
        return self._write(asked, file, content)
