"""Makes the search over all villages from their parts, and of its shards only those that changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from generator.fingerprints import hash_of
from generator.keeping import SEARCH, Bench, Made, find, keep, last_made, print_of_texts, texts_of
from generator.model.clock import Span
from generator.output.draft import Draft
from generator.output.files import NO_FILES, OutputFile, WrittenFile, WrittenFiles
from generator.packed import pack, unpack
from generator.render.search import (
    DamagedPartError,
    Head,
    Months,
    Part,
    Plan,
    all_readings,
    documents_by_month,
    merge_shard,
    plan_of,
    read_buckets,
    render_months,
    render_start,
    render_tables,
    shard_number,
)
from generator.shelf import Shelf
from generator.views.entries import SearchEntry
from generator.workers import Spread

_TASKS = 64  # so that what is merged at one time is a small share of all
_FOLDER = "search"


@dataclass(frozen=True)
class _Merged:
    """What shards were merged from, by room and in order: the name and the head of each part. `pages` are the
    texts of the documents above the villages, made under the key `above`."""

    print: str
    plan: Plan
    parts: dict[str, tuple[str, Head]]
    above: str = ""
    pages: WrittenFiles = NO_FILES

    def head(self, room: str, name: str) -> Head | None:
        """That of a room's part, if it had this name."""
        there, head = self.parts.get(room, ("", None))
        return head if there == name else None


@dataclass(frozen=True)
class _Sources:
    """What parts are made of, the texts of villages by id and the documents above them with their texts, and
    where the parts lie by room."""

    texts: Mapping[str, WrittenFile]
    above: Above
    pages: WrittenFiles
    shelves: Mapping[str, Shelf]

    def parts(self, before: _Merged | None) -> dict[str, tuple[str, Head]]:
        """The name and the head of each part; those that were merged before are not opened."""

        def part(room: str, digests: tuple[str, ...], make: Callable[[], Part]) -> tuple[str, Head]:
            name = self.shelves[room].name_of(*digests)
            known = before.head(room, name) if before else None
            return name, known or make().head

        found = {
            room: part(room, (file.sha256,), partial(self.shelves[room].of_texts, file))
            for room, file in self.texts.items()
        }
        readings = all_readings(head for _, head in found.values())
        digest = hash_of(*_said(self.pages))

        def above() -> Part:
            return self.shelves[SEARCH].of_months(digest, self.above.months, readings)

        return found | {SEARCH: part(SEARCH, (digest, readings), above)}


_Last = tuple[WrittenFiles, _Merged]  # the files of an earlier build, and what they were made from


@dataclass(frozen=True)
class _Task:
    """Shards that one process merges, in runs of which the first and the last are given, and the parts with
    their sizes."""

    plan: Plan
    runs: tuple[tuple[int, int], ...]
    parts: tuple[tuple[Path, int], ...]


class Above:
    """The documents above the villages, made once and only where they are needed. `key` is that of all they
    are made of; where it `is_known` they are those that were made with it."""

    def __init__(
        self, make: Callable[[], Sequence[SearchEntry]], key: str = "", *, is_known: bool = False
    ) -> None:
        self._make, self.key, self.is_known = make, key, is_known

    @cached_property
    def months(self) -> Months:
        """The documents by month."""
        return documents_by_month(self._make())


def make_search(above: Above, villages: Mapping[str, Made], bench: Bench, spread: Spread) -> Made:
    """The search over all villages and what is above them; it is kept while none of them says
    anything else. Its days are those of the texts, which are in the key."""
    always = Span(bench.settings.today)
    if bench.draft is None:
        return Made("", always.first, always.last, WrittenFiles())
    last = _last(bench)
    pages = _pages(above, last, bench.draft)
    texts = {id: file for id, made in sorted(villages.items()) if (file := texts_of(id, made))}
    key = hash_of(bench.print, *_said((*pages, *texts.values()))) if bench.print else ""
    kept = find(bench, SEARCH, key) if key else None
    if kept:
        return kept
    shelves = {room: Shelf(room, bench, bench.draft) for room in (*texts, SEARCH)}
    sources = _Sources(texts, above, pages, shelves)
    try:
        merged, written = _merged(sources, last, bench, spread)
    except DamagedPartError:  # then each part is looked at as a whole, and made anew where need be
        merged, written = _merged(sources, None, bench, spread)
    files = WrittenFiles.of((*pages, *written))
    shown = print_of_texts(villages)
    made = Made(key, always.first, always.last, files, summary=pack(merged), shown=shown)
    keep(bench, SEARCH, made)
    for room, (name, _) in merged.parts.items():
        if last is None or last[1].head(room, name) is None:
            shelves[room].keep_only(name)
    return made


