"""docs/problems.md says what the program says; `--bless` writes it anew."""

from __future__ import annotations

import re
from functools import cache

import pytest

from generator.problems.kinds import KINDS
from tools.problem_list import PAGE, SECTIONS, page

written = cache(page)


def test_the_list_is_what_the_program_says(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--bless"):
        PAGE.write_text(written(), "utf-8", newline="\n")
    assert PAGE.read_text("utf-8") == written(), "run `make bless`, then read what changed"


def test_every_section_begins_with_a_kind_that_is_there() -> None:
    assert set(SECTIONS) <= set(KINDS)
    assert next(iter(KINDS)) in SECTIONS


def test_every_kind_is_listed_with_meaning_mend_and_example() -> None:
    entries = dict(re.findall(r"^### (\S+)（..）\n(.*?)(?=^##|\Z)", written(), re.M | re.S))
    assert set(entries) == {kind.replace("{table}", "表名") for kind in KINDS}
    for code, entry in entries.items():
        parts = re.fullmatch(
            r"\n- 意思：(.+)\n- 怎样改：(.+)\n- 例子：\n\n  ```\n  (.+)\n  ```\n+", entry
        )
        assert parts, code
        meaning, mend, example = parts.groups()
        assert len(meaning) > 5, code
        assert len(mend) > 5, code
        assert re.search(code.replace("表名", "[a-z-]+") + ": ", example), (code, example)
