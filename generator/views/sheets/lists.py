"""Sheets of the lists that stand beside the powers, and of procedures that are nobody's power."""

from __future__ import annotations

from generator.model.names import SHEET
from generator.model.powers import PublicList
from generator.model.shared import Shared
from generator.views.powers import FlowView
from generator.views.sheets.sheet import SheetView, publisher_of, step_content, with_code


def list_sheet(public: PublicList, shared: Shared) -> SheetView | None:
    """A list: what must not be done, who answers for what, the duties of those who supervise."""
    paper = shared.sheet_paper("list", public.poster)
    if paper is None:
        return None
    url = f"lists/{public.id}/"
    sheet = SheetView(
        path=f"{url}{SHEET}",
        layout="list",
        paper=paper,
        title=public.title,
        subtitle=public.title,
        publisher=publisher_of(None, shared),
        summary=public.plain,
        url=url,
        code="",
        place=None,
        channels=shared.site.channels,
        window=None,
        source=public.source.file,
        body=public,
        signed=False,
    )
    sections = [
        [section.title, [[e.title, e.text, e.basis] for e in section.entries]]
        for section in public.sections
    ]
    return with_code(sheet, {"plain": public.plain, "sections": sections})


def flow_sheet(view: FlowView, shared: Shared) -> SheetView | None:
    """A procedure as a chart with its supervision points."""
    paper = shared.sheet_paper("flow", view.flow.poster)
    if paper is None:
        return None
    sheet = SheetView(
        path=f"{view.url}{SHEET}",
        layout="flow",
        paper=paper,
        title=view.flow.title,
        subtitle=view.flow.title,
        publisher=publisher_of(None, shared),
        summary=view.flow.plain,
        url=view.url,
        code="",
        place=None,
        channels=shared.site.channels,
        window=None,
        source=view.flow.source.file,
        body=view,
        signed=False,
    )
    content = {"plain": view.flow.plain, "steps": step_content(view.flow.steps)}
    return with_code(sheet, content)
