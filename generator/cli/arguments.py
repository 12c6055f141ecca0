"""Parses the command line: argparse in Chinese, and the types of its words."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from generator.addresses import ascii_address
from generator.cli.complaints import in_chinese
from generator.cli.exitcodes import COULD_NOT_RUN

_STOP = re.compile("[，；。]")
# Commands are added to this; argparse gives the type no public name.
Commands = argparse._SubParsersAction


class Parser(argparse.ArgumentParser):
    """argparse with its fixed words in Chinese."""

    def __init__(self, **words: Any) -> None:
        super().__init__(**{**words, "add_help": False})
        self._optionals.title, self._positionals.title = "选项", "参数"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def format_usage(self) -> str:
        """The usage line."""
        return super().format_usage().replace("usage:", "用法：", 1)

    def format_help(self) -> str:
        """The whole help text."""
        return super().format_help().replace("usage:", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        """Say that the words are off, and how they go."""
        words = f"命令写得不对（{in_chinese(message, self._meanings())}）。"
        print(f"{words}\n{self.format_usage()}", file=sys.stderr)
        print(f"加 --help 可以看说明：python {self.prog} --help", file=sys.stderr)
        raise SystemExit(COULD_NOT_RUN)

    def _meanings(self) -> dict[str, str]:
        """What the help says first of each argument that has no name of its own on the command line."""
        actions = (a for a in self._actions if not a.option_strings and a.metavar and a.help)
        return {str(a.metavar): _STOP.split(str(a.help), maxsplit=1)[0] for a in actions}


def day(text: str) -> date:
    """A day such as 2025-10-10."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2025-10-10") from None


def given(text: str) -> Path:
    """A file or a folder that was named; an empty word would be the folder where one stands."""
    if not text.strip():
        raise argparse.ArgumentTypeError("文件名是空的")
    return Path(text)


def address(text: str) -> str:
    """The address of a site, in letters that every reader of QR codes knows."""
    found = ascii_address(text)
    if text and not found:
        raise argparse.ArgumentTypeError(f"“{text}”不是网址，请写成 https://cunwu.example 这样")
    return found


def count(text: str) -> int:
    """A number of at least 1."""
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}”不是个数，请写成 2 这样的数")
    return int(text)


def add_command(
    commands: Commands[Parser],
    name: str,
    help_text: str,
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    """Add a command that `run` carries out."""
    command = commands.add_parser(name, help=help_text, description=f"{help_text}。")
    command.set_defaults(run=run)
    return command
