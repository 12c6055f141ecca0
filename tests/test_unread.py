"""What of an attachment cannot be read, or is in the file and not shown: a page counts as read
only where nothing stands on it that nobody searched, and leftovers do not leave the office."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from weasyprint import HTML

from generator.intake.attachments import clean
from generator.intake.cleaned import Cleaned, Refused
from generator.intake.pdfpages import is_garbled
from tests.attached import RELATIONS, W, docx, pdf, photo
from tests.township import ROOT, VILLAGE, examine, laid, notice, saved_workbook

FONT = ROOT / "templates" / "fonts" / "MingbaiSans-Regular.ttf"
WORDS = (
    "双槐样村关于机耕路维修的公告，经费从村集体经济收入中列支，共一万二千元，由村务监督委员会验收。"
)
LINE = f"<p>{WORDS}</p>"
ADDRESS = f"data:image/png;base64,{base64.b64encode(photo('PNG')).decode()}"
PICTURE = f'<img src="{ADDRESS}"'
TILED = f'<div style="height:90mm;background:url({ADDRESS}) 0 0/9mm repeat"></div>'


def printed(body: str) -> bytes:
    """A PDF as a program prints it, with the packaged font."""
    face = f"@font-face{{font-family:x;src:url({FONT.as_uri()})}}"
    head = f"<style>{face}@page{{size:A4}}body{{font:11pt x}}</style>"
    return bytes(HTML(string=f"<html lang=zh>{head}{LINE}{body}</html>").write_pdf() or b"")


def sealed() -> bytes:
    """A page with the last lines of a notice and the seal."""
    return printed(
        f'<div style="break-before:page">样村村民委员会{PICTURE} style="width:42mm"></div>'
    )


def blind(raw: bytes, ending: str = ".pdf") -> list[tuple[int, str]]:
    result = clean(ending, raw)
    assert isinstance(result, Cleaned), result
    return [(page.number, page.why) for page in result.blind]


CELLS = "<table>" + "<tr>" + "<td style='border:1px solid'>六百</td>" * 8 + "</tr>"
DRAWN = "".join(
    f'<path d="M{x} {y}' + "c1 2 3 4 5 6" * 20 + 'z"/>'
    for x in range(0, 500, 20)
    for y in range(0, 60, 20)
)
SEAL = "".join(f'<path d="M{x} 9' + "c1 2 3 4 5 6" * 20 + 'z"/>' for x in range(0, 120, 8))


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        ("", []),
        (f'{PICTURE} style="width:42mm">', []),  # a seal
        (f'{PICTURE} style="width:30mm"> ' * 3, []),  # signatures, a QR code
        (f'{PICTURE} style="width:120mm">', [(1, "picture")]),
        (f'{PICTURE} style="width:170mm;height:8mm">', [(1, "picture")]),  # a line of a table
        (f'<div style="break-before:page">{LINE}{PICTURE} style="width:99mm"></div>', [(2, "picture")]),
        (CELLS * 40, []),
        (f"<svg width=400 height=60 viewBox='0 0 130 30'>{SEAL}</svg>", [(1, "outline")]),
        (f"<svg width=160 height=60 viewBox='0 0 130 30'>{SEAL}</svg>", []),
        (f"<svg width=600 height=90 viewBox='0 0 520 70'>{DRAWN}</svg>", [(1, "outline")]),
        (TILED, [(1, "picture")]),
    ],
    ids=["words", "seal", "three small", "large", "strip", "page two", "cells", "outlines in a line",
         "drawn seal", "outlines", "pattern"],
)  # fmt: skip
def test_a_page_is_read_when_nothing_on_it_is_larger_than_a_stamp(
    body: str, pages: list[tuple[int, str]]
) -> None:
    assert blind(printed(body)) == pages


def test_a_page_with_few_words_and_a_seal_is_no_scan() -> None:
    assert blind(sealed()) == []


def test_a_picture_within_forms_is_measured_on_the_page() -> None:
    def change(document: pikepdf.Pdf) -> None:
        page = document.pages[0]
        form = document.make_stream(b"q 4 0 0 3 0 0 cm /Im1 Do Q")
        form.update(
            pikepdf.Dictionary(
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Form,
                BBox=[0, 0, 9, 9],
                Resources=pikepdf.Dictionary(XObject=page.Resources.XObject),
            )
        )
        page.Resources.XObject["/Fm1"] = form
        words = page.Contents.read_bytes()
        page.Contents = document.make_stream(words + b" q 60 0 0 60 0 0 cm /Fm1 Do Q")

    assert blind(pdf(change)) == [(1, "picture")]


def test_words_beside_the_pages_are_read_with_broad_blanks() -> None:
    def change(document: pikepdf.Pdf) -> None:
        with document.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("林　和\u200b的书签", 0))

    result = clean(".pdf", pdf(change))
    assert isinstance(result, Cleaned)
    assert "林　和" in result.text


def test_a_page_with_its_own_unit_of_length_is_measured_in_it() -> None:
    def change(document: pikepdf.Pdf) -> None:
        document.pages[0].obj["/UserUnit"] = 9

    assert blind(pdf(change)) == [(1, "picture")]


def mapped(to: Callable[[int], int]) -> bytes:
    """A printed page whose table of letters was damaged: each leads to another."""

    def damaged(match: re.Match[bytes]) -> bytes:
        return b"<" + match[1] + b"> <%04x>" % to(int(match[2], 16))

    raw = printed("")
    with pikepdf.open(io.BytesIO(raw)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
                table = thing.ToUnicode.read_bytes()
                thing.ToUnicode.write(
                    re.sub(rb"<([0-9a-f]+)> <([0-9a-f]{4})>", damaged, table, flags=re.IGNORECASE)
                )
        buffer = io.BytesIO()
        document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("to", "pages"),
    [
        (lambda code: code, []),
        (lambda code: 0xE000 + code % 0x1000, [(1, "garbled")]),  # private use
        (lambda code: 0xAC00 + code % 0x2000, [(1, "garbled")]),  # Hangul
        (lambda code: 0x620 + code % 0x40, [(1, "garbled")]),  # Arabic
        (lambda code: 0x21 + code % 0x50, [(1, "garbled")]),  # Latin letters for Han
        (lambda code: 0x01 + code % 8 if code % 3 else code, [(1, "garbled")]),  # control signs
        (lambda code: 0x3500 + code * 7 % 0x5000, [(1, "garbled")]),  # some other Han
    ],
    ids=["sound", "private", "hangul", "arabic", "latin", "control", "other han"],
)
def test_words_that_cannot_be_those_of_the_page(
    to: Callable[[int], int], pages: list[tuple[int, str]]
) -> None:
    assert blind(mapped(to)) == pages


@pytest.mark.parametrize(
    "text",
    [
        "\uf06c 一、维修机耕路\n\uf06c 二、清淤",  # bullets of a symbol font
        "合 计 12,000.00 元（大写：壹万贰仟元整）№ 5 ± 3㎡ Φ50 “水”—①",
        "张㛃、王喆、李𠮷、欧阳玥",
    ],
)
def test_what_offices_write_is_no_damage(text: str) -> None:
    assert not is_garbled(text)


@pytest.mark.parametrize("text", ["\ue001\ue002 元", "12 34 56", "!#$ %&", "村\x01\x03部"])
def test_what_nobody_writes_is_damage(text: str) -> None:
    assert is_garbled(text)


# ------------------------------------------------------------------------------- the reviewer


def test_what_cannot_be_read_is_published_when_somebody_has_looked(tmp_path: Path) -> None:
    files: dict[str, str] = {
        "notices/2025-09-28-a.md": notice("见附件。").replace(
            "summary:", "attachments: [hetong.pdf]\nsummary:"
        )
    }
    scan = pdf(text=False)

    def told(folder: Path, village: str, raw: bytes) -> tuple[list[tuple[str, str]], bool]:
        path = folder / "villages" / "qingshi" / "dongli" / "notices"
        found = laid(folder, files, village)
        (path / "hetong.pdf").write_bytes(raw)
        found = examine(folder / "villages")
        is_out = "notices/2025-09-28-a" in found.names("dongli")
        return [(p.code, p.hint) for p in found.problems], is_out

    ((code, hint),) = told(tmp_path / "a", VILLAGE, scan)[0]
    assert code == "attachment-scan"
    mark = re.search(r'text: "(hetong\.pdf [0-9a-f]{8})"', hint)
    assert mark is not None
    entry = f'{{text: "{mark[1]}", reason: 盖章件, by: 监委会主任, date: 2025-09-20}}'
    reviewed = f"{VILLAGE}\nexceptions:\n  - {entry}\n"
    assert told(tmp_path / "b", reviewed, scan)[1]
    # another file under the same name has not been looked at
    codes, is_out = told(tmp_path / "c", reviewed, pdf(lambda p: p.add_blank_page(), text=False))
    assert [code for code, _ in codes] == ["attachment-scan", "privacy-unused"]
    assert not is_out


# ------------------------------------------------------------------------------ office files


LEFT = "LEFTOVER"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def rewritten(raw: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """An office file with its parts changed by hand."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def book(change: Callable[[Workbook], object] = lambda book: None) -> bytes:
    made = Workbook()
    assert made.active is not None
    for line in (["户主", "金额"], ["甲某", 1200], ["乙某", 300]):
        made.active.append(line)
    change(made)
    return saved_workbook(made)


