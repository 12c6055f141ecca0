"""Whoever does what the messages say never publishes what the paper does not mean: a sample of
what `python -m tests.obey` tries."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from tests.chance.books import MONEYS, Book
from tests.chance.damages import DAMAGES, case_of
from tests.fuzz_books import desk_in
from tests.obey import obey, office_cases

_CASES = 16
_EACH = 5  # of the cases in the books of offices


def test_obeying_every_message_never_publishes_something_false(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    ends: dict[str, int] = {}
    for seed in range(_CASES):
        case = case_of(seed)
        found, end, tries = obey(case, desk, tmp_path)
        assert found is None, found
        ends[end] = ends.get(end, 0) + 1
        ends["tries"] = ends.get("tries", 0) + tries
    assert len(DAMAGES) <= ends["written"]  # a clerk gets somewhere
    assert ends["tries"] > _CASES
    assert ends["refused"] > 0


def test_obeying_in_the_books_that_offices_keep(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    ends: dict[str, int] = {}
    for case in islice(office_cases(desk, tmp_path), 0, None, _EACH):
        found, end, _ = obey(case, desk, tmp_path)
        assert found is None, found
        ends[end] = ends.get(end, 0) + 1
    assert ends["written"] > 1, ends
    assert ends["refused"] > 1, ends


@pytest.mark.parametrize("extra", [["某户", "一组", "种粮补贴"], ["以上共", None, None]])
@pytest.mark.parametrize("count", [1, 3])
def test_a_row_with_the_numbers_of_all_above_is_asked_about(
    tmp_path: Path, extra: list[str | None], count: int
) -> None:
    people = [[name, "一组", "种粮补贴", 100] for name in ("谭德发", "邬国栋", "颜建军")[:count]]
    lines: list[list[object]] = [
        ["双槐村2026年第三季度惠民补贴发放表"],
        ["户主", "组别", "项目", "金额"],
        *people,
        [*extra, 100 * count],
    ]
    case = case_of(0)
    case.book = Book("补贴.xlsx", {"补贴": lines}, MONEYS[0])
    case.proofs, case.repairs, case.unknown = set(), {}, {"金额"}
    found, end, _ = obey(case, desk_in(tmp_path), tmp_path)
    is_plain = count == 1 and extra[1] is not None  # two households with the same amount
    assert end == ("wrong" if is_plain else "refused"), found


def test_a_sum_below_says_that_a_row_is_data(tmp_path: Path) -> None:
    lines: list[list[object]] = [
        ["双槐村2026年第三季度惠民补贴发放表"],
        ["户主", "组别", "项目", "金额"],
        *([name, "一组", "种粮补贴", 100] for name in ("谭德发", "邬国栋", "颜建军")),
        ["卞德顺", "一组", "种粮补贴", 300],
        ["合计", None, None, 600],
    ]
    case = case_of(0)
    case.book = Book("补贴.xlsx", {"补贴": lines}, MONEYS[0])
    case.proofs, case.repairs, case.unknown = set(), {}, set()
    found, end, _ = obey(case, desk_in(tmp_path), tmp_path)
    assert (found, end) == (None, "written")
