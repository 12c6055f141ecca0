"""The command line: options, printing, exit codes; no logic."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any, NoReturn

from generator.build import BuildResult, CannotBuildError, Settings, build, check, verify_site
from generator.doctor import examine
from generator.importer import Plan, Request, carry_out, plan_import
from generator.problems import Problem
from generator.problems.summary import Mend, closing_lines, summarise
from generator.server import serve_folder

ALL_WELL, PROBLEMS_FOUND, COULD_NOT_RUN = 0, 1, 2
ROOT = Path(__file__).resolve().parents[1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console may not take every character
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except CannotBuildError as error:
        print(error, file=sys.stderr)
        return COULD_NOT_RUN


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="publish.py", description="明白栏：把各村的表格变成网站和公示单。")
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True)

    command = _command(commands, "build", "生成网站和公示单", _build)
    _add_build_options(command)
    command = _command(commands, "check", "检查资料有没有问题，什么也不写", _check)
    _add_build_options(command)
    command = _command(commands, "import", "把现成的工作簿或 CSV 放进村的文件夹", _import)
    _add_import_options(command)
    command = _command(commands, "serve", "生成网站，并在本机打开来看", _serve)
    _add_build_options(command)
    command.add_argument("--port", type=int, default=8000, metavar="N", help="端口，默认 8000")
    command = _command(commands, "verify", "核对已经生成的网站：清单、链接、核验码", _verify)
    command.add_argument(
        "site", type=Path, nargs="?", default=Path("site"), help="网站文件夹，默认 site"
    )
    _command(commands, "doctor", "看看这台电脑还缺什么", _doctor)
    return parser


class _Parser(argparse.ArgumentParser):
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
        print(f"命令写得不对（{message}）。\n{self.format_usage()}", file=sys.stderr)
        print("加 --help 可以看说明，例如 python publish.py build --help", file=sys.stderr)
        raise SystemExit(COULD_NOT_RUN)


def _command(
    commands: argparse._SubParsersAction[_Parser],
    name: str,
    help_text: str,
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help_text, description=f"{help_text}。")
    command.set_defaults(run=run)
    return command


def _add_folders(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    add(
        "--content",
        type=Path,
        default=Path("content"),
        metavar="DIR",
        help="公用资料，默认 content",
    )
    add(
        "--villages",
        type=Path,
        default=Path("villages"),
        metavar="DIR",
        help="各村资料，默认 villages",
    )


def _add_import_options(command: argparse.ArgumentParser) -> None:
    _add_folders(command)
    add = command.add_argument
    add("file", type=Path, metavar="FILE", help="工作簿（.xlsx .xls .et .ods）或 CSV")
    add("--village", default="", metavar="ID", help="哪个村，例如 liuxi")
    add("--item", default="", metavar="ITEM", help="哪个事项，例如 ledger")
    add("--period", default="", metavar="P", help="哪一期，例如 2025-09、2025Q3")
    add("--account", default="", metavar="A", help="哪个账套，例如 coop")
    add("--sheet", default="", metavar="NAME", help="只导入这一张工作表")
    add("--dry-run", action="store_true", help="只看，什么也不写")
    add("--replace", action="store_true", help="已经有的那一份，用新的换掉")


def _add_build_options(command: argparse.ArgumentParser) -> None:
    _add_folders(command)
    add = command.add_argument
    add("--out", type=Path, default=Path("site"), metavar="DIR", help="网站写到哪里，默认 site")
    add(
        "--only",
        action="append",
        default=[],
        metavar="VILLAGE",
        help="只做这个村（可以写多次）；生成时要用 --out 另写一个文件夹",
    )
    add(
        "--jobs",
        type=_count,
        default=os.cpu_count() or 1,
        metavar="N",
        help="同时做几个村，默认等于处理器核数",
    )
    add("--no-posters", action="store_true", help="不画公示单，只做网页")
    add(
        "--today",
        type=_day,
        default=date.today(),
        metavar="YYYY-MM-DD",
        help="当作是哪一天，默认今天",
    )
    add("--base-url", default="", metavar="URL", help="网站的网址，默认用 site.yaml 里的")
    add("--format", choices=("text", "json"), default="text", help="问题的写法，默认 text")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2025-10-10") from None


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}”不是个数，请写成 2 这样的数")
    return int(text)


def _settings(options: argparse.Namespace) -> Settings:
    return Settings(
        content=options.content,
        villages=options.villages,
        templates=ROOT / "templates",
        out=options.out,
        today=options.today,
        only=tuple(options.only),
        jobs=options.jobs,
        posters=not options.no_posters,
        base_url=options.base_url.rstrip("/"),
    )


def _build(options: argparse.Namespace) -> int:
    settings = _settings(options)
    started = monotonic()
    result = build(settings, _progress)
    _print_problems(result, options.format)
    if options.format == "text":
        seconds = monotonic() - started
        print(
            f"生成完毕：{result.villages} 个村，{result.records} 份公开内容，"
            f"{result.posters} 张公示单，共 {result.files} 个文件，用时 {seconds:.0f} 秒。"
        )
        print(
            f"网站在文件夹 {options.out} 里。要在本机看，运行 make serve 或 python publish.py serve"
        )
    return PROBLEMS_FOUND if result.has_faults else ALL_WELL


def _check(options: argparse.Namespace) -> int:
    result = check(_settings(options), _progress)
    _print_problems(result, options.format)
    if options.format == "text" and not result.has_faults:
        print(f"没有发现问题：{result.villages} 个村，{result.records} 份公开内容。")
    return PROBLEMS_FOUND if result.has_faults else ALL_WELL


def _import(options: argparse.Namespace) -> int:
    plan = plan_import(
        Request(
            file=options.file,
            content=options.content,
            villages=options.villages,
            today=date.today(),
            village=options.village,
            item=options.item,
            period=options.period,
            account=options.account,
            sheet=options.sheet,
            replace=options.replace,
        )
    )
    for line in plan.lines():
        print(line)
    if options.dry_run:
        print(f"只是看看，什么也没有写。去掉 --dry-run 会写 {len(plan.to_write)} 份文件。")
    else:
        print(f"写了 {carry_out(plan)} 份文件；{options.file.name} 没有动。")
    return _import_code(plan)


def _import_code(plan: Plan) -> int:
    if plan.has_questions:
        return COULD_NOT_RUN
    return PROBLEMS_FOUND if plan.has_faults else ALL_WELL


def _serve(options: argparse.Namespace) -> int:
    code = _build(options)
    print(f"请在浏览器里打开 http://127.0.0.1:{options.port}/ ，按 Ctrl+C 停止。", flush=True)
    serve_folder(options.out, options.port)
    return code


def _verify(options: argparse.Namespace) -> int:
    verdict = verify_site(options.site)
    for finding in verdict.findings:
        print(finding, file=sys.stderr)
    print(
        f"核对了 {verdict.files} 个文件、{verdict.records} 份公开内容、{verdict.links} 个链接，"
        + (f"发现 {len(verdict.findings)} 处不对。" if verdict.findings else "全部相符。")
    )
    return PROBLEMS_FOUND if verdict.findings else ALL_WELL


def _doctor(_: argparse.Namespace) -> int:
    findings = examine(ROOT)
    for finding in findings:
        print(("✓ " if finding.is_well else "× ") + finding.words)
    return ALL_WELL if all(finding.is_well for finding in findings) else PROBLEMS_FOUND


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _print_problems(result: BuildResult, form: str) -> None:
    """Problems to stderr as lines, or as one JSON object to stdout."""
    closing = summarise(result.problems, result.names)
    if form == "json":
        summary = {
            "villages": {village: asdict(counts) for village, counts in closing.villages.items()},
            "mends": [_mend_as_json(mend) for mend in closing.mends],
            "published": result.villages,
            "records": result.records,
            "posters": result.posters,
            "files": result.files,
            **{s: _number(result, s) for s in ("error", "warning", "notice")},
        }
        problems = [_as_json(p) for p in result.problems]
        print(json.dumps({"problems": problems, "summary": summary}, ensure_ascii=False))
        return
    for found in result.problems:
        print(found, file=sys.stderr)
    if result.problems:
        print(
            f"错误 {_number(result, 'error')} 个（有错的那一份没有发布），"
            f"警告 {_number(result, 'warning')} 个，提示 {_number(result, 'notice')} 个。",
            file=sys.stderr,
        )
    for line in closing_lines(closing, result.names):
        print(line, file=sys.stderr)


def _number(result: BuildResult, severity: str) -> int:
    return sum(p.severity == severity for p in result.problems)


def _mend_as_json(mend: Mend) -> dict[str, object]:
    return {"code": mend.code, "hint": mend.hint, "count": mend.count, "files": mend.files}


def _as_json(found: Problem) -> dict[str, object]:
    facts = asdict(found)
    place = facts.pop("source")
    return {**facts, **place}
