"""Sheets of powers: the list of all, and how one is used, step by step."""

from __future__ import annotations

from typing import Any

from generator.model.names import SHEET
from generator.model.shared import Shared
from generator.views.powers import PowerListView, PowerView
from generator.views.sheets.sheet import SheetView, publisher_of, step_content, with_code

LIST = "小微权力清单"


def power_list_sheet(view: PowerListView, shared: Shared) -> SheetView | None:
    """The list of all powers, the site's or a village's with its own changes marked."""
    paper = shared.sheet_paper("powers")
    if paper is None:
        return None
    place = view.place
    url = f"{place.url if place else ''}powers/"
    own = f"，其中本村调整、增加 {view.own_count} 项" if view.own_count else ""
    channels = place.channels if place else shared.site.channels
    sheet = SheetView(
        path=f"{url}{SHEET}",
        layout="powers",
        paper=paper,
        title=f"{place.village.name if place else ''}{LIST}",
        subtitle=f"{LIST}（共 {view.count} 项{own}）",
        publisher=publisher_of(place, shared),
        summary="谁来办、多久办好，都写在这里。怎么一步一步办、要带什么、监督看什么，扫码一项一项看。",
        url=url,
        code="",
        place=place,
        channels=channels,
        window=None,
        source=place.village.source.file if place else "content/powers",
        body=view,
        signed=False,
    )
    return with_code(sheet, _list_content(view))


def power_sheet(view: PowerView, shared: Shared) -> SheetView | None:
    """One power: in plain words, who acts, what to bring, how long it takes, the flow with its
    supervision points, risks and what is done against them, where to complain."""
    paper = shared.sheet_paper("power")
    if paper is None:
        return None
    power, place = view.power, view.place
    sheet = SheetView(
        path=f"{view.url}{SHEET}",
        layout="power",
        paper=paper,
        title=f"{place.village.name if place else ''}小微权力：{power.title}",
        subtitle=f"{power.title}流程图",
        publisher=publisher_of(place, shared),
        summary=power.plain,
        url=view.url,
        code="",
        place=place,
        channels=view.channels or (place.channels if place else shared.site.channels),
        window=None,
        source=power.source.file,
        body=view,
        signed=False,
    )
    return with_code(sheet, _power_content(view))


def _list_content(view: PowerListView) -> list[Any]:
    return [
        {
            "class": title,
            "item": group.item.title,
            "powers": [[x.title, list(x.actors), x.limit, x.note] for x in group.lines],
        }
        for title, groups in view.classes
        for group in groups
    ]


def _power_content(view: PowerView) -> dict[str, Any]:
    power = view.power
    return {
        "class": view.item.power_class,
        "item": view.item.title,
        "plain": power.plain,
        "reason": view.reason,
        "actors": list(power.actors),
        "accountable": power.accountable,
        "limit": power.limit,
        "materials": list(power.materials),
        "steps": step_content(power.steps),
        "risks": [[risk.point, risk.measure] for risk in power.risks],
    }
