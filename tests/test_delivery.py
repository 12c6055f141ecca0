"""The recipes of forges do what they say: their steps are run here, in a small repository of their own."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.cli import make_parser
from generator.cli.annotations import github_lines, gitlab_report, summary_of
from generator.problems import Problem, Source
from tests.commands import ROOT
from tests.test_closing import RESULT
from tests.township import small_content, township

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="recipes run on Linux")
GITHUB = ROOT / ".github" / "workflows" / "site.yml"
GITLAB, GITEE = (ROOT / "docs" / "hosting" / name for name in ("gitlab-ci.yml", "gitee-go.yml"))
BROKEN = (
    "日期,凭证号,摘要,科目,收入,支出\n2025-09-03,1,买灯泡,管理费用,,1.2.3\n公开日期,2025-10-08\n"
)
FAULTY = "villages/qingshi/xicun/ledger/2025Q3.csv"
# Programs of a machine on which recipes run: ours is set up already.
STANDING = "#!/bin/sh\nexit 0\n"
PYTHON = f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n'


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the program, a small content/ and a book of each of two villages, one of
    which has a fault; all else would only take longer to draw."""
    folder = tmp_path_factory.mktemp("clone")
    kept = ("dongli/ledger/2025-09.csv", FAULTY)
    for record in township(folder).glob("*/*/*/*"):
        if not record.as_posix().endswith(kept):
            record.unlink()
    small_content(folder)
    (folder / FAULTY).write_text(BROKEN, "utf-8")
    shutil.copy(ROOT / "publish.py", folder)
    for name in ("generator", "templates", "requirements.lock"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "bin").mkdir()
    for name, text in (
        ("pip", STANDING),
        ("sudo", STANDING),
        ("apt-get", STANDING),
        ("python", PYTHON),
    ):
        (folder / "bin" / name).write_text(text)
        (folder / "bin" / name).chmod(0o755)
    (folder / ".gitignore").write_text("/bin\n/generator\n/templates\n", "utf-8")
    name = ("-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "init.defaultBranch=main")
    for words in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "资料")):
        subprocess.run(["git", *name, *words], cwd=folder, check=True)
    return folder


def run(script: str, clone: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """A step as forges run it: by bash, which stops where a command fails."""
    path = f"{clone / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=clone,
        env={**os.environ, "PATH": path, "CI": "true", **env},
        capture_output=True,
        encoding="utf-8",
        timeout=900,
        check=False,
    )


def steps_of_github(job: str) -> list[dict[str, Any]]:
    steps = yaml.safe_load(GITHUB.read_text("utf-8"))["jobs"][job]["steps"]
    return [step for step in steps if "run" in step]


