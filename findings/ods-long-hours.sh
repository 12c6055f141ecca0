#!/bin/sh
# A duration of a day and more in an .ods (26:30, stored as PT26H30M00S): python-calamine gives the text
# PT26H30M00S beside times for shorter ones, and pandas with odfpy refuses the whole file. Seen with
# python-calamine 0.9.1, pandas 3.1.1, odfpy 1.4.1.
#
# Why it matters: lists of hours worked (误工, 投工投劳) are sums of hours, which soon pass 24.
# What we do: a column of numbers refuses the text as what it is.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check \
    python-calamine==0.9.1 pandas==3.1.1 odfpy==1.4.1
cd "$dir"
venv/bin/python - <<'PY'
from datetime import time
from importlib.metadata import version
from zipfile import ZipFile

import pandas
from python_calamine import CalamineWorkbook

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
KIND = "application/vnd.oasis.opendocument.spreadsheet"
CELL = (
    '<table:table-row><table:table-cell office:value-type="time" office:time-value="{}">'
    "<text:p>{}</text:p></table:table-cell></table:table-row>"
)
cells = CELL.format("PT08H30M00S", "8:30") + CELL.format("PT26H30M00S", "26:30")
content = (
    f'<office:document-content xmlns:office="{OASIS}:office:1.0" xmlns:table="{OASIS}:table:1.0"'
    f' xmlns:text="{OASIS}:text:1.0" office:version="1.3"><office:body><office:spreadsheet>'
    f'<table:table table:name="工时">{cells}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
manifest = (
    f'<m:manifest xmlns:m="{OASIS}:manifest:1.0" m:version="1.3">'
    f'<m:file-entry m:full-path="/" m:media-type="{KIND}"/>'
    '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
)
with ZipFile("hours.ods", "w") as file:
    file.writestr("mimetype", KIND)
    file.writestr("META-INF/manifest.xml", manifest)
    file.writestr("content.xml", content)

seen = [row[0] for row in CalamineWorkbook.from_path("hours.ods").get_sheet_by_index(0).to_python()]
print("python-calamine", version("python-calamine"), seen)
assert seen == [time(8, 30), "PT26H30M00S"], "changed: a time and a text were given"
try:
    said = pandas.read_excel("hours.ods", engine="odf", header=None)
except ValueError as error:
    said = f"{type(error).__name__}: {error}"
print("pandas", pandas.__version__, said)
assert isinstance(said, str) and "hour" in said, "changed: the file was refused"
PY
