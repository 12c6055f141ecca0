"""Decides which items a page of search lists, and for all of the site which villages have each."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.catalogue import Board, Catalogue, Item
from generator.views.places import Link
from generator.views.sites import SiteView
from generator.views.villages import VillageView


@dataclass(frozen=True)
class Listed:
    """An item of which something is published, and what leads to it."""

    item: Item
    url: str


@dataclass(frozen=True)
class ListedBoard:
    """A board with its items."""

    board: Board
    items: tuple[Listed, ...]


@dataclass(frozen=True)
class ItemVillages:
    """The villages that have an item, below the names of their towns."""

    board: Board
    item: Item
    url: str
    towns: tuple[tuple[str, tuple[Link, ...]], ...]


def listed_in_village(view: VillageView) -> tuple[ListedBoard, ...]:
    """What a village has published, by board."""
    boards = (
        ListedBoard(b.board, tuple(Listed(i.item, i.url) for i in b.items if i.count))
        for b in view.boards
    )
    return tuple(board for board in boards if board.items)


def item_villages(site: SiteView) -> tuple[ItemVillages, ...]:
    """Every item that a village has published."""
    found = (
        ItemVillages(board, item, f"search/{item.id}/", _towns(site, item))
        for board in site.shared.catalogue.boards
        for item in board.items
    )
    return tuple(one for one in found if one.towns)


def listed_in_site(
    catalogue: Catalogue, items: tuple[ItemVillages, ...]
) -> tuple[ListedBoard, ...]:
    """The same by board, for the search of all villages."""
    boards = (
        ListedBoard(b, tuple(Listed(one.item, one.url) for one in items if one.board is b))
        for b in catalogue.boards
    )
    return tuple(board for board in boards if board.items)


def _towns(site: SiteView, item: Item) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    towns = (
        (
            town.town.name,
            tuple(Link(v.name, f"{v.url}{item.id}/") for v in town.villages if item.id in v.items),
        )
        for town in site.cards
    )
    return tuple((name, villages) for name, villages in towns if villages)
