"""Search: the two analyses agree, lunr answers from shards as from a whole index, nothing is missed,
nothing false is listed, the page works."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lunr.builder import Builder
from lunr.query import Query, QueryPresence
from playwright.sync_api import Browser, Page

from generator.model.sounds import readings_of
from generator.output.files import OutputFile
from generator.render.search import documents_by_month
from generator.render.search.analysis import (
    SOUND,
    bucket_of,
    date_forms,
    normalise,
    plain,
    terms_of,
)
from generator.views.entries import SearchEntry
from tests.browsing import expect
from tests.searching import (
    ASSETS,
    SCRIPTS,
    found,
    know_tables,
    load_scripts,
    open_site,
    open_village,
    search_files,
    sent,
)

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


def village_entries(number: int, village: str = "xikou", seed: int = 7) -> list[SearchEntry]:
    """Records as a village's registers have them, some of one row; names and figures are invented."""
    pick = random.Random(f"{village} {seed}")
    entries = []
    for record in range(number):
        day = {"y": pick.choice([2024, 2025]), "m": pick.randint(1, 12), "d": pick.randint(1, 28)}
        public = date(day["y"], day["m"], day["d"]) if record % 9 else None
        title = f"溪口村{day['y']}年{day['m']}月收支明细第{record}份"
        for row in range(pick.choice([1, 1, 2, 5])):
            entry = SearchEntry(f"v/{village}/ledger/{record}/", title, _row(pick, day), day=public)
            entries.append(replace(entry, url=f"{entry.url}#r{row}") if row else entry)
    return entries


def _row(pick: random.Random, day: dict[str, int]) -> str:
    name = pick.choice(SURNAMES) + "".join(pick.choices(GIVEN, k=pick.choice([1, 2])))
    cents = pick.choice([120000, 4500, pick.randint(100, 99_999_999)])
    amount = pick.choice(["{:,.2f}", "{:.2f}", "{:,.0f}"]).format(cents / 100)
    voucher = f"{day['y']}-{day['m']:02}-{pick.randint(1, 99):03}"
    return (
        f"{pick.choice(DATES).format(**day)} 凭证 {voucher} {pick.choice(PURPOSES)}"
        f" 支出{amount}元　经手人：{name}，证明人 {pick.choice(SURNAMES)}某；转账"
    )


ENTRIES = village_entries(150)
OTHERS = village_entries(90, "shang")
OWN = [
    SearchEntry(f"glossary/#t{n}", f"词语{n}", f"村务公开说明{n}，路灯{n * 7}盏") for n in range(40)
]
VILLAGES = {"xikou": ENTRIES, "shang": OTHERS}
FILES = tuple(search_files(VILLAGES, OWN, head=40))
EVERY = [*ENTRIES, *OTHERS, *OWN]
ODD_LETTERS = "村务公开〇々𠮷㐂﨎0123456789年月日号-/.,， \t\u3000\u200bABCabcςΣİé１２３"


def addresses(page: Page, queries: Sequence[str]) -> list[list[str]]:
    """The addresses and titles of the documents found, best first, for each query."""
    return [[one["url"] + one["title"] for one in results] for results in found(page, queries)]


# What is no amount: see `checked` in search-find.js.
ASIDE = re.compile(r"(^|[^0-9])(1[0-9]{10}|0[0-9]{2,3}-?[0-9]{7,8})(?![0-9])")
AMOUNT = re.compile(r"[0-9]{3,6}|[0-9.,]*\.[0-9]{2}")


def holding(entries: Sequence[SearchEntry], queries: Sequence[str]) -> list[set[str]]:
    """What must be found: a scan of every text, knowing nothing of terms; who may look for an
    amount finds no telephone number."""
    texts, told = [], []
    for entry in entries:
        for some, text in ((texts, entry.text), (told, ASIDE.sub(r"\1 ", entry.text))):
            whole = f"{entry.title} \n{text}"
            some.append((entry.url.partition("#")[0] + entry.title, plain(whole), normalise(whole)))
    return [
        {
            ref
            for ref, text, normal in (told if AMOUNT.fullmatch(normalise(query)) else texts)
            if all(w in text or n in normal for w, n in words)
        }
        for query in queries
        for words in [[(w, normalise(w)) for w in plain(query).split(" ")]]
    ]


