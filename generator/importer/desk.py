"""Gathers what an import needs: content/, the existing villages, and the clerk's choices."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from generator.importer.memory import Memory, read_memory
from generator.intake.decoding import read_text
from generator.intake.doubts import NO_ANSWERS, Answers
from generator.intake.folders import VillageFolder, find_villages, is_litter
from generator.intake.naming import item_names, named, village_named, written_period
from generator.intake.shape import read_shape
from generator.intake.worksheets import TABLE_ENDINGS
from generator.intake.yamlfile import read_yaml
from generator.model.catalogue import Item
from generator.model.masks import MaskProfile
from generator.model.shared import Shared
from generator.model.village import Village
from generator.problems import Problem
from generator.reading import sound_content
from generator.settings import CannotBuildError, need_folder


@dataclass(frozen=True)
class Request:
    """An import as asked for; what is empty is to be found out.

    `files` are files and folders. `answers` are those given to questions, by the question's id.
    """

    files: tuple[Path, ...]
    content: Path
    villages: Path
    today: date
    village: str = ""
    item: str = ""
    period: str = ""
    account: str = ""
    worksheet: str = ""
    published: date | None = None
    replace: bool = False
    answers: Answers = field(default_factory=lambda: NO_ANSWERS)


@dataclass(frozen=True)
class Place:
    """A village to which a file may belong."""

    folder: VillageFolder
    village: Village
    masks: MaskProfile


@dataclass(frozen=True)
class Desk:
    """The request with all that it names looked up. `item` is the one asked for; `run` is a digest of the
    files: what is answered for all of them says nothing of next month's."""

    request: Request
    files: tuple[Path, ...]
    shared: Shared
    places: dict[str, Place]
    item: Item | None
    memory: Memory
    run: str = ""


def set_desk(request: Request) -> Desk:
    """Look everything up. Raises `CannotBuildError` when something is missing."""
    need_folder(request.villages)
    files = tuple(dict.fromkeys(path for given in request.files for path in _files(given)))
    shared, _ = sound_content(request.content, request.today, "才能导入")
    item = _item(request.item, shared)
    if request.period and written_period(request.period, item) is None:
        raise CannotBuildError(
            f"“{request.period}”不是期次。--period 请写成 2025-09、2025年9月、2025Q3、2025H1 或 2025。"
        )
    places = _places(request, shared)
    memory = read_memory(request.villages, shared)
    return Desk(request, files, shared, places, item, memory, _digest(files))


def _digest(files: tuple[Path, ...]) -> str:
    found = hashlib.sha256()
    for path in files:
        found.update(path.name.encode("utf-8", "surrogatepass"))
        try:
            found.update(path.read_bytes())
        except OSError:  # told where it is read as a table
            continue
    return found.hexdigest()


def _files(given: Path) -> tuple[Path, ...]:
    """A file, or the tables in a folder and the folders in it, but for hidden ones."""
    if _is(given, Path.is_dir):
        found = (
            path
            for path in given.rglob("*")
            if not any(is_litter(place.name) for place in _below(path, given))
        )
        inside = sorted(p for p in found if _is(p, Path.is_file))
        tables = tuple(p for p in inside if p.suffix.lower() in TABLE_ENDINGS)
        if not tables:
            raise CannotBuildError(f"{given} 里没有表格（{'、'.join(TABLE_ENDINGS)}）。")
        return tables
    if not _is(given, Path.is_file):
        raise CannotBuildError(f"找不到文件 {given}。请检查文件名和路径。")
    if given.suffix.lower() not in TABLE_ENDINGS:
        known = "、".join(TABLE_ENDINGS)
        raise CannotBuildError(f"只能导入 {known} 的表格，不能导入 {given.name}。")
    return (given,)


def _is(path: Path, kind: Callable[[Path], bool]) -> bool:
    """Whether a path is of a kind; one that no file can have is of none."""
    try:
        return kind(path)
    except OSError:  # a name that is too long, or a folder that is not ours to read
        return False


def _below(path: Path, folder: Path) -> tuple[Path, ...]:
    """A path and the folders on the way to it."""
    return (path, *(parent for parent in path.parents if folder in parent.parents))


def _item(text: str, shared: Shared) -> Item | None:
    if not text:
        return None
    tables = [item for item in shared.catalogue.items if item.kind == "table"]
    found = named(text, item_names(tables))
    if len(found) != 1:
        known = "、".join(f"{item.id}（{item.title}）" for item in tables)
        raise CannotBuildError(f"没有表格事项“{text}”。--item 可以写：{known}。")
    return shared.catalogue.find(found[0])


def _places(request: Request, shared: Shared) -> dict[str, Place]:
    """The villages that can be used, by id; only the one that was asked for, if one was."""
    folders, _ = find_villages(request.villages, shared)
    if not folders:
        raise CannotBuildError(f"{request.villages} 里一个村也没有，请先建村的文件夹。")
    asked = _asked_for(request, folders)
    chosen = [folder for folder in folders if folder.id in asked]
    places = {}
    for folder in chosen:
        village, faults = _village(folder)
        masks = shared.masks.get((village.masks if village else "") or shared.site.masks)
        if village is not None and village.accounts and masks is not None:
            places[folder.id] = Place(folder, village, masks)
        elif len(chosen) == 1:
            lines = "\n".join(map(str, faults))
            raise CannotBuildError(
                f"村的基本资料有误，先改好 {folder.name}/village.yaml：\n{lines}"
            )
    return places


def _asked_for(request: Request, folders: tuple[VillageFolder, ...]) -> tuple[str, ...]:
    """The ids of the villages that may be meant: all, or the one that an option names."""
    if not request.village:
        return tuple(folder.id for folder in folders)
    found = village_named(request.village, folders)
    if len(found) == 1:
        return found
    known = "、".join(folder.id for folder in folders)
    if not found:
        raise CannotBuildError(f"没有村“{request.village}”。--village 可以写：{known}。")
    same = "、".join(found)
    raise CannotBuildError(f"不止一个村叫“{request.village}”，--village 请写代号：{same}。")


def _village(folder: VillageFolder) -> tuple[Village | None, list[Problem]]:
    file = f"{folder.name}/village.yaml"
    text = read_text(folder.path / "village.yaml", file)
    if isinstance(text, Problem):
        return None, [text]
    node, found = read_yaml(text, file)
    faults = list(found)
    given = {"id": folder.id, "town": folder.town}
    return (read_shape(node, Village, faults, given) if node else None), faults
