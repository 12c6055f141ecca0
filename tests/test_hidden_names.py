"""What one column hides, no other text of the village tells: found in every writing, in every
kind of text, and not where the same characters are ordinary words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.gate import name_finder
from generator.gate.names import NameFinder
from generator.model.period import parse_period
from generator.model.village import Record, Row, Table
from generator.problems import Source
from tests.attached import docx, photo
from tests.commands import publish_here
from tests.township import (
    DONGLI,
    TOWNSHIP,
    Found,
    examine,
    real_content,
    small_content,
    township,
    workbook,
    write,
)

VILLAGE = (TOWNSHIP / DONGLI / "village.yaml").read_text("utf-8")
HEAD = "户主,组别,救助类别,金额,救助日期,联系电话,备注"
RELIEF = f"""{HEAD}
周样满,一组,突发困难,800,2025-08-03,,
林 和,二组,受灾,300,2025-08-09,,
买买提·样力,一组,医疗支出,500,2025-08-09,0000123,
方守信,一组,医疗支出,500,2025-08-09,,
公开日期,2025-10-08
"""
NOTICE = "notices/2025-09-28-a.md"


def laid(
    tmp_path: Path,
    files: Mapping[str, str | bytes],
    village: str = VILLAGE,
    today: date | None = None,
) -> Found:
    villages = township(tmp_path)
    write(villages / DONGLI, "village.yaml", village)
    for name, text in {"relief/2025Q3.csv": RELIEF, **files}.items():
        write(villages / DONGLI, name, text)
    return examine(villages, today=today) if today else examine(villages)


def notice(body: str, title: str = "通知") -> str:
    return f"---\ntitle: {title}\ndate: 2025-09-28\nsummary: 通知。\n---\n\n{body}\n"


@cache
def finder(*names: str) -> NameFinder:
    """A finder of names that a relief list hides."""
    shared = real_content()[0]
    village = examine(TOWNSHIP).villages["dongli"].village
    rows = tuple(Row(n, {"户主": name}) for n, name in enumerate(names, start=2))
    table = Table("relief", ("户主",), rows)
    period = parse_period("2025Q3")
    assert period is not None
    record = Record("dongli", "relief", "2025Q3", period, "", None, table, Source("名单.csv"))
    return name_finder(village, (record,), shared)


def kinds(text: str, *names: str) -> list[str]:
    return [f.kind for f in finder(*names).find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "付困难户周样满救助", "周样满", "给周 样 满办", "周　样　满", "周\u200b样\u200b满领", "周样\n满",
        "1.周样满（户主）", "与周样满等三户", "<b>周</b>和周样满",
    ],
)  # fmt: skip
def test_a_long_name_is_found_wherever_it_stands(text: str) -> None:
    assert kinds(text, "周样满") == ["name"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # names
        ("林和家房屋受损", ["name"]),
        ("付林和救助款", ["name"]),
        ("困难户林和", ["name"]),
        ("林　和", ["name"]),
        ("救助对象：林和、张某", ["name"]),
        ("慰问林和夫妇", ["name"]),
        ("帮扶林和同志", ["name"]),
        # words, or other persons
        ("森林和谐", []),
        ("山上的树林和草地", []),
        ("封山育林和水土保持", []),
        ("造林和低保", []),
        ("园林\n和一组", []),
        ("林\n和", []),
        ("张*、林*和周*", []),
        # nobody can tell
        ("林和草地", ["name-unsure"]),
        ("由林和平代办", ["name-unsure"]),
    ],
)
def test_a_name_of_two_characters_is_known_by_what_stands_beside_it(
    text: str, expected: list[str]
) -> None:
    assert kinds(text, "林 和") == expected


def test_longer_names_that_are_known_are_read_first() -> None:
    assert kinds("由方守信代办", "方守") == []  # the village's own chairman
    assert [f.mask for f in finder("林和", "林和样").find("付林和样救助")] == ["林*"]
    assert [f.value for f in finder("林和", "林和样").find("付林和样救助")] == ["林和样"]


@pytest.mark.parametrize(
    "cell", ["青样建筑队", "茶岭组 6 户", "全体村民", "县水利局", "青样镇砖厂", "村民小组长 6 人"]
)
def test_bodies_are_no_persons(cell: str) -> None:
    assert kinds(f"付{cell}工程款", cell) == []


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("周样满（已故）", ["周样满"]),
        ("周样满(王样芳代)", ["周样满", "王样芳"]),
        ("周样满等3户", ["周样满"]),
        ("周样满等三人", ["周样满"]),
        ("刘建社", ["刘建社"]),
        ("李四", ["李四"]),
        ("乌兰其其样", ["乌兰其其样"]),
        ("本人 周样满", ["周样满"]),
    ],
)
def test_a_name_with_something_beside_it(cell: str, names: list[str]) -> None:
    for name in names:
        assert kinds(f"付{name}救助款", cell) == ["name"], name
    assert kinds("已故老人，三户代办", cell) == []


@pytest.mark.parametrize("cell", ["王样强、李样明", "王样强 李样明", "王样强/李样明"])
def test_several_persons_in_one_cell(cell: str) -> None:
    assert kinds("付李样明、王样强", cell) == ["name", "name"]


@pytest.mark.parametrize(
    "text", ["买买提·样力", "买买提•样力", "买买提．样力", "买买提 · 样力", "买买提样力"]
)
def test_names_with_a_dot_in_every_writing(text: str) -> None:
    assert [f.mask for f in finder("买买提·样力").find(f"慰问{text}。")] == ["买买提·*"]


@given(st.text("森林和谐周样满付、 家\n", max_size=30))
def test_every_place_is_a_place_of_the_text(text: str) -> None:
    for found in finder("林和", "周样满").find(text):
        assert text[found.start : found.end] == found.value
        assert "".join(found.value.split()) in ("林和", "周样满")
    squeezed = "".join(text.split())
    assert ("周样满" in squeezed) == (
        "周样满" in ["".join(f.value.split()) for f in finder("林和", "周样满").find(text)]
    )


# -------------------------------------------------------------------------------- a village


LEDGER = "日期,凭证号,摘要,科目,收入,支出,余额,经手人,证明人,备注\n"
TEXTS = {
    "ledger": (
        "ledger/2025-08.csv",
        f"{LEDGER},,上月结转,,,,6800,,,\n"
        "2025-08-03,8-01,付困难户周样满救助,公益支出,,800,6000,邵文,,\n,,期末结余,,,,6000,,,\n公开日期,2025-10-08\n",
    ),
    "notice": (NOTICE, notice("周样满已经领到。")),
    "title": (NOTICE, notice("领到了。", "周样满的救助")),
    "formatted": (NOTICE, notice("**周**样满已经领到。")),
    "entities": (NOTICE, notice("&#21608;样满已经领到。")),
    "link": (NOTICE, notice("[名单](https://example.cn/%E5%91%A8%E6%A0%B7%E6%BB%A1)")),
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("today", [date(2025, 10, 10), date(2026, 6, 1)])  # rows up; come down
def test_other_texts_of_the_village_do_not_tell(tmp_path: Path, name: str, today: date) -> None:
    file, text = TEXTS[name]
    found = laid(tmp_path, {file: text}, today=today)
    faults = [p for p in found.problems if p.code == "privacy-name"]
    assert [(p.source.file.partition("dongli/")[2], p.value) for p in faults] == [(file, "周*")]
    assert "周样满" not in repr(found.problems)
    assert file.rpartition(".")[0] not in found.names("dongli")
    assert "relief/2025Q3" in found.names("dongli")  # the list itself is sound


def planted_in() -> dict[str, tuple[dict[str, str | bytes], str]]:
    """Files with a hidden name at each kind of place, and the record that tells it."""
    head = "title: 通知\ndate: 2025-09-28\nsummary: 通知。\n"
    attached = f"---\n{head}attachments: [{{}}]\n---\n\n见附件。\n"
    record = NOTICE.rpartition(".")[0]
    book = workbook([["事项", "姓名"], ["救助", "周样满"]])
    steps = "steps:\n  - {step: 公示, date: 2025-09-28, note: 周样满没有来}\noutcome: 通过\n"
    found: dict[str, tuple[dict[str, str | bytes], str]] = {
        "workbook": ({NOTICE: attached.format("biao.xlsx"), "notices/biao.xlsx": book}, record),
        "text": ({NOTICE: attached.format("a.txt"), "notices/a.txt": "补发周样满一份"}, record),
        "table": (
            {NOTICE: attached.format("a.csv"), "notices/a.csv": "事项,谁\n补发,周样满\n"},
            record,
        ),
        "word": ({NOTICE: attached.format("a.docx"), "notices/a.docx": docx(WORD)}, record),
        "name of a file": (
            {NOTICE: attached.format("周样满.txt"), "notices/周样满.txt": "补发一份"},
            record,
        ),
        "summary": ({NOTICE: notice("一").replace("summary: 通知", "summary: 周样满")}, record),
        "step": (
            {"decisions/2025-09-28-a.md": f"---\n{head}{steps}---\n\n一\n"},
            "decisions/2025-09-28-a",
        ),
        "comment": ({NOTICE: notice("一 <!-- 周样满 --> 二")}, record),
        "picture": ({NOTICE: notice("![周样满](a.png)"), "notices/a.png": photo("PNG")}, record),
    }
    return found


WORD = (
    "<w:p><w:r><w:t>补发周</w:t></w:r><w:r><w:t>样满一份，"
    + "其余不变，" * 9
    + "</w:t></w:r></w:p>"
)


@pytest.mark.parametrize("place", planted_in())
def test_a_name_is_found_at_every_place_of_a_document(tmp_path: Path, place: str) -> None:
    files, record = planted_in()[place]
    found = laid(tmp_path, files)
    assert set(found.codes()) == {"privacy-name"}
    assert "周样满" not in repr(found.problems)
    assert record not in found.names("dongli")


def test_a_withdrawal_does_not_name_whom_a_list_hides(tmp_path: Path) -> None:
    text = (
        "- {item: notices, key: 2025-08-01-a, title: 通知, published: 2025-08-01, "
        "date: 2025-09-01, reason: 周样满的数写错了}\n"
    )
    found = laid(tmp_path, {"withdrawn.yaml": text})
    assert found.codes() == ["privacy-name"]
    assert found.villages["dongli"].withdrawn == ()


def test_names_that_are_shown_are_not_looked_for(tmp_path: Path) -> None:
    shown = VILLAGE.replace("masks: names-masked", "masks: default")
    assert laid(tmp_path, {NOTICE: notice("周样满已经领到。")}, shown).problems == ()


def test_a_list_with_a_fault_hides_its_names_all_the_same(tmp_path: Path) -> None:
    files = {
        "relief/2025Q3.csv": RELIEF.replace("300", "三百块"),
        NOTICE: notice("周样满已经领到。"),
    }
    found = laid(tmp_path, files)
    assert NOTICE.rpartition(".")[0] not in found.names("dongli")
    assert {p.code for p in found.problems} == {"relief-amount", "privacy-name"}


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("方守信主任上门办理。", []),
        ("由方守信发放救助。", []),
        ("困难户方守信已经领到。", ["privacy-name"]),
        ("付方守信临时救助。", ["privacy-name"]),
        ("方守信家享受农村低保。", ["privacy-name"]),
    ],
)
def test_officials_are_named_for_what_they_do_and_not_for_what_they_got(
    tmp_path: Path, body: str, codes: list[str]
) -> None:
    assert laid(tmp_path, {NOTICE: notice(body)}).codes() == codes


def test_columns_that_say_who_did_it_may_name_anyone(tmp_path: Path) -> None:
    rows = (
        ",,上月结转,,,,6800,,,\n2025-08-03,8-01,办公用品,管理费用,,800,6000,邵文,周样满,\n"
        ",,期末结余,,,,6000,,,\n公开日期,2025-10-08\n"
    )
    files = {"ledger/2025-08.csv": LEDGER + rows, NOTICE: notice("周样满到场作证。")}
    assert laid(tmp_path, files).problems == ()


@pytest.mark.parametrize("words", ["方守信本人领", "守信：方 守 信", "方守信"])
def test_in_the_own_row_every_name_counts(tmp_path: Path, words: str) -> None:
    relief = RELIEF.replace(
        "方守信,一组,医疗支出,500,2025-08-09,,", f"方守信,一组,医疗支出,500,2025-08-09,,{words}"
    )
    found = laid(tmp_path, {"relief/2025Q3.csv": relief})
    assert [(p.code, p.source.row) for p in found.problems] == [("privacy-name", 5)]


def test_in_the_own_row_no_word_excuses_a_name_of_two_characters(tmp_path: Path) -> None:
    relief = RELIEF.replace(
        "林 和,二组,受灾,300,2025-08-09,,", "林 和,二组,受灾,300,2025-08-09,,森林和谐"
    )
    found = laid(tmp_path, {"relief/2025Q3.csv": relief})
    assert [(p.code, p.source.row) for p in found.problems] == [("privacy-name", 3)]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("由儿子欧阳样川代领", "欧阳*"),
        ("女儿：周样代签", "周*"),
        ("妻子李样芳领", "李*"),
        ("儿子在外务工", ""),
        ("由儿子代领", ""),
        ("母亲高龄", ""),
        ("父亲常年患病照料", ""),
    ],
)
def test_relatives_in_a_row_that_hides_its_name(tmp_path: Path, words: str, shown: str) -> None:
    relief = RELIEF.replace("2025-08-03,,", f"2025-08-03,,{words}")
    found = laid(tmp_path, {"relief/2025Q3.csv": relief})
    told = [(p.code, p.severity, p.value) for p in found.problems if p.code == "privacy-relative"]
    assert told == ([("privacy-relative", "warning", shown)] if shown else [])


def test_a_number_of_a_dropped_column_stands_nowhere_else(tmp_path: Path) -> None:
    found = laid(tmp_path / "a", {NOTICE: notice("有事打 000-0123。")})
    assert found.codes() == ["privacy-number"]
    relief = RELIEF.replace("联系电话", "银行卡号").replace("0000123", "7654321")
    files = {"relief/2025Q3.csv": relief, NOTICE: notice("已打到 765 4321。")}
    assert laid(tmp_path / "b", files).codes() == ["privacy-number"]


def test_a_key_that_leads_to_a_row_is_no_text_and_its_problem_names_nobody(tmp_path: Path) -> None:
    text = notice("一").replace("summary:", "links: [relief/2025Q3#周样满]\nsummary:")
    found = laid(tmp_path, {NOTICE: text})
    assert found.codes() == ["link-broken"]
    assert "周样满" not in repr(found.problems)


def test_words_of_a_correction_are_masked_with_and_without_blanks(tmp_path: Path) -> None:
    relief = RELIEF + "更正,2025-10-09,林和的300元原写200元，周样满的不变\n"
    found = laid(tmp_path, {"relief/2025Q3.csv": relief})
    assert found.problems == ()
    assert "relief/2025Q3" in found.names("dongli")


def with_exception(text: str) -> str:
    entry = f'{{text: "{text}", reason: 村民代表, by: 监委会主任, date: 2025-09-20}}'
    return f"{VILLAGE}\nexceptions:\n  - {entry}\n"


def test_an_exception_frees_one_place_and_not_the_next(tmp_path: Path) -> None:
    body = "村民代表周样满到会。困难户周样满已经领到。"
    found = laid(tmp_path, {NOTICE: notice(body)}, with_exception("村民代表周样满"))
    assert found.codes() == ["privacy-exception", "privacy-name"]
    marked = body.replace("困难户周", "困难户**周**")
    found = laid(tmp_path / "c", {NOTICE: notice(marked)}, with_exception("村民代表周样满"))
    assert found.codes() == ["privacy-exception", "privacy-name"]
    assert laid(
        tmp_path / "b", {NOTICE: notice("村民代表周样满到会。")}, with_exception("村民代表周样满")
    ).codes() == ["privacy-exception"]


def test_a_word_in_village_yaml_does_not_cost_the_village(tmp_path: Path) -> None:
    village = VILLAGE.replace("place: 村部门口", "place: 林和草地旁")
    assert laid(tmp_path, {}, village).problems == ()
    named = VILLAGE.replace("place: 村部门口", "place: 周样满家外墙")
    assert laid(tmp_path / "b", {}, named).codes() == ["village-left-out", "privacy-name"]


def test_nothing_of_a_hidden_name_is_in_any_byte_of_the_site(tmp_path: Path) -> None:
    villages = township(tmp_path)
    relief = RELIEF + "更正,2025-10-09,林和的300元原写200元\n"
    for name, text in {"relief/2025Q3.csv": relief, **dict(TEXTS.values())}.items():
        write(villages / DONGLI, name, text)
    out = tmp_path / "site"
    told = publish_here(
        "build", "--villages", str(villages), "--out", str(out), "--no-posters", "--format", "json",
        "--today", "2025-10-10", "--content", str(small_content(tmp_path)),
        "--cache", str(tmp_path / "cache"),
    )  # fmt: skip
    assert json.loads(told.stdout)["problems"]
    assert "周样满" not in told.stdout + told.stderr
    for path in out.rglob("*"):
        if path.is_file():
            text = path.read_bytes()
            for name in ("周样满", "林和", "林 和", "样力"):
                assert name.encode() not in text, path
                assert json.dumps(name)[1:-1].encode() not in text, path
