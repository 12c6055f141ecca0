"""The disclosure catalogue: boards and items, when each is due, and how it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from generator.model.papers import PaperChoice
from generator.problems import Source

ItemKind = Literal["table", "document", "people"]
PeriodKind = Literal["month", "quarter", "half", "year", "event", "standing"]
DayCount = Literal["natural", "working"]
ChartKind = Literal["bars", "line", "pairs"]
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
    """By when a new row is added to its table: `days` after the day in its `column`, and not before
    the table itself is due."""

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
class Agenda:
    """The `column` of an item's table whose days go into the calendars of readers' phones, and the
    column with the `detail` for them."""

    column: str
    detail: str = ""


@dataclass(frozen=True)
class StepWords:
    """The words by which the steps of documents are known: those that take the decision, and those
    that show it to everybody, alone or after a word that decides: 决议公示."""

    decides: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()


@dataclass(frozen=True)
class PosterSpec:
    """How an item's sheet is drawn: a layout under templates/posters and a paper's id."""

    sheet: SheetLayout
    paper: str = "A3"
    orientation: Literal["portrait", "landscape"] = "portrait"


@dataclass(frozen=True)
class Tally:
    """A count of rows shown on the item's page and on the station's: of those that say something in
    all columns `filled` and one of `values` in `column`."""

    label: str
    unit: str
    filled: tuple[str, ...] = ()
    column: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Card:
    """A way to an item from among the cards of a village's home: what readers find there."""

    words: str


@dataclass(frozen=True)
class CompareSpec:
    """A number of a record that is compared with the period before and with a year ago.

    `value` is written as a place of the sentence without its braces; where `of` is given, the
    number is the share of `value` in it, shown as `12 件里 11 件` with its percentage. `cases` is the
    title of the number that says over how many a sum is: without about as many in both periods it
    is not compared.
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


class Named:
    """What officials call by its `title` and readers by its `short` name, where it has one."""

    title: str
    short: str

    @property
    def called(self) -> str:
        """The name for readers: the same on tile, page, sheet and in search."""
        return self.short or self.title

    @property
    def official(self) -> str:
        """The official term, which stands beside the name on its own page and sheet; empty where
        it is the same."""
        return self.title if self.short else ""

    @property
    def both(self) -> str:
        """The name with the official term behind it, for lists that both use."""
        return f"{self.short}（{self.title}）" if self.short else self.title


@dataclass(frozen=True)
class Item(Named):
    """One kind of disclosure.

    `sentence` is the plain sentence that opens each record: text with places in braces that
    `generator.views.figures.sentences` fills. `personal` items lose their rows once the display
    period is over; their totals stay. `actual` is the item whose books show what became of
    the plan that this item is. Of what is kept `by_account` each set of books has its own, and
    the sentence names it where the village has several. `alike` is a column whose entries must be
    the same in two records before their numbers are compared. `objections` is false for what
    only explains or passes on what others decided: one can ask at any time, and no day ends that.
    Documents that `acts` is false for, rules and policies, are no use of the power that they name.
    Those that are `lasting` hold until a later one says that it replaces them. What ended before
    `effective` is never due. `body` is who has to publish.
    `apart` says why the days that the law gives for village affairs do not hold for the item.
    With a `card` the item has a place of its own on a village's home.
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
    short: str = ""
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
    lasting: bool = False
    effective: date | None = None
    body: str = "村民委员会"
    apart: str = ""
    tallies: tuple[Tally, ...] = ()
    card: Card | None = None
    agenda: Agenda | None = None
    poster: PosterSpec | None = None


@dataclass(frozen=True)
class Board(Named):
    """A group of items, as on the board on the wall."""

    id: str
    title: str
    plain: str
    items: tuple[Item, ...]
    short: str = ""


@dataclass(frozen=True)
class Catalogue:
    """Boards in their order on the wall; `poster` is the paper of the catalogue's own sheet."""

    boards: tuple[Board, ...]
    steps: StepWords = StepWords()
    poster: PaperChoice | None = None

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items in order."""
        return tuple(item for board in self.boards for item in board.items)

    @cached_property
    def _by_id(self) -> dict[str, Item]:
        return {item.id: item for item in reversed(self.items)}

    @cached_property
    def _board_by_id(self) -> dict[str, Board]:
        return {item.id: board for board in reversed(self.boards) for item in board.items}

    def find(self, item_id: str) -> Item | None:
        """The item with this id, if there is one."""
        return self._by_id.get(item_id)

    def item(self, item_id: str) -> Item:
        """The item with this id; it must be the catalogue's."""
        return self._by_id[item_id]

    def board_of(self, item_id: str) -> Board:
        """The board of an item; the id must be the catalogue's."""
        return self._board_by_id[item_id]
