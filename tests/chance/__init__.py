"""Books made by chance: every form that offices use, with formats, units, orders and faults of all kinds.

Each book knows what its own paper says, so that whoever puts it in can be held against that."""

from __future__ import annotations

from random import Random

from tests.chance.books import MONEYS, Book, Form, save
from tests.chance.faults import spoilt
from tests.chance.ledgers import beside, daybook, ledger, months, quarter, stacked
from tests.chance.lists import debts, groups, households, members, register, schemes, sets, works
from tests.chance.statements import position, trial

__all__ = ["FORMS", "Book", "make", "save"]

FORMS: tuple[Form, ...] = (
    *(ledger, beside, daybook, months, quarter, stacked),
    *(households, members, schemes, sets, groups, register, debts, works),
    *(trial, position),
)


def make(seed: int) -> tuple[str, Book]:
    """The book of a seed and the name of its form; one in four has a fault."""
    random = Random(seed)
    form, money = random.choice(FORMS), random.choice(MONEYS)
    book = form(random, money)
    if random.random() < 0.25:
        spoilt(random, book)
    return form.__name__, book
