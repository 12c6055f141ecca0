"""The words of one kind of problem."""

from __future__ import annotations

from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "notice"]


class Kind(NamedTuple):
    """Severity and words of a problem; places in braces are filled with facts."""

    severity: Severity
    message: str
    hint: str
