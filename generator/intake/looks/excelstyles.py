"""The style sheet of an .xlsx workbook and its table of strings, as far as they change what is seen.

Read leniently: what an exporter wrote wrongly about borders or alignments is of no account here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from xml.etree import ElementTree as ET

from generator.intake.looks.formats import GENERAL, builtin_code
from generator.intake.looks.styles import PLAIN, Runs, Style, Styled, struck_runs, unseen_colour
from generator.intake.looks.xmlparts import local

_T = TypeVar("_T")
_NONE = ET.Element("none")
_OFF = ("0", "false", "off")
_OF_THE_SYSTEM = ("14", "22")  # the short date, which no workbook decides
_WHITES = ("theme 0", "indexed 1", "indexed 9")


@dataclass(frozen=True)
class Styles:
    """The styles of cells by the number that they give, plain ones left out, and the strings by theirs that
    are struck in part or whole."""

    cells: Mapping[str, Styled] = field(default_factory=dict)
    strings: Mapping[str, Runs] = field(default_factory=dict)


def read_styles(parts: Mapping[str, bytes]) -> Styles:
    """The styles of a workbook by its parts."""
    styles: dict[str, Styled] = {}
    strings: dict[str, Runs] = {}
    for name, part in parts.items():
        if name.endswith("/styles.xml"):
            found = enumerate(_cell_styles(ET.fromstring(part)))
            styles = {str(number): Styled(style) for number, style in found if style != PLAIN}
        elif name.endswith("/sharedStrings.xml") and b"strike" in part:
            items = (child for child in ET.fromstring(part) if local(child.tag) == "si")
            struck = ((str(number), runs_of(item)) for number, item in enumerate(items))
            strings = {number: runs for number, runs in struck if runs}
    return Styles(styles, strings)


def runs_of(text: ET.Element) -> Runs:
    """The runs of a string, if one of them is struck; how it is read aloud is none."""
    runs = (run for run in text if local(run.tag) == "r")
    return struck_runs(
        (_text(run), _is_on(run, "rPr", "strike") if _has(run, "rPr") else None) for run in runs
    )


def _has(element: ET.Element, name: str) -> bool:
    return any(local(child.tag) == name for child in element)


def _text(run: ET.Element) -> str:
    return "".join(child.text or "" for child in run if local(child.tag) == "t")


def _is_on(element: ET.Element, *path: str) -> bool:
    """Whether a mark is set within an element: <strike/>, but not <strike val="0"/>."""
    for name in path:
        element = next((child for child in element if local(child.tag) == name), _NONE)
    return element is not _NONE and element.get("val", "1") not in _OFF


def _cell_styles(tree: ET.Element) -> Iterator[Style]:
    lists = {local(child.tag): list(child) for child in tree}
    codes = {
        entry.get("numFmtId", ""): entry.get("formatCode", "") for entry in lists.get("numFmts", ())
    }
    fonts = [
        (_is_on(font, "strike"), _colour(_children(font, "color")))
        for font in lists.get("fonts", ())
    ]
    fills = [_fill(fill) for fill in lists.get("fills", ())]
    for style in lists.get("cellXfs", ()):
        number = style.get("numFmtId", "0")
        is_own = number in codes and number not in _OF_THE_SYSTEM
        code = (
            codes[number] if is_own else builtin_code(int(number)) if number.isdigit() else GENERAL
        )
        is_struck, font = _nth(fonts, style.get("fontId", "0"), (False, ""))
        fill = _nth(fills, style.get("fillId", "0"), None)
        yield Style(code, is_struck, unseen_colour(font, fill))


def _nth(entries: Sequence[_T], number: str, none: _T) -> _T:
    return entries[int(number)] if number.isdigit() and int(number) < len(entries) else none


def _children(element: ET.Element, name: str) -> Iterable[ET.Element]:
    return (child for child in element if local(child.tag) == name)


def _colour(colours: Iterable[ET.Element]) -> str:
    """A name of a colour by which two can be compared; white by any of its names."""
    colour = next(iter(colours), _NONE)
    rgb = colour.get("rgb", "")[-6:].upper()
    if rgb:
        return "white" if rgb == "FFFFFF" else rgb
    named = next(
        (f"{key} {colour.get(key)}" for key in ("theme", "indexed") if colour.get(key)), ""
    )
    tint = colour.get("tint", "")
    return "white" if named in _WHITES and not tint else f"{named} {tint}".strip()


def _fill(fill: ET.Element) -> str | None:
    """The colour of a fill, None for no fill; a pattern or a gradient has none that text could have."""
    pattern = next(iter(_children(fill, "patternFill")), None)
    if pattern is None:
        return "gradient" if len(fill) else None
    kind = pattern.get("patternType", "none")
    if kind == "none":
        return None
    return _colour(_children(pattern, "fgColor")) or "solid" if kind == "solid" else "pattern"
