"""How a workbook's cells look: what a number format makes of a value, what is struck through, what nobody
sees; and what is read of a cell whose look says something else than its value."""

from generator.intake.looks.formats import GENERAL, builtin_code, shown_text

__all__ = ["GENERAL", "builtin_code", "shown_text"]
