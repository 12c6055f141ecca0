"""Sheets for the wall: PDF and picture. `press_missing` says whether this machine can draw."""

from generator.render.posters.batch import render_wall
from generator.render.posters.engines import press_browser, press_missing, try_browser
from generator.render.posters.press import Drawn, PosterPress
from generator.render.posters.rendering import render_posters

__all__ = [
    "Drawn",
    "PosterPress",
    "press_browser",
    "press_missing",
    "render_posters",
    "render_wall",
    "try_browser",
]
