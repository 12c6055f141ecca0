"""What a village gives to be compared with others, and with lists that nobody may read: no names.

Each name is a hash under a key of this run alone. The build knows nothing of this, since it makes one
village at a time.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from hashlib import blake2b

from generator.intake.controls import read_lists
from generator.intake.folders import VillageFolder
from generator.model.period import Period
from generator.model.schema import Role
from generator.model.shared import Shared
from generator.model.village import Record, VillageData
from generator.model.warnings import Explanation
from generator.problems import Problem
from generator.views.affairs.belonging import village_affairs
from generator.views.linking import VillageRecords, village_records
from generator.views.warnings.looking import Looked, day_of, paid

_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,}")  # none of which is covered


@dataclass(frozen=True, order=True)
class Spot:
    """A row of what a village published."""

    id: str
    village: str
    record: str
    title: str
    row: int


@dataclass(frozen=True)
class Hashed:
    """A name that is compared and not known, how many characters it has, and the group if told."""

    hash: str
    length: int
    group: str

    def is_same(self, other: Hashed, *, same_village: bool, least: int) -> bool:
        """Whether two names may be one person's: in one village if the groups do not differ, in two if
        the name is long enough not to be everybody's."""
        if self.hash != other.hash:
            return False
        if same_village:
            return not self.group or not other.group or self.group == other.group
        return self.length >= least


@dataclass(frozen=True)
class Recipient:
    """Somebody who got something under a programme."""

    person: Hashed
    programme: str
    period: Period
    day: date
    spot: Spot


@dataclass(frozen=True)
class Payment:
    """What a book paid; `whom` is a hash."""

    whom: str
    words: str
    amount: Decimal
    day: date
    spot: Spot


@dataclass(frozen=True)
class OnList:
    """Somebody on a list of a village."""

    person: Hashed
    village: str
    list: str
    since: date | None


@dataclass(frozen=True)
class Portion:
    """What a village gives to the comparison."""

    recipients: tuple[Recipient, ...] = ()
    payments: tuple[Payment, ...] = ()
    listed: tuple[OnList, ...] = ()
    explanations: tuple[tuple[str, Explanation], ...] = ()
    problems: tuple[Problem, ...] = ()


# --------------------------------------------------------------------------- a village's part


def new_salt() -> bytes:
    """The key of one run, under which names are hashed."""
    return secrets.token_bytes(32)


def looked_at(data: VillageData, shared: Shared, today: date) -> Looked:
    """A village as rules see it."""
    records = village_records(data, shared, today)
    return Looked(records, village_affairs(records))


def portion_of(folder: VillageFolder, looked: Looked, salt: bytes) -> Portion:
    """What a village gives, its names hashed with the salt of this run."""
    records, data = looked.records, looked.records.data
    hashed = partial(_hashed, salt=salt)
    listed, problems = read_lists(folder, data.village, records.shared)
    persons = (
        OnList(Hashed(hashed(one.name), len(one.name), one.group), folder.id, one.list, one.since)
        for one in listed
        if _NAME.fullmatch(one.name)
    )
    return Portion(
        tuple(_recipients(records, hashed)),
        tuple(_payments(looked, hashed)),
        tuple(persons),
        tuple((folder.id, one) for one in data.explanations),
        problems,
    )


def _hashed(text: str, *, salt: bytes) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), key=salt, digest_size=16).hexdigest()


def _spot(data: VillageData, record: Record, title: str, row: int) -> Spot:
    return Spot(data.village.id, data.village.name, record.name, title, row)


def _recipients(records: VillageRecords, hashed: Callable[[str], str]) -> Iterator[Recipient]:
    """Persons whom lists name with what they got. Covered names are nobody's."""
    roles: tuple[Role, ...] = ("title", "group", "date")
    for record, table, schema in records.tables():
        item = records.shared.catalogue.item(record.item)
        name, amount = schema.with_role("name"), schema.with_role("amount")
        if not item.personal or name is None or amount is None:
            continue
        title = records.publication(record).title
        for row in table.rows:
            own = str(row.values.get(name.name) or "")
            if _NAME.fullmatch(own):
                what, group, day = (schema.value(row.values, r) for r in roles)
                yield Recipient(
                    Hashed(hashed(own), len(own), str(group or "")),
                    f"{item.title} {what or ''}",
                    record.period,
                    day if isinstance(day, date) else record.period.end,
                    _spot(records.data, record, title, row.number),
                )


def _payments(looked: Looked, hashed: Callable[[str], str]) -> Iterator[Payment]:
    for row in looked.rows:
        whom = looked.whom(row) if row.schema.is_book and paid(row) > 0 else ""
        if whom:
            spot = _spot(looked.records.data, row.record, row.publication.title, row.row.number)
            yield Payment(hashed(whom), row.words, paid(row), day_of(row), spot)
