"""The commands build, check, serve, verify and doctor."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from generator.cli.arguments import Commands, Parser, add_command
from generator.cli.closing import next_lines, result_lines
from generator.cli.exitcodes import ALL_WELL, PROBLEMS_FOUND
from generator.cli.options import add_build_options, settings_of
from generator.cli.reporting import print_problems, write_changes, write_summary
from generator.cli.waiting import telling
from generator.settings import TEMPLATES, CannotBuildError

if TYPE_CHECKING:
    from generator.build import BuildResult
    from generator.settings import Settings


_FOR_READERS = ("text", "github")  # in which stdout may carry more than the problems


def add_building(commands: Commands[Parser]) -> None:
    """Adds the commands from folders to a site, and those that look whether all is well."""
    command = add_command(commands, "build", "生成网站和公示单", _build)
    add_build_options(command)
    _add_drafts(command)
    command.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="让几台电脑一起做：Dask 调度器的地址，例如 tcp://10.0.0.1:8786；各台要共用这个文件夹",
    )
    words = "把分开生成的几部分合成一个网站：build --only 村名 --out 部分/site --cache 部分/kept"
    command = add_command(commands, "merge", words, _merge)
    command.add_argument("parts", nargs="+", type=Path, metavar="PART", help="每一部分的文件夹")
    add_build_options(command)
    add_build_options(add_command(commands, "check", "检查资料有没有问题，什么也不写", _check))
    command = add_command(
        commands, "serve", "在本机打开工作台：放表格、改、看网页和公示单、打印、公开", _serve
    )
    add_build_options(command)
    _add_drafts(command)
    command.add_argument("--port", type=int, default=8000, metavar="N", help="端口，默认 8000")
    command.add_argument("--no-browser", action="store_true", help="不要自己打开浏览器")
    words = "核对已经生成的网站：清单、链接、核验码；或者核对一张公示单、一张反映单"
    command = add_command(commands, "verify", words, _verify)
    command.add_argument(
        "what",
        nargs="*",
        metavar="FOLDER|CODE",
        help="网站文件夹，默认 site；或者公示单上的核验码、二维码里的整个网址，或者反映单的号",
    )
    command.add_argument(
        "--site", type=Path, default=Path("site"), metavar="DIR", help="网站文件夹，默认 site"
    )
    add_command(commands, "doctor", "看看这台电脑还缺什么", _doctor)


def _add_drafts(command: argparse.ArgumentParser) -> None:
    words = "没有审核的也做，给审核的人看；每份标明，不能公开，要用 --out 另写一个文件夹"
    command.add_argument("--drafts", action="store_true", help=words)


def _merge(options: argparse.Namespace) -> int:
    return _build(options, options.parts)


def _build(options: argparse.Namespace, parts: Sequence[Path] = ()) -> int:
    result = _built(options, parts)
    if options.format in _FOR_READERS:
        for line in next_lines(result, options.out):
            print(line)
    return PROBLEMS_FOUND if result.has_faults else ALL_WELL


def _built(options: argparse.Namespace, parts: Sequence[Path] = ()) -> BuildResult:
    settings = settings_of(options)
    if settings.drafts and settings.out == Path("site"):
        raise CannotBuildError("--drafts 做出来的不能公开，请用 --out 另写一个文件夹。")
    return _built_with(options, settings, parts)


def _built_with(
    options: argparse.Namespace, settings: Settings, parts: Sequence[Path] = ()
) -> BuildResult:
    from generator.build import build

    started = monotonic()
    with telling(options.progress) as report:
        result = build(settings, report, parts)
    if options.changes:
        write_changes(result, options.changes)
    print_problems(result, options.format)
    if options.summary:
        write_summary(result, options.summary)
    if options.format in _FOR_READERS:
        for line in result_lines(result, monotonic() - started):
            print(line)
    return result


def _check(options: argparse.Namespace) -> int:
    from generator.build import check

    with telling(options.progress) as report:
        result = check(settings_of(options), report)
    print_problems(result, options.format)
    if options.summary:
        write_summary(result, options.summary)
    if options.format in _FOR_READERS and not result.has_faults:
        print(f"没有发现问题：{result.villages} 个村，{result.records} 份公开内容。")
    return PROBLEMS_FOUND if result.has_faults else ALL_WELL


def _serve(options: argparse.Namespace) -> int:
    from generator.serving import serve

    settings, is_daily = settings_of(options), options.today is None
    first, say = partial(_built_with, options), partial(print, flush=True)
    opens = not options.no_browser and _has_browser()
    serve(settings, options.port, first, say, is_daily=is_daily, opens=opens)
    return ALL_WELL


def _has_browser() -> bool:
    """Whether somebody sits at this machine, before a screen."""
    screens = {"DISPLAY", "WAYLAND_DISPLAY"}
    has_screen = sys.platform in ("win32", "darwin") or bool(screens & os.environ.keys())
    return has_screen and "CI" not in os.environ


def _verify(options: argparse.Namespace) -> int:
    from generator.build import verify_site
    from generator.verifying import looks_like_code, verify_code

    asked = "".join(options.what)
    if asked and looks_like_code(asked) and not Path(asked).is_dir():
        answer = verify_code(asked, options.site)
        for line in answer.lines:
            print(line)
        return ALL_WELL if answer.is_good else PROBLEMS_FOUND
    verdict = verify_site(Path(asked) if asked else options.site)
    for finding in verdict.findings:
        print(finding, file=sys.stderr)
    print(
        f"核对了 {verdict.files} 个文件、{verdict.records} 份公开内容、{verdict.links} 个链接，"
        + (f"发现 {len(verdict.findings)} 处不对。" if verdict.findings else "全部相符。")
    )
    return PROBLEMS_FOUND if verdict.findings else ALL_WELL


def _doctor(_: argparse.Namespace) -> int:
    from generator.doctor import examine

    findings = examine(TEMPLATES / "fonts")
    for finding in findings:
        print(("✓ " if finding.is_well else "× ") + finding.words)
    return ALL_WELL if all(finding.is_well for finding in findings) else PROBLEMS_FOUND
