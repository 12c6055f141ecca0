"""Puts what somebody agreed to among what is published, and writes down who agreed or sent it back.

First all is tried on a copy: what would be public must be sound as a whole, not only file by file.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.approving.changes import Change
from generator.intake.approvals import APPROVALS, log_of
from generator.intake.decoding import read_text
from generator.intake.folders import APPROVED, VillageFolder, is_link
from generator.model.shared import Shared
from generator.problems import Problem
from generator.reading import sound_village
from generator.settings import CannotBuildError

_HEAD = "# 审核记录，由 approve 写在后面，请不要手改。\n"


@dataclass(frozen=True)
class Answer:
    """Who answers, in which role, and when."""

    by: str
    role: str
    day: date


def approve(
    folder: VillageFolder, changes: Iterable[Change], answer: Answer, shared: Shared
) -> tuple[Problem, ...]:
    """Publish the changes from now on. Where that would leave something faulty nothing is done, and
    what would be wrong is returned."""
    changes = tuple(changes)
    _without_links(folder)
    lines = [_line(change, answer) for change in changes]
    with TemporaryDirectory() as place:
        trial = replace(folder, path=Path(place), is_reviewed=True)
        if (folder.path / APPROVED).is_dir():
            shutil.copytree(folder.path / APPROVED, trial.published)
        _put(changes, folder.path, trial.published)
        _add(lines, folder, trial.path)
        found = sound_village(trial, shared, answer.day)[1]
        faults = tuple(one for one in found if one.severity == "error")
    if not faults:
        _put(changes, folder.path, folder.path / APPROVED)
        _add(lines, folder, folder.path)
    return faults


def refuse(folder: VillageFolder, changes: Iterable[Change], answer: Answer, reason: str) -> None:
    """Send the changes back, so that the village knows why; what is public stays."""
    _add([_line(change, answer, reason) for change in changes], folder, folder.path)


def _without_links(folder: VillageFolder) -> None:
    """What is approved must lie in the village's own folder, and so must what it is copied from."""
    approved = folder.path / APPROVED
    for path in (approved, *approved.rglob("*")):
        if is_link(path):
            raise CannotBuildError(f"{path} 是链接，不能放审核过的文件。请删掉它，再来一次。")


def _put(changes: Iterable[Change], source: Path, target: Path) -> None:
    """The files as they are now, in the place of those that were approved before."""
    for change in changes:
        for file in change.before.files if change.before else ():
            (target / file).unlink(missing_ok=True)
    for change in changes:
        for file in change.after.files if change.after else ():
            if ".." in Path(file).parts or Path(file).is_absolute() or is_link(source / file):
                raise CannotBuildError(f"{file} 不是村文件夹里的文件，没有审核。")
            (target / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / file, target / file)


def _line(change: Change, answer: Answer, refused: str = "") -> str:
    """An entry of the log: JSON, which is YAML too, so that nothing in it can end it."""
    if not (answer.by + answer.role + refused).isprintable():
        raise CannotBuildError("姓名、身份或者说明里有看不见的符号，请重新打一遍。什么也没有动。")
    entry = {"file": change.file, "digest": change.digest, "role": answer.role, "by": answer.by}
    entry |= {"day": answer.day.isoformat(), "refused": refused}
    known = {name: value for name, value in entry.items() if value}
    return f"- {json.dumps(known, ensure_ascii=False)}\n"


def _add(lines: Iterable[str], folder: VillageFolder, target: Path) -> None:
    """The village's log with some lines more. Nothing is added that makes a file
    which cannot be read."""
    known, file = folder.path / APPROVALS, f"{folder.name}/{APPROVALS}"
    before = read_text(known, file) if known.exists() else _HEAD
    text = f"{str(before).rstrip()}\n{''.join(lines)}"
    faults = [before] if isinstance(before, Problem) else []
    log_of(text, file, faults)
    if faults:
        raise CannotBuildError("\n".join(map(str, faults)))
    new = target / f".{APPROVALS}"
    new.write_text(text, "utf-8", newline="\n")
    new.replace(target / APPROVALS)