def texts_as_documents(texts: Sequence[str]) -> list[SearchEntry]:
    return [SearchEntry(f"{number}", "", text) for number, text in enumerate(texts)]


def numbers(page: Page, queries: Sequence[str]) -> list[set[int]]:
    """Which of some texts, each a document, are found."""
    return [{int(one) for one in results} for results in addresses(page, queries)]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page with the scripts, all tables and the search of a site."""
    page = browser.new_page()
    load_scripts(page)
    know_tables(page)
    open_site(page, FILES)
    yield page
    page.close()


@pytest.fixture(scope="module")
def village(browser: Browser) -> Iterator[Page]:
    """A page with the scripts, in which tests open what they search; first a village."""
    page = browser.new_page()
    load_scripts(page)
    open_village(page, ENTRIES)
    yield page
    page.close()


@pytest.fixture
def bare(village: Page) -> Iterator[Page]:
    yield village
    open_village(village, ENTRIES)


# ------------------------------------------------------------------------------------- analysis


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("路灯", "路 灯 路灯"),
        ("灯12盏", "灯 12 盏"),
        ("𠮷〇村", "𠮷 〇 村 𠮷〇 〇村"),
        ("Ａ４纸 PZ2025", "a4 纸 pz2025 pz20 z202 2025"),
        ("1,234.50元", "1234.50 1234 1234 234. 34.5 4.50 元"),
        ("第1,2组", "第 12 组 1 2"),
        ("3.5kg", "3.5kg 3 3.5k .5kg"),
        ("2025-03-12", "2025 03 12 @0312 @202503 @20250312"),
        ("2025年3月", "2025 年 3 月 @202503"),
        ("12月5日", "12 月 5 日 @0205 @1205"),
        ("2025-03-017", "2025 03 017 @202503"),
        ("，。——", ""),
        ("", ""),
    ],
)
def test_terms(text: str, terms: str) -> None:
    assert terms_of(text) == terms.split()


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


@given(st.lists(known_text, min_size=1, max_size=30))
def test_browser_and_builder_analyse_alike(page: Page, texts: list[str]) -> None:
    assert_alike(page, texts)


def assert_alike(page: Page, texts: Sequence[str]) -> None:
    """The browser and the builder say the same of texts."""
    script = """(texts) => texts.map((text) => [
        mingbaiSearch.normalise(text), mingbaiSearch.dateForms(text), mingbaiSearch.bucketOf(text),
        mingbaiSearch.termsOf(text).concat(mingbaiSearch.soundsOf(text)),
        mingbaiSearch.soundsOf(text, true)])"""
    for text, (*others, terms, sounds) in zip(texts, page.evaluate(script, texts), strict=True):
        assert others == [normalise(text), list(date_forms(text)), bucket_of(text)], text
        assert sorted(terms) == sorted(terms_of(text, readings_of)), text
        in_title = [t for t in terms_of(text, readings_of, is_title=True) if t.startswith(SOUND)]
        assert sounds == in_title, text


def test_browser_and_builder_analyse_entries_alike(page: Page) -> None:
    assert_alike(page, [entry.text for entry in EVERY])


# ------------------------------------------------------------------------------- lunr's answers

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
SPAN = 0x1000000
ASKED = """async ([queries, whole]) => {
    const s = mingbaiSearch, index = wholeLunr.Index.load(whole), all = [];
    for (const query of queries) {
        for (const { ways } of s.planOf(s.wordsOf(query))) {
            for (const { required, wished } of ways) {
                if (required.length + wished.length === 0) continue;
                const terms = [...new Set(required.concat(wished))];
                const postings = await engine.postings(terms, true), refs = new Set();
                postings.forEach(({ values }) => values.forEach((_, ref) => refs.add(ref)));
                const small = s.indexOf(engine, postings, new Set([...refs].sort((a, b) => a - b)));
                all.push([required, wished, [...s.ask(small, required, wished)],
                    [...s.ask(index, required, wished)]]);
            }
        }
    }
    return all;
}"""


def whole_index(villages: Sequence[tuple[Sequence[SearchEntry], int]]) -> Any:
    """lunr's own index of all documents, of which each has the number that the browser gives it."""
    builder = Builder()
    builder.b(0)
    builder.ref("ref")
    builder.field("t")
    documents = [
        (slot + place - month * SPAN, document)
        for entries, slot in villages
        for month, found in documents_by_month(entries).items()
        for place, document in enumerate(found)
    ]
    for ref, (_, title, _, passages) in sorted(documents, key=lambda one: one[0]):
        terms = [t for text in (title, *(p[1] for p in passages)) for t in terms_of(text)]
        builder.add({"ref": ref, "t": [term.translate(FULL_WIDTH) for term in terms]})
    return builder.build()


