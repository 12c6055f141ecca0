"""Decides what of content/ and of a village's folder is sound: read, checked, and judged by the gate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from generator.checks import check_content, check_day, check_village
from generator.checks.context import Context
from generator.gate import (
    content_private,
    keeps_village_out,
    name_finder,
    nothing_private,
    without_secrets,
)
from generator.intake.content import read_content
from generator.intake.explained import EXPLANATIONS
from generator.intake.folders import VillageFolder
from generator.intake.recalling import Recall, read_anew
from generator.intake.villages import read_village
from generator.intake.withdrawn import WITHDRAWN, sound_entries
from generator.model.shared import Shared
from generator.model.village import Record, VillageData
from generator.model.wording import shared_for
from generator.problems import Problem, Source, files_with_errors, in_order, problem
from generator.publishing.approved import approvals_of, file_of
from generator.publishing.publish import publish_all
from generator.settings import CannotBuildError, need_folder


def sound_content(folder: Path, today: date, purpose: str) -> tuple[Shared, tuple[Problem, ...]]:
    """content/, and notices on it.

    Raises `CannotBuildError` where anything is wrong with it, since everything depends on it.
    """
    need_folder(folder)
    shared, faults = read_content(folder)
    problems = list(faults)
    if shared:
        problems += (*check_content(shared), *content_private(shared), *check_day(shared, today))
    if shared is None or any(p.severity == "error" for p in problems):
        lines = "\n".join(map(str, in_order(problems)))
        raise CannotBuildError(f"公用资料有误，先改好{purpose}：\n{lines}")
    return shared, in_order(problems)


def sound_village(
    folder: VillageFolder,
    shared: Shared,
    today: date,
    also: Iterable[Record] = (),
    recall: Recall = read_anew,
) -> tuple[VillageData | None, tuple[Problem, ...]]:
    """The records of a village that the rules and the gate let pass, and what is wrong with the
    others. Views publish them once more, which gives what the gate has seen. What records hide that
    are `also` public, though they cannot be read, is told by no other."""
    data, faults = read_village(folder, shared, recall)
    problems, names = list(faults), None
    if data is not None:
        read = {record.name for record in data.records}
        others = (record for record in also if record.name not in read)
        names = name_finder(data.village, (*data.records, *others), shared)
        data = without_files(data, files_with_errors(problems))
        problems += check_village(Context(data, shared, today))
        shown = publish_all(data, shared_for(data.village, shared), today)
        problems += nothing_private(data, shown, shared, names)
        data, unapproved = _reviewed(data, folder, shared)
        problems += unapproved
        if keeps_village_out(data.village, problems):
            problems.append(problem("village-left-out", Source(data.village.source.file)))
            data = None
        else:
            data = without_files(data, files_with_errors(problems))
            data = replace(
                data,
                withdrawn=sound_entries(data.withdrawn, problems),
                explanations=sound_entries(data.explanations, problems),
            )
    told = in_order(without_secrets(problems, shared.privacy, names))
    return data, tuple(p.of_village(folder.id) for p in told)


def _reviewed(
    data: VillageData, folder: VillageFolder, shared: Shared
) -> tuple[VillageData, tuple[Problem, ...]]:
    """The village with the approvals of its records. Of a folder of which only what was approved is
    published, what is other than that is an error."""
    if data.review is None:
        return data, ()
    found = approvals_of(data, shared_for(data.village, shared))
    told = {record.name: found[file_of(record)] for record in data.records}
    data = replace(data, approved={name: one for name, one in told.items() if one})
    if not folder.is_reviewed:
        return data, ()
    others = [file for file, approval in found.items() if approval is None]
    data = replace(
        data,
        withdrawn=() if WITHDRAWN in others else data.withdrawn,
        explanations=() if EXPLANATIONS in others else data.explanations,
    )
    sources = (Source(f"{folder.shown}/{file}") for file in others)
    return data, tuple(problem("approval-missing", source) for source in sources)


def without_files(data: VillageData, files: frozenset[str]) -> VillageData:
    """The village without what these files say."""
    records = tuple(r for r in data.records if r.source.file not in files)
    dropped = {f"{r.item}/{r.key}" for r in data.records if r.source.file in files}
    overrides = tuple(o for o in data.overrides if o.power.source.file not in files)
    history = {n: past for n, past in data.history.items() if past.source.file not in files}
    left_out, posted = data.left_out | dropped, data.posted
    if posted is not None and posted.source.file in files:
        posted = None  # what a list with an error lacks would pass for what did not hang
    return replace(
        data,
        records=records,
        overrides=overrides,
        left_out=left_out,
        history=history,
        posted=posted,
    )
