"""Reads the phrase files; the site's own come before the package's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.intake.decoding import read_text
from generator.model.phrases import Phrases
from generator.problems import Problem, Source, problem
from generator.settings import TEMPLATES

PACKAGE = TEMPLATES / "words"
_ENDING = ".txt"


def read_phrases(own: Path, name: str) -> tuple[Phrases, tuple[Problem, ...]]:
    """All phrases; a file in the folder `own` (reported as `name`) replaces the package's of the
    same name. `own` need not exist."""
    files = {path.stem: path.read_text("utf-8") for path in sorted(PACKAGE.glob(f"*{_ENDING}"))}
    faults = []
    for path, source in _own_files(own, name):
        text = read_text(path, source.file) if path.stem in files else None
        if text is None:
            known = "、".join(f"{kind}{_ENDING}" for kind in files)
            expected = f"这个文件夹里可以放：{known}。"
            faults.append(problem("file-unknown", source, value=path.name, expected=expected))
        elif isinstance(text, Problem):
            faults.append(text)
        else:
            files[path.stem] = text
    return Phrases(files), tuple(faults)


def _own_files(own: Path, name: str) -> Iterator[tuple[Path, Source]]:
    for path in sorted(own.iterdir()) if own.is_dir() else ():
        if not path.name.startswith("."):
            yield path, Source(f"{name}/{path.name}")
