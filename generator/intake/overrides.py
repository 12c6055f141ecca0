"""Reads a village's powers.yaml: standard powers that it changed, and powers that it added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

from generator.intake.nearest import nearest
from generator.intake.shape import read_shape
from generator.intake.yamlfile import Node
from generator.model.powers import Power, PowerOverride
from generator.model.shared import Shared
from generator.problems import Problem, problem

_LISTS = ("override", "add")


@dataclass(frozen=True)
class _OverrideHead:
    id: str
    reason: str


@dataclass(frozen=True)
class _Addition:
    item: str
    reason: str
    power: Power


def read_overrides(node: Node, shared: Shared, faults: list[Problem]) -> tuple[PowerOverride, ...]:
    """Changed and added powers; each is read by itself, so that all faults are reported."""
    if node.content is None:
        return ()
    if not isinstance(node.content, Mapping):
        faults.append(_not_a_list(node, "override: 或 add: 开头的清单"))
        return ()
    for key, child in node.content.items():
        if key not in _LISTS:
            hint = nearest(key, _LISTS)
            faults.append(problem("key-unknown", child.source, value=key, nearest=hint))
    changed = [_changed(n, shared, faults) for n in _entries(node, "override", faults)]
    added = [_added(n, shared, faults) for n in _entries(node, "add", faults)]
    return tuple(override for override in (*changed, *added) if override is not None)


def _entries(node: Node, key: str, faults: list[Problem]) -> Iterator[Node]:
    child = node.mapping.get(key)
    if child is None or child.content is None:
        return
    if not isinstance(child.content, tuple):
        faults.append(_not_a_list(child, "一个清单，每项以“- ”开头"))
    yield from child.items


def _not_a_list(node: Node, expected: str) -> Problem:
    text = node.content if isinstance(node.content, str) else "…"
    example = "- id: seal-use"
    return problem("key-value", node.source, value=text, expected=expected, example=example)


def _changed(node: Node, shared: Shared, faults: list[Problem]) -> PowerOverride | None:
    """A standard power with the keys given in place of the standard's."""
    if not isinstance(node.content, Mapping):
        faults.append(_not_a_list(node, "几行“名称: 内容”"))
        return None
    found: list[Problem] = []
    head = {k: v for k, v in node.content.items() if k in ("id", "reason")}
    name = read_shape(Node(head, node.source), _OverrideHead, found)
    standard = {power.id: power for power in shared.powers}
    if name is not None and name.id not in standard:
        found.append(_unknown(name.id, standard, node))
    if found or name is None:
        faults.extend(found)
        return None
    given = {k: v for k, v in node.content.items() if k not in head}
    base = standard[name.id]
    kept = {
        f.name: getattr(base, f.name)
        for f in fields(Power)
        if f.name not in given and f.name != "source"
    }
    power = read_shape(Node(given, node.source), Power, found, kept)
    faults.extend(found)
    if power is None or found:
        return None
    item = next(i.id for i in shared.power_items if base in i.powers)
    return PowerOverride(power, name.reason, added=False, item=item)


def _added(node: Node, shared: Shared, faults: list[Problem]) -> PowerOverride | None:
    """A power that only this village has."""
    found: list[Problem] = []
    head = read_shape(node, _Addition, found)
    known = [item.id for item in shared.power_items]
    if head is not None and head.item not in known:
        found.append(_unknown(head.item, known, node))
    faults.extend(found)
    if head is None or found:
        return None
    return PowerOverride(head.power, head.reason, added=True, item=head.item)


def _unknown(name: str, known: Iterable[str], node: Node) -> Problem:
    return problem("power-unknown", node.source, value=name, nearest=nearest(name, known))
