"""The words that say what a row of a table is, where it is no data: a proof, a heading within the table,
a place for signatures. They are vocabulary, read from content/rows.yaml."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

ProofKind = Literal["opening", "total", "closing"]
Span = Literal["day", "page", "year"]
# Which rows a total may add up; `content/rows.yaml` says in which order they are tried.
Scope = Literal[
    "table",  # all rows
    "above",  # all rows above it
    "kind",  # those since the last total of its kind
    "run",  # those since any earlier total or the beginning
    "group",  # those that share its group, class or whatever its words name
    "month",  # those of the month of the row above it
    "year",  # those since January, some of them in other files
    "below",  # those of the next level below it, as 1. and 2. under 一、
]

_ENUMERATOR = re.compile(
    r"^\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:\)|[、.](?!\d))|第[一二三四五六七八九十\d]+部分"
)
_LEVELS = tuple(
    map(
        re.compile,
        (
            r"[一二三四五六七八九十]{1,3}[、.]|第[一二三四五六七八九十]+部分",
            r"\([一二三四五六七八九十]{1,3}\)",
            r"\d{1,2}(?:[、.](?!\d))",
            r"\(\d{1,2}\)|\d{1,2}\)|[①-⑳]",
        ),
    )
)
_PAGE = re.compile(r"第\d+页(?:[,/]?共\d+页)?|共\d+页(?:[,/]?第\d+页)?")
_COUNTED = re.compile(r"\(?(?:[:,、]?共?\d+[户人笔项条份个件次宗名])+\)?$")
_IN_CAPITALS = re.compile(r"[:]?[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正]+$")


@dataclass(frozen=True)
class ProofWords:
    """Words of one kind of proof. `endings` count behind other words too, as in 一组小计; `scopes` are
    what a total may add up, in the order in which it is tried; `span` is what a total is of that no
    published table has as its own: a day, a page, or a year of which other files hold a part."""

    kind: ProofKind
    words: tuple[str, ...]
    endings: tuple[str, ...] = ()
    scopes: tuple[Scope, ...] = ()
    span: Span | None = None


@dataclass(frozen=True)
class SignatureWords:
    """How places for signatures begin, what stands behind that, and words that are one by themselves."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()


@dataclass(frozen=True)
class BannerWords:
    """How a lone line ends that only heads the rows below it."""

    endings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Label:
    """The words of a proof row: what kind they are, and what else stands there (一组 of 一组小计).
    `leads` where it stands behind them, as in 总计全村: so may a sentence about an entry begin."""

    text: str
    words: ProofWords
    prefix: str = ""
    leads: bool = False


