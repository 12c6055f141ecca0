"""Checks the numbers that items of the catalogue show, compare and draw."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.powers import repeated
from generator.model.catalogue import ChartSpec, Item
from generator.model.schema import TableSchema
from generator.model.sentences import Place, parse_place, places_of
from generator.model.shared import Shared
from generator.problems import Problem, problem


def sentence_places(shared: Shared) -> Iterator[Problem]:
    """Every place in an item's sentence can be filled from its table."""
    for item, schema in _items(shared):
        for place in places_of(item.sentence):
            is_time = place.text in ("period", "day")
            if not is_time and not _countable(place, schema):
                yield problem("sentence-place", item.source, value=place.text)


def compared_numbers(shared: Shared) -> Iterator[Problem]:
    """What an item compares can be computed from its table; by what it is held to be alike is
    a number that it compares too, or a column that is published as it is."""
    for item, schema in _items(shared):
        titles = {spec.title for spec in item.compare}
        unknown = [spec.cases for spec in item.compare if spec.cases and spec.cases not in titles]
        column = schema.find(item.alike) if schema else None
        if item.alike and (column is None or column.mask):
            unknown.append(item.alike)
        for name in unknown:
            yield problem("setting-unknown", item.source, value=name, nearest="")
        for spec in item.compare:
            for text in filter(None, (spec.value, spec.of)):
                if not _countable(parse_place(text), schema):
                    facts = {"value": text, "item": item.title, "key": "compare"}
                    yield problem("number-unknown", item.source, **facts)


def charts_drawable(shared: Shared) -> Iterator[Problem]:
    """An item's charts have ids of their own, numbers that can be computed, and what their kind
    needs; bars stand for the entries of a column that is published as it is."""
    for item, schema in _items(shared):
        yield from repeated((chart.id for chart in item.charts), item.source)
        for chart in item.charts:
            for text in filter(None, (chart.value, chart.second)):
                if not _countable(parse_place(text), schema):
                    facts = {"value": text, "item": item.title, "key": "charts"}
                    yield problem("number-unknown", item.source, **facts)
            expected = _missing(chart, schema)
            if expected:
                facts = {"value": chart.title, "item": item.title, "expected": expected}
                yield problem("chart-unknown", item.source, **facts)


def plans_have_books(shared: Shared) -> Iterator[Problem]:
    """The item whose books are held against a plan exists and has books; the plan names
    subjects, income and expense."""
    for item, schema in _items(shared):
        if not item.actual:
            continue
        other = shared.catalogue.find(item.actual)
        if other is not None and other.kind == "table" and other.table not in shared.tables:
            continue  # reported by catalogue_tables
        books = shared.tables.get(other.table) if other else None
        has_books = books is not None and books.with_role("balance") is not None
        has_plan = schema is not None and all(
            schema.with_role(role) for role in ("subject", "income", "expense")
        )
        if not has_books or not has_plan:
            yield problem("setting-unknown", item.source, value=item.actual, nearest="")


def _items(shared: Shared) -> Iterator[tuple[Item, TableSchema | None]]:
    """All items with their tables; missing tables are reported by catalogue_tables."""
    for item in shared.catalogue.items:
        schema = shared.tables.get(item.table)
        if item.kind != "table" or schema is not None:
            yield item, schema


def _countable(place: Place, schema: TableSchema | None) -> bool:
    """Whether a place is a number that the table gives."""
    if schema is None:
        return False
    column = schema.find(place.column)
    is_known = schema.find(place.where) is not None
    if schema.lease is not None and place.where == schema.lease.column:
        is_known = schema.lease.words.issuperset(place.equals)
    if place.where and not is_known:
        return False
    if any(schema.find(name) is None for name, _ in place.further):
        return False
    if place.kind == "count":
        return not place.column
    if place.kind == "sum":
        return column is not None and column.is_numeric and not column.unit_in
    return place.kind in ("distinct", "filled") and column is not None


def _missing(chart: ChartSpec, schema: TableSchema | None) -> str:
    """What a chart still needs, as an instruction; nothing when it is whole."""
    by = schema.find(chart.by) if schema else None
    if chart.kind == "bars" and (by is None or by.mask):
        return "请在 by 后面写表里的一栏，这一栏要照原样公开。"
    if chart.kind == "pairs" and (not chart.second or len(chart.names) != 2):
        return "请写上 second（第二个数）和 names（两个数各叫什么，写两个）。"
    return ""
