"""What the packaged fonts hold: which characters, and how wide they are."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTFont

FILES = ("MingbaiSans-Regular.ttf", "MingbaiSans-Bold.ttf", "MingbaiSerif-Bold.ttf")
_WIDEST = "MingbaiSans-Bold.ttf"
_BOX = "□"


@dataclass(frozen=True)
class Typeface:
    """Characters that every packaged font has, with their widths in ems of the widest face."""

    widths: dict[str, float]

    def measure(self, text: str) -> float:
        """The width of one line of text in ems; a missing character counts as a whole one."""
        return sum(self.widths.get(character, 1.0) for character in text)

    def missing(self, text: str) -> tuple[str, ...]:
        """Visible characters that no packaged font has, each once, in order."""
        unknown = set(text) - self.widths.keys()
        return tuple(sorted(c for c in unknown if not _is_invisible(c)))

    def drawable(self, text: str) -> str:
        """The text with boxes for missing characters and without invisible ones.

        Otherwise Pango would borrow glyphs from whatever fonts a machine has, and the same
        sheet would differ from one machine to the next.
        """
        unknown = set(text) - self.widths.keys()
        table = {ord(c): "" if _is_invisible(c) else _BOX for c in unknown if c != "\n"}
        return text.translate(table) if table else text


def read_typeface(folder: Path) -> Typeface:
    """Read the character tables of the packaged fonts."""
    fonts = {name: TTFont(folder / name, lazy=True) for name in FILES}
    common = set.intersection(*(set(font.getBestCmap()) for font in fonts.values()))
    widths = _widths(fonts[_WIDEST], common)
    for font in fonts.values():
        font.close()
    return Typeface(widths)


def _widths(font: TTFont, code_points: Iterable[int]) -> dict[str, float]:
    names, metrics, em = font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm
    return {chr(code): metrics[names[code]][0] / em for code in sorted(code_points)}


def _is_invisible(character: str) -> bool:
    """Controls, joiners and direction marks: nothing to draw, and able to disorder a line."""
    return unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") or character == "\ufe0f"
