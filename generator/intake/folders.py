"""Finds the villages under villages/, and what lies there that belongs to none."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from generator.model.filenames import is_address_part
from generator.model.shared import Shared
from generator.problems import Problem, Source, problem

_LITTER = ("thumbs.db", "desktop.ini")
VILLAGE = "village.yaml"
APPROVED = "approved"  # of a village: its files as they were approved
FORMS_FILE = "forms.yaml"  # a town's answers to questions of import, beside its villages


@dataclass(frozen=True)
class VillageFolder:
    """A village's folder; `name` is its path as shown in messages, from villages/ on. Of one that
    `is_reviewed` only what was approved is published, which lies in a folder of its own."""

    path: Path
    name: str
    id: str
    town: str
    is_reviewed: bool = False

    @property
    def as_written(self) -> VillageFolder:
        """The same as the village wrote it, approved or not."""
        return replace(self, is_reviewed=False)

    @property
    def published(self) -> Path:
        """Where the files lie that are published."""
        return self.path / APPROVED if self.is_reviewed else self.path

    @property
    def shown(self) -> str:
        """The same as shown in messages."""
        return f"{self.name}/{APPROVED}" if self.is_reviewed else self.name


def find_villages(
    root: Path, shared: Shared, known: Collection[str] = ()
) -> tuple[tuple[VillageFolder, ...], tuple[Problem, ...]]:
    """Village folders under `root`, in order of their ids.

    A folder with village.yaml is a village, and so is one that was `known` as one, which breaks without
    it; a folder of a registered town holds villages.
    """
    is_reviewed = bool(shared.site.review)
    faults: list[Problem] = []
    folders: dict[str, VillageFolder] = {}
    for path, town in _candidates(root, shared, known, faults):
        name = f"{root.name}/{path.relative_to(root).as_posix()}"
        source = Source(name)
        if is_link(path):
            faults.append(problem("folder-link", source, value=path.name))
        elif not path.is_dir():
            expected = "请放进村的事项文件夹，例如 liuxi/ledger/2025-09.csv。"
            faults.append(problem("file-unknown", source, value=path.name, expected=expected))
        elif not is_address_part(path.name):
            faults.append(problem("village-id", source, value=path.name))
        elif path.name in folders:
            other = folders[path.name].name
            faults.append(problem("village-duplicate", source, value=path.name, other=other))
        elif not (path / VILLAGE).is_file() and path.name not in known:
            faults.append(problem("village-missing", source))
        else:
            folders[path.name] = VillageFolder(path, name, path.name, town, is_reviewed)
    return tuple(folders[key] for key in sorted(folders)), tuple(faults)


def _candidates(
    root: Path, shared: Shared, known: Collection[str], faults: list[Problem]
) -> list[tuple[Path, str]]:
    """The folders where villages may be, each with its town's id."""
    found: list[tuple[Path, str]] = []
    for path in _entries(root):
        town = shared.site.town(path.name)
        if is_link(path):
            source = Source(f"{root.name}/{path.name}")
            faults.append(problem("folder-link", source, value=path.name))
        elif town is not None and path.is_dir():
            found += [(inner, town.id) for inner in _entries(path)]
        elif path.is_dir() and not (path / VILLAGE).is_file() and path.name not in known:
            source = Source(f"{root.name}/{path.name}")
            faults.append(problem("town-unknown", source, value=path.name))
        else:
            found.append((path, shared.site.towns[0].id))
    return found


def _entries(folder: Path) -> list[Path]:
    """The entries of a folder without a README, answers to questions, and what programs leave
    behind."""
    return sorted(
        p
        for p in folder.iterdir()
        if not is_litter(p.name) and not p.name.startswith("README") and p.name != FORMS_FILE
    )


def is_link(path: Path) -> bool:
    """Whether a path only leads elsewhere; what is there may be nobody's to publish."""
    is_junction = getattr(path, "is_junction", None)  # from Python 3.12, on Windows
    return path.is_symlink() or bool(is_junction and is_junction())


def is_litter(name: str) -> bool:
    """What programs leave behind: hidden files, locks of open documents, folder pictures."""
    return name.startswith((".", "~$")) or name.lower() in _LITTER
