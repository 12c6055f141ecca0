"""Decides from a published folder, offline, whether a sheet in someone's hand is current, and what a
slip with a question is about.

The page on the web tells the same; this is for offices without it. What is asked is the code
printed on the sheet, or the whole address in its QR code, which also says what sheet it was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from generator.model.codes import is_code, plain_code
from generator.model.slips import is_like_slip, read_slip
from generator.output.draft import finish
from generator.output.manifest import NAME, WITHDRAWN
from generator.publishing.text import day
from generator.settings import CannotBuildError

_CODE = re.compile(r'data-code="([0-9A-Z]{8})"')
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@dataclass(frozen=True)
class Answer:
    """The answer about a sheet, line by line; it is good when the sheet may stay on the wall."""

    is_good: bool
    lines: tuple[str, ...]


@dataclass(frozen=True)
class _Known:
    """A sheet that the published folder knows. `until` is empty for what stays up."""

    url: str
    title: str
    code: str
    is_withdrawn: bool = False
    published: str = ""
    until: str = ""
    is_over: bool = False


def looks_like_code(asked: str) -> bool:
    """Whether someone means a code, a sheet's address or the number of a slip, and not a folder."""
    return (
        "://" in asked
        or "?c=" in asked
        or is_like_slip(asked)
        or re.fullmatch(r"[0-9A-Z]{6,10}", plain_code(asked)) is not None
    )


def verify_code(asked: str, site: Path) -> Answer:
    """Say what a sheet is. `asked` is its code, or the address in its QR code; or the number of a slip,
    which is answered well when its record is found.

    Raises `CannotBuildError` when the folder holds no published site.
    """
    finish(site)
    if is_like_slip(asked):
        return _about_slip(asked, site)
    parts = urlsplit(asked)
    given = parse_qs(parts.query).get("c", [""])[0] if parts.query or parts.scheme else asked
    records = _records(site)
    if parts.scheme and not given:
        return _without_code(asked, parts.path, records)
    code = plain_code(given)
    if not is_code(code):
        return _mistyped(code, records)
    known = next((k for k in records if k.code == code), None) or _page_with(site, code)
    if known:
        return _current(site, known)
    asked_for = next((k for k in records if parts.path.endswith(f"/{k.url}")), None)
    asked_for = asked_for or _page_before(site, code, records)
    return _superseded(site, code, asked_for) if asked_for else _unknown(code)


def _about_slip(asked: str, site: Path) -> Answer:
    """Which record a reader asked about, and how it stands today."""
    slip = read_slip(asked)
    if slip is None:
        return Answer(False, (f"{asked}：反映单号没有认出来，可能抄错了。请对照原件再输一遍。",))
    written = f"反映单 {slip.number}：{day(slip.day)}填写，问的是："
    records = _records(site)
    known = next((k for k in records if k.code == slip.code), None)
    lines = _current(site, known).lines if known else ()
    if known is None:
        known = _page_before(site, slip.code, records)
        lines = _superseded(site, slip.code, known).lines if known else _unknown(slip.code).lines
    if known is None:
        return Answer(False, (written, *lines))
    home = f"v/{slip.village}/"
    if not known.url.startswith(home):
        words = (
            f"可是号里写的村是 {slip.village}，对不上：这个号不是网页上做出来的。请问清楚再登记。"
        )
        return Answer(False, (written, *lines, words))
    named = known.url.removeprefix(home).strip("/")
    return Answer(
        True, (written, *lines, f"登记这件反映时，“涉及”一栏写 {named}，“反映单号”照抄。")
    )


def _current(site: Path, known: _Known) -> Answer:
    lines = [f"{known.code}：{_title(site, known)}", f"网页 {known.url}"]
    if known.is_withdrawn:
        words = "这是撤回说明的核验码：原来的内容已经撤回，墙上贴着的原件请取下。"
        return Answer(False, (*lines, words))
    lines.append("是现行版本，和已经发布的内容一致。")
    if known.published:
        lines.append(f"{known.published}公开。")
    lines += [f"更正过：{words}" for words in _corrections(site, known)]
    if known.is_over:
        lines.append(f"公示期到{known.until}已满，可以取下。")
    elif known.until:
        lines.append(f"公示期到{known.until}。")
    return Answer(True, tuple(lines))


