"""Rules over what was read. Each is a function whose docstring is the rule.

`VILLAGE_CHECKS` run over one village, `CONTENT_CHECKS` over content/, `DAY_CHECKS` over content/
on a day. Records with faults found by intake are not there any more when the checks run, so that
one fault is reported once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from generator.checks.arithmetic import (
    carried_forward,
    closing_balance,
    cumulated_totals,
    row_equations,
    running_balance,
    stated_totals,
)
from generator.checks.assessment import assessment_sound, duties_known
from generator.checks.characters import sound_characters
from generator.checks.content import (
    agenda_columns,
    arrangements_known,
    catalogue_tables,
    content_flows,
    content_ids,
    due_columns,
    equations_readable,
    guides_known,
    handling_told,
    headings_of_their_own,
    known_channels,
    known_settings,
    leases_told,
    norms_known,
    patterns_readable,
    reviewers_known,
    sample_replaced,
    sheets_drawable,
    tallies_countable,
    village_phones_replaced,
)
from generator.checks.context import Context
from generator.checks.corrections import (
    changes_told,
    corrections_in_order,
    explanations_in_order,
    withdrawals_in_order,
    withdrawn_gone,
)
from generator.checks.decisions import majorities_sound, procedures_sound, village_majorities
from generator.checks.law import (
    days_countable,
    displays_long_enough,
    documents_shown_long_enough,
    holidays_known,
    rules_sound,
    working_days_countable,
)
from generator.checks.links import (
    known_power,
    known_subjects,
    links_lead_somewhere,
    replaced_is_earlier,
)
from generator.checks.numbers import (
    charts_drawable,
    compared_numbers,
    plans_have_books,
    sentence_places,
)
from generator.checks.order import (
    accepted_before_finished,
    begun_before_decided,
    contracted_before_awarded,
    opened_before_called,
    paid_before_contracted,
    winner_named_before_opening,
)
from generator.checks.periods import (
    books_do_not_overlap,
    dates_inside_period,
    entries_dated,
    period_has_ended,
    published_after_period,
    published_is_known,
    published_not_in_future,
)
from generator.checks.places import (
    groups_known,
    names_are_read,
    titles_of_this_village,
    village_boards,
)
from generator.checks.plausible import amounts_plausible, subjects_plausible
from generator.checks.powers import village_channels, village_flows, village_ids
from generator.checks.synonyms import synonyms_lead_somewhere
from generator.checks.theme import theme_readable
from generator.checks.warnings import warnings_sound
from generator.model.shared import Shared
from generator.problems import Problem

VILLAGE_CHECKS: tuple[Callable[[Context], Iterator[Problem]], ...] = (
    # periods
    published_is_known,
    published_not_in_future,
    period_has_ended,
    published_after_period,
    entries_dated,
    dates_inside_period,
    books_do_not_overlap,
    # corrected and withdrawn records
    changes_told,
    corrections_in_order,
    withdrawals_in_order,
    withdrawn_gone,
    explanations_in_order,
    # arithmetic
    row_equations,
    stated_totals,
    cumulated_totals,
    running_balance,
    closing_balance,
    carried_forward,
    amounts_plausible,
    subjects_plausible,
    # groups and places
    groups_known,
    titles_of_this_village,
    names_are_read,
    # powers and people
    village_flows,
    village_ids,
    village_channels,
    village_boards,
    village_phones_replaced,
    # the law's days
    village_majorities,
    documents_shown_long_enough,
    working_days_countable,
    # links
    links_lead_somewhere,
    replaced_is_earlier,
    known_power,
    known_subjects,
    # the order of events
    opened_before_called,
    winner_named_before_opening,
    contracted_before_awarded,
    begun_before_decided,
    paid_before_contracted,
    accepted_before_finished,
    # texts
    sound_characters,
)

CONTENT_CHECKS: tuple[Callable[[Shared], Iterator[Problem]], ...] = (
    content_ids,
    content_flows,
    catalogue_tables,
    due_columns,
    agenda_columns,
    handling_told,
    leases_told,
    sheets_drawable,
    guides_known,
    reviewers_known,
    arrangements_known,
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
    norms_known,
    days_countable,
    rules_sound,
    majorities_sound,
    procedures_sound,
    displays_long_enough,
    theme_readable,
    warnings_sound,
    assessment_sound,
    synonyms_lead_somewhere,
    duties_known,
    sample_replaced,
)

DAY_CHECKS: tuple[Callable[[Shared, date], Iterator[Problem]], ...] = (holidays_known,)


def check_village(context: Context) -> tuple[Problem, ...]:
    """All faults of one village."""
    return tuple(found for check in VILLAGE_CHECKS for found in check(context))


def check_content(shared: Shared) -> tuple[Problem, ...]:
    """All faults of content/."""
    return tuple(found for check in CONTENT_CHECKS for found in check(shared))


def check_day(shared: Shared, today: date) -> tuple[Problem, ...]:
    """What content/ lacks on a day."""
    return tuple(found for check in DAY_CHECKS for found in check(shared, today))
