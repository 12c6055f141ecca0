"""One XML part of a Word or Excel file: what must not be in it, what is taken out, its words.

Elements are told by their local names, since the two editions of the standard have different
namespaces for the same things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from lxml import etree

from generator.intake.cleaned import Refused

_EXPAND = "请取消隐藏；不该公开的整行整列删掉，再保存"
_ACCEPT = "请在“审阅”里接受全部修订、删除全部批注，再保存"
_VALUES = "请把这些格子“粘贴为数值”"
_ACTIVE_FIELD = re.compile(
    r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|MACROBUTTON|LINK|IMPORT|DATABASE)\b",
    re.IGNORECASE,
)
_ACTIVE_FORMULA = re.compile(
    r"\b(?:WEBSERVICE|FILTERXML|RTD|CALL|REGISTER(?:\.ID)?|EXEC|IMAGE)\s*\(|\|\s*'?[^|]*!",
    re.IGNORECASE,
)
# Elements and attributes in which programs note down people, computers and sessions of work.
_NOTES = frozenset(("fileSharing", "absPath", "rsids", "docVars", "docId", "revisionPtr"))
_NOTE_ATTRIBUTES = re.compile(r"(?:.*\})?(?:rsid\w*|userName|refreshedBy|lastModifiedBy)")
_FILE_PATH = re.compile(r"[A-Za-z]:[\\/]|\\\\|file:|/(?:Users|home)/")
_PARAGRAPHS = frozenset(("p", "si", "row", "sheet", "definedName", "f", "oddHeader", "oddFooter"))
# Attributes that hold words; a format may show them beside a number.
_SPOKEN = frozenset(
    (
        "formatCode",
        "name",
        "descr",
        "title",
        "alt",
        "tooltip",
        "display",
        "displayText",
        "displayName",
    )
) | {"prompt", "promptTitle", "error", "errorTitle"}
_FIELD_TEXTS = frozenset(("alias", "tag", "statusText", "helpText", "default", "placeholder"))
_DATE_FORMATS = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
_DATE_CODE = re.compile(r"[ymd年月]", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_THINNEST = 0.5  # in points of rows and letters of columns
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True)
class SharedTexts:
    """A workbook's table of strings, and the styles by number that show a date."""

    strings: tuple[str, ...] = ()
    date_styles: frozenset[str] = frozenset()


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def forbidden(tree: etree._Element) -> Refused | None:
    """Why a part cannot be published: what runs, and what one does not see on paper."""
    if local(tree) == "worksheet" and _has_hidden_cells(tree):
        return Refused("hidden", "隐藏的行或列", _EXPAND)
    instruction = ""
    for element in tree.iter():
        name = local(element)
        if name == "delText":
            return Refused("hidden", "修订里删掉的文字", _ACCEPT)
        if name == "comment":
            return Refused("hidden", "批注", _ACCEPT)
        if name == "sheet" and element.get("state", "visible") != "visible":
            return Refused("hidden", f"隐藏的工作表“{element.get('name')}”", _EXPAND)
        if any(etree.QName(key).localname == "author" for key in element.attrib):
            return Refused("hidden", "修订的痕迹，里面有修改人的名字", _ACCEPT)
        if name == "vanish" and _hides_text(element):
            return Refused("hidden", "隐藏的文字", "请取消“隐藏文字”或删掉它，再保存")
        if name == "f" and _ACTIVE_FORMULA.search(element.text or ""):
            return Refused("active", "会联网或运行程序的公式", _VALUES)
        instruction += _instruction(element)
        if name == "p":
            instruction = ""
        if _ACTIVE_FIELD.search(instruction):
            return Refused("active", "会取别处内容的域", "请按 Ctrl+Shift+F9 把域变成文字再保存")
    return None


def _instruction(element: etree._Element) -> str:
    """What a field of a text document does; its words may stand in several pieces."""
    if local(element) == "instrText":
        return (element.text or "").replace("HYPERLINK", "")
    values = (v for k, v in element.attrib.items() if etree.QName(k).localname == "instr")
    return " ".join(str(v) for v in values)


def _hides_text(vanish: etree._Element) -> bool:
    """Whether a mark of hidden text is on, and on words."""
    is_off = any(value in ("0", "false", "off") for value in vanish.attrib.values())
    marks = vanish.getparent()
    run = marks.getparent() if marks is not None else None
    if is_off or run is None or local(run) != "r":
        return False
    return any(local(part) == "t" and part.text for part in run)


