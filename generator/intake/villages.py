"""Reads a village's folder as records."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from generator.intake.approvals import APPROVALS, nothing_approved, read_review, said
from generator.intake.characters import standard_text
from generator.intake.controls import read_beside
from generator.intake.decoding import read_bytes, read_text
from generator.intake.documents import named_files, read_document
from generator.intake.explained import EXPLANATIONS, read_explanations
from generator.intake.folders import APPROVED, VILLAGE, VillageFolder, is_link, is_litter
from generator.intake.histories import HISTORY, read_histories
from generator.intake.naming import MONTH_WITH_POINT, file_meant, folder_meant
from generator.intake.overrides import read_overrides
from generator.intake.people import people_records
from generator.intake.posted import PHOTOS, POSTED_FILES, PostedReader
from generator.intake.recalling import Recall, read_anew
from generator.intake.shape import read_shape
from generator.intake.tablefiles import read_table_file
from generator.intake.withdrawn import WITHDRAWN, read_withdrawn
from generator.intake.worksheets import TABLE_ENDINGS
from generator.intake.yamlfile import Node, read_yaml
from generator.model.approval import OwnFile, Review
from generator.model.catalogue import Item
from generator.model.keynames import missing_key
from generator.model.masks import MaskProfile
from generator.model.period import parse_period
from generator.model.posted import Posted
from generator.model.shared import Shared
from generator.model.village import Document, Record, Village, VillageData
from generator.model.wording import shared_for
from generator.problems import Problem, Source, problem

T = TypeVar("T")
_DOCUMENT_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-([a-z0-9]+(?:-[a-z0-9]+)*)", re.ASCII)
OWN_FILES = ("village.yaml", "powers.yaml", WITHDRAWN, EXPLANATIONS)
_NO_RECORDS = (
    *(*OWN_FILES, *POSTED_FILES, PHOTOS),
    *(APPROVALS, APPROVED, HISTORY, "private"),
)


def read_village(
    folder: VillageFolder, shared: Shared, recall: Recall = read_anew
) -> tuple[VillageData | None, tuple[Problem, ...]]:
    """Read one village's folder. None when village.yaml itself cannot be used."""
    reader = _VillageReader(folder, shared, recall)
    data = reader.read()
    return data, tuple(reader.faults)


