#!/bin/sh
# WeasyPrint: `counter-set: list-item 9` on an item shows 10, since its own step of one is added after the
# setting; CSS Lists 3 sets last, and browsers show 9. `counter-increment: list-item 0` beside it shows 9 in
# both. Seen with 70.0.
#
# Why it matters: the numbered points of a decision are cited by number. A sheet on the wall that counts otherwise
# than the page makes people quote the wrong point.
# What we do: both properties together on the item that a number is given for.
# Needs Pango of the system, as WeasyPrint does; without it the script says so and tries nothing.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pypdfium2==5.15.2
cd "$dir"
venv/bin/python - <<'PY'
import re
import sys

try:
    import weasyprint
except OSError as error:
    print(f"not tried: {error}")
    sys.exit(0)
import pypdfium2


def numbers(style):
    page = f'<ol><li>甲</li><li style="{style}">乙</li><li>丙</li></ol>'
    text = pypdfium2.PdfDocument(weasyprint.HTML(string=page).write_pdf())[0].get_textpage()
    return [int(number) for number in re.findall(r"(\d+)\.", text.get_text_range())]


print("WeasyPrint", weasyprint.__version__)
for style, expected in (
    ("counter-set: list-item 9", [1, 10, 11]),
    ("counter-increment: list-item 0; counter-set: list-item 9", [1, 9, 10]),
):
    seen = numbers(style)
    print(f"{style}: {seen}")
    assert seen == expected, f"changed: {expected} was seen before"
PY
