"""A site's own colours, logo, pages and templates: data beside the package, never in it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from generator.build import CannotBuildError, Settings, build
from generator.checks.theme import contrast
from generator.settings import Sheets
from tests.township import ROOT, TODAY, TOWNSHIP, small_content


def built(tmp_path: Path, content: Path, *, sheets: Sheets = "none") -> Path:
    out = tmp_path / "site"
    settings = Settings(content, TOWNSHIP, ROOT / "templates", out, TODAY, sheets=sheets)
    build(settings, lambda line: None)
    return out


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return small_content(tmp_path)


def own(content: Path, name: str, text: str) -> None:
    path = content / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def style_of(site: Path) -> str:
    return next(site.glob("assets/site.*.css")).read_text("utf-8")


@pytest.fixture(scope="module")
def dressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with all of its own that a site may have."""
    folder = tmp_path_factory.mktemp("dressed")
    content = small_content(folder)
    with (content / "site.yaml").open("a", encoding="utf-8") as file:
        file.write('theme: {accent: "#14532d", ground: "#f4f7f2"}\n')
    exif = Image.Exif()
    exif[0x010E] = "photographed by somebody"
    Image.new("RGB", (300, 120), "#145").save(content / "logo.jpg", exif=exif)
    (content / "pages").mkdir(exist_ok=True)
    text = "---\ntitle: 到村里怎么走\n---\n\n坐 **3 路** 车。<script>alert(1)</script>\n"
    (content / "pages" / "lu.md").write_text(text, "utf-8")
    body = '{% extends "package/about.html" %}{% block main %}{{ super() }}<p>本镇另附</p>'
    own(content, "pages/about.html", body + "{% endblock %}")
    own(content, "assets/css/own.css", ".own { color: #123456; }\n")
    return built(folder, content)


def test_colours_of_the_site_reach_every_page(dressed: Path) -> None:
    style = style_of(dressed)
    assert style.rindex("--vermilion: #14532d") > style.rindex("--vermilion:#a61b1b")
    assert "--ground: #f4f7f2" in style
    assert "--link:#0b4f6c" in style
    home = (dressed / "index.html").read_text("utf-8")
    assert '<meta name="theme-color" content="#14532d">' in home


def test_a_logo_stands_on_every_page_without_what_its_file_hid(dressed: Path) -> None:
    logo = next(dressed.glob("assets/logo.*.jpg"))
    assert b"somebody" not in logo.read_bytes()
    assert Image.open(io.BytesIO(logo.read_bytes())).size == (300, 120)
    for page in dressed.rglob("*.html"):
        assert logo.name in page.read_text("utf-8"), page


def test_an_added_page_is_published_and_linked(dressed: Path) -> None:
    page = (dressed / "pages/lu/index.html").read_text("utf-8")
    assert "<strong>3 路</strong>" in page
    assert "alert(1)" not in page or "<script>alert" not in page
    assert 'href="pages/lu/"' in (dressed / "index.html").read_text("utf-8")
    assert "pages/lu/" in (dressed / "sitemap.xml").read_text("utf-8")


def test_an_own_template_stands_before_the_packages(dressed: Path) -> None:
    about = (dressed / "about/index.html").read_text("utf-8")
    assert "<p>本镇另附</p>" in about
    assert "<h1>关于本站</h1>" in about
    assert "本镇另附" not in (dressed / "index.html").read_text("utf-8")
    assert style_of(dressed).endswith(".own { color: #123456; }\n")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("pages/about.html", "{% extends 'base.html' %}\n{% block main %}\n{% if %}", "第 3 行"),
        ("pages/about.html", "{{ nothing_of_the_kind }}", "nothing_of_the_kind"),
        ("posters/finance.html", "{% extends 'base.html' %}\n{% endfor %}", "第 2 行"),
        ("posters/base.html", "{{ nothing_of_the_kind }}", "nothing_of_the_kind"),
        ("drawings/rows.svg", "\n\n{{ 3", "第 3 行"),
    ],
)
def test_a_faulty_own_template_stops_the_build_and_is_named(
    tmp_path: Path, content: Path, name: str, text: str, told: str
) -> None:
    own(content, name, text)
    room, _, file = name.partition("/")
    with pytest.raises(CannotBuildError, match=f"content/templates/{room}") as stopped:
        built(tmp_path, content, sheets="all" if room == "posters" else "none")
    assert told in str(stopped.value)
    assert told == "nothing_of_the_kind" or file in str(stopped.value)
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    # WCAG's own ends of the scale, and grey #767676, the lightest that passes on white.
    [("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#767676", "#ffffff", 4.54)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
