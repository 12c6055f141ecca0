"""Invented secrets in every way of writing, and how to look for them in any bytes.

Numbers follow the rules of real ones (check digits, dates) and belong to nobody: regions that
do not exist, numbers drawn from a fixed seed.
"""

from __future__ import annotations

import html
import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from random import Random

import pypdfium2

from generator.gate.folding import fold, with_numerals

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "㐀㐁㐂㐃㐄㐅㐆㐇㐈㐉㐊㐋㐌㐍㐎㐏㐐㐑㐒㐓㐔㐕㐖㐗㐘㐙㐚㐛㐜㐝"  # in no other text


@dataclass(frozen=True)
class Secret:
    """Something private as written, its kind, and the plain form by which it is looked for."""

    kind: str
    text: str
    plain: str


def identity(random: Random, *, seed_day: int | None = None) -> str:
    """An 18-digit identity number of a region that does not exist."""
    day = seed_day or random.randrange(1, 29)
    body = (
        f"6599{random.randrange(90, 100)}19{random.randrange(50, 99)}{random.randrange(1, 13):02}"
    )
    body += f"{day:02}{random.randrange(1000):03}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


def old_identity(random: Random) -> str:
    """A 15-digit identity number."""
    number = identity(random)
    return number[:6] + number[8:17]


def card(random: Random, length: int = 19) -> str:
    """A bank-card number with a good check digit."""
    body = "622" + "".join(str(random.randrange(10)) for _ in range(length - 4))
    total = 0
    for place, char in enumerate(reversed(body)):
        digit = int(char) * (2 - place % 2)
        total += digit - 9 if digit > 9 else digit
    return body + str(-total % 10)


def mobile(random: Random) -> str:
    """A mobile number."""
    return f"1{random.choice('3456789')}" + "".join(str(random.randrange(10)) for _ in range(9))


def grouped(number: str, sizes: Iterable[int], gap: str) -> str:
    """Digits in groups of these sizes, the rest as the last group."""
    groups, start = [], 0
    for size in sizes:
        groups.append(number[start : start + size])
        start += size
    return gap.join(filter(None, (*groups, number[start:])))


def _translated(digits: str) -> Callable[[str], str]:
    table = str.maketrans("0123456789", digits)
    return lambda number: number.translate(table)


