"""Decides whether the last good pages of a village stay up when its folder cannot be used any more.

They do, each with a line that says since when it could not be renewed, until the first names on
them must come down: nobody can take those out of pages that cannot be made.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from html import escape

from generator.compiler import VillageOutput
from generator.drawing import templates_of
from generator.keeping import NEVER, Bench, Made, last_made
from generator.lastpages import last_pages
from generator.output.draft import Draft
from generator.output.files import OutputFile, WrittenFile, WrittenFiles
from generator.output.manifest import NAME, renewed_manifest
from generator.problems import Problem, Source, problem
from generator.publishing.text import day
from generator.render.pages.assets import read_assets
from generator.views.said import say

_MARK = "data-stale"
_MAIN = '<main id="main" tabindex="-1">\n<div class="wrap">\n'
_ASSET = re.compile(r"assets/([\w.-]+)\.[0-9a-f]{8}\.(\w+)")


def still_up(bench: Bench, key: str, output: VillageOutput) -> Made | None:
    """The village as it was last made, if that may stay; nothing where it may not, or never was."""
    draft, today = bench.draft, bench.settings.today
    if draft is None:
        return None
    last = last_made(bench, output.id) or last_pages(bench, output.id, draft)
    if last is None or not last.name or today > last.names_until:
        return None
    if draft.held(last.files) is None:
        return None
    since = last.stale_since or today
    files = _marked(last.files, output.id, bench, draft)
    kept = problem("village-stale", Source(_source(output.problems)), since=day(since))
    told = (
        kept.of_village(output.id),
        *(p for p in output.problems if p.code != "village-left-out"),
    )
    return replace(
        last,
        key=key,
        first=since,
        last=last.names_until,
        files=files,
        problems=told,
        stale_since=since,
        still=NEVER,
    )


def _source(problems: tuple[Problem, ...]) -> str:
    found = (p.source.file for p in problems if p.code == "village-left-out")
    return next(found, problems[0].source.file)


def _marked(files: WrittenFiles, village: str, bench: Bench, draft: Draft) -> WrittenFiles:
    """The village's files with the line on each page, which finds styles and scripts as they are now,
    and the manifest of that."""
    words = say(bench.shared.phrases, "pages", "stale", date=bench.settings.today)
    line = f'<p class="card lack" {_MARK}>{escape(words)}</p>\n'
    shared, templates = bench.shared, templates_of(bench.settings, bench.shared)
    assets = read_assets(templates, shared.site.theme, shared.logo)
    pages = tuple(_pages(files, line, assets.addresses, draft))
    manifest = f"v/{village}/{NAME}"
    content = json.loads((draft.site / manifest).read_bytes())
    written = draft.add((*pages, renewed_manifest(manifest, content, pages)))
    new = {file.path: file for file in written}
    return WrittenFiles.of(new.get(file.path, file) for file in files)


def _pages(
    files: Iterable[WrittenFile], line: str, assets: Mapping[str, str], draft: Draft
) -> Iterator[OutputFile]:
    for file in files:
        if file.path.endswith(".html"):
            text = (draft.site / file.path).read_bytes().decode()
            text = text if _MARK in text else text.replace(_MAIN, _MAIN + line, 1)
            text = _ASSET.sub(lambda found: assets.get(f"{found[1]}.{found[2]}", found[0]), text)
            yield OutputFile(file.path, text.encode())
