"""The options of a build."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Folders and choices of one build. `only` names villages; empty means all of them.

    `base_url` begins every printed address; empty means the one of site.yaml. `cache` is the folder
    of drawn sheets; `full` draws them all again. A dry run writes nothing, there either.
    """

    content: Path
    villages: Path
    templates: Path
    out: Path
    today: date
    only: tuple[str, ...] = ()
    jobs: int = 1
    posters: bool = True
    base_url: str = ""
    cache: Path | None = None
    full: bool = False
    is_dry: bool = False

    @property
    def own_templates(self) -> Path | None:
        """The site's own templates, which stand before the package's; None where it has none."""
        folder = self.content / "templates"
        return folder if folder.is_dir() else None


class CannotBuildError(Exception):
    """Nothing could be built: a folder is missing or a setting is wrong. The text is Chinese."""
