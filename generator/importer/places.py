"""Which village and which set of books the words around a table name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from generator.model.village import Account

# `东风村2025年…`, `青石镇东风村村民委员会…`: a village's name where a title has it.
_VILLAGE_IN_TITLE = re.compile(
    r"(?:^|[县区市镇乡])([\u4e00-\u9fff]{2,4}?村)(?=\d|[〇一二][〇零一二三四五六七八九]{3}年|村|股份|经济|集体|财务|第)"
)
_NO_VILLAGES = ("农村", "本村", "全村", "各村", "乡村", "行政村", "自然村")
_SHORTEST_PIECE = 3
_NUMBERS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
_GROUP = re.compile(r"(?<![一二三四五六七八九十\d])([一二三四五六七八九十]+|\d{1,2})(?:村民)?小?组")
_SOMEBODY = re.compile(rf"{_GROUP.pattern}|合作社|经济社|经联社")


def village_of(texts: Iterable[str], names: Mapping[str, str]) -> str:
    """The id of the one village that the texts name, or nothing; the nearest text decides."""
    for text in texts:
        words = _squeezed(text)
        named = [village for village, name in names.items() if name in words]
        named = named or [v for v, n in names.items() if len(n) > 2 and n[:-1] in words]
        named = named or [v for v in names if re.search(rf"(?<![a-z0-9]){v}(?![a-z0-9])", words)]
        longest = [v for v in named if not any(names[v] in names[w] and v != w for w in named)]
        if len(longest) == 1:
            return longest[0]
    return ""


def stranger_in(texts: Iterable[str], names: Mapping[str, str]) -> str:
    """The name of a village in a title that is none of ours, or nothing."""
    for text in texts:
        match = _VILLAGE_IN_TITLE.search(_squeezed(text))
        if match and match[1] not in names.values() and match[1] not in _NO_VILLAGES:
            return match[1]
    return ""


def account_of(texts: Iterable[str], accounts: tuple[Account, ...]) -> str:
    """The id of the set of books that the texts name; the first account when they name none.

    Nothing when they name somebody's books that are not among the accounts.
    """
    for text in texts:
        words = _squeezed(text)
        named = [account.id for account in accounts if _is_named(account, words, accounts)]
        if len(named) == 1:
            return named[0]
        if named or _SOMEBODY.search(words):
            return ""
    return accounts[0].id


def _is_named(account: Account, words: str, accounts: tuple[Account, ...]) -> bool:
    if re.search(rf"(?<![a-z0-9]){re.escape(account.id)}(?![a-z0-9])", words):
        return True
    group = _GROUP.search(account.title)
    if group:
        there = _GROUP.search(words)
        return there is not None and _number(there[1]) == _number(group[1])
    names = {other.id: f"{other.title.removesuffix('账')}|{other.owner}" for other in accounts}
    foreign = "|".join(name for other, name in names.items() if other != account.id)
    return any(part in words and part not in foreign for part in _pieces(names[account.id]))


def _pieces(names: str) -> Iterable[str]:
    """Parts of an account's names that are too long to stand in a title by chance."""
    for name in names.split("|"):
        for start in range(len(name) - _SHORTEST_PIECE + 1):
            yield name[start : start + _SHORTEST_PIECE]


def _number(word: str) -> str:
    return str(_NUMBERS.index(word) + 1) if word in _NUMBERS else word


def _squeezed(text: str) -> str:
    return "".join(text.split()).lower()
