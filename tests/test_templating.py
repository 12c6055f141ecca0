"""Compiled templates are kept, and never in the place of others."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from generator.views import templating
from generator.views.templating import strict_environment


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of compiled templates, empty at first."""
    folder = tmp_path / "new" / "__pycache__"
    monkeypatch.setattr(templating, "cache_from_source", lambda _: str(folder / "templating.pyc"))
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    return folder


def filled(text: str, *, loud: bool = False, **options: bool) -> str:
    env = strict_environment(DictLoader({"a": text}), **options)
    env.filters["said"] = str.upper if loud else str.lower
    return env.get_template("a").render(name="<b>")


def refuse(*_: object) -> None:
    raise AssertionError("compiled again")


def test_what_was_compiled_is_not_compiled_again(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert filled("{{ name }}!") == "<b>!"
    assert len(list(kept.iterdir())) == 1
    monkeypatch.setattr(Environment, "compile", refuse)
    assert filled("{{ name }}!") == "<b>!"


@pytest.mark.usefixtures("kept")
def test_a_change_of_text_option_or_filter_counts() -> None:
    assert filled("{{ name }}{{ 'Xy'|said }}") == "<b>xy"
    assert filled("{{ name }}{{ 'Xy'|said }}", loud=True) == "<b>XY"
    assert filled("{{ name }}{{ 'Xy'|said }}", autoescape=True) == "&lt;b&gt;xy"
    assert filled("{{ name }}.{{ 'Xy'|said }}") == "<b>.xy"


def test_damage_and_a_folder_that_cannot_be_written_cost_time_only(kept: Path) -> None:
    filled("{{ name }}")
    for path in kept.iterdir():
        path.write_bytes(path.read_bytes()[:-9])
    assert filled("{{ name }}") == "<b>"
    for path in kept.iterdir():
        path.write_bytes(path.read_bytes()[:20])
    assert filled("{{ name }}") == "<b>"
    for path in kept.iterdir():
        path.unlink()
    kept.rmdir()
    kept.write_bytes(b"")
    assert filled("{{ name }}") == "<b>"


def test_the_folder_does_not_grow_for_ever(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templating, "_MOST", 3)
    for number in range(12):
        filled(f"{number}")
    assert len(list(kept.iterdir())) <= 5
