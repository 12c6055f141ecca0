"""The form by which readers find their own household's rows; find.js does the rest."""

from __future__ import annotations

import json
from dataclasses import dataclass

from generator.model.schema import Field
from generator.publishing.publication import Publication
from generator.render.pages.frame import Say
from generator.render.pages.tables import PageTable
from generator.views.household import persons_column
from generator.views.records import RecordView

_MOST_SUMS = 4
_FEWEST_ROWS = 4  # of fewer each is seen at once


@dataclass(frozen=True)
class Finder:
    """`name` and `group` are the columns searched, `example` is a group of the table, empty where
    there is none; `places` are those of both columns, empty where there is none; `sums` is JSON for
    the script: place of a column, words before its sum, unit."""

    name: Field
    group: Field | None
    example: str
    places: tuple[str, str]
    sums: str
    has_money: bool


def finder(view: RecordView, table: PageTable | None, say: Say) -> Finder | None:
    """The form for a table about persons or households with enough rows to look for one's own."""
    publication = view.publication
    name, group = persons_column(publication.table), publication.table.with_role("group")
    if table is None or name is None or len(publication.rows) < _FEWEST_ROWS:
        return None
    places = {column.field.name: n for n, column in enumerate(table.columns)}
    if name.name not in places:
        return None
    sums = [field for field in _sums(publication) if field.name in places]
    return Finder(
        name,
        group,
        _example(publication, group) if group else "",
        (str(places[name.name]), str(places.get(group.name, "")) if group else ""),
        _sums_for_script(sums, places, say),
        any(field.is_money for field in sums),
    )


def _example(publication: Publication, group: Field) -> str:
    """A group that stands in the table."""
    cells = (publication.table.cell(row, group.name) for row in publication.rows)
    return next((cell.text for cell in cells if cell.text), "")


def _sums(publication: Publication) -> list[Field]:
    """The main amount, then the other columns of money that are added up."""
    main = [field for field in publication.columns if field.role == "amount" and field.is_numeric]
    others = [f for f in publication.columns if f.total and f.is_money and f not in main]
    return [*main, *others][:_MOST_SUMS]


def _sums_for_script(fields: list[Field], places: dict[str, int], say: Say) -> str:
    """A single sum is said in words, each of several by its column."""
    told = [[places[field.name], field.heading, field.unit] for field in fields]
    if len(fields) == 1:
        told[0][1] = fields[0].sum_as or say("together", name=fields[0].heading)
    return json.dumps(told, ensure_ascii=False)