def _has_hidden_cells(worksheet: etree._Element) -> bool:
    """Whether a row or a column with something in it is hidden."""
    spans = [
        (_number(column.get("min", "")), _number(column.get("max", "")))
        for column in worksheet.iter("{*}col")
        if column.get("hidden") in ("1", "true") or _is_thin(column.get("width"))
    ]
    for row in worksheet.iter("{*}row"):
        cells = [cell for cell in row if any(len(part) or part.text for part in cell)]
        is_hidden = row.get("hidden") in ("1", "true") or _is_thin(row.get("ht"))
        if cells and is_hidden:
            return True
        for cell in cells if spans else ():
            column = _column(cell.get("r", ""))
            if any(first <= column <= last for first, last in spans):
                return True
    return False


def _is_thin(size: str | None) -> bool:
    """Whether a row or a column is too thin to be seen: half a point, half a letter."""
    try:
        return size is not None and float(size) < _THINNEST
    except ValueError:
        return False


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _column(reference: str) -> int:
    """The number of a cell's column: A is 1, AA 27."""
    number = 0
    for letter in reference[:4]:
        if not (letter.isascii() and letter.isalpha()):
            break
        number = number * 26 + ord(letter.upper()) - ord("A") + 1
    return number


def scrub(tree: etree._Element) -> None:
    """Take out what programs note down."""
    for element in list(tree.iter()):
        parent = element.getparent()
        if local(element) in _NOTES and parent is not None:
            parent.remove(element)
            continue
        for key, value in list(element.attrib.items()):
            is_path = etree.QName(key).localname in ("descr", "title") and _FILE_PATH.search(
                str(value)
            )
            if _NOTE_ATTRIBUTES.fullmatch(str(key)) or is_path:
                del element.attrib[key]


# ------------------------------------------------------------------------------------- words


def shared_texts(strings: etree._Element | None, styles: etree._Element | None) -> SharedTexts:
    """What the worksheets of a workbook refer to."""
    texts = () if strings is None else tuple("".join(_words(entry)) for entry in strings)
    return SharedTexts(texts, frozenset() if styles is None else _date_styles(styles))


def _date_styles(styles: etree._Element) -> frozenset[str]:
    codes = {
        entry.get("numFmtId"): _QUOTED.sub("", entry.get("formatCode") or "")
        for entry in styles.iter("{*}numFmt")
    }
    own = {number for number, code in codes.items() if _DATE_CODE.search(code)}
    known = own | {str(number) for number in _DATE_FORMATS}
    formats = next(styles.iter("{*}cellXfs"), None)
    entries = () if formats is None else formats
    return frozenset(str(n) for n, entry in enumerate(entries) if entry.get("numFmtId") in known)


def part_text(tree: etree._Element, shared: SharedTexts | None = None) -> str:
    """All words of a part, a line for each paragraph or row, the cells of a row with tabs."""
    return "".join(_words(tree, shared or SharedTexts()))


def _words(tree: etree._Element, shared: SharedTexts | None = None) -> Iterator[str]:
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        name = local(element)
        if event == "end":
            if name in _PARAGRAPHS:
                yield "\n"
            elif name in ("c", "tc"):
                yield "\t"
            continue
        if name in ("tab", "br", "cr"):
            yield "\t"
        if name == "v" and shared is not None:
            yield _cell_text(element, shared)
        elif element.text and (name == "t" or element.text.strip()):
            yield element.text
        spoken = [str(v) for k, v in element.attrib.items() if etree.QName(k).localname in _SPOKEN]
        if name in _FIELD_TEXTS:
            spoken += [str(value) for value in element.attrib.values()]
        if spoken and name != "font":
            yield f"\n{' '.join(spoken)}\n"


def _cell_text(value: etree._Element, shared: SharedTexts) -> str:
    """A cell's value as it is shown; numbers with all their digits."""
    text = value.text or ""
    cell = value.getparent()
    if cell is None:
        return text
    try:
        if cell.get("t") == "s":
            return shared.strings[int(text)]
        number = Decimal(text)
        if cell.get("s") in shared.date_styles and 0 < number < 100_000:
            return (_EPOCH + timedelta(days=int(number))).isoformat()
        return f"{number:f}" if "E" in text.upper() and abs(number.adjusted()) < 40 else text
    except (ValueError, IndexError, InvalidOperation):
        return text
