"""The command line as a clerk meets it."""

from __future__ import annotations

import argparse
import ast
import inspect
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from generator import doctor
from generator.cli import make_parser
from generator.cli.arguments import given
from generator.cli.complaints import in_chinese
from tests.commands import ROOT, publish_here, publish_py

COMMANDS = ("build", "check", "import", "serve", "verify", "doctor")


@pytest.mark.parametrize("words", [(), *((c,) for c in COMMANDS)])
def test_help_is_chinese(words: tuple[str, ...]) -> None:
    result = publish_here(*words, "--help")
    assert result.returncode == 0
    assert result.stdout.startswith("用法：")
    for english in ("usage", "options:", "show this help", "positional arguments"):
        assert english not in result.stdout


def test_help_waits_for_no_library() -> None:
    command = [sys.executable, "-X", "importtime", "publish.py", "build", "--help"]
    loaded = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stderr
    assert "generator.cli" in loaded
    for library in ("jinja2", "lunr", "pandas", "pikepdf", "yaml"):
        assert library not in loaded


@pytest.mark.parametrize(
    "words", [(), ("nonsense",), ("build", "--today", "gestern"), ("build", "--x")]
)
def test_words_that_are_off_are_two(words: tuple[str, ...]) -> None:
    result = publish_here(*words)
    assert result.returncode == 2
    assert "命令写得不对" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("tile",), "少了 FILE.pdf（公示单的 PDF）"),
        (("bild",), "命令：没有 “bild”，可以写 “build”、"),
        (("build", "--x"), "没有这样的选项或多写了：--x"),
        (("build", "--out"), "--out：后面要写一个值"),
        (("build", "--no-posters=1"), "--no-posters：后面不能再写 “1”"),
        (("build", "--format", "xml"), "--format：没有 “xml”，可以写 “text”、“json”"),
        (("build", "--today", "gestern"), "--today：“gestern”不是日期，请写成 2025-10-10"),
        (("serve", "--port", "acht"), "--port：“acht” 不是整数"),
        (("tile", "a.pdf", "--margin", "x"), "--margin：“x” 不是数"),
        (("check", "--c", "x"), "--c 不知道是哪一个，可能是 --content、"),
    ],
)
def test_what_is_off_is_said_in_chinese(words: tuple[str, ...], said: str) -> None:
    first = publish_here(*words).stderr.splitlines()[0]
    assert said in first
    mentioned = re.sub("“[^”]*”", "", first)
    known = {*words, "FILE.pdf", "PDF", "--content", "--cache", "--changes"}
    english = {w for w in re.findall(r"-*[A-Za-z][A-Za-z.-]*", mentioned) if w not in known}
    assert not english - {"--no-posters", "--port"}


def complaint(words: Sequence[str], capsys: pytest.CaptureFixture[str]) -> str:
    """The first line that is said of words, which must be wrong."""
    with pytest.raises(SystemExit) as end:
        make_parser().parse_args(words)
    assert end.value.code == 2, words
    said = capsys.readouterr()
    assert said.out == ""
    return said.err.splitlines()[0]


def wrong_words(name: str, command: argparse.ArgumentParser) -> Iterator[tuple[str, ...]]:
    """Everything that may be wrong about the words of a command."""
    needed = [
        a.metavar or "" for a in command._actions if not a.option_strings and a.nargs in (None, "+")
    ]
    right = (name, *(str(word) for word in needed))
    yield (*right, "--gibt-es-nicht")
    if needed:
        yield (name,)
    for action in command._actions:
        for option in action.option_strings[-1:]:
            if action.nargs == 0:
                yield (*right, f"{option}=1")
            else:
                yield (*right, option)
            if action.choices or action.type not in (None, Path, given):
                yield (*right, option, " ?")


def test_every_complaint_of_every_command_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    (commands,) = (a for a in make_parser()._actions if isinstance(a, argparse._SubParsersAction))
    assert len(commands.choices) >= 19
    for name, command in commands.choices.items():
        own = {
            w
            for a in command._actions
            for w in (*a.option_strings, str(a.metavar), *(a.choices or ()))
        }
        for words in wrong_words(name, command):
            said = complaint(words, capsys)
            assert said.startswith("命令写得不对（"), words
            left = re.sub("“[^”]*”", "", said)
            for word in sorted((*own, *words), key=len, reverse=True):
                left = left.replace(word, "")
            left = re.sub("PDF|https://cunwu.example", "", left)
            assert not re.search("[A-Za-z]{2}", left), (words, said)


def test_every_message_of_argparse_has_a_meaning() -> None:
    """Its messages are read out of its source, so that a new one is met here and not by a clerk."""
    source = inspect.getsource(argparse)
    messages = set(re.findall(r"""_\(\s*(?:'([^']+)'|"([^"]+)")""", source))
    for message in sorted(single or double for single, double in messages):
        if message in NOT_OF_USERS:
            continue
        said = re.sub(r"%\(\w+\)[rs]|%[rs]", "'x'", message.replace("%(type)s", "Path"))
        meant = in_chinese(said)
        assert meant != "这里看不懂", message
        assert re.search("[\u4e00-\u9fff]", meant), message


# Of argparse's words these are for programmers, or set by `Parser` itself.
NOT_OF_USERS = {
    "%(prog)s: error: %(message)s\\n", "%r is not callable", ".__call__() not defined",
    "'required' is an invalid argument for positionals", 'argument "-" with mode %r',
    "argument %(argument_name)s: %(message)s", "cannot have multiple subparser arguments",
    "cannot merge actions - two groups are named %r", "conflicting subparser alias: %s",
    "conflicting subparser: %s", "dest= is required for options like %r",
    "invalid conflict_resolution value: %r", "invalid option string %(option)r: ",
    "mutually exclusive arguments must be optional", "options", "positional arguments",
    "show this help message and exit", "usage: ",
}  # fmt: skip


def test_the_program_ends_as_its_command_does() -> None:
    wrong = publish_py("nonsense")
    assert wrong.returncode == 2
    assert "命令写得不对" in wrong.stderr
    assert "Traceback" not in wrong.stderr
    assert publish_py("--help").stdout == publish_here("--help").stdout


def test_doctor_finds_a_machine_that_can_draw() -> None:
    result = publish_py("doctor")
    assert result.returncode == 0, result.stdout
    assert "可以画公示单" in result.stdout
    assert "字体完好" in result.stdout


def needed_packages() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return {re.split("[^a-z0-9-]", words, maxsplit=1)[0] for words in project["dependencies"]}


def test_doctor_looks_for_every_package_that_the_project_needs() -> None:
    assert set(doctor.PACKAGES) == needed_packages()


def test_what_the_program_imports_is_there_without_the_tools_of_development() -> None:
    """The tests run where those are installed, too: an import that only they bring fails in an office."""
    owners = packages_distributions()
    known, extra = needed_packages(), {"distributed"}  # `build --cluster` says that it is missing
    unknown = set()
    for file in (ROOT / "publish.py", *(ROOT / "generator").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            tops = {name.partition(".")[0] for name in names} - sys.stdlib_module_names
            for top in tops - {"generator"} - extra:
                if known.isdisjoint(name.lower() for name in owners[top]):
                    unknown.add(f"{file.relative_to(ROOT)}: {top}")
    assert unknown == set()