def _superseded(site: Path, code: str, known: _Known) -> Answer:
    lines = [f"{code}：旧版本，属于“{_title(site, known)}”", f"网页 {known.url}"]
    if known.is_withdrawn:
        lines.append("这份内容已经撤回，这张公示单不再有效，请取下。为什么撤回，见网页。")
    else:
        held = _version(site, known, code)
        since = held["since"] if held else ()
        if held and not since and not known.is_over:
            lines.append("内容和现行版本一样，只是先后不同，可以不换。")
            return Answer(True, tuple(lines))
        over = f"公示期到{known.until}已满，请取下，不用换新的。"
        lines.append(f"已经被新的版本替换，现行版本的核验码是 {known.code}。")
        lines.append(over if known.is_over else "请换上新的。")
        if held and since:
            lines.append(f"这是{_day(held['day'])}的版本，和现在不一样的：")
            lines += since
        else:
            lines += [f"更正过：{words}" for words in _corrections(site, known)]
    return Answer(False, tuple(lines))


def _without_code(asked: str, path: str, records: Iterable[_Known]) -> Answer:
    """An address that says which sheet is meant, but not in which version."""
    lines = [
        f"{asked}：这个网址里没有核验码。二维码里的网址末尾是 ?c= 和八位核验码，请整个抄下来。"
    ]
    known = next((k for k in records if path.endswith(f"/{k.url}")), None)
    if known and not known.is_withdrawn:
        lines.append(f"“{known.title}”现行版本的核验码是 {known.code}，和公示单上印的对一对。")
    return Answer(False, tuple(lines))


def _unknown(code: str) -> Answer:
    return Answer(
        False,
        (
            f"{code}：没有抄错，但不是已经发布的任何一份现行内容。",
            "多半是被更正、替换过的旧版本，或者名单的公示期满了，也可能是别的网站的。",
            "想知道是哪一份，请把公示单二维码里的整个网址写在 verify 后面再查。",
        ),
    )


def _mistyped(code: str, records: list[_Known]) -> Answer:
    lines = [f"{code}：核验码没有认出来，可能抄错了。请对照公示单再输一遍。"]
    near = [known for known in records if _is_near(code, known.code)]
    lines += [f"最像的是 {known.code}：{known.title}" for known in near[:3]]
    return Answer(False, tuple(lines))


def _is_near(code: str, known: str) -> bool:
    """Whether one character is wrong, or two neighbours are swapped."""
    if len(code) != len(known):
        return False
    places = [n for n, (a, b) in enumerate(zip(code, known, strict=True)) if a != b]
    if len(places) == 2 and places[1] == places[0] + 1:
        first, second = places
        return code[first] == known[second] and code[second] == known[first]
    return len(places) == 1


# -------------------------------------------------------------------------------- the folder


def _records(site: Path) -> list[_Known]:
    try:
        top = json.loads((site / NAME).read_bytes())
        manifests = [
            json.loads((site / v["manifest"]).read_bytes()) for v in top["villages"].values()
        ]
        return [_known(line) for manifest in manifests for line in manifest["records"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CannotBuildError(
            f"{site} 里没有发布好的网站：清单 {NAME} 读不出来。网站在别处的，用 --site 写出来。"
        ) from error


def _known(line: dict[str, Any]) -> _Known:
    return _Known(
        url=line["url"],
        title=line["title"],
        code=line["code"],
        is_withdrawn=line["status"] == WITHDRAWN,
        published=_day(line["published"]),
        until=_day(line["display_until"]),
        is_over=line["status"] == "ended",
    )


def _day(text: str | None) -> str:
    return day(date.fromisoformat(text)) if text else ""


def _corrections(site: Path, known: _Known) -> Iterator[str]:
    """When and what was corrected, from data.json."""
    try:
        for when, what in _data(site, known)["content"].get("corrections", ()):
            yield f"{_day(when)}，{what}"
    except (KeyError, TypeError):
        return


def _version(site: Path, known: _Known, code: str) -> dict[str, Any] | None:
    """The version of a record with a code; None where it is not known."""
    versions = _data(site, known).get("history", ())
    return next((version for version in versions if code in version["codes"]), None)


def _data(site: Path, known: _Known) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((site / known.url / "data.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return found


def _page_before(site: Path, code: str, records: Iterable[_Known]) -> _Known | None:
    """A record that had this code once, by its page."""
    had = re.compile(rf'data-codes="[^"]*\b{code}\b')
    for known in records:
        try:
            page = (site / known.url / "index.html").read_text("utf-8", errors="replace")
        except OSError:
            continue
        if had.search(page):
            return known
    return None


def _page_with(site: Path, code: str) -> _Known | None:
    """A page that is not a record's but has a sheet and a code as well, such as a power list."""
    for path in sorted(site.rglob("index.html")):
        if code in _CODE.findall(path.read_text("utf-8", errors="replace")):
            url = f"{path.parent.relative_to(site).as_posix()}/"
            return _Known(url, url, code)
    return None


def _title(site: Path, known: _Known) -> str:
    """The title of its page, which names the village as well."""
    try:
        found = _TITLE.search((site / known.url / "index.html").read_text("utf-8"))
    except (OSError, ValueError):
        found = None
    return unescape(found[1]).strip() if found else known.title
