"""The content that all villages share, read from content/."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from generator.model.approval import Reviewer
from generator.model.assessment import Assessment
from generator.model.bank import BankRules
from generator.model.catalogue import Catalogue
from generator.model.decisions import Majority, Procedure
from generator.model.forms import FormWords
from generator.model.headwords import HeadWords
from generator.model.law import RulePack
from generator.model.masks import MaskProfile
from generator.model.norms import Norm
from generator.model.papers import OfficePaper, Paper, PaperChoice, SheetKind, SheetSpec
from generator.model.phrases import Phrases
from generator.model.powers import Flow, Power, PowerItem, PublicList
from generator.model.privacy import PrivacyWords
from generator.model.schema import TableSchema
from generator.model.synonyms import Synonyms
from generator.model.urban import UrbanWords
from generator.model.visits import VisitCount, VisitRules
from generator.model.warnings import WarningRule
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
    source: Source = field(default=Source(""), compare=False)


@dataclass(frozen=True)
class Question:
    """What somebody may want to tell, and the `channels` for it by their ids, the best first: where a
    village has not the first, the next one takes its place."""

    id: str
    title: str
    channels: tuple[str, ...]
    source: Source = field(default=Source(""), compare=False)


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
    """The terms of use of the data: their name and address."""

    title: str
    url: str


FORMAT = 1
"""The newest format of content/ and villages/ that this program reads; it counts up where a file that was
right would be read otherwise, or not at all."""


@dataclass(frozen=True)
class Site:
    """Settings of the whole site. `icp` and `police` are the numbers under which it is
    registered (备案), as they were given. `printer` is the largest paper that offices print on,
    `round_days` the working days from one round of the boards to the next. `urban` says that all
    that publish here are communities (居民委员会). Where `review` names somebody, only what they
    approved is published. `questions` are the few that pages ask a reader who wants to tell something.
    `format` is that in which content/ and villages/ are written."""

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
    urban: bool = False
    review: tuple[Reviewer, ...] = ()
    questions: tuple[Question, ...] = ()
    format: int = FORMAT

    def town(self, town_id: str) -> Town | None:
        """The town with this id."""
        return next((t for t in self.towns if t.id == town_id), None)


@dataclass(frozen=True)
class Plausibility:
    """The amounts that are asked about: more than `most` yuan; more than `times` the median of the
    column in the village (of at least `least_numbers`, from `least_amount` yuan on); from `subject_least`
    yuan on, more than `subject_times` the subject's amount in the period before."""

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
    source: Source


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
        return self._known.get(text)

    @cached_property
    def _known(self) -> dict[str, Subject]:
        return {word: s for s in reversed(self.subjects) for word in (s.code, s.name)}


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
    """Everything of content/. `staff` are tables that only staff see, by name: what lies in private/ of
    villages; `is_urban` says that it speaks in the words of communities."""

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
    norms: tuple[Norm, ...] = ()
    logo: Logo | None = None
    sheets: tuple[SheetSpec, ...] = ()
    forms: FormWords = field(default_factory=FormWords)
    phrases: Phrases = field(default_factory=Phrases)
    majorities: tuple[Majority, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    visit_rules: VisitRules | None = None
    visits: tuple[VisitCount, ...] = ()
    urban: UrbanWords = field(default_factory=UrbanWords)
    is_urban: bool = False
    warnings: dict[str, WarningRule] = field(default_factory=dict)
    assessment: Assessment | None = None
    staff: dict[str, TableSchema] = field(default_factory=dict)
    bank: BankRules | None = None
    synonyms: Synonyms = field(default_factory=Synonyms)

    @property
    def wording(self) -> UrbanWords | None:
        """The words that replace those of templates; None where they stay as they are."""
        return self.urban if self.is_urban else None

    def said(self, text: str) -> str:
        """A text of the program's own, in the village's or the community's words."""
        return self.urban.said(text) if self.is_urban else text

    @property
    def powers(self) -> tuple[Power, ...]:
        """All standard powers in order."""
        return tuple(p for item in self.power_items for p in item.powers)

    def mask_profile(self, chosen: str) -> MaskProfile:
        """The mask profile that a village chose; the site's where it chose none."""
        return self.masks[chosen or self.site.masks]

    def rule_pack(self, chosen: str) -> RulePack:
        """The rule pack that a village chose; the site's where it chose none."""
        return self.rules[chosen or self.site.rules]

    def sheet_paper(self, kind: SheetKind, own: PaperChoice | None = None) -> Paper | None:
        """The paper of a kind of sheet, or the one chosen for a single sheet; None where the
        kind is not drawn."""
        spec = own or next((s for s in self.sheets if s.sheet == kind), None)
        return self.papers[spec.paper].laid(spec.orientation) if spec else None

    def majority_on(self, majority_id: str, day: date) -> Majority | None:
        """The majority of this id by the law of a day."""
        known = (m for m in self.majorities if m.id == majority_id)
        return next((m for m in known if m.basis.holds_on(day)), None)

    def chart_on(self, day: date) -> ChartOfAccounts | None:
        """The chart of accounts in force on a day."""
        return next(
            (c for c in self.charts if c.effective <= day and (c.until is None or day <= c.until)),
            None,
        )
