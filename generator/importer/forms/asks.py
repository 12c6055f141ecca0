"""Questions shared by all forms: totals that do not hold, and cells that fit nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from generator.importer.forms.bench import Bench, Cover
from generator.importer.forms.compared import is_sum, money
from generator.importer.forms.heads import Head
from generator.importer.forms.known import Flat, Known
from generator.intake.decoding import GridRow
from generator.intake.doubts import Asking, Choice, Doubt
from generator.problems import Source, problem

BY_ROWS = "按各行"
LEAVE = "不要"


@dataclass
class Clerk:
    """Per-call state for unfolding one worksheet: the worksheet, what is known, whom to ask, and
    what the report will say."""

    cover: Cover
    known: Known
    asking: Asking
    form: str = ""
    said: list[str] = field(default_factory=list)

    def say(self, sentence: str) -> None:
        """A sentence for the report, once."""
        if sentence not in self.said:
            self.said.append(sentence)

    def place(self, row: GridRow, column: str = "") -> Source:
        """The place of a cell in the workbook."""
        return self.known.place(self.cover.worksheet, row.origin or row.number, column)

    def drop(self, row: GridRow, columns: Iterable[int] | None = None) -> None:
        """Drop a row. Its numbers, days and words for sums count as dealt with; other words would
        be lost, and are asked about."""
        chosen = range(len(row.cells)) if columns is None else columns
        self.cover.see(row, (c for c in chosen if self.known.is_plain(row.at(c))))

    def total(
        self,
        row: GridRow,
        label: str,
        column: str,
        stated: Decimal,
        parts: Sequence[Decimal],
        about: str = "",
        publishes: str = "",
    ) -> bool:
        """Check a stated total, which is not copied, against the sum of its parts; where they
        differ, ask which is right. `about` names the question where the label names a single
        row."""
        if is_sum(stated, parts):
            return True
        actual = money(sum(parts, Decimal(0)))
        fault = problem(
            "form-total",
            self.place(row, column),
            value=money(stated),
            label=label,
            column=column,
            stated=money(stated),
            actual=actual,
        )
        as_is = f"各行照原样公开，“{column}”加起来是 {actual}；写着 {money(stated)} 的合计不公开"
        question = f"{self.form}：“{about or label}”的“{column}”与各行不符"
        choices = (Choice(BY_ROWS, publishes or as_is),)
        # Another month's sum is wrong for a reason of its own.
        self.asking.settle(Doubt(question, fault, choices, lasting=False))
        return False

    def flat(
        self, bench: Bench, head: Head, notes: Iterable[GridRow], item: str = ""
    ) -> tuple[Flat, ...]:
        """What this worksheet has become: its headings are dealt with, its notes stand at the end,
        and about what is left somebody is asked."""
        for row in head.rows:
            self.cover.see(row)
        bench.keep(self.cover, notes)
        self.leftovers()
        return (
            Flat(bench.worksheet(), item, "", "", (self.cover.worksheet.name,), tuple(self.said)),
        )

    def leftovers(self) -> None:
        """Ask about cells that were not placed; those left out on the office's word are named."""
        left = self.cover.left()
        if not left:
            return
        row, column = left[0]
        fault = problem(
            "form-cells-left",
            self.place(row),
            value=row.at(column),
            form=self.form,
            count=len(left),
            row=row.origin or row.number,
        )
        shown = "、".join(f"“{entry.at(place)}”" for entry, place in left[:8])
        publishes = f"这 {len(left)} 格都不公开：{shown}{'等' if len(left) > 8 else ''}"
        about = f"{self.form}：没有归处的格"
        # Other cells may be left next month.
        doubt = Doubt(about, fault, (Choice(LEAVE, publishes),), lasting=False)
        if self.asking.settle(doubt):
            self.say(f"有 {len(left)} 格不知道属于哪一笔，按您的回答没有导入：{shown}。")
