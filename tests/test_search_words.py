"""What people type: traditional characters, pinyin, spoken sums and days, quotes and minus signs; found in a
village as in the site."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from playwright.sync_api import Browser, Page

from generator.checks.synonyms import synonyms_lead_somewhere
from generator.model.numerals import chinese_number
from generator.model.sounds import characters_of_syllables, readings_of
from generator.model.synonyms import Synonym, Synonyms
from generator.render.search import render_guide
from generator.render.search.analysis import plain
from generator.render.search.traditional import PAIRS
from generator.views.entries import SearchEntry
from generator.views.labels import BEHIND
from tests.searching import (
    found,
    know_tables,
    load_scripts,
    open_site,
    open_village,
    search_files,
)
from tests.township import real_content

Cases = tuple[list[str], dict[str, set[int]]]

SUMS: Cases = (
    [
        "支出 12,000.00",
        "付12000元",
        "补助1.2万元",
        "三千元整",
        "支出 3,000.00",
        "一百二十户",
        "支出 120.00 李明",
        "支出 112,000.00",
        "支出 35,000.00",
        "面积 12000 亩",
        "支出 1,200.50",
        "支出 10.00",
    ],
    {
        "1.2万": {0, 1, 2},
        "１.２万元": {0, 1, 2},
        **{key: {0, 1} for key in ("一万二", "一万二千元", "1万2", "壹万贰仟元整")},
        "三千": {3, 4},
        "三千元": {3, 4},
        "3千": {4},
        "叁仟元": {4},
        "三千块": {4},
        "三千块钱": {4},
        "一百二十": {5, 6},
        "一百二": {5, 6},
        "三万五千": {8},
        "3万5": {8},
        "12,000元": {0, 1},
        "12000块钱": {0, 1},
        "0.12005万": {10},
        "十": {5},
        "十元": {11},
        "万": {2},
        "二〇二": set(),
    },
)
DAYS: Cases = (
    ["2025-03-12 付款", "2025年3月账", "25年3月12日写", "2025-04-01", "1925-03-12", "12025年3月"],
    {
        "25年3月": {0, 1, 2, 5},
        "25年3月12日": {0, 2},
        "25年03月12号": {0},
        "3月12日": {0, 2, 4},
    },
)
QUOTES: Cases = (
    ["路灯 维修 12 盏", "路灯　 维修费", "维修路灯", "路灯维修", "修“路灯”", "路灯 维修 水泥"],
    {
        '"路灯 维修"': {0, 1, 5},
        "“路灯　维修”": {0, 1, 5},
        "“路灯 维修“": {0, 1, 5},
        "「路灯」": {0, 1, 2, 3, 4, 5},
        "“路灯 维": {0, 1, 5},
        "“路灯 维修” 水泥": {5},
        "修“路灯”": {4},
        "“": set(),
        "路灯 -维修": {4},
        "路灯 －水泥 -盏": {1, 2, 3, 4},
        "路灯 -“路灯 维修”": {2, 3, 4},
        "-路灯": set(),
        "-路灯 -水泥": set(),
        "-": set(),
        "2025 -": set(),
    },
)
NAMES: Cases = (
    ["出纳 李\n明 500.00", "领取人 张\n三\n丰 三组", "兰 三组", "修路\n灯，2盏\n三组", "李 明"],
    {
        "李明": {0},
        "李 明": {0, 4},
        "纳李": set(),
        "明500": set(),
        "张三丰": {1},
        "丰三": set(),
        "兰三": set(),
        "路灯": {3},
        "盏三": {3},
        "zsf": {1},
    },
)
TRADITIONAL: Cases = (
    ["綠化費", "绿化费", "張後山", "张后山", "台灣路", "以後", "于後"],
    {
        **{key: {0, 1} for key in ("綠化", "绿化", "綠化費")},
        "張後": {2, 3},
        "张后山": {2, 3},
        "台湾": {4},
        "臺灣": {4},
        "后": {2, 3, 5, 6},
        "於后": {6},
    },
)
SOUNDS: Cases = (
    [
        "柳溪村 收支",
        "张清山 领取",
        "张庆领取补贴款项",
        "西安路",
        "先进集体",
        "凭证 LX2025",
        "绿化 略高",
        "欧阳玉梅",
        "青石镇柳溪村第一村民小组",
        "曾长林",
        "柳树 溪水",
        "led灯",
    ],
    {
        **{key: {0} for key in ("liuxi", "LiuXi", "ｌｉｕｘｉ")},
        "liu xi": {0, 8},  # short words of letters may be parts of any: all texts are looked at
        "liuxicun": {0},
        "lx": {0, 5},
        "l x": {0, 5},
        "lxc": {0},
        "zhangq": {1},
        "zhangqing": {1},
        "zhangqingsh": {1},
        "zqs": {1},
        "xian": {3},
        "xi'an": {3},
        "xianjin": {4},
        "lvhua": {6},
        "lühua": {6},
        "luegao": {6},
        "oyym": {7},
        "ouyangyumei": {7},
        "ou yang": {7},
        "zengchanglin": {9},
        "cengzhang": {9},
        "zcl": {9},
        "czl": {9},
        "cunminxiaozu": set(),  # of a long run only in a title
        "liuxi shouzhi": {0},
        "liuxi -shouzhi": {0},
        "liuxi -收支": set(),
        "“liuxi”": set(),
        "led": {11},
    },
)


# Of a village's own texts each run is read.
IN_VILLAGE = {
    **{key: {0, 8} for key in ("liuxi", "LiuXi", "ｌｉｕｘｉ", "liuxicun", "liuxi -shouzhi")},
    "cunminxiaozu": {8},
    "zhangqing": {1, 2},
    "liuxi -收支": {8},
}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page with the scripts, in which tests open what they search."""
    page = browser.new_page()
    load_scripts(page)
    yield page
    page.close()


