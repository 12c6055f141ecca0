"""Statements of an account's subjects: trial balances and balance sheets."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from tests.chance.books import TOTALS, Book, Line, Money, amount, cell, titles

_ZERO = Decimal(0)
# Subjects of the chart in force: code, name, and whether they grow in debit.
_SUBJECTS = (
    ("101", "库存现金", True),
    ("102", "银行存款", True),
    ("202", "应付款", False),
    ("301", "资本", False),
)


def trial(random: Random, money: Money) -> Book:
    """Opening, turnover and closing with debit and credit; each movement moves two subjects."""
    opening = {code: amount(random) + 50_000 for code, *_ in _SUBJECTS}
    opening["301"] = opening["101"] + opening["102"] + 100_000
    opening["202"] = opening["101"] + opening["102"] - opening["301"]
    opening["102"] += 200_000
    opening["202"] += 200_000
    debit = dict.fromkeys(opening, _ZERO)
    credit = dict.fromkeys(opening, _ZERO)
    for _ in range(random.randrange(1, 5)):
        left, right = random.sample(sorted(opening), 2)
        value = amount(random) / 100
        debit[left] += value * 100 // 100 * 100
        credit[right] += value * 100 // 100 * 100
    h = money.heading
    lines: list[Line] = [
        *titles(money, "双槐村股份经济合作社2026年三季度科目余额表"),
        ["科目编码", "科目名称", "期初余额", None, "本期发生额", None, "期末余额", None],
        [None, None, *([f"借方{h}", f"贷方{h}"] * 3)],
    ]
    entries: list[Line] = []
    sums = [_ZERO] * 6
    book = Book("科目余额表.xlsx", {"科目余额表": lines}, money)
    totals = dict.fromkeys(("期初余额", "本期增加", "本期减少", "期末余额"), _ZERO)
    for code, name, grows in _SUBJECTS:
        more, less = (debit, credit) if grows else (credit, debit)
        closing = opening[code] + more[code] - less[code]
        pairs = (opening[code], debit[code], closing)
        own = [_ZERO] * 6
        for place, value in enumerate(pairs):
            own[2 * place + (place != 1 and not grows)] = value
        own[3] = credit[code]
        sums = [s + a for s, a in zip(sums, own, strict=True)]
        entries.append([code, name, *(cell(a or None, money) for a in own)])
        kinds = (opening[code], more[code], less[code], closing)
        totals = {key: totals[key] + v for key, v in zip(totals, kinds, strict=True)}
    lines += entries
    lines.append([random.choice(TOTALS[:8]), None, *(cell(a, money) for a in sums)])
    book.totals = totals
    book.mark("科目余额表", range(3, 9))
    book.note("科目余额表", entries)
    return book


def position(random: Random, money: Money) -> Book:
    """Assets beside liabilities and equity, with depreciation taken off and the totals of each part."""
    cash, due, fixed, owed, capital = (amount(random) for _ in range(5))
    fixed += 100_000
    worn = fixed / 500 // 1 * 100
    current, other = cash + due, fixed - worn
    total = current + other
    capital, reserve = (
        total - owed - total / 300 // 1 * 100,
        total / 300 // 1 * 100,
    )
    h = money.heading

    def line(left: str, one: Decimal | None, right: str, two: Decimal | None) -> Line:
        return [left, cell(one, money), right, cell(two, money)]

    ends = random.choice(
        (("资产总计", "负债和所有者权益总计"), ("资产合计", "负债和所有者权益合计"))
    )
    entries = [
        line("  货币资金", cash, "  短期借款", _ZERO),
        line("  应收款项", due, "  应付款项", owed),
        line("  固定资产原价", fixed, "  资本", capital),
        line("  减：累计折旧", worn, "  公积公益金", reserve),
    ]
    lines: list[Line] = [
        *titles(money, "双槐村村民委员会2026年9月30日资产负债表"),
        ["资产", f"期末余额{h}", "负债和所有者权益", f"期末余额{h}"],
        line("流动资产：", None, "流动负债：", None),
        *entries[:2],
        line("流动资产合计", current, "流动负债合计", owed),
        line("非流动资产：", None, "所有者权益：", None),
        *entries[2:],
        line("非流动资产合计", other, "所有者权益合计", capital + reserve),
        line(ends[0], total, ends[1], total),
    ]
    book = Book("村委会资产负债表2026年三季度.xlsx", {"资产负债表": lines}, money)
    book.totals = {"期末余额": 2 * total}
    book.mark("资产负债表", (2, 4))
    book.note("资产负债表", entries)
    return book
