"""Powers with their flows: the standard list, and each village's with its own changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from generator.model.catalogue import Basis
from generator.model.phrases import Phrases
from generator.model.powers import Flow, Power, PowerItem, PowerOverride, Step
from generator.model.shared import Channel, Shared
from generator.views.law import majority_words
from generator.views.places import Link, Place
from generator.views.records import RecordView
from generator.views.said import say

# Channels that every village has of its own.
_OF_VILLAGES = frozenset({"committee", "office"})
# Records by the address of the power's page.
Uses = Mapping[str, tuple[Link, ...]]
_MANY = 30  # records; more of them are told by village


@dataclass(frozen=True)
class StepLine:
    """A step in the list of steps; `ways` say where it continues when that is not the next step,
    `majority` which majority it needs."""

    number: int
    step: Step
    ways: tuple[str, ...]
    majority: str


@dataclass(frozen=True)
class PowerView:
    """A power's page: the standard's, or a village's own form of it.

    `reason` says why the village differs; `used` are the records in which it was used, or
    villages with the number of them where they are many, `mentioned` those that only speak of
    it; `lists` stand beside all powers.
    """

    power: Power
    item: PowerItem
    url: str
    lines: tuple[StepLine, ...]
    basis: tuple[Basis, ...]
    channels: tuple[Channel, ...]
    lists: tuple[Link, ...]
    place: Place | None = None
    reason: str = ""
    is_added: bool = False
    used: tuple[Link, ...] = ()
    mentioned: tuple[Link, ...] = ()

    @property
    def asks_village(self) -> bool:
        """Whether the way to complain leads to the reader's own village, whichever that is."""
        return self.place is None and not _OF_VILLAGES.isdisjoint(self.power.channels)


@dataclass(frozen=True)
class PowerLine:
    """A power in a list. `words` are searched beside the title; `used` are the records in which
    it was used."""

    id: str
    title: str
    url: str
    words: str
    actors: tuple[str, ...]
    limit: str
    note: str
    used: tuple[Link, ...] = ()


@dataclass(frozen=True)
class PowerGroup:
    """Powers of one item."""

    item: PowerItem
    lines: tuple[PowerLine, ...]


@dataclass(frozen=True)
class PowerListView:
    """A list of powers by class and item, the standard's or a village's."""

    place: Place | None
    classes: tuple[tuple[str, tuple[PowerGroup, ...]], ...]
    count: int
    own_count: int
    lists: tuple[Link, ...] = ()


@dataclass(frozen=True)
class FlowView:
    """A procedure without a power."""

    flow: Flow
    url: str
    lines: tuple[StepLine, ...]


def step_lines(steps: tuple[Step, ...], shared: Shared, day: date) -> tuple[StepLine, ...]:
    """Steps as a numbered list that can be read without the picture, by the law of a day."""
    numbers = {step.id: number for number, step in enumerate(steps, start=1)}
    lines = []
    for number, step in enumerate(steps, start=1):
        targets = [(branch.label, numbers[branch.to]) for branch in step.next]
        ways = tuple(
            say(
                shared.phrases, "powers", "way", label=label, target=target, is_back=target < number
            )
            for label, target in targets
        )
        majority = majority_words(step.majority, shared, day)
        is_next = targets == [("", number + 1)]
        lines.append(StepLine(number, step, () if is_next else ways, majority))
    return tuple(lines)


def standard_power_views(shared: Shared, today: date) -> tuple[PowerView, ...]:
    """A page for each standard power."""
    channels = {channel.id: channel for channel in shared.site.channels}
    return tuple(
        _view(power, item, f"powers/{power.id}/", map(channels.get, power.channels), shared, today)
        for item in shared.power_items
        for power in item.powers
    )


def _view(
    power: Power,
    item: PowerItem,
    url: str,
    channels: Iterable[Channel | None],
    shared: Shared,
    today: date,
) -> PowerView:
    """A standard power's page, with those of its channels that exist."""
    lines = step_lines(power.steps, shared, today)
    basis = tuple(basis for basis in power.basis if basis.holds_on(today))
    known = tuple(channel for channel in channels if channel is not None)
    return PowerView(power, item, url, lines, basis, known, lists_beside(shared))


def flow_views(shared: Shared, today: date) -> tuple[FlowView, ...]:
    """A page for each procedure."""
    return tuple(
        FlowView(flow, f"lists/{flow.id}/", step_lines(flow.steps, shared, today))
        for flow in shared.flows
    )


