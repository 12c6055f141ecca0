"""Says how villages stand: as text, as a message for the staff's chat, as JSON and as a workbook."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from functools import partial
from itertools import groupby

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from generator.status import IN_REVIEW, TO_PUBLISH, Kind, Status, Task, VillageStatus
from generator.views.said import say

_WIDTHS = 12, 14, 16, 34, 14, 10, 18, 40  # characters of the workbook's columns


def as_text(status: Status) -> str:
    """What there is to do, by town and village."""
    words = partial(say, status.shared.phrases, "status")
    lines = [words("title", today=status.today, until=status.until)]
    for town, villages in status.towns:
        lines += ["", town.name]
        for village in villages:
            lines += _village_lines(village, status)
    late = sum(village.is_late for village in status.villages)
    tasks = sum(len(village.tasks) for village in status.villages)
    lines += ["", words("total", villages=len(status.villages), late=late, tasks=tasks)]
    if status.across:
        lines.append(words("across", count=len(status.across)))
    return "\n".join(lines)


def _village_lines(village: VillageStatus, status: Status) -> Iterator[str]:
    words = partial(say, status.shared.phrases, "status")
    if not village.name:
        yield f"  {words('unusable', id=village.id, waiting=len(village.of('review')))}"
        return
    if not village.tasks and not village.errors:
        yield f"  {words('well', village=village.name)}"
        return
    yield f"  {village.name}"
    if village.errors:
        yield f"    {words('errors', count=village.errors)}"
    for kind, dues in _by_kind(village):
        yield f"    {words('kind', kind=kind)}"
        for (day, days), titles in dues:
            yield f"      {words('due', kind=kind, day=day, days=days, titles=titles)}"
    for kind in IN_REVIEW:
        if tasks := village.of(kind):
            yield f"    {words('review', kind=words('kind', kind=kind), tasks=tasks)}"
    for task in village.of("bank"):
        yield f"    {words('kind', kind='bank')}：{task.title}，{task.note}"
    if asked := village.of("asked"):
        yield f"    {words('kind', kind='asked')}"
        for task in asked:
            yield f"      {words('asked', title=task.title, found=task.note, public=task.is_public)}"
    up, down = village.of("up"), village.of("down")
    if up or down:
        personal = sum(task.is_personal for task in down)
        counts = {"up": len(up), "down": len(down), "personal": personal}
        yield f"    {words('boards', village=village.name, **counts)}"
    if hung := village.of("hung"):
        yield f"    {words('kind', kind='hung')}"
        for task in hung:
            yield f"      {words('hung', title=task.title, board=task.board, note=task.note)}"


_Due = tuple[tuple[date | None, int], list[str]]


def _by_kind(village: VillageStatus) -> Iterator[tuple[Kind, list[_Due]]]:
    """What is to be published, by kind; of each the days with what is due on them."""
    for kind in TO_PUBLISH:
        if tasks := village.of(kind):
            days = groupby(tasks, lambda task: (task.day, task.days))
            yield kind, [(day, [task.title for task in same]) for day, same in days]


def as_chat(status: Status) -> str:
    """A message for each town: what is late and what falls due, without what hangs on boards."""
    words = partial(say, status.shared.phrases, "status")
    messages = []
    for town, villages in status.towns:
        lines = [words("greeting", town=town.name, today=status.today)]
        for village in villages:
            said = [
                words("chat_due", kind=words("kind", kind=kind), day=day, titles=titles)
                for kind, dues in _by_kind(village)
                for (day, _), titles in dues
            ]
            for kind in IN_REVIEW:
                if tasks := village.of(kind):
                    said.append(words("review", kind=words("kind", kind=kind), tasks=tasks))
            if village.errors:
                said.append(words("errors", count=village.errors))
            if not village.name:
                waiting = len(village.of("review"))
                lines.append(words("unusable", id=village.id, waiting=waiting))
            elif said:
                lines += [village.name, *(words("chat", line=line) for line in said)]
        lines.append(words("thanks" if len(lines) > 1 else "fine"))
        messages.append("\n".join(lines))
    return "\n\n".join(messages)


def as_json(status: Status) -> str:
    """All values; days are ISO texts."""
    villages = [
        {
            "id": village.id,
            "town": village.town,
            "name": village.name,
            "errors": village.errors,
            "late": village.is_late,
            "tasks": [_facts(task) for task in village.tasks],
        }
        for village in status.villages
    ]
    content = {
        "today": status.today.isoformat(),
        "until": status.until.isoformat(),
        "late": status.is_late,
        "across": len(status.across),
        "villages": villages,
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _facts(task: Task) -> dict[str, object]:
    return {**asdict(task), "day": task.day.isoformat() if task.day else None}


def as_workbook(status: Status) -> bytes:
    """One sheet with a row for each task, which can be filtered."""
    words = partial(say, status.shared.phrases, "status")
    book = Workbook()
    sheet = book.active
    sheet.title = f"{status.today:%Y-%m-%d}"
    sheet.append(words("columns").split(","))
    for town, villages in status.towns:
        for village in villages:
            for task in village.tasks:
                kind, late = words("kind", kind=task.kind), max(task.days, 0)
                is_late = task.kind in ("late", "mending") and late
                note = task.note if task.is_public else words("staff", found=task.note)
                sheet.append(
                    (
                        *(town.name, village.name, kind, task.title, task.day),
                        *(late if is_late else None, task.board, note),
                    )
                )
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, width in enumerate(_WIDTHS):
        column = sheet.cell(1, number + 1).column_letter
        sheet.column_dimensions[column].width = width
        for cell in sheet[column]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
