#!/bin/sh
# openpyxl: a typed list for a drop-down may be of any length and is written without a word, though spreadsheet
# programs allow 255 characters; XlsxWriter warns and leaves it out. Seen with openpyxl 3.1.5, XlsxWriter 3.3.1.
#
# Why it matters: a drop-down of a village's groups or of all subjects of its accounts is soon longer, and
# spreadsheet programs call such a workbook damaged, or cut the list in the midst of an entry.
# What we do: hand out no workbooks with drop-downs. A longer list would have to stand in cells of a hidden
# sheet, named by a range.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 xlsxwriter==3.3.1
cd "$dir"
venv/bin/python - <<'PY'
import warnings

import openpyxl
import xlsxwriter
from openpyxl.worksheet.datavalidation import DataValidation

groups = [f"第{number}村民小组" for number in range(1, 41)]

book = openpyxl.Workbook()
choice = DataValidation(type="list", formula1=f'"{",".join(groups)}"')
choice.add("A1")
book.active.add_data_validation(choice)
with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter("always")
    book.save("one.xlsx")
(kept,) = openpyxl.load_workbook("one.xlsx").active.data_validations.dataValidation
length = len(kept.formula1.strip('"'))
print(f"openpyxl {openpyxl.__version__}: wrote a list of {length} characters, {len(said)} warnings")
assert length == 310 and not said, "changed: the list was written as it is, without a warning"

with warnings.catch_warnings(record=True) as said, xlsxwriter.Workbook("two.xlsx") as other:
    warnings.simplefilter("always")
    result = other.add_worksheet().data_validation("A1", {"validate": "list", "source": groups})
print(f"XlsxWriter {xlsxwriter.__version__}: returned {result}, {len(said)} warning")
assert result < 0 and len(said) == 1, "changed: the list was refused with a warning"
PY
