"""Books damaged as hands damage them, and what they mean all the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from generator.intake.headings import heading_key
from tests.chance.books import MONEYS, Book, Form
from tests.chance.ledgers import ledger, months, quarter
from tests.chance.lists import debts, groups, households, members, register, sets, works

FORMS: tuple[Form, ...] = (
    *(ledger, months, quarter, households, members, sets, groups, register, debts, works),
)
# A word that means something else than the column in whose place it is put.
STRANGERS: dict[str, tuple[str, ...]] = {
    "收入": ("应收", "上年收入", "预收款", "借入", "退回", "计划收入", "收人款数", "收费"),
    "支出": ("应付", "预付", "上年支出", "借出", "计划支出", "支借", "暂付款"),
    "金额": (
        "应发金额",
        "扣款金额",
        "上季金额",
        "累计金额",
        "退回金额",
        "欠发金额",
        "余额",
        "金额小写",
    ),
    "月保障金额": (
        "季度发放金额",
        "年保障金额",
        "补发金额",
        "停发金额",
        "月保障标准",
        "季保障金额",
    ),
    "年承包费": ("月承包费", "上年承包费", "欠缴承包费", "押金", "承包费总额", "年转包费"),
    "本年应收": ("本年实收", "本年预收", "上年应收", "本年应付", "本月应收", "今年应退"),
    "已付": ("未付款项", "应付", "欠付", "待付", "质保金", "预付", "巳付"),
    "未付": ("已付款项", "末付", "多付", "应付"),
    "中标价": ("落标价", "投标价", "控制价", "单价", "中标家"),
    "期末余额": ("期初数", "上期余额", "逾期金额", "期未余额", "年末余额"),
    "期初余额": ("期末数", "年初余额", "上上期余额", "期初帐龄"),
    "本期增加": ("本期减少数", "本年增加", "上期增加", "本期净增"),
    "户主": ("乙方", "经办人", "代领人", "户籍", "前户主"),
    "承包方": ("发包人", "转包方", "出租人", "甲方", "担保方"),
}
# The same meaning, written wrongly: a hint may lead back to the column, and nowhere else.
SLIPS: dict[str, tuple[str, ...]] = {
    "收入": ("收人", "收 入 ", "收入金颔"),
    "支出": ("岀支", "支岀", "支出金颔"),
    "金额": ("金颔", "金额额", "全额"),
    "户主": ("户主姓各", "户王"),
    "已付": ("己付", "巳付"),
    "期末余额": ("期末佘额", "期未余额"),
    "月保障金额": ("月保障金颔", "月保障全额"),
    "摘要": ("摘耍", "滴要"),
    "本年应收": ("夲年应收", "本年应収"),
    "承包方": ("承包万", "承苞方"),
    "中标价": ("中标介", "中标阶"),
}
LABELS = ("以上共", "全部加起来", "总合", "累加", "共合", "统计", "本表加总", "加总")


@dataclass
class Case:
    """A damaged book and what it means. `unknown` are columns whose values stand nowhere on the sheet, so
    that nothing may be published under their names; `repairs` put back what a hand got wrong, by cell."""

    name: str
    book: Book
    unknown: set[str] = field(default_factory=set)
    repairs: dict[tuple[str, int, int], object] = field(default_factory=dict)
    surplus: set[tuple[str, int]] = field(default_factory=set)  # columns that a hand copied
    proofs: set[tuple[str, int]] = field(default_factory=set)  # rows of sums under other words


def _head(book: Book, sheet: str) -> int:
    """The row of a sheet in which its headings stand, from 1: the last with several words above the
    entries, but for an opening."""
    first = min(row for name, row in book.rows if name == sheet)
    lines = book.sheets[sheet][: first - 1]
    return max(n for n, line in enumerate(lines, 1) if sum(isinstance(c, str) for c in line) > 2)


def headings(book: Book, wanted: Sequence[str]) -> list[tuple[str, int, int]]:
    """Where headings of these names stand."""
    found = []
    for sheet, lines in book.sheets.items():
        rows = [_head(book, sheet)] if book.rows else range(1, min(6, len(lines)) + 1)
        for row in rows:
            for column, text in enumerate(lines[row - 1], 1):
                if isinstance(text, str) and heading_key(text)[0] in wanted:
                    found.append((sheet, row, column))
    return found


def put(book: Book, place: tuple[str, int, int], value: object) -> None:
    sheet, row, column = place
    line = book.sheets[sheet][row - 1]
    line += [None] * (column - len(line))
    line[column - 1] = value


def at(book: Book, place: tuple[str, int, int]) -> object:
    line = book.sheets[place[0]][place[1] - 1]
    return line[place[2] - 1] if place[2] <= len(line) else None


def renamed(book: Book, name: str, word: str, *, is_slip: bool) -> Case:
    """A heading is written otherwise, on all sheets."""
    case = Case(f"{'写错' if is_slip else '别的意思'}：{name} → {word}", book)
    for place in headings(book, [name]):
        old = str(at(book, place))
        unit = heading_key(old)[1]
        put(book, place, f"{word}（{unit}）" if unit else word)
        if is_slip:
            case.repairs[place] = old
        else:
            case.unknown.add(name)
    return case


def _renamed(random: Random, book: Book, table: dict[str, tuple[str, ...]]) -> Case:
    name = random.choice([name for name in table if headings(book, [name])])
    return renamed(book, name, random.choice(table[name]), is_slip=table is SLIPS)


def stranger(random: Random, book: Book) -> Case:
    """A column of another meaning stands in the place of one that the table knows."""
    return _renamed(random, book, STRANGERS)


def slip(random: Random, book: Book) -> Case:
    """A heading is mistyped."""
    return _renamed(random, book, SLIPS)


def double(random: Random, book: Book) -> Case:
    """A column of amounts stands there twice, with other numbers in the copy."""
    case = Case("重复的栏", book)
    for sheet in book.sheets:
        row = _head(book, sheet)
        column = max(c for s, _, c in book.amounts if s == sheet)
        width = max(map(len, book.sheets[sheet])) + 1
        put(book, (sheet, row, width), at(book, (sheet, row, column)))
        for number in (n for name, n in book.rows if name == sheet):
            value = at(book, (sheet, number, column))
            if isinstance(value, int | float):
                put(book, (sheet, number, width), value * 2)
        case.surplus.add((sheet, width))
    return case


def as_text(random: Random, book: Book) -> Case:
    """An amount is written as text with signs and units."""
    case = Case("金额写成文字", book)
    places = [
        (sheet, row, column)
        for sheet, row in book.rows
        for column in range(1, 30)
        if (sheet, row, column) in book.amounts
        and isinstance(at(book, (sheet, row, column)), int | float)
        and at(book, (sheet, row, column))
    ]
    place = random.choice(places)
    value = at(book, place)
    assert isinstance(value, int | float)
    case.repairs[place] = value
    forms: tuple[Callable[[float], str], ...] = (
        lambda v: f"{v}元",
        lambda v: f"{v * book.money.stored / 10000}万元",
        lambda v: f"{v:,.2f}",
        lambda v: f"¥{v}",
        lambda v: f"{v}元整",
        lambda v: f"{v}（已付）",
        lambda v: f"约{v}",
        lambda v: f"{v / 2:g}+{v / 2:g}",
        lambda v: str(v).replace("0", "O"),
    )
    text = random.choice(forms)(value)
    case.name = f"{case.name}：{text}"
    put(book, place, text)
    return case


def label(random: Random, book: Book) -> Case:
    """A row of sums is called by a word that nobody knows."""
    case = Case("合计换了叫法", book)
    word = random.choice(LABELS)
    case.name = f"{case.name}：{word}"
    for sheet, lines in book.sheets.items():
        last = max(row for name, row in book.rows if name == sheet)
        for row, line in enumerate(lines[last:], last + 1):
            for column, cell in enumerate(line, 1):
                if isinstance(cell, str) and ("计" in cell or cell in ("总额", "Total")):
                    case.repairs[sheet, row, column] = cell
                    case.proofs.add((sheet, row))
                    line[column - 1] = word
    return case


def mistyped(random: Random, book: Book) -> Case:
    """A number of the row of sums is wrong."""
    case = Case("合计写错", book)
    places = []
    for sheet, lines in book.sheets.items():
        last = max(row for name, row in book.rows if name == sheet)
        places += [
            (sheet, row, column)
            for row in range(last + 1, len(lines) + 1)
            for column in range(1, 30)
            if (sheet, row, column) in book.amounts
            and isinstance(at(book, (sheet, row, column)), int | float)
        ]
    place = random.choice(places)
    value = at(book, place)
    assert isinstance(value, int | float)
    case.repairs[place] = value
    put(book, place, value + 900 / book.money.stored)
    return case


DAMAGES: tuple[Callable[[Random, Book], Case], ...] = (
    *(stranger, stranger, stranger, slip, slip, double, as_text, label, mistyped),
)


def case_of(seed: int) -> Case:
    """The damaged book of a seed."""
    random = Random(seed)
    form = random.choice(FORMS)
    money = random.choice([m for m in MONEYS if m.is_plain and not m.as_text])
    book = form(random, money)
    damage = random.choice(DAMAGES)
    case = damage(random, book)
    case.name = f"{seed} {form.__name__} {case.name}"
    return case
