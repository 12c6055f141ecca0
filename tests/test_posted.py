"""What a village writes down of its boards: read, proved by photographs, and counted apart."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
import segno
from PIL import Image, ImageFilter

from generator.compiler import compile_village
from generator.intake import photos
from generator.intake.cleaned import Refused
from generator.intake.folders import find_villages
from generator.intake.naming import period_alone
from generator.intake.photos import Sheet, Shot, read_photo
from generator.model.village import VillageData
from generator.publishing.publish import publish_all
from generator.settings import TEMPLATES, Settings
from generator.status import AHEAD, status_of
from generator.status.forms import as_text
from generator.views.contents import village_contents
from generator.views.walls.plans import WallView, wall_view
from generator.views.walls.postings import PostedView
from generator.views.walls.rounds import village_round
from tests.test_wall import CONTRACTS, FILES
from tests.township import CONTENT, examine, real_content, workbook, write

SHARED = real_content()[0]
HEAD = "公开栏,事项,期次,核验码,挂上日期,照片,取下日期"
TODAY = date(2025, 10, 20)
LEDGER, CONTRACT = "ledger/2025-09", "contracts/2025"


@pytest.fixture
def village(tmp_path: Path) -> Path:
    folder = tmp_path / "villages" / "shazhou"
    for name, text in FILES.items():
        write(folder, name, text)
    return folder


def data_of(village: Path, today: date = TODAY) -> VillageData:
    return examine(village.parent, today=today).villages["shazhou"]


def codes_of(village: Path) -> dict[str, str]:
    """The codes on the village's sheets."""
    shown = publish_all(data_of(village), SHARED, TODAY)
    return {name: publication.code for name, publication in shown.items()}


def posted(village: Path, *rows: str, today: date = TODAY) -> PostedView | None:
    """What is known to hang once these rows are written down."""
    write(village, "posted.csv", "\n".join((HEAD, *rows, "")))
    return village_contents(data_of(village, today), SHARED, today).posted


def flaws(found: PostedView | None) -> list[tuple[str, str, str]]:
    assert found is not None
    return [(fact.flaw, fact.board, fact.words) for fact in found.facts]


def wall_of(village: Path, today: date = TODAY) -> WallView:
    contents = village_contents(data_of(village, today), SHARED, today)
    return wall_view(village_round(contents, (), SHARED, None), {})


def address(name: str, code: str, village: str = "shazhou") -> str:
    return f"https://qingshi.example/gongkai/v/{village}/{name}/?c={code}"


@cache
def photograph(*addresses: str) -> bytes:
    """A photograph of a board with these codes, as phones make it: large, turned, a little blurred,
    with the place where it was taken."""
    board = Image.new("RGB", (2000, 1200), (120, 90, 60))
    for number, text in enumerate(addresses):
        buffer = io.BytesIO()
        segno.make_qr(text, error="q").save(buffer, kind="png", scale=3)
        sheet = Image.new("RGB", (420, 600), "white")
        sheet.paste(Image.open(buffer), (40, 420))
        board.paste(sheet, (90 + 600 * number, 300))
    seen = board.rotate(3, resample=Image.Resampling.BILINEAR).filter(ImageFilter.GaussianBlur(1))
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "SHAZHOU-PHONE", 6
    buffer = io.BytesIO()
    seen.rotate(90, expand=True).save(buffer, "JPEG", quality=80, exif=exif)
    return buffer.getvalue()


# ------------------------------------------------------------------------------- photographs


def test_a_photograph_of_a_board_tells_its_sheets_and_becomes_small() -> None:
    raw = photograph(address(LEDGER, "NKHFQKPQ"), "https://example.com/", address("x/y", "3"))
    shot = read_photo(raw)
    assert isinstance(shot, Shot)
    assert shot.sheets == (Sheet("shazhou", LEDGER, "NKHFQKPQ"),)
    photo = shot.photo
    assert (photo.width, photo.height) == (480, 288)
    assert len(photo.content) < 30_000
    assert b"SHAZHOU" not in photo.content
    with Image.open(io.BytesIO(photo.content)) as picture:
        assert not picture.getexif()
    assert read_photo(raw) == shot


