"""What search finds: one entry for each row, document, power and page worth landing on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.model.writing import plain_lines
from generator.views.places import Place
from generator.views.powers import PowerView
from generator.views.records import RecordView
from generator.views.sites import SiteView


@dataclass(frozen=True)
class SearchEntry:
    """`url` is relative to the site's root and may carry a fragment; `text` is what is
    searched and shown, only ever taken from what is published. Copies that readers keep stop
    finding it after `until`, the last day on which its names are shown."""

    url: str
    title: str
    text: str
    until: date | None = None


def record_entries(view: RecordView) -> Iterator[SearchEntry]:
    """The record itself, and each of its rows or persons."""
    publication = view.publication
    name = f"{view.place.village.name} {publication.title}"
    words = [view.sentence]
    if publication.document is not None:
        document = publication.document
        words += [document.number, plain_text(document.body), document.outcome]
        words += [f"{step.step} {step.note}" for step in document.steps]
        words += [attachment.name for attachment in document.files]
    words += [correction.what for correction in publication.corrections]
    words.append(f"核验码 {publication.code}")  # whoever holds a sheet types it from there
    yield SearchEntry(publication.url, name, _joined(words))
    until = publication.window.end if view.item.personal else None
    for row in publication.rows:
        cells = []
        for field, cell in zip(publication.columns, row.cells, strict=True):
            if field.name in publication.unit_columns:
                continue  # said in the cell of the quantity
            link = view.cell_links.get((row.number, field.name))
            cells.append(link.title if link else cell.text)
        yield SearchEntry(f"{publication.url}#{row.anchor}", name, _joined(cells), until)
    for number, person in enumerate(publication.persons, start=1):
        text = _joined([person.name, person.title, person.duty, person.phone])
        yield SearchEntry(f"{publication.url}#r{number}", name, text)


def power_entry(view: PowerView) -> SearchEntry:
    """A power with its steps."""
    power = view.power
    steps = (f"{s.title} {s.actor}" for s in power.steps)
    words = [power.plain, *power.actors, power.accountable, *power.materials, *steps]
    prefix = f"{view.place.village.name} " if view.place else ""
    return SearchEntry(view.url, f"{prefix}小微权力：{power.title}", _joined(words))


def village_entries(
    place: Place, views: tuple[RecordView, ...], powers: tuple[PowerView, ...]
) -> tuple[SearchEntry, ...]:
    """Everything of a village."""
    records = (entry for view in views for entry in record_entries(view))
    return (*records, *(power_entry(view) for view in powers if view.place is place))


def site_entries(site: SiteView) -> tuple[SearchEntry, ...]:
    """What stands above the villages."""
    pages = [power_entry(view) for view in site.powers]
    for town in site.towns:
        pages.append(SearchEntry(town.url, town.town.name, "各村的公开栏"))
        board = f"{town.town.name} 村务公开栏"
        pages += [SearchEntry(v.url, f"{v.name}公开栏", board) for v in town.villages]
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
        pages += [SearchEntry("glossary/", f"名词：{t.term}", t.plain) for t in terms]
    return tuple(pages)


def plain_text(markdown: str, *, of_names: bool = True) -> str:
    """The words of a Markdown text without its marks, as pages show them."""
    return _joined([" ".join(line.split()) for line in plain_lines(markdown, of_names=of_names)])


def _joined(words: list[str]) -> str:
    return " ".join(word for word in words if word)
