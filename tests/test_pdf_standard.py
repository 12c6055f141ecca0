"""Sheets as PDF/A-2a: what a program can check of it, in every kind of sheet."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pytest
from PIL import Image, ImageChops, ImageCms

from generator.render.posters.archive import told
from generator.render.posters.colours import srgb_profile
from tests.pdfcheck import findings

NO_CLAIM = "UA-28-004"  # we follow PDF/UA's rules for tags but do not say that we conform
A3_FINANCE = "v/liuxi/ledger/2025-09/poster.pdf"
DRAWN = "v/liuxi/ledger/2025-08/poster.pdf"  # with drawings under its table
LONG = "v/liuxi/subsidies/2025Q3/poster.pdf"
KINDS = (
    A3_FINANCE,
    "v/liuxi/decisions/2025-08-20-ludeng/poster.pdf",
    "v/liuxi/projects/2025Q3/poster.pdf",
    "v/liuxi/organization/current/poster.pdf",
    LONG,
)


def sheets(site: Path) -> list[Path]:
    """Sheets themselves: tiles and collections of sheets are for printing, not for keeping."""
    return sorted(site.rglob("poster.pdf"))


def test_every_sheet_has_the_structure_of_an_archive_file_for_screen_readers(site: Path) -> None:
    found = {str(path.relative_to(site)): findings(path) for path in sheets(site)}
    assert len(found) >= 18  # one of each layout and more
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_every_pdf_passes_the_check_of_qpdf(site: Path) -> None:
    for path in sorted(site.rglob("*.pdf")):
        with pikepdf.open(path) as pdf:
            assert pdf.check_pdf_syntax() == [], path


@pytest.mark.parametrize("name", KINDS)
def test_a_checker_for_screen_readers_finds_nothing(name: str, site: Path) -> None:
    report = pdfua.validate(str(site / name))
    found = [finding for finding in report.findings if finding.rule_id != NO_CLAIM]
    assert found == []


def test_a_finance_sheet_is_small(site: Path) -> None:
    assert (site / A3_FINANCE).stat().st_size <= 68 * 1024


# ------------------------------------------------------------------------- what is read out


def elements(pdf: pikepdf.Pdf, role: str) -> list[Any]:
    return [
        item
        for item in pdf.objects
        if isinstance(item, pikepdf.Dictionary) and "/P" in item and item.get("/S") == f"/{role}"
    ]


def test_a_finance_sheet_is_read_from_title_to_code(site: Path) -> None:
    with pikepdf.open(site / DRAWN) as pdf:
        (document,) = elements(pdf, "Document")
        roles = [str(kid.S) for kid in document.K]
        assert roles[0] == "/H1"
        assert roles[-1] == "/Sect"  # the foot of page 1, once
        assert roles.count("/Sect") == 1
        assert "/Table" in roles
        heads = elements(pdf, "TH")
        assert {str(head.A.Scope) for head in heads} == {"/Column"}
        words = [str(figure.Alt) for figure in elements(pdf, "Figure")]
        assert any(re.search(r"公益支出 [\d,]+\.00 元", said) for said in words)
        assert sum(said.startswith("二维码：https://") for said in words) == 1


def test_what_stands_on_every_page_is_read_once(site: Path) -> None:
    with pikepdf.open(site / LONG) as pdf:
        assert len(pdf.pages) > 1
        for number, page in enumerate(pdf.pages):
            artifacts = [
                operands
                for operands, operator in pikepdf.parse_content_stream(page)
                if str(operator) == "BDC" and str(operands[0]) == "/Artifact"
            ]
            assert artifacts, number
            assert ("/Annots" in page) == (number == 0)


def test_a_table_that_only_places_things_is_read_as_text(site: Path) -> None:
    with pikepdf.open(site / "v/liuxi/organization/current/poster.pdf") as pdf:
        for table in elements(pdf, "Table"):
            assert elements(pdf, "TH"), table


def test_a_drawing_is_told_with_its_numbers() -> None:
    svg = '<svg><title id="a">钱花在哪里</title>\n  <desc id="b">公益支出 9 元</desc></svg>'
    assert told(svg) == '<svg><title id="a">钱花在哪里：公益支出 9 元</title></svg>'
    empty = '<svg><title id="a"></title><desc id="b">已付 9 元</desc></svg>'
    assert told(empty) == '<svg><title id="a">已付 9 元</title></svg>'


def test_bookmarks_lead_to_the_headings(site: Path) -> None:
    with pikepdf.open(site / A3_FINANCE) as pdf, pdf.open_outline() as outline:
        assert re.fullmatch(r"柳溪村\d{4}年\d+月收支账（财务收支）", outline.root[0].title)


# ----------------------------------------------------------------------------- colours


def test_our_colour_profile_is_srgb() -> None:
    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    theirs = ImageCms.createProfile("sRGB")
    colours = Image.new("RGB", (256, 27))
    for x in range(256):
        for y in range(27):
            colours.putpixel((x, y), (x, (x * 7 + y * 9) % 256, (255 - x + y * 5) % 256))
    other = ImageCms.profileToProfile(colours, ours, theirs)
    assert other is not None
    assert max(high for _, high in ImageChops.difference(colours, other).getextrema()) <= 1
    assert len(srgb_profile()) < 512


# ------------------------------------------------------------------- the check checks


def _first(pdf: pikepdf.Pdf, role: str) -> Any:
    return elements(pdf, role)[0]


def _without_first_mark(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    lines = list(pikepdf.parse_content_stream(page))
    start = next(n for n, (_, word) in enumerate(lines) if str(word) == "BDC")
    end = next(n for n in range(start, len(lines)) if str(lines[n][1]) == "EMC")
    del lines[end], lines[start]
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(lines))


BREAKS: dict[str, tuple[Callable[[pikepdf.Pdf], object], str]] = {
    "language": (lambda pdf: pdf.Root.__delattr__("Lang"), "no document language"),
    "marked": (lambda pdf: pdf.Root.__delattr__("MarkInfo"), "not marked as tagged"),
    "tags": (lambda pdf: pdf.Root.__delattr__("StructTreeRoot"), "no tags"),
    "intent": (lambda pdf: pdf.Root.__delattr__("OutputIntents"), "no output intent"),
    "metadata": (lambda pdf: pdf.Root.__delattr__("Metadata"), "no metadata"),
    "bookmarks": (lambda pdf: pdf.Root.__delattr__("Outlines"), "no bookmarks"),
    "scope": (lambda pdf: _first(pdf, "TH").__delattr__("A"), "does not say what it heads"),
    "words": (lambda pdf: _first(pdf, "Figure").__delattr__("Alt"), "a figure without words"),
    "role": (lambda pdf: _first(pdf, "TD").__setattr__("S", pikepdf.Name.P), "/P in TR"),
    "script": (
        lambda pdf: pdf.Root.__setattr__(
            "OpenAction", pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1"))
        ),
        "/OpenAction",
    ),
    "mark": (_without_first_mark, "neither read nor an artifact"),
    "title": (lambda pdf: pdf.docinfo.__delitem__("/Title"), "/Title"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_check_sees_what_is_missing(name: str, site: Path, tmp_path: Path) -> None:
    spoil, words = BREAKS[name]
    with pikepdf.open(site / A3_FINANCE) as pdf:
        spoil(pdf)
        pdf.save(tmp_path / "spoilt.pdf")
    assert any(words in finding for finding in findings(tmp_path / "spoilt.pdf"))
