"""How texts about villages are put for a residents' committee (居民委员会): words, laws, and what stays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from generator.model.catalogue import Basis

_TITLE = "《[^《》{}]*》"  # of a law or an article
_PLACE = r"\{[^{}]*\}"  # of a sentence: what stands in it is the name of a column


@dataclass(frozen=True)
class WordPair:
    """What villages say, and what communities say instead."""

    rural: str
    urban: str


@dataclass(frozen=True)
class UrbanEdition:
    """A law that communities cite; `articles` leads from the villages' articles to its own."""

    title: str
    effective: date
    until: date | None = None
    articles: tuple[WordPair, ...] = ()

    def basis_for(self, rural: Basis) -> Basis:
        """The law in the place of the villages', with its articles where they are known."""
        known = {pair.rural: pair.urban for pair in self.articles}
        articles = (known[a] for a in rural.article.split("、") if a in known)
        return Basis(self.title, self.effective, "、".join(articles), self.until)


@dataclass(frozen=True)
class RuralLaw:
    """A law that is about villages only, by what its title holds, and what communities cite in its
    place: nothing where there are no editions. Of several the first one is meant."""

    rural: str
    editions: tuple[UrbanEdition, ...] = ()


@dataclass(frozen=True)
class UrbanWords:
    """`content/urban.yaml`. Words within `kept` ones stay, and so do those in titles (`《》`)."""

    words: tuple[WordPair, ...] = ()
    kept: tuple[str, ...] = ()
    laws: tuple[RuralLaw, ...] = ()

    @cached_property
    def pairs(self) -> Mapping[str, str]:
        """What communities say in place of each word."""
        return {pair.rural: pair.urban for pair in self.words}

    def said(self, text: str) -> str:
        """A text of ours in the words of communities."""
        return _replaced(self, text, "")

    def said_around_places(self, sentence: str) -> str:
        """A sentence whose places in braces, which are names of columns, stay."""
        return _replaced(self, sentence, _PLACE)

    def bases(self, bases: tuple[Basis, ...]) -> tuple[Basis, ...]:
        """The bases that communities cite, each once."""
        return tuple(dict.fromkeys(own for basis in bases for own in self._own(basis)))

    def cited(self, text: str) -> str:
        """Bases that are written as a text, without those that are about villages only."""
        parts = (p for p in text.split("；") if not any(law.rural in p for law in self.laws))
        return "；".join(parts)

    def counterpart(self, basis: Basis) -> Basis | None:
        """The basis of a single rule as communities cite it: None where their law is not known to
        say the same, article for article."""
        own = (b for b in self._own(basis) if b.article or not basis.article)
        return next(own, None)

    def _own(self, basis: Basis) -> tuple[Basis, ...]:
        law = next((law for law in self.laws if law.rural in basis.title), None)
        if law is None:
            return (basis,)
        return tuple(e.basis_for(basis) for e in law.editions if _meet(e, basis))


def _meet(edition: UrbanEdition, basis: Basis) -> bool:
    """Whether there is a day on which both are in force."""
    starts_in_time = basis.until is None or edition.effective <= basis.until
    return starts_in_time and (edition.until is None or basis.effective <= edition.until)


def _replaced(words: UrbanWords, text: str, also_kept: str) -> str:
    pairs = words.pairs
    if not pairs:
        return text
    pattern = _pattern(tuple(pairs), words.kept, also_kept)
    return pattern.sub(lambda found: pairs.get(found[0], found[0]), text)


@lru_cache(maxsize=4)
def _pattern(rural: tuple[str, ...], kept: tuple[str, ...], also_kept: str) -> re.Pattern[str]:
    """The longest word first, so that none is cut by a shorter one; what is kept before all."""
    listed = [re.escape(word) for word in sorted(kept, key=len, reverse=True)]
    listed += [_whole(word, rural) for word in sorted(rural, key=len, reverse=True)]
    return re.compile("|".join(filter(None, (_TITLE, also_kept, *listed))))


def _whole(word: str, rural: tuple[str, ...]) -> str:
    """A word where its last character does not begin another: 各村, but not that of 各村民小组."""
    begun = [re.escape(other[1:]) for other in rural if other != word and other[0] == word[-1]]
    return re.escape(word) + (f"(?!{'|'.join(begun)})" if begun else "")
