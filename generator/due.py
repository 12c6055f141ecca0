"""Decides which of a village's sheets are drawn, where not all are, and which stay as they were drawn.

What hangs or is to hang is drawn, and what the last build that drew did not know in these words.
All else keeps the sheet that was drawn when it was new; where none was, it has none. So pages and
sheets are a function of the inputs and of what the store keeps, of the inputs alone where that is
nothing: then what does not hang has no sheet.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from generator.output.store import Store
from generator.views.sheets import SheetView
from generator.views.walls.rounds import is_due

_ENTRY = "sheets"
_KEY = re.compile("[0-9a-f]{64}|")


def kept_sheets(sheets: Iterable[SheetView], store: Store | None, terms: str) -> dict[str, str]:
    """The sheets that are not drawn now, by path, each with the key under which it is kept; none
    where it never was drawn, or was under other `terms`: the site's address, and what is masked."""
    known = _known(store, terms)
    return {
        sheet.path: known.get(sheet.path, ("", ""))[1]
        for sheet in sheets
        if not is_due(sheet) and not _is_new(sheet, known)
    }


def _is_new(sheet: SheetView, known: Mapping[str, tuple[str, str]]) -> bool:
    """Where nothing is known nothing is new: a county's first build would draw it all."""
    return bool(known) and known.get(sheet.path, (None, ""))[0] != sheet.code


def remember_sheets(
    sheets: Iterable[SheetView], keys: Mapping[str, str], store: Store | None, terms: str
) -> None:
    """Note what the sheets say, and under which keys those that were drawn are kept."""
    if store:
        told = {sheet.path: (sheet.code, keys.get(sheet.path, "")) for sheet in sheets}
        store.put(_ENTRY, (json.dumps([terms, told]).encode(),))


def _known(store: Store | None, terms: str) -> Mapping[str, tuple[str, str]]:
    parts = store.get(_ENTRY) if store else None
    try:
        there, told = json.loads(parts[0]) if parts else ("", {})
        known = {path: (str(code), str(key)) for path, (code, key) in told.items()}
    except (ValueError, TypeError, AttributeError):
        return {}
    is_same = there == terms and all(_KEY.fullmatch(key) for _, key in known.values())
    return known if is_same else {path: (code, "") for path, (code, _) in known.items()}
