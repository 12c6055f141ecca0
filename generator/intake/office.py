"""Word and Excel files (Office Open XML): a ZIP of parts, each taken over, cleaned or refused.

Only parts that are known are taken over. What programs note down about people and computers is
dropped: properties, thumbnails, printers, templates' paths, revision marks.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from generator.intake.cleaned import BlindPage, Cleaned, Refused
from generator.intake.images import without_words
from generator.intake.leftovers import has_large_picture, reached, take_out, unseen
from generator.intake.officexml import forbidden, local, part_text, scrub, shared_texts

_MOST_PARTS = 2_000
_LARGEST = 60_000_000  # bytes, unpacked
_LARGEST_XML = 30_000_000
_FEW_LETTERS = 40  # beside pictures: the document is a scan
_TYPES = "[Content_Types].xml"
_PDF = "请在 WPS 里另存为 PDF，用那一份"
_SAVE = "请在 WPS 里打开，另存为 .docx 或 .xlsx（不要带宏、不要加密码）"
_MAIN = {
    ".docx": "wordprocessingml.document.main+xml",
    ".xlsx": "spreadsheetml.sheet.main+xml",
}
# What is dropped: notes about people, printers and programs; texts that the file does not show.
_DROPPED = re.compile(
    r"docProps/|customXml/|docMetadata/|\[trash\]/|word/(?:people\.xml|glossary/)|xl/persons/"
    r"|.*/printerSettings/|xl/customProperty|.*\.psmdcp$",
    re.IGNORECASE,
)
_REFUSED: tuple[tuple[str, Refused], ...] = (
    (
        r".*(?:vbaProject|vbaData|macrosheets/|dialogsheets/|activeX/|ctrlProps/|customUI)",
        Refused("active", "宏或控件", _SAVE),
    ),
    (r".*(?:webextensions|taskpanes)", Refused("active", "加载项", _SAVE)),
    (r".*embeddings/", Refused("active", "嵌入的别的文件（图表后面的表格也算）", _PDF)),
    (r".*externalLinks/", Refused("active", "取自别的表格的公式", "请把这些格子“粘贴为数值”")),
    (r".*(?:connections\.xml|queryTables/)", Refused("active", "外部数据连接", _PDF)),
    (
        r".*(?:pivotCache|pivotTables)",
        Refused("hidden", "数据透视表，后面藏着全部原始数据", "请把它“粘贴为数值”"),
    ),
    (r".*revisions/", Refused("hidden", "多人修改的记录", "请取消“共享工作簿”再保存")),
    (r".*threadedComments?/", Refused("hidden", "批注", "请删掉全部批注再保存")),
    (r"_xmlsignatures/", Refused("hidden", "数字签名，里面有签名人的资料", _PDF)),
)
_XML = re.compile(r"(?:word|xl)/.*\.(?:xml|vml)$|.*\.rels$", re.IGNORECASE)
_PICTURE = re.compile(r"(?:word|xl)/media/.*\.(?:png|jpe?g)$", re.IGNORECASE)
_FONT = re.compile(r"word/fonts/[^/]*\.odttf$", re.IGNORECASE)
_WEB = re.compile(r"(?:https?|mailto|tel):|#", re.IGNORECASE)
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"""^<\?xml[^>]*encoding\s*=\s*["'](?!utf-8)""", re.IGNORECASE)
_REFERENCES = "relationships"


@dataclass(frozen=True)
class _Book:
    """A file's parts by name in their order, and the parsed ones among them."""

    parts: Mapping[str, bytes]
    trees: Mapping[str, etree._Element]


def clean_office(raw: bytes, ending: str) -> Cleaned | Refused:
    """A .docx or .xlsx without what programs note down, with all its words."""
    try:
        parts = _unpacked(raw)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError):
        return Refused("unreadable", "不是完好的文件", _SAVE)
    if isinstance(parts, Refused):
        return parts
    unfit = next((r for r in map(_unfit, parts) if r is not None), None)
    if unfit:
        return unfit
    kept = {name: part for name, part in parts.items() if not _DROPPED.match(name)}
    trees: dict[str, etree._Element] = {}
    for name, part in kept.items():
        if name == _TYPES or _XML.match(name):
            tree = _tree(part)
            if tree is None:
                return Refused("unreadable", "不是完好的文件", _SAVE)
            trees[name] = tree
    if _TYPES not in trees or not _has_main(trees[_TYPES], _MAIN[ending]):
        return Refused("content", f"里面不是普通的 {ending} 文件", _SAVE)
    return _cleaned(_Book(kept, trees))


def _cleaned(book: _Book) -> Cleaned | Refused:
    addresses: list[str] = []
    for name, tree in book.trees.items():
        refused = (
            _relations(name, tree, book, addresses) if name.endswith(".rels") else forbidden(tree)
        )
        if refused:
            return refused
    book = _without_leftovers(book)
    refused = unseen(book.trees)
    if refused:
        return refused
    take_out(book.trees)
    written: dict[str, bytes] = {}
    for name, part in book.parts.items():
        if name in book.trees:
            scrub(book.trees[name])
            written[name] = _bytes(book.trees[name])
            continue
        bare = without_words(part) if _PICTURE.match(name) else part
        if bare is None:
            return Refused("unreadable", f"坏了的图片 {posixpath.basename(name)}", _PDF)
        written[name] = bare
    text = "\n".join([*_texts(book), *addresses])
    has_pictures = any(_PICTURE.match(name) for name in book.parts)
    letters = sum(
        not c.isspace() for n, t in book.trees.items() if _is_body(n) for c in part_text(t)
    )
    blind: tuple[BlindPage, ...] = ()
    if has_pictures and letters < _FEW_LETTERS:
        blind = (BlindPage(0, "scan"),)
    elif any(has_large_picture(t) for n, t in book.trees.items() if "/theme/" not in n):
        blind = (BlindPage(0, "picture"),)
    return Cleaned(_packed(written), text, blind)


