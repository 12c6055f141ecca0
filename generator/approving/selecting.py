"""Decides which of what waits somebody asks for, and whether the role may answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.approving.changes import Change, Waiting, waiting_in
from generator.intake.folders import VillageFolder, find_villages
from generator.intake.naming import chosen_villages, item_names, named, written_period
from generator.model.approval import Reviewer
from generator.model.shared import Shared
from generator.reading import sound_content
from generator.settings import CannotBuildError, Settings, need_folder


@dataclass(frozen=True)
class Asked:
    """What somebody wants to look at: of some villages, items and one period, each all where none
    is named."""

    villages: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    period: str = ""


@dataclass(frozen=True)
class VillageWaiting:
    """What waits in one village's folder, of that which was asked for; `others` are as many as only
    another role may answer."""

    folder: VillageFolder
    waiting: Waiting
    others: int = 0


def asked_for(
    asked: Asked, role: str, by: str, settings: Settings
) -> tuple[Shared, tuple[VillageWaiting, ...]]:
    """What waits of that which was asked for and the role may answer; without a role, all of it.

    Raises `CannotBuildError` where nothing is reviewed, or village, item, period or role are unknown.
    """
    need_folder(settings.villages)
    shared, _ = sound_content(settings.content, settings.today, "才能审核")
    if not shared.site.review:
        raise CannotBuildError(
            "site.yaml 没有写 review，内容不用审核就公开。要先审核的，写上谁可以审核。"
        )
    reviewer = _reviewer(role, by, shared) if role else None
    folders = chosen_villages(asked.villages, find_villages(settings.villages, shared)[0])
    items = frozenset(_item(text, shared) for text in asked.items)
    period = written_period(asked.period) if asked.period else None
    if asked.period and period is None:
        raise CannotBuildError(f"看不懂期次“{asked.period}”。请写成 2025-09、2025年三季度 这样。")
    found = []
    for folder in folders:
        waiting = waiting_in(folder, shared, settings.today)
        chosen = [
            change
            for change in waiting.changes
            if (not items or change.item in items)
            and (period is None or change.period == period.text)
        ]
        own = tuple(change for change in chosen if may_answer(reviewer, change))
        others = len(chosen) - len(own)
        found.append(VillageWaiting(folder, replace(waiting, changes=own), others))
    return shared, tuple(found)


def may_answer(reviewer: Reviewer | None, change: Change) -> bool:
    """Whether a role may approve a change: what is of its items; all else only where none are named."""
    return reviewer is None or not reviewer.items or change.item in reviewer.items


def _reviewer(role: str, by: str, shared: Shared) -> Reviewer:
    known = "、".join(one.role for one in shared.site.review)
    found = next((one for one in shared.site.review if one.role == role), None)
    if found is None:
        raise CannotBuildError(f"site.yaml 的 review 里没有“{role}”。可以审核的有：{known}。")
    if found.names and by not in found.names:
        raise CannotBuildError(
            f"“{by}”不在 site.yaml 里{role}的名单上。名单：{'、'.join(found.names)}。"
        )
    return found


def _item(text: str, shared: Shared) -> str:
    found = named(text, item_names(shared.catalogue.items))
    if len(found) != 1 or shared.catalogue.find(found[0]) is None:
        known = "、".join(item.title for item in shared.catalogue.items)
        raise CannotBuildError(f"没有这个事项：{text}。有的事项：{known}。")
    return found[0]
