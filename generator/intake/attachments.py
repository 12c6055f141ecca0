"""Files that a document offers: few kinds, each known by its content and cleaned.

What cannot be cleaned is refused with the way to mend it. No name leads out of the folder, and
no name harms the computer of whoever downloads it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Callable
from functools import partial
from pathlib import Path

from generator.intake.cleaned import Blind, BlindPage, Cleaned, Refused
from generator.intake.decoding import decode, read_bytes, unprintable
from generator.intake.images import clean_picture
from generator.intake.recalling import Recall, read_anew
from generator.intake.smalltables import small_table
from generator.model.attachments import Attachment, Unread
from generator.model.filenames import RESERVED, is_device
from generator.model.formulas import is_formula
from generator.problems import Problem, Source, problem

LARGEST = 10_000_000  # bytes; villagers open it with a phone
_LONGEST_NAME = 80
_LONGEST_NAME_BYTES = 200  # file systems take 255, and a part is for the program's own use
_ON_WINDOWS = frozenset('<>:"|?*')
_ROWS = "attachment"
_MARK = 8  # digits of a hash that tell two states of one file apart
_MOST_NAMED = 8  # pages in a sentence
# Why a page was not read, see `cleaned.Blind`.
_UNREAD: dict[Blind, str] = {
    "scan": "是图片",
    "garbled": "取出来的文字是乱的",
    "picture": "有比公章大的图片",
    "outline": "有画成线条的字或图",
}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_MARKUP = re.compile(r"\s*<(?:!|\?|[a-z])", re.IGNORECASE)
_TEXT_MEND = "请用记事本或 WPS 打开，另存为 UTF-8 的文字文件"
# What a file begins with, whatever its name says.
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", ".pdf"),
    (b"PK\x03\x04", ".docx .xlsx"),
    (b"\xff\xd8\xff", ".jpg .jpeg"),
    (b"\x89PNG", ".png"),
    (_OLD_OFFICE, ""),
    (b"GIF8", ""),
    (b"MZ", ""),
    (b"\x7fELF", ""),
    (b"Rar!", ""),
    (b"7z\xbc\xaf", ""),
    (b"RIFF", ""),
)


def read_attachment(
    folder: Path, name: str, source: Source, title: str = "", recall: Recall = read_anew
) -> tuple[Attachment | None, tuple[Problem, ...]]:
    """A file of `folder`, cleaned; None with the reason. `source` is where it is named."""
    fault = name_fault(name)
    if fault:
        return None, (problem("attachment-name", source, value=name, what=fault),)
    path = folder / name
    if path.suffix.lower() not in _ENDINGS:
        return None, (problem("attachment-type", source, value=name),)
    raw = _read(path)
    cleaned = clean(path.suffix.lower(), raw) if isinstance(raw, bytes) else raw
    if cleaned is None:
        return None, (problem("attachment-missing", source, value=name),)
    if isinstance(cleaned, Refused):
        facts = {"what": cleaned.what, "mend": cleaned.mend}
        return None, (problem(f"attachment-{cleaned.kind}", source, value=name, **facts),)
    unread = None
    if isinstance(raw, bytes) and cleaned.blind:
        mark = f"{name} {hashlib.sha256(raw).hexdigest()[:_MARK]}"
        unread = Unread(_what_is_unread(cleaned.blind), mark, source)
    published = published_name(name, cleaned)
    ending, content = path.suffix.lower(), cleaned.content
    rows = recall((_ROWS, ending), content, partial(small_table, content, ending))
    return Attachment(
        published, cleaned.content, cleaned.text, unread=unread, title=title, rows=rows
    ), ()


def _what_is_unread(blind: tuple[BlindPage, ...]) -> str:
    """第 1、3 页是图片；第 2 页有比公章大的图片."""
    said = []
    for why, words in _UNREAD.items():
        pages = [str(page.number) for page in blind if page.why == why]
        if pages:
            said.append(words if pages == ["0"] else f"第 {_listed(pages)} 页{words}")
    return "；".join(said)


def _listed(pages: list[str]) -> str:
    more = f"等 {len(pages)} " if len(pages) > _MOST_NAMED else ""
    return f"{'、'.join(pages[:_MOST_NAMED])} {more}".strip()


def _read(path: Path) -> bytes | Refused | None:
    """The bytes of a file; None where there is no such file."""
    if path.is_symlink():
        mend = "请把文件本身放进来，不要用链接（快捷方式）"
        return Refused("content", "它只是一个链接，内容在别处", mend)
    if not path.is_file():
        return None
    size = path.stat().st_size
    if size > LARGEST:
        what = f"有 {size / 1_000_000:.1f} MB，最多 {LARGEST // 1_000_000} MB"
        return Refused("large", what, "请分成几份，或在 WPS 里缩小其中的图片再保存")
    raw = read_bytes(path, path.name)
    return None if isinstance(raw, Problem) else raw


def name_fault(name: str) -> str:
    """Why a file cannot be published under a name, or nothing."""
    if any(c in "/\\" for c in name):
        return "只写文件名，不要写文件夹"
    if not name or name.startswith((".", "~$", "-")):
        return "不能空着，也不能以点、横线或 ~$ 开头"
    if unprintable(name) or not name.isprintable() or not _is_encodable(name):
        return "有看不见的符号"
    if any(c in _ON_WINDOWS for c in name):
        return '不能有 < > : " | ? *'
    if name.endswith((".", " ")) or name != name.strip() or is_device(name):
        return "电脑上存不了这样的名字"
    if len(name) > _LONGEST_NAME or len(name.encode()) > _LONGEST_NAME_BYTES:
        return "太长了"
    if identity(name) in RESERVED:
        return "这个名字程序自己要用"
    return ""


def identity(name: str) -> str:
    """A key that is equal for names which are one file on some computers."""
    return unicodedata.normalize("NFC", name).casefold()


def published_name(name: str, cleaned: Cleaned) -> str:
    """The name of a cleaned file: a picture's ending follows what it has become."""
    ending = Path(name).suffix.lower().replace(".jpeg", ".jpg").removeprefix(".")
    if cleaned.ending in ("", ending):
        return name
    return f"{Path(name).stem}.{cleaned.ending}"