def _without_leftovers(book: _Book) -> _Book:
    """The parts to which something leads, and their kinds."""
    kept = reached(book.parts, book.trees) | {_TYPES}
    for override in list(book.trees[_TYPES]):
        named = (override.get("PartName") or "").lstrip("/")
        if local(override) == "Override" and named not in kept:
            book.trees[_TYPES].remove(override)
    return _Book(
        {name: part for name, part in book.parts.items() if name in kept},
        {name: tree for name, tree in book.trees.items() if name in kept},
    )


def _unpacked(raw: bytes) -> dict[str, bytes] | Refused:
    """All parts by name, read within bounds."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
        if any(entry.flag_bits & 1 for entry in entries):
            return Refused("unreadable", "加了密码", _SAVE)
        size = sum(entry.file_size for entry in entries)
        xml = sum(e.file_size for e in entries if not _PICTURE.match(e.filename))
        if len(entries) > _MOST_PARTS or size > _LARGEST or xml > _LARGEST_XML:
            return Refused("large", "展开以后大得反常", _PDF)
        names = {entry.filename.casefold() for entry in entries}
        if len(names) < len(entries) or any(_is_trick(entry.filename) for entry in entries):
            return Refused("unreadable", "不是完好的文件", _SAVE)
        return {entry.filename: archive.read(entry) for entry in entries}


def _is_trick(name: str) -> bool:
    return not name or "\\" in name or name.startswith("/") or ".." in name.split("/")


def _unfit(name: str) -> Refused | None:
    """The reason why a part cannot be published, by its name."""
    for pattern, refused in _REFUSED:
        if re.match(pattern, name, re.IGNORECASE):
            return refused
    known = name == _TYPES or any(p.match(name) for p in (_DROPPED, _XML, _PICTURE, _FONT))
    if known:
        return None
    what = "图片格式不收" if "/media/" in name else "有认不出的部分"
    return Refused("content", f"里面的 {posixpath.basename(name)} {what}", _PDF)


def _tree(part: bytes) -> etree._Element | None:
    """A parsed part; None where it is broken or declares entities, which no program writes."""
    try:
        part.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if _DOCTYPE.search(part) or _ENCODING.search(part.removeprefix(b"\xef\xbb\xbf")):
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError:
        return None


def _has_main(types: etree._Element, main: str) -> bool:
    """Whether the main part is a document, with neither macros nor a template's role."""
    declared = [override.get("ContentType") or "" for override in types]
    is_plain = not any("macroEnabled" in kind or ".template" in kind for kind in declared)
    return is_plain and any(kind.endswith(main) for kind in declared)


def _relations(
    name: str, tree: etree._Element, book: _Book, addresses: list[str]
) -> Refused | None:
    """Drop what leads to dropped parts and to templates; notes down the web addresses."""
    folder, _, file = name.rpartition("_rels/")
    gone: set[str] = set()
    tree.text = None
    for relation in list(tree):
        relation.text = relation.tail = None
        kind = (relation.get("Type") or "").rsplit("/", 1)[-1]
        target = relation.get("Target") or ""
        if relation.get("TargetMode") == "External":
            if kind == "hyperlink" and _WEB.match(target):
                addresses.append(target)
                continue
            if kind == "hyperlink":
                mend = "请取消这些超链接再保存"
                return Refused("active", "指到电脑里文件或程序的链接", mend)
            if kind != "attachedTemplate":
                return Refused("active", "打开时要到别处取的内容", _PDF)
        elif posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/") in book.parts:
            continue
        gone.add(relation.get("Id") or "")
        tree.remove(relation)
    source = book.trees.get(folder + file.removesuffix(".rels"))
    if source is not None and gone:
        _forget(source, gone)
    return None


def _forget(tree: etree._Element, gone: set[str]) -> None:
    """Take out of a part the references that lead nowhere any more."""
    for element in list(tree.iter()):
        for key in [k for k, v in element.attrib.items() if v in gone and _REFERENCES in str(k)]:
            del element.attrib[key]
            parent = element.getparent()
            if local(element) in ("attachedTemplate", "customPr") and parent is not None:
                parent.remove(element)


def _texts(book: _Book) -> Iterator[str]:
    shared = shared_texts(book.trees.get("xl/sharedStrings.xml"), book.trees.get("xl/styles.xml"))
    for name, tree in book.trees.items():
        if name != _TYPES and not name.endswith(".rels") and "/theme/" not in name:
            yield part_text(tree, shared)


def _is_body(name: str) -> bool:
    """Whether a part holds what one reads, and not styles."""
    return bool(re.match(r"word/document|xl/(?:sharedStrings|worksheets/)", name))


def _bytes(tree: etree._Element) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """A ZIP with no dates and no names of systems in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()
