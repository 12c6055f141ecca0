"""Which files of villages/ the desk may show and write, by their paths from there on."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from generator.intake.approvals import APPROVALS
from generator.intake.folders import APPROVED, is_link, is_litter
from generator.intake.histories import HISTORY
from generator.model.filenames import is_device
from generator.settings import CannotBuildError, Settings

TABLES = (".csv", ".xlsx", ".xls", ".et", ".ods")
WRITTEN = (APPROVALS, HISTORY)
"""Files that only the program writes: they are shown, and not mended by hand."""
TITLES = {
    "village.yaml": "村的基本情况",
    "powers.yaml": "本村的权力清单",
    "posted.csv": "上墙登记",
    "withdrawn.yaml": "撤回的",
    "explanations.yaml": "核实过的",
    "history.yaml": "公开以后改过的",
    "approvals.yaml": "审核登记",
}
"""What the files beside the items are called."""
_SHOWN = (*TABLES, ".md", ".yaml")
_CLOSED = ("private", APPROVED)  # what is never shown, and what only an approval writes
_DEEPEST = 2  # folders above a village's: villages/ and a town's


def file_at(villages: Path, path: str) -> Path:
    """A file of a village by its path, whether it is there or not.

    Raises `CannotBuildError` for what is no such path: of another kind, hidden, private, outside
    villages/, or behind a link.
    """
    parts = PurePosixPath(path).parts
    is_plain = path == "/".join(parts) and not set(path) & set("\\:\0")
    if (
        not is_plain
        or len(parts) > 2 * _DEEPEST
        or any(is_litter(part) or is_device(part) or part in ("..", "/") for part in parts)
    ):
        raise _refused(path)
    file = villages.joinpath(*parts)
    home = home_of(villages, file)
    inner = file.relative_to(home).parts if home else ()
    # Windows and macOS find private/ by the name PRIVATE too.
    is_closed = not inner or inner[0].casefold() in _CLOSED or file.suffix.lower() not in _SHOWN
    if is_closed or file.parent.resolve() != villages.resolve().joinpath(*parts[:-1]):
        raise _refused(path)
    if is_link(file) or (file.exists() and not file.is_file()):
        raise _refused(path)
    return file


def home_of(villages: Path, file: Path) -> Path | None:
    """The folder of the village to which a file belongs."""
    above = [parent for parent in file.parents if villages in parent.parents]
    homes = (folder for folder in above[-_DEEPEST:] if (folder / "village.yaml").is_file())
    return next(homes, None)


def files_of(home: Path, villages: Path) -> list[str]:
    """The paths of a village's files that the desk shows, in order."""
    found = []
    for path in sorted(home.rglob("*")):
        inner = path.relative_to(home).parts
        if inner[0].casefold() in _CLOSED or len(inner) > _DEEPEST or any(map(is_litter, inner)):
            continue
        if path.suffix.lower() in _SHOWN and path.is_file() and not is_link(path):
            found.append(path.relative_to(villages).as_posix())
    return found


def room_of(settings: Settings) -> Path:
    """Where the desk keeps what nobody needs afterwards."""
    return (settings.cache or Path(".cache/kept")).parent / "desk"


def _refused(path: str) -> CannotBuildError:
    return CannotBuildError(f"“{path}”不是村里可以在这里看的文件。")
