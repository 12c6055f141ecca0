"""The files of a search made in memory, and the search of a browser over them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

from playwright.sync_api import Page

from generator.model.synonyms import Synonyms
from generator.output.files import OutputFile
from generator.render.pages.assets import as_sent, without_unused
from generator.render.search import (
    Part,
    Plan,
    documents_by_month,
    make_part,
    merge_shard,
    plan_of,
    render_guide,
    render_months,
    render_start,
    render_tables,
    render_texts,
    texts_in,
)
from generator.render.search.digits import DIGITS
from generator.render.search.documents import TOGETHER, Document
from generator.render.search.parts import read_buckets, values_of
from generator.render.templates import Templates
from generator.views.entries import SearchEntry

TEMPLATES = Templates(Path(__file__).parent.parent / "templates")
ASSETS = TEMPLATES.find("assets/js")
LUNR = "lunr.min.js"
SCRIPTS = (
    LUNR,
    "search-terms.js",
    "search-words.js",
    "search-sources.js",
    "search-find.js",
    "search-items.js",
    "search-names.js",
    "search-narrow.js",
    "search.js",
    "search-village.js",
    "search-site.js",
)
Villages = Mapping[str, Sequence[SearchEntry]]


def search_files(
    villages: Villages, own: Sequence[SearchEntry] = (), head: int = 600, readings: str = ""
) -> Iterator[OutputFile]:
    """All files of the search of a site: those of villages, of the pages above, and the shards. A
    common term's `head` has so many postings; `readings` are those of all villages."""
    yield from render_tables()
    months = {id: documents_by_month(villages[id]) for id in sorted(villages)}
    for id, documents in months.items():
        yield from render_months(f"v/{id}/search", documents)
        yield from render_texts(f"v/{id}/search", documents, readings)
    above = documents_by_month(own)
    yield from render_months("search", above)
    parts = {id: make_part(documents, readings) for id, documents in months.items()}
    with patch("generator.render.search.shards._HEAD", head):
        yield from shard_files(parts, make_part(above, readings))


def shard_files(parts: Mapping[str, Part], above: Part) -> Iterator[OutputFile]:
    """The shards of a site, and what a page must know of them."""
    plan = plan_of({id: part.head for id, part in parts.items()}, above.head)
    all_parts = [*(parts[id] for id in plan.villages), above]
    files = [file for number in range(plan.shards) for file in shard_of(number, all_parts, plan)]
    yield render_start(plan, [part.head for part in all_parts], (file.path for file in files))
    yield from files


def shard_of(number: int, parts: Sequence[Part], plan: Plan) -> Iterator[OutputFile]:
    """The files of one shard."""
    yield from merge_shard(number, [piece_of(part, *plan.buckets(number)) for part in parts], plan)


def piece_of(part: Part, start: int, end: int) -> bytes:
    """What a part has in some buckets."""
    file = BytesIO(part.table + part.content)
    return b"".join(read_buckets(file, len(part.table), start, end))


def sent(name: str) -> bytes:
    """A script as the site is sent it."""
    if name == LUNR:
        return without_unused((ASSETS / name).read_bytes())
    return as_sent(TEMPLATES, f"js/{name}")


def load_scripts(page: Page) -> None:
    """What both search pages load, and the whole of lunr as `window.wholeLunr`."""
    lunr = (ASSETS / LUNR).read_bytes()
    page.add_script_tag(content=f"{lunr.decode()};window.wholeLunr = window.lunr;")
    for name in SCRIPTS:
        page.add_script_tag(content=sent(name).decode())
    page.evaluate(
        """() => {
            mingbaiSearch.search = async (source, query, today) => {
                await source.prepare(query);
                const finding = mingbaiSearch.find(source, query, today), results = [];
                while (finding.goesOn()) results.push(...await finding.take(Infinity));
                return results;
            };
        }"""
    )


def know_tables(page: Page) -> None:
    """Fetch the tables of characters, as queries of letters and of traditional characters do."""
    page.evaluate(
        "async (files) => { await mingbaiSearch.prepare('lu 綠', async (path) => files[path]); }",
        {file.path: json.loads(file.content) for file in render_tables()},
    )


def texts_of(site: Path, village: str) -> list[Document]:
    """The documents of a village's search in a site."""
    folder = site / f"v/{village}/search"
    texts = json.loads((folder / "texts.json").read_bytes())
    months, _ = texts_in(texts, lambda name: json.loads((folder / name).read_bytes()))
    return [document for found in months.values() for document in found]


