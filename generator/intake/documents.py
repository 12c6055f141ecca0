"""Reads Markdown files with a YAML head, the pictures they show and the files they offer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote

from generator.intake.attachments import identity, name_fault, published_name, read_attachment
from generator.intake.characters import standard_text
from generator.intake.cleaned import Cleaned, Refused
from generator.intake.decoding import read_bytes, read_text
from generator.intake.frontmatter import text_names, whole_texts
from generator.intake.images import LARGEST_PICTURE, clean_picture
from generator.intake.recalling import Recall, read_anew
from generator.intake.shape import read_shape
from generator.intake.yamlfile import Node, read_yaml
from generator.model.attachments import Attachment, Picture
from generator.model.period import parse_period
from generator.model.village import Document, FrontMatter
from generator.model.writing import unclear_stars
from generator.problems import Problem, Source, problem

T = TypeVar("T")

_HEAD = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_NAME_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ANY_IMAGE = re.compile(r"!\[|<img\b", re.IGNORECASE)
_IMAGE = re.compile(r"!\[([^\[\]]*)\]\(([^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)")
_IMAGE_TITLE = re.compile(r"""\s+(?:"[^"]*"|'[^']*')\s*$""")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
# The library that makes pages of Markdown takes ever longer over these, or gives up.
_MOST_BRACKETS = 1_000  # in a paragraph
_LONGEST_LINE = 20_000
_PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp")


@dataclass(frozen=True)
class ShownImage:
    """A picture as the Markdown names it: the words for it, its file, its line."""

    words: str
    file: str
    row: int


def read_document(
    path: Path, file: str, recall: Recall = read_anew
) -> tuple[Document | None, tuple[Problem, ...]]:
    """A village's document with the files that its head names and the pictures in its text."""
    head, body, row, found = _split(path, file, FrontMatter)
    if head is None:
        return None, found
    faults = list(found)
    front = read_shape(head, FrontMatter, faults)
    if front is None:
        return None, tuple(faults)
    faults += _date_faults(path, front, head)
    images, unclear = shown_images(body, file, row)
    faults += [*unclear, *_odd_lines(body, file, row)]
    shown = {image.file for image in images}
    attachments = []
    for entry in {entry.file: entry for entry in front.attachments}.values():
        if entry.file in shown:
            continue
        source = replace(entry.source, column="attachments")
        attachment, refused = read_attachment(path.parent, entry.file, source, entry.title, recall)
        attachments += [attachment] if attachment else []
        faults += refused
    for image in images:
        picture, wrong = _read_picture(path.parent, image, Source(file, image.row), attachments)
        attachments += [picture] if picture else []
        faults += wrong
    kept, same = _apart(attachments, head.source)
    blank = body[: len(body) - len(body.lstrip())].count("\n")
    return Document(front, body.strip() + "\n", kept, row + blank), (*faults, *same)


def read_article(path: Path, file: str, shape: type[T]) -> tuple[T | None, tuple[Problem, ...]]:
    """An article or page of content/; its id is the file's name. It has no pictures."""
    head, body, row, found = _split(path, file, shape)
    if head is None:
        return None, found
    faults = list(found)
    if _ANY_IMAGE.search(body):
        at = row + body.count("\n", 0, next(_ANY_IMAGE.finditer(body)).start())
        what = "案例和说明里还不能放图片"
        faults.append(problem("image-address", Source(file, at), value=path.name, what=what))
    article = read_shape(head, shape, faults, {"id": path.stem, "body": body.strip() + "\n"})
    return article, tuple(faults)


def shown_images(
    body: str, file: str = "", first_row: int = 1
) -> tuple[tuple[ShownImage, ...], tuple[Problem, ...]]:
    """The pictures that a Markdown text shows, and faults where it shows them in a way that we
    do not take."""
    found: list[ShownImage] = []
    faults: list[Problem] = []
    read: set[int] = set()
    for match in _IMAGE.finditer(body):
        row = first_row + body.count("\n", 0, match.start())
        read.add(match.start())
        target = _IMAGE_TITLE.sub("", match[2]).strip().removeprefix("<").removesuffix(">")
        found.append(ShownImage(match[1].strip(), image_file(target), row))
    for match in _ANY_IMAGE.finditer(body):
        if match.start() not in read:
            row = first_row + body.count("\n", 0, match.start())
            faults.append(problem("image-form", Source(file, row), row=row))
    return tuple(found), tuple(faults)


