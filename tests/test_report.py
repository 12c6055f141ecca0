"""`report` tells staff what those who supervise did; it invents nothing, and no site has it."""

from __future__ import annotations

import io
import shutil
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from generator.checks.assessment import assessment_sound, duties_known
from generator.model.assessment import AssessedFigure
from generator.model.period import parse_period
from generator.problems import Source
from generator.report.forms import as_workbook
from generator.views.supervising.assessing import Assessed, Counted
from generator.views.supervising.deadlines import deadline
from generator.views.supervising.report import Block, Grid, ReportView, Words
from generator.views.supervising.town import _hung
from generator.views.walls.postings import HungCounts
from tests.commands import publish_here, tree
from tests.township import CONTENT, DONGLI, ROOT, TOWNSHIP, real_content, write

TODAY = "2025-10-10"
GOLDEN = ROOT / "tests" / "fixtures" / "supervision"
SAMPLE, WARNED = ROOT / "villages", ROOT / "tests" / "fixtures" / "warnings"


def report(
    folder: Path, villages: Path, *words: str, today: str = TODAY, content: Path = CONTENT
) -> tuple[int, str]:
    folders = ("--content", str(content), "--villages", str(villages))
    result = publish_here("report", *folders, "--today", today, *words, cwd=folder)
    return result.returncode, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("villages", "words", "files"),
    [
        (
            SAMPLE,
            ("--quarter", "2025Q3"),
            ("2025Q3/qingshi.md", "2025Q3/qingshi/liuxi.md", "2025Q3/qingshi/xintang.md"),
        ),
        (WARNED, ("--quarter", "2025年三季度"), ("2025Q3/qingshi.md", "2025Q3/qingshi/huaishu.md")),
    ],
)
def test_reports_are_as_blessed(
    villages: Path,
    words: tuple[str, ...],
    files: tuple[str, ...],
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    """`--bless` writes them anew: read them as who gets them."""
    code, text = report(tmp_path, villages, *words)
    assert code == 0, text
    for name in files:
        check(tmp_path / "reports" / name, GOLDEN / villages.name / name, request)


def check(made: Path, golden: Path, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--bless"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(made, golden)
    assert made.read_text("utf-8") == golden.read_text("utf-8")


def test_a_report_on_a_month_has_all_forms_and_no_agenda(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    forms = ("--format", "xlsx", "--format", "pdf", "--format", "md")
    code, _ = report(tmp_path, SAMPLE, "柳溪村", "--month", "2025-09", *forms)
    assert code == 0
    folder = tmp_path / "reports" / "2025-09"
    names = {f"qingshi/liuxi.{form}" for form in ("md", "pdf", "xlsx")}
    assert set(tree(folder)) == names  # of one village there is none of the town
    told = (folder / "qingshi/liuxi.md").read_text("utf-8")
    check(folder / "qingshi/liuxi.md", GOLDEN / "villages/2025-09/qingshi/liuxi.md", request)
    assert "例会议程" not in told
    book = load_workbook(folder / "qingshi/liuxi.xlsx")
    assert book.sheetnames[:2] == ["报告", "监督活动"]
    rows = list(book["监督活动"].iter_rows(values_only=True))
    assert rows[0][:3] == ("活动", "应做", "做了")
    assert sum(row[2] for row in rows[1:]) == 7
    pdf = PdfDocument(folder / "qingshi/liuxi.pdf")
    words = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert "内部材料" in words
    assert "核验码" not in words


def village_of(folder: Path, log: str) -> Path:
    villages = folder / "villages"
    shutil.copytree(TOWNSHIP / DONGLI, villages / DONGLI)
    write(villages / DONGLI, "inspections/2025Q3.csv", log)
    return villages


LOG = """日期,监督人,方式,对象,发现问题,整改要求,整改结果,完成日期
2025-07-02,陈某,审核票据、检查公开,6月份凭证,缺签字,3天内补签,已补签,2025-07-09
2025-08-02,陈某,看账,7月份凭证,|缺*签字*,8月5日前补签,,
2025-09-02,陈某,走访听意见,二组,无,,,
公开日期,2025-10-08
"""


def test_what_is_written_is_counted_and_nothing_else(tmp_path: Path) -> None:
    villages = village_of(tmp_path, LOG)
    forms = ("--format", "xlsx", "--format", "md")
    assert report(tmp_path, villages, "东里村", "--quarter", "2025年第三季度", *forms)[0] == 0
    folder = tmp_path / "reports/2025Q3/qingshi"
    told = (folder / "dongli.md").read_text("utf-8")
    assert "| 审核票据 | 3 次 | 1 | 8月、9月没有做 |" in told
    assert "看账 1 次" in told  # no kind of the list
    assert "比要求的晚了 4 天" in told
    assert "没有写改好，要求8月5日以前，已经过了 66 天" in told
    assert report(tmp_path, villages, "--quarter", "2025Q3")[0] == 0
    town = (tmp_path / "reports/2025Q3/qingshi.md").read_text("utf-8")
    assert r"| 东里村 | 2025年8月2日 | 7月份凭证 | \|缺\*签字\* |" in town
    assert "上墙登记" not in town, "nobody writes down what hangs"
    assert r"\|缺\*签字\*" in told
    sheet = load_workbook(folder / "dongli.xlsx")["发现的问题和整改"]
    assert sheet["A2"].value.date() == date(2025, 7, 2)
    assert sheet["C3"].value == "|缺*签字*"


def test_a_text_of_a_workbook_is_no_formula() -> None:
    grid = Grid(("甲",), (("=1+1\x07",),))
    view = ReportView("村", "=题", "", (), (Block("found", "问题", (), grid),), ())
    book = load_workbook(io.BytesIO(as_workbook(view)))
    assert book["问题"]["A2"].value == "=1+1"
    assert {book["问题"]["A2"].data_type, book["报告"]["A1"].data_type} == {"s"}


def test_what_is_not_published_is_not_known(tmp_path: Path) -> None:
    villages = village_of(tmp_path, LOG)
    (villages / DONGLI / "inspections" / "2025Q3.csv").unlink()
    later = "2025-10-20"
    assert report(tmp_path, villages, "--quarter", "2025Q3", today=later)[0] == 0
    told = (tmp_path / "reports/2025Q3/qingshi/dongli.md").read_text("utf-8")
    assert "没有公开不等于没有做" in told
    assert "不计分，没有看到监督日志" in told
    assert "| 监督活动 | 20 | 0" not in told


def test_what_hung_is_summed_over_the_villages_of_a_town() -> None:
    hung = {
        "甲村": HungCounts(5, 4, 2, (("old", 1), ("unlisted", 1))),
        "乙村": HungCounts(3, 3, 0, (("gap", 2), ("unlisted", 1))),
        "丙村": None,
    }
    period = parse_period("2025Q3")
    assert period is not None
    words = Words(real_content()[0].phrases, period, date(2025, 10, 10))
    (block,) = _hung([SimpleNamespace(name=n, hung=h) for n, h in hung.items()], words)
    assert block.heading == "上墙登记"
    assert "没有上墙登记（posted.csv）的：丙村" in block.lines[0]
    assert block.grid is not None
    assert block.grid.rows == (
        ("甲村", 5, 4, 2, 1, 0, 0, 0, 1),
        ("乙村", 3, 3, 0, 0, 0, 0, 2, 1),
        ("合计", 8, 7, 2, 1, 0, 0, 2, 2),
    )
    assert len(block.grid.heads) == 9


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--month", "2025Q3"), "请写哪个月"),
        (("--month", "2025-09", "--quarter", "2025Q3"), "请写哪个月"),
        ((), "请写哪个月"),
        (("--month", "2026-01"), "2026年1月还没有到"),
        (("--month", "2025-09", "--out", "site/reports"), "谁都看得到"),
        (("--month", "2025-09", "--out", "public"), "谁都看得到"),
        (("--month", "2025-09", "--out", "villages/x"), "放资料的文件夹"),
        (("--month", "2025-09", "--town", "白鹭镇"), "没有这个镇：白鹭镇"),
    ],
)
def test_what_cannot_be_reported_is_refused(
    words: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    villages = village_of(tmp_path, LOG)
    write(tmp_path, "public/manifest.json", "{}")
    before = tree(tmp_path)
    code, text = report(tmp_path, villages, *words)
    assert (code, said in text) == (2, True), text
    assert tree(tmp_path) == before


def test_a_site_without_an_assessment_has_no_reports(tmp_path: Path) -> None:
    shutil.copytree(CONTENT, tmp_path / "content")
    (tmp_path / "content" / "assessment.yaml").unlink()
    villages = village_of(tmp_path, LOG)
    code, text = report(tmp_path, villages, "--month", "2025-09", content=tmp_path / "content")
    assert (code, "没有 assessment.yaml" in text) == (2, True)


ASKED = date(2025, 11, 20)


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("三天内补签", ASKED + timedelta(days=3)),
        ("15日内改好", ASKED + timedelta(days=15)),
        ("12月1日前运完", date(2025, 12, 1)),
        ("1月5日以前报镇里", date(2026, 1, 5)),
        ("2025年11月30日之前", date(2025, 11, 30)),
        ("当天撤换", ASKED),
        ("3个工作日内", None),
        ("2月30日前", None),
        ("书面催收，约定日期", None),
        ("", None),
    ],
)
def test_a_deadline_is_one_that_is_written(words: str, last: date | None) -> None:
    assert deadline(words, ASKED) == last


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 40), st.integers(0, 40)), max_size=9))
def test_points_are_shares_of_weights(figures: list[tuple[int, int, int]]) -> None:
    source = Source("content/assessment.yaml")
    counted = tuple(
        Counted(
            AssessedFigure(str(n), "", weight, "mended", "", source),
            min(part, whole),
            whole,
            "" if whole else "nothing",
        )
        for n, (weight, part, whole) in enumerate(figures)
    )
    every = Assessed(counted)
    assert 0 <= every.score <= every.weight
    assert every.weight == sum(weight for weight, _, whole in figures if whole)
    known = every.weight * 2 >= sum(weight for weight, *_ in figures) and every.weight
    assert (every.total is not None) == bool(known)
    if every.total is not None:
        assert 0 <= every.total <= Decimal(100)


def test_the_assessment_stands_on_what_there_is() -> None:
    shared = real_content()[0]
    assert list(assessment_sound(shared)) == []
    assert list(duties_known(shared)) == []
    assert shared.assessment is not None
    assert sum(figure.weight for figure in shared.assessment.figures) == 100