def is_own(word: str) -> bool:
    """Whether a word is wholly a date, a day or a sum, and is asked for as such: see below."""
    if re.match('[-“"”]', word):  # a minus, or a quotation
        return True
    whole = re.fullmatch(r"\d{1,2}月\d{1,2}[日号]|¥?[\d,.]+[元块]|[\d年月日号./-]+", word)
    return bool(
        whole and (date_forms(word) or not word.isdigit()) and re.search(r"[元块¥月]|^\d{4}", word)
    )


def some_queries(number: int, entries: Sequence[SearchEntry], seed: int) -> list[str]:
    """Pieces of texts, and two of them together."""
    pick = random.Random(seed)
    queries: list[str] = []
    while len(queries) < number:
        entry = pick.choice(entries)
        text = pick.choice([entry.title, entry.text, entry.text])
        start = pick.randrange(len(text) - 1)
        query = text[start : start + pick.randint(2, 8)]
        if pick.random() < 0.2:
            query += " " + pick.choice(["经手人", "2025", "水泥", "德"])
        if query.strip() and not any(map(is_own, plain(query).split(" "))):
            queries.append(query)
    return queries


def test_lunr_answers_from_shards_as_from_a_whole_index(bare: Page) -> None:
    few, others, own = ENTRIES[:70], OTHERS[:40], OWN[:9]
    files = tuple(search_files({"xikou": few, "shang": others}, own))
    open_site(bare, files)
    width = json.loads(next(f for f in files if f.path.endswith("start.json")).content)["width"]
    whole = whole_index([(others, 0), (few, width), (own, 2 * width)])
    serialised = whole.serialize()
    # lunr.py sorts by code points, lunr.js looks terms up by UTF-16 units.
    serialised["invertedIndex"].sort(key=lambda item: item[0].encode("utf-16-be"))
    queries = [
        *some_queries(50, [*few, *others], 3),
        "2025-03-12",
        "9月3日",
        "1,200元",
        "20250312",
        "没有",
    ]
    asked = bare.evaluate(ASKED, [queries, json.loads(json.dumps(serialised))])
    assert len(asked) > 50
    assert sum(len(small) > 1 for *_, small, _ in asked) > 30
    for required, wished, small, in_browser in asked:
        assert [ref for ref, _ in small] == [ref for ref, _ in in_browser], (required, wished)
        assert [s for _, s in small] == pytest.approx([s for _, s in in_browser], abs=1e-9)
        expected = asked_of(whole, required, wished)
        assert {str(ref): s for ref, s in small} == pytest.approx(expected, abs=1e-9)


def asked_of(index: Any, required: Sequence[str], wished: Sequence[str]) -> dict[str, float]:
    """What lunr.py finds."""
    query = Query(["t"])
    for terms, presence in ((required, QueryPresence.REQUIRED), (wished, QueryPresence.OPTIONAL)):
        for term in terms:
            query.term(term.translate(FULL_WIDTH), presence=presence, use_pipeline=False)
    return {result["ref"]: result["score"] for result in index.query(query)}


# ------------------------------------------------------------------------------- what is found


