"""Decides which number a cell means when its number format shows something else than it stores.

The rule, for a number stored as S and shown as N, where the worksheet declares the unit D (title or heading) and the
number format may name a unit U:

- Shown to the scale that is stored: N is S, in U where the format names one (12.3 shown 12.30万元 is 123,000
  yuan), else in D. Where U and D are different units, each is a reading, and it is asked which holds.
- Shown to another scale, in U: that is the number if S counts in the column's own unit and N in U says the same
  (123000 shown 12.3万元), since format and value then prove each other, and D says nothing else than one of them.
- Shown to another scale, no unit: only a D of 千 or 百万 speaks for a format that divides by thousands (123000
  shown 123.00 under 千元). A point that is merely drawn (`0!.0,` over 32000 shows 3.2) is a number divided by a
  thousand that looks like one divided by ten thousand; it proves nothing, whatever D is, and is asked about.
- Everything else is asked, with what both readings would publish.

Where the scale is settled and S has more decimals than N: what was computed (13 digits and more of the 15 that a
workbook keeps: 31.6666666666667) is taken as it is shown; what somebody typed (1234.567 shown 1,234.57) is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

from generator.intake.decoding import Look
from generator.intake.looks.formats import is_general
from generator.intake.values import CellContext, Refusal, kind_of, read_value
from generator.intake.values.quantities import Measure, declared_unit, exact_decimal, shown_measure
from generator.model.schema import Field

SHOWN, STORED = "显示", "存的"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_COMPUTED = 13  # significant digits that nobody types
_THOUSANDS = (Fraction(10**3), Fraction(10**6))
_CENT = Decimal("0.01")
Why = Literal["unit", "rounded", "contrary", "decimals", "unknown"]


@dataclass(frozen=True)
class Reading:
    """One way to read a cell: the answer that chooses it, the text that stands for it in the worksheet's own
    unit, and what would be published."""

    answer: str
    text: str
    publishes: str


@dataclass(frozen=True)
class Judgement:
    """The effect of a cell's look. With `taken` the text is read so and reported; else the readings
    are asked about."""

    why: Why
    taken: str = ""
    readings: tuple[Reading, ...] = ()
    result: str = ""


def judge_amount(text: str, look: Look, field: Field, unit: str) -> Judgement | None:
    """What a number's look says of it; None where it is read as it is stored.

    `unit` is what heading or title declare for the column.
    """
    return _Amount(text, look, field, CellContext(None, unit, field.unit)).judge()


class _Amount:
    """Per-call state for judging one cell."""

    def __init__(self, text: str, look: Look, field: Field, context: CellContext) -> None:
        self.text = text
        self.look = look
        self.field = field
        self.context = context
        self.kind = kind_of(field)
        self.stored = Fraction(text)

    def judge(self) -> Judgement | None:
        declared = declared_unit(self.context, is_money=self.field.is_money)
        if declared is None:
            return None  # refused whatever the cell is
        self.unit, self.factor = declared
        shown = shown_measure(self.look.shown, self.context, is_money=self.field.is_money)
        if shown is None:
            return self._without_number()
        if shown.unit and shown.factor is None:
            return self._foreign(shown)
        half = Fraction(1, 2 * 10**shown.decimals)
        if shown.unit == "%" and abs(shown.number - 100 * self.stored) <= half:
            return Judgement("rounded", self.look.shown) if self.kind == "percent" else None
        named = shown.factor if shown.factor is not None else self.factor
        if abs(shown.number - self.stored) <= half:
            return self._same_scale(shown, named)
        proven = abs(shown.number * named - self.stored) <= half * named
        if shown.factor is not None:
            is_settled = proven and self.factor in (1, named)
        else:
            is_settled = proven and self.factor in _THOUSANDS
        if not is_settled:
            return self._ask("contrary", shown.number * named, self.stored * self.factor)
        return self._exactly(self.stored, shown.number * named, is_taken=True)

    def _without_number(self) -> Judgement | None:
        """The look is not known, or is none of a number: a zero may show as a dash."""
        if self.stored == 0 and self.look.shown:
            return None
        return Judgement("unknown", readings=tuple(self._readings(None, self.stored * self.factor)))

    def _foreign(self, shown: Measure) -> Judgement | None:
        """A unit that is none of the column's: what merely counts (3户) is left to a column without a unit,
        all else is refused in the usual words for what the cell shows."""
        is_count = shown.number == self.stored and not self.field.unit
        if is_count and not re.search(r"[十百千万亿%‰]", shown.unit):
            return None
        return Judgement("rounded", self.look.shown)

    def _same_scale(self, shown: Measure, named: Fraction) -> Judgement | None:
        if shown.factor is not None and self.unit and self.factor != named:
            return self._ask("contrary", shown.number * named, self.stored * self.factor)
        return self._exactly(
            self.stored * named, shown.number * named, is_taken=named != self.factor
        )

    def _exactly(self, exact: Fraction, shown: Fraction, *, is_taken: bool) -> Judgement | None:
        """The scale is settled; what of the decimals?"""
        if exact != shown and is_general(self.look.code):
            # General shows ten digits: what it leaves out, nobody chose to leave out.
            if not self.field.is_money or not self._is_computed():
                return None
            shown = Fraction(Decimal(self.text).quantize(_CENT, ROUND_HALF_UP)) * self.factor
        elif exact != shown and not self._is_computed():
            return self._ask("decimals", shown, exact)
        if exact == shown and not is_taken:
            return None
        text = self._text_of(shown)
        if not text:
            return Judgement("rounded", self.look.shown)  # refused as what it shows
        return Judgement("unit" if exact == shown else "rounded", text, result=self._words(shown))

    def _is_computed(self) -> bool:
        """Whether a number has more digits than anybody types."""
        return len(self.text.lstrip("-0.").replace(".", "")) >= _COMPUTED

    def _ask(self, why: Why, shown: Fraction, stored: Fraction) -> Judgement:
        return Judgement(why, readings=tuple(self._readings(shown, stored)))

    def _readings(self, shown: Fraction | None, stored: Fraction) -> Iterator[Reading]:
        """Those of the two readings that can be published at all."""
        written = f"{Decimal(self.text):,f}"
        for answer, value, seen in ((SHOWN, shown, self.look.shown), (STORED, stored, written)):
            text = "" if value is None else self._text_of(value)
            if value is not None and text:
                words = self._words(value)
                if NUMBER.fullmatch(seen.replace(",", "")):
                    seen = f"{seen} {self.unit}".strip()
                is_plain = self.factor == 1 and NUMBER.fullmatch(text.replace(",", ""))
                yield Reading(answer, text, words if is_plain else f"{seen}，就是 {words}")

    def _text_of(self, value: Fraction) -> str:
        """How a value is written in the worksheet's own unit; nothing where the column cannot hold it."""
        bare = exact_decimal(value / self.factor) if self.factor else None
        for text in (self.look.shown, "" if bare is None else f"{bare:f}"):
            read = read_value(text, self.kind, self.context) if text else None
            if read is not None and not isinstance(read, Refusal) and Fraction(str(read)) == value:
                return text
        return ""

    def _words(self, value: Fraction) -> str:
        """A value in the column's unit, as a question names it."""
        number = exact_decimal(value)
        if number is None:
            return ""
        digits = f"{number:,.2f}" if self.field.is_money else f"{number:,f}"
        return f"{digits} {self.field.unit}".strip()
