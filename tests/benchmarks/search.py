"""What the search over a county costs: to make, to keep, and over the network.

`python -m tests.benchmarks.search --villages 475` makes villages like the sample's 柳溪村, with people,
amounts and a name of their own, the same for the same seed, and measures in one run: parts and shards
beside lunr.py's own builder on a tenth of the villages, each in a process of its own; the bytes of a
first and a second query of villagers, gzipped, with all that the page loads; and what one changed cell
rewrites. `tests.benchmarks.recall` asks what is kept with `--folder`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any

from lunr.builder import Builder
from playwright.sync_api import Browser

from generator.build import Settings, build
from generator.intake.content import read_content
from generator.intake.folders import find_villages
from generator.intake.villages import read_village
from generator.keeping import Bench, Made
from generator.model.sounds import readings_of
from generator.output.draft import Draft, drafting
from generator.output.files import OutputFile
from generator.render.search import documents_by_month, render_months, render_texts
from generator.render.search.analysis import terms_of
from generator.searching import Above, make_search
from generator.shelf import shelve
from generator.views.contents import village_contents
from generator.views.entries import SearchEntry, village_entries
from generator.workers import workers
from tests.benchmarks.county import COUNTY, ROOT, SAMPLE, _names, _other, _text
from tests.browsing import chromium

TODAY = date(2025, 10, 10)
_PLACES = "石桥新塘梅岭东西南北上下大小高低水山沟坝湾坪岗河林田家王张李陈刘杨黄赵周吴"
_AMOUNT = re.compile(r"(?<![\d.,-])(\d{1,3}(?:,\d{3})*|\d+)\.(\d\d)(?![\d.,-])")
_PHONE = {"width": 360, "height": 640}
_WORDS = (
    "低保", "路灯维修", "果园", "沟渠", "冷库", "9月3日", "2025年9月", "2025-09-18", "12000元",
    "9,800.00", "村务监督", "养老保险", "补贴", "保险", "合同", "宅基地", "抽水泵", "垃圾清运",
    "公益岗位", "路灯 2025年9月", "低保 3组", "水泵 维修", "ludeng", "養老保險", "1.2万",
)  # fmt: skip


# ------------------------------------------------------------------------------------ the county


@dataclass(frozen=True)
class Sample:
    """The entries of the sample's village, and the names in them."""

    entries: tuple[SearchEntry, ...]
    names: tuple[str, ...]

    def people(self, number: int, seed: int) -> dict[str, str]:
        """The names in a village, by those in the sample."""
        chance = random.Random(f"{seed} {number}")
        return {name: _other(name, chance) for name in self.names}

    def village(self, number: int, seed: int) -> list[SearchEntry]:
        """A village like it, with people, amounts and a name of its own."""
        others = self.people(number, seed)
        chance = random.Random(f"{number} {seed}")
        pattern = re.compile("|".join(map(re.escape, self.names)))
        place = "".join(chance.sample(_PLACES, 2))
        times = chance.randint(3, 29)

        def varied(text: str) -> str:
            text = pattern.sub(lambda match: others[match[0]], text).replace("柳溪", place)
            return _AMOUNT.sub(lambda m: _times(m, times), text)

        return [
            replace(
                entry,
                url=entry.url.replace("v/liuxi/", f"v/{id_of(number)}/"),
                title=varied(entry.title),
                text=varied(entry.text),
            )
            for entry in self.entries
        ]


def id_of(number: int) -> str:
    """The id of a village."""
    return f"cun{number}"


def _times(match: re.Match[str], times: int) -> str:
    cents = int(match[1].replace(",", "") + match[2]) * times
    return f"{cents / 1000:,.2f}" if "," in match[1] or len(match[1]) < 4 else f"{cents / 1000:.2f}"


def sample() -> Sample:
    """Read the sample's village."""
    shared, _ = read_content(ROOT / "content")
    assert shared
    folder = next(f for f in find_villages(ROOT / "villages", shared)[0] if f.id == "liuxi")
    data, _ = read_village(folder, shared)
    assert data
    entries = village_entries(village_contents(data, shared, TODAY), shared.phrases)
    files = [p for p in SAMPLE.rglob("*") if p.suffix in (".csv", ".md", ".yaml")]
    names = _names({path: _text(path.read_bytes()) for path in files})
    return Sample(entries, tuple(sorted(names, key=lambda name: (-len(name), name))))


# ------------------------------------------------------------------------------------- making


def peak() -> float:
    """The most memory that this process had, or one that it started, in MB."""
    whose = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    return max(resource.getrusage(who).ru_maxrss for who in whose) / 1024