def open_texts(page: Page, texts: Sequence[str], where: str, readings: str = "") -> None:
    """Some texts, each a document."""
    entries = [SearchEntry(f"{number}", "", text) for number, text in enumerate(texts)]
    if where == "village":
        open_village(page, entries, readings)
    else:
        open_site(page, tuple(search_files({"a": entries}, readings=readings)))


def numbers(page: Page, queries: Sequence[str]) -> list[list[int]]:
    """Which texts are found, the best first."""
    return [[int(one["url"]) for one in results] for results in found(page, queries)]


@pytest.mark.parametrize("where", ["village", "site"])
@pytest.mark.parametrize("cases", [SUMS, DAYS, QUOTES, NAMES, TRADITIONAL, SOUNDS])
def test_what_people_type_is_found(page: Page, where: str, cases: Cases) -> None:
    texts, expected = cases
    load_scripts(page)  # which have no tables yet
    open_texts(page, texts, where)
    results = numbers(page, [*expected])
    if where == "village":
        expected = {key: IN_VILLAGE.get(key, texts) for key, texts in expected.items()}
    assert {query: {*one} for query, one in zip(expected, results, strict=True)} == expected


# ------------------------------------------------------------------------------- spoken numbers


def spoken(number: int) -> str:
    """A whole number as it is said: 12005 is 一万二千零五."""
    words, gap = "", False
    for power, name in ((8, "亿"), (4, "万"), (0, "")):
        section = number // 10**power % 10**4
        if not section:
            gap = bool(words)
            continue
        for place, unit in zip((3, 2, 1, 0), ("千", "百", "十", ""), strict=True):
            digit = section // 10**place % 10
            if digit:
                words += ("零" if gap else "") + "零一二三四五六七八九"[digit] + unit
            gap = bool(words) and not digit
        words, gap = words + name, False
    return words


def test_an_empty_synonym_finds_nothing() -> None:
    found = Synonyms((Synonym(("", " ", "盖房"), ("", "宅基地")), Synonym(()))).found_by
    assert found == {"盖房": ("宅基地",)}


def test_a_synonym_that_leads_nowhere_is_a_fault() -> None:
    shared = real_content()[0]
    faulty = (Synonym(("盖房", " ")), Synonym(("盖房",)), Synonym(()), Synonym(("盖房",), ("",)))
    for synonyms in (*(Synonyms((one,)) for one in faulty), Synonyms((), ("怎么", ""))):
        (found,) = synonyms_lead_somewhere(replace(shared, synonyms=synonyms))
        assert found.code == "key-value"
    assert not [*synonyms_lead_somewhere(shared)]


