"""Reads a village's explanations.yaml: what it says to warnings."""

from __future__ import annotations

from dataclasses import replace

from generator.intake.nearest import nearest
from generator.intake.shape import read_shape
from generator.intake.withdrawn import listed
from generator.intake.yamlfile import Node
from generator.model.shared import Shared
from generator.model.warnings import Explanation
from generator.problems import Problem, problem

EXPLANATIONS = "explanations.yaml"


def read_explanations(node: Node, shared: Shared, faults: list[Problem]) -> tuple[Explanation, ...]:
    """The entries of the list; one of no known rule is reported and left out."""
    found = []
    for entry in listed(node, "一个清单，每条以“- rule:”开头", "- rule: rent-owed", faults):
        explanation = read_shape(entry, Explanation, faults)
        if explanation is None:
            continue
        known = {rule.title: rule.id for rule in shared.warnings.values()}
        explanation = replace(explanation, rule=known.get(explanation.rule, explanation.rule))
        if explanation.rule in shared.warnings:
            found.append(explanation)
            continue
        source, hint = entry.mapping["rule"].source, nearest(explanation.rule, shared.warnings)
        faults.append(problem("setting-unknown", source, value=explanation.rule, nearest=hint))
    return tuple(found)
