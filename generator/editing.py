"""Makes the forms in which a village is edited on a forge: what Sveltia CMS is told of its files.

The dataclasses of the model are the formats, so forms are made from them: a field of the form for a
field of the dataclass. Tables are not for forms.
"""

from __future__ import annotations

import json
import types
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from generator.intake.explained import EXPLANATIONS
from generator.intake.folders import VillageFolder, find_villages
from generator.intake.naming import chosen_villages, village_title
from generator.intake.withdrawn import WITHDRAWN
from generator.model.keynames import key_name
from generator.model.shared import Shared
from generator.model.village import FrontMatter, Village, Withdrawal
from generator.model.warnings import Explanation
from generator.reading import sound_content
from generator.settings import Settings, need_folder

EDITOR = "sveltia-cms/dist/sveltia-cms.js"
VERSION = "0.221.1"
"""The version of Sveltia CMS whose own schema these forms were held against."""
Forge = Literal["github", "gitlab", "gitea"]

# What a document is called: its day and a few letters, which stay in its address.
_NAME = r"^\d{4}-\d{2}-\d{2}-[a-z0-9]+(-[a-z0-9]+)*$"
_LONG = {"summary", "reason", "text", "what", "note"}
_NOT_WRITTEN = {"source", "id", "town"}  # of a whole file: they follow from where it lies
_WORDS = {
    "month": "每月",
    "quarter": "每季度",
    "phone": "电话",
    "email": "电子邮箱",
    "message": "收短信的号码",
    "mailbox": "信箱",
    "office": "地点",
    "web": "网页",
    "portrait": "竖放",
    "landscape": "横放",
}
# The editor fetches its Chinese words from abroad; they lie beside it.
_OWN_WORDS = """
const ask = window.fetch;
window.fetch = (what, how) => {
  const [far, words] = String(what.url || what).split("/locales/");
  const is_theirs = words && far.startsWith("https://unpkg.com/@sveltia/cms");
  return ask(is_theirs ? "../sveltia-cms/locales/" + words : what, how);
};
"""
Choices = Mapping[tuple[str, str], tuple[tuple[str, str], ...]]
"""What may be chosen for a key of a dataclass: values with what people call them."""
_Form = dict[str, Any]


@dataclass(frozen=True)
class Repository:
    """Where the files are edited; `host` is the address of an own forge, empty for the public one."""

    forge: Forge
    name: str
    branch: str = "main"
    host: str = ""


def write_forms(
    repository: Repository, names: tuple[str, ...], folder: Path, settings: Settings
) -> tuple[Path, ...]:
    """Write a page with the forms of each village, or of those that are named; returns the pages.

    Raises `CannotBuildError` when content/ is unusable or a village is not known.
    """
    need_folder(settings.villages)
    shared, _ = sound_content(settings.content, settings.today, "才能写表单")
    villages = chosen_villages(names, find_villages(settings.villages, shared)[0])
    pages = []
    for village in villages:
        name = village_title(village)
        page = folder / village.id / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(_page(name), "utf-8", newline="\n")
        config = configuration(repository, village, name, shared)
        text = json.dumps(config, ensure_ascii=False, indent=1)
        page.with_name("config.json").write_text(text + "\n", "utf-8", newline="\n")
        pages.append(page)
    return tuple(pages)


def _page(name: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n'
        f"<title>{escape(name)}：填写</title>\n"
        '<link rel="cms-config-url" type="application/json" href="config.json">\n'
        f"<script>{_OWN_WORDS}</script>\n"
        f'</head>\n<body>\n<script src="../{EDITOR}"></script>\n</body>\n</html>\n'
    )


def configuration(
    repository: Repository, village: VillageFolder, name: str, shared: Shared
) -> _Form:
    """All that the editor is told of one village."""
    place = f"villages/{village.name.split('/', 1)[-1]}"
    choices = choices_of(shared)
    items = [item for item in shared.catalogue.items if item.kind == "document"]
    return {
        "backend": _backend(repository),
        "app_title": f"{name}：填写",
        "media_folder": f"{place}/notices",
        "public_folder": "",
        "slug": {"encoding": "ascii", "timezone": "local"},
        "output": {"omit_empty_optional_fields": True},
        "collections": [_documents(item.id, item.title, place, choices) for item in items],
        "singletons": [
            {
                "name": "village",
                "label": "基本情况",
                "file": f"{place}/village.yaml",
                "format": "yaml",
                "fields": form_of(Village, "village", choices, whole=True),
            },
            _listed(WITHDRAWN, "撤回的内容", Withdrawal, place, choices),
            _listed(EXPLANATIONS, "对请核实的说明", Explanation, place, choices),
        ],
    }


def _backend(repository: Repository) -> _Form:
    messages = {
        "create": "新增{{collection}}：{{path}}",
        "update": "修改{{collection}}：{{path}}",
        "delete": "删去{{collection}}：{{path}}",
        "uploadMedia": "上传：{{path}}",
        "deleteMedia": "删去：{{path}}",
    }
    found: _Form = {
        "name": repository.forge,
        "repo": repository.name,
        "branch": repository.branch,
        "commit_messages": messages,
    }
    if repository.host:
        api = {"github": "/api/v3", "gitlab": "/api/v4", "gitea": "/api/v1"}[repository.forge]
        found |= {"base_url": repository.host, "api_root": repository.host.rstrip("/") + api}
    return found