def open_village(
    page: Page,
    entries: Sequence[SearchEntry],
    readings: str = "",
    guide: Sequence[SearchEntry] = (),
) -> None:
    """The search of one village, as `window.engine`, with the `guide` of all; `window.asked` are the
    files that it asked for."""
    texts = render_texts("search", documents_by_month(entries), readings)
    files = [*texts, *render_tables(), *render_guide(guide, Synonyms())]
    page.evaluate(
        """(files) => {
            window.asked = [];
            const get = async (path) => { window.asked.push(path); return files[path]; };
            const own = (path) => get("search/" + path), pages = files["search/pages.json"];
            window.engine = mingbaiSearch.ofVillage(files["search/texts.json"], own, get, pages);
        }""",
        {file.path: json.loads(file.content) for file in files},
    )


def open_site(page: Page, files: Sequence[OutputFile]) -> None:
    """The search of a site, as `window.engine`; `window.asked` are the files that it asked for."""
    page.evaluate(
        """(files) => {
            window.asked = [];
            const get = async (path) => {
                window.asked.push(path);
                if (!files[path]) throw Object.assign(new Error(path), { isGone: true });
                return JSON.parse(files[path]);
            };
            window.engine = mingbaiSearch.ofSite(JSON.parse(files["search/start.json"]), get);
        }""",
        {file.path: file.content.decode() for file in files},
    )


def found(page: Page, queries: Sequence[str]) -> list[list[dict[str, Any]]]:
    """The results of each query, best first."""
    script = """async (queries) => {
        const all = [];
        for (const query of queries) all.push(await mingbaiSearch.search(engine, query));
        return all;
    }"""
    results: list[list[dict[str, Any]]] = page.evaluate(script, list(queries))
    return results


# ------------------------------------------------------------------------------------- decoded


def documents_of(folder: Path) -> list[Document]:
    """Those that a site's search shows of a folder."""
    return [document for _, document in _documents(folder)]


Said = set[tuple[str, str, str, int]]
"""A term, the address and title of a document that has it, and its value there."""


def said_by_texts(site: Path) -> Said:
    """What the search of a site may say: the terms of its documents' texts."""
    return {
        (term, document[0], document[1], value)
        for folder in (site / "search", *site.glob("v/*/search"))
        for _, document in _documents(folder)
        for term, value in values_of(document).items()
    }


def said_by_shards(site: Path) -> Said:
    """What the shards of a site say, decoded."""
    start = json.loads((site / "search/start.json").read_bytes())
    folders = [*(site / "v" / village / "search" for village in start["villages"]), site / "search"]
    documents = [dict(_documents(folder)) for folder in folders]
    said = set()
    for term, text in _shards(site):
        for month, slot, value in _decoded(text):
            village = min(len(folders) - 1, slot // start["width"])
            document = documents[village][month, slot - village * start["width"]]
            said.add((term, document[0], document[1], value))
    return said


def _shards(site: Path) -> Iterator[tuple[str, str]]:
    for path in (site / "search/t").iterdir():
        rest, terms = json.loads(path.read_bytes())
        yield from ((term, text) for term, (_, text) in terms.items())
        if rest:
            name = f"{path.name.partition('.')[0]}.{rest}.json"
            yield from json.loads((site / "search/r" / name).read_bytes()).items()


def _documents(folder: Path) -> Iterator[tuple[tuple[int, int], list[Any]]]:
    """The documents of a folder by month and place."""
    for path in folder.glob("*.*.json"):
        name, number, _ = path.name.split(".")
        year, _, month = name.partition("-")
        key = (int(year) - 1970) * 12 + int(month) if month else 0
        for place, document in enumerate(json.loads(path.read_bytes())):
            yield (key, int(number) * TOGETHER + place), document


def _decoded(text: str) -> Iterator[tuple[int, int, int]]:
    numbers: list[int] = []
    scale = number = 0
    for digit in map(DIGITS.index, text):
        number += (digit & 31) << scale
        scale += 5
        if digit < 32:
            numbers.append(number)
            scale = number = 0
    at = month = 0
    while at < len(numbers):
        month = month - numbers[at] if at else numbers[at]
        count, slot = numbers[at + 1], 0
        at += 2
        for step, value in zip(numbers[at::2], numbers[at + 1 :: 2], strict=False):
            if not count:
                break
            slot, count, at = slot + step, count - 1, at + 2
            yield month, slot, value
