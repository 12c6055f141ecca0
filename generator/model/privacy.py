"""The words by which the privacy gate recognises what is private, from content/."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WordList:
    """Words that give somebody away, and longer phrases that hold them and do not."""

    words: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class NameWords:
    """Words by which a name that a column hides is known in other texts.

    `columns` name persons by their purpose (经手人), so that names in them are public. `bodies`
    end what is no person, `institutions` too, unless it is as short as a name. `before`, `after`
    and `sure` stand beside a name of two characters, which may be an ordinary word. `recipients`
    before a public name, and `benefits` behind it with `between` words, tell what that person
    was given. `relatives` stand before a name, unless `allowed` words follow.
    """

    columns: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    sure: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    benefits: tuple[str, ...] = ()
    relatives: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


# Every text that is judged asks a cache with it as the key: it is known by itself, not by its words.
@dataclass(frozen=True, eq=False)
class PrivacyWords:
    """`health` and `minors` count in tables of personal items, `reporters` everywhere.

    `places` are public places: an address beside one is nobody's home. `things` bear numbers
    as homes do (机井, 路灯). `surnames` are the family names by which a name is known, `names`
    the words beside names that a column hides.
    """

    health: WordList = WordList()
    minors: WordList = WordList()
    reporters: WordList = WordList()
    surnames: str = ""
    places: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    names: NameWords = NameWords()
