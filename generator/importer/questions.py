"""Questions of an import: each asked once for all the files that ask it, answered on the terminal or in a
file that people fill in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.importer.memory import Form, Memory, quoted
from generator.intake.daydoubts import ONLY_MONTHS
from generator.intake.decoding import read_text
from generator.intake.doubts import Answers, Choice, Doubt
from generator.intake.shape import read_shape
from generator.intake.yamlfile import read_yaml
from generator.model.catalogue import Item
from generator.model.period import periods_of
from generator.problems import Problem
from generator.settings import CannotBuildError

PUBLISHED = "公开日期"
VILLAGE = "哪个村"
_COMMENT = """\
# 导入时程序拿不准的事，一条一问。请在 answer 后面写上回答，存好，再运行一次同样的命令。
# 有 choices 的，照抄其中一个 answer；有 example 的，也可以照那样子写。不想回答的空着，那一份就先不写。
"""


@dataclass(frozen=True)
class Question:
    """A doubt with the form that it is about and the places where it was met."""

    id: str
    form: Form
    doubt: Doubt
    places: tuple[str, ...]


@dataclass(frozen=True)
class _Entry:
    """A question as it stands in the file; only `id` and `answer` are read again."""

    id: str
    question: str = ""
    where: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    example: str = ""
    answer: str = ""


@dataclass(frozen=True)
class _AnswersFile:
    questions: tuple[_Entry, ...] = ()


class FormAnswers(Mapping[str, str]):
    """Answers to the questions about one form: those given now, else those remembered."""

    def __init__(self, form: Form, given: Answers, memory: Memory) -> None:
        self.form = form
        self.given = given
        self.remembered = memory.answers(form)

    def __getitem__(self, about: str) -> str:
        """The answer to the question of this name. Raises KeyError where there is none."""
        ids = (question_id(self.form, about, lasting=lasting) for lasting in (True, False))
        given = next(filter(None, map(self.given.get, ids)), "")
        return given or self.remembered[about]

    def __iter__(self) -> Iterator[str]:
        return iter(self.remembered)

    def __len__(self) -> int:
        return len(self.remembered)


@dataclass(frozen=True)
class Answering:
    """What was answered now to questions that come up outside a reading."""

    given: Answers

    def to(self, form: Form, doubt: Doubt) -> str:
        """The answer to a doubt about a form, or nothing."""
        answer = self.given.get(question_id(form, doubt.about, lasting=doubt.lasting), "")
        return answer if answer in {choice.answer for choice in doubt.choices} else ""


def question_id(form: Form, about: str, *, lasting: bool) -> str:
    """A short name for a question: the same as long as the form and what is asked are the same, and
    where the answer is not lasting, what stands on the worksheet. So a file of answers that is used again
    next month says nothing of next month's worksheets. One day of publication holds for all forms, and one
    village for all files of an import that name none."""
    text = f"{form.id} {about}" if lasting else f"{form.id} {form.content} {about}"
    if about.startswith((PUBLISHED, VILLAGE)) or about == ONLY_MONTHS:
        text = about
    # Names of files that came out of an old archive may hold bytes that are no text.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def example_period(item: Item, today: date) -> str:
    """A period of an item as it may be written: the last one that is over, or today."""
    years = (today.year - 1, today.year)
    over = [p.text for year in years for p in periods_of(item.period, year) if p.end < today]
    return over[-1] if over else today.isoformat()


def gathered(met: Iterable[tuple[Form, str, Doubt]]) -> tuple[Question, ...]:
    """The questions, each once; `met` are doubts with their form and the place where each was met.

    A question that several forms ask can be answered only by what all of them offer.
    """
    questions: dict[str, Question] = {}
    for form, place, doubt in met:
        key = question_id(form, doubt.about, lasting=doubt.lasting)
        known = questions.get(key)
        if known is None:
            questions[key] = Question(key, form, doubt, (place,))
            continue
        offered = {choice.answer for choice in doubt.choices}
        shared = tuple(c for c in known.doubt.choices if c.answer in offered)
        places = tuple(dict.fromkeys((*known.places, place)))
        questions[key] = replace(known, doubt=replace(known.doubt, choices=shared), places=places)
    return tuple(questions.values())


def read_answers(path: Path) -> Answers:
    """The answers that stand in a file, by the question's id; none where the file is not there yet.

    Raises `CannotBuildError` for a file that cannot be read.
    """
    if not path.exists():
        return {}
    text = read_text(path, path.name)
    faults: list[Problem] = []
    if isinstance(text, Problem):
        raise CannotBuildError(f"回答的文件读不了：\n{text}")
    node, found = read_yaml(text, path.name)
    faults.extend(found)
    read = read_shape(node, _AnswersFile, faults) if node and node.content else _AnswersFile()
    if faults or read is None:
        raise CannotBuildError("回答的文件有误，请改好：\n" + "\n".join(map(str, faults)))
    return {entry.id: entry.answer for entry in read.questions if entry.answer}


def answers_file(questions: Sequence[Question], answers: Answers) -> bytes:
    """The file to be filled in: open questions first, then what was answered already."""
    lines = [line for question in questions for line in _entry_lines(question)]
    asked = {question.id for question in questions}
    for key, answer in answers.items():
        if key not in asked:
            lines += [f"  - id: {quoted(key)}", f"    answer: {quoted(answer)}"]
    text = _COMMENT + "questions:\n" + "".join(f"{line}\n" for line in lines)
    return text.encode("utf-8", "replace")


def _entry_lines(question: Question) -> Iterator[str]:
    doubt = question.doubt
    yield f"  - id: {quoted(question.id)}"
    yield f"    question: {quoted(asked(question))}"
    yield "    where:"
    yield from (f"      - {quoted(place)}" for place in question.places)
    if doubt.choices:
        yield "    choices:"
    for choice in doubt.choices:
        yield f"      - answer: {quoted(choice.answer)}"
        yield f"        publishes: {quoted(choice.publishes)}"
    if doubt.free:
        yield f"    example: {quoted(doubt.free)}"
    yield "    answer:"


def asked(question: Question) -> str:
    """What is asked, in the words of the problem that stands for it."""
    return question.doubt.problem.message


def question_lines(number: int, question: Question) -> Iterator[str]:
    """A question as it is printed."""
    doubt = question.doubt
    source = doubt.problem.source
    place = f" 第 {source.row} 行" if source.row else ""
    column = f"［{source.column}］" if source.column else ""
    where = "、".join(question.places[:3])
    more = f" 等 {len(question.places)} 处" if len(question.places) > 3 else ""
    yield f"问题 {number}（{where}{more}{place}{column}）：{asked(question)}"
    for position, choice in enumerate(doubt.choices, start=1):
        yield f"  {position}. {choice.answer}：{choice.publishes}"
    if doubt.free:
        yield f"  {'也可以' if doubt.choices else '请'}直接写，例如 {doubt.free}"


def answer_of(question: Question, typed: str) -> str:
    """The answer that was typed, by its number or in its words; nothing when it is none."""
    text = typed.strip()
    choices = [choice.answer for choice in question.doubt.choices]
    if text in choices:
        return text
    if text.isdecimal() and 1 <= int(text) <= len(choices):
        return choices[int(text) - 1]
    return text if question.doubt.free else ""
