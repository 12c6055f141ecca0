"""Books of incomes and expenses."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from tests.chance.books import (
    CLOSINGS,
    OPENINGS,
    TOTALS,
    WORDS,
    Book,
    Line,
    Money,
    amount,
    cell,
    titles,
)

_ZERO = Decimal(0)
_VOUCHERS = ("0000", '"记-"0000', "General")


def _entry(random: Random) -> tuple[int, Decimal, list[Decimal | None]]:
    """An entry: its side, its amount, and the two cells of income and expense."""
    value, side = amount(random), random.randrange(2)
    return side, value, [value, None] if side == 0 else [None, value]


def ledger(random: Random, money: Money) -> Book:
    """Income and expense in two columns, with or without balances and vouchers, oldest or newest first."""
    has_balance, h = random.random() < 0.7, money.heading
    voucher = random.choice(_VOUCHERS) if random.random() < 0.4 else ""
    first: Line = ["日期", *(["凭证号"] if voucher else []), "摘要"]
    headings = [*first, f"收入{h}", f"支出{h}", *([f"余额{h}"] if has_balance else [])]
    opening, at = amount(random) + 50_000, len(first)
    entries: list[Line] = []
    balance, sums = opening, [_ZERO, _ZERO]
    for number, day in enumerate(sorted(random.sample(range(1, 28), random.randrange(2, 7))), 1):
        side, value, pair = _entry(random)
        balance += value if side == 0 else -value
        sums[side] += value
        line: Line = [f"10月{day}日", *([number] if voucher else []), random.choice(WORDS)]
        line += [cell(a, money) for a in pair]
        entries.append(line + ([cell(balance, money)] if has_balance else []))
    is_newest_first = random.random() < 0.15

    def proof(label: str, pair: tuple[Decimal | None, ...], rest: Decimal | None = None) -> Line:
        line: Line = [*([None] * (at - 1)), label, *(cell(a, money) for a in pair)]
        return [*line, cell(rest, money)] if has_balance else line

    start = proof(random.choice(OPENINGS), (None, None), opening)
    if not has_balance:
        start = proof(random.choice(OPENINGS), (opening, None))
    label = random.choice((*TOTALS, "本月合计"))
    ends = [proof(label, tuple(sums), balance if random.random() < 0.3 else None)]
    if has_balance and random.random() < 0.6:
        ends.append(proof(random.choice(CLOSINGS), (None, None), balance))
    name = "双槐村2026年10月收支明细表"
    body = [start, *entries]
    if is_newest_first:
        body.reverse()
    lines = [*titles(money, name), headings, *body, *ends]
    if random.random() < 0.2:
        lines.append(["主任：        监委会主任：        报账员："])
    book = Book("10月收支.xlsx", {"10月": lines}, money)
    book.totals = {"收入": sums[0], "支出": sums[1]}
    book.mark("10月", range(at + 1, at + 4))
    book.note("10月", entries)
    if voucher:
        spots = [(sheet, row, 2) for sheet, row in book.rows]
        book.formats |= dict.fromkeys(spots, voucher)
        shown = {"0000": "{:04}", '"记-"0000': "记-{:04}", "General": "{}"}[voucher]
        numbers = sorted(e[1] for e in entries if isinstance(e[1], int))
        book.texts["凭证号"] = [shown.format(number) for number in numbers]
    return book


def beside(random: Random, money: Money) -> Book:
    """Income beside expense."""
    left, right = (
        [(random.choice(WORDS), amount(random)) for _ in range(random.randrange(1, 6))]
        for _ in range(2)
    )
    income, expense = (sum((a for _, a in half), _ZERO) for half in (left, right))
    opening, h = amount(random) + 50_000, money.heading
    lines = [
        *titles(money, "双槐村2026年10月财务收支公布表"),
        ["收入项目", f"金额{h}", "备注", "支出项目", f"金额{h}", "备注"],
    ]
    first = [(random.choice(OPENINGS[:2]), opening)] if random.random() < 0.5 else []
    halves = [*first, *left], right
    entries: list[Line] = []
    for n in range(max(map(len, halves))):
        cells: Line = []
        for half in halves:
            words, value = half[n] if n < len(half) else (None, None)
            cells += [words, cell(value, money), None]
        entries.append(cells)
    lines += entries
    labels = random.choice((("收入合计", "支出合计"), ("合计", "合计"), ("本月合计", "本月合计")))
    lines.append([labels[0], cell(income, money), None, labels[1], cell(expense, money), None])
    closing = opening + income - expense
    end: Line = [None, None, None, random.choice(CLOSINGS), cell(closing, money), None]
    if not first:
        end[:2] = ["上月结余", cell(opening, money)]
    lines.append(end)
    book = Book("10月公布表.xlsx", {"10月": lines}, money)
    book.totals = {"收入": income, "支出": expense}
    book.mark("10月", (2, 5))
    book.note("10月", entries[len(first) :])
    return book


def daybook(random: Random, money: Money) -> Book:
    """Months below one another with their totals, debit and credit."""
    balance, total, h = amount(random) + 50_000, [_ZERO, _ZERO], money.heading
    lines: list[Line] = [
        *titles(money, "双槐村股份经济合作社银行存款日记账"),
        ["2026年", None, "摘要", f"借方{h}", f"贷方{h}", "借或贷", f"余额{h}"],
        ["月", "日"],
        [None, None, "上月结转", None, None, "借", cell(balance, money)],
    ]
    entries: list[Line] = []
    for month in (7, 8, 9):
        own = [_ZERO, _ZERO]
        for day in sorted(random.sample(range(1, 28), random.randrange(1, 4))):
            side, value, pair = _entry(random)
            balance += value if side == 0 else -value
            own[side] += value
            cells: Line = [month, day, random.choice(WORDS), *(cell(a, money) for a in pair)]
            entries.append([*cells, "借", cell(balance, money)])
            lines.append(entries[-1])
        total = [total[0] + own[0], total[1] + own[1]]
        for label, sums in (("本月合计", own), ("本季累计", total)):
            cells = [None, None, label, *(cell(a, money) for a in sums)]
            lines.append([*cells, "借", cell(balance, money)])
    book = Book("合作社2026年三季度日记账.xlsx", {"日记账": lines}, money)
    book.totals = {"收入": total[0], "支出": total[1]}
    book.mark("日记账", (4, 5, 7))
    book.note("日记账", entries)
    return book


def quarter(random: Random, money: Money) -> Book:
    """A quarter's ledger with the totals of its months, the days with or without their year."""
    balance, total, h = amount(random) + 50_000, [_ZERO, _ZERO], money.heading
    lines: list[Line] = [
        *titles(money, "双槐村村委会2026年第三季度收支明细表"),
        ["日期", "摘要", f"收入{h}", f"支出{h}", f"结余{h}"],
        [None, random.choice(("上季结余", "期初余额")), None, None, cell(balance, money)],
    ]
    entries: list[Line] = []
    year, has_run = random.choice(("2026年", "")), random.random() < 0.5
    for month in (7, 8, 9):
        own = [_ZERO, _ZERO]
        for day in sorted(random.sample(range(1, 28), random.randrange(1, 4))):
            side, value, pair = _entry(random)
            balance += value if side == 0 else -value
            own[side] += value
            cells: Line = [f"{year}{month}月{day}日", random.choice(WORDS)]
            entries.append([*cells, *(cell(a, money) for a in pair), cell(balance, money)])
            lines.append(entries[-1])
        total = [total[0] + own[0], total[1] + own[1]]
        label = random.choice(("本月合计", f"{month}月合计", "月计"))
        lines.append([None, label, *(cell(a, money) for a in own), cell(balance, money)])
        if has_run:
            lines.append([None, "本季累计", *(cell(a, money) for a in total), cell(balance, money)])
    label = random.choice(("合计", "本季合计", "总计"))
    lines.append([None, label, *(cell(a, money) for a in total), cell(balance, money)])
    book = Book("村委会三季度收支.xlsx", {"三季度": lines}, money)
    book.totals = {"收入": total[0], "支出": total[1]}
    book.mark("三季度", (3, 4, 5))
    book.note("三季度", entries)
    return book


