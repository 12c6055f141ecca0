"""Forms that offices use, unfolded: each book of tests/fixtures/forms gives exactly what stands beside it.

`pytest tests/test_forms.py --bless` writes `*.flat.txt` anew: read every row of it.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from generator.problems.kinds.forms import FORMS as FORMS_KINDS
from tests.formbooks import ALL, BOOKS, FORMS, Book, books_of, told_book


def expected_file(form: str) -> Path:
    return BOOKS / f"{form}.flat.txt"


@cache
def expected(form: str) -> dict[str, str]:
    parts = re.split(r"^(?=== )", expected_file(form).read_text("utf-8"), flags=re.M)
    return {part.splitlines()[0].removeprefix("== "): part for part in parts if part}


@pytest.mark.parametrize("form", FORMS)
def test_ten_books_of_each_form(form: str, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--bless"):
        expected_file(form).write_text("".join(map(told_book, books_of(form))), "utf-8")
    titles = [book.title for book in books_of(form)]
    assert len(set(titles)) >= 10
    assert list(expected(form)) == titles


@pytest.mark.parametrize(("form", "book"), ALL, ids=[f"{f}: {b.title}" for f, b in ALL])
def test_a_book_becomes_exactly_this(form: str, book: Book) -> None:
    assert told_book(book) == expected(form)[book.title]


def test_every_kind_of_question_is_shown() -> None:
    told = "".join(expected_file(form).read_text("utf-8") for form in FORMS)
    assert {code for code in FORMS_KINDS if f" {code}: " in told} == set(FORMS_KINDS)
