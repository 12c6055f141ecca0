"""Search: the two analyses agree, nothing is missed, nothing false is listed, the page works."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lunr.builder import Builder
from playwright.sync_api import Browser, Page, expect

from generator.render.search import analyse, date_forms, normalise, plain, render_search
from generator.views.entries import SearchEntry

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "templates" / "assets" / "js"

SURNAMES = "赵钱孙李周吴郑王欧阳𠮷﨎"
GIVEN = "德福秀英建国桂兰〇满仓春梅㐂"
PURPOSES = [
    "村道路灯12盏更换LED灯头",
    "购买水泥（P.O 42.5）3吨",
    "支付“一事一议”清淤工程款，第2期",
    "办公用品：A4纸10包、墨盒2个",
    "高标准农田项目监理费/设计费",
    "残疾人两项补贴（2025年3月）",
    "村级组织运转经费 2025-03",
    "Wi-Fi网络费 & 电话费 <100M>",
]
DATES = ["{y}年{m}月{d}日", "{y}-{m:02}-{d:02}", "{y}/{m}/{d}", "{y}.{m}.{d}"]


def village_entries(number: int, seed: int = 7) -> list[SearchEntry]:
    """Rows as a village's registers have them; every name and figure is invented."""
    pick = random.Random(seed)
    entries = []
    for row in range(number):
        name = pick.choice(SURNAMES) + "".join(pick.choices(GIVEN, k=pick.choice([1, 2])))
        day = {"y": pick.choice([2024, 2025]), "m": pick.randint(1, 12), "d": pick.randint(1, 28)}
        cents = pick.choice([120000, 4500, pick.randint(100, 99_999_999)])
        amount = pick.choice(["{:,.2f}", "{:.2f}", "{:,.0f}"]).format(cents / 100)
        purpose = pick.choice(PURPOSES)
        text = (
            f"{pick.choice(DATES).format(**day)} 凭证 {day['y']}-{day['m']:02}-{row:03} {purpose}"
            f" 支出{amount}元　经手人：{name}，证明人 {pick.choice(SURNAMES)}某；转账"
        )
        title = f"溪口村{day['y']}年{day['m']}月收支明细第{row}行"
        entries.append(SearchEntry(f"v/xikou/ledger/{row}/#r{row}", title, text))
    return entries


ENTRIES = village_entries(400)
ODD_LETTERS = "村务公开〇々𠮷㐂﨎0123456789年月日号-/.,， \t\u3000\u200bABCabcςΣİé１２３"


def load_scripts(page: Page) -> None:
    page.add_script_tag(path=ASSETS / "lunr.min.js")
    page.add_script_tag(path=ASSETS / "search.js")


def open_engine(page: Page, entries: Sequence[SearchEntry]) -> None:
    index, texts = (json.loads(file.content) for file in render_search("search", entries))
    page.evaluate(
        "([index, texts]) => { window.engine = mingbaiSearch.open(index, texts); }", [index, texts]
    )


def found(page: Page, queries: Sequence[str]) -> list[list[int]]:
    """The positions of the entries found, best first, for each query."""
    script = "(qs) => qs.map((q) => mingbaiSearch.search(engine, q).map((one) => one.ref))"
    result: list[list[int]] = page.evaluate(script, list(queries))
    return result


def folded(entries: Sequence[SearchEntry]) -> list[tuple[str, str]]:
    texts = [f"{entry.title}\n{entry.text}" for entry in entries]
    return [(plain(text), normalise(text)) for text in texts]


