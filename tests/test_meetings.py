"""Decisions against the law of their day: the numbers that it takes, notice, order, which meeting.

The arithmetic is compared with whole numbers counted one by one; what pages and sheets say is looked
at in sentences, made from the project's own content/.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.checks.decisions import majorities_sound, procedures_sound
from generator.model.decisions import DecisionStep, Share
from generator.model.wording import in_urban_words
from generator.views.meetings import Course, check_course
from generator.views.said import say
from tests.commands import publish_here
from tests.township import BARE_VILLAGE, real_content, small_content, write

SHARED = real_content()[0]
DECISION = """---
title: 关于鱼塘的决议
date: 2025-10-08
procedure: seven
steps:
  - {step: 村民代表会议决议, date: 2025-10-08}
---

出租鱼塘。
"""
COURSES = {procedure.id: procedure for procedure in SHARED.procedures}
LAST_OLD, FIRST_NEW = date(2025, 4, 30), date(2025, 5, 1)
PARTS = st.integers(1, 10).flatmap(lambda b: st.tuples(st.integers(1, b), st.just(b)))


def course(*steps: DecisionStep, named: str = "", way: str = "one-meeting") -> Course:
    return check_course(steps, COURSES[way], (named,) if named else (), SHARED)


def told(*steps: DecisionStep, named: str = "") -> str:
    (check,) = course(*steps, named=named).steps
    return say(SHARED.phrases, "meetings", "step", check=check)


def vote(
    meeting: str, day: date, *counts: int | None, notified: date | None = None
) -> DecisionStep:
    entitled, present, agreed = counts or (None, None, None)
    return DecisionStep(f"{meeting}表决", day, "", entitled, present, agreed, None, notified)


# ------------------------------------------------------------------------------ how many it takes


@given(PARTS, st.integers(0, 5000), st.booleans())
def test_the_least_number_is_the_first_that_is_enough(
    parts: tuple[int, int], people: int, over: bool
) -> None:
    top, bottom = parts
    least = Share(f"{top}/{bottom}", "", over).least(people)

    def enough(count: int) -> bool:
        return count * bottom > people * top if over else count * bottom >= people * top

    assert enough(least)
    assert least == 0 or not enough(least - 1)


@given(PARTS, st.integers(0, 5000))
def test_more_people_never_need_fewer(parts: tuple[int, int], people: int) -> None:
    for over in (False, True):
        share = Share("/".join(map(str, parts)), "", over)
        assert 0 <= share.least(people + 1) - share.least(people) <= 1
        assert share.least(people) <= people + over


DAYS = st.one_of(
    st.dates(date(2019, 1, 1), date(2030, 12, 31)),
    st.sampled_from([LAST_OLD, FIRST_NEW, date(2025, 12, 31), date(2026, 1, 1)]),
)
COUNTS = st.lists(st.integers(0, 400), min_size=3, max_size=3).map(lambda n: sorted(n)[::-1])


@given(DAYS, COUNTS)
def test_representatives_of_villagers_before_and_after_2026(day: date, counts: list[int]) -> None:
    entitled, present, agreed = counts
    (check,) = course(vote("村民代表会议", day, *counts)).steps
    article = "第三十条" if day >= date(2026, 1, 1) else "第二十六条"
    assert check.majority.basis.article == article
    assert (check.came == "enough") == (3 * present >= 2 * entitled)
    assert check.agree is not None
    assert (check.agree.state == "enough") == (2 * agreed > present)
    kinds = {found.kind for found in check.findings}
    assert ("quorum" in kinds, "agree" in kinds) == (
        3 * present < 2 * entitled,
        2 * agreed <= present,
    )


@given(DAYS, COUNTS)
def test_members_representatives_of_all_since_may_2025(day: date, counts: list[int]) -> None:
    entitled, _, agreed = counts
    named = "collective-representatives"
    if day < FIRST_NEW:
        (check,) = course(vote("村民代表会议", day, *counts), named=named).steps
        assert check.agree is not None
        assert check.agree.base == counts[1]  # of those present
        return
    (check,) = course(vote("成员代表大会", day, *counts), named=named).steps
    assert check.agree is not None
    assert check.agree.base == entitled  # of all
    assert (check.agree.state == "enough") == (3 * agreed >= 2 * entitled)
    (other,) = course(vote("村民代表会议", day, *counts), named=named).steps
    assert [found.kind for found in other.findings] == ["meeting"]


@given(DAYS, COUNTS, st.sampled_from([None, True, False]))
def test_an_assembly_counts_persons_or_households(
    day: date, counts: list[int], households: bool | None
) -> None:
    entitled, present, _ = counts
    step = replace(vote("村民会议", day, *counts), households=households)
    (check,) = course(step).steps
    persons, homes = 2 * present > entitled, 3 * present >= 2 * entitled
    states = {True: {homes}, False: {persons}, None: {persons, homes}}[households]
    wanted = "unsaid" if len(states) > 1 else "enough" if states.pop() else "short"
    assert check.came == wanted


@given(DAYS, st.lists(st.one_of(st.none(), st.integers(-3, 60)), min_size=3, max_size=3))
def test_nothing_is_judged_that_is_not_said(day: date, counts: list[int | None]) -> None:
    (check,) = course(vote("村民代表会议", day, *counts)).steps
    known = [n for n in counts if n is not None]
    assert check.is_odd == (known != sorted(known, reverse=True) or min(known, default=0) < 0)
    kinds = {found.kind for found in check.findings}
    if check.is_odd:
        assert kinds == {"numbers"}
        return
    entitled, present, agreed = counts
    assert "quorum" not in kinds or None not in (entitled, present)
    assert "agree" not in kinds or None not in (present, agreed)
    assert ("unsaid" in kinds) == (None in counts)


@given(DAYS, st.integers(-5, 40))
def test_notice_is_counted_in_whole_days(day: date, ahead: int) -> None:
    step = vote("村民会议", day, 300, 280, 200, notified=day - timedelta(ahead))
    (check,) = course(step).steps
    assert ("notice" in {found.kind for found in check.findings}) == (ahead < 10)


# ------------------------------------------------------------------------------ what is said


@pytest.mark.parametrize(
    ("step", "named", "words"),
    [
        (
            vote("村民代表会议", date(2025, 8, 20), 42, 36, 33),
            "",
            "全体组成人员三分之二以上到会需要 28 人，到会人员过半数同意需要 19 人，都够了"
            "（《中华人民共和国村民委员会组织法（2018年修正）》第二十六条）。",
        ),
        (
            vote("村民代表会议", date(2026, 1, 1), 42, 36, 18),
            "",
            "全体组成人员三分之二以上到会需要 28 人，够了；到会人员过半数同意需要 19 人，"
            "同意的少 1 人，请核实（《中华人民共和国村民委员会组织法（2025年修正）》第三十条）。",
        ),
        (
            vote("成员代表大会", FIRST_NEW, 40, 36, 26),
            "collective-representatives",
            "全体成员代表三分之二以上同意需要 27 人，同意的少 1 人，请核实"
            "（《中华人民共和国农村集体经济组织法》第二十八条）。",
        ),
        (
            vote("村民代表会议", FIRST_NEW, 40, 36, 30),
            "collective-representatives",
            "这样的事由集体经济组织成员代表大会定（《中华人民共和国农村集体经济组织法》第二十八条），"
            "这里写的不是，请核实。",
        ),
        (
            vote("成员大会", FIRST_NEW, 300, 200, 200, notified=date(2025, 4, 22)),
            "collective-representatives",  # what representatives may decide, all may
            "具有完全民事行为能力的成员三分之二以上到会需要 200 人，"
            "全体成员三分之二以上同意需要 200 人，都够了；要提前 10 天通知，提前了 9 天，请核实"
            "（《中华人民共和国农村集体经济组织法》第二十六条、第二十七条）。",
        ),
        (
            vote("村民会议", date(2026, 3, 1), 300, 180, 100),
            "",
            "本村十八周岁以上的村民过半数到会需要 151 人，或者本村各户的代表三分之二以上到会需要 200 人，"
            "没有写是按人还是按户算的，没有判断；到会人员过半数同意需要 91 人，够了；"
            "要提前 10 天通知，没有写哪天通知的"
            "（《中华人民共和国村民委员会组织法（2025年修正）》第二十五条、第二十六条）。",
        ),
        (
            vote("村民代表会议", date(2025, 8, 20), None, 36, 33),
            "",
            "全体组成人员三分之二以上到会，人数没有写全，没有判断；到会人员过半数同意需要 19 人，够了"
            "（《中华人民共和国村民委员会组织法（2018年修正）》第二十六条）。",
        ),
        (
            vote("村民代表会议", date(2025, 8, 20), 30, 36, 33),
            "",
            "应到、实到、同意的人数对不上，请核实。",
        ),
    ],
)
def test_a_step_says_what_it_takes(step: DecisionStep, named: str, words: str) -> None:
    assert told(step, named=named) == words


def test_no_law_of_the_day_no_judgement() -> None:
    old = date(2018, 12, 28)
    assert course(vote("村民代表会议", old, 42, 10, 1)).steps == ()
    # before there was a law on them, no number is known for members' representatives
    assert course(vote("成员代表大会", LAST_OLD, 40, 10, 1)).steps == ()


# ------------------------------------------------------------------------------ the whole course

STEPS = (
    DecisionStep("党支部会提议", date(2025, 8, 6)),
    DecisionStep("村“两委”会商议", date(2025, 8, 9)),
    DecisionStep("党员大会审议通过", date(2025, 8, 14), "", 41, 33, 32),
    DecisionStep("村民代表会议审议通过", date(2025, 8, 20), "", 38, 30, 29),
    DecisionStep("村民代表会议决议公示", date(2025, 8, 21)),
    DecisionStep("实施结果公开", date(2025, 9, 20)),
)
LAW = "照四议两公开（《中国共产党农村基层组织工作条例》，条文请以原文为准），"


def test_a_whole_course_is_said_to_be_whole() -> None:
    found = course(*STEPS, way="four-two")
    assert found.findings == ()
    assert [check.majority.id for check in found.steps] == ["party-members", "representatives"]
    assert say(SHARED.phrases, "meetings", "course", course=found) == (
        f"{LAW}该有的步骤都写了，先后也对。"
    )


def test_missing_and_early_steps_are_facts() -> None:
    late = replace(STEPS[0], date=date(2025, 8, 22))
    found = course(late, *STEPS[2:], way="four-two")
    assert [(f.kind, f.title) for f in found.findings] == [
        ("missing", "村“两委”会商议"),
        ("order", "党员大会审议"),
    ]
    assert say(SHARED.phrases, "meetings", "course", course=found) == (
        f"{LAW}没有写村“两委”会商议；党员大会审议写在党支部会提议以前，请核实。"
    )


@given(st.permutations(STEPS))
def test_order_is_by_days_and_not_by_lines(steps: list[DecisionStep]) -> None:
    assert course(*steps, way="four-two").findings == ()


def test_five_discussions_ask_for_one_step_more() -> None:
    found = course(*STEPS, way="five-two")
    assert [(f.kind, f.title) for f in found.findings] == [("missing", "村民建议")]


def test_a_community_is_not_held_against_the_rules_of_villages() -> None:
    urban = in_urban_words(SHARED)
    assert [procedure.id for procedure in urban.procedures] == ["one-meeting"]
    step = vote("居民代表会议", date(2026, 3, 1), 42, 10, 1)
    assert check_course([step], urban.procedures[0], (), urban).steps == ()
    members = vote("成员代表大会", date(2026, 3, 1), 40, 36, 20)
    (check,) = check_course([members], urban.procedures[0], (), urban).steps
    assert [found.kind for found in check.findings] == ["agree"]


# ------------------------------------------------------------------------------ what is refused


def test_procedures_and_powers_name_what_there_is() -> None:
    assert list(procedures_sound(SHARED)) == []
    four, *others = SHARED.procedures
    step = replace(four.steps[0], majorities=("nobody",))
    odd = replace(four, items=("nothing",), steps=(step,))
    found = procedures_sound(replace(SHARED, procedures=(odd, *others)))
    assert [(p.code, p.value) for p in found] == [
        ("setting-unknown", "nothing"),
        ("setting-unknown", "nobody"),
    ]
    twice = procedures_sound(replace(SHARED, procedures=(*SHARED.procedures, four)))
    assert [p.code for p in twice] == ["law-overlap"]
    fewer = list(procedures_sound(replace(SHARED, procedures=(four,))))
    assert {p.value for p in fewer} == {"one-meeting"}  # which powers name
    assert list(procedures_sound(replace(SHARED, procedures=()))) == []
    lost = replace(SHARED.majorities[0], wider="nobody")
    majorities = (lost, *SHARED.majorities[1:])
    assert [p.value for p in majorities_sound(replace(SHARED, majorities=majorities))] == ["nobody"]


def test_villages_and_documents_name_procedures_that_there_are(tmp_path: Path) -> None:
    content, villages = small_content(tmp_path), tmp_path / "villages"
    text = BARE_VILLAGE + "procedure: six-two\n"
    write(villages, "qingshi/a/village.yaml", text)
    folders = ("--content", str(content), "--villages", str(villages), "--today", "2025-10-10")
    done = publish_here("check", *folders, "--no-posters")
    assert "village.yaml" in done.stderr
    assert '"six-two" 没有定义。可选：five-two、four-two、one-meeting。' in done.stderr
    write(villages, "qingshi/a/village.yaml", BARE_VILLAGE + "procedure: five-two\n")
    write(villages, "qingshi/a/decisions/2025-10-08-yutang.md", DECISION)
    done = publish_here("check", *folders, "--no-posters")
    assert "[procedure] setting-unknown" in done.stderr
    assert '"seven" 没有定义' in done.stderr
