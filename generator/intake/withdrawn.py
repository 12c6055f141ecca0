"""Reads a village's withdrawn.yaml: records that were taken back and keep their address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

from generator.intake.decoding import read_text
from generator.intake.folders import VillageFolder
from generator.intake.nearest import nearest
from generator.intake.shape import read_shape
from generator.intake.yamlfile import Node, read_yaml
from generator.model.shared import Shared
from generator.model.village import Withdrawal
from generator.model.warnings import Explanation
from generator.problems import Problem, problem

WITHDRAWN = "withdrawn.yaml"
Entry = TypeVar("Entry", Withdrawal, Explanation)
_KEY = re.compile(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*", re.ASCII)


def withdrawn_in(folder: VillageFolder, shared: Shared) -> tuple[Withdrawal, ...]:
    """What a village took back, read without anything else of it."""
    file = f"{folder.shown}/{WITHDRAWN}"
    path = folder.published / WITHDRAWN
    text = read_text(path, file) if path.exists() else ""
    node = None if isinstance(text, Problem) else read_yaml(text, file)[0]
    return read_withdrawn(node, shared, []) if node else ()


def read_withdrawn(node: Node, shared: Shared, faults: list[Problem]) -> tuple[Withdrawal, ...]:
    """The entries of the list; one that is wrong is reported and left out."""
    found: dict[str, Withdrawal] = {}
    for entry in listed(node, "一个清单，每份以“- item:”开头", "- item: notices", faults):
        withdrawal = read_shape(entry, Withdrawal, faults)
        if withdrawal is None:
            continue
        wrong_entry = list(_faults(withdrawal, entry, shared))
        if withdrawal.name in found:
            source = entry.mapping["key"].source
            wrong_entry.append(problem("id-duplicate", source, value=withdrawal.key))
        faults.extend(wrong_entry)
        if not wrong_entry:
            found[withdrawal.name] = withdrawal
    return tuple(found.values())


def listed(node: Node, expected: str, example: str, faults: list[Problem]) -> tuple[Node, ...]:
    """The entries of a file that is a list; what is none is reported."""
    if node.content is not None and not isinstance(node.content, tuple):
        text = node.content if isinstance(node.content, str) else "…"
        wrong = problem("key-value", node.source, value=text, expected=expected, example=example)
        faults.append(wrong)
    return tuple(node.items)


def _faults(withdrawal: Withdrawal, entry: Node, shared: Shared) -> Iterator[Problem]:
    """Item and key make an address, so they must be what a record's could have been."""
    item, key = entry.mapping["item"].source, entry.mapping["key"].source
    ids = [item.id for item in shared.catalogue.items]
    if withdrawal.item not in ids:
        hint = nearest(withdrawal.item, ids)
        yield problem("setting-unknown", item, value=withdrawal.item, nearest=hint)
    if not _KEY.fullmatch(withdrawal.key):
        expected, example = "原来的文件名，不带后缀", "2025-09"
        yield problem("key-value", key, value=withdrawal.key, expected=expected, example=example)


def sound_entries(entries: tuple[Entry, ...], problems: Iterable[Problem]) -> tuple[Entry, ...]:
    """The entries in which no error was found; the others do not take them along, since what
    withdrawals say keeps addresses alive."""
    wrong = {(p.source.file, p.source.row) for p in problems if p.severity == "error"}
    return tuple(e for e in entries if (e.source.file, e.source.row) not in wrong)