def holding(texts: Sequence[tuple[str, str]], query: str) -> set[int]:
    """What must be found: a scan of every text, knowing nothing of tokens."""
    words = [(word, normalise(word)) for word in plain(query).split(" ")]
    return {
        ref
        for ref, (text, normal) in enumerate(texts)
        if all(word in text or short in normal for word, short in words)
    }


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page with the scripts and the index of `ENTRIES`."""
    page = browser.new_page()
    load_scripts(page)
    open_engine(page, ENTRIES)
    yield page
    page.close()


# ------------------------------------------------------------------------------------- analysis


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("路灯", ["路灯", "灯"]),
        ("灯12盏", ["灯", "12", "盏"]),
        ("𠮷〇村", ["𠮷〇", "〇村", "村"]),
        ("Ａ４纸 PZ202509001", ["a4", "纸", "pz202509001"]),
        ("1,234,567.00元", ["1234567", "00", "元"]),
        ("第1,2组", ["第", "1", "2", "组"]),
        ("2025-03-12", ["2025", "03", "12", "20250312"]),
        ("2025年3月", ["2025", "年", "3", "月", "202503"]),
        ("，。——", []),
        ("", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert analyse(text) == tokens


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("2025年3月12日", ("20250312",)),
        ("2025 年 03 月 12 日起", ("20250312",)),
        ("2025-03-12至2025/3/13、2025.3.14", ("20250312", "20250313", "20250314")),
        ("2025年3月12日2025年3月13日", ("20250312", "20250313")),
        ("20250312", ("20250312",)),
        ("2025-03，第3期", ("202503",)),
        ("2025-03-12，150户", ("20250312",)),
        ("凭证2025-09-001", ()),
        ("2025-13-01 2025-12-32 1899-01-01 12025-03-12 2025.30元", ()),
    ],
)
def test_dates_have_one_form(text: str, forms: tuple[str, ...]) -> None:
    assert date_forms(text) == forms


# Only characters that this Python knows: a newer browser may fold later ones.
known_text = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs", "Cn"]),
        st.sampled_from(ODD_LETTERS),
    ),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(known_text, min_size=1, max_size=20))
def test_browser_and_builder_analyse_alike(page: Page, texts: list[str]) -> None:
    script = """(texts) => texts.map((text) => [
        mingbaiSearch.normalise(text), mingbaiSearch.dateForms(text), mingbaiSearch.analyse(text)])"""
    expected = [[normalise(text), list(date_forms(text)), analyse(text)] for text in texts]
    assert page.evaluate(script, texts) == expected


def test_browser_and_builder_analyse_entries_alike(page: Page) -> None:
    texts = [f"{entry.title}\n{entry.text}" for entry in ENTRIES]
    in_browser = page.evaluate("(texts) => texts.map(mingbaiSearch.analyse)", texts)
    assert in_browser == [analyse(text) for text in texts]


# ------------------------------------------------------------------------------------ the index

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.parametrize(
    "entries", [ENTRIES, ENTRIES[:1], [SearchEntry("a/", "，", "。"), *ENTRIES[:9]]]
)
def test_the_index_is_the_one_that_lunr_makes(entries: Sequence[SearchEntry]) -> None:
    builder = Builder()
    builder.ref("ref")
    builder.field("t")
    for ref, entry in enumerate(entries):
        tokens = analyse(f"{entry.title}\n{entry.text}")
        builder.add({"ref": ref, "t": [token.translate(FULL_WIDTH) for token in tokens]})
    expected = builder.build().serialize()
    # lunr.py sorts by code points, lunr.js looks terms up by UTF-16 units.
    expected["invertedIndex"].sort(key=lambda item: item[0].encode("utf-16-be"))
    index, _ = render_search("search", entries)
    assert json.loads(index.content) == expected


# ------------------------------------------------------------------------------- what is found


def test_every_substring_is_found_and_nothing_else(page: Page) -> None:
    pick = random.Random(11)
    queries = []
    while len(queries) < 300:
        entry = pick.choice(ENTRIES)
        text = pick.choice([entry.title, entry.text, entry.text])
        start = pick.randrange(len(text) - 1)
        query = text[start : start + pick.randint(2, 6)]
        # What is a whole date, day or sum finds its other forms too: tests of their own, below.
        is_day_or_sum = re.fullmatch(r"\d{1,2}月\d{1,2}[日号]|[\d,.]+元", query.strip())
        is_date = date_forms(query) and re.fullmatch(r"[\d年月日./\s-]+", query)
        if query.strip() and not is_date and not is_day_or_sum:
            queries.append(query)
    texts = folded(ENTRIES)
    for query, refs in zip(queries, found(page, queries), strict=True):
        assert set(refs) == holding(texts, query), query
        assert len(refs) == len(set(refs))


def test_every_single_character_is_found(page: Page) -> None:
    characters = sorted({c for entry in ENTRIES for c in entry.title + entry.text if c.strip()})
    assert "𠮷" in characters
    assert "，" in characters  # has no token: the texts are scanned
    texts = folded(ENTRIES)
    for query, refs in zip(characters, found(page, characters), strict=True):
        assert set(refs) == holding(texts, query), query


def test_substrings_of_any_text_are_found(browser: Browser) -> None:
    """Numbers stress lunr's token set, mixed scripts and commas stress the cutting into runs."""
    pick = random.Random(5)
    alphabet = "0123456789" * 3 + ",,，.- ab村灯𠮷﨎豈々Éж：（"
    texts = ["".join(pick.choices(alphabet, k=30)).strip() for _ in range(300)]
    entries = [SearchEntry(f"x{n}", "", text) for n, text in enumerate(texts)]
    page = browser.new_page()
    load_scripts(page)
    open_engine(page, entries)
    queries = []
    for text in texts:
        start = pick.randrange(len(text) - 6)
        query = text[start : start + pick.randint(2, 6)]
        if query.strip() and not date_forms(query):
            queries.append(query)
    results = found(page, queries)
    page.close()
    expected = folded(entries)
    for query, refs in zip(queries, results, strict=True):
        assert set(refs) == holding(expected, query), query


