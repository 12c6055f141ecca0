"""Builds by chance: `python -m tests.killed --edits 200 --kills 200` tries many.

After each edit a build that keeps what did not change gives the bytes of one that makes everything
anew from the same inputs and what was published before. Builds are killed at any instant: every file
is whole, `verify` finds the old state or the new, and the next build gives the bytes of a whole one.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from generator.build import BuildResult, Settings, build, verify_site
from generator.progress import Report
from tests.commands import tree
from tests.edits import Office
from tests.township import ROOT, TEMPLATES

_USUAL = 6.0  # seconds that a build of the fixture township takes at most on a slow machine


def kill_builds(folder: Path, count: int, seed: int) -> Counter[str]:
    """Kill so many builds and look at what each leaves; how often the site was in which state.

    Raises `AssertionError` with the edits until then where it was in none.
    """
    office, chance = Office(folder, seed), random.Random(seed)
    site, states = folder / "site", Counter[str]()
    for number in range(count):
        before, done = tree(site), office.edit()
        expected = anew(office, folder, folder / "anew")[1]
        _kill_one(office, folder, chance)
        broken = [
            p
            for p, content in tree(site).items()
            if content not in (before.get(p), expected.get(p))
        ]
        assert not broken, (number, done, broken)
        if site.is_dir() and before:
            assert not verify_site(site).findings, (number, done)
        there = tree(site)
        if before:
            assert there in (before, expected), (number, done)
        states["new" if there == expected else "old"] += 1
        built(office, folder)
        assert tree(site) == expected, (number, done)
    return states


def try_edits(folder: Path, count: int, seed: int, *, draws: bool = False) -> None:
    """Build after each of so many edits, and compare with a build that makes everything anew.

    Raises `AssertionError` with the edits until then where they differ.
    """
    office, done = Office(folder, seed, draws=draws), list[str]()
    for _ in range(count):
        made, expected = anew(office, folder, folder / "anew")
        result, there = built(office, folder), tree(folder / "site")
        wrong = [p for p in {*there, *expected} if there.get(p) != expected.get(p)]
        assert wrong == [], (wrong, done)
        assert result.problems == made.problems, done
        assert (result.records, result.files) == (made.records, made.files), done
        done.append(office.edit())


def built(office: Office, folder: Path, report: Report = lambda _: None) -> BuildResult:
    """A build of the site in a folder, with what is kept there."""
    return build(settings_of(office, folder / "site", folder / "kept"), report)


def anew(office: Office, folder: Path, there: Path) -> tuple[BuildResult, dict[str, bytes]]:
    """What a build would give that makes everything anew in the place of the site: it knows what
    was published and drawn, and nothing of what was made of it."""
    shutil.rmtree(there, ignore_errors=True)
    for name in ("site", "kept"):
        if (folder / name).is_dir():
            shutil.copytree(folder / name, there / name)
    for state in there.glob("kept/*/*/st/ate"):
        state.unlink()
    result = built(office, there)
    return result, tree(there / "site")


def settings_of(office: Office, out: Path, cache: Path | None) -> Settings:
    """The settings of a build of the office's villages."""
    return Settings(
        office.content,
        office.villages,
        TEMPLATES,
        out,
        office.today,
        sheets=office.sheets,
        base_url=office.base_url,
        cache=cache,
    )


def _kill_one(office: Office, folder: Path, chance: random.Random) -> None:
    """Kill a build with its workers: after some time, or while its journal is there."""
    words = ("build", "--sheets", office.sheets, "--jobs", str(chance.choice((1, 2))))
    folders = ("--content", office.content, "--villages", office.villages)
    places = ("--out", folder / "site", "--cache", folder / "kept", "--today", office.today)
    words += ("--base-url", office.base_url) if office.base_url else ()
    command = (sys.executable, ROOT / "publish.py", *words, *folders, *places)
    process = subprocess.Popen(
        list(map(str, command)),
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    journal, ends = folder / "site.next/journal.json", time.monotonic() + chance.uniform(0, _USUAL)
    waits_for_journal = chance.random() < 0.5
    while process.poll() is None:
        if waits_for_journal and journal.exists():
            time.sleep(chance.uniform(0, 0.05))
            break
        if not waits_for_journal and time.monotonic() > ends:
            break
        time.sleep(0.0005)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def main() -> None:
    """Try as many as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        try_edits(Path(folder), options.edits, options.seed, draws=True)
    print(f"{options.edits} edits: each build gave the bytes of one that makes everything anew")
    with tempfile.TemporaryDirectory() as folder:
        states = kill_builds(Path(folder), options.kills, options.seed)
    print(f"{options.kills} builds killed: {dict(states)}; every file whole, the next build right")


if __name__ == "__main__":
    main()
