"""Gathers what the numbers of a record say: a sentence, comparisons, notes, proofs and pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.model.catalogue import Item
from generator.model.phrases import Phrases
from generator.model.units import is_mixed
from generator.model.village import Document, People, Record
from generator.views.charts import Chart
from generator.views.figures.books import BookFacts, History, book_facts, book_history, book_name
from generator.views.figures.budgets import (
    book_progress,
    plan_progress,
    progress_charts,
    progress_notes,
    progress_words,
)
from generator.views.figures.comparison import table_compared
from generator.views.figures.explanations import book_compared, book_notes
from generator.views.figures.handling import handling_words
from generator.views.figures.measures import Figures, figures_of
from generator.views.figures.pictures import book_charts, table_charts
from generator.views.figures.sentences import (
    document_sentence,
    people_sentence,
    table_sentence,
    vote_sentence,
)
from generator.views.figures.terms import lease_notes
from generator.views.figures.timelines import step_charts, step_notes
from generator.views.linking import VillageRecords
from generator.views.said import say


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
    content, phrases = record.content, records.shared.phrases
    if isinstance(content, Document):
        return _document(record, content, records)
    if isinstance(content, People):
        return Numbers(people_sentence(item, content, records.data.village, phrases))
    part = figures_of(record, records)
    assert part is not None  # a record is a document, people or a table
    history = book_history(record, records)
    # Charts and balances of single persons tell too much once their rows are hidden.
    is_book = bool(history) and not part.groups.hides_rows
    made = _book(record, part, history, records) if is_book else _table(record, item, part, records)
    return replace(made, sentence=book_name(record, item, records) + made.sentence)


def _document(record: Record, document: Document, records: VillageRecords) -> Numbers:
    publication, phrases = records.publication(record), records.shared.phrases
    sentence = document_sentence(document, publication, phrases)
    vote = vote_sentence(document, publication, phrases)
    votes = (vote,) if vote and vote != sentence else ()
    notes = (*votes, *step_notes(publication, records.shared))
    return Numbers(sentence, notes=notes, charts=step_charts(publication, records.today, phrases))


def _table(record: Record, item: Item, part: Figures, records: VillageRecords) -> Numbers:
    phrases = records.shared.phrases
    progress = plan_progress(record, item, records)
    compared = (*handling_words(record, records), *table_compared(record, item, records))
    notes = lease_notes(part.table, part.schema, part.day, phrases)
    charts = table_charts(record, item, records)
    if progress is not None and not part.groups.hides_rows:
        compared = (*progress_words(progress, phrases), *compared)
        notes = (*notes, *progress_notes(progress, phrases))
        charts = (*progress_charts(progress, phrases), *charts)
    sentence = table_sentence(item, part, record.period, phrases)
    return Numbers(sentence, compared, notes, *_totals_proved(part, phrases), charts)


def _book(record: Record, part: Figures, history: History, records: VillageRecords) -> Numbers:
    book, facts, phrases = history[-1][1], book_facts(history), records.shared.phrases
    progress = book_progress(record, records)
    compared = book_compared(record, book, records)
    if progress is not None:
        compared = (*compared, *progress_words(progress, phrases))
    return Numbers(
        say(phrases, "books", "idle" if book.table.nothing else "sentence", facts=facts),
        compared,
        book_notes(record, book, facts, records),
        *_proved(facts, part, phrases),
        book_charts(record, history, records),
    )


def _proved(facts: BookFacts, part: Figures, phrases: Phrases) -> tuple[tuple[str, ...], str]:
    """What was proved of a book and the word for it; only sums where it states no balances. A
    fault would have kept it from being published."""
    if facts.opening is None or facts.closing is None:
        return _totals_proved(part, phrases)
    checks = [say(phrases, "proofs", "balances", facts=facts)]
    if facts.carries_forward:
        checks.append(say(phrases, "proofs", "carried_forward", period=facts.period))
    return tuple(checks), say(phrases, "proofs", "word", way="balances")


def _totals_proved(part: Figures, phrases: Phrases) -> tuple[tuple[str, ...], str]:
    """The columns whose stated total is the sum of the rows, as far as that total is published."""
    columns = list(_proved_columns(part))
    if not columns:
        return (), ""
    proved = say(phrases, "proofs", "totals", columns=columns)
    return (proved,), say(phrases, "proofs", "word", way="totals")


def _proved_columns(part: Figures) -> Iterator[str]:
    stated = {
        name
        for proof in part.table.proofs
        if proof.kind == "total"
        for name, value in proof.values.items()
        if value is not None and name in part.table.columns and not part.groups.withholds(name)
    }
    for field in part.schema.fields:
        is_shown = field.name in stated - part.groups.masked and field.role != "balance"
        if is_shown and field.is_numeric and not is_mixed(field, part.table):
            yield field.heading
