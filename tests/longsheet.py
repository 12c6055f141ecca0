"""A book of many lines on the smallest paper: the sheet of the gallery that needs many pages."""

from __future__ import annotations

import shutil
from decimal import Decimal
from itertools import cycle, islice
from pathlib import Path

from tests.commands import publish_here

ROOT = Path(__file__).resolve().parents[1]
_VILLAGE = ROOT / "villages" / "qingshi" / "xintang"
_HEADS = "日期,凭证号,摘要,科目,收入,支出,余额,结算方式,经手人,证明人,审批人,备注"
_PERSONS = "齐乐,乌兰·其其格,郝新民"
# What was paid or received, its subject, the amount, whether it came in, how, and a remark.
_ENTRIES = (
    ("村部电费、网费", "管理费用", "596.40", False, "转账", ""),
    ("新塘清淤机械 2 台班", "公益支出", "2600.00", False, "转账", "每台班 1300 元"),
    ("水塘承包费（二组）", "经营收入", "4800.00", True, "转账", "合同 HT-2024-02，2025年度"),
    ("误工补助（防汛值班 6 人）", "管理费用", "720.00", False, "转账", "每人 120 元"),
    ("办公用纸、墨盒", "管理费用", "386.50", False, "现金", ""),
    ("路灯维修 3 盏", "公益支出", "1050.00", False, "转账", ""),
    ("光伏发电收益", "投资收益", "3120.75", True, "转账", "8月"),
    ("重阳节慰问 80 岁以上老人", "其他支出", "1000.00", False, "现金", "20 人，每人 50 元"),
)


def long_ledger(count: int) -> str:
    """A month's book with so many entries, whose balance and sums are right."""
    balance, income, expense = Decimal("47320.90"), Decimal(0), Decimal(0)
    lines = [_HEADS, f",,上月结转,,,,{balance},,,,,"]
    for n, (title, subject, text, is_income, how, note) in enumerate(
        islice(cycle(_ENTRIES), count)
    ):
        amount = Decimal(text)
        income, expense = income + amount * is_income, expense + amount * (not is_income)
        balance += amount if is_income else -amount
        sums = f"{amount}," if is_income else f",{amount}"
        head = f"2025-09-{1 + n * 29 // count:02d},9-{n + 1:02d},{title},{subject}"
        lines.append(f'{head},{sums},{balance},{how},{_PERSONS},"{note}"')
    lines.append(f",,本期合计,,{income},{expense},,,,,,")
    lines.append(f",,期末结余,,,,{balance},,,,,")
    return "\n".join((*lines, "公开日期,2025-10-09", ""))


def draw_long_sheet(folder: Path, today: str, count: int = 120) -> Path:
    """The sheet of a sample village's month with so many entries, on A4. `folder` is for it and
    for the village's files."""
    village = folder / "villages" / "qingshi" / "xintang"
    shutil.copytree(_VILLAGE, village)
    (village / "ledger" / "2025-09.csv").write_text(long_ledger(count), "utf-8")
    drawn = folder / "long.pdf"
    sheet = ("poster", "xintang", "ledger", "2025-09", "--paper", "A4")
    files = ("--villages", str(folder / "villages"), "--out", str(drawn))
    result = publish_here(*sheet, *files, "--today", today)
    if result.returncode:
        raise RuntimeError(result.stderr)
    return drawn
