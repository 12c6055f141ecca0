"""Manifests: every file of the site is in exactly one, with its digest and size.

A village's manifest lists its records and the files under v/<village>/; the site's lists the
villages with their manifests' digests, and all files that are nobody's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from generator.output.files import OutputFile, WrittenFile, is_safe
from generator.output.lines import json_lines

NAME = "manifest.json"
SEARCH = "search"
"""The folder with what the search over all villages fetches."""
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

    @classmethod
    def of(cls, line: Any) -> RecordLine | None:
        """A line of a manifest, if it is whole."""
        try:
            found = cls(**line)
            for day in filter(None, (found.published, found.display_until)):
                date.fromisoformat(day)
        except (TypeError, ValueError):
            return None
        return replace(found, sources=tuple(found.sources))


def village_manifest(
    village: str,
    built_for: str,
    records: Iterable[RecordLine],
    files: Iterable[OutputFile | WrittenFile],
) -> OutputFile:
    """The manifest of a village; it lists every file of the village but itself."""
    content = {
        "village": village,
        "built_for": built_for,
        "records": [asdict(record) for record in records],
        "files": {f.path: {"sha256": f.sha256, "bytes": f.size} for f in files},
    }
    return OutputFile(f"v/{village}/{NAME}", _bytes(content))


def site_manifest(
    built_for: str,
    villages: Mapping[str, WrittenFile],
    files: Iterable[WrittenFile],
    *,
    drafts: bool = False,
) -> OutputFile:
    """The manifest of the site: the villages' manifests, and the files above the villages. One with
    `drafts` says so."""
    content: dict[str, Any] = {
        "built_for": built_for,
        "villages": {
            village: {"manifest": m.path, "sha256": m.sha256} for village, m in villages.items()
        },
        "files": {f.path: {"sha256": f.sha256, "bytes": f.size} for f in files},
    }
    if drafts:
        content["drafts"] = True
    return OutputFile(NAME, _bytes(content))


def is_for_publication(site: Path) -> bool:
    """Whether a folder holds, or may hold, a site that is not one with drafts."""
    return (site / NAME).exists() and _part(site / NAME, "drafts") is not True


def renewed_manifest(path: str, content: dict[str, Any], files: Iterable[OutputFile]) -> OutputFile:
    """A village's manifest in which some files have other bytes."""
    facts = {f.path: {"sha256": f.sha256, "bytes": len(f.content)} for f in files}
    return OutputFile(path, _bytes({**content, "files": {**content["files"], **facts}}))


def published_villages(site: Path) -> tuple[str, ...]:
    """Ids of the villages of a published folder; where its manifest cannot be read, of those that
    have one."""
    listed = _names(site / NAME, "villages")
    there = (path.parent.name for path in sorted(site.glob(f"v/*/{NAME}")))
    return tuple(id for id in listed or there if is_safe(id) and "/" not in id)


def village_files(site: Path, village: str) -> tuple[str, ...]:
    """The paths of a village's files, its manifest among them; none where that cannot be read."""
    files = _names(site / "v" / village / NAME, "files")
    return (*files, f"v/{village}/{NAME}") if files else ()


def village_listing(site: Path, village: str) -> tuple[tuple[str, str, int], ...]:
    """The path, the digest and the size of each of a village's files, its manifest among them; none
    where that cannot be read, or is not the one that the site's manifest knows."""
    path = f"v/{village}/{NAME}"
    own, known = _part(site / path, "files"), _part(site / NAME, "villages")
    try:
        content = (site / path).read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if known[village]["sha256"] != digest:
            return ()
        listed = [(name, str(of["sha256"]), int(of["bytes"])) for name, of in own.items()]
    except (OSError, KeyError, TypeError, ValueError, AttributeError):
        return ()
    is_own = all(is_safe(name) and name.startswith(f"v/{village}/") for name, *_ in listed)
    return (*listed, (path, digest, len(content))) if is_own else ()


def village_records(site: Path, village: str) -> tuple[dict[str, Any], ...]:
    """The lines of a village's records, as `RecordLine`; none where they cannot be read."""
    found = _part(site / "v" / village / NAME, "records")
    return tuple(found) if isinstance(found, list) else ()


def published_files(site: Path, unchanged: Collection[str]) -> Iterator[str]:
    """The paths of all files of a published folder that we wrote, but those of `unchanged` villages.
    Where a village's manifest cannot be read it is all that lies in its folder; where the site's
    cannot be read, of what is above the villages only the search, whose files change their names."""
    yield from _names(site / NAME, "files") or _within(site, site / SEARCH)
    for village in published_villages(site):
        if village in unchanged:
            continue
        folder = site / "v" / village
        yield from _names(folder / NAME, "files") or _within(site, folder)
        yield f"v/{village}/{NAME}"


def _within(site: Path, folder: Path) -> Iterator[str]:
    return (p.relative_to(site).as_posix() for p in folder.rglob("*") if p.is_file())


def _names(manifest: Path, part: str) -> tuple[str, ...]:
    """What a manifest names in one of its parts; nothing where it is none."""
    found = _part(manifest, part)
    return tuple(found) if isinstance(found, dict) else ()


def _part(manifest: Path, part: str) -> Any:
    try:
        content = json.loads(manifest.read_bytes())
    except (OSError, ValueError):
        return None
    return content.get(part) if isinstance(content, dict) else None


def _bytes(content: dict[str, Any]) -> bytes:
    return json_lines(content, is_sorted=True)
