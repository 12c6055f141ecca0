"""Joins worksheets that are one record, or gives each its own: by month, by group, by kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from generator.importer.forms.asks import Clerk
from generator.importer.forms.bench import Bench, Piece
from generator.importer.forms.compared import is_filled, key, number
from generator.importer.forms.known import Flat, Known
from generator.importer.forms.pages import Page, page_of
from generator.intake.decoding import GridRow, Worksheet
from generator.intake.doubts import Asking
from generator.intake.headings import is_line_number
from generator.intake.periods import mention
from generator.intake.statements import is_statement
from generator.model.forms import SheetKind
from generator.model.period import parse_period
from generator.model.spellings import GROUP

FORM = "分表"
_NAME_OF_GROUP = re.compile(rf"(?:.*?村)?({GROUP}).{{0,4}}")
_SIDES = ("收入", "支出")
_HEAD = 5  # rows in which a line over the headings may say what the rows are
_ZERO = Decimal(0)


def with_periods(flats: Sequence[Flat], known: Known) -> list[Flat]:
    """Worksheets that are called by their months, quarters or years are each of that period, as far as
    the year is known and the title says nothing else."""
    named = [flat for flat in flats if flat.worksheet.name and mention(flat.worksheet.name).kind]
    if len({flat.worksheet.name for flat in named}) < 2:
        return list(flats)
    return [
        replace(flat, period=named_period(flat, known))
        if flat in named and not flat.period
        else flat
        for flat in flats
    ]


def named_period(flat: Flat, known: Known) -> str:
    """The period that a worksheet's name says and its title does not contradict, as in file names."""
    said = mention(flat.worksheet.name)
    if said.kind == "" or said.kind == "other":
        return ""
    lines = [row for row in flat.worksheet.rows if not row.is_blank][:3]
    titles = [mention(cell) for row in lines[:2] for cell in row.cells if cell]
    parts = [title for title in titles if title.kind not in ("", "year", "other")]
    if any((part.kind, part.month) != (said.kind, said.month) for part in parts):
        return ""
    years = [said.year, *(title.year for title in titles), mention(known.file).year]
    year = next((year for year in years if year), 0)
    marks = {
        "year": "",
        "half": f"H{1 if said.month < 7 else 2}",
        "quarter": f"Q{(said.month + 2) // 3}",
        "month": f"-{said.month:02}",
    }
    period = parse_period(f"{year}{marks[said.kind]}") if year else None
    return period.text if period else ""


# ------------------------------------------------------------------------------ one of a kind


def joined_kinds(flats: Sequence[Flat], known: Known, asking: Asking) -> list[Flat]:
    """Worksheets that are called by what their rows are, 应收款 and 应付款, as one record."""
    pages: list[tuple[int, Page, SheetKind]] = []
    for place, flat in enumerate(flats):
        if flat.item or flat.worksheet.is_hidden:
            continue
        kind = _kind(flat.worksheet, known)
        page = page_of(flat.worksheet, known.tables[kind.table]) if kind else None
        if kind and page and _fits(page, kind, known):
            pages.append((place, page, kind))
    if not pages:
        return list(flats)
    table = pages[0][2].table
    chosen = [entry for entry in pages if entry[2].table == table]
    values = [kind.value or kind.amount for _, _, kind in chosen]
    is_half = bool(pages[0][2].amount) and len(values) < 2  # incomes alone are no ledger
    if len(set(values)) != len(values) or is_half or not alike([page for _, page, _ in chosen]):
        return list(flats)
    made = join(
        [page for _, page, _ in chosen],
        [(kind.column, kind.value, kind.amount) for _, _, kind in chosen],
        known,
        asking,
        table,
    )
    return _replaced(flats, [place for place, _, _ in chosen], made)


