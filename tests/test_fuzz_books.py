"""Books made by chance, some of `python -m tests.fuzz_books`: nothing false goes out, what is plain goes in."""

from __future__ import annotations

from pathlib import Path

from tests.chance import FORMS
from tests.fuzz_books import desk_in, try_one

_BOOKS = 120
_TAKEN = 0.85  # of the books without a fault


def test_no_book_publishes_another_total_than_it_shows(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    trials = [try_one(seed, desk, tmp_path) for seed in range(_BOOKS)]
    wrong = [(t.seed, t.form, t.book.faults) for t in trials if t.verdict == "wrong"]
    assert wrong == []
    clean = [t for t in trials if not t.book.faults]
    assert {t.form for t in clean} == {form.__name__ for form in FORMS}
    taken = [t for t in clean if t.verdict == "taken"]
    assert len(taken) >= _TAKEN * len(clean), [
        (t.seed, t.form, t.why) for t in clean if t not in taken
    ]
    faults = {fault for t in trials if t.verdict != "taken" for fault in t.book.faults}
    assert {"struck", "hidden", "mistaken", "worded", "merged", "unit"} <= faults
