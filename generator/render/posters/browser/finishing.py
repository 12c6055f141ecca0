"""Makes a sheet of a browser's print: heads and feet under the text of their pages, the sheet's own
metadata, nothing twice, and nothing of the hour or the machine. Same print, same bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf

from generator.model.papers import POINTS_PER_MM, Paper
from generator.render.posters.browser.document import Document
from generator.render.posters.browser.reading import Reading
from generator.render.posters.laid import UndrawnError

_NUMBER = re.compile(rb"/MCID (\d+)")
_OURS = re.compile(r"/(?:[A-Z]{6}\+)?Mingbai")
_GLYPHS = re.compile(rb"<([0-9A-Fa-f]+)> Tj")
_BOX = b"0000"  # the number of the glyph that stands for what a font has not
_LANGUAGE = "zh-CN"


def plain(print_: bytes, program: str) -> bytes:
    """A print as it is, with neither the hour nor marks for screen readers."""
    with pikepdf.open(BytesIO(print_)) as pdf:
        _need_fonts(pdf)
        for page in pdf.pages:  # the browser counts in whole dots
            sides = (round(float(side) / POINTS_PER_MM) for side in page.mediabox[2:])
            _measure(page, *sides)
        for name in ("/StructTreeRoot", "/MarkInfo", "/Outlines", "/Dests"):
            if name in pdf.Root:
                del pdf.Root[name]
        del pdf.docinfo
        pdf.docinfo["/Producer"] = program
        return _saved(pdf)


def finished(
    print_: bytes, document: Document, reading: Reading, paper: Paper, program: str
) -> bytes:
    """The sheet. Raises UndrawnError where the browser took a font that is not a packaged one."""
    with pikepdf.open(BytesIO(print_)) as pdf:
        _need_fonts(pdf)
        _lay_edges(pdf, reading.count)
        _bookmark(pdf, document, reading)
        for page in pdf.pages:
            _measure(page, paper.width, paper.height)
        if "/Dests" in pdf.Root:
            del pdf.Root.Dests
        _describe(pdf, document, program)
        _unite_same(pdf)
        return _saved(pdf)


def _saved(pdf: Pdf) -> bytes:
    pdf.remove_unreferenced_resources()
    buffer = BytesIO()
    pdf.save(
        buffer,
        static_id=True,
        min_version="1.7",
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return buffer.getvalue()


def _measure(page: pikepdf.Page, width: int, height: int) -> None:
    """Make a page as large as its paper, in mm."""
    page.mediabox = Array([0, 0, *(round(side * POINTS_PER_MM, 3) for side in (width, height))])


def _need_fonts(pdf: Pdf) -> None:
    """A character that no packaged font has would be drawn in one of the machine's, or as a box."""
    for number, page in enumerate(pdf.pages, start=1):
        for found in _GLYPHS.finditer(page.Contents.read_bytes()):
            glyphs = found[1]
            if any(glyphs[n : n + 4] == _BOX for n in range(0, len(glyphs), 4)):
                raise UndrawnError(f"第 {number} 页有画不出的字")
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == Name.Font:
            name = str(item.get("/BaseFont", ""))
            if not _OURS.match(name):
                raise UndrawnError(f"有画不出的字，浏览器换成了字体 {name[1:] or '（没有名字）'}")


# ------------------------------------------------------------------------- heads and feet


def _lay_edges(pdf: Pdf, count: int) -> None:
    """Put the pages behind the text under its pages, with their links and marks."""
    tree = pdf.Root.StructTreeRoot
    numbers = tree.ParentTree.Nums
    owners = {int(numbers[n]): numbers[n + 1] for n in range(0, len(numbers), 2)}
    moved: dict[tuple[int, int], tuple[Any, int]] = {}
    gone: set[int] = set()
    for page, edge in zip(list(pdf.pages)[:count], list(pdf.pages)[count:], strict=False):
        mine, theirs = owners[int(page.StructParents)], owners[int(edge.StructParents)]
        shift = len(mine)
        content = _renumbered(edge.Contents.read_bytes(), shift)
        whole = b"q\n%b\nQ\nq\n%b\nQ\n" % (page.Contents.read_bytes(), content)
        page.Contents = pdf.make_stream(whole)
        for kind, named in edge.Resources.items():
            if isinstance(named, Dictionary):  # names are those of objects: each is one thing
                if kind not in page.Resources:
                    page.Resources[kind] = Dictionary()
                for name, thing in named.items():
                    page.Resources[kind][name] = thing
        notes = list(edge.get("/Annots", ()))
        for note in notes:
            note.P = page.obj
        if notes:
            page.Annots = Array([*page.get("/Annots", ()), *notes])
        for owner in theirs:
            mine.append(owner)
        moved[edge.obj.objgen] = (page.obj, shift)
        gone.add(int(edge.StructParents))
    _renumber(tree, moved)
    left = [(n, owner) for n, owner in sorted(owners.items()) if n not in gone]
    tree.ParentTree.Nums = Array([part for pair in left for part in pair])
    del pdf.pages[count:]


