"""Towns side by side: numbers that add up, ranks that are fair, and nothing said of what nobody knows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from generator.views.contents import VillageContents, village_contents
from generator.views.corrections import FAULT
from generator.views.duties.duty import Counts
from generator.views.duties.standings import standings
from generator.views.places import Link
from generator.views.supervising.conduct import Conduct
from generator.views.supervising.county import CountyView, county_view
from tests.township import TODAY, real_content, the_sample

SHARED = real_content()[0]
FEW = st.integers(0, 30)
COUNTS = st.builds(
    lambda due, a, b: Counts(due, min(due, max(a, b)), min(due, a, b)), FEW, FEW, FEW
)
CAUSES = st.dictionaries(st.sampled_from(("", "内容有误", FAULT)), st.integers(1, 9))
QUARTERS = st.dictionaries(st.sampled_from(("2024Q4", "2025Q1", "2025Q3")), COUNTS)


@st.composite
def conducts(draw: st.DrawFn) -> Conduct:
    found, received = draw(FEW), draw(FEW)
    return Conduct(
        found,
        draw(st.integers(0, found)),
        draw(FEW),
        draw(FEW),
        tuple(sorted(draw(CAUSES).items())),
        received,
        draw(st.integers(0, received)),
        draw(FEW),
        draw(FEW),
        tuple(sorted(draw(QUARTERS).items())),
    )


@given(conducts(), conducts(), conducts())
def test_conduct_adds_up_in_any_order(a: Conduct, b: Conduct, c: Conduct) -> None:
    assert (a + b) + c == a + (b + c)
    assert a + b == b + a
    assert a + Conduct() == a
    assert (a + b).changes == a.changes + b.changes


@given(st.lists(st.tuples(COUNTS, conducts()), max_size=12))
def test_equal_ones_share_a_rank_and_few_have_no_percentage(
    towns: list[tuple[Counts, Conduct]],
) -> None:
    view = view_of(towns)
    worth = {}
    for line in view.lines:
        counts = line.standing.counts
        assert (line.standing.rank is None) == (not counts.due)
        worth.setdefault((counts.completeness, counts.timeliness), set()).add(line.standing.rank)
        for share in (line.explained, line.told, line.settled):
            whole = re.fullmatch(r"\d+/(\d+)( .+%)?", share)
            assert whole or share == ""
            assert not whole or bool(whole[2]) == (int(whole[1]) >= 10)
        settled = int((line.settled or "0/0").split("/")[0])
        assert bool(line.days) == bool(settled)
    assert all(len(ranks) == 1 for ranks in worth.values())


def view_of(towns: list[tuple[Counts, Conduct]]) -> CountyView:
    lines = standings((Link(f"{n}镇", f"t/{n}/"), counts) for n, (counts, _) in enumerate(towns))
    every = {f"t/{n}/": conduct for n, (_, conduct) in enumerate(towns)}
    total = sum((c for c, _ in towns), Counts()), sum((c for _, c in towns), Conduct())
    return county_view(lines, every, total, SHARED.phrases, is_of_towns=True)


def contents(village: str, today: date = TODAY) -> VillageContents:
    return village_contents(the_sample().villages[village], SHARED, today)


def test_a_villages_numbers_are_those_of_its_pages() -> None:
    liuxi = contents("liuxi")
    conduct = liuxi.conduct
    assert conduct.found == len(liuxi.warnings.public)
    assert conduct.changes == len(liuxi.changes)
    assert dict(conduct.withdrawn) == {"情况变了": 1}
    assert sum((counts for _, counts in conduct.quarters), Counts()) == liuxi.duties.counts
    assert len(conduct.quarters) <= 5
    later = contents("liuxi", date(2026, 12, 1)).conduct
    assert (later.told, later.taken_back, later.received) == (0, 0, 0)  # more than a year ago


def test_what_is_withdrawn_is_told_by_its_cause() -> None:
    village = Conduct(withdrawn=(("", 1), (FAULT, 2), ("个人信息", 1)))
    told = view_of([(Counts(), village)]).account[1]
    assert (
        told
        == "撤回 4 份：没有写是哪一类原因 1 份，资料有错、不见了，自动撤下 2 份，个人信息 1 份。"
    )
    assert view_of([]).account[1] == "近12个月没有撤回过。"


def test_a_trend_needs_two_quarters() -> None:
    one = Conduct(quarters=(("2025Q2", Counts(4, 3, 2)),))
    assert view_of([(Counts(), one)]).chart is None
    two = replace(one, quarters=(*one.quarters, ("2025Q3", Counts(12, 9, 6))))
    view = view_of([(Counts(), two)])
    assert view.chart is not None
    assert [pair.texts for pair in view.chart.pairs] == [("4", "2"), ("12", "6")]
    assert [quarter.complete for quarter in view.quarters] == ["3/4", "9/12 75.0%"]


def test_the_page_says_what_there_is(site: Path) -> None:
    page = (site / "supervision" / "index.html").read_text("utf-8")
    assert "各村监督情况" in page  # one town: its villages are compared
    assert "近12个月，公开以后更正 6 次。" in page
    assert "情况变了 1 份" in page
    assert "现在没有因为资料有错不收的；以前不收过多少，没有记录。" in page
    assert "supervision/" in (site / "completeness" / "index.html").read_text("utf-8")
