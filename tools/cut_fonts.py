"""Cut the fonts of the PDF sheets out of Debian's fonts-noto-cjk.

    python tools/cut_fonts.py --source /usr/share/fonts/opentype/noto --out templates/fonts

The output folder holds the list, characters.txt, and the committed results. The same list,
source and fontTools give the same bytes.
"""

import argparse
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.misc.transform import Identity
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

KEPT_NAMES = (0, 5, 7, 8, 9, 13, 14)  # copyright, version, trademark, maker, designer, licence x 2


@dataclass(frozen=True)
class Cut:
    """One font to make; `error` is how far, in 1/1000 em, a new curve may stray from the old."""

    kind: str
    style: str
    error: float
    sha256: str  # of the collection


# The serif has far more curves, so it gets a wider tolerance to stay near 3 MB a weight.
CUTS = (
    Cut("Sans", "Regular", 1, "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a"),
    Cut("Sans", "Bold", 1, "faa5f3656a78b2e2d450d27fe8382c778bc2b6bb5ea29c986664a6a435056ceb"),
    Cut("Serif", "Regular", 2, "a04178ec485dffdff7cc0c0c20e1fce9202d7e2160d805e8e44a4c8841c58481"),
    Cut("Serif", "Bold", 2, "a5d4b046c127da3d7c72f98b46c41489cd29bf52abfdf18aba920903e920d4ac"),
)


def parse_list(text: str) -> set[int]:
    """Code points of a list: lines of characters, of U+XXXX or U+XXXX-YYYY, or # comments."""
    points: set[int] = set()
    for line in text.splitlines():
        if line.startswith("U+"):
            for word in line.split():
                first, _, last = word.removeprefix("U+").partition("-")
                points.update(range(int(first, 16), int(last or first, 16) + 1))
        elif not line.startswith("#"):
            points.update(map(ord, line))
    return points


def open_face(cut: Cut, folder: Path) -> TTFont:
    """The face of the collection, after making sure that it is the one we know."""
    path, name = folder / f"Noto{cut.kind}CJK-{cut.style}.ttc", f"Noto{cut.kind}CJKsc-{cut.style}"
    if hashlib.sha256(path.read_bytes()).hexdigest() != cut.sha256:
        raise SystemExit(f"{path}: not the file that this cut was made for; see SOURCES.md")
    faces = TTCollection(path, lazy=True).fonts
    return next(face for face in faces if face["name"].getDebugName(6) == name)


def subset(font: TTFont, points: set[int]) -> None:
    """Keep the glyphs of these code points and drop what only layout and hinting need."""
    missing = sorted(points - set(font.getBestCmap()))
    if missing:
        raise SystemExit("not in the source: " + " ".join(f"U+{p:04X}" for p in missing))
    options = Options(hinting=False, notdef_outline=True, name_IDs=["*"])
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
    cutter = Subsetter(options)
    cutter.populate(unicodes=points)
    cutter.subset(font)


def full_em(glyphs: Any, name: str, em: int) -> tuple[float, ...]:
    """The change that draws a glyph from edge to edge of its em."""
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    left, _, right, _ = pen.bounds
    return (em / (right - left), 0, 0, 1, -left * em / (right - left), 0)


def to_truetype(font: TTFont, points: set[int], error: float) -> None:
    """Replace the cubic CFF outlines by quadratic glyf ones, one glyph for each character.

    The source lets characters that look alike (· • ‧) share a glyph; text taken from a PDF would
    then mix them up. And it joins the two dashes of a 破折号 by a layout feature that we drop.
    """
    source, cmap, em = font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm
    names = {point: f"u{point:04X}" for point in sorted(points)}
    glyphs, widths = {}, {}
    for name, old in [(".notdef", ".notdef"), *((names[p], cmap[p]) for p in names)]:
        pen = TTGlyphPen(None)
        quadratic = Cu2QuPen(pen, error, reverse_direction=True)
        dash = name == names[ord("—")]
        change = full_em(source, old, em) if dash else Identity
        source[old].draw(TransformPen(quadratic, change))
        glyphs[name], widths[name] = pen.glyph(), em if dash else source[old].width
    del font["CFF "]
    font.sfntVersion = "\0\1\0\0"
    builder = FontBuilder(font=font)
    builder.isTTF = True
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap(names)
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: (widths[name], glyphs[name].xMin) for name in glyphs})
    builder.setupMaxp()
    font["post"].formatType = 3.0  # no glyph names


def rename(font: TTFont, cut: Cut) -> None:
    """Give the font our family name, so that it is never taken for an installed Noto."""
    table, family = font["name"], f"Mingbai {cut.kind}"
    origin, version = table.getDebugName(6), table.getDebugName(5)
    table.names = [r for r in table.names if r.nameID in KEPT_NAMES and r.langID == 0x409]
    ours = {
        1: family,
        2: cut.style,
        3: f"{family} {cut.style}, cut from {origin} {version}",
        4: f"{family} {cut.style}",
        6: f"Mingbai{cut.kind}-{cut.style}",
        10: f"Cut from {origin}: fewer characters, no layout features, quadratic outlines.",
    }
    for number, text in ours.items():
        table.setName(text, number, 3, 1, 0x409)
    font["OS/2"].achVendID = "    "


def main() -> None:
    """Cut every font and write the list of digests."""
    parser = argparse.ArgumentParser(description="Cut the fonts of the PDF sheets.")
    parser.add_argument("--source", type=Path, required=True, help="folder of the .ttc files")
    parser.add_argument("--out", type=Path, required=True, help="folder of characters.txt")
    args = parser.parse_args()
    made = [args.out / "characters.txt"]
    points = parse_list(made[0].read_text(encoding="utf-8"))
    for cut in CUTS:
        font = open_face(cut, args.source)
        subset(font, points)
        to_truetype(font, points, cut.error)
        rename(font, cut)
        made.append(args.out / f"Mingbai{cut.kind}-{cut.style}.ttf")
        font.recalcTimestamp = False  # the source's dates stay, so the bytes do
        font.save(made[-1])
        print(f"{made[-1].name}: {len(points)} characters, {made[-1].stat().st_size} bytes")
    sums = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in made)
    (args.out / "sha256sums.txt").write_text("".join(sums))


if __name__ == "__main__":
    main()
