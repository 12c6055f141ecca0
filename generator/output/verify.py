"""Verifies a published folder against itself: manifests, links, codes. Reads only what was published.

A site may have hundreds of thousands of files, so it is read part by part: first what stands above
the villages, then one village after the other. Between them only the paths of all files are held,
and what a page of one part asks of the pages of another.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from generator.output.manifest import NAME, WITHDRAWN
from generator.output.placing import paths_in

_TAG = re.compile(r"""<([a-zA-Z][\w-]*)((?:[^"'<>]|"[^"]*"|'[^']*')*)>""")
_ATTRIBUTE = re.compile(r"""\s(id|href|src|action)=(?:"([^"]*)"|'([^']*)')""")


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
    top, findings = _manifest(site, NAME, "villages", "files")
    top = top or {"villages": {}, "files": {}}
    links = _Links(site, frozenset(paths_in(site)))
    own = {NAME, *top["files"]}
    listed = {*own, *(village["manifest"] for village in top["villages"].values())}
    findings += _file_findings(site, top)
    findings += links.findings(path for path in own if path in links.present)
    records = 0
    for village in top["villages"].values():
        name = village["manifest"]
        manifest, faults = _manifest(site, name, "records", "files")
        findings += faults
        if manifest is None:
            continue
        if _sha256(site / name) != village["sha256"]:
            findings.append(Finding(name, "和总清单里的摘要不一致"))
        files = manifest["files"]
        twice = listed & files.keys()
        findings += (Finding(path, "在多份清单里") for path in sorted(twice))
        listed |= files.keys()
        findings += _file_findings(site, manifest)
        for record in manifest["records"]:
            findings += _record_findings(site, record, code_of, digest_of)
        records += len(manifest["records"])
        findings += links.findings(path for path in files if path in links.present)
    stray = sorted(links.present - listed)
    findings += (Finding(path, "不在任何清单里") for path in stray)
    findings += links.findings(stray)
    findings += links.asked_of_others()
    return Verdict(len(links.present), records, links.count, tuple(findings))


def _manifest(site: Path, name: str, *parts: str) -> tuple[Any, list[Finding]]:
    """A manifest with its parts; one that lacks them is none."""
    found, faults = _json(site, name)
    if found is not None and not (isinstance(found, dict) and all(part in found for part in parts)):
        return None, [Finding(name, "不是网站的清单")]
    return found, faults


def _json(site: Path, name: str) -> tuple[Any, list[Finding]]:
    try:
        return json.loads((site / name).read_bytes()), []
    except (OSError, ValueError):
        return None, [Finding(name, "没有这份清单，或者读不出来")]


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _file_findings(site: Path, manifest: dict[str, Any]) -> Iterator[Finding]:
    for path, facts in manifest["files"].items():
        if not (site / path).is_file():
            yield Finding(path, "清单里有，文件不见了")
        elif _sha256(site / path) != facts["sha256"]:
            yield Finding(path, "内容和清单里的摘要不一致，被改动过")


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


@dataclass
class _Links:
    """Follows the internal links of pages, fragments included. `asked` are the ids that pages of
    a part look for on pages of others, each with a page that does."""

    site: Path
    present: frozenset[str]
    count: int = 0
    asked: dict[str, dict[str, str]] = field(default_factory=dict)

    def findings(self, paths: Iterable[str]) -> Iterator[Finding]:
        """What is wrong with the links of a part's pages."""
        pages = {path: _read_page(self.site / path) for path in paths if path.endswith(".html")}
        for path, (_, targets) in pages.items():
            for target in targets:
                parts = urlsplit(target)
                if parts.scheme or parts.netloc:
                    continue
                self.count += 1
                found, fragment = _resolve(path, unquote(parts.path)), unquote(parts.fragment)
                if found is None or found not in self.present:
                    yield Finding(path, f"链接断了：{target}")
                elif fragment and found in pages:
                    if fragment not in pages[found][0]:
                        yield Finding(path, _no_such_place(target))
                elif fragment and found.endswith(".html"):
                    self.asked.setdefault(found, {}).setdefault(fragment, path)

    def asked_of_others(self) -> Iterator[Finding]:
        """What pages look for on pages of other parts and do not find."""
        for path, fragments in self.asked.items():
            ids, _ = _read_page(self.site / path)
            for fragment, asking in fragments.items():
                if fragment not in ids:
                    yield Finding(asking, _no_such_place(f"{path}#{fragment}"))


def _no_such_place(target: str) -> str:
    return f"链接的位置不存在：{target}"


def _read_page(path: Path) -> tuple[frozenset[str], tuple[str, ...]]:
    """The ids that a page offers, and what it links to."""
    ids, targets = set(), []
    for tag in _TAG.finditer(path.read_text("utf-8")):
        for name, double, single in _ATTRIBUTE.findall(tag[2]):
            value = unescape(double or single)
            if name == "id":
                ids.add(value)
            elif value and (tag[1], name) != ("base", "href"):
                targets.append(value)
    return frozenset(ids), tuple(targets)


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
