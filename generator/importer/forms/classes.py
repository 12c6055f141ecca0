"""Knows the class of an account subject, and on which side it grows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.importer.forms.asks import Clerk
from generator.importer.forms.compared import key
from generator.intake.decoding import GridRow
from generator.intake.doubts import Choice, Doubt
from generator.model.shared import ChartOfAccounts, Subject
from generator.problems import problem

_ASKED = ("资产", "负债", "所有者权益")
_DEBIT = ("资产", "成本", "支出")
_BY_DIGIT = {"1": "资产", "2": "负债", "3": "所有者权益", "4": "成本"}
_RESULTS = {"income": "收入", "expense": "支出", "": ""}


@dataclass(frozen=True)
class Class:
    """A class of subjects by the name that the balance table has for it; empty when unknown."""

    title: str

    @property
    def is_result(self) -> bool:
        """Whether the year's result is still in it, and not in equity."""
        return bool(self.title) and self.title not in _ASKED

    def ordered(self, pair: tuple[int, int]) -> tuple[int, int]:
        """Columns of debit and credit, that in which the class grows first."""
        return pair if self.title in _DEBIT or not self.title else (pair[1], pair[0])


class SubjectBook:
    """The chart of accounts in force, and whom to ask what does not stand in it."""

    def __init__(self, clerk: Clerk, classes: Sequence[str] = _ASKED) -> None:
        self.clerk = clerk
        self.classes = classes
        self.chart = _chart(clerk)

    def class_of(self, row: GridRow, code: str, name: str) -> Class:
        """The class of a subject, by its name in the chart or its code, whose first digit says it
        in every chart; else it is asked for."""
        found = self._find(code, name)
        if found is not None:
            title = _RESULTS[found.side] if found.category == "损益" else found.category
            if title and (title in self.classes or self.classes is _ASKED):
                return Class(title)
        digit = _BY_DIGIT.get(code[:1]) if len(code) >= 3 and code[:3].isdigit() else None
        if digit:
            return Class(digit)
        fault = problem("form-class", self.clerk.place(row, "科目"), value=name)
        choices = tuple(Choice(title, self._publishes(name, title)) for title in self.classes)
        about = f"{self.clerk.form}：科目“{name}”的类别"
        return Class(self.clerk.asking.settle(Doubt(about, fault, choices)))

    def _publishes(self, name: str, title: str) -> str:
        """What an answer would publish; the side tells only where there are two."""
        if self.classes is not _ASKED:
            return f"“{name}”公开为{title}"
        return f"“{name}”公开为{title}类科目，借方是{'增加' if title in _DEBIT else '减少'}"

    def _find(self, code: str, name: str) -> Subject | None:
        if self.chart is None:
            return None
        for text in (name.strip(), key(name), code.strip()[:3]):
            found = self.chart.find(text) if text else None
            if found is not None:
                return found
        return None


def _chart(clerk: Clerk) -> ChartOfAccounts | None:
    today = clerk.known.today
    charts = clerk.known.subjects
    return next(
        (c for c in charts if c.effective <= today and (c.until is None or today <= c.until)), None
    )
