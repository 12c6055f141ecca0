"""A village and the records that it publishes, as read and not yet masked."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from generator.model.approval import Approval, Review
from generator.model.attachments import Attachment
from generator.model.boards import BoardPlace
from generator.model.controls import Beside
from generator.model.decisions import DecisionStep
from generator.model.history import RecordHistory
from generator.model.papers import OfficePaper
from generator.model.period import Period
from generator.model.posted import Posted
from generator.model.powers import PowerOverride
from generator.model.rows import ProofKind, Scope
from generator.model.shared import Channel
from generator.model.warnings import Explanation
from generator.problems import Source

Value = str | Decimal | int | bool | date | None


@dataclass(frozen=True)
class Group:
    """A villager group (村民小组)."""

    id: str
    title: str
    households: int
    people: int


@dataclass(frozen=True)
class Account:
    """A set of books: village committee, collective economic organisation, villager group.

    Files without an account in their name belong to the first. `period` is how often its income
    and expense are published: books with few entries may be published by the quarter.
    """

    id: str
    title: str
    owner: str
    period: Literal["month", "quarter"] = "month"


@dataclass(frozen=True)
class Person:
    """An official or a supervisor; `phone` is a public office number. `head` says that the
    station is in this person's charge."""

    name: str
    title: str
    source: Source
    duty: str = ""
    phone: str = ""
    since: date | None = None
    head: bool = False


@dataclass(frozen=True)
class PrivacyException:
    """A text that looks private and was found to be fit for publication: `reason` says why,
    `by` who looked at it and `date` when. It is listed in every report."""

    text: str
    reason: str
    by: str
    date: datetime.date
    source: Source


@dataclass(frozen=True)
class SpokenName:
    """How people read the name of their village or of a group of it, or a part of that name: a
    syllable for each character, without tones, apart."""

    name: str
    letters: str
    source: Source


@dataclass(frozen=True)
class Village:
    """One village; its id is its folder's name and never changes. `printer` is the largest paper
    of the office's printer, empty for the site's.

    `since` is the day from which on the village publishes by the catalogue: nothing that ended
    or was due before is asked of it. `urban` says that it is a community (居民委员会), whose pages
    and sheets speak in the words of `content/urban.yaml`. By its `procedure` it decides, where that
    is not the usual one. `pinyin` is how its places are read, where
    no table says so; search finds them by it.
    """

    id: str
    name: str
    code: str
    town: str
    households: int
    population: int
    groups: tuple[Group, ...]
    accounts: tuple[Account, ...]
    people: tuple[Person, ...]
    supervisors: tuple[Person, ...]
    channels: tuple[Channel, ...]
    source: Source
    station: str = ""
    boards: tuple[BoardPlace, ...] = ()
    printer: Literal["", OfficePaper] = ""
    rules: str = ""
    masks: str = ""
    procedure: str = ""
    exceptions: tuple[PrivacyException, ...] = ()
    since: date | None = None
    urban: bool = False
    pinyin: tuple[SpokenName, ...] = ()

    def account(self, account_id: str) -> Account:
        """The account with this id; an empty id means the first."""
        return next((a for a in self.accounts if a.id == account_id), self.accounts[0])


