"""No import publishes another total than the one that the sheet itself shows.

Books of all forms are made by chance (`tests/chance`), and each is put in as a file. What would be written
must say what a reader of the sheet sees; else the import has to ask or to refuse, and a book with a fault
must never be taken. `python -m tests.fuzz_books 10000` tries that many, a second number says where to begin.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from generator.importer import Plan, Request, plan_at
from generator.importer.desk import Desk, set_desk
from generator.importer.results import Part
from generator.model.village import Table
from tests.chance import Book, make, save
from tests.office import VILLAGE
from tests.township import CONTENT

TODAY = date(2026, 11, 27)
PUBLISHED = date(2026, 11, 5)
Verdict = Literal["taken", "asked", "refused", "wrong"]


@dataclass(frozen=True)
class Trial:
    """A book that was put in, and how that went."""

    seed: int
    form: str
    book: Book
    verdict: Verdict
    why: tuple[str, ...]


def published(parts: Sequence[Part]) -> dict[str, Decimal]:
    """What would be written: the sum of each column over all files."""
    sums: dict[str, Decimal] = {}
    for part in parts:
        for row in _table(part).rows:
            for name, value in row.values.items():
                if isinstance(value, Decimal | int) and not isinstance(value, bool):
                    sums[name] = sums.get(name, Decimal(0)) + value
    return sums


def words(parts: Sequence[Part], column: str) -> list[str]:
    """What would be written in a column, over all files."""
    rows = (row for part in parts for row in _table(part).rows)
    return [str(value) for row in rows if (value := row.values.get(column)) is not None]


def _table(part: Part) -> Table:
    table = part.draft.reading.table
    assert isinstance(table, Table)
    return table


def desk_in(folder: Path) -> Desk:
    """Where the books are put in; content/ is read once."""
    villages = folder / "villages"
    place = villages / "qingshi" / "shuanghuai"
    place.mkdir(parents=True)
    (place / "village.yaml").write_text(VILLAGE, "utf-8")
    return set_desk(
        Request((), CONTENT, villages, TODAY, village="shuanghuai", published=PUBLISHED)
    )


def try_one(seed: int, desk: Desk, folder: Path) -> Trial:
    """Put one book in."""
    form, book = make(seed)
    plan = plan_at(replace(desk, files=(save(book, folder),)))
    why = tuple(sorted(set(_reasons(plan))))
    if len(plan.to_write) < len(plan.parts) or not plan.parts or plan.left_out:
        return Trial(seed, form, book, "asked" if plan.questions else "refused", why)
    sums = published(plan.to_write)
    is_right = all(sums.get(name, Decimal(0)) == total for name, total in book.totals.items())
    is_right &= all(sorted(words(plan.to_write, n)) == sorted(t) for n, t in book.texts.items())
    return Trial(seed, form, book, "taken" if is_right and not _unseen(book) else "wrong", why)


def _unseen(book: Book) -> set[str]:
    """The faults of a book that must not be taken even where its sums are right. A unit said twice, and
    cells merged in a column that only adds up others, are no harm then."""
    return book.faults - {"unit", "merged"}


def _reasons(plan: Plan) -> list[str]:
    """Why a book was not taken."""
    asked = [question.doubt.problem.code for question in plan.questions]
    errors = [p.code for part in plan.parts for p in part.problems if p.severity == "error"]
    return [*asked, *errors, *(entry.reason for entry in plan.left_out if entry.reason)]


def main() -> int:
    """Try as many books as asked for; say how they went, print those that went wrong, and why the books
    without a fault were not taken."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    results: Counter[tuple[str, str, str]] = Counter()
    needless: Counter[tuple[str, ...]] = Counter()
    examples: dict[tuple[str, ...], int] = {}
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        desk = desk_in(Path(folder))
        for seed in range(first, first + count):
            trial = try_one(seed, desk, Path(folder))
            is_clean = not trial.book.faults
            results["clean" if is_clean else "faulty", trial.form, trial.verdict] += 1
            if is_clean and trial.verdict in ("asked", "refused"):
                needless[trial.form, *trial.why] += 1
                examples.setdefault((trial.form, *trial.why), seed)
            if trial.verdict == "wrong":
                wrong += 1
                print("wrong", seed, trial.form, trial.book.money, trial.book.faults, flush=True)
    for (kind, form, verdict), number in sorted(results.items()):
        print(f"{kind:7} {form:12} {verdict:8} {number}")
    for key, number in needless.most_common():
        print(f"needless {number:4}  seed {examples[key]:<6} {' '.join(key)}")
    clean = {verdict: n for (kind, _, verdict), n in results.items() if kind == "clean"}
    taken = sum(n for (kind, _, v), n in results.items() if (kind, v) == ("clean", "taken"))
    every = sum(n for (kind, *_), n in results.items() if kind == "clean")
    print(f"clean taken: {taken} of {every}" if clean else "no clean book")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
