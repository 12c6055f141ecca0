"""The pages of a village."""

from __future__ import annotations

from generator.model import names
from generator.output.files import OutputFile
from generator.render.markup import page_pictures
from generator.render.pages import words
from generator.render.pages.asking import asking_about
from generator.render.pages.duties import village_duty_pages
from generator.render.pages.find import finder, is_about_persons
from generator.render.pages.linked_data import record_data
from generator.render.pages.powers import POWERS, power_page
from generator.render.pages.stations import station_page
from generator.render.pages.tables import page_table
from generator.render.pages.writer import PageWriter
from generator.views.affairs.register import Register
from generator.views.contents import VillageContents
from generator.views.duties.standings import counts_words
from generator.views.places import Link, Place
from generator.views.powers import PowerListView
from generator.views.records import RecordView
from generator.views.text import day
from generator.views.villages import ItemView


def village_pages(
    writer: PageWriter, contents: VillageContents, posters: frozenset[str]
) -> tuple[OutputFile, ...]:
    """Every page of a village; `posters` holds the paths of the sheets' files."""
    return (
        _village_home(writer, contents),
        _village_search(writer, contents.place),
        _village_powers(writer, contents.place, contents.power_list),
        station_page(writer, contents.station),
        *village_duty_pages(writer, contents),
        *(power_page(writer, power) for power in contents.own_powers),
        *(_item(writer, item, contents.register_of(item.item.id)) for item in contents.items),
        *(
            _record(
                writer,
                record,
                contents.station.answers,
                contents.register_from(record.publication.url),
                posters,
            )
            for record in contents.records
        ),
    )


def _village_home(writer: PageWriter, contents: VillageContents) -> OutputFile:
    view = contents.home
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
    return writer.page(
        "village.html",
        frame,
        view=view,
        lines=lines,
        duties=contents.duties,
        changes=contents.changes,
        summary=counts_words(contents.duties.counts),
    )


def _village_search(writer: PageWriter, place: Place) -> OutputFile:
    frame = writer.frames.of_village(place, f"{place.url}search/", "搜索", ())
    return writer.page("search.html", frame, place=place)


def _village_powers(writer: PageWriter, place: Place, power_list: PowerListView) -> OutputFile:
    frame = writer.frames.of_village(place, f"{place.url}powers/", POWERS.title, ())
    return writer.page("powers.html", frame, view=power_list)


def _item(writer: PageWriter, view: ItemView, register: Register | None) -> OutputFile:
    newest = view.years[0].records[0].publication.window.start if view.years else None
    board = Link(view.board.title, f"{view.place.url}#{view.board.id}")
    frame = writer.frames.of_village(
        view.place,
        view.url,
        view.item.title,
        (board,),
        description=view.item.plain,
        dated=f"{day(newest)}更新" if newest else "",
        item=view.item,
    )
    return writer.page("item.html", frame, view=view, register=register)


def _record(
    writer: PageWriter,
    view: RecordView,
    answers: tuple[Link, ...],
    register: Register | None,
    posters: frozenset[str],
) -> OutputFile:
    publication, place = view.publication, view.place
    sheet = publication.url + names.SHEET
    has_poster, has_tiles = sheet + names.PDF in posters, sheet + names.TILES in posters
    has_long = sheet + names.LONG_PICTURE in posters
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
        item=view.item,
        image=sheet + names.PICTURE if has_poster else "",
        data=record_data(view, writer.site, writer.frames.base_url),
    )
    document = publication.document
    attachments = tuple(
        Link(a.name, words.file_url(publication.url, a.name))
        for a in (document.files if document else ())
    )
    table = page_table(view)
    return writer.page(
        "record.html",
        frame,
        view=view,
        register=register,
        publication=publication,
        document=document,
        table=table,
        finder=finder(view, table),
        rows_are_down=publication.is_expired
        and not publication.nothing
        and is_about_persons(publication),
        asking=asking_about(publication, place.village.name, frame.canonical),
        answers=answers,
        attachments=attachments,
        pictures=page_pictures(document.attachments if document else ()),
        printed=(sheet + names.PDF) * has_poster,
        tiles=(sheet + names.TILES) * has_tiles,
        tiled_for=place.village.printer or writer.site.printer,
        picture=(sheet + (names.LONG_PICTURE if has_long else names.PICTURE)) * has_poster,
        objections_over=not view.takes_objections,
    )
