"""The words in which questions about the side of money are asked."""

from __future__ import annotations

from decimal import Decimal

from generator.intake.doubts import Asking, Choice, Doubt
from generator.intake.layout import Layout
from generator.problems import Problem, Source, problem

BY_BALANCE, BY_WORDS = "余额的增减", "逐行写的收支"


def totals(income: Decimal, expense: Decimal) -> str:
    """The totals that would be published, in words."""
    return f"收入合计 {income:,.2f} 元、支出合计 {expense:,.2f} 元"


def ask_side(
    asking: Asking, layout: Layout, file: str, heading: str, choices: tuple[Choice, ...]
) -> str:
    """The answer which of the readings is right, or nothing; the question is named by the headings."""
    readings = "；".join(f"{choice.answer}，就公布{choice.publishes}" for choice in choices)
    source = Source(file, layout.heading.number)
    found = problem("sides-unknown", source, heading=heading, readings=f"{readings}。")
    return asking.settle(Doubt(heading, found, choices))


def known_side(
    layout: Layout, file: str, heading: str, reason: str, sums: tuple[Decimal, Decimal]
) -> Problem:
    """A notice of the side that was found, and of its proof."""
    facts = {"income": f"{sums[0]:,.2f}", "expense": f"{sums[1]:,.2f}"}
    source = Source(file, layout.heading.number)
    return problem("sides-known", source, heading=heading, reason=reason, **facts)
