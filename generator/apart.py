"""Makes villages on machines that see none of this one's folders.

A village travels as one archive, with what is kept of it and what the site has of it, so that the
other machine makes what this one would: it lies there in a folder for the time being. What it made
and what is to be kept come back as one archive, and only here do files come into the site.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.intake.folders import VillageFolder
from generator.keeping import Bench, Made, keep, key_of_village
from generator.model.filenames import MANIFEST
from generator.output.draft import Draft
from generator.output.files import OutputFile
from generator.output.parcels import ParcelTooLargeError, is_whole, lay, packed, unpacked
from generator.settings import TEMPLATES, CannotBuildError, Settings
from generator.workers import make_village

_VILLAGE, _SITE, _KEPT, _OWN = "village", "site", "kept", "templates"


@dataclass(frozen=True)
class Common:
    """What all villages have in common, with the site's own templates as an archive, and the manifest of
    the site, by which a village's own is known to be whole."""

    bench: Bench
    templates: bytes
    manifest: bytes


def common_of(bench: Bench) -> Common:
    """What is sent to each machine, once.

    Raises `CannotBuildError` where an archive would not hold it.
    """
    own = bench.settings.own_templates
    if own and not is_whole(own.resolve()):
        raise CannotBuildError(
            f"{own} 里有链接、空文件夹或者别的电脑不认的文件名，送不到别的电脑去。"
            "请换成文件本身、改好名字，或者去掉 --cluster。"
        )
    manifest = bench.settings.out / MANIFEST
    return Common(
        bench,
        packed({_OWN: own.resolve()}) if own else b"",
        manifest.read_bytes() if manifest.is_file() else b"",
    )


def sent(bench: Bench, folder: VillageFolder) -> bytes | None:
    """A village as it travels; nothing where an archive does not hold all of it.

    Raises `CannotBuildError` where it is too large.
    """
    if not is_whole(folder.path):
        return None
    folders = {_VILLAGE: folder.path}
    if store := bench.store(folder.id):
        folders |= {_KEPT: store.own, _SITE: bench.settings.out / "v" / folder.id}
    try:
        return packed(folders)
    except OSError:
        return None
    except ParcelTooLargeError:
        raise CannotBuildError(
            f"{folder.name} 太大，送不到别的电脑去。请去掉 --cluster，或者让几台电脑看得见同一个文件夹。"
        ) from None


def made_apart(common: Common, folder: VillageFolder, content: bytes) -> tuple[Made, bytes]:
    """A village that came as an archive, made here; and what was written for it, as it goes back."""
    bench = common.bench
    with TemporaryDirectory() as name:
        root = Path(name)
        settings = replace(
            bench.settings,
            content=_content(common.templates),
            villages=root / "villages",
            out=root / "site",
            cache=root / "cache" if bench.settings.cache else None,
            templates=templates_here(bench.settings),
        )
        draft = Draft(settings.out) if bench.draft else None
        own = replace(bench, settings=settings, draft=draft)
        folder = replace(folder, path=settings.villages / folder.id)
        lay(content, _VILLAGE, folder.path)
        lay(content, _SITE, settings.out / "v" / folder.id)
        settings.out.mkdir(exist_ok=True)
        (settings.out / MANIFEST).write_bytes(common.manifest)
        store = own.store(folder.id)
        if store:
            lay(content, _KEPT, store.own)
        made = make_village(own, folder)
        written = {_SITE: draft.files} if draft else {}
        return made, packed({**written, **({_KEPT: store.own} if store else {})})


def taken(bench: Bench, folder: VillageFolder, made: Made, content: bytes) -> Made:
    """A village that was made apart, with its files in the draft and what is kept of it."""
    store = bench.store(folder.id)
    if store and not bench.settings.is_dry:
        lay(content, _KEPT, store.own)
    if bench.draft:
        bench.draft.add(OutputFile(path, own) for path, own in unpacked(content, _SITE))
        files = bench.draft.held(made.files)
        assert files is not None  # they came with it, or are as they were when it left
        made = replace(made, files=files)
    if made.key == key_of_village(folder, bench):
        keep(bench, folder.id, made)
    return made


def templates_here(settings: Settings) -> Path:
    """The program's templates on the machine that asks."""
    return settings.templates if settings.templates.is_dir() else TEMPLATES


_held: list[TemporaryDirectory[str]] = []  # of this process, until it ends


@lru_cache(maxsize=1)
def _content(templates: bytes) -> Path:
    """A folder with the site's own templates: one for all villages, since what draws is made once for
    each."""
    _held[:] = [TemporaryDirectory()]
    folder = Path(_held[0].name)
    if templates:
        lay(templates, _OWN, folder / _OWN)
    return folder
