"""Sheets for the wall: PDF and picture. `press_missing` says whether this machine can draw."""

from generator.render.posters.engine import press_missing
from generator.render.posters.press import Drawn, PosterPress, render_posters

__all__ = ["Drawn", "PosterPress", "press_missing", "render_posters"]
