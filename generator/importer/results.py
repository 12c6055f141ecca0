"""Turns a worksheet with no open questions into a file's bytes and a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from generator.checks import check_village
from generator.checks.context import Context
from generator.gate import as_told, name_finder, nothing_private, without_secrets
from generator.gate.names import NameFinder
from generator.importer.clean import (
    Change,
    changes,
    clean_file,
    kept_fields,
    line_numbers,
    private_fields,
)
from generator.importer.desk import Desk
from generator.importer.drafts import Draft
from generator.importer.existing import (
    Difference,
    difference,
    hides_statements,
    read_there,
    reading_of,
    same_record,
)
from generator.importer.memory import Form
from generator.importer.telling import doubt_as_told
from generator.intake.decoding import GridRow
from generator.intake.doubts import Choice, Doubt
from generator.intake.headings import is_line_number
from generator.intake.statements import is_statement
from generator.intake.villages import read_village
from generator.intake.worksheets import read_csv
from generator.model.schema import Field
from generator.model.shared import Shared
from generator.model.village import Record, Table, VillageData
from generator.problems import Problem, Source, files_with_errors, in_order, without_numbers
from generator.publishing.publish import publish_all
from generator.reading import without_files

AS_WRITTEN = "就是这么多"
_IMPLAUSIBLE = "-implausible"
State = Literal["new", "same", "differs", "elsewhere", "asks", "faulty", "unsure", "unread"]


@dataclass(frozen=True)
class Part:
    """One file to be written, or why it is not.

    `faulty` has errors, one that `asks` has none but open questions; an `unsure` one does not read back
    as what the worksheet says, and beside an `unread` one stands a file whose words on publication and
    corrections would be lost. `there` is the file that holds the same record already: of the same name for
    `same` and `differs`, of another for `elsewhere`.
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

    def places(self, row: int) -> tuple[int, int]:
        """Where a row of the worksheet that was read stands: in the workbook, and on which line of the
        clean file; 0 for a line that is not there."""
        return self.draft.origin(row), line_numbers(self.draft.reading.table).get(row, 0)


def make_parts(
    desk: Desk, drafts: Sequence[Draft], answer: Callable[[Form, Doubt], str]
) -> tuple[Part, ...]:
    """Check the drafts as if they stood in their villages, and compare with what stands there.

    `answer` knows what was answered to questions that only the checks bring up.
    """
    villages = {
        village: (own, read_village(own[0].place.folder, desk.shared))
        for village, own in _by_village(drafts).items()
    }
    found: list[Problem] = []
    names: dict[str, NameFinder] = {}
    for village, (own, (data, faults)) in villages.items():
        if data is not None:
            found += _found_by_checks(desk, own, data, faults)
        known = (*(data.records if data else ()), *(_record(desk, draft) for draft in own))
        names[village] = name_finder(own[0].place.village, known, desk.shared)
    parts = (
        _part(*_looked_at(draft, [p for p in found if p.source.file == draft.file], answer))
        for draft in drafts
    )
    return tuple(_as_told(part, desk.shared, names[part.draft.place.village.id]) for part in parts)


def _looked_at(
    draft: Draft, found: Sequence[Problem], answer: Callable[[Form, Doubt], str]
) -> tuple[Draft, Sequence[Problem]]:
    """The draft with the amounts that somebody looked at again, and all its problems; an amount that
    nobody has looked at is a question."""
    doubts, problems = list(draft.doubts), [*draft.reading.problems]
    confirmed = list(draft.reading.table.confirmed)
    for problem in found:
        if not problem.code.endswith(_IMPLAUSIBLE):
            problems.append(problem)
            continue
        about = f"amount {draft.file} {problem.source.column} {problem.value}"
        publishes = f"照原样公开 {problem.value}，表的最后写一行“金额已核对”"
        doubt = Doubt(about, problem, (Choice(AS_WRITTEN, publishes),), lasting=False)
        if answer(draft.form, doubt):
            confirmed.append(problem.value)
        else:
            doubts.append(doubt)
    table = replace(draft.reading.table, confirmed=tuple(confirmed))
    reading = replace(draft.reading, table=table)
    return replace(draft, reading=reading, doubts=tuple(doubts)), problems


def _by_village(drafts: Sequence[Draft]) -> dict[str, list[Draft]]:
    villages: dict[str, list[Draft]] = {}
    for draft in drafts:
        villages.setdefault(draft.place.village.id, []).append(draft)
    return villages


def _as_told(part: Part, shared: Shared, names: NameFinder) -> Part:
    """A part whose words name nobody whom the worksheets' own columns hide: previews are passed on
    in chats."""

    def told(text: str) -> str:
        return as_told(text, shared.privacy, names)

    draft = part.draft
    draft = replace(
        draft,
        flat=replace(draft.flat, said=tuple(map(told, draft.flat.said))),
        doubts=tuple(doubt_as_told(doubt, shared, names) for doubt in draft.doubts),
        settled=tuple(
            replace(entry, doubt=doubt_as_told(entry.doubt, shared, names))
            for entry in draft.settled
        ),
    )
    return replace(
        part,
        draft=draft,
        problems=without_secrets(part.problems, shared.privacy, names),
        left_out=tuple(map(told, part.left_out)),
        changes=tuple(
            replace(change, before=told(change.before), after=told(change.after))
            for change in part.changes
        ),
    )


