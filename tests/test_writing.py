"""Texts as typed: a sign is a mark only where it can be nothing else; page, sheet and search agree."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import html5lib
import pypdfium2
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from pypdf import PdfReader
from weasyprint import HTML

from generator.build import Settings
from generator.printing import SheetRequest, draw_sheet
from generator.render.markup import markdown_html
from generator.render.posters.breaking import breakable
from generator.render.posters.filters import numbered_words
from generator.views.entries import _name, plain_text
from tests.township import CONTENT, ROOT, TODAY, township, write

BREAKS = {"p", "h2", "h3", "h4", "h5", "h6", "tr", "table", "hr", "li", "ul", "ol", "br"}
SIGNS = ["*", "**", "***", "#", "# ", ">", "> ", "<", "_", "__", "~~", "`", "|", "=", "===", "-"]
SIGNS += [
    "- ",
    "* ",
    "+ ",
    "---",
    "1. ",
    "3. ",
    "2) ",
    "1、",
    "（一）",
    "    ",
    "　　",
    "&nbsp;",
    "&#19886;",
]
SIGNS += [
    "<b>",
    "[x]",
    "[ ]",
    "(3)",
    "[2025](3)号",
    "[1]: ",
    "^1",
    "$",
    "\\周",
    "！",
    "：",
    "、",
    "，",
    "。",
    " ",
]
WORDS = [
    "周",
    "秦",
    "欧阳",
    "贺",
    "各领",
    "五百元",
    "停水",
    "村部",
    "重要",
    "请",
    "3",
    "25",
    "75",
    "A",
    "B",
]


def shown(html: str, point: str = "•", rule: str = "---") -> str:
    """What a reader sees: lines, with the numbers and points that stand before items."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    parts: list[str] = []

    def walk(element: object, counter: list[int]) -> None:
        for number, child in enumerate(element):  # type: ignore[call-overload]
            within = element.tag == "li" and number == 0 and child.tag == "p"  # type: ignore[attr-defined]
            parts.append("\n" if child.tag in BREAKS and not within else "")
            if child.tag == "li" and counter:
                counter[0] = int(child.get("value", counter[0] + 1))
                parts.append(f"{counter[0]}.")
            elif child.tag == "li":
                parts.append(point)
            if child.tag == "hr":
                parts.append(rule)
            parts.append((child.text or "").strip("\n") if child.tag == "li" else child.text or "")
            walk(child, [0] if child.tag == "ol" else [] if child.tag == "ul" else counter)
            parts.append("\n" if child.tag in BREAKS else "")
            parts.append(child.tail or "")

    walk(tree, [])
    return "".join(parts)


def bare(text: str) -> list[str]:
    """Lines without white space, and without lines that have nothing else."""
    lines = (re.sub("^-{3,}$", "---", line.strip()) for line in text.split("\n"))
    return [plain for line in lines if (plain := "".join(line.split()))]


texts = st.lists(st.sampled_from([*SIGNS, *WORDS, *WORDS, "\n", "\n", "\n\n"]), max_size=25)


@given(texts.map("".join))
@example("周*、林*、欧阳*，共3户。\n周*满、林*和各领800元；贺**、秦**各领500元。")
@example("贺**领500元，秦**领500元")
@example("3*25=75 元，长2*宽3*深1米\n>3万元的项目\n#1机井，#2机井\n若 A<B且C>D")
@example("1. 甲\n3. 乙\n\n   丙\n5. 丁")
@example("说明\n===\n甲\n---\n    乙")
def test_what_was_typed_is_what_is_seen(text: str) -> None:
    """Only marks in their usual form go: points of lists become points, `# ` of a heading and the
    stars around words with edges."""
    assume("<table" not in markdown_html(text))
    typed = [re.sub(r"^#{1,6}(?=.)", "", line) for line in bare(text)]
    seen = [re.sub(r"^#{1,6}(?=.)", "", line) for line in bare(shown(str(markdown_html(text))))]
    pointed = [re.sub(r"^[-*](?=.)", "•", line) for line in typed]
    assert len(seen) == len(typed)
    for line, plain, item in zip(seen, typed, pointed, strict=True):
        if "<strong>" in str(markdown_html(text)):
            line, plain, item = (part.replace("**", "") for part in (line, plain, item))
        assert line in (plain, item)


