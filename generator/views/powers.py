"""Powers with their flows: the standard list, and each village's with its own changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from generator.model.catalogue import Basis
from generator.model.powers import Branch, Power, PowerItem, PowerOverride, Step
from generator.model.shared import Channel, Shared
from generator.views.places import Link, Place
from generator.views.records import RecordView


@dataclass(frozen=True)
class StepLine:
    """A step in the list of steps; `ways` say where it goes on when that is not the next."""

    number: int
    step: Step
    ways: tuple[str, ...]


@dataclass(frozen=True)
class PowerView:
    """A power's page: the standard's, or a village's own form of it.

    `reason` says why the village differs; `used` are the records in which it was used.
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


@dataclass(frozen=True)
class PowerLine:
    """A power in a list."""

    title: str
    url: str
    plain: str
    limit: str
    note: str


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
        )
        for item in shared.power_items
        for power in item.powers
    )


def power_list(
    shared: Shared, place: Place | None = None, own: tuple[PowerView, ...] = ()
) -> PowerListView:
    """The standard list, or a village's: the standard with its own powers in their places."""
    changed = {view.power.id: view for view in own if not view.is_added}
    classes: dict[str, list[PowerGroup]] = {}
    for item in shared.power_items:
        lines = [
            _own_line(changed[power.id], "本村有调整")
            if power.id in changed
            else PowerLine(power.title, f"powers/{power.id}/", power.plain, power.limit, "")
            for power in item.powers
        ]
        lines += [_own_line(v, "本村增加") for v in own if v.is_added and v.item is item]
        classes.setdefault(item.power_class, []).append(PowerGroup(item, tuple(lines)))
    grouped = tuple((title, tuple(groups)) for title, groups in classes.items())
    count = sum(len(group.lines) for _, groups in grouped for group in groups)
    return PowerListView(place, grouped, count, len(own))


def _own_line(view: PowerView, note: str) -> PowerLine:
    return PowerLine(view.power.title, view.url, view.power.plain, view.power.limit, note)


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
                records_using(url, views),
            )
        )
    return tuple(pages)


def records_using(url: str, views: tuple[RecordView, ...]) -> tuple[Link, ...]:
    """Records whose power has this page."""
    return tuple(
        Link(f"{v.place.village.name} {v.publication.title}", v.publication.url)
        for v in views
        if v.power is not None and v.power.url == url
    )


def with_uses(view: PowerView, used: tuple[Link, ...]) -> PowerView:
    """A standard power's page with the records of all villages that used it."""
    return replace(view, used=used)


def _in_force(power: Power, today: date) -> tuple[Basis, ...]:
    return tuple(basis for basis in power.basis if basis.holds_on(today))
