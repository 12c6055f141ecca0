"""What an import does, in the clerk's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.importer.clean import Change
from generator.importer.parts import Part
from generator.importer.plan import LeftOut
from generator.problems import Problem, without_numbers

_EXAMPLES = 3  # of changed cells in a column
_MOST_PROBLEMS = 20  # of a sheet; a wrong column gives one in each row


def part_lines(part: Part, *, will_replace: bool) -> Iterator[str]:
    """Where a sheet goes, what was changed on the way, and what keeps it back; previews are
    passed on in chats, so no number of a person stands in them."""
    return map(without_numbers, _part_lines(part, will_replace=will_replace))


def _part_lines(part: Part, *, will_replace: bool) -> Iterator[str]:
    draft = part.draft
    yield f"{_sheet_name(draft.sheet.name, draft.file)} → {_address(part)}"
    account = draft.place.village.account(draft.account).title
    yield (
        f"  {draft.place.village.name}，{draft.item.title}，{draft.period.title}，{account}"
        f"（期次看的是{draft.period_reason}）"
    )
    yield f"  {_rows(part)}"
    if part.renamed:
        pairs = "，".join(f"“{before}” → {after}" for before, after in part.renamed)
        yield f"  表头改成统一的叫法：{pairs}"
    yield from _change_lines(part.changes)
    if part.left_out:
        yield "  没有写进去的："
        yield from (f"    {words}" for words in part.left_out)
    if part.private:
        names = "、".join(field.name for field in part.private)
        yield f"  个人信息，没有带过来：{names}（原来的文件里还有，请收好）。"
    yield from _problem_lines(part.problems)
    yield f"  {_verdict(part, will_replace=will_replace)}"


def _sheet_name(name: str, file: str) -> str:
    return f"工作表“{name}”" if name else file


def _address(part: Part) -> str:
    return f"{part.draft.place.folder.name}/{part.draft.target}"


def _rows(part: Part) -> str:
    draft, table = part.draft, part.draft.reading.table
    day = draft.reading.published
    published = f"，公开日期 {day.isoformat()}" if day else ""
    corrections = len(draft.reading.corrections)
    published += f"，更正 {corrections} 处" if corrections else ""
    if table.nothing:
        return f"表头在第 {draft.layout.heading.number} 行，写着“本期无发生”{published}。"
    numbers = [*(row.number for row in table.rows), *(proof.number for proof in table.proofs)]
    place = f"第 {min(numbers)} 行到第 {max(numbers)} 行，" if numbers else ""
    proofs = f"，另有 {len(table.proofs)} 行期初、合计或期末" if table.proofs else ""
    return (
        f"表头在第 {draft.layout.heading.number} 行，{place}"
        f"共 {len(table.rows)} 行数据{proofs}{published}。"
    )


def _change_lines(changes: Sequence[Change]) -> Iterator[str]:
    """Changed cells by column: how many, and the commonest."""
    if changes:
        yield "  格子改了写法："
    for column in dict.fromkeys(change.column for change in changes):
        own = [change for change in changes if change.column == column]
        pairs = "，".join(
            f"“{c.before}” → {c.after or '空着'}" + (f" ×{c.count}" if c.count > 1 else "")
            for c in own[:_EXAMPLES]
        )
        more = f"，还有 {len(own) - _EXAMPLES} 种" if len(own) > _EXAMPLES else ""
        yield f"    {column} {sum(c.count for c in own)} 格：{pairs}{more}"


def _problem_lines(problems: Sequence[Problem]) -> Iterator[str]:
    found = [p for p in problems if p.severity != "notice"]
    for severity, title in (("error", "要先改的错误"), ("warning", "请留意")):
        own = [p for p in found if p.severity == severity]
        if own:
            yield f"  {title}（{len(own)} 处）："
        yield from (f"    {p}" for p in own[:_MOST_PROBLEMS])
        if len(own) > _MOST_PROBLEMS:
            yield f"    ……还有 {len(own) - _MOST_PROBLEMS} 处"


def _verdict(part: Part, *, will_replace: bool) -> str:
    """Whether the file is written, and what to do if not."""
    found = part.difference
    if part.state == "faulty":
        return "× 有错误，这一份没有写。请在原来的表里改好，再导入一次。"
    if part.state == "unsure":
        return "× 写出来再读回去对不上，这一份没有写。请把这张表发给维护人员。"
    if part.state == "elsewhere":
        return f"× 同一期已经有一份 {part.there}，这一份没有写。请先把它移进 private 文件夹，再导入一次。"
    if part.state == "same":
        return "✓ 已经有了，内容一样，不用再写。"
    if part.state == "new":
        return "✓ 可以写。"
    differs = "读不出来"
    if found is not None:
        other = "，合计、期初期末或公开日期也有不同" if found.other else ""
        differs = (
            f"内容不同：原来 {found.old_rows} 行，现在 {found.new_rows} 行，"
            f"多出 {found.added} 行，少了 {found.removed} 行{other}"
        )
    if will_replace:
        return f"✓ 已经有一份，{differs}；换成新的。"
    return f"× 已经有一份，{differs}；没有写。要换成新的，加 --replace。"


def left_out_line(left_out: LeftOut, file: str) -> str:
    """Why a sheet is not taken in."""
    return f"{_sheet_name(left_out.sheet, file)}：{left_out.reason}"