class Watch:
    """Seconds of the clock, and of processors of this process and of those that it started and that
    have ended."""

    def __init__(self) -> None:
        self.wall = self.cpu = 0.0

    @contextmanager
    def runs(self) -> Iterator[None]:
        """Count what passes."""
        wall, cpu = time.perf_counter(), sum(os.times()[:4])
        try:
            yield
        finally:
            self.wall += time.perf_counter() - wall
            self.cpu += sum(os.times()[:4]) - cpu


def make_one(bench: Bench, made: tuple[str, Made]) -> None:
    """The part of a village, as its worker makes it."""
    assert bench.draft
    shelve(*made, bench, bench.draft)


class County:
    """The search of a county in a folder, made by the code that builds make it with."""

    def __init__(self, folder: Path, villages: int, seed: int, own: Sequence[SearchEntry]) -> None:
        """Nothing is made yet."""
        self.sample, self.own, self.seed = sample(), own, seed
        self.villages = villages
        self.site = folder / "site"
        self.settings = Settings(
            *(ROOT / "content", folder, ROOT / "templates", self.site, TODAY),
            jobs=os.cpu_count() or 1,
            cache=folder / "kept",
        )

    def make(self, changed: Mapping[int, Sequence[SearchEntry]]) -> tuple[Watch, tuple[str, ...]]:
        """Make all villages, or those that changed, and the shards: how long parts and shards took
        when the texts were there, and the paths that changed."""
        watch = Watch()
        with drafting(self.site) as draft:
            bench = Bench(None, self.settings, "print", draft)  # type: ignore[arg-type]
            numbers = tuple(changed or range(self.villages))
            for number in numbers:
                self._write(number, changed.get(number), draft)
            every = {id_of(n): self._texts(n, draft) for n in range(self.villages)}
            anew = tuple((id_of(n), every[id_of(n)]) for n in numbers)
            with watch.runs(), workers(bench, len(numbers)) as spread:
                for _ in spread(make_one, anew):
                    pass
                make_search(Above(lambda: self.own), every, bench, spread)
            return watch, draft.publish(()).changed

    def _write(self, number: int, entries: Sequence[SearchEntry] | None, draft: Draft) -> None:
        folder = f"v/{id_of(number)}/search"
        months = documents_by_month(entries or self.sample.village(number, self.seed))
        draft.add((*render_months(folder, months), *render_texts(folder, months)))

    def _texts(self, number: int, draft: Draft) -> Made:
        path = f"v/{id_of(number)}/search/texts.json"
        return Made("", TODAY, TODAY, draft.add([OutputFile(path, draft.read(path))]))


def make_county(folder: Path, villages: int, seed: int) -> dict[str, float]:
    """Make it all, then once more after one cell changed."""
    own = [SearchEntry(**one) for one in json.loads((folder / "own.json").read_bytes())]
    county = County(folder, villages, seed, own)
    all_of_it, _ = county.make({})
    result = {"cpu": all_of_it.cpu, "wall": all_of_it.wall, "MB": peak()}
    entries = county.sample.village(0, seed)
    at = next(n for n, one in enumerate(entries) if "路灯维修 12 盏" in one.text)
    entries[at] = replace(entries[at], text=entries[at].text.replace("维修 12 盏", "维修 13 盏"))
    again, changed = county.make({0: entries})
    return {**result, "files": len(changed), "again": again.cpu}


def make_by_lunr(villages: int, seed: int) -> dict[str, float]:
    """The same entries by lunr's own builder, as one index, as text."""
    county = sample()
    entries = [(n, entry) for n in range(villages) for entry in county.village(n, seed)]
    watch = Watch()
    with watch.runs():
        builder = Builder()
        builder.ref("ref")
        builder.field("t")
        for number, entry in entries:
            terms = terms_of(f"{entry.title} \n{entry.text}")
            builder.add({"ref": f"{number} {entry.url}", "t": terms})
        index = json.dumps(builder.build().serialize(), ensure_ascii=False)
    return {"cpu": watch.cpu, "wall": watch.wall, "MB": peak(), "bytes": len(index)}


