"""Frictionless Data Packages: what data there is, in words and for programs.

A village's package lists each of its tables; the site's lists the villages and the table of
each village's records, so that it stays small however many records there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from generator.model.filenames import ROWS
from generator.model.shared import Site
from generator.output.files import OutputFile
from generator.render.data.schemas import columns_schema, json_file
from generator.render.data.tables import PEOPLE, RECORDS, VILLAGES
from generator.views.contents import VillageContents
from generator.views.records import RecordView
from generator.views.sites import SiteView

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_NAME = "datapackage.json"
_ODD = re.compile("[^a-z0-9._-]")  # an account's id may be Chinese, a resource's name may not
RECORDS_SCHEMA = "open-data/records-schema.json"
"""Where the schema of every village's records.csv stands."""


def village_package(
    contents: VillageContents, site: Site, files: Iterable[OutputFile], base_url: str
) -> OutputFile:
    """datapackage.json of a village over its tables, which are among the files."""
    place, views = contents.place, contents.records
    by_path = {file.path: file for file in files}
    resources = [
        _record_resource(view, by_path[view.publication.url + ROWS], place.url)
        for view in views
        if view.publication.columns or view.publication.persons
    ]
    if views:
        name, file = place.village.name, by_path[f"{place.url}records.csv"]
        table = _resource("records", "records.csv", f"{name}公开的全部记录")
        resources.insert(0, table | _size(file) | {"schema": columns_schema(RECORDS)})
    title = f"{place.town.name}{place.village.name}公开数据"
    head = _head(place.village.id, title, place.village.name, f"{base_url}/{place.url}", site)
    return json_file(f"{place.url}{_NAME}", head | {"resources": resources})


def site_package(site: SiteView, villages: OutputFile, base_url: str) -> OutputFile:
    """datapackage.json of the site."""
    settings = site.shared.site
    table = _resource("villages", villages.path, "各村和它们的数据包")
    resources = [table | _size(villages) | {"schema": columns_schema(VILLAGES)}]
    for village in (v for town in site.cards for v in town.villages if v.record_count):
        title = f"{village.name}公开的全部记录"
        path = f"{village.url}records.csv"
        resources.append(
            _resource(f"records.{village.id}", path, title) | {"schema": RECORDS_SCHEMA}
        )
    head = _head("mingbai", f"{settings.name}数据", settings.publisher, f"{base_url}/", settings)
    return json_file(_NAME, head | {"resources": resources})


def _head(name: str, title: str, source: str, address: str, site: Site) -> dict[str, Any]:
    head: dict[str, Any] = {
        "$schema": _PROFILE,
        "name": name,
        "title": title,
        "contributors": [{"title": site.publisher, "roles": ["publisher"]}],
        "sources": [{"title": source}],
    }
    if "://" in address:
        head |= {"homepage": address, "sources": [{"title": source, "path": address}]}
    if site.licence:
        head["licenses"] = [{"title": site.licence.title, "path": site.licence.url}]
    return head


def _record_resource(view: RecordView, file: OutputFile, folder: str) -> dict[str, Any]:
    publication = view.publication
    name = _ODD.sub(lambda m: f"u{ord(m[0]):x}", f"{publication.item}.{publication.key}".lower())
    resource = _resource(name, file.path.removeprefix(folder), publication.official)
    if view.sentence:
        resource["description"] = view.sentence
    is_people = bool(publication.persons)
    schema = columns_schema(PEOPLE) if is_people else f"schemas/{view.item.table}.json"
    return resource | _size(file) | {"code": publication.code, "schema": schema}


def _resource(name: str, path: str, title: str) -> dict[str, Any]:
    return {
        "name": name,
        "path": path,
        "title": title,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
    }


def _size(file: OutputFile) -> dict[str, Any]:
    return {"bytes": len(file.content), "hash": f"sha256:{file.sha256}"}
