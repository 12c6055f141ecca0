"""Makes the files of sheets: PDF, pictures, and tiles for the office's printer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from generator.model.boards import is_larger
from generator.model.filenames import LONG_PICTURE, PDF, PICTURE, TILES
from generator.output.files import OutputFile
from generator.problems import Problem, Source, problem
from generator.progress import DrawnSheet, Told, unheard
from generator.render.posters.laid import EngineError
from generator.render.posters.press import PosterPress
from generator.render.posters.tiling import Tiling
from generator.render.printed import Printed
from generator.views.sheets import SheetView


def render_posters(
    sheets: Sequence[SheetView],
    press: PosterPress,
    base_url: str,
    printer: str = "",
    kept: Mapping[str, str] = MappingProxyType({}),
    told: Told = unheard,
) -> Printed:
    """The PDF and the pictures of every sheet, and what is larger than the office's paper as
    tiles for it. `printer` is the paper of offices that name none of their own; `kept` sheets stay
    as they were drawn, by path, each with the key under which it may lie. Each that is drawn is `told`."""
    files: list[OutputFile] = []
    keys: dict[str, str] = {}
    problems: list[Problem] = []
    counts = {True: 0, False: 0}
    for number, sheet in enumerate(sheets, start=1):
        is_kept = sheet.path in kept
        drawn = press.recall(kept[sheet.path]) if is_kept else press.draw(sheet, base_url)
        problems.extend(drawn.problems)
        if drawn.is_new:
            village = sheet.place.village if sheet.place else None
            named = (village.id, village.name) if village else ("", "")
            told(DrawnSheet(*named, number, len(sheets)))
        if drawn.pdf:
            counts[drawn.is_new] += 1
            keys[sheet.path] = drawn.key
            files.append(OutputFile(f"{sheet.path}{PDF}", drawn.pdf))
            files.append(OutputFile(f"{sheet.path}{PICTURE}", drawn.png))
            own = (sheet.place.village.printer if sheet.place else "") or printer
            is_cut = own and is_larger(sheet.paper, own)
            tiles, faults = tiled(press, sheet, drawn.pdf, own) if is_cut else (b"", ())
            problems.extend(faults)
            if tiles:
                files.append(OutputFile(f"{sheet.path}{TILES}", tiles))
        if drawn.long_png:
            files.append(OutputFile(f"{sheet.path}{LONG_PICTURE}", drawn.long_png))
    return Printed(tuple(files), tuple(problems), drawn=counts[True], kept=counts[False], keys=keys)


def tiled(
    press: PosterPress, sheet: SheetView, pdf: bytes, printer: str
) -> tuple[bytes, tuple[Problem, ...]]:
    """A sheet cut for an office's printer, and why it is not."""
    try:
        return press.tile(pdf, sheet.subtitle, Tiling(printer)), ()
    except EngineError as fault:
        return b"", (problem("poster-failed", Source(sheet.source), reason=f"分张打印：{fault}"),)
