"""Decides what remains public of records whose files were published and cannot be used any more.

A record whose file has a fault, or is gone without an entry in withdrawn.yaml, stays as it was last
published, marked with the day since which it could not be renewed. It takes part in all that is
made of the village, so that no sum and no list contradicts its page, and its names come down on
their day as if all was well. Where it may not stay its address goes on answering, with a notice that
says why it came down: when the gate finds something in it or in its file, when another record covers
its period, and when tables are not as they were. What was published is known from the store
(`published`); without that nothing is invented.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from generator.gate import name_finder, nothing_private, without_secrets
from generator.intake.folders import VillageFolder
from generator.keeping import store_of
from generator.model.clock import Span
from generator.model.period import parse_period
from generator.model.shared import Shared
from generator.model.village import Document, People, Record, Table, VillageData, Withdrawal
from generator.model.wording import shared_for
from generator.output.manifest import RecordLine, village_records
from generator.problems import Problem, Source, files_with_errors, in_order, problem
from generator.published import Kept, Last, keep_published, last_published
from generator.publishing.publish import names_came_down, publish, publish_all
from generator.publishing.text import day as day_words
from generator.reading import sound_village
from generator.settings import Settings
from generator.unchanged import NOTHING_KNOWN, Known
from generator.views.said import say

_JUDGED = ("privacy-", "attachment-scan")  # how codes of the gate begin
Why = Literal["", "private", "names", "covered", "form"]
"""Why a record may not stay as it was; nothing where it may."""


def known_village(
    folder: VillageFolder,
    shared: Shared,
    settings: Settings,
    span: Span,
    known: Known = NOTHING_KNOWN,
) -> tuple[VillageData | None, tuple[Problem, ...]]:
    """A village's sound records and what remains of others, with all problems; what is public now
    is kept for the next time. The settings' day is that of the `span`; what is `known` is not read again."""
    store = store_of(settings, folder.id)
    last = last_published(store, settings.out) or _listed(
        folder.id, shared, settings.out, span.today
    )
    hiding = (kept for kept in last.records if kept.schema in shared.tables and not kept.is_expired)
    hidden = tuple(kept.record for kept in hiding)

    def read(today: date) -> tuple[VillageData | None, tuple[Problem, ...]]:
        return sound_village(folder, shared, today, hidden, known.table)

    def is_right(found: tuple[VillageData | None, tuple[Problem, ...]]) -> bool:
        """Whether no hidden record took part in it: each is among those that were read."""
        names = {record.name for record in found[0].records} if found[0] else set()
        return bool(names) and all(record.name in names for record in hidden)

    data, problems = known.sound(span, read, is_right)
    if data is None or (shared.site.review and not folder.is_reviewed):
        return data, problems  # what is not approved is not public, and nothing of it remains
    if not settings.is_public:  # what has a fault stays in sight; what is gone was nowhere
        seen = (kept for kept in last.records if kept.record.name in data.left_out)
        last = Last(tuple(seen))
    own = shared_for(data.village, shared)
    data, told = _Remains(data, problems, own, settings.today, span.today).of(last)
    keep_published(data, own, settings.today, store)
    return data, in_order((*problems, *(found.of_village(folder.id) for found in told)))


def _listed(village: str, shared: Shared, site: Path, today: date) -> Last:
    """Of what another version of the program kept the addresses, as the site's manifest has them: each that
    has no record any more goes on answering."""
    found = []
    for line in map(RecordLine.of, village_records(site, village)):
        item = shared.catalogue.find(line.item) if line else None
        if line and item and line.period:
            day = line.published or today.isoformat()
            source = Source(line.sources[0] if line.sources else "")
            title = f"{_period_in(line.period)}{item.called}"
            facts = item.id, line.period, title, date.fromisoformat(day), today
            found.append(
                Withdrawal(*facts, say(shared.phrases, "pages", "down", why="form"), source)
            )
    return Last(notices=tuple(found))


def _period_in(key: str) -> str:
    """The words of the period in a record's key, which may go on behind it."""
    starts = (key[: found.start()] for found in re.finditer(r"[.-]|$", key))
    periods = [period for start in starts if (period := parse_period(start))]
    return periods[-1].title if periods else ""


