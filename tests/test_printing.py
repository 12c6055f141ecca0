"""The commands `poster` and `tile`, as a clerk calls them."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest

from generator.model.papers import POINTS_PER_MM
from tests.commands import publish_here
from tests.township import TOWNSHIP

POSTER = ("poster", "dongli", "ledger", "2025-09", "--today", "2025-10-10")
HERE = ("--villages", str(TOWNSHIP))


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    boxes = [page.mediabox for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    return [(round(b.width / POINTS_PER_MM), round(b.height / POINTS_PER_MM)) for b in boxes]


NAMED = ("poster", "东里村", "财务收支", "2025年9月", "--today", "2025-10-10")


@pytest.mark.parametrize(
    ("sheet", "options", "size"),
    [
        (NAMED, (), (297, 420)),
        (POSTER, ("--paper", "A1"), (594, 841)),
        (POSTER, ("--landscape",), (420, 297)),
    ],
    ids=["usual", "A1", "landscape"],
)
def test_a_sheet_is_drawn_on_the_paper_asked_for(
    tmp_path: Path, sheet: tuple[str, ...], options: tuple[str, ...], size: tuple[int, int]
) -> None:
    out = tmp_path / "sheet.pdf"
    result = publish_here(*sheet, *HERE, *options, "--out", str(out))
    assert result.returncode == 0, result.stderr
    assert str(out) in result.stdout
    pdf = out.read_bytes()
    assert set(sizes(pdf)) == {size}
    assert "财务收支" in pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("powers",), "办事清单"),
        (("powers", "annual-budget"), "年度财务预算"),
        (("lists", "negative"), "负面清单"),
    ],
    ids=["all powers", "a power", "a list"],
)
def test_sheets_of_more_than_records_are_drawn(
    tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    out = tmp_path / "sheet.pdf"
    result = publish_here("poster", "dongli", *words, *HERE, "--out", str(out))
    assert result.returncode == 0, result.stderr
    assert told in pypdf.PdfReader(out).pages[0].extract_text()


def test_a_drawn_sheet_is_cut_into_tiles(tmp_path: Path) -> None:
    sheet, tiles = tmp_path / "大张.pdf", tmp_path / "大张-A4.pdf"
    assert publish_here(*POSTER, *HERE, "--paper", "A2", "--out", str(sheet)).returncode == 0
    result = publish_here("tile", str(sheet))
    assert result.returncode == 0, result.stderr
    assert "实际大小" in result.stdout
    pdf = tiles.read_bytes()
    assert {frozenset(size) for size in sizes(pdf)} == {frozenset((210, 297))}
    assert "怎样拼成一张" in pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("poster", "nowhere", "ledger", "2025-09"),
            "没有这个村：nowhere。有的村：东里村（dongli）、",
        ),
        (("poster", "dongli", "债权债务", "2025-09"), "dongli 的谁欠谁还没有公开过"),
        (("poster", "dongli", "天气", "2025-09"), "没有“天气”这个事项。有的事项："),
        (
            ("poster", "dongli", "ledger", "1999-01"),
            "没有 ledger/1999-01 这份公示单。ledger 有：ledger/2025",
        ),
        ((*POSTER, "--paper", "A9"), "没有这种纸：A9"),
        (("tile", "no-such.pdf"), "打不开文件 no-such.pdf"),
        (("tile", "README.md"), "README.md 不是完好的 PDF"),
    ],
    ids=["village", "item", "no item", "period", "paper", "file", "not a pdf"],
)
def test_what_cannot_be_drawn_is_said(words: tuple[str, ...], told: str) -> None:
    where = HERE if words[0] == "poster" else ()
    result = publish_here(*words, *where)
    assert result.returncode == 2
    assert told in result.stderr


def test_no_room_is_said(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.pdf"
    assert publish_here(*POSTER, *HERE, "--out", str(sheet)).returncode == 0
    result = publish_here("tile", str(sheet), "--margin", "100")
    assert result.returncode == 2
    assert "--margin" in result.stderr
