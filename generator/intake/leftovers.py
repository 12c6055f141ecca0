"""What a Word or Excel file still holds and does not show: it is taken out, or refused where it
cannot be.

Programs leave behind what was deleted: texts that no cell uses, parts that nothing leads to,
values under merged cells, notes without a mark in the text. Whoever unpacks the file reads them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from generator.intake.cleaned import Refused
from generator.intake.decoding import cell_place
from generator.intake.officexml import local

_STRINGS, _STYLES, _BOOK = "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_NOTES = {"word/footnotes.xml": "footnoteReference", "word/endnotes.xml": "endnoteReference"}
_SHOW = "请把字改成看得见的颜色和格式，不该公开的删掉，再保存"
_NO_FORMAT = re.compile(r"[;\s]*;[;\s]*;[;\s]*")  # ;;; shows nothing
_WHITE = re.compile(r"(?:FF)?FFFFFF", re.IGNORECASE)
_NOWHERE = (0, 0)
_LARGE = 62.0  # mm, as in PDF files: more than a seal takes
_EMU = 36_000  # in a mm
_POINTS = re.compile(r"(?:^|;)\s*(?:width|height):\s*([0-9.]+)pt")
Trees = Mapping[str, etree._Element]


def reached(names: Iterable[str], trees: Trees) -> frozenset[str]:
    """The parts to which the file's own relations lead, with the parts that say so."""
    known = frozenset(names)
    found: set[str] = set()
    waiting = ["_rels/.rels"]
    while waiting:
        name = waiting.pop()
        if name in found or name not in known:
            continue
        found.add(name)
        if not name.endswith(".rels"):
            folder, file = posixpath.split(name)
            waiting.append(posixpath.join(folder, "_rels", f"{file}.rels"))
            continue
        folder = name.rpartition("_rels/")[0]
        for relation in trees[name]:
            if relation.get("TargetMode") != "External":
                target = posixpath.join("/", folder, relation.get("Target") or "")
                waiting.append(posixpath.normpath(target).lstrip("/"))
    return frozenset(found)


def unseen(trees: Trees) -> Refused | None:
    """Why a file shows less than it holds, where only its author can say what is meant."""
    styles = trees.get(_STYLES)
    blank = _blank_styles(styles) if styles is not None else {}
    for name, tree in trees.items():
        if not _SHEET.fullmatch(name):
            continue
        for cell in tree.iter("{*}c"):
            why = blank.get(cell.get("s") or "0")
            if why and any(len(part) or part.text for part in cell):
                return Refused("hidden", f"{why}（{cell.get('r')} 格）", _SHOW)
    hidden = {
        _said(style, "styleId")
        for style in _of(trees.get("word/styles.xml"), "style")
        if any(_said(v, "val") not in ("0", "false", "off") for v in style.iter("{*}vanish"))
    }
    for name, tree in trees.items():
        if hidden and name != "word/styles.xml" and name.startswith("word/"):
            for mark in (*_of(tree, "rStyle"), *_of(tree, "pStyle")):
                if _said(mark, "val") in hidden:
                    return Refused("hidden", "隐藏的文字", "请取消“隐藏文字”或删掉它，再保存")
    return None


def take_out(trees: Trees) -> None:
    """Take out what nothing shows: values under merged cells, texts and names that no cell
    uses, phonetic guides, notes that no text refers to."""
    worksheets = [tree for name, tree in trees.items() if _SHEET.fullmatch(name)]
    for worksheet in worksheets:
        _empty_under_merges(worksheet)
    for tree in trees.values():
        for guide in (*_of(tree, "rPh"), *_of(tree, "phoneticPr")):
            _remove(guide)
    if _STRINGS in trees:
        used = {
            next((part.text for part in cell if local(part) == "v"), None)
            for worksheet in worksheets
            for cell in worksheet.iter("{*}c")
            if cell.get("t") == "s"
        }
        for number, entry in enumerate(_of(trees[_STRINGS], "si")):
            if str(number) not in used:
                for part in list(entry):
                    entry.remove(part)
                etree.SubElement(entry, f"{{{etree.QName(entry).namespace}}}t")
    _drop_names(trees)
    for notes, reference in _NOTES.items():
        named = {_said(r, "id") for t in trees.values() for r in _of(t, reference)}
        for note in _of(trees.get(notes), reference.removesuffix("Reference")):
            if _said(note, "type") in (None, "normal") and _said(note, "id") not in named:
                for words in _of(note, "t"):
                    words.text = ""


def has_large_picture(tree: etree._Element) -> bool:
    """Whether a part shows a picture larger than a seal, or one of unknown size."""
    for picture in (*_of(tree, "blip"), *_of(tree, "imagedata")):
        sizes = list(_sizes(picture))
        if not sizes or max(sizes) > _LARGE:
            return True
    return False


