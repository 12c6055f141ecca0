"""Says what is to be looked at: as text, as JSON and as a workbook."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from itertools import groupby

from generator.oversight.found import Found
from generator.oversight.workbook import SheetTable, as_workbook
from generator.views.said import say

_WIDTHS = 16, 24, 40, 50, 12, 12, 50


def as_text(found: Found) -> str:
    """By village, each with what the village says to it."""
    words = partial(say, found.shared.phrases, "oversight")
    lines = [words("found_title", today=found.today)]
    for villages, own in groupby(found.lines, key=lambda line: line.villages):
        lines += ["", villages]
        for line in own:
            lines.append(f"  {words('found', line=line)}")
            lines += (f"    {words('answer', answer=answer)}" for answer in line.answers)
    counts = {"count": len(found.lines), "open": len(found.unanswered)}
    lines += ["", words("found_total", **counts), *map(str, found.problems)]
    return "\n".join(lines)


def as_json(found: Found) -> str:
    """All values; days are ISO texts."""
    lines = [{**asdict(line), "day": line.day.isoformat()} for line in found.lines]
    content = {"today": found.today.isoformat(), "warnings": lines}
    return json.dumps(content, ensure_ascii=False, indent=1)


def as_found_workbook(found: Found) -> bytes:
    """One sheet with a row for each."""
    words = partial(say, found.shared.phrases, "oversight")
    names = tuple(zip(words("found_columns").split(","), _WIDTHS, strict=True))
    rows = (
        (
            *(line.villages, line.title, line.where, line.words, line.day),
            words("seen", public=line.is_public),
            "\n".join(line.answers),
        )
        for line in found.lines
    )
    return as_workbook((SheetTable(f"{found.today:%Y-%m-%d}", names, rows),))