def _kind(worksheet: Worksheet, known: Known) -> SheetKind | None:
    """The kind that a worksheet's name says, or a line over the headings, or the title."""
    for kind in known.words.kinds:
        if kind.table not in known.tables or not known.may_be(kind.table):
            continue
        if key(worksheet.name) in kind.names:
            return kind
    lines = [row for row in worksheet.rows if not row.is_blank]
    told = [found for row in lines[:_HEAD] if (found := known.kind_of(row.cells))]
    if len(told) == 1 and told[0].table in known.tables and known.may_be(told[0].table):
        return told[0]
    lines = lines[:1]
    title = "".join(cell for row in lines for cell in row.cells)
    named = [
        kind
        for kind in known.words.kinds
        if kind.table in known.tables
        and known.may_be(kind.table)
        and any(name in title for name in kind.names if len(name) > 2)
    ]
    return named[0] if len(named) == 1 else None


def _fits(page: Page, kind: SheetKind, known: Known) -> bool:
    """Whether the page lacks just what its name says."""
    if kind.column:
        told = [page.schema.with_role(role) for role in ("name", "amount")]
        whole = all(page.column(field.name) is not None for field in told if field)
        return whole and page.column(kind.column) is None
    sides = [name for name in _SIDES if page.column(name) is not None]
    is_one = sides in ([], [kind.amount]) and _money(page) is not None
    return is_one and known.is_cash_book((page.name, *page.head.titles))


def _money(page: Page) -> int | None:
    """The one column of money of a page of incomes or expenses."""
    sides = [column for name in _SIDES if (column := page.column(name)) is not None]
    found = sides or [
        c for c in page.head.columns if key(page.head.names[c]).endswith(("金额", "数额"))
    ]
    return found[0] if len(found) == 1 else None


# ------------------------------------------------------------------------------- by groups


def joined_groups(flats: Sequence[Flat], known: Known, asking: Asking) -> list[Flat]:
    """Worksheets that are called by villager groups and have one set of headings, as one record."""
    places = [n for n, f in enumerate(flats) if not f.item and _group_of(f.worksheet)]
    groups = [_group_of(flats[place].worksheet) for place in places]
    if len(places) < 2 or len(set(groups)) != len(groups):
        return list(flats)
    best: tuple[int, str, list[Page]] | None = None
    for item in known.items:
        schema = known.tables.get(item.table)
        if schema is None or not known.may_be(item.id) or not schema.find("组别"):
            continue
        pages = [page for p in places if (page := page_of(flats[p].worksheet, schema)) is not None]
        is_one = len(pages) == len(places) and len({page.shape for page in pages}) == 1
        is_one = is_one and alike(pages)
        if not is_one or any(page.column("组别") is not None for page in pages):
            continue
        score = sum(pages[0].reader.column(n) is not None for n in pages[0].head.names)
        if best is None or score > best[0]:
            best = (score, item.id, pages)
    if best is None:
        return list(flats)
    made = join(best[2], [("组别", group, "") for group in groups], known, asking, "")
    return _replaced(flats, places, made)


def _group_of(worksheet: Worksheet) -> str:
    match = _NAME_OF_GROUP.fullmatch("".join(worksheet.name.split()))
    return match[1] if match and not worksheet.is_hidden else ""


# ------------------------------------------------------------------------------- the joining


def alike(pages: Sequence[Page]) -> bool:
    """Whether the pages count in one unit: a line over one of them must not speak of another's. A
    heading that stands twice on one of them leaves open which column is meant."""
    twice = any(len(set(fields)) < len(fields) for fields in map(_fields, pages))
    return len({page.unit for page in pages}) == 1 and not twice


def _fields(page: Page) -> list[str]:
    """The table's columns that a page's headings name, and the headings that it does not know."""
    columns = [c for c in page.head.columns if not is_line_number(page.head.names[c])]
    return [f.name if (f := page.field(c)) else page.heading(c) for c in columns]


