"""The command line: options, printing, exit codes; no logic.

Each module beside this one holds a group of commands with its options. What a command works with
is imported where it runs: so help and wrong words are answered at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from generator.cli.approving import add_approving
from generator.cli.arguments import Parser
from generator.cli.building import add_building
from generator.cli.exitcodes import COULD_NOT_RUN, INTERRUPTED
from generator.cli.forms import add_forms
from generator.cli.founding import add_founding
from generator.cli.history import add_history
from generator.cli.importing import add_importing
from generator.cli.oversight import add_oversight
from generator.cli.packing import add_packing
from generator.cli.report import add_report
from generator.cli.sheets import add_sheets
from generator.cli.status import add_status
from generator.cli.visits import add_visits
from generator.settings import CannotBuildError, said


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console may not take every character
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = make_parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except CannotBuildError as error:
        print(error, file=sys.stderr)
        return COULD_NOT_RUN
    except OSError as fault:
        print(f"读写文件出了错：{said(fault)}。", file=sys.stderr)
        return COULD_NOT_RUN
    except KeyboardInterrupt:
        print("按了 Ctrl+C，已经停下。做好的网站还是完整的，再运行一次就行。", file=sys.stderr)
        return INTERRUPTED


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = Parser(prog="publish.py", description="明白栏：把各村的表格变成网站和公示单。")
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True)
    groups = (add_building, add_founding, add_importing, add_approving, add_history, add_status)
    others = (add_oversight, add_report, add_sheets, add_packing, add_visits, add_forms)
    for add in (*groups, *others):
        add(commands)
    return parser
