"""Rules over what was read. Each is a function whose docstring is the rule.

`VILLAGE_CHECKS` run over one village, `CONTENT_CHECKS` over content/. Records with faults found
by intake are not there any more when the checks run, so that one fault is reported once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.checks.arithmetic import (
    carried_forward,
    closing_balance,
    row_equations,
    running_balance,
    stated_totals,
)
from generator.checks.boards import village_boards
from generator.checks.content import (
    catalogue_tables,
    content_flows,
    content_ids,
    equations_readable,
    guides_known,
    headings_of_their_own,
    known_channels,
    known_settings,
    patterns_readable,
    sheets_drawable,
    tallies_countable,
)
from generator.checks.context import Context
from generator.checks.corrections import corrections_in_order, withdrawals_in_order, withdrawn_gone
from generator.checks.links import known_power, known_subjects, links_lead_somewhere
from generator.checks.numbers import (
    charts_drawable,
    compared_numbers,
    plans_have_books,
    sentence_places,
)
from generator.checks.periods import (
    dates_inside_period,
    period_has_ended,
    published_is_known,
    published_not_in_future,
)
from generator.checks.powers import village_channels, village_flows, village_ids
from generator.checks.privacy import content_private, nothing_private
from generator.checks.theme import theme_readable
from generator.model.shared import Shared
from generator.problems import Problem

VILLAGE_CHECKS: tuple[Callable[[Context], Iterator[Problem]], ...] = (
    # periods
    published_is_known,
    published_not_in_future,
    period_has_ended,
    dates_inside_period,
    # corrected and withdrawn records
    corrections_in_order,
    withdrawals_in_order,
    withdrawn_gone,
    # arithmetic
    row_equations,
    stated_totals,
    running_balance,
    closing_balance,
    carried_forward,
    # powers and people
    village_flows,
    village_ids,
    village_channels,
    village_boards,
    # links
    links_lead_somewhere,
    known_power,
    known_subjects,
    # privacy
    nothing_private,
)

CONTENT_CHECKS: tuple[Callable[[Shared], Iterator[Problem]], ...] = (
    content_ids,
    content_flows,
    catalogue_tables,
    sheets_drawable,
    guides_known,
    headings_of_their_own,
    equations_readable,
    patterns_readable,
    sentence_places,
    compared_numbers,
    charts_drawable,
    plans_have_books,
    tallies_countable,
    known_channels,
    known_settings,
    theme_readable,
    content_private,
)


def check_village(context: Context) -> tuple[Problem, ...]:
    """All faults of one village."""
    return tuple(found for check in VILLAGE_CHECKS for found in check(context))


def check_content(shared: Shared) -> tuple[Problem, ...]:
    """All faults of content/."""
    return tuple(found for check in CONTENT_CHECKS for found in check(shared))
