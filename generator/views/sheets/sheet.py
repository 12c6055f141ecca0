"""What every sheet for the wall says, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from generator.model.papers import Paper
from generator.model.powers import PublicList, Step
from generator.model.shared import Channel, Shared
from generator.views.articles import ArticleView
from generator.views.calendar import Window
from generator.views.digest import code_of, digest_of
from generator.views.places import Place
from generator.views.powers import FlowView, PowerListView, PowerView
from generator.views.records import RecordView
from generator.views.stations import StationView
from generator.views.walls.rounds import WallView

_REACH = 4

# A Place is the body of the sheet that bears nothing but the code of the village's home.
SheetBody = (
    RecordView
    | PowerListView
    | PowerView
    | PublicList
    | FlowView
    | StationView
    | Place
    | WallView
    | ArticleView
)


@dataclass(frozen=True)
class SheetView:
    """One sheet. `path` is the address of its files without their endings; `layout` names a
    template under templates/posters, `url` the page to which its QR code leads.

    `place` is None on sheets that are the same in every village. `source` is the file that a
    problem of the sheet is told of. `code` is empty where nothing on the sheet can go out of
    date. A sheet that is `signed` keeps room for a seal and signatures; on the others stands
    there whom one can ask. `is_over` says that its time on the wall has passed.
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
    body: SheetBody
    signed: bool = True
    is_over: bool = False

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
    def reach(self) -> tuple[Channel, ...]:
        """The phones that an unsigned sheet names, as many as its foot holds."""
        return tuple(c for c in self.channels if c.kind == "phone")[:_REACH]


def with_code(sheet: SheetView, content: Any) -> SheetView:
    """A sheet that is no record's, with the code of all that it says: `content` is its body,
    title and ways to complain are added."""
    said = {
        "sheet": sheet.layout,
        "village": sheet.place.village.id if sheet.place else "",
        "title": sheet.title,
        "subtitle": sheet.subtitle,
        "publisher": sheet.publisher,
        "phones": [[channel.title, channel.value] for channel in sheet.reach],
        "content": content,
    }
    return replace(sheet, code=code_of(digest_of(said)))


def publisher_of(place: Place | None, shared: Shared) -> str:
    """Who hangs up a sheet that is no record's."""
    return f"{place.village.name}村民委员会" if place else shared.site.publisher


def step_content(steps: tuple[Step, ...]) -> list[dict[str, Any]]:
    """A flow as its chart tells it."""
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
