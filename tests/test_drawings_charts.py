"""Charts of pairs, shares, moments and spans: nothing clipped, nothing on anything else, scale
kept, and every value in words, whatever the numbers and the width."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import date
from io import BytesIO
from itertools import combinations, product

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from weasyprint import HTML

from generator.publishing.text import day
from generator.render.drawings import PHONE, SHEET
from generator.render.drawings.chartparts import legend
from generator.render.drawings.textwidths import measure
from generator.views.charts import (
    BarChart,
    Chart,
    LineChart,
    Milestone,
    Pair,
    PairChart,
    Point,
    Share,
    ShareChart,
    Span,
    SpanChart,
    TimeLine,
)
from tests.chartkinds import CHARTS, TODAY
from tests.svg import (
    DRAWINGS,
    NEAR,
    ROOT,
    SVG,
    Rect,
    assert_named,
    assert_texts_apart,
    bars_in,
    page_of,
    parse,
    points_of,
    rect_of,
    squeezed,
    text_rect,
    words_in,
)

WIDTHS = (280, PHONE, SHEET, 1200)


def drawn(chart: Chart, width: int = PHONE) -> ET.Element:
    return parse(DRAWINGS.chart(chart, width))


def expected(chart: Chart) -> str:
    """All that is to be read in a chart's marks, in any order."""
    match chart:
        case BarChart() | LineChart():
            return ""
        case PairChart(pairs=rows):
            return "".join(row.texts[0] + row.texts[1] for row in rows)
        case ShareChart(shares=parts):
            return "".join(part.label + part.text for part in parts)
        case TimeLine(moments=moments):
            return "".join(day(m.day) + m.label + m.text for m in moments)
        case SpanChart(spans=terms):
            return "".join(term.label + term.text for term in terms)


def assert_sound(chart: Chart, width: int) -> None:
    root = drawn(chart, width)
    assert_named(root, chart.id)
    assert_texts_apart(root)
    page = page_of(root)
    assert page.right == width
    marks = bars_in(root) + [rect_of(each) for each in root.findall(f"{SVG}polygon")]
    samples = [rect_of(box) for g in root.findall(f"{SVG}g[@class='ch-sample']") for box in g]
    signs = [sign_rect(sign) for sign in root.findall(f"{SVG}g[@transform]")]
    rooms = [text_rect(text) for text in root.iter(f"{SVG}text")]
    for mark in (*marks, *samples, *signs):
        assert page.contains(mark)
        assert not any(mark.overlaps(room) for room in rooms)
    assert not any(one.overlaps(other) for one, other in combinations((*samples, *signs), 2))
    words = squeezed("".join(text.text or "" for text in root.iter(f"{SVG}text")))
    assert not Counter(squeezed(expected(chart))) - Counter(words)


def sign_rect(sign: ET.Element) -> Rect:
    moved = re.fullmatch(r"translate\((\S+) (\S+)\)", sign.attrib["transform"])
    assert moved
    x, y = float(moved[1]), float(moved[2])
    return Rect(x - 9, y - 9, x + 9, y + 9)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", CHARTS)
def test_charts_are_sound_at_every_width(name: str, width: int) -> None:
    assert_sound(CHARTS[name], width)


@pytest.mark.parametrize("name", [name for name in CHARTS if name.endswith("-none")])
def test_no_data_is_said(name: str) -> None:
    root = drawn(CHARTS[name])
    assert [text.text for text in root.iter(f"{SVG}text")] == ["没有可画的数字"]


# -------------------------------------------------------------------------------- any data

WORDS = st.text("甲乙丙村组修路款（）、，。0123456789.abcM ", max_size=60)
AMOUNTS = st.decimals(-(10**6), 10**12, places=2)
DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
STATES = st.sampled_from(("done", "soon", "late", "open"))
NAMES = st.tuples(WORDS, WORDS)
COUNTS = st.lists(st.integers(0, 99), max_size=3).map(lambda n: tuple(sorted(n, reverse=True)))
ANY: st.SearchStrategy[Chart] = st.one_of(
    st.builds(
        BarChart,
        st.just("a"),
        WORDS,
        WORDS,
        st.just("元"),
        st.lists(st.builds(Point, WORDS, AMOUNTS, WORDS), max_size=9).map(tuple),
    ),
    st.builds(
        PairChart,
        st.just("a"),
        WORDS,
        WORDS,
        st.just("元"),
        NAMES,
        st.lists(
            st.builds(Pair, WORDS, st.tuples(*[st.none() | AMOUNTS] * 2), NAMES), max_size=9
        ).map(tuple),
    ),
    st.builds(
        ShareChart,
        st.just("a"),
        WORDS,
        WORDS,
        st.just("元"),
        NAMES,
        st.lists(st.builds(Share, WORDS, AMOUNTS, AMOUNTS, WORDS), max_size=9).map(tuple),
        st.booleans(),
    ),
    st.builds(
        TimeLine,
        st.just("a"),
        WORDS,
        WORDS,
        st.lists(st.builds(Milestone, DAYS, WORDS, WORDS, STATES, COUNTS), max_size=9).map(tuple),
        st.lists(WORDS, max_size=3).map(tuple),
    ),
    st.builds(
        SpanChart,
        st.just("a"),
        WORDS,
        WORDS,
        st.dates(date(2020, 1, 1), date(2060, 12, 31)),
        st.lists(st.builds(Span, WORDS, DAYS, DAYS, WORDS, STATES), max_size=9).map(tuple),
    ),
)


