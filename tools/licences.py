"""Completes the list of parts by what lies in templates/, and prints everyone's licence as CSV.

`python tools/licences.py SBOM.json`, called by `make dist`. The list comes from the environment that
`requirements.lock` makes, by cyclonedx-py. A part whose licence is not known here ends it with 1:
somebody has to read that licence before the program is passed on with it.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# What we carry ourselves: name, version, licence, files.
CARRIED = (
    ("lunr.js", "2.3.9", "MIT", "templates/assets/js/lunr.min.js"),
    ("OpenCC (characters)", "1.4.2", "Apache-2.0", "generator/render/search/traditional.json"),
    ("pypinyin-dict (readings)", "0.9.0", "MIT", "generator/model/sounds.json"),
    ("Noto Sans CJK SC (cut)", "2.004", "OFL-1.1", "templates/fonts/MingbaiSans-*.ttf"),
    ("Noto Serif CJK SC (cut)", "2.001", "OFL-1.1", "templates/fonts/MingbaiSerif-*.ttf"),
)
# Whose package declares it in words that cyclonedx-py does not take; read in the wheel.
READ = {"pypdfium2": "BSD-3-Clause AND Apache-2.0"}
# Under these the program may be used and passed on, changed or not, by anybody.
KNOWN = (
    "0BSD", "Apache", "BSD", "HPND", "ISC", "LGPL", "MIT", "MPL", "Mozilla", "OFL", "PSF",
    "Python", "Unlicense", "Zlib",
)  # fmt: skip


def main(place: Path) -> int:
    """Complete the list at `place` and print the table; returns the exit code."""
    parts = json.loads(place.read_text("utf-8"))
    own = parts["metadata"]["component"]["name"]
    found = [part for part in parts["components"] if part["name"] not in (own, "pip", "setuptools")]
    parts["components"] = [*found, *_carried()]
    place.write_text(json.dumps(parts, ensure_ascii=False, indent=1) + "\n", "utf-8")
    lines = [(part["name"], part["version"], _licence(part)) for part in parts["components"]]
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerows([("name", "version", "licence"), *lines])
    unknown = [name for name, _, licence in lines if not any(word in licence for word in KNOWN)]
    if unknown:
        print(f"nobody has read the licence of: {', '.join(unknown)}", file=sys.stderr)
    return 1 if unknown else 0


def _licence(part: dict[str, Any]) -> str:
    """As the package declares it: by its identifier where there is one, else by its words."""
    names = []
    for entry in part.get("licenses", ()):
        licence = entry.get("license", {})
        names.append(entry.get("expression") or licence.get("id") or licence.get("name", ""))
    plain = [name.removeprefix("License :: ").removeprefix("OSI Approved :: ") for name in names]
    declared = "; ".join(dict.fromkeys(name.splitlines()[0] for name in plain if name))
    return declared or READ.get(part["name"], "")


def _carried() -> Iterator[dict[str, Any]]:
    for name, version, licence, pattern in CARRIED:
        for path in sorted(ROOT.glob(pattern)):
            yield {
                "type": "file",
                "name": f"{name}: {path.name}",
                "version": version,
                "licenses": [{"license": {"id": licence}}],
                "hashes": [{"alg": "SHA-256", "content": sha256(path.read_bytes()).hexdigest()}],
            }


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
