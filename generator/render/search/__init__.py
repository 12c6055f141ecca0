"""Search by lunr.js over shards: what a browser needs of an index to find what texts hold.

A village is searched from its texts alone, the site from shards by term. lunr's score of a document
needs only the query's own terms, so a page puts a small index of these together for each query, and
lunr answers as it would from an index of all.
"""

from generator.render.search.documents import (
    Months,
    documents_by_month,
    render_months,
    render_texts,
    texts_in,
)
from generator.render.search.guide import render_guide
from generator.render.search.names import render_names
from generator.render.search.parts import DamagedPartError, Head, Part, make_part, read_buckets
from generator.render.search.shards import (
    Plan,
    all_readings,
    merge_shard,
    plan_of,
    render_start,
    shard_number,
)
from generator.render.search.tables import render_tables

__all__ = [
    "DamagedPartError",
    "Head",
    "Months",
    "Part",
    "Plan",
    "all_readings",
    "documents_by_month",
    "make_part",
    "merge_shard",
    "plan_of",
    "read_buckets",
    "render_guide",
    "render_months",
    "render_names",
    "render_start",
    "render_tables",
    "render_texts",
    "shard_number",
    "texts_in",
]
