"""Packs a finished site, or one village of it, into a ZIP that opens from a USB stick by double click."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from html import escape, unescape
from pathlib import Path
from typing import Any

from generator.model.filenames import is_sheet_file
from generator.output.draft import finish
from generator.output.files import OutputFile
from generator.output.manifest import NAME
from generator.packer.filenames import safe_names
from generator.packer.localpages import Wrapper
from generator.packer.searchdata import is_search_data, search_script
from generator.settings import CannotBuildError, said

__all__ = ["PackRequest", "PackResult", "pack"]

START = "打开公开栏.html"
READ_FIRST = "先看这里.txt"
_FOLDER = "site"
_SCRIPT, _STARTER = "assets/pack.js", "assets/start.js"
# What is about all villages and stands above them; the rest of the site is not in a village's pack.
_SHARED = ("about/", "assets/", "cases/", "glossary/", "lists/", "pages/", "powers/")
# Only a server has a use for these. Pages in a pack differ from the site's in their links, so
# that its manifests would not be true of them.
_SERVERS = {"404.html", "offline.html", "robots.txt", "sitemap.xml", "sw.js"}
# Why a file of the site is not in a pack.
_SHEETS, _ABOVE = "公示单", "全站的汇总、各镇和日历等页面"
_FOR_SERVERS, _REWRITTEN = "只有网站服务器用得着的文件", "搜索的数据，另有一份双击能用的"
_PACKED = (".pdf", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".zip", ".xlsx", ".docx")
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)"')
_HEADING = re.compile(r"<title>(.*?)( - .*)?</title>")
_FAT_LIMIT = 4 * 1024**3


@dataclass(frozen=True)
class PackRequest:
    """`village` is empty for the whole site; `script` is the file of the pack's own script."""

    site: Path
    out: Path
    village: str
    posters: bool
    script: Path


@dataclass(frozen=True)
class PackResult:
    """What was written; `fits_fat` when one file of a FAT32 stick can hold it. `left_out` says in
    words what of the site is not in the pack, each with the number of its files."""

    files: int
    bytes: int
    fits_fat: bool
    left_out: tuple[str, ...]


def pack(request: PackRequest) -> PackResult:
    """Write the ZIP; the same site gives the same bytes.

    Raises `CannotBuildError` when the folder is no finished site, was changed since it was
    built, or has no such village. An earlier file at `out` stays until the new one is whole.
    """
    finish(request.site)
    request = _by_id(request)
    top, listed = _listed(request)
    reasons = {path: _why_not(path, request) for path in listed}
    chosen = {path: facts for path, facts in listed.items() if not reasons[path]}
    left_out = _left_out(reasons.values(), top, request)
    home = f"v/{request.village}/" if request.village else ""
    start = _read(request.site, f"{home}index.html", listed).decode()
    wrapper = _wrapper(request, top, chosen, start)
    front = [*_front(wrapper, start, home, left_out), *_searches(request.site, listed, wrapper)]
    front.append(OutputFile(f"{_FOLDER}/{_SCRIPT}", request.script.read_bytes()))
    try:
        count = _write(request, front, chosen, wrapper, date.fromisoformat(top["built_for"]))
    except OSError as error:
        raise CannotBuildError(f"写不了 {request.out}：{said(error)}。") from error
    size = request.out.stat().st_size
    return PackResult(count, size, size < _FAT_LIMIT, left_out)


def _by_id(request: PackRequest) -> PackRequest:
    """The request with the id of the one village that is called so; what is no name stays."""
    if not request.village or not (request.site / NAME).is_file():
        return request
    villages = _manifest(request.site, NAME)["villages"]
    called = [
        village
        for village in villages
        if request.village
        in (s["title"] for s in _manifest(request.site, f"v/{village}/datapackage.json")["sources"])
    ]
    is_name = request.village not in villages and len(called) == 1
    return replace(request, village=called[0]) if is_name else request


def _listed(request: PackRequest) -> tuple[dict[str, Any], dict[str, Any]]:
    """The site's manifest, and the files of it and of the villages that are asked for."""
    site = request.site
    if not site.is_dir():
        raise CannotBuildError(
            f"找不到网站文件夹 {site}。请先运行 build 生成网站，或者写对文件夹。"
        )
    top = _manifest(site, NAME)
    if top.get("drafts"):
        raise CannotBuildError(f"{site} 里有没有审核的内容，不能打包带走。请先审核，再生成网站。")
    if request.out.resolve().is_relative_to(site.resolve()):
        raise CannotBuildError(f"压缩包不能放在网站文件夹 {site} 里面，请用 --out 另写一个地方。")
    villages = top["villages"]
    if request.village and request.village not in villages:
        known = "、".join(sorted(villages))
        raise CannotBuildError(f"网站里没有这个村：{request.village}。有的村：{known}。")
    listed = dict(top["files"])
    for village in [request.village] if request.village else sorted(villages):
        listed |= _manifest(site, villages[village]["manifest"])["files"]
    return top, listed


def _manifest(site: Path, name: str) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((site / name).read_bytes())
    except (OSError, ValueError):
        raise CannotBuildError(
            f"{site} 不是生成好的网站：清单 {name} 没有，或者读不出来。请先运行 build。"
        ) from None
    return manifest


def _why_not(path: str, request: PackRequest) -> str:
    """The reason why a file is not in the pack; nothing where it is."""
    own = (f"v/{request.village}/", *_SHARED) if request.village else ("",)
    if path in _SERVERS:
        return _FOR_SERVERS
    if is_search_data(path):
        return _REWRITTEN
    if not path.startswith(own):
        return _ABOVE
    return "" if request.posters or not is_sheet_file(path) else _SHEETS