def test_spoken_numbers_are_sums(page: Page) -> None:
    pick = random.Random(3)
    numbers = [pick.randrange(100, 10 ** pick.randint(3, 9)) for _ in range(400)]
    said = [
        (number, words) for number in numbers if chinese_number(words := spoken(number)) == number
    ]
    assert len(said) > 300
    script = "(words) => words.map((word) => mingbaiSearch.wordsOf(word)[0].sum)"
    found = page.evaluate(script, [words for _, words in said])
    assert found == [f"{number}.00" for number, _ in said]
    tens = [(f"{n / 10:g}万", n * 1000) for n in range(1, 400)]
    found = page.evaluate(script, [word for word, _ in tens])
    assert found == [f"{number}.00" for _, number in tens]


# --------------------------------------------------------------------------- traditional characters


def test_the_table_is_fetched_only_where_a_query_may_need_it(page: Page) -> None:
    """What GB 2312 has is folded without it."""
    load_scripts(page)
    script = """async (queries) => {
        const asked = [];
        const get = (path) => { asked.push(path); return Promise.reject(new Error(path)); };
        for (const query of queries) {
            asked.length = 0;
            await mingbaiSearch.prepare(query, get);
            queries[queries.indexOf(query)] = [asked.length > 0, mingbaiSearch.plain(query)];
        }
        return queries;
    }"""
    traditional = PAIRS[::2]
    for character, (asks, folded) in zip(
        traditional, page.evaluate(script, [*traditional]), strict=True
    ):
        assert asks or folded == plain(character), character
        assert asks != is_common(character), character
    common = [chr(code) for code in range(0x4E00, 0xA000) if is_common(chr(code))]
    assert len(common) == 6763
    for character, (asks, folded) in zip(common, page.evaluate(script, common), strict=True):
        assert not asks
        assert folded == plain(character)


def is_common(character: str) -> bool:
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


@pytest.mark.parametrize("where", ["village", "site"])
def test_the_answers_are_as_if_the_table_were_always_there(page: Page, where: str) -> None:
    pick = random.Random(8)
    pairs = [PAIRS[at : at + 2] for at in range(0, len(PAIRS), 2)]
    letters = "".join(pick.sample(pairs, 12)) + "乾干後后村路灯"
    texts = ["".join(pick.choices(letters, k=9)) for _ in range(60)]
    queries = ["".join(pick.choices(letters, k=pick.choice([1, 2, 2, 3]))) for _ in range(40)]
    queries += [plain(query) for query in queries]
    expected = [{n for n, t in enumerate(texts) if plain(q) in plain(t)} for q in queries]
    load_scripts(page)
    open_texts(page, texts, where)
    late = numbers(page, queries)
    load_scripts(page)
    know_tables(page)
    open_texts(page, texts, where)
    assert [set(one) for one in late] == expected
    assert sum(map(bool, expected)) > 20
    assert numbers(page, queries) == late


# ---------------------------------------------------------------------------------------- pinyin


def sounding(text: str, letters: str, longest: int) -> bool:
    """Whether characters of a text's runs, but for the longer ones, sound like letters, said in
    another way: every reading of every piece."""
    for run in text.split("，"):
        if len(run) > longest:
            continue
        is_name = len(run) <= 4
        for start in range(len(run)):
            heads = {""}
            for at, character in enumerate(run[start:]):
                heads = {head + one for head in heads for one in readings_of(character)}
                heads = {h for h in heads if h.startswith(letters) or letters.startswith(h)}
                if at and letters in heads:
                    return True
                if at and is_name and not start:
                    ends = (h for h in heads if h.startswith(letters))
                    if any(_is_cut(run[: at + 1], head, letters) for head in ends):
                        return True
        initials = [{one[0] for one in readings_of(character)} for character in run]
        begins = all(a in b for a, b in zip(letters, initials, strict=False))
        if begins and is_name and 1 < len(letters) <= len(run):
            return True
    return False


def _is_cut(run: str, head: str, letters: str) -> bool:
    """Whether the letters end within the last syllable, and what is there of it is none."""
    lasts = (one for one in readings_of(run[-1]) if head.endswith(one))
    left = (letters[len(head) - len(one) :] for one in lasts)
    return any(one and one not in characters_of_syllables() for one in left)


