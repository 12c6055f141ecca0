"""What `import` asks, how it is answered, what it remembers, and how it is taken back."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
import yaml

from tests.commands import publish_here
from tests.importing import (
    Lines,
    Run,
    answer,
    everything,
    month,
    rows_of,
    run_import,
    titled,
    workbook,
)
from tests.township import ROOT, township

CADRES: Lines = [
    ["西村2024年10月份村干部工资表"],
    ["姓名", "职务", "基本工资", "应发合计", "实发合计"],
    ["石大", "主任", 3000, 3000, 3000],
    ["公开日期", "2024-11-05"],
]


@pytest.fixture
def villages(tmp_path: Path) -> Path:
    return township(tmp_path)


def test_questions_stand_in_a_file_and_its_answers_are_taken(
    tmp_path: Path, villages: Path
) -> None:
    book = titled("西村2024年5月财务收支", "a.xlsx", tmp_path)
    file = tmp_path / "answers.yaml"
    done = run_import(book, villages, "--answers", str(file))
    assert (done.code, "1 个问题" in done.out) == (2, True), done.out
    asked = yaml.safe_load(file.read_text("utf-8"))["questions"]
    assert [entry["question"] for entry in asked] == [
        "没有写哪一天公开的，公示期从哪天算起不清楚。"
    ]
    assert asked[0]["choices"] == [
        {"answer": "以后再写", "publishes": "先公开，没有公示期，页面上不写到哪天为止"}
    ]
    assert asked[0]["answer"] is None
    answer(file, 哪一天公开="2024-06-05")
    done = run_import(book, villages, "--answers", str(file))
    assert done.code == 0, done.out
    assert rows_of(villages / "qingshi/xicun/ledger/2024-05.csv")[-1] == ["公开日期", "2024-06-05"]


def test_an_answer_that_is_none_is_asked_again(tmp_path: Path, villages: Path) -> None:
    book = titled("西村2024年5月财务收支", "a.xlsx", tmp_path)
    file = tmp_path / "answers.yaml"
    run_import(book, villages, "--answers", str(file))
    answer(file, 哪一天公开="明天")
    done = run_import(book, villages, "--answers", str(file))
    assert (done.code, "写了 0 份文件，1 个问题" in done.out) == (2, True), done.out


def test_a_folder_goes_in_at_once_and_one_question_is_asked_for_all(
    tmp_path: Path, villages: Path
) -> None:
    folder = tmp_path / "表"
    folder.mkdir()
    titled("西村2024年5月财务收支", "a.xlsx", folder)
    titled("东里村2024年5月财务收支", "b.xlsx", folder)
    (folder / "坏的.xlsx").write_bytes(b"PK\x03\x04 broken")
    (folder / "说明.txt").write_text("不是表格", "utf-8")
    done = run_import(folder, villages)
    assert "写了 0 份文件，1 个问题，1 份没有收" in done.out
    assert done.out.count("没有写哪一天公开的") == 1
    done = run_import(folder, villages, "--published", "2024-06-05")
    assert "写了 2 份文件，1 份没有收" in done.out
    for village in ("xicun", "dongli"):
        path = villages / f"qingshi/{village}/ledger/2024-05.csv"
        assert rows_of(path)[-1] == ["公开日期", "2024-06-05"]


def test_a_month_of_what_is_told_by_the_quarter_is_asked_once_and_remembered(
    tmp_path: Path, villages: Path
) -> None:
    book = workbook(tmp_path / "10月.xlsx", {"10月工资": CADRES})
    file = tmp_path / "answers.yaml"
    done = run_import(book, villages, "--answers", str(file))
    assert done.code == 2
    assert "这张表是2024年10月的，“村干部报酬”按目录是每季度公开一次。" in done.out
    assert not (villages / "qingshi/xicun/cadres").exists()
    answer(file, 这张表是2024年10月的="单独公开")
    assert run_import(book, villages, "--answers", str(file)).code == 0
    remembered = yaml.safe_load((villages / "qingshi/forms.yaml").read_text("utf-8"))["forms"]
    assert [entry["answer"] for entry in remembered[0]["answers"]] == ["单独公开"]
    assert "西村" not in remembered[0]["title"]

    lines = [["西村2024年11月份村干部工资表"], *CADRES[1:3], ["公开日期", "2024-12-05"]]
    following = workbook(tmp_path / "11月.xlsx", {"11月工资": lines})
    done = run_import(following, villages)
    assert done.code == 0, done.out
    assert (villages / "qingshi/xicun/cadres/2024-11.csv").is_file()


def test_what_is_to_wait_is_not_written(tmp_path: Path, villages: Path) -> None:
    book = workbook(tmp_path / "10月.xlsx", {"10月工资": CADRES})
    file = tmp_path / "answers.yaml"
    run_import(book, villages, "--answers", str(file))
    answer(file, 这张表是2024年10月的="先不写")
    done = run_import(book, villages, "--answers", str(file))
    assert done.code == 0, done.out
    assert "2024年10月的表先不写" in done.out
    assert not (villages / "qingshi/xicun/cadres").exists()


def test_an_empty_cell_is_asked_for_by_the_name_of_its_row(tmp_path: Path, villages: Path) -> None:
    lines = [
        ["西村2024年度合同"],
        ["合同编号", "名称", "承包方", "年租金"],
        ["HT-1", "鱼塘承包", "石大", 100],
        ["", "果园承包", "石二", 200],
        ["公开日期", "2024-12-05"],
    ]
    book = workbook(tmp_path / "a.xlsx", {"Sheet1": lines})
    file = tmp_path / "answers.yaml"
    done = run_import(book, villages, "--answers", str(file))
    assert "“果园承包”这一行的“合同编号”空着" in done.out
    answer(file, 果园承包="HT-2")
    assert run_import(book, villages, "--answers", str(file)).code == 0
    written = rows_of(villages / "qingshi/xicun/contracts/2024.csv")
    assert [row[0] for row in written[1:3]] == ["HT-1", "HT-2"]


def test_two_tables_for_one_file_are_a_question(tmp_path: Path, villages: Path) -> None:
    sheets = {
        "5月": month("西村2024年财务收支", 5, 100),
        "5月改": month("西村2024年5月财务收支", 5, 300),
    }
    book = workbook(tmp_path / "a.xlsx", sheets)
    file = tmp_path / "answers.yaml"
    done = run_import(book, villages, "--answers", str(file))
    assert "不止一张表要写进 ledger/2024-05.csv" in done.out
    answer(file, 不止一张表="a.xlsx［5月改］")
    assert run_import(book, villages, "--answers", str(file)).code == 0
    assert rows_of(villages / "qingshi/xicun/ledger/2024-05.csv")[1][6] == "300.00"


@pytest.mark.parametrize(
    ("options", "target"),
    [
        (("--village", "西村", "--item", "财务收支", "--period", "2024年5月"), "ledger/2024-05"),
        (
            ("--village", "qingshi/xicun", "--item", "ledger", "--period", "2024年二季度"),
            "ledger/2024Q2",
        ),
        (("--village", "xicun", "--period", "截至2024年5月底"), "ledger/2024-05"),
        (
            ("--village", "xicun", "--account", "村民委员会账", "--period", "2024-05"),
            "ledger/2024-05",
        ),
    ],
)
def test_names_are_taken_where_codes_are(
    tmp_path: Path, villages: Path, options: tuple[str, ...], target: str
) -> None:
    book = workbook(tmp_path / "收支.xlsx", {"表": month("财务收支", 5, 100)})
    done = run_import(book, villages, *options, "--dry-run")
    assert f"villages/qingshi/xicun/{target}.csv" in done.out, done.out


def test_an_option_is_never_overruled_by_headings(tmp_path: Path, villages: Path) -> None:
    lines = [
        ["西村2024年三季度惠民补贴发放"],
        ["户主", "组别", "项目", "金额"],
        ["石大", "一组", "种粮补贴", 100],
        ["公开日期", "2024-10-01"],
    ]
    book = workbook(tmp_path / "a.xlsx", {"Sheet1": lines})
    for options, item in (((), "subsidies"), (("--item", "临时救助"), "relief")):
        done = run_import(book, villages, *options, "--dry-run")
        assert f"xicun/{item}/2024Q3.csv" in done.out, done.out
    done = run_import(book, villages, "--item", "村民反映与办理")
    assert "没有认出“村民反映与办理”的表头" in done.out
    assert done.code == 1


def test_what_the_villages_file_says_of_publication_and_corrections_is_not_lost(
    tmp_path: Path, villages: Path
) -> None:
    target = villages / "qingshi/xicun/ledger/2024-05.csv"
    title = "西村2024年5月财务收支"
    run_import(workbook(tmp_path / "a.xlsx", {"1": month(title, 5, 100)}), villages)
    with target.open("a", encoding="utf-8") as file:
        file.write("更正,2025-02-01,第3行摘要写错\r\n")
    lines = [list(line) for line in month(title, 5, 100)][:-1]  # without 公开日期
    lines[4][3] = "卖木料"
    done = run_import(workbook(tmp_path / "b.xlsx", {"1": lines}), villages, "--replace")
    assert done.code == 0, done.out
    assert rows_of(target)[-2:] == [
        ["公开日期", "2025-01-08"],
        ["更正", "2025-02-01", "第3行摘要写错"],
    ]
    assert "卖木料" in target.read_text("utf-8-sig")


def test_the_last_import_is_taken_back_byte_for_byte(tmp_path: Path, villages: Path) -> None:
    title = "西村2024年5月财务收支"
    run_import(workbook(tmp_path / "a.xlsx", {"1": month(title, 5, 100)}), villages)
    before = everything(villages)
    lines = [list(line) for line in month(title, 5, 100)]
    lines[4][3] = "卖木料"
    sheets = {"5月": lines, "6月": month("西村2024年财务收支", 6, 1100)}
    assert run_import(workbook(tmp_path / "b.xlsx", sheets), villages, "--replace").code == 0
    assert everything(villages) != before
    done = publish_here("import", "--undo", "--villages", str(villages))
    assert done.returncode == 0, done.stderr
    assert "还原成原来的：qingshi/xicun/ledger/2024-05.csv" in done.stdout
    assert "删去新写的：qingshi/xicun/ledger/2024-06.csv" in done.stdout
    assert everything(villages) == before
    publish_here("import", "--undo", "--villages", str(villages))
    assert not (villages / "qingshi/xicun/ledger/2024-05.csv").exists()
    done = publish_here("import", "--undo", "--villages", str(villages))
    assert (done.returncode, "没有可以撤回的导入" in done.stderr) == (2, True)


def test_what_was_changed_since_is_not_taken_back(tmp_path: Path, villages: Path) -> None:
    target = villages / "qingshi/xicun/ledger/2024-05.csv"
    book = workbook(tmp_path / "a.xlsx", {"1": month("西村2024年5月财务收支", 5, 100)})
    run_import(book, villages)
    target.write_text(target.read_text("utf-8-sig") + "\n", "utf-8-sig")
    changed = target.read_bytes()
    done = publish_here("import", "--undo", "--villages", str(villages))
    assert (done.returncode, target.read_bytes()) == (1, changed)
    assert "后来又改过，没有动：qingshi/xicun/ledger/2024-05.csv" in done.stdout


def test_a_person_at_the_terminal_is_asked_there(tmp_path: Path, villages: Path) -> None:
    book = titled("财务收支", "2024年5月.xlsx", tmp_path)
    done = at_terminal(book, villages, "西 村\n1\n2024-06-05\n")
    assert done.code == 0, done.out
    assert "没有这个回答，请写编号或照抄上面的说法。" in done.out
    written = villages / "qingshi/dongli/ledger/2024-05.csv"
    assert rows_of(written)[-1] == ["公开日期", "2024-06-05"]


def test_a_period_that_is_none_is_asked_again_at_the_terminal(
    tmp_path: Path, villages: Path
) -> None:
    book = titled("东里村财务收支", "收支.xlsx", tmp_path)
    done = typed_here(book, villages, "五月\n2024-05\n2024-06-05\n")
    assert done.code == 0, done.out
    assert done.out.count("“五月”没有看懂，请照例子的样子写。") == 1
    assert (villages / "qingshi/dongli/ledger/2024-05.csv").is_file()


def typed_here(book: Path, villages: Path, typed: str) -> Run:
    """The same in this process, whose start it saves."""
    outer, inner = pty.openpty()
    os.write(outer, typed.encode())
    with open(inner, encoding="utf-8") as terminal, patch.object(sys, "stdin", terminal):  # noqa: PTH123
        done = run_import(book, villages)
    os.close(outer)
    return done


def at_terminal(book: Path, villages: Path, typed: str) -> Run:
    """Run import with a terminal of its own, on which these lines are typed."""
    outer, inner = pty.openpty()
    command = [sys.executable, "publish.py", "import", str(book), "--villages", str(villages)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=inner, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        os.close(inner)
        os.write(outer, typed.encode())
        out, err = process.communicate(timeout=120)
    os.close(outer)
    return Run(process.returncode, out.decode(), err.decode())


def test_files_that_name_no_village_are_asked_about_once(tmp_path: Path, villages: Path) -> None:
    """One answer for all of them, or one for each; the answer is none for other files."""
    books = tmp_path / "books"
    books.mkdir()
    for number, opening in ((5, 100), (6, 1100)):
        lines = month(f"2024年{number}月财务收支", number, opening)
        workbook(books / f"{number}月.xlsx", {"收支": lines})
    file = tmp_path / "answers.yaml"
    options = ("--published", "2024-07-05", "--answers", str(file))
    done = run_import(books, villages, *options)
    (asked,) = yaml.safe_load(file.read_text("utf-8"))["questions"]
    assert (done.code, asked["where"]) == (2, ["5月.xlsx", "6月.xlsx"])
    answer(file, 哪个村="不是同一个村的")
    assert run_import(books, villages, *options).code == 2
    entries = yaml.safe_load(file.read_text("utf-8"))["questions"]
    assert [entry["where"] for entry in entries if "where" in entry] == [["5月.xlsx"], ["6月.xlsx"]]
    file.unlink()
    run_import(books, villages, *options)
    answer(file, 哪个村="西村")
    done = run_import(books, villages, *options)
    assert (done.code, "写了 2 份文件" in done.out) == (0, True), done.out
    assert (villages / "qingshi/xicun/ledger/2024-06.csv").is_file()
    lines = month("2024年7月财务收支", 7, 100)
    workbook(books / "7月.xlsx", {"收支": lines})
    assert "看不出是哪个村的表" in run_import(books, villages, *options).out
