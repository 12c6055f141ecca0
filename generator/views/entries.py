"""The entries of search: one for each row, document, power and page worth landing on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.model.phrases import Phrases
from generator.model.writing import plain_lines
from generator.views.contents import VillageContents
from generator.views.labels import BEHIND, joined, row_label
from generator.views.listed import item_villages
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
    and comes only from what is published. A line break between its Chinese characters parts no word,
    and what stands behind a tab, of a title too, is shown only where it is found.
    Copies that readers keep stop finding it after `until`, the last day on which its names are shown.
    `day` is that on which the record became public, else the last that it speaks of. `mark` says
    where a row's amount and name are, see `labels`."""

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
    if publication.official != publication.title:
        name += f"{BEHIND}{view.item.title}"
    words = []
    if publication.document is not None:
        document = publication.document
        words += [document.number, plain_text(document.body), document.outcome]
        words += [f"{step.step} {step.note}" for step in document.steps]
        for file in document.files:
            words += [file.called or file.name, *(" ".join(row) for row in file.rows)]
    words += [correction.said for correction in publication.corrections]
    day = publication.window.start or (publication.covers[1] if publication.covers else None)
    yield SearchEntry(publication.url, name, _behind(view.sentence, words), day=day)
    code = say(phrases, "search", "code", code=publication.code)
    yield SearchEntry(publication.url, name, f"{BEHIND}{code}", day=day)
    until = publication.window.end if view.item.personal else None
    said_beside = publication.unit_columns  # in the cell of the quantity
    for row in publication.rows:
        cells = []
        for field, cell in zip(publication.columns, row.cells, strict=True):
            link = view.cell_links.get((row.number, field.name))
            is_said = field.name in said_beside
            cells.append("" if is_said else link.title if link else _name(cell.text))
        text, mark = row_label(publication.table, row, cells, phrases)
        yield SearchEntry(f"{publication.url}#{row.anchor}", name, text, until, day, mark)
    for number, person in enumerate(publication.persons, start=1):
        who = joined([_name(person.name), person.title])
        text = f"{who}：{joined([person.duty, person.phone])}"
        yield SearchEntry(f"{publication.url}#r{number}", name, text, day=day)


def power_entry(view: PowerView, phrases: Phrases) -> SearchEntry:
    """A power with its steps."""
    power = view.power
    steps = (f"{s.title} {s.actor}" for s in power.steps)
    words = [*power.actors, power.accountable, *power.materials, *steps]
    prefix = f"{view.place.village.name} " if view.place else ""
    name = prefix + say(phrases, "search", "power", power=power)
    official = say(phrases, "search", "power_official")
    return SearchEntry(view.url, f"{name}{BEHIND}{official}", _behind(power.plain, words))


def village_entries(contents: VillageContents, phrases: Phrases) -> tuple[SearchEntry, ...]:
    """Everything of a village."""
    records = (entry for view in contents.records for entry in record_entries(view, phrases))
    station, place = contents.station, contents.place
    name = f"{place.village.name} {say(phrases, 'pages', 'station')}"
    phones = [f"{one.title} {one.value}" for one in place.channels if one.kind == "phone"]
    where = SearchEntry(station.url, name, joined([station.where, *phones[:3]]))
    return (*records, *(power_entry(view, phrases) for view in contents.own_powers), where)


def site_entries(site: SiteView) -> tuple[SearchEntry, ...]:
    """Everything above the villages."""
    phrases, pages = site.shared.phrases, []
    for item in item_villages(site):
        name = f"{item.item.called}{BEHIND}{item.item.official}".rstrip(BEHIND)
        pages.append(SearchEntry(item.url, name, item.item.plain))
    pages += guide_entries(site)
    for town in site.cards:
        pages.append(SearchEntry(town.url, town.town.name, say(phrases, "search", "town")))
        board = say(phrases, "search", "board", town=town.town)
        for village in town.villages:
            name = say(phrases, "search", "village", village=village)
            pages.append(SearchEntry(village.url, name, board))
    return tuple(pages)


def guide_entries(site: SiteView) -> tuple[SearchEntry, ...]:
    """How things are done, and what words mean, in all villages: a village's search has it too."""
    phrases = site.shared.phrases
    pages = [power_entry(view, phrases) for view in site.powers]
    for public in site.lists:
        words = [entry.title + " " + entry.text for s in public.sections for entry in s.entries]
        url = f"lists/{public.id}/"
        pages.append(SearchEntry(url, public.title, _behind(public.plain, words)))
    for flow in site.flows:
        words = [f"{line.step.title} {line.step.actor}" for line in flow.lines]
        pages.append(SearchEntry(flow.url, flow.flow.title, _behind(flow.flow.plain, words)))
    for article in (*site.cases, *site.guides):
        text = _behind(article.summary, [plain_text(article.body, of_names=False)])
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


def _behind(first: str, words: list[str]) -> str:
    """What is shown, and behind it what is searched as well."""
    rest = " ".join(word for word in words if word)
    return f"{first}{BEHIND}{rest}" if first and rest else first or rest