def test_what_is_no_picture_is_refused_and_one_without_codes_shows_no_sheet() -> None:
    assert isinstance(read_photo(b"\xff\xd8\xff broken"), Refused)
    shot = read_photo(photograph())
    assert isinstance(shot, Shot)
    assert shot.sheets == ()


def test_without_the_library_photographs_are_not_looked_at_and_it_is_said(
    village: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> object:
        if name == "zxingcpp":
            raise ImportError(name)
        return import_module(name)

    code = codes_of(village)[LEDGER]
    write(village, "posted/a.jpg", photograph(address(LEDGER, code)))
    monkeypatch.setattr(photos, "import_module", missing)
    view = posted(village, f"村部门口,ledger,2025-09,{code},2025-10-08,a.jpg,")
    assert view is not None
    assert (view.counts.hung, view.counts.proved, view.pictures) == (1, 0, {})
    found = examine(village.parent, today=TODAY)
    assert "posted-unchecked" in found.codes()
    assert "zxing-cpp" in next(p.hint for p in found.problems if p.code == "posted-unchecked")


# ---------------------------------------------------------------------------------- the list


def test_where_nothing_is_written_down_nothing_is_said(village: Path) -> None:
    assert village_contents(data_of(village), SHARED, TODAY).posted is None
    assert wall_of(village).posted == ""
    assert wall_of(village).flaws == ()


def test_a_photograph_proves_a_sheet_and_gives_its_code(village: Path) -> None:
    codes = codes_of(village)
    shown = (CONTRACT, LEDGER, "notices/2025-10-09-tingdian")
    write(village, "posted/lan.jpg", photograph(*(address(n, codes[n]) for n in shown)))
    view = posted(
        village,
        "村部门口,财务收支,2025年9月,,2025-10-08,lan.jpg,",
        f"gate,合同,2025,{codes[CONTRACT][:4]} {codes[CONTRACT][4:].lower()},2025-10-09,,",
        "小卖部,通知公告,停电通知,,2025-10-09,lan.jpg,",
    )
    assert view is not None
    assert {(board, url): bool(mark.picture) for (board, url), mark in view.marks.items()} == {
        ("gate", "v/shazhou/ledger/2025-09/"): True,
        ("gate", "v/shazhou/contracts/2025/"): False,
        ("shop", "v/shazhou/notices/2025-10-09-tingdian/"): True,
    }
    assert len(view.pictures) == 1  # one photograph shows both
    assert (view.counts.hung, view.counts.proved) == (3, 2)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2025Q3", "2025Q3"),
        ("2025年三季度", "2025Q3"),
        ("2025年第三季度", "2025Q3"),
        ("2025年 第3季度", "2025Q3"),
        ("2025年7月至9月", "2025Q3"),
        ("2025年上半年", "2025H1"),
        ("二〇二五年九月份", "2025-09"),
        ("2025年度", "2025"),
        ("2025年9月合作社", None),
        ("2025年9月（更正）", None),
        ("关于2025年三季度低保的公示", None),
        ("九月", None),
        ("", None),
    ],
)
def test_a_period_is_read_as_people_write_it_where_nothing_else_is_said(
    written: str, meant: str | None
) -> None:
    found = period_alone(written)
    assert (found.text if found else None) == meant


def test_a_sheet_is_found_by_its_period_as_people_write_it(village: Path) -> None:
    code = codes_of(village)[LEDGER]
    view = posted(village, f"村部门口,财务收支,二〇二五年九月份,{code},2025-10-08,,")
    assert view is not None
    assert {url for _, url in view.marks} == {"v/shazhou/ledger/2025-09/"}
    assert posted(village, f"村部门口,财务收支,2025年9月合作社,{code},2025-10-08,,") is None


