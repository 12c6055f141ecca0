"""Sheets for the wall: what each says, made from the same views as the pages."""

from generator.views.sheets.articles import article_sheet
from generator.views.sheets.lists import flow_sheet, list_sheet
from generator.views.sheets.places import qr_sheet, station_sheet
from generator.views.sheets.powers import power_list_sheet, power_sheet
from generator.views.sheets.records import record_sheet
from generator.views.sheets.sets import (
    NO_NOTES,
    Notes,
    SheetNote,
    sheet_notes,
    site_sheets,
    village_sheets,
)
from generator.views.sheets.sheet import SheetBody, SheetView

__all__ = [
    "NO_NOTES",
    "Notes",
    "SheetBody",
    "SheetNote",
    "SheetView",
    "article_sheet",
    "flow_sheet",
    "list_sheet",
    "power_list_sheet",
    "power_sheet",
    "qr_sheet",
    "record_sheet",
    "sheet_notes",
    "site_sheets",
    "station_sheet",
    "village_sheets",
]
