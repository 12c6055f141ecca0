"""How long answers and tasks took, what is not done yet, promises, and that nobody is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.views.contents import VillageContents, village_contents
from generator.views.sheets import village_sheets
from tests.township import DONGLI, Found, examine, real_content, the_sample, township, write

SHARED = real_content()[0]
TODAY = date(2025, 10, 20)
HEAD = "编号,日期,渠道,事项,承办人,首次答复日期,办理结果,办结日期,满意度,公开答复,涉及"
PROMISES = "编号,承诺事项,来源,承诺日期,到期日期,责任人,进展,结果,完成日期"


@pytest.fixture
def village(tmp_path: Path) -> Path:
    return township(tmp_path) / DONGLI


def contents_of(village: Path) -> tuple[Found, VillageContents]:
    found = examine(village.parents[1], today=TODAY)
    return found, village_contents(found.villages["dongli"], SHARED, TODAY)


def feedback(village: Path, *rows: str, key: str = "2025Q3", published: str = "2025-10-08") -> None:
    text = "\n".join((HEAD, *rows, f"公开日期,{published}", ""))
    write(village, f"feedback/{key}.csv", text)


def row(number: int, asked: str, answered: str = "", done: str = "", about: str = "") -> str:
    reply = "已修好" if answered or done else ""
    return (
        f"FK-{number:03},{asked},来访,路灯不亮,村委会,{answered},修好,{done},满意,{reply},{about}"
    )


def compared(contents: VillageContents, name: str) -> tuple[str, ...]:
    url = f"v/dongli/{name}/"
    return next(v.compared for v in contents.records if v.publication.url == url)


def test_answers_and_ends_are_counted_apart_by_the_days_of_the_rule_pack(village: Path) -> None:
    feedback(
        village,
        row(1, "2025-07-01", "2025-07-01", "2025-07-21"),
        row(2, "2025-07-02", "2025-07-12", "2025-07-12"),  # the tenth day
        row(3, "2025-07-03", "2025-07-14", "2025-08-02"),  # a day late
        row(4, "2025-08-01"),  # no answer at all
        row(5, "2025-09-29"),  # may still come
        row(6, "2025-08-02").replace(",满意,,", ",满意,已派人,"),  # nobody wrote on which day
    )
    answers, ends, *_ = compared(contents_of(village)[1], "feedback/2025Q3")
    assert answers == (
        "首次答复：登记了日期的 3 件里，正中间的一件 10 天答复，最慢的 11 天；"
        "规定 10 天内答复，答复得晚了的 1 件，过了期限还没有答复的 1 件。"
    )
    assert ends == "办结：6 件里办结 3 件，正中间的一件 20 天办完，最慢的 30 天。"


def test_few_cases_are_not_shown_in_days_and_a_year_ago_is_told(village: Path) -> None:
    feedback(village, row(1, "2025-07-01", "2025-07-03", "2025-07-21"), row(2, "2025-07-02"))
    answers, ends, *_ = compared(contents_of(village)[1], "feedback/2025Q3")
    assert answers.startswith("首次答复：登记了日期的不足 3 件，天数不单列；规定 10 天内答复，")
    assert ends == "办结：2 件里办结 1 件，不足 3 件，天数不单列。"
    three = tuple(row(n, f"2025-07-0{n}", done=f"2025-07-{n + 9}") for n in (1, 2, 3))
    feedback(village, *three)
    before = (line.replace("2025", "2024") for line in three)
    feedback(village, *before, key="2024Q3", published="2024-10-08")
    ends, *_ = compared(contents_of(village)[1], "feedback/2025Q3")
    assert ends.endswith("最慢的 9 天（去年第三季度： 9 天和 9 天）。")


def test_hearings_count_what_was_answered_there_as_answered_that_day(village: Path) -> None:
    write(
        village,
        "hearings/2025Q3.csv",
        "编号,日期,会议,提问,答复人,答复,答复方式,答复日期,办理结果,办结日期,涉及\n"
        "WZ-01,2025-08-30,发布会,桥何时修,村委会,九月,当场答复,,已修好,2025-09-16,ledger/2025-09\n"
        "WZ-02,2025-08-30,发布会,租金几时交,村委会,年底,当场答复,,,,\n"
        "WZ-03,2025-08-30,发布会,水压低,村委会,查漏,转交办理,2025-09-03,,,\n"
        "公开日期,2025-10-08\n",
    )
    _, contents = contents_of(village)
    answers, *_ = compared(contents, "hearings/2025Q3")
    assert "正中间的一件当天答复，最慢的 4 天；都在规定的 10 天以内" in answers
    (item,) = [view for view in contents.items if view.item.id == "hearings"]
    assert [one.link.title for one in item.unfinished] == ["租金几时交", "水压低"]
    ledger = next(v for v in contents.records if v.publication.url.endswith("/ledger/2025-09/"))
    assert any("桥何时修" in link.title for link in ledger.related)


def test_promises_are_kept_late_overdue_or_open_and_linked_both_ways(village: Path) -> None:
    feedback(village, row(1, "2025-07-01", "2025-07-02", "2025-07-21"))
    source = "feedback/2025Q3#FK-001"
    lines = (
        f"CN-1,修路灯,{source},2025-07-02,2025-07-31,村委会,修好,已办完,2025-07-21",
        "CN-2,清渠,notices/2025-09-20-ludeng-zhaopian,2025-07-02,2025-08-31,村委会,修好,已办完,2025-09-02",
        "CN-3,修桥,FK-001,2025-07-02,2025-09-30,村委会,没钱,没有办,",
        f"CN-4,买灯,{source},2025-07-02,2025-12-31,村委会,询价,正在办,",
    )
    write(village, "promises/2025H2.csv", "\n".join((PROMISES, *lines, "公开日期,2025-10-08\n")))
    found, contents = contents_of(village)
    assert not found.problems
    kept, *_ = compared(contents, "promises/2025H2")
    assert kept == (
        "到期的 3 件里，按期办完 1 件，晚了才办完 1 件，到期还没有办完 1 件；还没有到期的 1 件。"
    )
    views = {v.publication.url: v for v in contents.records}
    there = views["v/dongli/feedback/2025Q3/"].row_links[2]
    assert [spoken.link.title.partition("（")[0] for spoken in there] == ["修路灯", "修桥", "买灯"]
    notice = views["v/dongli/notices/2025-09-20-ludeng-zhaopian/"]
    assert any("清渠" in link.title for link in notice.related)
    (item,) = [view for view in contents.items if view.item.id == "promises"]
    assert [(one.link.title, one.due) for one in item.unfinished] == [
        ("修桥", date(2025, 9, 30)),
        ("买灯", date(2025, 12, 31)),
    ]


def test_what_a_later_record_finished_is_not_open_and_old_records_are_left_alone(
    village: Path,
) -> None:
    feedback(village, row(1, "2024-07-01"), key="2024Q2", published="2024-07-08")
    feedback(village, row(2, "2025-04-01"), row(3, "2025-05-01"), key="2025Q2")
    feedback(village, row(2, "2025-04-01", "", "2025-08-01"))
    _, contents = contents_of(village)
    (item,) = [view for view in contents.items if view.item.id == "feedback"]
    assert [one.asked for one in item.unfinished] == [date(2025, 5, 1)]


def test_a_source_that_leads_nowhere_is_a_problem(village: Path) -> None:
    line = (
        "CN-1,修路灯,notices/2025-09-20-ludeng,2025-07-02,2025-07-31,村委会,修好,已办完,2025-07-21"
    )
    write(village, "promises/2025H2.csv", f"{PROMISES}\n{line}\n公开日期,2025-10-08\n")
    (told,) = examine(village.parents[1], today=TODAY).problems
    assert told.code == "link-broken"
    assert "notices/2025-09-20-ludeng-zhaopian" in told.hint or "事项/期次" in told.hint


@pytest.mark.parametrize("heading", ["反映人", "提问人姓名", "反映人电话", "来访人"])
def test_no_column_tells_who_asked(village: Path, heading: str) -> None:
    text = f"{HEAD},{heading}\n{row(1, '2025-07-01')},贺四喜\n公开日期,2025-10-08\n"
    write(village, "feedback/2025Q3.csv", text)
    found = examine(village.parents[1], today=TODAY)
    assert "feedback/2025Q3" not in found.names("dongli")
    assert "heading-unknown" in found.codes()


def test_a_phone_that_was_written_down_stays_behind(village: Path) -> None:
    text = f"{HEAD},联系电话\n{row(1, '2025-07-01')},0000-1239999\n公开日期,2025-10-08\n"
    write(village, "feedback/2025Q3.csv", text)
    found = examine(village.parents[1], today=TODAY)
    assert "1239999" not in repr(found.record("dongli", "feedback/2025Q3"))


@pytest.mark.parametrize("words", ["反映人：贺四喜，已亮", "来电 13812345678 的已回复"])
def test_nor_do_words_in_a_cell(village: Path, words: str) -> None:
    feedback(village, row(1, "2025-07-01", "2025-07-02").replace("已修好", words))
    found = examine(village.parents[1], today=TODAY)
    assert "feedback/2025Q3" not in found.names("dongli")
    assert any(code.startswith("privacy-") for code in found.codes())


def test_the_sample_tells_what_was_promised() -> None:
    found = the_sample()
    assert not found.problems
    for village in ("liuxi", "shiqiao"):
        assert "promises/2025H2" in found.names(village)


def test_paper_tells_a_record_by_its_title_and_not_by_its_key(village: Path) -> None:
    feedback(village, row(1, "2025-07-01", "2025-07-02", "2025-07-21", "ledger/2025-09"))
    _, contents = contents_of(village)
    sheets = {sheet.url: sheet for sheet in village_sheets(contents, SHARED)}
    blocks = sheets["v/dongli/feedback/2025Q3/"].blocks
    assert "2025年9月收支账" in repr(blocks)
    assert "ledger/2025-09" not in repr(blocks)
