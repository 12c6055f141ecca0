"""What the layouts of cases and guides need besides the sheet itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from math import ceil

from generator.model.papers import Paper
from generator.render.posters.filling import Block, Text, columns_for, size_for
from generator.render.posters.typeface import Measure
from generator.views.articles import ArticleView
from generator.views.records import Explained
from generator.views.sheets import SheetView

_SIGNS = re.compile(r"^\s*(#+|[-*+]|\d+\.)?\s*")
_EMPHASIS = re.compile(r"\*\*|__")
_HEADING = 1.25
# About the height in ems of what stands above the text, and of a line of the plain sentence.
_HEAD, _SENTENCE, _LEADING = 10.5, 1.45, 1.5
_COLUMN = 24.0  # ems that a column of a guide is wide at least


def article_parts(sheet: SheetView, view: ArticleView, measure: Measure) -> dict[str, object]:
    """The article with the largest type at which it fills one page."""
    paper, blocks = sheet.paper, list(_body_blocks(view.article.body))
    columns = 1
    if view.item is not None:
        columns = columns_for(paper.inner, _COLUMN)
        for words in (view.columns, view.words):
            blocks += _word_blocks(words)
    size = size_for(blocks, paper.inner, _room(sheet, paper, measure), columns, measure)
    return {"view": view, "article": view.article, "columns": columns, "size": size}


def _room(sheet: SheetView, paper: Paper, measure: Measure) -> float:
    lines = ceil(measure(sheet.summary) * _SENTENCE / paper.inner)
    return paper.tall - _HEAD - lines * _SENTENCE * _LEADING


def _body_blocks(markdown: str) -> Iterator[Block]:
    for line in markdown.splitlines():
        text = _EMPHASIS.sub("", _SIGNS.sub("", line))
        if text:
            is_heading = line.startswith("#")
            yield Block((Text(text, _HEADING if is_heading else 1.12),), 1.3 if is_heading else 0.6)


def _word_blocks(words: Iterable[Explained]) -> Iterator[Block]:
    yield _block("表上的字")
    for word in words:
        yield _block(f"{word.word}　{word.plain}")


def _block(text: str) -> Block:
    return Block((Text(text, 1.08),), 0.5)
