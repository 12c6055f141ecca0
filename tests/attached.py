"""Files that offices attach, with everything in them that programs note down about people."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable, Mapping

import pikepdf
from PIL import Image, ImageCms, PngImagePlugin

OWNER = "PLANTED-OWNER"


PLACE = "PLANTED-PLACE"


def photo(
    kind: str = "JPEG", size: tuple[int, int] = (400, 300), turn: int = 1, **more: object
) -> bytes:
    """A picture as a phone writes it: owner, place and time in EXIF, half red and half blue."""
    picture = Image.new("RGB", size, (200, 20, 20))
    picture.paste((20, 20, 200), (size[0] // 2, 0, *size))
    exif = Image.Exif()
    exif[0x010F], exif[0x013B], exif[0x0112] = "PLANTED-CAMERA", OWNER, turn
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (36.0, 12.0, 34.5), "E", (117.0, 1.0, 2.25)
    place[0x1D] = PLACE
    if kind == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_text("Author", OWNER)
        words.add_itxt("XML:com.adobe.xmp", f"<x>{PLACE}</x>")
        words.add_text("Comment", OWNER, zip=True)
        more["pnginfo"] = words
    if kind == "JPEG":
        more["comment"] = OWNER
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    buffer = io.BytesIO()
    picture.save(buffer, kind, exif=exif, icc_profile=profile, **more)
    return buffer.getvalue()


DOCX_TYPES = """\
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Default Extension="jpeg" ContentType="image/jpeg"/>\
<Override PartName="/word/document.xml" ContentType=\
"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>\
<Override PartName="/docProps/core.xml" ContentType=\
"application/vnd.openxmlformats-package.core-properties+xml"/></Types>"""


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(*entries: str) -> str:
    links = "".join(f"<Relationship {entry}/>" for entry in entries)
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{links}</Relationships>'


def docx(body: str = "", parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word file with a paragraph in two runs, its author's name in three places."""
    text = (
        "<w:p><w:r w:rsidR='00AB12CD'><w:t>公示表：01</w:t></w:r><w:r><w:t>23号</w:t></w:r></w:p>"
    )
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": DOCX_TYPES,
        "_rels/.rels": relations(
            f'Id="rId1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"',
            'Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/'
            'metadata/core-properties" Target="docProps/core.xml"',
        ),
        "word/document.xml": f"<w:document {W}><w:body>{text}{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(
            f'Id="rId1" Type="{RELATIONS}/settings" Target="settings.xml"',
            f'Id="rId2" Type="{RELATIONS}/image" Target="media/image1.jpeg"',
        ),
        "word/settings.xml": f'<w:settings {W} xmlns:r="{RELATIONS}"><w:attachedTemplate r:id="rId9"/>'
        '<w:rsids><w:rsidRoot w:val="00AB12CD"/></w:rsids></w:settings>',
        "word/_rels/settings.xml.rels": relations(
            f'Id="rId9" Type="{RELATIONS}/attachedTemplate" '
            f'Target="file:///C:\\Users\\{OWNER}\\a.dotx" TargetMode="External"'
        ),
        "word/media/image1.jpeg": photo(),
        "docProps/core.xml": f"<coreProperties><creator>{OWNER}</creator></coreProperties>",
        "docProps/app.xml": f"<Properties><Company>{OWNER}</Company></Properties>",
        **(parts or {}),
    }
    return packed(files)


def packed(files: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def pdf(change: Callable[[pikepdf.Pdf], object] = lambda pdf: None, text: bool = True) -> bytes:
    """A PDF with a line of text, an earlier version, a photograph, an author."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(300, 200))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    picture = document.make_stream(photo())
    picture.update(
        pikepdf.Dictionary(
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=400,
            Height=300,
            ColorSpace=pikepdf.Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )
    )
    han = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=pikepdf.Name("/STSong-Light"),
        Encoding=pikepdf.Name("/UniGB-UCS2-H"),
        DescendantFonts=pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Font,
                    Subtype=pikepdf.Name.CIDFontType0,
                    BaseFont=pikepdf.Name("/STSong-Light"),
                    CIDSystemInfo=pikepdf.Dictionary(
                        Registry=pikepdf.String("Adobe"),
                        Ordering=pikepdf.String("GB1"),
                        Supplement=2,
                    ),
                )
            ]
        ),
    )
    page.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(F1=font, F2=han), XObject=pikepdf.Dictionary(Im1=picture)
    )
    words = b"BT /F1 12 Tf 20 150 Td (Notice 2025 with enough words to be more than a scan) Tj "
    words += f"/F2 12 Tf 0 -20 Td <{'村务公开的通知'.encode('utf-16-be').hex()}> Tj ET ".encode()
    page.Contents = document.make_stream(
        (words if text else b"") + b"q 40 0 0 30 20 20 cm /Im1 Do Q"
    )
    document.docinfo["/Author"] = OWNER
    with document.open_metadata() as metadata:
        metadata["dc:creator"] = [OWNER]
    page.obj["/PieceInfo"] = pikepdf.Dictionary(Private=pikepdf.String(PLACE))
    change(document)
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a field that no form holds
        document.save(buffer)
    return buffer.getvalue()
