"""A county of villages like the sample's 柳溪村, and how a build of it grows.

`python -m tests.benchmarks.county --villages 40 [--sizes 1,5,20]` makes it anew (the same for the
same seed) and measures whole commands: processor time of all processes together, the largest memory
of any one, and ratios within the run. Every village has people and amounts of its own.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.benchmarks.hugo import hugo, lay_out

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "villages" / "qingshi" / "liuxi"
TODAY, NEXT_DAY = (
    "2025-10-20",
    "2025-10-21",
)  # nothing falls due, but in many villages a display ends
COUNTY = 475
_IN_A_TOWN = 25
_GIVEN = (
    "安宝昌春德发芳福贵桂国海和红华辉慧建杰金静军兰丽良林玲龙美敏"
    "明宁平萍琴庆秋荣瑞珊胜淑松婷伟文霞祥秀雪燕阳怡英永勇玉云珍振正志忠"
)
_NAME_COLUMNS = ("户主", "姓名", "经手人", "证明人", "审批人", "承办人", "监督人")
_NO_NAME = "计期公更核村组等"  # of what stands in those columns besides: 合计, 公开日期 …
_MONEY = re.compile(r"(?<![\d.-])(\d+)\.(\d\d)(?![\d.-])")
_PUBLISHED = re.compile(r"(?m)^(公开日期,)(\d{4}-\d\d-\d\d)")
_LATEST = date(2025, 10, 14)


def make_county(folder: Path, villages: int, seed: int = 0) -> None:
    """content/ and villages/ of a county in a folder."""
    content = Path(shutil.copytree(ROOT / "content", folder / "content"))
    count = math.ceil(villages / _IN_A_TOWN)
    towns = [
        f"  - {{id: zhen{n}, name: 第{n}镇, publisher: 第{n}镇人民政府}}\n" for n in range(count)
    ]
    site = content / "site.yaml"
    text = site.read_text("utf-8")
    old = text[text.index("  - id: qingshi") : text.index("channels:")]
    site.write_text(text.replace(old, "".join(towns)), "utf-8")
    for number in range(villages):
        place = folder / "villages" / f"zhen{number // _IN_A_TOWN}" / f"cun{number}"
        _make_village(place, number, random.Random(f"{seed} {number}"))


def _make_village(place: Path, number: int, chance: random.Random) -> None:
    shutil.copytree(SAMPLE, place)
    files = sorted(p for p in place.rglob("*") if p.suffix in (".csv", ".md", ".yaml"))
    texts = {path: _text(path.read_bytes()) for path in files}
    names = sorted(_names(texts), key=len, reverse=True)
    others = {name: _other(name, chance) for name in names}
    pattern = re.compile("|".join(map(re.escape, names)))
    times, later = chance.randint(2, 9), timedelta(days=chance.randint(0, 6))
    for path, text in texts.items():
        new = pattern.sub(lambda match: others[match[0]], text)
        new = new.replace("柳溪村", f"柳溪{number}村").replace(
            "000000101201", f"{number + 10:012d}"
        )
        if path.parent.name == "ledger":
            new = _MONEY.sub(lambda m: f"{int(m[1] + m[2]) * times / 100:.2f}", new)
        if "更正" not in new:
            new = _PUBLISHED.sub(
                lambda m: m[1] + str(min(date.fromisoformat(m[2]) + later, _LATEST)), new
            )
        path.write_text(new, "utf-8")


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _names(texts: dict[Path, str]) -> set[str]:
    """The people of a village's tables and of its village.yaml."""
    found = set()
    for path, text in texts.items():
        if path.suffix == ".csv":
            heading, *rows = (line.split(",") for line in text.splitlines())
            places = [n for n, name in enumerate(heading) if name in _NAME_COLUMNS]
            found |= {row[n] for row in rows for n in places if len(row) == len(heading)}
        elif path.name == "village.yaml":
            found |= set(re.findall(r"name: ([\u4e00-\u9fff]{2,4})$", text, re.MULTILINE))
    return {name for name in found if re.fullmatch(f"[^{_NO_NAME}\\W\\d_]{{2,4}}", name)}


def _other(name: str, chance: random.Random) -> str:
    return name[0] + "".join(chance.choice(_GIVEN) for _ in name[1:])


