"""Looks for strings that the browser and the builder analyse in different ways.

`python -m tests.fuzz_search --number 20000` makes strings by chance, of all kinds of signs, and ends with 1 where
the two analyses differ. Some hundred run with the tests (`tests/test_search.py`).
"""

from __future__ import annotations

import argparse
import random
import unicodedata

from generator.model.sounds import characters_of_syllables
from generator.render.search.traditional import PAIRS
from tests.browsing import chromium
from tests.searching import know_tables, load_scripts
from tests.test_search import ODD_LETTERS, assert_alike

_AT_ONCE = 500


def strings(number: int, seed: int) -> list[str]:
    """Strings of signs that search knows, and of any that this Python knows."""
    pick = random.Random(seed)
    known = "".join(characters_of_syllables().values())
    anything = [
        chr(code) for code in range(0x30000) if unicodedata.category(chr(code)) not in ("Cs", "Cn")
    ]
    kinds = (ODD_LETTERS, ODD_LETTERS, "0123456789年月日-/.,，", known, PAIRS, anything)
    return [
        "".join(pick.choice(pick.choice(kinds)) for _ in range(pick.randint(1, 40)))
        for _ in range(number)
    ]


def main() -> None:
    """Compare the two."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with chromium() as browser:
        page = browser.new_page()
        load_scripts(page)
        know_tables(page)
        texts = strings(options.number, options.seed)
        for start in range(0, len(texts), _AT_ONCE):
            assert_alike(page, texts[start : start + _AT_ONCE])
    print(f"{options.number} strings are analysed alike")


if __name__ == "__main__":
    main()
