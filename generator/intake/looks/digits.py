"""Formats the digits of a number under one section of a format: grouped, scaled, padded, or as Chinese numerals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from generator.intake.looks.formatcodes import Section, Token

_MOST_SLOTS = 30  # decimals of a format; Excel has as many
_EXACT = Context(prec=100, rounding=ROUND_HALF_UP)
_WIDTH = 11  # signs of a number in General, its point included
_LEAST = Decimal("0.0001")  # below it General turns to exponents
_SIGNS = {"digit": "0", "comma": ",", "point": "."}
_SCALING = re.compile(r"(?<=0),+(?![0,])")
NUMERALS = "〇一二三四五六七八九"
_DIGITS = {1: NUMERALS, 2: "零壹贰叁肆伍陆柒捌玖"}
_PLACES = {1: ("", "十", "百", "千"), 2: ("", "拾", "佰", "仟")}
_GROUPS = ("", "万", "亿")


def digits_text(section: Section, size: Decimal) -> str | None:
    """A number that is not negative under a section; None where its look is not known."""
    tokens = section.tokens
    if section.has("general"):
        return _general(section, size)
    if not section.has("digit"):
        return "".join(token.text for token in tokens if token.kind != "comma")
    if section.numerals > 2:
        return None
    first = next(place for place, token in enumerate(tokens) if token.kind == "digit")
    last = max(place for place, token in enumerate(tokens) if token.kind == "digit")
    points = [place for place, token in enumerate(tokens) if token.kind == "point"]
    point = points[0] if points else last + 1
    if len(points) > 1 or (points and point < first):
        return None
    whole, behind = tokens[first:point], tokens[point + 1 if points else point :]
    scaled = _scaled(size, tokens)
    slots = sum(token.kind == "digit" for token in behind)
    if slots > _MOST_SLOTS or sum(token.kind == "percent" for token in tokens) > 1:
        return None
    rounded = scaled.quantize(Decimal(1).scaleb(-slots), context=_EXACT)
    digits, _, decimals = f"{rounded:f}".partition(".")
    left = _whole(whole, "" if digits == "0" else digits)
    if left is None:
        return None
    text = "".join(
        (
            *_literals(tokens[:first]),
            left,
            "." if points else "",
            *_behind(behind, decimals),
        )
    )
    return (
        text.translate(dict(enumerate(_DIGITS[section.numerals], 48))) if section.numerals else text
    )


def _scaled(size: Decimal, tokens: Sequence[Token]) -> Decimal:
    """Divided by a thousand for each comma right behind the last digits, before or behind the point; times
    a hundred for each percent sign."""
    hundreds = sum(token.kind == "percent" for token in tokens)
    signs = "".join(_SIGNS.get(token.kind, " ") for token in tokens)
    thousands = sum(len(match[0]) for match in _SCALING.finditer(signs))
    return size.scaleb(2 * hundreds - 3 * thousands, context=_EXACT)


def _literals(tokens: Sequence[Token]) -> list[str]:
    return [token.text for token in tokens if token.kind in ("literal", "percent")]


def _whole(tokens: Sequence[Token], digits: str) -> str | None:
    """The digits before the point, laid on their placeholders from the right; what is left over stands at
    the first one."""
    places = [place for place, token in enumerate(tokens) if token.kind == "digit"]
    is_grouped = any(
        token.kind == "comma" and places and places[0] < place < places[-1]
        for place, token in enumerate(tokens)
    )
    if is_grouped and any(
        tokens[place].kind == "literal" for place in range(places[0], places[-1])
    ):
        return None
    shown: list[str] = []
    count, rest = 0, digits
    for place in range(len(tokens) - 1, -1, -1):
        token = tokens[place]
        if token.kind != "digit":
            shown += [token.text] if token.kind in ("literal", "percent") else []
            continue
        taken = rest[-1:] if place != places[0] else rest
        rest = rest[:-1] if place != places[0] else ""
        for digit in reversed(taken or {"0": "0", "?": " "}.get(token.text, "")):
            if is_grouped and count and count % 3 == 0:
                shown.append("," if digit != " " else " ")
            shown.append(digit)
            count += 1
    return "".join(reversed(shown))


def _behind(tokens: Sequence[Token], decimals: str) -> list[str]:
    """What stands behind the point: # shows no zeros at the end, ? a space for each."""
    places = [place for place, token in enumerate(tokens) if token.kind == "digit"]
    shown = list(decimals)
    for place, digit in zip(reversed(places), reversed(decimals), strict=False):
        if digit != "0" or tokens[place].text == "0":
            break
        shown[places.index(place)] = " " if tokens[place].text == "?" else ""
    rest = iter(shown)
    texts = []
    for token in tokens:
        if token.kind == "digit":
            texts.append(next(rest, ""))
        elif token.kind in ("literal", "percent"):
            texts.append(token.text)
    return texts


def general_text(number: Decimal) -> str | None:
    """A number as General shows it in a cell that is wide enough."""
    size = abs(number)
    whole = len(f"{size:f}".partition(".")[0])
    if whole > _WIDTH or (size and size < _LEAST):
        return None
    decimals = max(_WIDTH - 1 - whole, 0)
    rounded = number.quantize(Decimal(1).scaleb(-decimals), context=_EXACT)
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _general(section: Section, size: Decimal) -> str | None:
    if section.has("digit") or section.has("point") or section.numerals > 2:
        return None
    number = general_text(size)
    if number is None:
        return None
    if section.numerals:
        number = _numerals(int(number), section.numerals) if number.isdigit() else None
    if number is None:
        return None
    return "".join(
        number if token.kind == "general" else token.text
        for token in section.tokens
        if token.kind in ("general", "literal")
    )


def _numerals(number: int, style: int) -> str | None:
    """A whole number in Chinese numerals as the programs write it: 一十, 一百〇五, 壹万零伍佰."""
    zero = _DIGITS[style][0]
    if number >= 10**12:
        return None
    text, is_gap = "", False
    for group in (2, 1, 0):
        part = number // 10_000**group % 10_000
        if not part:
            is_gap = is_gap or bool(text)
            continue
        for place in (3, 2, 1, 0):
            digit = part // 10**place % 10
            if not digit:
                is_gap = is_gap or bool(text)
                continue
            text += (zero if is_gap else "") + _DIGITS[style][digit] + _PLACES[style][place]
            is_gap = False
        text += _GROUPS[group]
        is_gap = False
        if part % 10 == 0 and group:
            is_gap = number % 10_000**group // 10_000 ** (group - 1) < 1000 and bool(
                number % 10_000**group
            )
        elif group and number % 10_000**group:
            is_gap = number % 10_000**group // 10_000 ** (group - 1) < 1000
    return text or zero
