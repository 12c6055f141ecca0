"""Verifies a published folder against itself: manifests, links, codes. Reads only what was published."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from generator.output.manifest import NAME, WITHDRAWN


@dataclass(frozen=True)
class Finding:
    """What is wrong with a published file."""

    file: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.message}"


@dataclass(frozen=True)
class Verdict:
    """What was looked at, and what was found."""

    files: int
    records: int
    links: int
    findings: tuple[Finding, ...]


def verify(site: Path, code_of: Callable[[str], str], digest_of: Callable[[Any], str]) -> Verdict:
    """Check every file, link and code of a published folder.

    `digest_of` gives the digest of a record's content as data.json carries it, `code_of` the
    code of a digest; both are the publisher's own.
    """
    top, findings = _json(site, NAME)
    listed: dict[str, list[str]] = {}
    records: list[dict[str, Any]] = []
    if top is not None:
        _list_files(top, NAME, listed)
        for village in top.get("villages", {}).values():
            listed.setdefault(village["manifest"], []).append(NAME)
            manifest, faults = _json(site, village["manifest"])
            findings += faults
            if manifest is None:
                continue
            if _sha256(site / village["manifest"]) != village["sha256"]:
                findings.append(Finding(village["manifest"], "和总清单里的摘要不一致"))
            _list_files(manifest, village["manifest"], listed)
            records += manifest["records"]
            findings += _file_findings(site, manifest)
        findings += _file_findings(site, top)
    present = {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}
    findings += _membership(present, listed)
    for record in records:
        findings += _record_findings(site, record, code_of, digest_of)
    links, broken = _links(site, present)
    findings += broken
    return Verdict(len(present), len(records), links, tuple(findings))


def _json(site: Path, name: str) -> tuple[Any, list[Finding]]:
    try:
        return json.loads((site / name).read_bytes()), []
    except (OSError, ValueError):
        return None, [Finding(name, "没有这份清单，或者读不出来")]


def _list_files(manifest: dict[str, Any], name: str, listed: dict[str, list[str]]) -> None:
    for path in manifest["files"]:
        listed.setdefault(path, []).append(name)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _file_findings(site: Path, manifest: dict[str, Any]) -> Iterator[Finding]:
    for path, facts in manifest["files"].items():
        if not (site / path).is_file():
            yield Finding(path, "清单里有，文件不见了")
        elif _sha256(site / path) != facts["sha256"]:
            yield Finding(path, "内容和清单里的摘要不一致，被改动过")


def _membership(present: set[str], listed: dict[str, list[str]]) -> Iterator[Finding]:
    for path in sorted(present - {NAME}):
        manifests = listed.get(path, [])
        if not manifests:
            yield Finding(path, "不在任何清单里")
        elif len(manifests) > 1:
            yield Finding(path, f"在多份清单里：{'、'.join(manifests)}")


def _record_findings(
    site: Path,
    record: dict[str, Any],
    code_of: Callable[[str], str],
    digest_of: Callable[[Any], str],
) -> Iterator[Finding]:
    """The page carries the code, the data has the digest, the digest gives the code; of what
    was withdrawn there is no data."""
    url, code = record["url"], record["code"]
    page = site / url / "index.html"
    if code_of(record["digest"]) != code:
        yield Finding(url, f"核验码 {code} 和摘要对不上")
    if not page.is_file() or f'data-code="{code}"' not in page.read_text("utf-8"):
        yield Finding(url, f"网页上没有核验码 {code}")
    if record["status"] == WITHDRAWN:
        return
    data, faults = _json(site, f"{url}data.json")
    yield from faults
    if data is not None and digest_of(data["content"]) != record["digest"]:
        yield Finding(f"{url}data.json", "数据和清单里的摘要不一致")


class _Links(HTMLParser):
    """Collects what a page links to and the ids that it offers."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note addresses and ids."""
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            elif name in ("href", "src", "action") and value and (tag, name) != ("base", "href"):
                self.targets.append(value)


def _links(site: Path, present: set[str]) -> tuple[int, list[Finding]]:
    """Follow every internal link, fragments included."""
    pages: dict[str, _Links] = {}
    for path in sorted(p for p in present if p.endswith(".html")):
        pages[path] = _Links()
        pages[path].feed((site / path).read_text("utf-8"))
    count, findings = 0, []
    for path, page in pages.items():
        for target in page.targets:
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            count += 1
            found = _resolve(path, unquote(parts.path))
            fragment = unquote(parts.fragment)
            if found is None or found not in present:
                findings.append(Finding(path, f"链接断了：{target}"))
            elif fragment and found in pages and fragment not in pages[found].ids:
                findings.append(Finding(path, f"链接的位置不存在：{target}"))
    return count, findings


def _resolve(page: str, target: str) -> str | None:
    """The file that a relative link of a page leads to; None when it leaves the site."""
    if not target:
        return page
    parts = [] if target.startswith("/") else list(PurePosixPath(page).parent.parts)
    for part in target.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    is_folder = target.endswith(("/", "..", ".")) or not parts
    return "/".join([*parts, "index.html"] if is_folder else parts)
