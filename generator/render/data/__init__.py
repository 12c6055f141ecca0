"""Open data: of each record, of each village and of the site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.model.shared import Shared
from generator.output.files import OutputFile
from generator.render.data.datapackages import RECORDS_SCHEMA, site_package, village_package
from generator.render.data.household import household_rows
from generator.render.data.records import render_data
from generator.render.data.schemas import columns_schema, json_file, table_schemas
from generator.render.data.tables import (
    RECORDS,
    coverage_tables,
    directory_table,
    records_table,
    villages_table,
)
from generator.views.contents import VillageContents
from generator.views.sites import SiteView

__all__ = ["render_data", "site_data", "village_data"]


def village_data(
    contents: VillageContents, shared: Shared, base_url: str
) -> tuple[OutputFile, ...]:
    """Every record's files, the table of the records, and the Data Package over them."""
    place, views = contents.place, contents.records
    masks = shared.mask_profile(place.village.masks)
    used = {view.item.table for view in views if view.publication.columns}
    files = (
        *(file for view in views for file in render_data(view)),
        *records_table(place, views, base_url),
        *_own_directory(contents, shared),
        *table_schemas(f"{place.url}schemas/", (shared.tables[t] for t in sorted(used)), masks),
    )
    package = village_package(contents, shared.site, files, base_url)
    return (*files, package, household_rows(contents.household))


def _own_directory(contents: VillageContents, shared: Shared) -> Iterator[OutputFile]:
    """The catalogue of a village that goes by rules of its own."""
    place = contents.place
    if place.village.rules:
        rules = shared.rule_pack(place.village.rules)
        yield directory_table(place.url, rules, shared, contents.today)


def site_data(site: SiteView, today: date, base_url: str) -> tuple[OutputFile, ...]:
    """The table of the villages, the catalogue as it is today, the schemas of all items' tables, and
    the site's Data Package."""
    shared = site.shared
    used = {item.table for item in shared.catalogue.items}
    tables = tuple(table for table in shared.tables.values() if table.name in used)
    villages = villages_table(site, base_url)
    return (
        villages,
        directory_table("open-data/", shared.rule_pack(""), shared, today),
        *coverage_tables(shared),
        json_file(RECORDS_SCHEMA, columns_schema(RECORDS)),
        *table_schemas("open-data/schemas/", tables, shared.mask_profile("")),
        site_package(site, villages, base_url),
    )
