"""Decides for which days an answer holds: today as a value that notes what was asked of it.

A village is compiled for a day, but hardly any of its pages differ from those of the day before.
`WatchedDay` is a `date` that can be handed to all code that takes one. Whatever is asked of it
narrows its `Span` to the days on which the answer is the same: a comparison with a day to those
on the same side of it, a look at the year to that year, and all that shows the day itself or
counts with it to that day alone. So no use of the day can be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NoReturn, TypeVar

DAY = timedelta(days=1)
_FIRST, _LAST = date(2000, 1, 1), date(2100, 1, 1)

Moving = Callable[[date], date]
"""Gives the day that belongs to another, and never goes back as that one goes on."""
_Answer = TypeVar("_Answer")


class Span:
    """The days around `today` on which all answers are those of today; `first` and `last` are
    included."""

    def __init__(self, today: date) -> None:
        """All days of this century until something is asked."""
        self.today = today
        self.first, self.last = min(_FIRST, today), max(_LAST, today)

    def narrow(self, is_same: Callable[[date], bool]) -> None:
        """Keep the days that are the same, which are in one piece with today."""
        if not is_same(self.last):
            self.last = _edge(self.today, self.last, is_same)
        if not is_same(self.first):
            self.first = _edge(self.today, self.first, is_same)

    def within(self, first: date, last: date) -> None:
        """Keep the days that lie within others, today among them."""
        self.first, self.last = max(self.first, first), min(self.last, last)


def _edge(inside: date, outside: date, is_same: Callable[[date], bool]) -> date:
    """The last day that is the same on the way to one that is not."""
    while abs(outside - inside) > DAY:
        middle = inside + timedelta(days=int((outside - inside).days / 2))
        if is_same(middle):
            inside = middle
        else:
            outside = middle
    return inside


class WatchedDay(date):
    """Today, or a day that moves with it, as a date that narrows a span. Leaving the process it
    becomes a plain date, which counts as showing it."""

    _span: Span
    _of: Moving

    @classmethod
    def of(cls, span: Span) -> WatchedDay:
        """The span's today."""
        return cls._made(span, lambda day: day)

    @classmethod
    def _made(cls, span: Span, of: Moving) -> WatchedDay:
        self = super().__new__(cls, *_parts(of(span.today)))
        self._span, self._of = span, of
        return self

    def moved(self, move: Moving) -> WatchedDay:
        """The day that belongs to this one, watched as well."""
        own = self._of
        return self._made(self._span, lambda day: move(own(day)))

    def _ask(self, question: Callable[[date], _Answer]) -> _Answer:
        """The answer to a question; answers never come back as days go on."""
        of = self._of
        answer = question(of(self._span.today))
        self._span.narrow(lambda day: question(of(day)) == answer)
        return answer

    @property
    def shown(self) -> date:
        """The plain day, for whoever shows it or counts with it."""
        return self._ask(lambda day: day)

    # ------------------------------------------------------- what is asked without showing the day

    def __lt__(self, other: date) -> bool:
        other = plain(other)
        return self._ask(lambda day: day < other)

    def __le__(self, other: date) -> bool:
        other = plain(other)
        return self._ask(lambda day: day <= other)

    def __gt__(self, other: date) -> bool:
        return not self <= other

    def __ge__(self, other: date) -> bool:
        return not self < other

    def __eq__(self, other: object) -> bool:
        return isinstance(other, date) and self <= other and self >= other

    def __ne__(self, other: object) -> bool:
        return not self == other

    @property
    def year(self) -> int:
        """The year alone."""
        return self._ask(lambda day: day.year)

    @property
    def month(self) -> int:
        """The month of this year."""
        return self._ask(lambda day: (day.year, day.month))[1]

    def __add__(self, other: timedelta) -> WatchedDay:
        return self.moved(lambda day: day + other)

    __radd__ = __add__

    # ------------------------------------------------------------- what is of this day and no other

    @property
    def day(self) -> int:
        """The day of the month."""
        return self.shown.day

    def __sub__(self, other: Any) -> Any:
        return self + -other if isinstance(other, timedelta) else self.shown - plain(other)

    def __rsub__(self, other: date) -> timedelta:
        return plain(other) - self.shown

    def __hash__(self) -> int:
        return hash(self.shown)

    def __repr__(self) -> str:
        return repr(self.shown)

    def __str__(self) -> str:
        return str(self.shown)

    def __format__(self, spec: str) -> str:
        return format(self.shown, spec)

    def __reduce_ex__(self, protocol: Any) -> Any:
        return self.shown.__reduce_ex__(protocol)

    def isoformat(self) -> str:
        """The day as text."""
        return self.shown.isoformat()

    def strftime(self, format: str) -> str:
        """The day as text."""
        return self.shown.strftime(format)

    def weekday(self) -> int:
        """The day of the week."""
        return self.shown.weekday()

    def toordinal(self) -> int:
        """The day as a number."""
        return self.shown.toordinal()

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("ask a watched day for `shown` first")

    replace = ctime = isocalendar = isoweekday = timetuple = _refuse


def plain(day: date) -> date:
    """A day as a plain date; of a watched one that counts as showing it."""
    return day.shown if isinstance(day, WatchedDay) else day


def moved(day: date, move: Moving) -> date:
    """The day that belongs to a day, watched where that is."""
    return day.moved(move) if isinstance(day, WatchedDay) else move(day)


def _parts(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day