def _is_encodable(name: str) -> bool:
    return not any(unicodedata.category(c) in ("Cs", "Co", "Cn") for c in name)


def clean(ending: str, raw: bytes) -> Cleaned | Refused:
    """Clean a file of one of the known kinds; its content must be what its name says."""
    if raw.startswith(_OLD_OFFICE) and ending in (".docx", ".xlsx"):
        mend = "请在 WPS 里打开，取消密码，另存为真正的 .docx 或 .xlsx"
        return Refused("unreadable", "加了密码，或者是老格式改的名字", mend)
    for beginning, endings in _BEGINNINGS:
        if raw.startswith(beginning) and ending not in endings.split():
            return _mismatch(ending)
    expected = [begin for begin, endings in _BEGINNINGS if ending in endings.split()]
    if expected and not raw.startswith(tuple(expected)):
        return _mismatch(ending)
    cleaner = _cleaner(ending)
    try:
        return cleaner(raw)
    except Exception:  # the libraries raise whatever comes to them on a file made to do so
        return Refused("unreadable", "里面是坏的", "请打开它重新另存一份")


def _mismatch(ending: str) -> Refused:
    mend = "请打开它，用“另存为”换格式，不要只改名字"
    return Refused("content", f"名字是 {ending}，内容不是", mend)


def _clean_text(raw: bytes) -> Cleaned | Refused:
    """Plain text; what is not in UTF-8 yet is written so that phones can show it."""
    text = decode(raw, "")
    if isinstance(text, Problem):
        return Refused("unreadable", "文字读不出来", _TEXT_MEND)
    if unprintable(text.translate({9: " ", 10: " ", 13: " "})):
        return Refused("content", "里面有看不见的控制符号", _TEXT_MEND)
    if _MARKUP.match(text):
        return Refused("content", "里面是网页的代码，不是普通的文字", _TEXT_MEND)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        raw = text.encode("utf-8-sig")
    return Cleaned(raw, text)


def _clean_csv(raw: bytes) -> Cleaned | Refused:
    cleaned = _clean_text(raw)
    if isinstance(cleaned, Refused):
        return cleaned
    reader = csv.reader(io.StringIO(cleaned.text.removeprefix("\ufeff"), newline=""))
    try:
        for number, row in enumerate(reader, start=1):
            if any(map(is_formula, row)):
                mend = "请删掉这一格开头的 =、+、-、@，或改成结果"
                return Refused("active", f"第 {number} 行的公式", mend)
    except csv.Error:
        return Refused("unreadable", "格子的引号不成对", _TEXT_MEND)
    return cleaned


_Cleaner = Callable[[bytes], Cleaned | Refused]


def _cleaner(ending: str) -> _Cleaner:
    """What cleans files of a kind; some of it is heavy, and a build that knows its files cleans none."""
    if ending == ".pdf":
        from generator.intake.pdfs import clean_pdf

        return clean_pdf
    if ending in _OFFICE:
        from generator.intake.office import clean_office

        return partial(clean_office, ending=ending)
    return _CLEANERS[ending]


_CLEANERS: dict[str, _Cleaner] = {
    ".csv": _clean_csv,
    ".txt": _clean_text,
    ".jpg": clean_picture,
    ".jpeg": clean_picture,
    ".png": clean_picture,
}
_OFFICE = (".docx", ".xlsx")
_ENDINGS = (".pdf", *_OFFICE, *_CLEANERS)
