"""Markdown as people write it -> HTML that can do no harm, for pages and sheets alike."""

from __future__ import annotations

import re

import markdown
import nh3
from markupsafe import Markup

_TAGS = {
    *("p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "a", "blockquote"),
    *("table", "thead", "tbody", "tr", "th", "td", "br", "hr"),
}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_SCHEMES = {"http", "https"}  # and addresses without one
# CommonMark's way to write a list in a list; the library wants four blanks.
_NESTED = re.compile(r"^ {2,3}(?=(?:[-*+]|\d+\.) )", re.MULTILINE)
_HEADING = re.compile(r"<(/?)h([1-6])>")


def markdown_html(text: str) -> Markup:
    """Markdown with tables as HTML. The page's own title is the only h1: each heading moves
    down one level."""
    html = markdown.markdown(_NESTED.sub("    ", text), extensions=["tables", "sane_lists"])
    demoted = _HEADING.sub(lambda m: f"<{m[1]}h{min(int(m[2]) + 1, 6)}>", html)
    clean = nh3.clean(
        demoted,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    return Markup(clean)