@pytest.mark.parametrize("where", ["village", "site"])
def test_what_is_read_so_is_found_and_nothing_else(page: Page, where: str) -> None:
    pick = random.Random(4)
    signs = "张章清庆青山柳刘溪西安先曾长林欧阳玉梅绿略重行乐单石贾，，，，，，，，"
    texts = ["".join(pick.choices(signs, k=12)) for _ in range(80)]
    queries = []
    for _ in range(80):
        run = pick.choice(
            [run for run in pick.choice(texts).split("，") if len(run) > 1] or ["张山"]
        )
        start = pick.randrange(len(run) - 1)
        piece = run[start : start + pick.randint(2, 4)]
        read = [pick.choice(readings_of(character)) for character in piece]
        cut = pick.choice([0, 0, 0, 1, 2])
        whole = "".join(read)
        queries.append(pick.choice([whole, whole[: len(whole) - cut], "".join(r[0] for r in read)]))
    queries = [query for query in queries if len(query) > 1]
    open_texts(page, texts, where)
    found_any = 0
    for query, results in zip(queries, numbers(page, queries), strict=True):
        wanted, allowed = (
            {number for number, text in enumerate(texts) if sounding(text, query, longest)}
            for longest in (4, 99)
        )
        assert wanted <= set(results) <= allowed, query
        assert where == "site" or set(results) == allowed, query
        found_any += bool(wanted)
    assert found_any > 40


def test_of_a_title_every_run_is_read(page: Page) -> None:
    entries = [
        SearchEntry("0", "柳溪村路灯维修工程决议", "同意"),
        SearchEntry("1", "决议", "柳溪村路灯维修"),
    ]
    queries = ["ludeng", "weixiugongcheng", "ldwx"]
    open_site(page, tuple(search_files({"a": entries})))
    assert numbers(page, queries) == [[0], [0], []]
    open_village(page, entries)  # whose texts are read as well
    assert numbers(page, queries) == [[0, 1], [0], []]


BEGUN = """async (queries) => {
    const all = [];
    for (const query of queries) {
        await engine.prepare(query);
        const finding = mingbaiSearch.find(engine, query, undefined, null, true);
        all.push([(await finding.take(Infinity)).map((one) => Number(one.url)), mingbaiSearch.mayGoOn(query)]);
    }
    return all;
}"""


@pytest.mark.parametrize("where", ["village", "site"])
def test_letters_that_are_not_all_typed_find_what_begins_so(page: Page, where: str) -> None:
    entries = [
        SearchEntry("0", "柳溪村 路灯维修工程", "张强 领取"),
        SearchEntry("1", "决议", "刘明远"),
        SearchEntry("2", "决议", "经过流转的土地共三十亩，路灯都修好了"),
        SearchEntry("3", "决议", "曾长林"),
    ]
    if where == "village":
        open_village(page, entries)
    else:
        open_site(page, tuple(search_files({"a": entries})))
    page.evaluate("engine.prepare('liu')")
    letters = [
        "l",
        "li",
        "liu",
        "liux",
        "liu x",
        "liuxic",
        "zhangqi",
        "zh",
        "lud",
        "ludengweix",
        "zengc",
        "cengzha",
        "xq",
        "liuxi cun lu",
    ]
    found = dict(zip(letters, page.evaluate(BEGUN, letters), strict=True))
    assert {key for key, (_, goes_on) in found.items() if not goes_on} == {"xq"}
    here = (
        where == "village"
    )  # of a site one syllable alone is looked for in titles, and only whole
    assert {key: {*numbers} for key, (numbers, _) in found.items()} == {
        "l": {0, 1} if here else set(),
        "li": {0, 1} if here else set(),
        "liu": {0, 1} if here else {0},
        "liux": {0},
        "liu x": {0},
        "liuxic": {0},
        "zhangqi": {0},
        "zh": {0} if here else set(),
        "lud": {0, 2} if here else {0},
        "ludengweix": {0},
        "zengc": {3},
        "cengzha": {3},
        "xq": set(),
        "liuxi cun lu": set(),
    }
    assert page.evaluate("['xq', 'x1', '柳', 'bcd'].map(mingbaiSearch.mayGoOn)") == [False] * 4