def apart(*words: str) -> dict[str, float]:
    """What a phase says that runs in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.search", *words]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    said: dict[str, float] = json.loads(done.stdout)
    return said


# ------------------------------------------------------------------------------------- searching


def page_of_search(folder: Path) -> None:
    """The search pages with their styles and scripts, and the entries above the villages."""
    out = folder / "sample"
    build(
        Settings(
            ROOT / "content", ROOT / "villages", ROOT / "templates", out, TODAY, sheets="none"
        ),
        lambda _: None,
    )
    (out / "assets").rename(folder / "site" / "assets")
    for path in ("search", "v/cun0/search"):
        page = out / path.replace("cun0", "liuxi") / "index.html"
        (folder / "site" / path).mkdir(parents=True, exist_ok=True)
        page.rename(folder / "site" / path / "index.html")
    for file in (*(out / "search").glob("[gp]*.json"), out / "search/pages"):  # the guide
        file.rename(folder / "site/search" / file.name)
    own = [
        {"url": f"{path}#{fragment}".removesuffix("#"), "title": title, "text": text}
        for file in sorted((out / "search").glob("0.*.json"))
        for path, title, _, passages in json.loads(file.read_bytes())
        for fragment, text, *_ in passages
    ]
    (folder / "own.json").write_text(json.dumps(own), "utf-8")


class _Quiet(SimpleHTTPRequestHandler):
    """Serves texts compressed, as hosts do."""

    def do_GET(self) -> None:
        """A file, or a folder's page."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


_SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""Slow 3G as Lighthouse throttles: 400 ms, 400 kbit/s."""
_FIRST_RESULT = """async (query) => {
    const input = document.querySelector("input[name=q]"), list = document.querySelector("[data-results]");
    const count = document.querySelector("[data-results-count]"), started = performance.now();
    input.value = query;
    input.form.dispatchEvent(new Event("submit", { cancelable: true }));
    while (!list.children.length && count.getAttribute("data-count") !== "0") {
        if (performance.now() - started > 60000) throw new Error(query + ": " + count.textContent);
        await new Promise((next) => setTimeout(next, 5));
    }
    return list.children.length ? performance.now() - started : null;
}"""


class Visits:
    """Villagers' visits to a served folder, on a phone that has nothing yet, weighed."""

    def __init__(self, site: Path, browser: Browser) -> None:
        """Serve the folder."""
        self.site, self.browser = site, browser
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
        Thread(target=server.serve_forever, daemon=True).start()
        self.base = f"http://127.0.0.1:{server.server_port}/"

    def weigh(self, folder: str, first: str, second: str) -> tuple[int, int, list[str]]:
        """The bytes of two queries one after the other, and the paths of the first."""
        context = self.browser.new_context(viewport=_PHONE, service_workers="block")  # type: ignore[arg-type]
        page = context.new_page()
        paths: list[str] = []
        page.on("request", lambda r: paths.append(r.url.removeprefix(self.base)))
        page.goto(f"{self.base}{folder}")
        counts = []
        asked: list[list[str]] = []
        for query in (first, second):
            page.locator("input[name=q]").fill(query)
            page.wait_for_selector("[data-results-count][data-count]", timeout=60_000)
            page.wait_for_load_state("networkidle")
            asked.append(paths[:])
            counts.append(sum(map(self._bytes, paths)))
            paths.clear()
            page.locator("input[name=q]").fill("")
            page.wait_for_selector("[data-results-count]:not([data-count])", state="attached")
        context.close()
        return counts[0], counts[1], asked[0]

    def wait(self, query: str, *, is_slow: bool) -> float | None:
        """Milliseconds from a query to its first result, on a page that is loaded and knows nothing
        else yet; nothing where it has none."""
        context = self.browser.new_context(viewport=_PHONE, service_workers="block")  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{self.base}search/")
        page.wait_for_load_state("networkidle")
        if is_slow:
            context.new_cdp_session(page).send("Network.emulateNetworkConditions", _SLOW)
        found: float | None = page.evaluate(_FIRST_RESULT, query)
        context.close()
        return found

    def _bytes(self, path: str) -> int:
        file = self.site / path.partition("?")[0]
        file = file / "index.html" if file.is_dir() else file
        return len(gzip.compress(file.read_bytes(), 6)) if file.is_file() else 0

    def open(self) -> Any:
        """A page whose engine searches the site."""
        page = self.browser.new_page()
        page.goto(f"{self.base}search/")
        page.evaluate(
            """async () => {
                const get = (path) => fetch("../" + path).then((response) => response.json());
                window.engine = mingbaiSearch.ofSite(await get("search/start.json"), get);
            }"""
        )
        return page


def queries_of(county: Sample, villages: int, seed: int) -> list[str]:
    """Forty queries of villagers: people, in characters and by their letters, and what is in every
    village."""
    chance = random.Random(seed)
    names = []
    for number in chance.sample(range(villages), 15 if villages >= 15 else villages):
        texts = " ".join(entry.text for entry in county.village(number, seed))
        people = sorted(county.people(number, seed).values())
        names.append(chance.choice([name for name in people if name in texts]))
    return [*names[:8], *_WORDS, *map(_letters, names[8:13]), *map(_initials, names[13:])]


