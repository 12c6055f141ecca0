"""Writes a sheet's HTML for a browser: with its style, marks by which its places are found again, and
the heads and feet of its pages on pages of their own behind the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import lxml.html
from lxml.html.builder import DIV, HEAD, META, STYLE, A

from generator.render.posters.laid import EMBEDDED, EngineError

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src file: data:; img-src data:"
# Elements look as our first style sheet says, and not as browsers do. Drawings keep what stands in
# their attributes, which is less than any rule.
_BARE = ":where(:not(svg, svg *)) { all: unset; }"
_SOURCES = ("src", "href", "data", "poster", "srcset", "{http://www.w3.org/1999/xlink}href")
_LEADING = ("base", "embed", "frame", "iframe", "link", "object", "script")
_FETCHED = re.compile(r"@import|url\(\s*[\"']?(?!data:|#)", re.IGNORECASE)


@dataclass(frozen=True)
class MarkedTable:
    """A table of rows by the names of its marks: its own, those of its lines, and the one below;
    `label` is for the file's bookmarks."""

    begin: str
    lines: tuple[str, ...]
    end: str
    label: str


@dataclass(frozen=True)
class Document:
    """A document without the head and foot that repeat."""

    root: Any
    continued: Any
    footer: Any
    tables: tuple[MarkedTable, ...]
    end: str = "m-end"

    @property
    def is_edged(self) -> bool:
        """Whether its pages have a foot."""
        return self.footer is not None

    @property
    def title(self) -> str:
        """The title of the file."""
        return (self.root.findtext("head/title") or "").strip()

    def said(self, name: str) -> str:
        """What a `meta` element says; nothing where there is none."""
        found = self.root.xpath("head/meta[@name=$name]/@content", name=name)
        return str(found[0]) if found else ""


def plain_document(html: str) -> Document:
    """A document that only is printed. Raises EngineError when it asks for a file or an address."""
    return Document(_read(html), None, None, ())


def read_document(html: str, address: str) -> Document:
    """A sheet's HTML taken apart; relative links lead on from `address`. Raises EngineError when it
    asks for a file or an address."""
    root = _read(html)
    root.make_links_absolute(address)
    body = root.find("body")
    continued, footer = (_taken(body, name) for name in ("continued", "footer"))
    tables = tuple(_marked(n, t) for n, t in enumerate(body.xpath(".//table"), 1) if _is_rows(t))
    document = Document(root, continued, footer, tables)
    body.append(DIV(id=document.end))
    marks = [mark for t in tables for mark in (t.begin, *t.lines, t.end)]
    # A browser notes in its PDF where those places are that links within the document lead to.
    body.append(
        DIV(*(A(href=f"#{mark}") for mark in (*marks, document.end)), style="display: none")
    )
    return document


def dressed(document: Document, css: str, count: int) -> str:
    """The document with its style, and behind it a page of head and foot for each of its pages."""
    root = deepcopy(document.root)
    policy = META({"http-equiv": "Content-Security-Policy"}, content=_POLICY)
    style = STYLE()
    style.text = f"{_BARE}\n{css}"
    root.find("head")[:0] = [policy, style]  # what the document says itself comes after it
    if document.is_edged:
        root.find("body").extend(_edges(document, count))
    return f"<!DOCTYPE html>\n{lxml.html.tostring(root, encoding='unicode')}"


def _edges(document: Document, count: int) -> Iterator[Any]:
    """Head and foot of each page. Those of the first, which has only a foot, are read aloud."""
    for number in range(1, count + 1):
        parts = (document.footer,) if number == 1 else (document.continued, document.footer)
        edge = DIV(*(deepcopy(part) for part in parts if part is not None))
        edge.set("class", "edges")
        if number > 1:
            edge.set("aria-hidden", "true")
        for place in edge.find_class("page-number"):
            own = "" if "count" in place.classes else f"第 {number} 页 "  # it stands elsewhere
            place.text = f"{own}共 {count} 页"
        yield edge


def _read(html: str) -> Any:
    root: Any = lxml.html.document_fromstring(html)
    _refuse(root)
    if root.find("head") is None:
        root.insert(0, HEAD())
    return root


def _taken(body: Any, name: str) -> Any:
    """What repeats on the pages, taken out of the text."""
    found = body.xpath(f"./*[@class='{name}']")
    if not found:
        return None
    body.remove(found[0])
    found[0].tail = None
    return found[0]


def _is_rows(table: Any) -> bool:
    return "rows" in table.classes


def _marked(number: int, table: Any) -> MarkedTable:
    begin, end = f"m{number}", f"m{number}-end"
    table.set("id", begin)
    lines = [row for row in table.xpath("./tbody/tr | ./tr") if "detail" not in row.classes]
    names = tuple(f"m{number}-{place}" for place in range(len(lines)))
    for row, name in zip(lines, names, strict=True):
        row.set("id", name)
    table.addnext(DIV(id=end))
    return MarkedTable(begin, names, end, table.get("data-label", ""))


def _refuse(root: Any) -> None:
    """Nothing is fetched, whatever the browser would allow."""
    for element in root.iter(lxml.etree.Element):
        if element.tag in _LEADING or element.get("http-equiv"):
            raise EngineError(f"公示单里有 {element.tag}，会引到别处去")
        for name in _SOURCES:
            address = element.get(name, "")
            if address and element.tag != "a" and not address.startswith(("#", *EMBEDDED)):
                raise EngineError(f"公示单里引用了外面的文件 {address[:80]}")
        styles = (element.get("style", ""), element.text or "" if element.tag == "style" else "")
        if any(map(_FETCHED.search, styles)):
            raise EngineError("公示单的样式里引用了外面的文件")
