"""The rows of all lists of households, for the page on which readers find their own."""

from __future__ import annotations

import json
from typing import Any

from generator.output.files import OutputFile
from generator.views.household import Household, HouseholdRecord

ROWS = "rows.json"


def household_rows(view: Household) -> OutputFile:
    """Column by column, which compresses to half of what rows would; what all rows of a list say
    stands once. Addresses begin at the site's root."""
    content = json.dumps(
        [_record(record) for record in view.records], ensure_ascii=False, separators=(",", ":")
    )
    return OutputFile(f"{view.url}{ROWS}", content.encode())


def _record(record: HouseholdRecord) -> dict[str, Any]:
    return {
        "url": record.link.url,
        "title": record.link.title,
        "scheme": record.scheme,
        "until": record.until.isoformat() if record.until else "",
        "masked": int(record.is_masked),
        "sum": record.sum_as,
        "rows": record.rows,
        "parts": [[part.kind, part.label, part.unit, _short(part.texts)] for part in record.parts],
    }


def _short(texts: tuple[str, ...]) -> str | tuple[str, ...]:
    return texts[0] if len(set(texts)) == 1 else texts
