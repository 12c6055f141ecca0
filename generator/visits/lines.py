"""Decides what a line of a web server's log says: of all that stands there only the month, the path,
whether it was asked with a sheet's code, and by what kind of program.

Common and combined format with anything before and behind them, lines of JSON as nginx and Caddy are
usually set to write them, and the format of docs/hosting, which keeps no name of a program.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any, NamedTuple

BEIJING = timezone(timedelta(hours=8))
_QUOTED = rb'"([^"\\]*(?:\\.[^"\\]*)*)"'
_LINE = re.compile(
    rb"[^\"\[]*\[([^\]\"]{20,40})\] " + _QUOTED + rb" (\d{3}) (?:\d+|-)"
    rb"(?: " + _QUOTED + rb" " + _QUOTED + rb")?([^\"]*)"
)
_REQUEST = re.compile(rb"([A-Z]{1,20}) (\S+)(?: HTTP/[\d.]+)?")
_CODE = re.compile(rb"(?:\A|[?&])c=[^&]")
_MINUTE = re.compile(r"(\d\d)/([A-Z][a-z]{2})/(\d{4}):(\d\d):(\d\d)", re.ASCII)
_REST = re.compile(r":\d\d ([+-]\d{4})", re.ASCII)
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, start=1)}
_TIMES = ("time_iso8601", "@timestamp", "timestamp", "time_local", "time", "ts", "msec")
_METHODS, _TARGETS = ("request_method", "method"), ("request_uri", "uri", "path", "url")
_QUERIES, _AGENTS = ("args", "query_string"), ("http_user_agent", "user_agent", "User-Agent")
_LATEST = 1e11  # seconds; greater numbers are milliseconds
_FIRST_YEAR, _LAST_YEAR = 2000, 2199


class Request(NamedTuple):
    """What was asked for. `agent` is the name of the program, None where logs keep none, and
    `is_robot` what the server said of it itself, None where it says nothing."""

    month: str
    method: bytes
    path: bytes
    status: int
    is_scan: bool
    agent: bytes | None
    is_robot: bool | None = None


def read_line(line: bytes) -> Request | None:
    """A line of a log; None where it is none that we know."""
    if line.lstrip().startswith(b"{"):
        return _of_json(line)
    found = _LINE.match(line)
    month = _month(found[1].decode("ascii", "replace")) if found else None
    if found is None or month is None:
        return None
    asked = _REQUEST.fullmatch(found[2])
    method, target = asked.groups() if asked else (b"", b"")
    path, _, query = target.partition(b"?")
    is_scan = bool(_CODE.search(query)) or b" scan=1" in found[6]
    told = None if b" robot=" not in found[6] else b" robot=1" in found[6]
    return Request(month, method, path, int(found[3]), is_scan, found[5], told)


def _of_json(line: bytes) -> Request | None:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(entry, dict):
        return None
    request = entry.get("request")
    inner: Mapping[str, Any] = request if isinstance(request, dict) else entry
    if isinstance(request, str):
        asked = _REQUEST.fullmatch(_bytes(request))
        method, target = asked.groups() if asked else (b"", b"")
    else:
        method, target = _bytes(_first(inner, _METHODS)), _bytes(_first(inner, _TARGETS))
        if not target:
            return None
    month, status = _month(_first(entry, _TIMES)), str(entry.get("status", ""))
    if month is None or not re.fullmatch(r"[1-5]\d\d", status, re.ASCII):
        return None
    path, _, query = target.partition(b"?")
    more = _bytes(_first(entry, _QUERIES))
    is_scan = bool(_CODE.search(query) or _CODE.search(more))
    return Request(month, method, path, int(status), is_scan, _agent(entry, inner))


def _agent(entry: Mapping[str, Any], inner: Mapping[str, Any]) -> bytes | None:
    headers = inner.get("headers")
    if isinstance(headers, dict):
        named = headers.get("User-Agent", [])
        return _bytes(named[0]) if isinstance(named, list) and named else b"-"
    named = _first(entry, _AGENTS)
    return None if named is None else _bytes(named)


def _first(entry: Mapping[str, Any], keys: tuple[str, ...]) -> Any:
    return next((entry[key] for key in keys if entry.get(key) is not None), None)


def _bytes(value: Any) -> bytes:
    return value.encode("utf-8", "replace") if isinstance(value, str) else b""


def _month(value: Any) -> str | None:
    """The month in which something was, in Beijing: from a server's time in any of the usual ways;
    None for what is no time."""
    if isinstance(value, str) and re.fullmatch(r"\d{9,13}(\.\d+)?", value, re.ASCII):
        value = float(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            seconds = value / 1000 if value > _LATEST else value
            return _sane(datetime.fromtimestamp(seconds, UTC).astimezone(BEIJING))
        except (ValueError, OverflowError, OSError):
            return None
    if not isinstance(value, str):
        return None
    if value[2:3] == "/":
        return _of_minute(value[:17], value[17:])
    try:
        when = datetime.fromisoformat(value)
        return _sane(when.astimezone(BEIJING) if when.tzinfo else when)
    except (ValueError, OverflowError):
        return None


def _of_minute(minute: str, rest: str) -> str | None:
    """The month of `10/Oct/2025:13:55` and `:36 +0800`."""
    found = _REST.fullmatch(rest)
    return _in_zone(minute, found[1]) if found else None


@lru_cache(maxsize=4096)  # lines of one minute follow each other
def _in_zone(minute: str, zone: str) -> str | None:
    found = _MINUTE.fullmatch(minute)
    if found is None:
        return None
    try:
        day, month, year, hour, minutes = found.groups()
        ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:]))
        when = datetime(int(year), _MONTHS[month], int(day), int(hour), int(minutes))
        return _sane(when + timedelta(hours=8) - (-ahead if zone[0] == "-" else ahead))
    except (KeyError, ValueError, OverflowError):
        return None


def _sane(when: datetime) -> str | None:
    return f"{when:%Y-%m}" if _FIRST_YEAR <= when.year <= _LAST_YEAR else None
