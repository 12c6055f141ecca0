"""Detects words that give a person away: homes, health, minors, complainants. The lists are content's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from generator.gate.findings import Kind, Span
from generator.gate.folding import fold
from generator.model.privacy import PrivacyWords, WordList

_NUMBER = "[0-9一二三四五六七八九十百〇零○]{1,6}"
_CLAUSE_END = re.compile("[，。；！？,;!?]")
_AFTER = "(?![0-9单年月日元层个人亩平])"
_HOMES = (
    # 三组12号, 第2村民小组7-1号, 五社三号
    rf"{_NUMBER} ?(?:村民小组|小组|[组社队排]) ?[,，、-]?第?{_NUMBER}(?:[-之]{_NUMBER})? ?号",
    rf"门牌(?:号码|号)?[ :：为是]{{0,3}}{_NUMBER}",
    "(?:家庭住址|家庭地址|住址|现住|户籍地址|居住地|常住)[ :：为是在]{0,3}"
    rf"[^，。；\n,;]{{0,24}}?{_NUMBER}(?:-{_NUMBER})? ?[号室栋幢]",
)
# Not a home where a public place stands beside them.
_BUILDINGS = (
    # 3号楼2单元501室, 5幢201
    rf"{_NUMBER} ?(?:号楼|[幢栋座]) ?(?:{_NUMBER} ?单元 ?)?{_NUMBER}(?:-{_NUMBER})? ?[室户房号]?{_AFTER}",
    rf"{_NUMBER} ?单元 ?(?:{_NUMBER} ?[楼层] ?)?{_NUMBER} ?[室户房号]?{_AFTER}",
    rf"(?:小区|花园|家园|公寓|新村|[苑园庭]) ?{_NUMBER}(?:-{_NUMBER}){{1,3}} ?室?{_AFTER}",
    # 人民路12号, 柳溪村8号
    rf"(?:胡同|[路街巷弄道村屯庄寨坊湾里]) ?{_NUMBER}(?:[-之]{_NUMBER})? ?号",
)
_HOME = re.compile(f"(?P<home>{'|'.join(_HOMES)})|{'|'.join(_BUILDINGS)}")
_MAY_BE_HOME = re.compile("[号室幢栋座元址牌区园苑庭寓村]")
_SCHOOL = re.compile(
    r"(?:小学|中学|初中|高中|幼儿园|学校|学堂|职校)[^，。；,;]{0,12}?(?:年级|[0-9一二三四五六七八九十大中小][)）]?班)"
    r"|[一二三四五六七八九初高1-9] ?年级|[初高][一二三] ?[(（]?[0-9一二三四五六七八九十]{1,2}[)）]?班"
)
_AGE = re.compile(
    r"(?<![0-9十二三四五六七八九])(?:1[0-7]|[0-9]|十[一二三四五六七]?|[一二三四五六七八九])"
    r" ?(?:周岁|虚岁|岁)(?! ?(?:以[上下内]|及以|至|到|[-~—]))"
)
_HAN = "[\u3400-\u9fff\U00020000-\U0003ffff]"
_TITLES = "某|先生|女士|师傅|大爷|大妈|老人"
_END = r"(?=[，。；：、！,;:!()（）|/ ]|$)"


@dataclass(frozen=True)
class _Patterns:
    health: re.Pattern[str] | None
    minors: re.Pattern[str] | None
    reporter: re.Pattern[str] | None
    names_before: re.Pattern[str] | None
    unnamed: re.Pattern[str] | None
    place: re.Pattern[str] | None
    thing: re.Pattern[str] | None


def find_words(text: str, words: PrivacyWords, *, is_personal: bool) -> Iterator[Span]:
    """What the words of a folded text give away; health and minors only in personal tables."""
    patterns = _patterns(words)
    yield from _addresses(text, patterns)
    yield from _reporters(text, patterns)
    if is_personal:
        yield from _listed(text, "health", patterns.health)
        yield from _listed(text, "minor", patterns.minors)
        for pattern in (_SCHOOL, _AGE):
            for match in pattern.finditer(text):
                yield Span(*match.span(), "minor")


def _addresses(text: str, patterns: _Patterns) -> Iterator[Span]:
    if not _MAY_BE_HOME.search(text):
        return
    for match in _HOME.finditer(text):
        if patterns.thing and patterns.thing.match(text, match.end()):
            continue
        is_open = match["home"] is None and patterns.place is not None
        if is_open and patterns.place.search(_clause(text, *match.span())):  # type: ignore[union-attr]
            continue
        yield Span(*match.span(), "address")


def _clause(text: str, start: int, end: int) -> str:
    """The words around a place up to the next stops, and not far."""
    before = text[max(start - 20, 0) : start]
    after = text[end : end + 20]
    return _CLAUSE_END.split(before)[-1] + text[start:end] + _CLAUSE_END.split(after)[0]


def _reporters(text: str, patterns: _Patterns) -> Iterator[Span]:
    for pattern in (patterns.reporter, patterns.names_before):
        for match in pattern.finditer(text) if pattern else ():
            start, end = match.span(match.lastgroup or 0)
            if not (patterns.unnamed and patterns.unnamed.match(text, start)):
                yield Span(start, end, "reporter")


def _listed(text: str, kind: Kind, pattern: re.Pattern[str] | None) -> Iterator[Span]:
    """Words of a list; an allowed phrase swallows the words inside it."""
    for match in pattern.finditer(text) if pattern else ():
        if match["word"]:
            yield Span(*match.span(), kind)


@lru_cache(maxsize=8)
def _patterns(words: PrivacyWords) -> _Patterns:
    return _Patterns(
        health=_list_pattern(words.health),
        minors=_list_pattern(words.minors),
        reporter=_reporter_pattern(words),
        names_before=_names_before(words),
        unnamed=_any_of(words.reporters.allowed),
        place=_any_of(words.places),
        thing=_any_of(words.things),
    )


def _any_of(words: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile(_choice(words)) if words else None


def _choice(words: tuple[str, ...]) -> str:
    """Any of the words, the longest first, with blanks between their characters."""
    longest = sorted(words, key=len, reverse=True)
    return "|".join(" ?".join(map(re.escape, fold(word).text)) for word in longest)


def _list_pattern(listed: WordList) -> re.Pattern[str] | None:
    if not listed.words:
        return None
    allowed = f"{_choice(listed.allowed)}|" if listed.allowed else ""
    return re.compile(f"{allowed}(?P<word>{_choice(listed.words)})")


def _reporter_pattern(words: PrivacyWords) -> re.Pattern[str] | None:
    """反映人：… with a colon, or 反映人 and a name."""
    if not words.reporters.words:
        return None
    labels = _choice(words.reporters.words)
    name = rf"[{words.surnames}](?:(?:{_TITLES}){{1,2}}|{_HAN}{{1,2}}{_END})"
    named = rf"|[是为]? ?(?P<named>{name})" if words.surnames else ""
    told = r" ?[:：] ?(?P<told>[^ ，。；、,;|()]{1,12})"
    return re.compile(rf"(?:{labels})(?:姓名)?(?:{told}{named})")


def _names_before(words: PrivacyWords) -> re.Pattern[str] | None:
    """村民李四反映."""
    if not words.surnames:
        return None
    return re.compile(
        rf"(?:村民|群众|居民|户主|党员|社员)(?P<name>[{words.surnames}](?:某{{1,2}}|先生|女士|{_HAN}{{1,2}}))"
        r"(?:[(（][^()（）]{0,12}[)）])?(?:来电|来访|来信|实名)?(?:反映|举报|投诉|检举|控告)"
    )
