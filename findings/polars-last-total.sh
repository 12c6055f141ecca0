#!/bin/sh
# polars, read_excel with its usual engine (fastexcel): a column's type is guessed from the first
# thousand rows, and cells below that do not fit become null; a row of nothing but such cells is left out,
# without an error. Seen with polars 2.1.0 and fastexcel 0.21.0.
#
# Why it matters: a list of more than a thousand households ends with 合计 and its sum in words. The row that
# proves the list is the one that vanishes.
# What we do: every cell is read as what it is (dtype=object), and typed by the heading above it.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check \
    polars==2.1.0 fastexcel==0.21.0 openpyxl==3.1.5
cd "$dir"
venv/bin/python - <<'PY'
import openpyxl
import polars

book = openpyxl.Workbook()
book.active.append(["序号", "金额"])
for number in range(1, 1201):
    book.active.append([number, 100])
book.active.append(["合计", "壹拾贰万元整"])
book.save("list.xlsx")
frame = polars.read_excel("list.xlsx")
print(f"polars {polars.__version__}: {frame.height} rows of 1201, the last {frame.row(-1)}")
assert (frame.height, frame.row(-1)) == (1200, (1200, 100)), "changed: the last row was left out"
PY
