"""Makes a village's part of the site's search: its postings by bucket, ready to be merged.

A posting says how often a document has a term, and whether its title has it.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate, pairwise
from typing import BinaryIO

from generator.model.sounds import readings_of
from generator.render.search.analysis import ANY, BUCKET_BITS, Readings, bucket_of, terms_of
from generator.render.search.documents import Document, Months, pairs_of

BUCKETS = 1 << BUCKET_BITS
_DIGEST = 8  # bytes
_NUMBER = array("I").itemsize
_DIGESTS = (BUCKETS + 1) * _NUMBER  # bytes of a table before its digests
TABLE = _DIGESTS + BUCKETS * _DIGEST


@dataclass(frozen=True)
class Head:
    """What a plan needs of a part: the number of its documents, that of the month with `most` of
    them, and the bytes of its content; and of its characters what a browser must know, as in
    `Characters`."""

    documents: int
    most: int
    size: int
    pairs: str = ""
    readings: str = ""


@dataclass(frozen=True)
class Part:
    """`content` has the terms of each bucket as JSON without its brackets, `table` where a bucket
    begins and ends, and a digest of each."""

    head: Head
    table: bytes
    content: bytes

    def changed(self, other: Part) -> Iterator[int]:
        """The buckets in which two parts differ."""
        ours, theirs = _digests(self.table), _digests(other.table)
        return (n for n in range(BUCKETS) if ours[n] != theirs[n])


class DamagedPartError(Exception):
    """A part is not as it was made."""


def read_buckets(file: BinaryIO, content: int, start: int, end: int) -> list[bytes]:
    """What some buckets of a part hold, from a file that has its table before its `content`.

    Raises `DamagedPartError` where it is not what was written.
    """
    table = content - TABLE
    offsets = array("I", _bytes_of(file, table + start * _NUMBER, table + (end + 1) * _NUMBER))
    digests = table + _DIGESTS
    said = _bytes_of(file, digests + start * _DIGEST, digests + end * _DIGEST)
    held = _bytes_of(file, content + offsets[0], content + offsets[-1])
    found = [held[a - offsets[0] : b - offsets[0]] for a, b in pairwise(offsets)]
    if b"".join(map(_digest, found)) != said:
        raise DamagedPartError
    return found


def _bytes_of(file: BinaryIO, start: int, end: int) -> bytes:
    if not 0 <= start <= end:  # numbers of another place
        raise DamagedPartError
    file.seek(start)
    found = file.read(end - start)
    if len(found) != end - start:
        raise DamagedPartError
    return found


def _digest(piece: bytes) -> bytes:
    return blake2b(piece, digest_size=_DIGEST).digest()


def _digests(table: bytes) -> list[bytes]:
    return [table[at : at + _DIGEST] for at in range(_DIGESTS, len(table), _DIGEST)]


def make_part(months: Months, readings: str = "") -> Part:
    """The part of a village, or of the pages above the villages; `readings` as in `Characters`."""
    buckets: dict[int, str] = defaultdict(str)  # no term has signs that JSON escapes
    found = _groups(months, _with_own(readings))
    for term in sorted(found):
        buckets[bucket_of(term)] += f'["{term}"{found[term]}],'
    pieces = [buckets.get(number, "").encode() for number in range(BUCKETS)]
    offsets = array("I", (0, *accumulate(map(len, pieces))))
    sizes = [*map(len, months.values())]
    return Part(
        Head(sum(sizes), max(sizes, default=0), offsets[-1], pairs_of(months), readings),
        offsets.tobytes() + b"".join(map(_digest, pieces)),
        b"".join(pieces),
    )


def _with_own(readings: str) -> Readings:
    """The table of readings, and what it does not say."""
    if not readings:
        return readings_of
    own: dict[str, list[str]] = {}
    for word in readings.split():
        own.setdefault(word[0], []).append(word[1:])
    return lambda one: sorted({*readings_of(one), *own.get(one, ())})


def _groups(months: Months, readings: Readings) -> dict[str, str]:
    """For each term what is said of each month: the month, then for each document its place and its
    value."""
    found: dict[str, str] = {}
    for month, documents in months.items():
        here: dict[str, str] = {}
        for place, document in enumerate(documents):
            said = _Said(place)
            for term, value in values_of(document, readings).items():
                here[term] = here.get(term, "") + said[value]
        for term, group in here.items():
            found[term] = f"{found.get(term, '')},[{month}{group}]"
    return found


class _Said(dict[int, str]):
    """What is said of a document, by a term's value."""

    def __init__(self, place: int) -> None:
        self._place = place

    def __missing__(self, value: int) -> str:
        self[value] = text = f",{self._place},{value}"
        return text


def kind_terms(address: str) -> tuple[str, ...]:
    """The term of all documents of a kind: for what lies in a village, its item."""
    parts = address.split("/")
    return (f"{ANY}/{parts[2]}",) if parts[0] == "v" and len(parts) > 3 else ()


def values_of(document: Document, readings: Readings = readings_of) -> dict[str, int]:
    """Each term of a document with twice its number, and one more where the title has it."""
    address, title, _, passages = document
    in_title = terms_of(title, readings, is_title=True)
    counts = Counter(in_title)
    for passage in passages:
        counts.update(terms_of(passage[1], readings))
    counts.update((ANY, *kind_terms(address)))
    titles = frozenset(in_title)
    return {term: 2 * count + (term in titles) for term, count in counts.items()}
