"""Turns a page of the site into a file that a double click opens: its links name files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import quote, unquote, urlsplit, urlunsplit

# Whole tags, so that words that only look like an attribute stay as they are.
_TAG = re.compile(r"""<([a-zA-Z]+)\b((?:[^"'<>]++|"[^"]*+"|'[^']*+')*+)>""")
_ADDRESS = re.compile(r' (href|src|action)="([^"]*)"')
_MAIN = re.compile(r"<main\b[^>]*>")
_PAGE = "index.html"
_ELSEWHERE = "联网后在网站上看"


@dataclass(frozen=True)
class Wrapper:
    """How the pages of one pack are rewritten.

    `names` leads from a file's path in the site to its name in the pack; `instead` from a path
    that is not in the pack to the one that stands for it; `base_url` is empty when the site's
    address is not known; `script` is the pack's own script, `date` its day in words.
    """

    names: Mapping[str, str]
    instead: Mapping[str, str]
    base_url: str
    script: str
    date: str

    def page(self, path: str, html: str) -> str:
        """The page at `path` with links to files, a line on its age, and the pack's script."""

        def tag(match: re.Match[str]) -> str:
            return self._tag(path, match[1].lower(), match[2])

        html = _TAG.sub(tag, html)
        script = f'<script src="{self._way(path, self.script)}" defer></script>\n</head>'
        html = html.replace("</head>", script, 1)
        return _MAIN.sub(lambda main: main[0] + self._age(path), html, count=1)

    def has(self, path: str) -> bool:
        """Whether the pack has what an address from the site's root leads to."""
        target = _file_of(urlsplit(path).path)
        return self.instead.get(target, target) in self.names

    def address(self, path: str) -> str:
        """An address from the site's root, as search has it, with the name of its file."""
        parts = urlsplit(path)
        target = _file_of(parts.path)
        name = self.names.get(self.instead.get(target, target), target)
        return urlunsplit(parts._replace(path=quote(name)))

    def _tag(self, page: str, tag: str, attributes: str) -> str:
        notes: list[str] = []

        def attribute(match: re.Match[str]) -> str:
            name, address = match[1], unescape(match[2])
            link = self._link(page, address)
            if link is None:
                notes.append(_ELSEWHERE)
                return ""
            if link != address and urlsplit(link).scheme:
                notes.append(_ELSEWHERE)
            return f' {name}="{escape(link)}"'

        rewritten = _ADDRESS.sub(attribute, attributes)
        if tag == "link" and notes:
            return ""
        if notes and " title=" not in rewritten:
            rewritten += f' title="{notes[0]}"'
        return f"<{tag}{rewritten}>"

    def _link(self, page: str, address: str) -> str | None:
        """The way from a page to an address; None when it leads out of the pack to nowhere."""
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path:
            return address
        target = _resolved(page, unquote(parts.path))
        inside = self.instead.get(target, target)
        if inside in self.names:
            return urlunsplit(parts._replace(path=self._way(page, inside)))
        if not self.base_url:
            return None
        online = quote(target.removesuffix(_PAGE) if target.endswith(f"/{_PAGE}") else target)
        return f"{self.base_url}/{urlunsplit(parts._replace(path=online))}"

    def _way(self, page: str, target: str) -> str:
        here = posixpath.dirname(self.names[page]) or "."
        return quote(posixpath.relpath(self.names.get(target, target), here))

    def _age(self, path: str) -> str:
        words = f"离线版，内容到{self.date}为止。"
        if not self.base_url:
            return f'<p class="kept">{words}最新的以网站为准。</p>'
        online = f"{self.base_url}/{quote(path.removesuffix(_PAGE))}"
        return (
            f'<p class="kept">{words}最新的请看<a href="{escape(online)}">网站上的这一页</a>。</p>'
        )


def _resolved(page: str, path: str) -> str:
    return _file_of(posixpath.join(posixpath.dirname(page), path))


def _file_of(path: str) -> str:
    """The file that a server gives for an address."""
    normal = posixpath.normpath(path) if path else "."
    if path.endswith(("/", "/.", "/..")) or normal in (".", "..") or path in ("", ".", ".."):
        return posixpath.normpath(posixpath.join(normal, _PAGE))
    return normal
