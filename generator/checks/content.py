"""Checks content/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.checks.context import Context
from generator.checks.powers import flow_faults, repeated, unaddressed
from generator.model.catalogue import LAYOUT_KINDS
from generator.model.equations import parse_equation
from generator.model.filenames import CATALOGUE, VILLAGE_PAGES
from generator.model.keynames import missing_key
from generator.model.schema import ANY_RECORD, Role
from generator.model.shared import Shared
from generator.problems import Problem, Source, problem

_NO_DOMAIN, _NO_AREA = "example", "0000-"


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
    pages = [(entry.id, entry.source) for entry in shared.lists]
    pages += [(flow.id, flow.source) for flow in shared.flows]
    pages += [(norm.id, norm.source) for norm in shared.norms]
    yield from repeated((CATALOGUE, *(id for id, _ in pages)), site)
    for texts in (shared.articles, shared.pages):  # named by files, which may differ in case alone
        yield from repeated((text.id.casefold() for text in texts), site)
    pages += [(item.id, item.source) for item in catalogue.items]
    yield from unaddressed([*pages, *((power.id, power.source) for power in shared.powers)])
    for item in catalogue.items:
        if item.id in VILLAGE_PAGES:
            yield problem("id-address", item.source, value=item.id)


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
            yield problem("key-missing", item.source, **missing_key("people"))


def due_columns(shared: Shared) -> Iterator[Problem]:
    """The days for rows that are added later count from a column of days that is published."""
    for item in shared.catalogue.items:
        rule, schema = item.due.rows, shared.tables.get(item.table)
        if rule is not None:
            field = schema.find(rule.column) if schema else None
            if field is None or field.type != "date" or field.mask:
                yield problem("due-column", item.source, value=rule.column, item=item.title)


def agenda_columns(shared: Shared) -> Iterator[Problem]:
    """The days that go into readers' calendars stand in a column of days that is published."""
    for item in shared.catalogue.items:
        schema = shared.tables.get(item.table)
        if item.agenda is not None:
            field = schema.find(item.agenda.column) if schema else None
            if field is None or field.type != "date" or field.mask:
                yield problem("setting-unknown", item.source, value=item.agenda.column, nearest="")


def leases_told(shared: Shared) -> Iterator[Problem]:
    """A register of contracts says which of them bring rent, in a word that its column of sides
    may hold; the column that is computed from it is none of the table's own."""
    for schema in shared.tables.values():
        lease, side = schema.lease, schema.with_role("side")
        if lease is None:
            if schema.affair == "contract":
                yield problem("key-missing", schema.source, **missing_key("lease"))
            continue
        choices = side.constraints.enum if side else ()
        if choices and lease.income not in choices:
            nearest = f"可选：{'、'.join(choices)}。"
            yield problem("setting-unknown", schema.source, value=lease.income, nearest=nearest)
        if lease.column in schema.headings:
            yield problem("id-duplicate", schema.source, value=lease.column)
        states = (lease.running, lease.ended, lease.waiting, lease.other)
        yield from repeated(states, schema.source)


def handling_told(shared: Shared) -> Iterator[Problem]:
    """What tells how rows were handled are columns of the table, days where days are meant, and
    published."""
    for schema in shared.tables.values():
        handling = schema.handling
        for name in handling.columns if handling else ():
            field = schema.find(name)
            is_day = handling is None or name == handling.way or (field and field.type == "date")
            if field is None or field.mask or not is_day:
                yield problem("setting-unknown", schema.source, value=name, nearest="")


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
    own = shared.catalogue.poster
    chosen += [(own.paper, shared.site.source)] if own else []
    chosen += [(one.poster.paper, one.source) for one in shared.lists if one.poster]
    chosen += [(flow.poster.paper, flow.source) for flow in shared.flows if flow.poster]
    for paper, source in chosen:
        if paper not in shared.papers:
            choices = f"可选：{'、'.join(shared.papers)}。"
            yield problem("setting-unknown", source, value=paper, nearest=choices)
    for spec in shared.sheets[:1]:
        yield from repeated((other.sheet for other in shared.sheets), spec.source)


def sample_replaced(shared: Shared) -> Iterator[Problem]:
    """A site that is not the sample keeps neither its address nor its telephone numbers.

    `.example` is no domain of the net, and no area code is 0000. The sample is known by its
    address, which is made from its town's id.
    """
    site = shared.site
    if not site.towns or is_sample(shared):
        return
    host = urlsplit(site.base_url).hostname or ""
    if host.endswith(f".{_NO_DOMAIN}"):
        source = Source(site.source.file, 0, "base_url")
        yield problem("sample-address", source, value=site.base_url)
    for channel in (*site.channels, *(c for town in site.towns for c in town.channels)):
        if channel.value.startswith(_NO_AREA):
            yield problem("sample-phone", channel.source, value=channel.value, title=channel.title)


def village_phones_replaced(context: Context) -> Iterator[Problem]:
    """Nor does a village outside the sample."""
    if is_sample(context.shared):
        return
    village = context.data.village
    phones = {p.phone: (p.name, p.source) for p in (*village.people, *village.supervisors)}
    phones |= {c.value: (c.title, c.source) for c in village.channels}
    for phone, (title, source) in phones.items():
        if phone.startswith(_NO_AREA):
            yield problem("sample-phone", source, value=phone, title=title)


def is_sample(shared: Shared) -> bool:
    """Whether the site is the sample that comes with the program."""
    host = urlsplit(shared.site.base_url).hostname or ""
    return host in {f"{town.id}.{_NO_DOMAIN}" for town in shared.site.towns}


