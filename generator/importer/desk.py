"""What an import stands on: content/, the villages there are, and what the clerk said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.checks import check_content
from generator.intake.content import read_content
from generator.intake.files import read_text
from generator.intake.folders import VillageFolder, find_villages
from generator.intake.shape import read_shape
from generator.intake.yamlfile import read_yaml
from generator.model.catalogue import Item
from generator.model.masks import MaskProfile
from generator.model.period import Period, parse_period
from generator.model.shared import Shared
from generator.model.village import Village
from generator.problems import Problem, in_order
from generator.settings import CannotBuildError


@dataclass(frozen=True)
class Request:
    """An import as asked for; what is empty is to be found out."""

    file: Path
    content: Path
    villages: Path
    today: date
    village: str = ""
    item: str = ""
    period: str = ""
    account: str = ""
    sheet: str = ""
    replace: bool = False


@dataclass(frozen=True)
class Place:
    """A village that a file may be for."""

    folder: VillageFolder
    village: Village
    masks: MaskProfile


@dataclass(frozen=True)
class Desk:
    """The request with all that it names looked up."""

    request: Request
    shared: Shared
    places: dict[str, Place]
    items: tuple[Item, ...]
    period: Period | None


def set_desk(request: Request) -> Desk:
    """Look everything up. Raises `CannotBuildError` when something is not there."""
    for folder in (request.content, request.villages):
        if not folder.is_dir():
            raise CannotBuildError(f"找不到文件夹 {folder}。请检查路径，或在项目的文件夹里运行。")
    if not request.file.is_file():
        raise CannotBuildError(f"找不到文件 {request.file}。请检查文件名和路径。")
    shared = _content(request.content)
    places = _places(request, shared)
    tables = tuple(item for item in shared.catalogue.items if item.kind == "table")
    items = tuple(item for item in tables if request.item in ("", item.id))
    if not items:
        known = "、".join(f"{item.id}（{item.title}）" for item in tables)
        raise CannotBuildError(f"没有表格事项“{request.item}”。--item 可以写：{known}。")
    period = parse_period(request.period)
    if request.period and period is None:
        raise CannotBuildError(
            f"“{request.period}”不是期次。--period 请写成 2025-09、2025Q3、2025H1 或 2025。"
        )
    return Desk(request, shared, places, items, period)


def _content(folder: Path) -> Shared:
    shared, faults = read_content(folder)
    problems = in_order((*faults, *(check_content(shared) if shared else ())))
    if shared is None or any(p.severity == "error" for p in problems):
        lines = "\n".join(map(str, problems))
        raise CannotBuildError(f"公用资料有误，先改好才能导入：\n{lines}")
    return shared


def _places(request: Request, shared: Shared) -> dict[str, Place]:
    """The villages that can be used, by id; only the one that was asked for, if one was."""
    folders, _ = find_villages(request.villages, shared)
    known = "、".join(folder.id for folder in folders)
    if request.village and request.village not in {folder.id for folder in folders}:
        raise CannotBuildError(f"没有村“{request.village}”。--village 可以写：{known}。")
    chosen = [folder for folder in folders if request.village in ("", folder.id)]
    if not chosen:
        raise CannotBuildError(f"{request.villages} 里一个村也没有，请先建村的文件夹。")
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


def _village(folder: VillageFolder) -> tuple[Village | None, list[Problem]]:
    file = f"{folder.name}/village.yaml"
    text = read_text(folder.path / "village.yaml", file)
    if isinstance(text, Problem):
        return None, [text]
    node, found = read_yaml(text, file)
    faults = list(found)
    given = {"id": folder.id, "town": folder.town}
    return (read_shape(node, Village, faults, given) if node else None), faults
