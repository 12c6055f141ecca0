"""The course of a decision: what its time line and its words say, and what they leave out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from generator.publishing.publication import Publication, PublicDocument, PublicStep
from generator.views.figures.timelines import step_charts, step_notes
from generator.views.linking import village_records
from generator.views.records import RecordView, record_views
from tests.township import TODAY, real_content, the_sample

SHARED = real_content()[0]
Counts = tuple[int | None, int | None, int | None]


@cache
def sample() -> dict[str, RecordView]:
    found = the_sample()
    assert found.shared is not None
    data = next(v for id, v in found.villages.items() if id.endswith("liuxi"))
    views = record_views(village_records(data, found.shared, TODAY))
    return {f"{v.publication.item}/{v.publication.key}": v for v in views}


def with_steps(*steps: PublicStep) -> Publication:
    publication = sample()["decisions/2025-08-20-ludeng"].publication
    document = publication.document
    assert isinstance(document, PublicDocument)
    return replace(publication, body=replace(document, steps=steps))


def step(name: str, month: int, day: int, counts: Counts = (None, None, None)) -> PublicStep:
    return PublicStep(name, date(2025, month, day), "", "", counts)


def test_a_decision_of_the_sample_is_a_time_line_in_words_and_counts() -> None:
    view = sample()["decisions/2025-08-20-ludeng"]
    (line,) = view.charts
    moments = line.moments  # type: ignore[union-attr]
    assert [moment.label for moment in moments] == [
        step.step
        for step in view.publication.document.steps  # type: ignore[union-attr]
    ]
    assert moments[3].text == "应到 38 人，实到 30 人，同意 29 人"
    assert moments[3].counts == (38, 30, 29)
    assert {moment.state for moment in moments} == {"done"}
    assert "2025年8月20日村民代表会议决议，应到 38 人，实到 30 人，同意 29 人；" in line.description
    assert view.notes[-1] == "从党支部会提议到村民代表会议决议用了 14 天，作出决议 1 天后公开。"


def test_documents_without_a_course_have_no_time_line() -> None:
    assert sample()["notices/2025-09-10-tingshui"].charts == ()
    assert step_charts(with_steps(step("村民代表会议决议", 8, 20)), TODAY, SHARED.phrases) == ()
    assert step_charts(sample()["ledger/2025-09"].publication, TODAY, SHARED.phrases) == ()


def test_days_to_come_are_open_and_unknown_counts_are_left_out() -> None:
    publication = with_steps(
        step("村民代表会议决议", 10, 9, (36, 30, None)), step("公示期满", 10, 30)
    )
    (line,) = step_charts(publication, TODAY, SHARED.phrases)
    assert [moment.state for moment in line.moments] == ["done", "open"]
    assert [moment.counts for moment in line.moments] == [(36, 30), ()]


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ((), ()),
        ((step("党支部会提议", 8, 1), step("招标公告", 8, 9)), ()),
        ((step("村民代表会议决议", 8, 20),), ()),
        (
            (step("党支部会提议", 8, 20), step("村民代表会议决议", 8, 20)),
            ("从党支部会提议到村民代表会议决议在同一天。",),
        ),
        (
            (step("村民代表会议决议", 8, 20), step("决议公示", 8, 20)),
            ("作出决议当天公开。",),
        ),
        # The outcome's publication and a call for bids are not the decision's.
        (
            (
                step("党支部会提议", 8, 1),
                step("村民代表会议决议", 8, 20),
                step("招标公告", 8, 25),
                step("实施结果公开", 9, 20),
            ),
            ("从党支部会提议到村民代表会议决议用了 19 天。",),
        ),
        # Days in a wrong order say nothing.
        ((step("党支部会提议", 8, 20), step("村民会议决议", 8, 1), step("公示", 7, 1)), ()),
    ],
)
def test_words_say_only_what_the_steps_say(
    steps: tuple[PublicStep, ...], words: tuple[str, ...]
) -> None:
    assert step_notes(with_steps(*steps), SHARED) == words
