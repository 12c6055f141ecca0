"""Reads rows that say something about the whole table: 公开日期, 更正 and 已核对."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.intake.decoding import GridRow

PUBLISHED = ("公开日期", "公示日期", "公开时间", "公示时间", "公布日期", "公布时间")
_CORRECTED = ("更正",)
CONFIRMED = ("金额已核对", "已核对")
EVENT_DAY = "哪一天的事"
"""What stands before the day of what has no other period, above a blank's table."""
# Under a table the label and the day may stand behind other words: 制表：…　公开日期：2026年10月8日.
_WITHIN = re.compile(rf"(?:^|.*[\s:：，,。;；])({'|'.join(PUBLISHED)})\s*[:：]\s*(\S.*)?")
# The day that a text begins with: of 2026年10月3日至10月9日 the first, on which the sheet was put up.
_FIRST_DAY = re.compile(
    r"(\d{4}\s*(?:年|[-./])\s*\d{1,2}\s*(?:月|[-./])\s*\d{1,2}\s*日?)(?=[\s,，;；。至到起—~～-])"
)
_AFTER_DAY = re.compile(r"[，,、；;:\s]+")


def is_statement(row: GridRow) -> bool:
    """Whether a row says when the table was made public, or what was corrected."""
    return bool(_statement(row, (*PUBLISHED, *_CORRECTED, *CONFIRMED)))


def published_texts(row: GridRow) -> list[str]:
    """公开日期 and the day, of a row that says it in two cells or in one; else nothing."""
    return _statement(row, PUBLISHED)


def first_day(text: str) -> str:
    """The day that a text begins with where more stands behind it; else the text as it is."""
    found = _FIRST_DAY.match(text)
    return found[1] if found else text


def published_within(row: GridRow) -> Iterator[list[str]]:
    """公开日期 and what stands behind it, wherever in a row of words it stands."""
    cells = [cell for cell in row.cells if cell]
    for place, cell in enumerate(cells):
        found = _WITHIN.fullmatch(cell)
        if found:
            yield [found[1], *([found[2]] if found[2] else cells[place + 1 : place + 2])]
        elif cell in PUBLISHED:
            yield [cell, *cells[place + 1 : place + 2]]


def corrected_texts(row: GridRow) -> list[str]:
    """更正, the day and what was changed, each in a cell or all in one; else nothing."""
    texts = _statement(row, _CORRECTED)
    if len(texts) == 2:
        texts[1:] = [text for text in _AFTER_DAY.split(texts[1], maxsplit=1) if text]
    return texts


def confirmed_texts(row: GridRow) -> list[str]:
    """金额已核对 and the amounts, or labels of rows, that are right as they stand; else nothing."""
    return _statement(row, CONFIRMED)


def _statement(row: GridRow, labels: tuple[str, ...]) -> list[str]:
    """A label and what stands behind it in the same cell or the next ones."""
    texts = [cell for cell in row.cells if cell]
    label, _, rest = texts[0].replace("：", ":").partition(":") if texts else ("", "", "")
    if label.strip() not in labels:
        return []
    return [label.strip(), *([rest.strip()] if rest.strip() else []), *texts[1:]]
