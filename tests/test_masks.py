"""Personal values: how each is shown, and that what is dropped is in nothing that leaves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.intake.decoding import GridRow, Worksheet
from generator.intake.tables import read_table
from generator.model.masks import COMPOUND_SURNAMES, MaskRule
from generator.model.schema import Constraints, Field, TableSchema
from generator.problems import Source
from generator.publishing.publish import publish
from generator.render.data import render_data
from generator.views.entries import record_entries
from generator.views.linking import village_records
from generator.views.records import RecordView, record_views
from tests.township import DONGLI, TODAY, TOWNSHIP, Found, examine, real_content, township, write

PHRASES = real_content()[0].phrases
SURNAME = MaskRule("surname")
ENDS = MaskRule("ends", head=3, tail=4)
LATER = date(2026, 6, 1)
VILLAGE = (TOWNSHIP / DONGLI / "village.yaml").read_text("utf-8")
ID, CARD, PHONE, STREET = (
    "00000019000101001X",
    "0000000012345678901",
    "00012345678",
    "东里村一组9号",
)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三", "张*"),
        ("张小明", "张*"),
        ("张", "张*"),
        ("欧阳小明", "欧阳*"),
        ("司马光", "司马*"),
        ("欧阳", "欧*"),  # 欧 is a family name too, and nobody has no given name
        ("买买提·艾力", "买买提·*"),
        ("乌兰•其其格", "乌兰·*"),
        ("古丽．阿依", "古丽·*"),
        ("古丽・阿依", "古丽·*"),
        ("张三.00012345678", "张*"),
        ("𠮷田", "𠮷*"),
        ("", ""),
    ],
)
def test_names(name: str, shown: str) -> None:
    assert SURNAME.apply(name) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("00012345678", "000****5678"),
        ("0000-7700123", "000*****0123"),
        ("1234567", "*******"),
        ("12345678", "123****8"),
        ("123456789", "123****89"),
        ("1234567890", "123****890"),
        ("12", "**"),
        ("", ""),
    ],
)
def test_phones(number: str, shown: str) -> None:
    assert ENDS.apply(number) == shown


@given(st.text(min_size=2).filter(lambda name: not set(name) & set("·•．.")))
def test_of_a_given_name_nothing_is_left(name: str) -> None:
    head = 2 if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else 1
    assert SURNAME.apply(name) == name[:head] + "*"


@given(st.text(), st.integers(0, 5), st.integers(0, 5))
def test_ends_keep_the_length_and_no_more_than_they_may(text: str, head: int, tail: int) -> None:
    shown = MaskRule("ends", head, tail).apply(text)
    assert len(shown) == len(text)
    if len(text) <= head + tail:
        assert set(shown) <= {"*"}
    else:
        assert shown[head : len(text) - tail] == "*" * (len(text) - head - tail)


@given(st.integers(1, 20), st.integers(0, 9), st.integers(0, 9))
def test_of_any_number_four_and_a_third_are_hidden(length: int, head: int, tail: int) -> None:
    shown = MaskRule("ends", head, tail).apply("8" * length)
    hidden = shown.count("*")
    assert hidden >= min(4, length)
    assert 3 * hidden >= length


@given(st.text())
def test_show_and_drop(text: str) -> None:
    assert MaskRule("show").apply(text) == text
    assert MaskRule("drop").apply(text) == ""


@pytest.mark.parametrize("profile", sorted(real_content()[0].masks))
def test_no_profile_shows_identity_or_bank_numbers(profile: str) -> None:
    masks = real_content()[0].masks[profile]
    assert {masks.rule(mask).style for mask in ("id", "card", "drop")} == {"drop"}
    assert masks.rule("").style == "show"
    assert masks.rule("phone").apply(PHONE) != PHONE


def test_columns_that_may_hold_such_numbers_are_dropped_in_every_table() -> None:
    for schema in real_content()[0].tables.values():
        for field in schema.fields:
            names = (field.name, *field.aliases)
            if any("身份证" in name or "卡号" in name for name in names):
                assert field.mask in ("drop", "id", "card"), (schema.name, field.name)


# --- publications --------------------------------------------------------------------------


def relief(tmp_path: Path, profile: str, row: str) -> Found:
    """The township in which Dongli gives relief to one person, under a mask profile."""
    villages = township(tmp_path)
    village = VILLAGE.replace("masks: names-masked", f"masks: {profile}")
    write(villages / DONGLI, "village.yaml", village)
    heading = "户主,组别,救助类别,金额,救助日期,身份证号,银行卡号,联系电话,家庭住址"
    text = f"{heading}\n{row}\n公开日期,2025-10-08\n"
    write(villages / DONGLI, "relief/2025Q3.csv", text)
    return examine(villages)


@pytest.mark.parametrize(
    ("profile", "columns", "cells"),
    [
        ("default", ["户主", "组别", "救助类别", "金额", "救助日期"], ["欧阳喆"]),
        ("names-masked", ["户主", "组别", "救助类别", "金额", "救助日期"], ["欧阳*"]),
        ("strict", ["户主", "组别", "救助类别", "金额", "救助日期"], ["欧阳*"]),
    ],
)  # fmt: skip
def test_what_is_dropped_is_in_no_publication(
    tmp_path: Path, profile: str, columns: list[str], cells: list[str]
) -> None:
    row = f"欧阳喆,一组,突发困难,500,2025-08-01,{ID},{CARD},{PHONE},{STREET}"
    found = relief(tmp_path, profile, row)
    assert found.problems == ()
    village, shared = found.villages["dongli"].village, found.shared
    assert shared is not None
    publication = publish(found.record("dongli", "relief/2025Q3"), village, shared, TODAY)
    assert [field.name for field in publication.columns] == columns
    shown = [cell.text for cell in publication.rows[0].cells]
    assert [shown[0], *shown[5:]] == cells
    assert publication.rows[0].cells[0].data == cells[0]
    everything = repr(publication) + repr(publication.content)
    secrets = [ID, CARD, PHONE, STREET] + (["喆"] if profile != "default" else [])
    assert not [secret for secret in secrets if secret in everything]


@pytest.mark.parametrize(
    "row",
    [
        f"欧阳喆,一组,突发困难,{ID},2025-08-01,,,,",
        f"欧阳喆,一组,突发困难,500,{PHONE},,,,",
        f"欧阳喆,一组,{CARD},500,2025-08-01,,,,",
        f"欧阳喆,一组,突发困难,0000 0000 1234 5678 901,2025-08-01,,,,{STREET}",
        f"欧阳喆,一组,突发困难,五百,2025-08-01,{ID},{CARD},{PHONE},{STREET},{ID}",
        f"欧阳喆,一组,突发困难,五百,２０２５,００００００１９０００１０１００１Ｘ,{CARD},{PHONE},{STREET}",
    ],
)
def test_problems_give_nobody_away(tmp_path: Path, row: str) -> None:
    found = relief(tmp_path, "names-masked", row)
    assert found.problems
    for problem in found.problems:
        said = f"{problem} {problem.value} {problem.source}"
        for secret in (ID, CARD, PHONE, STREET, "喆", "1234 5678"):
            assert secret not in said, said


def test_a_file_without_headings_gives_nobody_away(tmp_path: Path) -> None:
    villages = township(tmp_path)
    for text in (f"欧阳喆,{ID},{PHONE}\n", f"户主,{ID},{PHONE}\n欧阳喆,1,2\n"):
        write(villages / DONGLI, "relief/2025Q3.csv", text)
        found = examine(villages)
        assert found.problems
        assert not [p for p in found.problems if ID in str(p) or PHONE in repr(p)]


def test_a_masked_name_stays_masked_in_the_words_of_a_problem() -> None:
    place = Source("表.yaml")
    limits = Constraints(unique=True, pattern=".{3}")
    schema = TableSchema(
        "t", "表", (Field("户主", "string", place, "", "", limits, (), "", "name"),), place
    )
    rows = enumerate(("户主", "欧阳喆", "欧阳喆", "欧阳喆青"), start=1)
    sheet = Worksheet("", tuple(GridRow(number, (text,)) for number, text in rows))
    reading = read_table(sheet, schema, "表", real_content()[0].masks["strict"])
    assert [(p.code, p.value) for p in reading.problems] == [
        ("t-pattern", "欧阳*"),
        ("t-duplicate", "欧阳*"),
    ]


# --- groups too small to tell of -----------------------------------------------------------


HEAD = "户主,救助类别,金额,救助日期"
PERSONS = ("欧阳喆,突发困难,517.31", "方问青,受灾,705.02", "石立冬,受灾,0", "温立夏,火灾,1131.40")


def given_relief(tmp_path: Path, profile: str, rows: tuple[str, ...], today: date) -> RecordView:
    """The view of Dongli's relief of a quarter with these rows, on a day."""
    villages = township(tmp_path)
    village = VILLAGE.replace("masks: names-masked", f"masks: {profile}")
    write(villages / DONGLI, "village.yaml", village)
    lines = [HEAD, *(f"{row},2025-08-01" for row in rows), "公开日期,2025-10-08"]
    total = sum(float(row.split(",")[2]) for row in rows)
    lines.insert(-1, f"合计,,{total:.2f},")
    write(villages / DONGLI, "relief/2025Q3.csv", "\n".join(lines) + "\n")
    found = examine(villages, today=today)
    assert found.problems == ()
    assert found.shared is not None
    records = village_records(found.villages["dongli"], found.shared, today)
    views = record_views(records)
    return next(view for view in views if view.publication.item == "relief")


