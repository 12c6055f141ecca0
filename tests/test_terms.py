"""Terms in one cell: two days where two stand there, and no invented ones."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.intake.values.dates import parse_term


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023.1.1-2033.12.31", date(2023, 1, 1), date(2033, 12, 31)),
        ("2023-01-01-2033-12-31", date(2023, 1, 1), date(2033, 12, 31)),
        ("20230101-20331231", date(2023, 1, 1), date(2033, 12, 31)),
        ("2024年7月1日至2029年6月30日", date(2024, 7, 1), date(2029, 6, 30)),
        ("自2024/7/1起至2029/6/30止", date(2024, 7, 1), date(2029, 6, 30)),
        ("二〇二四年七月一日至二〇二九年六月三十日", date(2024, 7, 1), date(2029, 6, 30)),
        ("2025.3.1—2028.2.28（三年）", date(2025, 3, 1), date(2028, 2, 28)),
        ("２０２４.7.1～2029.6.30", date(2024, 7, 1), date(2029, 6, 30)),
        ("2024年1月1日至12月31日", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024年7月1日起", date(2024, 7, 1), None),
        ("2024年7月1日至12月", None, None),
        ("2022-2052", None, None),
        ("20年", None, None),
        ("2024年7月-2025年6月", None, None),
        ("2024.7.1-2029.6.31", None, None),
        ("2029.6.30-2024.7.1", None, None),
        ("2024年12月1日至1月31日", None, None),
        ("", None, None),
    ],
)
def test_terms_as_offices_write_them(text: str, first: date | None, last: date | None) -> None:
    assert parse_term(text) == (first, last)


_WRITTEN = ("%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d")
_days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(_days, _days, st.sampled_from(_WRITTEN), st.sampled_from(_WRITTEN))
def test_two_days_in_any_style_read_back(one: date, two: date, left: str, right: str) -> None:
    first, last = sorted((one, two))
    for between in ("-", "至", "—", "~", " 到 "):
        assert parse_term(f"{first:{left}}{between}{last:{right}}") == (first, last)


@given(st.text(alphabet="0123456789年月日-.至（）起止 ", max_size=30))
def test_no_text_gives_days_out_of_order(text: str) -> None:
    first, last = parse_term(text)
    assert first is not None or last is None
    assert first is None or last is None or first <= last
