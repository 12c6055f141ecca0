"""What the law of 2025 added to the catalogue, how offices file it, and what lasts until replaced."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser

from generator.build import build
from generator.checks import check_content
from generator.model.norms import NormClass, NormLine, NormPlace
from generator.model.shared import Shared, Theme
from generator.problems import Source
from generator.render.posters import PosterPress
from generator.render.templates import Templates
from generator.settings import Settings
from generator.views.contents import village_contents
from generator.views.directory import COVERAGE, DIRECTORY, coverage
from generator.views.duties.owed import village_duties
from generator.views.linking import village_records
from generator.views.sheets import village_sheets
from tests.township import (
    DONGLI,
    ROOT,
    TODAY,
    examine,
    real_content,
    small_content,
    the_sample,
    township,
    write,
)

XICUN = "qingshi/xicun"  # shows names as they are
SHARED = real_content()[0]
LAW = "中华人民共和国村民委员会组织法"
BEFORE, AFTER = date(2025, 12, 31), date(2026, 1, 1)
# The articles on either side of 2026-01-01.
ARTICLES = {
    "charters": ("第二十七条", "第三十一条"),
    "elections": ("第十五条", "第十八条"),
    "voters": ("第十四条", "第十七条"),
    "consultations": ("", "第三十三条"),
    "appraisals": ("第三十三条", "第三十八条"),
    "audits": ("第三十五条", "第四十条"),
    "account-requests": ("第三十条", "第三十五条"),
}
CHARTER = "---\ntitle: {title}\ndate: {day}\n{more}---\n\n桥上不堆放东西。\n"
ROLL = "姓名,组别\n{names}公开日期,2025-09-22\n"
DAYS = ("2019-05-06", "2022-05-10", "2025-06-18")  # of three charters, each in the last's place
NAMES = [f"张示{sign}" for sign in "甲乙丙丁戊己庚辛壬癸"]


def articles(item_id: str, day: date) -> str:
    """The articles of the villagers' committee law that an item rests on."""
    basis = SHARED.catalogue.item(item_id).basis
    return "".join(b.article for b in basis if b.title.startswith(LAW) and b.holds_on(day))


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The township with charters, a roll of voters and a village of its own rules: on the sample's
    day, and after the roll came down and the law changed."""
    folder = tmp_path_factory.mktemp("law")
    villages = township(folder)
    for n, day in enumerate(DAYS):
        more = f"replaces: charters/{DAYS[n - 1]}-gui\n" if n else ""
        text = CHARTER.format(title=f"村规民约第{n}版", day=day, more=more)
        write(villages / DONGLI, f"charters/{day}-gui.md", text)
    names = "".join(f"{name},一组\n" for name in NAMES)
    write(villages / XICUN, "voters/2025-09-22.csv", ROLL.format(names=names))
    own = villages / DONGLI / "village.yaml"
    own.write_text(own.read_text("utf-8") + "\nrules: zhejiang\n", "utf-8")
    small_content(folder)
    return built(folder, TODAY), built(folder, date(2026, 2, 1))


def built(folder: Path, today: date) -> Path:
    """The site of a folder's villages on a day."""
    settings = Settings(
        content=folder / "content",
        villages=folder / "villages",
        templates=ROOT / "templates",
        out=folder / f"site-{today}",
        today=today,
        sheets="none",
    )
    result = build(settings, lambda line: None)
    assert [str(p) for p in result.problems if p.severity == "error"] == []
    return settings.out


def lines_of(path: Path) -> list[list[str]]:
    """The lines of a CSV that Excel opens."""
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


# ------------------------------------------------------------------------------- what the law asks


@pytest.mark.parametrize("item_id", ARTICLES)
def test_an_item_rests_on_the_articles_of_its_day(item_id: str) -> None:
    old, new = ARTICLES[item_id]
    assert old in articles(item_id, BEFORE)
    assert new in articles(item_id, AFTER)
    assert new not in articles(item_id, BEFORE).split("、")
    item = SHARED.catalogue.item(item_id)
    assert any(basis.holds_on(TODAY) for basis in item.basis)
    assert item.display_days >= 15


