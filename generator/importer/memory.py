"""Remembers answers by form, so that next month's file of the same form raises no questions.

A form is known by its title, its headings and its worksheet's name, without what changes from month to
month and from village to village. Answers stand in `forms.yaml` beside the village folders of a town.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from pathlib import Path

from generator.intake.decoding import GridRow, Worksheet, read_text
from generator.intake.doubts import Answers
from generator.intake.folders import FORMS_FILE
from generator.intake.headings import heading_key
from generator.intake.shape import read_shape
from generator.intake.values import parse_number
from generator.intake.yamlfile import read_yaml
from generator.model.shared import Shared
from generator.problems import Problem
from generator.settings import CannotBuildError

_HEAD = 30  # rows in which the headings are looked for
# Dates and numbers, with the unit that is theirs: 本月 and 本年 have none, and mean different things.
_CHANGING = re.compile(
    r"第?(?:\d+(?:年度?|月份?|日|号|季度?|组)?|[〇零○一二三四五六七八九十]+(?:年度?|月份?|日|季度?|组))"
    r"[初底末]?|[上下]半年|[-—–~至到、.,。:：;/()]"
)
_MONTHS = re.compile(r"\d+(?=[年月日季])|[一二三四五六七八九十]+(?=[月季])")
_COMMENT = """\
# 导入表格时回答过的问题，按表的样式记着，下个月同样的表不用再问。
# 答错了的，把那一条删掉，再导入一次就会重新问。
"""


@dataclass(frozen=True)
class Form:
    """What a file's layout is known by: a short digest; title and headings are for people to read.
    `content` is a digest of all that stands on the worksheets, which changes with every month."""

    id: str
    title: str
    headings: str
    content: str = field(default="", compare=False)


@dataclass(frozen=True)
class Remembered:
    """An answer that was given to a question about a form."""

    about: str
    question: str
    answer: str


@dataclass(frozen=True)
class KnownForm:
    """A form as it stands in forms.yaml."""

    form: str
    title: str
    headings: str
    answers: tuple[Remembered, ...]


@dataclass(frozen=True)
class FormsFile:
    """All that forms.yaml holds."""

    forms: tuple[KnownForm, ...] = ()


@dataclass(frozen=True)
class Memory:
    """What was answered before, by the file of each town; `paths` are where such files may be."""

    files: Mapping[Path, FormsFile]
    paths: tuple[Path, ...] = ()

    def is_current(self) -> bool:
        """Whether the files still say what they said."""
        return _files(self.paths) == self.files

    def answers(self, form: Form) -> Answers:
        """The answers for a form. What two towns answered in two ways is asked again."""
        found: dict[str, set[str]] = {}
        for file in self.files.values():
            for known in file.forms:
                for entry in known.answers if known.form == form.id else ():
                    found.setdefault(entry.about, set()).add(entry.answer)
        return {about: answers.pop() for about, answers in found.items() if len(answers) == 1}


def read_memory(villages: Path, shared: Shared) -> Memory:
    """The answers remembered under villages/. Raises `CannotBuildError` for a file that cannot be read."""
    folders = (villages, *(villages / town.id for town in shared.site.towns))
    paths = tuple(folder / FORMS_FILE for folder in folders)
    return Memory(_files(paths), paths)


def _files(paths: Iterable[Path]) -> dict[Path, FormsFile]:
    return {path: _read(path) for path in paths if path.is_file()}


def _read(path: Path) -> FormsFile:
    file = f"{path.parent.name}/{path.name}"
    text = read_text(path, file)
    faults: list[Problem] = []
    if isinstance(text, Problem):
        raise CannotBuildError(f"记着回答的文件有误，改好或删掉它再导入：\n{text}")
    node, found = read_yaml(text, file)
    faults.extend(found)
    known = read_shape(node, FormsFile, faults) if node and node.content else FormsFile()
    if faults or known is None:
        lines = "\n".join(map(str, faults))
        raise CannotBuildError(f"记着回答的文件有误，改好或删掉它再导入：\n{lines}")
    return known


def form_of(worksheets: Sequence[Worksheet], shared: Shared, names: Iterable[str]) -> Form:
    """The form that worksheets have together; `names` of villages and towns are no part of it."""
    words = _heading_words(shared)
    strange = sorted(names, key=len, reverse=True)
    parts = sorted({_one(worksheet, words, strange) for worksheet in worksheets})
    text = json.dumps(parts, ensure_ascii=False)
    titles = dict.fromkeys(title for _, title, _ in parts)
    headings = dict.fromkeys(heading for _, _, heading in parts)
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    content = hashlib.sha256()
    for worksheet in worksheets:
        for row in worksheet.rows:
            content.update("\t".join((*row.cells, "\n")).encode("utf-8", "surrogatepass"))
    return Form(
        digest,
        "；".join(filter(None, titles)),
        "；".join(headings),
        content.hexdigest()[:12],
    )


def _heading_words(shared: Shared) -> frozenset[str]:
    return frozenset(
        heading_key(name)[0]
        for schema in shared.tables.values()
        for field in schema.fields
        for name in (field.name, *field.aliases)
    )


def _one(
    worksheet: Worksheet, words: frozenset[str], strange: Sequence[str]
) -> tuple[str, str, str]:
    """A worksheet's name, title and headings without what changes."""
    rows = [row for row in worksheet.rows if not row.is_blank][:_HEAD]
    heading = _heading(rows, words)
    above = rows[: rows.index(heading)] if heading is not None else []
    titles = (_lasting(cell, strange) for row in above for cell in row.cells if cell)
    cells = heading.cells if heading is not None else ()
    shown = "、".join(_column(cell) for cell in cells if cell)
    return _lasting(worksheet.name, strange), " ".join(filter(None, titles)), shown


