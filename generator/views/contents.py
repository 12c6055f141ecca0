"""Gathers all views of one village."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.model.shared import Shared
from generator.model.village import VillageData
from generator.views.affairs.chains import village_chains
from generator.views.affairs.current import current_registers
from generator.views.affairs.registers import Register
from generator.views.corrections import Change, WithdrawnView, village_changes, withdrawn_views
from generator.views.duties.duty import VillageDuties
from generator.views.duties.events import Event, VillageDays, village_days, village_events
from generator.views.duties.owed import village_duties
from generator.views.household import Household, household_view
from generator.views.law import RulesView, rules_view
from generator.views.linking import village_records
from generator.views.news import News, village_news
from generator.views.places import Place
from generator.views.powers import PowerListView, PowerView, own_power_views, power_list, uses
from generator.views.records import RecordView, record_views
from generator.views.stations import StationView, station_view
from generator.views.supervising.conduct import Conduct, village_conduct
from generator.views.villages import ItemView, VillageView, item_views, village_view
from generator.views.walls.postings import PostedView, village_postings
from generator.views.warnings.shown import VillageWarnings, village_warnings


@dataclass(frozen=True)
class VillageContents:
    """A village's home, items and records, and the powers as they hold there."""

    place: Place
    home: VillageView
    items: tuple[ItemView, ...]
    records: tuple[RecordView, ...]
    power_list: PowerListView
    own_powers: tuple[PowerView, ...]
    events: tuple[Event, ...]
    station: StationView
    duties: VillageDuties
    days: VillageDays
    withdrawn: tuple[WithdrawnView, ...]
    changes: tuple[Change, ...]
    news: tuple[News, ...]
    today: date
    registers: tuple[Register, ...]
    rules: RulesView
    warnings: VillageWarnings
    posted: PostedView | None
    conduct: Conduct
    household: Household

    def register_of(self, item: str) -> Register | None:
        """The current contracts or projects of an item."""
        return next((register for register in self.registers if register.item == item), None)

    def register_from(self, url: str) -> Register | None:
        """The current contracts or projects that come from the record at an address."""
        registers = (r for r in self.registers if any(link.url == url for link in r.sources))
        return next(registers, None)


def village_contents(data: VillageData, shared: Shared, today: date) -> VillageContents:
    """Derive all views of a village from its sound records."""
    records = village_records(data, shared, today)
    chains = village_chains(records)
    views = record_views(records, chains)
    own_powers = own_power_views(records.place, shared, data.overrides, views, today)
    duties, withdrawn = village_duties(records), withdrawn_views(records)
    changes = village_changes(views, withdrawn, records.shared.phrases)
    warnings = village_warnings(records, chains.affairs)
    return VillageContents(
        place=records.place,
        home=village_view(records, views, duties),
        items=item_views(records, views, duties, withdrawn),
        records=views,
        power_list=power_list(shared, records.place, own_powers, uses(views)),
        own_powers=own_powers,
        events=village_events(views, shared.phrases),
        station=station_view(records, views),
        duties=duties,
        days=village_days(duties, views),
        withdrawn=withdrawn,
        changes=changes,
        news=village_news(views, withdrawn, shared.phrases),
        today=today,
        registers=current_registers(records, chains.affairs),
        rules=rules_view(records.rules, shared, today),
        warnings=warnings,
        conduct=village_conduct(views, duties, changes, withdrawn, warnings, shared, today),
        posted=village_postings(records, views, withdrawn),
        household=household_view(records.place, views),
    )
