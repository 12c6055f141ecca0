"""Manifests: every file of the site is in exactly one, with its digest and size.

A village's manifest lists its records and the files under v/<village>/; the site's lists the
villages with their manifests' digests, and all files that are nobody's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from generator.output.files import OutputFile

NAME = "manifest.json"
WITHDRAWN = "withdrawn"
"""The status of a record of which only the notice stays that it was taken back."""


@dataclass(frozen=True)
class RecordLine:
    """A record in its village's manifest. Dates are ISO texts or None."""

    url: str
    item: str
    period: str
    title: str
    digest: str
    code: str
    sources: tuple[str, ...]
    published: str | None
    display_until: str | None
    status: str


def village_manifest(
    village: str, built_for: str, records: Iterable[RecordLine], files: Iterable[OutputFile]
) -> OutputFile:
    """The manifest of a village; it lists every file of the village but itself."""
    content = {
        "village": village,
        "built_for": built_for,
        "records": [asdict(record) for record in records],
        "files": _files(files),
    }
    return OutputFile(f"v/{village}/{NAME}", _bytes(content))


def site_manifest(
    built_for: str, villages: Iterable[OutputFile], files: Iterable[OutputFile]
) -> OutputFile:
    """The manifest of the site: the villages' manifests, and the files above the villages."""
    content = {
        "built_for": built_for,
        "villages": {
            m.path.split("/")[1]: {"manifest": m.path, "sha256": m.sha256} for m in villages
        },
        "files": _files(files),
    }
    return OutputFile(NAME, _bytes(content))


def published_villages(site: Path) -> tuple[str, ...]:
    """Ids of the villages of a published folder; none where it has no readable manifest."""
    try:
        return tuple(json.loads((site / NAME).read_bytes())["villages"])
    except (OSError, ValueError, KeyError):
        return ()


def _files(files: Iterable[OutputFile]) -> dict[str, Any]:
    return {f.path: {"sha256": f.sha256, "bytes": len(f.content)} for f in files}


def _bytes(content: dict[str, Any]) -> bytes:
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    return (text + "\n").encode()
