"""Rows that say something of the table as a whole: 公开日期 and 更正."""

from __future__ import annotations

import re

from generator.intake.files import GridRow

PUBLISHED = ("公开日期", "公示日期")
_CORRECTED = ("更正",)
_AFTER_DAY = re.compile(r"[，,、；;:\s]+")


def is_statement(row: GridRow) -> bool:
    """Whether a row says when the table was made public, or what was corrected."""
    return bool(_statement(row, (*PUBLISHED, *_CORRECTED)))


def published_texts(row: GridRow) -> list[str]:
    """公开日期 and the day, of a row that says it in two cells or in one; else nothing."""
    return _statement(row, PUBLISHED)


def corrected_texts(row: GridRow) -> list[str]:
    """更正, the day and what was changed, each in a cell or all in one; else nothing."""
    texts = _statement(row, _CORRECTED)
    if len(texts) == 2:
        texts[1:] = [text for text in _AFTER_DAY.split(texts[1], maxsplit=1) if text]
    return texts


def _statement(row: GridRow, labels: tuple[str, ...]) -> list[str]:
    """A label and what stands behind it in the same cell or the next ones."""
    texts = [cell for cell in row.cells if cell]
    label, _, rest = texts[0].replace("：", ":").partition(":") if texts else ("", "", "")
    if label.strip() not in labels:
        return []
    return [label.strip(), *([rest.strip()] if rest.strip() else []), *texts[1:]]
