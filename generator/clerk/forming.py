"""A village's own file as a form: what may be filled in, what stands there, and the text with what was filled in.
The form is walked out of the model, as the forms of web editors are (`editing`)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from generator.clerk.looking import shared_now
from generator.clerk.yamltext import bare, with_values
from generator.editing import choices_of, form_of
from generator.intake.yamlfile import Node, read_yaml
from generator.model.village import Village
from generator.settings import CannotBuildError, Settings

FORMED = "village.yaml"
_FIRST = (
    *("name", "code", "households", "population", "since", "groups", "accounts"),
    *("people", "supervisors", "channels", "station", "boards"),
)
"""What most villages fill in, in that order; the others follow."""


def form(settings: Settings, path: str, text: str) -> dict[str, Any]:
    """The fields with their values as texts. Raises `CannotBuildError` where the text is no YAML."""
    fields = {
        field["name"]: {**field, "isUsual": field["name"] in _FIRST}
        for field in form_of(Village, "village", choices_of(shared_now(settings)), whole=True)
    }
    order = (*_FIRST, *(name for name in fields if name not in _FIRST))
    return {"fields": [fields[name] for name in order], "values": form_values(path, text)}


def filled(path: str, text: str, values: Mapping[str, Any]) -> dict[str, str]:
    """The text with what was filled in. Raises `CannotBuildError` where it would not be read as that."""
    before = form_values(path, text)
    written = with_values(text, before, values)
    node, faults = read_yaml(written, path)
    found = {} if node is None or faults else {k: _plain(v) for k, v in node.mapping.items()}
    if bare(found) != bare({**before, **values}):
        raise CannotBuildError("这个文件写得特别，填表会写错，没有改。请直接改文字。")
    return {"text": written}


def form_values(path: str, text: str) -> dict[str, Any]:
    """What stands in a file, as texts. Raises `CannotBuildError` where it has no form or is no YAML."""
    name = PurePosixPath(path).name
    if name != FORMED:
        raise CannotBuildError(f"{name} 没有表可填，请直接改文字。")
    node, faults = read_yaml(text, name)
    if node is None or faults or not node.mapping:
        found = "\n".join(map(str, faults))
        raise CannotBuildError(f"写法有错，先在文字里改好，才能填表：\n{found}".strip())
    return {key: _plain(child) for key, child in node.mapping.items()}


def _plain(node: Node) -> Any:
    if isinstance(node.content, tuple):
        return [_plain(one) for one in node.content]
    if isinstance(node.content, Mapping):
        return {key: _plain(child) for key, child in node.content.items()}
    return node.content or ""
