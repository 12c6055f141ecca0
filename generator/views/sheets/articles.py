"""Sheets of cases and guides."""

from __future__ import annotations

from datetime import date

from generator.model.names import SHEET
from generator.model.shared import Article, Shared
from generator.views.articles import ArticleView, article_view
from generator.views.sheets.sheet import SheetView, publisher_of, with_code


def article_sheet(article: Article, shared: Shared, today: date) -> SheetView | None:
    """The sheet of a case or a guide."""
    paper = shared.sheet_paper("article")
    if paper is None:
        return None
    view, url = article_view(article, shared, today), f"cases/{article.id}/"
    sheet = SheetView(
        path=f"{url}{SHEET}",
        layout="guide" if view.item else "article",
        paper=paper,
        title=article.title,
        subtitle=article.title,
        publisher=publisher_of(None, shared),
        summary=article.summary,
        url=url,
        code="",
        place=None,
        channels=shared.site.channels,
        window=None,
        source=article.source.file,
        body=view,
        signed=False,
    )
    return with_code(sheet, _content(view))


def _content(view: ArticleView) -> dict[str, object]:
    return {
        "date": view.article.date.isoformat(),
        "summary": view.article.summary,
        "body": view.article.body,
        "columns": [[column.word, column.plain] for column in view.columns],
        "words": [[word.word, word.plain] for word in view.words],
    }