@pytest.mark.parametrize("name", ["posted.xlsx", "posted.csv"])
def test_a_workbook_and_an_old_encoding_are_read_as_any_table(village: Path, name: str) -> None:
    code = codes_of(village)[LEDGER]
    rows = (HEAD.replace("公开栏", "张贴地点"), f"村部门口,ledger,2025-09,{code},2025/10/8,,")
    if name.endswith("csv"):
        write(village, name, "\n".join(rows).encode("gb18030"))
    else:
        write(village, name, workbook([row.split(",") for row in rows]))
    data = data_of(village)
    assert data.posted is not None
    assert [(p.board, p.record, p.up) for p in data.posted.postings] == [
        ("gate", LEDGER, date(2025, 10, 8))
    ]


def test_one_wrong_row_costs_the_list_and_nothing_else(village: Path) -> None:
    code = codes_of(village)[LEDGER]
    good = f"村部门口,ledger,2025-09,{code},2025-10-08,,"
    assert posted(village, good, "东墙,ledger,2025-09,,2025-10-08,,") is None
    assert "setting-unknown" in examine(village.parent, today=TODAY).codes()
    assert LEDGER in {record.name for record in data_of(village).records}
    assert posted(village, good) is not None


def test_a_column_for_who_hung_it_is_refused(village: Path) -> None:
    write(village, "posted.csv", f"{HEAD},经手人\n村部门口,ledger,2025-09,,2025-10-08,,,贺四喜\n")
    found = examine(village.parent, today=TODAY)
    assert found.villages["shazhou"].posted is None
    assert "heading-unknown" in found.codes()


def test_photographs_that_no_row_names_are_reported(village: Path) -> None:
    write(village, "posted/renlian.jpg", photograph())
    (told,) = [p for p in examine(village.parent, today=TODAY).problems if "posted/" in str(p)]
    assert told.code == "file-unknown"


@pytest.mark.parametrize(
    "row",
    ["村部门口,ledger,2025-09,,10月8号,qiang.jpg,", "东墙,ledger,2025-09,,2025-10-08,qiang.jpg,"],
)
def test_a_photograph_of_a_refused_row_is_not_called_unknown(village: Path, row: str) -> None:
    write(village, "posted/qiang.jpg", photograph())
    assert posted(village, row) is None
    found = [p.code for p in examine(village.parent, today=TODAY).problems]
    assert found
    assert "file-unknown" not in found


# ------------------------------------------------------------------------------------- flaws


def test_too_few_days_and_a_gap_are_told_with_the_days_of_the_law(village: Path) -> None:
    code, today = codes_of(village)[LEDGER], date(2026, 1, 20)
    ledger = FILES["ledger/2025-09.csv"].replace("2025-10-08", "2026-01-02")
    write(village, "ledger/2025-09.csv", ledger)
    row = f"村部门口,ledger,2025-09,{code},2026-01-02,,"
    assert not [f for f in flaws(posted(village, f"{row}2026-01-17", today=today)) if "gate" in f]
    enough = flaws(posted(village, f"{row}2026-01-17", today=today))
    assert "short" not in {flaw for flaw, *_ in enough}
    found = flaws(posted(village, f"{row}2026-01-12", today=today))
    assert (
        "short",
        "村部门口",
        "1月2日挂上，1月12日取下，挂了 11 天，按规定至少 15 天",
    ) in found
    again = row.replace("2026-01-02", "2026-01-09")
    found = flaws(posted(village, f"{row}2026-01-05", f"{again}2026-01-18", today=today))
    assert {flaw for flaw, board, _ in found if board == "村部门口"} >= {"gap", "short"}
    assert ("gap", "村部门口", "1月5日取下，1月9日才又挂上，中间 3 天没有挂") in found


def test_an_old_version_hangs_until_the_new_one_is_put_up(village: Path) -> None:
    now = codes_of(village)[CONTRACT]
    first = CONTRACTS.rpartition("更正")[0]
    write(village, "contracts/2025.csv", first)
    old = codes_of(village)[CONTRACT]
    write(village, "contracts/2025.csv", CONTRACTS)
    assert old != now
    up = f"村部门口,contracts,2025,{old},2025-03-28,,"
    found = posted(village, up)
    words = f"墙上挂的是旧的一版，现行的核验码是 {now[:4]} {now[4:]}"
    assert ("old", "村部门口", words) in flaws(found)
    assert found is not None
    assert ("gate", "v/shazhou/contracts/2025/") not in found.marks
    found = posted(village, up, f"村部门口,contracts,2025,{now},2025-10-10,,")
    assert "old" not in {flaw for flaw, *_ in flaws(found)}
    assert found is not None
    assert found.marks["gate", "v/shazhou/contracts/2025/"].up == date(2025, 10, 10)


