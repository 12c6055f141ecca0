"""Lists of households, registers, debts and works."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from tests.chance.books import TOTALS, Book, Line, Money, amount, cell, group, person, titles

_ZERO = Decimal(0)
_SUBSIDIES = "双槐村2026年第三季度惠民补贴发放表"
_ALL = TOTALS[:8]


def households(random: Random, money: Money) -> Book:
    """A list of households, with totals of groups before or behind them, or without."""
    people = sorted(
        ((person(random), group(random), amount(random)) for _ in range(random.randrange(2, 8))),
        key=lambda entry: "一二三四".index(entry[1][0]),
    )
    h, place = money.heading, random.choice(("none", "below", "page"))
    label = random.choice(("小计", "{}小计", "{}合计"))
    lines = [*titles(money, _SUBSIDIES), ["户主", "组别", "项目", f"金额{h}"]]
    entries: list[Line] = []
    total = page = _ZERO
    for n, (name, own, value) in enumerate(people):
        entries.append([name, own, "种粮补贴", cell(value, money)])
        lines.append(entries[-1])
        total, page = total + value, page + value
        is_last = n + 1 == len(people) or people[n + 1][1] != own
        if place == "below" and is_last:
            part = sum((a for _, g, a in people if g == own), _ZERO)
            lines.append([label.format(own), None, None, cell(part, money)])
        if place == "page" and (n % 3 == 2 or n + 1 == len(people)):
            lines.append(["本页小计", None, None, cell(page, money)])
            page = _ZERO
    lines.append([random.choice(_ALL), None, None, cell(total, money)])
    book = Book("补贴.xlsx", {"补贴": lines}, money)
    book.totals = {"金额": total}
    book.texts["户主"] = [name for name, *_ in people]
    book.mark("补贴", (4,))
    book.note("补贴", entries)
    return book


def sets(random: Random, money: Money) -> Book:
    """Two or three sets of columns side by side."""
    width, depth = random.choice((2, 3)), random.randrange(2, 5)
    count = width * depth - random.randrange(2)
    people = [(person(random), amount(random)) for _ in range(count)]
    total = sum((value for _, value in people), _ZERO)
    heads: Line = ["序号", "户主", "项目", f"金额{money.heading}"]
    entries: list[Line] = []
    for n in range(depth):
        line: Line = []
        for place in range(n, width * depth, depth):
            if place < count:
                name, value = people[place]
                line += [place + 1, name, "种粮补贴", cell(value, money)]
        entries.append(line)
    end: Line = [None, random.choice(_ALL), None, cell(total, money)]
    if random.random() < 0.4:
        end = [*([None] * 4 * (width - 1)), *end]
    lines = [*titles(money, _SUBSIDIES), heads * width, *entries, end]
    book = Book("补贴.xlsx", {"补贴": lines}, money)
    book.totals = {"金额": total}
    book.texts["户主"] = [name for name, _ in people]
    book.mark("补贴", range(4, 4 * width + 1, 4))
    book.note("补贴", entries)
    return book


def groups(random: Random, money: Money) -> Book:
    """A sheet for each group."""
    sheets: dict[str, list[Line]] = {}
    total, names = _ZERO, []
    entries: dict[str, list[Line]] = {}
    for name in ("一组", "二组", "三组")[: random.choice((2, 3))]:
        own = [(person(random), amount(random)) for _ in range(random.randrange(1, 4))]
        part = sum((value for _, value in own), _ZERO)
        entries[name] = [
            [n, who, "种粮补贴", cell(value, money)] for n, (who, value) in enumerate(own, start=1)
        ]
        sheets[name] = [
            *titles(money, _SUBSIDIES),
            ["序号", "户主", "项目", f"金额{money.heading}"],
            *entries[name],
            [None, random.choice(_ALL), None, cell(part, money)],
        ]
        total += part
        names += [who for who, _ in own]
    book = Book("补贴.xlsx", sheets, money)
    book.totals = {"金额": total}
    book.texts["户主"] = names
    for name in sheets:
        book.mark(name, (4,))
        book.note(name, entries[name])
    return book


def members(random: Random, money: Money) -> Book:
    """Households with rows of their members, who have no amount of their own."""
    lines: list[Line] = [
        *titles(money, "双槐村2026年第三季度农村最低生活保障对象名单"),
        ["户主", "与户主关系", "组别", "保障人口", f"月保障金额{money.heading}"],
    ]
    entries: list[Line] = []
    total, count, names = _ZERO, 0, []
    for _ in range(random.randrange(2, 5)):
        name, size, value = person(random), random.randrange(1, 4), amount(random)
        entries.append([name, "户主", group(random), size, cell(value, money)])
        lines.append(entries[-1])
        kin = random.sample(("妻子", "长子", "女儿", "母亲"), size - 1)
        lines += [[person(random), relation] for relation in kin]
        total, count = total + value, count + size
        names.append(name)
    lines.append([random.choice(_ALL), None, None, count, cell(total, money)])
    book = Book("低保.xlsx", {"低保": lines}, money)
    book.totals = {"月保障金额": total, "保障人口": Decimal(count)}
    book.texts["户主"] = names
    book.mark("低保", (5,))
    book.note("低保", entries)
    return book


def schemes(random: Random, money: Money) -> Book:
    """Several subsidies as columns."""
    kinds = ["耕地地力保护补贴", "种粮补贴", "农机补贴"][: random.randrange(2, 4)]
    sums, h = [_ZERO] * len(kinds), money.heading
    heads: Line = ["序号", "户主", "组别", *(f"{kind}{h}" for kind in kinds), f"合计{h}"]
    entries: list[Line] = []
    for n in range(random.randrange(2, 6)):
        values = [amount(random) if random.random() < 0.8 else None for _ in kinds]
        own = sum((a for a in values if a is not None), _ZERO)
        sums = [total + (a or 0) for total, a in zip(sums, values, strict=True)]
        cells = [cell(a, money) for a in (*values, own)]
        entries.append([n + 1, person(random), group(random), *cells])
    total = sum(sums, _ZERO)
    end: Line = [random.choice(_ALL), None, None, *(cell(a, money) for a in (*sums, total))]
    book = Book("补贴.xlsx", {"补贴": [*titles(money, _SUBSIDIES), heads, *entries, end]}, money)
    book.totals = {"金额": total}
    book.mark("补贴", range(4, 5 + len(kinds)))
    book.note("补贴", entries)
    return book


def register(random: Random, money: Money) -> Book:
    """Contracts of two owners in one register."""
    owners, h = ("双槐村股份经济合作社", "双槐村村民委员会"), money.heading
    heads: Line = ["序号", "合同编号", "合同名称", "发包方", "承包方", "起始日期", "终止日期"]
    heads += [f"年承包费{h}", f"本年应收{h}", f"本年已收{h}", f"欠款{h}"]
    entries: list[Line] = []
    sums = [_ZERO] * 4
    owned = [random.choice(owners) for _ in range(random.randrange(1, 4))]
    for n, owner in enumerate([*owners, *owned], start=1):
        rent = amount(random)
        paid = rent if random.random() < 0.6 else rent / 2 // 100 * 100
        own = [rent, rent, paid, rent - paid]
        sums = [s + a for s, a in zip(sums, own, strict=True)]
        what = random.choice(("东塘", "后山林场", "校舍", "晒场")) + "承包合同"
        words: Line = [n, f"SH-{n:02}", what, owner, person(random), "2024-01-01", "2030-12-31"]
        entries.append([*words, *(cell(a, money) for a in own)])
    end: Line = [None, random.choice(_ALL), *([None] * 5), *(cell(a, money) for a in sums)]
    title = titles(money, "双槐村集体经济合同台账（截至2026年12月底）")
    book = Book("合同.xlsx", {"合同": [*title, heads, *entries, end]}, money)
    names = ("年租金", "本年应收", "本年已收", "欠收")
    book.totals = dict(zip(names, sums, strict=True))
    book.mark("合同", range(8, 12))
    book.note("合同", entries)
    return book


def debts(random: Random, money: Money) -> Book:
    """Receivable and payable on two sheets."""
    sheets: dict[str, list[Line]] = {}
    all_sums, h = [_ZERO] * 4, money.heading
    entries: dict[str, list[Line]] = {}
    amounts = ("期初余额", "本期增加", "本期减少", "期末余额")
    for name in ("应收款", "应付款"):
        sums, entries[name] = [_ZERO] * 4, []
        for n in range(random.randrange(1, 4)):
            opening, more = amount(random), amount(random)
            less = min(opening, amount(random))
            own = [opening, more, less, opening + more - less]
            sums = [s + a for s, a in zip(sums, own, strict=True)]
            cells = [cell(a, money) for a in own]
            entries[name].append([n + 1, person(random), "承包费", *cells])
        sheets[name] = [
            *titles(money, f"双槐村股份经济合作社2026年三季度{name}项明细表"),
            ["序号", "单位（个人）名称", "内容", *(f"{text}{h}" for text in amounts)],
            *entries[name],
            [None, random.choice(_ALL), None, *(cell(a, money) for a in sums)],
        ]
        all_sums = [s + a for s, a in zip(all_sums, sums, strict=True)]
    book = Book("往来款.xlsx", sheets, money)
    book.totals = dict(zip(amounts, all_sums, strict=True))
    for name in sheets:
        book.mark(name, range(4, 8))
        book.note(name, entries[name])
    return book


def works(random: Random, money: Money) -> Book:
    """Building projects with a progress in per cent and what is left to pay."""
    h, sums = money.heading, [_ZERO] * 3
    heads: Line = ["序号", "项目名称", "施工单位", f"中标价{h}", f"已付{h}", f"未付{h}", "完成进度"]
    entries: list[Line] = []
    shown = []
    for n in range(random.randrange(1, 5)):
        price = amount(random) + 10_000
        paid = random.choice((_ZERO, price, price / 200 // 1 * 100))
        share = random.choice((5, 30, 70, 100))
        own = [price, paid, price - paid]
        sums = [s + a for s, a in zip(sums, own, strict=True)]
        cells = [cell(a, money) for a in own]
        entries.append([n + 1, f"水渠{n + 1}号", "宏远建筑队", *cells, share / 100])
        shown.append(f"{share}%")
    end: Line = [None, random.choice(_ALL), None, *(cell(a, money) for a in sums)]
    title = titles(money, "双槐村2026年第三季度工程项目公示表")
    book = Book("项目.xlsx", {"项目": [*title, heads, *entries, end]}, money)
    book.totals = dict(zip(("中标价", "已付", "未付"), sums, strict=True))
    book.texts["进度"] = shown
    book.mark("项目", range(4, 7))
    book.note("项目", entries)
    book.formats |= {(sheet, row, 7): "0%" for sheet, row in book.rows}
    return book
