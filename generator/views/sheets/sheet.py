"""Builds a sheet for the wall, whatever it is about, with the code that it carries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from generator.model.calendar import Window
from generator.model.filenames import SHEET
from generator.model.papers import Paper, PaperChoice, SheetKind
from generator.model.shared import Channel, Shared
from generator.publishing.digest import code_of, digest_of
from generator.views.places import Place
from generator.views.said import say
from generator.views.sheets.blocks import Answers, ProjectBlock

_REACH = 4


@dataclass(frozen=True)
class SheetView:
    """One sheet. `path` is the address of its files without their endings; `layout` names a
    template under templates/posters that shows `body`, `url` the page to which its QR code leads.

    `place` is None on sheets that are the same in every village. `source` is the file in which a
    problem of the sheet is to be mended. `code` is empty where nothing on the sheet can go out of
    date. A sheet that is `signed` keeps room for a seal and signatures; on the others stands
    there whom one can ask. `is_over` says that its time on the wall has passed; `reviewed` names who
    approved what it says and when, and one that `is_draft` waits for that: it has no QR code.
    `official` is what officials call what readers know by another name.

    On a record's sheet, `marks` are words beside cells, by row number and column, and `blocks`
    the rows where they are no table: projects, or questions with their answers.
    """

    path: str
    layout: str
    paper: Paper
    title: str
    subtitle: str
    publisher: str
    summary: str
    url: str
    code: str
    place: Place | None
    channels: tuple[Channel, ...]
    window: Window | None
    source: str
    body: object
    signed: bool = True
    is_over: bool = False
    marks: Mapping[tuple[int, str], str] = field(default_factory=dict, hash=False)
    blocks: tuple[ProjectBlock, ...] | Answers | None = None
    reviewed: tuple[str, ...] = ()
    is_draft: bool = False
    official: str = ""

    def on(self, paper: Paper) -> SheetView:
        """The same sheet on another paper."""
        return replace(self, paper=paper)

    @property
    def home(self) -> str:
        """The address printed beside the code: short enough to be typed."""
        return self.place.url if self.place else self.url

    @property
    def phone(self) -> Channel | None:
        """The supervision phone."""
        return next((c for c in self.channels if c.kind == "phone"), None)

    @property
    def mailbox(self) -> Channel | None:
        """Where a note can be dropped."""
        return next((c for c in self.channels if c.kind == "mailbox"), None)

    @property
    def office(self) -> Channel | None:
        """Where one can ask in person."""
        return next((c for c in self.channels if c.kind == "office"), None)

    @property
    def reach(self) -> tuple[Channel, ...]:
        """The phones that an unsigned sheet names, as many as its foot holds."""
        return tuple(c for c in self.channels if c.kind == "phone")[:_REACH]


def sheet_of(
    kind: SheetKind,
    body: object,
    shared: Shared,
    *,
    url: str,
    title: str,
    summary: str,
    subtitle: str = "",
    path: str = "",
    layout: str = "",
    place: Place | None = None,
    source: str = "",
    own_paper: PaperChoice | None = None,
    official: str = "",
    channels: tuple[Channel, ...] = (),
    content: object = None,
) -> SheetView | None:
    """A sheet that is no record's; None where papers.yaml has no paper for its kind. `channels`
    are the nearest ways to complain, else those of the village or the site. `content` is all that
    its body says: with it, the sheet carries a code."""
    paper = shared.sheet_paper(kind, own_paper)
    if paper is None:
        return None
    village = place.village if place else None
    sheet = SheetView(
        path=path or f"{url}{SHEET}",
        layout=layout or kind,
        paper=paper,
        title=title,
        subtitle=subtitle or title,
        publisher=say(shared.phrases, "sheets", "publisher", village=village.name)
        if village
        else shared.site.publisher,
        summary=summary,
        url=url,
        code="",
        place=place,
        channels=channels or (place.channels if place else shared.site.channels),
        window=None,
        source=source or (village.source.file if village else ""),
        body=body,
        signed=False,
        official=official,
    )
    return sheet if content is None else replace(sheet, code=_code(sheet, content))


def _code(sheet: SheetView, content: object) -> str:
    """The code of all that a sheet says: its body, its titles and its ways to complain."""
    said: dict[str, Any] = {
        "sheet": sheet.layout,
        "village": sheet.place.village.id if sheet.place else "",
        "title": sheet.title,
        "subtitle": sheet.subtitle,
        "publisher": sheet.publisher,
        "phones": [[channel.title, channel.value] for channel in sheet.reach],
        "content": content,
    }
    return code_of(digest_of(said))
