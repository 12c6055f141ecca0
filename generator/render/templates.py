"""Finds templates, style sheets and scripts: the site's own before the package's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    TemplateError,
)

from generator.model.urban import UrbanWords
from generator.settings import CannotBuildError

PACKAGE = "package"  # `{% extends "package/record.html" %}` in a template of the same name


@dataclass(frozen=True)
class Templates:
    """The package's folder, and before it the site's own: a file there stands in the place of
    the package's file of the same name. `own` need not exist. With a `wording` the
    templates speak in its words."""

    package: Path
    own: Path | None = None
    wording: UrbanWords | None = None

    def find(self, name: str) -> Path:
        """The file of a name such as `assets/icon.svg`."""
        own = self.own / name if self.own else None
        return own if own and own.is_file() else self.package / name

    def loader(self, room: str) -> BaseLoader:
        """The templates of one room: `pages`, `posters`, `drawings`."""
        package = _Loader(self.package / room, self.wording)
        if self.own is None:
            return package
        own = _Loader(self.own / room, self.wording)
        return ChoiceLoader([own, package, PrefixLoader({PACKAGE: package})])


class _Loader(FileSystemLoader):
    """Templates of a folder, in the words of communities where these are wanted."""

    def __init__(self, folder: Path, wording: UrbanWords | None) -> None:
        super().__init__(folder)
        self._wording = wording

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        text, name, is_current = super().get_source(environment, template)
        return self._wording.said(text) if self._wording else text, name, is_current


@contextmanager
def faults_named(room: str, template: str) -> Iterator[None]:
    """Says what is wrong with a template, to whoever wrote it: the package's own have no faults.

    Raises `CannotBuildError` where the templates that are filled within raise anything.
    """
    try:
        yield
    except TemplateError as fault:
        name, row = getattr(fault, "name", None) or template, getattr(fault, "lineno", None)
        place = f"{room}/{name} 第 {row} 行" if row else f"{room}/{name}"
        raise CannotBuildError(
            f"模板 {place} 有误：{fault.message}。请改好 content/templates/{room} 里的模板。"
        ) from fault
