"""Table schemas: which columns a table has, what each means, and how it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal, TypeVar

from generator.model.arrangements import Join, Offer, Sides, Split, Whole
from generator.model.headwords import HeadWords
from generator.model.rows import RowWords
from generator.problems import Source

_Value = TypeVar("_Value")
FieldType = Literal["string", "number", "integer", "boolean", "date", "yearmonth"]


Role = Literal[
    "",  # a plain detail
    "date",  # when it happened
    "reference",  # voucher or register number
    "title",  # what the row is about; heads its card on a phone
    "name",  # the person or household concerned
    "group",  # villager group
    "subject",  # account subject, by code or name
    "income",
    "expense",
    "balance",  # running balance
    "amount",  # the row's main amount
    "status",  # progress, result
    "answer",  # what is answered to the row's title
    # what a register of contracts, projects or tenders tells of an affair, see `views/affairs/chains.py`
    "side",  # whether the village takes money in (收入) or pays it (支出)
    "leased",  # what a contract is about
    "end",  # until when a contract runs
    "due",  # what was to come in until now
    "received",
    "owed",
    "price",  # what the whole contract costs
    "budget",
    "paid",
    "settled",  # the price after the final account
    "finished",  # when the work was done
    "accepted",  # who accepted the work, when, and with what result
    "announced",  # when a tender was announced
    "bidders",
]


# Details of an affair that sheets can do without; when a contract ends is none.
DETAIL_ROLES: frozenset[Role] = frozenset(
    (
        *("side", "leased", "due", "received", "owed", "price", "budget", "paid"),
        *("settled", "finished", "accepted", "announced", "bidders"),
    )
)


# How a column is published: as it is, masked by the profile's rule for such values, never
# (`drop`), or never but read for checks (`private`).
MaskKind = Literal["", "name", "phone", "id", "card", "address", "drop", "private"]


# A register whose rows are affairs: what is built, what is agreed, how the other side was chosen.
AffairKind = Literal["", "project", "contract", "tender"]


ANY_RECORD = "any"
"""A column's `link` where its cells name records of whatever item: `ledger/2025-09`, a row of one
`hearings/2025Q3#WZ-2025-3-03`, or a register number alone."""


# What a contract is on a day: a lease that runs, ended, or has not begun; any other contract.
TermState = Literal["running", "ended", "waiting", "other"]


_VILLAGER_GROUP = "村民小组"  # the name or an alias of a column that holds such groups


@dataclass(frozen=True)
class Constraints:
    """Frictionless field constraints that Mingbai enforces."""

    required: bool = False
    unique: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    enum: tuple[str, ...] = ()
    pattern: str = ""


@dataclass(frozen=True)
class Field:
    """A column. `unit: 元` makes a number an amount of money with two decimals; where each row has
    a unit of its own, `unit_in` is the column that says it, and nothing is summed over the rows.

    `link` is an item: cells name one of its records, or a row by its register number. Those of
    `any` may name all, and are shown at the row that they name as well.
    `mentions` are items whose register or voucher numbers stand within the column's text.
    `sum_as` is what is said before the sum of several rows, where that is not the heading and 共;
    such amounts are also added up over records, in the search for a name.
    `label` is what pages and sheets call the column where that is not its name, by which files
    and open data know it.
    """

    name: str
    type: FieldType
    source: Source
    description: str = ""
    example: str = ""
    constraints: Constraints = Constraints()
    aliases: tuple[str, ...] = ()
    role: Role = ""
    mask: MaskKind = ""
    unit: str = ""
    total: bool = False
    unit_in: str = ""
    link: str = ""
    mentions: tuple[str, ...] = ()
    sum_as: str = ""
    label: str = ""

    @property
    def heading(self) -> str:
        """What readers see above the column."""
        return self.label or self.name

    @property
    def is_money(self) -> bool:
        """Whether the column holds yuan."""
        return self.type == "number" and self.unit == "元"

    @property
    def is_numeric(self) -> bool:
        """Whether the column holds numbers."""
        return self.type in ("number", "integer")


def is_villager_group(field: Field) -> bool:
    """Whether a column holds villager groups: 组别, not the class of a debt or a party group."""
    return field.role == "group" and _VILLAGER_GROUP in (field.name, *field.aliases)


@dataclass(frozen=True)
class LeaseWords:
    """How a register of contracts tells its leases. `income` in the column of the role `side` says
    that the village takes money in; `column` is computed, as if it stood in the table, and says
    what a contract is on a day: the others are its values."""

    income: str
    column: str
    running: str
    ended: str
    waiting: str
    other: str

    def word(self, state: TermState) -> str:
        """What the computed column says of a contract."""
        words = {"running": self.running, "ended": self.ended, "waiting": self.waiting}
        return words.get(state, self.other)

    @property
    def words(self) -> frozenset[str]:
        """All values of the computed column."""
        return frozenset((self.running, self.ended, self.waiting, self.other))


@dataclass(frozen=True)
class Handling:
    """Which columns tell how each row of a table was handled: the days on which it was `asked`,
    first `answered` and `done`, as far as the table has them. `due` is the row's own last day;
    where there is none, answers are due by the rule pack. Rows whose column `way` holds one of
    `at_once` were answered on the day on which they were asked."""

    asked: str
    done: str
    answered: str = ""
    due: str = ""
    way: str = ""
    at_once: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it names."""
        return tuple(filter(None, (self.asked, self.done, self.answered, self.due, self.way)))