def _renumbered(content: bytes, shift: int) -> bytes:
    """What a page draws, with other numbers of its marks."""
    return _NUMBER.sub(lambda found: b"/MCID %d" % (int(found[1]) + shift), content)


def _renumber(tree: Any, moved: dict[tuple[int, int], tuple[Any, int]]) -> None:
    """Marks whose page lies under another now belong to that one, with other numbers."""
    for element in _elements(tree):
        kids = element.get("/K")
        page = element.get("/Pg")
        to = moved.get(page.objgen) if page is not None else None
        many = kids if isinstance(kids, Array) else [kids] if kids is not None else []
        changed = []
        for kid in many:
            if isinstance(kid, Dictionary) and kid.get("/Pg") is not None:
                own = moved.get(kid.Pg.objgen)
                if own and kid.get("/Type") in (Name.MCR, Name.OBJR):
                    kid.Pg = own[0]
                    if "/MCID" in kid:
                        kid.MCID = int(kid.MCID) + own[1]
            changed.append(kid + to[1] if to and isinstance(kid, int) else kid)
        if to:
            element.Pg = to[0]
            element.K = Array(changed)


def _elements(tree: Any) -> Iterator[Any]:
    left = [tree]
    while left:
        element = left.pop()
        kids = element.get("/K")
        many = kids if isinstance(kids, Array) else [kids] if kids is not None else []
        left += [kid for kid in many if isinstance(kid, Dictionary) and "/S" in kid]
        if "/S" in element:
            yield element


# ------------------------------------------------------------------------- what it says


def _bookmark(pdf: Pdf, document: Document, reading: Reading) -> None:
    """The headings are bookmarks already; below the first, where parts of a long table begin."""
    named = [(table.label, reading.at(table.begin)) for table in document.tables if table.label]
    with pdf.open_outline() as outline:
        items = outline.root[0].children if outline.root else outline.root
        items += [OutlineItem(label, place[0], "Fit") for label, place in named if place]


def _describe(pdf: Pdf, document: Document, program: str) -> None:
    """The sheet's own words, the day of its data and the program that drew it."""
    title, author = document.title, document.said("author")
    about, day = document.said("description"), document.said("dcterms.created")
    skia = str(pdf.docinfo.get("/Producer", ""))
    del pdf.docinfo
    pdf.docinfo["/Title"], pdf.docinfo["/Author"] = title, author
    pdf.docinfo["/Producer"] = f"{program}（{skia}）" if skia else program
    if day:
        pdf.docinfo["/CreationDate"] = f"D:{day.replace('-', '')}"
    pdf.Root.Lang = pikepdf.String(_LANGUAGE)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
        said["dc:title"], said["dc:creator"], said["dc:description"] = title, [author], about
        said["dc:language"] = {_LANGUAGE}
        said["pdf:Producer"] = str(pdf.docinfo["/Producer"])
        if day:
            said["xmp:CreateDate"] = day


def _unite_same(pdf: Pdf) -> None:
    """Pictures that are the same byte for byte are one: the browser draws each hatching anew."""
    kept: dict[bytes, Any] = {}
    for page in pdf.pages:
        patterns: Any = page.Resources.get("/Pattern", {})
        for holder in (page.obj, *(pattern for _, pattern in patterns.items())):
            resources: Any = holder.get("/Resources", {})
            pictures: Any = resources.get("/XObject", {})
            for name, picture in list(pictures.items()):
                pictures[name] = kept.setdefault(_digest(picture), picture)


def _digest(picture: Any) -> bytes:
    """What a picture is made of, its mask included."""
    mask = picture.get("/SMask")
    told = [str(picture.get(name)) for name in ("/Subtype", "/Width", "/Height", "/BBox")]
    parts = (repr(told).encode(), picture.read_raw_bytes(), mask.read_raw_bytes() if mask else b"")
    return hashlib.sha256(b"\0".join(parts)).digest()
