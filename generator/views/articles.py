"""Cases and guides; the guide to a table also explains its columns and words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from generator.model.catalogue import Item
from generator.model.shared import Article, Shared
from generator.views.records import Explained

_CLAUSE = re.compile("[，；。]")  # ends what a column is; how the clerk fills it in follows


@dataclass(frozen=True)
class ArticleView:
    """A case or a guide. `item` is what a guide teaches to read, `columns` are its table's with
    what belongs there, `words` those of the accounts that stand in it."""

    article: Article
    item: Item | None = None
    columns: tuple[Explained, ...] = ()
    words: tuple[Explained, ...] = ()


def article_view(article: Article, shared: Shared, today: date) -> ArticleView:
    """What the sheet of an article shows."""
    item = shared.catalogue.find(article.explains) if article.explains else None
    table = shared.tables.get(item.table) if item else None
    if item is None or table is None:
        return ArticleView(article)
    masks = shared.mask_profile("")
    shown = [field for field in table.fields if not masks.drops(field)]
    accounts = shared.chart_on(today)
    has_subjects = accounts is not None and any(field.role == "subject" for field in shown)
    subjects = [s for s in accounts.subjects if s.side] if accounts and has_subjects else []
    return ArticleView(
        article,
        item,
        tuple(Explained(f.name, _clause(f.description)) for f in shown if f.description),
        tuple(Explained(subject.name, subject.plain) for subject in subjects),
    )


def _clause(text: str) -> str:
    return f"{_CLAUSE.split(text, maxsplit=1)[0]}。"
