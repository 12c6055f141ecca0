"""Reads the files of a folder such as content/ into the shapes that they have, and notes what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from generator.intake.decoding import read_text
from generator.intake.documents import read_article
from generator.intake.shape import read_shape
from generator.intake.yamlfile import Node, read_yaml
from generator.problems import Problem, Source, problem

T = TypeVar("T")
Given = Mapping[str, object] | None  # fields that stand in another file


class ContentFiles:
    """The folder and the faults found so far, for one call."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Problem] = []

    def name_of(self, path: Path) -> str:
        """What a file is called in messages."""
        return f"{self.folder.name}/{path.relative_to(self.folder).as_posix()}"

    def node(self, path: Path) -> Node | None:
        """What the YAML of a file says; nothing where it cannot be read."""
        file = self.name_of(path)
        if not path.is_file():
            self.faults.append(problem("file-unreadable", Source(file), reason="没有这个文件"))
            return None
        text = read_text(path, file)
        if isinstance(text, Problem):
            self.faults.append(text)
            return None
        node, faults = read_yaml(text, file)
        self.faults.extend(faults)
        return node

    def shaped(self, path: Path, shape: type[T], given: Given = None) -> T | None:
        """A file as the dataclass that is its format."""
        node = self.node(path)
        return None if node is None else read_shape(node, shape, self.faults, given)

    def one(self, name: str, shape: type[T], given: Given = None) -> T | None:
        """The same of a file that must be there, by its name."""
        return self.shaped(self.folder / name, shape, given)

    def optional(self, name: str, shape: type[T]) -> T | None:
        """The same of one that need not be."""
        path = self.folder / name
        return self.shaped(path, shape) if path.is_file() else None

    def each(self, name: str, shape: type[T], given: Given = None) -> tuple[T, ...]:
        """One object a file, in the order of the file names."""
        self.only(name, ".yaml")
        read = (
            self.shaped(path, shape, given) for path in sorted((self.folder / name).glob("*.yaml"))
        )
        return tuple(item for item in read if item is not None)

    def only(self, name: str, ending: str) -> None:
        """Report files in a folder that would not be read."""
        folder = self.folder / name
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.suffix != ending and not path.name.startswith("."):
                source = Source(self.name_of(path))
                expected = f"这个文件夹里只放 {ending} 文件。"
                self.faults.append(
                    problem("file-unknown", source, value=path.name, expected=expected)
                )

    def texts(self, name: str, shape: type[T]) -> tuple[T, ...]:
        """One Markdown text a file, in the order of the file names."""
        self.only(name, ".md")
        texts = []
        for path in sorted((self.folder / name).glob("*.md")):
            text, faults = read_article(path, self.name_of(path), shape)
            self.faults.extend(faults)
            if text is not None:
                texts.append(text)
        return tuple(texts)
