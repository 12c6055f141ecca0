"""Decides what each table of a file is and where it goes, and what must be asked first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from generator.importer.desk import Desk, Place
from generator.importer.destinations import account_of, place_of, somebody_in, village_of
from generator.importer.drafts import Draft, LeftOut, Settled, Workbook
from generator.importer.existing import file_name, with_statements
from generator.importer.filledin import day_above, is_unfilled
from generator.importer.filling import filled_table
from generator.importer.forms import Flat, Known, unfold
from generator.importer.memory import Form, form_of
from generator.importer.publicday import published_table
from generator.importer.questions import FormAnswers, example_period
from generator.importer.recognise import Guess, guess_items, words_around
from generator.intake.decoding import Worksheet
from generator.intake.doubts import Asking, Choice, Doubt
from generator.intake.layout import find_layout
from generator.intake.naming import account_names, named, written_period
from generator.intake.periods import period_of
from generator.intake.tables import TableReading, read_table
from generator.model.catalogue import Item
from generator.model.period import Period, parse_period
from generator.model.schema import TableSchema
from generator.problems import Problem, Source, problem
from generator.settings import CannotBuildError

_LENGTHS = {"month": "每月", "quarter": "每季度", "half": "每半年", "year": "每年"}
PUBLISH, WAIT = "单独公开", "先不写"


def draft_worksheets(desk: Desk, book: Workbook) -> tuple[list[Draft], list[LeftOut]]:
    """Find out what the tables of a file are; those of which too much is open are left out."""
    drafts: list[Draft] = []
    left_out: list[LeftOut] = []
    wanted = []
    for worksheet in book.worksheets:
        form = form_of([worksheet], desk.shared, _names(desk))
        if desk.request.worksheet not in ("", worksheet.name):
            continue
        if worksheet.is_hidden and not desk.request.worksheet:
            reason = "这张工作表隐藏着，没有导入。"
            left_out.append(LeftOut(book.path.name, worksheet.name, form, reason, is_plain=True))
        else:
            wanted.append(worksheet)
    if not wanted:
        return drafts, left_out
    whole = form_of(wanted, desk.shared, _names(desk))
    asking = Asking(FormAnswers(whole, desk.request.answers, desk.memory))
    flats = unfold(wanted, _known(desk, book, wanted), asking)
    if asking.open:
        left_out.append(LeftOut(book.path.name, "", whole, doubts=tuple(asking.open)))
    settled = _settled(whole, asking)
    for flat, file in zip(flats, _file_names(book, flats), strict=True):
        found = _Drafting(desk, book.path, flat, file).draft()
        if isinstance(found, Draft):
            waits = bool(asking.open)
            drafts.append(replace(found, settled=(*settled, *found.settled), waits=waits))
        else:
            left_out.append(found)
    return drafts, left_out


def _file_names(book: Workbook, flats: Sequence[Flat]) -> list[str]:
    """What messages call each table: the file, the worksheet where there are several, and the part
    of it where one worksheet became several tables."""
    names = [flat.worksheet.name if len(book.worksheets) > 1 else "" for flat in flats]
    marks = [f"［{name}］" if name else "" for name in names]
    for place, (flat, name) in enumerate(zip(flats, names, strict=True)):
        if names.count(name) > 1:
            period = parse_period(flat.period)
            part = (period.title if period else "") + flat.account
            marks[place] += f"（{part or f'第 {names[: place + 1].count(name)} 张表'}）"
    return [book.path.name + mark for mark in marks]


def _known(desk: Desk, book: Workbook, worksheets: Sequence[Worksheet]) -> Known:
    """What can be known before the tables are: the village by its name in titles, and its books."""
    texts = [book.path.stem, *(cell for worksheet in worksheets for cell in _head(worksheet))]
    names = {village: place.village.name for village, place in desk.places.items()}
    village = village_of(texts, names)
    if not village and len(desk.places) == 1:
        village = next(iter(desk.places))
    return Known(
        tables=desk.shared.tables,
        items=desk.shared.catalogue.items,
        subjects=desk.shared.charts,
        words=desk.shared.forms,
        several=len(worksheets) > 1,
        item=desk.item.id if desk.item else "",
        accounts=desk.places[village].village.accounts if village else (),
        today=desk.request.today,
        file=book.path.name,
    )


def _head(worksheet: Worksheet) -> Iterable[str]:
    return (cell for row in worksheet.rows[:5] for cell in row.cells if cell)


def _names(desk: Desk) -> list[str]:
    """Names of villages and towns, which are no part of a form."""
    towns = [town.name for town in desk.shared.site.towns]
    villages = [place.village.name for place in desk.places.values()]
    return [*towns, *villages]


class _OpenError(Exception):
    """Nothing more can be found out before this is answered, or at all; never leaves this module."""

    def __init__(self, reason: str = "", *, is_plain: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_plain = is_plain


class _Drafting:
    """Per-call state of the steps for one table."""

    def __init__(self, desk: Desk, path: Path, flat: Flat, file: str) -> None:
        self.desk = desk
        self.path = path
        self.flat = flat
        self.worksheet = flat.worksheet
        self.file = file
        self.form = form_of([self.worksheet], desk.shared, _names(desk))
        self.asking = Asking(FormAnswers(self.form, desk.request.answers, desk.memory))
        self.texts: tuple[tuple[str, str], ...] = ()

    def draft(self) -> Draft | LeftOut:
        """The table with everything known, or the first thing that is not."""
        try:
            return self._draft()
        except _OpenError as error:
            doubts = tuple(self.asking.open)
            return LeftOut(
                self.file, self.worksheet.name, self.form, error.reason, doubts, error.is_plain
            )

    def _draft(self) -> Draft:
        guess = self._item()
        item, layout = guess.item, guess.layout
        schema = self.desk.shared.tables[item.table]
        self.texts = words_around(self.worksheet, layout, self.path)
        place = self._place()
        account = self._account(place, item)
        first = read_table(
            self.worksheet, schema, self.file, place.masks, answers=self.asking.answers
        )
        if is_unfilled(self.flat, first):
            raise _OpenError("这张空白表还没有填，没有导入。", is_plain=True)
        period, reason = self._period(item, place, account, first, schema)

        # Days without a year, such as 3月1日, can be read only now.
        def read(worksheet: Worksheet) -> TableReading:
            return read_table(
                worksheet, schema, self.file, place.masks, period, self.asking.answers
            )

        worksheet, reading = filled_table(self.worksheet, layout, item, schema, read, self.asking)
        for doubt in (*reading.doubts, *reading.settled):
            self.asking.settle(doubt)
        asked = {doubt.problem for doubt in reading.doubts}
        reading = replace(reading, problems=tuple(p for p in reading.problems if p not in asked))
        target = file_name(period, account, place.village.accounts[0].id)
        there = place.folder.path / item.id / target
        reading = with_statements(reading, there, schema, place.masks, period)
        reading = published_table(self.desk.request, item, layout, reading, self.file, self.asking)
        return Draft(
            replace(self.flat, worksheet=worksheet),
            self.file,
            self.form,
            item,
            schema,
            layout,
            place,
            period,
            reason,
            account,
            reading,
            tuple(self.asking.open),
            _settled(self.form, self.asking),
        )

    def _ask(self, doubt: Doubt) -> str:
        """The answer to what nothing can go on without."""
        answer = self.asking.settle(doubt)
        if not answer:
            raise _OpenError
        return answer

    def _problem(self, kind: str, *, value: str = "", **facts: object) -> Problem:
        return problem(kind, Source(self.file), value=value, **facts)

    # ------------------------------------------------------------------------------ what it is

    def _item(self) -> Guess:
        """The item that a table is: the one asked for or that its form is, else the best guess."""
        shared = self.desk.shared
        tables = [item for item in shared.catalogue.items if item.kind == "table"]
        wanted = self.desk.item or shared.catalogue.find(self.flat.item)
        if wanted is not None:
            layout = find_layout(self.worksheet, shared.tables[wanted.table], self.file)
            if isinstance(layout, Problem):
                raise _OpenError(f"没有认出“{wanted.title}”的表头，这张工作表没有导入。")
            return Guess(wanted, layout, 0.0)
        guesses = guess_items(self.worksheet, tables, shared.tables, self.path)
        if not guesses:
            if self.desk.request.worksheet:
                raise _OpenError("没有认出表头，请核对是不是这一张。")
            raise _OpenError("没有认出表头，这张工作表没有导入。", is_plain=False)
        best = [guess for guess in guesses if guess.score == guesses[0].score]
        if len(best) == 1:
            return best[0]
        choices = tuple(Choice(guess.item.title, f"公开在“{guess.item.title}”里") for guess in best)
        wanted_title = self._ask(
            Doubt("item", self._problem("import-item", example=best[0].item.title), choices)
        )
        return next(guess for guess in best if guess.item.title == wanted_title)

    def _place(self) -> Place:
        return place_of(self.desk, self.path, self.file, self.texts, self._ask)

    def _account(self, place: Place, item: Item) -> str:
        """The set of books. A list of households is the village's, though it be named 二组."""
        accounts = place.village.accounts
        asked = self.desk.request.account
        if asked:
            found = named(asked, account_names(accounts))
            if len(found) != 1:
                known = "、".join(f"{account.id}（{account.title}）" for account in accounts)
                raise CannotBuildError(f"没有账套“{asked}”。--account 可以写：{known}。")
            return found[0]
        if self.flat.account or item.personal:
            return self.flat.account or accounts[0].id
        words = [text.replace(place.village.name, " ") for _, text in self.texts]
        account = account_of(words, accounts)
        if account:
            return account
        choices = tuple(Choice(a.title, f"记在{a.owner}的账上") for a in accounts)
        # A form is the whole town's and every group's: whose books they are, is another's each time.
        about = f"account {place.folder.id} {somebody_in(words)}".strip()
        answer = self._ask(Doubt(about, self._problem("import-account"), choices))
        return next(account.id for account in accounts if account.title == answer)

    # ---------------------------------------------------------------------------- which period

    def _period(
        self, item: Item, place: Place, account: str, first: TableReading, schema: TableSchema
    ) -> tuple[Period, str]:
        """The period and what said so; one of another length than the item's is asked about."""
        request = self.desk.request
        if request.period:
            period = written_period(request.period, item)
            if period is None:
                raise CannotBuildError(f"“{request.period}”不是“{item.title}”的期次。")
            return period, " --period"
        period, reason = parse_period(self.flat.period), "表里的日期"
        if item.period == "event":
            period, reason = day_above(self.texts)
        if period is None:
            found = period_of(self.texts, _days(first, schema), item.period)
            period, reason = found.period, found.reason
        if period is None:
            why = f"（{reason}）" if reason else ""
            example = example_period(item, request.today)
            asked = self._problem("import-period", reason=why, example=example)
            doubt = Doubt(f"period {self.file}", asked, free=example, lasting=False)
            period, reason = written_period(self._ask(doubt), item), "回答"
            if period is None:
                self.asking.open.append(doubt)
                raise _OpenError
        usual = {item.period, place.village.account(account).period if _is_book(schema) else ""}
        if item.period in _LENGTHS and period.kind not in usual:
            self._length(item, period)
        return period, reason

    def _length(self, item: Item, period: Period) -> None:
        """A month of what is published by the quarter, or the other way round."""
        usual = _LENGTHS[item.period]
        asked = self._problem(
            "import-period-length", period=period.title, item=item.title, usual=usual
        )
        choices = (
            Choice(PUBLISH, f"{period.title}自成一份"),
            Choice(WAIT, f"这一份不公开，等{usual}的表齐了再导入"),
        )
        if self._ask(Doubt(f"length {period.kind}", asked, choices)) == WAIT:
            raise _OpenError(f"{period.title}的表先不写，等{usual}的表齐了再导入。", is_plain=True)


def _settled(form: Form, asking: Asking) -> tuple[Settled, ...]:
    return tuple(
        Settled(form, doubt, asking.answers[about]) for about, doubt in asking.settled.items()
    )


def _is_book(schema: TableSchema) -> bool:
    return schema.with_role("balance") is not None


def _days(reading: TableReading, schema: TableSchema) -> list[date]:
    """The dates on which the rows' matters happened."""
    column = schema.with_role("date")
    values = [row.values.get(column.name) for row in reading.table.rows] if column else []
    return [value for value in values if isinstance(value, date)]
