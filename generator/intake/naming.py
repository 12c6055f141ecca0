"""Knows what people write where a code is meant: 双槐村 for shuanghuai, 财务收支 for ledger, 2026年三季度."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from generator.intake.decoding import read_text
from generator.intake.folders import VillageFolder
from generator.intake.nearest import nearest
from generator.intake.periods import Found, period_of
from generator.intake.yamlfile import read_yaml
from generator.model.catalogue import Item
from generator.model.period import Period, parse_period
from generator.model.village import Account
from generator.problems import Problem
from generator.settings import CannotBuildError

MONTH_WITH_POINT = re.compile(r"(\d{4})\.(0?[1-9]|1[0-2])", re.ASCII)
"""2025.9, of which the 9 would be a set of books."""
_OPTION = "--period"
_MOST_NAMED = 12  # villages; a county has hundreds
# What periods are written with, in whatever order.
_ALONE = re.compile("[0-9〇零○一二三四五六七八九十年第季度上下半月份至到QH./-]+", re.IGNORECASE)


def named(text: str, names: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[str, ...]:
    """The ids that a text names, by the id itself or one of the names that belong to it; several where
    two things are called the same."""
    word = _squeezed(text)
    entries = [(key, tuple(map(_squeezed, other))) for key, other in names]
    if any(key == word for key, _ in entries):
        return (word,)
    return tuple(key for key, other in entries if word in other)


def village_named(text: str, folders: Iterable[VillageFolder]) -> tuple[str, ...]:
    """The ids of the villages that a text names: by id, by town and id, by name, by town and name."""
    folders = tuple(folders)
    if any(folder.id == text for folder in folders):
        return (text,)
    return named(text, [(folder.id, _village_names(folder)) for folder in folders])


def chosen_villages(
    names: Iterable[str], folders: tuple[VillageFolder, ...]
) -> tuple[VillageFolder, ...]:
    """The villages that these texts name, in the order of the texts; all where there are none.

    Raises `CannotBuildError` where a text names no village, or more than one.
    """
    found = {text: village_named(text, folders) for text in names}
    for text, ids in sorted(found.items()):
        if len(ids) > 1:
            places = "、".join(f.name.split("/", 1)[-1] for f in folders if f.id in ids)
            raise CannotBuildError(f"叫 {text} 的村有 {len(ids)} 个，请写是哪一个：{places}。")
        if not ids:
            raise CannotBuildError(f"没有这个村：{text}。{_like(text, folders)}")
    by_id = {folder.id: folder for folder in folders}
    return tuple(by_id[ids[0]] for ids in found.values()) if found else folders


def _like(text: str, folders: Sequence[VillageFolder]) -> str:
    """The villages that there are, first those whose names have this text in them."""
    called = [f"{village_title(folder)}（{folder.id}）" for folder in folders]
    alike = [name for name in called if text in name] or called
    more = f" 等 {len(alike)} 个村" if len(alike) > _MOST_NAMED else ""
    return (
        f"有的村：{'、'.join(alike[:_MOST_NAMED])}{more}。"
        if alike
        else "还没有村，请先用 new 建一个。"
    )


def village_title(folder: VillageFolder) -> str:
    """The name that a village gives itself; its place where it gives none."""
    return _village_names(folder)[-1]


def _village_names(folder: VillageFolder) -> tuple[str, ...]:
    """The folder's place under villages/, and the name that its village.yaml gives."""
    place, own = folder.name.split("/", 1)[-1], own_name(folder)
    return (place, own) if own else (place,)


def own_name(folder: VillageFolder) -> str:
    """The name that a village's village.yaml gives; nothing where it cannot be read."""
    written = read_text(folder.path / "village.yaml", folder.name)
    node = None if isinstance(written, Problem) else read_yaml(written, folder.name)[0]
    name = node.mapping.get("name") if node else None
    return name.content if name is not None and isinstance(name.content, str) else ""


def item_names(items: Iterable[Item]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Items by id, with their official term and what pages call them."""
    return tuple((item.id, (item.title, item.called)) for item in items)


def folder_meant(name: str, items: Sequence[Item]) -> str:
    """What a folder should be called that bears the Chinese name of an item, or nearly its id; nothing
    where neither is so."""
    ids = named(name, item_names(items))
    if len(ids) == 1:
        return f"“{name}”的文件夹要叫 {ids[0]}，请改成这个名字。"
    return nearest(name, [item.id for item in items])


def account_names(accounts: Iterable[Account]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Sets of books by id: their title with and without 账, and whose they are."""
    return tuple((a.id, (a.title, a.title.removesuffix("账"), a.owner)) for a in accounts)


def written_period(text: str, item: Item | None = None) -> Period | None:
    """A period as in a file name or as people say it: 2026年10月, 2026年三季度, 截至2026年9月底.

    A day until which a table reports is a period's end only for an item whose periods end then.
    """
    known = parse_period(text)
    if known is not None:
        return known
    found: Found = period_of([(_OPTION, text)], [], item.period if item else "month")
    return found.period


def period_alone(text: str, item: Item | None = None) -> Period | None:
    """The same where a text is a period and nothing else: 2025年三季度, and not 2025年三季度合作社."""
    return written_period(text, item) if _ALONE.fullmatch(_squeezed(text)) else None


def file_meant(stem: str, ending: str, item: Item) -> str:
    """How a file should be called that bears no period as files have them."""
    if pointed := MONTH_WITH_POINT.fullmatch(stem):
        month = f"{pointed[1]}-{int(pointed[2]):02}{ending}"
        return f"年和月之间请用短横线：{month}；点后面写的是账套。"
    if meant := period_alone(stem, item):
        return f"请改名为 {meant.text}{ending}。"
    return "请用期次做文件名，例如 2025-09.csv、2025Q3.csv、2025.csv。"


def _squeezed(text: str) -> str:
    return "".join(text.split())
