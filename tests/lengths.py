"""How long pages are on a phone: `python -m tests.lengths SITE [OTHER]`, side by side.

Of every page of a built site: its length in screens of 360 by 740, also in 长辈版; where a table's first
row stands and the first telephone number in the text; how much of a notice's page is the notice.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Page

from tests.browsing import chromium, served

_WIDTH, _SCREEN = 360, 740
# What the village wrote: the notice in one sentence, its result, its text, its files.
_NOTICE = "article > .prose, article .sentence, article .outcome, article [aria-labelledby=files]"
_ASK = """() => {
  const top = (css) => {
    const found = [...document.querySelectorAll(css)].find((e) => e.offsetParent);
    return found ? found.getBoundingClientRect().top + scrollY : null;
  };
  const high = (css) => [...document.querySelectorAll(css)]
    .reduce((sum, e) => sum + e.getBoundingClientRect().height, 0);
  return {
    kind: document.body.dataset.kind,
    length: document.documentElement.scrollHeight,
    row: top("main .rows tbody tr.row, main .roll li"),
    phone: top('main a[href^="tel:"]'),
    notice: document.querySelector("article .prose") && high(NOTICE) / high("main"),
  };
}""".replace("NOTICE", repr(_NOTICE))
_TURN = "document.querySelector('[data-elder]').click()"


@dataclass(frozen=True)
class Length:
    """Of one page, in screens; `notice` is a share. None where there is no such thing."""

    url: str
    kind: str
    normal: float
    elder: float
    row: float | None
    phone: float | None
    notice: float | None


def lengths(page: Page, base: str, urls: list[str]) -> Iterator[Length]:
    """The lengths of pages of a site."""
    page.set_viewport_size({"width": _WIDTH, "height": _SCREEN})
    for url in urls:
        page.goto(base + url)
        found = page.evaluate(_ASK)
        page.evaluate(_TURN)
        elder = page.evaluate("document.documentElement.scrollHeight")
        page.evaluate(_TURN)  # the page remembers it
        row, phone = (found[key] and found[key] / _SCREEN for key in ("row", "phone"))
        kind, notice = found["kind"], found["notice"]
        yield Length(url, kind, found["length"] / _SCREEN, elder / _SCREEN, row, phone, notice)


def of_site(site: Path) -> list[Length]:
    """Of all pages of a site but those of help, words and data."""
    urls = [f"{p.parent.relative_to(site).as_posix()}/" for p in sorted(site.rglob("index.html"))]
    with chromium() as browser, served(site) as base:
        context = browser.new_context(service_workers="block")
        return list(lengths(context.new_page(), base, [u.removeprefix("./") for u in urls]))


def _told(numbers: list[float]) -> str:
    return f"{median(numbers):6.1f} {max(numbers):6.1f}" if numbers else " " * 13


def report(site: Path) -> None:
    """Median and longest, by kind."""
    kinds: dict[str, list[Length]] = defaultdict(list)
    for one in of_site(site):
        kinds[one.kind].append(one)
        if one.url.count("/") == 4:
            kinds[f"record: {one.url.split('/')[2]}"].append(one)
    print(
        f"{site}\n{'':28}{'pages':>6}  screens        长辈版         first row      phone          notice"
    )
    for kind, found in sorted(kinds.items()):
        columns = (
            [one.normal for one in found],
            [one.elder for one in found],
            [one.row for one in found if one.row is not None],
            [one.phone for one in found if one.phone is not None],
            [one.notice for one in found if one.notice is not None],
        )
        print(f"{kind:28}{len(found):6}  " + "  ".join(map(_told, columns)))


def main() -> None:
    """Measure the sites that are named."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sites", nargs="+", type=Path)
    for site in parser.parse_args().sites:
        report(site)


if __name__ == "__main__":
    main()
