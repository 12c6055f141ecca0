"""Drawings: what is drawn, whether it fits, and whether it can be read back."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from decimal import Decimal
from io import BytesIO
from itertools import combinations, pairwise

import pypdfium2
import pytest
from weasyprint import HTML

from generator.model.powers import Branch, Step, edges_of
from generator.problems import Source
from generator.render.drawings import PHONE, SHEET
from generator.render.drawings.textwidths import balanced, measure, shorten, wrap
from generator.views.charts import BarChart, LineChart, Point
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
    run,
    squeezed,
    text_rect,
    texts_in,
    words_in,
)


def step(id: str, title: str, kind: str = "step", **more: object) -> Step:
    return Step(id=id, title=title, source=Source("流程.yaml"), kind=kind, **more)  # type: ignore[arg-type]


def to(*ways: str) -> tuple[Branch, ...]:
    """Branches written as `id` or `id 标签`."""
    return tuple(Branch(*way.split(" ", 1)) for way in ways)


FLOWS: dict[str, tuple[Step, ...]] = {
    "one": (step("a", "开始", "start"),),
    "straight": (
        step("a", "村民提出申请", "start", actor="村民", materials=("申请书", "户口簿复印件")),
        step("b", "村会计核对材料", actor="村会计", limit="2 个工作日内"),
        step("c", "村委会盖章", actor="村委会主任", limit="当日"),
        step("d", "登记用章台账", "end", actor="印章管理员", materials=("用章登记簿",)),
    ),
    "return": (
        step("a", "经办人填写报账单", "start", actor="经办人", materials=("发票", "清单", "合同")),
        step(
            "b",
            "票据是否齐全、真实",
            "decision",
            actor="村报账员",
            limit="3 个工作日内",
            supervised="看发票日期、金额、事由与实物是否一致，有没有拆分报账",
            next=to("c 齐全", "a 退回补正"),
        ),
        step("c", "村务监督委员会审核", actor="监委会主任", limit="2 个工作日内"),
        step("d", "入账并公开", "end", limit="次月 10 日前", supervised="是否按时上栏"),
    ),
    "ten": (
        step("a", "提出事项", "start", actor="村党组织、十分之一以上村民"),
        step("b", "村党组织会议提议", actor="村党组织书记", limit="5 日内"),
        step("c", "村两委会商议", actor="村两委", materials=("议题表", "初步方案")),
        step("d", "党员大会审议", "decision", next=to("e 通过", "c 未通过")),
        step(
            "e",
            "村民代表会议决议",
            "decision",
            actor="村民代表",
            supervised="到会人数和表决票数",
            next=to("f 通过", "b 未通过，重新提议"),
        ),
        step("f", "决议公开", limit="不少于 7 日", supervised="公示照片和起止日期"),
        step("g", "有无异议", "decision", next=to("h 无异议", "e 有异议")),
        step("h", "组织实施", actor="村委会"),
        step("i", "监督验收", actor="村务监督委员会", materials=("验收单",)),
        step("j", "结果公开", "end", limit="完成后 10 日内"),
    ),
    "two-ends": (
        step("a", "村民递交低保申请", "start", actor="申请人", materials=("申请书", "授权书")),
        step("b", "是否符合受理条件", "decision", next=to("c 符合", "z 不符合")),
        step("c", "入户调查", actor="包村干部、村干部各一人", limit="10 个工作日内"),
        step("d", "民主评议", "decision", next=to("e 认定", "z 不认定", "c 材料存疑")),
        step("e", "张榜公示后报镇政府", "end", limit="7 日"),
        step("z", "书面告知理由", "end", limit="3 日内"),
    ),
    "skip": (
        step("a", "提出采购需求", "start", actor="使用人"),
        step(
            "b", "金额大小", "decision", next=to("e 2000 元以下", "c 2000 元以上", "d 2 万元以上")
        ),
        step("c", "三家比价", actor="采购小组", next=to("e")),
        step("d", "公开招标", actor="镇招投标中心", supervised="全过程"),
        step("e", "签订合同并验收", "decision", next=to("f 合格", "a 不合格")),
        step("f", "付款入账", "end"),
    ),
    "wordy": (
        step(
            "a",
            "（甲）" + "一个特别特别长的步骤名称" * 2,
            "start",
            materials=("很长的材料名称" * 3,) * 3,
        ),
        step(
            "b",
            "这一步要由村民会议或者村民代表会议讨论决定才可以办理吗？",
            "decision",
            actor="全体十八周岁以上村民、户代表或者村民代表，三分之二以上到会",
            limit="自收到之日起 30 个工作日内，特殊情况经批准可以延长 10 个工作日",
            supervised="到会人数、表决方式、票数以及会议记录是否有全体到会人员签字",
            next=to("c 需要，且已达到法定人数", "a 不需要"),
        ),
        step("c", "完", "end"),
    ),
}


# ---------------------------------------------------------------------------- reading back


def boxes_of(root: ET.Element) -> dict[str, ET.Element]:
    groups = root.findall(f"{SVG}g[@data-step]")
    return {group.attrib["data-step"]: group for group in groups}


def shift_of(group: ET.Element) -> tuple[float, float]:
    moved = re.fullmatch(r"translate\((\S+) (\S+)\)", group.attrib["transform"])
    assert moved
    return float(moved[1]), float(moved[2])


def texts_of(group: ET.Element) -> list[tuple[str, Rect]]:
    """The texts of a box or a branch, with the room that each takes in the drawing."""
    inner = group.find(f"{SVG}g")
    dx, dy = shift_of(inner) if inner is not None else (0.0, 0.0)
    return [(text.text or "", text_rect(text, dx, dy)) for text in group.iter(f"{SVG}text")]


def on_border(shape: ET.Element, point: tuple[float, float]) -> bool:
    """Whether a point lies on the line drawn around a box, rounded or slanted corners included."""
    x, y = point
    if shape.tag == f"{SVG}polygon":
        corners = points_of(shape)
        sides = zip(corners, corners[1:] + corners[:1], strict=True)
        return any(distance(point, start, end) < 2 * NEAR for start, end in sides)
    box, radius = rect_of(shape), float(shape.attrib["rx"])
    # The distance to the rounded rectangle's core, less its radius, is zero on the border.
    from_core = max(box.left + radius - x, 0, x - box.right + radius)
    from_core_y = max(box.top + radius - y, 0, y - box.bottom + radius)
    return abs((from_core**2 + from_core_y**2) ** 0.5 - radius) < 2 * NEAR


def distance(
    point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]
) -> float:
    (x, y), (ax, ay), (bx, by) = point, start, end
    length = (bx - ax) ** 2 + (by - ay) ** 2
    along = max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
    return ((x - ax - along * (bx - ax)) ** 2 + (y - ay - along * (by - ay)) ** 2) ** 0.5


def flow(name: str, width: int = 700) -> ET.Element:
    return parse(DRAWINGS.flow_chart(FLOWS[name], id=name, title="样例流程", width=width))


# ------------------------------------------------------------------------------ flow charts


@pytest.mark.parametrize("name", FLOWS)
def test_flow_has_every_word_of_every_step(name: str) -> None:
    boxes = boxes_of(flow(name))
    assert list(boxes) == [each.id for each in FLOWS[name]]
    for each in FLOWS[name]:
        drawn = squeezed("".join(text for text, _ in texts_of(boxes[each.id])))
        expected = each.title
        expected += f"谁办：{each.actor}" if each.actor else ""
        expected += f"时限：{each.limit}" if each.limit else ""
        expected += f"材料：{'、'.join(each.materials)}" if each.materials else ""
        expected += f"监督点：{each.supervised}" if each.supervised else ""
        assert drawn == squeezed(expected)


@pytest.mark.parametrize("name", FLOWS)
def test_flow_boxes_hold_their_text_and_keep_apart(name: str) -> None:
    root = flow(name)
    boxes = boxes_of(root)
    rects = {id: rect_of(group[0]) for id, group in boxes.items()}
    for one, other in combinations(rects.values(), 2):
        assert not one.overlaps(other)
    for id, group in boxes.items():
        taken = [room for _, room in texts_of(group)]
        assert all(rects[id].contains(room) for room in taken)
        assert not any(one.overlaps(other) for one, other in combinations(taken, 2))
        if group[0].tag == f"{SVG}polygon":
            flat = points_of(group[0])
            slantless = Rect(flat[1][0], rects[id].top, flat[2][0], rects[id].bottom)
            assert all(slantless.contains(room) for room in taken)


@pytest.mark.parametrize("name", FLOWS)
def test_flow_arrows_run_from_border_to_border_and_through_nothing(name: str) -> None:
    root = flow(name)
    boxes = boxes_of(root)
    arrows = root.findall(f"{SVG}polyline")
    drawn = [(arrow.attrib["data-from"], arrow.attrib["data-to"]) for arrow in arrows]
    assert drawn == [(edge.start, edge.end) for edge in edges_of(FLOWS[name])]
    for arrow, (start, end) in zip(arrows, drawn, strict=True):
        points = points_of(arrow)
        assert on_border(boxes[start][0], points[0])
        assert on_border(boxes[end][0], points[-1])
        for one, other in pairwise(points):
            assert one[0] == other[0] or one[1] == other[1]  # level or upright
            for id, group in boxes.items():
                if id not in (start, end):
                    assert not run(one, other).overlaps(rect_of(group[0]))
        for one, other in pairwise(points[1:-1]):
            for id in (start, end):
                assert not run(one, other).overlaps(rect_of(boxes[id][0]))


@pytest.mark.parametrize("name", FLOWS)
def test_flow_branches_are_labelled_beside_the_boxes(name: str) -> None:
    root = flow(name)
    labels = root.findall(f"{SVG}g[@class='fc-branch']")
    words = [text for label in labels for text, _ in texts_of(label)]
    assert words == [edge.label for edge in edges_of(FLOWS[name]) if edge.label]
    rooms = [rect_of(label[0]) for label in labels]
    boxes = [rect_of(group[0]) for group in boxes_of(root).values()]
    assert not any(room.overlaps(box) for room in rooms for box in boxes)
    assert not any(one.overlaps(other) for one, other in combinations(rooms, 2))
    for label, room in zip(labels, rooms, strict=True):
        assert all(room.contains(text) for _, text in texts_of(label))
    # Each label is on its own arrow and on no other.
    arrows = root.findall(f"{SVG}polyline")
    ways = zip(edges_of(FLOWS[name]), arrows, strict=True)
    own = iter(arrow for edge, arrow in ways if edge.label)
    for room, mine in zip(rooms, own, strict=True):
        crossed = [
            arrow
            for arrow in arrows
            if any(run(one, other).overlaps(room) for one, other in pairwise(points_of(arrow)))
        ]
        assert crossed == [mine]


@pytest.mark.parametrize("name", FLOWS)
def test_flow_stays_inside_its_picture_with_ids_of_its_own(name: str) -> None:
    root = flow(name)
    page = page_of(root)
    for group in boxes_of(root).values():
        assert page.contains(rect_of(group[0]))
    for label in root.findall(f"{SVG}g[@class='fc-branch']"):
        assert page.contains(rect_of(label[0]))
    for arrow in root.findall(f"{SVG}polyline"):
        assert all(page.contains(Rect(x, y, x, y)) for x, y in points_of(arrow))
    assert_named(root, name)


@pytest.mark.parametrize("name", [name for name in FLOWS if name != "wordy"])
def test_flow_fits_the_width_asked(name: str) -> None:
    assert page_of(flow(name)).right <= 700


def test_flow_narrows_its_boxes_when_there_is_less_room() -> None:
    assert page_of(flow("return", width=350)).right <= 350
    assert page_of(flow("return")).right > 350


def test_flow_shapes_tell_the_kinds_apart_and_supervision_is_a_word_and_a_sign() -> None:
    boxes = boxes_of(flow("return"))
    assert float(boxes["a"][0].attrib["rx"]) > float(boxes["c"][0].attrib["rx"])
    assert boxes["b"][0].tag == f"{SVG}polygon"
    for id, supervised in (("a", False), ("b", True), ("c", False), ("d", True)):
        assert ("监督点：" in [text for text, _ in texts_of(boxes[id])]) is supervised
        assert (boxes[id].find(f".//{SVG}g[@class='fc-eye']") is not None) is supervised


def test_flow_returns_are_marked_and_the_flow_is_told_in_words() -> None:
    root = flow("return")
    returns = root.findall(f"{SVG}polyline[@class='fc-arrow fc-return']")
    assert [(arrow.attrib["data-from"], arrow.attrib["data-to"]) for arrow in returns] == [
        ("b", "a")
    ]
    description = root.findtext(f"{SVG}desc")
    assert description is not None
    assert "票据是否齐全、真实（退回补正）→经办人填写报账单" in description


def test_flow_escapes_what_it_is_given() -> None:
    markup = DRAWINGS.flow_chart((step("a", "<b>甲&乙</b>", "start"),), id="x", title='"<')
    assert "<b>" not in markup
    assert parse(markup).findtext(f"{SVG}title") == '"<'


# ----------------------------------------------------------------------------------- charts


def points(*values: str) -> tuple[Point, ...]:
    return tuple(
        Point(f"{place}月", Decimal(value), f"{Decimal(value):,.2f}")
        for place, value in enumerate(values, start=1)
    )


def labelled(label: str, value: str) -> Point:
    return Point(label, Decimal(value), f"{Decimal(value):,.2f}")


BARS: dict[str, tuple[Point, ...]] = {
    "none": (),
    "one": (labelled("公益支出", "9800"),),
    "usual": (
        labelled("公益支出", "9800"),
        labelled("管理费用", "5150.5"),
        labelled("经营支出", "2500"),
        labelled("其他支出", "1000"),
    ),
    "zeros": (labelled("公益支出", "0"), labelled("管理费用", "0")),
    "long": (
        labelled("村级公益事业建设一事一议", "1234567.89"),
        labelled("土地流转", "0.01"),
        labelled("这个名称比十二个字还要长出许多许多许多", "500000"),
    ),
    "many": tuple(labelled(f"第{place}村民小组", str(place * 37)) for place in range(1, 21)),
}
LINES: dict[str, tuple[Point, ...]] = {
    "none": (),
    "one": points("5.6"),
    "two": points("5.6", "7"),
    "year": points(
        "5.6", "6", "5.7", "6.6", "6.3", "7", "6.7", "7.7", "7.4", "8.4", "9.17", "10.52"
    ),
    "below": points("3", "1", "-2.5", "-4", "-1", "2"),
    "all-below": points("-3", "-1", "-2.5"),
    "zeros": points("0", "0", "0"),
    "flat": points("8", "8", "8", "8"),
    "spike": points("1", "1", "900000", "1", "1"),
    "large": points("123456789.12", "123456780.12", "123456799.12"),
    "many": points(*(str((place * 7919) % 101) for place in range(60))),
}
WIDTHS = (PHONE, SHEET)


def bar_chart(name: str, width: int) -> ET.Element:
    chart = BarChart(f"bar-{name}", "钱花在哪里", "各项支出", "元", BARS[name])
    return parse(DRAWINGS.chart(chart, width))


def line_chart(name: str, width: int) -> ET.Element:
    chart = LineChart(f"line-{name}", "月末结余", "一年来的月末结余", "万元", LINES[name])
    return parse(DRAWINGS.chart(chart, width))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", BARS)
def test_bars_begin_at_zero_and_keep_to_scale(name: str, width: int) -> None:
    root = bar_chart(name, width)
    bars = bars_in(root)
    values = [point.value for point in BARS[name] if point.value]
    drawn = {bar.top: bar for bar in bars}
    assert len(drawn) == len(values)
    assert len({bar.left for bar in bars}) <= 1
    longest = max((bar.right - bar.left for bar in bars), default=0)
    for bar, value in zip(bars, values, strict=True):
        share = float(value / max(values))
        assert bar.right - bar.left == pytest.approx(longest * share, abs=NEAR)
    assert words_in(root, "ch-value") == [point.text for point in BARS[name]]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", BARS)
def test_bars_are_named_and_their_texts_keep_apart(name: str, width: int) -> None:
    root = bar_chart(name, width)
    assert_named(root, f"bar-{name}")
    assert_texts_apart(root)
    bars = bars_in(root)
    rooms = [text_rect(text) for text in root.iter(f"{SVG}text")]
    assert not any(bar.overlaps(room) for bar in bars for room in rooms)


def test_bars_are_hatched_with_a_pattern_of_their_own() -> None:
    root = bar_chart("usual", PHONE)
    assert root.find(f".//{SVG}pattern[@id='bar-usual-hatch']") is not None
    assert bars_in(root, "url(#bar-usual-hatch)") == bars_in(root)


def test_bar_labels_break_into_two_lines_and_no_more() -> None:
    labels = words_in(bar_chart("long", SHEET), "ch-label")
    assert len(labels) == 5
    assert "".join(labels[:2]) == "村级公益事业建设一事一议"
    assert labels[-1].endswith("…")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", LINES)
def test_lines_are_named_and_their_labels_never_collide(name: str, width: int) -> None:
    root = line_chart(name, width)
    assert_named(root, f"line-{name}")
    assert_texts_apart(root)
    dots = [
        tuple(float(dot.attrib[part]) for part in ("cx", "cy"))
        for dot in root.findall(f"{SVG}circle")
    ]
    rooms = [text_rect(text) for text in texts_in(root, "ch-value")]
    assert not any(room.contains(Rect(x, y, x, y)) for room in rooms for x, y in dots)
    curve = points_of(root.find(f"{SVG}polyline"))  # type: ignore[arg-type]
    assert len(curve) == len(LINES[name])
    assert all(page_of(root).contains(Rect(x, y, x, y)) for x, y in curve)


@pytest.mark.parametrize("name", [name for name in LINES if name != "none"])
def test_lines_measure_from_the_zero_axis(name: str) -> None:
    root = line_chart(name, PHONE)
    axis = root.find(f"{SVG}path")
    assert axis is not None
    axis_y = float(re.match(r"M\S+ (\S+)H", axis.attrib["d"])[1])  # type: ignore[index]
    curve = points_of(root.find(f"{SVG}polyline"))  # type: ignore[arg-type]
    values = [float(point.value) for point in LINES[name]]
    scale = max(abs(axis_y - y) for _, y in curve) / (max(map(abs, values)) or 1)
    for (_, y), value in zip(curve, values, strict=True):
        assert axis_y - y == pytest.approx(value * scale, abs=2 * NEAR)


def test_line_labels_the_first_last_lowest_and_highest() -> None:
    texts = {text.text for text in line_chart("year", SHEET).iter(f"{SVG}text")}
    assert {"5.60", "10.52", "1月", "12月", "单位：万元"} <= texts
    texts = {text.text for text in line_chart("below", PHONE).iter(f"{SVG}text")}
    assert {"3.00", "2.00", "-4.00", "1月", "4月", "6月"} <= texts


def test_no_data_is_said() -> None:
    for root in (bar_chart("none", PHONE), line_chart("none", PHONE)):
        assert "没有可画的数字" in [text.text for text in root.iter(f"{SVG}text")]


# --------------------------------------------------------------------- all drawings together


def everything() -> str:
    parts = [
        DRAWINGS.flow_chart(steps, id=f"flow-{name}", title="样例") for name, steps in FLOWS.items()
    ]
    parts += [
        DRAWINGS.chart(BarChart(f"b-{name}", "甲", "乙", "元", bars)) for name, bars in BARS.items()
    ]
    parts += [
        DRAWINGS.chart(LineChart(f"l-{name}", "甲", "乙", "元", data))
        for name, data in LINES.items()
    ]
    return "\n".join(parts)


def test_drawings_do_not_depend_on_the_hash_seed() -> None:
    code = "import sys, test_drawings; sys.stdout.buffer.write(test_drawings.everything().encode())"
    path = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    env = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": path}  # here it is one by chance
    command = [sys.executable, "-c", code]
    other = subprocess.run(command, env=env, check=True, capture_output=True).stdout
    assert other == everything().encode()


def test_drawings_use_only_what_pages_and_sheets_both_show() -> None:
    markup = everything()
    for unwanted in (
        "style=",
        "foreignObject",
        "var(",
        "filter=",
        "textPath",
        "font-family",
        "-0 ",
    ):
        assert unwanted not in markup


def test_drawings_put_every_text_on_paper() -> None:
    """WeasyPrint drops what it cannot draw without a word: read the PDF's text back."""
    flow_text = DRAWINGS.flow_chart(FLOWS["return"], id="f", title="样例")
    font = (ROOT / "templates/fonts/MingbaiSans-Regular.ttf").as_uri()
    page = (
        f"<style>@font-face{{font-family:M;src:url({font})}}@page{{size:900px;margin:0}}"
        f"*{{font-family:M}}</style>{flow_text}"
    )
    pdf = pypdfium2.PdfDocument(BytesIO(bytes(HTML(string=page).write_pdf())))
    text = squeezed(pdf[0].get_textpage().get_text_bounded())
    pdf.close()
    for words in ("经办人填写报账单", "监督点：", "退回补正", "谁办：", "次月10日前"):
        assert words in text


# ------------------------------------------------------------------------------------- text


def test_text_breaks_before_no_closing_and_after_no_opening_mark() -> None:
    text = "村民（代表）会议，讨论决定：“一事一议”筹资 12,500.00 元、每人 15 元。"
    for width in range(30, 400, 7):
        lines = wrap(text, width, 15)
        assert squeezed("".join(lines)) == squeezed(text)
        if width >= 90:
            assert all(measure(line, 15) <= width for line in lines)
            assert not any(line[0] in "，：”、。）" or line[-1] in "（“" for line in lines)
            assert any("12,500.00" in line for line in lines)


def test_text_balances_without_a_further_line() -> None:
    assert balanced("村务监督委员会审核意见", 150, 15) == ("村务监督委员", "会审核意见")
    assert balanced("", 150, 15) == ()
    assert balanced("审核", 10, 15) == ("审", "核")


def test_text_shortens_to_fit() -> None:
    assert shorten("村级公益事业", 200, 15) == "村级公益事业"
    short = shorten("村级公益事业", 62, 15)
    assert short == "村级公…"
    assert measure(short, 15) <= 62