def with_strings(parts: dict[str, bytes]) -> None:
    """As Excel leaves a name that was deleted from its cell, and the reading of another."""
    strings: list[str] = []

    def shared(match: re.Match[str]) -> str:
        strings.append(match[2])
        return f'<c{match[1]}t="s"><v>{len(strings)}</v></c>'

    sheet, types = parts["xl/worksheets/sheet1.xml"].decode(), parts["[Content_Types].xml"].decode()
    cell = r'<c([^>]*)t="inlineStr"[^>]*><is><t>([^<]*)</t></is></c>'
    parts["xl/worksheets/sheet1.xml"] = re.sub(cell, shared, sheet).encode()
    guide = f'<rPh sb="0" eb="1"><t>{LEFT}</t></rPh>'
    left = f"<si><r><t>{LEFT}</t></r></si>"
    used = "".join(f"<si><t>{text}</t>{guide}</si>" for text in strings)
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{left}{used}{left}</sst>'.encode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    parts["[Content_Types].xml"] = types.replace("</Types>", override).encode()
    relation = (
        f'<Relationship Id="rIdX" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    )
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", f"{relation}</Relationships>".encode())


def with_orphan(parts: dict[str, bytes]) -> None:
    parts["xl/worksheets/sheet9.xml"] = parts["xl/worksheets/sheet1.xml"].replace(
        b"<sheetData>", f"<sheetData><row r='9'><c r='A9' t='str'><v>{LEFT}</v></c></row>".encode()
    )


def named(name: str, value: str) -> Callable[[Workbook], None]:
    def change(made: Workbook) -> None:
        made.defined_names[name] = DefinedName(name, attr_text=value)

    return change


def merged(made: Workbook) -> None:
    sheet = made.active
    assert sheet is not None
    sheet["D1"] = "标题"
    sheet.merge_cells("D1:E2")


def under_merge(parts: dict[str, bytes]) -> None:
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    parts["xl/worksheets/sheet1.xml"] = re.sub(
        r"</row>", f'<c r="E1" t="str"><v>{LEFT}</v></c></row>', sheet, count=1
    ).encode()


LEFTOVERS = {
    "strings that no cell uses": rewritten(book(), with_strings),
    "a sheet that the book has not": rewritten(book(), with_orphan),
    "a name that nothing uses": book(named("cun", f'"{LEFT}"')),
    "cells under a merge": rewritten(book(merged), under_merge),
}


@pytest.mark.parametrize("name", LEFTOVERS)
def test_what_no_cell_shows_is_taken_out_of_a_workbook(name: str) -> None:
    raw = LEFTOVERS[name]
    assert LEFT.encode() in unpacked(raw)
    result = clean(".xlsx", raw)
    assert isinstance(result, Cleaned)
    assert LEFT.encode() not in unpacked(result.content)
    assert LEFT not in result.text
    sheet = load_workbook(io.BytesIO(result.content)).active
    assert sheet is not None
    assert [[c.value for c in row][:2] for row in sheet.iter_rows()] == [
        ["户主", "金额"], ["甲某", 1200], ["乙某", 300]
    ]  # fmt: skip


def unpacked(raw: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def test_names_that_a_workbook_needs_stay() -> None:
    def change(made: Workbook) -> None:
        sheet = made.active
        assert sheet is not None
        named("biaozhun", "Sheet!$B$2")(made)
        sheet["C1"] = "=biaozhun*2"
        sheet.print_area = "A1:C3"

    result = clean(".xlsx", book(change))
    assert isinstance(result, Cleaned)
    made = load_workbook(io.BytesIO(result.content))
    assert list(made.defined_names) == ["biaozhun"]
    assert made.active is not None
    assert made.active.print_area


def test_words_of_a_number_format_are_read() -> None:
    def change(made: Workbook) -> None:
        assert made.active is not None
        made.active["B2"].number_format = '"样满的"0.00"元"'

    result = clean(".xlsx", book(change))
    assert isinstance(result, Cleaned)
    assert "样满的" in result.text


def thin(made: Workbook) -> None:
    assert made.active is not None
    made.active["C2"] = LEFT
    made.active.column_dimensions["C"].width = 0.1


def flat(made: Workbook) -> None:
    assert made.active is not None
    made.active.row_dimensions[2].height = 0.2


@pytest.mark.parametrize("change", [thin, flat])
def test_rows_and_columns_too_thin_to_be_seen_are_hidden(
    change: Callable[[Workbook], None],
) -> None:
    result = clean(".xlsx", book(change))
    assert isinstance(result, Refused)
    assert result.kind == "hidden"


def blank(made: Workbook) -> None:
    assert made.active is not None
    made.active["C2"] = LEFT
    made.active["C2"].number_format = ";;;"


def white(made: Workbook) -> None:
    assert made.active is not None
    made.active["C2"] = LEFT
    made.active["C2"].font = Font(color="FFFFFFFF")


def white_on_red(made: Workbook) -> None:
    white(made)
    assert made.active is not None
    made.active["C2"].fill = PatternFill("solid", fgColor="FFAA0000")


@pytest.mark.parametrize("change", [blank, white])
def test_what_a_cell_hides_is_refused_with_its_place(change: Callable[[Workbook], None]) -> None:
    result = clean(".xlsx", book(change))
    assert isinstance(result, Refused)
    assert result.kind == "hidden"
    assert "C2" in result.what


def test_white_on_a_colour_is_seen() -> None:
    assert isinstance(clean(".xlsx", book(white_on_red)), Cleaned)


STYLES = f'<w:styles {W}><w:style w:styleId="a1"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'


def test_text_that_a_style_hides_is_refused() -> None:
    hidden = '<w:p><w:r><w:rPr><w:rStyle w:val="a1"/></w:rPr><w:t>甲</w:t></w:r></w:p>'
    result = clean(".docx", rewritten(docx(hidden), styled))
    assert isinstance(result, Refused)
    assert result.kind == "hidden"
    assert isinstance(clean(".docx", rewritten(docx(), styled)), Cleaned)


def test_words_that_a_revision_deleted_are_refused() -> None:
    deleted = "<w:p><w:del><w:r><w:delText>甲</w:delText></w:r></w:del></w:p>"  # without an author
    result = clean(".docx", docx(deleted))
    assert isinstance(result, Refused)
    assert result.kind == "hidden"


def styled(parts: dict[str, bytes]) -> None:
    parts["word/styles.xml"] = STYLES.encode()
    lead(parts, "styles", "styles.xml")


def lead(parts: dict[str, bytes], kind: str, target: str) -> None:
    """Make the document lead to a part."""
    relation = f'<Relationship Id="rIdX" Type="{RELATIONS}/{kind}" Target="{target}"/>'
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", f"{relation}</Relationships>".encode())


def test_notes_and_parts_to_which_nothing_leads_are_taken_out_of_a_text() -> None:
    def change(parts: dict[str, bytes]) -> None:
        notes = "".join(
            f'<w:footnote w:id="{n}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
            for n, text in ((2, "注解"), (3, LEFT))
        )
        parts["word/footnotes.xml"] = f"<w:footnotes {W}>{notes}</w:footnotes>".encode()
        parts["word/header7.xml"] = f"<w:hdr {W}><w:t>{LEFT}</w:t></w:hdr>".encode()
        lead(parts, "footnotes", "footnotes.xml")

    noted = '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    raw = rewritten(docx(noted), change)
    result = clean(".docx", raw)
    assert isinstance(result, Cleaned)
    assert LEFT.encode() not in unpacked(result.content)
    assert "注解" in result.text


@pytest.mark.parametrize(("mm", "pages"), [(42, []), (150, [(0, "picture")])])
def test_a_large_picture_in_a_text_is_not_read(mm: int, pages: list[tuple[int, str]]) -> None:
    body = f"<w:p><w:r><w:t>{WORDS * 2}</w:t></w:r></w:p>"
    drawing = (
        '<w:p><w:r><w:drawing xmlns:wp="x" xmlns:a="y"><wp:inline>'
        f'<wp:extent cx="{mm * 36000}" cy="900000"/><a:graphic><a:blip/></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )
    assert blind(docx(body + drawing), ".docx") == pages


OFFICES = ROOT / "tests" / "fixtures" / "offices"
BOOKS = (
    "ledger_2025-09_libreoffice", "ledger_2025-09_titles", "subsidies_2025Q3_formulas",
    "subsidies_2025Q3_merged", "subsidies_2025Q3_with-instructions", "subsidies_2025Q3_serial-dates",
)  # fmt: skip


def cells_of(raw: bytes) -> dict[str, list[list[object]]]:
    made = load_workbook(io.BytesIO(raw), data_only=True)
    return {s.title: [[c.value for c in row] for row in s.iter_rows()] for s in made.worksheets}


@pytest.mark.parametrize("name", BOOKS)
def test_a_cleaned_workbook_says_in_every_cell_what_it_said(name: str) -> None:
    raw = (OFFICES / f"{name}.xlsx").read_bytes()
    result = clean(".xlsx", raw)
    assert isinstance(result, Cleaned)
    assert cells_of(result.content) == cells_of(raw)
