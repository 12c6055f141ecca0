"""Decides which states of a village's files were versions that the public saw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.history.repository import Commit, Files, Repository
from generator.intake.documents import named_files, read_document
from generator.intake.folders import VillageFolder
from generator.model.history import Edit, Version
from generator.model.schema import TableSchema
from generator.model.shared import Shared
from generator.model.village import Correction, People, Record, Table
from generator.model.wording import shared_for
from generator.publishing.edits import edits_between
from generator.publishing.publication import Publication
from generator.publishing.publish import publish
from generator.reading import sound_village

_MOST = 30  # edits of one version that are told one by one
_OWN = "village.yaml"


@dataclass
class Past:
    """What is known so far of one record, as `item/key`: its versions, with the last state of each that
    was public, and the corrections that the last of all told."""

    record: str
    first: date | None
    versions: list[Version] = field(default_factory=list)
    shown: list[Publication] = field(default_factory=list)
    schema: TableSchema | None = None
    told: tuple[Correction, ...] = ()


def pasts_of(
    repository: Repository,
    folders: tuple[VillageFolder, ...],
    shared: Shared,
    files: Files,
    today: date,
) -> Iterator[tuple[VillageFolder, dict[str, Past]]]:
    """Each village with the past of its records by name. The log is gone through once, then one village
    after the other is read, so that no more than one is held."""
    owners = {_prefix(folder, repository.folder): folder for folder in folders}
    proposed = {
        folder.path.relative_to(repository.folder).as_posix(): folder
        for folder in folders
        if folder.is_reviewed
    }
    owners |= proposed
    own: dict[str, list[_Step]] = {folder.id: [] for folder in folders}
    for number, commit in enumerate(repository.commits):
        steps: dict[str, _Step] = {}
        for path, content in commit.files.items():
            prefix = next((p for p in _above(path) if p in owners), None)
            if prefix is not None:
                is_first = number == 0 and repository.is_shallow
                step = steps.setdefault(prefix, _Step(commit, prefix, prefix in proposed, is_first))
                step.files[path[len(prefix) + 1 :]] = content
        for prefix, step in steps.items():
            own[owners[prefix].id].append(step)
    for folder in folders:
        reader = _Reader(folder, shared, files, today)
        for step in own.pop(folder.id):
            reader.walk(step)
        for past in reader.pasts.values():
            past.versions = list(_with_since(past))
        yield folder, reader.pasts


@dataclass
class _Step:
    """What a commit changed in the folder of a village that lies at `prefix`: what the village proposes,
    where that has to be approved, or what it publishes."""

    commit: Commit
    prefix: str
    is_proposed: bool
    is_first: bool
    files: dict[str, str] = field(default_factory=dict)


def _with_since(past: Past) -> Iterator[Version]:
    """The versions with what differs from each to the last, where others lie between."""
    for version, shown in zip(past.versions[:-2], past.shown, strict=False):
        since, more = _first_of(edits_between(shown, past.shown[-1], past.schema))
        yield replace(version, since=since, more_since=more)
    yield from past.versions[-2:]


def _first_of(edits: Iterable[Edit]) -> tuple[tuple[Edit, ...], int]:
    found = tuple(edits)
    return found[:_MOST], max(len(found) - _MOST, 0)


def _prefix(folder: VillageFolder, root: Path) -> str:
    """Where the files that a village publishes lie under villages/."""
    return folder.published.relative_to(root).as_posix()


def _above(path: str) -> Iterator[str]:
    parts = path.split("/")
    return ("/".join(parts[:count]) for count in range(len(parts) - 1, 0, -1))


class _Reader:
    """One village, whose states of records are read one after the other."""

    def __init__(self, folder: VillageFolder, shared: Shared, files: Files, today: date) -> None:
        self.folder, self.shared, self.files, self.today = folder, shared, files, today
        self.is_reviewed = False  # by now, as far as the walk has come
        self.pasts: dict[str, Past] = {}
        self._first: dict[str, date | None] = {}  # of all files, by their paths without endings
        self._naming: dict[str, set[str]] = {}  # documents by the files that they name

    def walk(self, step: _Step) -> None:
        """Take a commit's changes; of what is only proposed no more than when it came, once the
        village is reviewed."""
        self.is_reviewed |= not step.is_proposed
        for path in step.files:
            self.came(path, None if step.is_first else step.commit.day)
        if not step.is_proposed or not self.is_reviewed:
            self.read(step.commit, step.files, step.prefix)

    def came(self, path: str, day: date | None) -> None:
        """Note when a file came, also before anybody approved it."""
        self._first.setdefault(path.rpartition(".")[0], day and min(day, self.today))

    def read(self, commit: Commit, changed: dict[str, str], prefix: str) -> None:
        """What became of the records whose files a commit changed."""
        day, wanted = min(commit.day, self.today), dict(changed)
        for path in changed:
            for document in self._naming.get(path, ()):
                wanted.setdefault(document, f"{commit.id}:./{prefix}/{document}")
        texts = {
            path: self.files.read(name) for path, name in wanted.items() if path.count("/") == 1
        }
        found = {path: content for path, content in texts.items() if content is not None}
        if not found:
            return
        with TemporaryDirectory() as place:
            self._lay(Path(place), found, commit, prefix)
            trial = replace(self.folder, path=Path(place), is_reviewed=False)
            data, _ = sound_village(trial, self.shared, self.today)
        if data is None:
            return
        shared = shared_for(data.village, self.shared)
        for record in data.records:
            path = "/".join(record.source.file.split("/")[-2:])
            if isinstance(record.content, People) or path not in found:
                continue
            past = self.pasts.setdefault(record.name, Past(record.name, self._first[record.name]))
            start = max(day, record.published or day)
            shown = publish(record, data.village, shared, record.published or day)
            self._add(past, record, shown, start, commit.note)

    def _lay(self, place: Path, found: dict[str, bytes], commit: Commit, prefix: str) -> None:
        """The files as they were, with those that documents among them name, in the village of today."""
        (place / _OWN).write_bytes((self.folder.published / _OWN).read_bytes())
        for path, content in found.items():
            (place / path).parent.mkdir(exist_ok=True)
            (place / path).write_bytes(content)
        for path in found:
            if path.endswith(".md"):
                self._lay_named(place, path, commit, prefix)

    def _lay_named(self, place: Path, path: str, commit: Commit, prefix: str) -> None:
        document, _ = read_document(place / path, path)
        item = path.split("/")[0]
        for name in named_files(document) if document else ():
            self._naming.setdefault(f"{item}/{name}", set()).add(path)
            content = self.files.read(f"{commit.id}:./{prefix}/{item}/{name}")
            target = place / item / name
            if content is not None and target.parent == place / item:
                target.write_bytes(content)

    def _add(self, past: Past, record: Record, shown: Publication, day: date, note: str) -> None:
        """One more state of a record: another version if readers see anything else."""
        new = {c.what for c in record.corrections} - {c.what for c in past.told}
        if isinstance(record.content, Table):
            past.schema = self.shared.tables[record.content.schema]
        last = past.versions[-1] if past.versions else None
        is_draft = last is None or (len(past.versions) == 1 and day <= last.day)
        edits = () if is_draft else tuple(edits_between(past.shown[-1], shown, past.schema))
        if last is None or is_draft:
            past.versions, past.shown = [Version(day, (shown.code,))], [shown]
        elif edits:
            told, more = _first_of(edits)
            reason = note if any("一" <= sign <= "鿿" for sign in note) else ""
            version = Version(max(day, last.day), (shown.code,), told, more)
            past.versions.append(replace(version, reason=reason, corrected=bool(new)))
            past.shown.append(shown)
        else:
            codes = tuple(dict.fromkeys((*last.codes, shown.code)))
            corrected = last.corrected or bool(new)
            past.versions[-1] = replace(last, codes=codes, corrected=corrected)
            past.shown[-1] = shown
        past.told = record.corrections
