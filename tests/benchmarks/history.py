"""How long it takes to read what a county's repository knows: `python -m tests.benchmarks.history`.

A county as in `county` is committed, then one cell of one village at a time is changed: an item
of spending gets other words, so that the sums stay right. Measured is `publish.py history` over all of
it beside the same over the first commit alone, which reads each village once.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import tempfile
from datetime import date, timedelta
from pathlib import Path

from tests.benchmarks.county import cost_of, make_county

_NAMES = ("-c", "user.name=x", "-c", "user.email=x@example")
_FIRST, _BEGUN = date(2025, 10, 15), "2025-10-06T08:00:00 +0800"


def make_repository(folder: Path, villages: int, commits: int, seed: int) -> None:
    """The county under version control, with so many changes of a cell after its publication."""
    make_county(folder, villages, seed)
    for words in (("init", "-q", "-b", "main"), ("add", "-A")):
        subprocess.run(("git", *_NAMES, *words), cwd=folder, check=True)
    commit = ("git", *_NAMES, "commit", "-q", "-m", "开始", f"--date={_BEGUN}")
    subprocess.run(commit, cwd=folder, check=True)
    chance = random.Random(seed)
    ledgers = sorted(folder.glob("villages/*/*/ledger/2025-0*.csv"))
    command = ("git", "fast-import", "--quiet", "--force")
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.write(b"reset refs/heads/main\nfrom refs/heads/main^0\n\n")
        for number in range(commits):
            path = chance.choice(ledgers)
            path.write_text(_changed(path, number), "utf-8")
            day = _FIRST + timedelta(days=number * 30 // commits)
            process.stdin.write(_entry(path.relative_to(folder).as_posix(), path, day))
    assert process.returncode == 0
    subprocess.run(("git", "reset", "-q", "--hard", "main"), cwd=folder, check=True)


def _changed(path: Path, number: int) -> str:
    """The ledger with another word in its first item of spending or income."""
    lines = path.read_text("utf-8-sig").splitlines(keepends=True)
    cells = lines[2].split(",")
    cells[2] = f"{cells[2].partition('（改')[0]}（改 {number}）"
    return "".join((*lines[:2], ",".join(cells), *lines[3:]))


def _entry(name: str, path: Path, day: date) -> bytes:
    content, note = path.read_bytes(), "摘要写清楚".encode()
    seconds = (day - date(1970, 1, 1)).days * 86_400
    who = f"x <x@example> {seconds} +0800"
    return b"\n".join(
        (
            b"commit refs/heads/main",
            f"author {who}\ncommitter {who}".encode(),
            b"data %d\n%b" % (len(note), note),
            f"M 100644 inline {name}".encode(),
            b"data %d\n%b\n" % (len(content), content),
        )
    )


def main() -> None:
    """Make it, measure, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--villages", type=int, default=475)
    parser.add_argument("--commits", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        make_repository(folder, options.villages, options.commits, options.seed)
        first = subprocess.run(
            ("git", "rev-list", "--max-parents=0", "HEAD"),
            cwd=folder,
            capture_output=True,
            check=True,
        ).stdout.decode()
        subprocess.run(("git", "checkout", "-q", first.strip()), cwd=folder, check=True)
        once = cost_of(folder, "history", jobs=0)
        subprocess.run(("git", "checkout", "-q", "main"), cwd=folder, check=True)
        ours = cost_of(folder, "history", jobs=0)
        found = sum(
            p.read_text("utf-8").count('"edits"') for p in folder.glob("villages/*/*/history.yaml")
        )
    print(f"{options.commits} commits, {options.villages} villages, {found} changes told")
    print(f"all commits  {ours.cpu:7.1f} CPU s  {ours.wall:7.1f} s  {ours.memory:5.0f} MB")
    print(f"the first    {once.cpu:7.1f} CPU s  {once.wall:7.1f} s  x{ours.cpu / once.cpu:.2f}")
    print(f"{(ours.cpu - once.cpu) / options.commits * 1000:.1f} CPU ms a commit")


if __name__ == "__main__":
    main()
