"""Finds names that a column of the village hides in everything else that it publishes.

A list may show 周* and the ledger's text beside it the whole name. Names of three characters
and more are found wherever they stand. One of two characters may be an ordinary word (林和 in
森林和谐), so what stands beside it decides; where only one side looks like it, somebody is asked.

What a village names by purpose is public: its officials and supervisors, and whoever stands in
a column that says who did something. Such a name counts only in the person's own row, and where
the words beside it tell what was given to that person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.gate.findings import Finding, Kind
from generator.gate.folding import Folded, fold
from generator.model.masks import COMPOUND_SURNAMES, MaskRule
from generator.model.privacy import NameWords, PrivacyWords
from generator.model.shared import Shared
from generator.model.village import Record, Table, Village
from generator.publishing.hiding import HiddenValue, hidden_values

_LONGEST = 8  # characters of a name without a dot, as Mongols and Tibetans have them
_SHORT = 3  # characters of the usual name
_WORD = 2  # characters of a name that may be an ordinary word
_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_IS_HAN = re.compile(f"[{_HAN}]")
_DOT = re.compile(r"(?<=[^\W\d]) ?[.·] ?(?=[^\W\d])")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_AND_OTHERS = re.compile(
    r"(?:等[0-9一二三四五六七八九十]*[户人名家]?|[0-9]+[户人名家]|代[领签办收]?)$"
)
_PARTS = re.compile(r"[^\w·]+")
_NUMBER = re.compile(r"[0-9](?:[ -]?[0-9X]){6,24}")
_APART = re.compile(r"[^\w \u3000]|_")  # parts words, while blanks only pad a name
_FEWEST_DIGITS = 7  # of a hidden number that is looked for
_SURNAME = MaskRule("surname")
_NUMBER_KINDS: dict[str, Kind] = {
    "phone": "phone",
    "id": "id",
    "card": "card",
    "drop": "number",
    "private": "number",
}


@dataclass(frozen=True)
class HiddenName:
    """A person's name without blanks, as it is shown, and the first column that hides it."""

    text: str
    shown: str
    column: str


@dataclass(frozen=True)
class HiddenThings:
    """What the columns of a village hide. `names` by their first characters, longest first,
    with those in `public`; `rows` are the names of each row by file and row, `numbers` the kinds
    of telephone, identity and bank numbers by their digits."""

    names: dict[str, tuple[HiddenName, ...]]
    public: frozenset[str]
    rows: dict[tuple[str, int], tuple[HiddenName, ...]]
    numbers: dict[str, Kind]


def hidden_things(village: Village, records: Iterable[Record], shared: Shared) -> HiddenThings:
    """What the tables among these records hide under the village's mask profile."""
    masks = shared.mask_profile(village.masks)
    words = shared.privacy
    rows: dict[tuple[str, int], tuple[HiddenName, ...]] = {}
    numbers: dict[str, Kind] = {}
    public = {_bare(word) for word in _own_words(village, shared)}
    for record in records:
        if not isinstance(record.content, Table):
            continue
        schema = shared.tables[record.content.schema]
        for value in hidden_values(record.content, schema, masks):
            place = (record.source.file, value.row)
            if value.field.mask == "name":
                rows[place] = (*rows.get(place, ()), *_names(value, words))
            elif value.field.mask in _NUMBER_KINDS:
                digits = _digits(fold(value.text).text)
                if len(digits) >= _FEWEST_DIGITS:
                    numbers[digits] = _NUMBER_KINDS[value.field.mask]
        shown = {f.name for f in schema.fields if masks.shows(f)}
        for column in shown.intersection(words.names.columns):
            for row in record.content.rows:
                text = str(row.values.get(column) or "")
                public.update(map(_bare, _parts(text, words.surnames)))
    names = {name.text: name for found in reversed(rows.values()) for name in found}
    public_names = (HiddenName(p, p, "") for p in public if p not in names and len(p) > 1)
    return HiddenThings(
        _by_head((*names.values(), *(public_names if names else ()))),
        frozenset(public),
        rows,
        numbers,
    )


