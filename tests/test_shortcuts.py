"""Where WeasyPrint takes a shorter way, it leads where its own leads, and only in the version in
which that was read. When the test of the version fails: read the replaced functions anew, then
change `READ_IN`."""

from __future__ import annotations

from typing import Any

import weasyprint
from weasyprint import css
from weasyprint.layout import percent, preferred
from weasyprint.text import line_break

from generator.model.shared import Theme
from generator.render.posters import PosterPress, shortcuts
from generator.render.templates import Templates
from tests.township import ROOT

HTML = """<html lang="zh"><head><title>表</title><style>
@page { size: A4; @bottom-center { content: "第 " counter(page) " 页"; width: 40% } }
p { margin: 1em 5% 0; text-decoration: underline; letter-spacing: 0.1em; border: 1px solid }
table { width: 100%; border-collapse: collapse } td { padding: 2px 3%; border-top: 1px solid }
b { margin-inline-start: 3px; font-kerning: none } div { box-sizing: border-box; padding: 1em }
div { width: calc(50% + 3px); min-height: 4em; max-height: 50% } i { float: right }
u { display: inline-block; overflow-wrap: anywhere }
</style></head><body><div><u>一</u><p>收入 <b>12,300.00</b> 元，<i>支出</i>“水”、“电”</p></div>
<svg width="90" height="20"><text x="1" y="12" font-weight="bold">余额</text></svg>
<table><tr><td>一</td><td style="width: 30%">二</td></tr></table></body></html>"""


def test_the_version_is_that_which_was_read() -> None:
    assert weasyprint.__version__ == shortcuts.READ_IN


def test_weasyprint_writes_the_same_by_the_shorter_way(monkeypatch: Any) -> None:
    PosterPress(Templates(ROOT / "templates"), Theme())  # takes the shortcuts
    shorter = weasyprint.HTML(string=HTML).write_pdf(uncompressed_pdf=True)
    monkeypatch.setattr(css.ComputedStyle, "__missing__", whole(css.ComputedStyle.__missing__))
    monkeypatch.setattr(line_break.Layout, "setup", whole(line_break.Layout.setup))
    for short in (percent.resolve_percentages, preferred.shrink_to_fit):
        assert len(shortcuts.knowing(short)) > 1
        for module in shortcuts.knowing(short):
            monkeypatch.setattr(module, short.__name__, whole(short))
    assert shorter == weasyprint.HTML(string=HTML).write_pdf(uncompressed_pdf=True)


def whole(short: Any) -> Any:
    """What a shortcut stands for."""
    return dict(zip(short.__code__.co_freevars, short.__closure__, strict=True))[
        "whole"
    ].cell_contents
