"""Style sheet and scripts. Names carry a hash of the content: cached for ever."""

from __future__ import annotations

import hashlib
import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from generator.model.shared import Logo, Theme
from generator.output.files import OutputFile
from generator.render.pages.share_picture import share_picture
from generator.render.templates import Templates
from generator.render.theme import ACCENT, theme_css

_FOLDER = "assets"
_PLAIN = ("LICENSES.md",)
# Of a style sheet comments and the spaces that tell nothing stay here.
_STYLE = re.compile(
    rb"""("[^"\n]*"|'[^'\n]*')"""
    rb"|(?:(?<=[{};,:])|\A)(?:\s|/\*(?:.|\n)*?\*/)+|;?\s*(?=\})|\s+(?=\{)"
)
_LUNR = "js/lunr.min.js"
# Of lunr what a search uses: each pair names where something else begins and where it is over. What
# is left out reads languages with spaces, builds and loads indexes, looks for words that are alike, reads
# queries as lunr writes them, and tells where in a text a word was; search-find.js puts the little that
# it asks for in the place of its sets of terms and of what it tells.
_UNUSED = (
    (b"var r=new e.Builder;", b"};e.version="),
    (b"e.utils={}", b"e.FieldRef=function"),
    (b"e.idf=", b"e.Vector=function"),
    (b"e.Vector.prototype.toArray=", b"e.Index=function"),
    (b"e.Index.prototype.search=", b"e.Index.prototype.query="),
    (b"if(r.isNegated()){", b"for(var u=0;u<C.length;u++){var j="),
    (b"e.Index.prototype.toJSON=", b"e.Query=function"),
    (b"e.Query.wildcard=", b"e.Query.presence="),
    (b'"wildcard"in t', b'"presence"in t'),
    (b"e.Query.prototype.isNegated=", b"e.Query.prototype.term="),
    (b"if(Array.isArray(t))return t.forEach(", b"var i=r||{}"),
    (b"e.QueryParseError=", b'function(e,t){"function"==typeof define'),
)
# What pages ask for, and the files of templates/assets that it is joined from, in this order. All ask
# for `site`, all but the search for `page`: what is shown there, and what is done with it; all but
# records for `more.css`, of which records ask for what they show (`find.css`, `lines.css`,
# `story.css`). `later` and `speak` are fetched by whoever uses them; a search page has one of
# `village` and `whole`.
_BUNDLES = {
    "site.css": (
        "../tokens.css",
        "css/base.css",
        "css/parts.css",
        "css/reader.css",
        "css/tell.css",
        "css/keep.css",
        "css/print.css",
    ),
    "page.css": (
        "css/facts.css",
        "css/aloud.css",
        "css/walk.css",
        "css/record.css",
        "css/compared.css",
        "css/tables.css",
        "css/slip.css",
        "css/wide.css",
        "css/paper.css",
    ),
    "find.css": ("css/find.css",),
    "lines.css": ("css/lines.css",),
    "story.css": ("css/chains.css", "css/story.css"),
    "more.css": (
        "css/find.css",
        "css/lines.css",
        "css/chains.css",
        "css/story.css",
        "css/station.css",
        "css/mine.css",
        "css/duties.css",
        "css/walls.css",
        "css/box.css",
        "css/lists.css",
        "css/flows.css",
        "css/room.css",
    ),
    "search.css": ("css/box.css", "css/search.css"),
    "early.js": ("js/elder.js",),
    "page.js": (
        "js/days.js",
        "js/code.js",
        "js/carry.js",
        "js/rows.js",
        "js/voice.js",
    ),
    "later.js": ("js/names.js", "js/find.js", "js/ask.js", "js/slip.js"),
    "mine.js": ("js/names.js", "js/mine.js"),
    "shared.js": ("js/shared.js",),
    "site.js": (
        "js/later.js",
        "js/place.js",
        "js/tools.js",
        "js/keep.js",
        "js/way.js",
    ),
    "speak.js": ("js/speak.js",),
    "store.js": ("js/store.js",),
    "sort.js": ("js/sort.js",),
    "search.js": (
        _LUNR,
        "js/search-terms.js",
        "js/search-words.js",
        "js/search-sources.js",
        "js/search-find.js",
        "js/search-items.js",
        "js/search-names.js",
        "js/search-narrow.js",
        "js/search.js",
    ),
    "village.js": ("js/search-village.js",),
    "whole.js": ("js/search-site.js",),
    "walk.js": ("js/walk.js",),
}


@dataclass(frozen=True)
class Assets:
    """`addresses` leads from a file's plain name to its address in the site; `icon` is a data
    address, because a request of its own costs more than the icon's bytes; `accent` is the
    colour that browsers may show around the page."""

    files: tuple[OutputFile, ...]
    addresses: dict[str, str]
    icon: str
    accent: str
    logo: Logo | None


def read_assets(templates: Templates, theme: Theme, logo: Logo | None) -> Assets:
    """All assets; the style sheet begins with the tokens that posters share."""
    accent = theme.accent or ACCENT
    joined = {
        name: b"".join(_sent(templates, part) for part in parts) for name, parts in _BUNDLES.items()
    }
    own = templates.find(f"{_FOLDER}/css/own.css")
    joined["site.css"] += theme_css(theme).encode()
    for name in (
        "site.css",
        "page.css",
        "lines.css",
        "story.css",
        "more.css",
        "search.css",
    ):  # it comes last, wherever it is
        joined[name] += own.read_bytes() if own.is_file() else b""
    if logo:
        joined[logo.name] = logo.content
    joined["share.png"] = share_picture(accent, logo)
    addresses = {name: _hashed(name, content) for name, content in joined.items()}
    files = [OutputFile(addresses[name], content) for name, content in joined.items()]
    files += [OutputFile(f"{_FOLDER}/{name}", _read(templates, name)) for name in _PLAIN]
    icon = _read(templates, "icon.svg").decode().strip().replace(ACCENT, accent)
    icon = f"data:image/svg+xml,{quote(icon, safe='/=:')}"
    return Assets(tuple(files), addresses, icon, accent, logo)


def _sent(templates: Templates, name: str) -> bytes:
    if name.endswith(".css"):
        return _lean(_read(templates, name))
    return without_unused(_read(templates, name)) if name == _LUNR else as_sent(templates, name)


@lru_cache(maxsize=64)
def _lean(style: bytes) -> bytes:
    return _STYLE.sub(rb"\1", style)


def as_sent(templates: Templates, name: str) -> bytes:
    """A script of ours as `tools/shorten_scripts.sh` shortened it; one that was changed since goes
    out as it stands. The first line of a short one says what it was made of."""
    script = _read(templates, name)
    short = templates.find(f"{_FOLDER}/{name.replace('js/', 'short/')}")
    if short.is_file():
        made_of, _, code = short.read_bytes().partition(b"\n")
        if made_of.decode() == f"// {hashlib.sha256(script).hexdigest()}":
            return code
    return script


def without_unused(lunr: bytes) -> bytes:
    """lunr.js as it is sent: less than a fifth of it is used."""
    for start, end in _UNUSED:
        lunr = lunr[: lunr.index(start)] + lunr[lunr.index(end) :]
    return lunr


def _read(templates: Templates, name: str) -> bytes:
    return templates.find(posixpath.normpath(f"{_FOLDER}/{name}")).read_bytes()


def _hashed(name: str, content: bytes) -> str:
    stem, _, suffix = name.rpartition(".")
    return f"{_FOLDER}/{stem}.{hashlib.sha256(content).hexdigest()[:8]}.{suffix}"