def test_every_piece_of_a_text_is_found_and_nothing_else(page: Page, village: Page) -> None:
    """Also where common terms' older documents must be fetched."""
    queries = [*some_queries(90, EVERY, 11), *"村务灯𠮷德，0"]
    in_site = addresses(page, queries)
    for query, results, expected in zip(queries, in_site, holding(EVERY, queries), strict=True):
        assert set(results) == expected, query
        assert len(results) == len(set(results))
    assert any("/r/" in path for path in page.evaluate("asked"))
    in_village = addresses(village, queries)
    for query, results, there in zip(queries, in_village, in_site, strict=True):
        own = [one for one in there if one.startswith("v/xikou/")]
        assert set(results) == set(own), query


def test_pieces_of_any_text_are_found(bare: Page) -> None:
    """Numbers stress lunr's token set, mixed scripts, commas and points the cutting into runs."""
    pick = random.Random(5)
    alphabet = "0123456789" * 3 + ",,，.- ab村灯𠮷﨎豈々Éж：（"
    texts = ["".join(pick.choices(alphabet, k=30)).strip() for _ in range(300)]
    entries = texts_as_documents(texts)
    open_village(bare, entries)
    queries = []
    for text in texts * 2:
        start = pick.randrange(len(text) - 6)
        query = text[start : start + pick.randint(2, 6)]
        if query.strip() and not date_forms(query) and not re.search("(^| )-", plain(query)):
            queries.append(query)
    for query, results, expected in zip(
        queries, addresses(bare, queries), holding(entries, queries), strict=True
    ):
        assert set(results) == expected, query


def test_all_words_must_stand_in_one_passage(page: Page, bare: Page) -> None:
    queries = ["水泥 2024 李", "水泥　李 2024", "水泥 没有这个词"]
    both, turned, none = addresses(page, queries)
    assert set(both) == holding(EVERY, queries)[0] != set()
    assert set(turned) == set(both)
    assert none == []
    open_village(bare, [SearchEntry("a", "账", "水泥"), SearchEntry("a#r1", "账", "李")])
    assert addresses(bare, ["水泥 李", "账 李"]) == [[], ["a账"]]


@pytest.mark.parametrize("where", ["village", "site"])
def test_dates_and_sums_are_found_in_their_other_forms(bare: Page, where: str) -> None:
    """Sheets print 9月3日 for 2025-09-03, and 12,000.00 for what people call 12000元."""
    for texts, expected in FORMS:
        entries = texts_as_documents(texts)
        if where == "village":
            open_village(bare, entries)
        else:
            open_site(bare, tuple(search_files({"a": entries})))
        for query, results in zip(expected, numbers(bare, [*expected]), strict=True):
            assert results == expected[query], query


DAYS = {0, 1, 2, 3}
SUMS = {0, 1, 6}
FORMS: list[tuple[list[str], dict[str, set[int]]]] = [
    (
        [
            "公示期2025年3月12日起",
            "2025-03-12 付款",
            "2025/3/12 付款",
            "2025.3.12 付款",
            "2025年3月的账",
            "2025-03 的账",
            "2025-04-12 付款",
            "编号1202503124",
            "凭证 2025-03-017",
        ],
        {
            **dict.fromkeys(("2025年3月12日", "2025年03月12号", "2025-03-12", "2025.3.12"), DAYS),
            **dict.fromkeys(("2025年3月", "２０２５年０３月"), DAYS | {4, 5}),
            "2025-03": DAYS | {4, 5, 8},
            "20250312": DAYS | {7},
            "3月12日": DAYS,
        },
    ),
    (
        [
            "2025-09-03 支付 12,000.00",
            "2025年9月3日付12000元",
            "9月3日 维修 1,200.00",
            "2025-09-13 面积 12000 亩",
            "2025-10-03 支付 112,000.00",
            "编号 120000903",
            "2024/9/3 收 ¥12,000",
            "19月3日",
        ],
        {
            "9月3日": {0, 1, 2, 6, 7},
            "09月03号": {0, 1, 6},
            "12000元": SUMS,
            "12,000.00元": SUMS,
            "¥12000": SUMS,
            "１２０００元": SUMS,
            "12000.00": {0, 4},
            "12,000": {0, 1, 3, 4, 5, 6},
        },
    ),
    (
        [
            "支出1,200.00元",
            "支出1200.00元",
            "支出1，200元",
            "支出11,200.00元",
            "第1,2组",
            "120元",
            "人数2，56000元",
        ],
        {
            "1,200": {0, 1, 2, 3},
            "1200": {0, 1, 2, 3},
            "1200.00": {0, 1, 3},
            "出1,200.00": {0, 1},
            "1,2": {0, 2, 3, 4},
            "12组": set(),
            "1，200": {0, 1, 2, 3},
            ",20": {0, 2, 3},
            "56000元": {6},
        },
    ),
]


