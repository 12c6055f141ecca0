"""A file of the site as a renderer returns it, not yet written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class OutputFile:
    """A file of the site; `path` is relative to its root, with forward slashes."""

    path: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Hex digest of the content."""
        return hashlib.sha256(self.content).hexdigest()
