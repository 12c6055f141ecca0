"""A community (居民委员会) beside a village: its pages, sheets and data speak its own words."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from generator.intake.content import read_content
from generator.model.urban import UrbanWords
from generator.model.wording import in_urban_words
from generator.views.said import say
from tests.commands import publish_here
from tests.township import CONTENT, DONGLI, examine, real_content, township, write

# What the fixture's office typed, as a community would type it.
TYPED = (
    *(("村民委员会", "居民委员会"), ("村委会", "居委会"), ("村务", "居务"), ("村民", "居民")),
    *(("村规民约", "居民公约"), ("村“两委”", "社区“两委”")),
    *(("东里村", "河东社区"), ("村部", "社区办公处"), ("000000101901", "000000101903")),
)
# Typed by the office: to stay as it is, whatever words are in it.
OFFICE = "代管原东里村村民委员会的村务档案"
# A text of the state for both, which keeps its title.
OF_BOTH = "关于做好村规民约和居民公约工作的指导意见"
RURAL = re.compile("村民|村务|村委|村规民约|本村|村里|村干部|村“?两委|全村")
SETTINGS = ("--today", "2025-10-10", "--jobs", "1", "--no-posters")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A township of a village and of a community that publishes the same, built without sheets."""
    folder = tmp_path_factory.mktemp("urban")
    content = Path(shutil.copytree(CONTENT, folder / "content"))
    settings = content / "site.yaml"  # typed by the town, for villages and communities alike
    text = settings.read_text("utf-8").replace("青石镇村务公开", "青石镇公开")
    settings.write_text(text.replace("“村民反映与办理”", "“反映与办理”"), "utf-8")
    villages = township(folder)
    community(villages)
    shutil.rmtree(villages / "qingshi" / "xicun")
    places = ("--content", str(content), "--villages", str(villages), "--out", str(folder / "site"))
    done = publish_here("build", *SETTINGS, *places, "--cache", str(folder / "cache"))
    assert done.returncode == 0, done.stderr
    return folder / "site"


def community(villages: Path) -> Path:
    """The fixture village once more, as a community with what its office typed."""
    target = Path(shutil.copytree(villages / DONGLI, villages / "qingshi" / "hedong"))
    for path in target.rglob("*.*"):
        text = path.read_text("utf-8")
        for rural, urban in TYPED:
            text = text.replace(rural, urban)
        path.write_text(text, "utf-8")
    with (target / "village.yaml").open("a", encoding="utf-8") as file:
        file.write("\nurban: 是\n")
    notice = f"---\ntitle: 档案\ndate: 2025-09-21\n---\n\n{OFFICE}。\n"
    write(target, "notices/2025-09-21-dangan.md", notice)
    return target


def said(site: Path, village: str) -> Iterator[tuple[str, str]]:
    """The files of a village, and what they say beside what the office typed; without the index
    of its words, and the schemas, which list the words that may stand in files."""
    for path in sorted((site / "v" / village).rglob("*")):
        if path.parent.name not in ("search", "schemas") and path.suffix in (
            ".html",
            ".json",
            ".csv",
            ".xml",
            ".ics",
        ):
            text = path.read_text("utf-8").replace("\r\n ", "")
            yield path.relative_to(site).as_posix(), text.replace(OFFICE, "").replace(OF_BOTH, "")


def test_no_page_of_a_community_speaks_of_villagers(site: Path) -> None:
    found = {
        f"{name}: {text[max(0, match.start() - 12) : match.end() + 12]}"
        for name, text in said(site, "hedong")
        for match in RURAL.finditer(text)
    }
    assert found == set()


def test_a_community_has_its_own_words_and_law(site: Path) -> None:
    home = (site / "v/hedong/index.html").read_text("utf-8")
    assert "党务、居务、财务公开" in home
    assert "河东社区居民委员会" in (site / "v/hedong/contracts/2025/index.html").read_text("utf-8")
    assert "居务监督" in (site / "v/hedong/inspections/index.html").read_text("utf-8")
    ledger = (site / "v/hedong/ledger/index.html").read_text("utf-8")
    assert "城市居民委员会组织法" in ledger
    assert "村民委员会组织法" not in ledger


def test_what_the_office_typed_stays(site: Path) -> None:
    assert OFFICE in (site / "v/hedong/notices/2025-09-21-dangan/index.html").read_text("utf-8")


def test_the_village_beside_it_is_what_it_was(site: Path, tmp_path: Path) -> None:
    villages = township(tmp_path)
    shutil.rmtree(villages / "qingshi" / "xicun")
    places = ("--villages", str(villages), "--out", str(tmp_path / "site"))
    content = ("--content", str(site.parent / "content"), "--cache", str(tmp_path / "cache"))
    publish_here("build", *SETTINGS, *places, *content)
    alone, beside = (dict(said(s, "dongli")) for s in (tmp_path / "site", site))
    assert alone == beside
    assert any("村民委员会" in text for text in alone.values())


