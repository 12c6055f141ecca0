"""What a search over all villages can be narrowed to: towns and their villages, by name."""

from __future__ import annotations

from generator.output.files import OutputFile
from generator.render.search.documents import as_json
from generator.views.sites import SiteView


def render_names(site: SiteView) -> OutputFile:
    """For each town its id, its name, and its villages' ids and names; no persons."""
    towns = [
        [town.town.id, town.town.name, [[v.id, v.name] for v in town.villages]]
        for town in site.cards
    ]
    return OutputFile("search/names.json", as_json(towns))
