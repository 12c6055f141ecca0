"""Decides which values may be kept as bytes, and taken from bytes that came from elsewhere."""

from __future__ import annotations

import io
import pickle
from dataclasses import fields, is_dataclass
from typing import Any, ClassVar


def pack(value: object) -> bytes:
    """A value of this program as bytes."""
    return pickle.dumps(value, protocol=5)


def unpack(content: bytes) -> Any:
    """The value of packed bytes. Raises `UnpicklingError` for anything but plain values and our own
    frozen ones: what was kept may come from another machine."""
    return _Values(io.BytesIO(content)).load()


def unpacked(content: bytes) -> Any:
    """The value of packed bytes; None for any that are damaged or not ours."""
    try:
        return unpack(content)
    except Exception:  # damaged bytes raise anything
        return None


_PLAIN = {("datetime", "date"), ("decimal", "Decimal"), ("fractions", "Fraction")}


class _Values(pickle.Unpickler):
    _known: ClassVar[dict[tuple[str, str], Any]] = {}  # a county has the same few in 475 states

    def find_class(self, module: str, name: str) -> Any:
        """The classes that a kept value may have."""
        if (module, name) not in self._known:
            self._known[module, name] = self._allowed(module, name)
        return self._known[module, name]

    def _allowed(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if module.startswith("generator.") else None
        is_ours = isinstance(found, type) and is_dataclass(found) and found.__module__ == module
        if is_ours and found.__dataclass_params__.frozen:  # type: ignore[union-attr]
            return found
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


_SINGLE = (str, int, bytes)  # of which there may be very many


def is_whole(value: object) -> bool:
    """Whether a value, with all within it, has the fields that this version gives it."""
    if isinstance(value, _SINGLE):
        return True
    if isinstance(value, tuple | list | frozenset | set):
        return all(isinstance(one, _SINGLE) or is_whole(one) for one in value)
    if isinstance(value, dict):
        return all(map(is_whole, (*value, *value.values())))
    if not is_dataclass(value):
        return True
    own = getattr(value, "__dict__", {})
    return all(field.name in own and is_whole(own[field.name]) for field in fields(value))
