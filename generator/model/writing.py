"""Decides what a sign in a text means: Markdown where it has its usual form, else what was typed.

Clerks write in a plain editor and know nothing of Markdown: a star is a covered part of a name or a times sign,
`#1机井` a number, `>3万元` an amount. A sign is taken for a mark only where it can be nothing else. Pages and
sheets (`render.typed`) and the words of search (`views.entries`) read the same marks from here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

AND = "\ufdd2"
"""Stands for `&` while HTML is made, so that nothing takes it for the beginning of a sign there."""

HEADING = re.compile(r" *(#{1,6})[ \u3000]+(?=\S)(.*\S)[ \u3000]*")
"""A heading: `## 经费`. Not `#1机井`; `is_heading` says the rest."""

RULE = re.compile(r" *-{3,} *")
"""A line across the page. Lines of `*` and `_` are covered names and places to fill in."""

SEPARATOR = re.compile(r" *\|?(?: *:?-+:? *\|)* *:?-+:? *\|? *")
"""The second line of a table, `|---|---:|`."""

NUMBERED = re.compile(r"( *)(0|[1-9]\d{0,8})\.[ \u3000]+(?=\S)", re.ASCII)
BULLET = re.compile(r"( *)([-*])[ \u3000]+(?=\S)")
_AMOUNT = re.compile(r"[¥￥]?[\d,，.]+ *[十百千万亿]*[元%％]?")
_STARS = re.compile(r"\*\*(?=[^\s*])([^*\n]*[^\s*])\*\*(?![*＊])")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)((?:\s[^<>]*)?)/?>")
_SILENT = re.compile(r"<!--|<script\b|<style\b", re.IGNORECASE)
_ENDS = {"<!--": "-->", "<script": "</script>", "<style": "</style>"}
_BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "center", "div", "dl", "dd", "dt"),
    *("fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head"),
    *("header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody"),
    *("tfoot", "thead", "title", "tr", "ul"),
}
_ALONE = {"base", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
_WITHIN = {
    *("a", "abbr", "audio", "b", "big", "button", "canvas", "caption", "cite", "code", "del"),
    *("details", "em", "font", "i", "iframe", "ins", "kbd", "label", "marquee", "math", "object"),
    *("option", "q", "s", "select", "small", "span", "strike", "strong", "sub", "summary", "sup"),
    *("svg", "td", "textarea", "th", "u", "video"),
}
_NAMED = re.compile(r"!?\[([^\[\]]*)\]\(([^()\n]*)\)")
_ESCAPE = re.compile(r"\\([*_#|\[\]<>`~\-+.!])")
_BAR = re.compile(r"(?<!\\)\|")
_LAST_BAR = re.compile(r"(?<!\\)\|$")
_PAIR = re.compile(r"(?<![*＊])\*\*")
_OPENING = ("Ps", "Pi")  # brackets and quotation marks


@dataclass(frozen=True)
class Item:
    """The beginning of a list's item: its blanks, its number as typed (nothing for a bullet) and
    how many characters stand before its words."""

    indent: int
    number: str
    width: int


def is_heading(line: str) -> bool:
    """Whether a line is a heading. One `#` before a number is the number's own: `# 2 机井`."""
    match = HEADING.fullmatch(line)
    return match is not None and not (len(match[1]) == 1 and match[2][0].isdigit())


def item_of(line: str) -> Item | None:
    """The item that begins in a line. `- 500` is a sum, and `01.` no number of a list."""
    match = NUMBERED.match(line)
    if match:
        return Item(len(match[1]), match[2], match.end())
    match = BULLET.match(line)
    if match is None or _AMOUNT.fullmatch(line[match.end() :].strip()):
        return None
    return Item(len(match[1]), "", match.end())


def item_in(lines: Sequence[str], at: int) -> Item | None:
    """The item that begins in a line. A single `*` is the star of a note, several are a list."""
    item = item_of(lines[at])
    if item is None or lines[at][item.indent] != "*":
        return item
    start = lines[at][: item.indent + 1]
    beside = (lines[n] for n in (at - 1, at + 1) if 0 <= n < len(lines))
    return item if any(line.startswith(start) and item_of(line) for line in beside) else None


def table_end(lines: Sequence[str], at: int) -> int:
    """The line behind a table that begins here: a line with bars, the line that rules it off, and
    rows; 0 where none begins. It ends before a row with more cells than the head has, which could
    not be shown."""
    if at + 1 >= len(lines) or "|" not in lines[at] or "|" not in lines[at + 1]:
        return 0
    width = _cells(lines[at])
    if not SEPARATOR.fullmatch(lines[at + 1]) or _cells(lines[at + 1]) != width:
        return 0
    end = at + 2
    while end < len(lines) and "|" in lines[end] and _cells(lines[end]) <= width:
        end += 1
    return end


def _cells(line: str) -> int:
    bare = line.strip().removeprefix("|")
    return len(_BAR.findall(bare)) + (not _LAST_BAR.search(bare))


@dataclass(frozen=True)
class Strong:
    """Words between `**` and where they stand, the stars with them."""

    start: int
    end: int
    words: str


