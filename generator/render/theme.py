"""The style tokens of a site's own colours, for pages and sheets."""

from __future__ import annotations

import re

from generator.model.shared import Theme

ACCENT = "#a61b1b"  # as in templates/tokens.css
_TOKENS = {"vermilion": "accent", "link": "link", "ground": "ground"}


def theme_css(theme: Theme) -> str:
    """The tokens that a theme changes; nothing when it changes none."""
    lines = [
        f"  --{token}: {colour};\n"
        for token, key in _TOKENS.items()
        if (colour := getattr(theme, key))
    ]
    return f":root {{\n{''.join(lines)}}}\n" if lines else ""


def coloured(css: str, tokens: str) -> str:
    """A style sheet with colours in place of their names, which would be looked up for each style
    of a sheet. The last of equal `tokens` holds."""
    colours = dict(re.findall(r"--([a-z]+): (#[0-9a-fA-F]{3,8});", tokens))
    return re.sub(r"var\(--([a-z]+)\)", lambda m: colours.get(m[1], m[0]), css)
