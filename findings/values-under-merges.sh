#!/bin/sh
# A value that was left under a merged area: openpyxl drops it when it loads the workbook whole and gives it with
# read_only=True; python-calamine always gives it. Seen with openpyxl 3.1.5 and python-calamine 0.9.1.
#
# Why it matters: merging two households' amounts keeps the lower one in the file, where nobody sees it. A
# reader that gives it pays 200 to the second household; one that drops it says nothing of what it dropped.
# What we do: read the merged areas ourselves, and publish nothing that lies under one without asking.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1
cd "$dir"
venv/bin/python - <<'PY'
from importlib.metadata import version
from zipfile import ZipFile

import openpyxl
from python_calamine import CalamineWorkbook

book = openpyxl.Workbook()
for line in (["户主", "金额"], ["甲某", 100], ["乙某", 200]):
    book.active.append(line)
book.save("plain.xlsx")
with ZipFile("plain.xlsx") as old, ZipFile("merged.xlsx", "w") as new:
    for name in old.namelist():
        merged = '</sheetData><mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>'
        new.writestr(name, old.read(name).decode().replace("</sheetData>", merged))

under = {
    "openpyxl": openpyxl.load_workbook("merged.xlsx").active["B3"].value,
    "openpyxl read_only": openpyxl.load_workbook("merged.xlsx", read_only=True).active["B3"].value,
    "calamine": CalamineWorkbook.from_path("merged.xlsx").get_sheet_by_index(0).to_python()[2][1],
}
print("openpyxl", openpyxl.__version__, "python-calamine", version("python-calamine"))
print("B3, under the merged area B2:B3:", under)
expected = {"openpyxl": None, "openpyxl read_only": 200, "calamine": 200.0}
assert under == expected, f"changed: {expected} was seen before"
PY