@given(texts.map("".join))
def test_search_finds_what_is_seen(text: str) -> None:
    assume("<table" not in markdown_html(text))
    seen = "".join(bare(shown(str(markdown_html(text)), "", "")))
    assert "".join(plain_text(text).split()) == seen


@pytest.mark.parametrize(
    "text",
    [
        "贺**、秦**各领500元",
        "贺**领500元，秦**领500元",
        "发给贺**和秦**。",
        "（**为遮盖的姓名，如秦**）",
        "**明和**华各领500元",
        "**明、王**，",
        "**明**",
        "周*、林*、欧阳*",
        "***、周**",
        "签字：________，日期：__ 年 __ 月",
        "2**3",
    ],
)
def test_a_covered_name_is_never_uncovered(text: str) -> None:
    assert str(markdown_html(text)) == f"<p>{text}</p>"
    assert plain_text(text) == text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**重要**", "<p><strong>重要</strong></p>"),
        ("注意：**停水三天**，请存水。", "<p>注意：<strong>停水三天</strong>，请存水。</p>"),
        ("各位 **务必到场** 开会", "<p>各位 <strong>务必到场</strong> 开会</p>"),
        ("不超过 **9,800 元**。", "<p>不超过 <strong>9,800 元</strong>。</p>"),
        ("“**马上办**”", "<p>“<strong>马上办</strong>”</p>"),
        ("请**务必**到场", "<p>请**务必**到场</p>"),
        (r"\*\*重要\*\*", "<p>**重要**</p>"),
        ("[链](../a/)", '<p><a href="../a/">链</a></p>'),
        ("<https://a.example/?b=1&c=2>", None),
        ("甲<br>乙", "<p>甲<br>\n乙</p>"),
    ],
)
def test_marks_in_their_usual_form_are_marks(text: str, html: str | None) -> None:
    address = "https://a.example/?b=1&amp;c=2"
    assert str(markdown_html(text)) == (html or f'<p><a href="{address}">{address}</a></p>')


def test_texts_of_editors_hold_no_covered_names() -> None:
    html = markdown_html("八位的**核验码**，说**已被替换**：", of_names=False)
    assert str(html) == "<p>八位的<strong>核验码</strong>，说<strong>已被替换</strong>：</p>"
    assert plain_text("八位的**核验码**，", of_names=False) == "八位的核验码，"


