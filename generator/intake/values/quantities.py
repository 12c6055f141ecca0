"""Parses numbers with their units: 1.2万元, 3公顷, 12.5%.

A value is wanted in its column's unit. The cell may name a unit, and so may the title of the
worksheet or the heading; what they say together is converted exactly, or refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from generator.intake.values.cells import CellContext, Refusal, plain
from generator.model.numerals import chinese_amount

# Twelve digits before the point are a trillion: a longer number is a slip of the hand, and
# sums and products of such numbers stay exact in 28 digits.
_MOST = Fraction(10**12)
_MOST_DECIMALS = 16
_NUMERAL = r"(?:\d{1,12}|[1-9]\d{0,2}(?:,\d{3}){1,3})(?:\.\d{1,16})?"
_QUANTITY = re.compile(
    rf"(?P<sign>[+-]|负)?\s*(?P<yuan>¥|人民币|RMB|CNY)?:?\s*(?P<inner>[+-])?\s*"
    rf"(?P<digits>{_NUMERAL})\s*(?P<unit>[^\d\s.,+-][^\d]*)?",
    re.ASCII | re.IGNORECASE,
)
_COINS = re.compile(r"([+-]|负)?(\d{1,12})元(\d)角(?:(\d)分)?[整正]?", re.ASCII)
_WORDS = re.compile(r"(负)?(?:人民币\s*:?\s*)?(负)?(\w[\w\s]*)")
_BRACKETS = re.compile(r"\(\s*(¥?\s*[\d.,]+[^()]*)\)([^()\d]*)", re.ASCII)
_DOUBTFUL = re.compile(r"(?:[+-]|负)?\s*¥?\s*[\d.]*\d,[\d.,]*[^\d.,+-]{0,6}", re.ASCII)
_TIMES = {
    "": 1, "十": 10, "百": 10**2, "千": 10**3, "万": 10**4,
    "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8,
}  # fmt: skip
_BY_LENGTH = tuple(sorted(_TIMES, key=len, reverse=True))
_UNIT_LABEL = re.compile(r"^\W*\w{0,4}单位\W*")
_LARGE_MONEY = re.compile(r"[十百千万亿]元")
_DECIMALS = re.compile(r"\.(\d+)", re.ASCII)
_SEPARATORS = re.compile(r"[、,;\s]+|或")

Family = Mapping[str, Fraction]
_MONEY: Family = {
    **{f"{yuan}{whole}": Fraction(1) for yuan in "元圆圓" for whole in ("", "整", "正")},
    "块": Fraction(1),
    "块钱": Fraction(1),
}
_AREA: Family = {
    "平方米": Fraction(1),
    "平米": Fraction(1),
    "㎡": Fraction(1),
    "m²": Fraction(1),
    "m2": Fraction(1),
    "亩": Fraction(2000, 3),  # 15亩 are one 公顷
    "市亩": Fraction(2000, 3),
    "分": Fraction(200, 3),
    "厘": Fraction(20, 3),
    "公顷": Fraction(10**4),
    "平方公里": Fraction(10**6),
}
_SHARE: Family = {"%": Fraction(1), "‰": Fraction(1, 10)}
_PEOPLE: Family = dict.fromkeys(("人", "名", "口"), Fraction(1))
_FAMILIES = (_MONEY, _AREA, _SHARE, _PEOPLE)
# Units that a cell may name without being measured in them here: named in the refusal.
_OTHERS = frozenset(
    (
        *("户", "家", "个", "株", "棵", "头", "只", "条", "座", "间", "处", "台", "辆", "件", "套"),
        *("斤", "公斤", "千克", "吨", "米", "公里", "里", "天", "月", "年", "工", "次"),
        *("美元", "港币", "港元", "欧元", "日元", "角", "分"),
    )
)
_KNOWN = frozenset(unit for family in _FAMILIES for unit in family) | _OTHERS
_OTHER_MONEY = frozenset(("角", "分", "美元", "美金", "港元", "港币", "欧元", "日元"))


@dataclass(frozen=True)
class _Quantity:
    """A number as the cell says it; `unit` is what stands behind it, 元 for a ¥ before it."""

    number: Fraction
    unit: str


def read_amount(body: str, context: CellContext) -> Decimal | Refusal:
    """An amount of money in yuan, exact, with two decimals at most."""
    units = CellContext(context.period, context.unit, context.column_unit or "元")
    size = _measure(body, units, "amount")
    if isinstance(size, Refusal):
        return size
    cents = size * 100
    if cents.denominator != 1:
        return Refusal("cents")
    return Decimal(f"{cents.numerator}e-2")


def read_number(body: str, context: CellContext) -> Decimal | Refusal:
    """A number in the column's unit, exact."""
    size = _measure(body, context, "number")
    if isinstance(size, Refusal):
        return size
    number = exact_decimal(size)
    if number is None:
        unit = _unit_of(body) or context.unit
        return Refusal("unit", unit=unit, expected=context.column_unit)
    return number