def _found_by_checks(
    desk: Desk, drafts: Sequence[Draft], data: VillageData, faults: Sequence[Problem]
) -> Iterator[Problem]:
    """What the checks say of a village's drafts among its other records."""
    own = [d for d in drafts if d.is_whole and not files_with_errors(d.reading.problems)]
    if not own:
        return
    new = {_identity(record): record for record in (_record(desk, d) for d in own)}
    known = [record for record in data.records if _identity(record) not in new]
    data = without_files(data, files_with_errors(faults))
    others = [record for record in data.records if _identity(record) not in new]
    sound = {record.source for record in others}
    faulty = [record for record in known if record.source not in sound]
    faulty += [_record(desk, draft) for draft in drafts if draft not in own]
    merged = replace(data, records=(*others, *new.values()))
    shared, today = desk.shared, desk.request.today
    names = name_finder(merged.village, (*merged.records, *faulty), shared)
    yield from check_village(Context(merged, shared, today))
    yield from nothing_private(merged, publish_all(merged, shared, today), shared, names)


def _identity(record: Record) -> tuple[str, str, str]:
    is_table = isinstance(record.content, Table)
    return record.item, record.period.text if is_table else record.key, record.account


def _record(desk: Desk, draft: Draft) -> Record:
    """The draft as a record. Where the clerk named the village, the worksheet's title is not asked."""
    table = draft.reading.table
    return Record(
        draft.place.village.id,
        draft.item.id,
        Path(draft.target).stem,
        draft.period,
        draft.account,
        draft.reading.published,
        replace(table, titles=()) if desk.request.village else table,
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
        "faulty"
        if files_with_errors(problems)
        else "asks"
        if draft.doubts or draft.waits
        else "new",
    )
    if part.state != "new":
        return part
    if not _reads_back(part):
        return replace(part, state="unsure")  # our own fault, but the village's books
    return _beside_what_is_there(part)


def _reads_back(part: Part) -> bool:
    """Whether the clean file says what the worksheet says."""
    draft = part.draft
    worksheets = read_csv(part.content, draft.file)
    if isinstance(worksheets, Problem):
        return False
    again = reading_of(worksheets, draft.file, draft.schema, draft.place.masks, draft.period)
    return again is not None and difference(draft.reading, again, part.fields).is_none


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
    if hides_statements(part.path, draft.schema, draft.place.masks, draft.period):
        return replace(part, state="unread", there=part.path.name)
    old = read_there(part.path, draft.schema, draft.place.masks, draft.period)
    found = difference(old, draft.reading, part.fields) if old else None
    state: State = "same" if found and found.is_none else "differs"
    return replace(part, state=state, there=part.path.name, difference=found)


def _cells(draft: Draft) -> dict[tuple[int, str], str]:
    """The worksheet's own cells by row number and column, without those that are reported."""
    faulty = {(found.source.row, found.source.column) for found in draft.reading.problems}
    cells = {
        (row.number, column.field.name): row.at(position)
        for row in draft.layout.body
        for position, column in draft.layout.columns.items()
    }
    return {place: text for place, text in cells.items() if place not in faulty}


def _renamed(draft: Draft, fields: Sequence[Field]) -> Iterator[tuple[str, str]]:
    """Headings that are written in another way than in the worksheet."""
    for position, column in draft.layout.columns.items():
        heading = draft.layout.heading.at(position)
        if column.field in fields and heading != column.field.name:
            yield heading, column.field.name


def _left_out(draft: Draft) -> Iterator[str]:
    """All that stands on the worksheet and not in the clean file, but private columns."""
    layout = draft.layout
    for row in layout.titles:
        if is_statement(row):
            continue
        yield f"第 {draft.origin(row.number)} 行（标题）：{_words(row)}"
    numbers = [text for text in layout.heading.cells if text and is_line_number(text)]
    yield from (f"“{text}”一栏" for text in numbers)
    yield from (f"“{text}”一栏：{reason}" for text, reason in draft.reading.dropped)
    labels = {proof.number: proof.label for proof in draft.reading.table.proofs}
    for row in layout.body:
        for position, column in layout.columns.items():
            text = row.at(position)
            is_word = text and not column.field.is_numeric
            if row.number in labels and is_word and text != labels[row.number]:
                yield f"第 {draft.origin(row.number)} 行“{labels[row.number]}”旁边的“{without_numbers(text)}”"
    for row in layout.notes:
        yield f"第 {draft.origin(row.number)} 行（表下的说明）：{_words(row)}"


def _words(row: GridRow) -> str:
    return without_numbers("  ".join(cell for cell in row.cells if cell))
