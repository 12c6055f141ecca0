"""Checks that rule packs are sound, and that no display is shorter than the law allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from generator.checks.context import Context
from generator.model.calendar import least_display, unknown_years
from generator.model.catalogue import Basis, Item
from generator.model.days import day
from generator.model.keynames import missing_key
from generator.model.law import Days, RulePack, RuleValue
from generator.model.shared import Shared
from generator.model.village import Document, Record, Table
from generator.problems import Problem, Source, problem

_ANNOUNCED = 11  # the month in which the next year's holidays are made known
_LONGEST = 3660  # days of display that anyone asks for: ten years


def rules_sound(shared: Shared) -> Iterator[Problem]:
    """All packs but one are based on another, so that none escapes the country's least days; packs
    name items, and no two values of a pack rule the same on one day."""
    baseless = [pack for pack in shared.rules.values() if not pack.base]
    based = {pack.base for pack in shared.rules.values()}
    for pack in baseless if len(baseless) > 1 else ():
        if pack.id not in based:
            yield problem("key-missing", pack.source, **missing_key("base"))
    for pack in shared.rules.values():
        if pack.base and (pack.base not in shared.rules or shared.rules[pack.base].base):
            yield _unknown(
                pack.source, pack.base, (p for p, x in shared.rules.items() if not x.base)
            )
        for value in pack.values:
            for item in value.items:
                if shared.catalogue.find(item) is None:
                    yield problem("setting-unknown", value.source, value=item, nearest="")
        for one, other in combinations(pack.values, 2):
            if one.rule == other.rule and _meet(one, other) and overlap(one.basis, other.basis):
                yield problem("law-overlap", other.source, value=other.rule, row=one.source.row)


def days_countable(shared: Shared) -> Iterator[Problem]:
    """Numbers of days lead to a day that a calendar has, and texts end after they begin; alone
    what is due may be due before the event."""
    counts = [(shared.site.source, shared.site.round_days, 0)]
    for item in shared.catalogue.items:
        counts += [(item.source, item.due.days, -_LONGEST), (item.source, item.display_days, 0)]
        counts += [(item.source, item.due.rows.days, -_LONGEST)] if item.due.rows else []
    for pack in shared.rules.values():
        own = (pack.objection_days, pack.answer_days, pack.expiring_days)
        counts += [(pack.source, days, 0) for days in own]
        for value in pack.values:
            least = -_LONGEST if value.rule == "due_days" else 0
            counts.append((value.source, value.days, least))
            until, effective = value.basis.until, value.basis.effective
            if until is not None and until < effective:
                wanted = {"expected": "不早于 effective 的日期", "example": effective.isoformat()}
                yield problem("key-value", value.source, value=until.isoformat(), **wanted)
    for source, days, least in counts:
        if not least <= days <= _LONGEST:
            wanted = {"expected": f"{least} 到 {_LONGEST} 之间的天数", "example": "15"}
            yield problem("key-value", source, value=str(days), **wanted)


def displays_long_enough(shared: Shared) -> Iterator[Problem]:
    """Neither the catalogue nor a pack displays an item for fewer days than the law asks for at
    least. A warning, since the display is made longer all the same."""
    for pack in shared.rules.values():
        for item in shared.catalogue.items:
            minima = _minima(pack, item)
            if pack.id == shared.site.rules:
                yield from _short(item.display_days, item.source, item, minima)
            for value in pack.values:
                if value.rule == "display_days" and value.is_for(item):
                    meeting = (least for least in minima if overlap(least.basis, value.basis))
                    yield from _short(value.days, value.source, item, meeting)


def documents_shown_long_enough(context: Context) -> Iterator[Problem]:
    """A document's own last day is not before the first on which the law lets it come down. A
    warning: it is published, and displayed until then, since what the law asks for is sure."""
    village, shared = context.data.village, context.shared
    rules = shared.rule_pack(village.rules)
    for record in context.data.records:
        until = record.content.front.display_until if isinstance(record.content, Document) else None
        if record.published is None or until is None:
            continue
        least = least_display(record.published, _item(record, shared), rules, shared.holidays)
        if least is not None and until < least:
            place = Source(record.source.file, 0, "display_until")
            facts = {"least": day(least), "mend": least.isoformat()}
            yield problem("display-short", place, value=until.isoformat(), **facts)


def holidays_known(shared: Shared, today: date) -> Iterator[Problem]:
    """The holidays of this year are known, and from November on those of the next.

    The State Council publishes them about then, and the rounds of the boards count working days.
    Where items are due by working days, what was due in the year before is looked at too.
    """
    known, rules = {year.year for year in shared.holidays}, shared.rule_pack("")
    is_due = any(rules.due(i, today).counted == "working" for i in shared.catalogue.items)
    wanted = range(today.year - is_due, today.year + 1 + (today.month >= _ANNOUNCED))
    # Behind the last one it is to be added.
    last = max((year.source.row for year in shared.holidays), default=1)
    file = shared.site.source.file.replace("site.yaml", "holidays.yaml")
    for year in wanted:
        if year not in known:
            yield problem("holidays-missing", Source(file, last, "years"), value=str(year))


def working_days_countable(context: Context) -> Iterator[Problem]:
    """No count of working days for a record goes into a year whose holidays are not known: it
    would end too early. Each such year is reported once, at the first record."""
    shared, told = context.shared, set[int]()
    for record in context.data.records:
        for start, days in _counts(record, context):
            for year in unknown_years(start, days, shared.holidays):
                if year not in told:
                    told.add(year)
                    yield problem("holidays-beyond", record.source, value=str(year))


def _counts(record: Record, context: Context) -> Iterator[tuple[date, Days]]:
    """The days that are counted for a record, each with the day from which on."""
    village, shared = context.data.village, context.shared
    rules, item = shared.rule_pack(village.rules), _item(record, shared)
    yield record.period.end, rules.due(item, record.period.end)
    if record.published is not None:
        until = record.content.front.display_until if isinstance(record.content, Document) else None
        own, *least = rules.display(item, record.published)
        for days in (*least, *(() if until else (own,))):
            yield record.published, days
        for begun in (record.published, *(c.date for c in record.corrections)):
            if item.objections:
                yield begun, rules.objection(item, record.published)
    if item.due.rows and isinstance(record.content, Table):
        rule = item.due.rows
        days_of_rows = (row.values.get(rule.column) for row in record.content.rows)
        for added in days_of_rows:
            if isinstance(added, date) and record.period.start <= added <= record.period.end:
                yield added, Days(rule.days, rule.counted)


def _item(record: Record, shared: Shared) -> Item:
    return next(item for item in shared.catalogue.items if item.id == record.item)


def _minima(pack: RulePack, item: Item) -> tuple[RuleValue, ...]:
    values = (*pack.values, *pack.inherited)
    return tuple(v for v in values if v.rule == "minimum_display_days" and v.is_for(item))


def _short(days: int, source: Source, item: Item, minima: Iterable[RuleValue]) -> Iterator[Problem]:
    longest = max(minima, key=lambda v: v.days, default=None)
    if longest is not None and days < longest.days:
        law = f"《{longest.basis.title}》{longest.basis.article}"
        since = day(longest.basis.effective)
        facts = {"item": item.title, "law": law, "since": since, "least": str(longest.days)}
        yield problem("display-days", source, value=str(days), **facts)


def _meet(one: RuleValue, other: RuleValue) -> bool:
    """Whether two values are equally close to an item that both rule."""
    if one.items or other.items:
        return not set(one.items).isdisjoint(other.items)
    if one.periods or other.periods:
        return not set(one.periods).isdisjoint(other.periods)
    return True


def overlap(one: Basis, other: Basis) -> bool:
    """Whether both hold on one day."""
    first = max(one.effective, other.effective)
    return one.holds_on(first) and other.holds_on(first)


def _unknown(source: Source, value: str, known: Iterable[str]) -> Problem:
    choices = f"可选：{'、'.join(sorted(known))}。"
    return problem("setting-unknown", source, value=value, nearest=choices)
