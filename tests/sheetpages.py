"""How many pages sheets take: `python -m tests.sheetpages SITE [OTHER]`, one after the other.

Of every sheet of a built site: its pages, and the share of the last one that is used. What stands on
the second of two pages and takes less than two thirds of it would often fit one, set otherwise: these
are the sheets to look at, each named with what begins its last page.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import pypdfium2

OFTEN_ONE = 2 / 3  # of the last page's room
_SCALE = 0.5  # pixels a point: a line of the smallest type is six high
_WHITE = 250
_HEAD_AND_FOOT = 0.25  # of a page, at least


@dataclass(frozen=True)
class SheetPages:
    """One sheet; `used` is the share of its last page's room that has something in it, `begins` what
    that page says below its head."""

    name: str
    count: int
    used: float
    begins: str

    @property
    def might_be_one(self) -> bool:
        """Whether not much is left for the second of two pages."""
        return self.count == 2 and self.used < OFTEN_ONE


def sheets_of(site: Path) -> Iterator[SheetPages]:
    """The sheets of a site, by their pages' addresses."""
    for path in sorted(site.rglob("poster.pdf")):
        name = path.parent.relative_to(site).as_posix()
        document = pypdfium2.PdfDocument(path)
        last = document[len(document) - 1]
        text = last.get_textpage().get_text_range()
        yield SheetPages(name, len(document), used_of(last), " ".join(text.split())[:90])
        document.close()


def used_of(page: pypdfium2.PdfPage) -> float:
    """The share of a page's room between head and foot above the largest white in it."""
    grey = np.asarray(page.render(scale=_SCALE).to_pil().convert("L"))
    is_inked = (grey < _WHITE).any(axis=1).tolist()
    rows = [(inked, len(list(run))) for inked, run in groupby(is_inked)]
    inside = rows[1:-1] if not rows[0][0] else rows[:-1]  # without the paper's margins
    white = max((length for inked, length in inside if not inked), default=0)
    whole = sum(length for _, length in inside) * (1 - _HEAD_AND_FOOT)
    return max(0.0, 1 - white / whole)


def report(site: Path) -> None:
    """How many sheets take how many pages, and those of two that might be one."""
    sheets = list(sheets_of(site))
    counts = sorted(Counter(sheet.count for sheet in sheets).items())
    print(f"{site}：{len(sheets)} sheets, {sum(sheet.count for sheet in sheets)} pages")
    print("  " + ", ".join(f"{found} of {pages}" for pages, found in counts))
    might = [sheet for sheet in sheets if sheet.might_be_one]
    print(f"  {len(might)} of two pages with less than two thirds of the second used:")
    for sheet in sorted(sheets, key=lambda sheet: (sheet.count, sheet.used)):
        if sheet.count > 1:
            mark = "*" if sheet.might_be_one else " "
            print(f"  {mark} {sheet.count}  {sheet.used:4.0%}  {sheet.name:48} {sheet.begins}")


def main() -> None:
    """Look at the sites that are named."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sites", nargs="+", type=Path)
    for site in parser.parse_args().sites:
        report(site)


if __name__ == "__main__":
    main()
