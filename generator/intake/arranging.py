"""The columns of an office's worksheet become the table's: parts joined, terms split, units kept beside
their numbers, and what can be seen in one column offered for another.

All of it is told by the table's schema (`joins`, `splits`, `offers`, `measure`); what comes of it is said
in a notice, and what is not sure is asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from generator.intake.columns import place_of, renamed, told_rows, with_cells, with_column, without
from generator.intake.decoding import GridRow, Look
from generator.intake.doubts import Asking, Choice, Doubt
from generator.intake.headings import heading_key, is_unit
from generator.intake.layout import Layout
from generator.intake.values import parse_number
from generator.intake.values.dates import parse_term
from generator.model.arrangements import Join, Offer, Part, Split
from generator.model.schema import Field, TableSchema
from generator.problems import Problem, Source, problem

OPEN = "空着"  # the answer that a term has no days
FILL, LEAVE = "填上", "不填"
_MEASURED = re.compile(r"(?P<number>.*\d)\s*(?P<unit>[^\d\s.,，+\-()（）%]{1,4})")
_NO_UNIT = frozenset("万亿千百十多余约来半元角分")  # such a sign is a part of the number, or money


class Arranger:
    """The layout as the steps change it, and the notices they give, for one worksheet."""

    def __init__(self, layout: Layout, schema: TableSchema, file: str, asking: Asking) -> None:
        self.layout = layout
        self.schema = schema
        self.file = file
        self.asking = asking
        self.said: list[Problem] = []

    def arranged(self) -> Layout:
        """The layout in the table's own columns."""
        for join in self.schema.joins:
            self._join(join)
        for split in self.schema.splits:
            self._split(split)
        for field in self.schema.fields:
            if field.unit_in:
                self._measure(field)
        for offer in self.schema.offers:
            self._offer(offer)
        return replace(self.layout, problems=(*self.layout.problems, *self.said))

    def _leave(self, place: int) -> None:
        """Leave a column behind, with the reason for such columns or as a column too many."""
        self.layout, found = left_behind(self.layout, place, self.schema, self.file)
        self.said.append(found)

    # --- several columns that are one ---

    def _join(self, join: Join) -> None:
        field = self.schema.find(join.field)
        places = {part: place_of(self.layout, part.name) for part in join.parts}
        there = {part: place for part, place in places.items() if place is not None}
        own = place_of(self.layout, join.field)
        has_itself = any(part.name == join.field for part in join.parts)
        parts = [part for part in there if part.name != join.field]
        if field is None or not parts:
            return
        if (own is None) == has_itself:  # a part without the rest, or beside the whole
            for part in parts:
                self._leave(there[part])
            return
        cells = {}
        for row in told_rows(self.layout):
            text = join.between.join(_part_words(row, there, self.schema.missing_values))
            if text:
                cells[row.number] = text
        names = "、".join(self.layout.heading.at(place) for place in there.values())
        looks = _looks(self.layout, tuple(there.values()))
        self.layout = without(self.layout, there.values())
        self.layout = with_column(self.layout, field, cells, looks)
        if cells:
            first = next(iter(cells.values()))
            source = Source(self.file, self.layout.heading.number)
            facts = {"columns": names, "heading": field.name, "example": first}
            self.said.append(problem("columns-joined", source, **facts))

    # --- one column that is two ---

    def _split(self, split: Split) -> None:
        place = place_of(self.layout, split.field)
        begin, finish = self.schema.find(split.begin), self.schema.find(split.finish)
        is_there = any(place_of(self.layout, n) is not None for n in (split.begin, split.finish))
        if place is None or is_there or begin is None or finish is None:
            return
        terms = {}
        for row in told_rows(self.layout):
            text = row.at(place)
            if text not in self.schema.missing_values:
                term = parse_term(text)
                terms[row.number] = term if term[0] else self._asked_term(split, row, text)
        for field, which in ((begin, 0), (finish, 1)):
            cells = {number: _written(term[which]) for number, term in terms.items()}
            self.layout = with_column(self.layout, field, cells)
        count = sum(1 for term in terms.values() if term[0])
        if count:
            source = Source(self.file, self.layout.heading.number)
            facts = {"begin": begin.name, "finish": finish.name, "count": str(count)}
            facts["kept"] = split.field
            heading = self.layout.heading.at(place)
            self.said.append(problem("term-split", source, heading=heading, **facts))

    def _asked_term(self, split: Split, row: GridRow, text: str) -> tuple[date | None, date | None]:
        """The days of a term that does not give them, as a person answers."""
        title = self._title(row)
        facts = {"begin": split.begin, "finish": split.finish, "title": title, "value": text}
        doubt = Doubt(
            f"{split.field} {title}：{text}",
            problem(
                "term-unknown",
                Source(self.file, row.number, split.field),
                heading=split.field,
                **facts,
            ),
            (Choice(OPEN, f"{split.field}照写“{text}”，{split.begin}和{split.finish}空着"),),
            "2023-01-01 至 2033-12-31",
        )
        answer = self.asking.settle(doubt)
        if answer and answer != OPEN:
            term = parse_term(answer)
            if term[0] is not None:
                return term
            self.asking.open.append(doubt)  # what was answered is no term
        return None, None

    def _title(self, row: GridRow) -> str:
        """The words by which a person knows a row."""
        field = self.schema.with_role("title")
        place = place_of(self.layout, field.name) if field else None
        return row.at(place) if place is not None else f"第 {row.number} 行"

    # --- numbers that carry their own unit ---

    def _measure(self, field: Field) -> None:
        """600平方米 under 面积（亩） is 600 in the column of units 平方米: what is written at the
        number is nearer to it than the heading."""
        place, unit_field = place_of(self.layout, field.name), self.schema.find(field.unit_in)
        if place is None or unit_field is None:
            return
        declared = self.layout.columns[place].unit
        beside = place_of(self.layout, field.unit_in)
        numbers, units = {}, {}
        for row in told_rows(self.layout):
            number, own = _measured(row.at(place))
            there = row.at(beside) if beside is not None else ""
            if own and there in ("", own):
                numbers[row.number], units[row.number] = number, own
            elif declared and not there and parse_number(row.at(place)) is not None:
                units[row.number] = declared
        if not units:
            return
        self.layout = with_cells(self.layout, place, numbers)
        self.layout = renamed(self.layout, place, field, unit="")
        if beside is None:
            self.layout = with_column(self.layout, unit_field, units)
        else:
            self.layout = with_cells(self.layout, beside, units)

    # --- what one column shows of another ---

    def _offer(self, offer: Offer) -> None:
        field, place = self.schema.find(offer.field), place_of(self.layout, offer.name)
        if field is None or place is None:
            return
        if place_of(self.layout, offer.field) is None:
            self._offered(offer, field, place)
        if self.schema.find(offer.name) is None:
            self._leave(place)

    def _offered(self, offer: Offer, field: Field, place: int) -> None:
        pattern = re.compile(offer.pattern)
        rows = [row for row in told_rows(self.layout) if row.at(place)]
        found = {row.number: pattern.findall(row.at(place)) for row in rows}
        if not rows or any(len(set(words)) != 1 for words in found.values()):
            return
        cells = {number: words[0] for number, words in found.items()}
        counts = Counter(cells.values())
        values = "、".join(f"{word} {count} 行" for word, count in counts.items())
        heading = self.layout.heading
        facts = {"heading": field.name, "column": heading.at(place), "values": values}
        doubt = Doubt(
            field.name,
            problem("column-offered", Source(self.file, heading.number), **facts),
            (
                Choice(FILL, f"公布{field.name}：{values}"),
                Choice(LEAVE, f"不公布{field.name}"),
            ),
        )
        if self.asking.settle(doubt) == FILL:
            self.layout = with_column(self.layout, field, cells)


