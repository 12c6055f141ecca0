"""The handbook holds: its commands are commands, its codes are codes, and whoever follows the first day
page from an empty folder has a village in public and on the wall."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from generator.cli import make_parser
from generator.problems.kinds import KINDS
from tests.commands import ROOT, publish_here
from tests.township import small_content

HANDBOOK = ROOT / "docs" / "handbook"
PAGES = sorted(HANDBOOK.glob("*.md"))
SAID = {  # what somebody who founds 双槐村 would answer, by a word of the question
    "镇的拼音编号": "bailu",
    "村的拼音编号": "shuanghuai",
    "区划代码": "000000101999",
    "村民小组": "一组 52户 180人；二组 48户 166人",
    "电话": "0543-7654321",
    "村民委员会在哪里": "村部一楼",
}
TABLES = {
    "财务收支": [
        {
            "日期": date.today(),
            "凭证号": "记1",
            "摘要": "收鱼塘租金",
            "科目": "经营收入",
            "收入": 8000,
        },
        {"日期": date.today(), "凭证号": "记2", "摘要": "修路灯", "科目": "公益支出", "支出": 1200},
    ],
    "集体资产": [{"编号": "ZC-1", "名称": "村部办公楼", "数量": 1, "单位": "栋", "原值": 320000}],
    "合同": [
        {
            "合同编号": "HT-1",
            "名称": "鱼塘承包合同",
            "标的": "村东鱼塘",
            "承包方": "双槐养殖合作社",
            "年租金": 8000,
        }
    ],
}


def commands_of(page: Path) -> list[list[str]]:
    """The words behind publish.py in the page's blocks, in their order."""
    blocks = re.findall(r"^```\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)
    lines = [line for block in blocks for line in block.splitlines()]
    start = "python publish.py "
    return [shlex.split(line.removeprefix(start)) for line in lines if line.startswith(start)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_its_commands_are_commands(page: Path) -> None:
    for words in commands_of(page):
        make_parser().parse_args(words)


def test_the_printed_page_names_the_same_commands() -> None:
    text = (HANDBOOK / "three-steps.html").read_text("utf-8")
    named = re.findall(r"<code>python publish.py ([a-z]+)", text)
    monthly = [words[0] for words in commands_of(HANDBOOK / "every-month.md")]
    assert named == list(dict.fromkeys(monthly))[: len(named)]


def test_its_codes_are_codes() -> None:
    text = "\n".join(page.read_text("utf-8") for page in PAGES)
    codes = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", text)) - {"three-steps"}
    known = {code.replace("{table}", "ledger") for code in KINDS}
    tables = {path.stem for path in (ROOT / "content" / "tables").glob("*.yaml")}
    assert len(codes) > 6
    assert codes - known - tables == set()


class Newcomer:
    """Somebody at a terminal who answers what is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def answer(self, question: str) -> str:
        self.asked.append(question)
        return next(text for word, text in SAID.items() if word in question)

    def isatty(self) -> bool:
        return True


def fill(folder: Path) -> None:
    """What the page says under 填: the day, then row by row, under headings and example."""
    for path in sorted(folder.iterdir()):
        rows = next(rows for title, rows in TABLES.items() if title in path.name)
        workbook = load_workbook(path)
        sheet = workbook.active
        assert sheet is not None
        sheet["B2"] = date.today()
        places = {cell.value: cell.column for cell in sheet[3]}
        for number, row in enumerate(rows, start=5):  # the example stays
            for name, value in row.items():
                sheet.cell(number, places[name], value)
        workbook.save(path)


def test_who_follows_the_first_day_is_on_the_wall(tmp_path: Path) -> None:
    small_content(tmp_path)
    (tmp_path / "villages").mkdir()
    newcomer, said = Newcomer(), []
    with patch("builtins.input", newcomer.answer), patch("sys.stdin", newcomer):
        for words in commands_of(HANDBOOK / "first-day.md"):
            if words[0] == "serve":  # looks at what `build` made
                continue
            if words[0] == "import":
                fill(tmp_path / words[1])
            if words[0] == "check":
                site = tmp_path / "content" / "site.yaml"
                own = site.read_text("utf-8").replace("qingshi.example", "gongkai.bailu.test")
                site.write_text(own.replace('"0000-', '"0543-'), "utf-8")
            result = publish_here(*words, cwd=tmp_path)
            said.append(result.stdout + result.stderr)
            assert result.returncode == 0, said[-1]
    village = tmp_path / "site" / "v" / "shuanghuai"
    home = (village / "index.html").read_text("utf-8")
    for title in ("收支账", "房屋和设备", "合同"):  # as readers know them
        assert title in home
    assert len(newcomer.asked) <= 6, newcomer.asked
    (batch,) = tmp_path.glob("*-wall.pdf")
    text = "".join(page.extract_text() for page in PdfReader(batch).pages)
    assert "双槐村" in text