# ----------------------------------------------------------------------------------- measuring


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds of processors and of the clock, and MB of the largest process."""

    cpu: float
    wall: float
    memory: float


def cost_of(folder: Path, *words: str, jobs: int) -> Cost:
    """The cost of a command of publish.py in a folder, with all processes that it starts."""
    options = ("--jobs", str(jobs)) if words[0] == "build" else ()
    return cost_of_program(folder, sys.executable, str(ROOT / "publish.py"), *words, *options)


def cost_of_program(folder: Path, *command: str) -> Cost:
    """The cost of any command in a folder."""
    started = time.monotonic()
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) in (0, 1), (folder / "said.txt").read_text("utf-8")
    return Cost(used.ru_utime + used.ru_stime, time.monotonic() - started, used.ru_maxrss / 1024)


def measure(villages: int, jobs: int) -> dict[str, Cost]:
    """The costs of what a county does from day to day, without sheets."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_county(folder, villages)
        build = ("build", "--no-posters", "--today")
        costs = {"full build": cost_of(folder, *build, TODAY, jobs=jobs)}
        costs["nothing changed"] = cost_of(folder, *build, TODAY, jobs=jobs)
        ledger = folder / "villages/zhen0/cun0/ledger/2025-09.csv"
        text = ledger.read_text("utf-8")
        ledger.write_text(text.replace("村内路灯维修 12 盏", "村内路灯维修 13 盏"), "utf-8")
        costs["one cell changed"] = cost_of(folder, *build, TODAY, jobs=jobs)
        costs["the next day"] = cost_of(folder, *build, NEXT_DAY, jobs=jobs)
        print(
            f"{villages:8}  the next day {_made_again(folder, villages)} villages were made again"
        )
        costs["one cell under `serve`"] = served_cell(folder)
        costs["verify"] = cost_of(folder, "verify", jobs=jobs)
        if program := hugo():  # at the end: it drives what the other commands read out of memory
            with tempfile.TemporaryDirectory() as beside:
                lay_out(folder / "site", Path(beside))
                costs["Hugo, same pages"] = cost_of_program(Path(beside), program, "-d", "out")
    return costs


def _made_again(folder: Path, villages: int) -> int:
    """How many villages the last build did not keep, by what it said."""
    kept = re.findall(r"(\d+) 个村没有变化", (folder / "said.txt").read_text("utf-8"))
    return villages - int(kept[0] if kept else 0)


def served_cell(folder: Path) -> Cost:
    """How long it takes under `serve`, when it has looked at everything once, from the moment at which a
    cell is saved until a browser that asks gets it; the second cell of two is timed."""
    words = ("serve", "--no-posters", "--today", NEXT_DAY, "--port", "8765")
    address = "http://127.0.0.1:8765/v/cun1/ledger/2025-09/"
    command = (sys.executable, "-u", str(ROOT / "publish.py"), *words)
    ledger = folder / "villages/zhen0/cun1/ledger/2025-09.csv"
    text, seconds = ledger.read_text("utf-8"), 0.0
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said)
        try:
            _until(lambda: "请在浏览器里打开" in (folder / "said.txt").read_text("utf-8"))
            _until(lambda: "路灯维修" in _asked(address))  # all villages are made once
            for lamps in ("14", "15"):
                time.sleep(30)
                ledger.write_text(text.replace("路灯维修 12 盏", f"路灯维修 {lamps} 盏"), "utf-8")
                started = time.monotonic()
                _until(lambda lamps=lamps: f"路灯维修 {lamps} 盏" in _asked(address))  # type: ignore[misc]
                seconds = time.monotonic() - started
            memory = int(
                re.findall(r"VmHWM:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())[0]
            )
        finally:
            process.terminate()
            process.wait()
    return Cost(0.0, seconds, memory / 1024)


def _asked(address: str) -> str:
    """What a browser gets; nothing where the site is not made yet."""
    try:
        with urlopen(address) as answer:
            return str(answer.read().decode())
    except HTTPError:
        return ""


def _until(holds: Callable[[], bool]) -> None:
    while not holds():
        time.sleep(0.02)


def main() -> None:
    """Print a table, each row beside the full build of the same county."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1,5,20", help="numbers of villages, with commas")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    print(f"{'villages':>8}  {'command':18}{'CPU s':>9}{'of full':>9}{'wall s':>9}{'MB':>7}")
    full = []
    for villages in sizes:
        costs = measure(villages, options.jobs)
        full.append(costs["full build"].cpu)
        for name, cost in costs.items():
            print(
                f"{villages:8}  {name:18}{cost.cpu:9.2f}{cost.cpu / full[-1]:9.1%}"
                f"{cost.wall:9.1f}{cost.memory:7.0f}",
                flush=True,
            )
    if len(sizes) > 1:
        growth = math.log(full[-1] / full[0]) / math.log(sizes[-1] / sizes[0])
        print(f"processor time grows with villages to the power of {growth:.2f}")


if __name__ == "__main__":
    main()