def test_letters_come_before_what_is_read_so(page: Page) -> None:
    texts = ["柳溪村 liuxi", "柳溪，柳溪，柳溪", "编号liuxi1", "柳溪"]
    for where in ("village", "site"):
        open_texts(page, texts, where)
        (order,) = numbers(page, ["liuxi"])
        assert set(order[:2]) == {0, 2}, where
        assert set(order) == {0, 1, 2, 3}


def test_what_a_village_says_of_its_name_is_a_reading(page: Page) -> None:
    texts = ["六合村", "六安村", "大合村"]
    for where in ("village", "site"):
        load_scripts(page)
        open_texts(page, texts, where, "六lu")
        assert [set(one) for one in numbers(page, ["luhe", "liuhe", "lh", "luan"])] == [
            {0},
            {0},
            {0},
            {1},
        ]


def test_marks_cover_the_characters(page: Page) -> None:
    load_scripts(page)
    know_tables(page)
    script = """([text, query]) => mingbaiSearch.hitRanges(text, mingbaiSearch.wordsOf(query))
        .map(([start, end]) => text.slice(start, end))"""
    for text, query, marks in (
        ("𠮷青石镇柳溪村", "liuxi", ["柳溪"]),
        ("青石　柳溪村2组", "liu xi", ["柳溪"]),
        ("柳溪村2组", "lx", ["柳溪"]),
        ("张清山", "zhangq", ["张清"]),
        ("修路灯　 維修 12,000.00", "“路灯 维修” 1.2万", ["路灯　 維修", "12,000.00"]),
        ("綠化費", "绿化", ["綠化"]),
        ("李\n明 路\n灯", "李明 路灯", ["李\n明", "路\n灯"]),
        ("路灯维修", "路灯 -维修", ["路灯"]),
    ):
        assert page.evaluate(script, [text, query]) == marks


def test_words_that_sound_alike_are_known(page: Page) -> None:
    script = "(pairs) => pairs.map(([one, other]) => mingbaiSearch.sameSound(one, other))"
    pairs = [["张明", "章铭"], ["张明", "张名名"], ["长", "常"], ["长", "掌"], ["柳溪", "刘东"]]
    know_tables(page)
    assert page.evaluate(script, pairs) == [True, False, True, True, False]


SAME = Synonyms(
    (Synonym(("低保", "最低生活保障")), Synonym(("盖房", "建房"), ("宅基地",))),
    ("怎么办", "怎么", "申请"),
)
MEANT = {
    "低保": [0, 1],
    "最低生活保障": [1, 0],
    "盖房": [3, 2],
    "宅基地": [2],  # not the other way round
    "低保怎么申请": [0, 1],
    "怎么盖房": [2, 3],
    "“盖房”": [3],
    "-盖房 宅基地": [2],
    "低保 三组": [1],
}


@pytest.mark.parametrize("where", ["village", "site"])
def test_other_words_for_the_same_are_found_after_it(page: Page, where: str) -> None:
    texts = ["领低保的", "最低生活保障 三组", "批宅基地", "盖房的人"]
    open_texts(page, texts, where)
    guide = json.loads(next(render_guide([], SAME)).content)
    try:
        page.evaluate("(guide) => mingbaiSearch.guide(guide)", guide)
        results = dict(zip(MEANT, numbers(page, [*MEANT]), strict=True))
        marks = page.evaluate(
            "mingbaiSearch.hitRanges('批宅基地 盖房', mingbaiSearch.wordsOf('盖房')).length"
        )
    finally:
        page.evaluate("mingbaiSearch.guide({ same: {}, asking: [] })")
    assert {key: sorted(found) for key, found in results.items()} == {
        key: sorted(found) for key, found in MEANT.items()
    }
    assert [results[key][0] for key in ("低保", "最低生活保障", "盖房")] == [0, 1, 3]
    assert marks == 2


def test_a_villages_search_has_what_all_villages_have_but_what_it_does_in_its_own_way(
    page: Page,
) -> None:
    guide = [
        SearchEntry("powers/a/", "村里办事：甲", "怎么办\t要带什么"),
        SearchEntry("powers/b/", "村里办事：乙", "怎么办"),
    ]
    own = [
        SearchEntry("v/x/powers/b/", "柳溪村 村里办事：乙", "怎么办"),
        SearchEntry("v/x/ledger/1/", "账", "怎么办，村里办事", day=date(2025, 3, 1)),
    ]
    open_village(page, own, guide=guide)
    (found_,) = found(page, ["办事"])
    assert {one["url"] for one in found_[:2]} == {"powers/a/", "v/x/powers/b/"}
    assert [one["url"] for one in found_[2:]] == ["v/x/ledger/1/"]
    assert found(page, ["要带什么"]) == [[]]  # only what is shown goes to every phone


