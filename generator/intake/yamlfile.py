"""YAML with places: every scalar stays the text that was written, every node knows its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from generator.problems import Problem, Source, problem

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 20
_MOST_PARTS = 100_000  # a county's glossary has some thousands
_LONGEST = 20_000  # characters of one text
_TABBED = re.compile(r"[ -]*\t")


@dataclass(frozen=True)
class Node:
    """A text, a list or a mapping with the line where it begins.

    `content` is None for an empty value, else str, tuple of Node, or a dict from key to Node.
    """

    content: str | tuple[Node, ...] | Mapping[str, Node] | None
    source: Source

    @property
    def mapping(self) -> Mapping[str, Node]:
        """The mapping, or an empty one where something else was written."""
        return self.content if isinstance(self.content, Mapping) else {}

    @property
    def items(self) -> tuple[Node, ...]:
        """The list, or an empty one where something else was written."""
        return self.content if isinstance(self.content, tuple) else ()


def read_yaml(text: str, file: str, first_line: int = 1) -> tuple[Node | None, tuple[Problem, ...]]:
    """Parse one YAML document that begins at `first_line` of its file."""
    faults: list[Problem] = []
    try:
        fault = _unwanted(text, file, first_line)
        if fault is not None:
            return None, (fault,)
        tree = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        context = str(getattr(error, "context", ""))
        position = getattr(error, "position", 0)  # of a character that YAML does not allow
        line = mark.line if mark else text.count("\n", 0, position)
        if context.endswith(("an alias", "an anchor", "a tag")):
            return None, (problem("yaml-alias", Source(file, line + first_line)),)
        return None, (_tab(text, file, line, first_line) or _syntax(file, line + first_line),)
    except UnicodeError:
        return None, (_syntax(file, first_line),)
    if tree is None:
        return Node(None, Source(file, first_line)), ()
    node = _convert(tree, Source(file, first_line), first_line, faults)
    return node, tuple(faults)


def _unwanted(text: str, file: str, first_line: int) -> Problem | None:
    """Marks with a meaning of their own in YAML (& * !), which would swallow a clerk's words;
    and what is so deep, so much or so long that nobody wrote it."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_Loader)):
        row = (event.start_mark.line if event.start_mark else 0) + first_line
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            return _syntax(file, row)
        if count > _MOST_PARTS:
            return problem("yaml-long", Source(file), what="内容太多")
        if isinstance(event, yaml.ScalarEvent) and len(event.value) > _LONGEST:
            what = f"第 {row} 行的一段文字超过了 {_LONGEST} 个字"
            return problem("yaml-long", Source(file, row), what=what)
        has_tag = getattr(event, "tag", None) is not None
        if has_tag or getattr(event, "anchor", None) is not None:
            return problem("yaml-alias", Source(file, row))
    return None


def _tab(text: str, file: str, line: int, first_line: int) -> Problem | None:
    """A tab where blanks should be, at the place of a fault or in the line above."""
    lines = text.split("\n")
    for n in (line, line - 1):
        if 0 <= n < len(lines) and _TABBED.match(lines[n]):
            row = n + first_line
            return problem("yaml-tab", Source(file, row), row=row)
    return None


def _syntax(file: str, row: int) -> Problem:
    return problem("yaml-syntax", Source(file, row), row=row)


def _convert(tree: yaml.Node, place: Source, first_line: int, faults: list[Problem]) -> Node:
    """`place` gives file and column (the key above) of this node."""
    source = Source(place.file, tree.start_mark.line + first_line, place.column)
    if isinstance(tree, yaml.MappingNode):
        content: dict[str, Node] = {}
        for key_node, value_node in tree.value:
            row = key_node.start_mark.line + first_line
            if not isinstance(key_node, yaml.ScalarNode):
                faults.append(_syntax(place.file, row))
                continue
            key = " ".join(str(key_node.value).split())
            key_source = Source(place.file, row, key)
            if key in content:
                faults.append(problem("key-duplicate", key_source, value=key))
                continue
            content[key] = _convert(value_node, key_source, first_line, faults)
        return Node(content, source)
    if isinstance(tree, yaml.SequenceNode):
        return Node(
            tuple(_convert(item, source, first_line, faults) for item in tree.value), source
        )
    is_empty = tree.tag == "tag:yaml.org,2002:null"
    return Node(None if is_empty else str(tree.value).strip(), source)