def join(
    pages: Sequence[Page],
    fills: Sequence[tuple[str, str, str]],
    known: Known,
    asking: Asking,
    item: str,
) -> Flat:
    """One worksheet of all pages; `fills` are for each a column and the value that stands in it, or the
    column that its money goes to."""
    clerks = [Clerk(page.cover, known, asking, FORM) for page in pages]
    sources = tuple(dict.fromkeys(page.name for page in pages))
    bench = Bench("、".join(sources))
    for row in _above(pages):
        bench.rows.append(
            row.arranged(len(bench.rows) + 1, [n for n, c in enumerate(row.cells) if c])
        )
    names = _names(pages, fills)
    bench.head(names, pages[0].head.rows[0].number)
    counts = []
    for page, fill, clerk in zip(pages, fills, clerks, strict=True):
        for row in (*page.head.above, *page.head.rows):
            page.cover.see(row)
        counts.append(_rows(clerk, bench, page, fill, names))
    notes = [(page.cover, row) for page in pages for row in page.notes]
    for cover, row in sorted(notes, key=lambda note: is_statement(note[1])):
        bench.keep(cover, (row,))
    for clerk in clerks:
        clerk.leftovers()
    said = [_said(pages, fills, counts), *(s for clerk in clerks for s in clerk.said)]
    return Flat(bench.worksheet(), item=item, sources=sources, said=tuple(dict.fromkeys(said)))


def _said(
    pages: Sequence[Page], fills: Sequence[tuple[str, str, str]], counts: Sequence[int]
) -> str:
    """How the pages were joined, and what their names filled in."""
    told = [
        f"{page.name or '这张表'} {count} 行{f'，“{column}”填{value}' if column else ''}"
        for page, (column, value, _), count in zip(pages, fills, counts, strict=True)
    ]
    many = f"{len(pages)} 张表合成了一张" if len(pages) > 1 else "按工作表的名称或标题填写"
    return f"{many}：{'；'.join(told)}。"


def _above(pages: Sequence[Page]) -> Iterable[GridRow]:
    """The lines over the tables, each once; the first page's own first."""
    seen: set[tuple[str, ...]] = set()
    for page in pages:
        for row in page.head.above:
            words = tuple(cell for cell in row.cells if cell)
            if words not in seen:
                seen.add(words)
                yield row


def _names(pages: Sequence[Page], fills: Sequence[tuple[str, str, str]]) -> list[str]:
    names: dict[str, None] = {}
    for filled, _, _ in fills:
        names |= {filled: None} if filled else {}
    for page, (_, _, amount) in zip(pages, fills, strict=True):
        for column in page.head.columns:
            if not is_line_number(page.head.names[column]):
                names[_target(page, column, amount)] = None
    return list(names)


def _target(page: Page, column: int, amount: str) -> str:
    """What a column is called in the joined worksheet."""
    if amount and column == _money(page):
        unit = page.heading(column)[len(key(page.heading(column))) :]
        return amount + unit
    return page.heading(column)


def _rows(
    clerk: Clerk, bench: Bench, page: Page, fill: tuple[str, str, str], names: Sequence[str]
) -> int:
    """The entries of a page; its sums are checked over them and go no further."""
    place = {name: column for column, name in enumerate(names)}
    columns = {
        place[_target(page, column, fill[2])]: column
        for column in page.head.columns
        if not is_line_number(page.head.names[column])
    }
    numbers = [c for c in page.head.columns if is_line_number(page.head.names[c])]
    texts = {place[fill[0]]: fill[1]} if fill[0] else {}
    entries: list[GridRow] = []
    totals, right = 0, True
    for row in page.body:
        clerk.drop(row, numbers)
        label = _sum_word(clerk, row)
        if label:
            totals += 1
            for column in page.head.columns:
                stated = number(row.at(column))
                if stated is not None and column not in numbers:
                    parts = [number(entry.at(column)) or _ZERO for entry in entries]
                    right &= clerk.total(row, label, page.heading(column), stated, parts)
            clerk.drop(row)
        elif fill[2] and any(map(clerk.known.is_balance, row.cells)):
            continue  # what was there before is no income: it is left, and asked about
        elif any(is_filled(row.at(column)) for column in columns.values()):
            entries.append(row)
            bench.put((Piece(page.cover, row, columns),), texts)
    if totals and right:
        clerk.say("各张工作表的合计与各行相符，没有导入。")
    return len(entries)


def _sum_word(clerk: Clerk, row: GridRow) -> str:
    return next((key(cell) for cell in row.cells if cell and clerk.known.is_total(cell)), "")


def _replaced(flats: Sequence[Flat], places: Sequence[int], made: Flat) -> list[Flat]:
    """The joined worksheet where the first of its parts was."""
    kept = [flat for place, flat in enumerate(flats) if place not in places[1:]]
    kept[places[0]] = made
    return kept
