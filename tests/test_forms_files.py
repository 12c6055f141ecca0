"""The same forms in the files that offices have: .xls, .ods and CSV as a spreadsheet program writes them.

tests/fixtures/forms/files was made by LibreOffice from the books of tests/fixtures/forms: `beside-03.ods` is the
third book of `beside.txt`. There is no CSV of books with several worksheets, and none of those that are
known only by what CSV loses: a worksheet's name, or cells that are merged.
"""

from __future__ import annotations

from collections import Counter

import pytest

from generator.importer.forms import Flat
from tests.formbooks import BOOKS, books_of, sheets_of, unfold_file, unfolded

FILES = sorted((BOOKS / "files").iterdir())


def content(flats: tuple[Flat, ...]) -> list[tuple[object, ...]]:
    """What is read from flat sheets: CSV has no names of sheets, and no cells that are merged."""
    return [
        (
            flat.item,
            flat.period,
            flat.account,
            [
                (row.origin, tuple(cell for cell in row.cells if cell))
                for row in flat.worksheet.rows
                if not row.is_blank
            ],
            flat.said,
        )
        for flat in flats
    ]


@pytest.mark.parametrize("name", sorted({path.stem for path in FILES}))
def test_a_form_is_the_same_in_every_kind_of_file(name: str) -> None:
    form, number = name.rsplit("-", 1)
    book = books_of(form)[int(number) - 1]
    flats, doubts = unfolded(sheets_of(book.xlsx(), book.file))
    for path in (path for path in FILES if path.stem == name):
        found, asked = unfold_file(path)
        assert content(found) == content(flats), path.name
        assert [doubt.about for doubt in asked] == [doubt.about for doubt in doubts], path.name


def test_there_are_ten_books_of_each_form_in_each_kind_of_file() -> None:
    kinds = Counter((path.stem.rsplit("-", 1)[0], path.suffix) for path in FILES)
    assert len({form for form, _ in kinds}) == 10
    assert all(kinds[form, ending] >= 10 for form, _ in kinds for ending in (".xls", ".ods"))
    assert sum(number for (_, ending), number in kinds.items() if ending == ".csv") >= 95
