"""An office calls things as its people do, without a programmer: a column by its label, sentences
by its own files of words. What files and open data call by name stays."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.commands import publish_here
from tests.searching import texts_of
from tests.township import CONTENT, ROOT, TOWNSHIP, examine, small_content

TODAY = ("--today", "2025-10-10")
LEDGER = "v/dongli/ledger/"
# What an office changes: 余额 above the column to 结余, and 结余 in sentences to 结存.
COLUMN, SAID, OWN = "余额", "结余", "结存"


def changed(content: Path, name: str, change: Callable[[str], str]) -> None:
    """A file of `content/` as the office changes it; a file of words is the package's at first."""
    path = content / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, path)
    before = path.read_text("utf-8")
    after = change(before)
    assert after != before, name
    path.write_text(after, "utf-8")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in the office's words, with one sheet, and its content beside it."""
    folder = tmp_path_factory.mktemp("own")
    content = small_content(folder)
    label = f"  - name: {COLUMN}\n"
    changed(
        content,
        "tables/ledger.yaml",
        lambda text: text.replace(label, f"{label}    label: {SAID}\n"),
    )
    changed(content, "catalogue.yaml", lambda text: re.sub(f"(月[初末]){SAID}", rf"\1{OWN}", text))
    for kind in ("books", "proofs", "charts"):
        changed(content, f"templates/words/{kind}.txt", lambda text: text.replace(SAID, OWN))
    paths = ("--content", str(content), "--villages", str(TOWNSHIP), *TODAY)
    site = (
        "--only",
        "dongli",
        "--no-posters",
        "--out",
        str(folder / "site"),
        "--cache",
        str(folder / "cache"),
    )
    built = publish_here("build", *paths, *site)
    assert built.returncode == 0, built.stderr
    sheet = ("poster", "dongli", "ledger", "2025-09", "--out", str(folder / "sheet.pdf"))
    drawn = publish_here(*sheet, *paths)
    assert drawn.returncode == 0, drawn.stderr
    return folder


def said(path: Path) -> str:
    """All words of a page or feed, also those for screen readers and for sharing."""
    return unescape(path.read_text("utf-8"))


def test_pages_feeds_and_sharing_say_what_the_office_says(own: Path) -> None:
    ledger = own / "site" / LEDGER
    pages = [path for path in sorted(ledger.rglob("*")) if path.suffix in (".html", ".xml", ".ics")]
    assert {path.name for path in pages} == {"index.html", "feed.xml"}
    for path in pages:
        assert COLUMN not in said(path), path
    page = said(ledger / "2025-09/index.html")
    assert re.search(rf"<th[^>]*>{SAID}", page)
    assert f"月末{OWN} " in page
    (shared,) = re.findall(r'<meta property="og:description" content="([^"]*)"', page)
    assert f"月末{OWN} " in shared
    assert f"月末{OWN} " in said(ledger / "feed.xml")
    for path in (own / "site/v/dongli").rglob("*.html"):
        assert f"月末{SAID}" not in said(path), path


def test_search_and_sheet_say_it_too(own: Path) -> None:
    texts = str(texts_of(own / "site", "dongli"))
    assert f"月末{OWN} " in texts
    assert f"月末{SAID}" not in texts
    sheet = "".join("".join(p.extract_text().split()) for p in PdfReader(own / "sheet.pdf").pages)
    assert COLUMN not in sheet
    assert f"月末{OWN}" in sheet
    assert f"月末{SAID}" not in sheet


def test_files_and_open_data_keep_the_name_by_which_they_are_known(own: Path) -> None:
    record = own / "site" / LEDGER / "2025-09"
    assert COLUMN in (record / "data.csv").read_text("utf-8-sig").splitlines()[0]
    assert f'"{COLUMN}"' in (record / "data.json").read_text("utf-8")


@pytest.mark.parametrize("label", ["支出", "证明", "单号"])
def test_no_two_columns_are_called_alike(tmp_path: Path, label: str) -> None:
    content = Path(shutil.copytree(CONTENT, tmp_path / "content"))

    def labelled(text: str) -> str:
        text = text.replace("  - name: 凭证号\n", "  - name: 凭证号\n    label: 单号\n")
        return text.replace("  - name: 余额\n", f"  - name: 余额\n    label: {label}\n")

    changed(content, "tables/ledger.yaml", labelled)
    found = examine(TOWNSHIP, content)
    assert label in [p.value for p in found.problems if p.code == "id-duplicate"]


def in_sentence(said: str) -> Callable[[str], str]:
    """A change that says something more at the head of the sentence of a book."""
    return lambda text: re.sub(r"(\{% macro sentence\([^)]*\) %\})", rf"\1{said}", text)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace("facts.income | money", "facts.incme | money"), "sentence"),
        (lambda text: text.replace("macro sentence(", "macro sentences("), "没有这一段"),
        (lambda text: re.sub(r"macro sentence\([^)]*\)", "macro sentence(", text), "第"),
        (in_sentence("{{ 1 / 0 }}"), "division by zero"),
        (in_sentence("{% macro own() %}{{ own() }}{% endmacro %}{{ own() }}"), "它自己套着自己"),
        (in_sentence("请打 13800138000。"), "books.txt:12: privacy-phone"),
    ],
)
def test_a_fault_in_a_file_of_words_is_named(
    own: Path, tmp_path: Path, change: Callable[[str], str], told: str
) -> None:
    content = Path(shutil.copytree(own / "content", tmp_path / "content"))
    changed(content, "templates/words/books.txt", change)
    site = (
        "--only",
        "dongli",
        "--no-posters",
        "--out",
        str(tmp_path / "site"),
        "--cache",
        str(tmp_path / "cache"),
    )
    paths = ("--content", str(content), "--villages", str(TOWNSHIP), *TODAY)
    built = publish_here("build", *paths, *site)
    assert built.returncode == 2
    (fault,) = (line for line in built.stderr.splitlines() if "words/books.txt" in line)
    assert told in fault
    assert not (tmp_path / "site").exists()
