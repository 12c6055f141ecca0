"""What holds now of a village's contracts and projects, from the newest register of each account.

Only rows and cells that everybody may see are counted.
"""

from __future__ import annotations

from generator.model.catalogue import Item
from generator.model.village import Record, Table
from generator.views.affairs.belonging import Affair, published_rows
from generator.views.affairs.leases import leases_of
from generator.views.affairs.register import Register
from generator.views.affairs.works import works_of
from generator.views.linking import VillageRecords


def current_registers(records: VillageRecords, affairs: tuple[Affair, ...]) -> tuple[Register, ...]:
    """The registers of contracts and projects as they stand, one for each item of that kind."""
    rows = tuple(published_rows(records))
    found = []
    for item in records.shared.catalogue.items:
        schema = records.shared.tables.get(item.table)
        if schema is None or schema.affair not in ("contract", "project"):
            continue
        newest = newest_records(item, records)
        own = tuple(row for row in rows if row.record in newest)
        made = (
            leases_of(item, own, newest, records)
            if schema.affair == "contract"
            else works_of(item, own, newest, affairs, records)
        )
        if made is not None:
            found.append(made)
    return tuple(found)


def newest_records(item: Item, records: VillageRecords) -> tuple[Record, ...]:
    """The newest record of an item in each account, in the order of the accounts."""
    newest: dict[str, Record] = {}
    for record in sorted(records.data.records, key=lambda r: (r.period, r.key)):
        if record.item == item.id and isinstance(record.content, Table):
            newest[record.account] = record
    order = [account.id for account in records.data.village.accounts]
    return tuple(newest[account] for account in order if account in newest)
