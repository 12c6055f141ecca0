"""Decides what the sheet of a record says besides the record's own cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from generator.model.days import day
from generator.model.filenames import SHEET
from generator.model.phrases import Phrases
from generator.views.affairs.registers import Register
from generator.views.charts import SpanChart, State
from generator.views.records import RecordView
from generator.views.said import say
from generator.views.sheets.blocks import Answers, ProjectBlock, answers_of, project_blocks
from generator.views.sheets.sheet import SheetView


def record_sheet(
    view: RecordView, words: Phrases, today: date, register: Register | None = None
) -> SheetView | None:
    """The sheet of a record as it is drawn today; None where its item has none. `register` is what holds now, where
    that is drawn from the record.

    A sheet that is drawn after the last day for objections does not name that day, which is of no
    use to readers at the wall. One that is drawn after its time on the wall says that this is over,
    and not to take it down on a day that is past.
    """
    hung, publication = view.sheet, view.publication
    if hung is None:
        return None
    window = publication.window
    if not window.takes_objections(today):
        window = replace(window, objections_until=None)
    village, is_people = view.place.village.name, view.item.kind == "people"
    return SheetView(
        path=f"{publication.url}{SHEET}",
        layout=hung.layout,
        paper=hung.paper,
        title=say(
            *(words, "sheets", "record"),
            village=village,
            item=view.item.called,
            people=is_people,
            title=publication.title,
        ),
        subtitle=publication.title,
        publisher=publication.publisher,
        summary=view.sentence,
        url=publication.url,
        code=publication.code,
        place=view.place,
        channels=view.place.channels,
        window=window,
        source=publication.source,
        body=_with_terms(view, words, register),
        is_over=window.end is not None and not window.is_on(today),
        marks=_marks(view, hung.layout, words),
        blocks=_blocks(view, hung.layout, words),
        reviewed=_reviewed(view, words),
        is_draft=view.is_draft,
        official="" if publication.document else view.item.official,
    )


def _reviewed(view: RecordView, words: Phrases) -> tuple[str, ...]:
    if view.approval is None:
        return ()
    return say(words, "sheets", "reviewed", role=view.approval.role), day(view.approval.day)


def _blocks(
    view: RecordView, layout: str, words: Phrases
) -> tuple[ProjectBlock, ...] | Answers | None:
    if layout == "project":
        return project_blocks(view, words)
    return answers_of(view, words) if layout == "answers" else None


def _with_terms(view: RecordView, words: Phrases, register: Register | None) -> RecordView:
    """The view with the picture of the terms of its own contracts, where there are some."""
    if register is None:
        return view
    table = view.publication.table
    title = table.with_role("title")
    titles = {table.cell(row, title.name).text for row in table.rows} if title else set()
    found = []
    for chart in register.charts:
        if isinstance(chart, SpanChart):
            spans = tuple(span for span in chart.spans if span.label in titles)
            if len(spans) > 1:
                description = say(words, "sheets", "terms", count=len(spans))
                found.append(replace(chart, spans=spans, description=description))
    return replace(view, charts=(*view.charts, *found)) if found else view


def _marks(view: RecordView, layout: str, words: Phrases) -> Mapping[tuple[int, str], str]:
    """Words beside cells of a table: that a contract ends soon or has ended, beside its last day;
    that a row was added late, beside the day from which its own days were counted, since a sheet
    does not say when a row was added."""
    marks: dict[tuple[int, str], str] = {}
    rule = view.item.due.rows
    if rule is not None and view.late:
        late = say(words, "sheets", "added_late")
        marks.update({(row, rule.column): late for row in view.late})
    end = view.publication.table.with_role("end")
    if end is not None and layout != "roll":
        for row, state in _ends(view).items():
            beside, mark = (row, end.name), say(words, "sheets", "contract", state=state)
            marks[beside] = f"{marks.get(beside, '')} {mark}".strip()
    return marks


def _ends(view: RecordView) -> dict[int, State]:
    """The contracts that end, by row, with the state of their end."""
    rows = {f"{view.publication.url}#{row.anchor}": row.number for row in view.publication.rows}
    return {
        rows[moment.link.url]: moment.state
        for chain in view.chains
        for moment in chain.moments
        if moment.kind == "ends" and moment.link.url in rows
    }