def _letters(name: str) -> str:
    return "".join(readings_of(character)[0] for character in name)


def _initials(name: str) -> str:
    return "".join(readings_of(character)[0][0] for character in name)


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--villages", type=int, default=COUNTY)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--phase", choices=("ours", "lunr"))
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.phase == "ours":
        print(json.dumps(make_county(options.folder, options.villages, options.seed)))
    elif options.phase == "lunr":
        print(json.dumps(make_by_lunr(options.villages, options.seed)))
    else:
        with tempfile.TemporaryDirectory() as name:
            report(options.folder or Path(name), options)


def report(folder: Path, options: argparse.Namespace) -> None:
    """Everything, side by side."""
    villages, site = options.villages, folder / "site"
    common = ("--seed", str(options.seed))
    if not (folder / "own.json").exists():
        site.mkdir(parents=True)
        page_of_search(folder)
        few = max(1, villages // 10)
        words = ("--phase", "ours", "--folder", str(folder), "--villages", str(villages))
        ours = apart(*words, *common)
        peer = apart("--phase", "lunr", "--villages", str(few), *common)
        times = {of: peer[of] * villages / few / ours[of] for of in ("cpu", "wall")}
        print(
            f"made by all processors: {ours['wall']:.1f} s, {ours['cpu']:.1f} CPU s, "
            f"{ours['MB']:.0f} MB the largest process"
        )
        print(
            f"lunr.py on {few} villages: {peer['wall']:.1f} s, {peer['cpu']:.1f} CPU s, "
            f"{peer['MB']:.0f} MB, {peer['bytes'] / 1e6:.0f} MB of index; "
            f"for all x{times['wall']:.1f} in time, x{times['cpu']:.1f} in CPU"
        )
        every = sum(1 for path in site.rglob("search/**/*.json"))
        print(
            f"one cell: {ours['files']:.0f} of {every} search files ({ours['files'] / every:.2%}), "
            f"{ours['again']:.1f} s"
        )
    for name in ("search/t", "search/r", "search"):
        sizes = [path.stat().st_size for path in (site / name).glob("*.json")]
        packed = [len(gzip.compress(p.read_bytes(), 6)) for p in (site / name).glob("*.json")]
        print(
            f"{name}: {len(sizes)} files, {sum(sizes) / 1e6:.1f} MB, gzipped {sum(packed) / 1e6:.1f} MB, "
            f"median {median(packed or [0]):.0f}, most {max(packed, default=0)}"
        )
    print(f"start.json: {len(gzip.compress((site / 'search/start.json').read_bytes(), 6))} gzipped")
    texts = [len(gzip.compress(p.read_bytes(), 6)) for p in site.glob("v/*/search/*.*.json")]
    print(
        f"texts: {len(texts)} files, gzipped {sum(texts) / 1e6:.1f} MB, median {median(texts):.0f}"
    )
    county = sample()
    with chromium() as browser:
        visits = Visits(site, browser)
        asked = queries_of(county, villages, options.seed)
        first, second = [], []
        for at, query in enumerate(asked):
            one, two, paths = visits.weigh("search/", query, asked[at - 7])
            kinds = {k: sum(f"/{k}/" in f"/{p}" for p in paths) for k in ("t", "r", "v")}
            print(f"  {query:14} {one:8,} {two:8,}  {kinds}")
            first.append(one)
            second.append(two)
        print(f"first query: median {median(first):,.0f}, most {max(first):,}")
        print(f"second query: median {median(second):,.0f}, most {max(second):,}")
        for name, is_slow in (("desk", False), ("slow 3G", True)):
            times = [ms for query in asked if (ms := visits.wait(query, is_slow=is_slow))]
            print(
                f"first result, {name}: median {median(times):.0f} ms, most {max(times):.0f} ms, "
                f"of {len(times)} queries"
            )
        texts = " ".join(entry.text for entry in county.village(0, options.seed))
        people = [name for name in county.people(0, options.seed).values() if name in texts][:12]
        firsts = []
        for query in (
            *people,
            *(word for word in _WORDS if not word.isascii() or word[0].isdigit()),
        ):
            one, two, paths = visits.weigh("v/cun0/search/", query, "路灯维修")
            sizes = {path.rpartition("/")[2]: visits._bytes(path) for path in paths}
            print(f"  {query:14} {one:8,} {two:8,}  {sizes}")
            firsts.append(one)
        scripts = sum(visits._bytes(path) for path in paths if path.endswith(".js"))
        print(
            f"village: first query, median {median(firsts):,.0f}, most {max(firsts):,}; scripts {scripts:,}"
        )


if __name__ == "__main__":
    main()