@pytest.mark.parametrize(("item", "key"), [("ledger", "2025-09"), ("powers", ""), ("station", "")])
def test_no_sheet_of_a_community_speaks_of_villagers(tmp_path: Path, item: str, key: str) -> None:
    villages = township(tmp_path)
    community(villages)
    out = tmp_path / "sheet.pdf"
    where = ("--villages", str(villages), "--today", "2025-10-10", "--out", str(out))
    done = publish_here("poster", "hedong", item, *filter(None, (key,)), *where)
    assert done.returncode == 0, done.stderr
    text = "".join(p.get_textpage().get_text_bounded() for p in pypdfium2.PdfDocument(out))
    assert "居" in text
    assert RURAL.findall("".join(text.split())) == []


def test_a_board_of_which_nothing_is_written_is_the_communitys_own() -> None:
    shared, _ = real_content()
    for words, own in ((shared, "本村公开栏"), (in_urban_words(shared), "本社区公开栏")):
        only = say(words.phrases, "walls", "only_board")
        assert say(words.phrases, "walls", "board", place=only) == own


def test_columns_keep_the_names_by_which_files_know_them() -> None:
    shared, _ = real_content()
    urban = in_urban_words(shared)
    for name, table in shared.tables.items():
        assert [f.name for f in table.fields] == [f.name for f in urban.tables[name].fields]
        assert set(table.headings) <= set(urban.tables[name].headings)
    assert [i.sentence.count("{") for i in shared.catalogue.items] == [
        i.sentence.count("{") for i in urban.catalogue.items
    ]


def test_an_office_fills_its_tables_in_its_own_words(tmp_path: Path) -> None:
    villages = township(tmp_path)
    own = community(villages)
    agreed = (
        "编号,日期,议题,协商结果,提出\n"
        "XS-1,2025-09-02,排水沟,清一次,居民联名\nXS-2,2025-09-05,路灯,换两盏,村民联名\n"
        "公开日期,2025-10-08\n"
    )
    write(own, "consultations/2025Q3.csv", agreed)
    write(own, "voters/2025-09-22.csv", "居民姓名,居民小组\n张示甲,一组\n公开日期,2025-09-22\n")
    write(villages / DONGLI, "consultations/2025Q3.csv", agreed)
    found = examine(villages)
    assert {"consultations/2025Q3", "voters/2025-09-22"} <= found.names("hedong")
    errors = [p for p in found.problems if p.severity == "error"]
    assert [(p.code, p.value) for p in errors] == [("consultations-choice", "居民联名")]


def test_content_without_words_for_communities_stays(tmp_path: Path) -> None:
    shared, _ = real_content()
    assert UrbanWords().said("村民委员会") == "村民委员会"
    content = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    (content / "urban.yaml").unlink()
    read, problems = read_content(content)
    assert read is not None
    assert not problems
    assert in_urban_words(read).catalogue == shared.catalogue


@pytest.mark.parametrize(
    ("text", "urban"),
    [
        ("村民委员会和村委会", "居民委员会和居委会"),  # the longest first, each once
        ("各村民小组、得到村民同意", "各居民小组、得到居民同意"),  # 各村 and 到村 are none here
        ("全村的人，完全村务监督", "全社区的人，完全居务监督"),
        ("农村民生", "农村民生"),  # no word is found within one that stays
        ("执行《村集体经济组织会计制度》", "执行《村集体经济组织会计制度》"),
        ("村务按《某省村务公开办法》公开", "居务按《某省村务公开办法》公开"),  # whatever the title
        ("村民委员会组织法第三十五条", "村民委员会组织法第三十五条"),
        ("村集体经济组织的收入", "集体经济组织的收入"),
    ],
)
def test_words_change_whole(text: str, urban: str) -> None:
    assert real_content()[0].urban.said(text) == urban


def test_a_site_of_communities_speaks_so_throughout(tmp_path: Path) -> None:
    content = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    settings = content / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "\nurban: 是\n", "utf-8")
    shared, problems = read_content(content)
    assert shared is not None
    assert not [p for p in problems if p.severity == "error"]
    titles = [item.title for item in shared.catalogue.items]
    assert "居务监督检查" in titles


def test_each_day_has_its_law() -> None:
    """The law of 2018 for what was published before 2026, with the article only where it is known."""
    shared = in_urban_words(real_content()[0])
    laws = {
        basis.title
        for item in shared.catalogue.items
        for basis in item.basis
        if "居民委员会组织法" in basis.title and basis.holds_on(date(2025, 12, 31))
    }
    assert laws == {"中华人民共和国城市居民委员会组织法（2018年修正）"}
