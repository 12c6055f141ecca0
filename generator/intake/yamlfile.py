"""Parses YAML with positions: every scalar stays the text that was written, every node knows its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from generator.intake.yamlcauses import (
    cause,
    chinese_comma,
    chinese_quotes,
    colon_within,
    dropped_comment,
    open_quote,
    wrong_colon,
)
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
        return None, (_fault(error, text, file, first_line),)
    except UnicodeError:
        return None, (_syntax(file, first_line),)
    if tree is None:
        return Node(None, Source(file, first_line)), ()
    reading = _Reading(text.split("\n"), first_line, faults)
    if isinstance(tree, yaml.ScalarNode):
        colon = reading.colon(tree, file)
        if colon is not None:
            return None, (colon,)
    node = reading.convert(tree, Source(file, first_line))
    return node, tuple(faults)


def _fault(error: yaml.YAMLError, text: str, file: str, first_line: int) -> Problem:
    """Why a text cannot be read, by the sign that is the cause where it is known."""
    mark = getattr(error, "problem_mark", None)
    context = str(getattr(error, "context", ""))
    position = getattr(error, "position", 0)  # of a character that YAML does not allow
    line = mark.line if mark else text.count("\n", 0, position)
    if context.endswith(("an alias", "an anchor", "a tag")):
        return problem("yaml-alias", Source(file, line + first_line))
    begin = getattr(error, "context_mark", None)
    if context.endswith("a quoted scalar") and begin is not None:
        found = open_quote(text, begin.line, file, first_line)
        if found is not None:
            return found
    tab = _tab(text, file, line, first_line)
    if tab is not None or not isinstance(error, yaml.MarkedYAMLError):
        return tab or _syntax(file, line + first_line)
    return cause(text, line, file, first_line) or _syntax(file, line + first_line)


def _unwanted(text: str, file: str, first_line: int) -> Problem | None:
    """Marks with a meaning of their own in YAML (& * !), which would swallow a clerk's words;
    and what is so deep, so much or so long that nobody wrote it."""
    depth = 0
    lines = text.split("\n")
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
        end = event.end_mark
        if end is not None and "#" in (line := lines[end.line] if end.line < len(lines) else ""):
            lost = dropped_comment(line[end.column :], line, file, end.line + first_line)
            if lost is not None:
                return lost
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


@dataclass(frozen=True)
class _Reading:
    """Per-call state: the lines of one text, and the faults found in them."""

    lines: list[str]
    first_line: int
    faults: list[Problem]

    def convert(self, tree: yaml.Node, place: Source) -> Node:
        """`place` gives file and column (the key above) of this node."""
        row = tree.start_mark.line + self.first_line
        source = Source(place.file, row, place.column)
        if isinstance(tree, yaml.MappingNode):
            return Node(self._mapping(tree, place), source)
        if isinstance(tree, yaml.SequenceNode):
            return Node(tuple(self._entry(item, source, tree) for item in tree.value), source)
        is_empty = tree.tag == "tag:yaml.org,2002:null"
        value = str(tree.value).strip()
        if _is_plain(tree) and tree.start_mark.line < len(self.lines):
            line = self.lines[tree.start_mark.line]
            found = chinese_quotes(value, line, place.file, row)
            if found is not None:
                self.faults.append(found)
                value = value[1:-1]
        return Node(None if is_empty else value, source)

    def colon(self, tree: yaml.Node, file: str) -> Problem | None:
        """What is wrong with the colon of a line that should have been a name and its value."""
        if not _is_plain(tree) or tree.start_mark.line >= len(self.lines):
            return None
        number = tree.start_mark.line
        return wrong_colon(self.lines[number], file, number + self.first_line)

    def _mapping(self, tree: yaml.MappingNode, place: Source) -> dict[str, Node]:
        content: dict[str, Node] = {}
        for key_node, value_node in tree.value:
            row = key_node.start_mark.line + self.first_line
            if not isinstance(key_node, yaml.ScalarNode):
                self.faults.append(_syntax(place.file, row))
                continue
            key = " ".join(str(key_node.value).split())
            if "：" in key and key_node.start_mark.line < len(self.lines):
                line = self.lines[key_node.start_mark.line]
                self.faults.append(colon_within(key, line, place.file, row))
                continue
            key_source = Source(place.file, row, key)
            if key in content:
                self.faults.append(problem("key-duplicate", key_source, value=key))
                continue
            content[key] = self.convert(value_node, key_source)
        return content

    def _entry(self, item: yaml.Node, source: Source, tree: yaml.SequenceNode) -> Node:
        if _is_plain(item) and item.start_mark.line < len(self.lines):
            line = self.lines[item.start_mark.line]
            row = item.start_mark.line + self.first_line
            if tree.flow_style:
                self._add(chinese_comma(str(item.value), line, source.file, row))
            elif item.end_mark.line > item.start_mark.line or "：" in str(item.value):
                self._add(self.colon(item, source.file))
        return self.convert(item, source)

    def _add(self, fault: Problem | None) -> None:
        if fault is not None:
            self.faults.append(fault)


def _is_plain(tree: yaml.Node) -> bool:
    """Whether a text was written without quotation marks (`style` differs between the loaders)."""
    return isinstance(tree, yaml.ScalarNode) and not tree.style
