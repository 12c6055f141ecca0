"""Decides what draws sheets on this machine: WeasyPrint where it loads, else a browser."""

from __future__ import annotations

from pathlib import Path

from generator.machine import Browser, find_browser, is_browser_named
from generator.render.posters.browser import OLDEST, make_browser_engine
from generator.render.posters.engine import make_weasyprint, weasyprint_missing
from generator.render.posters.laid import Engine, EngineError


def press_browser() -> Browser | None:
    """The browser that draws sheets here; None where WeasyPrint does, or nothing can."""
    browser = find_browser() if is_browser_named() or weasyprint_missing() else None
    return browser if browser and _is_new(browser) else None


def press_missing() -> str:
    """The names of what this machine lacks for drawing sheets; empty when sheets can be drawn."""
    if is_browser_named():
        missing = f"能用的浏览器（{find_browser()}）"
    else:
        missing = weasyprint_missing()
    return "" if not missing or press_browser() else missing


def try_browser(browser: Browser) -> str:
    """Why the browser does not draw, in words; empty when it draws."""
    try:
        make_browser_engine(browser, "head, style { display: none }").pdf("<p></p>", ())
    except EngineError as fault:
        return str(fault)
    return ""


def make_engine(fonts: Path, elements: str, browser: Browser | None = None) -> Engine:
    """An engine that may read the files of the font folder and pictures that stand in the document
    itself, nothing else. `elements` says how HTML's elements look without style."""
    browser = browser or press_browser()
    if browser:
        return make_browser_engine(browser, elements)
    return make_weasyprint(fonts, elements)


def _is_new(browser: Browser) -> bool:
    """Whether it can print as sheets need it, as far as it tells its version."""
    return browser.path.is_file() and (not browser.version or browser.version >= OLDEST)
