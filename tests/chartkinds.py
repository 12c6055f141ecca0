"""Charts of every kind, for what draws them on pages and on sheets."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from generator.views.charts import (
    Chart,
    Milestone,
    Pair,
    PairChart,
    Share,
    ShareChart,
    Span,
    SpanChart,
    TimeLine,
)

TODAY = date(2025, 10, 10)


LONG = "村级公益事业建设一事一议财政奖补项目（含上年结转）"


def money(value: str | int) -> str:
    return f"{Decimal(value):,.2f}"


def pair(label: str, one: str | None, other: str | None) -> Pair:
    values = tuple(None if each is None else Decimal(each) for each in (one, other))
    texts = tuple("还没有" if each is None else money(each) for each in (one, other))
    return Pair(label, values, texts)  # type: ignore[arg-type]


def pairs(*rows: Pair, names: tuple[str, str] = ("收入", "支出")) -> PairChart:
    return PairChart("p", "收入和支出", "每月的收入和支出", "元", names, rows)


def shares(*rows: Share, is_relative: bool = False) -> ShareChart:
    return ShareChart("s", "用了多少", "预算用了多少", "元", ("预算", "已用"), rows, is_relative)


def share(label: str, whole: str, part: str, text: str | None = None) -> Share:
    words = f"{money(part)} / {money(whole)}" if text is None else text
    return Share(label, Decimal(whole), Decimal(part), words)


def line(*moments: Milestone) -> TimeLine:
    return TimeLine("t", "经过", "怎样定下来的", moments, ("应到", "实到", "同意"))


def spans(*rows: Span) -> SpanChart:
    return SpanChart("x", "租约", "各份租约到什么时候", TODAY, rows)


CHARTS: dict[str, Chart] = {
    "pairs-none": pairs(),
    "pairs-one": pairs(pair("九月", "32000", "18450.5")),
    "pairs-year": pairs(
        *(
            pair(f"{month}月", str(month * 3971 % 23000), str(month * 7717 % 19000))
            for month in range(1, 13)
        )
    ),
    "pairs-unknown": pairs(pair("八月", "100", None), pair("九月", None, None)),
    "pairs-zero": pairs(pair("八月", "0", "0")),
    "pairs-below": pairs(pair("八月", "-20", "35")),
    "pairs-long": pairs(
        pair(LONG, "1234567890.12", "0.01"),
        pair("土地", "5", "500000000"),
        names=(LONG, "实际支出（截至今年九月底）"),
    ),
    "pairs-wordy": pairs(
        Pair("果园", (Decimal(30000), Decimal(15000)), ("应收 30,000.00 元，分两次交", LONG))
    ),
    "pairs-many": pairs(*(pair(f"第{n}组", str(n * 37), str(n * 53 % 91)) for n in range(60))),
    "shares-none": shares(),
    "shares-usual": shares(
        share("公益支出", "20000", "12000"),
        share("管理费用", "8000", "9800", "9,800.00 / 8,000.00，超出 1,800.00"),
        share("其他支出", "0", "0", "没有预算，没有支出"),
        share("修路", "0", "500"),
    ),
    "shares-relative": shares(
        share("党务", "12", "12", "12 项都公开了"),
        share("村务", "0", "0", "还没有到期的"),
        share("财务", "10", "3", "10 项里公开了 3 项"),
        share("三资", "2", "5", "2 项里公开了 5 项"),
        is_relative=True,
    ),
    "shares-below": shares(share("公益支出", "100", "-5"), share("管理", "-1", "3")),
    "shares-long": shares(share(LONG * 2, "3", "1", LONG * 3), share("短", "3", "3", "")),
    "shares-many": shares(*(share(f"{n}组", "97", str(n * 31 % 97)) for n in range(60))),
    "line-none": line(),
    "line-one": line(Milestone(date(2025, 7, 28), "村民代表会议决议", "应到 36 人")),
    "line-done": line(
        Milestone(date(2025, 7, 1), "党支部会提议", "应到 5 人，实到 5 人", counts=(5, 5, 5)),
        Milestone(date(2025, 7, 3), "村两委会商议", ""),
        Milestone(date(2025, 7, 3), "党员大会审议", "应到 24 人，实到 20 人", counts=(24, 20, 18)),
        Milestone(date(2025, 7, 3), "写错的", "应到 5 人，实到 9 人", counts=(5, 9, 2)),
        Milestone(date(2025, 7, 3), "没有人", "应到 0 人", counts=(0, 0, 0)),
    ),
    "line-states": line(
        Milestone(date(2025, 12, 20), "付清", "", "open"),
        Milestone(date(2025, 7, 3), "动工", "", "done"),
        Milestone(date(2025, 9, 28), "第一笔付款", "应付 50,000.00 元", "late"),
        Milestone(date(2025, 10, 20), "验收", "", "soon"),
    ),
    "line-long": line(Milestone(TODAY, LONG * 2, LONG * 3, "late")),
    "line-many": line(*(Milestone(TODAY + timedelta(n * n), f"第{n}步", "") for n in range(60))),
    "spans-none": spans(),
    "spans-usual": spans(
        Span("鱼塘", date(2020, 1, 1), date(2025, 9, 30), "2025年9月30日已到期", "done"),
        Span("村口门面房", date(2022, 1, 1), date(2025, 12, 31), "年租金 12,000.00 元", "soon"),
        Span("老粮仓", date(2023, 1, 1), date(2027, 12, 31), "租金欠 3,000.00 元", "late"),
        Span("北山果园", date(2003, 1, 1), date(2052, 12, 31), "", "open"),
    ),
    "spans-past": spans(Span("旧窑", date(1980, 1, 1), date(1990, 1, 1), "", "done")),
    "spans-to-come": spans(Span("新厂房", date(2060, 1, 1), date(2090, 1, 1), "", "open")),
    "spans-day": spans(Span("舞台", TODAY, TODAY, "只用一天")),
    "spans-back": spans(Span("写反的", date(2026, 1, 1), date(2024, 1, 1), "")),
    "spans-long": spans(Span(LONG * 2, date(2024, 2, 29), date(2026, 2, 28), LONG * 3, "soon")),
    "spans-many": spans(
        *(
            Span(f"{n}号地", date(2000 + n % 20, 1, 1), date(2030, n % 12 + 1, 1), "")
            for n in range(60)
        )
    ),
}
