"""JSON with one value on each line is what the standard library writes."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.output.lines import json_lines

_PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
_VALUES = st.recursive(
    _PLAIN,
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
)


@given(_VALUES, st.booleans())
def test_it_is_that_of_the_standard_library(value: Any, is_sorted: bool) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=is_sorted)
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        return  # no file says that
    assert json_lines(value, is_sorted=is_sorted) == f"{text}\n".encode()