@dataclass(frozen=True)
class TableSchema:
    """A Frictionless Table Schema with Mingbai's additions.

    `equations` hold within each row, e.g. `净值 = 原值 - 累计折旧`. `affair` says of a register
    that each row is an affair, or a part of one, that can be followed from beginning to end;
    `lease` of a register of contracts which of them bring rent, `handling` of questions and tasks
    how long they took.
    `joins`, `splits`, `offers`, `wholes` and `sides` say how an office's columns become the table's; `words`
    are those of all tables, from `content/headings.yaml`.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    source: Source
    missing_values: tuple[str, ...] = ("",)
    primary_key: str = ""
    equations: tuple[str, ...] = ()
    affair: AffairKind = ""
    lease: LeaseWords | None = None
    handling: Handling | None = None
    joins: tuple[Join, ...] = ()
    splits: tuple[Split, ...] = ()
    offers: tuple[Offer, ...] = ()
    wholes: tuple[Whole, ...] = ()
    sides: Sides | None = None
    words: HeadWords = field(default_factory=HeadWords)
    rows: RowWords = field(default_factory=RowWords)

    @property
    def headings(self) -> tuple[str, ...]:
        """All names of its columns."""
        return tuple(name for f in self.fields for name in (f.name, *f.aliases))

    def find(self, name: str) -> Field | None:
        """The field of this name."""
        return self._by_name.get(name)

    @property
    def link_key(self) -> str:
        """The column by which other records link to a row: the primary key, or a reference
        such as the voucher number, which may stand on several rows."""
        reference = self.with_role("reference")
        return self.primary_key or (reference.name if reference else "")

    @property
    def is_book(self) -> bool:
        """Whether the table is a book of accounts: income, expense and a running balance."""
        return all(self.with_role(role) for role in ("income", "expense", "balance"))

    @property
    def villager_group(self) -> Field | None:
        """The column that holds villager groups, if there is one."""
        group = self.with_role("group")
        return group if group is not None and is_villager_group(group) else None

    def with_role(self, role: Role) -> Field | None:
        """The first field that plays a role."""
        return self._by_role.get(role)

    def value(self, values: Mapping[str, _Value], role: Role) -> _Value | None:
        """Of the values of a row, by column, the one that plays a role."""
        field = self._by_role.get(role)
        return values.get(field.name) if field else None

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {field.name: field for field in reversed(self.fields)}

    @cached_property
    def _by_role(self) -> dict[Role, Field]:
        return {field.role: field for field in reversed(self.fields)}
