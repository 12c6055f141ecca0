"""What looking for warnings costs a county: `python -m tests.benchmarks.rules`.

The county of `county` is built once by one process, without sheets. Measured is the processor time of all
rules over all villages within that build, and of the command that compares villages afterwards.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import date
from pathlib import Path
from unittest.mock import patch

from generator.build import Settings, build
from generator.oversight.comparing import compared
from generator.oversight.found import all_found
from generator.views.warnings.shown import village_warnings
from tests.benchmarks.county import COUNTY, ROOT, TODAY, make_county
from tests.timing import Stopwatch


def main() -> None:
    """Make it, build it, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--villages", type=int, default=COUNTY)
    villages = parser.parse_args().villages
    rules, together = Stopwatch(village_warnings), Stopwatch(compared)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        make_county(folder, villages)
        settings = Settings(
            content=folder / "content",
            villages=folder / "villages",
            templates=ROOT / "templates",
            out=folder / "site",
            today=date.fromisoformat(TODAY),
            sheets="none",
            cache=folder / "cache",
        )
        begun = time.process_time()
        with patch("generator.views.contents.village_warnings", rules):
            build(settings, lambda _: None)
        full = time.process_time() - begun
        begun = time.process_time()
        with patch("generator.oversight.found.compared", together):
            all_found(settings, lambda _: None)
        looked = time.process_time() - begun
    print(f"{villages} villages, full build without sheets {full:.0f} CPU s")
    print(f"all rules over each village {rules.seconds:.1f} CPU s, {rules.seconds / full:.1%}")
    print(
        f"`warnings` over all: {looked:.0f} CPU s, {looked / full:.0%}; of these comparing ", end=""
    )
    print(f"villages {together.seconds:.2f}, {together.seconds / full:.2%}")


if __name__ == "__main__":
    main()
