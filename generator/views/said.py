"""Says facts in words: the only place where phrases are filled.

A kind is a file of `templates/words`, a phrase one of its macros, and the facts are its arguments:
`say(phrases, "comparison", "more", title=..., base=...)`. Views decide what is said; how it is said
stands in the file, so that an official can change it. No code reads a phrase back.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from jinja2 import DictLoader, Environment, TemplateError, TemplateSyntaxError
from jinja2.environment import TemplateModule

from generator.model.phrases import Phrases
from generator.publishing import text
from generator.settings import CannotBuildError
from generator.views.templating import strict_environment

# What a phrase that is wrong may raise, in being read or in being filled.
_FAULTS = (
    *(TemplateError, AttributeError, TypeError, ValueError),
    *(ArithmeticError, LookupError, RecursionError),
)
_TAG = re.compile(r"(\{[%{#].*?[%}#]\})", re.DOTALL)
_BROKEN_LINE = re.compile(r"\s*\n\s*")


def say(phrases: Phrases, kind: str, phrase: str, /, **facts: Any) -> str:
    """One phrase with its facts. Lines may be broken anywhere in the file: a break and the blanks
    around it say nothing; those within a fact stay.

    Raises `CannotBuildError` when a site's own phrase file is no template, lacks the phrase, or
    asks for a fact that there is not.
    """
    try:
        macro = getattr(_module(phrases, kind), phrase, None)
        if macro is None:
            raise TemplateError("没有这一段")
        return str(macro(**facts)).strip()
    except _FAULTS as fault:
        cause = "它自己套着自己" if isinstance(fault, RecursionError) else fault
        raise CannotBuildError(
            f"模板 {_place(fault, kind)} 里的 {phrase} 有误：{cause}。请改好 content/templates/words 里的这个文件。"
        ) from fault


def _place(fault: Exception, kind: str) -> str:
    """The file of a fault, which may be one that the phrase file imports."""
    if isinstance(fault, TemplateSyntaxError):
        return f"words/{fault.name or f'{kind}.txt'} 第 {fault.lineno} 行"
    return f"words/{kind}.txt"


@lru_cache(maxsize=256)
def _module(phrases: Phrases, kind: str) -> TemplateModule:
    """The macros of a kind, which may import another's file."""
    return _environment(phrases).get_template(f"{kind}.txt").module


@lru_cache(maxsize=8)
def _environment(phrases: Phrases) -> Environment:
    """All phrase files; the filters are those of `generator.publishing.text`."""
    files = {f"{name}.txt": _unbroken(source) for name, source in phrases.files.items()}
    environment = strict_environment(DictLoader(files), autoescape=False)
    environment.filters.update(
        amount=text.amount,
        money=text.money,
        number=text.number,
        day=text.day,
        short_day=text.short_day,
    )
    return environment


def _unbroken(source: str) -> str:
    """A phrase file in which line breaks say nothing; faults are still found by their lines."""
    parts = _TAG.split(source)
    parts[::2] = [_BROKEN_LINE.sub(lambda m: f"{{#{m[0]}#}}", part) for part in parts[::2]]
    return "".join(parts)
