"""The style tokens of a site's own colours, for pages and sheets."""

from __future__ import annotations

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