def months(random: Random, money: Money) -> Book:
    """A sheet for each month."""
    sheets: dict[str, list[Line]] = {}
    totals, balance, h = [_ZERO, _ZERO], amount(random) + 50_000, money.heading
    entries: dict[str, list[Line]] = {}
    for month in (7, 8, 9):
        income, expense = amount(random), amount(random)
        middle = balance + income
        opening, balance = balance, balance + income - expense
        first: Line = [f"{month}.5", "转移支付", cell(income, money), None, cell(middle, money)]
        second: Line = [f"{month}.9", "付电费", None, cell(expense, money), cell(balance, money)]
        name = f"{month}月"
        entries[name] = [first, second]
        sums = (cell(income, money), cell(expense, money), cell(balance, money))
        sheets[name] = [
            *titles(money, f"双槐村{month}月份收支明细表"),
            ["日期", "摘要", f"收入{h}", f"支出{h}", f"结余{h}"],
            [None, "上月结余", None, None, cell(opening, money)],
            first,
            second,
            [None, random.choice(TOTALS), *sums],
        ]
        totals = [totals[0] + income, totals[1] + expense]
    book = Book("村委会2026年三季度收支.xlsx", sheets, money)
    book.totals = {"收入": totals[0], "支出": totals[1]}
    for name in sheets:
        book.mark(name, range(3, 6))
        book.note(name, entries[name])
    return book


def stacked(random: Random, money: Money) -> Book:
    """The incomes and the expenses of a month as two tables, one below the other."""
    lines: list[Line] = []
    entries: list[Line] = []
    book = Book("10月收支.xlsx", {"10月": lines}, money)
    for side in ("收入", "支出"):
        lines += titles(money, f"双槐村2026年10月{side}明细表")
        lines.append(["日期", "摘要", f"{side}{money.heading}"])
        total = _ZERO
        for day in sorted(random.sample(range(1, 28), random.randrange(1, 5))):
            value = amount(random)
            total += value
            entries.append([f"10月{day}日", random.choice(WORDS), cell(value, money)])
            lines.append(entries[-1])
        lines.append([None, random.choice(TOTALS), cell(total, money)])
        book.totals[side] = total
    book.mark("10月", (3,))
    book.note("10月", entries)
    return book