def left_behind(
    layout: Layout, place: int, schema: TableSchema, file: str
) -> tuple[Layout, Problem]:
    """The layout without a column of which nothing can be made, and what is to be said of it."""
    heading = layout.heading.at(place)
    reason = schema.words.why_left(heading_key(heading)[0])
    source = Source(file, layout.heading.number, heading)
    found = problem("heading-unknown", source, value=heading, nearest="")
    if reason:
        found = problem("heading-left", source, value=heading, reason=reason)
    return without(layout, [place], reason), found


def _part_words(row: GridRow, there: dict[Part, int], missing: tuple[str, ...]) -> Iterator[str]:
    """The words of the parts in their order; what the office wrote before them itself is not
    written twice."""
    for part, place in there.items():
        text = row.at(place)
        if text not in missing:
            yield text if text.startswith(part.before) else part.before + text


def _looks(layout: Layout, places: Iterable[int]) -> dict[int, Look]:
    """The looks of rows in which a part looks otherwise than it is; they speak for the whole."""
    return {
        row.number: row.looks[place]
        for row in told_rows(layout)
        for place in sorted(places)
        if place in row.looks and (row.looks[place].struck or row.looks[place].unseen)
    }


def _measured(text: str) -> tuple[str, str]:
    """A number and the unit behind it; nothing where it is not so written."""
    match = _MEASURED.fullmatch(text.strip())
    if match is None or parse_number(match["number"]) is None:
        return "", ""
    unit = match["unit"]
    is_counter = len(unit) == 1 and "\u4e00" <= unit <= "\u9fff" and unit not in _NO_UNIT
    is_known = is_unit(unit) and not set(unit) & {"元"}
    return (match["number"].strip(), unit) if is_counter or is_known else ("", "")


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""
