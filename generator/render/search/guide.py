"""What every search page knows besides its own texts: synonyms, and how things are done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.model.synonyms import Synonyms
from generator.output.files import OutputFile
from generator.render.search.documents import as_json, documents_by_month
from generator.views.entries import SearchEntry
from generator.views.labels import BEHIND


def render_guide(entries: Iterable[SearchEntry], synonyms: Synonyms) -> OutputFile:
    """`pages` are documents for a village's search, no more than what is shown of them, since each
    village's phone fetches them; the search of the site has them whole in its shards."""
    shown = [replace(entry, text=entry.text.partition(BEHIND)[0]) for entry in entries]
    content = {
        "same": synonyms.found_by,
        "asking": sorted(synonyms.asking, key=len, reverse=True),
        "pages": documents_by_month(shown).get(0, []),
    }
    return OutputFile("search/guide.json", as_json(content))
