"""Checks a site's own colours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model.shared import Shared
from generator.problems import Problem, problem

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_PAPER, _INK, _USUAL_GROUND = "#ffffff", "#1a1a1a", "#f6f4ef"
_TEXT, _BODY = 4.5, 7.0  # WCAG 2.2, 1.4.3 for any text; 1.4.6 for what is read at length


def theme_readable(shared: Shared) -> Iterator[Problem]:
    """Colours are written as #rrggbb, and text in them or on them can be read."""
    theme, source = shared.site.theme, shared.site.source
    given = {"accent": theme.accent, "link": theme.link, "ground": theme.ground}
    wrong = [key for key, colour in given.items() if colour and not _COLOUR.fullmatch(colour)]
    for key in wrong:
        yield problem("theme-colour", source, value=given[key], key=key)
    if wrong:
        return
    ground = theme.ground or _USUAL_GROUND
    pairs = [
        (key, given[key], behind, _TEXT)
        for key in ("accent", "link")
        for behind in (_PAPER, ground)
    ]
    for key, colour, behind, least in (*pairs, ("ground", _INK, ground, _BODY)):
        if given[key] and contrast(colour, behind) < least:
            facts = {"key": key, "found": f"{contrast(colour, behind):.1f}", "least": f"{least:g}"}
            yield problem("theme-contrast", source, value=given[key], **facts)
            return


def contrast(one: str, other: str) -> float:
    """The contrast of two colours `#rrggbb`, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
