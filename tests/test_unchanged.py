"""Within a village that is made anew, what is as it was is not read and made again."""

from __future__ import annotations

import zlib
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from generator.compiler import VillageOutput, compile_village
from generator.fingerprints import print_of_folder
from generator.intake.folders import find_villages
from generator.intake.tables import TableReading, read_table
from generator.model.clock import Span
from generator.output.store import Store
from generator.packed import unpack
from generator.reading import sound_village
from generator.render.pages.writer import PageWriter
from generator.settings import Settings
from generator.unchanged import Known
from tests.township import CONTENT, DONGLI, ROOT, TODAY, real_content, township

SHARED = real_content()[0]


class Office:
    """A village's folder, its site, and what is kept of it from one compilation to the next."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.villages, self.site = folder, township(folder), folder / "site"
        self.made: list[str] = []
        self.read: list[str] = []
        self.judged = 0

    def _settings(self, today: date) -> Settings:
        templates = ROOT / "templates"
        return Settings(CONTENT, self.villages, templates, self.site, today, sheets="none")

    def fresh(self, today: date) -> VillageOutput:
        """The village as it is made where nothing was kept."""
        place = next(f for f in find_villages(self.villages, SHARED)[0] if f.id == "dongli")
        return compile_village(place, SHARED, self._settings(today))

    def again(self, today: date) -> VillageOutput:
        """The village with what is kept; notes what was read and made, and publishes it."""
        place = next(f for f in find_villages(self.villages, SHARED)[0] if f.id == "dongli")
        key, _ = print_of_folder(place.path)
        store = Store(self.folder / "kept", self.site, "dongli")
        known = Known(store, "p", self.site, key, place.path)
        self.made, self.read, self.judged, html = [], [], 0, PageWriter._html

        def noted_html(writer: PageWriter, page: object, day: date) -> bytes:
            self.made.append(page.url)  # type: ignore[attr-defined]
            return html(writer, page, day)  # type: ignore[arg-type]

        def noted_read(sheet: object, schema: object, file: str, *others: object) -> TableReading:
            self.read.append(file.removeprefix(f"villages/{DONGLI}/"))
            return read_table(sheet, schema, file, *others)  # type: ignore[arg-type]

        def noted_judged(*words: Any) -> Any:
            self.judged += 1
            return sound_village(*words)

        with (
            patch.object(PageWriter, "_html", noted_html),
            patch("generator.remaining.sound_village", noted_judged),
            patch("generator.intake.tablefiles.read_table", noted_read),
        ):
            output = compile_village(place, SHARED, self._settings(today), known)
        known.keep()
        for file in output.files:
            (self.site / file.path).parent.mkdir(parents=True, exist_ok=True)
            (self.site / file.path).write_bytes(file.content)
        return output


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.again(TODAY)
    return office


def test_days_go_by_and_only_what_differs_is_made(office: Office) -> None:
    day, last, judged = TODAY, office.again(TODAY), 0
    assert (office.made, office.judged) == ([], 0)
    for _ in range(8):
        day = last.last + timedelta(days=1)
        output = office.again(day)
        assert output == office.fresh(day)  # the days for which it holds are those, too
        assert office.read == []
        judged += office.judged
        before = {file.path: file.content for file in last.files}
        pages = [f for f in output.files if f.path.endswith(".html")]
        differ = {f.path for f in pages if before.get(f.path) != f.content}
        made = {url if url.endswith(".html") else f"{url}index.html" for url in office.made}
        assert differ <= made
        assert len(made) < len(pages) / 2
        last = output
    assert judged < 4


def test_an_edit_makes_its_own_pages(office: Office) -> None:
    ledger = office.villages / DONGLI / "ledger" / "2025-09.csv"
    text = ledger.read_text("utf-8-sig")
    assert "路灯" in text
    ledger.write_text(text.replace("路灯", "街灯"), "utf-8")
    assert office.again(TODAY) == office.fresh(TODAY)
    assert office.read == ["ledger/2025-09.csv"]
    assert "v/dongli/ledger/2025-09/" in office.made
    assert {"v/dongli/organization/current/", "v/dongli/subsidies/2025Q3/"}.isdisjoint(office.made)


def test_nobody_reads_what_is_kept_of_a_village_without_its_files(office: Office) -> None:
    store = Store(office.folder / "kept", office.site, "dongli")
    kept = unpack((store.get("tables") or ())[-1])
    assert len(kept) >= 5
    folded = [(store.get(entry) or ())[-1] for entry in ("sound", "derived")]
    for veiled in (*kept.values(), *folded):
        with pytest.raises(zlib.error):
            zlib.decompress(veiled)
    ledger = office.villages / DONGLI / "ledger" / "2025-09.csv"
    ledger.unlink()
    office.again(TODAY)
    left = unpack((store.get("tables") or ())[-1])
    assert left.keys() < kept.keys()
    assert office.read == []


@pytest.mark.parametrize("change", ["changed", "gone"])
def test_a_page_that_is_not_as_it_was_is_made_again(office: Office, change: str) -> None:
    page = office.site / "v/dongli/contracts/2025/index.html"
    page.write_text("other") if change == "changed" else page.unlink()
    assert office.again(TODAY) == office.fresh(TODAY)
    assert office.made == ["v/dongli/contracts/2025/"]


def test_another_program_makes_all_again(office: Office) -> None:
    store = Store(office.folder / "kept", office.site, "dongli")
    span, other = Span(TODAY), Known(store, "another", office.site)
    file = other.page(span, "v/dongli/contracts/2025/index.html", (), lambda day: b"new")
    assert file.content == b"new"
