"""Characters that the packaged fonts lack: borrowed from the machine's fonts, or named.

Names of people hold characters that no usual font has. Some machines have fonts for them
(Debian's fonts-hanazono, the extended SimSun of Windows). The few glyphs that a sheet needs are
made into a small font that is embedded in it, so that it looks the same wherever it is printed.
What no font has is written as its code. Scripts whose letters join or stack are never drawn
letter by letter, which would be wrong: a mark stands for them.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from generator.machine import FOLDERS, font_files

# Scripts whose letters join, stack or change places; emoji are sequences.
_SCRIPTS = (
    ("阿拉伯字母的文字", "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe"),
    ("藏文", "\u0f00-\u0fff"),
    ("蒙古文", "\u1800-\u18af\U00011660-\U0001167f"),
    ("印度字母的文字", "\u0900-\u0ddf\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"),
    ("表情符号", "\U0001f000-\U0001faff"),
)
_RUNS = tuple(
    (name, re.compile(f"[{span}][{span}\u200d\ufe0f ]*(?<! )")) for name, span in _SCRIPTS
)
_EM, _ASCENT, _DESCENT = 1000, 880, -120
_CURVE = 1.0  # of the em's thousandth: how far a new curve may stray from the old
_FAMILY = "Mingbai Rare"
_NAMED_IN_CSS = re.compile(r'"Mingbai (?:Sans|Serif)"')
_NAMED_IN_SVG = 'font-family="Mingbai Sans"'
_DAY = 3_800_000_000  # seconds since 1904: any day, but always the same


@dataclass(frozen=True)
class RareFonts:
    """Fonts of this machine that have rare characters; opened when one is wanted."""

    files: tuple[tuple[Path, int], ...]

    @cached_property
    def _found(self) -> tuple[tuple[Path, int, frozenset[int]], ...]:
        found = []
        for path, number in self.files:
            try:
                with path.open("rb") as file:
                    font = TTFont(file, fontNumber=number, lazy=True)
                    found.append((path, number, frozenset(font.getBestCmap())))
            except Exception:  # fonts of a machine may be broken in any way
                continue
        return tuple(found)

    def has(self, character: str) -> bool:
        """Whether any of the fonts can draw the character as it stands."""
        return _stands_alone(character) and any(ord(character) in x[2] for x in self._found)

    def css(self, characters: Iterable[str]) -> str:
        """A style sheet that holds a font with the characters; nothing where there are none."""
        wanted = sorted(c for c in set(characters) if self.has(c))
        if not wanted:
            return ""
        font = base64.b64encode(self._font(wanted)).decode()
        return "".join(
            f'@font-face {{ font-family: "{_FAMILY}"; font-weight: {weight}; '
            f"src: url(data:font/ttf;base64,{font}) }}\n"
            for weight in (400, 700)
        )

    def _font(self, characters: list[str]) -> bytes:
        """A font with these characters and no others. Same fonts, same bytes."""
        glyphs = {".notdef": TTGlyphPen(None).glyph()}
        widths = {".notdef": _EM}
        for path, number, has in self._found:
            mine = tuple(c for c in characters if ord(c) in has and _name(c) not in glyphs)
            for character, (glyph, width) in zip(mine, _drawn(path, number, mine), strict=True):
                glyphs[_name(character)], widths[_name(character)] = glyph, width
        built = FontBuilder(_EM, isTTF=True)
        built.setupGlyphOrder(list(glyphs))
        built.setupCharacterMap({ord(c): _name(c) for c in characters})
        built.setupGlyf(glyphs)
        lefts = {name: getattr(glyph, "xMin", 0) for name, glyph in glyphs.items()}
        built.setupHorizontalMetrics({name: (widths[name], lefts[name]) for name in glyphs})
        built.setupHorizontalHeader(ascent=_ASCENT, descent=_DESCENT)
        built.setupNameTable({"familyName": _FAMILY, "styleName": "Regular"})
        built.setupOS2(sTypoAscender=_ASCENT, sTypoDescender=_DESCENT, usWinAscent=_ASCENT)
        built.setupPost()
        built.font["head"].created = built.font["head"].modified = _DAY
        built.font.recalcTimestamp = False
        buffer = BytesIO()
        built.save(buffer)
        return buffer.getvalue()


def rare_fonts(folders: Iterable[str] = FOLDERS) -> RareFonts:
    """The fonts that this machine has."""
    return RareFonts(font_files(folders))


def lend(css: str) -> str:
    """A style sheet whose families are followed by that of the borrowed characters."""
    return _NAMED_IN_CSS.sub(rf'\g<0>, "{_FAMILY}"', css)


def lend_drawings(html: str) -> str:
    """A document whose drawings name that family too."""
    return html.replace(_NAMED_IN_SVG, f'{_NAMED_IN_SVG[:-1]}, {_FAMILY}"')


def in_place_of(character: str) -> str:
    """The words written for a character that no font has."""
    return f"〔U+{ord(character):04X}〕"


def runs_of(text: str) -> tuple[tuple[str, str], ...]:
    """Words in scripts that are not drawn, each with the mark that stands for it."""
    return tuple((run, f"〔{name}〕") for name, wanted in _RUNS for run in wanted.findall(text))


def _stands_alone(character: str) -> bool:
    is_mark = unicodedata.category(character).startswith("M")
    return not is_mark and not any(wanted.match(character) for _, wanted in _RUNS)


def _name(character: str) -> str:
    return f"u{ord(character):05X}"


@lru_cache(maxsize=256)  # the same names stand on many sheets, and large fonts open slowly
def _drawn(path: Path, number: int, characters: tuple[str, ...]) -> tuple[tuple[Any, int], ...]:
    if not characters:
        return ()
    with TTFont(path, fontNumber=number, lazy=True) as font:
        return tuple(_glyph(font, character) for character in characters)


def _glyph(font: TTFont, character: str) -> tuple[Any, int]:
    """A character's outline in our em, in curves of the second degree."""
    scale = _EM / font["head"].unitsPerEm
    glyphs = font.getGlyphSet()
    outline, whole = glyphs[font.getBestCmap()[ord(character)]], DecomposingRecordingPen(glyphs)
    outline.draw(whole)
    pen = TTGlyphPen(None)
    curves = Cu2QuPen(pen, _CURVE, reverse_direction="glyf" not in font)
    whole.replay(TransformPen(curves, (scale, 0, 0, scale, 0, 0)))
    return pen.glyph(), round(outline.width * scale)
