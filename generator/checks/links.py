"""Checks links between records, to powers and to account subjects."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.context import Context, cell
from generator.model.headwords import HeadWords
from generator.model.links import LinkMap
from generator.model.schema import ANY_RECORD, Field
from generator.model.village import Document, Table
from generator.problems import Problem, Source, problem

_AS_LINK = "请写成“事项/期次”或“事项/期次#编号”，例如 ledger/2025-09#9-02。"
_AS_KEY = "请写那份文件的名字，不带结尾的 .md，例如 2025-08-20-ludeng。"
_AS_NUMBER = "请写登记表里的编号或名称，一字不差，例如 HT-2025-03；登记表里还没有的，先登记。"


def links_lead_somewhere(context: Context) -> Iterator[Problem]:
    """Every link of a document and every cell of a linking column leads to a record."""
    links = context.links
    words = context.shared.words
    for record in context.data.records:
        if isinstance(record.content, Document):
            front = record.content.front
            source = Source(record.source.file, front.source.row, "links")
            for link in front.links:
                if links.find(link) is None and not _is_left_out(link, context):
                    yield problem(
                        "link-broken",
                        source,
                        value=link,
                        nearest=_nearest(link, _choices(link, links), words),
                        expected=_AS_LINK,
                    )
    for record, table, schema in context.tables():
        for field in schema.fields:
            if not field.link:
                continue
            for row in table.rows:
                value = str(row.values.get(field.name) or "")
                if not value or links.cell(field, value, record) or _may_be(field, value, context):
                    continue
                if field.link == ANY_RECORD:
                    nearest = _nearest(value, _choices(value, links), words)
                    yield problem(
                        "link-broken",
                        cell(record, row.number, field.name),
                        value=value,
                        nearest=nearest,
                        expected=_AS_LINK,
                    )
                    continue
                numbers = set(links.numbers.registers.get(field.link, ()))
                keys = {r.key for r in links.records.values() if r.item == field.link}
                yield problem(
                    "link-broken",
                    cell(record, row.number, field.name),
                    value=value,
                    nearest=_nearest(value, numbers or keys, words),
                    expected=_AS_NUMBER if _is_register(field, context) else _AS_KEY,
                )


def replaced_is_earlier(context: Context) -> Iterator[Problem]:
    """A document replaces an earlier one of its item: else two would seem to be in force."""
    records = {record.name: record for record in context.data.records}
    gone = context.data.left_out.union(w.name for w in context.data.withdrawn)
    for record in context.data.records:
        front = record.content.front if isinstance(record.content, Document) else None
        if front is None or not front.replaces or front.replaces in gone:
            continue
        other = records.get(front.replaces)
        if other is None or other.item != record.item or other.period >= record.period:
            source = Source(record.source.file, front.source.row, "replaces")
            yield problem("replaced-unknown", source, value=front.replaces)


def known_power(context: Context) -> Iterator[Problem]:
    """The power that a document says it used is on the list."""
    known = {power.id for power in context.shared.powers}
    known |= {override.power.id for override in context.data.overrides}
    for record in context.data.records:
        if isinstance(record.content, Document):
            front = record.content.front
            if front.power and front.power not in known:
                source = Source(record.source.file, front.source.row, "power")
                hint = _nearest(front.power, known, context.shared.words)
                yield problem("power-unknown", source, value=front.power, nearest=hint)


def known_subjects(context: Context) -> Iterator[Problem]:
    """A ledger's subjects stand in the chart of accounts of its year."""
    for record, table, schema in context.tables():
        field = schema.with_role("subject")
        chart = context.shared.chart_on(record.period.end)
        if field is None or chart is None:
            continue
        names = {s.name for s in chart.subjects}
        for row in table.rows:
            value = row.values.get(field.name)
            if value is not None and chart.find(str(value)) is None:
                yield problem(
                    "subject-unknown",
                    cell(record, row.number, field.name),
                    value=str(value),
                    chart=chart.title,
                    nearest=_nearest(str(value), names, context.shared.words),
                )


def _is_left_out(link: str, context: Context) -> bool:
    """Whether a link leads to a record that is there and has a fault of its own."""
    return link.partition("#")[0].strip() in context.data.left_out


def _is_register(field: Field, context: Context) -> bool:
    """Whether a linking column names rows of a register, not documents."""
    item = context.shared.catalogue.find(field.link)
    return item is not None and item.kind == "table"


def _may_be(field: Field, value: str, context: Context) -> bool:
    """Whether a cell may name something that is there and has a fault of its own."""
    if field.link == ANY_RECORD:
        return _is_left_out(value, context)
    if _is_register(field, context):
        return any(name.startswith(f"{field.link}/") for name in context.data.left_out)
    return f"{field.link}/{value}" in context.data.left_out


def _choices(link: str, links: LinkMap) -> set[str]:
    """What a link may have meant: a row of the record that it names, or any record, with the
    row that it names."""
    name, sign, row = link.partition("#")
    record = links.records.get(name.strip())
    if record is None or not isinstance(record.content, Table):
        named = (f"{name}{sign}{row}" for name in links.records)
        return {choice for choice in named if links.find(choice)}
    key = links.tables[record.content.schema].link_key
    return {f"{name}#{row.values[key]}" for row in record.content.rows if row.values.get(key)}


def _nearest(word: str, known: set[str], words: HeadWords) -> str:
    close = words.closest(word, sorted(known))
    return f"您是不是要写“{close}”？" if close else ""