def test_what_is_over_or_withdrawn_and_hangs_is_told(village: Path) -> None:
    codes = codes_of(village)
    found = posted(
        village,
        f"村部门口,ledger,2025-08,{codes['ledger/2025-08']},2025-09-08,,",
        f"小卖部,通知公告,2025-09-20-tingshui,{codes[LEDGER]},2025-09-20,,",
    )
    told = flaws(found)
    assert ("over", "村部门口", "公示到10月8日，登记上还没有取下") in told
    assert ("old", "小卖部", "10月9日已经撤回，墙上还挂着") in told


def test_what_should_hang_and_is_not_written_down_is_told_from_the_first_entry_on(
    village: Path,
) -> None:
    code = codes_of(village)[LEDGER]
    found = posted(village, f"祠堂,ledger,2025-09,{code},2025-10-08,,")
    told = {board for flaw, board, words in flaws(found) if flaw == "unlisted"}
    assert told == {"村部门口", "小卖部"}  # the ledger and a notice of 9 October
    assert not [f for f in flaws(found) if "9月26日" in f[2]]  # from before the list
    early = posted(village, f"祠堂,ledger,2025-09,{code},2025-10-08,,", today=date(2025, 10, 11))
    assert flaws(early) == []  # the next round is not over
    later = posted(village, f"祠堂,ledger,2025-09,{code},2025-10-08,,", today=date(2027, 1, 1))
    assert later is not None
    assert later.counts.due == 0
    assert "还没有登记" in later.summary


# --------------------------------------------------------------------------- pages and status


def files_of(village: Path) -> dict[str, bytes]:
    """The village's part of a site, without sheets."""
    settings = Settings(CONTENT, village.parent, TEMPLATES, village, TODAY, sheets="none")
    (folder,), _ = find_villages(village.parent, SHARED)
    output = compile_village(folder, SHARED, replace(settings, is_dry=True))
    return {file.path: file.content for file in output.files}


def test_pages_show_it_apart_from_what_is_published(village: Path) -> None:
    before, code = files_of(village), codes_of(village)[LEDGER]
    write(village, "posted/lan.jpg", photograph(address(LEDGER, code)))
    posted(
        village,
        "村部门口,ledger,2025-09,,2025-10-08,lan.jpg,",
        f"祠堂,ledger,2025-09,{code},2025-10-08,,2025-10-12",
    )
    after = files_of(village)
    changed = {path for path, content in after.items() if before.get(path) != content}
    (picture,) = (path for path in changed if path.endswith(".jpg"))
    assert changed == {"v/shazhou/wall/index.html", "v/shazhou/calendar/index.html", picture}
    wall = after["v/shazhou/wall/index.html"].decode()
    assert "已贴 10月8日，有照片" in wall
    assert f'src="{picture.rsplit("/", 1)[1]}"' in wall
    assert 'loading="lazy"' in wall
    assert "上墙的另算：近12个月应上墙" in after["v/shazhou/calendar/index.html"].decode()


def test_status_tells_what_is_to_be_looked_at_on_the_boards(village: Path) -> None:
    code = codes_of(village)[LEDGER]
    posted(village, f"祠堂,ledger,2025-09,{code},2025-10-08,,")
    settings = Settings(CONTENT, village.parent, TEMPLATES, village, TODAY, sheets="none")
    status = status_of(settings, 7, lambda _: None)
    notes = [task.note for task in status.villages[0].of("hung")]
    assert set(notes) == {"10月8日公开，没有登记挂上", "10月9日公开，没有登记挂上"}
    assert "公开栏上要看一看的" in as_text(status)
    assert not any(task.days > AHEAD for task in status.villages[0].of("hung"))