def test_all_words_must_match(page: Page) -> None:
    refs = found(page, ["水泥 2024 李", "水泥　李 2024", "水泥 没有这个词"])
    assert set(refs[0]) == holding(folded(ENTRIES), "水泥 2024 李") != set()
    assert set(refs[1]) == set(refs[0])
    assert refs[2] == []


@pytest.fixture
def dated_page(browser: Browser) -> Iterator[Page]:
    texts = [
        "公示期2025年3月12日起",
        "2025-03-12 付款",
        "2025/3/12 付款",
        "2025.3.12 付款",
        "2025年3月的账",
        "2025-03 的账",
        "2025-04-12 付款",
        "编号1202503124",
    ]
    page = browser.new_page()
    load_scripts(page)
    open_engine(page, [SearchEntry(f"d{n}", "", text) for n, text in enumerate(texts)])
    yield page
    page.close()


@pytest.mark.parametrize(
    "query", ["2025年3月12日", "2025年03月12号", "2025-03-12", "2025/3/12", "2025.3.12"]
)
def test_a_date_finds_its_other_forms(dated_page: Page, query: str) -> None:
    assert set(found(dated_page, [query])[0]) == {0, 1, 2, 3}


@pytest.mark.parametrize("query", ["2025年3月", "2025-03", "２０２５年０３月"])
def test_a_month_finds_its_other_form_and_its_days(dated_page: Page, query: str) -> None:
    assert set(found(dated_page, [query])[0]) == {0, 1, 2, 3, 4, 5}


def test_amounts_are_found_with_and_without_commas(browser: Browser) -> None:
    texts = [
        "支出1,200.00元",
        "支出1200.00元",
        "支出1，200元",
        "支出11,200.00元",
        "第1,2组",
        "120元",
    ]
    page = browser.new_page()
    load_scripts(page)
    open_engine(page, [SearchEntry(f"a{n}", "", text) for n, text in enumerate(texts)])
    refs = found(page, ["1,200", "1200", "1200.00", "出1,200.00", "1,2", "12组", "1，200", ",20"])
    page.close()
    assert [set(one) for one in refs] == [
        {0, 1, 2, 3}, {0, 1, 2, 3}, {0, 1, 3}, {0, 1}, {0, 2, 3, 4}, set(), {0, 1, 2, 3}, {0, 2, 3},
    ]  # fmt: skip


def test_what_a_sheet_prints_is_found(browser: Browser) -> None:
    """Sheets print 9月3日 for 2025-09-03 and 12,000.00 for what people call 12000元."""
    texts = [
        "2025-09-03 支付 12,000.00",
        "2025年9月3日付12000元",
        "9月3日 维修 1,200.00",
        "2025-09-13 面积 12000 亩",
        "2025-10-03 支付 112,000.00",
        "编号 120000903",
        "2024/9/3 收 ¥12,000",
    ]
    page = browser.new_page()
    load_scripts(page)
    open_engine(page, [SearchEntry(f"s{n}", "", text) for n, text in enumerate(texts)])
    queries = [
        "9月3日",
        "09月03号",
        "12000元",
        "12,000.00元",
        "12000.00",
        "12,000",
        "¥12000",
        "１２０００元",
    ]
    refs = [set(one) for one in found(page, queries)]
    page.close()
    sums = {0, 1, 6}
    assert refs == [{0, 1, 2, 6}, {0, 1, 6}, sums, sums, {0, 4}, {0, 1, 3, 4, 5, 6}, sums, sums]


