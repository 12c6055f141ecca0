"""Reads a village's approvals.yaml, and what its files say that hold no record."""

from __future__ import annotations

import json
from collections.abc import Mapping

from generator.intake.decoding import read_text
from generator.intake.folders import VillageFolder, is_link
from generator.intake.shape import read_shape
from generator.intake.yamlfile import Node, read_yaml
from generator.model.approval import Approval, OwnFile, Review
from generator.problems import Problem, Source, problem

APPROVALS = "approvals.yaml"


def nothing_approved(folder: VillageFolder) -> Problem | None:
    """That nothing of a village that is reviewed was approved yet; None where something was."""
    if not folder.is_reviewed:
        return None
    is_there = (folder.published / "village.yaml").is_file() and not is_link(folder.published)
    return None if is_there else problem("village-unapproved", Source(folder.name))


def read_log(folder: VillageFolder, faults: list[Problem]) -> tuple[Approval, ...]:
    """All that was approved and sent back, oldest first; nothing counts where the file is faulty."""
    file = f"{folder.name}/{APPROVALS}"
    if not (folder.path / APPROVALS).exists():
        return ()
    text = read_text(folder.path / APPROVALS, file)
    if isinstance(text, Problem):
        faults.append(text)
        return ()
    return log_of(text, file, faults)


def log_of(text: str, file: str, faults: list[Problem]) -> tuple[Approval, ...]:
    """The same of the text of such a file."""
    node, wrong = read_yaml(text, file)
    found = list(wrong)
    entries = node.items if node else ()
    log = tuple(read_shape(entry, Approval, found) for entry in entries)
    faults += found
    return () if found else tuple(entry for entry in log if entry)


def read_review(folder: VillageFolder, own: Mapping[str, OwnFile], faults: list[Problem]) -> Review:
    """What is known of the review of a village whose `own` files were read."""
    log = read_log(folder, faults)
    return Review(
        {entry.file: entry for entry in log if not entry.refused},
        {entry.file: entry for entry in log if entry.refused},
        own,
    )


def said(node: Node) -> str:
    """What a YAML text says, without how it is written."""
    return json.dumps(_plain(node), ensure_ascii=False, sort_keys=True)


def _plain(node: Node) -> object:
    content = node.content
    if isinstance(content, Mapping):
        return {key: _plain(inner) for key, inner in content.items()}
    if isinstance(content, tuple):
        return [_plain(inner) for inner in content]
    return content or ""