@dataclass(frozen=True)
class Row:
    """A data row: `number` as the spreadsheet shows it, values by column name."""

    number: int
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Proof:
    """A row that states an opening balance, totals or a closing balance.

    `scope` says what a total adds up; `covers` are the numbers of those rows, None for all rows.
    """

    kind: ProofKind
    label: str
    number: int
    values: Mapping[str, Value]
    scope: Scope = "table"
    covers: tuple[int, ...] | None = None

    def rows_of(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """Those of the table's rows that a total adds up."""
        if self.covers is None:
            return rows
        covered = frozenset(self.covers)
        return tuple(row for row in rows if row.number in covered)


@dataclass(frozen=True)
class Title:
    """A text above the headings, which is not published; `number` is its row."""

    number: int
    text: str


@dataclass(frozen=True)
class Table:
    """The content of a table file. `nothing` is the statement 本期无发生; `confirmed` are amounts
    and labels that the office looked at again and found right."""

    schema: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    proofs: tuple[Proof, ...] = ()
    nothing: bool = False
    titles: tuple[Title, ...] = ()
    confirmed: tuple[str, ...] = ()

    def proof(self, kind: str) -> Proof | None:
        """The first proof row of a kind."""
        return next((p for p in self.proofs if p.kind == kind), None)


@dataclass(frozen=True)
class Correction:
    """A change of a record after it was made public: `what` says from what to what."""

    date: datetime.date
    what: str
    source: Source


@dataclass(frozen=True)
class Withdrawal:
    """A record that was taken back: its address stays and says when and why. `item` and `key`
    are the last parts of the address, `published` the day on which it had been made public."""

    item: str
    key: str
    title: str
    published: datetime.date
    date: datetime.date
    reason: str
    source: Source
    cause: Literal["", "个人信息", "内容有误", "重复公开", "情况变了", "其他"] = ""

    @property
    def name(self) -> str:
        """`item/key`, as records are named."""
        return f"{self.item}/{self.key}"


@dataclass(frozen=True)
class AttachedFile:
    """A file that stands beside a document, and what readers know it by. Written as a text alone,
    it is the file."""

    file: str
    source: Source
    title: str = ""
    short: ClassVar[str] = "file"


@dataclass(frozen=True)
class FrontMatter:
    """The head of a Markdown document. `replaces` is an earlier one, as `item/key`, that holds no
    longer because of this; `procedure` the one by which was decided, where data name another."""

    title: str
    date: datetime.date
    source: Source
    summary: str = ""
    publisher: str = ""
    number: str = ""
    display_until: datetime.date | None = None
    power: str = ""
    procedure: str = ""
    links: tuple[str, ...] = ()
    replaces: str = ""
    attachments: tuple[AttachedFile, ...] = ()
    steps: tuple[DecisionStep, ...] = ()
    outcome: str = ""
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True)
class Document:
    """A notice, policy or decision: Markdown with its head; `row` is where the body begins."""

    front: FrontMatter
    body: str
    attachments: tuple[Attachment, ...] = ()
    row: int = 0


@dataclass(frozen=True)
class People:
    """A list of persons from village.yaml."""

    persons: tuple[Person, ...]


@dataclass(frozen=True)
class Record:
    """One disclosure: an item of a village for a period, or one document.

    `key` is the last part of its address: `2025-09`, `2025-09.coop`, `2025-08-20-ludeng`,
    `current`. `published` is None when the file does not say.
    """

    village: str
    item: str
    key: str
    period: Period
    account: str
    published: date | None
    content: Table | Document | People
    source: Source
    corrections: tuple[Correction, ...] = ()

    @property
    def is_decision(self) -> bool:
        """Whether it is a document with the steps of a decision."""
        return isinstance(self.content, Document) and bool(self.content.front.steps)

    @property
    def name(self) -> str:
        """`item/key`, which names a record within its village."""
        return f"{self.item}/{self.key}"


@dataclass(frozen=True)
class VillageData:
    """All that was read of one village's folder. `left_out` are the records with faults, as
    `item/key`: they are there, only not published. `stale` are those that are published as they last
    were, with the day since which they could not be renewed, `notices` those of `withdrawn` that no
    file of the village asks for. Where content is reviewed, `review` is what was found, and `approved`
    are the approvals of records that are exactly as approved. `history` has what records said before,
    `beside` what its books are held against, which is published nowhere.
    """

    village: Village
    records: tuple[Record, ...]
    overrides: tuple[PowerOverride, ...]
    left_out: frozenset[str] = frozenset()
    withdrawn: tuple[Withdrawal, ...] = ()
    posted: Posted | None = None
    stale: Mapping[str, datetime.date] = field(default_factory=dict)
    notices: tuple[Withdrawal, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    review: Review | None = None
    approved: Mapping[str, Approval] = field(default_factory=dict)
    history: Mapping[str, RecordHistory] = field(default_factory=dict)
    beside: Beside = field(default_factory=Beside)
