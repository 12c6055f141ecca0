#!/bin/sh
# openpyxl, read_only=True with rich_text=True: the runs of a cell come back as one plain string when the
# workbook keeps them in the cell (inlineStr, as openpyxl itself writes them); runs among the shared strings
# come back as runs. Seen with 3.1.5.
#
# Why it matters: accountants correct an amount by striking the old digits through and writing the new ones
# beside them. Without its runs, 800 struck and 600 beside it is eight hundred thousand six hundred.
# What we do: read runs from the workbook's XML ourselves (generator/intake/looks) and ask about struck ones.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 xlsxwriter==3.3.1
cd "$dir"
venv/bin/python - <<'PY'
import openpyxl
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

book = openpyxl.Workbook()
book.active["A1"] = CellRichText(TextBlock(InlineFont(strike=True), "800"), "600")
book.save("inline.xlsx")
with xlsxwriter.Workbook("shared.xlsx") as other:
    struck = other.add_format({"font_strikeout": True})
    other.add_worksheet().write_rich_string("A1", struck, "800", "600")


def runs_of(file, read_only):
    value = openpyxl.load_workbook(file, rich_text=True, read_only=read_only).active["A1"].value
    return [str(run) for run in value] if isinstance(value, CellRichText) else value


print("openpyxl", openpyxl.__version__)
for file, read_only, expected in (
    ("inline.xlsx", False, ["800", "600"]),
    ("shared.xlsx", False, ["800", "600"]),
    ("shared.xlsx", True, ["800", "600"]),
    ("inline.xlsx", True, "800600"),
):
    seen = runs_of(file, read_only)
    print(f"{file}, read_only={read_only}: {seen!r}")
    assert seen == expected, f"changed: {expected!r} was seen before"
PY
