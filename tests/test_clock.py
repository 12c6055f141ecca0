"""A day that notes what is asked of it: within its span all answers are the same, beyond it one is
another."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.calendar import days_after
from generator.model.clock import DAY, Span, WatchedDay, moved, plain

TODAY = date(2025, 10, 10)
Question = Callable[[date], object]


def working(day: date) -> date:
    """Five working days before."""
    return days_after(day, -5, "working", ())


days = st.dates(date(2025, 1, 1), date(2026, 12, 31))
about = st.one_of(
    days.map(lambda other: lambda day: day < other),
    days.map(lambda other: lambda day: other <= day),
    days.map(lambda other: lambda day: day == other),
    days.map(lambda other: lambda day: max(day, other) == other),
    days.map(lambda other: lambda day: moved(day, working) <= other),
    st.builds(
        lambda other, count: lambda day: day - timedelta(days=count) > other,
        days,
        st.integers(-90, 90),
    ),
    st.sampled_from([lambda day: day.year, lambda day: day.month]),
)


@given(st.lists(about, min_size=1, max_size=6))
def test_answers_are_the_same_on_all_days_of_the_span_and_on_no_more(asked: list[Question]) -> None:
    span = Span(TODAY)
    today = WatchedDay.of(span)
    answers = [question(today) for question in asked]
    assert answers == [question(TODAY) for question in asked]

    def holds(day: date) -> bool:
        """Whether nothing that was asked has another answer, the months of other years apart."""
        return [question(day) for question in asked] == answers

    assert span.first <= TODAY <= span.last
    for number in range((span.last - span.first).days + 1):
        if number < 800:
            assert holds(span.first + number * DAY)
            assert holds(span.last - number * DAY)
    for beyond in (span.first - DAY, span.last + DAY):
        assert not holds(beyond) or beyond.year in (1999, 2100) or _asks_more(asked, beyond)


def _asks_more(asked: list[Question], beyond: date) -> bool:
    """A comparison of equals asks on which side a day is, and `max` which is larger: the answer
    there may be the same by chance."""
    return any(
        question(beyond + step * DAY) != question(beyond) for question in asked for step in (-1, 1)
    )


@pytest.mark.parametrize(
    "show",
    [str, repr, hash, lambda d: f"{d:%d}", lambda d: d.day, lambda d: d - TODAY, lambda d: TODAY - d,
     lambda d: d.isoformat(), lambda d: d.toordinal(), lambda d: d.weekday(), plain],
)  # fmt: skip
def test_whoever_shows_the_day_says_something_of_it_alone(show: Question) -> None:
    span = Span(TODAY)
    assert show(WatchedDay.of(span)) == show(TODAY)
    assert (span.first, span.last) == (TODAY, TODAY)


def test_a_day_that_leaves_the_process_is_plain() -> None:
    span = Span(TODAY)
    copied = pickle.loads(pickle.dumps(WatchedDay.of(span)))
    assert type(copied) is date
    assert copied == TODAY
    assert (span.first, span.last) == (TODAY, TODAY)


def test_what_would_show_it_unseen_is_refused() -> None:
    with pytest.raises(TypeError):
        WatchedDay.of(Span(TODAY)).replace(day=1)
