#!/bin/sh
# LibreOffice: the number format 0!.0, by which Chinese spreadsheet programs show yuan in ten thousands (! stands
# before a sign to show as it is, so the two digits of 12 thousands are parted: 1.2) is shown as 12!.3, ten times
# as much with a stray sign; saved as .xls the ! becomes a sign of the text. e, the year, is the year of another
# calendar: 25年 for 2025年 in Chinese. Seen with 7.4.7.
#
# Why it matters: such formats are how accounts are shown in 万元, and turning a workbook into another format with
# LibreOffice is the usual advice when a program cannot read it.
# What we do: read the codes of the office's own file ourselves (generator/intake/looks), with ! as what it is there.
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

book = openpyxl.Workbook()
for row, (value, code) in enumerate(
    ((12345.6, '0!.0,"万元"'), (12345.6, '0\\.0,"万元"'), (45901, '[$-804]e"年"m"月"')), start=1
):
    book.active.cell(row, 1, value).number_format = code
book.save("codes.xlsx")
PY
office() {
    soffice "-env:UserInstallation=file://$dir/profile" --headless --convert-to "$1" codes.xlsx >/dev/null 2>&1
}
soffice --version
office "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
office xls
venv/bin/python - <<'PY'
from pathlib import Path

import xlrd

shown = Path("codes.csv").read_text("utf-8").splitlines()
book = xlrd.open_workbook("codes.xls", formatting_info=True)
cell = book.sheet_by_index(0).cell(0, 0)
code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
print("shown:", shown, "- in the .xls:", code)
assert shown == ["12!.3万元", "1.2万元", "25年9月"], "changed: what is shown"
assert code == '0\\!.0,"万元"', "changed: the code in the .xls"
PY
