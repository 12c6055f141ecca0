"""Grids by chance, with looks, through the whole reading of a table, by every schema.

Whatever a grid holds, reading it gives a table or problems and never an exception; an answer that is none of
a question's choices changes nothing; and what is read without a fault or a doubt is, written as a clean file
and read again, the same table without a doubt. `python -m tests.fuzz_grids 3000` tries that many.
"""

from __future__ import annotations

import sys
import traceback
from collections import Counter
from collections.abc import Mapping
from random import Random

from generator.importer.clean import clean_file, kept_fields
from generator.importer.existing import difference, reading_of
from generator.intake.decoding import GridRow, Look, Span, Worksheet
from generator.intake.doubts import Doubt
from generator.intake.looks.styles import COVERED
from generator.intake.tables import TableReading, read_table
from generator.intake.worksheets import read_csv
from generator.model.masks import MaskProfile
from generator.model.period import parse_period
from generator.model.schema import Field, TableSchema
from generator.model.shared import Shared
from generator.problems import Problem, files_with_errors
from tests.township import real_content

FILE = "表.xlsx"
PERIODS = ("2026-10", "2026Q3", "2026H1", "2026")
CODES = (
    "General", "0.00", "#,##0.00", '0.00"元"', '0!.0,"万元"', "0%", "000", ";;;", "yyyy\\-mm",
    "m-d",
    "[DBNum2]General", '¥#,##0.00;[Red]-¥#,##0.00', "[$$-409]#,##0.00", "0.0,", "@", "0%%", "]]", '"',
)  # fmt: skip
NUMBERS = (
    "0", "-0", "0.1", "0.30000000000000004", "1e300", "1E-9", "31.6666666666667", "-5", "(5)",
    "1,200.00",
    "1 200 000", "１２３．５", "①", "⑳", "壹万贰仟元整",
    "五十元", "12%", "12%%", "￥300",
    "US$12", "'00123", "1.2万",
    "九千九百九十九万亿", "9" * 40, "∞", "½", "元", "3.", ".5", "--", "1/3", "10万元/年", "-", "—", "无", "√",

)  # fmt: skip
DAYS = (
    "2026-10-03", "10.1", "10.10", "3日", "10月", "1899-12-30", "1900-02-29", "2026年13月1日", "2026.2.30",
    "6-20",
    "2026-10-03 12:30", "20261003", "２０２６年１０月３日", "0000-00-00", "9999-12-31", "45200",
    "-1", "今天",
    "10/3/26",
    "2023.1.1-2033.12.31", "20年", "2024年7月1日至", "2022-2052", "长期",
)  # fmt: skip
WORDS = (
    "鱼塘承包", "王强", "王　强", "一组", "一 组", "男", "合计", "小计", "本月合计",
    "上月结余", "期末余额", "本年累计", "（合计）",
    "Total", "序号", "制表人：石大",
    "公开日期", "更正", "已核对", "公开日期：2026-11-05", "更正：2026-11-06，改了", "单位：万元",

    "本期无发生", "2026年10月份",
    "#REF!", '=DISPIMG("ID_1",1)', "=[1]表!A1", "＊", "*", "王*强",
    "\ue863", "\ufffd",
    "□",
    "&#19886;", "\u202e元", "\u200b", "收入合计",
    "转下页", "承上页", "一组小计", "李四、王五",
    "收", "付", "借", "贷", "平",
    "石" * 3000, "<b>", "a\x00b", "12元/亩", "600平方米",
    "“水”“电”", "]", "[", "(",
    "（", "{0}", "{title}", "%s", "\\", "|",
)  # fmt: skip


def heading(field: Field, chance: Random) -> str:
    """A heading for a column: its name, an alias, with a unit now and then."""
    text = chance.choice((field.name, field.name, *field.aliases))
    return text + chance.choice(("", "", "", "（元）", "（万元）", "（亩）", "(人)", " "))


def makings_of(schema: TableSchema) -> list[str]:
    """Headings that are no columns of the table, but of which such are made."""
    names = [part.name for join in schema.joins for part in join.parts]
    names += [offer.name for offer in schema.offers] + [split.field for split in schema.splits]
    if schema.sides is not None:
        sides = schema.sides
        for group in (sides.debit, sides.credit, sides.amount, sides.kind, sides.standing):
            names += group[:1]
    return names


def cell(field: Field | None, chance: Random) -> str:
    """A cell, mostly such as its column may have."""
    roll = chance.random()
    if roll < 0.12:
        return ""
    if field is None or roll < 0.2:
        return chance.choice((*WORDS, *NUMBERS, *DAYS))
    if field.is_numeric:
        sound = str(chance.randrange(1, 5000)), f"{chance.randrange(10**6) / 100:.2f}"
        return chance.choice((*sound, *sound, chance.choice(NUMBERS)) if roll < 0.5 else sound)
    if field.type in ("date", "yearmonth"):
        sound = f"2026-10-{chance.randrange(1, 32):02}", f"10.{chance.randrange(1, 32)}"
        return chance.choice((*sound, chance.choice(DAYS)) if roll < 0.5 else sound[:1])
    if field.constraints.enum and roll < 0.9:
        return chance.choice(field.constraints.enum)
    return chance.choice(WORDS) if roll < 0.5 else f"{field.name[:2]}{chance.randrange(50)}"


def look(text: str, chance: Random) -> Look:
    """A look of a cell: a format, a line through it or a part of it, or a reason why nobody sees it."""
    struck, kept = chance.choice(((text, ""), (text[:1], text[1:])))
    return Look(
        shown=chance.choice(
            ("", text, text + "元", "31.67", "10.3", "12%", "Oct-26", "9月1日", "￥1")
        ),
        code=chance.choice(("", *CODES)),
        struck=struck if chance.random() < 0.15 else "",
        unseen=chance.choice((COVERED, "白底白字")) if chance.random() < 0.15 else "",
        kept=kept,
    )


