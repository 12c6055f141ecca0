"""The law of each day: bases, days and majorities, as they are printed of what was published on it.

One township is built, a village for each rule pack and two whose records lie on both sides of
2025-05-01 and 2026-01-01; what is looked at are its pages and manifests. The tables of days are
those of the texts, not of the program.
"""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.model.calendar import display_window, due_day
from generator.model.period import parse_period
from tests.commands import publish_here
from tests.township import CONTENT, real_content, small_content, write

SHARED = real_content()[0]
PACKS = sorted(path.stem for path in (CONTENT / "rules").glob("*.yaml"))
OLD, NEW = (
    "中华人民共和国村民委员会组织法（2018年修正）",
    "中华人民共和国村民委员会组织法（2025年修正）",
)
COLLECTIVE = "中华人民共和国农村集体经济组织法"
VILLAGE = """name: {name}
code: "{code}"
households: 60
population: 200
rules: {rules}
accounts:
  - {{id: village, title: 村民委员会账, owner: {name}村民委员会}}
groups: []
people: []
supervisors: []
channels: []
"""
DECISION = """---
title: 关于鱼塘出租的决议
date: {day}
power: asset-lease
display_until: {until}
steps:
  - {{step: 党支部会提议, date: {day}}}
  - {{step: 决议, date: {day}}}
outcome: 通过。
---

出租鱼塘。
"""
# The days of publication of the village of 2025 and of that of 2026.
DAYS = {
    "old": (date(2025, 4, 30), date(2025, 5, 1), date(2025, 12, 31)),
    "new": (date(2026, 1, 1),),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The built site, and what the build complained of."""
    folder = tmp_path_factory.mktemp("law")
    for n, name in enumerate((*DAYS, *PACKS)):
        pack = name if name in PACKS else "national"
        facts = {
            "name": f"{'甲乙丙丁戊己庚辛壬癸'[n]}村",
            "code": f"000000101{n:03}",
            "rules": pack,
        }
        write(folder / "villages" / "qingshi" / name, "village.yaml", VILLAGE.format(**facts))
        for day in DAYS.get(name, ()):
            until = day + timedelta(days=4)
            text = DECISION.format(day=day, until=until)
            write(folder / "villages" / "qingshi" / name, f"decisions/{day}-yutang.md", text)
    words = (
        "--content",
        str(CONTENT),
        "--villages",
        str(folder / "villages"),
    )
    out = ("--out", str(folder / "site"), "--no-posters", "--today", "2026-01-10")
    done = publish_here("build", *words, *out)
    assert done.returncode in (0, 1), done.stderr
    yield folder / "site", done.stderr
    shutil.rmtree(folder)


def page(site: Path, address: str) -> str:
    """The words of a page, without its marks."""
    text = (site / address / "index.html").read_text("utf-8")
    return html.unescape(re.sub(r"<[^>]+>", "", text.replace("</li>", "\n").replace("</p>", "\n")))


def decision(site: Path, day: date) -> str:
    """The page of the decision that was made public on a day."""
    village = "old" if day in DAYS["old"] else "new"
    return page(site, f"v/{village}/decisions/{day}-yutang")


# ------------------------------------------------------------------- on both sides of two days


@pytest.mark.parametrize(
    ("day", "laws"),
    [
        (date(2025, 4, 30), [f"《{OLD}》第二十四条、第三十条"]),
        (date(2025, 5, 1), [f"《{OLD}》第二十四条、第三十条", f"《{COLLECTIVE}》第二十六条、第二十七条、第二十八条"]),
        (date(2025, 12, 31), [f"《{OLD}》第二十四条、第三十条", f"《{COLLECTIVE}》第二十六条、第二十七条、第二十八条"]),
        (date(2026, 1, 1), [f"《{NEW}》第二十八条、第三十五条", f"《{COLLECTIVE}》第二十六条、第二十七条、第二十八条"]),
    ],
)  # fmt: skip
def test_a_record_is_labelled_by_the_law_of_its_day(
    site: tuple[Path, str], day: date, laws: list[str]
) -> None:
    lines = decision(site[0], day).splitlines()
    printed = [line.strip() for line in lines if line.strip().startswith("《中华人民共和国")]
    assert printed == laws


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2025, 4, 30), "2025-05-04"),
        (date(2025, 5, 1), "2025-05-05"),
        (date(2025, 12, 31), "2026-01-04"),
        (date(2026, 1, 1), "2026-01-16"),
    ],
)
def test_no_display_of_2026_is_shorter_than_fifteen_days(
    site: tuple[Path, str], day: date, end: str
) -> None:
    village = "old" if day in DAYS["old"] else "new"
    manifest = json.loads((site[0] / "v" / village / "manifest.json").read_text("utf-8"))
    url = f"v/{village}/decisions/{day}-yutang/"
    assert {r["url"]: r["display_until"] for r in manifest["records"]}[url] == end
    told = f"{day}-yutang.md:0: [display_until] display-short" in site[1]
    assert told == (day >= date(2026, 1, 1))


@pytest.mark.parametrize(
    ("day", "majority"),
    [
        (date(2025, 4, 30), "全体组成人员三分之二以上到会、到会人员过半数同意才算通过，没有写人数"),
        (date(2025, 5, 1), "全体成员代表三分之二以上同意才算通过，没有写人数"),
        (date(2026, 1, 1), "全体成员代表三分之二以上同意才算通过，没有写人数"),
    ],
)
def test_a_decision_says_by_which_majority_of_its_day(
    site: tuple[Path, str], day: date, majority: str
) -> None:
    assert majority in decision(site[0], day)


def test_a_power_says_by_which_majority_today(site: tuple[Path, str]) -> None:
    assert f"按《{NEW}》第二十五条、第二十六条：村民会议提前 10 天通知" in page(
        site[0], "powers/village-rules"
    )
    compensation = page(site[0], "powers/land-compensation")
    assert "全体成员三分之二以上同意" in compensation
    assert f"《{NEW}》" not in compensation  # no longer a matter of that law


# --------------------------------------------------------------------------------- rule packs


@pytest.mark.parametrize("name", PACKS)
def test_readers_see_each_value_with_its_source(site: tuple[Path, str], name: str) -> None:
    words = page(site[0], f"v/{name}/calendar")
    pack = yaml.safe_load((CONTENT / "rules" / f"{name}.yaml").read_text("utf-8"))
    certain = {"read": "读过原文", "report": "按别处的转述，请以原文为准", "inferred": "推定"}
    assert f"期限的依据（{pack['title']}）" in words
    for value in pack["values"]:
        basis, since = value["basis"], value["basis"]["effective"]
        lines = [
            line for line in words.splitlines() if f"《{basis['title']}》{basis['article']}" in line
        ]
        assert any(
            f"{since.year}年{since.month}月{since.day}日起" in line
            and f"{certain[value['certainty']]}。" in line
            for line in lines
        ), value
    assert f"《{NEW}》第三十五条，2026年1月1日起" in words


def test_what_two_laws_say_alike_is_said_once(site: tuple[Path, str]) -> None:
    lines = page(site[0], "v/national/calendar").splitlines()
    roll = [line for line in lines if "只管选民名单" in line]
    assert len(roll) == len({value["rule"] for value in of_the_roll()})
    assert all("到2025年12月31日为止" in line and "2026年1月1日起" in line for line in roll)


def of_the_roll() -> list[dict[str, object]]:
    national = yaml.safe_load((CONTENT / "rules" / "national.yaml").read_text("utf-8"))
    return [value for value in national["values"] if value.get("items") == ["voters"]]


@pytest.mark.parametrize(
    ("pack", "item", "period", "published", "due", "end", "objections", "answer"),
    [
        ("national", "ledger", "2025-09", "2025-10-08", "2025-10-10", "2025-11-07", "2025-10-15", 10),
        ("shandong", "subsidies", "2025Q3", "2025-10-08", "2025-10-10", "2025-10-23", "2025-10-13", 5),
        ("sichuan", "balance", "2025Q3", "2025-10-08", "2025-10-10", "2026-01-06", "2025-10-15", 10),
        ("chongqing", "ledger", "2025-09", "2025-10-08", "2025-10-15", "2025-11-07", "2025-10-15", 3),
        ("chongqing", "decisions", "2025-10-08", "2025-10-08", "2025-10-18", "2025-10-23", "2025-10-15", 3),
        ("chongqing", "dues", "2025Q3", "2025-10-08", "2025-10-10", "2025-10-23", "2025-10-15", 3),
        ("hainan", "decisions", "2025-10-08", "2025-10-08", "2025-10-13", "2025-10-23", "2025-10-15", 10),
        ("hainan", "decisions", "2026-01-05", "2026-01-05", "2026-01-10", "2026-01-20", "2026-01-12", 15),
        ("shanghai", "ledger", "2025-09", "2025-10-08", "2025-10-10", "2025-11-07", "2025-10-15", 15),
        ("hebei", "ledger", "2025-09", "2025-10-08", "2025-10-10", "2025-11-07", "2025-10-15", 15),
        ("zhejiang", "tenders", "2025Q3", "2025-10-03", "2025-10-05", "2026-01-01", "2025-10-10", 10),
    ],
)  # fmt: skip
def test_the_days_of_a_pack(
    pack: str, item: str, period: str, published: str, due: str, end: str, objections: str, answer: int
) -> None:  # fmt: skip
    found, stretch, rules = SHARED.catalogue.find(item), parse_period(period), SHARED.rules[pack]
    assert found is not None
    assert stretch is not None
    assert due_day(found, stretch, rules, SHARED.holidays).isoformat() == due
    window = display_window(date.fromisoformat(published), None, found, rules, SHARED.holidays)
    dates = (window.end, window.objections_until)
    assert tuple(day.isoformat() for day in dates if day) == (end, objections)
    assert window.answer_days == answer


@pytest.mark.parametrize(
    ("item", "published", "days"),
    [
        ("decisions", date(2026, 1, 1), 15),
        ("tenders", date(2026, 1, 1), 15),
        ("notices", date(2026, 1, 1), 3),  # over with the day that they speak of
        ("dues", date(2026, 1, 1), 3),  # party affairs have a rule of their own
    ],
)
def test_the_national_minimum_prevails(item: str, published: date, days: int) -> None:
    found, until = SHARED.catalogue.find(item), published + timedelta(days=3)
    assert found is not None
    for pack in SHARED.rules.values():
        window = display_window(published, until, found, pack, SHARED.holidays)
        assert window.end == published + timedelta(days=days)


COUNTY = """id: county
title: 本县
base: national
values:
  - rule: objection_days
    days: 5
    items: [decisions]
    basis: &basis {title: 本县的办法, article: 第三条, effective: 2025-01-01}
    certainty: read
  - {rule: answer_days, days: 3, counted: working, items: [decisions], basis: *basis, certainty: read}
"""


def test_an_item_can_have_days_of_its_own(tmp_path: Path) -> None:
    content = small_content(tmp_path)
    basis = "{title: 本县的办法, article: 第三条, effective: 2025-01-01}"
    write(content, "rules/county.yaml", COUNTY.replace("&basis ", "").replace("*basis", basis))
    village = tmp_path / "villages" / "qingshi" / "a"
    write(village, "village.yaml", VILLAGE.format(name="甲村", code="000000101001", rules="county"))
    text = DECISION.format(day="2025-10-08", until="2025-10-30")
    write(village, "decisions/2025-10-08-yutang.md", text)
    words = ("--content", str(content), "--villages", str(tmp_path / "villages"), "--no-posters")
    done = publish_here("build", *words, "--out", str(tmp_path / "site"), "--today", "2025-10-10")
    assert done.returncode == 0, done.stderr
    asked = page(tmp_path / "site", "v/a/decisions/2025-10-08-yutang")
    assert "2025年10月13日" in asked
    assert "3 个工作日内答复" in asked


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    days: 5\n", "    days: 99999999999\n"),
        ("    days: 5\n", "    days: -1\n"),
        ("base: national\n", "base: national\nobjection_days: 4000000\n"),
        ("effective: 2025-01-01}", "effective: 2025-01-01, until: 2024-12-31}"),
    ],
)
def test_days_that_no_calendar_has_are_refused(tmp_path: Path, old: str, new: str) -> None:
    content = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    basis = "{title: 本县的办法, article: 第三条, effective: 2025-01-01}"
    pack = COUNTY.replace("&basis ", "").replace("*basis", basis)
    write(content, "rules/county.yaml", pack.replace(old, new, 1))
    done = publish_here("check", "--content", str(content), "--today", "2025-10-10")
    assert done.returncode == 2
    assert "rules/county.yaml" in done.stderr
    assert "key-value" in done.stderr


def test_no_pack_escapes_the_least_days_of_the_country(tmp_path: Path) -> None:
    content = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    write(content, "rules/county.yaml", "id: county\ntitle: 本县\n")
    done = publish_here("check", "--content", str(content), "--today", "2025-10-10")
    assert done.returncode == 2
    assert "rules/county.yaml" in done.stderr
    assert "base" in done.stderr


# ------------------------------------------------------------------------------------ content


def bases() -> Iterator[tuple[Path, list[dict[str, Any]]]]:
    """All lists of bases in content/."""

    def walk(node: Any) -> Iterator[list[dict[str, Any]]]:
        if isinstance(node, dict):
            for key, child in node.items():
                if key == "basis" and isinstance(child, list):
                    yield child
                yield from walk(child)
        elif isinstance(node, list):
            for child in node:
                yield from walk(child)

    for path in sorted(CONTENT.rglob("*.yaml")):
        for found in walk(yaml.safe_load(path.read_text("utf-8").replace("off:", "days_off:"))):
            yield path, found


def test_each_basis_of_the_two_laws_names_its_article_and_ends_in_time() -> None:
    named = 0
    for path, found in bases():
        for basis in found:
            if basis["title"].startswith(("中华人民共和国村民委员会组织法", COLLECTIVE)):
                named += 1
                assert re.fullmatch(r"(第[一二三四五六七八九十]+条、?)+", basis["article"]), (
                    path,
                    basis,
                )
        titles = {basis["title"]: basis for basis in found}
        if OLD in titles:
            assert titles[OLD]["until"] == date(2025, 12, 31), path
            assert NEW in titles or COLLECTIVE in titles, path
        if NEW in titles:
            assert titles[NEW]["effective"] == date(2026, 1, 1), path
    assert named
