"""What all villages share, read from content/."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from generator.model.catalogue import Basis, Catalogue, DayCount, TableSchema
from generator.model.forms import FormWords
from generator.model.headwords import HeadWords
from generator.model.masks import MaskProfile
from generator.model.papers import OfficePaper, Paper, PaperChoice, SheetKind, SheetSpec
from generator.model.powers import Flow, Power, PowerItem, PublicList
from generator.model.privacy import PrivacyWords
from generator.problems import Source

ChannelKind = Literal["phone", "email", "message", "mailbox", "office", "web"]


@dataclass(frozen=True)
class Channel:
    """A way to ask or complain. `value` is a phone number, an address or a place; that of a
    `message` is the number that takes text messages."""

    id: str
    title: str
    kind: ChannelKind
    value: str
    note: str = ""


@dataclass(frozen=True)
class Town:
    """A township; its id is the folder's name under villages/."""

    id: str
    name: str
    publisher: str
    channels: tuple[Channel, ...] = ()


@dataclass(frozen=True)
class Theme:
    """How a site looks different from others: colours as `#rrggbb`, empty for the usual ones.
    `accent` is that of bands and headings, `ground` the page behind the cards."""

    accent: str = ""
    link: str = ""
    ground: str = ""


@dataclass(frozen=True)
class Licence:
    """On which terms the data may be used: their name and where they can be read."""

    title: str
    url: str


@dataclass(frozen=True)
class Site:
    """Settings of the whole site. `icp` and `police` are the numbers under which it is
    registered (备案), as they were given. `printer` is the largest paper that offices print on,
    `round_days` how many working days pass from one round of the boards to the next."""

    name: str
    publisher: str
    base_url: str
    towns: tuple[Town, ...]
    channels: tuple[Channel, ...]
    source: Source
    rules: str = "national"
    masks: str = "default"
    about: str = ""
    theme: Theme = Theme()
    licence: Licence | None = None
    icp: str = ""
    police: str = ""
    printer: OfficePaper = "A4"
    round_days: int = 5

    def town(self, town_id: str) -> Town | None:
        """The town with this id."""
        return next((t for t in self.towns if t.id == town_id), None)


@dataclass(frozen=True)
class ItemRule:
    """What a province rules for one item; what is not given stays as in the catalogue."""

    item: str
    due_days: int | None = None
    due_counted: DayCount | None = None
    display_days: int | None = None


@dataclass(frozen=True)
class LargeChange:
    """Smaller changes of income or expense get no note: only those of more than `percent` of
    what it was and of more than `amount` yuan."""

    percent: int = 30
    amount: int = 5000


@dataclass(frozen=True)
class RulePack:
    """Deadlines, display days and what counts as a large change, of a province or the country."""

    id: str
    title: str
    basis: tuple[Basis, ...]
    objection_days: int
    answer_days: int
    source: Source
    display_counted: DayCount = "natural"
    objection_counted: DayCount = "natural"
    answer_counted: DayCount = "natural"
    large_change: LargeChange = LargeChange()
    expiring_days: int = 90
    items: tuple[ItemRule, ...] = ()

    def rule_for(self, item_id: str) -> ItemRule:
        """The rule for an item; an empty one where the pack says nothing."""
        return next((r for r in self.items if r.item == item_id), ItemRule(item_id))


@dataclass(frozen=True)
class Plausibility:
    """From when on an amount is asked about: by itself (`most`, in yuan), beside the usual one of its
    column in the village (`times` the median of at least `least_numbers`, from `least_amount` yuan
    on), and beside its subject's in the period before."""

    most: Decimal
    times: Decimal
    least_numbers: int
    least_amount: Decimal
    subject_times: Decimal
    subject_least: Decimal


@dataclass(frozen=True)
class HolidayYear:
    """A year's arrangement of public holidays, to count 工作日."""

    year: int
    off: tuple[date, ...]
    work: tuple[date, ...]


@dataclass(frozen=True)
class Subject:
    """An account subject with its meaning in plain words."""

    code: str
    name: str
    category: Literal["资产", "负债", "所有者权益", "成本", "损益"]
    plain: str
    side: Literal["", "income", "expense"] = ""


@dataclass(frozen=True)
class ChartOfAccounts:
    """The subjects of one accounting system and the years for which it holds."""

    id: str
    title: str
    effective: date
    subjects: tuple[Subject, ...]
    source: Source
    until: date | None = None

    def find(self, text: str) -> Subject | None:
        """The subject that a cell names, by code or by name."""
        return next((s for s in self.subjects if text in (s.code, s.name)), None)


@dataclass(frozen=True)
class Term:
    """A word of the accounts or of village affairs, explained."""

    term: str
    plain: str
    also: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True)
class Article:
    """A case or an explanation in Markdown; `explains` is the item whose table a guide teaches
    to read."""

    id: str
    title: str
    date: datetime.date
    summary: str
    body: str
    source: Source
    kind: Literal["case", "guide"] = "case"
    explains: str = ""


@dataclass(frozen=True)
class AddedPage:
    """A page of the site's own, in Markdown."""

    id: str
    title: str
    body: str
    source: Source
    summary: str = ""


@dataclass(frozen=True)
class Logo:
    """The picture beside the site's name, as published; sizes in pixels."""

    name: str
    content: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Shared:
    """Everything of content/."""

    site: Site
    catalogue: Catalogue
    tables: dict[str, TableSchema]
    power_items: tuple[PowerItem, ...]
    lists: tuple[PublicList, ...]
    flows: tuple[Flow, ...]
    charts: tuple[ChartOfAccounts, ...]
    rules: dict[str, RulePack]
    masks: dict[str, MaskProfile]
    papers: dict[str, Paper]
    privacy: PrivacyWords
    words: HeadWords
    plausibility: Plausibility
    holidays: tuple[HolidayYear, ...] = ()
    glossary: tuple[Term, ...] = ()
    articles: tuple[Article, ...] = field(default=())
    pages: tuple[AddedPage, ...] = ()
    logo: Logo | None = None
    sheets: tuple[SheetSpec, ...] = ()
    forms: FormWords = field(default_factory=FormWords)

    @property
    def powers(self) -> tuple[Power, ...]:
        """All standard powers in order."""
        return tuple(p for item in self.power_items for p in item.powers)

    def sheet_paper(self, kind: SheetKind, own: PaperChoice | None = None) -> Paper | None:
        """The paper of a kind of sheet, or the one chosen for a single sheet; None where the
        kind is not drawn."""
        spec = own or next((s for s in self.sheets if s.sheet == kind), None)
        return self.papers[spec.paper].laid(spec.orientation) if spec else None

    def chart_on(self, day: date) -> ChartOfAccounts | None:
        """The chart of accounts in force on a day."""
        return next(
            (c for c in self.charts if c.effective <= day and (c.until is None or day <= c.until)),
            None,
        )
