"""A sheet of which everything is known becomes the bytes of a file and an account of itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from generator.checks import check_village
from generator.checks.context import Context
from generator.importer.clean import Change, changes, clean_file, kept_fields, private_fields
from generator.importer.desk import Desk
from generator.importer.plan import Draft
from generator.importer.store import Difference, difference, same_record
from generator.intake.files import GridRow, Sheet
from generator.intake.headings import is_line_number
from generator.intake.layout import choose_sheet
from generator.intake.sheets import read_csv, read_sheets
from generator.intake.tables import TableReading, read_table
from generator.intake.villages import read_village, without_files
from generator.model.catalogue import Field
from generator.model.village import Record, Table
from generator.problems import Problem, Source, files_with_errors, in_order, without_numbers

State = Literal["new", "same", "differs", "elsewhere", "faulty", "unsure"]


@dataclass(frozen=True)
class Part:
    """One file to be written, or why it is not.

    `faulty` has errors; an `unsure` one does not read back as what the sheet says. `there` is the
    file that holds the same record already: of the same name for `same` and `differs`, of another
    for `elsewhere`.
    """

    draft: Draft
    path: Path
    content: bytes
    fields: tuple[Field, ...]
    private: tuple[Field, ...]
    renamed: tuple[tuple[str, str], ...]
    changes: tuple[Change, ...]
    left_out: tuple[str, ...]
    problems: tuple[Problem, ...]
    state: State
    there: str = ""
    difference: Difference | None = None


def make_parts(desk: Desk, drafts: Sequence[Draft]) -> tuple[Part, ...]:
    """Check the drafts as if they stood in their villages, and compare with what stands there."""
    found = tuple(_found_by_checks(desk, drafts))
    return tuple(
        _part(draft, [*draft.reading.problems, *(p for p in found if p.source.file == draft.file)])
        for draft in drafts
    )


def _found_by_checks(desk: Desk, drafts: Sequence[Draft]) -> Iterator[Problem]:
    """What the checks say of the drafts among their villages' other records."""
    sound = [draft for draft in drafts if not files_with_errors(draft.reading.problems)]
    for village in dict.fromkeys(draft.place.village.id for draft in sound):
        own = [draft for draft in sound if draft.place.village.id == village]
        data, faults = read_village(own[0].place.folder, desk.shared)
        if data is None:
            continue
        data = without_files(data, files_with_errors(faults))
        new = {_identity(record): record for record in map(_record, own)}
        others = [record for record in data.records if _identity(record) not in new]
        merged = replace(data, records=(*others, *new.values()))
        yield from check_village(Context(merged, desk.shared, desk.request.today))


def _identity(record: Record) -> tuple[str, str, str]:
    is_table = isinstance(record.content, Table)
    return record.item, record.period.text if is_table else record.key, record.account


def _record(draft: Draft) -> Record:
    return Record(
        draft.place.village.id,
        draft.item.id,
        Path(draft.target).stem,
        draft.period,
        draft.account,
        draft.reading.published,
        draft.reading.table,
        Source(draft.file),
        draft.reading.corrections,
    )


def _part(draft: Draft, problems: Sequence[Problem]) -> Part:
    table, masks = draft.reading.table, draft.place.masks
    fields = kept_fields(table, draft.schema, masks)
    content = clean_file(table, fields, draft.reading.published, draft.reading.corrections)
    part = Part(
        draft,
        draft.place.folder.path / draft.target,
        content,
        fields,
        private_fields(table, draft.schema, masks),
        tuple(_renamed(draft, fields)),
        changes(table, _cells(draft), fields, masks),
        tuple(_left_out(draft)),
        in_order(problems),
        "faulty" if files_with_errors(problems) else "new",
    )
    if part.state == "faulty":
        return part
    again = _reading(read_csv(content, draft.file), draft)
    if again is None or not difference(draft.reading, again, fields).is_none:
        return replace(part, state="unsure")  # our own fault, but the village's books
    return _beside_what_is_there(part)


def _beside_what_is_there(part: Part) -> Part:
    """The part with what it would replace."""
    draft = part.draft
    first = draft.place.village.accounts[0].id
    there = same_record(part.path.parent, draft.period, draft.account, first)
    if not there:
        return part
    if there != [part.path]:
        other = next(path for path in there if path != part.path)
        return replace(part, state="elsewhere", there=other.name)
    old = _reading(read_sheets(part.path, part.path.name), draft)
    found = difference(old, draft.reading, part.fields) if old else None
    state: State = "same" if found and found.is_none else "differs"
    return replace(part, state=state, there=part.path.name, difference=found)


def _reading(sheets: tuple[Sheet, ...] | Problem, draft: Draft) -> TableReading | None:
    """What a file says by the draft's schema; None where it cannot be read without a fault."""
    if isinstance(sheets, Problem):
        return None
    sheet, _ = choose_sheet(sheets, draft.schema, draft.file)
    if isinstance(sheet, Problem):
        return None
    reading = read_table(sheet, draft.schema, draft.file, draft.place.masks, draft.period)
    return None if files_with_errors(reading.problems) else reading


def _cells(draft: Draft) -> dict[tuple[int, str], str]:
    """The sheet's own cells by row number and column, without those that are reported."""
    faulty = {(found.source.row, found.source.column) for found in draft.reading.problems}
    cells = {
        (row.number, column.field.name): row.at(position)
        for row in draft.layout.body
        for position, column in draft.layout.columns.items()
    }
    return {place: text for place, text in cells.items() if place not in faulty}


def _renamed(draft: Draft, fields: Sequence[Field]) -> Iterator[tuple[str, str]]:
    """Headings that are written in another way than in the sheet."""
    for position, column in draft.layout.columns.items():
        heading = draft.layout.heading.at(position)
        if column.field in fields and heading != column.field.name:
            yield heading, column.field.name


def _left_out(draft: Draft) -> Iterator[str]:
    """All that stands on the sheet and not in the clean file, but private columns."""
    layout = draft.layout
    for row in layout.titles:
        yield f"第 {row.number} 行（标题）：{_words(row)}"
    numbers = [text for text in layout.heading.cells if text and is_line_number(text)]
    yield from (f"“{text}”一栏" for text in numbers)
    labels = {proof.number: proof.label for proof in draft.reading.table.proofs}
    for row in layout.body:
        for position, column in layout.columns.items():
            text = row.at(position)
            is_word = text and not column.field.is_numeric
            if row.number in labels and is_word and text != labels[row.number]:
                yield f"第 {row.number} 行“{labels[row.number]}”旁边的“{without_numbers(text)}”"
    for row in layout.notes:
        yield f"第 {row.number} 行（表下的说明）：{_words(row)}"


def _words(row: GridRow) -> str:
    return without_numbers("  ".join(cell for cell in row.cells if cell))