def test_what_is_named_in_the_title_comes_first_then_the_newer(bare: Page) -> None:
    old, new = date(2024, 5, 1), date(2025, 5, 1)
    entries = [
        SearchEntry("a", "收支明细", "路灯路灯路灯"),
        SearchEntry("b", "路灯安装的决议以及附带的说明", "无"),
        SearchEntry("c", "收支明细", "路灯以及许多别的事情，写得很长很长很长"),
        SearchEntry("d", "收支明细", "路灯", day=old),
        SearchEntry("e", "收支明细", "路灯", day=new),
        SearchEntry("f", "收支明细", "路灯", day=new.replace(day=9)),
    ]
    for number, open_it in enumerate((open_village, lambda p, e: open_site(p, files_of(e)))):
        open_it(bare, entries)
        ((*urls,),) = [[one["url"] for one in results] for results in found(bare, ["路灯"])]
        assert urls == ["b", "a", "f", "e", "d", "c"], number


def files_of(entries: Sequence[SearchEntry]) -> tuple[OutputFile, ...]:
    return tuple(search_files({"a": entries}))


def test_a_long_query_is_checked_to_its_end(page: Page) -> None:
    entry = ENTRIES[3]
    text = entry.text
    one = [entry.url.partition("#")[0] + entry.title]
    assert addresses(page, [text * 3, text, text[:-1] + "无"]) == [[], one, []]
    long = "没有" * 5000
    assert addresses(page, [long, " ".join(long)]) == [[], []]


def test_nothing_to_search(page: Page, bare: Page) -> None:
    assert addresses(page, ["", "  \t　"]) == [[], []]
    for entries in ([], [SearchEntry("a", "", "")]):
        open_village(bare, entries)
        assert addresses(bare, ["水泥", "，"]) == [[], []]
        open_site(bare, files_of(entries))
        assert addresses(bare, ["水泥", "，", "12"]) == [[], [], []]


def test_the_best_passages_of_a_record_are_told(bare: Page) -> None:
    entries = [
        SearchEntry("a/", "路灯的账", "共 12 笔，最大的是水泥"),
        SearchEntry("a/#r1", "路灯的账", "水泥 3 吨"),
        SearchEntry("a/#r2", "路灯的账", "人工"),
        SearchEntry("a/#r3", "路灯的账", "水泥和路灯"),
    ]
    open_village(bare, entries)
    hits = [
        [p[0] for p in results[0]["hits"]] for results in found(bare, ["路灯", "水泥", "路灯 水泥"])
    ]
    assert hits == [["r3"], ["r1", "r3", ""], ["r3"]]
    assert [p[0] for p in found(bare, ["的账"])[0][0]["hits"]] == [""]


# ------------------------------------------------------------------------------------ the files


def test_one_more_record_leaves_the_others_where_they_are() -> None:
    months = documents_by_month(ENTRIES)
    month, documents = next(iter(months.items()))
    more = SearchEntry("v/xikou/new/", "新的", "新的", day=date(2025, month % 12 or 12, 28))
    assert documents_by_month([more, *ENTRIES])[month][:-1] == documents