def test_nothing_is_due_of_what_ended_before_its_law(tmp_path: Path) -> None:
    folder = township(tmp_path)
    data = examine(folder).villages["dongli"]
    data = replace(data, village=replace(data.village, since=date(2025, 1, 1)))
    new = {item.id for item in SHARED.catalogue.items if item.effective}
    assert new
    now = village_duties(village_records(data, SHARED, TODAY)).duties
    assert {duty.item.id for duty in now if duty.due <= BEFORE} & new == set()
    later = village_duties(village_records(data, SHARED, date(2026, 4, 30))).lacking
    asked = {duty.period for duty in later if duty.item.id == "consultations"}
    assert asked == {"2026年第一季度"}
    assert {duty.item.id for duty in later} & {"audits", "charters", "elections", "voters"} == set()


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        # Of two persons anyone could tell who was found unfit.
        (
            "appraisals/2024.csv",
            "评议对象,日期,被评议人数,称职,不称职\n聘用人员,2025-01-12,2,1,1\n公开日期,2025-01-20\n",
            "appraisals-range",
        ),
        (
            "appraisals/2024.csv",
            "评议对象,日期,被评议人数,称职,不称职\n村委会成员,2025-01-12,5,3,1\n公开日期,2025-01-20\n",
            "appraisals-equation",
        ),
        # Who asked is not taken in at all.
        (
            "account-requests/2025Q3.csv",
            "编号,申请日期,申请人,查阅内容,办理结果\nCZ-1,2025-09-02,张示甲,八月的凭证,已查阅\n"
            "公开日期,2025-10-08\n",
            "heading-unknown",
        ),
        # A roll that does not say since when it hangs would never come down.
        ("voters/2025-09-22.csv", "姓名,组别\n张示甲,第一村民小组\n", "published-personal"),
    ],
)
def test_what_would_tell_of_a_person_is_refused(
    name: str, text: str, code: str, tmp_path: Path
) -> None:
    folder = township(tmp_path)
    write(folder / DONGLI, name, text)
    found = examine(folder)
    assert code in found.codes()
    assert name.removesuffix(".csv") not in found.names("dongli")


def test_a_roll_of_voters_comes_down_and_leaves_its_count(sites: tuple[Path, Path]) -> None:
    up, down = sites
    page = "v/xicun/voters/2025-09-22/index.html"
    assert all(name in (up / page).read_text("utf-8") for name in NAMES)
    assert f"共 {len(NAMES)} 人" in (down / page).read_text("utf-8")
    texts = [p.read_bytes() for p in down.rglob("*") if p.is_file()]
    assert not [name for name in NAMES for text in texts if name.encode() in text]


def test_objections_to_a_roll_of_voters_have_days_of_their_own(sites: tuple[Path, Path]) -> None:
    heads, *lines = lines_of(sites[0] / "v/xicun/records.csv")
    until = {line[0]: dict(zip(heads, line, strict=True))["异议到"] for line in lines}
    assert until["voters/2025-09-22"] == "2025-09-27"


def test_a_roll_of_names_hangs_side_by_side(no_pictures: None) -> None:
    voters = ROOT / "villages/qingshi/meiling/voters/2025-09-22.csv"
    data = the_sample().villages["meiling"]
    sheets = village_sheets(village_contents(data, SHARED, TODAY), SHARED)
    sheet = next(s for s in sheets if "/voters/" in s.url)
    drawn = PosterPress(Templates(ROOT / "templates"), Theme()).draw(sheet, "https://q.example")
    assert drawn.problems == ()
    pages = pypdfium2.PdfDocument(drawn.pdf)
    said = "".join(page.get_textpage().get_text_range() for page in pages)
    names = [line[0] for line in _rows(voters) if line[1:2] != [""]]
    assert [name for name in names if name not in said] == []
    assert len(pages) < len(names) / 100  # one below the other there would be thirty on a page


def _rows(path: Path) -> Sequence[list[str]]:
    groups = ("上岭组", "中岭组", "下岭组")
    return [line for line in csv.reader(path.read_text("utf-8").splitlines()) if line[1] in groups]


# ------------------------------------------------------------------------ what lasts until replaced


