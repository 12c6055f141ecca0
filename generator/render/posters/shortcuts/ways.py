"""What the shorter ways share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Function = Callable[..., Any]
Way = tuple[Function, Any, str]
"""A function, the module or class that has the one it stands for, and its name there."""
