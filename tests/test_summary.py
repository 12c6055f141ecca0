"""The end of a report: counts by village, and the mends that clear the most."""

from __future__ import annotations

import json
from pathlib import Path

from generator.problems import Problem, Source, problem
from generator.problems.summary import Counts, closing_lines, summarise
from tests.commands import publish_here
from tests.township import township

NAMES = {"dongli": "东里村", "xicun": "西村"}


def amount(village: str, file: str, row: int) -> Problem:
    place = Source(f"villages/{village}/{file}", row, "支出")
    found = problem("{table}-amount", place, value="约100", table="ledger")
    return found.of_village(village)


def large(village: str, row: int, amount: str) -> Problem:
    place = Source(f"villages/{village}/relief/2025Q3.csv", row, "金额")
    facts = {"table": "relief", "words": "", "why": ""}
    found = problem("{table}-implausible", place, value=amount, **facts)
    return found.of_village(village)


def test_each_village_is_counted_also_the_sound_ones() -> None:
    unknown = problem("town-unknown", Source("villages/x"), value="x")
    late = problem("published-missing", Source("a")).of_village("dongli")
    found = summarise([amount("dongli", "a.csv", 2), late, unknown], NAMES)
    assert found.villages == {"dongli": Counts(1, 1, 0), "xicun": Counts(), "": Counts(1, 0, 0)}
    lines = closing_lines(found, NAMES)
    assert lines[:4] == (
        "各村的问题：",
        "  东里村（dongli）：错误 1，警告 1",
        "  不属于哪个村的：错误 1",
        "  另外 1 个村没有问题。",
    )


def test_the_mends_that_clear_most_come_first_with_their_files() -> None:
    many = [amount("dongli", f"ledger/2025-0{n}.csv", row) for n in range(1, 6) for row in (3, 4)]
    few = [large("xicun", 9, "9.60"), large("xicun", 12, "1,200.00")]
    more = [problem("published-missing", Source(f"{n}")).of_village("xicun") for n in range(3)]
    notice = problem("posters-unavailable", Source("publish.py"), value="x")
    found = summarise([notice, *few, *more, *many], NAMES)
    assert [(mend.code, mend.count, len(mend.files)) for mend in found.mends] == [
        ("ledger-amount", 10, 5),
        ("published-missing", 3, 3),
        ("relief-implausible", 2, 1),
    ]
    # Instructions that differ in the figures of their cells are one, and name none of them.
    assert found.mends[2].hint == (
        "请核对小数点和单位。写错了的请改正；确实是这么多的，"
        "在表的最后加一行：第一格写“金额已核对”，第二格写 …。"
    )
    assert found.mends[0].hint == "请写成 1200.00 这样的数字。"
    lines = closing_lines(found, NAMES)
    assert "先改这三样，报出来的问题就都改到了：" in lines
    assert (
        "     能消掉 10 个（ledger-amount），"
        '例如 villages/dongli/ledger/2025-01.csv 第 3 行 [支出]："约100" 不是金额。'
    ) in lines
    assert any(line.endswith("2025-03.csv，还有 2 份") for line in lines)


def test_only_three_mends_are_named() -> None:
    codes = ("table-empty", "table-nothing", "published-missing", "village-missing")
    found = summarise([problem(code, Source("a")) for code in codes], ())
    assert [mend.code for mend in found.mends] == [
        "table-empty",
        "table-nothing",
        "village-missing",
    ]
    assert "先改这三样，能消掉最多的问题：" in closing_lines(found, {})


def test_nothing_is_said_when_nothing_is_wrong() -> None:
    assert closing_lines(summarise([], NAMES), NAMES) == ()


def test_check_ends_with_the_summary_in_both_forms(tmp_path: Path) -> None:
    villages = township(tmp_path)
    ledger = villages / "qingshi/dongli/ledger/2025-09.csv"
    ledger.write_text(ledger.read_text("utf-8").replace(",2500.50,", ",约2500,"), "utf-8")
    command = ("check", "--villages", str(villages), "--no-posters", "--jobs", "1")
    for form in ("text", "json"):
        result = publish_here(*command, "--today", "2025-10-10", "--format", form)
        assert result.returncode == 1, result.stderr
        if form == "text":
            assert "各村的问题：\n  东里村（dongli）：错误 " in result.stderr
            assert "\n先改这一样，报出来的问题就都改到了：\n  1. 请写成 1200.00" in result.stderr
            continue
        summary = json.loads(result.stdout)["summary"]
        assert summary["published"] == 2
        assert summary["villages"]["xicun"] == {"error": 0, "warning": 0, "notice": 0}
        assert summary["villages"]["dongli"]["error"] == summary["error"] > 0
        assert summary["mends"][0] == {
            "code": "ledger-amount",
            "hint": "请写成 1200.00 这样的数字。",
            "count": summary["error"],
            "files": ["villages/qingshi/dongli/ledger/2025-09.csv"],
        }
