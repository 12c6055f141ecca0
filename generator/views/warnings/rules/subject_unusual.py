"""A subject under which far more was paid than in the periods before.

Usual is the median; how far amounts usually lie from it says the median of their distances (MAD), so
that one month that was out of the ordinary does not make others look ordinary.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from statistics import median

from generator.model.warnings import WarningRule
from generator.views.warnings.looking import Finding, Looked

_LIKE_DEVIATION = Decimal("1.4826")  # by which the MAD of normal numbers is their deviation
_MOST_PERIODS = 24


def find(looked: Looked, rule: WarningRule) -> Iterator[Finding]:
    """Among at least so many periods of the same length, without a gap, that have the subject."""
    shown = {record.name for record, _ in looked.books}
    for record, _ in looked.books:
        history = looked.records.series_of(record).history(record, _MOST_PERIODS + 1)[:-1]
        if len(history) < rule.count:
            continue
        earlier = [looked.by_subject(other) for other in history if other.name in shown]
        for subject, amount in looked.by_subject(record).items():
            known = [sums[subject] for sums in earlier if subject in sums]
            if subject and len(known) >= rule.count and is_unusual(amount, known, rule):
                facts = {"subject": subject, "amount": amount, "count": len(known)}
                yield Finding(record, facts={**facts, "usual": median(known)})


def is_unusual(amount: Decimal, known: Sequence[Decimal], rule: WarningRule) -> bool:
    """Whether an amount is above the usual by more than `times` the usual distance, which counts as
    `percent` of the usual at least, and by more than `amount`."""
    usual = median(known)
    distance = median([abs(one - usual) for one in known]) * _LIKE_DEVIATION
    distance = max(distance, usual * rule.percent / 100)
    return amount - usual >= max(rule.amount, rule.times * distance)
