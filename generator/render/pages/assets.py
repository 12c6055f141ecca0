"""Style sheet and scripts. Names carry a hash of the content: cached for ever."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from generator.output.files import OutputFile

_FOLDER = "assets"
_PLAIN = ("LICENSES.md",)
# What pages ask for, and the files of templates/assets that it is joined from, in this order.
_BUNDLES = {
    "site.css": (
        "../tokens.css",
        "css/base.css",
        "css/parts.css",
        "css/record.css",
        "css/tables.css",
        "css/wide.css",
        "css/print.css",
    ),
    "site.js": ("js/code.js", "js/tools.js"),
    "search.js": ("js/search.js",),
    "lunr.min.js": ("js/lunr.min.js",),
}


@dataclass(frozen=True)
class Assets:
    """`addresses` leads from a file's plain name to its address in the site; `icon` is a data
    address, because a request of its own costs more than the icon's bytes."""

    files: tuple[OutputFile, ...]
    addresses: dict[str, str]
    icon: str


def read_assets(templates: Path) -> Assets:
    """All assets; the style sheet begins with the tokens that posters share."""
    folder = templates / _FOLDER
    joined = {
        name: b"".join((folder / part).read_bytes() for part in parts)
        for name, parts in _BUNDLES.items()
    }
    addresses = {name: _hashed(name, content) for name, content in joined.items()}
    files = [OutputFile(addresses[name], content) for name, content in joined.items()]
    files += [OutputFile(f"{_FOLDER}/{name}", (folder / name).read_bytes()) for name in _PLAIN]
    icon = (folder / "icon.svg").read_text("utf-8").strip()
    return Assets(tuple(files), addresses, f"data:image/svg+xml,{quote(icon)}")


def _hashed(name: str, content: bytes) -> str:
    stem, _, suffix = name.rpartition(".")
    return f"{_FOLDER}/{stem}.{hashlib.sha256(content).hexdigest()[:8]}.{suffix}"
