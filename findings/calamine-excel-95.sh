#!/bin/sh
# python-calamine: the Chinese text of an .xls of Excel 5.0/95 (BIFF5, whose CODEPAGE record says 936) comes back
# as U+FFFD and NUL, without an error; xlrd reads it rightly. Seen with python-calamine 0.9.1 and xlrd 2.0.2.
#
# Why it matters: old village accounts and the exports of some accounting programs are still of this kind, and
# every name and subject in them would be lost while the amounts stay.
# What we do: .xls goes to xlrd.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1 xlrd==2.0.2
cd "$dir"
venv/bin/python - <<'PY'
import struct
from importlib.metadata import version

import xlrd
from python_calamine import CalamineWorkbook

WORDS = "村部电费"


def record(kind, content=b""):
    return struct.pack("<HH", kind, len(content)) + content


def book_stream():
    """BOF, CODEPAGE, one font, one style, one sheet with a LABEL in A1."""
    name = "收支".encode("gbk")
    font = struct.pack("<HHHHHBBBBB", 240, 0, 0x7FFF, 400, 0, 0, 0, 134, 0, 4) + "宋体".encode("gbk")
    style = struct.pack("<8H", 0, 0, 1, 0x20, 0x20C0, 0, 0, 0)

    def head(place):
        return (
            record(0x809, struct.pack("<4H", 0x500, 5, 0, 0))
            + record(0x42, struct.pack("<H", 936))
            + record(0x31, font)
            + record(0xE0, style)
            + record(0x85, struct.pack("<IHB", place, 0, len(name)) + name)
            + record(0x0A)
        )

    text = WORDS.encode("gbk")
    sheet = record(0x809, struct.pack("<4H", 0x500, 0x10, 0, 0))
    sheet += record(0x200, struct.pack("<5H", 0, 1, 0, 1, 0))
    sheet += record(0x204, struct.pack("<4H", 0, 0, 0, len(text)) + text)
    return head(len(head(0))) + sheet + record(0x0A)


def in_container(stream):
    """A compound file: header, table of sectors, directory, and the stream in eight sectors."""
    free, end, sectors = 0xFFFFFFFF, 0xFFFFFFFE, 8
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16)
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0, 0)
    header += struct.pack("<108I", *[free] * 108)
    chain = [0xFFFFFFFD, end, *range(3, 2 + sectors), end]
    table = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))

    def entry(name, kind, child, first, size):
        raw = f"{name}\0".encode("utf-16-le") if name else b""
        links = struct.pack("<HBBIII", len(raw), kind, 1, free, free, child)
        return raw.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", first, size)

    directory = entry("Root Entry", 5, 1, end, 0) + entry("Book", 2, free, 2, sectors * 512)
    directory += entry("", 0, free, 0, 0) * 2
    return header + table + directory + stream.ljust(sectors * 512, b"\0")


with open("old.xls", "wb") as file:
    file.write(in_container(book_stream()))
right = xlrd.open_workbook("old.xls").sheet_by_index(0).cell_value(0, 0)
((other, *_), *_) = CalamineWorkbook.from_path("old.xls").get_sheet_by_index(0).to_python()
print(f"xlrd {xlrd.__version__}: {right!r}; python-calamine {version('python-calamine')}: {other!r}")
assert right == WORDS, "changed: xlrd read it rightly"
assert "\ufffd" in other and not set(other) & set(WORDS), "changed: calamine lost the text"
PY
