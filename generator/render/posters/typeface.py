"""Which characters the packaged fonts have, and how wide they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from generator.render.posters.rare import RareFonts, in_place_of, rare_fonts, runs_of

Measure = Callable[[str], float]
"""The width of one line of text in ems."""
FILES = (
    *("MingbaiSans-Regular.ttf", "MingbaiSans-Bold.ttf"),
    *("MingbaiSerif-Regular.ttf", "MingbaiSerif-Bold.ttf"),
)
_WIDEST = "MingbaiSans-Bold.ttf"
# The space between a number, bold or not, and a Chinese character; what is no running text.
_BEFORE_UNIT = re.compile(
    r"<svg\b.*?</svg>|<head>.*?</head>|<[^>]*>"
    r"|(?:(?<=[0-9])|(?<=[0-9]</b>)) (?=[\u4e00-\u9fff])",
    re.DOTALL,
)
_NEAR_UNIT = re.compile(r"(?:[0-9]|[0-9]</b>) [\u4e00-\u9fff]")


@dataclass(frozen=True)
class Typeface:
    """Characters that every packaged font has, with their widths in ems of the widest face, and
    fonts of the machine for a few more."""

    widths: dict[str, float]
    rare: RareFonts

    def measure(self, text: str) -> float:
        """The width of one line of text in ems."""
        known = self.widths
        return sum(known[c] if c in known else self._rare_width(c) for c in text)

    def _rare_width(self, character: str) -> float:
        if _is_invisible(character):
            return 0.0
        return 1.0 if self.rare.has(character) else self.measure(in_place_of(character))

    def missing(self, text: str) -> tuple[tuple[str, str], ...]:
        """What no font has, each once, in order, with what is written instead: characters, and
        words of scripts that are not drawn."""
        text, unknown = self._composed(text)
        if not unknown:
            return ()
        runs = [run for run in runs_of(text) if not unknown.isdisjoint(run[0])]
        unknown.difference_update(*(run for run, _ in runs))
        left = (c for c in unknown if not _is_invisible(c) and not self.rare.has(c))
        return (*dict.fromkeys(runs), *((c, in_place_of(c)) for c in sorted(left)))

    def drawable(self, text: str) -> str:
        """The text with marks for what is missing, and without invisible characters; a number
        stays on one line with its unit.

        Otherwise Pango would borrow glyphs from whatever fonts a machine has, and the same
        sheet would differ from one machine to the next.
        """
        if _NEAR_UNIT.search(text):
            text = _BEFORE_UNIT.sub(lambda m: "\u00a0" if m[0] == " " else m[0], text)
        text, unknown = self._composed(text)
        if not unknown:
            return text
        for run, mark in sorted(self.missing(text), key=lambda pair: -len(pair[0])):
            text = text.replace(run, mark)
        return text.translate({ord(c): "" for c in unknown if _is_invisible(c)})

    def rare_css(self, text: str) -> str:
        """A style sheet with glyphs that are borrowed for the text; mostly none."""
        return self.rare.css(set(text) - self.widths.keys() - {"\n"})

    def _composed(self, text: str) -> tuple[str, set[str]]:
        """The text and what of it is unknown; letters with marks are one character where the
        fonts have only that."""
        unknown = set(text) - self.widths.keys() - {"\n"}
        if unknown:
            text = unicodedata.normalize("NFC", text)
            unknown = set(text) - self.widths.keys() - {"\n"}
        return text, unknown


def read_typeface(folder: Path, rare: RareFonts | None = None) -> Typeface:
    """Read the character tables of the packaged fonts; look for others on this machine."""
    return Typeface(_packaged(folder), rare_fonts() if rare is None else rare)


@cache
def _packaged(folder: Path) -> dict[str, float]:
    """The characters that all packaged fonts have, with their widths."""
    fonts = {name: TTFont(folder / name, lazy=True) for name in FILES}
    common = set.intersection(*(set(font.getBestCmap()) for font in fonts.values()))
    widths = _widths(fonts[_WIDEST], common)
    for font in fonts.values():
        font.close()
    return widths


def _widths(font: TTFont, code_points: Iterable[int]) -> dict[str, float]:
    names, metrics, em = font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm
    return {chr(code): metrics[names[code]][0] / em for code in sorted(code_points)}


def _is_invisible(character: str) -> bool:
    """Controls, joiners and direction marks: nothing to draw, and able to disorder a line."""
    return unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") or character == "\ufe0f"
