"""Separates a register that holds several sets of books, told apart by the owner in each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from generator.importer.forms.asks import Clerk
from generator.importer.forms.compared import is_filled, key, number
from generator.importer.forms.heads import names
from generator.importer.forms.known import Flat
from generator.importer.forms.pages import Page, best_page
from generator.intake.decoding import GridRow
from generator.intake.doubts import Choice, Doubt
from generator.intake.headings import is_line_number
from generator.model.village import Account
from generator.problems import problem

FORM = "几本账合记的台账"
_ZERO = Decimal(0)
_SHORTEST = 3  # characters of a name; 村委 stands in many


def unfold_owners(clerk: Clerk) -> tuple[Flat, ...]:
    """A worksheet for each set of books; nothing where no column says whose a row is, or all are one's.

    Sums of the whole register are checked over all rows: they are none of a part's.
    """
    accounts, worksheet = clerk.known.accounts, clerk.cover.worksheet
    is_told = len(accounts) > 1 and names(worksheet, clerk.known.words.owners)
    found = best_page(worksheet, clerk.known) if is_told else None
    if found is None:
        return ()
    page = found[1]
    column = _owner_column(page, clerk)
    if column is None:
        return ()
    clerk.form = FORM
    totals = [
        row for row in page.body if any(clerk.known.is_total(cell) for cell in row.cells if cell)
    ]
    entries = [row for row in page.body if row not in totals]
    owners = [
        (row, _owner(row.at(column), accounts)) for row in entries if is_filled(row.at(column))
    ]
    if not any(account for _, account in owners):
        return ()
    parts: dict[str, list[GridRow]] = {}
    for row in entries:
        parts.setdefault(_account(clerk, page, _owned(page, row, column), column), []).append(row)
    if len(parts) == 1:
        (only,) = parts
        return (Flat(worksheet, account=only, sources=(worksheet.name,)),)
    _check(clerk, page, entries, totals)
    titles = {account.id: account.title for account in accounts}
    counts = "、".join(
        f"{titles.get(k, k) or '不知道是谁的'} {len(v)} 行" for k, v in parts.items()
    )
    clerk.say(f"按“{page.head.names[column]}”分成了 {len(parts)} 本账：{counts}。")
    inside = {row.number for row in page.body}
    flats = []
    for account, rows in parts.items():
        kept = {row.number for row in rows}
        chosen = tuple(r for r in worksheet.rows if r.number not in inside or r.number in kept)
        flats.append(
            Flat(
                replace(worksheet, rows=chosen),
                account=account,
                sources=(worksheet.name,),
                said=tuple(clerk.said),
            )
        )
    return tuple(flats)


def _owner_column(page: Page, clerk: Clerk) -> int | None:
    words = clerk.known.words.owners
    found = [c for c in page.head.columns if key(page.head.names[c]) in words]
    return found[0] if len(found) == 1 else None


def _owner(text: str, accounts: Sequence[Account]) -> str:
    """The set of books whose owner or title a cell names. A part of the owner's name will do where
    no other owner has it; a name that merely ends alike is somebody else's."""
    word = "".join(text.split())
    exact = [a.id for a in accounts if word in (a.owner, a.title, a.title.removesuffix("账"))]
    if exact:
        return exact[0]
    inside = [
        a.id for a in accounts if (len(word) >= _SHORTEST and word in a.owner) or a.owner in word
    ]
    return inside[0] if len(inside) == 1 else ""


def _owned(page: Page, row: GridRow, column: int) -> GridRow:
    """The row that names the owner: the first of a cell that is merged down, else the row itself."""
    for span in page.cover.worksheet.merged:
        if span.left == column and span.top < row.number <= span.bottom:
            return next((r for r in page.body if r.number == span.top), row)
    return row


def _account(clerk: Clerk, page: Page, row: GridRow, column: int) -> str:
    """The set of books of a row; an owner that is none of the village's is asked about."""
    accounts = clerk.known.accounts
    text = row.at(column) or "（空着）"
    found = _owner(text, accounts)
    if found:
        return found
    heading = page.head.names[column]
    fault = problem(
        "form-owner",
        clerk.place(row, heading),
        value=text,
        heading=heading,
        known="、".join(account.title for account in accounts),
    )
    choices = tuple(Choice(a.id, f"“{text}”的各行公开在{a.title}（{a.owner}）") for a in accounts)
    return clerk.asking.settle(Doubt(f"{FORM}：“{text}”是哪一本账", fault, choices))


def _check(clerk: Clerk, page: Page, entries: Sequence[GridRow], totals: Sequence[GridRow]) -> None:
    """The sums of the whole register; the last may be that of all, others of the rows above."""
    right = True
    for total in totals:
        above = [row for row in entries if row.number < total.number]
        for column in page.head.columns:
            stated = number(total.at(column))
            if stated is None or is_line_number(page.head.names[column]):
                continue
            parts = [number(row.at(column)) or _ZERO for row in above]
            label = next(key(c) for c in total.cells if c and clerk.known.is_total(c))
            right &= clerk.total(total, label, page.heading(column), stated, parts)
    for row in page.cover.worksheet.rows:
        if row not in totals:
            clerk.cover.see(row)
    for total in totals:
        clerk.drop(total)
    clerk.leftovers()
    if totals and right:
        clerk.say("整张台账的合计与各行相符，分开以后不再公开。")
