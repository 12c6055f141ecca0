"""Powers with their flows: the standard list, and each village's with its own changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from generator.model.catalogue import Basis
from generator.model.powers import Branch, Flow, Power, PowerItem, PowerOverride, Step
from generator.model.shared import Channel, Shared
from generator.views.places import Link, Place
from generator.views.records import RecordView

# Channels that every village has of its own.
_OF_VILLAGES = frozenset({"committee", "office"})
# Records by the address of the power's page.
Uses = Mapping[str, tuple[Link, ...]]
_MANY = 30  # records; more of them are told by village


@dataclass(frozen=True)
class StepLine:
    """A step in the list of steps; `ways` say where it goes on when that is not the next."""

    number: int
    step: Step
    ways: tuple[str, ...]


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
    place: Place | None
    lines: tuple[StepLine, ...]
    basis: tuple[Basis, ...]
    channels: tuple[Channel, ...]
    reason: str
    is_added: bool
    used: tuple[Link, ...]
    lists: tuple[Link, ...] = ()
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
    """A procedure that is nobody's power."""

    flow: Flow
    url: str
    lines: tuple[StepLine, ...]


def step_lines(steps: tuple[Step, ...]) -> tuple[StepLine, ...]:
    """Steps as a numbered list that reads without the picture."""
    numbers = {step.id: number for number, step in enumerate(steps, start=1)}
    lines = []
    for number, step in enumerate(steps, start=1):
        ways = tuple(_way(branch, number, numbers) for branch in step.next)
        is_plain = len(step.next) == 1 and not step.next[0].label
        goes_on = is_plain and numbers.get(step.next[0].to) == number + 1
        lines.append(StepLine(number, step, () if goes_on else ways))
    return tuple(lines)


def _way(branch: Branch, number: int, numbers: dict[str, int]) -> str:
    target = numbers[branch.to]
    words = f"退回第 {target} 步" if target < number else f"转第 {target} 步"
    return f"{branch.label}：{words}" if branch.label else words


def standard_power_views(shared: Shared, today: date) -> tuple[PowerView, ...]:
    """A page for each standard power."""
    channels = {channel.id: channel for channel in shared.site.channels}
    return tuple(
        PowerView(
            power,
            item,
            f"powers/{power.id}/",
            None,
            step_lines(power.steps),
            _in_force(power, today),
            tuple(channels[c] for c in power.channels if c in channels),
            "",
            False,
            (),
            lists_beside(shared),
        )
        for item in shared.power_items
        for power in item.powers
    )


def flow_views(shared: Shared) -> tuple[FlowView, ...]:
    """A page for each procedure."""
    return tuple(
        FlowView(flow, f"lists/{flow.id}/", step_lines(flow.steps)) for flow in shared.flows
    )


def lists_beside(shared: Shared) -> tuple[Link, ...]:
    """What stands beside the powers: who must not, who must, and how problems are handled."""
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
    classes: dict[str, list[PowerGroup]] = {}
    for item in shared.power_items:
        lines = [
            _line(changed[power.id].power, changed[power.id].url, "本村有调整", used)
            if power.id in changed
            else _line(power, f"powers/{power.id}/", "", used)
            for power in item.powers
        ]
        added = (view for view in own if view.is_added and view.item is item)
        lines += [_line(view.power, view.url, "本村增加", used) for view in added]
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
            link = Link(view.publication.title, view.publication.url)
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
        found = (place.channel(c) for c in power.channels)
        pages.append(
            PowerView(
                power,
                items[override.item],
                url,
                place,
                step_lines(power.steps),
                _in_force(power, today),
                tuple(c for c in found if c is not None),
                override.reason,
                override.added,
                records_naming(url, views, used=True),
                lists_beside(shared),
                records_naming(url, views, used=False),
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
    view: PowerView, used: tuple[tuple[Link, Link], ...], mentioned: tuple[Link, ...] = ()
) -> PowerView:
    """A standard power's page with the records of all villages that used it: pairs of the
    village and the record. Where they are many, the villages lead to their own lists. Of those
    that only speak of it the first are named."""
    view = replace(view, mentioned=mentioned[:_MANY])
    if len(used) <= _MANY:
        return replace(view, used=tuple(record for _, record in used))
    times = Counter(village for village, _ in used)
    lines = (
        Link(f"{village.title}（{count} 次）", f"{village.url}powers/#{view.power.id}")
        for village, count in times.items()
    )
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


def _in_force(power: Power, today: date) -> tuple[Basis, ...]:
    return tuple(basis for basis in power.basis if basis.holds_on(today))
