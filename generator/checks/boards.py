"""Checks the boards on a village's walls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from generator.checks.context import Context
from generator.model.papers import SheetKind
from generator.problems import Problem, problem


def village_boards(context: Context) -> Iterator[Problem]:
    """What hangs on a board is in the catalogue, or a kind of sheet; papers are ones that there
    are."""
    shared, village = context.shared, context.data.village
    catalogue = shared.catalogue
    kinds = get_args(SheetKind)
    items = [board.id for board in catalogue.boards] + [item.id for item in catalogue.items]
    papers = [b.paper for b in village.boards] + [s.paper for b in village.boards for s in b.sheets]
    named = [i for b in village.boards for i in (*b.items, *(s.item for s in b.sheets))]

    def unknown(values: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
        choices = f"可选：{'、'.join(known)}。"
        for value in dict.fromkeys(values):
            if value not in known:
                yield problem("setting-unknown", village.source, value=value, nearest=choices)

    yield from unknown(papers, tuple(shared.papers))
    yield from unknown(named, tuple(dict.fromkeys((*items, *kinds))))