def told(view: RecordView) -> str:
    """Everything that pages, sheets, data, feeds and search say of a record."""
    files = b"".join(file.content for file in render_data(view)).decode()
    entries = repr([(entry.title, entry.text) for entry in record_entries(view, PHRASES)])
    return f"{view.sentence}{view.checks}{view.charts}{view.publication.content}{files}{entries}"


@pytest.mark.parametrize("profile", ["default", "names-masked"])
@pytest.mark.parametrize("rows", [PERSONS[:1], PERSONS[:2], (PERSONS[0],) * 4])
def test_of_few_whose_rows_came_down_no_number_is_told(
    tmp_path: Path, profile: str, rows: tuple[str, ...]
) -> None:
    """Four payments to one household are one household."""
    view = given_relief(tmp_path, profile, rows, LATER)
    publication = view.publication
    assert publication.is_expired
    assert publication.rows == ()
    assert (publication.totals, publication.proofs, publication.row_count) == ((), (), None)
    assert view.sentence == "2025年第三季度急难救助不足 3 户，不单列。"
    for number in ("517", "1,222.33", "1222.33", "2,069.24", "2069.24", "喆"):
        assert number not in told(view), number


def test_rows_on_display_tell_their_amounts_with_the_names_masked(tmp_path: Path) -> None:
    view = given_relief(tmp_path, "names-masked", PERSONS[:2], TODAY)
    assert [row.cells[0].text for row in view.publication.rows] == ["欧阳*", "方*"]
    assert [row.cells[0].value for row in view.publication.rows] == [None, None]
    assert [t.text for t in view.publication.totals] == ["1,222.33"]
    assert "不单列" not in told(view)


