#!/bin/sh
# holidays answers for China to the year 2100, but the days exchanged with weekends (调休), which the State
# Council tells for one year at a time, end with 2026: later years have none, and nothing says so.
# chinesecalendar raises NotImplementedError instead. Seen with holidays 0.109 and chinesecalendar 1.11.0.
#
# Why it matters: time limits of disclosure are counted in working days; a year without its exchanged days gives
# a wrong last day for objections.
# What we do: holidays.yaml, by hand from the State Council's notice, and a notice when a year is missing.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check holidays==0.109 chinesecalendar==1.11.0
cd "$dir"
venv/bin/python - <<'PY'
import warnings
from datetime import date
from importlib.metadata import version

import chinese_calendar
import holidays

print("holidays", holidays.__version__, "chinesecalendar", version("chinesecalendar"))
for year, expected in ((2025, 5), (2026, 6), (2027, 0), (2028, 0)):
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        known = holidays.country_holidays("CN", years=year, language="en_US")
        worked = [day for day in known.weekend_workdays if day.year == year]
    print(f"holidays, {year}: {len(known)} days off, {len(worked)} weekend days worked, {len(said)} warnings")
    assert len(known) > 10 and not said, "changed: days off were given without a warning"
    assert len(worked) == expected, f"changed: {expected} days were exchanged"
try:
    answer = str(chinese_calendar.is_workday(date(2028, 10, 8)))
except NotImplementedError as error:
    answer = f"NotImplementedError: {error}"
print("chinesecalendar, 2028:", answer)
assert answer.startswith("NotImplementedError"), "changed: it refused"
PY
