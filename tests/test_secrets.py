"""Planted secrets: in every place that is read, in every way of writing, none in what leaves.

One township is built in which everything is faulty on purpose but the village `kept`, whose
tables are sound and hold secrets only where schemas and masks keep them back. Every byte of the
site, and every word of the reports, is searched.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, cycle, islice
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from generator.build import Settings, build
from generator.cli.reporting import print_problems
from generator.compiler import compile_village
from generator.intake.folders import find_villages
from generator.model.catalogue import Item
from generator.model.schema import Field, TableSchema
from tests.planting import Secret, all_forms, looked_for, secrets, texts_in
from tests.searching import documents_of, said_by_shards, said_by_texts, texts_of
from tests.township import (
    CONTENT,
    ROOT,
    TODAY,
    few_sheets,
    real_content,
    small_content,
    the_sample,
    township,
    workbook,
    write,
)

PERIODS = {
    "event": "2025-09-12",
    "month": "2025-09",
    "quarter": "2025Q3",
    "half": "2025H1",
    "year": "2024",
}
NEEDS_PERSONS = frozenset(("health", "minor"))
VILLAGE = """\
name: {name}
code: "000000101999"
households: 90
population: 300
{station}
groups: [{{id: g1, title: "{group}", households: 90, people: 300}}]
accounts: [{{id: village, title: 村账, owner: "{owner}"}}]
people: [{{name: "{person}", title: "{title}", duty: "{duty}"}}]
supervisors: []
channels: [{{id: committee, title: "{channel}", kind: phone, value: "0000-4900002", note: 请打电话}}]
boards: [{{id: gate, place: "{place}", paper: A3}}]
{masks}
"""
WORDS = {
    "name": "试验村", "station": "", "group": "一组", "owner": "试验村村民委员会", "person": "方守信",
    "title": "主任", "duty": "主持工作", "channel": "监委会", "place": "村部门口", "masks": "",
}  # fmt: skip

EARLY = {
    "event": "2024-03-12",
    "month": "2024-03",
    "quarter": "2024Q1",
    "half": "2024H1",
    "year": "2023",
}


@dataclass
class Planting:
    """The township under way: what was planted, and where it has to be reported."""

    root: Path
    planted: list[Secret] = field(default_factory=list)
    reported: list[tuple[Secret, str, int]] = field(default_factory=list)

    def put(self, secret: Secret, file: str = "", row: int = -1) -> str:
        """The secret's text, noted; with a file it must be reported there."""
        self.planted.append(secret)
        if file:
            self.reported.append((secret, file, row))
        return secret.text

    def write(self, file: str, content: str | bytes) -> None:
        write(self.root, f"qingshi/{file}", content)

    def village(self, village: str, **words: str) -> None:
        self.write(f"{village}/village.yaml", VILLAGE.format(**{**WORDS, **words}))


