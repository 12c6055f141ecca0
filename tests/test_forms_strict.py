"""What is no form stays as it is, and what a person asks for outweighs what a sheet looks like."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from openpyxl import Workbook

from generator.importer.forms import unfold
from generator.intake.decoding import Look, Span, Worksheet
from generator.intake.doubts import Asking
from generator.intake.worksheets import read_worksheets
from generator.model.village import Account
from generator.problems import Problem
from tests.formbooks import ACCOUNTS, books_of, known_of, sheets_of, told, unfolded
from tests.township import ROOT, TOWNSHIP

TABLES = [*sorted((ROOT / "villages").rglob("*.csv")), *sorted(TOWNSHIP.rglob("*.csv"))]


def book_named(form: str, title: str) -> tuple[Worksheet, ...]:
    book = next(book for book in books_of(form) if book.title == title)
    return sheets_of(book.xlsx(), book.file)


def test_our_own_tables_are_no_forms() -> None:
    for path in TABLES:
        sheets = read_worksheets(path, path.name)
        assert not isinstance(sheets, Problem), path
        flats, doubts = unfolded(sheets, path.name)
        assert [flat.worksheet for flat in flats] == [s for s in sheets if not s.is_empty], path
        assert doubts == [], path
    assert len(TABLES) > 100


@pytest.mark.parametrize(
    ("form", "item"),
    [("beside", "balance"), ("daybook", "balance"), ("trial", "ledger"), ("position", "ledger")],
)
def test_an_item_that_is_asked_for_outweighs_the_form(form: str, item: str) -> None:
    sheets = sheets_of(books_of(form)[0].xlsx(), "表.xlsx")
    flats, doubts = unfolded(sheets, item=item)
    assert [flat.worksheet for flat in flats] == list(sheets)
    assert doubts == []


def test_a_hidden_sheet_is_not_unfolded() -> None:
    (sheet,) = sheets_of(books_of("beside")[0].xlsx(), "表.xlsx")
    hidden = replace(sheet, is_hidden=True)
    flats, doubts = unfolded((hidden,))
    assert [flat.worksheet for flat in flats] == [hidden]
    assert doubts == []


def test_without_words_no_form_is_known() -> None:
    """A site's own content/ need not have forms.yaml."""
    sheets = sheets_of(books_of("daybook")[0].xlsx(), "表.xlsx")
    known = known_of(sheets, "表.xlsx")
    asking = Asking()
    bare = replace(known, words=type(known.words)())
    assert [flat.worksheet for flat in unfold(sheets, bare, asking)] == list(sheets)
    assert asking.open == []


def test_books_that_are_published_by_the_quarter_stay_whole() -> None:
    sheets = sheets_of(books_of("daybook")[0].xlsx(), "表.xlsx")
    quarterly = tuple(replace(account, period="quarter") for account in ACCOUNTS)
    known = replace(known_of(sheets, "表.xlsx"), accounts=quarterly)
    asking = Asking()
    (flat,) = unfold(sheets, known, asking)
    assert asking.open == []
    assert flat.period == ""
    rows = ["|".join(row.cells) for row in flat.worksheet.rows]
    assert [row.split("|")[0] for row in rows if row.startswith("2026-")] == [
        "2026-07-03",
        "2026-07-09",
        "2026-08-03",
    ]
    assert sum("本月合计" in row for row in rows) == 2


def test_an_owner_of_a_village_with_one_set_of_books_splits_nothing() -> None:
    sheets = sheets_of(books_of("owners")[0].xlsx(), "表.xlsx")
    known = replace(known_of(sheets, "表.xlsx"), accounts=ACCOUNTS[:1])
    assert [flat.worksheet for flat in unfold(sheets, known, Asking())] == list(sheets)


def test_a_private_cooperative_is_no_set_of_books() -> None:
    """Its name ends as that of the village's own."""
    sheets = book_named("owners", "an owner that is none of the village's")
    known = replace(
        known_of(sheets, "表.xlsx"),
        accounts=(*ACCOUNTS[:1], Account("coop", "专业合作社账", "东坡村股份经济合作社")),
    )
    asking = Asking()
    unfold(sheets, known, asking)
    assert [doubt.about for doubt in asking.open] == [
        "几本账合记的台账：“兴农蔬菜专业合作社”是哪一本账"
    ]


def test_how_cells_look_and_what_is_hidden_goes_along() -> None:
    (sheet,) = sheets_of(books_of("beside")[0].xlsx(), "表.xlsx")
    struck = Look(shown="128.40", code="0.00", struck="128.4")
    rows = tuple(replace(row, looks={6: struck}) if row.number == 5 else row for row in sheet.rows)
    odd = replace(sheet, rows=rows, hidden_rows=frozenset((6,)), hidden_columns=frozenset((3,)))
    flats, _ = unfolded((odd,))
    flat = flats[0].worksheet
    (power,) = [row for row in flat.rows if "电费" in row.cells]
    assert power.looks == {power.cells.index("128.4"): struck}
    assert {row.origin for row in flat.rows if row.number in flat.hidden_rows} == {6}
    heading = next(row for row in flat.rows if "摘要" in row.cells)
    assert {heading.cells[column] for column in flat.hidden_columns} == {"备注"}


def test_cells_merged_down_are_so_still() -> None:
    book = Workbook()
    sheet = book.active
    for row in (["一组", "", "", "二组"], ["户主", "项目", "金额"] * 2):
        sheet.append(row)
    sheet.append(["甲一", "补贴", 10, "乙一", "补贴", 20])
    sheet.append(["甲二", None, 30, "乙二", None, 40])
    sheet.merge_cells("B3:B4")
    sheet.merge_cells("E3:E4")
    stream = io.BytesIO()
    book.save(stream)
    flats, doubts = unfolded(sheets_of(stream.getvalue(), "表.xlsx"))
    assert doubts == []
    assert flats[0].worksheet.merged == (Span(2, 3, 2, 2), Span(4, 5, 2, 2))


def test_one_answer_settles_a_question_for_next_month() -> None:
    """No question names a row or a number that changes from month to month."""
    for form in ("beside", "daybook", "trial", "position", "worksheets", "spread", "owners"):
        for book in books_of(form):
            sheets = sheets_of(book.xlsx(), book.file)
            doubts = unfolded(sheets, book.file, book.options.get("item", ""))[1]
            later = [
                replace(
                    s,
                    rows=tuple(replace(r, number=r.number + 3) for r in s.rows),
                    merged=tuple(Span(m.top + 3, m.bottom + 3, m.left, m.right) for m in s.merged),
                )
                for s in sheets
            ]
            again = unfolded(later, book.file, book.options.get("item", ""))[1]
            assert [d.about for d in again] == [d.about for d in doubts], book.title
            answers = {d.about: (d.choices[0].answer if d.choices else d.free) for d in doubts}
            asking = Asking(answers)
            unfold(later, known_of(later, book.file, book.options.get("item", "")), asking)
            assert asking.open == [], book.title


def test_the_same_book_is_told_the_same_twice() -> None:
    sheets = sheets_of(books_of("daybook")[0].xlsx(), "表.xlsx")
    first, second = (list(told(*unfolded(sheets))) for _ in range(2))
    assert first == second
