"""The counts of visits as text to read, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby

from generator.visits import VisitLine, Visits
from generator.visits.publishing import Told

_HEADINGS = ("月份", "村", "村名", "事项", "事项名称", "浏览", "扫码")


def as_text(visits: Visits) -> str:
    """A month and village a line, the most looked at first."""
    lines = ["数的是打开网页的次数，不是人数；公开栏上扫码打开的另外写出。"]
    for (month, name), group in groupby(visits.lines, key=lambda line: (line.month, line.name)):
        own = sorted(group, key=lambda line: -line.visits)
        parts = "、".join(f"{line.title} {line.visits}" for line in own)
        lines.append(f"{month}　{name}　{_total(own)}：{parts}")
    return "\n".join(lines if visits.lines else ["日志里没有数到打开网页的。"])


def _total(lines: list[VisitLine]) -> str:
    scans = sum(line.scans for line in lines)
    return f"共 {sum(line.visits for line in lines)} 次" + (
        f"，其中扫码 {scans} 次" if scans else ""
    )


def as_csv(visits: Visits) -> str:
    """A month, village and item a line, in the form that Excel reads as it is."""
    rows = ((x.month, x.village, x.name, x.item, x.title, x.visits, x.scans) for x in visits.lines)
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + _table(_HEADINGS, rows)


def as_json(visits: Visits) -> str:
    """All counts, and what was not counted."""
    tally = visits.tally
    apart = ("lines", "failed", "robots", "files", "unknown", "nameless")
    content = {
        "visits": [asdict(line) for line in visits.lines],
        "not_counted": {name: getattr(tally, name) for name in apart},
        "unread": {log: asdict(unread) for log, unread in tally.unread.items()},
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def notes(visits: Visits) -> Iterator[str]:
    """What was not counted, and why: to be read beside the counts."""
    tally = visits.tally
    parts = (
        (tally.robots, "机器人"),
        (tally.failed, "没有打开的、不是看网页的"),
        (tally.files, "图片、样式、数据文件"),
        (tally.unknown, "网站里没有的网址"),
    )
    told = "，".join(f"{words} {count} 次" for count, words in parts if count)
    yield f"日志共 {tally.lines} 行" + (f"；没有数的：{told}。" if told else "。")
    if tally.nameless:
        yield f"有 {tally.nameless} 次日志里没有记是什么程序，机器人分不出来，也数在里面。"
    for log, unread in tally.unread.items():
        if unread.count:
            first = "、".join(map(str, unread.first))
            more = "等" if unread.count > len(unread.first) else ""
            yield f"{log}：有 {unread.count} 行看不懂，没有数（第 {first} {more}行）。"
        if unread.broken_after is not None:
            yield f"{log}：读到第 {unread.broken_after} 行断了，后面的没有数。"
    if visits.told:
        yield from _told(visits.told)


def _told(told: Told) -> Iterator[str]:
    if told.written:
        yield f"写进了 {told.file}：{'、'.join(told.written)}。下次生成网站时公开。"
    if told.unfinished:
        yield f"还没有过完，没有公开：{'、'.join(told.unfinished)}。"
    if told.kept:
        months = "、".join(told.kept)
        yield f"比已经公开的少，没有改：{months}。日志多半不全，请把那个月的日志都写上。"


def _table(headings: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return out.getvalue()
