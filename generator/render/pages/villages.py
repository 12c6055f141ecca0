"""The pages of a village."""

from __future__ import annotations

from datetime import date

from generator.output.files import OutputFile
from generator.render.markup import page_pictures
from generator.render.pages import words
from generator.render.pages.powers import POWERS, power_page
from generator.render.pages.tables import page_table
from generator.render.pages.writer import PageWriter
from generator.views.contents import VillageContents
from generator.views.places import Link, Place
from generator.views.powers import PowerListView
from generator.views.records import RecordView
from generator.views.text import day
from generator.views.villages import ItemView, VillageView


def village_pages(
    writer: PageWriter, contents: VillageContents, posters: frozenset[str]
) -> tuple[OutputFile, ...]:
    """Every page of a village; `posters` holds the addresses of records that have sheets."""
    return (
        _village_home(writer, contents.home),
        _village_search(writer, contents.place),
        _village_powers(writer, contents.place, contents.power_list),
        *(power_page(writer, power) for power in contents.own_powers),
        *(_item(writer, item) for item in contents.items),
        *(
            _record(writer, record, has_poster=record.publication.url in posters)
            for record in contents.records
        ),
    )


def _village_home(writer: PageWriter, view: VillageView) -> OutputFile:
    dated = f"{view.updated}更新" if view.updated else ""
    frame = writer.frames.of_village(
        view.place,
        view.place.url,
        view.place.village.name,
        (),
        dated=dated,
        description=f"{view.place.town.name}{view.place.village.name}的党务、村务、财务公开",
    )
    lines = {line.item.id: line for board in view.boards for line in board.items}
    return writer.page("village.html", frame, view=view, lines=lines)


def _village_search(writer: PageWriter, place: Place) -> OutputFile:
    frame = writer.frames.of_village(place, f"{place.url}search/", "搜索", ())
    return writer.page("search.html", frame, place=place)


def _village_powers(writer: PageWriter, place: Place, power_list: PowerListView) -> OutputFile:
    frame = writer.frames.of_village(place, f"{place.url}powers/", POWERS.title, ())
    return writer.page("powers.html", frame, view=power_list)


def _item(writer: PageWriter, view: ItemView) -> OutputFile:
    newest = view.years[0].records[0].publication.window.start if view.years else None
    board = Link(view.board.title, f"{view.place.url}#{view.board.id}")
    frame = writer.frames.of_village(
        view.place,
        view.url,
        view.item.title,
        (board,),
        description=view.item.plain,
        dated=f"{day(newest)}更新" if newest else "",
    )
    return writer.page("item.html", frame, view=view)


def _record(writer: PageWriter, view: RecordView, *, has_poster: bool) -> OutputFile:
    publication, place = view.publication, view.place
    start = publication.window.start
    crumbs = (
        Link(view.board.title, f"{place.url}#{view.board.id}"),
        Link(view.item.title, f"{place.url}{view.item.id}/"),
    )
    frame = writer.frames.of_village(
        place,
        publication.url,
        publication.title,
        crumbs,
        description=view.sentence,
        by=publication.publisher,
        dated=f"{day(start)}公开" if start else "",
    )
    document = publication.document
    attachments = tuple(
        Link(a.name, words.file_url(publication.url, a.name))
        for a in (document.files if document else ())
    )
    return writer.page(
        "record.html",
        frame,
        view=view,
        publication=publication,
        document=document,
        table=page_table(view),
        attachments=attachments,
        pictures=page_pictures(document.attachments if document else ()),
        has_poster=has_poster,
        objections_over=_is_past(writer, publication.window.objections_until),
    )


def _is_past(writer: PageWriter, last: date | None) -> bool:
    return last is not None and writer.today > last
