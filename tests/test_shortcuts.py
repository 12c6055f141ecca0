"""Where WeasyPrint takes a shorter way, it leads where its own leads, and only in the version in
which that was read. When the test of the version fails: read the replaced functions anew, then
change `READ_IN`."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from typing import Any

import pikepdf
import weasyprint
from weasyprint.text.fonts import FontConfiguration

from generator.model.shared import Theme
from generator.render.posters import PosterPress, shortcuts
from generator.render.posters.picture import ink_of
from generator.render.templates import Templates
from tests.township import ROOT

FONTS = (ROOT / "templates/fonts").as_uri()
STYLE = f"""@font-face {{ font-family: Song; src: url("{FONTS}/MingbaiSerif-Regular.ttf") }}
html {{ font-family: Song; overflow-wrap: anywhere }}
@page {{ size: A5; @bottom-center {{ content: "第 " counter(page) " 页"; width: 40% }} }}
@page {{ @top-center {{ content: element(head); width: 100% }} }} header {{ position: running(head) }}
body {{ overflow: hidden; background: #fafafa }} body > p {{ visibility: hidden }}
p {{ margin: 1em 5% 0; text-decoration: underline; letter-spacing: 0.1em; border: 1px solid }}
table {{ width: 100%; border-collapse: collapse }} td {{ padding: 2px 3%; border-top: 1px solid }}
header span, .wide {{ display: table-cell; color: #a61b1b; border-radius: 3px; background: #eee }}
b {{ margin-inline-start: 3px; font-kerning: none }} div {{ box-sizing: border-box; padding: 1em }}
div {{ width: calc(50% + 3px); min-height: 4em; max-height: 50% }} i {{ float: right }}
u {{ display: inline-block; overflow-wrap: anywhere }} li {{ list-style: square inside }}
h2 {{ text-overflow: ellipsis; overflow: hidden; white-space: nowrap; width: 6em }}
h2::after {{ content: leader(".") "完" }} br::before {{ content: "\\A"; white-space: pre-line }}
"""
HTML = """<html lang="zh"><head><title>表</title></head><body id="top"><p>看不见</p>
<header><span>公开单位：柳溪村村民委员会</span><span style="width: 30%">单位：元 (CNY)</span></header>
<div><u>一</u><p>收入 <b>12,300.00</b> 元，<i>支出</i>“水”、“电”<br>AVATAR e\u0301\u0323 à<sup>2</sup></p></div>
<svg width="90" height="20"><text x="1" y="12" font-weight="bold">余额</text></svg>
<h2>很长的标题放不下一行</h2><ul><li>甲<li><a href="#top">乙</a></ul>
<table style="table-layout: auto"><tr><td>一　二</td><td style="width: 30%">2025年9月</td></tr>
<tr><td class="wide">三</td><td>村民小组组长会议 2025 年第三季度</td></tr></table>LINES</body></html>"""
LONG = HTML.replace("LINES", "<p>九月收入三万二千元，支出一万八千元，月末结余十万五千元。</p>" * 20)
PLAIN = """
import sys, weasyprint
from tests.test_shortcuts import LONG, drawn
assert not hasattr(weasyprint.css, "takes_shortcuts")
sys.stdout.buffer.write(drawn(LONG, None))
"""


def drawn(html: str, dress: Any) -> bytes:
    """A document as PDF, with a style sheet and fonts that may have served for others."""
    css, fonts = dress or dressed()
    pdf: bytes = weasyprint.HTML(string=html).write_pdf(
        stylesheets=[css], font_config=fonts, pdf_tags=True
    )
    return pdf


def dressed() -> tuple[Any, Any]:
    fonts = FontConfiguration()
    return weasyprint.CSS(string=STYLE, font_config=fonts), fonts


def test_the_version_is_that_which_was_read() -> None:
    assert weasyprint.__version__ == shortcuts.READ_IN


def test_weasyprint_writes_the_same_by_the_shorter_way() -> None:
    """Beside a process that never took a shortcut. Only the fonts hold less: tables that a PDF has
    no need of."""
    PosterPress(Templates(ROOT / "templates"), Theme())  # takes the shortcuts
    dress = dressed()
    first = drawn(LONG, dress)
    other = drawn(HTML.replace("支出", "结余").replace('lang="zh"', 'lang="en"'), dress)
    again = drawn(LONG, dress)
    assert first == again  # what was drawn in between leaves nothing behind
    assert first != other
    plain = subprocess.run(
        [sys.executable, "-c", PLAIN], cwd=ROOT, check=True, capture_output=True
    ).stdout
    assert told(first) == told(plain)
    assert [page.tobytes() for page in ink_of(first)] == [p.tobytes() for p in ink_of(plain)]


def told(pdf: bytes) -> list[str]:
    """All that a file says, but for its fonts and the places of its objects."""
    with pikepdf.open(BytesIO(pdf)) as book:
        for font in fonts_of(book):
            font.write(b"")
            font.Length1 = 0
        said = []
        for item in book.objects:
            if not isinstance(item, pikepdf.Stream):
                said.append(repr(item))
            elif item.get("/Type") != "/XRef":
                said += [repr(sorted(item.keys())), item.read_bytes().decode("latin-1")]
        return said


def fonts_of(book: pikepdf.Pdf) -> list[pikepdf.Stream]:
    return [o for o in book.objects if isinstance(o, pikepdf.Stream) and "/Length1" in o]


def test_fonts_are_cut_to_what_a_pdf_needs() -> None:
    PosterPress(Templates(ROOT / "templates"), Theme())
    with pikepdf.open(BytesIO(drawn(LONG, None))) as book:
        files = [font.read_bytes() for font in fonts_of(book)]
    assert files
    for font in files:
        assert font.count(b"glyf", 0, 300) == 1
        assert b"name" not in font[:300]
