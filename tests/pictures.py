"""Pictures of every kind of page and sheet, for people to look at: `make pictures`.

Writes `pictures/index.html` and the PNG files beside it. Pages are seen on a phone and on a
wide screen, as they are and in 长辈版, and as they come out of a printer.
"""

from __future__ import annotations

import argparse
import io
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browsing import chromium, served
from tests.commands import publish_py
from tests.kinds import PAGES, Shown
from tests.longsheet import draw_long_sheet

ROOT = Path(__file__).resolve().parents[1]
TODAY = "2025-10-10"
OUT = ROOT / "pictures"


@dataclass(frozen=True)
class Look:
    """A screen: its width in pixels, and whether 长辈版 is on."""

    name: str
    title: str
    width: int
    height: int
    is_elder: bool = False


@dataclass(frozen=True)
class Picture:
    """A file of the gallery and what it shows."""

    file: str
    caption: str


@dataclass(frozen=True)
class Entry:
    """All pictures of one page or sheet, under the heading of its kind."""

    kind: str
    title: str
    path: str
    pictures: tuple[Picture, ...]


@dataclass(frozen=True)
class Section:
    """A part of the gallery."""

    title: str
    entries: tuple[Entry, ...]


LOOKS = (
    Look("360", "手机，宽 360", 360, 740),
    Look("360-elder", "手机，长辈版", 360, 740, is_elder=True),
    Look("1280", "电脑，宽 1280", 1280, 900),
    Look("1280-elder", "电脑，长辈版", 1280, 900, is_elder=True),
)
_PRINTED = 4  # of a long page's sheets of paper, so many are shown
_PAPER = 96 / 72  # pixels of a point: as large as on a screen
_COLOURS = 128  # of a picture: enough for pages without photographs


# ----------------------------------------------------------------------------------- pages


def photograph(browser: Browser, base: str, pages: Iterable[Shown], out: Path) -> Iterator[Entry]:
    """Every page in every look and on paper."""
    with_looks = [(look, _context(browser, look)) for look in LOOKS]
    paper = browser.new_context(service_workers="block")
    for shown in pages:
        pictures = [_screen(context, base, shown, look, out) for look, context in with_looks]
        pictures.append(_paper(paper, base, shown, out))
        yield Entry(shown.kind, shown.title, shown.path, tuple(pictures))
        print(f"{shown.kind}：{shown.title}", flush=True)


def _context(browser: Browser, look: Look) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": look.width, "height": look.height},
        reduced_motion="reduce",
        service_workers="block",
        locale="zh-CN",
    )
    if look.is_elder:
        context.add_init_script("localStorage.setItem('mingbai-elder', '1')")
    return context


def _opened(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url, wait_until="networkidle" if "?" in url else "load")
    return page


def _screen(context: BrowserContext, base: str, shown: Shown, look: Look, out: Path) -> Picture:
    page = _opened(context, base + shown.path)
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled")))
    page.close()
    return _saved(picture, f"{shown.name}-{look.name}.png", look.title, out)


def _paper(context: BrowserContext, base: str, shown: Shown, out: Path) -> Picture:
    """The first sheets of paper beside each other."""
    page = _opened(context, base + shown.path)
    pdf = pypdfium2.PdfDocument(page.pdf(format="A4", print_background=True))
    page.close()
    sheets = [pdf[n].render(scale=_PAPER).to_pil() for n in range(min(len(pdf), _PRINTED))]
    caption = f"打印，A4 纸共 {len(pdf)} 张"
    if len(pdf) > _PRINTED:
        caption += f"，这里是前 {_PRINTED} 张"
    pdf.close()
    return _saved(_beside(sheets), f"{shown.name}-print.png", caption, out)


def _beside(sheets: list[Image.Image], gap: int = 12) -> Image.Image:
    wide = sum(sheet.width + gap for sheet in sheets) + gap
    whole = Image.new("RGB", (wide, max(sheet.height for sheet in sheets) + 2 * gap), "#8a8a8a")
    left = gap
    for sheet in sheets:
        whole.paste(sheet, (left, gap))
        left += sheet.width + gap
    return whole


def _saved(picture: Image.Image, file: str, caption: str, out: Path) -> Picture:
    octree, none = Image.Quantize.FASTOCTREE, Image.Dither.NONE
    picture.convert("RGB").quantize(_COLOURS, octree, dither=none).save(out / file)
    return Picture(file, f"{caption}（{picture.width}×{picture.height}）")


# ------------------------------------------------------------------------------------ index

_STYLE = """
body { margin: 0 auto; max-width: 90rem; padding: 1rem; font: 16px/1.6 sans-serif; }
body { color: #1a1a1a; background: #f6f4ef; }
h1 { font-size: 1.6rem; } h2 { margin-top: 3rem; border-bottom: 3px solid #a61b1b; }
h3 { margin: 2.5rem 0 0; font-size: 1.2rem; } h4 { margin: 1.2rem 0 .4rem; }
nav a { margin-right: 1em; }
.row { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start; }
figure { margin: 0; } figcaption { font-size: .9rem; color: #4a4a4a; }
figure a { display: block; max-height: 38rem; overflow: hidden; border: 1px solid #b5b0a5; }
img { display: block; width: 17rem; height: auto; } img.wide { width: 34rem; }
"""