def _documents(item: str, title: str, place: str, choices: Choices) -> _Form:
    body = {"name": "body", "label": "正文", "widget": "text"}  # as it is typed, and nothing else
    head = form_of(FrontMatter, "document", choices, whole=True)
    hint = (
        "日期后面写几个拼音或英文，用横线分开，例如 2025-09-10-tingshui；定了就在网址里，不要再改"
    )
    return {
        "name": item,
        "label": title,
        "folder": f"{place}/{item}",
        "format": "yaml-frontmatter",
        "extension": "md",
        "media_folder": "",
        "public_folder": "",
        "identifier_field": "title",
        "summary": "{{date}} {{title}}",
        "slug": {
            "template": "{{date}}-{{uuid_shorter}}",
            "editable": ["create"],
            "pattern": [_NAME, hint],
            "hint": hint,
        },
        "delete": False,  # what was public is withdrawn, not deleted
        "thumbnail": False,
        "fields": [*head[:2], body, *head[2:]],
    }


def _listed(file: str, label: str, shape: type, place: str, choices: Choices) -> _Form:
    entries = form_of(shape, "", choices)
    listed = {"name": "entries", "label": label, "widget": "list", "root": True, "fields": entries}
    return {
        "name": file.partition(".")[0],
        "label": label,
        "file": f"{place}/{file}",
        "format": "yaml",
        "fields": [listed],
    }


# ------------------------------------------------------------------------------- fields


def form_of(shape: type, above: str, choices: Choices, *, whole: bool = False) -> list[_Form]:
    """The fields of a form for a dataclass, which is found under the key `above`; of a `whole` file
    some are known from its place."""
    hints = get_type_hints(shape)
    left = _NOT_WRITTEN if whole else {"source"}
    return [
        _field(entry, hints[entry.name], shape.__name__, above, choices)
        for entry in fields(shape)
        if entry.name not in left
    ]


def _field(entry: Field[Any], hint: Any, shape: str, above: str, choices: Choices) -> _Form:
    is_required = entry.default is MISSING and entry.default_factory is MISSING
    found: _Form = {"name": entry.name, "label": key_name(entry.name, above)}
    own = _optional(hint)
    offered = choices.get((shape, entry.name), ())
    found |= _widget(entry.name, own, offered, choices)
    # a list may be empty, and a file must say so
    found["required"] = is_required and found["widget"] != "list"
    return found


def _optional(hint: Any) -> Any:
    """The type itself of what may be missing."""
    if get_origin(hint) in (Union, types.UnionType):
        return next(part for part in get_args(hint) if part is not type(None))
    return hint


def _widget(name: str, hint: Any, offered: tuple[tuple[str, str], ...], choices: Choices) -> _Form:
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        if is_dataclass(inner):
            assert isinstance(inner, type)
            fields_of = form_of(inner, name, choices)
            return {"widget": "list", "collapsed": "auto", "fields": fields_of}
        if offered:
            return {"widget": "select", "multiple": True, "options": _options(offered)}
        return {"widget": "list", "field": {"name": "text", "label": "内容", "widget": "string"}}
    if get_origin(hint) is Literal:
        offered = tuple((word, _WORDS.get(word, word)) for word in _words(hint) if word)
    if offered:
        return {"widget": "select", "options": _options(offered)}
    if name == "file":
        return {"widget": "file"}
    if hint is date:
        return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
    if hint is bool:
        return {"widget": "boolean"}
    if hint is int:
        return {"widget": "number", "value_type": "int"}
    return {"widget": "text" if name in _LONG else "string"}


def _words(hint: Any) -> Iterator[str]:
    """The words of a choice, also of one within it."""
    for part in get_args(hint):
        yield from _words(part) if get_origin(part) is Literal else (part,)


def _options(offered: tuple[tuple[str, str], ...]) -> list[_Form]:
    return [{"value": value, "label": label} for value, label in offered]


def choices_of(shared: Shared) -> Choices:
    """What content/ knows: so nobody has to type an id."""
    items = tuple((item.id, item.title) for item in shared.catalogue.items)
    boards = tuple((board.id, f"{board.title}（全部）") for board in shared.catalogue.boards)
    others = (
        ("powers", "权力清单"),
        ("station", "监督岗"),
        ("list", "负面清单"),
        ("flow", "流程图"),
    )
    papers = tuple((paper, paper) for paper in shared.papers)
    procedures = tuple({p.id: p.title for p in shared.procedures}.items())
    return {
        ("FrontMatter", "power"): tuple((p.id, p.title) for p in shared.powers),
        ("FrontMatter", "procedure"): procedures,
        ("Village", "procedure"): procedures,
        ("Village", "rules"): tuple((pack, pack) for pack in shared.rules),
        ("Village", "masks"): tuple((profile, profile) for profile in shared.masks),
        ("Withdrawal", "item"): items,
        ("Explanation", "rule"): tuple((rule.id, rule.title) for rule in shared.warnings.values()),
        ("BoardPlace", "items"): tuple({**dict(items), **dict(boards), **dict(others)}.items()),
        ("BoardPlace", "paper"): papers,
        ("BoardSheet", "item"): items,
        ("BoardSheet", "paper"): papers,
    }
