"""What a drawn sheet depends on besides its own words, as one short text."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

_LIBRARIES = (
    *("weasyprint", "pydyf", "tinycss2", "cssselect2", "fonttools"),
    *("pikepdf", "pillow", "pypdfium2"),
)
_CODE = Path(__file__).parent


def press_fingerprint(engine: str, styles: Iterable[str], fonts: Path) -> str:
    """A hash over our own drawing code, style sheets, packaged fonts, and the versions of the
    libraries that draw; `engine` names those that have no Python version."""
    names = [engine, zlib.ZLIB_RUNTIME_VERSION, *(f"{name} {version(name)}" for name in _LIBRARIES)]
    parts = [name.encode() for name in (*names, *styles)]
    for path in (*sorted(_CODE.glob("*.py")), *sorted(fonts.glob("*.ttf"))):
        parts += [path.name.encode(), path.read_bytes()]
    return hash_of(*parts)


def hash_of(*parts: bytes) -> str:
    """One hash over several parts; where one ends and the next begins counts."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()