def test_github_checks_marks_lines_and_builds_what_is_sound(clone: Path, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    done = [
        run(step["run"], clone, GITHUB_STEP_SUMMARY=str(summary))
        for step in steps_of_github("check")
    ]
    assert [one.returncode for one in done] == [0, 1], done[-1].stderr
    marks = [line for line in done[-1].stdout.splitlines() if line.startswith("::error ")]
    assert marks[0].startswith(f"::error file={FAULTY},line=2,title=[支出] ledger-amount::“1.2.3” ")
    words = summary.read_text("utf-8")
    assert re.match("## [12] 个村，[0-9]+ 份公开内容：错误 1 个", words), words.splitlines()[0]
    assert f"| 错误 | {FAULTY} 第 2 行 |" in words

    for step in steps_of_github("build"):
        one = run(step["run"], clone, GITHUB_STEP_SUMMARY=str(summary))
        assert one.returncode == 0, (step["name"], one.stdout, one.stderr)
    site = clone / "site"
    assert (site / "v" / "dongli" / "ledger" / "2025-09" / "index.html").is_file()
    sheets = {
        path.relative_to(clone / "sheets").as_posix() for path in (clone / "sheets").rglob("*.pdf")
    }
    assert "dongli/wall.pdf" in sheets
    drawn = {path.relative_to(site / "v").as_posix() for path in site.glob("v/*/**/poster.pdf")}
    folder, _, rest = next(iter(sorted(drawn))).partition("/")
    assert f"{folder}/{rest.replace('/', '-')}" in sheets
    assert len(sheets) >= len(drawn)
    changed = (clone / "changes.txt").read_text("utf-8").splitlines()
    assert "index.html" in changed

    # GitLab's way to put sheets by village, on the same site
    shutil.move(clone / "sheets", clone / "sheets-github")
    (clone / "sheets").mkdir()
    loop = next(line for line in gitlab()["pages"]["script"] if "find ." in line)
    assert run(loop, clone).returncode == 0
    again = {
        path.relative_to(clone / "sheets").as_posix() for path in (clone / "sheets").rglob("*.pdf")
    }
    assert again == sheets


def gitlab() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(GITLAB.read_text("utf-8"))
    return loaded


def test_gitlab_gets_a_report_of_code_quality(clone: Path) -> None:
    job = gitlab()["检查资料"]
    (script,) = job["script"]
    done = run(script, clone)
    assert done.returncode == 1, done.stderr
    report = json.loads((clone / job["artifacts"]["reports"]["codequality"]).read_text("utf-8"))
    (found,) = (one for one in report if one["check_name"] == "ledger-amount")
    assert found["location"] == {"path": FAULTY, "lines": {"begin": 2}}
    assert found["severity"] == "major"
    assert len({one["fingerprint"] for one in report}) == len(report)
    assert FAULTY in done.stderr, "the log says it too"
    assert "错误" in (clone / "summary.md").read_text("utf-8")


def commands_of(node: object) -> Iterator[str]:
    """All commands of ours in a recipe."""
    if isinstance(node, dict):
        for value in node.values():
            yield from commands_of(value)
    elif isinstance(node, list):
        for value in node:
            yield from commands_of(value)
    elif isinstance(node, str):
        yield from re.findall(r"python publish\.py ([^|\n]*)", node)


@pytest.mark.parametrize("recipe", [GITHUB, GITLAB, GITEE], ids=lambda path: path.stem)
def test_recipes_use_options_that_there_are(recipe: Path) -> None:
    commands = list(commands_of(yaml.safe_load(recipe.read_text("utf-8"))))
    assert {"check", "build", "verify"} <= {command.split()[0] for command in commands}
    for command in commands:
        words = shlex.split(command.partition(">")[0])
        assert make_parser().parse_args(words).run


def test_all_recipes_install_what_sheets_need() -> None:
    setup = (ROOT / "tools" / "setup.sh").read_text("utf-8")
    needed = set(re.findall(r'": "(lib[a-z0-9.-]+)"', setup)) | {"fonts-hanazono"}
    assert len(needed) == 5
    for recipe in (GITHUB, GITLAB, ROOT / "Dockerfile"):
        named = set(re.findall(r"\b(?:lib|fonts-)[a-z0-9.-]*[a-z0-9]", recipe.read_text("utf-8")))
        assert needed <= named, recipe.name


def test_the_container_holds_the_program_and_no_village() -> None:
    lines = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    copied = {line.split()[1] for line in lines if line.startswith("COPY ")}
    assert copied == {"requirements.lock", "publish.py", "generator", "templates"}
    assert all((ROOT / name).exists() for name in copied)
    taken = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert taken[0] == "*"
    assert {name.removeprefix("!") for name in taken if name.startswith("!")} == copied


# ---------------------------------------------------------------------------------- forms

ODD = Problem(
    "a-b",
    "warning",
    Source("villages/a,b:c.csv", 7, "金额"),
    "100% 不对\n请看，",
    "改一改。",
    "1|2",
)
WHOLE = Problem("c", "notice", Source("villages/a/x.xlsx"), "整份", "看看。")


def test_what_could_end_a_command_of_github_is_escaped() -> None:
    assert list(github_lines((ODD, WHOLE))) == [
        "::warning file=villages/a%2Cb%3Ac.csv,line=7,title=[金额] a-b::“1|2” 100%25 不对%0A请看，改一改。",
        "::notice file=villages/a/x.xlsx,title=c::整份看看。",
    ]


def test_gitlab_counts_a_problem_that_is_told_twice_once() -> None:
    report = json.loads(gitlab_report((ODD, ODD, WHOLE)))
    assert [(one["severity"], one["location"]["lines"]["begin"]) for one in report] == [
        ("minor", 7),
        ("info", 1),
    ]


def test_a_summary_is_a_table_in_which_no_cell_is_a_mark() -> None:
    words = summary_of(replace(RESULT, problems=(ODD, WHOLE)))
    assert words.startswith("## 5 个村，40 份公开内容：警告 1 个，提示 1 个\n")
    assert (
        "| 警告 | villages/a,b:c.csv 第 7 行 | &#91;金额&#93; “1&#124;2” 100% 不对 请看，改一改。 |"
        in words
    )
    hostile = replace(ODD, message="请看\n```\n@all\r```\n", hint="\n```\n<b>")
    ended = summary_of(replace(RESULT, problems=(hostile,))).splitlines()
    assert [one.strip() for one in ended if one.strip().startswith("```")] == ["```text", "```"]
    assert summary_of(RESULT) == "## 5 个村，40 份公开内容：没有发现问题\n"
    many = summary_of(replace(RESULT, problems=(WHOLE,) * 300))
    assert many.count("\n| 提示 |") == 200
    assert "还有 100 个没有列出" in many
