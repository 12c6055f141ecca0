"""Rules over content/."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.powers import flow_faults, repeated
from generator.model.catalogue import LAYOUT_KINDS
from generator.model.equations import parse_equation
from generator.model.shared import Shared
from generator.problems import Problem, problem


def content_ids(shared: Shared) -> Iterator[Problem]:
    """Boards, items, powers, lists, flows and channels have ids of their own."""
    site = shared.site.source
    catalogue = shared.catalogue
    yield from repeated((board.id for board in catalogue.boards), site)
    yield from repeated((item.id for item in catalogue.items), site)
    yield from repeated((channel.id for channel in shared.site.channels), site)
    yield from repeated((town.id for town in shared.site.towns), site)
    for power_item in shared.power_items:
        others = [p.id for i in shared.power_items if i is not power_item for p in i.powers]
        yield from repeated((power.id for power in power_item.powers), power_item.source)
        for power in power_item.powers:
            if power.id in others:
                yield problem("id-duplicate", power.source, value=power.id)
    pages = [*(entry.id for entry in shared.lists), *(flow.id for flow in shared.flows)]
    yield from repeated(pages, site)


def content_flows(shared: Shared) -> Iterator[Problem]:
    """The flows of all powers and procedures are sound."""
    for power in shared.powers:
        yield from flow_faults(power.steps, power.source)
    for flow in shared.flows:
        yield from flow_faults(flow.steps, flow.source)


def catalogue_tables(shared: Shared) -> Iterator[Problem]:
    """A table item has a table, a people item says which people."""
    for item in shared.catalogue.items:
        if item.kind == "table" and item.table not in shared.tables:
            yield problem("item-table", item.source, value=item.table, item=item.id)
        if item.kind == "people" and not item.people:
            yield problem("key-missing", item.source, key="people")


def equations_readable(shared: Shared) -> Iterator[Problem]:
    """Equations are readable and speak of the table's own columns of numbers."""
    for schema in shared.tables.values():
        numeric = {f.name for f in schema.fields if f.is_numeric}
        for text in schema.equations:
            equation = parse_equation(text)
            if equation is None or not set(equation.columns) <= numeric:
                yield problem("equation-unknown", schema.source, value=text)


def sheets_drawable(shared: Shared) -> Iterator[Problem]:
    """An item's sheet has a layout for its kind; all sheets are on papers that there are."""
    for item in shared.catalogue.items:
        if item.poster is None:
            continue
        if LAYOUT_KINDS[item.poster.sheet] != item.kind:
            yield problem("sheet-layout", item.source, value=item.poster.sheet, item=item.title)
    chosen = [(item.poster.paper, item.source) for item in shared.catalogue.items if item.poster]
    chosen += [(spec.paper, spec.source) for spec in shared.sheets]
    chosen += [(one.poster.paper, one.source) for one in shared.lists if one.poster]
    chosen += [(flow.poster.paper, flow.source) for flow in shared.flows if flow.poster]
    for paper, source in chosen:
        if paper not in shared.papers:
            choices = f"可选：{'、'.join(shared.papers)}。"
            yield problem("setting-unknown", source, value=paper, nearest=choices)
    for spec in shared.sheets[:1]:
        yield from repeated((other.sheet for other in shared.sheets), spec.source)


def guides_known(shared: Shared) -> Iterator[Problem]:
    """What a guide explains is an item with a table."""
    tables = [item.id for item in shared.catalogue.items if item.kind == "table"]
    for article in shared.articles:
        if article.explains and article.explains not in tables:
            choices = f"可选：{'、'.join(tables)}。"
            yield problem(
                "setting-unknown", article.source, value=article.explains, nearest=choices
            )


def headings_of_their_own(shared: Shared) -> Iterator[Problem]:
    """In a table no heading or alias stands for two columns, and the primary key is a column."""
    for schema in shared.tables.values():
        names = [name for f in schema.fields for name in (f.name, *f.aliases)]
        yield from repeated(names, schema.source)
        if schema.primary_key and schema.find(schema.primary_key) is None:
            yield problem("setting-unknown", schema.source, value=schema.primary_key, nearest="")


def patterns_readable(shared: Shared) -> Iterator[Problem]:
    """A column's pattern is a regular expression."""
    for schema in shared.tables.values():
        for field in schema.fields:
            pattern = field.constraints.pattern
            try:
                re.compile(pattern)
            except re.error:
                yield problem("pattern-unknown", field.source, value=pattern, heading=field.name)


def tallies_countable(shared: Shared) -> Iterator[Problem]:
    """The columns that an item counts by are its table's."""
    for item in shared.catalogue.items:
        schema = shared.tables.get(item.table)
        for tally in item.tallies:
            for column in filter(None, (*tally.filled, tally.column)):
                if schema is None or schema.find(column) is None:
                    yield problem("setting-unknown", item.source, value=column, nearest="")


def known_channels(shared: Shared) -> Iterator[Problem]:
    """Channels that a power names are the site's or such as villages have."""
    channels = (*shared.site.channels, *(c for town in shared.site.towns for c in town.channels))
    known = {channel.id for channel in channels} | {"committee", "office"}
    for power in shared.powers:
        for channel in power.channels:
            if channel not in known:
                yield problem("channel-unknown", power.source, value=channel)


def known_settings(shared: Shared) -> Iterator[Problem]:
    """The site's rule pack and mask profile exist, there is a town, and what rule packs and
    columns name are items of the catalogue."""
    site = shared.site
    for value, known in ((site.rules, shared.rules), (site.masks, shared.masks)):
        if value not in known:
            choices = f"可选：{'、'.join(known)}。"
            yield problem("setting-unknown", site.source, value=value, nearest=choices)
    if not site.towns:
        yield problem("key-missing", site.source, key="towns")
    named = [(rule.item, pack.source) for pack in shared.rules.values() for rule in pack.items]
    fields = [field for schema in shared.tables.values() for field in schema.fields]
    named += [(field.link, field.source) for field in fields if field.link]
    named += [(item, field.source) for field in fields for item in field.mentions]
    for item, source in named:
        if shared.catalogue.find(item) is None:
            yield problem("setting-unknown", source, value=item, nearest="")
