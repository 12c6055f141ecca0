"""The examples are sound, and the references name what the program really has."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
import yaml

from generator.checks import check_content
from generator.cli import make_parser
from generator.gate import content_private
from generator.intake.content import read_content
from generator.intake.folders import find_villages
from generator.model.approval import Approval, Reviewer
from generator.model.arrangements import Join, Offer, Part, Sides, Split, Whole
from generator.model.assessment import ActivityLog, AssessedFigure, Assessment, Replies
from generator.model.boards import BoardPlace, BoardSheet
from generator.model.catalogue import (
    Agenda,
    Basis,
    Board,
    Card,
    Catalogue,
    ChartSpec,
    CompareSpec,
    Due,
    Item,
    PosterSpec,
    RowDue,
    StepWords,
    Tally,
)
from generator.model.decisions import CourseStep, DecisionStep, Majority, Procedure, Share
from generator.model.forms import FormWords, Halves, SheetKind
from generator.model.headwords import HeadWords, LeftBehind, Sense, Slip
from generator.model.history import Edit, RecordHistory, Version
from generator.model.law import LargeChange, RulePack, RuleValue
from generator.model.masks import MaskProfile, MaskRule
from generator.model.norms import Norm, NormClass, NormLine, NormPlace
from generator.model.papers import Paper, PaperChoice, SheetSpec
from generator.model.powers import (
    Asked,
    Branch,
    Flow,
    ListEntry,
    ListSection,
    Power,
    PowerItem,
    PublicList,
    Risk,
    Step,
)
from generator.model.privacy import NameWords, PrivacyWords, WordList
from generator.model.rows import BannerWords, ProofWords, RowWords, SignatureWords
from generator.model.schema import Constraints, Field, Handling, LeaseWords, TableSchema
from generator.model.shared import (
    AddedPage,
    Article,
    Channel,
    ChartOfAccounts,
    HolidayYear,
    Licence,
    Plausibility,
    Site,
    Subject,
    Term,
    Theme,
    Town,
)
from generator.model.urban import RuralLaw, UrbanEdition, UrbanWords, WordPair
from generator.model.village import (
    Account,
    Correction,
    FrontMatter,
    Group,
    Person,
    PrivacyException,
    SpokenName,
    Village,
    Withdrawal,
)
from generator.model.visits import RobotWord, VisitRules
from generator.model.warnings import NEEDED, Exclusion, Explanation, WarningRule
from generator.problems import Source, problem
from generator.problems.kinds import KINDS
from generator.reading import sound_village

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "docs" / "examples"
FORMATS = (ROOT / "docs" / "formats.md").read_text("utf-8")
TODAY = date(2025, 10, 10)
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "README.zh-CN.md", *(ROOT / "docs").rglob("*.md")])

# The section of formats.md that explains a file, the dataclasses that define it, the example files.
SECTIONS: dict[str, tuple[tuple[type, ...], str]] = {
    "content/site.yaml": ((Site, Town, Channel, Licence, Reviewer), "*/site.yaml"),
    "content/catalogue.yaml": (
        (
            *(Catalogue, Board, Item, CompareSpec, ChartSpec, Due, RowDue, Basis, Tally),
            *(Agenda, Card, StepWords, PosterSpec),
        ),
        "content/catalogue.yaml",
    ),
    "content/tables/": (
        (
            TableSchema,
            Field,
            LeaseWords,
            Handling,
            Constraints,
            Join,
            Part,
            Split,
            Offer,
            Whole,
            Sides,
        ),
        "content/tables/*.yaml",
    ),
    "content/headings.yaml": ((HeadWords, Sense, Slip, LeftBehind), "content/headings.yaml"),
    "content/norms/": ((Norm, NormClass, NormLine, NormPlace), "content/norms/*.yaml"),
    "content/powers/": ((PowerItem, Power, Step, Branch, Risk), "content/powers/*.yaml"),
    "content/lists/": (
        (PublicList, ListSection, ListEntry, Asked, PaperChoice),
        "content/lists/*.yaml",
    ),
    "content/assessment.yaml": (
        (Assessment, ActivityLog, Replies, AssessedFigure),
        "content/assessment.yaml",
    ),
    "content/flows/": ((Flow,), "content/flows/*.yaml"),
    "content/subjects/": ((ChartOfAccounts, Subject), "content/subjects/*.yaml"),
    "content/rules/": ((RulePack, RuleValue, Basis, LargeChange), "content/rules/*.yaml"),
    "content/majorities.yaml": ((Majority, Share, Basis), "content/majorities.yaml"),
    "content/procedures.yaml": ((Procedure, CourseStep, Basis), "content/procedures.yaml"),
    "content/holidays.yaml": ((HolidayYear,), "content/holidays.yaml"),
    "content/warnings/": ((WarningRule, Exclusion, Basis), "content/warnings/*.yaml"),
    "content/urban.yaml": ((UrbanWords, WordPair, RuralLaw, UrbanEdition), "content/urban.yaml"),
    "content/masks.yaml": ((MaskProfile, MaskRule), "content/masks.yaml"),
    "content/forms.yaml": ((FormWords, Halves, SheetKind), "content/forms.yaml"),
    "content/papers.yaml": ((Paper, SheetSpec), "content/papers.yaml"),
    "content/rows.yaml": (
        (RowWords, ProofWords, BannerWords, SignatureWords),
        "content/rows.yaml",
    ),
    "content/plausibility.yaml": ((Plausibility,), "content/plausibility.yaml"),
    "content/glossary.yaml": ((Term,), "content/glossary.yaml"),
    "content/visits.yaml": ((VisitRules, RobotWord), "content/visits.yaml"),
    "content/articles/": ((Article,), "content/articles/*.md"),
    "content/pages/": ((AddedPage,), "content/pages/*.md"),
    "换个样子": ((Theme,), "content/site.yaml"),
    "content/privacy.yaml": ((PrivacyWords, WordList, NameWords), "content/privacy.yaml"),
    "village.yaml": (
        (Village, Group, Account, Person, BoardPlace, BoardSheet, SpokenName, PrivacyException),
        "villages/*/*/village.yaml",
    ),
    "withdrawn.yaml": ((Withdrawal,), "villages/*/*/withdrawn.yaml"),
    "改动记录": ((RecordHistory, Version, Edit), "villages/*/*/history.yaml"),
    "先审核再公开": ((Approval,), "review/approvals.yaml"),
    "explanations.yaml": ((Explanation,), "villages/*/*/explanations.yaml"),
    "文稿": ((FrontMatter, DecisionStep, Correction), "villages/*/*/*/*.md"),
}
# Keys that stand in no dataclass of the model.
OUTER_KEYS = {
    "content/holidays.yaml": {"years"},
    "content/majorities.yaml": {"majorities"},
    "content/procedures.yaml": {"procedures"},
    "content/masks.yaml": {"profiles"},
    "content/papers.yaml": {"papers", "sheets"},
    "content/glossary.yaml": {"terms"},
    "powers.yaml": {"override", "add", "item", "reason", "power"},
}
# Fields that the reader fills from elsewhere: a file's or folder's name, the body, another file.
FILLED = {
    Article: {"id", "body"},
    AddedPage: {"id", "body"},
    Village: {"id", "town"},
    TableSchema: {"words", "rows"},
    HeadWords: {"known"},
    RulePack: {"inherited"},
}


def keys_of(shape: Any) -> set[str]:
    """The keys that a clerk may write, as Frictionless spells them in table schemas."""
    names = {f.name for f in fields(shape)} - {"source"} - FILLED.get(shape, set())
    if shape is TableSchema:
        return {re.sub(r"_(\w)", lambda m: m[1].upper(), name) for name in names}
    return names


def inner_types(hint: Any) -> Iterator[Any]:
    """A type hint and all that it is made of."""
    yield hint
    if get_origin(hint) is not Literal:
        for part in get_args(hint):
            yield from inner_types(part)


def choices_of(shape: type) -> set[str]:
    """The words that the keys of a dataclass may hold, where they are a fixed choice."""
    return {
        choice
        for name, hint in get_type_hints(shape).items()
        for part in inner_types(hint)
        if get_origin(part) is Literal
        for choice in get_args(part)
        if choice and name != "source"
    }


def section(title: str) -> str:
    """The text under a heading, to the next heading of the same level or above."""
    match = re.search(rf"^(#+) {re.escape(title)}\n(.*?)(?=^\1 |\Z)", FORMATS, re.M | re.S)
    assert match, f"formats.md has no section {title}"
    level = len(match[1])
    return re.split(rf"^#{{1,{level}}} ", match[2], flags=re.M)[0]


def code_words(text: str) -> set[str]:
    """What stands in backticks, outside of fenced blocks."""
    return set(re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.S)))


def written_keys(path: Path) -> set[str]:
    """All keys of a YAML file or of a document's head."""
    text = path.read_text("utf-8")
    if path.suffix == ".md":
        text = text.split("---\n", 2)[1]

    def walk(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            for key, value in node.items():
                yield str(key)
                yield from walk(value)
        elif isinstance(node, list):
            for entry in node:
                yield from walk(entry)

    return set(walk(yaml.load(text, Loader=yaml.BaseLoader)))


def slug(heading: str) -> str:
    """The anchor that a forge gives to a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


# ------------------------------------------------------------------------------- the examples


@pytest.mark.parametrize("content", [EXAMPLES / "content", ROOT / "content"], ids=["own", "real"])
def test_examples_have_no_problem(content: Path) -> None:
    """With their own content/ and, since clerks copy them, with the project's."""
    shared, faults = read_content(content)
    assert shared is not None
    assert [str(p) for p in (*faults, *check_content(shared), *content_private(shared))] == []
    folders, faults = find_villages(EXAMPLES / "villages", shared)
    assert [str(p) for p in faults] == []
    assert [folder.id for folder in folders] == ["liangxi-example"]
    data, faults = sound_village(folders[0], shared, TODAY)
    assert [p.code for p in faults] == ["privacy-exception"], [str(p) for p in faults]
    assert data is not None
    tables = {
        p for p in folders[0].path.rglob("*") if p.parent.name in ("ledger", "contracts", "relief")
    }
    documents = set(folders[0].path.glob("*/*-*-*.md"))
    read = {record.source.file.split("/", 1)[1] for record in data.records}
    wanted = {p.relative_to(EXAMPLES / "villages").as_posix() for p in tables | documents}
    assert wanted <= read
    assert [override.power.id for override in data.overrides] == [
        "expense-reimbursement",
        "drying-yard",
    ]


@pytest.mark.parametrize("title", SECTIONS)
def test_examples_use_every_key(title: str) -> None:
    shapes, pattern = SECTIONS[title]
    paths = [path for path in EXAMPLES.glob(pattern) if path.name != "README.md"]
    written = set().union(*map(written_keys, paths))
    assert set().union(*map(keys_of, shapes)) - written == set()


def test_examples_have_every_kind_of_file() -> None:
    shared, _ = read_content(EXAMPLES / "content")
    assert shared is not None
    folder = find_villages(EXAMPLES / "villages", shared)[0][0]
    data, _ = sound_village(folder, shared, TODAY)
    assert data is not None
    names = {path.name for path in folder.path.rglob("*")}
    assert {"private", "2025Q3.coop.csv", "2025Q1.xlsx"} <= names
    assert any(getattr(record.content, "nothing", False) for record in data.records)
    assert any(getattr(record.content, "attachments", ()) for record in data.records)


# ------------------------------------------------------------------------------- formats.md


@pytest.mark.parametrize("title", SECTIONS)
def test_formats_names_every_key(title: str) -> None:
    words = code_words(section(title))
    wanted = set().union(*map(keys_of, SECTIONS[title][0]))
    assert wanted - words == set()


@pytest.mark.parametrize("title", OUTER_KEYS)
def test_formats_names_the_outer_keys(title: str) -> None:
    assert OUTER_KEYS[title] - code_words(section(title)) == set()


@pytest.mark.parametrize("title", SECTIONS)
def test_formats_names_every_choice(title: str) -> None:
    words = code_words(section(title))
    wanted = set().union(*map(choices_of, SECTIONS[title][0]))
    assert wanted - words == set()


def test_every_dataclass_of_a_file_has_its_section() -> None:
    known = {shape for shapes, _ in SECTIONS.values() for shape in shapes}
    reached = {
        part
        for shape in known
        for hint in get_type_hints(shape).values()
        for part in inner_types(hint)
        if is_dataclass(part) and part is not Source
    }
    assert reached - known == set()


def test_formats_quotes_the_examples() -> None:
    quotes = re.findall(
        r"摘自\s*(?:\[`[^`]+`\]\(([^)]+)\)|`([^`]+)`)[^`]*?```\w+\n(.*?)```", FORMATS, re.S
    )
    assert len(quotes) > 8
    for link, name, block in quotes:
        path = ROOT / "docs" / link if link else EXAMPLES / name
        lines = {" ".join(line.split()) for line in path.read_text("utf-8").splitlines()}
        # an extract may leave out a comment at the end of a line
        lines |= {re.sub(r" +# .*", "", line) for line in lines}
        for line in filter(None, block.splitlines()):
            assert " ".join(line.split()) in lines, f"{path.name} has no line {line!r}"


def test_formats_names_only_real_problems() -> None:
    codes = {word for word in code_words(FORMATS) if re.fullmatch(r"[a-z]+(-[a-z]+)+", word)}
    assert len(codes) > 30
    kinds = {code.replace("{table}", "ledger") for code in KINDS}
    assert codes - kinds - NEEDED.keys() == set()  # rules of warnings have such names, too
    endings = {word for word in code_words(FORMATS) if re.fullmatch(r"-[a-z]+", word)}
    assert len(endings) > 10
    assert {"{table}" + ending for ending in endings} - set(KINDS) == set()


def test_formats_shows_a_message_as_it_is() -> None:
    place = Source("villages/qingshi/liuxi/ledger/2025-09.csv", 14, "支出")
    assert str(problem("{table}-amount", place, value="1.2.3", table="ledger")) in FORMATS


# ------------------------------------------------------------------------------- commands, targets


def test_every_command_and_option_is_named() -> None:
    words = code_words((ROOT / "README.zh-CN.md").read_text("utf-8")) | code_words(FORMATS)
    named = {part for word in words for part in word.split()}
    parser = make_parser()
    commands = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    wanted = set(commands.choices)
    for command in commands.choices.values():
        wanted |= {option for action in command._actions for option in action.option_strings}
    assert wanted - named == set()


def test_every_command_is_in_the_english_readme() -> None:
    words = code_words((ROOT / "README.md").read_text("utf-8"))
    commands = next(a for a in make_parser()._actions if isinstance(a, argparse._SubParsersAction))
    assert set(commands.choices) - words == set()


def test_every_target_is_named() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = re.findall(r"^([a-z-]+):.*##", makefile, re.M)
    assert targets
    words = code_words((ROOT / "README.md").read_text("utf-8"))
    assert {f"make {target}" for target in targets} - words == set()


# ------------------------------------------------------------------------------- terms, links


def test_terms_are_the_words_of_the_code() -> None:
    sources = [*(ROOT / "generator").rglob("*.py"), ROOT / "content" / "catalogue.yaml"]
    code = "\n".join(path.read_text("utf-8") for path in sources)
    rows = re.findall(r"^\| [^|]+ \| ([^|]+) \| ([^|]+) \|$", _terms(), re.M)
    assert len(rows) > 50
    for terms, where in rows:
        for word in code_words(terms):
            assert re.search(rf"\b{word}\b", code, re.IGNORECASE), f"the code has no word {word}"
        for word in code_words(where):
            if "/" in word:
                path = ROOT / word if word.startswith("content") else ROOT / "generator" / word
                assert path.exists(), f"terms.md names {word}"
            else:
                assert word.split(".")[0] in code or (ROOT / word).exists(), word


def _terms() -> str:
    return (ROOT / "docs" / "terms.md").read_text("utf-8")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)):
        if target.startswith(("http:", "https:")):
            continue
        name, _, anchor = target.partition("#")
        file = path.parent / name if name else path
        assert file.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.M)
            assert anchor in map(slug, headings), target
