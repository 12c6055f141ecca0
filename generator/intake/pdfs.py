"""Cleans PDF files: refuses active content, removes personal metadata."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
import warnings
import zlib

import pikepdf
import pypdfium2

from generator.intake.cleaned import BlindPage, Cleaned, Refused
from generator.intake.images import without_words
from generator.intake.pdfpages import read_pages

# What the library remarks on a broken file is for programmers; a clerk gets a problem.
logging.getLogger("pikepdf").addHandler(logging.NullHandler())

_MOST_PAGES = 300
_LARGEST_STREAM = 50_000_000  # bytes of a stream, unpacked; pictures are not unpacked
_PRINT = "请用 WPS 或浏览器打开，选“打印”，打印机选“另存为 PDF”，用新的文件"
_ACTIVE = {
    rb"JavaScript|JS": "会运行的程序",
    rb"Launch|SubmitForm|ImportData|GoToR|GoToE": "会打开别的程序、文件或往外发数据的按钮",
    rb"EmbeddedFiles?|FileAttachment|Collection": "夹带的别的文件",
    rb"RichMedia|Rendition|Movie|Sound|3D": "影音或立体模型",
    rb"XFA": "会运行程序的表单",
}
_END = rb"(?![^\s/<>\[\]()])"  # a name ends where the next thing begins
_STREAM = re.compile(rb"\bstream\r?\n.*?endstream", re.DOTALL)
_STRING = re.compile(rb"\((?:[^\\()]|\\.)*\)|(?<!<)<[0-9a-f]+>(?!>)", re.DOTALL)
_RAW_STREAM = re.compile(rb"\bstream\r?\n")
_NOTES = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb")  # of programs, not of the text
_MARKS = ("/M", "/CreationDate", "/NM")
_DRAWN_IN_PATTERNS = frozenset(("Do", "Tj", "TJ", "'", '"', "INLINE IMAGE"))
_WEB = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)


def clean_pdf(raw: bytes) -> Cleaned | Refused:
    """A PDF without author, dates, program and earlier versions, with all its words."""
    if _is_bomb(raw):
        return Refused("large", "展开以后大得反常", _PRINT)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the library's advice to authors of PDF files
            with pikepdf.open(io.BytesIO(raw)) as pdf:
                return _cleaned(pdf)
    except pikepdf.PasswordError:
        return _locked()
    except (pikepdf.PdfError, pypdfium2.PdfiumError, ValueError, TypeError, RuntimeError, KeyError):
        return Refused("unreadable", "不是完好的 PDF", _PRINT)


def _cleaned(pdf: pikepdf.Pdf) -> Cleaned | Refused:
    if pdf.is_encrypted:
        return _locked()
    if not 0 < len(pdf.pages) <= _MOST_PAGES:
        what = f"有 {len(pdf.pages)} 页，最多 {_MOST_PAGES} 页"
        return Refused("large", what, "请分成几份")
    refused = _annotations(pdf) or _without_notes(pdf)
    if refused:
        return refused
    skeleton = _skeleton(pdf)
    for names, what in _ACTIVE.items():
        if re.search(rb"/(?:" + names + rb")" + _END, skeleton):
            return Refused("active", what, _PRINT)
    if re.search(rb"/ByteRange" + _END, skeleton):
        return Refused("hidden", "电子签章，里面有签章人的资料，一清理签章就失效", _PRINT)
    content = _saved(pdf, pikepdf.ObjectStreamMode.generate)
    with pikepdf.open(io.BytesIO(content), attempt_recovery=False):
        pass  # a file that was broken may be so still
    units = tuple(float(page.obj.get("/UserUnit", 1)) for page in pdf.pages)
    texts, blind = read_pages(content, units)
    if _has_pattern(pdf):
        blind = [BlindPage(number, "picture") for number in range(1, len(texts) + 1)]
    return Cleaned(content, "\n".join([*texts, *_strings(skeleton)]), tuple(blind))


def _locked() -> Refused:
    return Refused("unreadable", "加了密码，或者不许修改", _PRINT)


def _is_bomb(raw: bytes) -> bool:
    """Whether a stream other than a picture unpacks to more than anyone would write.

    Readers unpack such streams without a bound, so this is asked before one is let at the file.
    """
    end = 0
    for match in _RAW_STREAM.finditer(raw):
        if match.start() < end:
            continue  # inside the stream before
        head = _plain_names(raw[max(0, raw.rfind(b"obj", 0, match.start())) : match.start()])
        packings = len(re.findall(rb"/(?:Fl(?:ateDecode)?|LZW(?:Decode)?)\b", head))
        end = raw.find(b"endstream", match.end())
        end = len(raw) if end < 0 else end
        if b"/Image" in head and not re.search(rb"/(?:ObjStm|XRef)\b", head):
            continue
        if packings > 1 or (b"/LZW" in head and end - match.end() > _LARGEST_STREAM // 1500):
            return True
        unpacker = zlib.decompressobj()
        try:
            unpacker.decompress(raw[match.end() : end], _LARGEST_STREAM)
        except zlib.error:
            continue  # a broken stream gives nothing
        if unpacker.unconsumed_tail:
            return True
    return False


def _plain_names(head: bytes) -> bytes:
    """A dictionary with `/F#6c` spelled as the `/Fl` that it means."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), head)


