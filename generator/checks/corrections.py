"""Checks the days of corrections, withdrawals and explanations."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.context import Context
from generator.model.history import Edit
from generator.problems import Problem, problem


def corrections_in_order(context: Context) -> Iterator[Problem]:
    """A correction comes after the publication, and not in the future."""
    for record in context.data.records:
        for correction in record.corrections:
            day = correction.date.isoformat()
            if correction.date > context.today:
                yield problem("correction-future", correction.source, value=day)
            elif record.published is not None and correction.date < record.published:
                published = record.published.isoformat()
                yield problem("correction-early", correction.source, value=day, published=published)


def withdrawals_in_order(context: Context) -> Iterator[Problem]:
    """A record is withdrawn after it was published, and not in the future."""
    for withdrawal in context.data.withdrawn:
        day = withdrawal.date.isoformat()
        if withdrawal.date > context.today:
            yield problem("withdrawal-future", withdrawal.source, value=day)
        elif withdrawal.date < withdrawal.published:
            published = withdrawal.published.isoformat()
            yield problem("withdrawal-early", withdrawal.source, value=day, published=published)


def explanations_in_order(context: Context) -> Iterator[Problem]:
    """What a village says to a warning was not said in the future."""
    for explanation in context.data.explanations:
        if explanation.day > context.today:
            day = explanation.day.isoformat()
            yield problem("explanation-future", explanation.source, value=day)


def withdrawn_gone(context: Context) -> Iterator[Problem]:
    """What was withdrawn is not published again at the same address."""
    withdrawn = {withdrawal.name: withdrawal for withdrawal in context.data.withdrawn}
    for record in context.data.records:
        withdrawal = withdrawn.get(f"{record.item}/{record.key}")
        if withdrawal is not None:
            day = withdrawal.date.isoformat()
            yield problem("withdrawn-present", record.source, value=record.key, day=day)


def changes_told(context: Context) -> Iterator[Problem]:
    """What was changed after publication is told by a correction."""
    for record in context.data.records:
        past = context.data.history.get(record.name)
        for version in past.silent if past else ():
            edit, item = version.edits[0], context.shared.catalogue.item(record.item)
            if item.personal:  # the names of which may have come down
                edit = Edit("changed", "名单")
            what = " ".join(filter(None, (edit.row, edit.column, edit.before, "→", edit.after)))
            day = version.day.isoformat()
            yield problem("change-silent", record.source, value=what.strip(" →"), day=day)
