#!/bin/sh
# LibreOffice: a cell with several runs gets the font of its first run when it is saved as .xls. If the first
# run is struck through, so is the cell by its own style, and if it is not, the cell is not, whatever follows. The
# runs themselves stay right. Seen with 7.4.7.
#
# Why it matters: 800 struck through with 600 beside it is a correction, while a struck cell is void. A
# reader of .xls that goes by the cell's font voids the corrected amount.
# What we do: where a cell has runs, they say what is struck, and the cell's font says nothing.
# Tries nothing where there is no LibreOffice.
set -eu
command -v soffice >/dev/null || { echo "not tried: no LibreOffice"; exit 0; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 xlrd==2.0.2
cd "$dir"
venv/bin/python - <<'PY'
import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

struck, bold = InlineFont(strike=True), InlineFont(b=True)
book = openpyxl.Workbook()
book.active["A1"] = CellRichText(TextBlock(struck, "800"), TextBlock(bold, "600"))
book.active["A2"] = CellRichText(TextBlock(bold, "600"), TextBlock(struck, "800"))
book.save("runs.xlsx")
PY
soffice --version
soffice "-env:UserInstallation=file://$dir/profile" --headless --convert-to xls runs.xlsx >/dev/null 2>&1
venv/bin/python - <<'PY'
import xlrd

book = xlrd.open_workbook("runs.xls", formatting_info=True)
sheet = book.sheet_by_index(0)
for row, expected in ((0, (True, [True, False])), (1, (False, [False, True]))):
    cell = sheet.cell(row, 0)
    own = bool(book.font_list[book.xf_list[cell.xf_index].font_index].struck_out)
    runs = [bool(book.font_list[font].struck_out) for _, font in sheet.rich_text_runlist_map[(row, 0)]]
    print(f"{cell.value}: the cell's font is struck: {own}, its runs: {runs}")
    assert (own, runs) == expected, f"changed: {expected} was seen before"
PY