def index(sections: Iterable[Section]) -> str:
    """The page that shows all pictures; tall ones are cut, a click shows them whole."""
    parts = [
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width"><title>各种页面的样子</title>',
        f"<style>{_STYLE}</style><h1>各种页面的样子</h1>",
        f"<p>示例乡镇在 {TODAY} 的样子。高的图只露出上面一截，点图看全。</p>",
    ]
    for section in sections:
        parts.append(f"<h2>{escape(section.title)}</h2>")
        for kind, entries in groupby(section.entries, key=lambda entry: entry.kind):
            parts.append(f"<h3>{escape(kind)}</h3>")
            parts += [_entry(entry) for entry in entries]
    return "\n".join(parts)


def _entry(entry: Entry) -> str:
    figures = "\n".join(_figure(picture, entry.title) for picture in entry.pictures)
    address = f"<code>{escape(entry.path or '/')}</code>"
    return f'<h4>{escape(entry.title)} {address}</h4>\n<div class="row">\n{figures}\n</div>'


def _figure(picture: Picture, title: str) -> str:
    name, words = escape(picture.file), escape(f"{title}，{picture.caption}")
    wide = "" if "-360" in picture.file else ' class="wide"'
    return (
        f'<figure><a href="{name}"><img src="{name}" alt="{words}" loading="lazy"{wide}></a>'
        f"<figcaption>{escape(picture.caption)}</figcaption></figure>"
    )


# ------------------------------------------------------------------------------------ sheets


def sheets(site: Path, pages: Iterable[Shown], out: Path) -> Iterator[Entry]:
    """The sheets for the wall of the records among the pages, as the build drew them."""
    for shown in pages:
        path = shown.path.partition("?")[0]
        drawn, batch = site / path / "poster.pdf", site / f"{path.rstrip('/')}.pdf"
        file = drawn if drawn.is_file() else batch
        if file.is_file():
            pictures = _both(file, shown.name, out)
            tiles = file.with_name(f"{file.stem}-tiles.pdf")
            if tiles.is_file():
                whole, caption = _pages(tiles)
                pictures += (_saved(whole, f"{shown.name}-tiles.png", f"拼图，{caption}", out),)
            yield Entry("公示单", shown.title, f"{shown.path}poster.pdf", pictures)


def long_sheet(out: Path, count: int = 120) -> Entry:
    """A table of many pages: the first, one in the middle, the last."""
    with tempfile.TemporaryDirectory() as folder:
        pictures = _both(draw_long_sheet(Path(folder), TODAY, count), "long", out, has_all=False)
    return Entry("很长的表", f"{count} 笔收支，A4 纸", "", pictures)


def _both(file: Path, name: str, out: Path, *, has_all: bool = True) -> tuple[Picture, ...]:
    """A sheet's pages in colour and as a printer without colour gives them."""
    whole, caption = _pages(file, has_all=has_all)
    return (
        _saved(whole, f"{name}-sheet.png", caption, out),
        _saved(whole.convert("L"), f"{name}-sheet-grey.png", f"黑白打印，{caption}", out),
    )


def _pages(file: Path, *, has_all: bool = True) -> tuple[Image.Image, str]:
    """The first pages of a file beside each other, or its first, middle and last, and what of
    it is seen."""
    pdf = pypdfium2.PdfDocument(file)
    try:
        count = len(pdf)
        few = tuple(dict.fromkeys((0, count // 2, count - 1)))
        numbers = tuple(range(min(count, _PRINTED))) if has_all else few
        wide = 1080 if len(numbers) == 1 else 800
        shown = [pdf[n].render(scale=wide / pdf[n].get_width()).to_pil() for n in numbers]
    finally:
        pdf.close()
    caption = f"共 {count} 张"
    if len(numbers) < count:
        caption += f"，这里是第 {'、'.join(str(n + 1) for n in numbers)} 张"
    return (shown[0] if count == 1 else _beside(shown)), caption


def gallery(site: Path, out: Path, pages: tuple[Shown, ...]) -> None:
    """Write the pictures of a built site and their page, in place of earlier ones."""
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.png"):
        old.unlink()
    with served(site) as base, chromium() as browser:
        looks = Section("页面", tuple(photograph(browser, base, pages, out)))
    walls = Section("公示单", (*sheets(site, pages, out), long_sheet(out)))
    (out / "index.html").write_text(index((looks, walls)), "utf-8")


def main() -> None:
    """Build the sample, or take a site that is built, and make its gallery."""
    parser = argparse.ArgumentParser(description="各种页面、公示单的图片")
    parser.add_argument("--site", type=Path, help="用这个编译好的示例网站，不重新编译")
    parser.add_argument("--out", type=Path, default=OUT, help="写到哪个文件夹")
    parser.add_argument("names", nargs="*", help="只要这几种，例如 ledger home")
    options = parser.parse_args()
    pages = tuple(p for p in PAGES if not options.names or p.name in options.names)
    with tempfile.TemporaryDirectory() as folder:
        site = options.site or Path(folder) / "site"
        if options.site is None:
            print("编译示例乡镇", flush=True)
            result = publish_py("build", "--today", TODAY, "--out", str(site))
            if result.returncode:
                raise SystemExit(result.stderr)
        gallery(site, options.out, pages)
    print(f"图片在 {options.out / 'index.html'}")


if __name__ == "__main__":
    main()