def test_names_shown_leave_everything_shown(tmp_path: Path) -> None:
    view = given_relief(tmp_path, "default", PERSONS[:2], TODAY)
    assert view.publication.withheld == ""
    first = view.publication.rows[0]
    assert [cell.value for cell in first.cells] == [
        *("欧阳喆", "突发困难", Decimal("517.31"), date(2025, 8, 1)),
    ]
    assert [t.text for t in view.publication.totals] == ["1,222.33"]


def test_enough_of_them_leave_totals_and_no_names(tmp_path: Path) -> None:
    view = given_relief(tmp_path, "names-masked", PERSONS, LATER)
    assert [t.text for t in view.publication.totals] == ["2,353.73"]
    assert "4 户" in view.sentence
    assert view.publication.row_count == 4
    for name in ("欧阳", "方*", "喆", "问青"):
        assert name not in told(view)


def test_a_sum_over_few_of_many_is_not_told(tmp_path: Path) -> None:
    """Three households, but money for two: their sum says what the other's row did not."""
    view = given_relief(tmp_path, "names-masked", PERSONS[:3], LATER)
    assert view.publication.totals == ()
    assert view.publication.row_count == 3
    assert view.sentence == "2025年第三季度急难救助共 3 条，金额涉及的户数不足 3 户，不单列。"
    assert "1,222.33" not in told(view)
    assert "517" not in told(view)
