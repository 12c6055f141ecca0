"""Shortens our scripts for their way to a phone: comments, spaces, and the names that only they know.

Each name that a script declares becomes one of a letter or two, and the same wherever it stands, so
scopes need not be understood; only what stands in one part of a script alone shares its letter with
others of that kind. What is asked of an object keeps its name, and so do the browser's own. This holds
for scripts as ours are written, each a function that is called: no text is run as code, and a `{` behind
`)` or `=>` begins a block.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice, product
from string import ascii_letters, digits

_TOKEN = re.compile(
    r"""(?P<skip>(?:/\*[\s\S]*?\*/|//[^\n]*|\s)+)"""
    r"""|(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.|\$(?!\{))*(?:`|\$\{))"""
    r"""|(?P<name>(?:[^\W\d]|\$)[\w$]*)|(?P<number>\d[\w.]*)|(?P<sign>=>|\.\.\.|\+\+|--|[^\w\s$])"""
)
_REGEX = re.compile(r"(?P<text>/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*)")
_GOES_ON = re.compile(r"(?P<text>\}(?:[^`\\$]|\\.|\$(?!\{))*(?:`|\$\{))")  # a text in backquotes
_ENDS = frozenset(")]}")  # behind these and behind names a stroke divides
_KEPT = (
    "arguments async await break case catch class const continue default delete do else extends false "
    "finally for function get if in instanceof let new null of return set static super switch this throw "
    "true try typeof undefined var void while with yield"
)
_WORDS = frozenset(_KEPT.split())
_BLOCK = frozenset({"", ")", "=>", "else", "try", "finally", "do", ";", "{", "}"})
_OUTER = 2  # brackets around what a script consists of
_KEYS = 5  # a key with a name of its own costs more than a use
_CLOSING = {"(": ")", "[": "]", "{": "}"}


@dataclass(slots=True)
class Token:
    """`space` is what parts it from the one before, nothing, a space or a line's end. `is_own` where
    a name may be another one, `is_key` where it names what an object has as well. `depth` is the
    number of brackets around it, `part` that of the statement of the script in which it stands."""

    kind: str
    text: str
    space: str
    is_own: bool = False
    is_key: bool = False
    depth: int = 0
    part: int = 0


def shortened(script: str) -> str:
    """A script that does the same."""
    tokens = read_tokens(script)
    return _joined(tokens, _short_names(tokens))


def read_tokens(script: str) -> list[Token]:
    """The tokens of a script, which know what they are."""
    tokens = [*_tokens(script)]
    _tell(tokens)
    return tokens


def _short_names(tokens: Sequence[Token]) -> dict[str, str]:
    """For each name that is worth it a shorter one."""
    everywhere, anywhere = declared(tokens)
    uses = Counter(token.text for token in tokens if token.is_own and token.text in anywhere)
    keys = Counter(token.text for token in tokens if token.is_key)
    parts: dict[str, set[int]] = {name: set() for name in uses}
    for token in tokens:
        if token.is_own and token.text in parts:
            parts[token.text].add(token.part)
    taken = {token.text for token in tokens if token.kind == "name"} | _WORDS
    fresh = [name for name in islice(_names(), 2 * len(tokens)) if name not in taken]
    names: dict[str, str] = {}
    left: dict[int, int] = {}
    worth = [name for name, number in uses.most_common() if _KEYS * keys[name] < number]
    shared = [name for name in worth if name in everywhere or len(parts[name]) > 1]
    for name in worth:
        if name not in shared:
            (part,) = parts[name]
            left[part] = left.get(part, -1) + 1
            names[name] = fresh[left[part]]
    behind = fresh[max(left.values(), default=-1) + 1 :]
    return names | dict(zip(shared, behind, strict=False))


def _tokens(script: str) -> Iterator[Token]:
    at, space, last = 0, "", Token("sign", "", "")
    inner: list[int] = []  # of each text in backquotes that is open: brackets that are open in it
    while at < len(script):
        divides = last.kind in ("text", "number") or last.text in _ENDS
        goes_on = _GOES_ON.match(script, at) if inner[-1:] == [0] else None
        divides = divides or (last.kind == "name" and last.text not in _WORDS)
        comment = script.startswith(("//", "/*"), at)
        regex = None if divides or comment else _REGEX.match(script, at)
        match = goes_on or regex or _TOKEN.match(script, at)
        assert match, script[at : at + 40]
        at = match.end()
        if match.lastgroup == "skip":
            space = "\n" if "\n" in match[0] else " "
            continue
        last, space = Token(str(match.lastgroup), match[0], space), ""
        yield last
        if goes_on:
            inner.pop()
        if match[0].endswith("${") and last.kind == "text":
            inner.append(0)
        elif inner and last.kind == "sign":
            inner[-1] += (match[0] == "{") - (match[0] == "}")


def _tell(tokens: Sequence[Token]) -> None:
    """Tell a script's names from those of what objects have."""
    opened: list[str] = []  # brackets; a block is ";"
    part = 0
    for before, token, after in _with_neighbours(tokens):
        token.depth, token.part = len(opened), part
        if token.kind == "sign" and token.text in _CLOSING:
            is_block = token.text == "{" and before in _BLOCK
            opened.append(";" if is_block else token.text)
        elif token.kind == "sign" and token.text in _ENDS:
            opened.pop()
            part += len(opened) == _OUTER
        elif token.kind == "name" and token.text not in _WORDS and before != ".":
            is_key = opened[-1:] == ["{"] and before in ("{", ",", "async", "get", "set")
            token.is_own = not (is_key and after in (":", "("))
            token.is_key = is_key and token.is_own


def _with_neighbours(tokens: Sequence[Token]) -> Iterator[tuple[str, Token, str]]:
    texts = ["", *(token.text for token in tokens), ""]
    return zip(texts, tokens, texts[2:], strict=False)


def declared(tokens: Sequence[Token]) -> tuple[set[str], set[str]]:
    """The names that are declared, variables, functions, and what they are given: those of the whole
    script, and all."""
    outer, found = set(), set()
    ends = _ends(tokens)
    for at, token in enumerate(tokens):
        start = at + 1
        if token.text in ("const", "let", "var", "function") and token.kind == "name":
            names = {*_names_from(tokens, start, ends)}
            found |= names
            outer |= names if token.depth <= _OUTER else set()
        if token.text == "(" and token.kind == "sign" and _are_given(tokens, at, ends[at]):
            found.update(t.text for t in tokens[start : ends[at]] if t.is_own)
        if token.is_own and tokens[start : start + 1] and tokens[start].text == "=>":
            found.add(token.text)
    return outer, found


def _ends(tokens: Sequence[Token]) -> dict[int, int]:
    """For each opening bracket where its closing one stands."""
    found, opened = {}, []
    for at, token in enumerate(tokens):
        if token.kind == "sign" and token.text in _CLOSING:
            opened.append(at)
        elif token.kind == "sign" and token.text in _ENDS:
            found[opened.pop()] = at
    return found


def _are_given(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether brackets hold what a function is given."""
    before, after = tokens[start - 1], tokens[end + 1 : end + 2]
    if not after or after[0].text not in ("=>", "{"):
        return False
    return after[0].text == "=>" or before.text not in ("if", "for", "while", "switch")


def _names_from(tokens: Sequence[Token], at: int, ends: dict[int, int]) -> Iterator[str]:
    """Those of one declaration, which ends with `;`, `of`, `in`, or what it stands in."""
    is_name = True
    while at < len(tokens):
        token = tokens[at]
        end = ends.get(at, at)
        if token.text in (";", "of", "in") or token.text in _ENDS:
            return
        if is_name:
            yield from (one.text for one in tokens[at : end + 1] if one.is_own)
            if token.text == "function" or tokens[at - 1].text == "function":
                return
        is_name = token.text == "," and token.kind == "sign"
        at = end + 1


def _joined(tokens: Sequence[Token], names: dict[str, str]) -> str:
    parts: list[str] = []
    last = Token("sign", ";", "")
    for token in tokens:
        word = names.get(token.text, token.text) if token.is_own else token.text
        if token.is_key and word != token.text:
            word = f"{token.text}:{word}"
        if token.space == "\n" and last.text not in (";", ",", "{", "(", "["):
            parts.append("\n")
        elif token.space and _would_grow(last, token):
            parts.append(" ")
        parts.append(word)
        last = token
    return "".join(parts) + "\n"


def _would_grow(last: Token, token: Token) -> bool:
    """Whether two tokens need a space between them."""
    words = ("name", "number")
    if last.kind in words and token.kind in words:
        return True
    return bool(last.text) and last.text[-1] == token.text[0] and token.text[0] in "+-/"


def _names() -> Iterator[str]:
    for length in count(1):
        for letters in product(ascii_letters + digits, repeat=length):
            if not letters[0].isdigit():
                yield "".join(letters)
