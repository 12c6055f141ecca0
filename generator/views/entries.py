"""The entries of search: one for each row, document, power and page worth landing on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.model.phrases import Phrases
from generator.model.writing import plain_lines
from generator.views.amounts import amount_mark
from generator.views.contents import VillageContents
from generator.views.powers import PowerView
from generator.views.records import RecordView
from generator.views.said import say
from generator.views.sites import SiteView

# A name that is set wide: 李　明.
_WIDE = re.compile(
    r"[\u3400-\u9fff\U00020000-\U0003ffff](?:\s+[\u3400-\u9fff\U00020000-\U0003ffff]){1,3}"
)


@dataclass(frozen=True)
class SearchEntry:
    """`url` is relative to the site's root and may carry a fragment; `text` is searched and shown,
    and comes only from what is published. A line break between its Chinese characters parts no word.
    Copies that readers keep stop finding it after `until`, the last day on which its names are shown.
    `day` is that on which the record became public, else the last that it speaks of. `mark` says
    where a row's amount and name are, see `amounts`."""

    url: str
    title: str
    text: str
    until: date | None = None
    day: date | None = None
    mark: str = ""


def record_entries(view: RecordView, phrases: Phrases) -> Iterator[SearchEntry]:
    """The record itself, and each of its rows or persons."""
    publication = view.publication
    name = f"{view.place.village.name} {publication.title}"
    words = [view.sentence]
    if publication.document is not None:
        document = publication.document
        words += [document.number, plain_text(document.body), document.outcome]
        words += [f"{step.step} {step.note}" for step in document.steps]
        for file in document.files:
            words += [file.called or file.name, *(" ".join(row) for row in file.rows)]
    words += [correction.what for correction in publication.corrections]
    words.append(say(phrases, "search", "code", code=publication.code))
    day = publication.window.start or (publication.covers[1] if publication.covers else None)
    yield SearchEntry(publication.url, name, _joined(words), day=day)
    until = publication.window.end if view.item.personal else None
    said_beside = publication.unit_columns  # in the cell of the quantity
    for row in publication.rows:
        cells = []
        for field, cell in zip(publication.columns, row.cells, strict=True):
            link = view.cell_links.get((row.number, field.name))
            is_said = field.name in said_beside
            cells.append("" if is_said else link.title if link else _name(cell.text))
        mark = amount_mark(publication.table, row, cells)
        yield SearchEntry(f"{publication.url}#{row.anchor}", name, _joined(cells), until, day, mark)
    for number, person in enumerate(publication.persons, start=1):
        text = _joined([_name(person.name), person.title, person.duty, person.phone])
        yield SearchEntry(f"{publication.url}#r{number}", name, text, day=day)


def power_entry(view: PowerView, phrases: Phrases) -> SearchEntry:
    """A power with its steps."""
    power = view.power
    steps = (f"{s.title} {s.actor}" for s in power.steps)
    words = [power.plain, *power.actors, power.accountable, *power.materials, *steps]
    prefix = f"{view.place.village.name} " if view.place else ""
    return SearchEntry(
        view.url, prefix + say(phrases, "search", "power", power=power), _joined(words)
    )


def village_entries(contents: VillageContents, phrases: Phrases) -> tuple[SearchEntry, ...]:
    """Everything of a village."""
    records = (entry for view in contents.records for entry in record_entries(view, phrases))
    return (*records, *(power_entry(view, phrases) for view in contents.own_powers))


def site_entries(site: SiteView) -> tuple[SearchEntry, ...]:
    """Everything above the villages."""
    phrases = site.shared.phrases
    pages = [power_entry(view, phrases) for view in site.powers]
    for town in site.cards:
        pages.append(SearchEntry(town.url, town.town.name, say(phrases, "search", "town")))
        board = say(phrases, "search", "board", town=town.town)
        for village in town.villages:
            name = say(phrases, "search", "village", village=village)
            pages.append(SearchEntry(village.url, name, board))
    for public in site.lists:
        words = [entry.title + " " + entry.text for s in public.sections for entry in s.entries]
        pages.append(SearchEntry(f"lists/{public.id}/", public.title, _joined(words)))
    for flow in site.flows:
        words = [f"{line.step.title} {line.step.actor}" for line in flow.lines]
        pages.append(SearchEntry(flow.url, flow.flow.title, _joined(words)))
    for article in (*site.cases, *site.guides):
        text = _joined([article.summary, plain_text(article.body, of_names=False)])
        pages.append(SearchEntry(f"cases/{article.id}/", article.title, text))
    for _, terms in site.terms:
        for term in terms:
            name = say(phrases, "search", "term", term=term)
            pages.append(SearchEntry("glossary/", name, term.plain))
    return tuple(pages)


def plain_text(markdown: str, *, of_names: bool = True) -> str:
    """The words of a Markdown text without its marks, as pages show them."""
    text = ""
    for line in plain_lines(markdown, of_names=of_names):
        if words := " ".join(line.words.split()):
            text += ("\n" if line.runs_on else " ") + words
    return text.strip()


def _name(text: str) -> str:
    """A cell's text; within a name there is no space."""
    return "\n".join(text.split()) if _WIDE.fullmatch(text) else text


def _joined(words: list[str]) -> str:
    return " ".join(word for word in words if word)