@given(ANY, st.integers(280, 1200))
def test_charts_are_sound_with_any_data(chart: Chart, width: int) -> None:
    assert_sound(chart, width)


# ---------------------------------------------------------------------------------- scales


@pytest.mark.parametrize("width", WIDTHS)
def test_pairs_are_drawn_on_one_scale_from_zero(width: int) -> None:
    chart = CHARTS["pairs-year"]
    assert isinstance(chart, PairChart)
    root = drawn(chart, width)
    solid, hatched = bars_in(root, "#6b675e"), bars_in(root, "url(#p-hatch)")
    values = [tuple(map(float, filter(None, row.values))) for row in chart.pairs]
    scale = max(bar.right - bar.left for bar in solid) / max(one for one, _ in values)
    for bars, side in ((solid, 0), (hatched, 1)):
        for bar, value in zip(bars, values, strict=True):
            assert bar.right - bar.left == pytest.approx(value[side] * scale, abs=2 * NEAR)
    assert len({bar.left for bar in solid + hatched}) == 1
    # The two of one month touch no other month's.
    for (one, other), after in zip(
        zip(solid, hatched, strict=True), (*solid[1:], None), strict=True
    ):
        assert one.bottom <= other.top
        assert after is None or other.bottom + 6 < after.top


def test_pairs_that_are_not_known_or_zero_have_words_and_no_bar() -> None:
    root = drawn(CHARTS["pairs-unknown"])
    assert len(bars_in(root)) == 1
    assert words_in(root, "ch-value") == ["100.00", "还没有", "还没有", "还没有"]
    assert bars_in(drawn(CHARTS["pairs-zero"])) == []


def test_shares_fill_their_wholes_and_show_what_is_beyond() -> None:
    root = drawn(CHARTS["shares-usual"], 340)
    whole, part, over = (bars_in(root, fill) for fill in ("#ffffff", "#s-hatch", "#a61b1b"))
    assert [bar.right - bar.left for bar in whole] == pytest.approx([331, 331 * 0.4], abs=NEAR)
    assert [bar.right - bar.left for bar in part] == pytest.approx([331 * 0.6, 331 * 0.4], abs=NEAR)
    assert [bar.right - bar.left for bar in over] == pytest.approx(
        [331 * 0.09, 331 * 0.025], abs=NEAR
    )
    assert over[0].left == pytest.approx(whole[1].right, abs=NEAR)
    assert words_in(root, "ch-legend") == ["预算", "已用", "超出的"]


def test_relative_shares_have_wholes_of_one_length() -> None:
    root = drawn(CHARTS["shares-relative"])
    whole, part = bars_in(root, "#ffffff"), bars_in(root, "#s-hatch")
    assert len(whole) == 3  # nothing due has no whole
    assert len({bar.right for bar in whole}) == 1
    assert part[1].right - part[1].left == pytest.approx(
        (whole[1].right - whole[1].left) * 0.3, abs=NEAR
    )


def test_moments_come_in_the_order_of_days_with_the_days_between() -> None:
    root = drawn(CHARTS["line-states"])
    assert words_in(root, "ch-day") == [
        "2025年7月3日",
        "2025年9月28日",
        "2025年10月20日",
        "2025年12月20日",
    ]
    assert words_in(root, "ch-gap") == ["隔 87 天", "隔 22 天", "隔 61 天"]
    signs = [sign.attrib["class"] for sign in root.findall(f"{SVG}g[@transform]")]
    assert signs == ["ch-sign ch-done", "ch-sign ch-late", "ch-sign ch-soon", "ch-sign ch-open"]
    assert words_in(root, "ch-state") == ["已办", "过期未办", "快到了", "还没到"]


