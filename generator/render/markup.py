"""Turns Markdown as people write it into HTML that can do no harm, for pages and sheets alike."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote, unquote
from xml.etree.ElementTree import Element

import markdown
import nh3
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup, escape

from generator.model.attachments import Attachment
from generator.model.writing import AND, without_html
from generator.render.typed import RUN_ON, AsTyped

_TAGS = {
    *("p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "a"),
    *("table", "thead", "tbody", "tr", "th", "td", "br", "hr"),
}
_ATTRIBUTES = {"a": {"href"}, "li": {"value"}, "td": {"align"}, "th": {"align"}}
_SCHEMES = {"http", "https"}  # and addresses without one
_TABLE = re.compile("<table>.*?</table>", re.DOTALL)
_HEAD_CELL = re.compile("<th[^>]*>(.*?)</th>", re.DOTALL)
_CELL = re.compile('<(t[dh])(?: align="([a-z]*)")?>')
_HEADING = re.compile(r"<(/?)h([1-6])>")
# Stand around a picture's number while the HTML is cleaned: no text can hold these characters.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_MARKED = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_UNMARKED = {ord(_OPEN): None, ord(_CLOSE): None, ord(AND): None}
_IMAGE = Markup('<img src="{}" alt="{}" width="{}" height="{}" loading="lazy" decoding="async">')

_CAPTION = Markup('<span class="caption">{}</span>')


@dataclass(frozen=True)
class ShownPicture:
    """Where a picture is to be had, and its size in pixels."""

    address: str
    width: int
    height: int


Pictures = Mapping[str, ShownPicture]
"""The pictures that a text may show, by the file that it names."""


def page_pictures(attachments: Iterable[Attachment]) -> Pictures:
    """Pictures of a document for its page, which stands in the same folder."""
    return _pictures(attachments, lambda attachment: quote(attachment.name))


def sheet_pictures(attachments: Iterable[Attachment]) -> Pictures:
    """Pictures of a document for its sheet, which may ask for no file and so carries them."""
    return _pictures(attachments, _embedded)


def _pictures(attachments: Iterable[Attachment], address: Callable[[Attachment], str]) -> Pictures:
    return {
        a.picture.file: ShownPicture(address(a), a.picture.width, a.picture.height)
        for a in attachments
        if a.picture is not None
    }


def _embedded(attachment: Attachment) -> str:
    kind = "png" if attachment.name.lower().endswith(".png") else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(attachment.content).decode()}"


def markdown_html(text: str, pictures: Pictures | None = None, *, of_names: bool = True) -> Markup:
    """Markdown with tables as HTML. The page's own title is the only h1: headings begin at h2
    and skip no level. Of pictures, only the given ones are shown, the others by their words.

    Signs stand as typed unless they are marks (`model.writing`); `of_names` is false for texts of
    content/, which hold no covered names.
    """
    shown: list[Markup] = []
    html = markdown.markdown(
        without_html(text.translate(_UNMARKED)).replace("&", AND),
        extensions=[AsTyped(of_names=of_names), _PicturesAside(pictures or {}, shown)],
    )
    clean = nh3.clean(
        _outlined(html),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes={"p": {RUN_ON}},
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    whole = _told(clean).replace(AND, "&amp;")
    return Markup(_MARKED.sub(lambda m: shown[int(m[1])], whole))


def _outlined(html: str) -> str:
    """Headings by their place in the outline, whatever signs the writer was used to."""
    above: list[int] = []

    def level(tag: re.Match[str]) -> str:
        if not tag[1]:
            while above and above[-1] >= int(tag[2]):
                above.pop()
            above.append(int(tag[2]))
        return f"<{tag[1]}h{min(len(above) + 1, 6)}>"

    return _HEADING.sub(level, html)


def _told(html: str) -> str:
    """Tables with what a screen reader needs: a caption, and which cells are heads."""

    def cell(tag: re.Match[str]) -> str:
        scope = ' scope="col"' if tag[1] == "th" else ""
        number = ' class="num"' if tag[2] == "right" else ""
        return f"<{tag[1]}{scope}{number}>"

    def captioned(table: re.Match[str]) -> str:
        heads = [Markup(h).striptags() for h in _HEAD_CELL.findall(table[0])]
        caption = escape("、".join(h for h in heads if h) or "表格")
        opening = f'<table><caption class="hidden">{caption}</caption>'
        return _CELL.sub(cell, table[0]).replace("<table>", opening, 1)

    return _TABLE.sub(captioned, html)


class _PicturesAside(Extension):
    """Takes pictures out of the text before it is cleaned, so that cleaning can drop every
    other one, and puts marks in their places."""

    def __init__(self, pictures: Pictures, shown: list[Markup]) -> None:
        super().__init__()
        self._take = partial(_Aside, pictures=pictures, shown=shown)

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (the library's name)
        """Run last, when texts and attributes are as they will be."""
        md.treeprocessors.register(self._take(md), "pictures", -1)


class _Aside(Treeprocessor):
    def __init__(self, md: markdown.Markdown, pictures: Pictures, shown: list[Markup]) -> None:
        super().__init__(md)
        self._pictures = pictures
        self._shown = shown

    def run(self, root: Element) -> None:
        """Replace each picture by its mark, or by its words."""
        for element in root.iter("img"):
            words = element.get("alt", "").replace(AND, "&")
            caption = element.get("title", "").replace(AND, "&")
            file = unquote(element.get("src", "").replace(AND, "&"))
            picture = self._pictures.get(file.removeprefix("./"))
            element.tag = "span"
            element.attrib.clear()
            element.text = words
            if picture is not None:
                element.text = f"{_OPEN}{len(self._shown)}{_CLOSE}"
                shown = _IMAGE.format(picture.address, words, picture.width, picture.height)
                below = _CAPTION.format(caption) if caption else Markup("")
                self._shown.append(shown + below)