def _sizes(picture: etree._Element) -> Iterator[float]:
    """Width and height of a picture in mm, from the nearest element that says them."""
    for element in picture.iterancestors():
        style = element.get("style")
        if style and _POINTS.search(style):
            yield from (float(size) * 25.4 / 72 for size in _POINTS.findall(style))
            return
        for extent in (*_of(element, "extent"), *_of(element, "ext")):
            if extent.get("cx") and extent.get("cy"):
                yield from (int(extent.get(key) or 0) / _EMU for key in ("cx", "cy"))
                return


def _blank_styles(styles: etree._Element) -> dict[str, str]:
    """The formats of cells, by number, that show nothing, and how they do that."""
    codes = {n.get("numFmtId"): n.get("formatCode") or "" for n in _of(styles, "numFmt")}
    fonts = [_is_white(font) for font in _children(styles, "fonts")]
    fills = [_is_open(fill) for fill in _children(styles, "fills")]
    blank: dict[str, str] = {}
    for number, entry in enumerate(_children(styles, "cellXfs")):
        if _NO_FORMAT.fullmatch(codes.get(entry.get("numFmtId"), "")):
            blank[str(number)] = "格式设成了不显示的字"
        elif _at(fonts, entry.get("fontId")) and _at(fills, entry.get("fillId")):
            blank[str(number)] = "白底上的白字"
    return blank


def _is_white(font: etree._Element) -> bool:
    return any(
        _WHITE.fullmatch(c.get("rgb") or "") or (c.get("theme") == "0" and not c.get("tint"))
        for c in _of(font, "color")
    )


def _is_open(fill: etree._Element) -> bool:
    """Whether a fill leaves the paper white."""
    patterns = list(_of(fill, "patternFill"))
    if any(p.get("patternType") not in (None, "none", "solid") for p in patterns):
        return False
    if any(p.get("patternType") == "solid" for p in patterns):
        return any(_WHITE.fullmatch(c.get("rgb") or "") for c in _of(fill, "fgColor"))
    return not list(_of(fill, "gradientFill"))


def _at(flags: list[bool], number: str | None) -> bool:
    n = int(number) if number and number.isdecimal() and len(number) < 6 else 0
    return n < len(flags) and flags[n]


def _empty_under_merges(worksheet: etree._Element) -> None:
    """Empty the cells that a merged area covers, but for its first."""
    areas = []
    for merge in worksheet.iter("{*}mergeCell"):
        ends = [cell_place(end) for end in (merge.get("ref") or "").replace("$", "").split(":")]
        if len(ends) == 2 and ends[0] and ends[1]:
            areas.append((ends[0], ends[1]))
    if not areas:
        return
    for row in worksheet.iter("{*}row"):
        cells = [(cell, cell_place(cell.get("r") or "") or _NOWHERE) for cell in row]
        numbers = {place[0] for _, place in cells}
        here = [(f, t) for f, t in areas if any(f[0] <= n <= t[0] for n in numbers)]
        for cell, place in cells if here else ():
            if any(first != place and _is_in(place, first, last) for first, last in here):
                for part in list(cell):
                    cell.remove(part)
                cell.attrib.pop("t", "")


def _is_in(place: tuple[int, int], first: tuple[int, int], last: tuple[int, int]) -> bool:
    return first[0] <= place[0] <= last[0] and first[1] <= place[1] <= last[1]


def _drop_names(trees: Trees) -> None:
    """Take out names of areas and constants that no formula uses; print areas stay."""
    names = _of(trees.get(_BOOK), "definedName")
    formulas = [
        "".join(map(str, element.itertext()))
        for name, tree in trees.items()
        if name.startswith("xl/") and not name.endswith(".rels")
        for element in tree.iter()
        if local(element) in ("f", "formula", "formula1", "formula2", "definedName")
    ]
    for name in names:
        word = name.get("name") or ""
        if not word.startswith("_xlnm.") and not any(word in f for f in formulas if word):
            _remove(name)


def _of(tree: etree._Element | None, name: str) -> list[etree._Element]:
    return [] if tree is None else list(tree.iter(f"{{*}}{name}"))


def _children(tree: etree._Element, name: str) -> list[etree._Element]:
    """The entries of the first list of a name."""
    return next((list(found) for found in tree.iter(f"{{*}}{name}")), [])


def _said(element: etree._Element, name: str) -> str | None:
    """An attribute of a text document, in either edition's namespace."""
    return next(
        (str(v) for k, v in element.attrib.items() if etree.QName(k).localname == name), None
    )


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