def test_hits_in_the_title_come_first(browser: Browser) -> None:
    entries = [
        SearchEntry("a", "收支明细", "路灯路灯路灯"),
        SearchEntry("b", "村道其他事项与路灯安装的决议以及附带的说明", "无"),
        SearchEntry("c", "收支明细", "路灯以及许多别的事情，写得很长很长很长"),
    ]
    page = browser.new_page()
    load_scripts(page)
    open_engine(page, entries)
    assert found(page, ["路灯"]) == [[1, 0, 2]]
    page.close()


def test_a_long_query_is_checked_to_its_end(page: Page) -> None:
    text = ENTRIES[3].text
    assert found(page, [text * 3, text, text[:-1] + "无"]) == [[], [3], []]
    long = "没有" * 5000
    assert found(page, [long, " ".join(long)]) == [[], []]


def test_nothing_to_search(browser: Browser, page: Page) -> None:
    assert found(page, ["", "  \t　"]) == [[], []]
    empty = browser.new_page()
    load_scripts(empty)
    open_engine(empty, [])
    assert found(empty, ["水泥", "，"]) == [[], []]
    open_engine(empty, [SearchEntry("a", "", "")])
    assert found(empty, ["水泥", "，"]) == [[], []]
    empty.close()


# ------------------------------------------------------------------------------------ the files


def test_files_hold_what_was_given() -> None:
    index, texts = render_search("v/xikou/search", ENTRIES[:2])
    assert (index.path, texts.path) == ("v/xikou/search/index.json", "v/xikou/search/texts.json")
    assert json.loads(texts.content) == [[e.url, e.title, e.text] for e in ENTRIES[:2]]
    loaded = json.loads(index.content)
    assert loaded["version"] == "2.3.9"
    assert loaded["pipeline"] == []
    assert loaded["fields"] == ["t"]
    assert [ref for ref, _ in loaded["fieldVectors"]] == ["t/0", "t/1"]


def test_vendored_lunr_is_the_recorded_one() -> None:
    digest = sha256((ASSETS / "lunr.min.js").read_bytes()).hexdigest()
    assert digest in (ASSETS.parent / "LICENSES.md").read_text(encoding="utf-8")


def test_script_keeps_to_the_baseline_browsers() -> None:
    script = (ASSETS / "search.js").read_text(encoding="utf-8")
    for newer in ("?.", "??", "(?<", "replaceAll", "matchAll", ".at(", "innerHTML", ".flat"):
        assert newer not in script.replace(" ?年", ""), newer


# ------------------------------------------------------------------------------------- the page

PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>搜索</title>
<form data-search data-root="../" data-index="." role="search" method="get">
<input type="search" name="q"><button>搜索</button></form>
<p data-results-count aria-live="polite"></p><ol data-results></ol>
<script src="../assets/lunr.min.js" defer></script><script src="../assets/search.js" defer></script>
"""

ODD = [
    SearchEntry(
        "v/a/#r1", "<b>粗体</b>路灯", "<img src=x onerror=\"document.title='坏'\">路灯&amp;"
    ),
    SearchEntry(
        "v/b/#r2", "收支明细", "很久以前" * 20 + "经手人𠮷满仓领取1,200.00元" + "以后" * 80
    ),
    SearchEntry("v/c/#r3", "通知", "公示期2025年3月12日起"),
]


@pytest.fixture
def site(tmp_path: Path, serve_folder: Callable[[Path], str]) -> str:
    """A served site with a search page over odd entries and 120 alike; returns its address."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "search").mkdir()
    for name in ("lunr.min.js", "search.js"):
        (tmp_path / "assets" / name).write_bytes((ASSETS / name).read_bytes())
    (tmp_path / "search" / "index.html").write_text(PAGE, encoding="utf-8")
    alike = [SearchEntry(f"v/k/#r{n}", f"第{n}行", "支付垃圾清运费") for n in range(120)]
    for file in render_search("search", [*ODD, *alike]):
        (tmp_path / file.path).write_bytes(file.content)
    return serve_folder(tmp_path)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    page.close()
    assert faults == []