def _heading(rows: Sequence[GridRow], words: frozenset[str]) -> GridRow | None:
    """The row of headings: most of its words are known, else it is the broadest above the numbers."""
    best = max(rows, key=lambda row: (_known(row, words), _filled(row)), default=None)
    if best is None or _known(best, words):
        return best
    above = takewhile(lambda row: not any(map(parse_number, row.cells)), rows)
    return max(above, key=_filled, default=best)


def _filled(row: GridRow) -> int:
    return sum(map(bool, row.cells))


def _column(text: str) -> str:
    """A heading with its unit, on which an answer may depend, and without the month it is for."""
    name, unit = heading_key(text)
    return _MONTHS.sub("", name) + (f"（{unit}）" if unit else "")


def _known(row: GridRow, words: frozenset[str]) -> int:
    return sum(heading_key(cell)[0] in words for cell in row.cells if cell)


def _lasting(text: str, strange: Sequence[str]) -> str:
    """A text without villages, towns, dates and numbers."""
    kept = "".join(unicodedata.normalize("NFKC", text).split())
    for name in strange:
        kept = kept.replace(name, "")
    return _CHANGING.sub("", kept)


def remembering(memory: Memory, path: Path, given: Mapping[Form, Sequence[Remembered]]) -> bytes:
    """The bytes of a town's forms.yaml with these answers added, the newest in place of older ones."""
    forms = {known.form: known for known in memory.files.get(path, FormsFile()).forms}
    for form, entries in given.items():
        before = forms.get(form.id, KnownForm(form.id, form.title, form.headings, ()))
        answers = {entry.about: entry for entry in (*before.answers, *entries)}
        forms[form.id] = replace(before, answers=tuple(answers.values()))
    lines = [line for known in forms.values() for line in _lines(known)]
    return (_COMMENT + "forms:\n" + "".join(f"{line}\n" for line in lines)).encode()


def _lines(known: KnownForm) -> Iterator[str]:
    yield f"  - form: {quoted(known.form)}"
    yield f"    title: {quoted(known.title)}"
    yield f"    headings: {quoted(known.headings)}"
    yield "    answers:"
    for entry in known.answers:
        yield f"      - about: {quoted(entry.about)}"
        yield f"        question: {quoted(entry.question)}"
        yield f"        answer: {quoted(entry.answer)}"


def quoted(text: str) -> str:
    """A text as YAML takes it, whatever it holds."""
    return json.dumps(text, ensure_ascii=False)
