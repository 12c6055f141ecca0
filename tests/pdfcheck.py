"""What a PDF for archives and screen readers must have, looked for in a finished file.

This checks structure (the parts of ISO 19005-2 and ISO 14289-1 that a program can see without a
validator's full knowledge of fonts and colours); it is not a proof of conformance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
from pikepdf import Name

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
# Which elements may stand in which; None is content of the page or a link.
BLOCKS = {"H1", "H2", "H3", "H4", "H5", "H6", "P", "L", "Table", "Figure", "BlockQuote", "Sect"}
BLOCKS |= {"Art", "Part"}
WORDS = {None, "Link", "Figure", "Lbl"}
CHILDREN: dict[str, set[str | None]] = {
    **{name: set(BLOCKS) for name in ("Document", "Sect", "Art", "Part", "BlockQuote")},
    **{f"H{n}": WORDS for n in range(1, 7)},
    "P": WORDS,
    "Link": WORDS,
    "Caption": WORDS | {"P"},
    "Figure": {None},
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Lbl": WORDS,
    "LBody": WORDS | BLOCKS,
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    **{name: {"TR"} for name in ("THead", "TBody", "TFoot")},
    "TR": {"TH", "TD"},
    "TH": WORDS | BLOCKS,
    "TD": WORDS | BLOCKS,
}
PAINTS = frozenset(
    [*"f F f* B B* b b* S s sh Tj TJ Do EI".split(), "'", '"', "INLINE IMAGE"]  # noqa: SIM905
)


def findings(path: Path) -> list[str]:
    """What is wrong with a file; nothing when all is well."""
    with pikepdf.open(path) as pdf:
        return [
            *pdf.check_pdf_syntax(),
            *_archive(pdf),
            *_metadata(pdf),
            *(f for font in _fonts(pdf) for f in _font(font)),
            *_forbidden(pdf),
            *(_Tags(pdf).findings() if "/StructTreeRoot" in pdf.Root else ["no tags"]),
        ]


def _archive(pdf: pikepdf.Pdf) -> Iterator[str]:
    if pdf.pdf_version != "1.7":
        yield f"version {pdf.pdf_version}"
    if pdf.is_encrypted:
        yield "encrypted"
    if "/ID" not in pdf.trailer:
        yield "no file identifier"
    intents = [i for i in pdf.Root.get("/OutputIntents", ()) if i.S == Name.GTS_PDFA1]
    if len(intents) != 1:
        yield "no output intent for archives"
    for intent in intents:
        profile = bytes(intent.DestOutputProfile.read_bytes())
        if profile[36:40] != b"acsp" or profile[16:20] != b"RGB " or profile[12:16] != b"mntr":
            yield "the output intent has no RGB profile of a display"
        if intent.DestOutputProfile.N != 3 or int.from_bytes(profile[:4], "big") != len(profile):
            yield "the profile does not fit its stream"
    root = pdf.Root
    if str(root.get("/Lang", "")) != "zh-CN":
        yield "no document language"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "the window would show the file's name"
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "not marked as tagged"
    if "/Outlines" not in root or "/First" not in root.Outlines:
        yield "no bookmarks"


def _metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    if "/Metadata" not in pdf.Root:
        yield "no metadata"
        return
    stream = pdf.Root.Metadata
    if "/Filter" in stream:
        yield "metadata cannot be read as text"
    rdf = ElementTree.fromstring(stream.read_bytes()).find(f"{RDF}RDF")
    assert rdf is not None
    about = {k: v for part in rdf for k, v in part.attrib.items()}
    if (about.get(f"{PDFAID}part"), about.get(f"{PDFAID}conformance")) != ("2", "A"):
        yield "does not say which standard it follows"
    said = {e.tag: "".join(e.itertext()).strip() for part in rdf for e in part}
    for key, name in ((f"{DC}title", "/Title"), (f"{DC}creator", "/Author")):
        if not said.get(key) or said.get(key) != str(pdf.docinfo.get(name, "")):
            yield f"{name}: {said.get(key)!r} and {pdf.docinfo.get(name)!r}"
    if said.get(f"{DC}language") != "zh-CN":
        yield "metadata without language"
    made = re.sub(r"\D", "", said.get(f"{XMP}CreateDate", ""))
    if made != re.sub(r"\D", "", str(pdf.docinfo.get("/CreationDate", ""))):
        yield "two dates of creation"
    if len(made) > 8 or "/ModDate" in pdf.docinfo or f"{XMP}ModifyDate" in said:
        yield "a time that is not in the data"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == Name.Font:
            yield item


def _font(font: Any) -> Iterator[str]:
    name = str(font.BaseFont)
    if not re.match(r"/[A-Z]{6}\+Mingbai-", name):
        yield f"{name} is not a part of a packaged font"
    if font.Subtype == Name.Type0:
        if "/ToUnicode" not in font:
            yield f"{name} does not tell its characters"
        if b"\x00\x00> <" in bytes(font.ToUnicode.read_bytes()):
            yield f"{name} shows a missing glyph"
    elif "/FontFile2" not in font.FontDescriptor or font.CIDToGIDMap != Name.Identity:
        yield f"{name} is not embedded"


def _forbidden(pdf: pikepdf.Pdf) -> Iterator[str]:
    for key in ("/OpenAction", "/AA", "/AcroForm", "/Collection", "/Perms"):
        if key in pdf.Root:
            yield f"{key} in the catalogue"
    if "/JavaScript" in pdf.Root.get("/Names", {}) or "/EmbeddedFiles" in pdf.Root.get(
        "/Names", {}
    ):
        yield "scripts or files"
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            continue
        if item.get("/S") in (Name.JavaScript, Name.Launch, Name.GoToR):
            yield f"action {item.S}"
        if item.get("/Type") == Name.Annot and not int(item.get("/F", 0)) & 4:
            yield "a link that is not printed"
        if item.get("/Subtype") == Name.Image and item.get("/Interpolate", False):
            yield "a picture that is smoothed"
        if str(item.get("/BM", "/Normal")) != "/Normal" or "/SMask" in item:
            yield "transparency"
        if "LZWDecode" in str(item.get("/Filter", "")):
            yield "LZW"


class _Tags:
    """The tree of tags beside the marks on the pages."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._root = pdf.Root.StructTreeRoot
        self._nums = list(self._root.ParentTree.Nums)
        self._owners = {int(k): v for k, v in zip(self._nums[::2], self._nums[1::2], strict=True)}
        self._used: set[tuple[int, int]] = set()
        self._links: set[int] = set()
        self._pages = {p.obj.objgen: n for n, p in enumerate(pdf.pages)}

    def findings(self) -> list[str]:
        found = list(self._element(self._root.K, None))
        levels = [int(role[2]) for role in self._roles(self._root.K) if re.match(r"/H\d", role)]
        if levels[:1] != [1] or any(b > a + 1 for a, b in pairwise(levels)):
            found.append(f"headings {levels}")
        for number, page in enumerate(self._pdf.pages):
            found += self._page(number, page)
        return found

    def _roles(self, element: Any) -> Iterator[str]:
        yield str(element.S)
        for kid in _kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from self._roles(kid)

    def _element(self, element: Any, parent: Any) -> Iterator[str]:
        role = str(element.S)[1:]
        allowed = CHILDREN.get(role)
        if allowed is None:
            yield f"role {role}"
            return
        if parent is not None and element.P.objgen != parent.objgen:
            yield f"{role} does not know its parent"
        if role == "Figure" and not str(element.get("/Alt", "")).strip():
            yield "a figure without words"
        scope = str(element.get("/A", {}).get("/Scope", ""))
        if role == "TH" and scope not in ("/Column", "/Row"):
            yield "a heading cell that does not say what it heads"
        kids = _kids(element)
        if not kids and role not in ("TH", "TD"):
            yield f"empty {role}"
        for kid in kids:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                if str(kid.S)[1:] not in allowed:
                    yield f"{kid.S} in {role}"
                yield from self._element(kid, element)
            else:
                yield from self._content(kid, element, role, None in allowed)

    def _content(self, kid: Any, element: Any, role: str, may_hold: bool) -> Iterator[str]:
        if isinstance(kid, pikepdf.Dictionary):  # a link's annotation
            number = int(kid.Obj.StructParent)
            self._links.add(number)
            if role != "Link" or self._owners[number].objgen != element.objgen:
                yield "an annotation out of place"
            return
        page = self._pages[element.Pg.objgen]
        self._used.add((page, int(kid)))
        if not may_hold:
            yield f"bare content in {role}"
        if self._owners[page][int(kid)].objgen != element.objgen:
            yield f"mark {kid} of page {page + 1} belongs to another element"

    def _page(self, number: int, page: pikepdf.Page) -> Iterator[str]:
        if page.get("/Tabs") != Name.S or page.get("/StructParents") != number:
            yield f"page {number + 1} does not follow the tags"
        for note in page.get("/Annots", ()):
            if int(note.get("/StructParent", -1)) not in self._links:
                yield "a link outside of the tree"
            if not str(note.get("/Contents", "")):
                yield "a link without words"
        marks: list[int | None] = []  # None is an artifact or no mark
        for operands, operator in pikepdf.parse_content_stream(page):
            word = str(operator)
            if word in ("BMC", "BDC"):
                marks.append(self._mark(operands))
            elif word == "EMC":
                marks.pop()
            elif word in PAINTS and not marks:
                yield f"{word} on page {number + 1} is neither read nor an artifact"
            if word == "BDC" and marks[-1] is not None and (number, marks[-1]) not in self._used:
                yield f"mark {marks[-1]} of page {number + 1} is in no element"

    @staticmethod
    def _mark(operands: Any) -> int | None:
        if str(operands[0]) == "/Artifact":
            return None
        return int(operands[1].MCID)


def _kids(element: Any) -> list[Any]:
    if "/K" not in element:
        return []
    kids = element.K
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]
