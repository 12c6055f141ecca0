#!/bin/sh
# frictionless, a number field with "bareNumber": false: whatever stands around the digits is thrown away,
# so that an accountant's minus is too. (1200) and 负1200 are 1200, 12OO (two letters O) is 12; each is valid.
# And uniqueKeys of a schema are not checked. Seen with 5.21.0.
#
# Why it matters: whoever checks a village's open data with it learns that a loss is a gain.
# What we do: our numbers are bare (-1200.00), and our own reader knows the forms of a minus.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check frictionless==5.21.0
cd "$dir"
venv/bin/python - <<'PY'
from importlib.metadata import version

from frictionless import Resource, Schema

print("frictionless", version("frictionless"))
amount = {"name": "余额", "type": "number", "bareNumber": False}
field = Schema.from_descriptor({"fields": [amount]}).get_field("余额")
for text, expected in (("-1200", -1200), ("(1200)", 1200), ("负1200", 1200), ("12OO", 12)):
    value, notes = field.read_cell(text)
    print(f"{text}: {value}, notes {notes}")
    assert (value, notes) == (expected, None), f"changed: {expected} was read"

key = {"fields": [{"name": "合同编号", "type": "string"}], "uniqueKeys": [["合同编号"]]}
twice = Resource(data=[["合同编号"], ["HT-01"], ["HT-01"]], schema=Schema.from_descriptor(key))
is_valid = twice.validate().valid
print("one number twice under uniqueKeys: valid is", is_valid)
assert is_valid, "changed: uniqueKeys were not checked"
PY
