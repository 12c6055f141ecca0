"""Merges parts into the files from which a page searches the whole site, by term.

`search/start.json` says what there is; `search/t/` holds the terms of each shard, and `search/r/`
what of a common term is older than its newest documents: a page that shows the first results
seldom needs that. A shard is named by its content, and nothing in it depends on other terms, so
that what did not change is not fetched again.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import add, sub
from typing import Any

from lunr.builder import Builder

from generator.output.files import OutputFile
from generator.render.search.analysis import BUCKET_BITS
from generator.render.search.digits import digits
from generator.render.search.documents import TOGETHER, as_json, characters_of
from generator.render.search.parts import BUCKETS, Head

_HEADS, _RESTS = "search/t", "search/r"
_HEAD = 600  # postings; of a more common term the others wait until someone asks for them
_FEWER = 7  # so that a shard has about 4 KB when it is compressed, as measured
_NAME = 4  # characters
_LEAST_WIDTH = 16


@dataclass(frozen=True)
class Plan:
    """What all shards have in common. A document's slot in its month is its village's number times
    `width`, and its place there. Pages above the villages come behind the last village, so that
    there may be more than `width` of them. There are two to the power of `bits` shards."""

    villages: tuple[str, ...]
    width: int
    bits: int

    @property
    def shards(self) -> int:
        """How many shards there are."""
        return 1 << self.bits

    def buckets(self, shard: int) -> tuple[int, int]:
        """The first bucket of a shard, and the first behind it."""
        size = BUCKETS >> self.bits
        return shard * size, (shard + 1) * size

    def shard_of(self, bucket: int) -> int:
        """The shard that has a bucket."""
        return bucket >> (BUCKET_BITS - self.bits)


def plan_of(parts: Mapping[str, Head], above: Head) -> Plan:
    """The plan for the parts of villages, by id, and that of the pages above them."""
    villages = tuple(sorted(parts))
    most = max((part.most for part in parts.values()), default=0)
    width = max(_LEAST_WIDTH, 1 << max(0, most - 1).bit_length())
    size = sum(part.size for part in (*parts.values(), above))
    # Words grow slower than texts, and postings of common ones can be compressed.
    bits = size.bit_length() * 5 // 8 - _FEWER
    return Plan(villages, width, min(BUCKET_BITS, max(0, bits)))


def shard_number(path: str) -> int | None:
    """The number of the shard to which a file belongs, if it does."""
    folder, _, name = path.rpartition("/")
    return int(name.partition(".")[0]) if folder in (_HEADS, _RESTS) else None


def render_start(plan: Plan, heads: Sequence[Head], paths: Iterable[str]) -> OutputFile:
    """What a page must know before it can ask for shards, whose `paths` are given."""
    pairs = sorted({one for head in heads for one in map(add, head.pairs[::2], head.pairs[1::2])})
    names = {shard_number(p): p.split(".")[1] for p in paths if p.startswith(_HEADS)}
    content = {
        **characters_of("".join(pairs), all_readings(heads)),
        "documents": sum(head.documents for head in heads),
        "width": plan.width,
        "together": TOGETHER,
        "k1": Builder()._k1,
        "villages": plan.villages,
        "shards": "".join(names[number] for number in range(plan.shards)),
    }
    return OutputFile("search/start.json", as_json(content))


def all_readings(heads: Iterable[Head]) -> str:
    """The readings that some parts know of."""
    return " ".join(sorted({one for head in heads for one in head.readings.split()}))


def merge_shard(number: int, pieces: Sequence[bytes], plan: Plan) -> Iterator[OutputFile]:
    """The files of a shard from each part's piece of it: those of the villages in the plan's order,
    then that of the pages above them."""
    heads: dict[str, Any] = {}
    rests = {}
    merged = _merged(pieces, plan.width)
    for term in sorted(merged):
        months = [(month, numbers[:-1]) for month, numbers in merged[term].items()]
        months.sort(reverse=True)
        head, rest = _cut(months)
        heads[term] = [sum(len(numbers) for _, numbers in months) // 2, _postings(head)]
        if rest:
            rests[term] = _postings(rest)
    rest_file = as_json(rests) if rests else b""
    name = _name(rest_file) if rests else ""
    content = as_json([name, heads])
    yield OutputFile(f"{_HEADS}/{number}.{_name(content)}.json", content)
    if rests:
        yield OutputFile(f"{_RESTS}/{number}.{name}.json", rest_file)


_Month = tuple[int, list[int]]
"""A month, and for each of its documents the step to its slot from the one before it, and its
value."""


def _merged(pieces: Sequence[bytes], width: int) -> dict[str, dict[int, list[int]]]:
    """For each term and month the steps and values, and behind them the last slot."""
    terms: dict[str, dict[int, list[int]]] = {}
    for village, piece in enumerate(pieces):
        base = village * width
        for term, *groups in json.loads(b"[" + piece[:-1] + b"]"):
            months = terms.get(term)
            if months is None:
                months = terms[term] = {}
            for month, place, *values in groups:
                numbers = months.get(month)
                if numbers is None:
                    numbers = months[month] = [0]
                numbers[-1] = base + place - numbers[-1]
                if len(values) > 1:  # most have one
                    places = values[1::2]
                    values[1::2] = map(sub, places, (place, *places))
                    place = places[-1]
                numbers += values
                numbers.append(base + place)
    return terms


def _cut(months: Sequence[_Month]) -> tuple[list[_Month], list[_Month]]:
    """The newest documents, and the others where there are many."""
    head: list[_Month] = []
    left = _HEAD
    for at, (month, numbers) in enumerate(months):
        there, wanted = len(numbers) // 2, left
        left -= there
        if left >= 0:
            head.append((month, numbers))
            continue
        rest: list[_Month] = list(months[at + 1 :])
        if wanted:
            slot = sum(numbers[: 2 * wanted : 2])
            head.append((month, numbers[: 2 * wanted]))
            first, *others = numbers[2 * wanted :]
            numbers = [slot + first, *others]
        return head, [(month, numbers), *rest]
    return head, []


def _postings(months: Iterable[_Month]) -> str:
    """For each month, the newest first: the step to it, the number of its documents, and these."""
    parts: list[str] = []
    before = 0
    for month, numbers in months:
        parts += (digits((abs(before - month), len(numbers) // 2)), digits(numbers))
        before = month
    return "".join(parts)


def _name(content: bytes) -> str:
    digest = hashlib.sha256(content).digest()
    return base64.urlsafe_b64encode(digest).decode()[:_NAME]
