"""Rules find each what they are for, once, and nothing else; villages explain; staff's stay with staff."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from generator.build import BuildResult, Settings, build
from generator.checks.warnings import warnings_sound
from generator.model.clock import Span, WatchedDay
from generator.model.shared import Shared
from generator.model.village import VillageData
from generator.model.warnings import ACROSS, NEEDED, WarningRule
from generator.views.affairs.chains import village_chains
from generator.views.linking import village_records
from generator.views.warnings.rules import RULES
from generator.views.warnings.rules.subject_unusual import is_unusual
from generator.views.warnings.shown import Notable, VillageWarnings, village_warnings
from tests.browsing import served
from tests.township import (
    CONTENT,
    ROOT,
    TEMPLATES,
    TODAY,
    examine,
    real_content,
    small_content,
    the_sample,
    write,
)
from tests.visits import PROBES

TOWN = ROOT / "tests" / "fixtures" / "warnings"
HUAISHU = "qingshi/huaishu"


def found_in(data: VillageData, shared: Shared, today: date = TODAY) -> VillageWarnings:
    records = village_records(data, shared, today)
    return village_warnings(records, village_chains(records).affairs)


@pytest.fixture(scope="module")
def data() -> Mapping[str, VillageData]:
    found = examine(TOWN)
    assert [str(p) for p in found.problems] == []
    return found.villages


@pytest.fixture(scope="module")
def warnings(data: Mapping[str, VillageData]) -> VillageWarnings:
    return found_in(data["huaishu"], real_content()[0])


@dataclass(frozen=True)
class Built:
    site: Path
    result: BuildResult

    def page(self, url: str) -> str:
        text = (self.site / url / "index.html").read_text("utf-8")
        return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("warnings")
    settings = Settings(
        content=small_content(folder),
        villages=TOWN,
        templates=TEMPLATES,
        out=folder / "site",
        today=TODAY,
        sheets="none",
    )
    return Built(settings.out, build(settings, lambda line: None))


def rule_of(notable: Notable) -> str:
    return notable.rule.url.partition("#")[2]


def every(warnings: VillageWarnings) -> tuple[Notable, ...]:
    return (*warnings.public, *warnings.staff)


def rows(warnings: VillageWarnings, rule: str) -> list[str]:
    """Where a rule found something: the number that stands behind the name of each link, or that
    name."""
    links = (n.link.title for n in every(warnings) if rule_of(n) == rule)
    numbers = ((re.search("（([^（，]+)，", title), title) for title in links)
    return sorted(found[1] if found else title.split("（")[0] for found, title in numbers)


# ------------------------------------------------------------------------------- what is found


def test_each_rule_has_its_data_and_its_module() -> None:
    shared, _ = real_content()
    names = {path.stem for path in (CONTENT / "warnings").glob("*.yaml")}
    assert names == set(shared.warnings) == set(NEEDED) == {*RULES, *ACROSS}
    assert all(RULES[id].__module__.endswith(id.replace("-", "_")) for id in RULES)


def test_each_rule_finds_one_thing_and_its_near_miss_is_none(warnings: VillageWarnings) -> None:
    assert Counter(map(rule_of, every(warnings))) == Counter(RULES.keys())


def test_where_nothing_is_wrong_nothing_is_found(data: Mapping[str, VillageData]) -> None:
    assert every(found_in(data["pinglin"], real_content()[0])) == ()


def test_in_the_sample_only_what_is_true_is_found() -> None:
    sample, shared = the_sample(), real_content()[0]
    found = [n for one in sample.villages.values() for n in every(found_in(one, shared))]
    assert sorted(map(rule_of, found)) == ["rent-owed", "subject-unusual"]


# What a rule finds beside its own once a number of it is a little lower.
NEAR: dict[str, tuple[dict[str, Any], str]] = {
    "over-price": ({"amount": 50}, "围栏更换"),
    "paid-ahead": ({"percent": 80}, "涵洞加固"),
    "rent-owed": ({"amount": 900}, "HS-2024-02"),
    "lease-ended": ({"days": 30}, "HS-2022-05"),
    "term-long": ({"years": 19}, "HS-2025-10"),
    "asset-idle": ({"count": 1}, "ZC-002"),
    "cash-share": ({"amount": 1900}, "5-03"),
    "cash-often": ({"amount": 100, "count": 5}, "8-07"),
    "other-share": ({"amount": 2900}, "2025年3月收支账"),
    "list-total": ({"amount": "0.5"}, "9-06"),
    "subject-unusual": ({"amount": 5000}, "2025年9月收支账"),
    "round-sums": ({"count": 4}, "3-06"),
    "large-undecided": ({"amount": 9_500}, "8-03"),
}


@pytest.mark.parametrize("rule", sorted(NEAR))
def test_a_near_miss_is_near(rule: str, data: Mapping[str, VillageData]) -> None:
    shared, _ = real_content()
    limits, where = NEAR[rule]
    lower = replace(shared.warnings[rule], **{k: type_of(k)(v) for k, v in limits.items()})
    found = rows(found_in(data["huaishu"], replace(shared, warnings={rule: lower})), rule)
    assert where in found
    assert len(found) >= 2


def type_of(limit: str) -> type:
    return int if limit in ("count", "days", "years") else Decimal


@pytest.mark.parametrize(
    ("rule", "file", "old", "new"),
    [
        ("paid-twice", "ledger/2025-07.csv", "2025-07-12,", "2025-07-11,"),
        ("large-undecided", "ledger/2025-08.csv", ",合同 HS-2025-04", ","),
        ("rent-lower", "tenders/2025Q1.csv", ",HS-2025-07", ","),
        (
            "changed-after-award",
            "contracts/2025.csv",
            "2025-12-01,2028-11-30",
            "2025-07-01,2028-11-30",
        ),
        ("lease-ended", "contracts/2025.csv", "期满收回", ""),
        ("same-picture", "notices/2025-09-01-shaigu.md", "HS-2025-05", "HS-2025-04"),
        ("entry-late", "ledger/2025-03.csv", "公开日期,2025-04-08", "公开日期,2025-03-18"),
    ],
)
def test_one_word_makes_a_near_miss_a_finding(
    rule: str, file: str, old: str, new: str, tmp_path: Path
) -> None:
    village = Path(shutil.copytree(TOWN, tmp_path / "villages")) / HUAISHU
    text = (village / file).read_text("utf-8")
    assert old in text
    (village / file).write_text(text.replace(old, new), "utf-8")
    changed = examine(tmp_path / "villages").villages["huaishu"]
    assert len(rows(found_in(changed, real_content()[0]), rule)) == 2


def test_a_rule_is_for_records_of_its_days_only(data: Mapping[str, VillageData]) -> None:
    shared, _ = real_content()
    wanted = {"rent-owed", "large-undecided"}
    until = {id: replace(shared.warnings[id], until=date(2025, 8, 31)) for id in wanted}
    since = {id: replace(shared.warnings[id], first=date(2025, 9, 1)) for id in wanted}
    for rules, left in ((until, ["large-undecided"]), (since, ["rent-owed"])):
        found = found_in(data["huaishu"], replace(shared, warnings=rules))
        assert [rule_of(n) for n in every(found)] == left


def test_a_rule_knows_until_which_day_it_finds_the_same(data: Mapping[str, VillageData]) -> None:
    shared, span = real_content()[0], Span(TODAY)
    records = village_records(data["huaishu"], shared, TODAY)
    watched = replace(records, today=WatchedDay.of(span))
    before = village_warnings(watched, village_chains(records).affairs)
    after = found_in(data["huaishu"], shared, span.last + timedelta(days=1))
    assert span.last == date(2025, 8, 31) + timedelta(days=90)
    assert rows(before, "lease-ended") == ["HS-2022-03"]
    assert rows(after, "lease-ended") == ["HS-2022-03", "HS-2022-05"]


def test_what_is_masked_is_neither_named_nor_compared(data: Mapping[str, VillageData]) -> None:
    shared, _ = real_content()
    table = shared.tables["contracts"]
    fields = tuple(replace(f, mask="name") if f.role == "name" else f for f in table.fields)
    masked = replace(shared, tables={**shared.tables, "contracts": replace(table, fields=fields)})
    village = replace(data["huaishu"].village, masks="names-masked")
    found = every(found_in(replace(data["huaishu"], village=village), masked))
    assert "split-payments" not in map(rule_of, found)
    assert not any("长兴施工队" in notable.words for notable in found)


def test_the_report_reads_like_a_person_wrote_it(
    warnings: VillageWarnings, request: pytest.FixtureRequest
) -> None:
    """`--bless` writes it anew: read it as who gets it."""
    lines = [f"{rule_of(n)}\n{n.link.title}\n{n.words}\n" for n in every(warnings)]
    report, golden = "\n".join(sorted(lines)), TOWN.with_name("warnings.txt")
    if request.config.getoption("--bless"):
        golden.write_text(report, "utf-8")
    assert report == golden.read_text("utf-8")


def test_words_state_and_ask_and_do_not_accuse(warnings: VillageWarnings) -> None:
    shared, _ = real_content()
    told = [notable.words for notable in every(warnings)]
    assert all(re.search("请核实[^。]*。$", words) for words in told)
    told += [rule.told(t) for rule in shared.warnings.values() for t in (rule.title, rule.method)]
    assert not [words for words in told if re.search("违规|违纪|违法|贪|套取|作假|{|}", words)]


# ------------------------------------------------------------------------------- numbers

money = st.decimals(0, 10**6, places=2)
usual = st.lists(money, min_size=8, max_size=24)


@given(money, usual, st.integers(1, 1000))
def test_more_is_not_less_unusual_and_the_usual_never_is(
    amount: Decimal, known: list[Decimal], more: int
) -> None:
    rule = real_content()[0].warnings["subject-unusual"]
    if is_unusual(amount, known, rule):
        assert is_unusual(amount + more, known, rule)
        assert sum(one < amount for one in known) * 2 >= len(known)
    assert not is_unusual(min(known), known, rule)
    assert not is_unusual(max(known[0], Decimal(1)), [known[0]] * len(known), rule)


@given(usual, money)
def test_one_period_out_of_the_ordinary_hides_no_other(known: list[Decimal], odd: Decimal) -> None:
    rule = replace(real_content()[0].warnings["subject-unusual"], amount=Decimal(1))
    steady = [Decimal(1000)] * 2 * len(known)
    assert is_unusual(Decimal(3000), [*steady, odd], rule)


# ------------------------------------------------------------------------------- data of rules


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"id": "rent-owned"}, "setting-unknown"),
        ({"amount": Decimal(0), "method": "没有数"}, "key-missing"),
        ({"method": "超过 {days} 天"}, "key-value"),
        ({"column": "结算方法"}, "setting-unknown"),
    ],
)
def test_a_rule_that_cannot_work_is_refused(change: dict[str, Any], code: str) -> None:
    shared, _ = real_content()
    rule: WarningRule = replace(shared.warnings["rent-owed"], **change)
    found = warnings_sound(replace(shared, warnings={rule.id: rule}))
    assert [p.code for p in found] == [code]


# ------------------------------------------------------------------------------- explanations

ENTRY = """- rule: {rule}
  record: contracts/2025
  text: {text}
  by: 村民委员会
  day: 2025-10-09
