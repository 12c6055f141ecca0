"""Tells whether a village still has a file for a record, be it faulty, or of another kind than before."""

from __future__ import annotations

from pathlib import Path

from generator.intake.worksheets import TABLE_ENDINGS
from generator.model.shared import Shared


def is_recorded(folder: Path, name: str, shared: Shared) -> bool:
    """Whether there is a file of the record `item/key` in a village's folder; a document's attachment of the
    same name is none."""
    item, _, key = name.partition("/")
    known = shared.catalogue.find(item)
    endings = (".md",) if known and known.kind == "document" else TABLE_ENDINGS
    there = (folder / item).glob("*")
    return any(path.stem == key and path.suffix.lower() in endings for path in there)
