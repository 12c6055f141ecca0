"""Makes records of the officials and supervisors that a village.yaml names."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.period import STANDING
from generator.model.shared import Shared
from generator.model.village import People, Record, Village
from generator.problems import Source


def people_records(village: Village, source: Source, shared: Shared) -> Iterator[Record]:
    """The records of the people items; village.yaml is their file."""
    for item in shared.catalogue.items:
        persons = village.people if item.people == "people" else village.supervisors
        if item.kind == "people" and persons:
            people, key = People(persons), STANDING.text
            yield Record(village.id, item.id, key, STANDING, "", None, people, source)
