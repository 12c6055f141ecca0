"""Checks groups, villages and towns that records name against village.yaml, and what is said of its boards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from generator.checks.context import Context, cell
from generator.model.papers import SheetKind
from generator.model.period import STANDING
from generator.model.sounds import fits
from generator.model.spellings import foreign_place, group_key
from generator.problems import Problem, Source, problem


def groups_known(context: Context) -> Iterator[Problem]:
    """A villager group that a row names is one of the village's. Where village.yaml has a fault, some
    of its groups may be missing, and nothing is said."""
    if any(name in context.data.left_out for name in _from_village_yaml(context)):
        return
    groups = context.data.village.groups
    known = {group_key(name) for group in groups for name in (group.title, group.id)}
    if not known:
        return
    titles = "、".join(group.title for group in groups)
    for record, table, schema in context.tables():
        field = schema.villager_group
        if field is None:
            continue
        seen: set[str] = set()
        for row in table.rows:
            value = row.values.get(field.name)
            if not isinstance(value, str) or group_key(value) in known | seen:
                continue
            seen.add(group_key(value))
            source = cell(record, row.number, field.name)
            same = sum(row.values.get(field.name) == value for row in table.rows)
            yield problem("group-unknown", source, value=value, groups=titles, count=same)


def _from_village_yaml(context: Context) -> Iterator[str]:
    for item in context.shared.catalogue.items:
        if item.kind == "people":
            yield f"{item.id}/{STANDING.text}"


def names_are_read(context: Context) -> Iterator[Problem]:
    """What village.yaml says of how names are read fits the village's own names."""
    village = context.data.village
    names = [village.name, *(group.title for group in village.groups)]
    for spoken in village.pinyin:
        if not any(spoken.name in name for name in names):
            known = "、".join(names)
            yield problem("pinyin-name", spoken.source, value=spoken.name, names=known)
        elif not fits(spoken.name, spoken.letters):
            count = len(spoken.name)
            yield problem(
                "pinyin-syllables",
                spoken.source,
                value=spoken.name,
                letters=spoken.letters,
                count=count,
            )


def titles_of_this_village(context: Context) -> Iterator[Problem]:
    """A title names no other village or town than the one in whose folder the table lies."""
    village, site = context.data.village, context.shared.site
    town = site.town(village.town)
    own = town.name if town else ""
    towns = [other.name for other in site.towns]
    for record, table, _ in context.tables():
        for title in table.titles:
            other = foreign_place(title.text, village.name, own, towns)
            if other:
                source = Source(record.source.file, title.number)
                yield problem("title-place", source, value=other, village=f"{own}{village.name}")
                break


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