def _left_out(reasons: Iterable[str], top: dict[str, Any], request: PackRequest) -> tuple[str, ...]:
    """What a reader of the pack may miss; what it holds in another form is not counted."""
    counts = Counter(reasons)
    words = [f"{kind}（{counts[kind]} 个文件）" for kind in (_SHEETS, _ABOVE) if counts[kind]]
    others = len(top["villages"]) - 1 if request.village else 0
    if others:
        words.append(f"别的 {others} 个村的内容")
    if counts[_FOR_SERVERS]:
        words.append(f"{_FOR_SERVERS}（{counts[_FOR_SERVERS]} 个文件）")
    return (*words, "各份清单 manifest.json")


def _read(site: Path, path: str, listed: dict[str, Any]) -> bytes:
    """A file's bytes, if they are those that were published."""
    try:
        content = (site / path).read_bytes()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != listed[path]["sha256"]:
        raise CannotBuildError(
            f"{site / path} 和清单对不上，可能被改动过。请重新生成网站，再打包。"
        )
    return content


def _wrapper(
    request: PackRequest, top: dict[str, Any], chosen: dict[str, Any], start: str
) -> Wrapper:
    canonical = _CANONICAL.search(start)
    address = unescape(canonical[1]) if canonical else ""
    village = f"v/{request.village}/"
    # In a village's pack, home and search are the village's.
    instead = (
        {name: village + name for name in ("index.html", "search/index.html")}
        if request.village
        else {}
    )
    names = safe_names([*chosen, _SCRIPT, _STARTER])
    day = date.fromisoformat(top["built_for"])
    return Wrapper(
        names,
        instead,
        address.removesuffix(village if request.village else "").rstrip("/"),
        _SCRIPT,
        f"{day.year}年{day.month}月{day.day}日",
    )


def _front(
    wrapper: Wrapper, start: str, home: str, left_out: tuple[str, ...]
) -> Iterator[OutputFile]:
    """What lies beside the folder of pages, and its starter."""
    heading = _HEADING.search(start)
    title = unescape(heading[1]) if heading else "公开栏"
    page = wrapper.names[f"{home}index.html"]
    style = next((n for n in wrapper.names.values() if re.match(r"assets/site\..*css$", n)), "")
    start_page = _START_PAGE.format(
        title=escape(title),
        home=escape(f"{_FOLDER}/{page}"),
        style=escape(f"{_FOLDER}/{style}"),
        script=f"{_FOLDER}/{_STARTER}",
        date=wrapper.date,
    )
    yield OutputFile(START, start_page.encode())
    words = _READ_FIRST.format(
        title=title, start=START, date=wrapper.date, left_out="；".join(left_out)
    )
    yield OutputFile(READ_FIRST, ("\ufeff" + words.replace("\n", "\r\n")).encode())
    target = json.dumps(f"{_FOLDER}/{page}")
    yield OutputFile(f"{_FOLDER}/{_STARTER}", f"location.replace({target});\n".encode())


def _searches(site: Path, listed: dict[str, Any], wrapper: Wrapper) -> Iterator[OutputFile]:
    """The data of each search page of the pack."""
    for path in filter(is_search_data, sorted(listed)):
        script = search_script(path, _read(site, path, listed), wrapper)
        if script:
            yield replace(script, path=f"{_FOLDER}/{script.path}")


def _write(
    request: PackRequest,
    front: list[OutputFile],
    chosen: dict[str, Any],
    wrapper: Wrapper,
    day: date,
) -> int:
    fresh = request.out.with_name(request.out.name + ".new")
    fresh.parent.mkdir(parents=True, exist_ok=True)
    try:
        with zipfile.ZipFile(fresh, "w") as archive:
            for file in front:
                _add(archive, file.path, file.content, day)
            for path in sorted(chosen):
                content = _read(request.site, path, chosen)
                if path.endswith(".html"):
                    content = wrapper.page(path, content.decode()).encode()
                _add(archive, f"{_FOLDER}/{wrapper.names[path]}", content, day)
        fresh.replace(request.out)
    finally:
        fresh.unlink(missing_ok=True)
    return len(front) + len(chosen)


def _add(archive: zipfile.ZipFile, name: str, content: bytes, day: date) -> None:
    """One file, with the site's day instead of the clock's."""
    entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    entry.create_system = 3  # the same on any machine; some unpackers take 0 for names in GBK
    entry.external_attr = 0o644 << 16
    is_packed = name.lower().endswith(_PACKED)
    entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
    archive.writestr(entry, content, compresslevel=9)


_START_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}：离线版</title>
<link rel="stylesheet" href="{style}">
<script src="{script}" defer></script>
</head>
<body>
<main><div class="wrap">
<h1>{title}</h1>
<p class="buttons"><a class="button main" href="{home}">打开公开栏</a></p>
<p>点了没有反应，或者说找不到文件，是还没有解压：请先把压缩包整个解压到文件夹或者 U 盘里，再双击“打开公开栏”。</p>
<p>内容到{date}为止。</p>
</div></main>
</body>
</html>
"""

_READ_FIRST = """{title}：离线版

怎样打开：把压缩包整个解压到文件夹或者 U 盘里，双击“{start}”。不用联网，搜索也能用。

内容到{date}为止，和那一天的网站一样，最新的以网站为准。网页里的链接改成了能双击打开的样子，
所以这里没有网站的总清单（manifest.json）；核对内容，用各页的核验码，或者到网站上核对。

没有装进来的：{left_out}。这些请到网站上看。

名单的公示期满以后，这份离线版不再显示名单，请用新的压缩包换掉旧的，不要再传旧的。
"""
