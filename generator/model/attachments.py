"""What a document offers for download or shows, as it is published."""

from __future__ import annotations

from dataclasses import dataclass

from generator.problems import Source


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

    `text` is every word that it holds, for the privacy gate, but for what is `unread`.
    """

    name: str
    content: bytes
    text: str = ""
    picture: Picture | None = None
    unread: Unread | None = None
