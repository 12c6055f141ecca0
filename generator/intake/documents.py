"""Markdown files with a YAML head."""

from __future__ import annotations

import re
from pathlib import Path

from generator.intake.files import read_bytes, read_text
from generator.intake.shape import read_shape
from generator.intake.yamlfile import Node, read_yaml
from generator.model.shared import Article
from generator.model.village import Attachment, Document, FrontMatter
from generator.problems import Problem, Source, problem

_HEAD = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def read_document(path: Path, file: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """A village's document with the attachments that its head names."""
    head, body, found = _split(path, file)
    if head is None:
        return None, found
    faults = list(found)
    front = read_shape(head, FrontMatter, faults)
    if front is None:
        return None, tuple(faults)
    attachments = []
    for name in front.attachments:
        # Only a plain name leads to a file of this folder; an endless one to none at all.
        is_plain = Path(name).name == name and name not in ("", ".", "..") and "\0" not in name
        content = read_bytes(path.parent / name, file) if is_plain else None
        if isinstance(content, bytes):
            attachments.append(Attachment(name, content))
        else:
            source = head.mapping["attachments"].source
            faults.append(problem("attachment-missing", source, value=name))
    return Document(front, body, tuple(attachments)), tuple(faults)


def read_article(path: Path, file: str) -> tuple[Article | None, tuple[Problem, ...]]:
    """An article of content/articles; its id is the file's name."""
    head, body, found = _split(path, file)
    if head is None:
        return None, found
    faults = list(found)
    article = read_shape(head, Article, faults, {"id": path.stem, "body": body})
    return article, tuple(faults)


def _split(path: Path, file: str) -> tuple[Node | None, str, tuple[Problem, ...]]:
    """Head and body of a document."""
    text = read_text(path, file)
    if isinstance(text, Problem):
        return None, "", (text,)
    match = _HEAD.match(text)
    if not match:
        return None, "", (problem("front-matter-missing", Source(file, 1)),)
    head, faults = read_yaml(match[1], file, first_line=2)
    return head, text[match.end() :].strip() + "\n", faults
