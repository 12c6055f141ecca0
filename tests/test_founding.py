"""`new` begins a village that can be built at once, or leaves everything as it was."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.founding import groups_of
from tests.commands import ROOT, publish_here, tree
from tests.township import TOWNSHIP, small_content

GIVEN = {
    "--town-id": "bailu",
    "--id": "shuanghuai",
    "--code": "000000101999",
    "--groups": "一组 52户 180人；二组：48户，166人",
    "--phone": "0000-1234567",
    "--office": "村部一楼",
}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    small_content(tmp_path)
    shutil.copytree(TOWNSHIP, tmp_path / "villages")
    return tmp_path


def new(where: Path, place: str, **changed: str) -> tuple[int, str]:
    given = {**GIVEN, **{f"--{key.replace('_', '-')}": text for key, text in changed.items()}}
    words = [word for option, text in given.items() if text for word in (option, text)]
    result = publish_here("new", place, *words, "--today", "2025-10-10", cwd=where)
    return result.returncode, result.stdout + result.stderr


def test_a_village_of_a_new_town_can_be_built_at_once(office: Path) -> None:
    before = (office / "content" / "site.yaml").read_text("utf-8")
    code, said = new(office, "白鹭镇/双槐村")
    assert (code, "白鹭镇登记在" in said) == (0, True)
    after = (office / "content" / "site.yaml").read_text("utf-8")
    added = "  - id: bailu\n    name: 白鹭镇\n    publisher: 白鹭镇人民政府\n"
    assert after.replace(added, "") == before
    village = office / "villages/bailu/shuanghuai"
    assert sorted(path.name for path in village.iterdir()) == ["ledger", "village.yaml"]
    assert "since: 2025-10-10" in (village / "village.yaml").read_text("utf-8")
    build = publish_here(
        *("build", "--no-posters", "--only", "双槐村", "--today", "2025-10-10"), cwd=office
    )
    assert build.returncode == 0, build.stderr
    page = (office / "site/v/shuanghuai/index.html").read_text("utf-8")
    for words in ("双槐村", "白鹭镇", "0000-1234567", "100", "346"):
        assert words in page


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_a_town_is_added_in_the_writing_that_is_there(office: Path, encoding: str) -> None:
    site = office / "content" / "site.yaml"
    before = site.read_text("utf-8")
    site.write_bytes(before.replace("\n", "\r\n").encode(encoding))
    code, said = new(office, "白鹭镇/双槐村")
    assert (code, "白鹭镇登记在" in said) == (0, True), said
    after = site.read_bytes()
    assert after.startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")
    added = "  - id: bailu\r\n    name: 白鹭镇\r\n    publisher: 白鹭镇人民政府\r\n"
    assert after.decode(encoding).replace(added, "") == before.replace("\n", "\r\n")


def test_the_first_village_of_an_empty_folder_begins_the_site(office: Path) -> None:
    shutil.rmtree(office / "villages")
    (office / "villages").mkdir()
    assert (office / "content" / "visits.csv").exists()
    code, said = new(office, "白鹭镇/双槐村")
    assert (code, "示例镇换成了白鹭镇" in said) == (0, True)
    site = (office / "content" / "site.yaml").read_text("utf-8")
    assert "  - id: bailu\n    name: 白鹭镇\n    publisher: 白鹭镇人民政府\n" in site
    assert "青石镇" not in site
    assert not (office / "content" / "visits.csv").exists()
    check = publish_here("check", "--no-posters", "--today", "2025-10-10", cwd=office)
    for words in ("sample-address", "“白鹭镇农经站”的电话"):  # what only the township knows
        assert words in check.stderr
    assert new(office, "梧桐村", id="wutong", town_id="", code="000000101998")[0] == 0


def test_the_first_village_must_name_its_town(office: Path) -> None:
    shutil.rmtree(office / "villages")
    (office / "villages").mkdir()
    before = tree(office)
    assert (new(office, "双槐村")[0], tree(office)) == (2, before)


def test_a_second_village_leaves_the_town_as_it_is(office: Path) -> None:
    assert new(office, "白鹭镇/双槐村")[0] == 0
    site = (office / "content" / "site.yaml").read_bytes()
    assert new(office, "白鹭镇/梧桐村", id="wutong", town_id="", code="000000101998")[0] == 0
    assert (office / "content" / "site.yaml").read_bytes() == site
    assert (office / "villages/bailu/wutong/village.yaml").is_file()


def test_a_community_speaks_of_residents(office: Path) -> None:
    assert new(office, "白鹭镇/安居社区", id="anju", urban="是")[0] == 0
    text = (office / "villages/bailu/anju/village.yaml").read_text("utf-8")
    assert "urban: 是" in text
    assert "安居社区居民委员会" in text
    assert "村民" not in text.split("# 村务监督")[0].replace("村民小组", "")


@pytest.mark.parametrize(
    ("place", "changed", "words"),
    [
        ("白鹭镇/双槐村", {"code": "123"}, "--code"),
        ("白鹭镇/双槐村", {"groups": "一组52户"}, "--groups"),
        ("白鹭镇/双槐村", {"groups": "一组 5户 9人；一组 6户 9人"}, "--groups"),
        ("白鹭镇/双槐村", {"id": "dongli"}, "dongli 已经有了"),
        ("白鹭镇/双槐村", {"id": "../x"}, "只能用小写拼音字母"),
        ("白鹭镇/双槐村", {"id": "aux"}, "aux 在电脑上另有用处"),
        ("白鹭镇/双槐村", {"town_id": "private"}, "private 在电脑上另有用处"),
        ("白鹭镇/双槐村", {"phone": "", "office": ""}, "--phone"),
        ("白鹭镇/双槐村", {"urban": "否"}, "--urban 这里用不着"),
        ("白鹭镇/双槐村/一组", {}, "看不出是哪个镇的哪个村"),
        ("青石镇/东里村", {"town_id": ""}, "青石镇已经有东里村了"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    office: Path, place: str, changed: dict[str, str], words: str
) -> None:
    before = tree(office)
    code, said = new(office, place, **changed)
    assert code == 2
    assert words in said
    assert tree(office) == before
    assert not (office / "villages" / "bailu").exists()


def test_a_name_that_yaml_would_read_otherwise_stays_what_it_is(office: Path) -> None:
    assert new(office, "白鹭镇/双槐村", office="一楼: 东头 #3", groups="No组 1户 2人")[0] == 0
    build = publish_here(
        *("build", "--no-posters", "--only", "shuanghuai", "--today", "2025-10-10"), cwd=office
    )
    assert build.returncode == 0, build.stderr
    assert "一楼: 东头 #3" in (office / "site/v/shuanghuai/index.html").read_text("utf-8")


def test_towns_in_a_form_that_cannot_be_added_to_are_told(office: Path) -> None:
    site = office / "content" / "site.yaml"
    text = site.read_text("utf-8")
    start, end = text.index("towns:"), text.index("channels:")
    flow = "towns: [{id: qingshi, name: 青石镇, publisher: 青石镇人民政府}]\n"
    site.write_text(text[:start] + flow + text[end:], "utf-8")
    before = tree(office)
    code, said = new(office, "白鹭镇/双槐村")
    assert (code, tree(office) == before) == (2, True)
    assert "id 写 bailu，name 写 白鹭镇" in said


def test_what_was_not_given_is_asked_for_at_the_terminal(office: Path) -> None:
    outer, inner = pty.openpty()
    words = (
        *("new", "白鹭镇/双槐村", "--town-id", "bailu", "--code", "000000101999"),
        *("--today", "2025-10-10"),
    )
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "publish.py"), *words],
        cwd=office,
        stdin=inner,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    typed = "\n一组 52\n一组 52户 180人\n0000-1234567\n村部一楼\n"
    os.write(outer, typed.encode())
    said, _ = process.communicate(timeout=120)
    os.close(inner)
    os.close(outer)
    assert process.returncode == 0, said.decode()
    assert "按回车就用 shuanghuai" in said.decode()
    assert "请照例子写" in said.decode()
    assert (office / "villages/bailu/shuanghuai/village.yaml").is_file()


def test_groups_are_told_apart_however_they_are_set_off() -> None:
    for between in ("；", ";", " ", "，", "、\n"):
        groups = groups_of(f"一组 52户 180人{between}东湾组：48户、166人。")
        found = [(group.title, group.households, group.people) for group in groups]
        assert found == [("一组", 52, 180), ("东湾组", 48, 166)], between
