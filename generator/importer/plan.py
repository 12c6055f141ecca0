"""What each sheet of a file is, where it goes, and what keeps it from going there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.importer.desk import Desk, Place
from generator.importer.periods import period_of
from generator.importer.places import account_of, stranger_in, village_of
from generator.importer.recognise import Guess, guess_items, words_around
from generator.importer.store import file_name
from generator.intake.files import Sheet
from generator.intake.layout import Layout
from generator.intake.tables import TableReading, read_table
from generator.model.catalogue import Item, TableSchema
from generator.model.period import Period


@dataclass(frozen=True)
class Draft:
    """A sheet of which everything is known. `file` names it in messages."""

    sheet: Sheet
    file: str
    item: Item
    schema: TableSchema
    layout: Layout
    place: Place
    period: Period
    period_reason: str
    account: str
    reading: TableReading

    @property
    def target(self) -> str:
        """The file's place in the village's folder."""
        first = self.place.village.accounts[0].id
        return f"{self.item.id}/{file_name(self.period, self.account, first)}"


@dataclass(frozen=True)
class LeftOut:
    """A sheet that is not taken in. `is_question` when an option would help; `is_plain` when
    nothing was lost by it."""

    sheet: str
    reason: str
    is_question: bool = False
    is_plain: bool = False


def draft_sheets(desk: Desk, sheets: Sequence[Sheet]) -> tuple[list[Draft], list[LeftOut]]:
    """Find out what each sheet is; those of which too much is open are left out."""
    drafts: list[Draft] = []
    left_out: list[LeftOut] = []
    filled = [sheet for sheet in sheets if not sheet.is_empty]
    for sheet in filled:
        if desk.request.sheet not in ("", sheet.name):
            continue
        if sheet.is_hidden and not desk.request.sheet:
            left_out.append(LeftOut(sheet.name, "这张工作表隐藏着，没有导入。", is_plain=True))
            continue
        mark = f"［{sheet.name}］" if len(filled) > 1 else ""
        found = _draft(desk, sheet, desk.request.file.name + mark)
        if isinstance(found, Draft):
            drafts.append(found)
        else:
            left_out.append(found)
    return _without_doubles(drafts, left_out)


def _without_doubles(
    drafts: list[Draft], left_out: list[LeftOut]
) -> tuple[list[Draft], list[LeftOut]]:
    """Several sheets for one file: nobody can say which is meant."""
    targets = [(draft.place.village.id, draft.target) for draft in drafts]
    is_single = [targets.count(target) == 1 for target in targets]
    doubles = [draft for draft, single in zip(drafts, is_single, strict=True) if not single]
    singles = [draft for draft, single in zip(drafts, is_single, strict=True) if single]
    return singles, [*left_out, *map(_one_of_several, doubles)]


def _draft(desk: Desk, sheet: Sheet, file: str) -> Draft | LeftOut:
    """The sheet with everything known, or the first thing that is not."""
    guess = _item(desk, sheet)
    if isinstance(guess, LeftOut):
        return guess
    item, layout, schema = guess.item, guess.layout, desk.shared.tables[guess.item.table]
    texts = words_around(sheet, layout, desk.request.file)
    place = _place(desk, sheet, [text for _, text in texts])
    if isinstance(place, LeftOut):
        return place
    account = _account(desk, sheet, place, item, [text for _, text in texts])
    if isinstance(account, LeftOut):
        return account
    first = read_table(sheet, schema, file, place.masks)
    period, reason = desk.period, " --period"
    if period is None:
        found = period_of(texts, _days(first, schema), item.period)
        period, reason = found.period, found.reason
    if period is None:
        why = f"（{reason}）" if reason else ""
        return _question(
            sheet, f"看不出是哪一期{why}，请加 --period，例如 --period {_example(item)}"
        )
    # Days without a year, such as 3月1日, can be read only now.
    reading = read_table(sheet, schema, file, place.masks, period)
    return Draft(sheet, file, item, schema, layout, place, period, reason, account, reading)


def _item(desk: Desk, sheet: Sheet) -> Guess | LeftOut:
    """The item that a sheet is: the best guess, or the one asked for if it can be that."""
    tables = [item for item in desk.shared.catalogue.items if item.kind == "table"]
    guesses = guess_items(sheet, tables, desk.shared.tables, desk.request.file)
    if desk.request.item:
        return _item_asked_for(desk.request.item, sheet, guesses)
    if not guesses:
        return LeftOut(sheet.name, "没有认出表头，这张工作表没有导入。", desk.request.sheet != "")
    if len(guesses) > 1 and guesses[0].score == guesses[1].score:
        choices = [g for g in guesses if g.score == guesses[0].score]
        names = "、".join(_name(guess) for guess in choices)
        return _question(sheet, f"看不出是哪一类表，请加 --item，可以写：{names}")
    return guesses[0]


def _item_asked_for(wanted: str, sheet: Sheet, guesses: tuple[Guess, ...]) -> Guess | LeftOut:
    own = next((guess for guess in guesses if guess.item.id == wanted), None)
    best = next(iter(guesses), None)
    if own is not None and (own is best or not _has_errors(own)):
        return own
    if best is None:
        return _question(sheet, "没有认出表头，请核对是不是这一张")
    return _question(sheet, f"看表头是{_name(best)}，不是 {wanted}，请核对 --item")


def _has_errors(guess: Guess) -> bool:
    return any(found.severity == "error" for found in guess.layout.problems)


def _name(guess: Guess) -> str:
    return f"{guess.item.id}（{guess.item.title}）"


def _place(desk: Desk, sheet: Sheet, texts: list[str]) -> Place | LeftOut:
    """The village that the words name; the only one there is, if they name no other."""
    if desk.request.village:
        return desk.places[desk.request.village]
    names = {village: place.village.name for village, place in desk.places.items()}
    named = village_of(texts, names)
    if named:
        return desk.places[named]
    known = "、".join(f"{village}（{name}）" for village, name in names.items())
    stranger = stranger_in(texts, names)
    if stranger:
        return _question(sheet, f"写的是{stranger}，没有这个村，请加 --village，可以写：{known}")
    if len(desk.places) == 1:
        return next(iter(desk.places.values()))
    return _question(sheet, f"看不出是哪个村，请加 --village，可以写：{known}")


def _account(desk: Desk, sheet: Sheet, place: Place, item: Item, texts: list[str]) -> str | LeftOut:
    """The set of books. A list of households is the village's, though it be named 二组."""
    accounts = place.village.accounts
    known = "、".join(f"{account.id}（{account.title}）" for account in accounts)
    asked = desk.request.account
    if asked and asked not in {account.id for account in accounts}:
        return _question(sheet, f"没有账套“{asked}”，--account 可以写：{known}")
    if asked or item.personal:
        return asked or accounts[0].id
    named = account_of([text.replace(place.village.name, " ") for text in texts], accounts)
    return named or _question(sheet, f"看不出是哪一个账套，请加 --account，可以写：{known}")


def _days(reading: TableReading, schema: TableSchema) -> list[date]:
    """The dates on which the rows' matters happened."""
    column = schema.with_role("date")
    values = [row.values.get(column.name) for row in reading.table.rows] if column else []
    return [value for value in values if isinstance(value, date)]


def _example(item: Item) -> str:
    return {"quarter": "2025Q3", "half": "2025H1", "year": "2025"}.get(item.period, "2025-09")


def _question(sheet: Sheet, words: str) -> LeftOut:
    return LeftOut(sheet.name, f"{words}。", is_question=True)


def _one_of_several(draft: Draft) -> LeftOut:
    reason = (
        f"不止一张工作表要写进 {draft.target}，都没有写。"
        "请在标题里写清楚各是哪一期、哪个账套，或者合成一张表；只要其中一张的，加 --sheet。"
    )
    return LeftOut(draft.sheet.name, reason, is_question=True)