def read_integer(body: str, context: CellContext) -> int | Refusal:
    """A whole number."""
    size = _measure(body, context, "number")
    if isinstance(size, Refusal):
        return size
    return size.numerator if size.denominator == 1 else Refusal("integer")


def read_percent(body: str, context: CellContext) -> Decimal | Refusal:
    """A share in percent: 12.5% is 12.5.

    A bare number of 1 or less may be a share of one, which is what a spreadsheet program keeps of
    a percentage; it needs its sign, or the heading's.
    """
    share = read_number(body, CellContext(context.period, context.unit, "%"))
    if isinstance(share, Refusal) or share == 0 or abs(share) > 1:
        return share
    if _unit_of(body) or "%" in _tokens(context.unit):
        return share
    whole = exact_decimal(Fraction(share) * 100)
    return Refusal("percent-ambiguous", one=f"{share:f}%", other=f"{whole:f}%")


@dataclass(frozen=True)
class Measure:
    """A number as a cell shows it, with its unit and how many decimals it has; `factor` is what one of the
    unit is in the column's, None for a unit that is none of the column's."""

    number: Fraction
    unit: str
    decimals: int
    factor: Fraction | None


def shown_measure(text: str, context: CellContext, *, is_money: bool) -> Measure | None:
    """What a cell shows, whatever unit the worksheet declares; None where it shows no number."""
    body = plain(text)
    quantity = _quantity(body, is_money=is_money)
    if quantity is None:
        return None
    decimals = _DECIMALS.search(body)
    family, _ = _units(context.unit, context.column_unit, is_money=is_money)
    factor = _resolve(quantity.unit, family) if quantity.unit else None
    return Measure(quantity.number, quantity.unit, len(decimals[1]) if decimals else 0, factor)


def declared_unit(context: CellContext, *, is_money: bool) -> tuple[str, Fraction] | None:
    """The unit that a worksheet or heading declares for a column, and its factor; no unit and one where it
    declares none, None where what it declares is refused."""
    _, declared = _units(context.unit, context.column_unit, is_money=is_money)
    return None if isinstance(declared, Refusal) else declared


def _measure(body: str, context: CellContext, kind: str) -> Fraction | Refusal:
    """The cell's quantity in the column's unit."""
    quantity = _quantity(body, is_money=kind == "amount")
    if quantity is None:
        return Refusal("separators" if _DOUBTFUL.fullmatch(_unbracketed(body)) else kind)
    family, declared = _units(context.unit, context.column_unit, is_money=kind == "amount")
    if isinstance(declared, Refusal):
        return declared
    factor = _factor(quantity.unit, context.column_unit, family, declared, kind)
    if isinstance(factor, Refusal):
        return factor
    size = quantity.number * factor
    return size if abs(size) < _MOST else Refusal(kind)


def _factor(
    unit: str, column_unit: str, family: Family, declared: tuple[str, Fraction], kind: str
) -> Fraction | Refusal:
    """What a number in the cell's unit is to be multiplied by."""
    named, usual = declared
    if not unit:
        return usual
    said = _resolve(unit, family)
    if said is None:
        is_other = column_unit and _is_known(unit)
        return Refusal("unit", unit=unit, expected=column_unit) if is_other else Refusal(kind)
    if usual not in (1, said):
        # Under 单位：万元 clerks write 元 out of habit: which of the two is meant is theirs to say.
        return Refusal("unit-clash", unit=unit, declared=named)
    return said


@lru_cache(256)  # every cell of a column asks
def _units(
    unit: str, column_unit: str, *, is_money: bool
) -> tuple[Family, tuple[str, Fraction] | Refusal]:
    """The units of a column, and which of them a worksheet or heading declares for it."""
    tokens = _tokens(unit)
    family = _family(column_unit) or _bare_family(tokens)
    return family, _declared(tokens, family, is_money=is_money)


def _family(column_unit: str) -> Family:
    """Units that can be converted into the column's, with the factor for it."""
    for family in _FAMILIES:
        if column_unit in family:
            return {unit: size / family[column_unit] for unit, size in family.items()}
    return {column_unit: Fraction(1)} if column_unit else {}


