"""Makes a village's part of the site's search: its postings by bucket, ready to be merged.

A posting says how often a document has a term, and whether its title has it.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate

from generator.render.search.analysis import ANY, BUCKET_BITS, bucket_of, terms_of
from generator.render.search.documents import Document, Months

BUCKETS = 1 << BUCKET_BITS
_DIGEST = 8  # bytes
_NUMBER = array("I").itemsize
TABLE = (BUCKETS + 1) * _NUMBER + BUCKETS * _DIGEST  # bytes


@dataclass(frozen=True)
class Head:
    """What a plan needs of a part: the number of its documents, that of the month with `most` of
    them, and the bytes of its content."""

    documents: int
    most: int
    size: int


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


def offsets_of(start: int, end: int) -> tuple[int, int]:
    """Which bytes of a table say where some buckets begin, and where the last of them ends."""
    return start * _NUMBER, (end + 1) * _NUMBER


def _digests(table: bytes) -> list[bytes]:
    start = (BUCKETS + 1) * _NUMBER
    return [table[at : at + _DIGEST] for at in range(start, len(table), _DIGEST)]


def make_part(months: Months) -> Part:
    """The part of a village, or of the pages above the villages."""
    buckets: dict[int, str] = {}  # no term has signs that JSON escapes
    found = _groups(months)
    for term in sorted(found):
        number = bucket_of(term)
        buckets[number] = f'{buckets.get(number, "")}["{term}",[{found[term]}]],'
    pieces = [buckets.get(number, "").encode() for number in range(BUCKETS)]
    offsets = array("I", (0, *accumulate(map(len, pieces))))
    digests = (blake2b(piece, digest_size=_DIGEST).digest() for piece in pieces)
    sizes = [*map(len, months.values())]
    return Part(
        Head(sum(sizes), max(sizes, default=0), offsets[-1]),
        offsets.tobytes() + b"".join(digests),
        b"".join(pieces),
    )


def _groups(months: Months) -> dict[str, str]:
    """For each term what is said of each month: the month, then for each document the step to its
    place from the one before it, and its value."""
    found: dict[str, str] = {}
    for month, documents in months.items():
        here: dict[str, str] = {}
        lasts: dict[str, int] = {}
        for place, document in enumerate(documents):
            for term, value in values_of(document).items():
                if term in here:
                    here[term] += f",{place - lasts[term]},{value}"
                else:
                    here[term] = f"{month},{place},{value}"
                lasts[term] = place
        for term, group in here.items():
            found[term] = f"{found[term]}],[{group}" if term in found else group
    return found


def values_of(document: Document) -> dict[str, int]:
    """Each term of a document with twice its number, and one more where the title has it."""
    _, title, _, passages = document
    in_title = terms_of(title)
    counts = Counter(in_title)
    for passage in passages:
        counts.update(terms_of(passage[1]))
    counts[ANY] += 1
    titles = frozenset(in_title)
    return {term: 2 * count + (term in titles) for term, count in counts.items()}
