"""The catalogue in the columns of the state's standard directories, and what covers each line of a norm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.model.catalogue import Board, Item
from generator.model.filenames import CATALOGUE
from generator.model.law import RulePack
from generator.model.norms import Norm, NormLine
from generator.model.powers import ListEntry, ListSection, PublicList
from generator.model.shared import Shared
from generator.views.duties.since import due_words
from generator.views.said import say

DIRECTORY = (
    "序号",
    "公开事项（一级）",
    "公开事项（二级）",
    "公开内容（要素）",
    "公开依据",
    "公开时限",
    "公开主体",
    "公开渠道和载体",
    "公开对象",
    "公开方式",
    "公开层级",
)
COVERAGE = ("序号", "类别", "要公开的", "在哪一项看", "看哪几栏", "看哪些科目", "还差什么")


def directory(shared: Shared, rules: RulePack, today: date) -> Iterator[tuple[str, ...]]:
    """A line for each item, under the headings of `DIRECTORY`, by the law of the day."""
    pairs = ((board, item) for board in shared.catalogue.boards for item in board.items)
    for number, (board, item) in enumerate(pairs, start=1):
        yield (
            str(number),
            board.title,
            item.title,
            say(
                shared.phrases,
                "directory",
                "content",
                plain=item.plain,
                columns=_columns(item, shared),
            ),
            _basis(item, today),
            _time(item, shared, rules, today),
            item.body,
            _channels(item, shared),
            *(say(shared.phrases, "directory", phrase) for phrase in ("audience", "way", "level")),
        )


def public_lists(shared: Shared, today: date) -> tuple[PublicList, ...]:
    """The lists of content/, the catalogue as a list, and a list of what each norm requires."""
    norms = (_norm_list(norm, shared) for norm in shared.norms)
    return (*shared.lists, catalogue_list(shared, today), *norms)


def catalogue_list(shared: Shared, today: date) -> PublicList:
    """The catalogue for reading and for the wall; what all items share is said above them."""
    rules = shared.rule_pack("")

    def entry(item: Item) -> ListEntry:
        facts = {"plain": item.plain, "time": _time(item, shared, rules, today), "body": item.body}
        text = say(shared.phrases, "directory", "entry", **facts)
        return ListEntry(item.both, text, _basis(item, today))

    def section(board: Board) -> ListSection:
        return ListSection(board.both, tuple(map(entry, board.items)))

    return PublicList(
        CATALOGUE,
        say(shared.phrases, "directory", "title"),
        say(shared.phrases, "directory", "plain", site=shared.site.name),
        tuple(map(section, shared.catalogue.boards)),
        shared.site.source,
        poster=shared.catalogue.poster,
    )


def coverage(norm: Norm, shared: Shared) -> Iterator[tuple[str, ...]]:
    """Where each line of a norm is covered, under the headings of `COVERAGE`: one line for each
    place, and one without a place where there is only a gap."""
    lines = ((part.title, line) for part in norm.classes for line in part.lines)
    for number, (title, line) in enumerate(lines, start=1):
        places = [(_item_title(p.item, shared), p.columns, p.subjects) for p in line.at]
        for item, columns, subjects in places or [("", (), ())]:
            parts = (item, "、".join(columns), "、".join(subjects), line.gap)
            yield (str(number), title, line.title, *parts)


def _norm_list(norm: Norm, shared: Shared) -> PublicList:
    def entry(line: NormLine) -> ListEntry:
        places = [(_item_title(p.item, shared), p.columns, p.subjects) for p in line.at]
        text = say(shared.phrases, "directory", "found", places=places, gap=line.gap)
        return ListEntry(line.title, text)

    sections = (ListSection(c.title, tuple(map(entry, c.lines))) for c in norm.classes)
    return PublicList(norm.id, norm.title, norm.plain, tuple(sections), norm.source, norm.basis)


def _item_title(item_id: str, shared: Shared) -> str:
    item = shared.catalogue.find(item_id)
    return item.title if item else item_id


def _columns(item: Item, shared: Shared) -> tuple[str, ...]:
    """What is published of a table."""
    schema = shared.tables.get(item.table)
    masks = shared.mask_profile("")
    fields = schema.fields if schema else ()
    return tuple(field.heading for field in fields if not masks.drops(field))


def _basis(item: Item, today: date) -> str:
    return "；".join(f"《{b.title}》{b.article}" for b in item.basis if b.holds_on(today))


def _time(item: Item, shared: Shared, rules: RulePack, today: date) -> str:
    return say(
        shared.phrases,
        "directory",
        "time",
        due=due_words(item, rules, today, shared.phrases),
        days=max(days.count for days in rules.display(item, today)),
        since=item.effective if item.effective and item.effective > today else None,
    )


def _channels(item: Item, shared: Shared) -> str:
    facts = {"site": shared.site.name, "has_sheet": item.poster is not None}
    return say(shared.phrases, "directory", "channels", **facts)
