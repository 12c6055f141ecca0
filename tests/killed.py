"""Builds that are killed at any instant: `python -m tests.killed --count 200` tries many.

After each the site is looked at: every file is whole, `verify` finds the old state or the new, and
the next build gives the bytes of a clean one.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from generator.build import Settings, build, verify_site
from tests.edits import Office
from tests.township import ROOT, TEMPLATES

_USUAL = 6.0  # seconds that a build of the fixture township takes at most on a slow machine


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a folder by relative path."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def kill_builds(folder: Path, count: int, seed: int) -> Counter[str]:
    """Kill so many builds and look at what each leaves; how often the site was in which state.

    Raises `AssertionError` with the edits until then where it was in none.
    """
    office, chance = Office(folder, seed), random.Random(seed)
    site, states = folder / "site", Counter[str]()
    for number in range(count):
        before, done = tree(site), office.edit()
        expected = _clean(office, folder / "clean")
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
        _build(office, site, folder / "kept")
        assert tree(site) == expected, (number, done)
    return states


def _clean(office: Office, folder: Path) -> dict[str, bytes]:
    _build(office, folder, None)
    return tree(folder)


def _build(office: Office, out: Path, cache: Path | None) -> None:
    build(_settings(office, out, cache), lambda _: None)


def _settings(office: Office, out: Path, cache: Path | None) -> Settings:
    return Settings(
        office.content,
        office.villages,
        TEMPLATES,
        out,
        office.today,
        posters=False,
        base_url=office.base_url,
        cache=cache,
    )


def _kill_one(office: Office, folder: Path, chance: random.Random) -> None:
    """Kill a build with its workers: after some time, or while its journal is there."""
    words = ("build", "--no-posters", "--jobs", str(chance.choice((1, 2))))
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
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        states = kill_builds(Path(folder), options.count, options.seed)
    print(f"{options.count} builds killed: {dict(states)}; every file whole, the next build right")


if __name__ == "__main__":
    main()
