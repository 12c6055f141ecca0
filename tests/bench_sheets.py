"""Sheets a second, beside WeasyPrint called plainly and beside Typst: part of `make bench`.

Plain WeasyPrint gets the same HTML and style sheets, parsed anew for each document, with the
system's font; what we replace within it (`posters/shortcuts`) is replaced for it as well. Typst
gets the same words, tables, drawings and code on the same paper with the packaged fonts, by a
template as plain as can be. All in one run: what counts is the ratio.
"""

from __future__ import annotations

import logging
import re
import subprocess
import sys
import tempfile
import time
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

import lxml.html
import typst
import weasyprint
from lxml import etree

from generator.compiler import compile_village
from generator.drawing import press_of
from generator.intake.content import read_content
from generator.intake.folders import VillageFolder, find_villages
from generator.model.shared import Shared
from generator.reading import sound_village
from generator.render.posters import PosterPress
from generator.render.posters.picture import pictures
from generator.render.posters.press import _STYLES
from generator.settings import Settings
from generator.views.contents import village_contents
from generator.views.sheets import SheetView, site_sheets, village_sheets
from tests.timing import best

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "templates"
TODAY = date(2025, 10, 10)
SITE = "https://mingbai.example"
SETTINGS = Settings(ROOT / "content", ROOT / "villages", TEMPLATES, Path("site"), TODAY)
REPEATS = 7
SHEETS = {
    "A3 finance, set tight": ("finance", "v/liuxi/ledger/2025-09/poster"),
    "A3 finance, one page": ("finance", "v/liuxi/ledger/2025-02.coop/poster"),
    "A1 power list": ("powers", ""),
    "A4 notice": ("notice", ""),
}


def sample() -> tuple[Shared, VillageFolder]:
    """content/ and the largest sample village."""
    shared, _ = read_content(ROOT / "content")
    assert shared is not None
    return shared, next(f for f in find_villages(ROOT / "villages", shared)[0] if f.id == "liuxi")


def sheets() -> dict[str, SheetView]:
    """The sheets that are measured."""
    shared, folder = sample()
    data, _ = sound_village(folder, shared, TODAY)
    assert data is not None
    contents = village_contents(data, shared, TODAY)
    known = (*village_sheets(contents, shared), *site_sheets(shared, TODAY))
    found = {
        name: next((s for s in known if s.layout == layout and s.path.startswith(path)), None)
        for name, (layout, path) in SHEETS.items()
    }
    return {name: sheet for name, sheet in found.items() if sheet}


# ------------------------------------------------------------------------------------- peers


def plain_weasyprint(press: PosterPress, sheet: SheetView) -> bytes:
    """One call, one document, nothing shared, the system's font."""
    styles = [(TEMPLATES / name).read_text("utf-8") for name in _STYLES[1:]]
    styles.append(press._paper_style(sheet.paper)[0])
    named = [
        css.replace("Mingbai Sans", "Noto Sans CJK SC").replace(
            "Mingbai Serif", "Noto Serif CJK SC"
        )
        for css in styles
    ]
    html = press.html(sheet, SITE)
    pdf: bytes = weasyprint.HTML(string=html).write_pdf(
        stylesheets=[weasyprint.CSS(string=css) for css in named]
    )
    return pdf


def typst_source(html: str, sheet: SheetView, folder: Path) -> str:
    """The same words, tables and pictures as a Typst document; its pictures go into `folder`."""
    paper, page = sheet.paper, lxml.html.fromstring(html)
    body = page.find("body")
    assert body is not None
    foot = "\n".join(_blocks(body.find_class("footer")[0], folder, "foot"))
    for margin in (*body.find_class("footer"), *body.find_class("continued")):
        margin.drop_tree()
    return f"""#set page(width: {paper.width}mm, height: {paper.height}mm, margin: (x: {paper.margin}mm,
  top: {paper.margin}mm, bottom: {paper.foot + paper.margin}mm),
  header: context align(right)[第 #counter(page).display() 页 共 #counter(page).final().first() 页],
  footer: [{foot}])
#set text(font: "Mingbai Sans", size: {paper.body}pt, lang: "zh")
#show heading: set text(font: "Mingbai Serif", size: {paper.body * 2}pt)
#set table(stroke: 0.5pt + gray)
{chr(10).join(_blocks(body, folder, "body"))}
"""


def typst_of(html: str, sheet: SheetView) -> tuple[float, int]:
    """CPU seconds and bytes. Typst remembers what it laid out, so each repeat has other figures."""
    with tempfile.TemporaryDirectory() as temporary:
        source = Path(temporary) / "sheet.typ"
        words = typst_source(html, sheet, source.parent)
        source.write_text(words, "utf-8")
        compiler = typst.Compiler(
            source, font_paths=[TEMPLATES / "fonts"], ignore_system_fonts=True
        )
        head, _, text = words.partition("#show heading")
        turns = count()

        def compile_other() -> bytes:
            turn = next(turns) % 10
            digits = str.maketrans("0123456789", "0123456789"[turn:] + "0123456789"[:turn])
            shown = re.sub(r"(?<=\[)[^\[\]]*(?=\])", lambda m: m[0].translate(digits), text)
            source.write_text(f"{head}#show heading{shown}", "utf-8")
            pdf: bytes = compiler.compile(format="pdf")
            return pdf

        return best(compile_other, REPEATS), len(compile_other())


