"""What a document offers for download or shows, as it is published."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from generator.problems import Source

_KILOBYTE, _MEGABYTE = 1_000, 1_000_000
# What a file is to whoever opens it, by its ending.
_KINDS = {
    ".pdf": "PDF",
    ".docx": "Word 文档",
    ".xlsx": "Excel 表格",
    ".csv": "表格",
    ".txt": "文字",
    ".jpg": "图片",
    ".jpeg": "图片",
    ".png": "图片",
}


@dataclass(frozen=True)
class Picture:
    """A picture that a document shows: the file that the Markdown names, width and height in pixels
    as published."""

    file: str
    width: int
    height: int


@dataclass(frozen=True)
class Unread:
    """The part of an attachment that no program can read: `what` says which pages and why, `mark`
    is the text of the exception by which a reviewer frees exactly these bytes, `source` where the
    document names the file."""

    what: str
    mark: str
    source: Source


@dataclass(frozen=True)
class Attachment:
    """A file that a document offers for download, or a picture that it shows, cleaned of what
    programs hide in it.

    `text` is every word that it holds, for the privacy gate, but for what is `unread`. `title` is what
    the village calls it; `rows` are those of one that is a small table, headings first.
    """

    name: str
    content: bytes
    text: str = ""
    picture: Picture | None = None
    unread: Unread | None = None
    title: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def called(self) -> str:
        """What readers know it by: its title, else its file's name where that is Chinese; nothing
        where it has none, since a file's raw name says nothing on a wall."""
        stem = PurePath(self.name).stem
        return self.title or ("" if stem.isascii() else stem)

    @property
    def kind(self) -> str:
        """What kind of file it is, and how large: `Excel 表格，9 KB`."""
        size = len(self.content)
        kind = _KINDS.get(PurePath(self.name).suffix.lower(), "文件")
        if size >= _MEGABYTE:
            return f"{kind}，{size / _MEGABYTE:.1f} MB"
        return f"{kind}，{max(1, round(size / _KILOBYTE))} KB"
