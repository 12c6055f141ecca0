"""Unpacks the parts of a ZIP package (.xlsx, .ods) within bounds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

_MOST_PARTS = 2_000
_LARGEST = 60_000_000  # bytes, unpacked, of the parts that are read
_RATIO = 200  # XML of worksheets packs 5 to 40 times; beyond this it was made to fill the memory
_SMALL = 2_000_000  # a ratio says nothing about less
_MANIFEST = "META-INF/manifest.xml"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


class RefusedError(Exception):
    """A file that will not be read; `kind` and `facts` are those of the problem."""

    def __init__(self, kind: str, **facts: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.facts = facts


@dataclass(frozen=True)
class Package:
    """The XML parts of a workbook by name; pictures and macros are left behind."""

    parts: Mapping[str, bytes]
    is_ods: bool

    def packed(self) -> bytes:
        """The parts as a package again, for a library to read: what was measured and no more."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for name, part in self.parts.items():
                archive.writestr(name, part)
        return target.getvalue()


def unpack(raw: bytes) -> Package:
    """The parts of a workbook; raises `RefusedError`, or zipfile's errors for what is not whole."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        infos = archive.infolist()
        if len(infos) > _MOST_PARTS or len({info.filename for info in infos}) < len(infos):
            raise RefusedError("file-damaged")
        if any(info.flag_bits & 1 for info in infos):
            raise RefusedError("file-password")
        types = [info for info in infos if info.filename == "mimetype" and info.file_size < 100]
        is_ods = any(archive.read(info).strip() == _ODS for info in types)
        wanted = [info for info in infos if _is_wanted(info.filename, is_ods)]
        _measure(wanted)
        if _MANIFEST in archive.namelist() and b"encryption-data" in archive.read(_MANIFEST):
            raise RefusedError("file-password")
        parts = {info.filename: _part(archive, info) for info in wanted}
        names = set(archive.namelist())
    if ("content.xml" if is_ods else "xl/workbook.xml") not in parts:
        raise RefusedError("file-disguised", actual=_other(names))
    return Package(parts, is_ods)


def _is_wanted(name: str, is_ods: bool) -> bool:
    """Whether a part is read. None of another kind of workbook is left for a library to find."""
    if is_ods:
        return name in ("mimetype", "content.xml", "styles.xml", _MANIFEST)
    return name.endswith((".xml", ".rels")) and name != "content.xml"


def _measure(infos: list[zipfile.ZipInfo]) -> None:
    """Refuse what unpacks to too much, before anything is unpacked."""
    size = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if size > _LARGEST:
        raise RefusedError("file-large", reason=f"展开以后超过 {_LARGEST // 1_000_000} MB")
    if size > _SMALL and size > _RATIO * packed:
        raise RefusedError("file-large", reason="压缩得不正常，展开会占满内存")


def _part(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """A part: `read` stops at the size that was announced, and fails when there is more.

    Office programs write UTF-8 and no document type; with one, a few bytes can be made to mean
    gigabytes.
    """
    part = archive.read(info)
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\0" in part:
        raise RefusedError("file-damaged")
    return part


def _other(names: set[str]) -> str:
    """The kind of a package that is no workbook."""
    if "xl/workbook.bin" in names:
        return "二进制工作簿（.xlsb）"
    if any(name.startswith("word/") for name in names):
        return "文字文档（Word）"
    return "压缩包或别的文件，不是表格"
