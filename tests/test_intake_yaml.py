"""YAML and Markdown heads: lines are right, nothing raises, nothing is swallowed quietly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.intake.documents import read_document
from generator.intake.frontmatter import text_names, whole_texts
from generator.intake.shape import read_shape
from generator.intake.yamlfile import Node, read_yaml
from generator.model.village import Document, FrontMatter
from generator.problems import Problem, Source
from tests.township import write


def faults_of(text: str) -> list[tuple[str, int]]:
    return [(p.code, p.source.row) for p in read_yaml(text, "a.yaml")[1]]


def plain(node: Node | None) -> object:
    """A node as the texts, lists and mappings that were written."""
    if node is None or node.content is None or isinstance(node.content, str):
        return node.content if node else None
    if isinstance(node.content, tuple):
        return [plain(item) for item in node.content]
    return {key: plain(value) for key, value in node.content.items()}


def test_scalars_stay_what_was_written() -> None:
    text = "a: 007\nb: 2025-09-01\nc: 否\nd: ~\ne: no\nf: 1E5\ng: 12:30\nh:\ni: ''\nj: 1_000\n"
    node, faults = read_yaml(text, "a.yaml")
    assert faults == ()
    assert plain(node) == {
        "a": "007", "b": "2025-09-01", "c": "否", "d": None, "e": "no", "f": "1E5", "g": "12:30",
        "h": None, "i": "", "j": "1_000",
    }  # fmt: skip


def test_every_node_knows_its_line() -> None:
    node, _ = read_yaml("a: 1\nb:\n  - c: 2\n  - d: 3\n", "a.yaml", first_line=2)
    assert node is not None
    assert node.mapping["a"].source == Source("a.yaml", 2, "a")
    assert [item.source.row for item in node.mapping["b"].items] == [4, 5]
    assert node.mapping["b"].items[1].mapping["d"].source == Source("a.yaml", 5, "d")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: [1\n", ("yaml-sign", 2)),
        ("a: 1\n\tb: 2\n", ("yaml-tab", 2)),
        ("a: '1\n", ("yaml-quote", 1)),
        ("a: 1\n---\nb: 2\n", ("yaml-syntax", 2)),
        ("a: 1\nb: \x00\n", ("yaml-syntax", 2)),
        ("a: 1\nb: \x07\n", ("yaml-syntax", 2)),
        ("a: \ud800\n", ("yaml-syntax", 1)),
        ("? [a, b]\n: c\n", ("yaml-syntax", 1)),
        ("? {a: b}\n: c\n", ("yaml-syntax", 1)),
        ("a: 1\nb: &x 2\n", ("yaml-alias", 2)),
        ("a: &x 1\nb: *x\n", ("yaml-alias", 1)),
        ("a: *重点\n", ("yaml-alias", 1)),
        ("a: &重点 看\n", ("yaml-alias", 1)),
        ("a: ! 通知\n", ("yaml-alias", 1)),
        ("a: !重要 通知\n", ("yaml-alias", 1)),
        ("a: !!python/object:os.system x\n", ("yaml-alias", 1)),
        ("a: 1\nb: 2\na: 3\n", ("key-duplicate", 3)),
        ("[" * 1000, ("yaml-syntax", 1)),
        ("[" * 20000 + "]" * 20000, ("yaml-syntax", 1)),
        ("{a: " * 5000, ("yaml-syntax", 1)),
        ("- " * 5000 + "a", ("yaml-syntax", 1)),
    ],
)  # fmt: skip
def test_faults_name_their_line(text: str, expected: tuple[str, int]) -> None:
    assert faults_of(text) == [expected]


def test_a_bomb_of_aliases_is_refused_before_it_is_built() -> None:
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    assert [code for code, _ in faults_of("a0: &a0 [x]\n" + levels)] == ["yaml-alias"]


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_no_text_raises(text: str) -> None:
    read_yaml(text, "a.yaml")


@given(st.text(alphabet="ab:- \n\t[]{},'\"#&*!|>?%@`~<\x00\x85\u20281.中", max_size=60))
def test_no_text_of_marks_raises(text: str) -> None:
    node, faults = read_yaml(text, "a.yaml")
    assert node is not None or faults
    assert all(p.source.row >= 1 for p in faults)


@dataclass(frozen=True)
class Part:
    n: int


@dataclass(frozen=True)
class Whole:
    id: str
    title: str
    source: Source
    amount: Decimal = Decimal(0)
    day: date | None = None
    kind: Literal["", "one", "two"] = ""
    parts: tuple[Part, ...] = ()
    is_open: bool = False
    long_name: str = ""


def read(text: str) -> tuple[Whole | None, list[Problem]]:
    faults: list[Problem] = []
    node, found = read_yaml(text, "a.yaml")
    assert node is not None
    assert not found
    return read_shape(node, Whole, faults, {"id": "x"}), faults


def test_a_mapping_becomes_its_dataclass() -> None:
    whole, faults = read(
        "title: 甲\namount: 1,200.50\nday: 2025/9/1\nkind: two\nparts: [{n: 1}, {n: '２'}]\n"
        "is_open: 是\nlongName: 乙\n"
    )
    assert faults == []
    assert whole == Whole(
        "x", "甲", Source("a.yaml", 1), Decimal("1200.50"), date(2025, 9, 1), "two",
        (Part(1), Part(2)), True, "乙",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected", "survives"),
    [
        ("titel: 甲\n", [("key-unknown", "titel"), ("key-missing", "")], False),
        ("title:\n", [("key-missing", "")], False),
        ("title: 甲\nid: y\n", [("key-unknown", "id")], True),
        ("title: 甲\nsource: y\n", [("key-unknown", "source")], True),
        ("title: [甲]\n", [("key-value", "title")], False),
        ("title: 甲\namount: 1E5\n", [("key-value", "amount")], False),
        ("title: 甲\namount: " + "9" * 5000 + "\n", [("key-value", "amount")], False),
        ("title: 甲\nday: 2025-02-30\n", [("key-value", "day")], False),
        ("title: 甲\nkind: three\n", [("key-value", "kind")], False),
        ("title: 甲\nparts: 3\n", [("key-value", "parts")], False),
        ("title: 甲\nparts: [{n: 1}, {n: 两}, 3]\n", [("key-value", "n"), ("key-value", "parts")], True),
        ("title: 甲\nparts:\n", [], True),
        ("- 甲\n", [("key-value", "")], False),
        ("甲\n", [("key-value", "")], False),
        ("", [("key-value", "")], False),
    ],
)  # fmt: skip
def test_each_wrong_key_is_told(text: str, expected: list[tuple[str, str]], survives: bool) -> None:
    whole, faults = read(text)
    assert [(p.code, p.source.column) for p in faults] == expected
    assert (whole is not None) == survives
    assert all("\n" not in str(p) and len(p.value) <= 61 for p in faults)


@given(
    st.recursive(
        st.none() | st.text(max_size=5) | st.sampled_from(["1", "2025-09-01", "one", "是"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["title", "amount", "day", "kind", "parts", "n", "x", ""]), inner
            )
        ),
        max_leaves=8,
    )
)
def test_no_tree_raises(tree: object) -> None:
    def node(content: object) -> Node:
        place = Source("a.yaml", 1)
        if isinstance(content, dict):
            return Node({key: node(value) for key, value in content.items()}, place)
        if isinstance(content, list):
            return Node(tuple(map(node, content)), place)
        assert content is None or isinstance(content, str)
        return Node(content, place)

    faults: list[Problem] = []
    whole = read_shape(node(tree), Whole, faults, {"id": "x"})
    assert whole is not None or faults


HEAD = "---\ntitle: 甲\ndate: 2025-09-20\n---\n"


def document(folder: Path, text: str | bytes) -> tuple[Document | None, list[str]]:
    path = write(folder, "notices/2025-09-20-a.md", text)
    read, faults = read_document(path, "a.md")
    return read, [p.code for p in faults]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_document_in_every_encoding(tmp_path: Path, encoding: str, end: str) -> None:
    text = (HEAD + "\n正文一\n\n---\n\n正文二").replace("\n", end)
    read, faults = document(tmp_path, text.encode(encoding))
    assert faults == []
    assert read is not None
    assert read.body == "正文一\n\n---\n\n正文二\n"
    assert (read.front.title, read.front.date) == ("甲", date(2025, 9, 20))


@pytest.mark.parametrize(
    "text", ["", "正文\n", "title: 甲\n---\n", "---\ntitle: 甲\n", " ---\n---\n", "--- #\n---\n"]
)
def test_a_document_without_a_head(tmp_path: Path, text: str) -> None:
    assert document(tmp_path, text) == (None, ["front-matter-missing"])


def test_a_head_may_be_all_there_is(tmp_path: Path) -> None:
    read, faults = document(tmp_path, HEAD.rstrip("\n"))
    assert faults == []
    assert read is not None
    assert read.body.strip() == ""


def test_rows_of_a_head_count_from_the_top_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", HEAD.replace("date: 2025", "date: 二〇"))
    _, faults = read_document(path, "a.md")
    assert [(p.code, p.source) for p in faults] == [("key-value", Source("a.md", 3, "date"))]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *(
            (n, "attachment-name")
            for n in ("../village.yaml", "a/b.pdf", "/etc/hostname", "..", ".")
        ),
        ("没有.pdf", "attachment-missing"),
        ("长" * 300, "attachment-name"),
    ],
)
def test_an_attachment_is_a_file_of_the_same_folder(tmp_path: Path, name: str, code: str) -> None:
    write(tmp_path, "village.yaml", "x")
    write(tmp_path, "notices/a/b.pdf", "x")
    text = HEAD.replace("---\n", f"---\nattachments: ['{name}']\n", 1)
    read, faults = document(tmp_path, text)
    assert faults == [code]
    assert read is not None
    assert read.attachments == ()


def test_an_attachment_that_is_a_folder_is_missing(tmp_path: Path) -> None:
    (tmp_path / "notices" / "附件.pdf").mkdir(parents=True)
    text = HEAD.replace("---\n", "---\nattachments: [附件.pdf, '']\n", 1)
    assert document(tmp_path, text)[1] == ["key-missing", "attachment-missing"]


# ------------------------------------------------------------------------------ as clerks type it


@given(
    st.text(
        st.sampled_from("村停水通知二组 #:：'\"“”[]{}&*!|>%@`-,，?、1"), min_size=1, max_size=16
    )
)
def test_a_title_is_what_stands_behind_its_name(title: str) -> None:
    assume(title.strip() and "  #" not in title and not title.lstrip().startswith("# "))
    assume(title.strip() != "#" and not re.fullmatch(r"[|>]\W*[1-9]?", title.strip()))
    assume(title.strip()[0] not in "'\"" or title.strip()[0] != title.strip()[-1])
    head = whole_texts(f"title: {title}\ndate: 2025-09-20\n", text_names(FrontMatter))
    node, faults = read_yaml(head, "a.md")
    assert faults == ()
    assert plain(node) == {"title": title.strip(), "date": "2025-09-20"}


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("title: 村部 #2 机井维修公告", "村部 #2 机井维修公告"),
        ("title: 村部 # 2 机井", "村部 # 2 机井"),
        ("title: 停水通知   # 给二组的", "停水通知"),
        ("title: '停水' # 注", "停水"),
        ("title: 通知: 停水", "通知: 停水"),
        ("title: [紧急] 停水通知", "[紧急] 停水通知"),
        ('title: "水塘"承包公告', '"水塘"承包公告'),
        ("title: “水塘”", "“水塘”"),
        ("title: *重点", "*重点"),
        ("title:停水", "停水"),
        ("title: 停水\n  三天", "停水 三天"),
        ("title: >-\n  停水: #三天", "停水: #三天"),
    ],
)
def test_titles_as_clerks_type_them(tmp_path: Path, head: str, title: str) -> None:
    read, faults = document(tmp_path, f"---\n{head}\ndate: 2025-09-20\n---\n正文\n")
    assert faults == []
    assert read is not None
    assert read.front.title == title


@pytest.mark.parametrize(
    ("text", "code", "row", "line"),
    [
        ("name：东山\ncode: 1", "yaml-colon", 1, "name: 东山 "),
        ("name：东山\ncode：1", "yaml-colon", 1, "name: 东山 "),
        ("name: 东山\na:\n  - id：g1\n    title：甲", "yaml-colon", 3, "id: g1 "),
        ("a:\n  - {id: g1, title：甲}", "yaml-colon", 2, "{id: g1, title: 甲} "),
        ("name: 东山\ncode:1", "yaml-space", 2, "code: 1 "),
        ("name: 东山\nvalue: 村部: 东侧\nb: 1", "yaml-sign", 2, "value: '村部: 东侧' "),
        ('name: "东山"村\nb: 1', "yaml-sign", 1, "name: '\"东山\"村' "),
        ("name: [东山] 村\nb: 1", "yaml-sign", 1, "name: '[东山] 村' "),
        ("name: @东山", "yaml-sign", 1, "name: '@东山' "),
        ('a: 1\nname: "东山”\nb: 1', "yaml-quote", 2, 'name: "东山" '),
        ("name: “东山”", "yaml-marks", 1, "name: 东山 "),
        ("a: [甲，乙]", "yaml-comma", 1, "a: [甲, 乙] "),
        ("a:\n  - {id: g1，title: 甲}", "yaml-comma", 2, "{id: g1, title: 甲} "),
        ("name: 东山 #2", "yaml-hash", 1, "name: '东山 #2' "),
        ("accent: #a61b1b", "yaml-hash", 1, "accent: '#a61b1b' "),
        ("a: [1, 2] #三", "yaml-comment", 1, "a: [1, 2] # 三 "),
    ],
)  # fmt: skip
def test_the_sign_that_is_the_cause_is_named(text: str, code: str, row: int, line: str) -> None:
    found = read_yaml(text, "a.yaml")[1]
    assert [(p.code, p.source.row) for p in found] == [(code, row)]
    assert f"写成 {line}" in found[0].hint


def test_comments_and_texts_of_several_lines_stay_what_they_are() -> None:
    text = "#注\na: 1 # 注\nb: 1  #\nc: |\n  d #e\n  f：g\ng: 'h #i'\nj: “水”“电”\nk: 甲：乙\n"
    node, faults = read_yaml(text, "a.yaml")
    assert faults == ()
    assert plain(node) == {
        "a": "1", "b": "1", "c": "d #e\nf：g", "g": "h #i", "j": "“水”“电”", "k": "甲：乙",
    }  # fmt: skip
