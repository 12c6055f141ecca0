"""The round of a village's boards: what goes up, what comes down, where it hangs, and the batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PageObject, PdfReader

from generator.compiler import compile_village
from generator.intake.folders import find_villages
from generator.model.boards import BoardPlace, BoardSheet, is_larger
from generator.model.papers import OFFICE_PAPERS, POINTS_PER_MM
from generator.model.shared import Theme
from generator.output.store import Store
from generator.render.drawings import Drawings, drawing_words
from generator.render.drawings.boards import board_drawing
from generator.render.posters import PosterPress, render_wall
from generator.render.printed import Wall
from generator.render.templates import Templates
from generator.settings import Settings
from generator.views.contents import village_contents
from generator.views.sheets import village_sheets
from generator.views.walls.plans import BoardPicture, BoardPlan, PlacedSheet, WallView, wall_view
from generator.views.walls.rounds import (
    Round,
    last_round,
    new_sheets,
    on_first_board,
    village_round,
)
from generator.views.walls.shelves import EDGE, GAP, Board, Spot
from tests.commands import publish_here
from tests.township import BARE_VILLAGE, CONTENT, ROOT, examine, real_content, write

pytestmark = pytest.mark.usefixtures("no_pictures", "each_drawn_once")

SHARED = real_content()[0]
WORDS = drawing_words(Templates(ROOT / "templates"))
BASE = "https://qingshi.example"
VILLAGE = """\
name: 沙洲村
code: "000000101299"
households: 40
population: 131
printer: A3
groups: [{id: g1, title: 第一村民小组, households: 40, people: 131}]
accounts: [{id: village, title: 村民委员会账, owner: 沙洲村村民委员会}]
people: [{name: 贺长庚, title: 村党支部书记, duty: 主持全面工作}]
supervisors: [{name: 罗四海, title: 村务监督委员会主任, phone: "0000-1230003"}]
channels:
  - {id: committee, title: 村务监督委员会, kind: phone, value: "0000-1230003"}
  - {id: office, title: 沙洲村村民委员会, kind: office, value: 村部}
boards:
  - {id: gate, place: 村部门口, paper: A3, width: 2400, height: 1200}
  - id: hall
    place: 祠堂
    paper: A2
    items: [finance, welfare, contracts, station]
    sheets:
      - {item: ledger, paper: A2, orientation: landscape}
  - {id: shop, place: 小卖部, paper: A4, items: [notices, contracts], width: 700, height: 700}
"""
LEDGER = """\
日期,凭证号,摘要,科目,收入,支出,余额
,,上期结余,,,,{opening}
{month}-05,{number}-01,办公用纸,管理费用,,100.00,
,,本期合计,,0.00,100.00,
,,期末结余,,,,{closing}
公开日期,{published}
"""
SUBSIDIES = """\
户主,组别,项目,人口,面积,标准,金额,发放日期,发放方式,备注
{rows}公开日期,2025-09-25
"""
ROW = "贺四喜{n},第一村民小组,高龄津贴,1,,每人每月50元,150.00,2025-06-2{n},一卡通,\n"
CONTRACTS = """\
合同编号,名称,承包方,年租金,起始日期,终止日期,应收,已收,欠收
HT-01,鱼塘,青石示例合作社,9000.00,2025-01-01,2029-12-31,9000.00,9000.00,0.00
公开日期,2025-03-28
更正,2025-10-09,应收原来写成 8000.00，改为 9000.00
"""
NOTICE = "---\ntitle: {title}\ndate: {day}\n---\n\n照通知办。\n"
WITHDRAWN = """\
- item: notices
  key: 2025-09-20-tingshui
  title: 停水通知
  published: 2025-09-20
  date: 2025-10-09
  reason: 改期了
