"""What a careless, an unlucky or a meddling hand may do to an import and to the files that it keeps."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from openpyxl import Workbook

from generator.importer.memory import form_of
from generator.intake.decoding import GridRow, Worksheet
from generator.intake.worksheets import read_worksheets
from generator.problems import Problem
from tests import fuzz_grids
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
from tests.township import CONTENT, real_content, township

TITLE = "西村2024年5月财务收支"
MAY = "qingshi/xicun/ledger/2024-05.csv"


@pytest.fixture
def villages(tmp_path: Path) -> Path:
    return township(tmp_path)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return workbook(tmp_path / "a.xlsx", {"1": month(TITLE, 5, 100)})


def undo(villages: Path) -> Run:
    done = publish_here("import", "--undo", "--villages", str(villages))
    return Run(done.returncode, done.stdout, done.stderr)


# ------------------------------------------------------------------------------ taking back


@pytest.mark.parametrize(
    "name",
    ["../outside.txt", "qingshi/../../outside.txt", "{root}/outside.txt", "away/outside.txt"],
)
def test_a_journal_never_leads_out_of_the_villages(
    tmp_path: Path, villages: Path, book: Path, name: str
) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("not ours", "utf-8")
    (villages / "away").symlink_to(tmp_path)
    run_import(book, villages)
    folder = villages / ".imports" / "0001"
    (folder / "before" / "1.txt").write_text("hostile", "utf-8")
    digest = hashlib.sha256(outside.read_bytes()).hexdigest()
    path = name.format(root=tmp_path)
    sound = yaml.safe_load((folder / "journal.yaml").read_text("utf-8"))["files"]
    entry = {"path": path, "sha256": digest, "before": 1 if ".." in name else 0}
    (folder / "journal.yaml").write_text(yaml.safe_dump({"files": [*sound, entry]}), "utf-8")
    left = everything(villages)
    done = undo(villages)
    assert (done.code, "不是导入写的" in done.err) == (2, True), done.err
    assert outside.read_text("utf-8") == "not ours"
    assert everything(villages) == left


def test_a_copy_that_is_a_link_or_is_gone_restores_nothing(
    tmp_path: Path, villages: Path, book: Path
) -> None:
    run_import(book, villages)
    lines = [list(line) for line in month(TITLE, 5, 100)]
    lines[4][3] = "卖木料"
    run_import(workbook(tmp_path / "b.xlsx", {"1": lines}), villages, "--replace")
    copy = villages / ".imports/0002/before/1.csv"
    copy.unlink()
    written = everything(villages)
    assert (undo(villages).code, everything(villages)) == (2, written)
    secret = tmp_path / "secret.csv"
    secret.write_text("not for the village", "utf-8")
    copy.symlink_to(secret)
    assert undo(villages).code == 2
    assert "卖木料" in (villages / MAY).read_text("utf-8-sig")


def test_a_folder_of_imports_that_is_a_link_is_left_alone(
    tmp_path: Path, villages: Path, book: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "0001").mkdir(parents=True)
    (elsewhere / "0001/journal.yaml").write_text("files: []", "utf-8")
    (villages / ".imports").symlink_to(elsewhere)
    for done in (undo(villages), run_import(book, villages)):
        assert (done.code, "是链接" in done.err) == (2, True), done.err
    assert (elsewhere / "0001/journal.yaml").is_file()
    assert not (villages / MAY).exists()


def test_an_import_that_was_broken_off_is_in_nobodys_way(villages: Path, book: Path) -> None:
    run_import(book, villages)
    (villages / ".imports/0002/before").mkdir(parents=True)  # off before the journal was there
    (villages / ".imports/说明.txt").write_text("not ours", "utf-8")
    assert undo(villages).code == 0
    assert not (villages / MAY).exists()
    run_import(book, villages)
    (villages / MAY).unlink()  # off after the journal and before the file
    done = undo(villages)
    assert (done.code, "0 份文件" in done.out) == (0, True), done.out


@pytest.mark.parametrize(
    "text",
    [
        "",
        "files",
        "files:\n  - 1",
        "files:\n  - path: []\n    sha256: x\n",
        "{",
        "：",
        "files: {a: b}",
    ],
)
def test_a_journal_that_is_none_is_said(villages: Path, book: Path, text: str) -> None:
    run_import(book, villages)
    (villages / ".imports/0001/journal.yaml").write_text(text, "utf-8")
    written = everything(villages)
    done = undo(villages)
    assert (done.code, everything(villages)) == (2, written)
    assert "不能撤回" in done.err


# ---------------------------------------------------------------------- where nothing can be written


def test_a_place_that_takes_no_file_is_said_and_nothing_is_written(
    tmp_path: Path, villages: Path
) -> None:
    (villages / "qingshi/xicun/cadres").write_text("a file where a folder should be", "utf-8")
    before = everything(villages)
    title = "西村2024年三季度村干部工资表"
    lines = [[title], ["姓名", "职务", "应发合计", "实发合计"], ["石大", "主任", 9000, 9000]]
    book = workbook(
        tmp_path / "b.xlsx",
        {"工资": [*lines, ["公开日期", "2024-11-05"]], "5月": month(TITLE, 5, 100)},
    )
    done = run_import(book, villages)
    assert (done.code, "写不进" in done.err) == (2, True), (done.out, done.err)
    assert everything(villages) == before


def test_a_folder_in_the_place_of_a_file_is_not_replaced(villages: Path, book: Path) -> None:
    (villages / MAY).mkdir()
    done = run_import(book, villages, "--replace")
    assert (done.code, "这一份没有写" in done.out) == (1, True), done.out
    assert (villages / MAY).is_dir()


def test_an_item_folder_that_leads_to_another_village_takes_nothing(
    tmp_path: Path, villages: Path, book: Path
) -> None:
    folder = villages / "qingshi/xicun/ledger"
    folder.rename(tmp_path / "ledger")
    folder.symlink_to(villages / "qingshi/dongli/ledger")
    before = everything(villages)
    done = run_import(book, villages)
    assert done.code == 2, done.out
    assert "是链接" in done.err
    assert everything(villages) == before


# ------------------------------------------------------------------------------ what stands there


def changed_month() -> Lines:
    lines = [list(line) for line in month(TITLE, 5, 100)][:-1]  # without 公开日期
    lines[4][3] = "卖木料"
    return lines


def test_statements_of_a_faulty_file_are_not_lost(
    tmp_path: Path, villages: Path, book: Path
) -> None:
    run_import(book, villages)
    target = villages / MAY
    text = target.read_text("utf-8-sig").replace("电费", "电费").replace("1200.00", "12oo元整吧")
    target.write_text(text + "更正,2025-02-01,第3行摘要写错\r\n", "utf-8-sig")
    new = workbook(tmp_path / "b.xlsx", {"1": changed_month()})
    done = run_import(new, villages, "--replace")
    assert done.code == 0, done.out
    assert rows_of(target)[-2:] == [
        ["公开日期", "2025-01-08"],
        ["更正", "2025-02-01", "第3行摘要写错"],
    ]


@pytest.mark.parametrize(
    "faulty",
    [
        "更正,二月一日前后,第3行摘要写错\r\n".encode(),
        "没有,表头,\r\n更正,2025-02-01,第3行摘要写错\r\n".encode(),
        b'\xff\xff"',
        "日期,摘要,收入,支出\r\n公开日期,不记得了\r\n".encode(),
    ],
)
def test_a_file_whose_statements_cannot_be_read_is_not_replaced(
    tmp_path: Path, villages: Path, book: Path, faulty: bytes
) -> None:
    run_import(book, villages)
    target = villages / MAY
    target.write_bytes(target.read_bytes() + faulty if faulty.startswith("更".encode()) else faulty)
    there = target.read_bytes()
    new = workbook(tmp_path / "b.xlsx", {"1": changed_month()})
    done = run_import(new, villages, "--replace", "--published", "2025-01-08")
    assert (done.code, target.read_bytes()) == (1, there), done.out
    assert "公开日期或更正读不出来" in done.out


# -------------------------------------------------------------------- answers where they do not belong


def asked(file: Path) -> list[str]:
    """The questions in a file that are open."""
    entries = yaml.safe_load(file.read_text("utf-8"))["questions"]
    return [e["question"] for e in entries if e.get("question") and not e["answer"]]


def contracts(row: Sequence[object]) -> Lines:
    return [
        ["西村2024年度合同"],
        ["合同编号", "名称", "承包方", "年租金"],
        ["HT-1", "鱼塘承包", "石大", 100],
        list(row),
        ["公开日期", "2024-12-05"],
    ]


def test_an_amount_that_was_filled_in_once_is_not_remembered(
    tmp_path: Path, villages: Path
) -> None:
    file = tmp_path / "answers.yaml"
    lines = [list(line) for line in month(TITLE, 5, 100)]
    lines[5][3] = ""
    book = workbook(tmp_path / "a.xlsx", {"1": lines})
    run_import(book, villages, "--answers", str(file))
    assert len(asked(file)) == 1
    answer(file, 空着="付泵站电费")
    assert run_import(book, villages, "--answers", str(file)).code == 0
    assert "付泵站电费" in (villages / MAY).read_text("utf-8-sig")
    lines = [list(line) for line in month("西村2024年6月财务收支", 6, 1100)]
    lines[5][3] = ""
    following = workbook(tmp_path / "b.xlsx", {"1": lines})
    done = run_import(following, villages, "--answers", str(file))
    assert (done.code, len(asked(file))) == (2, 1), done.out


def test_rows_of_one_name_are_filled_each_by_its_own_answer(tmp_path: Path, villages: Path) -> None:
    lines = [*contracts(["", "果园承包", "石二", 200])[:4], ["", "果园承包", "石三", 300]]
    book = workbook(tmp_path / "a.xlsx", {"1": [*lines, ["公开日期", "2024-12-05"]]})
    file = tmp_path / "answers.yaml"
    run_import(book, villages, "--item", "contracts", "--answers", str(file))
    assert [words[:12] for words in asked(file)] == ["“果园承包第 4 行”这", "“果园承包第 5 行”这"]


def test_an_answer_for_one_village_or_group_is_none_for_another(
    tmp_path: Path, villages: Path
) -> None:
    file = tmp_path / "answers.yaml"

    def books(title: str, number: int) -> Path:
        return workbook(tmp_path / f"{title}.xlsx", {"Sheet1": month(title, number, 100)})

    first = books("西村三组2024年5月财务收支", 5)
    run_import(first, villages, "--answers", str(file))
    assert len(asked(file)) == 1
    entry = yaml.safe_load(file.read_text("utf-8"))["questions"][0]
    answer(file, **{entry["question"]: "村民委员会账"})
    done = run_import(first, villages, "--answers", str(file))
    assert done.code == 0, done.out
    assert run_import(books("西村三组2024年6月财务收支", 6), villages).code in (
        0,
        1,
    )  # as remembered
    for title in ("东里村三组2024年5月财务收支", "西村四组2024年7月财务收支"):
        done = run_import(books(title, 7 if "7" in title else 5), villages)
        assert (done.code, "1 个问题" in done.out) == (2, True), done.out


def test_an_answers_file_used_again_says_nothing_of_other_sheets(
    tmp_path: Path, villages: Path
) -> None:
    file = tmp_path / "answers.yaml"
    book = workbook(
        tmp_path / "收支.xlsx",
        {
            "1": [
                ["西村财务收支"],
                ["日期", "摘要", "收入", "支出"],
                ["5日", "卖树", 5, ""],
                ["公开日期", "2025-01-08"],
            ]
        },
    )
    run_import(book, villages, "--item", "ledger", "--answers", str(file))
    answer(file, 哪一期="2024-05")
    done = run_import(book, villages, "--item", "ledger", "--answers", str(file))
    assert done.code == 0, done.out
    book = workbook(
        tmp_path / "收支.xlsx",
        {
            "1": [
                ["西村财务收支"],
                ["日期", "摘要", "收入", "支出"],
                ["6日", "卖鱼", 7, ""],
                ["公开日期", "2025-02-08"],
            ]
        },
    )
    done = run_import(book, villages, "--item", "ledger", "--answers", str(file))
    assert (done.code, len(asked(file))) == (2, 1), done.out


@pytest.mark.parametrize(
    "text",
    [
        "questions:\n  - id: [1]\n",
        "questions：\n  - id: a\n",
        "questions:\n  - id: a\n    answer: [1, 2]\n",
        "questions:\n  - id: a\n    answer：“好”\n",
        "{",
        "answer: !!python/object/apply:os.system [echo]\n",
    ],
)
def test_an_answers_file_that_was_broken_is_named_and_left_alone(
    tmp_path: Path, villages: Path, book: Path, text: str
) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text(text, "utf-8")
    done = run_import(book, villages, "--answers", str(file))
    assert (done.code, "回答的文件" in done.err) == (2, True), (done.out, done.err)
    assert file.read_text("utf-8") == text
    forms = villages / "qingshi/forms.yaml"
    forms.write_text(text.replace("questions", "forms"), "utf-8")
    done = run_import(book, villages)
    assert (done.code, "记着回答的文件" in done.err) == (2, True), (done.out, done.err)
    assert not (villages / MAY).exists()


def test_answers_that_nobody_asked_for_are_kept_and_do_nothing(
    tmp_path: Path, villages: Path, book: Path
) -> None:
    file = tmp_path / "answers.yaml"
    lines = "".join(f"  - {{id: x{n}, answer: 公开}}\n" for n in range(3_000))
    file.write_text(f"questions:\n{lines}", "utf-8")
    assert run_import(book, villages, "--answers", str(file)).code == 0


# ----------------------------------------------------------------------------------- the form


def form(lines: Lines, name: str = "Sheet1") -> str:
    rows = tuple(GridRow(n, tuple(map(str, line))) for n, line in enumerate(lines, start=1))
    return form_of([Worksheet(name, rows)], real_content()[0], ["西村", "东里村"]).id


def headed(title: str, *headings: str) -> Lines:
    return [[title], list(headings), ["x"] * len(headings), ["1"] * len(headings)]


LEDGER = ("日期", "摘要", "收入", "支出")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (headed("西村2024年5月财务收支", *LEDGER), headed("西村2024年11月财务收支", *LEDGER)),
        (headed("西村二〇二四年五月收支", *LEDGER), headed("西村二〇二四年十月收支", *LEDGER)),
        (headed("西村2024年一季度收支", *LEDGER), headed("东里村2025年第四季度收支", *LEDGER)),
        (headed("西村2024年上半年收支", *LEDGER), headed("西村2024年下半年收支", *LEDGER)),
        (
            headed("西村工资", "姓名", "7月", "8月", "9月"),
            headed("西村工资", "姓名", "10月", "11月", "12月"),
        ),
        (headed("2024年5月的表", "甲乙", "丙丁"), headed("2024年6月的表", "甲乙", "丙丁")),
        (headed("截至2024年9月30日", *LEDGER), headed("截至2024年10月31日", *LEDGER)),
    ],
)
def test_a_form_is_the_same_from_month_to_month(one: Lines, other: Lines) -> None:
    assert form(one, "5月") == form(other, "11月")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (headed("西村本月收支", *LEDGER), headed("西村本年收支", *LEDGER)),
        (headed("西村期初余额", *LEDGER), headed("西村期末余额", *LEDGER)),
        (headed("收支", "日期", "收入", "支出"), headed("收支", "日期", "支出", "收入")),
        (headed("收支", "日期", "收入（元）"), headed("收支", "日期", "收入（万元）")),
        (headed("应收款", *LEDGER), headed("应付款", *LEDGER)),
        (headed("单位：元", *LEDGER), headed("单位：万元", *LEDGER)),
        (headed("收支", "日期", "本月数"), headed("收支", "日期", "本年数")),
    ],
)
def test_what_means_another_thing_is_another_form(one: Lines, other: Lines) -> None:
    assert form(one) != form(other)


# --------------------------------------------------------------------------------- what is told


def test_questions_and_what_is_remembered_name_nobody_who_is_hidden(
    tmp_path: Path, villages: Path
) -> None:
    path = villages / "qingshi/xicun/village.yaml"
    path.write_text(path.read_text("utf-8") + "\nmasks: strict\n", "utf-8")
    lines = [
        ["西村2025年第三季度耕地补贴公示表"],
        ["姓名", "小组", "补贴项目", "补贴金额", "身份证号码", "联系电话"],
        ["石阿大", "一组", "耕地地力保护补贴", "", "000000190001010011", "13900000001"],
        ["石阿二", "一组", "耕地地力保护补贴", "120", "000000190001010022", "13900000002"],
        ["公开日期", "2025-10-08"],
    ]
    file = tmp_path / "answers.yaml"
    book = workbook(tmp_path / "名单.xlsx", {"Sheet1": lines})
    done = run_import(book, villages, "--answers", str(file), "--item", "subsidies")
    assert done.code == 2, done.out
    assert asked(file)
    told = done.out + file.read_text("utf-8")
    for secret in ("石阿大", "石阿二", "000000190001010011", "13900000001"):
        assert secret not in told


# ----------------------------------------------------------------------------------- odd files


def test_names_of_files_that_are_no_text_or_too_long(tmp_path: Path, villages: Path) -> None:
    book = titled("财务收支", "a.xlsx", tmp_path)
    odd = os.fsencode(str(tmp_path)) + b"/\xce\xe5\xd4\xc2.xlsx"
    book.rename(os.fsdecode(odd))
    file = tmp_path / "answers.yaml"
    done = run_import(Path(os.fsdecode(odd)), villages, "--answers", str(file))
    assert (done.code, len(asked(file))) == (2, 1), done.err
    done = run_import(tmp_path / ("长" * 300 + ".xlsx"), villages)
    assert (done.code, "找不到文件" in done.err) == (2, True)


def test_one_stray_cell_far_away_makes_no_row_broad(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["西村2024年5月财务收支"])
    sheet.cell(3, 3000).value = "x"
    book.save(tmp_path / "a.xlsx")
    sheets = read_worksheets(tmp_path / "a.xlsx", "a.xlsx")
    assert not isinstance(sheets, Problem)
    assert [len(row.cells) for row in sheets[0].rows] == [1, 0, 3000]


def test_a_copy_of_a_file_is_no_question(tmp_path: Path, villages: Path, book: Path) -> None:
    folder = tmp_path / "表"
    folder.mkdir()
    for name in ("a.xlsx", "a - 副本.xlsx"):
        (folder / name).write_bytes(book.read_bytes())
    (folder / "~$a.xlsx").write_bytes(b"open in another program")
    done = run_import(folder, villages)
    assert (done.code, "和它一样，只写一份" in done.out) == (0, True), done.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((" ",), "文件名是空的"),
        (("a.xlsx", "--undo"), "后面不写文件"),
        (("a.xlsx", "--answers", "{here}/no/such/answers.yaml"), "写不进"),
    ],
)
def test_words_that_would_do_something_else(
    tmp_path: Path, villages: Path, words: tuple[str, ...], said: str
) -> None:
    titled("财务收支", "a.xlsx", tmp_path)
    given = [word.format(here=tmp_path) for word in words]
    done = publish_here(
        "import", *given, "--villages", str(villages), "--content", str(CONTENT), cwd=tmp_path
    )
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr


# ------------------------------------------------------------------------------- any grid at all


def test_any_grid_is_read_and_what_is_clean_stays_so() -> None:
    outcomes, faults = fuzz_grids.run(230)
    assert not faults
    assert outcomes["clean"] > 3
