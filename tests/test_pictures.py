"""The gallery that `make pictures` writes shows every kind of page."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browsing import served
from tests.kinds import NOT_IN_SAMPLE, PAGES
from tests.pictures import LOOKS, Section, index, long_sheet, photograph
from tests.visits import kind_of, templates_of_pages


def test_every_template_of_pages_is_shown() -> None:
    assert {page.template for page in PAGES} | set(NOT_IN_SAMPLE) == templates_of_pages()


def test_names_are_told_apart_and_kinds_stand_together() -> None:
    names = [page.name for page in PAGES]
    assert len(set(names)) == len(names)
    kinds = [page.kind for page in PAGES]
    changes = sum(one != other for one, other in pairwise(kinds))
    assert changes == len(set(kinds)) - 1


def test_what_is_shown_is_in_the_sample(site: Path) -> None:
    for page in PAGES:
        path = site / page.path.partition("?")[0]
        file = path if path.suffix else path / "index.html"
        assert kind_of(file.read_text("utf-8")) == page.template, page.path


@pytest.mark.parametrize("name", ["decision"])
def test_a_page_is_photographed_in_every_look_and_on_paper(
    name: str, site: Path, browser: Browser, tmp_path: Path
) -> None:
    pages = [page for page in PAGES if page.name == name]
    with served(site) as base:
        (entry,) = photograph(browser, base, pages, tmp_path)
    looks = [f"{name}-{look.name}.png" for look in LOOKS]
    assert [picture.file for picture in entry.pictures] == [*looks, f"{name}-print.png"]
    html = index([Section("页面", (entry,))])
    for picture in entry.pictures:
        assert (tmp_path / picture.file).read_bytes().startswith(b"\x89PNG")
        assert f'<a href="{picture.file}">' in html
        assert f'alt="{entry.title}，{picture.caption}"' in html


def test_a_table_of_many_pages_is_shown_with_its_first_middle_and_last(tmp_path: Path) -> None:
    entry = long_sheet(tmp_path, 30)
    colour, grey = entry.pictures
    found = re.fullmatch(r"共 (\d+) 张，这里是第 1、(\d+)、(\d+) 张（.*）", colour.caption)
    assert found
    count, middle, last = map(int, found.groups())
    assert 1 < middle < last == count
    assert (tmp_path / colour.file).is_file()
    assert (tmp_path / grey.file).is_file()