class _VillageReader:
    """The folder and the faults found so far, for one call."""

    def __init__(self, folder: VillageFolder, shared: Shared, recall: Recall) -> None:
        self.folder = folder
        self.shared = shared
        self.recall = recall
        self.faults: list[Problem] = []
        self.unread: set[str] = set()  # item/key of files that gave no record
        self.own: dict[str, OwnFile] = {}  # files that hold no record, by name

    def read(self) -> VillageData | None:
        if unapproved := nothing_approved(self.folder):
            self.faults.append(unapproved)
            return None
        if not self.folder.is_reviewed and not (self.folder.path / VILLAGE).exists():
            self.faults.append(problem("village-missing", Source(self.folder.name)))
            return None
        node = self._yaml(VILLAGE)
        given = {"id": self.folder.id, "town": self.folder.town}
        village = read_shape(node, Village, self.faults, given) if node else None
        masks = self._masks(village) if village else None
        if village is None or masks is None:
            self._add("village-left-out", "village.yaml")
            return None
        people = people_records(village, Source(self._file("village.yaml")), self.shared)
        records = [*people, *self._files(village, masks)]
        standard = shared_for(village, self.shared)
        overrides = self._listed("powers.yaml", standard, read_overrides)
        withdrawn = self._listed(WITHDRAWN, self.shared, read_withdrawn)
        explained = self._listed(EXPLANATIONS, self.shared, read_explanations)
        unread = frozenset(self.unread)
        posted = self._posted(village, masks, records, (*unread, *(w.name for w in withdrawn)))
        beside, faults = read_beside(self.folder, village, self.shared, self.recall)
        self.faults += faults
        return VillageData(
            village,
            tuple(records),
            overrides,
            unread,
            withdrawn,
            posted,
            explanations=explained,
            review=self._review(),
            history={past.record: past for past in self._listed(HISTORY, standard, read_histories)},
            beside=beside,
        )

    def _posted(
        self, village: Village, masks: MaskProfile, records: list[Record], others: tuple[str, ...]
    ) -> Posted | None:
        reader = PostedReader(self.folder, self.shared, village, masks, self.recall)
        posted = reader.read(records, others)
        self.faults.extend(reader.faults)
        self.own.update(reader.own)
        return posted

    def _review(self) -> Review | None:
        is_reviewed = self.shared.site.review
        return read_review(self.folder, self.own, self.faults) if is_reviewed else None

    def _listed(
        self,
        name: str,
        shared: Shared,
        read: Callable[[Node, Shared, list[Problem]], tuple[T, ...]],
    ) -> tuple[T, ...]:
        """The entries of a file that there need not be."""
        node = self._yaml(name) if (self.folder.published / name).exists() else None
        return read(node, shared, self.faults) if node else ()

    def _masks(self, village: Village) -> MaskProfile | None:
        """The village's mask profile; None where village.yaml lacks what all else stands on."""
        settings = self.shared.site
        masks, rules = village.masks or settings.masks, village.rules or settings.rules
        for key, value, known in (
            ("masks", masks, self.shared.masks),
            ("rules", rules, self.shared.rules),
        ):
            if value not in known:
                source = Source(self._file("village.yaml"), 0, key)
                choices = f"可选：{'、'.join(known)}。"
                self.faults.append(problem("setting-unknown", source, value=value, nearest=choices))
        if not village.accounts:
            self._add("key-missing", "village.yaml", **missing_key("accounts", is_list=True))
        sound = village.accounts and rules in self.shared.rules
        return self.shared.masks.get(masks) if sound else None

    def _file(self, relative: str) -> str:
        """The path shown in messages; a name in an old encoding is shown with ? for letters."""
        return f"{self.folder.shown}/{relative}".encode("utf-8", "replace").decode()

    def _add(self, kind: str, relative: str, *, value: str = "", **facts: object) -> None:
        self.faults.append(problem(kind, Source(self._file(relative)), value=value, **facts))

    def _yaml(self, name: str) -> Node | None:
        file = self._file(name)
        text = read_text(self.folder.published / name, file)
        if isinstance(text, Problem):
            self.faults.append(text)
            return None
        text, notices = standard_text(text, file)
        node, faults = read_yaml(text, file)
        self.faults.extend((*notices, *faults))
        if node and name in OWN_FILES:
            self.own[name] = OwnFile(said(node))
        return node

    def _files(self, village: Village, masks: MaskProfile) -> list[Record]:
        """Records of all item folders; what is not a record is reported."""
        records: dict[tuple[str, str, str], Record] = {}
        attachments: set[str] = set()
        seen: list[tuple[Item, Path]] = []
        for path in sorted(self.folder.published.iterdir()):
            item = self.shared.catalogue.find(path.name)
            if is_litter(path.name) or path.name in _NO_RECORDS:
                continue
            if is_link(path) and path.is_dir():
                self._add("folder-link", path.name, value=path.name)
            elif path.is_dir() and item is not None and item.kind != "people":
                seen.extend((item, p) for p in sorted(path.iterdir()) if not is_litter(p.name))
            elif path.is_dir():
                items = [i for i in self.shared.catalogue.items if i.kind != "people"]
                hint = folder_meant(path.name, items)
                self._add("folder-unknown", path.name, value=path.name, nearest=hint)
            else:
                expected = "请放进事项的文件夹，例如 ledger/2025-09.csv；是表格的，用 import 会自己放到该放的地方。"
                self._add("file-unknown", path.name, value=path.name, expected=expected)
        for item, path in seen:
            record = self._record(item, path, village, masks)
            if record is None:
                self.unread.add(f"{item.id}/{path.stem}")
                continue
            # 2025-09 and 2025-09.village are the same when `village` is the first account.
            is_table = item.kind == "table"
            identity = (item.id, record.period.text if is_table else record.key, record.account)
            other = records.get(identity)
            if other is not None:
                self._add(
                    "record-duplicate",
                    f"{item.id}/{path.name}",
                    other=other.source.file.rsplit("/", 1)[-1],
                )
                continue
            records[identity] = record
            attachments |= _attachment_names(record)
        self._strays(seen, attachments)
        return list(records.values())

    def _record(
        self, item: Item, path: Path, village: Village, masks: MaskProfile
    ) -> Record | None:
        if not path.is_file():
            return None
        if item.kind == "table" and path.suffix.lower() in TABLE_ENDINGS:
            return self._table(item, path, village, masks)
        if item.kind == "document" and path.suffix.lower() == ".md":
            return self._document(item, path, village)
        return None

    def _table(self, item: Item, path: Path, village: Village, masks: MaskProfile) -> Record | None:
        relative = f"{item.id}/{path.name}"
        period_text, _, account = path.stem.partition(".")
        period = parse_period(period_text) if path.stem.isascii() else None
        if period is None or MONTH_WITH_POINT.fullmatch(path.stem):
            expected = file_meant(path.stem, path.suffix, item)
            self._add("file-unknown", relative, value=path.name, expected=expected)
            return None
        known = [a.id for a in village.accounts]
        if account and account not in known:
            self._add("account-unknown", relative, value=account, known="、".join(known))
            return None
        file = self._file(relative)
        raw = read_bytes(path, file)
        if isinstance(raw, Problem):
            self.faults.append(raw)
            return None
        schema = shared_for(village, self.shared).tables[item.table]
        known_by = (file, period.text, item.table, masks.id, str(village.urban))
        found = self.recall(
            known_by, raw, partial(read_table_file, raw, file, schema, masks, period)
        )
        self.faults.extend(found.problems)
        reading = found.reading
        if reading is None:
            return None
        return Record(
            village.id,
            item.id,
            path.stem,
            period,
            account or known[0],
            reading.published,
            reading.table,
            Source(file),
            reading.corrections,
        )

    def _document(self, item: Item, path: Path, village: Village) -> Record | None:
        relative = f"{item.id}/{path.name}"
        match = _DOCUMENT_NAME.fullmatch(path.stem)
        period = parse_period(match[1]) if match else None
        if period is None:
            self._add(
                "file-unknown",
                relative,
                value=path.name,
                expected="请用“日期-拼音.md”做文件名，例如 2025-09-12-tongzhi.md。",
            )
            return None
        document, faults = read_document(path, self._file(relative), self.recall)
        self.faults.extend(faults)
        if document is None:
            return None
        return Record(
            village.id,
            item.id,
            path.stem,
            period,
            "",
            document.front.date,
            document,
            Source(self._file(relative)),
            document.front.corrections,
        )

    def _strays(self, seen: list[tuple[Item, Path]], attachments: set[str]) -> None:
        """Report files that are neither a record nor an attachment of one."""
        for item, path in seen:
            endings = TABLE_ENDINGS if item.kind == "table" else (".md",)
            is_attachment = f"{item.id}/{path.name}" in attachments
            if item.kind == "document" and path.is_file() and self._is_unclear(seen, item):
                continue
            if not path.is_file() or (path.suffix.lower() not in endings and not is_attachment):
                expected = (
                    "这里只放表格：.csv、.xlsx、.xls、.et、.ods，别的格式请另存为 .xlsx。"
                    if item.kind == "table"
                    else "文件要么是 .md，要么写进某份 .md 的 attachments。"
                )
                self._add(
                    "file-unknown", f"{item.id}/{path.name}", value=path.name, expected=expected
                )

    def _is_unclear(self, seen: list[tuple[Item, Path]], item: Item) -> bool:
        """Whether a document of the item could not be read, which may name any file."""
        return any(
            other is item and path.suffix == ".md" and f"{item.id}/{path.stem}" in self.unread
            for other, path in seen
        )


def _attachment_names(record: Record) -> set[str]:
    if not isinstance(record.content, Document):
        return set()
    return {f"{record.item}/{name}" for name in named_files(record.content)}
