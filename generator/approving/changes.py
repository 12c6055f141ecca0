"""Decides which files of a village are not public as the village wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from generator.intake.documents import named_files
from generator.intake.folders import VillageFolder
from generator.intake.recorded import is_recorded
from generator.model.approval import Approval
from generator.model.shared import Shared
from generator.model.village import Document, People, Record, VillageData
from generator.model.wording import shared_for
from generator.problems import Problem
from generator.publishing.approved import digests_of, file_of
from generator.publishing.publication import Publication
from generator.publishing.publish import publish
from generator.reading import sound_village

Kind = Literal["new", "changed", "gone"]


@dataclass(frozen=True)
class Side:
    """A file as it is public, or as it would be: what is shown of its record, or what it says where
    it holds none; `files` are those that belong to it, by their paths within the village's folder."""

    files: tuple[str, ...]
    publication: Publication | None = None
    said: str = ""


@dataclass(frozen=True)
class Change:
    """A file that waits: what is public of it and what would be; `digest` is that of the latter, none
    where the village has the file no more. It may have been sent back already, in these words."""

    kind: Kind
    file: str
    item: str
    period: str
    title: str
    digest: str = ""
    before: Side | None = None
    after: Side | None = None
    refusal: Approval | None = None


@dataclass(frozen=True)
class Waiting:
    """What waits in a village; of files with `faults` nothing can be approved."""

    name: str
    changes: tuple[Change, ...] = ()
    faults: tuple[Problem, ...] = field(default=(), hash=False)


def waiting_in(folder: VillageFolder, shared: Shared, today: date) -> Waiting:
    """What of a village is not public as it is written, in the order of its files."""
    written, problems = sound_village(folder.as_written, shared, today)
    faults = tuple(found for found in problems if found.severity == "error")
    if written is None:
        return Waiting(folder.id, (), faults)
    public, _ = sound_village(replace(folder, is_reviewed=True), shared, today)
    changes = _Comparison(
        folder, written, public, shared_for(written.village, shared), today
    ).changes()
    return Waiting(written.village.name, tuple(sorted(changes, key=lambda c: c.file)), faults)


@dataclass(frozen=True)
class _Comparison:
    """A village as it is written beside what is `public` of it."""

    folder: VillageFolder
    written: VillageData
    public: VillageData | None
    shared: Shared
    today: date

    def changes(self) -> Iterator[Change]:
        after = digests_of(self.written, self.shared)
        before = digests_of(self.public, self.shared) if self.public else {}
        records = self._records(self.written)
        known = self._records(self.public)
        for file, digest in after.items():
            record = records.get(file)
            old = self._same(record, file, known) if record else file
            if before.get(old) != digest:
                yield self._change(file, digest, old if old in before else "", records, known)
        for file in before:
            if not self._is_there(file):
                yield self._change(file, "", file, records, known)

    def _is_there(self, file: str) -> bool:
        """Whether the village still has a file, be it faulty, or have another ending."""
        path = self.folder.path / file
        return path.exists() or is_recorded(self.folder.path, file.rpartition(".")[0], self.shared)

    @staticmethod
    def _records(data: VillageData | None) -> dict[str, Record]:
        found = data.records if data else ()
        return {file_of(r): r for r in found if not isinstance(r.content, People)}

    @staticmethod
    def _same(record: Record, file: str, known: dict[str, Record]) -> str:
        """The file of the same record that is public, whatever its ending."""
        return next((other for other, r in known.items() if r.name == record.name), file)

    def _change(
        self,
        file: str,
        digest: str,
        old: str,
        records: dict[str, Record],
        known: dict[str, Record],
    ) -> Change:
        record = (records if digest else known).get(file)
        refusals = self.written.review.refusals if self.written.review else {}
        refusal = refusals.get(file)
        kind: Kind = "gone" if not digest else "changed" if old else "new"
        after = self._side(self.written, file, record) if digest else None
        before = self._side(self.public, old, known.get(old)) if old and self.public else None
        if before and old in known:
            before = self._unshared(before, known[old])
        shown = next((s.publication for s in (after, before) if s and s.publication), None)
        return Change(
            kind,
            file,
            record.item if record else "",
            record.period.text if record else "",
            shown.title if shown else file,
            digest,
            before,
            after,
            refusal if refusal and refusal.digest == digest else None,
        )

    def _side(self, data: VillageData, file: str, record: Record | None) -> Side:
        if record is None:
            own = data.review.own.get(file) if data.review else None
            return Side((file, *(own.files if own else ())), said=own.said if own else "")
        publication = publish(record, data.village, self.shared, record.published or date.min)
        return Side((file, *_named(record)), publication)

    def _unshared(self, side: Side, record: Record) -> Side:
        """Without the files that another public document names as well: they stay for that."""
        others = self.public.records if self.public else ()
        used = {file for other in others if other.name != record.name for file in _named(other)}
        return replace(side, files=tuple(file for file in side.files if file not in used))


def _named(record: Record) -> tuple[str, ...]:
    """The files that a record's document names, by their paths within the village's folder."""
    content = record.content
    names = named_files(content) if isinstance(content, Document) else ()
    return tuple(f"{record.item}/{name}" for name in names)