def grid(schema: TableSchema, chance: Random) -> Worksheet:
    """A sheet with titles, headings of the schema in any order, rows, proofs and notes."""
    fields: list[Field | None] = [
        f for f in schema.fields if f.constraints.required or chance.random() < 0.6
    ]
    names = [heading(f, chance) for f in fields if f is not None]
    for name in (*makings_of(schema), "序号", "签字", "没见过的"):
        if chance.random() < 0.2:
            names.append(name)
            fields.append(None)
    if chance.random() < 0.3:
        order = chance.sample(range(len(names)), len(names))
        names, fields = [names[i] for i in order], [fields[i] for i in order]
    lines = [[chance.choice(WORDS)] for _ in range(chance.randrange(3))]
    lines.append(names)
    sound = chance.random() < 0.4
    for _ in range(chance.randrange(7)):
        lines.append([_sound(f, chance) if sound else cell(f, chance) for f in fields])
    for _ in range(chance.randrange(3)):
        label = chance.choice(WORDS)
        lines.append([label, *(chance.choice(("", "100", "0")) for _ in fields[1:])])
    if chance.random() < 0.5:
        lines.append(["公开日期", "2026-11-05"])
    rows = [
        GridRow(number, tuple(line), _looks(line, chance) if chance.random() < 0.3 else {})
        for number, line in enumerate(lines, start=1)
    ]
    width = max(len(line) for line in lines)
    spans = tuple(_span(len(rows), width, chance) for _ in range(chance.randrange(3)))
    hidden = frozenset(n for n in range(1, len(rows) + 1) if chance.random() < 0.03)
    return Worksheet(chance.choice(("Sheet1", "")), tuple(rows), False, hidden, frozenset(), spans)


def _sound(field: Field | None, chance: Random) -> str:
    """A cell without a fault."""
    if field is None:
        return ""
    if field.constraints.enum:
        return chance.choice(field.constraints.enum)
    if field.is_numeric:
        return str(chance.randrange(1, 90))
    if field.type in ("date", "yearmonth"):
        return "2026-10" + (f"-{chance.randrange(1, 32):02}" if field.type == "date" else "")
    return f"{field.name[:2]}甲{chance.randrange(1000)}"


def _looks(line: list[str], chance: Random) -> Mapping[int, Look]:
    return {p: look(text, chance) for p, text in enumerate(line) if text and chance.random() < 0.4}


def _span(height: int, width: int, chance: Random) -> Span:
    top, left = chance.randrange(1, height + 1), chance.randrange(width)
    bottom, right = chance.randrange(top, height + 1), chance.randrange(left, width)
    return Span(top, bottom, left, right)


def answered(doubts: tuple[Doubt, ...], chance: Random) -> dict[str, str]:
    """An answer to each question: one of its choices, or such a text as it takes."""
    texts = ("2026-10-03", "2023-01-01 至 2033-12-31", "100", "石大", "=1", "{0}", "～")
    return {
        doubt.about: chance.choice([choice.answer for choice in doubt.choices] or texts)
        for doubt in doubts
    }


def check(sheet: Worksheet, schema: TableSchema, masks: MaskProfile, chance: Random) -> str:
    """What became of a grid. Raises AssertionError where a rule is broken."""
    period = parse_period(chance.choice(PERIODS))
    assert period is not None
    first = read_table(sheet, schema, FILE, masks, period)
    strange = {doubt.about: "随便写的 {0}" for doubt in first.doubts if not doubt.free}
    again = read_table(sheet, schema, FILE, masks, period, strange)
    assert again == first, "an answer that is none changed the reading"
    read: TableReading = first
    answers: dict[str, str] = {}
    for _ in range(5):
        if not read.doubts:
            break
        answers |= answered(read.doubts, chance)
        read = read_table(sheet, schema, FILE, masks, period, answers)
    if files_with_errors(read.problems) or read.doubts:
        return "faulty"
    fields = kept_fields(read.table, schema, masks)
    raw = clean_file(read.table, fields, read.published, read.corrections)
    sheets = read_csv(raw, FILE)
    assert not isinstance(sheets, Problem), str(sheets)
    there = reading_of(sheets, FILE, schema, masks, period)
    if there is None or not difference(read, there, fields).is_none:
        return "unsure"  # import refuses such a file
    assert not there.doubts, "a clean file raises a doubt"
    assert clean_file(there.table, fields, there.published, there.corrections) == raw
    return "clean"


def run(count: int, seed: int = 1) -> tuple[Counter[str], list[str]]:
    """What became of `count` grids for each outcome, and what went wrong, by the grid's number."""
    shared: Shared
    shared, _ = real_content()
    masks = shared.masks["default"]
    schemas = list(shared.tables.values())
    outcomes: Counter[str] = Counter()
    faults: list[str] = []
    for number in range(count):
        chance = Random(f"{seed} {number}")
        schema = schemas[number % len(schemas)]
        sheet = grid(schema, chance)
        try:
            outcomes[check(sheet, schema, masks, chance)] += 1
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            place = f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}"
            faults.append(f"{schema.name} {number}: {place} {type(error).__name__}: {error}")
    return outcomes, faults


def main() -> int:
    """Run as many as asked for; 1 when something went wrong."""
    count, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    outcomes, faults = run(count, seed)
    print(*faults, sep="\n")
    print(", ".join(f"{name} {number}" for name, number in outcomes.most_common()))
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
