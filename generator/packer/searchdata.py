"""Turns what pages fetch to look for something into scripts: a file that was opened by double click
fetches nothing."""

from __future__ import annotations

import json
import posixpath
import re
from typing import Any

from generator.output.files import OutputFile
from generator.packer.localpages import Wrapper

_TABLES = re.compile(r"search/(guide|pages|sounds|traditional)\.json")  # of all search pages
_PAGES = re.compile(r"search/pages/\d+\.json")
_ROWS = re.compile(r"(v/[^/]+/mine)/(rows)\.json")
_DATA = re.compile(r"((?:v/[^/]+/)?search)/(.+)\.json")


def is_search_data(path: str) -> bool:
    """Whether a file of the site is fetched by a page that looks for something."""
    return bool(_DATA.fullmatch(path) or _ROWS.fullmatch(path))


def search_script(path: str, content: bytes, wrapper: Wrapper) -> OutputFile | None:
    """The script in the place of a file; None where the pack's pages do not ask for it."""
    if _PAGES.fullmatch(path):
        pages = [page for page in json.loads(content) if wrapper.has(page[0])]
        return _script(path.removesuffix(".json"), _json(_linked(pages, wrapper)))
    if _TABLES.fullmatch(path):
        return _script(path.removesuffix(".json"), content)
    found = _DATA.fullmatch(path) or _ROWS.fullmatch(path)
    folder = found and _folder(found[1], wrapper)
    if not found or not folder:
        return None
    name, whole = found[2], "search/index.html" in wrapper.names
    if name == "rows":
        rows = json.loads(content)
        content = _json([{**record, "url": wrapper.address(record["url"])} for record in rows])
    elif name == "texts":
        texts = json.loads(content)
        content = _json({**texts, "urls": [wrapper.address(url) for url in texts["urls"]]})
    elif name.startswith("behind/"):
        pass  # it says no address
    elif not whole:
        return None
    elif name == "start":
        start = json.loads(content)
        folders = [_folder(f"v/{village}/search", wrapper) for village in start["villages"]]
        content = _json({**start, "villages": [one.split("/")[1] for one in folders if one]})
    elif name == "names":
        content = _json([[*town, _villages(own, wrapper)] for *town, own in json.loads(content)])
    elif "/" not in name:
        content = _json(_linked(json.loads(content), wrapper))
    return _script(f"{folder}/{name}", content)


def _script(name: str, content: bytes) -> OutputFile:
    return OutputFile(f"{name}.js", b"window.mingbaiData=" + content + b";\n")


def _villages(own: list[list[str]], wrapper: Wrapper) -> list[list[str]]:
    """Villages by the names of their folders in the pack."""
    folders = ((_folder(f"v/{village}/search", wrapper), name) for village, name in own)
    return [[folder.split("/")[1], name] for folder, name in folders if folder]


def _folder(path: str, wrapper: Wrapper) -> str:
    """The folder of a search page in the pack; empty where it has none."""
    return posixpath.dirname(wrapper.names.get(f"{path}/index.html", ""))


def _linked(documents: list[list[Any]], wrapper: Wrapper) -> list[list[Any]]:
    return [[wrapper.address(address), *rest] for address, *rest in documents]


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
