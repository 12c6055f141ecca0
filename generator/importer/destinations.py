"""Finds the village and the set of books named in the words around a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from generator.importer.desk import Desk, Place
from generator.importer.questions import VILLAGE
from generator.intake.doubts import Choice, Doubt
from generator.model.spellings import group_in, village_in
from generator.model.village import Account
from generator.problems import Source, problem

_SHORTEST_PIECE = 3
EACH = "不是同一个村的"
_SOMEBODY = re.compile("合作社|经济社|经联社")


def place_of(
    desk: Desk,
    path: Path,
    file: str,
    texts: Iterable[tuple[str, str]],
    ask: Callable[[Doubt], str],
) -> Place:
    """The village that the words around a table name; the only one there is, if they name no other. Else
    it is asked, once for all files of the import that say no more than this one."""
    places = desk.places
    if desk.request.village:
        return next(iter(places.values()))
    names = {village: place.village.name for village, place in places.items()}
    words = [text for _, text in texts]
    found = village_of(words, names)
    if found:
        return places[found]
    stranger = stranger_in(words, names)
    if not stranger and len(places) == 1:
        return next(iter(places.values()))
    kind = "import-stranger" if stranger else "import-village"
    asked = problem(kind, Source(file), value=stranger)
    same = Counter(names.values())
    answers = {
        place.village.name
        if same[place.village.name] == 1
        else f"{place.village.name}（{id}）": place
        for id, place in places.items()
    }
    choices = tuple(Choice(a, f"写进 {place.folder.name}") for a, place in answers.items())
    about, each = f"{VILLAGE} {stranger} {desk.run}", (Choice(EACH, "一份一份地问"),)
    several = each if len(desk.files) > 1 else ()
    answer = ask(Doubt(about, asked, (*choices, *several), lasting=False))
    if answer == EACH:
        answer = ask(Doubt(f"village of {path.name}", asked, choices, lasting=False))
    return answers[answer]


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
        named = village_in(text)
        if named and named not in names.values():
            return named
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
        if named or _SOMEBODY.search(words) or group_in(words):
            return ""
    return accounts[0].id


def somebody_in(texts: Iterable[str]) -> str:
    """Whose books the texts name, as they name them, or nothing."""
    words = [_squeezed(text) for text in texts]
    bodies = (match[0] for text in words if (match := _SOMEBODY.search(text)))
    return next(filter(None, map(group_in, words)), "") or next(bodies, "")


def _is_named(account: Account, words: str, accounts: tuple[Account, ...]) -> bool:
    if re.search(rf"(?<![a-z0-9]){re.escape(account.id)}(?![a-z0-9])", words):
        return True
    group = group_in(account.title)
    if group:
        return group_in(words) == group
    names = {other.id: f"{other.title.removesuffix('账')}|{other.owner}" for other in accounts}
    foreign = "|".join(name for other, name in names.items() if other != account.id)
    return any(part in words and part not in foreign for part in _pieces(names[account.id]))


def _pieces(names: str) -> Iterable[str]:
    """Parts of an account's names that are too long to stand in a title by chance."""
    for name in names.split("|"):
        for start in range(len(name) - _SHORTEST_PIECE + 1):
            yield name[start : start + _SHORTEST_PIECE]


def _squeezed(text: str) -> str:
    return "".join(text.split()).lower()
