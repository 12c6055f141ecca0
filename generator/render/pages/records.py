"""What the page of a record shows besides the record's own view."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.attachments import Attachment
from generator.model.filenames import PICTURE, SHEET
from generator.render.markup import Pictures, page_pictures
from generator.render.pages.addresses import file_url
from generator.render.pages.asking import Asking, asking_about
from generator.render.pages.find import Finder, finder
from generator.render.pages.frame import Page
from generator.render.pages.linked_data import record_data
from generator.render.pages.tables import PageTable, page_table
from generator.render.pages.writer import PageWriter
from generator.views.affairs.registers import Register
from generator.views.household import persons_column
from generator.views.places import Link
from generator.views.records import RecordView
from generator.views.warnings.shown import Notable


@dataclass(frozen=True)
class RecordPage:
    """A record's table and the form for one's own rows in it, the current contracts or projects
    that it registers, how to ask about it, where answers are published, and what is to be looked at
    in it. `mine` is the page on which one finds one's own in all lists, if the village has any."""

    view: RecordView
    table: PageTable | None
    finder: Finder | None
    register: Register | None
    asking: Asking
    answers: tuple[Link, ...]
    warnings: tuple[Notable, ...]
    mine: str = ""

    @property
    def styles(self) -> Iterator[str]:
        """What a table of few columns does without: where one looks for one's own rows; lines of what is
        to be looked at; and a sheet for texts, people, names and stories."""
        publication, table = self.view.publication, self.table
        if self.finder or self.rows_are_down:
            yield "find.css"
        if self.warnings:
            yield "lines.css"
        said = publication.document, publication.persons, self.view.chains, self.register
        if any(said) or (table and (table.roll or not table.is_roomy)):
            yield "story.css"

    @property
    def rows_are_down(self) -> bool:
        """Whether a table of persons had rows that came down."""
        publication = self.view.publication
        is_down = publication.is_expired and not publication.nothing
        return is_down and persons_column(publication.table) is not None

    @property
    def attachments(self) -> tuple[tuple[Attachment, Link], ...]:
        """The files that a document offers, each with the way to it."""
        publication = self.view.publication
        files = publication.document.files if publication.document else ()
        return tuple(
            (file, Link(file.called or file.name, file_url(publication.url, file.name)))
            for file in files
        )

    @property
    def pictures(self) -> Pictures:
        """The pictures in a document's text."""
        document = self.view.publication.document
        return page_pictures(document.attachments if document else ())


def record_page(
    writer: PageWriter,
    view: RecordView,
    register: Register | None,
    answers: tuple[Link, ...],
    warnings: tuple[Notable, ...],
    mine: str = "",
) -> Page:
    """The page of a record; `answers` leads to where the village publishes what it answers."""
    publication, place = view.publication, view.place
    start, note = publication.window.start, writer.notes.get(publication.url)
    table = page_table(view, writer.say)
    address = f"{writer.base_url}/{publication.url}" if writer.base_url else ""
    asking = asking_about(publication, place.village.name, address, writer.say)
    found = finder(view, table, writer.say)
    page = RecordPage(view, table, found, register, asking, answers, warnings, mine)
    return Page(
        "record.html",
        publication.url,
        publication.title,
        {
            "page": page,
            "view": view,
            "publication": publication,
            "document": publication.document,
        },
        place,
        (
            Link(view.board.called, f"{place.url}#{view.board.id}"),
            Link(view.item.called, f"{place.url}{view.item.id}/"),
        ),
        view.sentence,
        publication.publisher,
        writer.say("published", date=start) if start else "",
        view.item,
        f"{publication.url}{SHEET}{PICTURE}" if note and note.pdf else "",
        record_data(view, writer.site, writer.base_url),
    )