def _own_words(village: Village, shared: Shared) -> Iterator[str]:
    """Names that are the village's own: of offices, and of places and bodies that begin like
    names (金山镇)."""
    yield from (person.name for person in (*village.people, *village.supervisors))
    yield from (group.title for group in village.groups)
    yield from (word for a in village.accounts for word in (a.title, a.owner))
    yield from (town.name for town in shared.site.towns)
    yield from (village.name, village.station)


def _names(value: HiddenValue, words: PrivacyWords) -> Iterator[HiddenName]:
    """The persons that a cell names; 王 强 is one, 王强、李明 are two."""
    for part in _parts(value.text, words.surnames):
        if "·" in part or _is_person(part, words):
            yield HiddenName(part.replace("·", ""), value.shown, value.field.name)


def _is_person(part: str, words: PrivacyWords) -> bool:
    """Whether a word in a column of names is a person and no body."""
    is_usual = len(part) <= _SHORT and part[0] in words.surnames
    bodies = words.names.bodies if is_usual else (*words.names.bodies, *words.names.institutions)
    is_body = len(part) > _WORD and part.endswith(bodies)
    return _WORD <= len(part) <= _LONGEST and not is_body


def _parts(text: str, surnames: str) -> Iterator[str]:
    """The words of a cell. What stands in brackets is one only if it begins like a name, and
    等3户 or 代领 behind a name is none."""
    plain = _DOT.sub("·", fold(text).text)
    plain = _BRACKETS.sub(lambda m: f"、{m[1]}、" if m[1][:1] in surnames else "、", plain)
    is_padded = all(len(word) == 1 for word in plain.split())
    for part in _PARTS.split(plain.replace(" ", "") if is_padded else plain):
        bare = _AND_OTHERS.sub("", part)
        if bare and not any(char.isdigit() for char in bare):
            yield bare


def _bare(text: str) -> str:
    return _squeezed(fold(text).text)[0]


def _by_head(names: Iterable[HiddenName]) -> dict[str, tuple[HiddenName, ...]]:
    heads: dict[str, list[HiddenName]] = {}
    for name in sorted(names, key=lambda n: (-len(n.text), n.text)):
        heads.setdefault(name.text[0], []).append(name)
    return {head: tuple(found) for head, found in heads.items()}


# -------------------------------------------------------------------------------- the search


