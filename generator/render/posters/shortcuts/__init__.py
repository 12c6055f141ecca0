"""Decides where WeasyPrint takes a shorter way to the same: functions that it calls for every element,
box, line or glyph of a sheet give what they gave, with less work.

They are its inner parts, so they are replaced only in the version in which they were read; any
other works as it is. `tests/test_shortcuts.py` fails when another one is locked.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from generator.render.posters.shortcuts import boxes, drawing, fonts, styles, texts
from generator.render.posters.shortcuts.ways import Function

READ_IN = "70.0"


def take_shortcuts() -> None:
    """Replace the functions, once for each process."""
    import weasyprint
    from weasyprint import css

    if weasyprint.__version__ != READ_IN or getattr(css, "takes_shortcuts", False):
        return
    css.takes_shortcuts = True
    for new, owner, name in shorter_ways():
        put(new, owner, name)
    for new, owner, name in texts.own_ways():
        setattr(owner, name, new)


def shorter_ways() -> list[tuple[Function, Any, str]]:
    """What is put in the place of what: a function, the module or class that has the one it stands
    for, and its name there."""
    return [
        *styles.ways(),
        *boxes.ways(),
        *texts.ways(),
        *drawing.ways(),
        *fonts.ways(),
    ]


def put(new: Function, owner: Any, name: str) -> None:
    """A function under a name, wherever WeasyPrint knows the old one by it."""
    old = getattr(owner, name)
    setattr(owner, name, new)
    for module in knowing(old):
        setattr(module, old.__name__, new)


def knowing(function: Function) -> list[ModuleType]:
    """WeasyPrint's modules that have a function under its name."""
    name = function.__name__
    modules = [module for key, module in sys.modules.items() if key.startswith("weasyprint.")]
    return [module for module in modules if getattr(module, name, None) is function]
