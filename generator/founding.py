"""Decides with what a village begins: its folder, its village.yaml, and its town in site.yaml."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from generator.checks.content import is_sample
from generator.intake.content import read_content
from generator.intake.decoding import decoded
from generator.intake.folders import find_villages
from generator.intake.naming import village_named
from generator.model.filenames import is_address_part, is_device
from generator.model.shared import Shared, Town
from generator.model.sounds import readings_of
from generator.problems import Problem
from generator.reading import sound_content, sound_village
from generator.render.templates import Templates
from generator.settings import CannotBuildError, Settings, need_folder
from generator.views.templating import strict_environment

FIRST = "ledger"
"""The folder of the item with which most villages begin."""
_CODE = re.compile(r"[0-9]{12}")
_PRIVATE = "private"  # the folder in a village of what is never shown
_PHONE = re.compile(r"[0-9][0-9-]{1,14}[0-9]")
_GROUP = re.compile(r"([^\d\s]\S*?)\s*[:：]?\s*([0-9]+)\s*户[\s，,、]*([0-9]+)\s*人")
_BETWEEN = re.compile(r"(?<=人)[\s；;，,、。]*")
Read = Callable[[str], str]
"""Says what is wrong with an answer; nothing where it will do."""


@dataclass(frozen=True)
class Group:
    """A villager group as it was answered."""

    title: str
    households: int
    people: int


@dataclass(frozen=True)
class Question:
    """What must be known of a village, by the option that answers it; `proposed` is an answer that
    may be right, `choices` are all that there are."""

    key: str
    words: str
    wrong: Read
    proposed: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewVillage:
    """Where a village is to begin: the names of its town and its own; `known` is the town, where the
    site has it. `instead` is the sample's town, whose place it takes in a site that is still the
    sample but has none of its villages."""

    town: str
    village: str
    known: Town | None
    instead: Town | None = None


def plan_of(text: str, settings: Settings) -> tuple[NewVillage, tuple[Question, ...]]:
    """The place that is meant by 白鹭镇/双槐村, and what must be asked before a village can begin there;
    the town may be left out where the site has but one.

    Raises `CannotBuildError` when it is no town and village, or the village is there already.
    """
    need_folder(settings.villages)
    shared, _ = sound_content(settings.content, settings.today, "才能新建村")
    villages, _ = find_villages(settings.villages, shared)
    begins = is_sample(shared) and not villages
    place = _begun(text, shared) if begins else _place(text, shared)
    own = [folder for folder in villages if place.known and folder.town == place.known.id]
    if there := village_named(place.village, own):
        raise CannotBuildError(
            f"{place.town}已经有{place.village}了，编号是 {there[0]}。什么也没有动。"
        )
    taken = frozenset((*(f.id for f in villages), *(town.id for town in shared.site.towns)))
    return place, tuple(_questions(place, taken))


def _begun(text: str, shared: Shared) -> NewVillage:
    """The first village of a site that is not the sample any more."""
    town, village = _names(text, "")
    return NewVillage(town, village, None, shared.site.towns[0])


def _place(text: str, shared: Shared) -> NewVillage:
    towns = shared.site.towns
    town, village = _names(text, towns[0].name if len(towns) == 1 else "")
    known = next((one for one in towns if town in (one.name, one.id)), None)
    return NewVillage(known.name if known else town, village, known)


def _names(text: str, otherwise: str) -> tuple[str, str]:
    """The names of town and village; the town may be left out where there is another way to know it."""
    town, slash, village = (part.strip() for part in text.rpartition("/"))
    town = town if slash else otherwise
    if not town or not village or "/" in town:
        raise CannotBuildError(f"“{text}”看不出是哪个镇的哪个村。请写成 白鹭镇/双槐村。")
    return town, village


def _questions(place: NewVillage, taken: frozenset[str]) -> Iterator[Question]:
    def no_id(text: str) -> str:
        if not is_address_part(text):
            return "只能用小写拼音字母、数字和短横线"
        if is_device(text) or text == _PRIVATE:
            return f"{text} 在电脑上另有用处，换一个"
        return f"{text} 已经有了，换一个" if text in taken else ""

    said = "定了就不要改"
    if not place.known:
        words = f"{place.town}的拼音编号，网址用它，{said}"
        yield Question("town_id", words, no_id, _proposed(place.town, taken))
    words = f"{place.village}的拼音编号，印在公示单的网址里，{said}"
    yield Question("id", words, no_id, _proposed(place.village, taken))
    yield Question("code", "12 位统计用区划代码", _wrong_unless(_CODE.fullmatch, "要 12 位数字"))
    yield Question(
        "groups",
        "有哪些村民小组，各多少户、多少人，例如 一组 52户 180人；二组 48户 166人",
        _wrong_unless(groups_of, "请照例子写，组名不要重复"),
    )
    yield Question(
        "phone",
        "村务监督委员会对外公布的电话，印在每张公示单上，网上人人看得见",
        _wrong_unless(_PHONE.fullmatch, "请写电话号码，例如 0000-1234567"),
    )
    yield Question(
        "office", "村民委员会在哪里，例如 村部一楼", _wrong_unless(str.strip, "请写一个地方")
    )
    if not place.village.endswith("村"):
        words, ways = f"{place.village}是社区（居民委员会）吗？写 是 或 否", ("是", "否")
        wrong = _wrong_unless(ways.__contains__, "请写 是 或 否")
        yield Question("urban", words, wrong, choices=ways)


def _wrong_unless(test: Callable[[str], object], words: str) -> Read:
    return lambda text: "" if test(text) else words


def _proposed(name: str, taken: frozenset[str]) -> str:
    """An id by the sound of a name without what all such names end with; nothing where the name is
    read in several ways, or the id is taken."""
    bare = name.removesuffix("村").removesuffix("社区").removesuffix("镇").removesuffix("乡")
    ways = [*product(*map(readings_of, bare))]
    found = "".join(ways[0]) if len(ways) == 1 else ""
    return found if found and found not in taken else ""


def groups_of(text: str) -> tuple[Group, ...]:
    """The groups of an answer; nothing where any of it is not understood, or two are called the
    same."""
    found = []
    for part in filter(None, _BETWEEN.split(text.strip())):
        match = _GROUP.fullmatch(part)
        if match is None:
            return ()
        found.append(Group(match[1], int(match[2]), int(match[3])))
    return tuple(found) if len({group.title for group in found}) == len(found) else ()


def begin(place: NewVillage, answers: Mapping[str, str], settings: Settings) -> Path:
    """Write the village's folder, and its town where it is new; the folder.

    Raises `CannotBuildError` when something is wrong with it, and leaves all as it was.
    """
    town = place.known or Town(answers["town_id"], place.town, f"{place.town}人民政府")
    folder = settings.villages / town.id / answers["id"]
    if folder.exists():
        raise CannotBuildError(f"{folder} 已经有了，什么也没有动。")
    site, visits = settings.content / "site.yaml", settings.content / "visits.csv"
    before = {path: path.read_bytes() for path in (site, visits) if path.exists()}
    made = [path for path in (folder.parent, folder) if not path.exists()]
    try:
        if place.instead:
            site.write_bytes(_without_sample(before[site], place.instead, town))
            visits.unlink(missing_ok=True)  # the sample's, which would be told as the site's own
        elif not place.known:
            site.write_bytes(_with_town(before[site], town))
        (folder / FIRST).mkdir(parents=True)
        text = _village_yaml(place, answers, settings)
        (folder / "village.yaml").write_text(text, "utf-8", newline="\n")
        _need_sound(answers["id"], settings)
    except (CannotBuildError, OSError):
        for path, content in before.items():
            path.write_bytes(content)
        _remove(made)
        raise
    return folder


def _village_yaml(place: NewVillage, answers: Mapping[str, str], settings: Settings) -> str:
    loader = Templates(settings.templates).loader("begin")
    environment = strict_environment(loader, trim_blocks=True, keep_trailing_newline=True)
    environment.filters["yaml"] = _quoted
    return environment.get_template("village.yaml").render(
        **{"urban": "否", **answers, "groups": groups_of(answers["groups"])},
        name=place.village,
        committee=f"{place.village}{'居民' if answers.get('urban') == '是' else '村民'}委员会",
        since=settings.today.isoformat(),
    )


def _quoted(text: str) -> str:
    """A text as YAML takes it for one."""
    plain = re.fullmatch(r"[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z0-9]*", text)
    return text if plain else json.dumps(text, ensure_ascii=False)


def _without_sample(content: bytes, sample: Town, town: Town) -> bytes:
    """site.yaml with a town in the place of the sample's, wherever it is spoken of. Its address and
    its telephone numbers stay, which nobody but the township knows: `check` asks for them."""
    text, encoding = _text_of(content)
    text = re.sub(rf"(?m)^([ \t]*-[ \t]+id: ){re.escape(sample.id)}\b", rf"\g<1>{town.id}", text)
    return text.replace(sample.name, town.name).encode(encoding)


def _with_town(content: bytes, town: Town) -> bytes:
    """site.yaml with one more town behind the others; all else stays as it was typed."""
    text, encoding = _text_of(content)
    end = "\r\n" if "\r\n" in text else "\n"
    found = re.search(
        r"(?m)^towns:[ \t]*(#.*)?\r?\n((?:[ \t]*#.*\r?\n|[ \t]*\r?\n|[ -].*\r?\n)+)", text
    )
    if found is None:
        raise CannotBuildError(
            "site.yaml 里没有一行一个镇的 towns，没有办法替您加。请自己加上这个镇，再运行一次："
            f"id 写 {town.id}，name 写 {town.name}，publisher 写 {town.publisher}。"
        )
    block = found[2].rstrip()
    indent = re.match(r"[ ]*", block)
    lead = indent[0] if indent else ""
    lines = (
        f"{lead}- id: {town.id}",
        f"{lead}  name: {_quoted(town.name)}",
        f"{lead}  publisher: {_quoted(town.publisher)}",
    )
    at = found.start(2) + len(block)
    return (text[:at] + "".join(end + line for line in lines) + text[at:]).encode(encoding)


def _text_of(content: bytes) -> tuple[str, str]:
    """The text of site.yaml, and the encoding in which it goes back."""
    found = decoded(content, "site.yaml")
    if isinstance(found, Problem):
        raise CannotBuildError(str(found))
    return found


def _need_sound(id: str, settings: Settings) -> None:
    """Raises `CannotBuildError` where what was written is not as it should be."""
    shared, faults = read_content(settings.content)
    if shared is None:
        raise CannotBuildError("\n".join(map(str, faults)))
    folders, _ = find_villages(settings.villages, shared)
    folder = next((one for one in folders if one.id == id), None)
    if folder is None:
        raise CannotBuildError("没有建成，什么也没有动。")
    problems = sound_village(folder, shared, settings.today)[1]
    errors = [str(found) for found in problems if found.severity == "error"]
    if errors:
        raise CannotBuildError("\n".join((*errors, "没有建成，什么也没有动。请改了再来。")))


def _remove(made: list[Path]) -> None:
    for path in filter(Path.exists, reversed(made)):
        for inner in sorted(path.rglob("*"), reverse=True):
            inner.rmdir() if inner.is_dir() else inner.unlink()
        path.rmdir()