def _odd_lines(body: str, file: str, first_row: int) -> Iterator[Problem]:
    """Lines that nobody writes by hand, and stars that may be a mark or part of a name."""
    brackets = 0
    for row, line in enumerate(body.split("\n"), start=first_row):
        brackets = brackets + line.count("[") if line.strip() else 0
        if len(line) <= _LONGEST_LINE and (stars := unclear_stars(line)):
            yield problem("markdown-stars", Source(file, row), value=stars, row=row)
        if brackets > _MOST_BRACKETS:
            what = "的方括号太多"
        elif len(line) > _LONGEST_LINE:
            what = "太长"
        else:
            continue
        yield problem("markdown-odd", Source(file, row), row=row, what=what)
        return


def image_file(target: str) -> str:
    """The file that an address in Markdown means."""
    return unquote(target).removeprefix("./")


def named_files(document: Document) -> Iterator[str]:
    """The files of the folder that a document needs, as it names them."""
    yield from (entry.file for entry in document.front.attachments)
    yield from (image.file for image in shown_images(document.body)[0])


def _date_faults(path: Path, front: FrontMatter, head: Node) -> Iterator[Problem]:
    """The file's name has the day of the matter, the head the day of publication: the second
    cannot come before the first."""
    match = _NAME_DATE.match(path.stem)
    period = parse_period(match[0]) if match else None
    if period is not None and front.date < period.start:
        node = head.mapping.get("date", head)
        day = period.start.isoformat()
        yield problem("document-date", node.source, value=front.date.isoformat(), day=day)


def _read_picture(
    folder: Path, image: ShownImage, source: Source, known: list[Attachment]
) -> tuple[Attachment | None, list[Problem]]:
    """A picture of the text; None where it is known already, or with the reason."""
    name = image.file
    faults = [] if image.words else [problem("image-alt", source, value=name)]
    if any(a.picture and a.picture.file == name for a in known):
        return None, faults
    what = _address_fault(name)
    if what:
        return None, [*faults, problem("image-address", source, value=name, what=what)]
    cleaned = _cleaned_picture(folder / name)
    if cleaned is None:
        return None, [*faults, problem("image-missing", source, value=name)]
    if isinstance(cleaned, Refused):
        facts = {"what": cleaned.what, "mend": cleaned.mend}
        return None, [*faults, problem(f"image-{cleaned.kind}", source, value=name, **facts)]
    picture = Picture(name, *cleaned.size)
    return Attachment(published_name(name, cleaned), cleaned.content, "", picture), faults


def _cleaned_picture(path: Path) -> Cleaned | Refused | None:
    """None where there is no such file."""
    if path.is_symlink():
        return Refused("content", "它只是一个链接，内容在别处", "请把图片文件本身放进来")
    if not path.is_file():
        return None
    if path.suffix.lower() not in _PICTURE_ENDINGS:
        return Refused("content", "不是 jpg 或 png 图片", "请打开它，另存为 jpg 或 png")
    raw = read_bytes(path, path.name, LARGEST_PICTURE)
    if isinstance(raw, Problem):
        return Refused("large", f"超过了 {LARGEST_PICTURE // 1_000_000} MB", "请缩小后再放进来")
    return clean_picture(raw)


def _address_fault(name: str) -> str:
    """Why an address cannot be a picture's, or nothing."""
    if _ADDRESS.match(name):
        return "图片在别处，打开网页的人会被那边知道"
    return name_fault(name)


def _apart(
    attachments: list[Attachment], source: Source
) -> tuple[tuple[Attachment, ...], list[Problem]]:
    """Attachments without those whose name another one has: on the site they would be one file."""
    kept: dict[str, Attachment] = {}
    faults = []
    for attachment in attachments:
        key = identity(attachment.name)
        if key in kept or name_fault(attachment.name):
            what = "和另一个附件或图片重名"
            faults.append(problem("attachment-name", source, value=attachment.name, what=what))
        kept.setdefault(key, attachment)
    return tuple(kept.values()), faults


def _split(path: Path, file: str, shape: type) -> tuple[Node | None, str, int, tuple[Problem, ...]]:
    """Head and body of a document, and the row at which the body begins."""
    text = read_text(path, file)
    if isinstance(text, Problem):
        return None, "", 0, (text,)
    text, notices = standard_text(text, file)
    match = _HEAD.match(text)
    if not match:
        return None, "", 0, (problem("front-matter-missing", Source(file, 1)),)
    head, faults = read_yaml(whole_texts(match[1], text_names(shape)), file, first_line=2)
    row = text.count("\n", 0, match.end()) + 1
    return head, text[match.end() :], row, (*notices, *faults)
