"""What a row says in the search, as a person would say it: 张庆兰，三组：1,640.00 元，水稻补贴，2025年9月25日."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain

from generator.model.days import day
from generator.model.phrases import Phrases
from generator.model.schema import Field
from generator.publishing.publication import PublicCell, PublicRow, PublicTable
from generator.views.said import say

BEHIND = "\t"
"""Parts what is shown of a text or title from what is searched as well: terms take it for a space."""

_SIDES = {"income": "i", "expense": "e", "amount": "a"}
_Cell = tuple[Field, PublicCell, str]


def row_label(
    table: PublicTable, row: PublicRow, texts: Sequence[str], phrases: Phrases
) -> tuple[str, str]:
    """What a row says, by the roles of its columns, behind it all its other cells, and the mark of
    its amount; `texts` are those of the cells, empty where another says the same.

    The mark is a letter for received, spent or neither, a capital where such rows may be added up,
    and which part of the label has the amount, of those between colons and commas; then the same of a
    name. What is masked has no mark.
    """
    said = [one for one in zip(table.columns, row.cells, texts, strict=True) if one[2]]
    sums = [one for one in said if _is_sum(*one[:2])]
    sum_ = sums[0] if len(sums) == 1 else None
    lead = _lead(said)
    beside = [one for one in said if one[0].role == "group" and lead and _is_person(lead[0])]
    first = "，".join(text for _, _, text in ([lead] if lead else []) + beside[:1])
    known: list[_Cell] = [*filter(None, (lead, sum_)), *beside[:1]]
    others = _others(said, known)
    amount = sum_[2] if sum_ else ""
    side = f"{say(phrases, 'search', 'side', role=sum_[0].role)} ".lstrip() if sum_ else ""
    money = f"{side}{amount} 元" if amount else ""
    behind = joined([money, *(_in_full(one) for one in others)])
    label = f"{first}：{behind}" if first and behind else first or behind
    rest = " ".join(
        text for one in said if one not in known and one not in others for text in one[2:]
    )
    return f"{label}{BEHIND}{rest}" if rest else label, _mark(table, label, sum_, money, said)


def joined(parts: Iterable[str]) -> str:
    """Parts of a sentence, with a comma where the one before does not end one."""
    words = ""
    for part in filter(None, parts):
        words += (
            "，" if words and not words.endswith(("。", "！", "？", "；", "，")) else ""
        ) + part
    return words


def _lead(said: Sequence[_Cell]) -> _Cell | None:
    """The person that a row is about, or whom it names first, else what it is about."""
    named = [one for one in said if one[0].role in ("name", "title")]
    persons = (one for one in named if _is_person(one[0]))
    things = (one for role in ("subject", "reference") for one in said if one[0].role == role)
    return next(chain(persons, named, things), None)


def _others(said: Sequence[_Cell], known: Iterable[_Cell]) -> list[_Cell]:
    """What else is said in a few words: the answer, what it is about or with whom, how far it is,
    and when."""
    roles = ("answer", "title", "name", "subject", "status", "date")
    left = [one for one in said if one not in known]
    return [one for role in roles for one in left if one[0].role == role]


def _in_full(one: _Cell) -> str:
    """A cell's text; a day with its year, since a result stands alone."""
    field, cell, text = one
    is_day = field.type == "date" and isinstance(cell.value, date)
    return day(cell.value) if is_day else text  # type: ignore[arg-type]


def _mark(
    table: PublicTable, label: str, sum_: _Cell | None, money: str, said: Sequence[_Cell]
) -> str:
    parts = re.split(f"[：，{BEHIND}]", label)
    if sum_ is None or money not in parts:  # the words of a side may be an office's own
        return ""
    field = sum_[0]
    letter = _SIDES[field.role]
    adds = field.total and (field.role != "amount" or field.sum_as)
    mark = f"{letter.upper() if adds else letter}{parts.index(money)}"
    names = [one for one in said if _is_name(table, *one[:2])]
    if len(names) != 1 or names[0][2] not in parts:
        return mark
    return f"{mark},{parts.index(names[0][2])}"


def _is_person(field: Field) -> bool:
    return field.role == "name" and field.mask == "name"


def _is_sum(field: Field, cell: PublicCell) -> bool:
    is_money = field.role in _SIDES and field.unit == "元" and not field.unit_in
    return is_money and bool(cell.text) and cell.value is not None and cell.data.strip("0.-") != ""


def _is_name(table: PublicTable, field: Field, cell: PublicCell) -> bool:
    is_known = field.role == "name" and table.shows(field.name)
    return is_known and bool(cell.text) and cell.value is not None
