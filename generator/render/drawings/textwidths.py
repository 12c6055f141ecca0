"""Measures how wide text is, and decides where a line of Chinese may break.

Estimates by character class, not by font: a drawing must come out the same on a machine
without fonts. They err on the wide side for Noto Sans CJK and the usual system fonts.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from unicodedata import east_asian_width

_WIDE = "WFA"  # ambiguous marks such as “ and … are full width in Chinese fonts
_CAPITAL_EM = 0.7
_OTHER_EM = 0.55

_CLOSING = frozenset("，。、；：！？）】》」』〉〕”’％%…—～·,.;:!?)]}")
_OPENING = frozenset("（【《「『〈〔“‘([{￥¥")
_PHRASES = re.compile(r"[^，；。]+[，；。”）]*|[，；。]+")
_TOKENS = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,:/%@_+#-]*|\s+|.", re.DOTALL)


@lru_cache(maxsize=4096)  # laying out tries the same lines again and again
def measure(text: str, size: float) -> float:
    """The width of one line of text, in the units of `size`."""
    return sum(map(_em, text)) * size


def wrap(text: str, width: float, size: float) -> tuple[str, ...]:
    """Lines of at most `width`.

    Numbers and Latin words stay whole where they fit; no line starts with closing
    punctuation or ends with opening punctuation. Empty text gives no line.
    """
    lines: list[str] = []
    line = ""
    for atom in _atoms(text):
        for piece in _pieces(atom, width, size):
            if line.strip() and measure((line + piece).rstrip(), size) > width:
                lines.append(line.strip())
                line = ""
            line += piece
    if line.strip():
        lines.append(line.strip())
    return tuple(lines)


def balanced(text: str, width: float, size: float) -> tuple[str, ...]:
    """As `wrap`, with lines of nearly equal length and no line more."""
    lines = wrap(text, width, size)
    while len(lines) > 1:
        width -= size / 2
        narrower = wrap(text, width, size)
        if len(narrower) > len(lines) or any(measure(line, size) > width for line in narrower):
            break
        lines = narrower
    return lines


def phrased(text: str, width: float, size: float) -> tuple[str, ...]:
    """Lines that end where a phrase ends, as far as phrases fit; longer ones as `balanced`."""
    lines: list[str] = []
    line = ""
    for phrase in _PHRASES.findall(text):
        if line and measure((line + phrase).rstrip(), size) > width:
            lines.append(line)
            line = ""
        line += phrase
    whole = (*lines, line)
    return tuple(part for each in whole for part in balanced(each, width, size))


def shorten(text: str, width: float, size: float) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    if measure(text, size) <= width:
        return text
    kept = text
    while kept and measure(kept + "…", size) > width:
        kept = kept[:-1]
    return kept + "…"


@cache
def _em(character: str) -> float:
    if east_asian_width(character) in _WIDE:
        return 1.0
    if character.isupper() or character in "%@&mw":
        return _CAPITAL_EM
    return _OTHER_EM


@lru_cache(maxsize=1024)  # balancing wraps the same text again and again
def _atoms(text: str) -> tuple[str, ...]:
    """The parts that must not be broken: words, and punctuation with what it belongs to."""
    atoms: list[str] = []
    opened = False
    for token in _TOKENS.findall(" ".join(text.split())):
        if atoms and (opened or token[0] in _CLOSING):
            atoms[-1] += token
        else:
            atoms.append(token)
        opened = token[-1] in _OPENING
    return tuple(atoms)


def _pieces(atom: str, width: float, size: float) -> list[str]:
    """The atom, or its characters when it is too long for any line."""
    return [atom] if measure(atom.strip(), size) <= width else list(atom)
