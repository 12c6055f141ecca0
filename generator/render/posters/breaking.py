"""Decides where the lines of a sheet may break besides where both engines break them."""

from __future__ import annotations

import re

# Lines break beside quotation marks, as Chinese does. Unicode's rule (UAX 14, LB19) keeps “ and ” with
# whatever stands beside them, so that `“水”、“电”、“路”` is one word and leaves its column. U+200B lets
# the line break before an opening mark and behind a closing one.
_BREAK = "\u200b"
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ENDS = "”’》〉）」』】〕、，。；：！？…"
_BEGINS = "“‘《〈（「『【〔"
_PLACES = re.compile(
    f"(?<=[{_HAN}{_ENDS}])(?=[“‘][^\\s{_ENDS}])|(?<=[^\\s{_BEGINS}][”’])(?=[{_HAN}{_BEGINS}])"
)
# What is no text that flows: drawings are laid out already, and a title is the file's name.
_APART = re.compile(r"(<svg\b.*?</svg>|<title\b.*?</title>|<style\b.*?</style>|<[^>]*>)", re.DOTALL)


def breakable(html: str) -> str:
    """A document whose lines may break beside quotation marks."""
    if not re.search("[“”‘’]", html):
        return html
    parts = _APART.split(html)
    parts[::2] = (_PLACES.sub(_BREAK, part) for part in parts[::2])
    return "".join(parts)