def tags(text: str) -> list[str]:
    return re.findall("<([a-z][a-z0-9]*)", str(markdown_html(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("请带：\n- 身份证\n- 户口本", ["p", "ul", "li", "li"]),
        ("价格：\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n以上", None),
        ("1. 甲\n\n   再说一句\n2. 乙", ["ol", "li", "p", "p", "li", "p"]),
        ("1. 甲\n\n    再说一句\n\n2. 乙", ["ol", "li", "p", "p", "li", "p"]),
        ("- 甲\n  - 乙\n- 丙", ["ul", "li", "ul", "li", "li"]),
        ("    四格\n\n　　全角", ["p", "p"]),
        ("- 500\n\n- 1,200.00元", ["p", "p"]),
        ("* 注：带*的是估计数", ["p"]),
        ("* 甲\n* 乙", ["ul", "li", "li"]),
        ("一句\n---\n二句", ["p", "hr", "p"]),
        ("# 一、概况\n## 2 经费\n# 2 号井", ["h2", "h3", "p"]),
        ("- 甲\n\n" + " " * 30 + "东山样村村民委员会", ["ul", "li", "p"]),
        ("甲 | 乙\n---|---|---\n1 | 2", ["p", "p", "p"]),
    ],
)
def test_lines_are_what_they_look_like(text: str, expected: list[str] | None) -> None:
    table = ["p", "table", "caption", "thead", "tr", "th", "th", "tbody", "tr", "td", "td", "p"]
    assert tags(text) == (expected or table)


def test_no_cell_of_a_table_is_lost() -> None:
    seen = shown(str(markdown_html("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n| 3 | 4 | 5 |\n| 6 |")))
    assert bare(seen)[-2:] == ["|3|4|5|", "|6|"]


def test_what_was_pasted_from_pages_is_cleaned_and_signs_are_not() -> None:
    text = "<div><b>甲</b></div><!-- 自己看 --><script>x()</script><p style='a'>乙"
    assert "".join(shown(str(markdown_html(text))).split()) == "甲乙"
    assert plain_text(text) == "甲 乙"
    assert plain_text("若a<b>c，<!-- 没完") == "若a<b>c，<!-- 没完"


def test_words_of_search_go_on_where_a_line_breaks() -> None:
    text = "## 通知\n关于路\n灯维修\n\n时间\n- 甲\n- 乙\n丙\n1. 丁\n---\n戊\n|己|\n|---|\n|庚|\n辛"
    words = "通知 关于路\n灯维修 时间 甲 乙\n丙 1. 丁 戊 己 庚 辛"
    assert plain_text(text) == words
    assert _name("李　明") == "李\n明"
    assert _name("张 三 丰") == "张\n三\n丰"
    assert _name("兰 三组") == "兰 三组"


def test_numbers_stand_as_typed_on_a_sheet_too() -> None:
    html = numbered_words("1. 甲\n3. 乙\n4. 丙\n\n说明\n\n9. 丁")
    pdf = HTML(string=f"<style>ol {{ counter-reset: list-item }}</style>{html}").write_pdf()
    drawn = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert re.findall(r"\d+\.", drawn) == ["1.", "3.", "4.", "9."]


# ------------------------------------------------------------------------------ on real sheets


def sheet_of(tmp_path: Path, body: str) -> pypdfium2.PdfDocument:
    """The sheet of a notice with these words."""
    township(tmp_path)
    folder = tmp_path / "villages/qingshi/dongli"
    text = f"---\ntitle: 停水通知\ndate: 2025-09-01\n---\n{body}\n"
    write(folder, "notices/2025-09-01-a.md", text)
    wanted = Settings(CONTENT, tmp_path / "villages", ROOT / "templates", tmp_path / "site", TODAY)
    pdf, faults = draw_sheet(SheetRequest("dongli", "notices", "2025-09-01-a"), wanted)
    assert faults == ()
    return pypdfium2.PdfDocument(pdf)


def test_quoted_words_break_as_chinese_does_and_stay_as_typed(tmp_path: Path) -> None:
    """Without places to break such words leave their column, or are cut wherever it ends."""
    words = "“水”“电”“路”“气”" * 8 + "和" + "“房”、“网”、" * 12 + "“水”"
    document = sheet_of(tmp_path, f"先说一句\n{words}")
    drawn = document[0].get_textpage().get_text_bounded()
    document.close()
    assert words in "".join(drawn.split())
    assert "\u200b" not in drawn
    quoted = [line.strip() for line in drawn.split("\n") if line.count("“") > 1]
    assert len(quoted) > 5
    assert all(line[0] in "“和" and line[-1] in "”、和" for line in quoted)


def test_a_line_of_a_notice_is_a_line_of_its_sheet(tmp_path: Path) -> None:
    body = (
        "各位村民：\n一、停水时间：9月20日\n周*满、林*和各领800元；贺**、秦**各领。\n1. 甲\n3. 乙"
    )
    document = sheet_of(tmp_path, body)
    lines = [
        "".join(line.split()) for line in document[0].get_textpage().get_text_bounded().split("\n")
    ]
    document.close()
    for line in ("各位村民：", "一、停水时间：9月20日", "周*满、林*和各领800元；贺**、秦**各领。"):
        assert line in lines
    assert "3." in "".join(lines)
    assert "2." not in "".join(lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“水”“电”", "“水”|“电”"),
        ("修“水”、“电”等。", "修|“水”、|“电”|等。"),
        ("（“水”）", "（“水”）"),
        ("it’s", "it’s"),
        ("<p title='“水”“电”'>“水”。</p>", "<p title='“水”“电”'>“水”。</p>"),
        ("<svg><text>“水”“电”</text></svg>", "<svg><text>“水”“电”</text></svg>"),
    ],
)
def test_where_lines_may_break(text: str, expected: str) -> None:
    assert breakable(text).replace("\u200b", "|") == expected
