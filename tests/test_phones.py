"""Every telephone number on a page is a link, and no other number is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from generator.render.pages.phones import with_calls

LINK = re.compile(r'<a class="tel" href="tel:([0-9+]+)">([^<]*)</a>')


@pytest.mark.parametrize(
    ("text", "dialled"),
    [
        ("看不懂的打 0000-1234567 问。", ["00001234567"]),
        ("电话 0571-88001234，周末 13800001234。", ["057188001234", "13800001234"]),
        ("手机：138 0000 1234", ["13800001234"]),
        ("手机138-0000-1234。", ["13800001234"]),
        ("（010）请打 010-12345678 转 3", ["01012345678"]),
        ("请打12345，或者打 12345 热线", ["12345", "12345"]),
        ("12345政务服务热线", ["12345"]),
        ("12388举报热线、96345便民服务热线", ["12388", "96345"]),
        ("起火打119，急病拨打120。", ["119", "120"]),
        ("村部电话：8800101", ["8800101"]),
        ("服务电话 400-800-1234", ["4008001234"]),
        ("电话0571-8800123", ["05718800123"]),
    ],
)
def test_a_number_to_call_is_a_link(text: str, dialled: list[str]) -> None:
    page = with_calls(f"<p>{text}</p>")
    assert [number for number, _ in LINK.findall(page)] == dialled
    assert LINK.sub(r"\2", page) == f"<p>{text}</p>"


@pytest.mark.parametrize(
    "text",
    [
        "330100199001011234",  # an identity number, which has a mobile's digits in it
        "62284813800001234567",
        "138****1234",
        "HT-2025-0571-8800123",
        "凭证 2025-0012345",
        "12345.00",
        "12345",
        "支出 12345 元",
        "打 12345 元",
        "打110元的欠条",
        "0571-880012345678",
        "A13800001234",
        "13800001234.50",
        "1380000123456",
        "2025-10-08",
        "1,380,000.00",
        "一组 110 户、119 人",
        "统一代码 913301001234567890",
    ],
)
def test_another_number_is_none(text: str) -> None:
    assert with_calls(f"<p>{text}</p>") == f"<p>{text}</p>"


@pytest.mark.parametrize(
    "page",
    [
        '<a href="tel:13800001234">13800001234</a>',
        '<b>12345热线</b> <a class="call" href="tel:12345">12345</a>',
        "<a href='x'><b>打 12345</b></a>",
        "<svg><text>0000-1234567</text></svg>",
        '<input value="0000-1234567"><img alt="打12345">',
        "<script>const a = '0000-1234567';</script>",
        "<head><title>电话 0000-1234567</title></head>",
        "<!-- 0000-1234567 -->",
        "<details><summary>电话 0000-1234567</summary></details>",
    ],
)
def test_what_is_a_link_or_no_text_stays(page: str) -> None:
    assert with_calls(page) == page


@given(
    st.lists(
        st.sampled_from(
            (
                *("<p>", "</p>", "<a href='#'>", "</a>", "<br>", "<svg>", "电话", "打", " ", "元"),
                *("12345", "-", "0000-1234567", "13800001234", "热线", "。", "&amp;", "8800101"),
            )
        ),
        max_size=20,
    )
)
def test_only_links_are_added(parts: list[str]) -> None:
    page = "".join(parts)
    called = with_calls(page)
    assert LINK.sub(r"\2", called) == page
    assert with_calls(called) == called


def test_every_number_on_every_page_of_the_sample_is_a_link(site: Path) -> None:
    number = re.compile(r"(?<![\d-])(?:0000-\d{7}|1[3-9]\d{9})(?![\d-])|(?<=打)12345")
    seen = linked = 0
    for path in site.rglob("*.html"):
        page = lxml_html.fromstring(path.read_bytes())
        for text in page.xpath("//body//text()[not(ancestor::script or ancestor::svg)]"):
            for match in number.finditer(str(text)):
                seen += 1
                holder = text.getparent()
                holder = holder.getparent() if text.is_tail else holder
                around = [holder, *holder.iterancestors()]
                hrefs = [e.get("href") or "" for e in around if e.tag == "a"]
                dialled = "tel:" + match[0].replace("-", "")
                if not hrefs:  # a channel called by its number, with its link beside it
                    hrefs = [a.get("href") for a in holder.getparent().iter("a")]
                    assert dialled in hrefs, (path, match[0])
                linked += dialled in hrefs
    assert seen > 900
    assert linked > 900
