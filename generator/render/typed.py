"""Markdown for texts that are typed, as an extension of the library: a sign stands as typed unless it is a mark.

Lines are read here, one after the other, since to a clerk each line is what it looks like; the library's own
parser joins lines and takes indents for code. Its words within a line (links, pictures) and its tables are used.
What a mark is, `model.writing` says. HTML is never read: `A<B` and `&#19886;` are words like others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element, ElementTree, SubElement

import markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import (
    AutolinkInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    SubstituteTagInlineProcessor,
)

from generator.model.writing import (
    HEADING,
    RULE,
    Item,
    is_address,
    is_heading,
    item_in,
    strong_at,
    table_end,
)

RUN_ON = "run"
"""Class of a paragraph whose next line follows without an empty one."""

_DEEPEST = 8  # lists in each other
_FAR = 8  # blanks before a line that is no part of the item above it
_ESCAPED = "*_#|[]<>`~-+.!"  # before these a backslash is a mark
_UNUSED = (
    *("backtick", "reference", "image_reference", "short_reference", "short_image_ref"),
    *("autolink", "automail", "linebreak", "html", "entity", "em_strong"),
    *("em_strong2", "not_strong"),
)


class AsTyped(Extension):
    """Reads lines and marks as people type them. `of_names`: whether the text may hold covered names."""

    def __init__(self, *, of_names: bool) -> None:
        super().__init__()
        self._of_names = of_names

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (the library's name)
        """Take out what reads signs as marks, put in what reads lines."""
        md.preprocessors.deregister("html_block")
        for name in _UNUSED:
            md.inlinePatterns.deregister(name, strict=False)  # some only in older releases
        md.ESCAPED_CHARS = list(_ESCAPED)
        md.parser = _Lines(md)
        link = _Link(r"(?<!\!)\[", md)
        md.inlinePatterns.register(link, "link", 160)
        md.inlinePatterns.register(
            AutolinkInlineProcessor(r"<(https?://[^<>\s]*)>", md), "auto", 120
        )
        md.inlinePatterns.register(SubstituteTagInlineProcessor(r"<br ?/?>", "br"), "br", 100)
        md.inlinePatterns.register(_Strong(self._of_names, md), "strong", 60)
        md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\n", "br"), "line", 50)


class _Link(LinkInlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802
        """A link, where what stands in round brackets can be an address."""
        link, start, end = super().handleMatch(m, data)
        if isinstance(link, Element) and is_address(link.get("href", "")):
            return link, start, end
        return None, None, None


class _Strong(InlineProcessor):
    """`**重要**`, where no covered name can be meant."""

    def __init__(self, of_names: bool, md: markdown.Markdown) -> None:
        super().__init__(r"\*\*", md)
        self._of_names = of_names

    def handleMatch(  # type: ignore[override]  # noqa: N802 (the library's name)
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """The words between the stars, set bold."""
        found = strong_at(data, m.start(), of_names=self._of_names)
        if found is None:
            return None, None, None
        strong = Element("strong")
        strong.text = found.words
        return strong, found.start, found.end


class _Lines(BlockParser):
    """Headings, rules, tables, lists and paragraphs, line by line."""

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(md)
        self._tables = TableProcessor(self, {"use_align_attribute": True})

    def parseDocument(  # noqa: N802 (the library's name)
        self, lines: Iterable[str]
    ) -> ElementTree:
        """The tree of a whole text."""
        self.root = Element(self.md.doc_tag)
        self._fill(self.root, [line.rstrip() for line in lines], 0)
        return ElementTree(self.root)

    def _fill(self, parent: Element, lines: list[str], depth: int) -> None:
        at = 0
        while at < len(lines):
            line = lines[at]
            if not line.strip():
                at += 1
            elif is_heading(line):
                match = HEADING.fullmatch(line)
                assert match is not None
                SubElement(parent, f"h{len(match[1])}").text = match[2]
                at += 1
            elif RULE.fullmatch(line):
                SubElement(parent, "hr")
                at += 1
            elif end := self._table_end(lines, at):
                self._tables.run(parent, ["\n".join(lines[at:end])])
                at = end
            elif depth < _DEEPEST and item_in(lines, at):
                at = self._list(parent, lines, at, depth)
            else:
                at = self._text(parent, lines, at, depth)

    def _begins(self, lines: list[str], at: int, depth: int) -> bool:
        """Whether something else than words begins in a line."""
        line = lines[at]
        return (
            not line.strip()
            or is_heading(line)
            or RULE.fullmatch(line) is not None
            or (depth < _DEEPEST and item_in(lines, at) is not None)
            or self._table_end(lines, at) > 0
        )

    def _table_end(self, lines: list[str], at: int) -> int:
        """The line behind a table that begins here, 0 where none does; the library looks at it as
        well, since it keeps what it finds for the rows."""
        end = table_end(lines, at)
        return end if end and self._tables.test(self.root, "\n".join(lines[at:end])) else 0

    def _text(self, parent: Element, lines: list[str], at: int, depth: int) -> int:
        """A paragraph for each line; within a list one for all of them."""
        first = at
        at += 1
        while at < len(lines) and not self._begins(lines, at, depth):
            at += 1
        words = [line.strip() for line in lines[first:at]]
        if depth:
            SubElement(parent, "p").text = "\n".join(words)
            return at
        for number, text in enumerate(words, start=1):
            paragraph = SubElement(parent, "p")
            paragraph.text = text
            if number < len(words):
                paragraph.set("class", RUN_ON)
        return at

    def _list(self, parent: Element, lines: list[str], at: int, depth: int) -> int:
        first = item_in(lines, at)
        entries: Element | None = None
        is_loose, expected, item = False, 1, first
        while item and first and _goes_on(first, item):
            if entries is None:
                entries = SubElement(parent, "ol" if first.number else "ul")
            entry = SubElement(entries, "li")
            if item.number and int(item.number) != expected:
                # As typed, whatever comes between and whatever is left out.
                entry.set("value", item.number)
            expected = int(item.number or 0) + 1
            end = _item_end(lines, at, item)
            inner = [_outdented(line, item.width) for line in lines[at + 1 : end]]
            self._entry(entry, [lines[at][item.width :], *inner], depth + 1)
            at = _after_blanks(lines, end)
            item = item_in(lines, at) if at < len(lines) else None
            is_loose |= "" in inner or (at > end and bool(item) and _goes_on(first, item))
        for entry in entries if entries is not None and not is_loose else ():
            _tighten(entry)
        return at

    def _entry(self, entry: Element, inner: list[str], depth: int) -> None:
        """What an item holds: behind its mark are words, whatever they begin with."""
        end = 1
        while end < len(inner) and not self._begins(inner, end, depth):
            end += 1
        SubElement(entry, "p").text = "\n".join(line.strip() for line in inner[:end])
        self._fill(entry, inner[end:], depth)


def _goes_on(first: Item, item: Item | None) -> bool:
    """Whether an item belongs to the list that another one began."""
    return (
        item is not None
        and bool(item.number) == bool(first.number)
        and abs(item.indent - first.indent) <= 1
    )


def _item_end(lines: list[str], at: int, item: Item) -> int:
    """The line behind an item: what is indented belongs to it, after an empty line too. What
    stands far to the right there is a signature."""
    end = at + 1
    while end < len(lines):
        following = _after_blanks(lines, end)
        if following == len(lines):
            return end
        indent = len(lines[following]) - len(lines[following].lstrip(" "))
        furthest = item.width + (_FAR if following > end else len(lines[following]))
        if not item.indent + 2 <= indent <= furthest:
            return end
        end = following + 1
    return end


def _after_blanks(lines: list[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def _outdented(line: str, width: int) -> str:
    """A line of an item without the blanks that put it there."""
    return line[min(width, len(line) - len(line.lstrip(" "))) :]


def _tighten(entry: Element) -> None:
    """Words of an item without a paragraph around them."""
    for paragraph in entry.findall("p")[:1]:
        entry.text = paragraph.text
        entry.remove(paragraph)
