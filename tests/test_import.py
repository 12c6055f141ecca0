"""`publish.py import` as a clerk meets it: an office's workbook in, clean files out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from generator.importer import Request, carry_out, plan_at, plan_import
from generator.importer.desk import set_desk
from generator.importer.destinations import account_of, stranger_in, village_of
from generator.importer.drafts import Workbook as Book
from generator.importer.plan import draft_worksheets
from generator.importer.results import make_parts
from generator.intake.periods import mention, period_of
from generator.intake.tables import read_table
from generator.intake.worksheets import TABLE_ENDINGS, read_worksheets
from generator.model.village import Account
from generator.problems import Problem
from tests.importing import (
    everything,
    month,
    rows_of,
    run_import,
    workbook,
)
from tests.township import CONTENT, ROOT, TODAY, examine, real_content, township

OFFICES = [
    path
    for path in sorted((ROOT / "tests" / "fixtures" / "offices").iterdir())
    if path.suffix in TABLE_ENDINGS
]
MONTH = "日期,摘要,收入,支出\n2024-05-06,卖树,100,\n".encode()


@pytest.fixture
def villages(tmp_path: Path) -> Path:
    return township(tmp_path)


def test_a_year_in_twelve_sheets_becomes_twelve_files(tmp_path: Path, villages: Path) -> None:
    sheets = {f"{n}月": month("东里村财务收支公开表", n, n * 1000) for n in range(1, 13)}
    book = workbook(tmp_path / "2024年收支.xlsx", sheets)
    before = everything(villages)
    done = run_import(book, villages)
    assert done.code == 0, done.out
    new = everything(villages).keys() - before.keys() - {".imports/0001/journal.yaml"}
    assert new == {f"qingshi/dongli/ledger/2024-{n:02}.csv" for n in range(1, 13)}
    assert rows_of(villages / "qingshi/dongli/ledger/2024-03.csv") == [
        ["日期", "凭证号", "摘要", "科目", "收入", "支出", "余额"],
        ["", "", "上月结转", "", "", "", "3000.00"],
        ["2024-03-05", "3-01", "卖树", "501", "1200.00", "", "4200.00"],
        ["2024-03-09", "3-02", "电费", "管理费用", "", "200.00", "4000.00"],
        ["", "", "本月合计", "", "1200.00", "200.00", ""],
        ["", "", "月末结余", "", "", "", "4000.00"],
        ["公开日期", "2025-01-08"],
    ]
    for words in (
        "“记账日期” → 日期",
        "“1,200.00” → 1200.00",
        "“3月9日” → 2024-03-09",
        "第 1 行（标题）：东里村财务收支公开表",
        "第 10 行（表下的说明）：制表人：邵文  审核人：方守信",
        "写了 12 份文件",
    ):
        assert words in done.out
    # What was written has no fault in the eyes of the checks, and again is no change.
    assert examine(villages).problems == ()
    again = run_import(book, villages)
    assert again.code == 0, again.err
    assert again.out.count("已经有了，内容一样") == 12
    assert "写了 0 份文件" in again.out


def test_subsidies_in_wan_lose_titles_and_private_columns(tmp_path: Path, villages: Path) -> None:
    lines = [
        ["西村2025年第三季度耕地补贴公示表"],
        ["姓名", "小组", "补贴项目", "补贴金额", "身份证号码", "银行账号"],
        ["石大", "一组", "耕地地力保护补贴", "1.2万元", "000000190001010011", "0000 0000 0001"],
        ["石 二", "第1 组", "耕地地力保护补贴", "1.2万元", "000000190001010022", "0000 0000 0002"],
        ["合计", "", "", 24000, "", ""],
        ["公开日期", "2025-10-08"],
        ["制表人：石三 000000190001010033"],
    ]
    book = workbook(tmp_path / "名单.xlsx", {"Sheet1": lines})
    done = run_import(book, villages)
    assert done.code == 0, done.out
    assert rows_of(villages / "qingshi/xicun/subsidies/2025Q3.csv") == [
        ["户主", "组别", "项目", "金额"],
        ["石大", "一组", "耕地地力保护补贴", "12000.00"],
        ["石二", "第1组", "耕地地力保护补贴", "12000.00"],
        ["", "", "合计", "24000.00"],
        ["公开日期", "2025-10-08"],
    ]
    assert "“1.2万元” → 12000.00 ×2" in done.out
    assert "个人信息，没有带过来：身份证号、银行卡号" in done.out
    assert "“石 二” → 石二" in done.out
    assert "制表人：石三 ******" in done.out
    assert "0000001900010100" not in done.out


def test_sheets_named_by_account_go_to_their_books(tmp_path: Path, villages: Path) -> None:
    settings = villages / "qingshi/xicun/village.yaml"
    first = "  - {id: village, title: 村民委员会账, owner: 西村村民委员会}\n"
    text = settings.read_text("utf-8")
    assert first in text
    coop = "  - {id: coop, title: 股份经济合作社账, owner: 西村股份经济合作社}\n"
    settings.write_text(text.replace(first, first + coop), "utf-8")
    sheets = {
        "村委会": month("西村2024年5月财务公开", 5, 100),
        "合作社": month("西村2024年5月财务公开", 5, 900),
    }
    done = run_import(workbook(tmp_path / "收支.xlsx", sheets), villages)
    assert done.code == 0, done.out
    assert rows_of(villages / "qingshi/xicun/ledger/2024-05.csv")[1][6] == "100.00"
    assert rows_of(villages / "qingshi/xicun/ledger/2024-05.coop.csv")[1][6] == "900.00"


def test_a_csv_as_excel_saves_it_in_china(tmp_path: Path, villages: Path) -> None:
    file = tmp_path / "西村2024年4月.csv"
    lines = ["日期,凭证号,摘要,收入,支出,余额", "2024.4.5,4-1,卖树,￥100,,100", "公开日期,2024.5.8"]
    file.write_bytes("\r\n".join(lines).encode("gb18030"))
    done = run_import(file, villages)
    assert done.code == 0, done.out
    assert rows_of(villages / "qingshi/xicun/ledger/2024-04.csv") == [
        ["日期", "凭证号", "摘要", "收入", "支出", "余额"],
        ["2024-04-05", "4-1", "卖树", "100.00", "", "100.00"],
        ["公开日期", "2024-05-08"],
    ]


def test_nothing_happened_stays_said(tmp_path: Path, villages: Path) -> None:
    lines = [["户主", "救助类别", "金额", "救助日期"], ["本期无发生"], ["公开日期", "2025-07-08"]]
    book = workbook(tmp_path / "西村2025年二季度临时救助.xlsx", {"Sheet1": lines})
    assert run_import(book, villages).code == 0
    assert rows_of(villages / "qingshi/xicun/relief/2025Q2.csv")[1:] == [
        ["本期无发生"],
        ["公开日期", "2025-07-08"],
    ]


def test_a_dry_run_writes_nothing(tmp_path: Path, villages: Path) -> None:
    book = workbook(tmp_path / "收支.xlsx", {"5月": month("西村2024年财务收支", 5, 100)})
    before = everything(villages)
    done = run_import(book, villages, "--dry-run")
    assert done.code == 0, done.out
    assert "villages/qingshi/xicun/ledger/2024-05.csv" in done.out
    assert "去掉 --dry-run 会写 1 份文件" in done.out
    assert everything(villages) == before


def test_what_is_there_is_replaced_only_when_told(tmp_path: Path, villages: Path) -> None:
    target = villages / "qingshi/xicun/ledger/2024-05.csv"
    title = "西村2024年5月财务收支"
    assert (
        run_import(workbook(tmp_path / "a.xlsx", {"1": month(title, 5, 100)}), villages).code == 0
    )
    before = target.read_bytes()
    lines = [list(line) for line in month(title, 5, 100)]
    lines[4][3] = "卖木料"
    book = workbook(tmp_path / "b.xlsx", {"1": lines})
    done = run_import(book, villages)
    assert done.code == 1
    assert (
        "原来 2 行，现在 2 行，多出 1 行，少了 1 行；没有写。要换成新的，加 --replace" in done.out
    )
    assert target.read_bytes() == before
    done = run_import(book, villages, "--replace")
    assert done.code == 0
    assert "卖木料" in target.read_text("utf-8-sig")
    assert sorted(p.name for p in target.parent.iterdir() if "2024-05" in p.name) == [target.name]


def test_a_record_in_another_kind_of_file_is_not_doubled(tmp_path: Path, villages: Path) -> None:
    folder = villages / "qingshi/xicun/ledger"
    sheets = {"1": month("西村2024年5月财务收支", 5, 100)}
    book = workbook(tmp_path / "a.xlsx", sheets)
    folder.mkdir(exist_ok=True)
    workbook(folder / "2024-05.xlsx", sheets)
    done = run_import(book, villages, "--replace")
    assert done.code == 1
    assert "同一期已经有一份 2024-05.xlsx" in done.out
    assert not (folder / "2024-05.csv").exists()


def test_a_sheet_with_faults_is_not_written_and_the_others_are(
    tmp_path: Path, villages: Path
) -> None:
    bad = [list(line) for line in month("西村2024年财务收支", 6, 1100)]
    bad[5][6] = "约200"
    wrong_sum = [list(line) for line in month("西村2024年财务收支", 8, 100)]
    wrong_sum[7][7] = 5000
    sheets = {
        "5月": month("西村2024年财务收支", 5, 100),
        "6月": bad,
        "8月": wrong_sum,
        "说明": [["请各村按时上报"]],
    }
    done = run_import(workbook(tmp_path / "收支.xlsx", sheets), villages)
    assert done.code == 1
    place = "villages/qingshi/xicun/ledger/2024-06.csv:4"
    assert f'收支.xlsx［6月］:6: [支出]（{place}） ledger-amount: "约200" 不是金额。' in done.out
    place = "villages/qingshi/xicun/ledger/2024-08.csv:6"
    assert f"收支.xlsx［8月］:8: [余额]（{place}） ledger-closing" in done.out
    assert "工作表“说明”：没有认出表头" in done.out
    names = {p.name for p in (villages / "qingshi/xicun/ledger").glob("2024-*")}
    assert names == {"2024-05.csv"}


@pytest.mark.parametrize(
    ("title", "options", "words"),
    [
        (
            "2024年财务收支",
            (),
            "看不出是哪个村的表。\n  1. 东里村：写进 villages/qingshi/dongli\n  2. 西村：",
        ),
        ("南山村2024年财务收支", (), "表里写的是南山村，这里没有这个村"),
        (
            "西村2024年合作社收支",
            (),
            "看不出是哪一个账套。\n  1. 村民委员会账：记在西村村民委员会的账上",
        ),
    ],
)
def test_what_cannot_be_known_is_said_with_the_option_to_give(
    tmp_path: Path, villages: Path, title: str, options: tuple[str, ...], words: str
) -> None:
    before = everything(villages)
    book = workbook(tmp_path / "收支.xlsx", {"5月": month(title, 5, 100)})
    done = run_import(book, villages, *options)
    assert done.code == 2, done.out
    assert words in done.out
    assert everything(villages) == before


def test_a_month_without_a_year_is_asked_for(tmp_path: Path, villages: Path) -> None:
    lines = [list(line) for line in month("西村财务收支", 5, 100)]
    lines[4][1] = "5月5日"
    book = workbook(tmp_path / "收支.xlsx", {"5月": lines})
    done = run_import(book, villages)
    assert done.code == 2
    assert "看不出是哪一期（工作表名“5月”没有写是哪一年）。\n  请直接写，例如 20" in done.out
    assert run_import(book, villages, "--period", "2024年5月").code == 0


@pytest.mark.parametrize(
    ("name", "content", "options", "words"),
    [
        ("a.xlsx", None, (), "找不到文件"),
        ("a.docx", b"x", (), "只能导入"),
        ("a.csv", b"", (), "什么也没有"),
        ("a.csv", b"a,b\n1,2\n", ("--village", "nowhere"), "没有村“nowhere”"),
        ("a.csv", b"a,b\n1,2\n", ("--item", "notices"), "没有表格事项“notices”"),
        ("a.csv", b"a,b\n1,2\n", ("--period", "9月"), "“9月”不是期次"),
        ("西村2024年5月.csv", MONTH, ("--account", "coop"), "没有账套“coop”"),
        ("a.csv", b"a,b\n1,2\n", ("--sheet", "9月"), "没有工作表“9月”"),
    ],
)
def test_what_is_not_there_is_two(
    tmp_path: Path,
    villages: Path,
    name: str,
    content: bytes | None,
    options: tuple[str, ...],
    words: str,
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = run_import(tmp_path / name, villages, *options)
    assert done.code == 2
    assert words in done.err


def test_what_is_no_table_and_what_is_no_workbook_is_one(tmp_path: Path, villages: Path) -> None:
    done = run_import(workbook(tmp_path / "a.xlsx", {"1": [["通知"], ["明天开会"]]}), villages)
    assert done.code == 1
    assert "没有认出表头" in done.out
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04 broken")
    done = run_import(tmp_path / "b.xlsx", villages)
    assert done.code == 1
    assert done.out.startswith("b.xlsx:0: file-")


# ------------------------------------------------------------------------------- in process


def plan(file: Path, villages: Path, **options: str) -> Request:
    return Request(files=(file,), content=CONTENT, villages=villages, today=TODAY, **options)  # type: ignore[arg-type]


def test_a_clean_file_reads_as_the_sheet_does(tmp_path: Path, villages: Path) -> None:
    book = workbook(tmp_path / "收支.xlsx", {"5月": month("西村2024年财务收支", 5, 100)})
    made = plan_import(plan(book, villages))
    assert carry_out(made) == 1
    part = made.parts[0]
    sheets = read_worksheets(part.path, part.path.name)
    assert isinstance(sheets, tuple)
    shared, _ = real_content()
    masks = shared.masks["default"]
    again = read_table(sheets[0], shared.tables["ledger"], "x", masks, part.draft.period)
    first = part.draft.reading
    assert [dict(row.values) for row in again.table.rows] == [
        dict(row.values) for row in first.table.rows
    ]
    assert [(p.kind, p.label, dict(p.values)) for p in again.table.proofs] == [
        (p.kind, p.label, dict(p.values)) for p in first.table.proofs
    ]
    assert again.published == first.published == date(2025, 1, 8)
    assert again.table.rows[0].values["收入"] == Decimal("1200.00")


def test_every_table_of_the_sample_is_there_already() -> None:
    """What the program wrote for itself comes back as the same record, whatever it is about."""
    folder = ROOT / "villages"
    files = sorted(folder.glob("*/*/*/*.csv")) + sorted(folder.glob("*/*/*/*.xlsx"))
    files = [path for path in files if path.parent.name != "private"]
    assert len(files) > 50
    for path in files[::23]:
        village, item = path.parts[-3:-1]
        if path.parent.name in ("notices", "decisions"):
            continue
        made = plan_import(plan(path, folder, village=village, item=item))
        assert [part.state for part in made.parts] in (["same"], ["elsewhere"]), path
        assert made.parts[0].draft.target.split(".")[0] == f"{item}/{path.name.split('.')[0]}"


def test_items_are_known_by_their_headings() -> None:
    """Without being told what it is, as long as the file says which period."""
    folder = ROOT / "villages"
    paths = sorted(folder.glob("*/liuxi/*/2025*.csv"))[::11]
    desk = set_desk(plan(paths[0], folder, village="liuxi"))
    made = plan_at(replace(desk, files=tuple(paths)))
    assert [part.draft.item.id for part in made.parts] == [path.parent.name for path in paths]


@pytest.mark.parametrize(
    ("text", "kind", "first", "year"),
    [
        ("9月", "month", 9, 0),
        ("柳溪村2025年9月财务收支公开表", "month", 9, 2025),
        ("二〇二五年十二月", "month", 12, 2025),
        ("202509", "month", 9, 2025),
        ("2025.9", "month", 9, 2025),
        ("１０月", "month", 10, 0),
        ("2025年第三季度", "quarter", 7, 2025),
        ("2025Q3", "quarter", 7, 2025),
        ("2025年7月1日至9月30日", "quarter", 7, 2025),
        ("1-3月", "quarter", 1, 0),
        ("2025年下半年", "half", 7, 2025),
        ("2025年1月至12月", "year", 1, 2025),
        ("2025年度", "year", 1, 2025),
        ("2025年1-8月", "other", 1, 2025),
        ("公示日期：2025年10月8日", "", 0, 0),
        ("Sheet1", "", 0, 0),
    ],
)
def test_periods_as_people_write_them(text: str, kind: str, first: int, year: int) -> None:
    found = mention(text)
    assert (found.kind, found.month, found.year) == (kind, first, year)


def test_a_copied_title_is_not_believed() -> None:
    texts = [("工作表名", "9月"), ("标题", "2025年8月收支"), ("文件名", "2025年收支")]
    found = period_of(texts, [], "month")
    assert found.period is None
    assert "说的不是同一期" in found.reason
    assert period_of(texts[:1] + texts[2:], [], "month").period is not None


def test_days_in_the_rows_say_the_period_when_nothing_else_does() -> None:
    days = [date(2025, 7, 1), date(2025, 9, 30)]
    assert getattr(period_of([], days, "quarter").period, "text", "") == "2025Q3"
    assert period_of([], days, "month").period is None
    assert period_of([], days, "year").period is None, "a contract's date is not its year of report"
    until = [("标题", "截至2025年9月30日债权债务")]
    assert getattr(period_of(until, [], "quarter").period, "text", "") == "2025Q3"


def test_villages_and_accounts_in_titles() -> None:
    names = {"liuxi": "柳溪村", "shiqiao": "石桥村"}
    assert village_of(["9月", "青石镇柳溪村收支"], names) == "liuxi"
    assert village_of(["石桥9月"], names) == "shiqiao"
    assert village_of(["柳溪村、石桥村"], names) == ""
    assert stranger_in(["青石镇东风村2025年收支"], names) == "东风村"
    assert stranger_in(["农村集体资产"], names) == ""
    accounts = (
        Account("village", "村民委员会账", "柳溪村村民委员会"),
        Account("coop", "股份经济合作社账", "柳溪村股份经济合作社"),
        Account("group2", "第二村民小组账", "第二村民小组"),
    )
    for text, account in {
        "9月": "village",
        "集体资产登记表": "village",
        "合作社": "coop",
        "2组": "group2",
        "第二村民小组收支": "group2",
        "十二组": "",
        "经联社": "",
    }.items():
        assert account_of([text], accounts) == account, text


def test_every_file_of_the_offices_is_taken_or_refused(tmp_path: Path) -> None:
    """Whatever the shape: never an exception, and never a clean file that says something else."""
    villages = township(tmp_path)
    (villages / "qingshi/dongli/ledger/2025-08.csv").unlink()  # the offices' books do not follow it
    request = plan(OFFICES[0], villages, village="dongli")
    desk = set_desk(request)
    states: Counter[str] = Counter()
    for path in OFFICES:
        sheets = read_worksheets(path, path.name)
        if isinstance(sheets, Problem):
            states["unreadable"] += 1
            continue
        filled = tuple(sheet for sheet in sheets if not sheet.is_empty)
        drafts, left_out = draft_worksheets(desk, Book(path, filled))
        states["left out"] += bool(left_out)
        for part in make_parts(desk, drafts, lambda form, doubt: ""):
            item, period = path.stem.split("_")[:2]
            stated = "2025-08" if "august" in path.name else period
            assert part.draft.target == f"{item}/{stated}.csv", path.name
            states[part.state] += 1
    assert states["unsure"] == 0
    assert states["differs"] + states["new"] + states["same"] > 40, states


def test_previews_and_problems_name_nobody_whom_a_column_hides(tmp_path: Path) -> None:
    villages = township(tmp_path)
    file = workbook(
        tmp_path / "名册.xlsx",
        {
            "救助": [
                ["东里村2025年第三季度临时救助名单"],
                ["户主", "救助类别", "金额", "救助日期", "备注"],
                ["石样春", "突发困难", 800, "2025.8.3", "石样春本人领取"],
                ["林样和", "受灾", "三百多", "2025.8.9", ""],
                ["说明：林样和的钱由村里垫付。", "", "", "", ""],
            ]
        },
    )
    told = run_import(file, villages, "--village", "dongli", "--item", "relief")
    said = told.out + told.err
    assert "privacy" in said or "relief-amount" in said, said
    for name in ("石样春", "林样和"):
        assert name not in said
