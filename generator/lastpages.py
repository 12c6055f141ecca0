"""Knows of a village's last pages what every later version of the program can read, so that an update takes
none of them away: a few plain facts in its room of the store, and what its manifest in the site lists."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.keeping import NEVER, Bench, Made, store_of
from generator.output.draft import Draft
from generator.output.files import WrittenFile, WrittenFiles
from generator.output.manifest import village_listing, village_records
from generator.output.store import Store
from generator.packed import pack
from generator.problems import Problem, Source, problem
from generator.settings import Settings
from generator.views.sites import VillageSummary, bare_summary

_ENTRY = "facts"
_FORMAT = 1  # of the facts; a later one reads this one as well


@dataclass(frozen=True)
class Facts:
    """What pages above a village say of it at the least, and until when its names may be read."""

    name: str
    town: str
    names_until: str
    groups: int
    households: int
    population: int
    records: int


def keep_facts(store: Store | None, made: Made, summary: VillageSummary) -> None:
    """Keep what is known of a village that was made."""
    card = summary.card
    facts = Facts(
        made.name,
        card.town,
        made.names_until.isoformat(),
        card.groups,
        card.households,
        card.population,
        card.record_count,
    )
    if store and made.key:
        store.put(_ENTRY, (json.dumps([_FORMAT, vars(facts)]).encode(),))


def gone_villages(gone: Sequence[str], new: Sequence[str], settings: Settings) -> Iterator[Problem]:
    """What vanishes with villages whose folder is gone, and which of the `new` folders may be theirs, where
    each may have one."""
    others = f"（现在是不是叫 {'、'.join(new)}？）" if len(new) >= len(gone) else ""
    for id in gone:
        facts, count = _kept(store_of(settings, id)), len(village_records(settings.out, id))
        words = {"name": facts.name if facts else id, "count": count, "others": others}
        yield problem("village-gone", Source(f"{settings.villages.name}/{id}"), value=id, **words)


def last_pages(bench: Bench, village: str, draft: Draft) -> Made | None:
    """The village's pages as the site has them, with as much as is known of them; nothing where that
    does not tell until when they may stay."""
    facts = _kept(bench.store(village))
    if facts is None:
        return None
    listed = WrittenFiles.of(WrittenFile(*one, 0) for one in village_listing(draft.site, village))
    files = draft.held(listed) if len(listed) else None
    if files is None:
        return None
    summary = bare_summary(
        village,
        facts.name,
        facts.town,
        facts.groups,
        facts.households,
        facts.population,
        facts.records,
    )
    until = date.fromisoformat(facts.names_until)
    return Made(
        "", *NEVER, files, (), facts.name, facts.records, names_until=until, summary=pack(summary)
    )


def _kept(store: Store | None) -> Facts | None:
    """What is kept, if it is whole."""
    parts = store.get(_ENTRY) if store else None
    if not parts:
        return None
    try:
        number, said = json.loads(parts[0])
        facts = Facts(**said)
        date.fromisoformat(facts.names_until)
    except (ValueError, TypeError):
        return None
    return facts if number == _FORMAT and facts.name else None
