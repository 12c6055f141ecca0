#!/bin/sh
# Number formats 27 to 36 and 50 to 58 of a workbook have no code in the file: in Chinese they are dates
# (57 is 2025年9月). openpyxl knows none of them and gives the serial number 45901 with the format "General";
# python-calamine gives a date. Seen with openpyxl 3.1.5 and python-calamine 0.9.1.
#
# Why it matters: Chinese spreadsheet programs use these numbers whenever a date is chosen from their list,
# so a column of days becomes a column of five-digit numbers that may pass for amounts.
# What we do: take days as calamine gives them; our own reading of formats knows these numbers.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1
cd "$dir"
venv/bin/python - <<'PY'
from datetime import date
from importlib.metadata import version
from zipfile import ZipFile

import openpyxl
from python_calamine import CalamineWorkbook

book = openpyxl.Workbook()
book.active["A1"] = 45901
book.active["A1"].number_format = "0.00"  # number 2, replaced below
book.save("plain.xlsx")
print("openpyxl", openpyxl.__version__, "python-calamine", version("python-calamine"))
for number in (*range(27, 37), *range(50, 59)):
    with ZipFile("plain.xlsx") as old, ZipFile("dated.xlsx", "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name.endswith("styles.xml"):
                text = text.replace('numFmtId="2"', f'numFmtId="{number}"')
            new.writestr(name, text)
    cell = openpyxl.load_workbook("dated.xlsx").active["A1"]
    ((other,),) = CalamineWorkbook.from_path("dated.xlsx").get_sheet_by_index(0).to_python()
    print(f"format {number}: openpyxl {cell.value!r} as {cell.number_format!r}, calamine {other}")
    assert (cell.value, cell.number_format) == (45901, "General"), "changed: openpyxl"
    assert other == date(2025, 9, 1), "changed: calamine"
PY
