"""Finds the contracts and projects that a village has now, in the newest register of each set of books."""

from __future__ import annotations

from generator.model.catalogue import Item
from generator.model.village import Record, Table
from generator.views.affairs.belonging import Affair
from generator.views.affairs.leases import lease_register
from generator.views.affairs.projects import project_register
from generator.views.affairs.registers import NewestRows, Register
from generator.views.affairs.rows import published_rows
from generator.views.linking import VillageRecords
from generator.views.series import Series


def current_registers(records: VillageRecords, affairs: tuple[Affair, ...]) -> tuple[Register, ...]:
    """The registers of contracts and projects as they stand, one for each item of that kind. Only
    rows and cells that everybody may see are counted."""
    rows = tuple(published_rows(records))
    found = []
    for item in records.shared.catalogue.items:
        schema = records.shared.tables.get(item.table)
        if schema is None or schema.affair not in ("contract", "project"):
            continue
        newest = _newest_records(item, records)
        own = NewestRows(item, newest, tuple(row for row in rows if row.record in newest), records)
        if schema.affair == "contract":
            found.append(lease_register(own))
        else:
            found.append(project_register(own, affairs))
    return tuple(register for register in found if register is not None)


def _newest_records(item: Item, records: VillageRecords) -> tuple[Record, ...]:
    """The newest record of an item in each account, in the order of the accounts."""
    accounts = (account.id for account in records.data.village.accounts)
    series = (records.series.get((item.id, account), Series()) for account in accounts)
    newest = (one.newest for one in series)
    return tuple(r for r in newest if r is not None and isinstance(r.content, Table))
