"""How long a clerk waits: `python -m tests.benchmarks.desk`.

A cell of a month's account of 柳溪村 is mended as the desk does it: the page and the sheet as they would be, without
saving anything. The first look reads the village, the others are those that a clerk has all day.
"""

from __future__ import annotations

import tempfile
import time
from datetime import date
from pathlib import Path

from generator.clerk.looking import look, sheet
from generator.settings import TEMPLATES, Settings
from tests.commands import ROOT

_PATH = "qingshi/liuxi/ledger/2025-09.csv"


def main() -> None:
    """Mend it five times, and print what each took."""
    text = (ROOT / "villages" / _PATH).read_bytes()
    lamps = "12 盏"
    encoding = next(name for name in ("utf-8", "gb18030") if lamps.encode(name) in text)
    with tempfile.TemporaryDirectory() as place:
        settings = Settings(
            content=ROOT / "content",
            villages=ROOT / "villages",
            templates=TEMPLATES,
            out=Path(place) / "site",
            today=date(2025, 10, 10),
            sheets="none",
            cache=Path(place) / "kept",
        )
        for number in range(13, 18):
            changed = text.replace(lamps.encode(encoding), f"{number} 盏".encode(encoding))
            begun = time.monotonic()
            look(settings, "liuxi", _PATH, ((_PATH, changed),))
            seen = time.monotonic()
            sheet(settings, "liuxi", _PATH, ((_PATH, changed),))
            print(f"page {seen - begun:.2f} s, sheet {time.monotonic() - seen:.2f} s")


if __name__ == "__main__":
    main()
