"""Describes a page's data for search engines: schema.org as JSON-LD."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from generator.model.filenames import DATA, ROWS
from generator.model.shared import Site
from generator.render.pages.frame import Say
from generator.views.records import RecordView

_CONTEXT = "https://schema.org"
_CATALOGUE = "open-data/"


def record_data(view: RecordView, site: Site, base_url: str) -> dict[str, Any] | None:
    """A record as a Dataset, a document as what it is; None where no address is known."""
    if not base_url:
        return None
    publication, place = view.publication, view.place
    name = f"{place.village.name}{publication.official}"
    address = f"{base_url}/{quote(publication.url)}"
    is_document = publication.document is not None
    said: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "DigitalDocument" if is_document else "Dataset",
        "name": name,
        "description": f"{place.town.name}{name}。{view.sentence}",
        "url": address,
        "identifier": f"sha256:{publication.digest}",
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "creator": _organisation(publication.publisher),
        "publisher": _organisation(place.town.publisher),
        **_terms(site),
    }
    if publication.window.start and publication.changed:
        said["datePublished"] = publication.window.start.isoformat()
        said["dateModified"] = publication.changed.isoformat()
    if publication.covers:
        first, last = (day.isoformat() for day in publication.covers)
        said["temporalCoverage"] = first if first == last else f"{first}/{last}"
    said["spatialCoverage"] = {"@type": "Place", "name": f"{place.town.name}{place.village.name}"}
    json_file = ("application/json", DATA)
    files = [json_file] if is_document else [("text/csv", ROWS), json_file]
    downloads = [
        {
            "@type": "MediaObject" if is_document else "DataDownload",
            "encodingFormat": kind,
            "contentUrl": address + file,
        }
        for kind, file in files
    ]
    if is_document:
        return said | {"encoding": downloads}
    catalogue = {"@type": "DataCatalog", "url": f"{base_url}/{_CATALOGUE}"}
    return said | {"distribution": downloads, "includedInDataCatalog": catalogue}


def catalogue_data(site: Site, base_url: str, say: Say) -> dict[str, Any] | None:
    """The page of open data as a DataCatalog; None where no address is known."""
    if not base_url:
        return None
    files = [("application/json", "datapackage.json"), ("text/csv", "open-data/villages.csv")]
    dataset = {
        "@type": "Dataset",
        "name": say("data_set", site=site.name),
        "description": say("data_about", site=site.name),
        "url": f"{base_url}/{_CATALOGUE}",
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "creator": _organisation(site.publisher),
        **_terms(site),
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": f"{base_url}/{file}"}
            for kind, file in files
        ],
    }
    return {
        "@context": _CONTEXT,
        "@type": "DataCatalog",
        "name": say("data", site=site.name),
        "url": f"{base_url}/{_CATALOGUE}",
        "publisher": _organisation(site.publisher),
        "dataset": dataset,
    }


def _organisation(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name}


def _terms(site: Site) -> dict[str, str]:
    return {"license": site.licence.url} if site.licence else {}
