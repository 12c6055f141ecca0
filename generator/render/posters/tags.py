"""Marks for screen readers, made small and right: the tree that WeasyPrint writes, rewritten.

WeasyPrint keeps a box of the layout for every element, gives header cells no scope, leaves what
stands in the margins out of the tree, and measures figures in pixels. Here boxes without a
meaning are dissolved, header cells say what they head, tables without headers become text (they
only place things), the foot of page 1 (phone, code) is read at the end, and what is repeated
in margins is marked as an artifact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pydyf

_NO_MEANING = frozenset(("NonStruct", "Span", "Div"))
_GROUPS = frozenset(("Document", "Part", "Art", "Sect", "BlockQuote"))
_MAY_BE_EMPTY = frozenset(("TD", "TH"))
_NEVER_NESTED = frozenset(("P", "Table", "Caption", *(f"H{level}" for level in range(1, 7))))
_READ_MARGIN = "Sect"  # a <section> in the margin of page 1 belongs to what is read
_POINTS_PER_PX = 0.75


@dataclass(frozen=True)
class _Mark:
    """A marked piece of a page's content."""

    page: int
    number: int


@dataclass(frozen=True)
class _Link:
    """A link's annotation."""

    page: int
    annotation: bytes


@dataclass(frozen=True)
class _Element:
    """An element of the tree."""

    role: str
    kids: tuple[_Element | _Mark | _Link, ...]
    attributes: dict[str, Any] = field(default_factory=dict)
    alt: Any = None


_Item = _Element | _Mark | _Link


def rewrite_tags(pdf: Any) -> None:
    """Put a small tree in the place of the one that WeasyPrint has just written."""
    root = find(pdf, pdf.catalog["StructTreeRoot"])
    mapping, top = find(pdf, root["ParentTree"]), find(pdf, root["K"][0])
    pages = {page: number for number, page in enumerate(pdf.page_references)}
    linked = [_read(pdf, kid, pages) for kid in top["K"]]
    ends: list[_Element] = []
    for number, references in _pages(mapping["Nums"], len(pages)):
        for reference in _unlinked(pdf, references, top):
            element = _read(pdf, reference, pages)
            if number == 0 and element.role == _READ_MARGIN:
                ends.append(element)
            else:
                _make_artifact(pdf, element, number)
    document = _Element("Document", (*linked, *ends))
    kept = find(pdf, pdf.catalog["Metadata"])
    del pdf.objects[mapping.number :]  # the tree is the last thing written but the metadata
    pdf.add_object(kept)
    pdf.catalog["Metadata"] = kept.reference
    _Writer(pdf).write(replace(document, kids=_meaningful(document)))


# -------------------------------------------------------------------------------------- read


def find(pdf: Any, reference: bytes) -> Any:
    """The object that a reference means."""
    return pdf.objects[int(reference.split()[0])]


def _read(pdf: Any, reference: bytes, pages: dict[bytes, int]) -> _Element:
    source = find(pdf, reference)
    page, kids = pages[source["Pg"]], list[_Item]()
    for kid in source["K"]:
        if isinstance(kid, int):
            kids.append(_Mark(page, kid))
        elif "S" in (child := find(pdf, kid)):
            kids.append(_read(pdf, kid, pages))
        else:
            kids.append(_Link(page, child["Obj"]))
    role = source["S"][1:]
    return _Element(role, tuple(kids), _attributes(pdf, role, source, page), source.get("Alt"))


def _attributes(pdf: Any, role: str, source: Any, page: int) -> dict[str, Any]:
    attributes = source.get("A", {})
    if role == "Figure":
        height = find(pdf, pdf.page_references[page])["MediaBox"][3]
        x1, y1, x2, y2 = (value * _POINTS_PER_PX for value in attributes["BBox"])
        return {"O": "/Layout", "BBox": pydyf.Array((x1, height - y2, x2, height - y1))}
    spans = {key: attributes[key] for key in ("ColSpan", "RowSpan") if key in attributes}
    return {"O": "/Table", **spans} if spans else {}


def _pages(numbers: list[Any], count: int) -> Iterator[tuple[int, list[bytes]]]:
    return ((n, numbers[2 * n + 1]) for n in range(count))


def _unlinked(pdf: Any, references: list[bytes], top: Any) -> list[bytes]:
    """Elements of a page's marks that no other element holds: those of its margins."""
    linked, found = set(top["K"]), dict[bytes, None]()
    for reference in references:
        while (parent := find(pdf, reference)["P"]) != top.reference:
            reference = parent
        if reference not in linked:
            found[reference] = None
    return list(found)


def _make_artifact(pdf: Any, element: _Element, page: int) -> None:
    """What is repeated on every page is not read on every page; its links cannot be pressed."""
    marks, links = set(_marks(element)), set(_links(element))
    source = find(pdf, pdf.page_references[page])
    stream = find(pdf, source["Contents"]).stream
    for place, operand in enumerate(stream):
        if isinstance(operand, dict) and operand.get("MCID") in marks:
            stream[place - 1] = "/Artifact"
            stream[place] = pydyf.Dictionary({"Type": "/Pagination"})
    if links:
        kept = [note for note in source["Annots"] if note not in links]
        source["Annots"] = pydyf.Array(kept)
        if not kept:
            del source["Annots"]
        for link in links:
            find(pdf, link).clear()


def _marks(element: _Element) -> Iterator[int]:
    for kid in element.kids:
        if isinstance(kid, _Mark):
            yield kid.number
        elif isinstance(kid, _Element):
            yield from _marks(kid)