def test_vendored_lunr_is_the_recorded_one() -> None:
    digest = sha256((ASSETS / "lunr.min.js").read_bytes()).hexdigest()
    assert digest in (ASSETS.parent / "LICENSES.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*SCRIPTS[1:], "walk.js", "way.js"])
def test_scripts_keep_to_the_baseline_browsers(name: str) -> None:
    script = (ASSETS / name).read_text(encoding="utf-8")
    for newer in ("?.", "??", "(?<", "replaceAll", "matchAll", ".at(", "innerHTML", ".flat"):
        assert newer not in script.replace(" ?年", "").replace("]*(?:", ""), newer


# ------------------------------------------------------------------------------------- the page

PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>搜索</title>
<form data-search="{kind}" data-root="{root}" role="search" method="get">
<input type="search" name="q"><button>搜索</button></form>
<p data-results-count aria-live="polite"></p><ol data-results></ol>
{scripts}
"""
ODD = [
    SearchEntry("v/a/", "<b>粗体</b>路灯", "<img src=x onerror=\"document.title='坏'\">路灯&amp;"),
    SearchEntry(
        "v/b/#r2", "收支明细", "很久以前" * 20 + "经手人𠮷满仓领取1,200.00元" + "以后" * 80
    ),
    SearchEntry("v/c/#r3", "通知", "公示期2025年3月12日起"),
    *(SearchEntry(f"v/d/#r{n}", "长表", f"第{n}笔收割机") for n in range(7)),
    *(SearchEntry(f"v/k/{n}/", f"第{n}份", "支付垃圾清运费") for n in range(120)),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with two search pages over odd entries and 120 alike."""
    folder = tmp_path_factory.mktemp("searched")
    for file in search_files({"a": ODD}):
        (folder / file.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / file.path).write_bytes(file.content)
    (folder / "assets").mkdir()
    for name in SCRIPTS:
        (folder / "assets" / name).write_bytes(sent(name))
    names = [["t", "青石镇", [["a", "甲村"], ["b", "乙村"], ["d", "丁村"], ["k", "庚村"]]]]
    (folder / "search/names.json").write_text(json.dumps(names), encoding="utf-8")
    for path, kind, root in (("search", "site", "../"), ("v/a/search", "village", "../../../")):
        scripts = "".join(f'<script src="{root}assets/{n}" defer></script>' for n in SCRIPTS)
        html = PAGE.format(kind=kind, root=root, scripts=scripts)
        (folder / path / "index.html").write_text(html, encoding="utf-8")
    return folder


@pytest.fixture
def site(folder: Path, serve_folder: Callable[[Path], str]) -> str:
    """The address of the site."""
    return serve_folder(folder)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 360, "height": 640})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    page.close()
    assert faults == []


@pytest.mark.parametrize(("path", "root"), [("search/", "../"), ("v/a/search/", "../../../")])
def test_address_with_a_word_runs_it_on_load(visit: Page, site: str, path: str, root: str) -> None:
    visit.goto(f"{site}{path}?q=满仓")
    expect(visit.locator("[data-results-count]")).to_have_attribute("data-count", "1")
    expect(visit.locator("[data-results-count]")).to_have_text("找到 1 条")
    expect(visit.locator("[data-results-count] b")).to_have_text("1")
    link = visit.locator("ol[data-results] > li > a[href]")
    expect(link).to_have_attribute("href", f"{root}v/b/#r2")
    assert link.evaluate("(a) => a.href") == f"{site}v/b/#r2"
    expect(visit.locator("ol[data-results] mark")).to_have_text("满仓")
    passage = visit.locator("ol[data-results] > li > p").last.inner_text()
    assert passage.startswith("…")
    assert passage.endswith("…")
    assert len(passage) <= 102
    expect(visit.locator("input[name=q]")).to_have_value("满仓")


