"""Takes villages that were built elsewhere, by town, into the site of all.

A part is a folder that `build --only … --out PART/site --cache PART/kept` filled, here or on another
machine. Its villages' files and what is kept of them are taken over. The build that follows finds
them as if it had made them itself, so it makes anew what is not right any more, and nothing else.
"""

from __future__ import annotations

from pathlib import Path

from generator.keeping import store_of
from generator.output.draft import Draft, finish
from generator.output.files import OutputFile
from generator.output.manifest import published_villages, village_files
from generator.output.store import Store
from generator.settings import CannotBuildError, Settings

SITE, KEPT = "site", "kept"


def take_part(part: Path, draft: Draft, settings: Settings) -> None:
    """Take a part's villages into a draft, and what is kept of them into the store.

    Raises `CannotBuildError` when the folder is no part.
    """
    site, kept = part / SITE, part / KEPT
    if not site.is_dir() or not kept.is_dir():
        raise CannotBuildError(
            f"{part} 不是做好的一部分：里面要有 {SITE} 和 {KEPT} 两个文件夹。"
            f"请先运行 build --only 村名 --out {part}/{SITE} --cache {part}/{KEPT}。"
        )
    finish(site)
    for village in published_villages(site):
        store = store_of(settings, village)
        if store:
            store.take(Store(kept, site, village))
        paths = (path for path in village_files(site, village) if (site / path).is_file())
        draft.add(OutputFile(path, (site / path).read_bytes()) for path in paths)