class NameFinder:
    """What a village hides, looked for in its texts. `find` is linear in the text."""

    def __init__(self, things: HiddenThings, words: NameWords, surnames: str) -> None:
        self._things = things
        self._heads = _any_char(things.names)
        self._before = _ending(words.before)
        self._after = _beginning(words.after)
        self._sure = _beginning(words.sure)
        self._recipients = _ending(words.recipients)
        self._benefits = re.compile(f"(?:{_choice(words.between)}){{0,3}}{_choice(words.benefits)}")
        self._relative = _relative(words, surnames)

    def find(self, text: str, *, sure_only: bool = False) -> Iterator[Finding]:
        """Hidden names and numbers in a text that is no cell of the person's own row.

        `sure_only` leaves names of two characters out.
        """
        folded = fold(text)
        yield from self._numbers(folded, text)
        if self._heads is None:
            return
        least = _WORD + 1 if sure_only else _WORD
        for name, start, end in self._places(folded.text):
            kind = self._kind(name, folded.text, start, end)
            if kind is None or len(name.text) < least:
                continue
            found = _finding(kind, name, folded, start, end, text)
            if len(name.text) > _WORD or not _APART.search(found.value):
                yield found

    def find_own(self, text: str, place: tuple[str, int]) -> Iterator[Finding]:
        """The names of a row in another cell of it, and relatives whom that names."""
        own = self._things.rows.get(place, ())
        if not own:
            return
        folded = fold(text)
        squeezed, places = _squeezed(folded.text)
        for name in own:
            at = squeezed.find(name.text)
            if at >= 0:
                end = places[at + len(name.text) - 1] + 1
                yield _finding("name", name, folded, places[at], end, text)
        for match in self._relative.finditer(squeezed):
            start, end = match.span("name")
            word = HiddenName(match["name"], _SURNAME.apply(match["name"]), own[0].column)
            yield _finding("relative", word, folded, places[start], places[end - 1] + 1, text)

    def column_of(self, finding: Finding) -> str:
        """The column that hides what was found."""
        name = self._named(finding.value)
        return name.column if name else ""

    def _named(self, text: str) -> HiddenName | None:
        bare = _squeezed(fold(text).text)[0]
        return next((n for n in self._things.names.get(bare[:1], ()) if n.text == bare), None)

    def _numbers(self, folded: Folded, text: str) -> Iterator[Finding]:
        for match in _NUMBER.finditer(folded.text) if self._things.numbers else ():
            kind = self._things.numbers.get(_digits(match[0]))
            if kind:
                start, end = (
                    folded.place(match.start(), len(text)),
                    folded.place(match.end(), len(text)),
                )
                yield Finding(start, end, kind, text[start:end])

    def _places(self, text: str) -> Iterator[tuple[HiddenName, int, int]]:
        """Names with their places in a folded text, the longest at each place."""
        assert self._heads is not None
        if not self._heads.search(text):
            return
        squeezed, places = _squeezed(text)
        last = 0
        for match in self._heads.finditer(squeezed):
            at = match.start()
            if at < last:
                continue
            for name in self._things.names[match[0]]:
                if squeezed.startswith(name.text, at):
                    last = at + len(name.text)
                    yield name, places[at], places[last - 1] + 1
                    break

    def _kind(self, name: HiddenName, text: str, start: int, end: int) -> Kind | None:
        """Whether the place means the person: surely, perhaps, or not at all."""
        before, after = (
            text[max(start - 8, 0) : start].rstrip(" "),
            text[end : end + 12].lstrip(" "),
        )
        if name.text in self._things.public:
            given = self._recipients.search(before) or self._benefits.match(after)
            return "name" if name.column and given else None
        if len(name.text) > _WORD or self._sure.match(after):
            return "name"
        opens = not _IS_HAN.match(text[start - 1 : start]) or self._before.search(before)
        closes = not _IS_HAN.match(text[end : end + 1]) or self._after.match(after)
        if not opens:
            return None
        return "name" if closes else "name-unsure"


def _finding(
    kind: Kind, name: HiddenName, folded: Folded, start: int, end: int, text: str
) -> Finding:
    first, last = folded.place(start, len(text)), folded.place(end - 1, len(text)) + 1
    return Finding(first, last, kind, text[first:last], name.shown)


def _squeezed(text: str) -> tuple[str, list[int]]:
    """A text without blanks and the dots within names, and where each character stood."""
    places = [n for n, char in enumerate(text) if char not in " ·."]
    return "".join(text[n] for n in places), places


def _digits(text: str) -> str:
    return re.sub(r"[^0-9X]", "", text)


def _any_char(names: Iterable[str]) -> re.Pattern[str] | None:
    heads = "".join(map(re.escape, names))
    return re.compile(f"[{heads}]") if heads else None


def _ending(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"{_choice(words)}$")


def _beginning(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_choice(words))


def _choice(words: Iterable[str]) -> str:
    """Any of the words; nothing matches where there are none."""
    return f"(?:{'|'.join(map(re.escape, words)) or '(?!)'})"


def _relative(words: NameWords, surnames: str) -> re.Pattern[str]:
    """由儿子欧阳小川代领: a word of kinship, a family name, and what may stand behind a name."""
    if not surnames:
        return re.compile("(?!)")
    name = rf"(?:{_choice(sorted(COMPOUND_SURNAMES))}|[{surnames}])[{_HAN}]{{1,2}}?"
    return re.compile(
        rf"{_choice(words.relatives)}[:(]?(?!{_choice(words.allowed)})(?P<name>{name})"
        rf"(?=[^{_HAN}]|$|{_choice(words.after)})"
    )