def _resolve(unit: str, family: Family) -> Fraction | None:
    """The factor of 公顷, of 万元 and of 万; None for what is no unit of the family."""
    if unit in family:
        return family[unit]
    for times in _BY_LENGTH:
        rest = unit.removeprefix(times)
        if times and unit.startswith(times) and (rest in family or not rest):
            return _TIMES[times] * family.get(rest, Fraction(1))
    return None


def _is_known(unit: str) -> bool:
    """Whether this is a unit of anything: 户, 万亩, 元/亩."""
    name = unit.split("/")[0]
    return any(name.removeprefix(times) in _KNOWN for times in _TIMES)


def _tokens(unit: str) -> tuple[str, ...]:
    """The units that a title or heading names: 单位：元、亩 names two, 元/亩 counts as 元."""
    tokens = _SEPARATORS.split(_UNIT_LABEL.sub("", plain(unit)))
    names = (token.strip("()[]:").removeprefix("人民币").split("/")[0] for token in tokens)
    return tuple(name for name in names if name)


def _bare_family(tokens: tuple[str, ...]) -> Family:
    """Units of a column for which the schema has none; 万株 counts in 株."""
    bases = (t if t in _KNOWN else t.removeprefix("万") for t in tokens)
    return {base: Fraction(1) for base in bases if base in _KNOWN and base not in _MONEY}


def _declared(
    tokens: tuple[str, ...], family: Family, *, is_money: bool
) -> tuple[str, Fraction] | Refusal:
    """The unit declared for such a column, and its factor.

    A heading may hold something else than a unit (支出（贷方）), and a title the unit of other
    columns: only what fits counts.
    """
    found: dict[str, Fraction] = {}
    for name in tokens:
        factor = _resolve(name, family)
        if factor is not None:
            found.setdefault(name, factor)
        elif is_money and (name in _OTHER_MONEY or _LARGE_MONEY.search(name)):
            return Refusal("unit", unit=name, expected="元")
    first = next(iter(found.items()), ("", Fraction(1)))
    other = next((name for name, factor in found.items() if factor != first[1]), None)
    return first if other is None else Refusal("unit-clash", unit=first[0], declared=other)


def _quantity(body: str, *, is_money: bool) -> _Quantity | None:
    text = _unbracketed(body)
    match = _QUANTITY.fullmatch(text)
    if match and not (match["sign"] and match["inner"]):
        unit = "".join((match["unit"] or "").split())
        if match["yuan"]:
            if not is_money:
                return None
            unit = unit if "元" in unit else f"{unit}元"
        number = Fraction(match["digits"].replace(",", ""))
        is_minus = match["sign"] in ("-", "负") or match["inner"] == "-"
        return _Quantity(-number if is_minus else number, unit)
    return _in_words(text) if is_money else None


def _in_words(text: str) -> _Quantity | None:
    """12元5角3分, and an amount in Chinese numerals; both say that they are yuan."""
    match = _COINS.fullmatch(text)
    if match:
        cents = int(match[2]) * 100 + int(match[3]) * 10 + int(match[4] or 0)
        return _Quantity(Fraction(-cents if match[1] in ("-", "负") else cents, 100), "元")
    head = _WORDS.fullmatch(text)
    if not head or (head[1] and head[2]):
        return None
    words, sign = head[3], -1 if head[1] or head[2] else 1
    amount = chinese_amount(words)
    # Alone, 一 is more often a dash than a number.
    is_mark = len(words) == 1 and words != "零"
    return None if amount is None or is_mark else _Quantity(sign * Fraction(amount), "元")


def _unbracketed(body: str) -> str:
    """`(1200)` as accountants write minus becomes `-1200`."""
    match = _BRACKETS.fullmatch(body)
    return f"-{match[1]}{match[2]}" if match else body


def _unit_of(body: str) -> str:
    quantity = _quantity(body, is_money=False)
    return quantity.unit if quantity else ""


def exact_decimal(number: Fraction) -> Decimal | None:
    """A fraction as an exact decimal, where it is one of reasonable length."""
    scaled = number * 10**_MOST_DECIMALS
    if scaled.denominator != 1:
        return None
    digits = str(abs(scaled.numerator)).rjust(_MOST_DECIMALS + 1, "0")
    whole, decimals = digits[:-_MOST_DECIMALS], digits[-_MOST_DECIMALS:].rstrip("0")
    sign = "-" if number < 0 else ""
    return Decimal(f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}")
