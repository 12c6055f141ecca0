"""What Pagefind makes of the same records: `python -m tests.benchmarks.pagefind --binary PATH --villages 10`.

Its binary is in the wheel `pagefind-bin-extended`, which is unpacked apart and is no part of the program. Each record
is a page with its title and its passages; measured are the time and memory of indexing, the size on disk, the bytes
that a browser fetches for the same forty queries (gzipped where that helps, with the first five results), and how many
random pieces of texts are found, with how many pages that do not hold them. `tests.benchmarks.recall` says the same of
ours.
"""

from __future__ import annotations

import argparse
import gzip
import random
import resource
import subprocess
import tempfile
from collections.abc import Iterator
from functools import partial
from html import escape
from http.server import ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread

from generator.render.search import documents_by_month
from generator.render.search.analysis import normalise, plain
from generator.views.entries import SearchEntry
from tests.benchmarks.recall import is_own
from tests.benchmarks.search import _Quiet, id_of, queries_of, sample
from tests.browsing import chromium

_FOUND = """async (queries) => {
    const all = [];
    for (const query of queries) {
        const { results } = await pagefind.search(query);
        const pages = await Promise.all(results.slice(0, 60).map((one) => one.data()));
        all.push([results.length, pages.map((page) => page.raw_url || page.url)]);
    }
    return all;
}"""


def write_pages(site: Path, villages: dict[str, list[SearchEntry]]) -> dict[str, str]:
    """The pages, and what each says."""
    said = {}
    for id, entries in villages.items():
        for month in documents_by_month(entries).values():
            for _, title, _, passages in month:
                texts = [text for _, text, *_ in passages]
                name = f"/{id}-{len(said)}.html"
                paragraphs = "".join(f"<p>{escape(text)}</p>" for text in texts)
                (site / name[1:]).write_text(
                    f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{escape(title)}'
                    f"</title><body><h1>{escape(title)}</h1>{paragraphs}</body></html>",
                    "utf-8",
                )
                said[name] = " \n".join([title, *texts])
    return said


def pieces_of(said: dict[str, str], number: int, seed: int) -> Iterator[tuple[str, set[str]]]:
    """Random pieces of texts that few pages hold, and these."""
    pick = random.Random(seed)
    texts = {name: (plain(text), normalise(text)) for name, text in said.items()}
    while number:
        text = pick.choice([*said.values()])
        start = pick.randrange(max(1, len(text) - 8))
        piece = text[start : start + pick.randint(2, 8)].strip()
        words = plain(piece).split(" ")
        if "\n" in piece or not piece.strip() or any(map(is_own, words)):
            continue
        holding = {
            name
            for name, (folded, normal) in texts.items()
            if all(word in folded or normalise(word) in normal for word in words)
        }
        if len(holding) <= 40:
            number -= 1
            yield piece, holding


def report(binary: Path, villages: int, number: int, seed: int) -> None:
    """Index, ask, and print."""
    county = sample()
    entries = {id_of(n): county.village(n, seed) for n in range(villages)}
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        site = Path(folder)
        said = write_pages(site, entries)
        subprocess.run([binary, "--site", site], check=True, capture_output=True)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        files = [path for path in (site / "pagefind").rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files) / 1e6
        print(
            f"{len(said)} pages of {villages} villages: {used.ru_utime + used.ru_stime:.1f} CPU s, "
            f"{used.ru_maxrss / 1024:.0f} MB, {size:.1f} MB in {len(files)} files"
        )
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
        Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}/"
        weights = []
        for query in queries_of(county, villages, seed):
            page = browser.new_page()
            asked: list[str] = []
            page.on("request", lambda one, asked=asked: asked.append(one.url.removeprefix(base)))
            page.goto(f"{base}{next(iter(said))[1:]}")
            asked.clear()
            page.evaluate(
                """async ([base, query]) => {
                    const pagefind = await import(base + "pagefind/pagefind.js");
                    const { results } = await pagefind.search(query);
                    await Promise.all(results.slice(0, 5).map((one) => one.data()));
                }""",
                [base, query],
            )
            weights.append(sum(_weight(site / path.partition("?")[0]) for path in set(asked)))
            page.close()
        print(f"first query: median {median(weights):,.0f}, most {max(weights):,}, without a page")
        page = browser.new_page()
        page.goto(f"{base}{next(iter(said))[1:]}")
        page.evaluate(
            "async (base) => { window.pagefind = await import(base + 'pagefind/pagefind.js'); }",
            base,
        )
        pieces = [*pieces_of(said, number, seed)]
        results = page.evaluate(_FOUND, [piece for piece, _ in pieces])
        missed = sum(
            bool(holding - set(pages))
            for (_, holding), (_, pages) in zip(pieces, results, strict=True)
        )
        wrong = sum(
            count > len(holding) for (_, holding), (count, _) in zip(pieces, results, strict=True)
        )
        print(f"{number} pieces: {missed} with a miss, {wrong} with more than hold them")


def _weight(file: Path) -> int:
    content = file.read_bytes()
    return min(len(content), len(gzip.compress(content, 6)))


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=Path, required=True)
    parser.add_argument("--villages", type=int, default=10)
    parser.add_argument("--pieces", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    report(options.binary, options.villages, options.pieces, options.seed)


if __name__ == "__main__":
    main()
