"""The disclosure catalogue: boards, items, and the table schemas of their data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from generator.model.arrangements import Join, Offer, Sides, Split, Whole
from generator.model.headwords import HeadWords
from generator.model.rows import RowWords
from generator.problems import Source

ItemKind = Literal["table", "document", "people"]
PeriodKind = Literal["month", "quarter", "half", "year", "event", "standing"]
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
DayCount = Literal["natural", "working"]
ChartKind = Literal["bars", "line", "pairs"]
# A register whose rows are affairs: what is built, what is agreed, how the other side was chosen.
AffairKind = Literal["", "project", "contract", "tender"]
SheetLayout = Literal[
    "finance",  # a ledger
    "table",
    "roll",  # persons or households by group
    "project",  # rows that are affairs, each from beginning to end
    "answers",  # rows that are questions with their answers
    "document",
    "notice",  # in the layout of an official notice
    "decision",
    "people",
]

_VILLAGER_GROUP = "村民小组"  # the name or an alias of a column that holds such groups

# What kind of item each layout can show.
LAYOUT_KINDS: dict[SheetLayout, ItemKind] = {
    "finance": "table",
    "table": "table",
    "roll": "table",
    "project": "table",
    "answers": "table",
    "document": "document",
    "notice": "document",
    "decision": "document",
    "people": "people",
}


@dataclass(frozen=True)
class Basis:
    """A legal basis with the dates between which it holds."""

    title: str
    effective: date
    article: str = ""
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the basis is in force on `day`."""
        return self.effective <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class RowDue:
    """By when a row that is newer than its table is added to it: `days` after the day in its
    `column`, and not before the table itself is due."""

    column: str
    days: int
    counted: DayCount = "natural"


@dataclass(frozen=True)
class Due:
    """By when an item is published: `days` after its period or event ends. `rows` is the rule for
    what is added to its table later."""

    days: int
    counted: DayCount = "natural"
    words: str = ""
    rows: RowDue | None = None


@dataclass(frozen=True)
class PosterSpec:
    """How an item's sheet is drawn: a layout under templates/posters and a paper's id."""

    sheet: SheetLayout
    paper: str = "A3"
    orientation: Literal["portrait", "landscape"] = "portrait"


@dataclass(frozen=True)
class Tally:
    """A count of rows that is told on the item's page and on the station's: of those that say
    something in all columns `filled` and one of `values` in `column`."""

    label: str
    unit: str
    filled: tuple[str, ...] = ()
    column: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class CompareSpec:
    """A number of a record that is compared with the period before and with a year ago.

    `value` is written as a place of the sentence without its braces; where `of` is given, the
    number is the share of `value` in it, told as `12 件里 11 件` with its percentage. `cases` is
    the title of the number that says over how many a sum is: without about as many in both
    periods it is not compared.
    """

    title: str
    value: str
    unit: str = ""
    of: str = ""
    cases: str = ""


@dataclass(frozen=True)
class ChartSpec:
    """A picture of a table. `value` and `second` are places without their braces.

    `bars` show the value for each entry of the column `by`, `line` the value of the last
    periods, `pairs` the value and a `second` one of the last periods, called by `names`.
    """

    id: str
    title: str
    kind: ChartKind
    value: str
    unit: str
    by: str = ""
    second: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """One kind of disclosure.

    `sentence` is the plain sentence that opens each record: text with places in braces that
    `generator.views.figures.sentences` fills. `personal` items lose their rows once the display
    period is over; their totals stay. `actual` is the item whose books show what became of
    the plan that this item is. Of what is kept `by_account` each set of books has its own, and
    the sentence names it where the village has several. `alike` is a column whose entries must be
    the same in two records before their numbers are compared. `objections` is false for what
    only explains or passes on what others decided: one can ask at any time, and no day ends that.
    the plan that this item is. Documents that `acts` is false for, rules and policies, are no use
    of the power that they name.
    """

    id: str
    title: str
    kind: ItemKind
    period: PeriodKind
    due: Due
    display_days: int
    basis: tuple[Basis, ...]
    plain: str
    source: Source
    look_for: tuple[str, ...] = ()
    table: str = ""
    people: Literal["", "people", "supervisors"] = ""
    sentence: str = ""
    compare: tuple[CompareSpec, ...] = ()
    alike: str = ""
    charts: tuple[ChartSpec, ...] = ()
    actual: str = ""
    personal: bool = False
    by_account: bool = False
    objections: bool = True
    acts: bool = True
    tallies: tuple[Tally, ...] = ()
    poster: PosterSpec | None = None


@dataclass(frozen=True)
class Board:
    """A group of items, as on the board on the wall."""

    id: str
    title: str
    plain: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Catalogue:
    """Boards in their order on the wall."""

    boards: tuple[Board, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All items in order."""
        return tuple(item for board in self.boards for item in board.items)

    def find(self, item_id: str) -> Item | None:
        """The item with this id, if there is one."""
        return next((item for item in self.items if item.id == item_id), None)

    def board_of(self, item_id: str) -> Board:
        """The board that an item stands on; the id must be the catalogue's."""
        return next(board for board in self.boards if any(i.id == item_id for i in board.items))


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

    `link` is an item: cells name one of its records, or a row by its register number.
    `mentions` are items whose register or voucher numbers stand within the column's text.
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

    @property
    def is_money(self) -> bool:
        """Whether the column holds yuan."""
        return self.type == "number" and self.unit == "元"

    @property
    def is_numeric(self) -> bool:
        """Whether the column holds numbers."""
        return self.type in ("number", "integer")


@dataclass(frozen=True)
class TableSchema:
    """A Frictionless Table Schema with Mingbai's additions.

    `equations` hold within each row, e.g. `净值 = 原值 - 累计折旧`. `affair` says of a register
    that each row is an affair, or a part of one, that can be followed from beginning to end.
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
        return next((f for f in self.fields if f.name == name), None)

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
        """The column that holds villager groups: 组别, not the class of a debt or a party group."""
        group = self.with_role("group")
        is_village = group is not None and _VILLAGER_GROUP in (group.name, *group.aliases)
        return group if is_village else None

    def with_role(self, role: Role) -> Field | None:
        """The first field that plays a role."""
        return next((f for f in self.fields if f.role == role), None)
