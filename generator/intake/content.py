"""Reads content/: settings, catalogue, lists. A fault here stops the build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from generator.addresses import ascii_address
from generator.intake.cleaned import Refused
from generator.intake.contentfiles import ContentFiles
from generator.intake.decoding import read_text
from generator.intake.images import clean_picture
from generator.intake.nearest import nearest
from generator.intake.phrases import read_phrases
from generator.intake.visits import read_visits
from generator.intake.yamlfile import read_yaml
from generator.model.assessment import Assessment
from generator.model.bank import BankRules
from generator.model.catalogue import Catalogue
from generator.model.decisions import Majority, Procedure
from generator.model.forms import FormWords
from generator.model.headwords import HeadWords
from generator.model.law import RulePack
from generator.model.masks import MaskProfile
from generator.model.norms import Norm
from generator.model.papers import Paper, SheetSpec
from generator.model.phrases import Phrases
from generator.model.powers import Flow, PowerItem, PublicList
from generator.model.privacy import PrivacyWords
from generator.model.rows import RowWords
from generator.model.schema import TableSchema
from generator.model.shared import (
    FORMAT,
    AddedPage,
    Article,
    ChartOfAccounts,
    HolidayYear,
    Logo,
    Plausibility,
    Shared,
    Site,
    Term,
)
from generator.model.synonyms import Synonyms
from generator.model.urban import UrbanWords
from generator.model.visits import VisitCount, VisitRules
from generator.model.warnings import WarningRule
from generator.model.wording import in_urban_words
from generator.problems import Problem, Source, problem

Keyed = TypeVar("Keyed", TableSchema, RulePack, MaskProfile, Paper, WarningRule)
_FILES = (
    "site.yaml",
    "catalogue.yaml",
    "masks.yaml",
    "papers.yaml",
    "plausibility.yaml",
    "privacy.yaml",
    "headings.yaml",
    "glossary.yaml",
    "synonyms.yaml",
    "holidays.yaml",
    "majorities.yaml",
    "procedures.yaml",
    "forms.yaml",
    "rows.yaml",
    "urban.yaml",
    "assessment.yaml",
    "bank.yaml",
    "visits.yaml",
    "visits.csv",
)
_LOGOS = ("logo.png", "logo.jpg")
_FOLDERS = (
    "tables",
    "powers",
    "lists",
    "flows",
    "subjects",
    "rules",
    "norms",
    "articles",
    "pages",
    "warnings",
    "staff",
    "templates",
)


@dataclass(frozen=True)
class _Holidays:
    years: tuple[HolidayYear, ...]


@dataclass(frozen=True)
class _Majorities:
    majorities: tuple[Majority, ...]


@dataclass(frozen=True)
class _Procedures:
    procedures: tuple[Procedure, ...]


@dataclass(frozen=True)
class _Masks:
    profiles: tuple[MaskProfile, ...]


@dataclass(frozen=True)
class _Papers:
    papers: tuple[Paper, ...]
    sheets: tuple[SheetSpec, ...] = ()


@dataclass(frozen=True)
class _Glossary:
    terms: tuple[Term, ...]


def _on_base(pack: RulePack, rules: Mapping[str, RulePack]) -> RulePack:
    """The pack with what its base says."""
    return replace(pack, inherited=rules[pack.base].values) if pack.base in rules else pack


def read_content(folder: Path) -> tuple[Shared | None, tuple[Problem, ...]]:
    """Read content/; None when settings, catalogue, masks, papers, privacy words or the words that
    tell headings and rows apart cannot be read."""
    reader = _ContentReader(folder)
    shared = reader.read()
    return shared, tuple(reader.faults)


class _ContentReader(ContentFiles):
    """What each file of content/ is, for one call."""

    def read(self) -> Shared | None:
        if self._is_newer():
            return None  # whatever else could be said of it would be wrong
        self._unknown_names()
        site = self._site()
        catalogue = self.one("catalogue.yaml", Catalogue)
        masks = self.one("masks.yaml", _Masks)
        papers = self.one("papers.yaml", _Papers)
        privacy = self.one("privacy.yaml", PrivacyWords)
        plausibility = self.one("plausibility.yaml", Plausibility)
        words = self.one("headings.yaml", HeadWords, {"known": frozenset()})
        rows = self.one("rows.yaml", RowWords)
        holidays = self.optional("holidays.yaml", _Holidays)
        majorities = self.optional("majorities.yaml", _Majorities)
        procedures = self.optional("procedures.yaml", _Procedures)
        glossary = self.optional("glossary.yaml", _Glossary)
        forms = self.optional("forms.yaml", FormWords)
        urban = self.optional("urban.yaml", UrbanWords)
        of_tables = {"words": HeadWords(), "rows": rows or RowWords()}
        tables = self.each("tables", TableSchema, of_tables)
        staff = self.each("staff", TableSchema, of_tables)
        parts = self._parts()
        if site is None or catalogue is None or masks is None or papers is None:
            return None
        if privacy is None or words is None or rows is None or plausibility is None:
            # The gate would stand open, totals would be counted, slips would go out.
            return None
        words = replace(words, known=frozenset(n for table in tables for n in table.headings))
        tables = tuple(replace(table, words=words) for table in tables)
        shared = Shared(
            site=site,
            catalogue=catalogue,
            tables=self._by_id((table.name, table) for table in tables),
            staff=self._by_id((table.name, replace(table, words=words)) for table in staff),
            masks=self._by_id((profile.id, profile) for profile in masks.profiles),
            papers=self._by_id((paper.id, paper) for paper in papers.papers),
            privacy=privacy,
            words=words,
            plausibility=plausibility,
            holidays=holidays.years if holidays else (),
            majorities=majorities.majorities if majorities else (),
            procedures=procedures.procedures if procedures else (),
            glossary=glossary.terms if glossary else (),
            logo=self._logo(),
            forms=forms or FormWords(),
            sheets=papers.sheets,
            visit_rules=self.optional("visits.yaml", VisitRules),
            visits=self._visits(),
            assessment=self.optional("assessment.yaml", Assessment),
            urban=urban or UrbanWords(),
            synonyms=self.optional("synonyms.yaml", Synonyms) or Synonyms(),
            **parts,
        )
        return in_urban_words(shared) if site.urban else shared

    def _rules(self) -> dict[str, RulePack]:
        packs = self._by_id((p.id, p) for p in self.each("rules", RulePack, {"inherited": ()}))
        return {key: _on_base(pack, packs) for key, pack in packs.items()}

    def _phrases(self) -> Phrases:
        own = self.folder / "templates" / "words"
        phrases, faults = read_phrases(own, self.name_of(own))
        self.faults += faults
        return phrases

    def _visits(self) -> tuple[VisitCount, ...]:
        path = self.folder / "visits.csv"
        return read_visits(path, self.name_of(path), self.faults) if path.is_file() else ()

    def _parts(self) -> dict[str, Any]:
        """What each has a file or a folder of its own, and is needed by nothing else here."""
        return {
            "power_items": self.each("powers", PowerItem),
            "lists": self.each("lists", PublicList),
            "flows": self.each("flows", Flow),
            "charts": self.each("subjects", ChartOfAccounts),
            "norms": self.each("norms", Norm),
            "articles": self.texts("articles", Article),
            "pages": self.texts("pages", AddedPage),
            "rules": self._rules(),
            "warnings": self._by_id((w.id, w) for w in self.each("warnings", WarningRule)),
            "phrases": self._phrases(),
            "bank": self.optional("bank.yaml", BankRules),
        }

    def _is_newer(self) -> bool:
        """Whether a later version of the program wrote this, in a format that nobody here knows."""
        path = self.folder / "site.yaml"
        written = read_text(path, self.name_of(path)) if path.is_file() else ""
        node = None if isinstance(written, Problem) else read_yaml(written, self.name_of(path))[0]
        entry = node.mapping.get("format") if node else None
        number = str(entry.content) if entry else ""
        if entry is None or not (number.isascii() and number.isdigit()) or int(number) <= FORMAT:
            return False
        source = Source(self.name_of(path), entry.source.row, "format")
        self.faults.append(problem("format-newer", source, value=number, known=FORMAT))
        return True

    def _site(self) -> Site | None:
        """The site's settings, with its address in ASCII."""
        site = self.one("site.yaml", Site)
        if site is None:
            return None
        address = ascii_address(site.base_url)
        if not address:
            source = Source(site.source.file, site.source.row, "base_url")
            self.faults.append(problem("site-address", source, value=site.base_url))
            return None
        return replace(site, base_url=address)

    def _logo(self) -> Logo | None:
        """The picture beside the site's name, cleaned like any picture; there need be none."""
        path = next((self.folder / n for n in _LOGOS if (self.folder / n).is_file()), None)
        if path is None:
            return None
        picture = clean_picture(path.read_bytes())
        if isinstance(picture, Refused):
            source, facts = Source(self.name_of(path)), {"what": picture.what, "mend": picture.mend}
            self.faults.append(problem(f"image-{picture.kind}", source, value=path.name, **facts))
            return None
        return Logo(f"logo.{picture.ending}", picture.content, *picture.size)

    def _by_id(self, pairs: Iterable[tuple[str, Keyed]]) -> dict[str, Keyed]:
        """Entries by id; a second one of the same id is reported and left out."""
        entries: dict[str, Keyed] = {}
        for key, entry in pairs:
            if key in entries:
                self.faults.append(problem("id-duplicate", entry.source, value=key))
            entries.setdefault(key, entry)
        return entries

    def _unknown_names(self) -> None:
        known = (*_FILES, *_LOGOS, *_FOLDERS)
        for path in sorted(self.folder.iterdir()):
            if path.name not in known and not path.name.startswith("."):
                hint = nearest(path.name, known) or "这里只放规定的资料。"
                self.faults.append(
                    problem(
                        "file-unknown", Source(self.name_of(path)), value=path.name, expected=hint
                    )
                )
