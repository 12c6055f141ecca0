"""What every search page knows besides its own texts: synonyms, and how things are done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from generator.model.synonyms import Synonyms
from generator.output.files import OutputFile
from generator.render.search.documents import Document, as_json, buckets_of, documents_by_month
from generator.views.entries import SearchEntry
from generator.views.labels import BEHIND

_SPREAD = 32  # pages in one piece


def render_guide(entries: Iterable[SearchEntry], synonyms: Synonyms) -> Iterator[OutputFile]:
    """Synonyms, and pages for villages' searches, no more than what is shown of them, since villagers'
    phones fetch them; the search of the site has them whole in its shards.

    The pages lie in pieces, and `pages.json` says of each in which buckets its terms are, and its
    letters and digits: a phone fetches a piece only where it may hold what is asked for. For letters
    that characters are read by it fetches all.
    """
    said = {
        "same": synonyms.found_by,
        "asking": sorted(synonyms.asking, key=len, reverse=True),
    }
    yield OutputFile("search/guide.json", as_json(said))
    shown = [replace(entry, text=entry.text.partition(BEHIND)[0]) for entry in entries]
    pages = documents_by_month(shown).get(0, [])
    pieces = [pages[start:][:_SPREAD] for start in range(0, len(pages), _SPREAD)]
    known = {"pieces": len(pieces), "buckets": buckets_of(map(_texts, pieces))}
    yield OutputFile("search/pages.json", as_json(known))
    for number, piece in enumerate(pieces):
        yield OutputFile(f"search/pages/{number}.json", as_json(piece))


def _texts(piece: Sequence[Document]) -> Iterator[str]:
    for _, title, _, passages in piece:
        yield title
        yield from (passage[1] for passage in passages)
