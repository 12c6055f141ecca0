"""Files as offices have them: each gives exactly the rows, or exactly the problems, beside it.

A file of tests/fixtures/offices/ is called `table_period_what.ending`; README.md there says how
each was made. `pytest tests/test_offices.py --bless` writes what is read: read it before you keep
it, as the clerk whose file it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.intake.layout import choose_worksheet
from generator.intake.tables import read_table
from generator.intake.worksheets import TABLE_ENDINGS, read_worksheets
from generator.model.period import parse_period
from generator.model.village import Value
from generator.problems import Problem, in_order
from tests.fuzz_files import fuzz
from tests.township import ROOT, real_content

OFFICES = ROOT / "tests" / "fixtures" / "offices"
OFFICES_FILES = sorted(p for p in OFFICES.iterdir() if p.suffix in TABLE_ENDINGS)
FILES = [path.name for path in OFFICES_FILES]


def plain(value: Value) -> str | int | bool | None:
    """A value as YAML has it; amounts keep their decimals as text."""
    return str(value) if isinstance(value, Decimal | date) else value


def filled(values: Mapping[str, Value]) -> dict[str, Any]:
    return {name: plain(value) for name, value in values.items() if value is not None}


def read(path: Path) -> dict[str, Any]:
    """What a file gives: its rows by number, or the problems that keep them out."""
    shared, _ = real_content()
    table, period, _ = path.stem.split("_")
    schema, masks = shared.tables[table], shared.masks["default"]
    sheets = read_worksheets(path, path.name)
    if isinstance(sheets, Problem):
        return {"problems": [str(sheets)]}
    sheet, notices = choose_worksheet(sheets, schema, path.name)
    if isinstance(sheet, Problem):
        return {"problems": [str(p) for p in in_order((sheet, *notices))]}
    reading = read_table(sheet, schema, path.name, masks, parse_period(period))
    problems = in_order((*notices, *reading.problems))
    found: dict[str, Any] = {"problems": [f"{p.severity} {p}" for p in problems]}
    if any(p.severity == "error" for p in problems):
        return found
    return found | {
        "published": plain(reading.published),
        "nothing": reading.table.nothing,
        "columns": list(reading.table.columns),
        "rows": {row.number: filled(row.values) for row in reading.table.rows},
        "proofs": {
            proof.number: {"kind": proof.kind, "label": proof.label, **filled(proof.values)}
            for proof in reading.table.proofs
        },
    }


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_an_office(name: str, request: pytest.FixtureRequest) -> None:
    expected = OFFICES / f"{name}.expected.yaml"
    found = read(OFFICES / name)
    if request.config.getoption("--bless"):
        written = yaml.safe_dump(
            found, allow_unicode=True, sort_keys=False, default_flow_style=None, width=1000
        )
        expected.write_text(written, "utf-8")
    assert found == yaml.safe_load(expected.read_text("utf-8"))


@pytest.mark.parametrize("seed", range(4))
def test_damaged_files_give_rows_or_problems(seed: int, tmp_path: Path) -> None:
    assert fuzz(50, seed, OFFICES_FILES, tmp_path).faults == ()


def test_the_corpus_is_whole() -> None:
    assert len(FILES) >= 40
    endings = {Path(name).suffix for name in FILES}
    assert endings == set(TABLE_ENDINGS)
    results = {p.name.removesuffix(".expected.yaml") for p in OFFICES.glob("*.expected.yaml")}
    assert results == set(FILES)
    listed = (OFFICES / "README.md").read_text("utf-8")
    assert [name for name in FILES if f"`{name}`" not in listed] == []