# Ways of writing that any number may take.
WRITINGS: dict[str, Callable[[str], str]] = {
    "plain": lambda n: n,
    "full-width": _translated("０１２３４５６７８９"),
    "arabic": _translated("٠١٢٣٤٥٦٧٨٩"),
    "circled": _translated("⓪①②③④⑤⑥⑦⑧⑨"),
    "superscript": _translated("⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "mathematical": _translated("𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"),
    "chinese": _translated("〇一二三四五六七八九"),
    "capital-chinese": _translated("零壹贰叁肆伍陆柒捌玖"),
    "letter-o": lambda n: n.replace("0", "O", 2),
    "letter-l": lambda n: n[:1] + n[1:].replace("1", "l", 2),
    "cyrillic": lambda n: n.replace("3", "З", 2).replace("0", "О", 1),
    "zero-width": lambda n: "\u200b".join(n),
    "soft-hyphens": lambda n: grouped(n, (4, 4, 4), "\u00ad"),
    "joiners": lambda n: n[:5] + "\u2060\ufeff" + n[5:],
    "bidi": lambda n: n[:6] + "\u200e" + n[6:],
    "spaced": lambda n: " ".join(n),
    "in words": lambda n: f"号码是{n}请记",
    "mixed widths": lambda n: "".join(chr(ord(c) + 0xFEE0) if i % 2 else c for i, c in enumerate(n)),
}  # fmt: skip
_ID_WRITINGS: dict[str, Callable[[str], str]] = {
    "lower x": str.lower,
    "6-8-4": lambda n: grouped(n, (6, 8), " "),
    "hyphens": lambda n: grouped(n, (6, 4, 4), "-"),
    "no-break": lambda n: grouped(n, (6, 8), "\u00a0"),
    "dots": lambda n: grouped(n, (3, 3, 4, 4), "."),
}
_CARD_WRITINGS: dict[str, Callable[[str], str]] = {
    "fours": lambda n: grouped(n, (4, 4, 4, 4), " "),
    "hyphens": lambda n: grouped(n, (4, 4, 4, 4), "-"),
    "wide fours": lambda n: grouped(n, (4, 4, 4, 4), "\u3000"),
    "six": lambda n: grouped(n, (6,), " "),
    "labelled": lambda n: f"卡号：{n}",
}
_MOBILE_WRITINGS: dict[str, Callable[[str], str]] = {
    "3-4-4": lambda n: grouped(n, (3, 4), "-"),
    "3 4 4": lambda n: grouped(n, (3, 4), " "),
    "country": lambda n: f"+86 {n}",
    "0086": lambda n: f"0086{n}",
    "country grouped": lambda n: f"+86-{grouped(n, (3, 4), '-')}",
    "dots": lambda n: grouped(n, (3, 4), "."),
    "labelled": lambda n: f"电话:{n}",
    "glued": lambda n: f"张三{n}转李四",
    "pairs": lambda n: grouped(n, (2, 2, 2, 2, 2), " "),
}


def secrets(seed: int = 3) -> tuple[Secret, ...]:
    """Every kind in every writing, no two with the same plain form."""
    random = Random(seed)
    found: list[Secret] = []
    numbers: tuple[tuple[str, Callable[[Random], str], dict[str, Callable[[str], str]]], ...] = (
        ("id", identity, {**WRITINGS, **_ID_WRITINGS}),
        ("id", old_identity, WRITINGS),
        ("card", card, {**WRITINGS, **_CARD_WRITINGS}),
        ("card", lambda r: card(r, 16), {**WRITINGS, **_CARD_WRITINGS}),
        ("phone", mobile, {**WRITINGS, **_MOBILE_WRITINGS}),
    )
    for kind, make, writings in numbers:
        for write in writings.values():
            number = make(random)
            found.append(Secret(kind, write(number), number))
    found += (secret for n in range(4) for secret in _others(random, n))
    assert len({looked_for(secret) for secret in found}) == len(found)
    return tuple(found)


def _others(random: Random, n: int) -> Iterator[Secret]:
    def digits(count: int) -> str:
        return "".join(str(random.randrange(10)) for _ in range(count))

    def name() -> str:
        return random.choice(_SURNAMES) + random.choice(_GIVEN) + random.choice(_GIVEN)

    local = f"8{digits(7)}"
    yield Secret("phone", f"010-{local}", f"010{local}")
    local = f"6{digits(7)}"
    yield Secret("phone", f"(0991){local}", f"0991{local}")
    local = f"7{digits(7)}"
    yield Secret("phone", f"0571{local}", f"0571{local}")
    local = f"5{digits(7)}"
    yield Secret("phone", f"联系电话：{local}", local)
    for letter in ("E", "G", "H", "M", "C", "T"):
        number = f"{letter}9{digits(7)}"
        yield Secret("permit", number, number)
    number = f"EA9{digits(6)}"
    yield Secret("permit", f"护照号码 {number}", number)
    number = f"6{digits(7)}"
    yield Secret("permit", f"台胞证{number}", number)
    one, two, three = (random.randrange(1000 + 200 * n, 1200 + 200 * n) for _ in range(3))
    yield Secret("address", f"三组{one}号", f"三组{one}号")
    yield Secret("address", f"第2村民小组 {two} 号", f"村民小组{two}号")
    yield Secret("address", f"{n + 31}号楼2单元{three}室", f"{n + 31}号楼2单元{three}室")
    yield Secret("address", f"{n + 41}幢{one}室", f"{n + 41}幢{one}室")
    yield Secret("address", f"人民路{two}号", f"人民路{two}号")
    year, month, day = 1940 + random.randrange(60), n + 1, random.randrange(10, 29)
    yield Secret("birth", f"{year}年{month}月{day}日出生", f"{year}年{month}月{day}日出生")
    yield Secret("birth", f"生日：{year + 1}-{month:02}-{day}", f"生日{year + 1}{month:02}{day}")
    yield Secret("birth", f"生于{year + 2}.{month}.{day}", f"生于{year + 2}{month}{day}")
    yield Secret("email", f"zz{digits(6)}@qq.example", "")
    yield Secret("email", f"yy{digits(6)}＠mail．example", "")
    plate = f"新Q{digits(4)}{random.choice('ABCDEFG')}"
    yield Secret("plate", plate, plate)
    plate = f"新QD{digits(5)}"
    yield Secret("plate", f"{plate[:2]}·{plate[2:]}", plate)
    east, north = f"87.{digits(6)}", f"43.{digits(6)}"
    yield Secret("location", f"{east}, {north}", (east + north).replace(".", ""))
    yield Secret("location", f"东经：86.{(tail := digits(6))}", f"86{tail}")
    for label in ("反映人：", "举报人:", "投诉人"):
        who = name()
        yield Secret("reporter", f"{label}{who}，", who)


def plain_form(text: str) -> str:
    """A text without anything that stands between the characters of a number."""
    return _without_gaps(fold(text).text)


def _without_gaps(folded: str) -> str:
    return re.sub(r"[^0-9A-Z\u3400-\u9fff]", "", folded)


def all_forms(text: str) -> str:
    """A text as written, unescaped, and with every numeral as a digit, each in plain form."""
    folded = {fold(form).text for form in {text, html.unescape(text)}}
    digits = {fold(changed).text for form in folded if (changed := with_numerals(form)) != form}
    return "\n".join(map(_without_gaps, (*folded, *digits)))


def looked_for(secret: Secret) -> str:
    """The form under which a secret would be found in `all_forms`."""
    return plain_form(secret.plain or secret.text)


def texts_in(name: str, content: bytes) -> Iterator[str]:
    """Everything readable in a file: its name, bytes but a picture's pixels, members, streams,
    words."""
    yield name
    if content.startswith(b"\x89PNG"):
        content = _without_pixels(content)
    yield content.decode("utf-8", "ignore")
    if b"\0" in content[:4000]:
        yield content.decode("utf-16-le", "ignore")
        yield content.decode("utf-16-be", "ignore")
    if name.endswith(".json"):
        yield json.dumps(json.loads(content), ensure_ascii=False)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield from texts_in(member, archive.read(member))
    if content.startswith(b"%PDF"):
        yield from _pdf_texts(content)


def _pdf_texts(content: bytes) -> Iterator[str]:
    for match in re.finditer(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        try:
            yield zlib.decompressobj().decompress(match[1]).decode("latin-1")
        except zlib.error:
            continue
    with pypdfium2.PdfDocument(content) as document:
        yield " ".join(document.get_metadata_dict().values())
        for page in document:
            yield page.get_textpage().get_text_bounded()


def _without_pixels(png: bytes) -> bytes:
    kept, at = [png[:8]], 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] != b"IDAT":
            kept.append(png[at : at + 12 + length])
        at += 12 + length
    return b"".join(kept)