@dataclass(frozen=True)
class RowWords:
    """All words that tell what a row is."""

    proofs: tuple[ProofWords, ...] = ()
    standing: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()
    banners: BannerWords = field(default_factory=BannerWords)
    blanks: tuple[str, ...] = ()
    wholes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    signatures: SignatureWords = field(default_factory=SignatureWords)
    remarks: tuple[str, ...] = ()

    def label(self, text: str) -> Label | None:
        """The label that a cell is, or None for other words."""
        key = self._key(text)
        if not key or len(key) > _LONGEST_LABEL:
            return None
        exact = self._exact.get(key)
        if exact is not None:
            return Label(text, exact)
        if not key.endswith(self._any_ending) and not key.startswith(self._any_ending):
            return None
        for ending, words in self._endings:
            if key.startswith(ending):  # 合计（一组）, 总计全村
                return Label(text, words, key.removeprefix(ending).strip("()-:"), leads=True)
            if key.endswith(ending):
                return Label(text, words, _ENUMERATOR.sub("", key.removesuffix(ending), count=1))
        return None

    def is_standing(self, text: str) -> bool:
        """Whether a short text ends as the words of a balance or of a sum that goes back further do:
        unless it is a known one, nobody can say what the number beside it is."""
        key = squeezed(text)
        return len(key) <= _LONGEST_STANDING and key.endswith(self.standing)

    def speaks_of_sums(self, text: str) -> bool:
        """Whether a text holds a word for a sum or a balance anywhere in it."""
        key = squeezed(text)
        return any(sign in key for sign in self._sum_signs)

    @cached_property
    def _sum_signs(self) -> tuple[str, ...]:
        pages = (word for words in self.proofs if words.span == "page" for word in words.words)
        return tuple(dict.fromkeys((*self.standing, *self._any_ending, *pages)))

    def _key(self, text: str) -> str:
        """A label without white space, width, enclosing brackets and what is said beside it."""
        key = squeezed(text).rstrip(":;。")
        if key.startswith("(") and key.endswith(")") and key.count("(") == 1:
            key = key[1:-1]
        key = _COUNTED.sub("", key)
        shorter = _IN_CAPITALS.sub("", key)
        for aside in self.asides:
            shorter = shorter.removesuffix(f"({aside})")
        # 计 and 元 alone are no amount in capitals behind a label.
        return (shorter or key).rstrip(":")

    @cached_property
    def _exact(self) -> dict[str, ProofWords]:
        return {squeezed(word): words for words in self.proofs for word in words.words}

    @cached_property
    def _endings(self) -> tuple[tuple[str, ProofWords], ...]:
        """Endings, the longest first, so that 月合计 is not taken for 合计."""
        pairs = ((squeezed(end), words) for words in self.proofs for end in words.endings)
        return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))

    @cached_property
    def _any_ending(self) -> tuple[str, ...]:
        return tuple(ending for ending, _ in self._endings)

    def is_banner(self, text: str) -> bool:
        """Whether a lone text within a table heads the rows below it."""
        return self.is_numbered(text) or squeezed(text).endswith(self.banners.endings)

    def is_numbered(self, text: str) -> bool:
        """Whether a text begins as the heading of a part does: 一、（二）第三部分."""
        return bool(_ENUMERATOR.match(squeezed(text)))

    def level(self, text: str) -> int:
        """How deep an outline a text stands: 一、 is 1, （一） 2, 1. 3, (1) 4, 其中 5; 0 for other words."""
        key = squeezed(text)
        if self.parts and key.startswith(tuple(map(squeezed, self.parts))):
            return len(_LEVELS) + 1
        return next((n for n, sign in enumerate(_LEVELS, start=1) if sign.match(key)), 0)

    def is_part(self, level: int) -> bool:
        """Whether a row of this level is a part of what stands above it: 其中."""
        return level > len(_LEVELS)

    def is_blank(self, text: str) -> bool:
        """Whether a lone text only says that nothing follows, or which page it is."""
        key = squeezed(text).strip("()-—·.。")
        return key in self.blanks or bool(_PAGE.fullmatch(key))

    def is_signature(self, text: str) -> bool:
        """Whether a text, without white space, is a place for a signature."""
        return bool(self._signature.match(text))

    @cached_property
    def _signature(self) -> re.Pattern[str]:
        if not self.signatures.before:
            return re.compile("(?!)")
        before = "|".join(map(re.escape, self.signatures.before))
        after = "|".join(f"{re.escape(word)}" for word in (*self.signatures.after, "："))
        alone = "|".join(map(re.escape, self.signatures.alone)) or "(?!)"
        return re.compile(rf"(?:{before}).{{0,12}}?(?:{after})|(?:{alone})$")

    def is_remark(self, text: str) -> bool:
        """Whether a text begins as a note under a table does."""
        return bool(self._remark.match(text))

    @cached_property
    def _remark(self) -> re.Pattern[str]:
        words = "|".join(map(re.escape, self.remarks)) or "(?!)"
        return re.compile(rf"(?:{words})\s*\d*\s*[:：、.．]")


_LONGEST_LABEL = 24  # characters; a longer text is a sentence
_LONGEST_STANDING = 10  # characters; a longer text is a title or a sentence


@lru_cache(4096)  # of each row the same cells are asked several things
def squeezed(text: str) -> str:
    """A text without white space, in half-width forms and small letters, so that 合　计（元） is 合计(元)."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
