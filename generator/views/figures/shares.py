"""Percentages: how they are rounded, and when one may be given.

A percentage is rounded half up; 100% is only what is whole, so that what comes near it gets
a decimal. It appears beside the numbers that it is made of, and is not said of fewer than
`LEAST_CASES`: three of nine households are three of nine households. Amounts paid to persons are
compared only where about as many were paid both times (`are_alike`): half the money for half the
households is not less money for each.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal

LEAST_CASES = 10
_MOST_APART = 20  # per cent of the larger number of cases
_WHOLE = Decimal(100)


def percent_of(part: Decimal, whole: Decimal, step: Decimal = Decimal(1)) -> Decimal:
    """A share in per cent, rounded half up to a `step` such as 1 or 0.1; the whole must not be
    zero. What is less or more than the whole never comes out as 100."""
    exact = part * 100 / whole
    rounded = exact.quantize(step, ROUND_HALF_UP)
    if abs(rounded) == _WHOLE != abs(exact):
        finer = min(step, Decimal("0.1"))
        rounded = exact.quantize(finer, ROUND_HALF_UP)
        if abs(rounded) == _WHOLE:
            rounded = exact.quantize(finer, ROUND_DOWN if abs(exact) < _WHOLE else ROUND_UP)
    return rounded


def percent_text(part: Decimal, whole: Decimal, step: Decimal = Decimal(1)) -> str:
    """`89%`, `99.6%`, `不到 1%`."""
    if part in (0, whole):
        return "100%" if part else "0%"
    share = percent_of(part, whole, step)
    return f"{share}%" if share else f"不到 {step}%"


def are_alike(cases: Decimal, others: Decimal) -> bool:
    """Whether two numbers of cases are close enough to compare what was paid to them."""
    return abs(cases - others) * 100 <= _MOST_APART * max(cases, others)