def lists_beside(shared: Shared) -> tuple[Link, ...]:
    """The lists beside the powers: what must not be done, who must do what, and how problems are
    handled."""
    lists = (Link(one.title, f"lists/{one.id}/") for one in shared.lists)
    return (*lists, *(Link(flow.title, f"lists/{flow.id}/") for flow in shared.flows))


def power_list(
    shared: Shared,
    place: Place | None = None,
    own: tuple[PowerView, ...] = (),
    used: Uses = MappingProxyType({}),
) -> PowerListView:
    """The standard list, or a village's: the standard with its own powers in their places."""
    changed = {view.power.id: view for view in own if not view.is_added}
    notes = {way: say(shared.phrases, "powers", way) for way in ("changed", "added")}
    classes: dict[str, list[PowerGroup]] = {}
    for item in shared.power_items:
        lines = [
            _line(changed[power.id].power, changed[power.id].url, notes["changed"], used)
            if power.id in changed
            else _line(power, f"powers/{power.id}/", "", used)
            for power in item.powers
        ]
        added = (view for view in own if view.is_added and view.item is item)
        lines += [_line(view.power, view.url, notes["added"], used) for view in added]
        classes.setdefault(item.power_class, []).append(PowerGroup(item, tuple(lines)))
    grouped = tuple((title, tuple(groups)) for title, groups in classes.items())
    count = sum(len(group.lines) for _, groups in grouped for group in groups)
    return PowerListView(place, grouped, count, len(own), lists_beside(shared))


def _line(power: Power, url: str, note: str, used: Uses) -> PowerLine:
    words = " ".join(dict.fromkeys((power.plain, *power.actors, *power.materials)))
    return PowerLine(
        power.id, power.title, url, words, power.actors, power.limit, note, used.get(url, ())
    )


def uses(views: tuple[RecordView, ...]) -> Uses:
    """A village's records by the page of the power that they used, in the village's own words."""
    found: dict[str, tuple[Link, ...]] = {}
    for view in views:
        if view.power is not None and view.uses_power:
            link = Link.to(view.publication)
            found[view.power.url] = (*found.get(view.power.url, ()), link)
    return found


def own_power_views(
    place: Place,
    shared: Shared,
    overrides: tuple[PowerOverride, ...],
    views: tuple[RecordView, ...],
    today: date,
) -> tuple[PowerView, ...]:
    """A page for each power that a village changed or added."""
    items = {item.id: item for item in shared.power_items}
    pages = []
    for override in overrides:
        power = override.power
        url = f"{place.url}powers/{power.id}/"
        channels = map(place.channel, power.channels)
        view = _view(power, items[override.item], url, channels, shared, today)
        pages.append(
            replace(
                view,
                place=place,
                reason=override.reason,
                is_added=override.added,
                used=records_naming(url, views, used=True),
                mentioned=records_naming(url, views, used=False),
            )
        )
    return tuple(pages)


def records_naming(url: str, views: tuple[RecordView, ...], *, used: bool) -> tuple[Link, ...]:
    """Records that name the power with this page: those that used it, or the others."""
    return tuple(
        Link(f"{v.place.village.name} {v.publication.title}", v.publication.url)
        for v in views
        if v.power is not None and v.power.url == url and v.uses_power == used
    )


def with_uses(
    view: PowerView,
    used: tuple[tuple[Link, Link], ...],
    mentioned: tuple[Link, ...],
    phrases: Phrases,
) -> PowerView:
    """A standard power's page with the records of all villages that used it: pairs of the
    village and the record. Where they are many, the villages lead to their own lists. Of those
    that only speak of it the first are named."""
    view = replace(view, mentioned=mentioned[:_MANY])
    if len(used) <= _MANY:
        return replace(view, used=tuple(record for _, record in used))
    times = Counter(village for village, _ in used)
    names = (
        (v, say(phrases, "powers", "times", village=v.title, count=n)) for v, n in times.items()
    )
    lines = (Link(name, f"{village.url}powers/#{view.power.id}") for village, name in names)
    return replace(view, used=tuple(lines))


def with_list_uses(view: PowerListView, used: Uses) -> PowerListView:
    """The standard list with the records of all villages."""
    classes = []
    for title, groups in view.classes:
        told = (
            replace(g, lines=tuple(replace(x, used=used.get(x.url, ())) for x in g.lines))
            for g in groups
        )
        classes.append((title, tuple(told)))
    return replace(view, classes=tuple(classes))
