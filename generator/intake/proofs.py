"""Decides which rows prove the table instead of adding to it, and what each of them adds up.

The words of a row (`content/rows.yaml`) only claim that it is a proof. What it adds up is known by its
numbers: the first of the scopes that its words allow whose sums they are. A total that is none of any rows
stays a proof of the likeliest ones, and the checks say so; where its words are not known either, it is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from generator.intake.balances import Balances
from generator.intake.claims import WORDLESS, Claim
from generator.intake.decoding import GridRow
from generator.intake.doubts import Asking, Choice, Doubt
from generator.intake.levels import numbers_of, outline
from generator.intake.likesums import like_sums, title_of
from generator.model.proofs import Reach, Surroundings, reaches, stated, total_of
from generator.model.rows import Label, squeezed
from generator.model.schema import TableSchema
from generator.model.spellings import group_key
from generator.model.village import Proof, Row, Value
from generator.problems import Problem, Source, problem

DATA, NO_DATA, OPENING = "一笔数据", "合计行", "期初结余"
_PUBLISHES = {NO_DATA: "不公开，也不算进合计", OPENING: "不当作收入或支出，只作核对"}
_NO_SUM, _SUM = "数和哪几行加起来都不一样", "数正好是上面各行加起来的数"
_FEWEST = 2  # rows that a total of unknown words must add up: with one it may be chance


@dataclass
class ProofReader:
    """Per-call state for settling the proofs of one table.

    `as_row` reads a row as data. `confirmed` are labels of rows which the office said are data.
    """

    schema: TableSchema
    file: str
    asking: Asking
    as_row: Callable[[GridRow], Row]
    confirmed: Sequence[str] = ()
    problems: list[Problem] = field(default_factory=list)
    data: list[str] = field(default_factory=list)  # labels of rows that an answer made data
    left: list[tuple[int, str]] = field(default_factory=list)  # rows that an answer left out
    _claims: list[Claim] = field(default_factory=list)

    def settle(self, entries: Sequence[Row | Claim]) -> tuple[tuple[Row, ...], tuple[Proof, ...]]:
        """The rows that are data and the proofs, each in the order of the worksheet."""
        settled = self._outlined(entries)
        whole = tuple(entry for entry in settled if isinstance(entry, Row))
        balances = Balances.of(self.schema, self.file, self._ends(entries), whole)
        rows: list[Row] = []
        proofs: list[Proof] = []
        for entry in settled:
            found = (
                self._settle(entry, rows, whole, balances) if isinstance(entry, Claim) else entry
            )
            if isinstance(found, Row):
                rows.append(found)
            elif found is not None:
                proofs.append(found)
        self.problems += balances.problems
        return tuple(rows), tuple(proofs)

    def _outlined(self, entries: Sequence[Row | Claim]) -> list[Row | Claim | Proof]:
        """The entries with rows that are the sums of those below them as proofs."""
        found = outline([entry for entry in entries if isinstance(entry, Row)], self.schema)
        alike = like_sums(entries, self.schema)
        settled: list[Row | Claim | Proof] = []
        for entry in entries:
            title = found.titles.get(entry.number, "")
            if isinstance(entry, Claim) or self._is_confirmed(title):
                settled.append(entry)
            elif entry.number in found.sums:
                values = numbers_of(entry, self.schema)
                covers = found.sums[entry.number]
                settled.append(Proof("total", title, entry.number, values, "below", covers))
            elif entry.number in found.unsure:
                answer = self._answer(title, entry.number, numbers_of(entry, self.schema), NO_DATA)
                settled += [entry] if answer == DATA else []
            elif entry.number in alike and (words := title_of(entry, self.schema)):
                settled += [entry] if self._is_data(words, entry) else []
            else:
                settled.append(entry)
        return settled

    def _is_data(self, words: str, row: Row) -> bool:
        """Whether a row that looks like a sum is data, as the office says."""
        numbers = numbers_of(row, self.schema)
        if self._is_confirmed(words):
            return True
        return self._answer(words, row.number, numbers, NO_DATA, _SUM) == DATA

    def _is_confirmed(self, label: str) -> bool:
        """Whether the office said that a row of this name is data."""
        return bool(label) and squeezed(label) in map(squeezed, self.confirmed)

    def _ends(self, entries: Sequence[Row | Claim]) -> dict[int, tuple[Label, Mapping[str, Value]]]:
        """Openings and closings by the numbers of their rows."""
        claims = (entry for entry in entries if isinstance(entry, Claim))
        return {c.number: (c.label, c.values) for c in claims if c.label.words.kind != "total"}

    def _settle(
        self, claim: Claim, above: Sequence[Row], whole: tuple[Row, ...], balances: Balances
    ) -> Row | Proof | None:
        """Decide what a claim is, as far as the rows above it and all rows show."""
        kind = claim.label.words.kind
        if self._is_confirmed(claim.label.text):
            return self.as_row(claim.row)
        if kind != "total":
            if not self.schema.is_book:
                return self.as_row(claim.row)  # 上年结余 is money to be spent, in a plan
            if balances.is_entry(claim.number):
                return self._ask(claim, OPENING)
            values = balances.values(claim.number)
            is_told = any(value is not None for value in values.values())
            return Proof(kind, claim.label.text, claim.number, values) if is_told else None
        return self._total(claim, tuple(above), whole, balances)

    def _total(
        self, claim: Claim, above: tuple[Row, ...], whole: tuple[Row, ...], balances: Balances
    ) -> Row | Proof | None:
        label, words = claim.label, claim.label.words
        if all(value is None for value in claim.values.values()):
            self._claims.append(claim)  # it states nothing, but ends what it stands under
            return None
        same = [other.number for other in self._claims if other.label.words is words]
        starts = (0, *(other.number for other in self._claims))
        around = Surroundings(above, whole, max(same, default=0), starts)
        likely = reaches(label, claim.texts, around, self.schema)
        sums = stated(claim.values, self.schema)
        carried: Mapping[str, Decimal] = balances.carried
        fit = next((reach for reach in likely if self._fits(claim, reach, sums, carried)), None)
        if fit is not None:
            self._claims.append(claim)
            return self._proof(claim, fit, sums, carried)
        if label is WORDLESS:
            return self.as_row(claim.row)
        if "year" in words.scopes:  # other files hold the months before
            self._claims.append(claim)
            return Proof("total", label.text, claim.number, claim.values, "year", ())
        if label.prefix and sums and not self._is_known(claim, likely):
            if self._is_numbered(claim):
                return self.as_row(claim.row)
            return self._ask(claim, NO_DATA)
        self._claims.append(claim)
        reach = self._likeliest(likely, sums, bool(above) and len(above) < len(whole))
        return Proof("total", label.text, claim.number, claim.values, reach.scope, reach.covers)

    def _fits(
        self,
        claim: Claim,
        reach: Reach,
        sums: Mapping[str, Decimal],
        carried: Mapping[str, Decimal],
    ) -> bool:
        """Whether all sums that a total states are those of these rows, what a book carries over
        included or not."""
        is_known = self._is_known(claim, (reach,)) and claim.label is not WORDLESS
        if len(reach.rows) < (1 if is_known else _FEWEST):
            return not reach.rows and not any(sums.values()) and is_known
        if not sums:
            return is_known
        return all(
            total in (own := total_of(reach.rows, name), own + carried.get(name, own - own))
            for name, total in sums.items()
        )

    def _proof(
        self,
        claim: Claim,
        reach: Reach,
        sums: Mapping[str, Decimal],
        carried: Mapping[str, Decimal],
    ) -> Proof | None:
        """The total; a sum that holds what was carried over would not be that of the rows, so it is
        said and not published. Nothing where no other sum is left."""
        values = dict(claim.values)
        for name, total in sums.items():
            own = total_of(reach.rows, name)
            if total != own:
                self._say(claim, "total-carried", name, total, own=own, carried=carried[name])
                values[name] = None
        if claim.label is WORDLESS:
            first = next(iter(sums))
            self._say(claim, "row-unnamed-total", first, sums[first])
        if all(value is None for value in values.values()):
            return None
        return Proof("total", claim.label.text, claim.number, values, reach.scope, reach.covers)

    def _say(self, claim: Claim, kind: str, column: str, value: Decimal, **facts: object) -> None:
        source = Source(self.file, claim.number, column)
        facts = {"label": claim.label.text, "heading": column, **facts}
        self.problems.append(problem(kind, source, value=f"{value:,}", **facts))

    def _is_known(self, claim: Claim, likely: Sequence[Reach]) -> bool:
        """Whether the words before 合计 are nothing new: a heading, a month, or what rows are of."""
        prefix = claim.label.prefix
        if not prefix or prefix.isdigit() or "month" in claim.label.words.scopes:
            return True
        headings = (n for f in self.schema.fields for n in (f.name, *f.aliases))
        if any(squeezed(name).startswith(prefix) for name in headings):
            return True
        key = group_key(prefix)
        rows = (row for reach in likely for row in reach.rows)
        return any(
            isinstance(value, str) and group_key(value) == key
            for row in rows
            for value in row.values.values()
        )

    def _is_numbered(self, claim: Claim) -> bool:
        """Whether the row has a voucher's or a register's number, as only data has."""
        reference = self.schema.with_role("reference")
        text = claim.texts.get(reference.name, "") if reference else ""
        return bool(text) and text != claim.label.text

    def _likeliest(
        self, likely: Sequence[Reach], sums: Mapping[str, Decimal], is_between: bool
    ) -> Reach:
        """The rows that a wrong total was probably meant to add up: most of its sums agree with
        theirs."""
        filled = [r for r in likely if r.rows and not (is_between and r.scope == "table")]
        choices = filled or list(likely)
        return max(
            choices,
            key=lambda r: sum(total_of(r.rows, name) == total for name, total in sums.items()),
        )

    def _ask(self, claim: Claim, other: str) -> Row | Proof | None:
        """A row of which nobody knows whether it is data."""
        label = claim.label
        answer = self._answer(label.text, claim.number, claim.values, other)
        if answer == DATA:
            return self.as_row(claim.row)
        if answer == OPENING:
            return Proof(label.words.kind, label.text, claim.number, claim.values)
        return None

    def _answer(
        self, label: str, number: int, values: Mapping[str, Value], other: str, why: str = _NO_SUM
    ) -> str:
        """Whether a row is data or something else, as the office says; nothing while it does not."""
        numbers = (f"{name} {value:,}" for name, value in values.items() if value is not None)
        facts = {"numbers": "、".join(numbers) or "没有数", "other": other, "why": why}
        found = problem("row-unsure", Source(self.file, number), value=label, **facts)
        choices = (Choice(DATA, "当作一笔数据公开，算进合计"), Choice(other, _PUBLISHES[other]))
        answer = self.asking.settle(Doubt(f"行“{squeezed(label)}”", found, choices))
        if answer == DATA:
            self.data.append(label)
        elif answer == NO_DATA:
            self.left.append((number, label))
        return answer
