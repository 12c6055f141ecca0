"""Turns what search pages fetch into scripts: a file that was opened by double click fetches nothing."""

from __future__ import annotations

import json
import posixpath
import re
from typing import Any

from generator.output.files import OutputFile
from generator.packer.localpages import Wrapper

_DATA = re.compile(r"((?:v/[^/]+/)?search)/(.+)\.json")


def is_search_data(path: str) -> bool:
    """Whether a file of the site is fetched by a search page."""
    return bool(_DATA.fullmatch(path))


def search_script(path: str, content: bytes, wrapper: Wrapper) -> OutputFile | None:
    """The script in the place of a file; None where the pack's search pages do not ask for it."""
    found = _DATA.fullmatch(path)
    folder = found and _folder(found[1], wrapper)
    if not found or not folder:
        return None
    name, whole = found[2], "search/index.html" in wrapper.names
    if name == "texts":
        months = json.loads(content)
        content = _json({month: _linked(months[month], wrapper) for month in months})
    elif not whole:
        return None
    elif name == "start":
        start = json.loads(content)
        folders = [_folder(f"v/{village}/search", wrapper) for village in start["villages"]]
        content = _json({**start, "villages": [one.split("/")[1] for one in folders if one]})
    elif "/" not in name:
        content = _json(_linked(json.loads(content), wrapper))
    return OutputFile(f"{folder}/{name}.js", b"window.mingbaiData=" + content + b";\n")


def _folder(path: str, wrapper: Wrapper) -> str:
    """The folder of a search page in the pack; empty where it has none."""
    return posixpath.dirname(wrapper.names.get(f"{path}/index.html", ""))


def _linked(documents: list[list[Any]], wrapper: Wrapper) -> list[list[Any]]:
    return [[wrapper.address(address), *rest] for address, *rest in documents]


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
