"""Visits out of web servers' logs: every format says the same, and nothing of a reader is kept.

The site is a folder with manifests alone: that is all that the command asks of it.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.intake.visits import read_visits
from generator.model.visits import RobotWord, VisitCount
from generator.problems import Problem
from generator.visits import Visits, visit_lines
from generator.visits.counting import Robots, count_logs
from generator.visits.forms import as_csv, as_json, as_text, notes
from generator.visits.lines import BEIJING, Request, read_line
from generator.visits.pages import pages_of
from generator.visits.publishing import publish_visits
from tests.commands import ROOT, publish_here
from tests.township import BARE_VILLAGE, CONTENT, real_content, small_content, write

SHARED = real_content()[0]


PHONE = "Mozilla/5.0 (Linux; Android 12; CUBOT X50) AppleWebKit/537.36 MicroMessenger/8.0.38"
SPIDER = "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)"
# What must be in no output: an address, a name of a program, what was looked for, a code.
ADDRESS, WORD, CODE, USER = "203.0.113.77", "liuxiaoming", "6NEXMAR6", "clerk-wang"
PAGES = ("index.html", "search/index.html", "404.html", "assets/site.1.css")
OWN = (
    *("index.html", "ledger/index.html", "ledger/2025-09/index.html", "search/index.html"),
    *("ledger/2025-09/data.csv", "notices/2025-09-01-a/index.html"),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    files = {name: {} for name in PAGES}
    line = {"manifest": "v/liuxi/manifest.json"}
    write(folder, "manifest.json", json.dumps({"files": files, "villages": {"liuxi": line}}))
    records = [{"item": "ledger"}, {"item": "notices"}]
    own = {"records": records, "files": {f"v/liuxi/{name}": {} for name in OWN}}
    write(folder, "v/liuxi/manifest.json", json.dumps(own))
    write(folder, "search/names.json", json.dumps([["qingshi", "青石镇", [["liuxi", "柳溪村"]]]]))
    return folder


def combined(
    target: str,
    when: str = "10/Oct/2025:13:55:36 +0800",
    status: int = 200,
    agent: str = PHONE,
    method: str = "GET",
) -> str:
    asked = f'"{method} {target} HTTP/1.1" {status} 2326'
    return f'{ADDRESS} - {USER} [{when}] {asked} "http://x/?q={WORD}" "{agent}"'


def run(site: Path, *words: str) -> tuple[int, str, str]:
    command = ("visits", *words, "--site", str(site), "--content", str(CONTENT))
    done = publish_here(*command, "--today", "2025-11-01")
    return done.returncode, done.stdout, done.stderr


def counted(site: Path, log: Path) -> dict[tuple[str, str, str], tuple[int, int]]:
    _, out, _ = run(site, str(log), "--format", "json")
    lines = json.loads(out)["visits"]
    return {(x["month"], x["village"], x["item"]): (x["visits"], x["scans"]) for x in lines}


# -------------------------------------------------------------------------------- one line

MOMENTS = st.datetimes(datetime(2001, 1, 1), datetime(2150, 12, 31))
ZONES = st.integers(-48, 56).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
TARGETS = st.text(st.characters(codec="ascii", exclude_characters=' "\\?#{}'), max_size=30).filter(
    str.isprintable
)
NAMES = st.text(st.characters(codec="ascii", exclude_characters='"\\'), max_size=40).filter(
    str.isprintable
)


@given(MOMENTS, ZONES, TARGETS, st.sampled_from([200, 304, 404]), NAMES, st.booleans())
def test_every_format_says_the_same(
    moment: datetime, zone: timezone, tail: str, status: int, agent: str, scan: bool
) -> None:
    when = moment.replace(microsecond=0, tzinfo=zone)
    uri = f"/{tail}" + (f"?a=1&c={CODE}" if scan else "")
    clf = when.strftime("%d/%b/%Y:%H:%M:%S %z")
    request = f"GET {uri} HTTP/1.1"
    caddy = {"ts": when.timestamp(), "status": status, "duration": 0.01}
    caddy["request"] = {"remote_ip": ADDRESS, "method": "GET", "uri": uri}
    caddy["request"]["headers"] = {"User-Agent": [agent]}
    nginx = {"time_iso8601": when.isoformat(), "request": request, "status": str(status)}
    apart = {"time_local": clf, "request_method": "GET", "request_uri": uri, "status": status}
    epoch = {"msec": f"{when.timestamp():.3f}", "request": request, "status": status}
    named = {"http_user_agent": agent, "remote_addr": ADDRESS}
    lines = [
        f'{ADDRESS} - - [{clf}] "{request}" {status} 12 "-" "{agent}"',
        f'www.x.cn:443 {ADDRESS} - {USER} [{clf}] "{request}" {status} - "-" "{agent}" "-" 0.01',
        json.dumps(caddy),
        *(json.dumps(one | named, ensure_ascii=False) for one in (nginx, apart, epoch)),
    ]
    month = f"{when.astimezone(BEIJING):%Y-%m}"
    wanted = Request(month, b"GET", f"/{tail}".encode(), status, scan, agent.encode())
    assert [read_line(line.encode()) for line in lines] == [wanted] * len(lines)
    common = read_line(f'{ADDRESS} - - [{clf}] "{request}" {status} 12'.encode())
    assert common == wanted._replace(agent=None)


@given(st.binary(max_size=200))
def test_no_line_breaks_it(line: bytes) -> None:
    read_line(line)
    read_line(b"{" + line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "garbage",
        "{}",
        "[1]",
        '{"level":"info","ts":1760075736.1,"msg":"serving"}',
        combined("/", when="32/Oct/2025:13:55:36 +0800"),
        combined("/", when="10/Okt/2025:13:55:36 +0800"),
        '{"ts": true, "request": {"uri": "/"}, "status": 200}',
        '{"ts": 1e300, "request": {"uri": "/"}, "status": 200}',
        '{"ts": 1760075736, "request": {"uri": "/"}, "status": 2000}',
    ],
)
def test_what_is_no_request_is_none(line: str) -> None:
    assert read_line(line.encode()) is None


def test_the_month_is_that_of_beijing() -> None:
    for when, month in (
        ("30/Sep/2025:15:59:59 +0000", "2025-09"),
        ("30/Sep/2025:16:00:00 +0000", "2025-10"),
        ("30/Sep/2025:21:29:00 +0530", "2025-09"),
        ("30/Sep/2025:21:30:00 +0530", "2025-10"),
    ):
        found = read_line(combined("/", when=when).encode())
        assert found is not None
        assert found.month == month
    start = int(datetime(2025, 9, 30, 16, tzinfo=UTC).timestamp() * 1000)
    entry = {"ts": start, "request": {"method": "GET", "uri": "/"}, "status": 200}
    found = read_line(json.dumps(entry).encode())
    assert found is not None
    assert found.month == "2025-10"


def test_a_server_may_say_itself_who_is_a_robot() -> None:
    line = f'{ADDRESS} [10/Oct/2025:13:55:36 +0800] "GET /v/liuxi/" 200 5'
    said = [read_line(f"{line}{more}".encode()) for more in ("", " scan=1 robot=0", " robot=1")]
    assert [(r.is_scan, r.is_robot) for r in said if r] == [
        (False, None),
        (True, False),
        (False, True),
    ]


@given(st.sampled_from(["bot", "Bot", "BOT"]), NAMES)
def test_robots_are_known_by_a_word(word: str, name: str) -> None:
    robots = Robots([RobotWord("bot", "", ("cubot",))])
    asked = Request("2025-10", b"GET", b"/", 200, False, f"{name} {word}/1".encode())
    assert robots.has(asked)
    assert not robots.has(asked._replace(agent=PHONE.encode()))
    assert robots.has(asked._replace(agent=b"-"))  # a browser says its name


def test_the_sample_for_nginx_knows_the_same_robots() -> None:
    text = (ROOT / "docs" / "hosting" / "nginx.conf").read_text("utf-8")
    listed, spared = re.search(r'"~\*\((.+)\)" 1;', text), re.findall(r'"~\*(\w+)" 0;', text)
    rules = SHARED.visit_rules
    assert listed is not None
    assert rules is not None
    assert listed[1].split("|") == [one.word for one in rules.robots]
    assert spared == [word for one in rules.robots for word in one.but]


# -------------------------------------------------------------------------------- whole logs


def test_pages_are_counted_by_village_item_and_month(site: Path, tmp_path: Path) -> None:
    lines = [
        combined("/v/liuxi/"),
        combined("/v/liuxi/index.html", status=304),
        combined("/v/liuxi/ledger/"),
        combined(f"/v/liuxi/ledger/2025-09/?c={CODE}"),
        combined("/v/liuxi/ledger/2025-09/", when="01/Nov/2025:00:00:00 +0800"),
        combined("/v/liuxi/notices/2025-09-01-a/#r3"),
        combined(f"/v/liuxi/search/?q={WORD}"),
        combined(f"/?q={WORD}"),
        # not counted
        combined("/v/liuxi", status=301),
        combined("/v/liuxi/", method="HEAD"),
        combined("/v/liuxi/", agent=SPIDER),
        combined("/v/liuxi/", agent="-"),
        combined("/v/liuxi/ledger/2025-09/data.csv"),
        combined("/404.html"),
        combined("/wp-login.php"),
    ]
    (tmp_path / "a.log").write_text("\n".join(lines))
    assert counted(site, tmp_path / "a.log") == {
        ("2025-10", "", "home"): (1, 0),
        ("2025-10", "liuxi", "home"): (2, 0),
        ("2025-10", "liuxi", "ledger"): (2, 1),
        ("2025-10", "liuxi", "other"): (1, 0),
        ("2025-11", "liuxi", "ledger"): (1, 0),
    }
    code, out, said = run(site, str(tmp_path / "a.log"))
    assert code == 0
    assert "2025-10　柳溪村　共 5 次，其中扫码 1 次：" in out
    assert "财务收支 2" in out
    assert said == (
        "日志共 15 行；没有数的：机器人 2 次，没有打开的、不是看网页的 2 次，"
        "图片、样式、数据文件 2 次，网站里没有的网址 2 次。\n"
    )


def test_logs_may_be_packed_and_are_read_once(site: Path, tmp_path: Path) -> None:
    plain, packed = tmp_path / "access.log", tmp_path / "access.log.1.gz"
    plain.write_text(combined("/v/liuxi/") + "\n")
    packed.write_bytes(gzip.compress((combined("/v/liuxi/") + "\n").encode() * 3))
    _, out, _ = run(site, str(plain), str(packed), str(plain), "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))))
    assert [(row["村名"], row["事项名称"], row["浏览"]) for row in rows] == [
        ("柳溪村", "首页", "4")
    ]


def test_lines_that_cannot_be_read_are_named_by_number(site: Path, tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    odd = ["", f"{ADDRESS} {WORD}", combined("/v/liuxi/"), "x" * 200_000 + WORD, "{}"]
    log.write_text("\n".join(odd))
    code, out, said = run(site, str(log), "--format", "json")
    assert code == 1
    assert json.loads(out)["unread"] == {
        str(log): {"count": 3, "first": [2, 4, 5], "broken_after": None}
    }
    assert f"{log}：有 3 行看不懂，没有数（第 2、4、5 行）。" in said
    assert "共 1 次" in run(site, str(log))[1]
    log.write_text("{}\n" * 30)
    assert re.search(r"有 30 行看不懂，没有数（第 1、2、[\d、]+ 等行）。", run(site, str(log))[2])


def test_a_log_that_breaks_off_is_read_up_to_there(site: Path, tmp_path: Path) -> None:
    log = tmp_path / "a.gz"
    log.write_bytes(gzip.compress((combined("/v/liuxi/") + "\n").encode() * 2000)[:-20])
    code, _, said = run(site, str(log))
    assert code == 1
    assert "行断了，后面的没有数" in said


def test_what_is_not_there_is_said(site: Path, tmp_path: Path) -> None:
    code, _, said = run(site, str(tmp_path / "none.log"))
    assert (code, "打不开日志" in said) == (2, True)
    write(tmp_path, "a.log", combined("/"))
    code, _, said = run(tmp_path, str(tmp_path / "a.log"))
    assert (code, "没有发布好的网站" in said) == (2, True)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["/v/liuxi/", "/v/liuxi/ledger/", "/x", "/v/liuxi/search/"]),
            st.sampled_from(["", f"?q={WORD}", f"?c={CODE}", f"#{WORD}", f"?{ADDRESS}"]),
            st.sampled_from([PHONE, SPIDER, "-", WORD]),
            st.booleans(),
        ),
        max_size=8,
    )
)
def test_nothing_of_a_reader_is_in_any_byte(
    site: Path,
    tmp_path_factory: pytest.TempPathFactory,
    asked: list[tuple[str, str, str, bool]],
) -> None:
    folder = tmp_path_factory.mktemp("logs")
    log = folder / "a.log"
    lines = [
        combined(path + query, agent=agent)[broken * 40 :] for path, query, agent, broken in asked
    ]
    log.write_text("\n".join([*lines, f"{ADDRESS} {WORD} {PHONE}"]))
    pages, rules = pages_of(site, ""), SHARED.visit_rules
    assert rules is not None
    tally = count_logs([log], pages, Robots(rules.robots))
    visits = Visits(visit_lines(tally, pages, SHARED), tally)
    everything = "".join((as_text(visits), as_csv(visits), as_json(visits), *notes(visits)))
    everything += repr(visits)
    for secret in (ADDRESS, "203.0.113", WORD, CODE, USER, "Mozilla", "CUBOT", "Baiduspider"):
        assert secret not in everything


# -------------------------------------------------------------------------------- made public

COUNTS = st.dictionaries(
    st.tuples(
        st.sampled_from(["2025-09", "2025-10"]),
        st.sampled_from(["", "liuxi", "meiling"]),
        st.sampled_from(["home", "other", "ledger", "notices"]),
    ),
    st.integers(1, 40),
)


@given(COUNTS, st.integers(1, 20))
def test_few_visits_are_not_told(
    tmp_path_factory: pytest.TempPathFactory, counts: dict[tuple[str, str, str], int], least: int
) -> None:
    folder = tmp_path_factory.mktemp("content")
    told = publish_visits(counts, (), least, "2025-11", folder)
    assert told.written == tuple(sorted({month for month, _, _ in counts}))
    faults: list[Problem] = []
    file = folder / "visits.csv"
    written = read_visits(file, "content/visits.csv", faults) if counts else ()
    assert faults == []
    assert all(count.count >= least for count in written)
    for count in written:
        if count.item != "other":
            assert count.count == counts[count.month, count.village, count.item]
    for month, village in {(month, village) for month, village, _ in counts}:
        whole = sum(n for (m, v, _), n in counts.items() if (m, v) == (month, village))
        shown = sum(c.count for c in written if (c.month, c.village) == (month, village))
        assert shown == whole or whole - shown < least


def test_months_that_are_over_are_written_and_fuller_ones_stay(tmp_path: Path) -> None:
    known = (VisitCount("2025-08", "liuxi", "home", 50), VisitCount("2025-09", "liuxi", "home", 90))
    counts = {(f"2025-{month}", "liuxi", "home"): 60 for month in ("09", "10", "11")}
    told = publish_visits(counts, known, 10, "2025-11", tmp_path)
    assert (told.written, told.unfinished, told.kept) == (("2025-10",), ("2025-11",), ("2025-09",))
    assert (tmp_path / "visits.csv").read_text("utf-8") == (
        "月份,村,事项,次数\n2025-08,liuxi,home,50\n2025-09,liuxi,home,90\n2025-10,liuxi,home,60\n"
    )


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("月份,村,次数\n", [1]),
        ("月份,村,事项,次数\n2025-13,liuxi,home,1\n2025Q3,liuxi,home,1\n", [2, 3]),
        ("月份,村,事项,次数\n2025-10,liuxi,,1\n2025-10,liuxi,home,-1\n2025-10\n", [2, 3, 4]),
    ],
)
def test_lines_that_are_no_counts_are_named(tmp_path: Path, text: str, rows: list[int]) -> None:
    write(tmp_path, "visits.csv", text)
    faults: list[Problem] = []
    read_visits(tmp_path / "visits.csv", "content/visits.csv", faults)
    assert [(fault.code, fault.source.row) for fault in faults] == [("key-value", r) for r in rows]


def test_counts_become_a_page_and_a_line_on_the_villages_home(tmp_path: Path) -> None:
    content = small_content(tmp_path)
    villages = tmp_path / "villages"
    write(villages, "qingshi/a/village.yaml", BARE_VILLAGE)
    folders = ("--content", str(content), "--villages", str(villages))
    out = tmp_path / "site"
    options = ("--out", str(out), "--today", "2025-11-05", "--cache", str(tmp_path / "cache"))
    done = publish_here("build", *folders, *options, "--no-posters")
    assert done.returncode == 0, done.stderr
    assert not (out / "visits").exists()
    log = tmp_path / "access.log"
    lines = [combined("/v/a/")] * 12 + [combined("/v/a/ledger/")] * 5 + [combined("/")] * 3
    log.write_text("\n".join(lines))
    command = ("visits", str(log), "--site", str(out), "--content", str(content), "--publish")
    assert "2025-10" in publish_here(*command, "--today", "2025-11-05").stderr
    done = publish_here("build", *folders, *options, "--no-posters")
    assert done.returncode == 0, done.stderr
    home = (out / "v/a/index.html").read_text("utf-8")
    assert 'href="../../visits/"' in home
    assert "2025年10月 12 次" in home
    page = (out / "visits/index.html").read_text("utf-8")
    assert "2025年10月一共打开 12 次。" in page
    assert "一个月不足 10 次的" in page
