"""Forms for a web editor: valid for it, in Chinese, and about files as they are read. In the editor
itself `tests/try_forms.py` tries them, by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from generator.editing import EDITOR, VERSION, Repository, configuration
from generator.intake.folders import find_villages
from generator.intake.villages import _DOCUMENT_NAME
from generator.model.village import FrontMatter, Village
from tests.commands import ROOT, publish_here
from tests.township import CONTENT, real_content

SHARED = real_content()[0]
VILLAGES = find_villages(ROOT / "villages", SHARED)[0]
SCHEMA = json.loads((ROOT / "tests" / "fixtures" / "sveltia-cms.schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def config() -> dict[str, Any]:
    repository = Repository("gitlab", "qingshi/gongkai", host="https://git.qingshi.example")
    return configuration(repository, VILLAGES[0], "柳溪村", SHARED)


def every(node: object, key: str) -> Iterator[Any]:
    """All values of a key, wherever it stands."""
    if isinstance(node, dict):
        if key in node:
            yield node[key]
        for inner in node.values():
            yield from every(inner, key)
    elif isinstance(node, list):
        for inner in node:
            yield from every(inner, key)


def test_the_editor_takes_what_it_is_told(config: dict[str, Any]) -> None:
    assert VERSION in SCHEMA["$comment"]
    faults = [
        f"{list(fault.path)}: {fault.message[:200]}"
        for fault in Draft7Validator(SCHEMA).iter_errors(config)
    ]
    assert not faults
    for options in every(config, "options"):
        values = [option["value"] for option in options]
        assert len(values) == len(set(values)), "the editor refuses a choice that is there twice"


def test_every_document_item_and_file_of_the_village_has_a_form(config: dict[str, Any]) -> None:
    items = {item.id: item.title for item in SHARED.catalogue.items if item.kind == "document"}
    assert {one["name"]: one["label"] for one in config["collections"]} == items
    files = [one["file"] for one in config["singletons"]]
    assert files == [
        f"villages/qingshi/{VILLAGES[0].id}/{name}"
        for name in ("village.yaml", "withdrawn.yaml", "explanations.yaml")
    ]
    document, village = config["collections"][0]["fields"], config["singletons"][0]["fields"]
    assert {f["name"] for f in document} - {"body"} == {f.name for f in fields(FrontMatter)} - {
        "source"
    }
    written = {f.name for f in fields(Village)} - {"source", "id", "town"}
    assert {f["name"] for f in village} == written
    required = {f["name"] for f in document if f.get("required", True)}
    assert required == {"title", "date", "body"}


def test_people_read_chinese(config: dict[str, Any]) -> None:
    codes = {*SHARED.papers, *SHARED.rules, *SHARED.masks}
    for label in every(config, "label"):
        assert label in codes or re.search("[\u4e00-\u9fff]", label), label


def test_a_new_document_is_called_as_documents_are(config: dict[str, Any]) -> None:
    slug = config["collections"][0]["slug"]
    pattern = re.compile(slug["pattern"][0])
    for name in (
        "2025-09-10-tingshui",
        "2025-09-10-a1-b2",
        "2025-09-10-",
        "2025-9-1-a",
        "2025-09-10-停水",
        "a",
    ):
        assert bool(pattern.match(name)) is bool(_DOCUMENT_NAME.fullmatch(name)), name


def test_an_own_forge_is_named_and_no_village_is_guessed(
    config: dict[str, Any], tmp_path: Path
) -> None:
    assert config["backend"]["api_root"] == "https://git.qingshi.example/api/v4"
    words = ("forms", "--repo", "a/b", "--out", str(tmp_path), "--content", str(CONTENT))
    villages = ("--villages", str(ROOT / "villages"))
    done = publish_here(*words, *villages, "柳溪村")
    assert done.returncode == 0, done.stderr
    assert "还少编辑器本身" in done.stdout
    page = (tmp_path / "liuxi" / "index.html").read_text("utf-8")
    assert re.findall('src="([^"]+)"', page) == [f"../{EDITOR}"]
    told = json.loads((tmp_path / "liuxi" / "config.json").read_text("utf-8"))
    assert told["backend"]["repo"] == "a/b"
    assert publish_here(*words, *villages, "没有村").returncode == 2