@dataclass(frozen=True)
class Built:
    planting: Planting
    site: Path
    stderr: str
    as_json: str


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The township with all its secrets, built; and both forms of the report."""
    tree = tmp_path_factory.mktemp("secrets")
    township(tree)
    planting = Planting(tree / "villages")
    some = secrets()
    _plant_cells(planting, some)
    _plant_documents(planting, some)
    _plant_yaml(planting, some)
    _plant_names_and_folders(planting, some)
    _plant_kept(planting, some)
    _plant_over(planting, some)
    settings = Settings(
        small_content(tree), planting.root, ROOT / "templates", tree / "site", TODAY, sheets="none"
    )
    lines: list[str] = []
    result = build(settings, lambda step: lines.append(str(step)))
    reports = []
    for form in ("text", "json"):
        said = io.StringIO()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("sys.stdout", said)
            patch.setattr("sys.stderr", said)
            print_problems(result, form)
        reports.append(said.getvalue())
    reports[0] += "\n".join(lines)
    return Built(planting, tree / "site", *reports)


# ------------------------------------------------------------------------------- planting


def _plant_cells(planting: Planting, some: tuple[Secret, ...]) -> None:
    """In every open column of every table, each secret in a row of its own."""
    planting.village("cells")
    planting.village("numbers")
    shared = real_content()[0]
    many = cycle(s for s in some if "\u200e" not in s.text)  # the reader refuses the whole file
    for item in shared.catalogue.items:
        if item.kind != "table":
            continue
        schema = shared.tables[item.table]
        name = f"{item.id}/{PERIODS[item.period]}.csv"
        rows = list(_secret_rows(planting, schema, item, name, many))
        planting.write(f"cells/{name}", _csv(schema, rows))
        # What is no number and no date is refused by the reader, which must not say it aloud.
        odd = next((f for f in schema.fields if f.type != "string"), None)
        if odd is not None:
            row = {**_row(schema, 1), odd.name: planting.put(next(many))}
            planting.write(f"numbers/{name}", _csv(schema, [row]))


def _secret_rows(
    planting: Planting, schema: TableSchema, item: Item, name: str, many: Iterator[Secret]
) -> Iterator[dict[str, str]]:
    file = f"villages/qingshi/cells/{name}"
    columns = [f for f in schema.fields if _is_open(f, schema) and f.mask in ("", "name")]
    number = 1
    for column in columns:
        # An address under 开户银行 or 会议 is the bank's or the meeting's, which anyone may know.
        is_place = any(word in column.name for word in ("银行", "会议"))
        fitting = (s for s in many if not is_place or s.kind != "address")
        for secret in islice(fitting, 3):
            number += 1
            yield {**_row(schema, number), column.name: planting.put(secret, file, number)}
    if item.personal:
        for kind, text in (("health", "患肺癌"), ("health", "尿 毒 症"), ("minor", "孙子9岁")):
            number += 1
            said = planting.put(Secret(kind, f"{text}㐞{number}㐟", f"㐞{number}㐟"), file, number)
            yield {**_row(schema, number), columns[-1].name: said}


def _is_open(column: Field, schema: TableSchema) -> bool:
    limits = column.constraints
    is_key = limits.unique or column.name == schema.primary_key
    return column.type == "string" and not (limits.enum or limits.pattern or is_key)


def _row(schema: TableSchema, number: int) -> dict[str, str]:
    """A sound row, of what must be filled and an income, without which words alone are no entry."""
    row = {
        f.name: f.example
        for f in schema.fields
        if f.constraints.required or f.role in ("income", "expense")
    }
    for column in schema.fields:
        if column.constraints.unique or column.name == schema.primary_key:
            row[column.name] = f"{column.example}-{number}"
        elif column.constraints.enum and column.name in row:
            row[column.name] = column.constraints.enum[0]
    for split in schema.splits:  # else the term beside it would have to tell the day
        row[split.begin] = "2025-01-01"
    return row


def _csv(schema: TableSchema, rows: list[dict[str, str]], extra: tuple[str, ...] = ()) -> str:
    text = io.StringIO()
    names = [f.name for f in schema.fields if any(f.name in row for row in rows)]
    writer = csv.writer(text)
    writer.writerow([*names, *extra])
    writer.writerows([[row.get(name, "") for name in (*names, *extra)] for row in rows])
    return text.getvalue() + "公开日期,2025-10-08\n"


def _plant_documents(planting: Planting, some: tuple[Secret, ...]) -> None:
    """Bodies, heads, steps, attachments' texts and names, pictures' words; a file for each."""
    planting.village("papers")

    def document(n: int, secret: Secret, head: str, body: str, *, told: bool = True) -> None:
        item = "decisions" if "steps:" in head else "notices"
        name = f"papers/{item}/2025-09-{1 + n % 28:02}-n{n}.md"
        text = planting.put(secret, f"villages/qingshi/{name}" if told else "")
        base = "" if "summary:" in head else "summary: 通知。\n"
        title = "" if "title:" in head else "title: 通知\n"
        quoted = '"' + text.replace('"', "") + '"'
        head = head.replace("{}", quoted)
        day = f"date: 2025-09-{1 + n % 28:02}\n"
        planting.write(name, f"---\n{title}{day}{base}{head}---\n\n{body.replace('{}', text)}\n")

    number = 0
    for secret in some:
        number += 1
        document(number, secret, "", "请大家注意。\n\n{}\n")
    bodies = (
        "**{}**", "- 一\n- {}\n", "> {}", "| 甲 | 乙 |\n|---|---|\n| 一 | {} |\n", "`{}`",
        "[看这里](https://x.example/{})", "# {}", "<b>{}</b>", "<!-- {} -->", "1. {}",
    )  # fmt: skip
    plain = [s for s in some if s.text == s.plain]
    for body, secret in zip(bodies, cycle(plain), strict=False):
        number += 1
        document(number, secret, "", body)
    splits = (
        "{0}**{1}**{2}", "{0}<i>{1}</i>{2}", "{0}\n{1}\n{2}", "{0}&#8203;{1}&nbsp;{2}",
        "{0}\\-{1}\\-{2}",
    )  # fmt: skip
    for body in splits:
        for secret in plain[:6]:
            number += 1
            middle = 14 if len(secret.plain) == 18 else 12
            parts = secret.plain[:6], secret.plain[6:middle], secret.plain[middle:]
            if secret.kind == "phone":
                parts = secret.plain[:3], secret.plain[3:7], secret.plain[7:]
            document(number, Secret(secret.kind, body.format(*parts), secret.plain), "", "{}")
    heads = (
        "title: {}\n", "summary: {}\n", "publisher: {}\n", "number: {}\n", "outcome: {}\n",
        "steps:\n  - {step: 提议, date: 2025-08-01, note: {}}\n",
        "steps:\n  - {step: {}, date: 2025-08-01}\n",
    )  # fmt: skip
    for head in heads:
        for secret in islice(cycle(plain), 4):
            number += 1
            document(number, secret, head, "正文。")
    _plant_attachments(planting, plain)


def _plant_attachments(planting: Planting, plain: list[Secret]) -> None:
    many = cycle(plain)
    makers = {
        "txt": lambda text: f"名单\n{text}\n".encode(),
        "csv": lambda text: f"姓名,号码\n甲,{text}\n".encode(),
        "xlsx": lambda text: workbook([["姓名", "号码"], ["甲", text]]),
        "pdf": _pdf,
    }
    for n, (ending, make) in enumerate((e, m) for e, m in makers.items() for _ in range(3)):
        secret = next(many)
        day = f"2025-08-{n + 1:02}"
        file = f"papers/notices/{day}-fujian.md"
        text = planting.put(secret, f"villages/qingshi/{file}")
        head = f"title: 附件\ndate: {day}\nsummary: 附件。\nattachments: [f{n}.{ending}]"
        planting.write(file, f"---\n{head}\n---\n\n见附件。\n")
        planting.write(f"papers/notices/f{n}.{ending}", make(text))
    # names of attachments, words of pictures
    secret = next(s for s in plain if s.kind == "phone")
    name = f"{planting.put(secret, 'villages/qingshi/papers/notices/2025-08-20-ming.md')}.txt"
    head = f"title: 附件\ndate: 2025-08-20\nsummary: 附件。\nattachments: ['{name}']"
    planting.write("papers/notices/2025-08-20-ming.md", f"---\n{head}\n---\n\n见附件。\n")
    planting.write(f"papers/notices/{name}", "空\n")
    for n, secret in enumerate(plain[:4]):
        file = f"papers/notices/2025-08-2{n + 1}-tu.md"
        text = planting.put(secret, f"villages/qingshi/{file}")
        head = f"title: 照片\ndate: 2025-08-2{n + 1}\nsummary: 照片。"
        planting.write(file, f"---\n{head}\n---\n\n![{text}](p{n}.png)\n")
        planting.write(f"papers/notices/p{n}.png", _png("", "红"))
    # what a picture carries unseen is stripped, and the notice stands
    secret = next(many)
    head = "title: 照片\ndate: 2025-08-26\nsummary: 照片。"
    planting.write("papers/notices/2025-08-26-zhao.md", f"---\n{head}\n---\n\n![村口](q.png)\n")
    planting.write("papers/notices/q.png", _png(planting.put(secret), "绿"))


def _plant_yaml(planting: Planting, some: tuple[Secret, ...]) -> None:
    """In each text of village.yaml, a village for each, and of powers.yaml."""
    many = cycle(s for s in some if '"' not in s.text and "\\" not in s.text)
    for key in WORDS:
        if key == "masks":
            continue
        for n in range(2):
            village = f"yaml-{key}-{n}"
            text = planting.put(next(many), f"villages/qingshi/{village}/village.yaml")
            said = f'station: "{text}"' if key == "station" else text
            planting.village(village, **{key: f'"{said}"' if key == "name" else said})
    for n, key in enumerate(("reason", "limit", "accountable")):
        village = f"powers-{n}"
        planting.village(village)
        file = f"{village}/powers.yaml"
        text = planting.put(next(many), f"villages/qingshi/{file}")
        reason = "" if key == "reason" else "    reason: 改了\n"
        entry = f'override:\n  - id: expense-reimbursement\n{reason}    {key}: "{text}"\n'
        planting.write(file, entry)


def _plant_names_and_folders(planting: Planting, some: tuple[Secret, ...]) -> None:
    """In names of files and folders, in private/, in what programs leave behind."""
    planting.village("names")
    numbers = [s for s in some if s.text == s.plain and s.plain.isascii()]
    many = cycle(numbers)
    notice = "---\ntitle: 通知\ndate: 2025-09-01\nsummary: 通知。\n---\n\n正文。\n"
    for secret in islice(many, 4):
        slug = planting.put(secret).lower()
        planting.write(f"names/notices/2025-09-01-{slug}.md", notice)
    planting.write(f"names/ledger/{planting.put(next(many))}.csv", "日期,摘要\n")
    planting.write(f"names/ledger/2025-09.{planting.put(next(many))}.csv", "日期,摘要\n")
    planting.write(f"names/{planting.put(next(many))}/2025-09.csv", "日期,摘要\n")
    planting.write(f"names/{planting.put(next(many))}.csv", "日期,摘要\n")
    planting.write(f"{planting.put(next(many))}.txt", "散落的文件\n")
    for place in ("names/private/2025.csv", "names/.draft.md", "names/notices/~$2025.md"):
        planting.write(place, "\n".join(planting.put(secret) for secret in some))
    planting.write("names/relief/2025Q2.csv", f"户主,秘密\n甲,{planting.put(next(many))}\n")
    planting.write("names/relief/2025Q1.csv", f"户主,{planting.put(next(many))}\n甲,1\n")
    planting.write("names/dues/2025Q1.csv", f"姓名,应交,已交\n甲,1,1,{planting.put(next(many))}\n")


def _plant_kept(planting: Planting, some: tuple[Secret, ...]) -> None:
    """Sound tables with secrets in dropped, masked and expired columns."""
    planting.village("kept", masks="masks: names-masked")
    shared = real_content()[0]
    numbers = {kind: cycle([s for s in some if s.kind == kind and s.text == s.plain]) for kind in
               ("id", "card", "phone")}  # fmt: skip
    kinds = {"身份证号": "id", "银行卡号": "card", "账号": "card", "联系电话": "phone"}
    for item in shared.catalogue.items:
        schema = shared.tables.get(item.table)
        if schema is None or not any(f.mask not in ("", "name") for f in schema.fields):
            continue
        rows = []
        for number in range(1, 8):
            row = _row(schema, number)
            for column in schema.fields:
                kind = kinds.get(column.name)
                if kind is not None:
                    row[column.name] = planting.put(next(numbers[kind]))
                elif column.mask == "address":
                    row[column.name] = planting.put(
                        Secret("address", f"三组7{number}号㐠", f"三组7{number}号㐠")
                    )
                elif column.mask == "name":
                    # Three signs: two may stand by chance in the bytes of a picture.
                    given = f"{chr(0x3500 + len(planting.planted))}{chr(0x3600 + number)}㜀"
                    row[column.name] = f"赵{planting.put(Secret('name', given, given))}"
            rows.append(row)
        text = _csv(schema, rows)
        planting.write(f"kept/{item.id}/{PERIODS[item.period]}.csv", text)
        planting.write(f"kept/{item.id}/{EARLY[item.period]}.csv", _a_year_ago(text))


def _a_year_ago(text: str) -> str:
    return text.replace("2025-10-08", "2024-04-08").replace("2025-", "2024-")


def _plant_over(planting: Planting, some: tuple[Secret, ...]) -> None:
    """Lists whose rows came down, with secrets in every open column: nobody judges them any more."""
    planting.village("over")
    shared = real_content()[0]
    many = cycle(s for s in some if "\u200e" not in s.text)
    for item in shared.catalogue.items:
        schema = shared.tables.get(item.table)
        if item.personal and schema is not None:
            group = schema.villager_group  # which must be one of the village's
            columns = [f for f in schema.fields if _is_open(f, schema) and f is not group]
            rows = [
                {**_row(schema, number), column.name: planting.put(next(many))}
                for number, column in enumerate(columns * 3, 1)
            ]
            old = _a_year_ago(_csv(schema, rows))
            planting.write(f"over/{item.id}/{EARLY[item.period]}.csv", old)


def _pdf(text: str) -> bytes:
    """A page with one line of Latin text."""
    stream = zlib.compress(f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode())
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (size, table, tail)


def _png(words: str, colour: str) -> bytes:
    """A small picture with words in a text chunk."""
    chunks = PngImagePlugin.PngInfo()
    if words:
        chunks.add_text("Comment", words)
    buffer = io.BytesIO()
    shade = (200, 30, 30) if colour == "红" else (30, 200, 30)
    Image.new("RGB", (60, 40), shade).save(buffer, "PNG", pnginfo=chunks)
    return buffer.getvalue()


# ---------------------------------------------------------------------------------- looking


def _found_in(texts: Iterator[str], planted: list[Secret]) -> list[str]:
    """Which secrets stand in texts, in whatever form."""
    everything = "\n".join(dict.fromkeys(map(all_forms, dict.fromkeys(texts))))
    distinct = {looked_for(s): s for s in planted}
    return [f"{s.kind} {s.text!r}" for looked, s in distinct.items() if looked in everything]


def _files_of(site: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(site.rglob("*")):
        if path.is_file() and path.suffix not in (".woff2", ".ttf"):
            yield path.relative_to(site).as_posix(), path.read_bytes()


def test_there_are_enough_of_them(built: Built) -> None:
    distinct = {(s.kind, s.text) for s in built.planting.planted}
    assert len(distinct) >= 300
    assert len(built.planting.planted) >= 1500
    assert len(built.planting.reported) >= 500


def test_none_is_in_any_byte_of_the_site(built: Built) -> None:
    texts = chain(
        (t for name, content in _files_of(built.site) for t in texts_in(name, content)),
        (str(texts_of(built.site, home.name)) for home in (built.site / "v").iterdir()),
    )
    assert not (found := _found_in(texts, built.planting.planted)), "\n".join(found)


def test_shards_of_the_search_say_nothing_that_its_texts_do_not(built: Built) -> None:
    """They hold pieces of texts in codes that nobody could find in their bytes, as villages' own
    searches hold their texts."""
    said = said_by_shards(built.site)
    assert said == said_by_texts(built.site)
    assert len(said) > 1000
    for home in (built.site / "v").iterdir():
        assert sorted(texts_of(built.site, home.name)) == sorted(documents_of(home / "search"))


def test_none_is_in_the_reports(built: Built) -> None:
    planted = [s for s in built.planting.planted if s.kind not in NEEDS_PERSONS]
    assert not (found := _found_in(iter([built.stderr]), planted)), "\n".join(found)
    assert not (found := _found_in(iter([built.as_json]), planted)), "\n".join(found)


def test_each_is_reported_where_it_stands(built: Built) -> None:
    problems = json.loads(built.as_json[built.as_json.index("{") : built.as_json.rindex("}") + 1])[
        "problems"
    ]
    places = {(p["file"], p["row"]) for p in problems if p["code"].startswith("privacy-")}
    # Whole texts may also be refused by the reader, for the characters that hide in them.
    files = {p["file"] for p in problems if p["severity"] == "error"}
    lost = [
        f"{secret.kind} {secret.text!r} in {file}:{row}"
        for secret, file, row in built.planting.reported
        if ((file, row) not in places if row >= 0 else file not in files)
    ]
    assert not lost, "\n".join(lost)


def test_what_is_sound_is_published(built: Built) -> None:
    """So that the search is not over an empty site."""
    records = sorted(path.parent.relative_to(built.site / "v/kept").as_posix() for path in
                     (built.site / "v/kept").glob("*/2*/data.json"))  # fmt: skip
    assert len(records) >= 14
    assert (built.site / "v/papers/notices/2025-08-26-zhao/data.json").is_file()
    assert len(list((built.site / "v/over").glob("*/2*/data.json"))) >= 8
    assert not list((built.site / "v").glob("yaml-*"))
    assert not list((built.site / "v/cells").glob("*/2*"))


def test_none_is_in_sheets(built: Built) -> None:
    shared = few_sheets()
    folders, _ = find_villages(built.planting.root, shared)
    kept = next(folder for folder in folders if folder.id == "kept")
    settings = Settings(CONTENT, built.planting.root, ROOT / "templates", Path("unused"), TODAY)
    files = compile_village(kept, shared, settings).files
    sheets = [file for file in files if file.path.endswith((".pdf", ".png"))]
    assert sum(file.path.endswith("poster.pdf") for file in sheets) >= 10
    assert [file for file in sheets if file.path.endswith("wall.pdf")]
    texts = (t for file in sheets for t in texts_in(file.path, file.content))
    assert not (found := _found_in(texts, built.planting.planted)), "\n".join(found)


def test_the_search_finds_what_stands_anywhere() -> None:
    """The test's own eyes: in a PDF, a picture's words, a workbook, a name, JSON."""
    secret = next(s for s in secrets() if s.kind == "phone" and s.text == s.plain)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as members:
        members.writestr("a.xml", secret.text)
    for name, content in (
        ("a.pdf", _pdf(secret.text)),
        ("a.png", _png(secret.text, "红")),
        ("a.xlsx", workbook([[secret.text]])),
        ("a.zip", archive.getvalue()),
        (f"{secret.text}.txt", b""),
        (
            "a.json",
            b'"' + "".join(f"\\u{0xFF10 + int(c):04x}" for c in secret.plain).encode() + b'"',
        ),
        ("a.html", "".join(f"&#{ord(c)};" for c in secret.plain).encode()),
    ):
        assert _found_in(texts_in(name, content), [secret]), name


def test_the_sample_township_raises_no_alarm() -> None:
    found = the_sample()
    assert len(found.villages) == 4
    assert [str(p) for p in found.problems if "privacy-" in p.code] == []
