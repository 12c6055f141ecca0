"""Reads what the repository knows of a village's records, as the program wrote it down."""

from __future__ import annotations

from generator.intake.shape import read_shape
from generator.intake.yamlfile import Node
from generator.model.history import RecordHistory
from generator.model.shared import Shared
from generator.problems import Problem

HISTORY = "history.yaml"


def read_histories(node: Node, _: Shared, faults: list[Problem]) -> tuple[RecordHistory, ...]:
    """The histories of records; one that is wrong is reported and left out."""
    found = (read_shape(entry, RecordHistory, faults) for entry in node.items)
    return tuple(history for history in found if history)