"""
FILES = {
    "village.yaml": VILLAGE,
    "ledger/2025-08.csv": LEDGER.format(
        opening="900.00", closing="800.00", month="2025-08", number=8, published="2025-09-08"
    ),
    "ledger/2025-09.csv": LEDGER.format(
        opening="800.00", closing="700.00", month="2025-09", number=9, published="2025-10-08"
    ),
    "subsidies/2025Q2.csv": SUBSIDIES.format(rows="".join(ROW.format(n=n) for n in range(1, 9))),
    "contracts/2025.csv": CONTRACTS,
    "notices/2025-10-09-tingdian.md": NOTICE.format(title="停电通知", day="2025-10-09"),
    "notices/2025-09-26-fangxun.md": NOTICE.format(title="防汛通知", day="2025-09-26"),
    "withdrawn.yaml": WITHDRAWN,
}


@pytest.fixture(scope="module")
def villages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("villages")
    for name, text in FILES.items():
        write(root / "shazhou", name, text)
    return root


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> PosterPress:
    """A press that draws each sheet once for all tests here."""
    store = Store(tmp_path_factory.mktemp("store"), ROOT, "xicun")
    return PosterPress(Templates(ROOT / "templates"), Theme(), store)


def round_on(villages: Path, today: str, since: str | None = "") -> Round:
    """The round of the village on a day; `since` None for everything, empty for the usual."""
    now = date.fromisoformat(today)
    found = examine(villages, today=now)
    errors = [p.code for p in found.problems if p.severity == "error"]
    assert [code for code in errors if not code.endswith("-future")] == []  # not yet written
    contents = village_contents(found.villages["shazhou"], SHARED, now)
    start = last_round(now, SHARED) if since == "" else since and date.fromisoformat(since)
    return village_round(contents, village_sheets(contents, SHARED), SHARED, start or None)


def view_on(villages: Path, today: str, since: str | None = "") -> WallView:
    return wall_view(round_on(villages, today, since), {})


def ups(view: WallView) -> dict[str, list[str]]:
    """What goes up, by board: title, paper, until when."""
    return {b.id: [f"{line.title} {line.paper} {line.last}" for line in b.up] for b in view.boards}


def downs(view: WallView) -> dict[str, list[str]]:
    return {b.id: [f"{r.title} {r.hung} {r.why}" for r in b.down] for b in view.boards}


PEOPLE_OF = "people: [{name: 贺长庚, title: 村党支部书记}]"
AUGUST, SEPTEMBER = "2025年8月收支账", "2025年9月收支账"
OLD = f"{AUGUST} 9月8日—10月8日 公示期满，有新的一期"
PEOPLE = "2025年第二季度补贴"
WHY = "公示期满，上面有个人信息，必须取下"


def test_a_round_reaches_back_over_a_holiday() -> None:
    assert last_round(date(2025, 11, 6), SHARED) == date(2025, 10, 30)  # a week
    assert last_round(date(2025, 10, 9), SHARED) == date(2025, 9, 25)  # the National Day weeks
    assert last_round(date(2025, 10, 11), SHARED) == date(2025, 9, 28)  # a Saturday made up for


def test_the_first_day_of_a_display(villages: Path) -> None:
    before = view_on(villages, "2025-10-07")
    assert not any(line.startswith(SEPTEMBER) for line in ups(before)["gate"])
    view = view_on(villages, "2025-10-08")
    assert f"{SEPTEMBER} A3 竖放 11月7日" in ups(view)["gate"]
    assert f"{SEPTEMBER} A2 横放 11月7日" in ups(view)["hall"]
    assert ups(view)["shop"] == ["防汛通知 A4 竖放 10月11日"]


def test_the_last_day_of_a_display_and_the_day_after(villages: Path) -> None:
    last = view_on(villages, "2025-10-08")
    assert AUGUST in [line.title for line in last.boards[0].stay]
    assert downs(last) == {"gate": [], "hall": [], "shop": []}
    assert last.coming == (date(2025, 10, 9), (AUGUST,))
    after = view_on(villages, "2025-10-09")
    assert AUGUST not in [line.title for line in after.boards[0].stay]
    assert OLD in downs(after)["gate"]
    assert OLD in downs(after)["hall"]
    assert OLD not in downs(after)["shop"]  # ledgers never hung there


def test_a_corrected_record_is_put_up_again_and_a_withdrawn_one_comes_down(villages: Path) -> None:
    view = view_on(villages, "2025-10-10")
    assert sorted(ups(view)["shop"]) == [
        "2025年合同 A4 横放 2026年3月28日",
        "停电通知 A4 竖放 10月24日",
        "防汛通知 A4 竖放 10月11日",
    ]
    (corrected,) = [line for line in view.boards[2].up if line.title == "2025年合同"]
    assert corrected.change == "corrected"
    assert sorted(downs(view)["shop"]) == [
        "2025年合同 3月28日起 10月9日更正过，换上更正后的",
        "停水通知 9月20日起 10月9日撤回：改期了",
    ]


def test_lists_of_persons_come_down_first_and_say_why(villages: Path) -> None:
    last = view_on(villages, "2025-10-10")
    assert PEOPLE in [line.title for line in (*last.boards[1].up, *last.boards[1].stay)]
    view = view_on(villages, "2025-10-11")
    first = view.boards[1].down[0]
    assert (first.title, first.why, first.is_personal) == (PEOPLE, WHY, True)
    assert PEOPLE not in [line.title for b in view.boards for line in (*b.up, *b.stay)]


def test_a_day_on_which_nothing_changes(villages: Path) -> None:
    view = view_on(villages, "2025-11-05")
    assert (view.up, view.down) == (0, 0)
    assert not any(board.is_changed for board in view.boards)
    assert view.coming == (date(2025, 11, 8), (SEPTEMBER,))
    assert SEPTEMBER in [line.title for line in view.boards[1].stay]


def test_since_a_given_day_and_everything(villages: Path) -> None:
    since = view_on(villages, "2025-10-10", "2025-10-09")
    assert ups(since)["gate"] == ["2025年合同 A3 横放 2026年3月28日", "停电通知 A4 竖放 10月24日"]
    everything = view_on(villages, "2025-11-05", None)
    assert [len(board.stay) for board in everything.boards] == [0, 0, 0]
    assert everything.down == 0
    titles = [line.title for line in everything.boards[0].up]
    assert {SEPTEMBER, "2025年合同"} < set(titles)
    assert [line.last for line in everything.boards[0].up].count("长期") == 2  # the two of persons


def test_a_village_that_has_published_nothing_is_told_why_nothing_hangs(tmp_path: Path) -> None:
    bare = BARE_VILLAGE.replace("甲村", "沙洲村") + "since: 2025-09-01\n"
    write(tmp_path / "shazhou", "village.yaml", bare)
    view = view_on(tmp_path, "2025-10-08")
    assert (view.up, view.down) == (0, 0)
    assert view.nothing_yet.startswith("村里还没有公开过内容，所以现在没有要挂的。先到期的：")
    assert "10月10日以前" in view.nothing_yet


def test_what_has_no_last_day_goes_up_when_the_village_begins(tmp_path: Path) -> None:
    bare = BARE_VILLAGE.replace("甲村", "沙洲村").replace("people: []", PEOPLE_OF)
    write(tmp_path / "shazhou", "village.yaml", f"{bare}since: 2025-10-08\n")
    assert [line for lines in ups(view_on(tmp_path, "2025-10-08")).values() for line in lines] == [
        "村干部名单 A3 竖放 长期"
    ]
    later = view_on(tmp_path, "2025-12-01")
    assert (later.up, later.nothing_yet) == (0, "")


def test_a_record_without_its_day_is_named_and_hangs_nowhere(
    villages: Path, tmp_path: Path
) -> None:
    for name, text in FILES.items():
        write(tmp_path / "shazhou", name, text)
    bare = FILES["ledger/2025-09.csv"].replace("公开日期,2025-10-08\n", "")
    write(tmp_path / "shazhou", "ledger/2025-09.csv", bare)
    view = view_on(tmp_path, "2025-10-10")
    assert view.undated == (SEPTEMBER,)
    assert not [line for b in view.boards for line in (*b.up, *b.stay) if line.title == SEPTEMBER]


# ------------------------------------------------------------------------------------ papers


def test_the_paper_of_a_board() -> None:
    papers = SHARED.papers
    board = BoardPlace(
        "b",
        "门口",
        "A3",
        sheets=(BoardSheet("ledger", "A2", "landscape"), BoardSheet("dues", "A4")),
    )

    def paper(item: str, usual: str, lying: str, place: BoardPlace = board) -> str:
        found = place.paper_for(item, papers[usual].laid(lying), papers)
        return f"{found.id}{'横' if found.is_landscape else '竖'}"

    assert paper("budget", "A3", "landscape") == "A3横"
    assert paper("budget", "A4", "portrait") == "A4竖"  # no larger than it is
    assert paper("budget", "A1", "landscape") == "A3横"  # the board's own
    assert paper("ledger", "A3", "portrait") == "A2横"
    assert paper("dues", "A3", "landscape") == "A4横"
    upright = BoardPlace("b", "门口", "A3", orientation="portrait")
    assert paper("budget", "A3", "landscape", upright) == "A3竖"
    assert is_larger(papers["A3"].laid("landscape"), "A4")
    assert not is_larger(papers["A3"].laid("landscape"), "A3")


def test_the_sheet_beside_a_page_is_on_the_paper_of_the_first_board(villages: Path) -> None:
    now = date(2025, 10, 10)
    contents = village_contents(examine(villages, today=now).villages["shazhou"], SHARED, now)
    sheets = {
        s.path.removeprefix("v/shazhou/"): on_first_board(s, contents.place, SHARED)
        for s in village_sheets(contents, SHARED)
    }
    assert sheets["ledger/2025-09/poster"].paper.id == "A3"
    assert sheets["station/poster"].paper.id == "A2"  # named by the second board only
    assert sheets["powers/poster"].paper.id == "A1"  # hangs nowhere: the catalogue's


# ---------------------------------------------------------------------------------- pictures


def all_inside(picture: BoardPicture) -> None:
    for sheet in picture.sheets:
        spot = sheet.spot
        assert spot.left >= EDGE
        assert spot.top >= EDGE
        assert spot.left + spot.width <= picture.width - EDGE
        assert spot.top + spot.height <= picture.height - EDGE
    for one, other in combinations((sheet.spot for sheet in picture.sheets), 2):
        assert apart(one, other), (one, other)


def apart(one: Spot, other: Spot) -> bool:
    return (
        one.left + one.width + GAP <= other.left
        or other.left + other.width + GAP <= one.left
        or one.top + one.height + GAP <= other.top
        or other.top + other.height + GAP <= one.top
    )


SIZES = st.sampled_from([(210, 297), (297, 210), (297, 420), (420, 297), (594, 841), (600, 900)])


@given(
    st.lists(st.lists(SIZES, min_size=1, max_size=4), max_size=30),
    st.integers(200, 9000),
    st.integers(200, 1500),
    st.integers(1, 3),
)
def test_packing(groups: list[list[tuple[int, int]]], width: int, height: int, panels: int) -> None:
    board = Board(width, height, panels)
    found = [board.place(group) for group in groups]
    sheets = []
    for group, spots in zip(groups, found, strict=True):
        assert spots is None or [(s.width, s.height) for s in spots] == group
        sheets += [PlacedSheet(1, spot, False) for spot in spots or ()]
    all_inside(BoardPicture("b", "", width, height, panels, True, tuple(sheets)))
    for sheet in sheets:  # none across two panels
        first = sheet.spot.left // (width // panels)
        assert (sheet.spot.left + sheet.spot.width) // (width // panels) == first
    smallest = (210, 297)
    if width >= panels * (210 + 2 * EDGE) and height >= 297 + 2 * EDGE:
        assert Board(width, height, panels).place([smallest]) is not None


def test_a_picture_has_every_sheet_that_finds_a_place(villages: Path) -> None:
    for today in ("2025-10-08", "2025-10-10", "2025-11-05"):
        for board in view_on(villages, today, None).boards:
            all_inside(board.picture)
            numbers = [line.number for line in board.up if line.number]
            assert [sheet.number for sheet in board.picture.sheets] == numbers
            assert numbers == list(range(1, len(numbers) + 1))
            assert bool(board.full) == any(not line.number for line in board.up)
            drawing = board_drawing(board.picture, WORDS)
            for sheet in drawing.sheets:
                assert any(
                    f.left <= sheet.box.left and sheet.box.right <= f.right
                    and f.top <= sheet.box.top and sheet.box.bottom <= f.bottom
                    for f in drawing.frames
                )  # fmt: skip
                assert sheet.box.left <= sheet.plate.left
                assert sheet.plate.right <= sheet.box.right


def test_a_board_that_is_too_small_says_so(villages: Path) -> None:
    shop = view_on(villages, "2025-10-10", None).boards[2]
    assert [line.title for line in shop.up if not line.number] == []
    many = wall_view(round_on(villages, "2025-10-10", None), Many())
    full = many.boards[2]
    assert "放不下" in full.full
    assert "“2025年合同”" in full.full
    assert many.boards[1].full == ""  # nobody knows how large it is


class Many(dict[tuple[str, str, bool], int]):
    """Every sheet has three pages."""

    def get(self, key: object, default: object = None) -> int:
        return 3


def test_a_long_board_is_pictured_in_parts() -> None:
    sheets = (
        PlacedSheet(1, Spot(15, 15, 297, 420), True),
        PlacedSheet(2, Spot(4515, 15, 297, 420), False),
    )
    drawing = board_drawing(BoardPicture("b", "长栏", 9000, 1200, 2, True, sheets), WORDS)
    assert len(drawing.frames) == 2
    assert drawing.sheets[0].box.left == pytest.approx(drawing.sheets[1].box.left)
    assert drawing.sheets[0].box.bottom < drawing.frames[1].top < drawing.sheets[1].box.top
    svg = Drawings(Templates(ROOT / "templates")).board(
        BoardPicture("b", "长栏", 9000, 1200, 2, True, sheets)
    )
    assert "从左数第 2 段，共 2 段" in svg


# ------------------------------------------------------------------------------------- batch


@dataclass(frozen=True)
class Drawn:
    """A round and what was drawn of it."""

    this: Round
    wall: Wall
    files: Mapping[str, bytes]


@pytest.fixture(scope="module")
def drawn(villages: Path, press: PosterPress) -> Drawn:
    this = round_on(villages, "2025-10-10")
    wall = render_wall(this, {}, press, BASE, SHARED)
    return Drawn(this, wall, {file.path: file.content for file in wall.files})


def text_of(pages: Iterable[PageObject]) -> str:
    """The text of pages without white."""
    return "".join("".join(page.extract_text().split()) for page in pages)


def test_the_batch_holds_the_list_and_every_sheet_to_put_up(drawn: Drawn) -> None:
    reader = PdfReader(BytesIO(drawn.files["v/shazhou/wall.pdf"]))
    view = drawn.wall.view
    first = view.runs[0].first
    listed = text_of(reader.pages[: first - 1])
    for board in view.boards:
        for line in (*board.up, *board.stay):
            assert line.title in listed
            assert line.code in listed
        for removal in board.down:
            assert removal.title in listed
            assert removal.why in listed
        assert board.place in listed
    assert f"挂上{view.up}份，取下{view.down}份" in listed
    assert "换版的人：" in listed
    assert sum(run.last - run.first + 1 for run in view.runs) == len(reader.pages) - first + 1
    assert view.runs[-1].last == len(reader.pages)
    for run in view.runs:
        short, long = sorted((SHARED.papers[run.paper].width, SHARED.papers[run.paper].height))
        for page in reader.pages[run.first - 1 : run.last]:
            sides = sorted(float(s) / POINTS_PER_MM for s in page.mediabox[2:])
            assert sides == pytest.approx([short, long], abs=0.5)


def test_the_batch_is_sorted_by_board_and_paper_with_what_the_office_cannot_print_last(
    drawn: Drawn,
) -> None:
    runs = [(run.place, run.paper, run.too_large) for run in drawn.wall.view.runs]
    assert runs == [
        ("村部门口", "A4", False),
        ("村部门口", "A3", False),
        ("祠堂", "A3", False),
        ("小卖部", "A4", False),
        ("祠堂", "A2", True),
    ]
    marks = bookmarks(PdfReader(BytesIO(drawn.files["v/shazhou/wall.pdf"])))
    assert [title for title, _, level in marks if level == 0] == [
        *("换版清单", "村部门口", "祠堂", "小卖部", "祠堂")
    ]
    assert [title for title, _, level in marks if level == 1] == [
        sheet.subtitle for _, sheets in new_sheets(drawn.this) for sheet in sheets
    ]


def bookmarks(reader: PdfReader) -> list[tuple[str, int, int]]:
    """Title, page from 0 and level of every bookmark."""
    found: list[tuple[str, int, int]] = []

    def read(items: list[Any], level: int) -> None:
        for item in items:
            if isinstance(item, list):
                read(item, level + 1)
            else:
                number = reader.get_destination_page_number(item)
                assert number is not None
                found.append((str(item.title), number, level))

    read(reader.outline, 0)
    return found


def test_bookmarks_lead_to_the_sheets(drawn: Drawn) -> None:
    reader = PdfReader(BytesIO(drawn.files["v/shazhou/wall.pdf"]))
    for title, number, level in bookmarks(reader):
        if level:
            assert "".join(title.split()) in text_of([reader.pages[number]])


def test_what_is_too_large_is_there_as_tiles(drawn: Drawn) -> None:
    reader = PdfReader(BytesIO(drawn.files["v/shazhou/wall-tiles.pdf"]))
    for page in reader.pages:
        sides = sorted(float(s) / POINTS_PER_MM for s in page.mediabox[2:])
        assert sides == pytest.approx(sorted(OFFICE_PAPERS["A3"]), abs=0.5)
    assert "怎样拼成一张" in text_of(reader.pages[:1])


def test_a_batch_is_drawn_the_same_twice(drawn: Drawn, press: PosterPress) -> None:
    again = render_wall(drawn.this, {}, press, BASE, SHARED)
    assert {file.path: file.content for file in again.files} == drawn.files


def test_a_quiet_day_has_a_list_and_nothing_else(villages: Path, press: PosterPress) -> None:
    wall = render_wall(round_on(villages, "2025-11-05"), {}, press, BASE, SHARED)
    assert [file.path for file in wall.files] == ["v/shazhou/wall.pdf"]
    text = text_of(PdfReader(BytesIO(wall.files[0].content)).pages)
    assert "没有要换的" in text
    assert "下一次要取下的：2025年11月8日，2025年9月收支账" in text


# -------------------------------------------------------------------------------------- site


def test_without_sheets_the_page_still_says_what_to_do(villages: Path, tmp_path: Path) -> None:
    (folder,), _ = find_villages(villages, SHARED)
    settings = Settings(
        CONTENT, villages, ROOT / "templates", tmp_path, date(2025, 10, 10), sheets="none"
    )
    output = compile_village(folder, SHARED, settings)
    pages = {
        file.path: file.content.decode() for file in output.files if file.path.endswith("html")
    }
    page = pages["v/shazhou/wall/index.html"]
    assert "wall.pdf" not in page
    assert WHY not in page
    assert "停水通知" in page
    assert "打印清单" not in page
    assert output.summary
    assert (output.summary.card.up, output.summary.card.batch) == (
        sum(len(b.up) for b in boards_of(villages)),
        "",
    )


def boards_of(villages: Path) -> tuple[BoardPlan, ...]:
    return view_on(villages, "2025-10-10").boards


def test_the_command_writes_the_batch(villages: Path, tmp_path: Path) -> None:
    result = publish_here(
        *("wall", "shazhou", "--villages", str(villages), "--content", str(CONTENT)),
        *("--today", "2025-10-10", "--since", "2025-10-09", "--out", str(tmp_path / "a.pdf")),
    )
    assert result.returncode == 0, result.stderr
    assert "挂上 5 份，取下 7 份。" in result.stdout
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    wrong = publish_here("wall", "nowhere", "--villages", str(villages), "--content", str(CONTENT))
    assert wrong.returncode == 2
    assert "shazhou" in wrong.stderr


def test_unknown_papers_and_items_of_boards_are_told(tmp_path: Path) -> None:
    for name, text in FILES.items():
        write(tmp_path / "shazhou", name, text)
    wrong = VILLAGE.replace("paper: A4, items: [notices", "paper: A9, items: [notes")
    write(tmp_path / "shazhou", "village.yaml", wrong)
    found = examine(tmp_path, today=date(2025, 10, 10))
    values = [p.value for p in found.problems if p.code == "setting-unknown"]
    assert values == ["A9", "notes"]