def _annotations(pdf: pikepdf.Pdf) -> Refused | None:
    """Links and form fields lose their dates; comments, and links to files, are refused."""
    for page in pdf.pages:
        annotations = page.obj.get("/Annots")
        for note in annotations if isinstance(annotations, pikepdf.Array) else ():
            if not isinstance(note, pikepdf.Dictionary):
                continue
            subtype = str(note.get("/Subtype"))
            if subtype == "/FileAttachment":
                return Refused("active", "夹带的别的文件", _PRINT)
            if subtype not in ("/Link", "/Widget"):
                return Refused("hidden", "批注，里面有批注人的名字和时间", _PRINT)
            for key in _MARKS if subtype == "/Widget" else (*_MARKS, "/T", "/Contents"):
                if key in note:
                    del note[key]
            action = note.get("/A")
            address = action.get("/URI") if isinstance(action, pikepdf.Dictionary) else None
            if address is not None and not _WEB.match(str(address)):
                return Refused("active", "指到电脑里文件或程序的链接", _PRINT)
    return None


def _without_notes(pdf: pikepdf.Pdf) -> Refused | None:
    """Take out what programs note down, everywhere; pictures keep their pixels."""
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for thing in pdf.objects:
        if not isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
            continue
        for key in _NOTES:
            if key in thing:
                del thing[key]
        if isinstance(thing, pikepdf.Stream) and not _bare_picture(thing):
            return Refused("hidden", "清理不了的照片，里面可能有拍摄的地点和时间", _PRINT)
    return None


def _bare_picture(stream: pikepdf.Stream) -> bool:
    """Take the camera's words out of a picture; False where that cannot be done."""
    filters = stream.get("/Filter")
    names = (
        [str(name) for name in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    )
    raw = stream.read_raw_bytes() if names[-1] in ("/DCTDecode", "/JPXDecode") else b""
    if names[-1] == "/JPXDecode":
        return b"uuid" not in raw and b"xml " not in raw
    if names == ["/FlateDecode"] and stream.get("/Subtype") != "/Image":
        stream.write(stream.read_bytes())  # without what may stand behind the packed bytes
    if names[-1] != "/DCTDecode":
        return True
    if names == ["/FlateDecode", "/DCTDecode"]:
        raw = zlib.decompressobj().decompress(raw, _LARGEST_STREAM)
    elif len(names) > 1:
        return False
    bare = without_words(raw)
    if bare is not None:
        stream.write(bare, filter=pikepdf.Name.DCTDecode)
    return bare is not None


def _saved(pdf: pikepdf.Pdf, mode: pikepdf.ObjectStreamMode) -> bytes:
    """The file written anew, without what nothing in it leads to. Same input, same bytes."""
    buffer = io.BytesIO()
    pdf.save(buffer, object_stream_mode=mode, deterministic_id=True, encryption=False)
    return buffer.getvalue()


def _skeleton(pdf: pikepdf.Pdf) -> bytes:
    """All objects in the writer's own plain spelling, without the streams' content."""
    return _STREAM.sub(b"", _saved(pdf, pikepdf.ObjectStreamMode.disable))


def _strings(skeleton: bytes) -> list[str]:
    """Texts that stand beside the pages: bookmarks, fields, addresses, texts for the blind."""
    found = (str(pikepdf.Object.parse(match[0])) for match in _STRING.finditer(skeleton))
    return [text for text in found if all(map(_is_of_text, text))]


def _is_of_text(char: str) -> bool:
    """Whether a character may stand in words, and not only in a file's numbers; broad blanks and
    invisible marks may."""
    return char.isprintable() or char.isspace() or unicodedata.category(char) == "Cf"


def _has_pattern(pdf: pikepdf.Pdf) -> bool:
    """Whether a pattern that fills places draws words or pictures, which no reader tells."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and thing.get("/PatternType") == 1:
            operators = {str(step.operator) for step in pikepdf.parse_content_stream(thing)}
            if operators & _DRAWN_IN_PATTERNS:
                return True
    return False