def test_moments_that_are_all_done_need_no_state_and_equal_days_no_distance() -> None:
    root = drawn(CHARTS["line-done"])
    assert words_in(root, "ch-state") == []
    assert words_in(root, "ch-gap") == ["隔 2 天"]


def test_counts_are_drawn_within_each_other_where_they_are() -> None:
    root = drawn(CHARTS["line-done"], SHEET)
    whole, part, agreed = (bars_in(root, fill) for fill in ("#ffffff", "#t-hatch", "#6b675e"))
    assert [bar.right - bar.left for bar in whole] == [240, 240]
    assert [bar.right - bar.left for bar in part] == [240, 200]
    assert [bar.right - bar.left for bar in agreed] == [240, 180]
    assert words_in(root, "ch-legend") == ["应到", "实到", "同意"]
    assert words_in(drawn(CHARTS["line-states"]), "ch-legend") == []


def test_spans_keep_to_the_years_and_point_beyond_the_scale() -> None:
    root = drawn(CHARTS["spans-usual"], SHEET)
    bars = root.findall(f"{SVG}polygon")
    assert [len(points_of(bar)) for bar in bars] == [4, 4, 4, 6]
    rects = [rect_of(bar) for bar in bars]
    a_year = (rects[0].right - rects[0].left) / (date(2025, 9, 30) - date(2020, 1, 1)).days
    days = (date(2027, 12, 31) - date(2023, 1, 1)).days
    assert rects[2].right - rects[2].left == pytest.approx(days * a_year, abs=2 * NEAR)
    today = root.find(f"{SVG}path[@class='ch-today']")
    assert today is not None
    x = float(re.match(r"M(\S+)", today.attrib["d"])[1])  # type: ignore[index]
    assert x - rects[0].left == pytest.approx(
        (TODAY - date(2020, 1, 1)).days * a_year, abs=2 * NEAR
    )
    assert len({bar.attrib["fill"] for bar in bars}) == 4
    assert "尖头：比图上画的更早或更晚" in words_in(root, "ch-note")
    assert words_in(drawn(CHARTS["spans-day"]), "ch-note") == []


def test_spans_say_their_state_once() -> None:
    root = drawn(CHARTS["spans-usual"], SHEET)
    assert words_in(root, "ch-value") == [
        "2025年9月30日已到期",
        "快到期：年租金 12,000.00 元",
        "已逾期：租金欠 3,000.00 元",
        "期限内",
    ]


def test_legends_wrap() -> None:
    for width, count in product(range(280, 700, 35), range(1, 5)):
        key = legend(tuple(("hatch", f"{'很长的名称' * n}") for n in range(1, count + 1)), width)
        rooms = [
            Rect(mark.x, mark.y - 12, mark.x + measure(mark.text, 15), mark.y + 3)
            for mark in key.words
        ]
        assert all(Rect(0, 0, width, key.bottom).contains(room) for room in rooms)
        assert not any(one.overlaps(other) for one, other in combinations(rooms, 2))


# ------------------------------------------------------------------------- pages and paper


def test_charts_are_small_and_use_only_what_pages_and_sheets_both_show() -> None:
    for name, chart in CHARTS.items():
        markup = str(DRAWINGS.chart(chart, PHONE))
        assert len(markup.encode()) < (26_000 if name.endswith("-many") else 6_000)
        for unwanted in ("style=", "foreignObject", "var(", "filter", "textPath", "-0 "):
            assert unwanted not in markup
        assert not re.search(r"\d\.\d\d", re.sub(r">[^<]*<", "><", markup))


def test_charts_put_every_text_on_paper() -> None:
    """WeasyPrint drops what it cannot draw without a word: read the PDF's text back."""
    names = ("pairs-year", "shares-usual", "line-states", "spans-usual")
    font = (ROOT / "templates/fonts/MingbaiSans-Regular.ttf").as_uri()
    style = f"@font-face{{font-family:M;src:url({font})}}@page{{size:900px 3000px;margin:0}}"
    charts = "".join(str(DRAWINGS.chart(CHARTS[name], PHONE)) for name in names)
    charts = charts.replace("<svg ", '<svg font-family="M" ')
    html = f"<style>{style}*{{font-family:M}}</style>{charts}"
    pdf = pypdfium2.PdfDocument(BytesIO(bytes(HTML(string=html).write_pdf())))
    text = squeezed(pdf[0].get_textpage().get_text_bounded())
    pdf.close()
    for name in names:
        for each in drawn(CHARTS[name]).iter(f"{SVG}text"):
            assert squeezed(each.text or "") in text
