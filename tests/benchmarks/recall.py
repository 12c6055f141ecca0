"""Whether the search of a county finds random pieces of its texts, and nothing else.

`python -m tests.benchmarks.recall --folder F --villages 475` asks the county that
`tests.benchmarks.search --folder F --villages 475` made for 500 pieces, in a browser, and compares what
it finds with one plain scan of all texts, which knows no terms. Left out is what more than 300 records
hold, and what no term narrows, for which all texts would be fetched.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import add
from pathlib import Path

from playwright.sync_api import Page

from generator.render.search.analysis import normalise, plain
from generator.views.entries import SearchEntry
from tests.benchmarks.county import COUNTY
from tests.benchmarks.search import Sample, Visits, sample
from tests.browsing import chromium

MOST = 300  # records
_TOGETHER = 20  # pieces that are asked for at one time
_IS_OPEN = """(queries) => queries.map((query) => (
    mingbaiSearch.planOf(mingbaiSearch.wordsOf(query)).every((word) => word.isOpen)))"""
_ALL = """(queries) => Promise.all(queries.map(async (query) => {
    const finding = mingbaiSearch.find(engine, query), found = [];
    while (finding.goesOn()) found.push(...await finding.take(40));
    return found.map((one) => one.url + one.title);
}))"""


@dataclass(frozen=True)
class Text:
    """What a scan needs of an entry: its document, and its text with and without commas."""

    document: str
    plain: str
    normal: str


def texts_of(entries: Iterable[SearchEntry]) -> Iterator[Text]:
    """The texts of some entries."""
    for entry in entries:
        folded = plain(f"{entry.title} \n{entry.text}")
        normal = normalise(folded) if "," in folded else folded
        yield Text(entry.url.partition("#")[0] + entry.title, folded, normal)


def is_own(word: str) -> bool:
    """Whether a word is a day or a sum as a whole, which is asked for as such: 25年3月 finds what is
    written 2025年3月, and 12345, which may be an amount, no telephone number."""
    return bool(
        re.match('[-−"“”]', word)  # a minus, or a quotation
        or re.fullmatch(
            r"\d{1,2}月\d{1,2}[日号]|¥[\d.,]+|[\d.,]+[元块]|\d{4}([-/.年])\d.*"
            r"|\d\d年\d{1,2}月.*|\d{3,6}",
            word,
        )
    )


def county(
    villages: int, seed: int, number: int, own: Iterable[SearchEntry], one: Sample
) -> tuple[list[Text], list[str]]:
    """All texts of a county, and about a number of random pieces of them that are words."""
    chance = random.Random(seed + 1)
    texts, pieces = [*texts_of(own)], []
    for village in range(villages):
        entries = one.village(village, seed)
        texts += texts_of(entries)
        for entry in entries:
            if chance.random() < number / villages / len(entries):
                length = chance.randint(2, 8)
                start = chance.randrange(max(1, len(entry.text) - length))
                pieces.append(entry.text[start : start + length])
    chance.shuffle(pieces)
    words = ((piece, plain(piece).split()) for piece in dict.fromkeys(pieces))
    return texts, [piece for piece, asked in words if asked and not any(map(is_own, asked))]


def scanned(texts: Iterable[Text], pieces: Iterable[str]) -> dict[str, set[str]]:
    """The documents that hold each piece, by one look at each text: first whether it has the first
    characters of the piece's longest word, then whether it has all words."""
    found: dict[str, set[str]] = {piece: set() for piece in pieces}
    beginnings = defaultdict(list)
    for piece in found:
        words = [(word, normalise(word)) for word in plain(piece).split()]
        longest = max(words, key=lambda both: len(both[0]))
        for beginning in {word[:2] for word in longest}:
            beginnings[beginning].append((piece, words))
    wanted = frozenset(beginnings)
    for text in texts:
        here = wanted & {*text.plain, *map(add, text.plain, text.plain[1:])}
        if text.normal != text.plain:
            here |= wanted & {*map(add, text.normal, text.normal[1:])}
        for piece, words in (one for beginning in here for one in beginnings[beginning]):
            if all(word in text.plain or normal in text.normal for word, normal in words):
                found[piece].add(text.document)
    return found


def asked(page: Page, found: dict[str, set[str]], number: int) -> Iterator[tuple[str, set[str]]]:
    """What the search finds for a number of pieces that are not too common."""
    pieces = [piece for piece, documents in found.items() if len(documents) <= MOST]
    is_open = page.evaluate(_IS_OPEN, pieces)
    pieces = [piece for piece, one in zip(pieces, is_open, strict=True) if not one][:number]
    for start in range(0, len(pieces), _TOGETHER):
        some = pieces[start : start + _TOGETHER]
        yield from zip(some, map(set, page.evaluate(_ALL, some)), strict=True)


def main() -> None:
    """Print each piece that is missed or false somewhere, and how many there are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--villages", type=int, default=COUNTY)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--pieces", type=int, default=500)
    options = parser.parse_args()
    own = [SearchEntry(**one) for one in json.loads((options.folder / "own.json").read_bytes())]
    known = options.villages, options.seed, options.pieces * 8
    texts, pieces = county(*known, own, sample())
    found = scanned(texts, pieces)
    tried = missed = false = 0
    with chromium() as browser:
        page = Visits(options.folder / "site", browser).open()
        for piece, results in asked(page, found, options.pieces):
            lacking, more = found[piece] - results, results - found[piece]
            tried, missed, false = tried + 1, missed + bool(lacking), false + bool(more)
            if lacking or more:
                print(f"  {piece!r}: {len(lacking)} missed, {len(more)} false")
    common = sum(len(documents) > MOST for documents in found.values())
    print(
        f"{tried} pieces in {len(texts)} texts: {missed} with a miss, {false} with a false hit "
        f"({common} of {len(found)} too common)"
    )


if __name__ == "__main__":
    main()
