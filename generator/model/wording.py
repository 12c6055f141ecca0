"""Whether content/ speaks in the words of a village or of a community (居民委员会).

Only what we wrote changes. What an office typed, ids and names of columns, by which files and open
data know them, and the titles of laws stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from generator.model.catalogue import Basis
from generator.model.phrases import Phrases
from generator.model.schema import Field, TableSchema
from generator.model.shared import Shared
from generator.model.urban import UrbanWords
from generator.model.village import Village

T = TypeVar("T")
# What the town typed, and what is known by its words, not read: these parts of content/ stay.
_APART = frozenset(
    (
        *("site", "masks", "papers", "privacy", "words", "plausibility", "holidays", "logo"),
        *("sheets", "forms", "phrases", "urban", "is_urban", "visit_rules", "visits"),
        *("staff", "bank", "synonyms"),
    )
)
# What is prose in the others; all else in them are ids, kinds, dates, numbers and names of columns.
_PROSE = frozenset(
    (
        *(
            "title",
            "short",
            "plain",
            "text",
            "body",
            "summary",
            "label",
            "names",
            "words",
            "look_for",
        ),
        *("power_class", "actors", "actor", "accountable", "limit", "materials", "supervised"),
        *("point", "measure", "term", "also", "group", "description", "sum_as", "note", "of"),
        *("voters", "excluded", "apart", "detail", "reason", "method", "example"),
    )
)
_SENTENCES = frozenset(("sentence",))
_TABLES = frozenset(("title", "fields"))


def shared_for(village: Village, shared: Shared) -> Shared:
    """What all villages share, in the village's own words."""
    return in_urban_words(shared) if village.urban else shared


def in_urban_words(shared: Shared) -> Shared:
    """What all villages share, in the words of communities and with the laws that they cite."""
    if shared.is_urban:
        return shared
    words = shared.urban
    names = (f.name for f in fields(Shared) if f.name not in _APART)
    parts = {name: _said(getattr(shared, name), words) for name in names}
    files = {kind: words.said(text) for kind, text in shared.phrases.files.items()}
    return replace(shared, **parts, phrases=Phrases(files), is_urban=True)


def _said(value: T, words: UrbanWords) -> T:
    """A part of content/ with all that is prose within it said in other words."""
    said: Any = value
    if isinstance(value, dict):
        said = {key: _said(entry, words) for key, entry in value.items()}
    elif isinstance(value, tuple) and value and isinstance(value[0], Basis):
        said = words.bases(value)
    elif isinstance(value, tuple):
        said = tuple(own for entry in value for own in _entry(entry, words))
    elif isinstance(value, Field):
        said = _column(value, words)
    elif is_dataclass(value) and not isinstance(value, (type, Basis)):
        written = [f.name for f in fields(value)]
        if isinstance(value, TableSchema):
            written = [name for name in written if name in _TABLES]
        told = {name: _field(name, getattr(value, name), words) for name in written}
        changed = {name: new for name, new in told.items() if new is not getattr(value, name)}
        said = replace(value, **changed)
    return cast(T, said)


def _entry(entry: Any, words: UrbanWords) -> Iterator[Any]:
    """An entry of a list. A rule that stands on a law for villages stands on that of communities;
    where theirs is not known to say the same, the rule is not theirs."""
    basis = getattr(entry, "basis", None)
    if isinstance(basis, Basis):
        own = words.counterpart(basis)
        if own is None:
            return
        entry = replace(entry, basis=own)
    yield _said(entry, words)


def _field(name: str, value: Any, words: UrbanWords) -> Any:
    if name == "basis" and isinstance(value, str):
        return words.cited(value)
    if name in _SENTENCES:
        return words.said_around_places(value)
    if name not in _PROSE:
        return _said(value, words)
    if isinstance(value, tuple):
        return tuple(words.said(v) if isinstance(v, str) else _said(v, words) for v in value)
    return words.said(value) if isinstance(value, str) else _said(value, words)


def _column(field: Field, words: UrbanWords) -> Field:
    """Readers see another heading; the column keeps the name by which files know it. A community
    may write its own choices beside those of villages, and name its columns by either."""
    heading, limits = words.said(field.heading), field.constraints
    choices = dict.fromkeys((*limits.enum, *map(words.said, limits.enum)))
    aliases = dict.fromkeys((*field.aliases, *map(words.said, field.aliases)))
    return replace(
        field,
        aliases=tuple(aliases),
        constraints=replace(limits, enum=tuple(choices)),
        label="" if heading == field.name else heading,
        description=words.said(field.description),
        sum_as=words.said(field.sum_as),
    )
