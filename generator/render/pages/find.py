"""The form by which readers find their own household's rows; the script find.js does the rest."""

from __future__ import annotations

import json
from dataclasses import dataclass

from generator.model.catalogue import Field
from generator.render.pages.tables import PageTable
from generator.views.publication import Publication
from generator.views.records import RecordView

_MOST_SUMS = 4
_FEWEST_ROWS = 2


@dataclass(frozen=True)
class Finder:
    """`asks` is what to type, `example` a group of the table, empty where there is none; `name`
    and `group` are places of columns, empty where there is none; `sums` is JSON for the script:
    place of a column, words before its sum, unit."""

    asks: str
    example: str
    name: str
    group: str
    sums: str
    word: str


def finder(view: RecordView, table: PageTable | None) -> Finder | None:
    """The form for a table about persons or households with enough rows to look for one's own."""
    publication = view.publication
    name, group = _persons(publication), _with_role(publication, "group")
    if table is None or name is None or len(publication.rows) < _FEWEST_ROWS:
        return None
    places = {column.name: str(n) for n, column in enumerate(table.columns)}
    if name.name not in places:
        return None
    asks = [_asked(name), group.name if group else ""]
    sums = [field for field in _sums(publication) if field.name in places]
    return Finder(
        asks="或".join(filter(None, asks)),
        example=_example(publication, group) if group else "",
        name=places[name.name],
        group=places.get(group.name, "") if group else "",
        sums=_sums_for_script(sums, places),
        word="笔" if any(field.is_money for field in sums) else "条",
    )


def is_about_persons(publication: Publication) -> bool:
    """Whether the table names private persons, as its columns say."""
    return _persons(publication) is not None


def _with_role(publication: Publication, role: str) -> Field | None:
    return next((field for field in publication.columns if field.role == role), None)


def _persons(publication: Publication) -> Field | None:
    """The column of private persons: names that a village may mask. Tenants and officials of
    other tables are looked up by the search."""
    name = _with_role(publication, "name")
    return name if name is not None and name.mask == "name" else None


def _asked(name: Field) -> str:
    return name.name if name.name.endswith("名") else f"{name.name}姓名"


def _example(publication: Publication, group: Field) -> str:
    """A group that stands in the table."""
    place = publication.columns.index(group)
    return next((row.cells[place].text for row in publication.rows if row.cells[place].text), "")


def _sums(publication: Publication) -> list[Field]:
    """The main amount, then the other columns of money that are added up."""
    main = [field for field in publication.columns if field.role == "amount" and field.is_numeric]
    others = [f for f in publication.columns if f.total and f.is_money and f not in main]
    return [*main, *others][:_MOST_SUMS]


def _sums_for_script(fields: list[Field], places: dict[str, str]) -> str:
    alone = len(fields) == 1
    told = []
    for field in fields:
        words = (
            "共" if alone and field.name == "金额" else f"{field.name}共" if alone else field.name
        )
        told.append([int(places[field.name]), words, field.unit])
    return json.dumps(told, ensure_ascii=False)
