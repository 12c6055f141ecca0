"""Names of people, groups and places as offices write them, brought to one form so that they can be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from generator.model.numerals import chinese_digits, chinese_number

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇]+")
_LONGEST_PADDED = 3  # characters; a longer name has no white space put in to fill its cell
_NUMERAL = r"[〇一二三四五六七八九十]{1,3}|\d{1,2}"
# The name of a numbered group; `GROUP` as a part of longer patterns, without groups of its own.
GROUP = rf"第?(?:{_NUMERAL})(?:号|村民)?小?组"
_GROUP_OR_NUMBER = re.compile(rf"第?({_NUMERAL})(?:号|村民)?小?组?")
_GROUP_IN_TEXT = re.compile(rf"(?<![〇一二三四五六七八九十\d]){GROUP}")
_VILLAGE = re.compile(
    r"(?:^|[县区市镇乡])([\u4e00-\u9fff]{1,5}?(?:村|社区))"
    r"(?=\d|[〇一二三][〇零一二三四五六七八九]{3}年|村|居|股份|经济|集体|财务|党|第)"
)
_TOWN = re.compile(r"(?:.*[省市县区州旗])?([\u4e00-\u9fff]{1,6}(?:镇|乡|街道))$")
_NO_VILLAGES = (
    *("农村", "本村", "我村", "该村", "全村", "各村", "整村", "乡村", "行政村", "自然村", "所在村"),
    *("示范村", "中心村", "脱贫村", "贫困村", "重点村", "试点村", "本社区", "各社区", "全社区"),
)


def tidy_name(text: str) -> str:
    """A name without the white space that only fills its cell: 王　强 is 王强.

    Names of two or three Chinese characters are padded so; all others stay as they are.
    """
    bare = "".join(text.split())
    if bare == text or len(bare) > _LONGEST_PADDED:
        return text
    return bare if _HAN.fullmatch(bare) else text


def tidy_group(text: str) -> str:
    """The name of a group without white space: 一 组 is 一组."""
    bare = "".join(text.split())
    if bare == text:
        return text
    is_plain = _HAN.fullmatch(
        unicodedata.normalize("NFKC", bare).translate(_WITHOUT_DIGITS) or "组"
    )
    return bare if is_plain else text


_WITHOUT_DIGITS = {ord(digit): None for digit in "0123456789"}


def group_key(text: str) -> str:
    """A key shared by all spellings of a group: 一组, 1组, 第一村民小组 and 01 组 are one."""
    bare = "".join(unicodedata.normalize("NFKC", text).split())
    match = _GROUP_OR_NUMBER.fullmatch(bare)
    if match is None:  # 东湾组, and 房屋类 of 房屋类合计
        return re.sub(r"(?:村民)?小?组$|类$", "", bare) or bare
    number = chinese_number(match[1])
    return str(int(chinese_digits(match[1]) or match[1]) if number is None else number)


def is_group(text: str) -> bool:
    """Whether a text is the name of a numbered group: 一组, 第2村民小组; a bare number is none."""
    return re.fullmatch(GROUP, "".join(unicodedata.normalize("NFKC", text).split())) is not None


def group_in(text: str) -> str:
    """The numbered group that a text names, in the spelling that `group_key` gives; or nothing."""
    match = _GROUP_IN_TEXT.search("".join(unicodedata.normalize("NFKC", text).split()))
    return group_key(match[0]) if match else ""


def village_in(text: str) -> str:
    """The village that a title names before a year, an office or a book; or nothing."""
    match = _VILLAGE.search("".join(unicodedata.normalize("NFKC", text).split()))
    named = re.sub(r"^.*[县区市镇乡](?=..)", "", match[1]) if match else ""
    return "" if named.endswith(_NO_VILLAGES) else named


def foreign_place(text: str, village: str, town: str, towns: Collection[str] = ()) -> str:
    """The town or village that a title names and that is another than the table's own, or nothing.

    `town` and `towns` are names of towns, the village's own and those of the whole site; an empty
    `town` is not compared. A title that names no place at all names no other.
    """
    words = "".join(unicodedata.normalize("NFKC", text).split())
    own = village if village in words else village.removesuffix("村")
    if len(own) > 1 and own in words:
        before = _TOWN.search(words[: words.index(own)])
        named = before[1] if before else ""
        is_own = not town or not named or named.endswith(town) or town.endswith(named)
        return "" if is_own else f"{named}{village}"
    named = village_in(words)
    if named and named != village:
        return named
    others = (t for t in towns if town and t != town and t in words and town not in words)
    return next(others, "")
