"""Sheets that show no record: powers, lists, procedures, cases, supervisors, and the QR code."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from generator.model.powers import PublicList, Step
from generator.model.shared import Article, Shared
from generator.views.articles import article_view
from generator.views.places import Place
from generator.views.powers import FlowView, PowerListView, PowerView
from generator.views.said import say
from generator.views.sheets.sheet import SheetView, sheet_of
from generator.views.stations import StationView
from generator.views.supervising.report import ReportView

_REPORT_FOOT = 14  # mm: it has one line there


def power_list_sheet(view: PowerListView, shared: Shared) -> SheetView | None:
    """The list of all powers, the site's or a village's with its own changes marked."""
    words, place = shared.phrases, view.place
    name = place.village.name if place else ""
    return sheet_of(
        "powers",
        view,
        shared,
        url=f"{place.url if place else ''}powers/",
        title=say(words, "sheets", "powers_title", place=name),
        subtitle=say(words, "sheets", "powers_subtitle", count=view.count, own=view.own_count),
        summary=say(words, "sheets", "powers_summary"),
        official=say(words, "sheets", "powers_official"),
        place=place,
        source="" if place else "content/powers",
        content=[
            {
                "class": title,
                "item": group.item.title,
                "powers": [[x.title, list(x.actors), x.limit, x.note] for x in group.lines],
            }
            for title, groups in view.classes
            for group in groups
        ],
    )


def power_sheet(view: PowerView, shared: Shared) -> SheetView | None:
    """One power: in plain words, who acts, what to bring, how long it takes, the flow with its
    supervision points, risks and what is done against them, where to complain."""
    words, power, place = shared.phrases, view.power, view.place
    name = place.village.name if place else ""
    return sheet_of(
        "power",
        view,
        shared,
        url=view.url,
        title=say(words, "sheets", "power_title", place=name, power=power.title),
        subtitle=say(words, "sheets", "power_subtitle", power=power.title),
        summary=power.plain,
        place=place,
        source=power.source.file,
        channels=view.channels,
        content={
            "class": view.item.power_class,
            "item": view.item.title,
            "plain": power.plain,
            "reason": view.reason,
            "actors": list(power.actors),
            "accountable": power.accountable,
            "limit": power.limit,
            "materials": list(power.materials),
            "steps": _steps(power.steps),
            "risks": [[risk.point, risk.measure] for risk in power.risks],
        },
    )


def list_sheet(public: PublicList, shared: Shared) -> SheetView | None:
    """A list: what must not be done, who answers for what, the duties of those who supervise."""
    sections = [
        [section.title, [[e.title, e.text, e.basis] for e in section.entries]]
        for section in public.sections
    ]
    return sheet_of(
        "list",
        public,
        shared,
        url=f"lists/{public.id}/",
        title=public.title,
        summary=public.plain,
        source=public.source.file,
        own_paper=public.poster,
        content={"plain": public.plain, "sections": sections},
    )


def flow_sheet(view: FlowView, shared: Shared) -> SheetView | None:
    """A procedure that is nobody's power, as a chart with its supervision points."""
    flow = view.flow
    return sheet_of(
        "flow",
        view,
        shared,
        url=view.url,
        title=flow.title,
        summary=flow.plain,
        source=flow.source.file,
        own_paper=flow.poster,
        content={"plain": flow.plain, "steps": _steps(flow.steps)},
    )


def article_sheet(article: Article, shared: Shared, today: date) -> SheetView | None:
    """A case or a guide."""
    view = article_view(article, shared, today)
    return sheet_of(
        "article",
        view,
        shared,
        url=f"cases/{article.id}/",
        layout="guide" if view.item else "article",
        title=article.title,
        summary=article.summary,
        source=article.source.file,
        content={
            "date": article.date.isoformat(),
            "summary": article.summary,
            "body": article.body,
            "columns": [[column.word, column.plain] for column in view.columns],
            "words": [[word.word, word.plain] for word in view.words],
        },
    )


def station_sheet(view: StationView, shared: Shared) -> SheetView | None:
    """The supervisors' sign for the wall; None while nobody may be named."""
    if not view.members:
        return None
    village = view.place.village.name
    title = view.name or say(shared.phrases, "sheets", "station", village=village)
    return sheet_of(
        "station",
        view,
        shared,
        url=view.url,
        title=title,
        subtitle=title.removeprefix(village),
        summary=view.where,
        place=view.place,
        content={
            "where": view.where,
            "members": [[m.name, m.title, m.duty, m.phone, m.is_head] for m in view.members],
            "duties": [[s.title, [e.title for e in s.entries]] for s in view.sections],
            "ways": [[c.title, c.value, c.note] for c in view.place.channels],
        },
    )


def report_sheet(view: ReportView, place: Place | None, shared: Shared) -> SheetView | None:
    """A report to staff, that on a town on paper that lies on its side; its page is none of the
    site's, so it has no code."""
    sheet = sheet_of(
        "report",
        view,
        shared,
        url=place.url if place else "",
        title=view.title,
        subtitle=view.title.removeprefix(view.name),
        summary=view.mark,
        place=place,
    )
    if sheet is None:
        return None
    paper = replace(sheet.paper, foot=_REPORT_FOOT)
    return sheet.on(paper if place else paper.laid("landscape"))


def qr_sheet(place: Place, shared: Shared) -> SheetView | None:
    """The code that leads to a village's home. The address never changes, and nothing else is
    on it: it needs no code of its own and can hang for years."""
    return sheet_of(
        "qr",
        place,
        shared,
        url=place.url,
        title=place.village.name,
        subtitle=say(shared.phrases, "sheets", "qr_subtitle"),
        summary=say(shared.phrases, "sheets", "qr_summary"),
        place=place,
    )


def _steps(steps: tuple[Step, ...]) -> list[dict[str, Any]]:
    """A flow as its chart shows it."""
    return [
        {
            "title": step.title,
            "kind": step.kind,
            "actor": step.actor,
            "limit": step.limit,
            "materials": list(step.materials),
            "supervised": step.supervised,
            "next": [[branch.to, branch.label] for branch in step.next],
        }
        for step in steps
    ]