@dataclass(frozen=True)
class _Remains:
    """Per-call values of one village: `data` are its sound records, `problems` what is wrong;
    What came down did so on a day, and is not asked of others: that day is the plain `today`. What
    stays is looked at again by all that is made of it, which asks the `watched` one."""

    data: VillageData
    problems: tuple[Problem, ...]
    shared: Shared
    watched: date
    today: date

    def of(self, last: Last) -> tuple[VillageData, tuple[Problem, ...]]:
        """The village with what remains of what it last published, and what there is to do."""
        known = {record.name for record in self.data.records}
        known |= {withdrawal.name for withdrawal in self.data.withdrawn}
        lost = [kept for kept in last.records if kept.record.name not in known]
        private = self._private(lost) if lost else frozenset()
        reasons = [(kept, self._why(kept, private)) for kept in lost]
        stay = {kept.record.name: (kept, self._since(kept)) for kept, why in reasons if not why}
        down = (self._notice(kept.record, why) for kept, why in reasons if why)
        earlier = (notice for notice in last.notices if notice.name not in known)
        notices = tuple(n for n in (*earlier, *down) if self.shared.catalogue.find(n.item))
        records = (*self.data.records, *(kept.record for kept, _ in stay.values()))
        data = replace(
            self.data,
            records=tuple(sorted(records, key=_as_read)),
            left_out=self.data.left_out - stay.keys(),
            withdrawn=(*self.data.withdrawn, *notices),
            stale={name: since for name, (_, since) in stay.items()},
            notices=notices,
        )
        told = [self._told(kept.record, since) for kept, since in stay.values()]
        told += [_told_down(notice) for notice in notices]
        return data, without_secrets(told, self.shared.privacy)

    def _private(self, lost: list[Kept]) -> frozenset[str]:
        """The files in which the gate finds something, or in what was published of them."""
        fit = [kept for kept in lost if self._is_fit(kept)]
        named = (kept.record for kept in fit if not kept.is_expired)
        names = name_finder(self.data.village, (*self.data.records, *named), self.shared)
        records = tuple(kept.record for kept in fit)
        data = replace(self.data, records=records, withdrawn=(), overrides=())
        shown = publish_all(data, self.shared, self.today)
        found = nothing_private(data, shown, self.shared, names)
        judged = (p for p in self.problems if p.code.startswith(_JUDGED))
        return files_with_errors((*found, *judged))

    def _why(self, kept: Kept, private: frozenset[str]) -> Why:
        record = kept.record
        if record.source.file in private:
            return "private"
        if not self._is_fit(kept):
            return "form"
        is_expired = names_came_down(record, self.data.village, self.shared, self.today)
        if kept.is_expired and not is_expired:
            return "names"  # they are not known any more
        if is_expired and not isinstance(record.content, Table):
            return "names"  # nobody can take them out of a text
        return "covered" if any(_covers(other, record) for other in self.data.records) else ""

    def _is_fit(self, kept: Kept) -> bool:
        """Whether content/ and the village still know all that the record says."""
        content, item = kept.record.content, self.shared.catalogue.find(kept.record.item)
        accounts = {"", *(account.id for account in self.data.village.accounts)}
        if item is None or kept.record.account not in accounts:
            return False
        if not isinstance(content, Table):
            return item.kind == ("document" if isinstance(content, Document) else "people")
        schema = self.shared.tables.get(kept.schema)
        types = {field.name: field.type for field in schema.fields} if schema else {}
        is_same = all(types.get(column) == type for column, type in kept.types)
        return is_same and item.table == kept.schema

    def _since(self, kept: Kept) -> date:
        since = min(kept.since or self.today, self.today)  # a clock may run back
        # The watched day is asked, so that the mark holds from that day on.
        return since if since <= self.watched else self.today

    def _notice(self, record: Record, why: Why) -> Withdrawal:
        """A notice that says nothing of what the record said."""
        item = self.shared.catalogue.find(record.item)
        return Withdrawal(
            record.item,
            record.key,
            f"{record.period.title}{item.called if item else ''}",
            record.published or self.today,
            self.today,
            say(self.shared.phrases, "pages", "down", why=why),
            record.source,
        )

    def _told(self, record: Record, since: date) -> Problem:
        source = Source(record.source.file)
        if source.file in files_with_errors(self.problems):
            return problem("record-stale", source, since=day_words(since))
        return problem(
            "record-gone",
            source,
            since=day_words(since),
            item=record.item,
            key=record.key,
            title=publish(record, self.data.village, self.shared, self.today).title,
            published=(record.published or since).isoformat(),
        )


def _told_down(notice: Withdrawal) -> Problem:
    facts = {"day": day_words(notice.date), "item": notice.item, "key": notice.key}
    return problem("record-down", Source(notice.source.file), **facts)


def _covers(other: Record, record: Record) -> bool:
    """Whether another table of the same item and books speaks of the same days: to count both
    would count those twice."""
    if not isinstance(record.content, Table) or record.period.kind in ("standing", "event"):
        return False
    is_same = (other.item, other.account) == (record.item, record.account)
    one, two = other.period, record.period
    return is_same and one.start <= two.end and two.start <= one.end


def _as_read(record: Record) -> tuple[bool, list[str]]:
    """The order of reading: what village.yaml says comes first."""
    return not isinstance(record.content, People), record.source.file.split("/")