def _links(element: _Element) -> Iterator[bytes]:
    for kid in element.kids:
        if isinstance(kid, _Link):
            yield kid.annotation
        elif isinstance(kid, _Element):
            yield from _links(kid)


# ----------------------------------------------------------------------------------- simplify


def _meaningful(element: _Element, scope: str = "") -> tuple[_Item, ...]:
    """The contents of an element without meaningless boxes and empty elements."""
    items: list[_Item] = []
    for kid in element.kids:
        if not isinstance(kid, _Element):
            items.append(kid)
            continue
        items += _dissolved(kid, scope, element.role)
    return _paragraphs(items) if element.role in _GROUPS else tuple(items)


def _dissolved(kid: _Element, scope: str, parent: str) -> tuple[_Item, ...]:
    """An element as itself, as what it holds, or as nothing."""
    if kid.role == parent and kid.role in _NEVER_NESTED:  # a box without an element of its own
        return _meaningful(kid, scope)
    if kid.role == "Caption" and parent != "Table":
        kid = replace(kid, role="P")
    if kid.role == "Table":
        if not _has(kid, "TH"):
            return _as_text(kid)
        scope = "/Row"
    elif kid.role == "THead":
        scope = "/Column"
    inner = _meaningful(kid, scope)
    if kid.role in _NO_MEANING and not kid.alt:
        # A box around paragraphs: the loose text beside them is one as well.
        return _paragraphs(inner) if any(_is_block(item) for item in inner) else inner
    if not inner and kid.role not in _MAY_BE_EMPTY:
        return ()
    attributes = kid.attributes
    if kid.role == "TH":
        attributes = {"O": "/Table", **attributes, "Scope": scope}
    return (replace(kid, kids=inner, attributes=attributes),)


def _has(element: _Element, role: str) -> bool:
    """Whether an element holds another, tables within tables apart."""
    inner = (kid for kid in element.kids if isinstance(kid, _Element) and kid.role != "Table")
    return any(kid.role == role or _has(kid, role) for kid in inner)


def _as_text(element: _Element) -> tuple[_Item, ...]:
    """A table that only places things, row by row."""
    if element.role in ("TR", "Caption"):
        inner = _meaningful(replace(element, role="Div"))
        cells = [
            kid.kids if isinstance(kid, _Element) and kid.role == "TD" else (kid,) for kid in inner
        ]
        return _paragraphs([item for cell in cells for item in cell])
    return tuple(
        item for kid in element.kids if isinstance(kid, _Element) for item in _as_text(kid)
    )


def _is_block(item: _Item) -> bool:
    return isinstance(item, _Element) and item.role not in ("Link", "Figure")


def _paragraphs(items: list[_Item] | tuple[_Item, ...]) -> tuple[_Item, ...]:
    """Loose text between blocks, in paragraphs."""
    found: list[_Item] = []
    loose: list[_Item] = []
    for item in items:
        if isinstance(item, _Element) and item.role != "Link":
            found += [_Element("P", tuple(loose)), item] if loose else [item]
            loose = []
        else:
            loose.append(item)
    return (*found, _Element("P", tuple(loose))) if loose else tuple(found)


# ------------------------------------------------------------------------------------- write


class _Writer:
    """Writes the tree and, beside it, which element each mark and each link belongs to."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._pages = pdf.page_references
        self._marks: list[dict[int, bytes]] = [{} for _ in self._pages]
        self._links: list[bytes] = []
        self._shared: dict[bytes, bytes] = {}

    def write(self, document: _Element) -> None:
        root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        self._pdf.add_object(root)
        self._pdf.catalog["StructTreeRoot"] = root.reference
        root["K"] = self._element(document, root.reference)
        numbers = pydyf.Array()
        for page, marks in enumerate(self._marks):
            last = max(marks, default=-1)
            owners = [marks.get(number, "null") for number in range(last + 1)]
            numbers.extend((page, pydyf.Array(owners)))
        for number, owner in enumerate(self._links, start=len(self._marks)):
            numbers.extend((number, owner))
        mapping = pydyf.Dictionary({"Nums": numbers})
        self._pdf.add_object(mapping)
        root["ParentTree"] = mapping.reference
        root["ParentTreeNextKey"] = len(self._marks) + len(self._links)

    def _element(self, element: _Element, parent: bytes) -> bytes:
        written = pydyf.Dictionary({"S": f"/{element.role}", "P": parent})
        self._pdf.add_object(written)
        reference: bytes = written.reference
        if element.attributes:
            written["A"] = self._attributes(element)
        if element.alt:
            written["Alt"] = element.alt
        kids = pydyf.Array()
        for kid in element.kids:
            if isinstance(kid, _Element):
                kids.append(self._element(kid, reference))
            else:
                written["Pg"] = self._pages[kid.page]
                kids.append(self._piece(kid, reference))
        if kids:
            written["K"] = kids if len(kids) > 1 else kids[0]
        return reference

    def _piece(self, kid: _Mark | _Link, owner: bytes) -> Any:
        if isinstance(kid, _Mark):
            self._marks[kid.page][kid.number] = owner
            return kid.number
        annotation = find(self._pdf, kid.annotation)
        annotation["StructParent"] = len(self._marks) + len(self._links)
        self._links.append(owner)
        return pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.annotation})

    def _attributes(self, element: _Element) -> Any:
        """Attributes of cells are shared: there are few kinds and many cells."""
        attributes = pydyf.Dictionary(element.attributes)
        if element.role == "Figure":
            return attributes
        key: bytes = attributes.data
        if key not in self._shared:
            self._pdf.add_object(attributes)
            self._shared[key] = attributes.reference
        return self._shared[key]