def test_typing_searches_and_keeps_the_address(visit: Page, site: str) -> None:
    data: list[str] = []
    visit.on("request", lambda request: data.append(request.url.removeprefix(site)))
    visit.goto(f"{site}search/")
    visit.wait_for_load_state("networkidle")
    assert not [path for path in data if ".json" in path]  # only when they are needed
    visit.locator("input[name=q]").press_sequentially("路灯")
    expect(visit.locator("[data-results-count]")).to_have_attribute("data-count", "1")
    assert visit.evaluate("new URLSearchParams(location.search).get('q')") == "路灯"
    asked = [re.sub(r"\d+\.[-\w]{4}\.", "*.", path) for path in data if ".json" in path]
    asked.remove("search/names.json")
    asked.remove("search/guide.json")
    assert asked == ["search/start.json", "search/t/*.json", "v/a/search/0.0.json"]
    visit.locator("input[name=q]").fill("")
    expect(visit.locator("ol[data-results] > li")).to_have_count(0)
    expect(visit.locator("[data-results-count]")).to_have_text("")
    assert visit.evaluate("location.search") == ""


def test_markup_in_entries_is_text(visit: Page, site: str) -> None:
    visit.goto(f"{site}v/a/search/?q=路灯")
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


def test_a_record_is_one_entry_with_its_passages(visit: Page, site: str) -> None:
    visit.goto(f"{site}search/?q=收割机")
    item = visit.locator("ol[data-results] > li")
    expect(item).to_have_count(1)
    expect(item.locator("> a")).to_have_attribute("href", "../v/d/#r0")
    links = item.locator("p > a")
    expect(links).to_have_count(3)
    expect(links.nth(2)).to_have_attribute("href", "../v/d/#r2")
    expect(item.locator("p").last).to_have_text("这里还有 4 处")


def test_long_lists_are_shown_in_parts(visit: Page, site: str) -> None:
    items, more = visit.locator("ol[data-results] > li"), visit.locator("[data-results-more]")
    visit.goto(f"{site}v/a/search/?q=清运费")
    expect(visit.locator("[data-results-count]")).to_have_text("找到 120 条")
    expect(items).to_have_count(50)
    expect(more).to_have_text("显示更多")
    more.click()
    expect(items).to_have_count(100)
    more.click()
    expect(items).to_have_count(120)
    expect(more).to_be_hidden()


def test_of_a_site_only_what_is_seen_is_fetched(visit: Page, site: str) -> None:
    data: list[str] = []
    visit.on("request", lambda request: data.append(request.url.removeprefix(site)))
    visit.set_viewport_size({"width": 360, "height": 300})
    visit.goto(f"{site}search/?q=清运费")
    items = visit.locator("ol[data-results] > li")
    expect(items).to_have_count(5)
    expect(visit.locator("[data-results-count]")).to_have_text("约 120 条")
    assert len([path for path in data if path.startswith("v/")]) <= 3
    visit.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(items).to_have_count(15)
    visit.goto(f"{site}search/?q=清运")  # of a word of two characters the number is known
    expect(visit.locator("[data-results-count]")).to_have_text("找到 120 条")


def test_nothing_found_says_what_to_try(visit: Page, site: str) -> None:
    visit.goto(f"{site}search/?q=飞机场")
    count = visit.locator("[data-results-count]")
    expect(count).to_have_text("没有找到“飞机场”。换一个词试试，例如姓名、事由、金额。")
    expect(count).to_have_attribute("data-count", "0")


def test_no_network_says_so_and_can_be_tried_again(visit: Page, site: str) -> None:
    visit.goto(f"{site}search/")
    visit.route("**/t/*.json", lambda route: route.abort())
    visit.locator("input[name=q]").fill("路灯")
    count = visit.locator("[data-results-count]")
    expect(count).to_have_text("搜索数据没有取到。请检查网络，再试一次。")
    visit.unroute("**/t/*.json")
    visit.locator("form[data-search] button").click()
    expect(count).to_have_text("找到 1 条")


def test_a_site_that_was_renewed_meanwhile_is_opened_anew(visit: Page, site: str) -> None:
    visit.route("**/start.json", lambda route: route.fulfill(body=stale_start()), times=1)
    visit.goto(f"{site}search/?q=路灯")
    expect(visit.locator("[data-results-count]")).to_have_text("找到 1 条")


def stale_start() -> str:
    return json.dumps(
        {"documents": 1, "width": 16, "together": 8, "k1": 1.2, "villages": [], "shards": "gone"}
    )