def strong_at(text: str, start: int, *, of_names: bool = True) -> Strong | None:
    """The words that are set bold by the two stars at `start`.

    Where a text may hold covered names, only stars that no name can touch are marks: `贺**、秦**各领` and
    `贺**领500元，秦**领500元` stay as typed, and so does `请**务必**到场`, which looks the same to a program.
    """
    if not _PAIR.match(text, start):
        return None
    match = _STARS.match(text, start)
    if match is None or (of_names and not _cannot_be_names(text, match)):
        return None
    return Strong(match.start(), match.end(), match[1])


def without_stars(text: str, *, of_names: bool = True) -> str:
    """A text without the stars that set words bold."""
    parts: list[str] = []
    end = at = 0
    while pair := _PAIR.search(text, at):
        strong = strong_at(text, pair.start(), of_names=of_names)
        at = strong.end if strong else pair.end()
        if strong:
            parts += [text[end : strong.start], strong.words]
            end = at
    return "".join([*parts, text[end:]])


def without_html(text: str) -> str:
    """A text without what was pasted from pages: comments, scripts, tags. A tag is known by its
    name and its end, or by what it is given: `a<b>c` and `A<B且C>D` are signs. `<br>` stays."""
    text = _without_silent(text)
    tags = [(m[1], m[2].lower()) for m in _TAG.finditer(text)]
    paired = {name for end, name in tags if not end} & {name for end, name in tags if end}

    def dropped(tag: re.Match[str]) -> str:
        name = tag[2].lower()
        if name not in _BLOCKS | _ALONE | _WITHIN:
            return tag[0]
        if name in paired or name in _ALONE or "=" in tag[3]:
            return " " if name in _BLOCKS else ""
        return tag[0]

    return _TAG.sub(dropped, text)


def _without_silent(text: str) -> str:
    """A text without comments, scripts and style sheets, in one pass however many begin."""
    lowered = text.lower() if len(text.lower()) == len(text) else text
    endless: set[str] = set()
    parts: list[str] = []
    done = 0
    for match in _SILENT.finditer(text):
        end = _ENDS[match[0].lower()]
        if match.start() < done or end in endless:
            continue
        found = lowered.find(end, match.end())
        if found < 0:
            endless.add(end)
            continue
        parts.append(text[done : match.start()])
        done = found + len(end)
    return "".join([*parts, text[done:]])


def is_address(text: str) -> bool:
    """Whether round brackets behind square ones hold an address: in `[2025](3)号` they do not."""
    return re.search(r"[/.#]|^[A-Za-z][A-Za-z0-9+-]*:", text) is not None


@dataclass(frozen=True)
class PlainLine:
    """A line without marks; `runs_on` where it goes on with the words of the line before it."""

    words: str
    runs_on: bool


def plain_lines(text: str, *, of_names: bool = True) -> list[PlainLine]:
    """The words of a Markdown text as pages show them, line by line, without its marks. The
    numbers of lists stay."""
    lines = [line.rstrip() for line in without_html(text).split("\n")]
    plain: list[PlainLine] = []
    table = 0  # the line behind the last table
    goes_on = False  # from the line before
    for at, line in enumerate(lines):
        if at >= table and (end := table_end(lines, at)):
            table = end
        in_table = at < table
        if RULE.fullmatch(line) or (in_table and SEPARATOR.fullmatch(line)):
            goes_on = False
            continue
        item = item_in(lines, at) if line.strip() else None
        words = bool(line.strip()) and not is_heading(line) and not in_table
        runs_on, goes_on = goes_on and words and not item, words
        if is_heading(line):
            line = line.lstrip(" ").lstrip("#")
        elif item and not item.number:
            line = line[item.width :]
        if in_table:
            line = _BAR.sub(" ", line)
        plain.append(PlainLine(_plain_words(line, of_names), runs_on))
    return plain


def _plain_words(line: str, of_names: bool) -> str:
    def named(match: re.Match[str]) -> str:
        is_mark = match[0].startswith("!") or is_address(match[2])
        return match[1] if is_mark else match[0]

    words = _NAMED.sub(named, without_stars(line, of_names=of_names))
    words = re.sub(r"<(https?://[^<>\s]*)>", r"\1", re.sub("<br ?/?>", " ", words))
    return _ESCAPE.sub(r"\1", words)


def unclear_stars(line: str) -> str:
    """Words with stars that would be set bold if they stood apart, or nothing: who typed them may
    have meant that, or two covered names."""
    for match in _STARS.finditer(line):
        if strong_at(line, match.start()) is None and strong_at(f" {match[0]} ", 1):
            return match[0]
    return ""


def _cannot_be_names(text: str, match: re.Match[str]) -> bool:
    """Whether the stars touch no name: edges without, and within no word as short as a surname
    before the last two, as in `如秦**`."""
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    if (before and not _is_edge(before)) or (after and not _is_edge(after)):
        return False
    first = match[1][0]
    if first.isdigit():  # before a number stars cover nothing
        return True
    if _is_edge(first) and unicodedata.category(first) not in _OPENING:
        return False
    pieces = [piece for piece in re.split(r"\W+", match[1]) if piece]
    return bool(pieces) and len(pieces[-1]) > (1 if len(pieces) == 1 else 2)


def _is_edge(char: str) -> bool:
    """Whether no name goes on across a character: white space and punctuation, but no star."""
    if char.isspace() or char == AND:
        return True
    return unicodedata.category(char)[0] == "P" and char not in "*＊_"
