"""Reads from a village's private folder what its books and lists are held against."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from generator.intake.bank import read_bank
from generator.intake.folders import VillageFolder, is_link, is_litter
from generator.intake.private import read_private, unread
from generator.intake.recalling import Recall, read_anew
from generator.intake.worksheets import TABLE_ENDINGS
from generator.model.books import decimal
from generator.model.controls import Beside, Control, Listed
from generator.model.period import parse_period
from generator.model.schema import Role, TableSchema
from generator.model.shared import Shared
from generator.model.village import Row, Village
from generator.problems import Problem, Source, problem

CONTROLS, LISTS = "private/controls.csv", "private/lists"


def read_beside(
    folder: VillageFolder, village: Village, shared: Shared, recall: Recall = read_anew
) -> tuple[Beside, tuple[Problem, ...]]:
    """What a build holds the village's books against: statements without a word of the bank, and totals."""
    bank, unread = read_bank(folder, village, shared, recall)
    controls, wrong = read_controls(folder, village, shared, recall)
    statements = tuple(one.statement for one in bank)
    return Beside(statements, controls), (*unread, *wrong)


def read_controls(
    folder: VillageFolder, village: Village, shared: Shared, recall: Recall = read_anew
) -> tuple[tuple[Control, ...], tuple[Problem, ...]]:
    """The totals in private/controls.csv; there need be none."""
    path, schema, file = folder.path / CONTROLS, shared.staff.get("controls"), _name(folder)
    if schema is None or is_link(path) or not path.is_file():
        return (), ()
    table = read_private(path, file, schema, shared.mask_profile(village.masks), None, recall)
    if isinstance(table, Problem):
        return (), (table,)
    found, wrong = [], []
    for row in table.rows:
        control = _control(row, village, schema)
        if control:
            found.append(control)
        else:
            wrong.append(str(row.number))
    reason = f"第 {'、'.join(wrong[:8])} 行的期次或账套不认识"
    return tuple(found), (unread(file, reason),) if wrong else ()


def _name(folder: VillageFolder) -> str:
    return f"{folder.name}/{CONTROLS}"


def _control(row: Row, village: Village, schema: TableSchema) -> Control | None:
    period = parse_period(str(row.values.get(schema.fields[0].name)))
    account = str(row.values.get(schema.fields[1].name) or "")
    known = {word: own.id for own in village.accounts for word in (own.id, own.title)}
    own = known.get(account) if account else village.accounts[0].id
    if period is None or own is None:
        return None
    return Control(
        period, own, *(_amount(row, schema, r) for r in ("income", "expense", "balance"))
    )


def _amount(row: Row, schema: TableSchema, role: Role) -> Decimal | None:
    value = schema.value(row.values, role)
    return None if value is None else decimal(value)


def read_lists(
    folder: VillageFolder, village: Village, shared: Shared
) -> tuple[tuple[Listed, ...], tuple[Problem, ...]]:
    """The persons in private/lists. They are read only where they are compared, and kept nowhere."""
    place, schema = folder.path / LISTS, shared.staff.get("persons")
    if schema is None or is_link(place) or not place.is_dir():
        return (), ()
    masks = shared.mask_profile(village.masks)
    found: list[Listed] = []
    faults: list[Problem] = []
    for path in sorted(path for path in place.iterdir() if not is_litter(path.name)):
        file = f"{folder.name}/{LISTS}/{path.name}"
        if is_link(path) or path.suffix.lower() not in TABLE_ENDINGS:
            faults.append(problem("private-unread", Source(file), reason="不是表格"))
            continue
        table = read_private(path, file, schema, masks, None, read_anew)
        if isinstance(table, Problem):
            faults.append(table)
            continue
        for row in table.rows:
            name, group = (str(schema.value(row.values, role) or "") for role in ("name", "group"))
            since = schema.value(row.values, "date")
            day = since if isinstance(since, date) else None
            found.append(Listed(path.stem, name, group, day))
    return tuple(found), tuple(faults)
