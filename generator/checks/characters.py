"""Finds characters that were lost on the way from one computer to another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.context import Context, cell
from generator.model.masks import MaskRule
from generator.model.schema import Field
from generator.model.village import Document, Record, Village
from generator.problems import Problem, Source, problem

# What programs write where they have no character: U+FFFD, boxes, the 〓 of printing houses, numbers in place of
# characters, code points that mean something on one computer only, and what is left when UTF-8 was read as GBK twice.
_LOST = "\ufffd|锟斤拷|[\ue000-\uf8ff\U000f0000-\U0010fffd]|&#(?:[1-9][0-9]{4,5}|[xX][2-9a-fA-F][0-9a-fA-F]{3,4});"
_HAN = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TEXT = re.compile(_LOST)
_TITLE = re.compile(rf"{_LOST}|[□〓▯]|[?？]{{2,}}(?=.)")
_NAME = re.compile(rf"{_LOST}|[□〓▯]|(?<=[{_HAN}])[?？]|[?？](?=[{_HAN}])|^[?？]+$")
_NAMES = ("name", "group")
_NUMBER = re.compile(r"&#([xX]?)([0-9a-fA-F]+);")
_LARGEST = 0x10FFFF
_SHOW = MaskRule("show")


def sound_characters(context: Context) -> Iterator[Problem]:
    """Names, titles and texts hold no marks of lost characters.

    In a name `?` is such a mark, in a title two of them within the words are, in a text none: it may be a question.
    """
    village = context.data.village
    masks = context.shared.mask_profile(village.masks)
    yield from _of_village(village)
    for record, table, schema in context.tables():
        fields = [field for field in schema.fields if field.name in table.columns]
        for row in table.rows:
            for field in fields:
                value = row.values.get(field.name)
                if isinstance(value, str):
                    source = cell(record, row.number, field.name)
                    yield from _fault(value, _kind(field), source, masks.rule(field.mask))
    for record in context.data.records:
        if isinstance(record.content, Document):
            yield from _of_document(record, record.content)


def _kind(field: Field) -> str:
    """What a column holds: names, titles or texts."""
    if field.role in _NAMES or field.mask == "name":
        return "name"
    return "title" if field.role == "title" else "text"


def _pattern(kind: str) -> re.Pattern[str]:
    return {"name": _NAME, "title": _TITLE}.get(kind, _TEXT)


def _of_village(village: Village) -> Iterator[Problem]:
    named = [
        (village.name, village.source),
        *((group.title, village.source) for group in village.groups),
        *((account.title, village.source) for account in village.accounts),
    ]
    for person in (*village.people, *village.supervisors):
        named += [(person.name, person.source), (person.title, person.source)]
    for text, source in named:
        yield from _fault(text, "name", source)
    for channel in village.channels:
        yield from _fault(f"{channel.title} {channel.value}", "text", village.source)


def _of_document(record: Record, document: Document) -> Iterator[Problem]:
    front = document.front
    yield from _fault(front.title, "title", Source(front.source.file, front.source.row, "title"))
    for text in (front.summary, front.outcome, front.number, front.publisher):
        yield from _fault(text, "text", front.source)
    for number, line in enumerate(document.body.split("\n")):
        yield from _fault(line, "text", Source(record.source.file, document.row + number))


def _fault(text: str, kind: str, source: Source, rule: MaskRule = _SHOW) -> Iterator[Problem]:
    match = next(filter(_is_lost, _pattern(kind).finditer(text)), None)
    if match is None:
        return
    code = "character-name" if kind == "name" else "character-lost"
    shown = _around(text, match) if rule.style == "show" else rule.apply(text) or "*"
    yield problem(code, source, value=shown, what=_words(match[0]))


def _is_lost(match: re.Match[str]) -> bool:
    """Whether a mark is one: a number between `&#` and `;` is, where it is a Chinese character's."""
    char = _of_number(match[0])
    return not match[0].startswith("&") or re.fullmatch(f"[{_HAN}]", char) is not None


def _of_number(sign: str) -> str:
    """The character that a number stands for, or nothing."""
    number = _NUMBER.fullmatch(sign)
    value = int(number[2], 16 if number[1] else 10) if number else _LARGEST + 1
    return chr(value) if value <= _LARGEST else ""


def _words(sign: str) -> str:
    """How a mark of a lost character is named in a report."""
    if len(sign) == 1 and (sign == "\ufffd" or not sign.isprintable()):
        return f"坏掉的字（U+{ord(sign):04X}）"
    char = _of_number(sign)
    return f"“{sign}”" + (f"（是“{char}”的编号）" if char else "")


def _around(text: str, match: re.Match[str]) -> str:
    """The words beside a mark; marks that cannot be seen show as a box."""
    near = text[max(match.start() - 8, 0) : match.end() + 8]
    return re.sub("[\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]", "□", near)
