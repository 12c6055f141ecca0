"""Every kind of problem with its words, in one table.

The key is the stable code; `{table}` in it stands for the item's table, so that a clerk sees
`ledger-amount` or `subsidies-amount`. Messages say what is wrong, hints what to do next.
"""

from generator.problems.kinds.cells import CELLS
from generator.problems.kinds.files import FILES
from generator.problems.kinds.forms import FORMS
from generator.problems.kinds.importing import IMPORTING
from generator.problems.kinds.kind import Kind, Severity
from generator.problems.kinds.order import ORDER
from generator.problems.kinds.posted import POSTED
from generator.problems.kinds.remaining import REMAINING
from generator.problems.kinds.reviewing import REVIEWING
from generator.problems.kinds.rules import RULES
from generator.problems.kinds.sums import SUMS
from generator.problems.kinds.tables import TABLES

__all__ = ["KINDS", "Kind", "Severity"]

KINDS: dict[str, Kind] = {
    **FILES,
    **REMAINING,
    **REVIEWING,
    **POSTED,
    **TABLES,
    **SUMS,
    **CELLS,
    **RULES,
    **ORDER,
    **FORMS,
    **IMPORTING,
}
