"""Unfolds a roll in which the members of a household are listed below its head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from generator.importer.forms.asks import Clerk
from generator.importer.forms.compared import is_filled, key, money, number
from generator.importer.forms.heads import names
from generator.importer.forms.known import Flat
from generator.importer.forms.pages import Page, best_page
from generator.intake.decoding import GridRow
from generator.intake.doubts import Choice, Doubt
from generator.intake.statements import is_statement
from generator.problems import problem

FORM = "家庭名册"
ALL, HEADS = "各行都要", "只要户主行"


def unfold_households(clerk: Clerk) -> tuple[Flat, ...]:
    """The roll without the rows of members that hold no number of their own."""
    worksheet, words = clerk.cover.worksheet, clerk.known.words
    found = best_page(worksheet, clerk.known) if names(worksheet, words.relations) else None
    if found is None:
        return ()
    page = found[1]
    relations = [c for c in page.head.columns if key(page.head.names[c]) in words.relations]
    if len(relations) != 1:
        return ()
    clerk.form = FORM
    told = [
        (row, key(row.at(relations[0])))
        for row in page.head.below
        if is_filled(row.at(relations[0])) and not is_statement(row)
    ]
    heads = [row for row, relation in told if relation in words.heads]
    members = [row for row, relation in told if relation not in words.heads]
    if not heads or not members:
        return ()
    left_out = members
    if any(_amounts(page, row) for row in members):
        answer = _ask(clerk, page, page.head.names[relations[0]], heads, members)
        left_out = members if answer == HEADS else []
    if left_out:
        clerk.say(
            f"家庭成员 {len(left_out)} 行没有导入，只留户主 {len(heads)} 行：成员的姓名不公开。"
        )
    gone = {row.number for row in left_out}
    rows = tuple(row for row in worksheet.rows if row.number not in gone)
    flat = replace(
        worksheet, rows=rows, merged=tuple(s for s in worksheet.merged if s.top not in gone)
    )
    return (Flat(flat, sources=(worksheet.name,), said=tuple(clerk.said)),)


def _amounts(page: Page, row: GridRow) -> dict[str, Decimal]:
    """The numbers of a row in columns of the table that add up."""
    return {
        page.heading(column): value
        for column in page.head.columns
        if (field := page.field(column))
        and field.is_numeric
        and (value := number(row.at(column))) is not None
    }


def _ask(
    clerk: Clerk, page: Page, relation: str, heads: Sequence[GridRow], members: Sequence[GridRow]
) -> str:
    """Whether members' numbers are parts of the household's or come on top of it."""
    with_amounts = [row for row in members if _amounts(page, row)]
    column = next(iter(_amounts(page, with_amounts[0])))
    sums = [
        sum((_amounts(page, row).get(column, Decimal(0)) for row in rows), Decimal(0))
        for rows in (heads, [*heads, *members])
    ]
    fault = problem(
        "form-members",
        clerk.place(with_amounts[0], column),
        relation=relation,
        column=column,
        count=len(with_amounts),
    )
    choices = (
        Choice(HEADS, f"公开户主 {len(heads)} 行，“{column}”合计 {money(sums[0])}"),
        Choice(ALL, f"公开 {len(heads) + len(members)} 行，“{column}”合计 {money(sums[1])}"),
    )
    return clerk.asking.settle(Doubt(f"{FORM}：家庭成员各行的“{column}”", fault, choices))
