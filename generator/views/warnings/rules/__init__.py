"""The rules by which warnings are found: one module each, whose name is the rule's.

What a rule is about, its numbers and its words are data: `content/warnings/`.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.views.warnings.looking import Rule
from generator.views.warnings.rules import (
    asset_idle,
    cash_often,
    cash_share,
    changed_after_award,
    control_total,
    decision_short,
    entry_late,
    large_undecided,
    lease_ended,
    list_total,
    other_share,
    over_price,
    paid_ahead,
    paid_twice,
    person_account,
    recorded_late,
    rent_apart,
    rent_lower,
    rent_owed,
    round_sums,
    same_picture,
    split_payments,
    subject_unusual,
    term_long,
)

RULES: Mapping[str, Rule] = {
    "paid-twice": paid_twice.find,
    "large-undecided": large_undecided.find,
    "split-payments": split_payments.find,
    "over-price": over_price.find,
    "paid-ahead": paid_ahead.find,
    "rent-owed": rent_owed.find,
    "lease-ended": lease_ended.find,
    "rent-lower": rent_lower.find,
    "term-long": term_long.find,
    "changed-after-award": changed_after_award.find,
    "asset-idle": asset_idle.find,
    "cash-share": cash_share.find,
    "cash-often": cash_often.find,
    "list-total": list_total.find,
    "other-share": other_share.find,
    "subject-unusual": subject_unusual.find,
    "round-sums": round_sums.find,
    "control-total": control_total.find,
    "entry-late": entry_late.find,
    "same-picture": same_picture.find,
    "recorded-late": recorded_late.find,
    "rent-apart": rent_apart.find,
    "person-account": person_account.find,
    "decision-short": decision_short.find,
}
