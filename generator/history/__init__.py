"""Decides what each record said before, from the repository in which villages/ lies, and writes it where a
build reads it like any other file.

A file's states count from the day on which the record was public; each is read, checked and judged
as a build would, by content/ as it is today, and what would not have been published is no version.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from generator.history.repository import files_of, read_repository
from generator.history.versions import Past, pasts_of
from generator.intake.folders import VillageFolder, find_villages
from generator.intake.histories import HISTORY
from generator.intake.naming import chosen_villages
from generator.intake.recorded import is_recorded
from generator.intake.withdrawn import withdrawn_in
from generator.model.shared import Shared
from generator.progress import Report, Step
from generator.reading import sound_content, sound_village
from generator.settings import Settings, need_folder

_FIRST_ROW = 2  # of the entries in the file, behind its heading
_HEAD = "# 公开以后改过什么，由 history 从仓库里读出来，请不要手改。\n"


@dataclass(frozen=True)
class Told:
    """What was found of a village: how many of its records, and how many changes of them."""

    name: str
    records: int
    changes: int


@dataclass(frozen=True)
class HistoryResult:
    """What was read; of a repository that `is_shallow` what came before its first commit is not
    known."""

    commits: int
    is_shallow: bool
    villages: tuple[Told, ...]


def write_history(settings: Settings, report: Report) -> HistoryResult:
    """Reads the repository around villages/ once and writes each village's history.

    Raises `CannotBuildError` where there is no repository, or content/ is unusable.
    """
    need_folder(settings.villages)
    shared, _ = sound_content(settings.content, settings.today, "才能读改动记录")
    folders = chosen_villages(settings.only, find_villages(settings.villages, shared)[0])
    repository = read_repository(settings.villages)
    told = []
    with files_of(repository) as files:
        walk = pasts_of(repository, folders, shared, files, settings.today)
        for folder, pasts in walk:
            found = tuple(_still_there(pasts, folder, shared))
            _write(folder, found)
            if any(version.reason for past in found for version in past.versions):
                found = _without_private(found, folder, shared, settings.today)
            changes = sum(bool(v.edits) for past in found for v in past.versions)
            told.append(Told(folder.id, len(found), changes))
            words = f"{folder.id}：{len(found)} 份，公开以后改过 {changes} 次"
            report(Step(words, len(told), len(folders), folder.id))
    return HistoryResult(len(repository.commits), repository.is_shallow, tuple(told))


def _still_there(pasts: dict[str, Past], folder: VillageFolder, shared: Shared) -> Iterator[Past]:
    """What is known of records whose files are there; nothing of those that were withdrawn."""
    gone = {withdrawal.name for withdrawal in withdrawn_in(folder, shared)}
    for name, past in sorted(pasts.items()):
        if name not in gone and is_recorded(folder.published, name, shared):
            yield past


def _without_private(
    pasts: tuple[Past, ...], folder: VillageFolder, shared: Shared, today: date
) -> tuple[Past, ...]:
    """The pasts without the notes of those in which the gate finds something: who commits does not
    write for the public."""
    problems = sound_village(folder, shared, today)[1]
    rows = {p.source.row for p in problems if p.source.file.endswith(f"/{HISTORY}")}
    for past in (past for row, past in enumerate(pasts, start=_FIRST_ROW) if row in rows):
        past.versions = [replace(version, reason="") for version in past.versions]
    if rows:
        _write(folder, pasts)
    return pasts


def _write(folder: VillageFolder, pasts: tuple[Past, ...]) -> None:
    file: Path = folder.published / HISTORY
    if not pasts:
        file.unlink(missing_ok=True)
        return
    lines = (json.dumps(_plain(past), ensure_ascii=False, default=str) for past in pasts)
    new = file.with_name(f".{HISTORY}")
    new.write_text(_HEAD + "".join(f"- {line}\n" for line in lines), "utf-8", newline="\n")
    new.replace(file)


def _plain(past: Past) -> dict[str, object]:
    first = {"first": past.first} if past.first else {}
    versions = [{k: v for k, v in asdict(one).items() if v} for one in past.versions]
    return {"record": past.record, **first, "versions": versions}
