"""What was public before is read from the repository, and told to whoever holds an older sheet."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser

from tests.commands import publish_here, tree
from tests.township import DONGLI, small_content, township, write

TODAY = "2025-11-20"
LEDGER, SUBSIDIES = "ledger/2025-09.csv", "subsidies/2025Q3.csv"
NOTICE = "notices/2025-09-20-ludeng-zhaopian.md"


class Repository:
    """A repository in which the township grows, a commit at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.village = folder, folder / "villages" / DONGLI
        self.count = 0

    def git(self, *words: str, day: str = "2025-10-01") -> str:
        moment = f"{day}T10:00:00+08:00"
        names = {
            f"GIT_{who}_{what}": "x"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        env = {**os.environ, **names, "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
        run = subprocess.run(
            ("git", *words), cwd=self.folder, env=env, capture_output=True, check=True
        )
        return run.stdout.decode()

    def commit(self, note: str, day: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", note, day=day)
        self.count += 1

    def change(self, name: str, *changes: tuple[str, str], encoding: str = "utf-8") -> None:
        path = self.village / name
        text = path.read_text(encoding)
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        path.write_text(text, encoding)

    def run(self, *words: str, code: int = 0) -> str:
        result = publish_here(*words, "--today", TODAY, cwd=self.folder)
        assert result.returncode == code, result.stdout + result.stderr
        return result.stdout + result.stderr

    def history(self) -> dict[str, Any]:
        self.run("history")
        text = (self.village / "history.yaml").read_text("utf-8")
        return {one["record"]: one for one in yaml.safe_load(text)}


def begun(folder: Path) -> Repository:
    small_content(folder)
    shutil.rmtree(township(folder) / "qingshi/xicun")
    (folder / ".gitignore").write_text("history.yaml\nsite\n.cache\n", "utf-8")
    repository = Repository(folder)
    repository.git("init", "-q", "-b", "main")
    return repository


DEARER = ((",,99.50,", ",,109.50,"), ("6400.00", "6390.00"), ("2600.00", "2610.00"))
OVER = 30


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A village's year: what was typed before it was public, corrections with and without words,
    another order, encoding, kind of file, a withdrawal, a merge, and much that concerns nobody."""
    made = begun(tmp_path_factory.mktemp("history"))
    made.change(LEDGER, ("村部电费", "电费"))
    made.commit("九月的账，还没有公开", "2025-10-06")
    made.change(LEDGER, ("9-03,电费", "9-03,村部电费"))
    made.commit("公开以前改好", "2025-10-08")  # the day on which it is made public
    made.change(LEDGER, *DEARER)
    made.commit("电费看错了一位", "2025-10-12")  # without a correction
    made.change(NOTICE, ("5 盏路灯", "6 盏路灯"))
    made.commit("fix notice", "2025-10-13")
    ledger = made.village / LEDGER
    lines = ledger.read_text("utf-8").splitlines()
    lines[3], lines[4] = lines[4], lines[3]  # two payments change places, and their balances
    lines = [line.replace("9000.00", '"9,000.00"') for line in lines]
    ledger.write_bytes("\r\n".join(lines).encode("gb18030"))
    made.change(
        LEDGER,
        ("2500.50,6499.50", "2500.50,6390.00"),
        ("109.50,6390.00", "109.50,8890.50"),
        encoding="gb18030",
    )
    made.commit("换了编码和先后", "2025-10-14")
    made.change(
        LEDGER,
        (",,109.50,8890.50", ",,99.50,8900.50"),
        ("6390.00", "6400.00"),
        ("2610.00", "2600.00"),
        encoding="gb18030",
    )
    with ledger.open("a", encoding="gb18030") as file:
        file.write("\n更正,2025-10-16,村部电费写成 109.50 元，应是 99.50 元\n")
    made.commit("改回来", "2025-10-16")
    made.change(
        SUBSIDIES,
        ("1.6,每亩125元,200.00", "2.0,每亩125元,250.00"),
        ("11.2,,1400.00", "11.6,,1450.00"),
    )
    with (made.village / SUBSIDIES).open("a", encoding="utf-8") as file:
        file.write("更正,2025-10-17,石立冬的面积少算了 0.4 亩\n")
    made.commit("补贴更正", "2025-10-17")
    made.git("checkout", "-q", "-b", "side")
    made.change(SUBSIDIES, ("每亩125元,400.00", "每亩125元,4 00.0.0"))  # faulty: nobody saw it
    made.commit("改坏了", "2025-10-18")
    made.change(SUBSIDIES, ("每亩125元,4 00.0.0", "每亩125元,400.00"))
    made.commit("又改好", "2025-10-18")
    made.git("checkout", "-q", "main")
    made.git("merge", "-q", "--no-ff", "-m", "合并", "side", day="2025-10-19")
    notice = made.village / "notices/2025-09-28-yinsi.md"
    write(
        made.village,
        "notices/2025-09-28-yinsi.md",
        "---\ntitle: 名单\ndate: 2025-09-28\n---\n甲乙丙丁都在名单上。\n",
    )
    made.commit("名单", "2025-10-20")
    notice.write_text(notice.read_text("utf-8").replace("甲乙丙丁", "甲乙丙"), "utf-8")
    made.commit("少一个", "2025-10-21")
    notice.unlink()
    write(
        made.village,
        "withdrawn.yaml",
        "- {item: notices, key: 2025-09-28-yinsi, title: 名单, published: 2025-09-28,"
        " date: 2025-10-22, reason: 有个人信息}\n",
    )
    made.commit("撤回", "2025-10-22")
    while made.count < OVER:
        (made.folder / "notes.txt").write_text(str(made.count), "utf-8")
        made.commit(f"别的 {made.count}", "2025-10-23")
    return made


def edits(version: dict[str, Any]) -> list[tuple[str, ...]]:
    names = ("kind", "row", "column", "before", "after")
    return [tuple(edit.get(name, "") for name in names) for edit in version.get("edits", ())]


def test_each_version_tells_exactly_what_differs(long: Repository) -> None:
    found = long.history()
    ledger = found["ledger/2025-09"]["versions"]
    assert [str(v["day"]) for v in ledger] == [
        "2025-10-08",
        "2025-10-12",
        "2025-10-14",
        "2025-10-16",
    ]
    assert edits(ledger[1]) == [
        ("changed", "凭证号 9-03", "支出", "99.50", "109.50"),
        ("changed", "凭证号 9-03", "余额", "6,400.00", "6,390.00"),
        ("changed", "本期合计", "支出", "2,600.00", "2,610.00"),
        ("changed", "期末结余", "余额", "6,400.00", "6,390.00"),
    ]
    assert ledger[1]["reason"] == "电费看错了一位"
    assert {edit[2] for edit in edits(ledger[2])} == {"余额"}  # all that readers could see of it
    assert ledger[3]["corrected"]
    assert str(found["ledger/2025-09"]["first"]) == "2025-10-06"
    notice = found["notices/2025-09-20-ludeng-zhaopian"]["versions"]
    assert edits(notice[1]) == [
        ("changed", "", "", "5 盏路灯装在村口到打谷场一段。", "6 盏路灯装在村口到打谷场一段。")
    ]
    assert "reason" not in notice[1]  # "fix notice" says nothing to readers
    assert "notices/2025-09-28-yinsi" not in found


def test_names_are_hidden_in_it_as_in_the_list(long: Repository) -> None:
    subsidies = long.history()["subsidies/2025Q3"]["versions"]
    assert len(subsidies) == 2  # what was faulty on the side was never seen
    assert edits(subsidies[1])[:2] == [
        ("changed", "户主 石* 组别 二组", "面积", "1.6", "2"),
        ("changed", "户主 石* 组别 二组", "金额", "200.00", "250.00"),
    ]
    text = (long.village / "history.yaml").read_text("utf-8")
    assert "石立冬" not in text
    assert "0000001900" not in text


@pytest.fixture(scope="module")
def told(long: Repository) -> Path:
    long.history()
    assert "change-silent" not in long.run("build", "--no-posters", code=1).partition("notices/")[0]
    return long.folder / "site"


def test_what_no_correction_tells_is_a_warning_and_stands_among_the_corrections(
    long: Repository, told: Path
) -> None:
    said = long.run("check", "--no-posters", code=1)
    assert f"{NOTICE}:0: change-silent: 公开以后，2025-10-13 改过" in said
    assert f"{LEDGER}:0: change-silent" not in said  # told by the correction of 16 October
    page = (told / "v/dongli/corrections/index.html").read_text("utf-8")
    assert "（没有写更正）" in page
    assert "109.50 元，应是 99.50 元" in page


def test_a_withdrawn_text_is_nowhere(told: Path) -> None:
    assert not [path for path, content in tree(told).items() if "甲乙丙".encode() in content]


def test_an_old_sheet_is_told_what_differs(
    long: Repository, told: Path, browser: Browser, serve_folder: Callable[[Path], str]
) -> None:
    versions = long.history()["ledger/2025-09"]["versions"]
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    page = context.new_page()
    url = f"{serve_folder(told)}v/dongli/ledger/2025-09/?c="
    page.goto(url + versions[1]["codes"][0])
    verdict = page.locator(".verdict")
    assert verdict.get_attribute("data-verdict") == "superseded"
    words = verdict.inner_text()
    assert "您手里的是2025年10月12日的版本，和现在不一样的" in words
    assert "凭证号 9-03 的支出：109.50 改为 99.50" in words
    assert "本期合计的支出：2,610.00 改为 2,600.00" in words
    assert words.count("凭证号 9-02") == 1  # what lay between is no matter
    assert "改为 6,390.00" not in words
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.goto(url + versions[-1]["codes"][-1])
    assert verdict.get_attribute("data-verdict") == "current"
    context.close()
    said = publish_here("verify", versions[1]["codes"][0], cwd=long.folder).stdout
    assert "2025年9月收支账" in said
    assert "这是2025年10月12日的版本" in said
    assert "109.50 改为 99.50" in said


def test_a_list_whose_names_came_down_keeps_its_changes_to_itself(
    long: Repository, tmp_path: Path
) -> None:
    long.history()
    result = publish_here(
        "build", "--no-posters", "--today", "2026-03-01", "--out", str(tmp_path), cwd=long.folder
    )
    page = (tmp_path / "v/dongli/subsidies/2025Q3/index.html").read_text("utf-8")
    assert result.returncode in (0, 1)
    assert "随名单一起撤下了" in page
    assert "石*" not in page


def test_a_rebase_and_a_shallow_clone(long: Repository, tmp_path: Path) -> None:
    before = long.history()
    clone = tmp_path / "clone"
    subprocess.run(("git", "clone", "-q", f"file://{long.folder}", clone), check=True)
    other = Repository(clone)
    other.git("rebase", "-q", "--root", "--force-rebase", day="2025-11-19")
    shutil.rmtree(clone / ".git" / "rebase-merge", ignore_errors=True)
    after = other.history()
    assert after.keys() == before.keys()
    assert [v["codes"] for v in after["ledger/2025-09"]["versions"]] == [
        v["codes"] for v in before["ledger/2025-09"]["versions"]
    ]
    shallow = tmp_path / "shallow"
    subprocess.run(
        ("git", "clone", "-q", "--depth", "3", f"file://{long.folder}", shallow), check=True
    )
    said = Repository(shallow).run("history")
    assert "fetch --unshallow" in said
    known = yaml.safe_load((shallow / "villages" / DONGLI / "history.yaml").read_text("utf-8"))
    assert all("first" not in one for one in known)


def test_a_note_that_names_somebody_is_left_out(tmp_path: Path) -> None:
    made = begun(tmp_path)
    made.commit("开始", "2025-10-08")
    made.change(LEDGER, ("村部电费", "村部水电费"))
    made.commit("石立冬说电费写错了", "2025-10-12")
    made.change(NOTICE, ("5 盏", "6 盏"))
    made.commit("多装一盏", "2025-10-13")
    found = made.history()
    assert "reason" not in found["ledger/2025-09"]["versions"][1]
    assert len(edits(found["ledger/2025-09"]["versions"][1])) == 1
    assert found["notices/2025-09-20-ludeng-zhaopian"]["versions"][1]["reason"] == "多装一盏"
    assert (
        "history.yaml" not in made.run("check", "--no-posters", code=1).split("change-silent")[-1]
    )


def test_a_hand_written_history_is_judged_like_all_that_is_published(
    long: Repository, tmp_path: Path
) -> None:
    shutil.copytree(long.folder / "villages", tmp_path / "villages")
    shutil.copytree(long.folder / "content", tmp_path / "content")
    path = tmp_path / "villages" / DONGLI / "history.yaml"
    entry = {
        "record": "ledger/2025-09",
        "versions": [
            {"day": "2025-10-08", "codes": ["X"]},
            {
                "day": "2025-10-09",
                "codes": ["Y"],
                "edits": [{"kind": "added", "row": "石立冬领 200 元"}],
            },
        ],
    }
    path.write_text(f"- {json.dumps(entry, ensure_ascii=False)}\n", "utf-8")
    said = publish_here("build", "--no-posters", "--today", "2025-10-20", cwd=tmp_path)
    assert "history.yaml" in said.stderr
    assert "privacy" in said.stderr
    assert not [p for p, c in tree(tmp_path / "site").items() if "石立冬".encode() in c]
    path.write_text("- {record: ledger/2025-09, versions: [{day: 昨天}]}\n", "utf-8")
    assert "history.yaml:1" in publish_here("check", "--no-posters", cwd=tmp_path).stderr


def test_a_file_that_was_not_there_yet_and_a_day_that_no_calendar_has(tmp_path: Path) -> None:
    made = begun(tmp_path)
    made.change(NOTICE, ("- weizhi.txt", "- 图 表.csv"))
    made.commit("先写名字", "2025-10-08")
    write(made.village, "notices/图 表.csv", "一,二\n")
    made.commit("再放附件", "2025-10-09")
    made.git("add", "-A")
    moment = {"GIT_AUTHOR_DATE": "@99999999999999 +0000"}
    (made.folder / "notes.txt").write_text("x", "utf-8")
    made.git("add", "-A")
    names = ("-c", "user.name=x", "-c", "user.email=x@x")
    command = ("git", *names, "commit", "-q", "-m", "怪日子")
    subprocess.run(command, cwd=made.folder, env={**os.environ, **moment}, check=True)
    assert made.history()["ledger/2025-09"]["versions"]


def test_what_no_commit_knows_takes_no_history_away(tmp_path: Path) -> None:
    made = begun(tmp_path)
    (made.folder / ".gitignore").write_text("villages\n", "utf-8")
    made.commit("没有村", "2025-10-08")
    write(made.village, "history.yaml", "- {record: ledger/2025-09, first: 2025-10-01}\n")
    assert "什么也没有动" in made.run("history", code=2)
    assert (made.village / "history.yaml").exists()


def test_review_that_begins_later_keeps_what_was_public_before(tmp_path: Path) -> None:
    made = begun(tmp_path)
    made.commit("开始", "2025-10-08")
    made.change(LEDGER, *DEARER)
    made.commit("电费看错了", "2025-10-12")
    with (made.folder / "content/site.yaml").open("a", encoding="utf-8") as file:
        file.write("review:\n  - role: 镇纪委\n")
    made.run("approve", "--by", "林", "--role", "镇纪委", "--yes")
    made.commit("审核", "2025-10-20")
    made.run("history")
    text = (made.village / "approved/history.yaml").read_text("utf-8")
    found = {one["record"]: one for one in yaml.safe_load(text)}["ledger/2025-09"]
    assert [str(v["day"]) for v in found["versions"]] == ["2025-10-08", "2025-10-12"]
    assert str(found["first"]) == "2025-10-08"


def test_where_there_is_no_repository_it_says_so(tmp_path: Path) -> None:
    small_content(tmp_path)
    township(tmp_path)
    said = publish_here("history", cwd=tmp_path)
    assert said.returncode == 2
    assert "不在 git 仓库里" in said.stderr