def test_a_village_fetches_only_what_may_hold_what_is_asked_for(page: Page) -> None:
    signs = product("甲乙丙丁", "东南西北", "山水林田")
    guide = [SearchEntry(f"powers/{n}/", f"办事{n}号", "".join(s)) for n, s in enumerate(signs)]
    own = [SearchEntry("v/x/a/#r1", f"账{BEHIND}收支明细", f"修路{BEHIND}PZ2025 周满仓")]
    queries = [
        *("修路", "周满仓", "明细", "修路 周满仓", "“路 周”", "修路 -周满仓", "PZ20", "z2"),
        *("zhoumancang", "甲东山", "丁北田", "jiadongshan", "办事", "1"),
    ]
    answers = {}
    for query in queries:
        open_village(page, own, guide=guide)
        know_tables(page)
        (results,) = found(page, [query])
        answers[query] = [one["url"] for one in results], page.evaluate("asked")
    assert {query for query, (_, asked) in answers.items() if "search/behind/0.json" in asked} == {
        *("周满仓", "修路 周满仓", "“路 周”", "修路 -周满仓", "PZ20", "z2"),
        *("zhoumancang", "jiadongshan", "1"),
    }
    only, last = "search/pages/0.json", "search/pages/1.json"
    assert answers["修路"] == (["v/x/a/"], [])
    assert answers["甲东山"] == (["powers/0/"], [only])
    assert answers["丁北田"] == (["powers/63/"], [last])
    for query in ("周满仓", "明细", "修路 周满仓", "PZ20", "z2", "zhoumancang"):
        assert answers[query][0] == ["v/x/a/"], query
    assert answers["“路 周”"][0] == answers["修路 -周满仓"][0] == []
    assert answers["jiadongshan"][0] == ["powers/0/"]
    assert len(answers["办事"][0]) == len(guide)
    assert len(answers["1"][0]) == sum("1" in str(n) for n in range(len(guide)))


def test_an_exact_sum_comes_before_its_digits_in_other_numbers(page: Page) -> None:
    texts = ["编号 51640 51641 51640 51640", "付 1,640.00 元", "电话 0000-1641640", "1640 户"]
    for where in ("village", "site"):
        open_texts(page, texts, where)
        (order,) = numbers(page, ["1640"])
        assert order[0] == 1, where
        assert set(order) == {0, 1, 3}, where  # no telephone
        assert numbers(page, ["1641640"]) == [[2]], where  # as such it is found


def test_of_more_pieces_than_a_digit_has_bits_each_is_known(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.render.search.guide._SPREAD", 4)
    signs = product("甲乙丙丁", "东南西北", "山水林田")
    guide = [SearchEntry(f"powers/{n}/", f"办事{n}号", "".join(s)) for n, s in enumerate(signs)]
    for query, number in (("甲东山", 0), ("乙西水", 25), ("丁北田", 63)):
        open_village(page, [SearchEntry("v/x/a/", "账", "")], guide=guide)
        (results,) = found(page, [query])
        assert [one["url"] for one in results] == [f"powers/{number}/"]
        assert page.evaluate("asked") == [f"search/pages/{number // 4}.json"]


def test_the_code_of_a_sheet_is_fetched_only_where_it_is_asked_for(page: Page) -> None:
    own = [
        SearchEntry("v/x/a/", "账", "九月收支"),
        SearchEntry("v/x/a/", "账", f"{BEHIND}核验码 DPXAGV94"),
        SearchEntry("v/x/a/#r1", "账", "修路"),
    ]
    for query, asked in (("九月", []), ("dpxagv94", ["search/behind/0.json"])):
        open_village(page, own)
        know_tables(page)
        (results,) = found(page, [query])
        assert [one["url"] for one in results] == ["v/x/a/"], query
        assert page.evaluate("asked") == asked
