"""Values written in every accepted style read back exactly; any text gives a value or a refusal.

`python -m tests.fuzz_values 100000` makes that many cases and says how long it took. The styles
are written here anew, not with the parsers' own tables, so that one can prove the other.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from generator.intake.values import CellContext, Refusal, read_value
from generator.model.period import parse_period
from generator.problems import Source, problem

FULL_WIDTH = str.maketrans("0123456789,.-()¥%:/", "０１２３４５６７８９，．－（）￥％：／")
CAPITAL = ("零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"))
LOWER = ("零一二三四五六七八九", ("", "十", "百", "千"))
# What only looks like the digit, which must never be read as one.
LOOK_ALIKES = {
    "0": "OoОо٠०⁰⓪𝟎",
    "1": "lI١¹①𝟏",
    "2": "٢²②⑵",
    "3": "З٣³③",
    "5": "٥⁵⑤",
    "6": "б٦⑥",
}
NOISE = (
    "0123456789０９٣²½①.,，-－−–—+()（）¥￥元万亿千百十块整正角分年月日号/ 　%‰亩公顷平方米人户"
    "零〇○一二三四五六七八九壹贰叁拾佰仟负约是否√×:T单位eE\x00\u200b\u202e\ud800\ufe0fОl'\"=@"
)
KINDS = ("amount", "number", "area", "integer", "percent", "date", "yearmonth", "boolean")
TYPES: dict[str, type | tuple[type, ...]] = {
    "integer": int,
    "date": date,
    "yearmonth": date,
    "boolean": bool,
}
UNITS = (
    "",
    "元",
    "万元",
    "亩",
    "公顷",
    "平方米",
    "%",
    "人",
    "贷方",
    "元、亩",
    "单位：万元",
    "美元",
)
PERIODS = tuple(parse_period(t) for t in ("2025", "2025H2", "2025Q1", "2025-03", "2025-09-12"))
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)

Style = tuple[str, str, CellContext, object]  # text, kind, context, value


def in_numerals(number: int, style: tuple[str, tuple[str, ...]]) -> str:
    """A whole number below a trillion in Chinese numerals."""
    words = ""
    is_gap = False
    for size, unit in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // size % 10**4
        if part == 0:
            is_gap = True
            continue
        if words and (is_gap or part < 1000):
            words += "零"
        words += _section(part, style) + unit
        is_gap = False
    return words or "零"


def _section(part: int, style: tuple[str, tuple[str, ...]]) -> str:
    digits, units = style
    words = ""
    is_gap = False
    for place in (3, 2, 1, 0):
        digit = part // 10**place % 10
        if digit == 0:
            is_gap = bool(words)
            continue
        words += ("零" if is_gap else "") + digits[digit] + units[place]
        is_gap = False
    return words


def amount_in_numerals(cents: int, style: tuple[str, tuple[str, ...]], yuan: str) -> str:
    """An amount as on a receipt."""
    whole, rest = divmod(cents, 100)
    words = in_numerals(whole, style) + yuan if whole or not rest else ""
    tens, ones = divmod(rest, 10)
    if tens:
        words += style[0][tens] + "角"
    elif ones and words:
        words += "零"
    return words + (style[0][ones] + "分" if ones else "")


def amount_styles(cents: int) -> Iterator[Style]:
    """Ways in which an amount of money is written."""
    amount = Decimal(cents).scaleb(-2)
    size = abs(amount)
    plain, grouped = f"{size:f}", f"{size:,f}"
    short = f"{size.normalize():f}"
    ten_thousands = f"{size.scaleb(-4).normalize():f}"
    bare = CellContext()
    texts = [plain, grouped, short, f"{short}元", f"{grouped} 元", f"{short}元整", f"¥{plain}"]
    texts += [f"￥ {grouped}", f"¥{plain}元", f"人民币{short}元", f"{short}圆", f"{short}块"]
    texts += [f"{ten_thousands}万", f"{ten_thousands}万元", f"¥{ten_thousands} 万元"]
    texts += [f"{size.scaleb(-8).normalize():f}亿元"]
    texts += [amount_in_numerals(abs(cents), CAPITAL, yuan) for yuan in ("元", "圆")]
    texts += [amount_in_numerals(abs(cents), LOWER, "元")]
    if cents % 100 == 0:
        words = amount_in_numerals(abs(cents), CAPITAL, "元")
        texts += [f"{words}整", f"{words}正", f"人民币{words}整", f"人民币：{words}整"]
    if cents % 10 and abs(cents) >= 100:
        texts.append(f"{abs(cents) // 100}元{abs(cents) // 10 % 10}角{abs(cents) % 10}分")
    for text in texts:
        first = text[0]
        is_word = first not in "¥￥人0123456789"
        if cents >= 0:
            signed = [text] if is_word or first == "人" else [text, f"+{text}"]
        else:
            signed = [f"负{text}"]
            if not is_word and first != "人" and "角" not in text:
                signed += [f"-{text}", f"−{text}", f"({text})", f"（{text}）"]
        for one in signed:
            yield one, "amount", bare, amount
            yield one.translate(FULL_WIDTH), "amount", bare, amount
    declared = CellContext(None, "单位：万元", "元")
    sign = "-" if cents < 0 else ""
    yield f"{sign}{ten_thousands}", "amount", declared, amount
    yield f"{sign}{ten_thousands}万元", "amount", declared, amount
    yield f"{sign}{plain}元", "amount", declared, None
    yield f"{sign}{plain}", "amount", CellContext(None, "元、亩", "元"), amount


def number_styles(units: int) -> Iterator[Style]:
    """Ways in which numbers, areas and shares are written; `units` counts thousandths."""
    number = Decimal(units).scaleb(-3)
    text = f"{number.normalize():f}"
    acres = CellContext(None, "", "亩")
    yield f"{number:,f}", "number", CellContext(), number
    yield text, "number", acres, number
    yield f"{text} 亩", "area", acres, number
    yield text.translate(FULL_WIDTH) + "亩", "area", acres, number
    yield f"{text}公顷", "area", acres, number * 15
    yield text, "area", CellContext(None, "公顷", "亩"), number * 15
    yield f"{text}亩", "area", CellContext(None, "公顷", "亩"), None
    yield f"{text}㎡", "area", acres, number * 15 / 10**4
    yield f"{text}平方米", "area", acres, number * 15 / 10**4
    yield f"{text}万亩", "area", acres, number * 10**4
    yield f"{text}%", "percent", CellContext(None, "", "%"), number
    yield f"{text}％", "percent", CellContext(), number
    yield text, "percent", CellContext(None, "%", "%"), number
    yield text, "integer", CellContext(), int(number) if number % 1 == 0 else None
    yield f"{units}人", "integer", CellContext(None, "", "人"), units
    yield f"{units:,}", "integer", CellContext(None, "人", ""), units
    yield f"{units}户", "integer", CellContext(None, "", "人"), None
    # 1亩 is 666.666… 平方米: only what divides by three comes out even.
    metres = Decimal(units) * 2 / 3 if units % 3 == 0 else None
    yield f"{text}亩", "area", CellContext(None, "", "平方米"), metres


def date_styles(day: date) -> Iterator[Style]:
    """Ways in which a day and a month are written."""
    y, m, d = day.year, day.month, day.day
    none = CellContext()
    texts = [f"{y}{s}{m:02d}{s}{d:02d}" for s in ("-", "/", ".", "")]
    texts += [f"{y}{s}{m}{s}{d}" for s in ("-", "/", ".", " - ")]
    texts += [f"{y}年{m}月{d}日", f"{y} 年 {m} 月 {d} 日", f"{y}年{m:02d}月{d:02d}号"]
    texts += [f"{y}-{m}-{d} 08:05", f"{day.isoformat()}T23:59:59", f"{y}年{m}月{d}日 9:30"]
    texts += [f"{y}{m:02d}{d:02d}235959", f"{y}/{m}/{d} 0:00:00"]
    year = "".join("〇一二三四五六七八九"[int(c)] for c in str(y))
    month, number = (in_numerals(n, LOWER) for n in (m, d))
    texts += [f"{year}年{month}月{number}日", f"{year.replace('〇', '○')}年{month}月{number}号"]
    texts.append(f"{year}年{month.removeprefix('一') if m > 9 else month}月{number}日")
    for text in texts:
        yield text, "date", none, day
        yield text.translate(FULL_WIDTH), "date", none, day
    if 2000 <= y < 2100:
        serial = (day - date(1899, 12, 30)).days
        yield str(serial), "date", none, day
        yield str(serial), "yearmonth", none, day if d == 1 else None
    for period in (f"{y}", f"{y}H{(m + 5) // 6}", f"{y}Q{(m + 2) // 3}", f"{y}-{m:02d}"):
        inside = CellContext(parse_period(period))
        known = day if inside.period else None  # there are no villages' files before 1949
        yield f"{m}月{d}日", "date", inside, known
        yield f"{m} 月 {d} 号".translate(FULL_WIDTH), "date", inside, known
    outside = CellContext(parse_period(f"{y}-{m % 12 + 1:02d}"))
    yield f"{m}月{d}日", "date", outside, None
    for text in (f"{m}月{d}日", f"{m:02d}/{d:02d}/{y}", f"{d}-{m}-{y}", f"{y % 100:02d}.{m}.{d}"):
        yield text, "date", none, None
    first = day.replace(day=1)
    for text in (f"{y}-{m}", f"{y}/{m:02d}", f"{y}.{m:02d}", f"{y}年{m}月", f"{y}{m:02d}"):
        yield text, "yearmonth", none, first
    yield f"{year}年{month}月", "yearmonth", none, first
    yield f"{y}.1", "yearmonth", none, None


def round_trips(chance: random.Random) -> Iterator[Style]:
    """Every style of one amount, one number and one day."""
    yield from amount_styles(chance.choice((1, -1)) * chance.randrange(10 ** chance.randint(1, 14)))
    yield from number_styles(chance.choice((1, -1)) * chance.randrange(10 ** chance.randint(1, 8)))
    yield from date_styles(FIRST + timedelta(days=chance.randrange((LAST - FIRST).days + 1)))


def changed(text: str, chance: random.Random) -> str:
    """A text with a slip of the hand or two."""
    for _ in range(chance.randint(1, 2)):
        place = chance.randrange(len(text) + 1)
        cut = place + chance.randint(0, 1)
        text = text[:place] + chance.choice(("", chance.choice(NOISE))) + text[cut:]
    return text


def check_style(text: str, kind: str, context: CellContext, wanted: object) -> None:
    """What is wanted is read; None stands for a refusal."""
    value = read_value(text, kind, context)
    if wanted is None:
        assert isinstance(value, Refusal), (text, kind, context, value)
        return
    assert type(value) is type(wanted), (text, kind, context, value)
    assert value == wanted, (text, kind, context, value)


def check_any(text: str, kind: str, context: CellContext) -> str:
    """The text gives a value of its kind, or a refusal that has its words."""
    value = read_value(text, kind, context)
    if isinstance(value, Refusal):
        facts = {"table": "ledger", "heading": "支出", "example": "1.00", **value.facts}
        found = problem(f"{{table}}-{value.kind}", Source("a.csv", 2), value=text, **facts)
        str(found).encode()
        return value.kind
    assert isinstance(value, TYPES.get(kind, Decimal)), (text, kind, value)
    if isinstance(value, Decimal):
        assert value.is_finite()
        assert abs(value) < 10**12
        if not context.unit and re.fullmatch(r"[0-9.,+-]+", text):
            assert value == Decimal(text.replace(",", "")), text
            assert "," not in text or re.fullmatch(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", text)
    return "value"


def check_look_alike(text: str, kind: str, context: CellContext, chance: random.Random) -> bool:
    """A value of which one digit only looks like one is refused; False where it has none."""
    places = [place for place, sign in enumerate(text) if sign in LOOK_ALIKES]
    if not places:
        return False
    place = chance.choice(places)
    false = chance.choice(LOOK_ALIKES[text[place]])
    if false.isascii() and false.isdigit():
        return False
    spoilt = text[:place] + false + text[place + 1 :]
    assert isinstance(read_value(spoilt, kind, context), Refusal), (spoilt, kind)
    return True


def run(cases: int, seed: int = 1, tell: Callable[[str], None] = print) -> Counter[str]:
    """At least so many readings; the outcomes of those that promise nothing are counted."""
    chance = random.Random(seed)
    begun = time.perf_counter()
    counts: Counter[str] = Counter()
    while counts.total() < cases:
        for text, kind, context, wanted in round_trips(chance):
            check_style(text, kind, context, wanted)
            counts["style"] += 1
            counts["look-alike digit"] += check_look_alike(text, kind, context, chance)
            noise = "".join(chance.choices(NOISE, k=chance.randint(0, 12)))
            other = CellContext(
                chance.choice((None, *PERIODS)), chance.choice(UNITS), chance.choice(UNITS[:8])
            )
            for any_text in (changed(text, chance), noise):
                any_kind = chance.choice((kind, chance.choice(KINDS)))
                outcome = check_any(any_text, any_kind, chance.choice((context, other)))
                counts[f"any text: {'value' if outcome == 'value' else 'refused'}"] += 1
    seconds = time.perf_counter() - begun
    for outcome, count in sorted(counts.items()):
        tell(f"{count:>9,}  {outcome}")
    tell(f"{counts.total():>9,}  cases in {seconds:.1f} s, seed {seed}")
    return counts


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