def guides_known(shared: Shared) -> Iterator[Problem]:
    """What a guide explains is an item with a table."""
    tables = [item.id for item in shared.catalogue.items if item.kind == "table"]
    for article in shared.articles:
        if article.explains and article.explains not in tables:
            choices = f"可选：{'、'.join(tables)}。"
            yield problem(
                "setting-unknown", article.source, value=article.explains, nearest=choices
            )


def reviewers_known(shared: Shared) -> Iterator[Problem]:
    """Each role stands once, and what it may approve are items."""
    site = shared.site
    yield from repeated((reviewer.role for reviewer in site.review), site.source)
    for reviewer in site.review:
        for item in reviewer.items:
            if shared.catalogue.find(item) is None:
                nearest = f"可选：{'、'.join(i.id for i in shared.catalogue.items)}。"
                yield problem("setting-unknown", reviewer.source, value=item, nearest=nearest)


def headings_of_their_own(shared: Shared) -> Iterator[Problem]:
    """In a table no heading or alias stands for two columns, nor what readers see above one; the
    primary key and what names the unit of another column are columns."""
    for schema in shared.tables.values():
        names = [name for f in schema.fields for name in (f.name, *f.aliases)]
        yield from repeated(names, schema.source)
        for field in filter(lambda field: field.label, schema.fields):
            others = (other for other in schema.fields if other is not field)
            if any(field.label in (other.name, other.label, *other.aliases) for other in others):
                yield problem("id-duplicate", field.source, value=field.label)
        if schema.primary_key and schema.find(schema.primary_key) is None:
            yield problem("setting-unknown", schema.source, value=schema.primary_key, nearest="")
        for field in schema.fields:
            if field.unit_in and schema.find(field.unit_in) is None:
                yield problem("setting-unknown", field.source, value=field.unit_in, nearest="")


def arrangements_known(shared: Shared) -> Iterator[Problem]:
    """What a table is arranged into are columns of its own; one that tells sides keeps books."""
    for schema in shared.tables.values():
        named = [join.field for join in schema.joins]
        named += [n for s in schema.splits for n in (s.field, s.begin, s.finish)]
        named += [offer.field for offer in schema.offers]
        named += [whole.field for whole in schema.wholes]
        for name in named:
            if schema.find(name) is None:
                yield problem("setting-unknown", schema.source, value=name, nearest="")
        roles: tuple[Role, ...] = ("date", "income", "expense", "balance") if schema.sides else ()
        for role in roles:
            if schema.with_role(role) is None:
                yield problem("setting-unknown", schema.source, value=role, nearest="")


def norms_known(shared: Shared) -> Iterator[Problem]:
    """Each line of a rule is found in a column or under a subject that there is, or has its gap."""
    subjects = {s.name for chart in shared.charts for s in chart.subjects}
    for line in (line for norm in shared.norms for part in norm.classes for line in part.lines):
        if not line.at and not line.gap:
            yield problem("key-missing", line.source, **missing_key("at"))
        for place in line.at:
            item = shared.catalogue.find(place.item)
            schema = shared.tables.get(item.table) if item else None
            unknown = [] if item else [place.item]
            unknown += [c for c in place.columns if schema is None or schema.find(c) is None]
            unknown += [name for name in place.subjects if name not in subjects]
            for name in unknown:
                yield problem("setting-unknown", line.source, value=name, nearest="")


def patterns_readable(shared: Shared) -> Iterator[Problem]:
    """A column's pattern, and that of what is offered, is a regular expression."""
    for schema in shared.tables.values():
        for field in schema.fields:
            pattern = field.constraints.pattern
            try:
                re.compile(pattern)
            except re.error:
                yield problem("pattern-unknown", field.source, value=pattern, heading=field.name)
        for offer in schema.offers:
            try:
                re.compile(offer.pattern)
            except re.error:
                facts = {"value": offer.pattern, "heading": offer.field}
                yield problem("pattern-unknown", schema.source, **facts)


def tallies_countable(shared: Shared) -> Iterator[Problem]:
    """The columns that an item counts by are its table's."""
    for item in shared.catalogue.items:
        schema = shared.tables.get(item.table)
        for tally in item.tallies:
            for column in filter(None, (*tally.filled, tally.column)):
                if schema is None or schema.find(column) is None:
                    yield problem("setting-unknown", item.source, value=column, nearest="")


def known_channels(shared: Shared) -> Iterator[Problem]:
    """Channels that a power or a question names are the site's or such as villages have."""
    channels = (*shared.site.channels, *(c for town in shared.site.towns for c in town.channels))
    known = {channel.id for channel in channels} | {"committee", "office"}
    named = [(channel, power.source) for power in shared.powers for channel in power.channels]
    named += [(c, asked.source) for asked in shared.site.questions for c in asked.channels]
    for channel, source in named:
        if channel not in known:
            yield problem("channel-unknown", source, value=channel)


def known_settings(shared: Shared) -> Iterator[Problem]:
    """The site's rule pack and mask profile exist, there is a town, and what columns name are
    items of the catalogue."""
    site = shared.site
    kept = (("rules", site.rules, shared.rules), ("masks", site.masks, shared.masks))
    for key, value, known in kept:
        if value not in known:
            choices, source = f"可选：{'、'.join(known)}。", Source(site.source.file, 0, key)
            yield problem("setting-unknown", source, value=value, nearest=choices)
    if not site.towns:
        yield problem("key-missing", site.source, **missing_key("towns", is_list=True))
    fields = [field for schema in shared.tables.values() for field in schema.fields]
    named = [(f.link, f.source) for f in fields if f.link not in ("", ANY_RECORD)]
    named += [(item, field.source) for field in fields for item in field.mentions]
    for item, source in named:
        if shared.catalogue.find(item) is None:
            yield problem("setting-unknown", source, value=item, nearest="")
