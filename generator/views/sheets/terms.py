"""What a register of contracts says on paper besides its rows: which end soon, which were added
late, and their terms."""

from __future__ import annotations

from dataclasses import replace

from generator.views.affairs.register import Register
from generator.views.charts import SpanChart, State
from generator.views.publication import PublicRow
from generator.views.records import RecordView

# As the record's page marks them.
_MARKS: dict[State, str] = {"soon": "快到期", "late": "过期", "done": "已到期"}
_ENDING = "合同到期"
_LATE = "补得晚了"


def with_ends_marked(view: RecordView) -> RecordView:
    """The view with a word beside the day on which a contract ends, where it ends soon or has."""
    columns = view.publication.columns
    place = next((n for n, field in enumerate(columns) if field.role == "end"), None)
    if place is None or not view.chains:
        return view
    states = _states(view)
    rows = tuple(_marked(row, place, states.get(row.anchor, "")) for row in view.publication.rows)
    return replace(view, publication=replace(view.publication, rows=rows))


def with_late_marked(view: RecordView) -> RecordView:
    """The view with a word beside the day from which a late row's own days were counted: when a
    row was added stands nowhere on a sheet."""
    rule = view.item.due.rows
    names = [field.name for field in view.publication.columns]
    if rule is None or not view.late or rule.column not in names:
        return view
    place = names.index(rule.column)
    rows = tuple(
        _marked(row, place, _LATE if row.number in view.late else "")
        for row in view.publication.rows
    )
    return replace(view, publication=replace(view.publication, rows=rows))


def with_terms(view: RecordView, register: Register | None) -> RecordView:
    """The view with the picture of the terms of its own contracts, where there are some."""
    if register is None:
        return view
    titles = {
        cell.text
        for row in view.publication.rows
        for field, cell in zip(view.publication.columns, row.cells, strict=True)
        if field.role == "title"
    }
    found = []
    for chart in register.charts:
        if isinstance(chart, SpanChart):
            spans = tuple(span for span in chart.spans if span.label in titles)
            if len(spans) > 1:
                words = f"{len(spans)} 份合同的起止。"
                found.append(replace(chart, spans=spans, description=words))
    return replace(view, charts=(*view.charts, *found)) if found else view


def _states(view: RecordView) -> dict[str, str]:
    """The word for each row's contract, by the row's anchor."""
    page = f"{view.publication.url}#"
    states: dict[str, str] = {}
    for chain in view.chains:
        for moment in chain.moments:
            if moment.label == _ENDING and moment.link.url.startswith(page):
                states[moment.link.url.removeprefix(page)] = _MARKS.get(moment.state, "")
    return states


def _marked(row: PublicRow, place: int, mark: str) -> PublicRow:
    cell = row.cells[place]
    if not mark or not cell.text:
        return row
    # Written day and mark are no date any more, and shown as they stand.
    told = replace(cell, text=f"{cell.text} {mark}")
    return replace(row, cells=(*row.cells[:place], told, *row.cells[place + 1 :]))