def _said(files: Iterable[WrittenFile]) -> Iterator[str]:
    return (word for file in files for word in (file.path, file.sha256))


def _pages(above: Above, last: _Last | None, draft: Draft) -> WrittenFiles:
    """The texts of the documents above the villages, those of the `last` build where they are the same."""
    is_same = above.is_known and last is not None and last[1].above == above.key
    known = draft.held(last[1].pages) if last and is_same else None
    return known or draft.add(render_months(_FOLDER, above.months))


def _last(bench: Bench) -> _Last | None:
    """The last build's, if it was one of the same program."""
    made = last_made(bench, SEARCH)
    merged = unpack(made.summary) if made else None
    if not made or not isinstance(merged, _Merged) or merged.print != bench.print:
        return None
    return made.files, merged


def _merged(
    sources: _Sources, last: _Last | None, bench: Bench, spread: Spread
) -> tuple[_Merged, tuple[WrittenFile, ...]]:
    """The files of all shards, those of the `last` build where nothing changed in them, and what is
    made with them."""
    assert bench.draft
    parts = sources.parts(last[1] if last else None)
    heads = {room: head for room, (_, head) in parts.items()}
    plan = plan_of({room: heads[room] for room in sources.texts}, heads[SEARCH])
    merged = _Merged(bench.print, plan, parts, sources.above.key, sources.pages)
    kept, anew = _kept(merged, last, sources.shelves, bench.draft)
    paths = tuple((sources.shelves[room].path(name), h.size) for room, (name, h) in parts.items())
    tasks = tuple(_Task(plan, runs, paths) for runs in _shares(anew, plan))
    made = (file for files in spread(_merge, tasks) for file in files)
    shards = sorted((*kept, *made), key=lambda file: file.path)
    start = render_start(plan, [*heads.values()], (file.path for file in shards))
    return merged, (*bench.draft.add([start, *render_tables()]), *shards)


def _kept(
    merged: _Merged, last: _Last | None, shelves: Mapping[str, Shelf], draft: Draft
) -> tuple[tuple[WrittenFile, ...], Sequence[int]]:
    """The files of shards that the last build made and that are right, and the numbers of the
    others: those that have a bucket in which the old and the new part of a village differ."""
    every = range(merged.plan.shards)
    if not last or last[1].plan != merged.plan:
        return (), every
    files, before = last
    anew = set()
    for room, (name, _) in merged.parts.items():
        was = before.parts[room][0]
        if name == was:
            continue
        old, new = (shelves[room].get(one) for one in (was, name))
        if not old or not new:
            return (), every
        anew |= {merged.plan.shard_of(bucket) for bucket in new.changed(old)}
    right = WrittenFiles.of(
        f for f in files if (number := shard_number(f.path)) is not None and number not in anew
    )
    held = draft.held(right)
    return ((), every) if held is None else (tuple(held), sorted(anew))


def _shares(shards: Sequence[int], plan: Plan) -> Iterator[tuple[tuple[int, int], ...]]:
    """The numbers in shares that are not too large, each in runs: the first and the last of those that
    follow each other."""
    most = max(1, plan.shards // _TASKS)
    for start in range(0, len(shards), most):
        share = shards[start : start + most]
        firsts = [n for at, n in enumerate(share) if at == 0 or share[at - 1] != n - 1]
        lasts = [n for at, n in enumerate(share) if at + 1 == len(share) or share[at + 1] != n + 1]
        yield tuple(zip(firsts, lasts, strict=True))


def _merge(bench: Bench, task: _Task) -> WrittenFiles:
    """Merge shards and write them."""
    assert bench.draft
    pieces = [list(_pieces(path, size, task)) for path, size in task.parts]
    files: list[OutputFile] = []
    numbers = (n for first, last in task.runs for n in range(first, last + 1))
    for at, number in enumerate(numbers):
        files += merge_shard(number, [part[at] for part in pieces], task.plan)
    return bench.draft.add(files)


def _pieces(path: Path, size: int, task: _Task) -> Iterator[bytes]:
    """What a part has for each of a task's shards; the file ends with its table and content."""
    step = task.plan.buckets(0)[1]
    try:
        with path.open("rb") as file:
            content = os.fstat(file.fileno()).st_size - size
            for first, last in task.runs:
                start, end = task.plan.buckets(first)[0], task.plan.buckets(last)[1]
                found = read_buckets(file, content, start, end)
                for at in range(0, end - start, step):
                    yield b"".join(found[at : at + step])
    except OSError:  # it is gone
        raise DamagedPartError from None
