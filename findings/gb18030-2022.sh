#!/bin/sh
# Python's codec gb18030 (seen with 3.11) follows the edition of 2000: eight characters decode to private
# code points for which the edition of 2022, and the C library's converter, name characters of Unicode 4.1
# (U+9FB4 to U+9FBB).
#
# Why it matters: they are parts of rare names and stand in registers of persons that were saved as GB18030. A
# private code point has no picture in any font that is not the writer's, and no search finds it.
# What we do: map them to their characters by a table of both editions, and say so.
# Needs no package; the C library is asked only where iconv is its own.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
cd "$dir"
venv/bin/python - <<'PY'
import platform
import shutil
import subprocess

# Octets, the private code point of 2000, and the character of 2022.
KNOWN = (
    (0xFE59, 0xE81E, 0x9FB4),
    (0xFE61, 0xE826, 0x9FB5),
    (0xFE66, 0xE82B, 0x9FB6),
    (0xFE67, 0xE82C, 0x9FB7),
    (0xFE6D, 0xE832, 0x9FB8),
    (0xFE7E, 0xE843, 0x9FB9),
    (0xFE90, 0xE854, 0x9FBA),
    (0xFEA0, 0xE864, 0x9FBB),
)
print("Python", platform.python_version())
for octets, private, character in KNOWN:
    seen = ord(octets.to_bytes(2, "big").decode("gb18030"))
    print(f"{octets:04X}: U+{seen:04X}; the edition of 2022 has U+{character:04X}")
    assert seen == private, "changed: a private code point was given"
iconv = shutil.which("iconv")
told = subprocess.run([iconv, "--version"], capture_output=True, text=True).stdout if iconv else ""
if "GLIBC" in told or "GNU libc" in told:
    octets = b"".join(entry[0].to_bytes(2, "big") for entry in KNOWN)
    done = subprocess.run([iconv, "-f", "GB18030", "-t", "UTF-8"], input=octets, capture_output=True)
    print(told.splitlines()[0], done.stdout.decode())
    assert [ord(c) for c in done.stdout.decode()] == [e[2] for e in KNOWN], "changed: iconv"
else:
    print("iconv of the GNU C library: not tried")
PY