def test_address_with_a_word_runs_it_on_load(visit: Page, site: str) -> None:
    visit.goto(f"{site}search/?q=满仓")
    expect(visit.locator("[data-results-count]")).to_have_attribute("data-count", "1")
    expect(visit.locator("[data-results-count]")).to_have_text("找到 1 条")
    expect(visit.locator("[data-results-count] b")).to_have_text("1")
    link = visit.locator("ol[data-results] > li > a[href]")
    expect(link).to_have_attribute("href", "../v/b/#r2")
    assert link.evaluate("(a) => a.href") == f"{site}v/b/#r2"
    expect(visit.locator("ol[data-results] mark")).to_have_text("满仓")
    passage = visit.locator("ol[data-results] > li > p").inner_text()
    assert passage.startswith("…")
    assert passage.endswith("…")
    assert len(passage) <= 102
    expect(visit.locator("input[name=q]")).to_have_value("满仓")


def test_typing_searches_and_keeps_the_address(visit: Page, site: str) -> None:
    data: list[str] = []
    visit.on("request", lambda request: data.append(request.url.rsplit("/", 1)[1]))
    visit.goto(f"{site}search/")
    visit.wait_for_load_state("networkidle")
    assert not {"index.json", "texts.json"} & set(data)  # only when they are needed
    visit.locator("input[name=q]").press_sequentially("路灯")
    expect(visit.locator("[data-results-count]")).to_have_attribute("data-count", "1")
    assert visit.evaluate("new URLSearchParams(location.search).get('q')") == "路灯"
    assert sorted(name for name in data if ".json" in name) == ["index.json", "texts.json"]
    visit.locator("input[name=q]").fill("")
    expect(visit.locator("ol[data-results] > li")).to_have_count(0)
    expect(visit.locator("[data-results-count]")).to_have_text("")
    assert visit.evaluate("location.search") == ""


def test_markup_in_entries_is_text(visit: Page, site: str) -> None:
    visit.goto(f"{site}search/?q=路灯")
    item = visit.locator("ol[data-results] > li")
    expect(item.locator("a")).to_have_text("<b>粗体</b>路灯")
    expect(item.locator("p")).to_have_text("<img src=x onerror=\"document.title='坏'\">路灯&amp;")
    expect(item.locator("img, b")).to_have_count(0)
    expect(visit).to_have_title("搜索")


@pytest.mark.parametrize(
    ("query", "marked"),
    [("1200", "1,200"), ("2025-03-12", "2025年3月12日"), ("１，２００", "1,200")],
)
def test_hit_written_in_another_way_is_marked(
    visit: Page, site: str, query: str, marked: str
) -> None:
    visit.goto(f"{site}search/?q={query}")
    expect(visit.locator("ol[data-results] mark")).to_have_text(marked)


def test_long_lists_are_shown_in_parts(visit: Page, site: str) -> None:
    visit.goto(f"{site}search/?q=清运")
    expect(visit.locator("[data-results-count]")).to_have_text("找到 120 条")
    items, more = visit.locator("ol[data-results] > li"), visit.locator("[data-results-more]")
    expect(items).to_have_count(50)
    expect(more).to_have_text("显示更多")
    more.click()
    expect(items).to_have_count(100)
    more.click()
    expect(items).to_have_count(120)
    expect(more).to_be_hidden()


def test_nothing_found_says_what_to_try(visit: Page, site: str) -> None:
    visit.goto(f"{site}search/?q=飞机场")
    count = visit.locator("[data-results-count]")
    expect(count).to_have_text("没有找到“飞机场”。换一个词试试，例如姓名、事由、金额。")
    expect(count).to_have_attribute("data-count", "0")


def test_no_network_says_so_and_can_be_tried_again(visit: Page, site: str) -> None:
    visit.goto(f"{site}search/")
    visit.route("**/index.json", lambda route: route.abort())
    visit.locator("input[name=q]").fill("路灯")
    count = visit.locator("[data-results-count]")
    expect(count).to_have_text("搜索数据没有取到。请检查网络，再试一次。")
    visit.unroute("**/index.json")
    visit.locator("form[data-search] button").click()
    expect(count).to_have_text("找到 1 条")