"""


@pytest.mark.parametrize(
    ("entries", "codes", "kept"),
    [
        (ENTRY.format(rule="rent-owed", text="已经收齐"), [], 1),
        (ENTRY.format(rule="rent-owde", text="已经收齐"), ["setting-unknown"], 0),
        (ENTRY.format(rule="rent-owed", text="请打 13900001111"), ["privacy-phone"], 0),
        ("rule: rent-owed\n", ["key-value"], 0),
        ("- rule: rent-owed\n", ["key-missing"] * 4, 0),
    ],
)
def test_explanations_are_read_and_judged(
    entries: str, codes: list[str], kept: int, tmp_path: Path
) -> None:
    shutil.copytree(TOWN / "qingshi" / "pinglin", tmp_path / "qingshi" / "pinglin")
    write(tmp_path / "qingshi" / "pinglin", "explanations.yaml", entries)
    found = examine(tmp_path)
    assert found.codes() == codes
    assert len(found.villages["pinglin"].explanations) == kept
    assert all(
        "您是不是要写“rent-owed”" in p.hint for p in found.problems if "rent-owde" in p.value
    )


def test_an_explanation_stands_beside_what_it_explains(warnings: VillageWarnings) -> None:
    explained = {rule_of(n): n.answers[0].text for n in every(warnings) if n.answers}
    assert explained == {
        "rent-owed": "粮油店10月底交清剩下的 6,000.00 元。",
        "cash-often": "这几笔是防汛急用，票据监委会看过。",
    }
    assert [e.row for e in warnings.idle] == ["HS-2022-06"]


def test_one_that_explains_nothing_is_told(built: Built) -> None:
    (idle,) = built.result.problems
    assert (idle.code, idle.severity, idle.source.row) == ("explanation-idle", "notice", 12)


# ------------------------------------------------------------------------------- pages


def test_what_is_for_staff_is_in_no_byte_of_the_site(
    built: Built, warnings: VillageWarnings
) -> None:
    shared, _ = real_content()
    rules = [rule for rule in shared.warnings.values() if not rule.is_public]
    told = {text for rule in rules for text in (rule.id, rule.title, rule.reason)}
    told |= {text for n in warnings.staff for text in (n.words, *(a.text for a in n.answers))}
    assert len(told) > 6
    for path in built.site.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert not [text for text in told if text.encode() in content], path


def test_pages_lead_to_the_rows_and_back(built: Built, warnings: VillageWarnings) -> None:
    listed, rules = built.page("v/huaishu/warnings"), built.page("warnings")
    told = [n.words for n in warnings.public]
    places = [listed.index(words) for words in told]
    assert places == sorted(places)
    for notable in warnings.public:
        url, _, anchor = notable.link.url.partition("#")
        page = built.page(url)
        assert notable.words in page
        assert not anchor or f'id="{anchor}"' in page
        assert f'id="{rule_of(notable)}"' in rules
    assert listed.count(">村里还没有说明<") == len(warnings.public) - 1
    left = f"{len(warnings.public)} 处，{len(warnings.unanswered)} 处还没有说明"
    assert left in built.page("v/huaishu")
    assert "5-01" not in listed
    assert not (built.site / "v/pinglin/warnings").exists()
    assert "请核实" not in built.page("v/pinglin")


def test_rules_are_told_with_their_numbers(built: Built) -> None:
    page = built.page("warnings")
    assert "欠收 1,000 元以上" in page
    assert "第七百零五条" in page
    assert "写着“家庭承包”“延包”的" in page
    assert "{" not in re.sub("<(script|style).*?</\\1>", "", page)


def test_pages_of_warnings_are_fit_for_a_small_phone(built: Built, browser: Browser) -> None:
    with served(built.site) as url:
        page = browser.new_page(viewport={"width": 360, "height": 740})
        for name in ("v/huaishu/warnings/", "warnings/", "v/huaishu/ledger/2025-08/"):
            page.goto(url + name)
            for question in ("smallText", "smallTargets", "sideways", "clipped"):
                assert page.evaluate(f"() => ({PROBES}).{question}()") == [], (name, question)
        page.click("#warnings ~ ul a[href*='#r']")
        assert page.evaluate("document.querySelector(':target').matches('tr')")
        page.close()
