"""Decides which entries of books and which lines of bank statements are the same money."""

from __future__ import annotations

from generator.reconciling.matching import How, Item, Matched, Pair, matched

__all__ = ["How", "Item", "Matched", "Pair", "matched"]
