"""Reads what banks export of a village's accounts, from its private/bank.

Days, amounts and kinds of lines go on from here to whoever compares books; the words only to staff.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.intake.folders import VillageFolder, is_link, is_litter
from generator.intake.private import read_private, unread
from generator.intake.recalling import Recall, read_anew
from generator.intake.worksheets import TABLE_ENDINGS
from generator.model.bank import BankLine, BankRules, Statement
from generator.model.books import decimal
from generator.model.period import Period, parse_period
from generator.model.schema import TableSchema
from generator.model.shared import Shared
from generator.model.village import Table, Village
from generator.problems import Problem, Source, problem

BANK = "private/bank"
_PART = re.compile("[a-z0-9]{0,4}")  # too short for the number of an account
_Named = tuple[Period, str, str]


@dataclass(frozen=True)
class BankFile:
    """A statement, and what the bank wrote to each of its lines: the other side and the purpose."""

    statement: Statement
    words: Mapping[int, tuple[str, str]]


def read_bank(
    folder: VillageFolder, village: Village, shared: Shared, recall: Recall = read_anew
) -> tuple[tuple[BankFile, ...], tuple[Problem, ...]]:
    """The statements of a village, and those that cannot be read."""
    place, schema, rules = folder.path / BANK, shared.staff.get("bank"), shared.bank
    if schema is None or rules is None or is_link(place) or not place.is_dir():
        return (), ()
    masks = shared.mask_profile(village.masks)
    found: list[BankFile] = []
    faults: list[Problem] = []
    unnamed = 0
    for path in sorted(path for path in place.iterdir() if not is_litter(path.name)):
        named = _named(path, village)
        if named is None:
            unnamed += 1
            continue
        file = f"{folder.name}/{BANK}/{path.name}"
        if any(_is_again(named, one.statement) for one in found):
            table: Table | Problem = unread(file, "和另一份流水说的是同一段日子")
        else:
            table = read_private(path, file, schema, masks, named[0], recall)
        if isinstance(table, Problem):
            faults.append(table)
        else:
            found.append(_bank_file(table, named, schema, rules, file))
    if unnamed:  # a name may be the number of an account, so none is told
        source = Source(f"{folder.name}/{BANK}")
        faults.append(problem("bank-unnamed", source, count=unnamed))
    return tuple(found), tuple(faults)


def _named(path: Path, village: Village) -> _Named | None:
    """The period and the set of books in a file's name; a third part tells accounts of it apart."""
    text, account, part = (*path.stem.split(".", 2), "", "")[:3]
    period = parse_period(text) if path.stem.isascii() else None
    known = [own.id for own in village.accounts]
    is_table = path.is_file() and not is_link(path) and path.suffix.lower() in TABLE_ENDINGS
    is_known = account in ("", *known) and _PART.fullmatch(part)
    if period is None or period.kind == "event" or not is_table or not is_known:
        return None
    return period, account or known[0], part


def _is_again(named: _Named, other: Statement) -> bool:
    """Whether a statement tells days of an account a second time."""
    period, account, part = named
    is_same = (account, part) == (other.account, other.part)
    return is_same and period.start <= other.period.end and other.period.start <= period.end


def _bank_file(
    table: Table, named: _Named, schema: TableSchema, rules: BankRules, file: str
) -> BankFile:
    names = [f.name for f in schema.fields if f.type == "string" and f.role != "name"]
    lines, words = [], {}
    for row in table.rows:
        day = schema.value(row.values, "date")
        change = decimal(schema.value(row.values, "income")) - decimal(
            schema.value(row.values, "expense")
        )
        if change and isinstance(day, date):
            purpose = " ".join(str(text) for n in names if (text := row.values.get(n)))
            kind = rules.kind(purpose)
            lines.append(BankLine(row.number, day, change, kind))
            words[row.number] = (str(schema.value(row.values, "name") or ""), purpose)
    return BankFile(Statement(*named, tuple(lines), Source(file)), words)
