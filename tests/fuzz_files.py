"""Damaged table files: `python -m tests.fuzz_files COUNT [SEED [ENDING]]`.

Each file is one of tests/fixtures/offices/ with some bytes changed, moved, cut or doubled, in the
file itself or, of a package, in one of its parts before it is packed again. Whatever comes of it,
reading must give rows or problems, within seconds. What does not is kept for a look.
"""

from __future__ import annotations

import io
import random
import re
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from generator.intake.layout import choose_worksheet
from generator.intake.tables import read_table
from generator.intake.worksheets import TABLE_ENDINGS, read_worksheets
from generator.model.masks import MaskProfile
from generator.model.period import parse_period
from generator.model.schema import TableSchema
from generator.problems import Problem
from tests.township import ROOT, real_content

OFFICES = ROOT / "tests" / "fixtures" / "offices"
LONGEST = 20  # seconds for one file, on a machine with other work
TELLING = (
    b"0", b"-1", b"999999999", b"1e308", b"NaN", b'"', b",", b"\n", b"\0", b"\xff\xfe", b"<", b"&a;",
    b'r="XFD1048576"', b' hidden="1"', b' t="e"', b"<f>1</f>", b'table:number-rows-repeated="1048576"',
    b'table:number-columns-repeated="16384"', "合计".encode(), "公开日期".encode("gb18030"),
    b"=1+1", "\u202e".encode(), b"PK\x03\x04", b"\xd0\xcf\x11\xe0",
)  # fmt: skip

NUMBER = re.compile(rb"[0-9]+")
NUMBERS = (b"0", b"1", b"3", b"-7", b"20", b"45916", b"99999", b"4294967296", b"1e99", b"1.5", b"")


class HangError(BaseException):
    """A file takes too long; nothing that reads files may take this for a fault of the file."""


def damaged(raw: bytes, chance: random.Random) -> bytes:
    """The bytes with one to four faults; half of them change numbers only, so that more is read."""
    data = bytearray(raw)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        number = NUMBER.search(data, at)
        if number and chance.random() < 0.5:
            data[number.start() : number.end()] = chance.choice(NUMBERS)
            continue
        length = chance.choice((1, 1, 4, 30, 300))
        way = chance.randrange(6)
        if way == 0:
            data[at : at + 1] = bytes([chance.randrange(256)])
        elif way == 1:
            del data[at : at + length]
        elif way == 2:
            data[at:at] = data[at : at + length]
        elif way == 3:
            data[at:at] = chance.choice(TELLING)
        elif way == 4:
            word = chance.choice(TELLING)
            data[at : at + len(word)] = word
        else:
            other = chance.randrange(len(data) + 1)
            data[at : at + length] = data[other : other + length]
    return bytes(data[: chance.randrange(len(data) + 1)] if chance.random() < 0.05 else data)


def overwritten(raw: bytes, chance: random.Random) -> bytes:
    """The bytes with one to eight places overwritten; all else stays where it is."""
    data = bytearray(raw)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(data))
        value = chance.choice((b"\0", b"\xff", b"\xff\xff\xff\xff", b"\1\0", chance.randbytes(2)))
        data[at : at + len(value)] = value
    return bytes(data[: len(raw)])


def damaged_part(raw: bytes, chance: random.Random) -> bytes:
    """A package with one of its parts damaged, otherwise whole."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(target, "w") as copy:
        names = [name for name in source.namelist() if name.endswith((".xml", ".rels"))]
        telling = [n for n in names if "sheet" in n or n.endswith(("content.xml", "workbook.xml"))]
        chosen = chance.choice(telling or names)
        for name in source.namelist():
            part = source.read(name)
            copy.writestr(name, damaged(part, chance) if name == chosen else part)
    return target.getvalue()


def outcome(path: Path, schema: TableSchema, masks: MaskProfile, period: str) -> str:
    """What reading a file gave, as the command does it."""
    sheets = read_worksheets(path, path.name)
    if isinstance(sheets, Problem):
        return sheets.code
    sheet, _ = choose_worksheet(sheets, schema, path.name)
    if isinstance(sheet, Problem):
        return sheet.code
    reading = read_table(sheet, schema, path.name, masks, parse_period(period))
    if not (reading.problems or reading.table.rows or reading.table.nothing):
        raise AssertionError("neither rows nor problems")
    return "rows" if reading.table.rows else "no rows"


@dataclass(frozen=True)
class Run:
    """What many files gave: how often each outcome, what went wrong, the longest time for one."""

    outcomes: Counter[str]
    faults: tuple[str, ...]
    slowest: float


def fuzz(count: int, seed: int, files: Sequence[Path], folder: Path) -> Run:
    """Read `count` damaged files; those that are at fault stay in `folder`."""
    signal.signal(signal.SIGALRM, too_long)
    chance = random.Random(seed)
    shared, _ = real_content()
    outcomes: Counter[str] = Counter()
    faults: list[str] = []
    slowest = 0.0
    for number in range(count):
        source = chance.choice(files)
        table, period, _ = source.stem.split("_")
        path = folder / f"fuzz-{seed}-{number}{source.suffix}"
        path.write_bytes(damaged_file(source.read_bytes(), chance))
        started = time.monotonic()
        signal.alarm(LONGEST)
        try:
            outcomes[outcome(path, shared.tables[table], shared.masks["default"], period)] += 1
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a library's panic is no Exception
            faults.append(f"{path}, from {source.name}: {type(error).__name__}: {error}")
        else:
            path.unlink()
        signal.alarm(0)
        slowest = max(slowest, time.monotonic() - started)
    return Run(outcomes, tuple(faults), slowest)


def damaged_file(raw: bytes, chance: random.Random) -> bytes:
    """The bytes of a file with faults where they tell most for its kind."""
    if chance.random() < 0.8 and raw.startswith(b"\xd0\xcf"):
        return overwritten(raw, chance)  # records of .xls are found by where they stand
    if chance.random() < 0.8 and raw.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(raw)):
        return damaged_part(raw, chance)
    return damaged(raw, chance)


def too_long(number: int, frame: FrameType | None) -> None:
    raise HangError(f"longer than {LONGEST} s")


def main() -> int:
    count, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    endings = sys.argv[3:] or TABLE_ENDINGS
    files = sorted(p for p in OFFICES.iterdir() if p.suffix in endings)
    began = time.monotonic()
    run = fuzz(count, seed, files, Path(tempfile.mkdtemp()))
    took = time.monotonic() - began
    print(*run.faults, sep="\n")
    print(
        f"{count} files, seed {seed}: {len(run.faults)} faults, "
        f"{took:.0f} s, slowest {run.slowest:.2f} s"
    )
    print(", ".join(f"{code} {number}" for code, number in run.outcomes.most_common()))
    return 1 if run.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
