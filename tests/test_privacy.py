"""The privacy gate: what it finds, what it leaves alone, where, how fast, and its exceptions."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from time import thread_time

import pytest

from generator.gate.detect import find_private
from generator.gate.folding import as_read, fold
from generator.problems import Source, problem
from tests.planting import all_forms, looked_for, secrets
from tests.township import (
    CONTENT,
    DONGLI,
    TOWNSHIP,
    VILLAGE,
    examine,
    laid,
    notice,
    real_content,
)

WORDS = real_content()[0].privacy
MOBILE = "13900000001"
ID = "659999199003070014"


def kinds(text: str, *, personal: bool = False) -> list[str]:
    return [f.kind for f in find_private(text, WORDS, frozenset(), is_personal=personal)]


def test_every_kind_is_found_in_every_writing() -> None:
    some = secrets(seed=7)
    assert len(some) > 200
    for secret in some:
        found = find_private(secret.text, WORDS, frozenset())
        assert secret.kind in [f.kind for f in found], ascii(secret)
        shown = all_forms(" ".join(f.shown for f in found))
        assert looked_for(secret) not in shown, ascii(secret)
        assert secret.text not in repr(found), ascii(secret)


@pytest.mark.parametrize(
    "text",
    [
        "第3号", "凭证号 2025-09-001", "记-12号", "HT-2025-03", "CG-2025-08", "柳村〔2025〕8号",
        "青宅字〔2025〕第6号", "科目编码 50101", "二组", "三组村民", "村委会一楼东侧", "六组小卖部外墙",
        "2025-10-08 2025-10-09", "2025.10.08—2025.11.08", "2025年9月3日上午8:30",
        "1965年12月31日以前出生的老人", "2025年1月1日以后出生", "出生日期在1965年12月31日以前",
        "138****5678", f"{ID[:6]}********{ID[-4:]}", "张*、欧阳*", "000000101201", "12345", "96110",
        "合计 150 2025-10-08 300", "100 200 300 400 500 600", "10.50 20.60 30.70", "1,380,013.80 元",
        "13,812,345,678.00", "三组2号机井", "一组5号路灯", "镇政府2号楼301室", "青石路1号村委会",
        "三标段2号涵", "反映人满意", "举报人信息依规保密", "反映人：匿名", "村民代表反映", "村民普遍反映",
        "91110105MA01ABCD1X", "54110101MEA0000000", "面积 120.5 亩", "东经路修缮", "新A区绿化",
        "每亩125元", "A4 纸 500 张", "95598", "400-000-0000 转 2", "GB/T 41374-2022",
    ],
)  # fmt: skip
def test_what_offices_write_every_day_is_left_alone(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("肺癌", "health"), ("尿 毒 症", "health"), ("二级残疾", "health"), ("精神病人", "health"),
        ("确诊 ＨＩＶ", "health"), ("孙女8岁", "minor"), ("柳溪小学三年级", "minor"),
        ("初二(3)班", "minor"), ("留守儿童王小明", "minor"), ("十二岁", "minor"), ("孤儿", "minor"),
    ],
)  # fmt: skip
def test_health_and_minors_count_only_in_tables_of_persons(text: str, kind: str) -> None:
    assert kind in kinds(text, personal=True)
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    ["残疾人两项补贴", "重度残疾人护理补贴", "大病救助", "精神文明户", "孤儿基本生活费", "困境儿童补贴",
     "80岁以上老人", "16岁以下免交", "大学生返乡", "高中", "本科", "高龄津贴", "住院自付较大"],
)  # fmt: skip
def test_names_of_projects_are_no_diagnoses(text: str) -> None:
    assert kinds(text, personal=True) == []


def test_public_numbers_are_public_in_any_writing() -> None:
    public = frozenset({"057188881234", MOBILE})
    for text in ("0571-88881234", "(0571) 88881234", f"+86 {MOBILE}", "电话：88881234"):
        assert find_private(text, WORDS, public) == (), text
        assert find_private(text, WORDS, frozenset()) != (), text


def test_numbers_run_together_are_told_apart() -> None:
    found = find_private(f"{ID}{MOBILE}", WORDS, frozenset())
    assert [f.kind for f in found] == ["id", "phone"]


def test_a_finding_says_where_it_stands() -> None:
    text = f"甲\u200b乙 {ID[:6]}\u200b{ID[6:]} 丙"
    (found,) = find_private(text, WORDS, frozenset())
    assert text[found.start : found.end] == f"{ID[:6]}\u200b{ID[6:]}"


def test_folding_keeps_every_place() -> None:
    for text in ("１２３", "a\u200bb", "①Ａ·", "ﬁne ß", "𝟏𝟐", "\u202eabc"):
        folded = fold(text)
        for place, char in enumerate(folded.text):
            assert fold(text[folded.place(place, 0)]).text == char


def test_markdown_is_judged_as_it_is_read() -> None:
    assert as_read("138**0013**8000 <b>x</b> a\\-b &#49;") == "13800138000 x a-b 1"
    assert as_read("138****8000") == "138****8000"


LONG = (
    "1", "1 2 ", "139 ", "62", "@", "a", "一", "三组", "1\u200b", "1          ", "电话", "1°", "反映人：",
    "E1", "<", "**1", "\\-", "19900307",
)  # fmt: skip


@pytest.mark.parametrize("piece", LONG, ids=ascii)
def test_twice_the_text_takes_twice_the_time(piece: str) -> None:
    """Not four times, whatever the text repeats; a machine that was held up may try again."""

    def taken(size: int) -> float:
        text = (piece * size)[:size]
        started = thread_time()
        find_private(as_read(text), WORDS, frozenset(), is_personal=True)
        return thread_time() - started

    assert any(taken(50_000) < 3 * taken(25_000) + 0.1 for _ in range(3))


def test_a_million_digits_take_seconds() -> None:
    started = thread_time()
    find_private("1234567890" * 100_000, WORDS, frozenset(), is_personal=True)
    assert thread_time() - started < 15


# ---------------------------------------------------------------------------------- villages


def test_a_finding_in_village_yaml_keeps_the_whole_village_out(tmp_path: Path) -> None:
    village = VILLAGE.replace("duty: 收支登记", f"duty: 收支登记，手机 {MOBILE}")
    found = laid(tmp_path, {}, village)
    assert found.codes() == ["village-left-out", "privacy-phone"]
    assert set(found.villages) == {"xicun"}


def test_a_finding_in_powers_yaml_leaves_the_standard_list(tmp_path: Path) -> None:
    powers = (TOWNSHIP / DONGLI / "powers.yaml").read_text("utf-8")
    text = re.sub(r"reason: (.*)", f"reason: 问 {MOBILE}", powers, count=1)
    found = laid(tmp_path, {"powers.yaml": text})
    assert set(found.codes()) == {"privacy-phone"}
    assert found.villages["dongli"].overrides == ()


def test_declared_contacts_may_be_said_anywhere(tmp_path: Path) -> None:
    body = "请打 0000-4900001 或 0000 4900002，镇里 0000-8800101。"
    assert laid(tmp_path, {"notices/2025-09-28-a.md": notice(body)}).problems == ()


def test_what_another_village_declares_is_private_here(tmp_path: Path) -> None:
    village = VILLAGE.replace('phone: "0000-4900001"', 'phone: ""')
    found = laid(tmp_path, {"notices/2025-09-28-a.md": notice("请打 0000-4900001。")}, village)
    assert found.codes() == ["privacy-phone"]


def exceptions(*texts: str) -> str:
    entries = "".join(
        f'  - {{text: "{t}", reason: 值班电话, by: 监委会主任, date: 2025-09-20}}\n' for t in texts
    )
    return f"{VILLAGE}\nexceptions:\n{entries}"


def test_an_exception_frees_exactly_its_text_and_is_told(tmp_path: Path) -> None:
    files = {
        "notices/2025-09-28-a.md": notice(f"值班 {MOBILE}"),
        "notices/2025-09-29-b.md": notice(f"值班 {MOBILE[:3]} {MOBILE[3:]}").replace("28", "29"),
    }
    found = laid(tmp_path, files, exceptions(MOBILE))
    assert [(p.code, p.source.file[-4:]) for p in found.problems] == [
        ("privacy-exception", "a.md"),
        ("privacy-phone", "b.md"),
    ]
    assert "值班电话（监委会主任，2025-09-20）" in found.problems[0].message
    assert {"notices/2025-09-28-a"} <= found.names("dongli")
    assert "notices/2025-09-29-b" not in found.names("dongli")


def test_an_exception_that_nothing_needs_is_a_warning(tmp_path: Path) -> None:
    found = laid(tmp_path, {}, exceptions(MOBILE))
    assert [(p.code, p.severity) for p in found.problems] == [("privacy-unused", "warning")]


def test_an_exception_of_a_part_frees_nothing(tmp_path: Path) -> None:
    files = {"notices/2025-09-28-a.md": notice(f"值班 {MOBILE}")}
    found = laid(tmp_path, files, exceptions(MOBILE[:7]))
    assert sorted(found.codes()) == ["privacy-phone", "privacy-unused"]


def test_a_masked_cell_is_judged_by_what_is_left_of_it(tmp_path: Path) -> None:
    head = "户主,救助类别,金额,救助日期,联系电话,身份证号\n"
    row = f"方大田,突发困难,500,2025-08-01,{MOBILE},{ID}\n"
    found = laid(tmp_path, {"relief/2025Q3.csv": f"{head}{row}公开日期,2025-10-08\n"})
    assert found.problems == ()


def test_a_number_and_its_unit_are_judged_together_as_they_are_shown(tmp_path: Path) -> None:
    table = f"编号,名称,数量,单位\nZC-1,联系人,{MOBILE[:3]},{MOBILE[3:]}\n公开日期,2025-07-10\n"
    found = laid(tmp_path, {"assets/2025H1.csv": table})
    assert found.codes() == ["privacy-phone"]
    assert (found.problems[0].source.row, found.problems[0].source.column) == (2, "数量")


def test_what_came_down_is_not_judged_any_more(tmp_path: Path) -> None:
    rows = "".join(f"方大田,突发困难,500,2025-08-0{n},在{ID}\n" for n in range(1, 5))
    table = f"户主,救助类别,金额,救助日期,备注\n{rows}公开日期,2025-10-08\n"
    files = {"relief/2025Q3.csv": table}
    assert set(laid(tmp_path / "shown", files).codes()) == {"privacy-id"}
    freed = laid(tmp_path / "freed", files, exceptions(ID))
    assert set(freed.codes()) == {"privacy-exception"}
    over = examine(tmp_path / "freed" / "villages", today=date(2025, 12, 31))
    assert not {"privacy-id", "privacy-exception", "privacy-unused"} & set(over.codes())
    assert "relief/2025Q3" in [f"{r.item}/{r.key}" for r in over.villages["dongli"].records]


def test_a_heading_says_what_its_cells_are(tmp_path: Path) -> None:
    found = laid(
        tmp_path, {"notices/2025-09-28-a.md": notice("| 生日 |\n|---|\n| 生日：1960年5月4日 |")}
    )
    assert found.codes() == ["privacy-birth"]


def test_private_folders_are_not_even_read(tmp_path: Path) -> None:
    files = {"private/2025.csv": ID, "private/x/y.md": MOBILE}
    assert laid(tmp_path, files).problems == ()


def test_content_is_judged_too(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    path = content / "articles" / "case-yutang-zujin.md"
    path.write_text(path.read_text("utf-8") + f"\n打 {MOBILE} 找他。\n", "utf-8")
    found = examine(TOWNSHIP, content)
    assert found.codes() == ["privacy-phone"]
    assert found.villages == {}


def test_words_of_all_tables_are_told_of_once_under_their_own_file(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    path = content / "rows.yaml"
    text = path.read_text("utf-8")
    assert text.count("\nremarks: [") == 1
    path.write_text(text.replace("\nremarks: [", f"\nremarks: [打 {MOBILE} 找他, "), "utf-8")
    (found,) = examine(TOWNSHIP, content).problems
    assert (found.code, found.source.file) == ("privacy-phone", "content/rows.yaml")


def test_a_long_value_is_not_cut_in_the_middle_of_a_number() -> None:
    said = problem("key-unknown", Source("a"), value="字" * 50 + ID, nearest="")
    assert not re.search(r"[0-9]", said.value)
    for start in range(40, 60):
        value = problem(
            "key-unknown", Source("a"), value="字" * start + "139-0000-0001", nearest=""
        )
        assert not re.search(r"139-0*…", value.value)
