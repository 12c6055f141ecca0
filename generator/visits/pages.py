"""Decides which page of a published site an address is, by the site's own manifests."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from generator.model.visits import HOME, OTHER
from generator.output.draft import finish
from generator.output.manifest import NAME
from generator.settings import CannotBuildError


@dataclass(frozen=True)
class Pages:
    """The pages of a site by their address, each with its village (empty above the villages) and
    item; its other files; and what its villages are called."""

    prefix: bytes
    pages: Mapping[bytes, tuple[str, str]]
    files: frozenset[bytes]
    names: Mapping[str, str]

    def of(self, path: bytes) -> tuple[str, str] | None:
        """Village and item of what was asked for; None where it is no page of the site."""
        asked = self._within(path)
        if asked is None:
            return None
        return self.pages.get(asked.removesuffix(b"index.html") if asked else asked)

    def is_file(self, path: bytes) -> bool:
        """Whether it is a file of the site that is no page: a style, a picture, data."""
        return self._within(path) in self.files

    def _within(self, path: bytes) -> bytes | None:
        plain = unquote_to_bytes(path) if b"%" in path else path
        return plain[len(self.prefix) :] if plain.startswith(self.prefix) else None


def pages_of(site: Path, base_url: str) -> Pages:
    """The pages of a published folder, which lies at `base_url`.

    Raises `CannotBuildError` when the folder holds no published site.
    """
    finish(site)
    try:
        top = json.loads((site / NAME).read_bytes())
        pages, files = dict(_places("", top["files"], frozenset())), set(top["files"])
        for village, line in top["villages"].items():
            manifest = json.loads((site / line["manifest"]).read_bytes())
            items = frozenset(record["item"] for record in manifest["records"])
            pages.update(_places(village, manifest["files"], items))
            files.update(manifest["files"])
        towns = json.loads((site / "search" / "names.json").read_bytes())
        names = {village: name for _, _, villages in towns for village, name in villages}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CannotBuildError(f"{site} 里没有发布好的网站：清单 {NAME} 读不出来。") from error
    prefix = unquote_to_bytes(urlsplit(base_url).path).rstrip(b"/") + b"/"
    rest = frozenset(name.encode() for name in files if not name.endswith("index.html"))
    return Pages(prefix, pages, rest, names)


def _places(
    village: str, files: Mapping[str, object], items: frozenset[str]
) -> Iterator[tuple[bytes, tuple[str, str]]]:
    above = f"v/{village}/" if village else ""
    for name in files:
        if name == "index.html" or name.endswith("/index.html"):
            url = name.removesuffix("index.html")
            first = url.removeprefix(above).partition("/")[0]
            yield url.encode(), (village, first if first in items else OTHER if first else HOME)
