"""What the numbers of a record say: a sentence, comparisons, notes, proofs and pictures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from generator.model.books import Book
from generator.model.catalogue import Item
from generator.model.units import is_mixed
from generator.model.village import Document, People, Record
from generator.views.charts import Chart
from generator.views.figures.bookcharts import balance_chart, flow_chart, subject_charts
from generator.views.figures.books import (
    BookFacts,
    book_checks,
    book_facts,
    book_history,
    book_name,
    book_of,
    book_sentence,
    idle_sentence,
    subject_column,
)
from generator.views.figures.budgets import (
    book_progress,
    plan_progress,
    progress_charts,
    progress_notes,
    progress_words,
)
from generator.views.figures.comparison import same_series, table_compared
from generator.views.figures.explanations import book_compared, book_notes
from generator.views.figures.measures import Told, told
from generator.views.figures.sentences import (
    document_sentence,
    people_sentence,
    table_sentence,
    vote_sentence,
)
from generator.views.figures.tablecharts import table_charts
from generator.views.figures.terms import lease_notes
from generator.views.figures.timelines import step_charts, step_notes
from generator.views.linking import VillageRecords
from generator.views.publication import Publication

BALANCED = "账已算对"
ADDED_UP = "合计加得对"


@dataclass(frozen=True)
class Numbers:
    """`sentence` answers first, and names its set of books where there are several. `compared`
    and `notes` are plain sentences, none where there is nothing sound to say. `checks` are what
    was proved, `proved` the word for all of it: that an account is right is said where its
    balances were followed, not where a column was added up."""

    sentence: str
    compared: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    proved: str = ""
    charts: tuple[Chart, ...] = ()


def numbers_of(record: Record, item: Item, records: VillageRecords) -> Numbers:
    """What a record's numbers say on the day of the build."""
    content = record.content
    if isinstance(content, Document):
        return _document(content, records.publication(record), records.today)
    if isinstance(content, People):
        return Numbers(people_sentence(item, content, records.data.village))
    part = told(record, records)
    assert part is not None  # a record is a document, people or a table
    history = book_history(record, records.data.records, records.shared.tables)
    # Charts and balances of single persons tell too much once their rows are hidden.
    is_book = bool(history) and not part.groups.hides_rows
    made = _book(record, part, history, records) if is_book else _table(record, item, part, records)
    return replace(made, sentence=book_name(record, item, records) + made.sentence)


def _document(document: Document, publication: Publication, today: date) -> Numbers:
    sentence, vote = document_sentence(document, publication.publisher), vote_sentence(document)
    votes = (vote,) if vote and vote != sentence else ()
    notes = (*votes, *step_notes(publication))
    return Numbers(sentence, notes=notes, charts=step_charts(publication, today))


def _table(record: Record, item: Item, part: Told, records: VillageRecords) -> Numbers:
    progress = plan_progress(record, item, records)
    compared = table_compared(record, item, records)
    notes = lease_notes(part.table, part.schema, part.day)
    charts = table_charts(record, item, records)
    if progress is not None and not part.groups.hides_rows:
        compared = (*progress_words(progress), *compared)
        notes = (*notes, *progress_notes(progress))
        charts = (*progress_charts(progress), *charts)
    sentence = table_sentence(item, part, record.period)
    return Numbers(sentence, compared, notes, *_totals_proved(part), charts)


def _book(
    record: Record, part: Told, history: tuple[tuple[Record, Book], ...], records: VillageRecords
) -> Numbers:
    book, facts = history[-1][1], book_facts(history)
    progress = book_progress(record, records)
    compared = book_compared(record, book, records)
    if progress is not None:
        compared = (*compared, *progress_words(progress))
    return Numbers(
        idle_sentence(facts) if book.table.nothing else book_sentence(facts),
        compared,
        book_notes(record, book, facts, records),
        *_proved(facts, part),
        _book_charts(record, facts, history, records),
    )


def _book_charts(
    record: Record,
    facts: BookFacts,
    history: tuple[tuple[Record, Book], ...],
    records: VillageRecords,
) -> tuple[Chart, ...]:
    book, shared = history[-1][1], records.shared
    subject = subject_column(shared.tables[book.table.schema])
    series = same_series(record, records)
    found = ((period, book_of(other, shared.tables)) for period, other in series.items())
    books = {period: other for period, other in found if other is not None}
    return (
        *subject_charts(record, book, subject, shared.chart_on(record.period.end)),
        *flow_chart(facts.period, books),
        *balance_chart(history),
    )


def _proved(facts: BookFacts, part: Told) -> tuple[tuple[str, ...], str]:
    """What was proved of a book and the word for it; only sums where it states no balances."""
    checks = book_checks(facts)
    return (checks, BALANCED) if checks else _totals_proved(part)


def _totals_proved(part: Told) -> tuple[tuple[str, ...], str]:
    """The columns whose stated total is the sum of the rows, as far as that total is told."""
    stated = {
        name
        for proof in part.table.proofs
        if proof.kind == "total"
        for name, value in proof.values.items()
        if value is not None and name in part.table.columns and not part.groups.withholds(name)
    }
    names = [
        field.name
        for field in part.schema.fields
        if field.is_numeric
        and field.role != "balance"
        and field.name in stated - part.groups.masked
        and not is_mixed(field, part.table)
    ]
    return ((f"表里写的{'、'.join(names)}合计，与各行相加一致",), ADDED_UP) if names else ((), "")
