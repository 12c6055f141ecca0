"""Makes the search over all villages from their parts, and of its shards only those that changed."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.fingerprints import hash_of
from generator.keeping import SEARCH, Bench, Made, find, keep, last_made
from generator.model.clock import Span
from generator.output.files import OutputFile, WrittenFile, WrittenFiles
from generator.packed import pack, unpack
from generator.render.search import (
    TABLE,
    Head,
    Part,
    Plan,
    all_readings,
    documents_by_month,
    merge_shard,
    offsets_of,
    plan_of,
    render_months,
    render_start,
    render_tables,
    shard_number,
)
from generator.shelf import Shelf, texts_of
from generator.views.entries import SearchEntry
from generator.workers import Spread

_TASKS = 64  # so that what is merged at one time is a small share of all
_FOLDER = "search"


@dataclass(frozen=True)
class _Merged:
    """What shards were merged from: the names of the parts by room, in their order."""

    print: str
    plan: Plan
    parts: dict[str, str]


@dataclass(frozen=True)
class _Task:
    """Shards that one process merges, which follow each other, and the parts with their sizes."""

    plan: Plan
    first: int
    last: int
    parts: tuple[tuple[Path, int], ...]


def make_search(
    own: Sequence[SearchEntry], villages: Mapping[str, Made], bench: Bench, spread: Spread
) -> Made:
    """The search over all villages and what is above them; it is kept while none of them says
    anything else. Its days are those of the texts, which are in the key."""
    always = Span(bench.settings.today)
    if bench.draft is None:
        return Made("", always.first, always.last, WrittenFiles())
    months = documents_by_month(own)
    pages = bench.draft.add(render_months(_FOLDER, months))
    texts = {id: file for id, made in sorted(villages.items()) if (file := texts_of(id, made))}
    said = [word for file in (*pages, *texts.values()) for word in (file.path, file.sha256)]
    key = hash_of(bench.print, *said) if bench.print else ""
    kept = find(bench, SEARCH, key) if key else None
    if kept:
        return kept
    shelves = {room: Shelf(room, bench, bench.draft) for room in (*texts, SEARCH)}
    found = {id: _named(shelves[id].of_texts(file)) for id, file in texts.items()}
    digest, readings = hash_of(*said[: 2 * len(pages)]), all_readings(h for _, h in found.values())
    found[SEARCH] = _named(shelves[SEARCH].of_months(digest, months, readings))
    heads = {room: head for room, (_, head) in found.items()}
    plan = plan_of({id: heads[id] for id in texts}, heads[SEARCH])
    merged = _Merged(bench.print, plan, {room: name for room, (name, _) in found.items()})
    shards = _shards(merged, heads, shelves, bench, spread)
    start = render_start(plan, [*heads.values()], (file.path for file in shards))
    tables = bench.draft.add([start, *render_tables()])
    files = WrittenFiles.of((*pages, *tables, *shards))
    made = Made(key, always.first, always.last, files, summary=pack(merged))
    keep(bench, SEARCH, made)
    for room, shelf in shelves.items():
        shelf.keep_only(merged.parts[room])
    return made


def _shards(
    merged: _Merged,
    heads: Mapping[str, Head],
    shelves: Mapping[str, Shelf],
    bench: Bench,
    spread: Spread,
) -> tuple[WrittenFile, ...]:
    """The files of all shards, those of an earlier build where nothing changed in them."""
    kept, anew = _kept(merged, shelves, bench)
    parts = tuple(
        (shelves[room].path(name), heads[room].size) for room, name in merged.parts.items()
    )
    tasks = tuple(
        _Task(merged.plan, first, last, parts) for first, last in _runs(anew, merged.plan)
    )
    made = tuple(file for files in spread(_merge, tasks) for file in files)
    return tuple(sorted((*kept, *made), key=lambda file: file.path))


def _kept(
    merged: _Merged, shelves: Mapping[str, Shelf], bench: Bench
) -> tuple[tuple[WrittenFile, ...], Sequence[int]]:
    """The files of shards that an earlier build made and that are right, and the numbers of the
    others: those that have a bucket in which the old and the new part of a village differ."""
    every = range(merged.plan.shards)
    last = last_made(bench, SEARCH)
    before = unpack(last.summary) if last else None
    if not last or not bench.draft or not isinstance(before, _Merged):
        return (), every
    if (before.print, before.plan) != (merged.print, merged.plan):
        return (), every
    anew = set()
    for room, name in merged.parts.items():
        if name == before.parts[room]:
            continue
        old, new = (shelves[room].get(one) for one in (before.parts[room], name))
        if not old or not new:
            return (), every
        anew |= {merged.plan.shard_of(bucket) for bucket in new.changed(old)}
    files = WrittenFiles.of(
        f for f in last.files if (number := shard_number(f.path)) is not None and number not in anew
    )
    held = bench.draft.held(files)
    return ((), every) if held is None else (tuple(held), sorted(anew))


def _runs(shards: Sequence[int], plan: Plan) -> Iterator[tuple[int, int]]:
    """Numbers that follow each other, but not too many: the first and the last of each run."""
    most = max(1, plan.shards // _TASKS)
    first = last = -1
    for number in shards:
        if first < 0 or number != last + 1 or number - first >= most:
            if first >= 0:
                yield first, last
            first = number
        last = number
    if first >= 0:
        yield first, last


def _merge(bench: Bench, task: _Task) -> WrittenFiles:
    """Merge shards and write them."""
    assert bench.draft
    pieces = [list(_pieces(path, size, task)) for path, size in task.parts]
    files: list[OutputFile] = []
    for at, number in enumerate(range(task.first, task.last + 1)):
        files += merge_shard(number, [part[at] for part in pieces], task.plan)
    return bench.draft.add(files)


def _pieces(path: Path, size: int, task: _Task) -> Iterator[bytes]:
    """What a part has for each of a task's shards; the file ends with its table and content."""
    start, end = task.plan.buckets(task.first)[0], task.plan.buckets(task.last)[1]
    with path.open("rb") as file:
        content = path.stat().st_size - size
        first, last = offsets_of(start, end)
        file.seek(content - TABLE + first)
        offsets = array("I", file.read(last - first))
        file.seek(content + offsets[0])
        found = file.read(offsets[-1] - offsets[0])
    step = task.plan.buckets(0)[1]
    for at in range(0, end - start, step):
        yield found[offsets[at] - offsets[0] : offsets[at + step] - offsets[0]]


def _named(found: tuple[str, Part]) -> tuple[str, Head]:
    return found[0], found[1].head
