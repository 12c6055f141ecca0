"""Reads a village's posted.csv: which sheet hung on which board, with photographs that prove it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from generator.intake.attachments import name_fault
from generator.intake.cleaned import Refused
from generator.intake.decoding import read_bytes
from generator.intake.folders import VillageFolder, is_link, is_litter
from generator.intake.images import LARGEST_PICTURE
from generator.intake.naming import period_alone
from generator.intake.nearest import nearest
from generator.intake.photos import Sheet, Shot, read_photo
from generator.intake.recalling import Recall
from generator.intake.tablefiles import read_table_file
from generator.intake.worksheets import TABLE_ENDINGS
from generator.model.approval import OwnFile
from generator.model.boards import ONLY_BOARD
from generator.model.catalogue import Item
from generator.model.codes import is_code, plain_code
from generator.model.masks import MaskProfile
from generator.model.period import STANDING
from generator.model.posted import Posted, Posting
from generator.model.shared import Shared
from generator.model.village import Document, Record, Row, Village
from generator.problems import Problem, Source, problem

SCHEMA = "posted"
POSTED_FILES = tuple(f"posted{ending}" for ending in TABLE_ENDINGS)
PHOTOS = "posted"  # the folder of the photographs
_ENDINGS = (".jpg", ".jpeg", ".png")
_AGAIN = "请重新拍一张换上"


class PostedReader:
    """The list of one village and the faults found in it, for one call."""

    def __init__(
        self,
        folder: VillageFolder,
        shared: Shared,
        village: Village,
        masks: MaskProfile,
        recall: Recall,
    ) -> None:
        self.folder, self.shared, self.village = folder, shared, village
        self.masks, self.recall = masks, recall
        self.faults: list[Problem] = []
        self.own: dict[str, OwnFile] = {}  # the list with its photographs, by its name
        self._shots: dict[str, Shot | Refused] = {}

    def read(self, records: Iterable[Record], others: Iterable[str]) -> Posted | None:
        """What the list says of these records and of `others`, which cannot be read or were withdrawn;
        None where the village keeps none, or no table can be read in it."""
        found = [n for n in POSTED_FILES if (self.folder.published / n).exists()]
        for name in found[1:]:
            self._add("record-duplicate", Source(self._file(name)), other=found[0])
        posted = self._list(found[0], tuple(records), frozenset(others)) if found else None
        self._strays()
        return posted

    def _list(
        self, name: str, records: tuple[Record, ...], others: frozenset[str]
    ) -> Posted | None:
        file, schema = self._file(name), self.shared.tables.get(SCHEMA)
        if schema is None:
            expected = "content/tables 里没有上墙登记的表（posted.yaml）。"
            self._add("file-unknown", Source(file), name, expected=expected)
            return None
        raw = read_bytes(self.folder.published / name, file)
        if isinstance(raw, Problem):
            self.faults.append(raw)
            return None
        known_by = (file, "", SCHEMA, self.masks.id, str(self.village.urban))
        reading = partial(read_table_file, raw, file, schema, self.masks, STANDING)
        table = self.recall(known_by, raw, reading)
        self.faults.extend(table.problems)
        if table.reading is None:
            return None
        names = _names_of(records, others)
        rows = table.reading.table.rows
        found = tuple(filter(None, (self._posting(row, names, file) for row in rows)))
        self.own[name] = self._own(tuple(rows))
        return Posted(Source(file), found)

    def _own(self, rows: tuple[Row, ...]) -> OwnFile:
        """What the list says and which photographs belong to it, for who approves them."""
        lines = [{name: str(v) for name, v in row.values.items() if v} for row in rows]
        folder = self.folder.published / PHOTOS
        there = [name for name, shot in self._shots.items() if isinstance(shot, Shot)]
        bytes_of = {n: hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in there}
        photos_of = [{"照片": name, "指纹": digest} for name, digest in bytes_of.items()]
        said = json.dumps([*lines, *photos_of], ensure_ascii=False)
        return OwnFile(said, tuple(f"{PHOTOS}/{name}" for name in there))

    def _posting(
        self, row: Row, names: Mapping[str, Mapping[str, str]], file: str
    ) -> Posting | None:
        values = row.values
        up, down = values.get("挂上日期"), values.get("取下日期")
        item = self._item(str(values.get("事项") or ""), Source(file, row.number, "事项"))
        board = self._board(str(values.get("公开栏") or ""), Source(file, row.number, "公开栏"))
        if item is None or board is None or not isinstance(up, date):
            return None
        down = down if isinstance(down, date) else None
        if down is not None and down < up:
            self._add("posted-days", Source(file, row.number, "取下日期"))
            return None
        period, known = str(values.get("期次") or "").strip(), names.get(item.id, {})
        record = known.get(period.casefold()) or self._of_period(period, item, known)
        if not record:
            self._add("posted-record", Source(file, row.number, "期次"), period, item=item.title)
            return None
        known_faults = len(self.faults)
        code, name = plain_code(str(values.get("核验码") or "")), str(values.get("照片") or "")
        shown = self._shown(name, record, code, Source(file, row.number, "照片"))
        code = code or (shown[0].code if shown else "")
        if not is_code(code):
            if not any(f.severity == "error" for f in self.faults[known_faults:]):
                self._add("posted-code", Source(file, row.number, "核验码"), code or "（空着）")
            return None
        photo = shown[1].photo if shown and down is None else None
        return Posting(board, record, code, up, Source(file, row.number), down, bool(shown), photo)

    @staticmethod
    def _of_period(text: str, item: Item, known: Mapping[str, str]) -> str:
        """The record of a period that is written as people say it, such as 2025年三季度."""
        period = period_alone(text, item)
        return known.get(period.text.casefold(), "") if period else ""

    def _shown(
        self, name: str, record: str, code: str, source: Source
    ) -> tuple[Sheet, Shot] | None:
        """The sheet of a record that a photograph shows, with this code where one is written; what
        shows another sheet is an error."""
        if not name:
            return None
        if name not in self._shots:
            self._shots[name] = self._shot(name)
        shot = self._shots[name]
        if isinstance(shot, Refused):
            self._add("posted-photo", source, name, what=shot.what, mend=shot.mend)
            return None
        if shot.sheets is None:
            self._add("posted-unchecked", source, name)
            return None
        for seen in shot.sheets:
            is_own = (seen.village, seen.record) == (self.village.id, record)
            if is_own and code in ("", seen.code):
                return seen, shot
        if shot.sheets:
            seen = shot.sheets[0]
            what = f"{seen.village}/{seen.record}，核验码 {seen.code}"
            self._add("posted-other", source, name, what=what)
        else:
            self._add("posted-photo", source, name, what="上面的二维码读不出来", mend=_AGAIN)
        return None

    def _shot(self, name: str) -> Shot | Refused:
        fault, path = name_fault(name), self.folder.published / PHOTOS / name
        if fault:
            return Refused("content", f"文件名不行：{fault}", "请改了文件名，再写进来")
        if path.suffix.lower() not in _ENDINGS:
            return Refused("content", "不是 jpg 或 png", "请用手机拍的照片，或者另存为 jpg")
        if is_link(path):
            return Refused("content", "它只是一个链接", "请把照片本身放进去")
        if not _is_there(path):
            return Refused("content", f"{PHOTOS} 文件夹里没有它", "请把照片放进去，文件名要一样")
        raw = read_bytes(path, name, LARGEST_PICTURE)
        if isinstance(raw, Problem):
            return Refused("unreadable", "打不开，或者太大", _AGAIN)
        return self.recall((PHOTOS,), raw, partial(read_photo, raw))

    def _item(self, text: str, source: Source) -> Item | None:
        items = self.shared.catalogue.items
        found = next((i for i in items if text and text in (i.id, i.title)), None)
        if found is None and text:
            hint = nearest(text, [i.id for i in items]) or "请写公开目录里的名称，例如财务收支。"
            self._add("setting-unknown", source, text, nearest=hint)
        return found

    def _board(self, text: str, source: Source) -> str | None:
        boards = self.village.boards
        if not text and len(boards) < 2:
            return boards[0].id if boards else ONLY_BOARD
        found = next((board.id for board in boards if text in (board.id, board.place)), None)
        if found is None:
            choices = "、".join(board.place for board in boards)
            hint = f"可选：{choices}。" if boards else "village.yaml 里没有写公开栏，这一格空着。"
            self._add("setting-unknown", source, text, nearest=hint)
        return found

    def _strays(self) -> None:
        """Report photographs that no row names, once every row is read: a refused one may name them."""
        if any(fault.severity == "error" for fault in self.faults):
            return
        folder = self.folder.published / PHOTOS
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.name not in self._shots and not is_litter(path.name):
                expected = "这里只放 posted.csv 的“照片”一栏里写了的照片。"
                source = Source(self._file(f"{PHOTOS}/{path.name}"))
                self._add("file-unknown", source, path.name, expected=expected)

    def _file(self, relative: str) -> str:
        return f"{self.folder.shown}/{relative}".encode("utf-8", "replace").decode()

    def _add(self, kind: str, source: Source, value: str = "", **facts: object) -> None:
        self.faults.append(problem(kind, source, value=value, **facts))


def _is_there(path: Path) -> bool:
    """Whether there is such a file; no disk has one whose name it does not take."""
    try:
        return path.is_file()
    except OSError:
        return False


def _names_of(records: Iterable[Record], others: Iterable[str]) -> dict[str, dict[str, str]]:
    """By item all that a record may be called, with its name: what its file is called comes first."""
    found: dict[str, dict[str, str]] = {}
    for name in (*(record.name for record in records), *others):
        item, key = name.split("/", 1)
        found.setdefault(item, {})[key.casefold()] = name
    for record in records:
        for called in _called(record):
            found[record.item].setdefault(called.casefold(), record.name)
    return found


def _called(record: Record) -> Iterator[str]:
    if record.period.kind == "standing":
        yield ""
    if isinstance(record.content, Document):
        yield record.content.front.title
    elif "." not in record.key:  # of a set of books of its own only its file's name is sure
        yield record.period.title