def _blocks(element: lxml.html.HtmlElement, folder: Path, name: str) -> Iterator[str]:
    for number, child in enumerate(element.iterchildren(tag=etree.Element)):
        mine = f"{name}-{number}"
        if child.tag in ("h1", "h2", "h3"):
            yield f"{'=' * int(child.tag[1])} {_words(child)}"
        elif child.tag == "table":
            yield _table(child)
        elif child.tag == "svg":
            (folder / f"{mine}.svg").write_bytes(etree.tostring(child))
            yield f'#image("{mine}.svg", width: 47%)'
        elif child.tag == "img":
            (folder / f"{mine}.png").write_bytes(b64decode(child.get("src").partition(",")[2]))
            yield f'#image("{mine}.png", width: 40mm, scaling: "pixelated")'
        elif child.find(".//svg") is not None or child.find(".//img") is not None:
            yield from _blocks(child, folder, mine)
        elif child.find(".//table") is not None or child.tag in ("div", "section", "article"):
            yield from _blocks(child, folder, mine) if len(child) else iter((_words(child),))
        else:
            yield _words(child)
        yield ""


def _table(table: lxml.html.HtmlElement) -> str:
    rows = [row.xpath("./th|./td") for row in table.iter("tr")]
    columns = max(sum(int(cell.get("colspan", 1)) for cell in row) for row in rows)
    lines = []
    for row in rows:
        cells = [f"table.cell(colspan: {c.get('colspan', 1)})[{_words(c)}]" for c in row]
        line = ", ".join(cells)
        lines.append(f"table.header({line})" if row and row[0].tag == "th" else line)
    return f"#table(columns: {columns}, {', '.join(lines)})"


def _words(element: lxml.html.HtmlElement) -> str:
    text = " ".join(element.text_content().split())
    return re.sub(r"([\\#$*_`<>@\[\]=~/-])", r"\\\1", text)


# ------------------------------------------------------------------------------------- figures


def compare(press: PosterPress, name: str, sheet: SheetView) -> None:
    """One sheet, three ways."""
    drawn = press.draw(sheet, SITE)
    assert drawn.pdf, drawn.problems
    shown = best(lambda: pictures(drawn.pdf, press._font), REPEATS)
    ours = best(lambda: press.draw(sheet, SITE), REPEATS) - shown
    plain = best(lambda: plain_weasyprint(press, sheet), REPEATS)
    theirs, other = typst_of(press.html(sheet, SITE), sheet)
    print(
        f"{name}: {1 / ours:5.2f} PDFs a second per core ({ours * 1000:.0f} ms;"
        f" with pictures {(ours + shown) * 1000:.0f} ms), {len(drawn.pdf) / 1024:.0f} KB"
    )
    print(
        f"  plain WeasyPrint {plain * 1000:.0f} ms: ours ×{plain / ours:.2f} as fast,"
        f" {len(plain_weasyprint(press, sheet)) / 1024:.0f} KB"
    )
    print(f"  Typst {theirs * 1000:.0f} ms: ours ×{theirs / ours:.2f}, {other / 1024:.0f} KB")


def mixed(press: PosterPress) -> None:
    """Every fourth sheet of a village, of all kinds, drawn for the second time by one process."""
    shared, folder = sample()
    data, _ = sound_village(folder, shared, TODAY)
    assert data is not None
    some = village_sheets(village_contents(data, shared, TODAY), shared)[::4]
    drawn = [press.draw(sheet, SITE) for sheet in some]
    start = time.process_time()
    for sheet in some:
        press.draw(sheet, SITE)
    whole = time.process_time() - start
    start = time.process_time()
    for one in drawn:
        pictures(one.pdf, press._font)
    shown = time.process_time() - start
    print(
        f"{len(some)} mixed sheets: {len(some) / (whole - shown):.1f} PDFs a second per core,"
        f" {len(some) / whole:.1f} with their pictures"
    )


def rebuild() -> None:
    """A village drawn, and again with everything kept."""
    shared, folder = sample()
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        settings = replace(SETTINGS, out=root / "site", cache=root / "cache")
        times = []
        for _ in range(2):
            start = time.process_time()
            output = compile_village(folder, shared, settings)
            times.append(time.process_time() - start)
    print(
        f"{folder.id} again, {output.kept} sheets kept and {output.drawn} drawn: {times[1]:.1f} s"
        f" instead of {times[0]:.1f} s, ×{times[0] / times[1]:.1f}"
    )


def memory() -> None:
    """The most memory that a process held which drew every sheet of a village."""
    words = [sys.executable, "-m", "tests.bench_sheets", "memory"]
    done = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True)
    print(f"a worker that drew {done.stdout.strip()} MB at most")


def _draw_all() -> None:
    shared, folder = sample()
    before = _most_memory()
    output = compile_village(folder, shared, SETTINGS)
    print(f"{output.drawn} sheets of a village ({before} MB before) held {_most_memory()}")


def _most_memory() -> int:
    """MB; what getrusage says would begin with the memory of the process that started this one."""
    status = Path("/proc/self/status").read_text("ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) // 1024 if found else 0


def measure_sheets() -> None:
    """Print every comparison."""
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    shared, folder = sample()
    press = press_of(shared, SETTINGS, folder.id)
    for name, sheet in sheets().items():
        compare(press, name, sheet)
    mixed(press)
    rebuild()
    memory()


if __name__ == "__main__":
    if sys.argv[1:] == ["memory"]:
        _draw_all()
    else:
        measure_sheets()
