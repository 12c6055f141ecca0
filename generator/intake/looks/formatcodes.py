"""Parses number format codes of spreadsheet programs into sections and tokens.

A code is up to four sections (positive; negative; zero; text), each a run of placeholders and literals. Besides
what Excel's documentation lists, Chinese programs write `!` before a literal character (`0!.0,`) and the name
G/通用格式 for General. ECMA-376 part 1, 18.8.31, describes the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal[
    "literal",
    "digit",  # 0 # ?
    "point",
    "comma",
    "percent",
    "general",
    "text",  # @
    "day",  # a run of one letter of y m d h s e a, or AM/PM
    "unknown",  # what cannot be rendered exactly: fractions, exponents, elapsed time, eras
]

_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"
    | [\\!](?P<escaped>.)
    | _(?P<wide>.)
    | \*(?P<fill>.)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>G/通用格式|General)
    | (?P<half>上午/下午|AM/PM|A/P)
    | (?P<exponent>E[+-])
    | (?P<day>y+|m+|d+|h+|s+|e+|a{3,4}(?!/))
    | (?P<era>g+|b+|n+)
    | (?P<digit>[0#?])
    | (?P<sign>[.,%/@])
    | (?P<plain>.)
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_SIGNS: dict[str, Kind] = {".": "point", ",": "comma", "%": "percent", "@": "text", "/": "unknown"}
_COLOURS = re.compile(
    r"black|blue|cyan|green|magenta|red|white|yellow|colou?r\s*\d+|"
    r"黑色?|蓝色?|蓝绿色|青色?|绿色?|洋红色?|红色?|白色?|黄色?|颜色\s*\d+",
    re.IGNORECASE,
)
_RED = ("red", "红", "红色")
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)", re.ASCII)
_NUMERALS = re.compile(r"dbnum([123])", re.IGNORECASE)
_CURRENCY = re.compile(r"\$([^-]*)(?:-([0-9a-f]+))?", re.IGNORECASE)


@dataclass(frozen=True)
class Token:
    """A piece of a section; `text` is the placeholder, or the literal as it shows."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Section:
    """One section. `condition` is its comparison and number, `numerals` what `[DBNum…]` asks for (0 for
    nothing); `is_red` tells a negative section that says minus by its colour alone."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None
    numerals: int = 0
    is_red: bool = False
    is_localised: bool = False  # a language is named, in which months and days are to be written

    @property
    def is_date(self) -> bool:
        """Whether the section shows days or times."""
        return any(token.kind == "day" for token in self.tokens)

    def has(self, kind: Kind) -> bool:
        """Whether there is such a token."""
        return any(token.kind == kind for token in self.tokens)


def parse_code(code: str) -> tuple[Section, ...]:
    """The sections of a code; an empty code has one, which shows nothing."""
    return tuple(_section(part) for part in _split(code))


def _split(code: str) -> list[str]:
    """The texts of the sections: a semicolon that is quoted, escaped or in brackets parts none."""
    parts, start = [], 0
    for match in _TOKEN.finditer(code):
        if match["plain"] == ";":
            parts.append(code[start : match.start()])
            start = match.end()
    return [*parts, code[start:]]


def _section(code: str) -> Section:
    tokens: list[Token] = []
    condition: tuple[str, Decimal] | None = None
    numerals, is_red, is_localised = 0, False, False
    for match in _TOKEN.finditer(code):
        bracket = match["bracket"]
        if bracket is None:
            tokens += _token(match)
            continue
        compared, numbered = _CONDITION.fullmatch(bracket), _NUMERALS.fullmatch(bracket)
        currency = _CURRENCY.fullmatch(bracket)
        if compared:
            condition = (compared[1], Decimal(compared[2]))
        elif numbered:
            numerals = int(numbered[1])
        elif currency:
            is_localised = is_localised or bool(currency[2])
            tokens += [Token("literal", currency[1])] if currency[1] else []
        elif _COLOURS.fullmatch(bracket):
            is_red = is_red or bracket.lower() in _RED
        else:
            tokens.append(Token("unknown", bracket))  # elapsed time, and what we do not know
    return Section(tuple(tokens), condition, numerals, is_red, is_localised)


def _token(match: re.Match[str]) -> list[Token]:
    """The token of a match that is no bracket."""
    kind, text = str(match.lastgroup), match[0]
    if kind in ("quoted", "escaped"):
        return [Token("literal", match[kind])]
    if kind == "wide":
        return [Token("literal", " ")]
    if kind == "fill":  # how often the character shows depends on the column's width
        return [] if match["fill"] == " " else [Token("unknown", text)]
    if kind == "general":
        return [Token("general", text)]
    if kind in ("day", "half"):
        return [Token("day", text.lower() if kind == "day" else text)]
    if kind in ("exponent", "era"):
        return [Token("unknown", text)]
    if kind == "digit":
        return [Token("digit", text)]
    if kind == "sign":
        return [Token(_SIGNS[text], text)]
    return [Token("literal", text)]
