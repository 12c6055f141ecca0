"""Sheets for the wall: what each says, made from the same views as the pages."""

from generator.views.sheets.records import record_sheet
from generator.views.sheets.sets import (
    NO_NOTES,
    Notes,
    SheetNote,
    sheet_notes,
    site_sheets,
    village_sheets,
)
from generator.views.sheets.sheet import SheetView
from generator.views.sheets.subjects import (
    power_list_sheet,
    power_sheet,
    report_sheet,
    station_sheet,
)

__all__ = [
    "NO_NOTES",
    "Notes",
    "SheetNote",
    "SheetView",
    "power_list_sheet",
    "power_sheet",
    "record_sheet",
    "report_sheet",
    "sheet_notes",
    "site_sheets",
    "station_sheet",
    "village_sheets",
]
