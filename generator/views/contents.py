"""Everything that is shown of one village."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.model.shared import Shared
from generator.model.village import VillageData
from generator.views.linking import village_records
from generator.views.places import Place
from generator.views.powers import PowerListView, PowerView, own_power_views, power_list
from generator.views.records import RecordView, record_views
from generator.views.villages import ItemView, VillageView, item_views, village_view


@dataclass(frozen=True)
class VillageContents:
    """A village's home, items and records, and the powers as they hold there."""

    place: Place
    home: VillageView
    items: tuple[ItemView, ...]
    records: tuple[RecordView, ...]
    power_list: PowerListView
    own_powers: tuple[PowerView, ...]


def village_contents(data: VillageData, shared: Shared, today: date) -> VillageContents:
    """Derive all views of a village from its sound records."""
    records = village_records(data, shared, today)
    views = record_views(records)
    own_powers = own_power_views(records.place, shared, data.overrides, views, today)
    return VillageContents(
        place=records.place,
        home=village_view(records, views),
        items=item_views(records, views),
        records=views,
        power_list=power_list(shared, records.place, own_powers),
        own_powers=own_powers,
    )
