"""Describes an import to the clerk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.importer.clean import Change
from generator.importer.drafts import LeftOut
from generator.importer.results import Part
from generator.problems import Problem, without_numbers
from generator.problems.summary import grouped

_EXAMPLES = 3  # of changed cells in a column
_MOST_PLACES = 8  # of one and the same mend; a wrong column gives one in each row


def part_lines(part: Part, *, will_replace: bool) -> Iterator[str]:
    """Where a worksheet goes, what was changed on the way, and what keeps it back; previews are
    passed on in chats, so no number of a person stands in them."""
    return map(without_numbers, _part_lines(part, will_replace=will_replace))


def _part_lines(part: Part, *, will_replace: bool) -> Iterator[str]:
    draft = part.draft
    yield f"{_worksheet_name(draft.worksheet.name, draft.file)} → {_address(part)}"
    account = draft.place.village.account(draft.account).title
    yield (
        f"  {draft.place.village.name}，{draft.item.title}，{draft.period.title}，{account}"
        f"（期次看的是{draft.period_reason}）"
    )
    yield f"  {_rows(part)}"
    if part.renamed:
        pairs = "，".join(f"“{before}” → {after}" for before, after in part.renamed)
        yield f"  表头改成统一的叫法：{pairs}"
    yield from (f"  {words}" for words in draft.flat.said)
    yield from _change_lines(part.changes)
    if part.left_out:
        yield "  没有写进去的："
        yield from (f"    {words}" for words in part.left_out)
    if part.private:
        names = "、".join(field.name for field in part.private)
        yield f"  个人信息，没有带过来：{names}（原来的文件里还有，请收好）。"
    yield from _problem_lines(part)
    yield f"  {_verdict(part, will_replace=will_replace)}"


def _worksheet_name(name: str, file: str) -> str:
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
        return f"表头在第 {draft.origin(draft.layout.heading.number)} 行，写着“本期无发生”{published}。"
    numbers = [*(row.number for row in table.rows), *(proof.number for proof in table.proofs)]
    numbers = [draft.origin(number) for number in numbers]
    place = f"第 {min(numbers)} 行到第 {max(numbers)} 行，" if numbers else ""
    proofs = f"，另有 {len(table.proofs)} 行期初、合计或期末" if table.proofs else ""
    return (
        f"表头在第 {draft.origin(draft.layout.heading.number)} 行，{place}"
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


def _problem_lines(part: Part) -> Iterator[str]:
    """Problems, each mend once with all the places where it is wanted."""
    for severity, title in (("error", "要先改的错误"), ("warning", "请留意"), ("notice", "说明")):
        own = [p for p in part.problems if p.severity == severity]
        if own:
            yield f"  {title}（{len(own)} 处）："
        for group in grouped(own):
            yield f"    {_placed(part, group[0])} {group[0].code}: {group[0].message}{group[0].hint}"
            others = [_placed(part, found) for found in group[1:_MOST_PLACES]]
            more = f" 等 {len(group)} 处" if len(group) > _MOST_PLACES else ""
            if others:
                yield f"      同样的还有：{'、'.join(others)}{more}"


def _placed(part: Part, found: Problem) -> str:
    """Where a problem is: the row of the workbook, and the line of the village's file."""
    row, line = part.places(found.source.row)
    column = f" [{found.source.column}]" if found.source.column else ""
    clean = f"（{_address(part)}:{line}）" if line else ""
    return f"{found.source.file}:{row}:{column}{clean}"


def _verdict(part: Part, *, will_replace: bool) -> str:
    """Whether the file is written, and what to do if not."""
    found = part.difference
    if part.state == "faulty":
        more = "；还有问题要回答" if part.draft.doubts else ""
        return f"× 有错误，这一份没有写{more}。请在原来的表里改好，再导入一次。"
    if part.state == "asks":
        return "？ 有问题要先回答，这一份还没有写。"
    if part.state == "unsure":
        return "× 写出来再读回去对不上，这一份没有写。请把这张表发给维护人员。"
    if part.state == "elsewhere":
        return f"× 同一期已经有一份 {part.there}，这一份没有写。请先把它移进 private 文件夹，再导入一次。"
    if part.state == "unread":
        return (
            f"× 同一期已经有一份 {part.there}，里面的公开日期或更正读不出来，换掉就没有了；这一份没有写。"
            "请先把它改好，或移进 private 文件夹，再导入一次。"
        )
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


def left_out_line(left_out: LeftOut) -> str:
    """Why a worksheet is not taken in."""
    return f"{_worksheet_name(left_out.worksheet, left_out.file)}：{left_out.reason}"