def test_what_lasts_says_whether_it_is_in_force(sites: tuple[Path, Path]) -> None:
    home = sites[0] / "v/dongli/charters"
    first, second, third = ((home / f"{day}-gui/index.html").read_text("utf-8") for day in DAYS)
    assert "已被代替" in first
    assert "由2022年5月10日公开的《村规民约第1版》代替" in first
    assert f'href="../{DAYS[1]}-gui/"' in first
    assert "有关的内容" not in first  # what replaced it is named above
    assert "已被代替" in second
    assert "代替2019年5月6日公开的《村规民约第0版》" in second
    assert "现行" in third
    assert "已被代替" not in third
    listed = (home / "index.html").read_text("utf-8")
    assert listed.count(">现行<") == 1
    assert listed.count(">已被代替<") == 2
    content = json.loads((home / f"{DAYS[2]}-gui/data.json").read_text("utf-8"))["content"]
    assert content["document"]["replaces"] == f"charters/{DAYS[1]}-gui"
    content = json.loads((home / f"{DAYS[0]}-gui/data.json").read_text("utf-8"))["content"]
    assert "replaces" not in content["document"]


# ------------------------------------------------------------------------------------ on a screen


def test_tables_of_the_new_items_fit_the_screen(
    site: Path, browser: Browser, serve_folder: Callable[[Path], str]
) -> None:
    base = serve_folder(site)
    page = browser.new_page()
    for item in sorted(ARTICLES):
        for record in sorted(site.glob(f"v/*/{item}/*/index.html")):
            page.goto(base + record.relative_to(site).as_posix())
            for width in (360, 1190, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, record
    page.close()


# ------------------------------------------------------------------------------- how offices file it


def test_the_catalogue_is_filed_in_the_columns_of_the_state(sites: tuple[Path, Path]) -> None:
    site = sites[0]
    heads, *lines = lines_of(site / "open-data/catalogue.csv")
    assert tuple(heads) == DIRECTORY
    boards = [(b.title, i.title) for b in SHARED.catalogue.boards for i in b.items]
    assert [(line[1], line[2]) for line in lines] == boards
    assert all(all(line) for line in lines)
    assert "catalogue.csv" in (site / "open-data/index.html").read_text("utf-8")
    listed = (site / "lists/catalogue/index.html").read_text("utf-8")
    assert all(title in listed for _, title in boards)
    of_village = lines_of(site / "v/dongli/catalogue.csv")[1:]
    tender = [i for _, i in boards].index(SHARED.catalogue.item("tenders").title)
    assert of_village[tender][5] != lines[tender][5]
    assert not (site / "v/xicun/catalogue.csv").exists()


def test_the_catalogue_is_filed_by_the_law_of_the_day(sites: tuple[Path, Path]) -> None:
    before, after = (lines_of(site / "open-data/catalogue.csv")[1:] for site in sites)
    old, new = ("".join(line[4] for line in lines) for lines in (before, after))
    assert f"{LAW}（2018年修正）》第三十条" in old
    assert f"{LAW}（2018年修正）" not in new
    assert f"{LAW}（2025年修正）" not in old
    assert f"{LAW}（2025年修正）》第三十三条" in new
    assert any("2026年1月1日起" in line[5] for line in before)
    assert not any("2026年1月1日起" in line[5] for line in after)


def test_each_line_of_the_finance_rule_is_found_or_named_as_a_gap() -> None:
    norm = next(norm for norm in SHARED.norms if norm.id == "finance-2011")
    lines = list(coverage(norm, SHARED))
    titles = [line.title for part in norm.classes for line in part.lines]
    assert list(dict.fromkeys(line[2] for line in lines)) == titles
    assert all(len(line) == len(COVERAGE) and (line[3] or line[6]) for line in lines)


def _with_line(line: NormLine) -> Shared:
    norm = replace(SHARED.norms[0], classes=(NormClass("各项收入", (line,)),))
    return replace(SHARED, norms=(norm,))


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (NormPlace("ledgers"), "ledgers"),
        (NormPlace("ledger", ("收入额",)), "收入额"),
        (NormPlace("plans", ("收入",)), "收入"),
        (NormPlace("ledger", ("收入",), ("投资收入",)), "投资收入"),
    ],
)
def test_a_line_is_not_found_where_there_is_nothing(place: NormPlace, said: str) -> None:
    source = Source("content/norms/finance-2011.yaml", 9)
    found = check_content(_with_line(NormLine("投资收入", source, (place,))))
    assert [(p.code, p.value) for p in found] == [("setting-unknown", said)]
    assert [p.code for p in check_content(_with_line(NormLine("投资收入", source)))] == [
        "key-missing"
    ]
