"""Decides which sheets a village and the site have, and what pages say of their files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from generator.model.filenames import LONG_PICTURE, PDF, PICTURE, TILES
from generator.model.shared import Shared
from generator.views.contents import VillageContents
from generator.views.directory import catalogue_list
from generator.views.powers import flow_views, power_list, standard_power_views
from generator.views.sheets.records import record_sheet
from generator.views.sheets.sheet import SheetView
from generator.views.sheets.subjects import (
    article_sheet,
    flow_sheet,
    list_sheet,
    power_list_sheet,
    power_sheet,
    qr_sheet,
    station_sheet,
)


@dataclass(frozen=True)
class SheetNote:
    """What a page says of its own sheet: the code, and where the files are; they are empty
    where the sheet was not drawn. `picture` shows all its pages; `tiles` is there for one larger
    than the office's paper."""

    code: str
    pdf: str
    picture: str
    tiles: str = ""


Notes = Mapping[str, SheetNote]
NO_NOTES: Notes = MappingProxyType({})


def village_sheets(contents: VillageContents, shared: Shared) -> tuple[SheetView, ...]:
    """Every sheet of a village: its records' first."""
    words, today = shared.phrases, contents.today
    sheets = (
        *(
            record_sheet(view, words, today, contents.register_from(view.publication.url))
            for view in contents.records
        ),
        power_list_sheet(contents.power_list, shared),
        *(power_sheet(view, shared) for view in contents.own_powers),
        station_sheet(contents.station, shared),
        qr_sheet(contents.place, shared),
    )
    return tuple(sheet for sheet in sheets if sheet is not None)


def site_sheets(shared: Shared, today: date) -> tuple[SheetView, ...]:
    """The sheets that are the same in every village."""
    sheets = (
        power_list_sheet(power_list(shared), shared),
        *(power_sheet(view, shared) for view in standard_power_views(shared, today)),
        *(list_sheet(public, shared) for public in (*shared.lists, catalogue_list(shared, today))),
        *(flow_sheet(view, shared) for view in flow_views(shared, today)),
        *(article_sheet(article, shared, today) for article in shared.articles),
    )
    return tuple(sheet for sheet in sheets if sheet is not None)


def sheet_notes(sheets: Iterable[SheetView], drawn: Iterable[str]) -> Notes:
    """What pages say of their sheets, by the pages' addresses; `drawn` are paths of files."""
    there = frozenset(drawn)
    notes = {}
    for sheet in sheets:
        pdf, png = f"{sheet.path}{PDF}", f"{sheet.path}{PICTURE}"
        tiles, long = f"{sheet.path}{TILES}", f"{sheet.path}{LONG_PICTURE}"
        picture = long if long in there else png
        is_drawn = pdf in there
        notes[sheet.url] = SheetNote(
            sheet.code, pdf * is_drawn, picture * is_drawn, tiles * (tiles in there)
        )
    return notes
