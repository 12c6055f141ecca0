"""How large the house is, and how far one cell walks through it: `make measure`.

Size: every module of generator/ is parsed. A line that is blank, part of a docstring or part of an
import is counted as such, every other as code. A function's length is that of its lines with its
docstring, without its decorators.

A cell's way: the sample village Liuxi is copied, one 摘要 of its ledger is replaced by words that
occur nowhere else, and its site is built without sheets while the interpreter reports every call. A
module runs when one of its functions does. It holds the cell when a function of it has those words
in a local variable as it returns, or returns them: as text or bytes, alone or within more.

Work done again: how often the functions of `WORK` were called while the village was compiled. They
are known by their qualified names wherever they are defined, so that a checkout in which one has
moved, or is gone, can be measured as well: `--root` names another checkout.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import io
import shutil
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
VILLAGE = "qingshi/liuxi"
LEDGER, CELL = "ledger/2025-09.csv", "村内路灯维修 12 盏"
MARK = "沟渠清淤量具记号"
COMPILED = "compile_village"
TODAY = "2025-10-10"
# What is counted: sums of books, and look-ups of what a village's records stand on.
WORK = {
    "sums": (
        ("Book.total_income", "Book.total_expense", "Book.opening", "Book.closing"),
        ("book_of", "groups_of", "Publication.content", "same_series"),
    ),
    "look-ups": (
        ("Catalogue.find", "Catalogue.items", "find_layout"),
        ("LinkMap.of", "days_after", "village_news"),
    ),
}


@dataclass
class Size:
    """Lines by kind, the length of each function, and the name of each module."""

    lines: Counter[str] = field(default_factory=Counter)
    functions: list[tuple[int, str]] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)


@dataclass
class Way:
    """The modules that ran, those that held the cell, and how often each function was called."""

    ran: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)
    calls: Counter[str] = field(default_factory=Counter)


def size_of(package: Path) -> Size:
    """The size of all modules of a package."""
    size = Size()
    for path in sorted(package.rglob("*.py")):
        text = path.read_text("utf-8")
        tree = ast.parse(text)
        kinds = {row: kind for kind, node in _marked(tree) for row in _rows(node)}
        for row, line in enumerate(text.splitlines(), start=1):
            size.lines[kinds.get(row) or ("code" if line.strip() else "blank")] += 1
        module = path.relative_to(package.parent).as_posix()
        size.functions += (
            (len(_rows(node)), f"{module} {node.name}")
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        )
        if path.stem != "__init__":
            size.names[path.stem] += 1
    return size


def _marked(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    """The docstrings and imports of a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield "import", node
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield "docstring", node


def _rows(node: ast.stmt) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def way_of(root: Path) -> Way:
    """The way of the cell through a build of the sample village by the code in `root`."""
    sys.path.insert(0, str(root))
    from generator.cli import main

    way = Way()
    with tempfile.TemporaryDirectory() as folder:
        village = Path(shutil.copytree(root / "villages" / VILLAGE, Path(folder, "v", VILLAGE)))
        ledger = village / LEDGER
        text = ledger.read_text("utf-8")
        if text.count(CELL) != 1:
            raise SystemExit(f"{ledger}: {CELL} should stand in it once")
        ledger.write_text(text.replace(CELL, MARK), "utf-8")
        folders = ("--content", str(root / "content"), "--villages", f"{folder}/v")
        where = ("--out", f"{folder}/site", "--cache", f"{folder}/kept")
        tracer = _Tracer(root / "generator", way)
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            sys.setprofile(tracer)
            code = main(
                ["build", "--no-posters", "--jobs", "1", "--today", TODAY, *folders, *where]
            )
            sys.setprofile(None)
        if code:
            raise SystemExit(f"the build ended with {code}:\n{said.getvalue()}")
    return way


class _Tracer:
    """What `sys.setprofile` calls; notes down the way of the cell."""

    def __init__(self, package: Path, way: Way) -> None:
        self.package, self.way = f"{package}/", way
        self.is_compiling = False

    def __call__(self, frame: FrameType, event: str, value: object) -> None:
        code = frame.f_code
        if event not in ("call", "return") or not code.co_filename.startswith(self.package):
            return
        if code.co_qualname == COMPILED:
            self.is_compiling = event == "call"
        if event == "call":
            self.way.ran.add(code.co_filename)
            if self.is_compiling:
                self.way.calls[code.co_qualname] += 1
        elif _is_marked(value) or any(map(_is_marked, frame.f_locals.values())):
            self.way.held.add(code.co_filename)


def _is_marked(value: object, _mark: bytes = MARK.encode()) -> bool:
    if isinstance(value, str):
        return MARK in value
    return isinstance(value, bytes) and _mark in value


def report(root: Path) -> Iterator[tuple[str, object]]:
    """Each figure with its name."""
    size = size_of(root / "generator")
    yield "lines", size.lines.total()
    yield from (
        (f"  {kind}", size.lines[kind]) for kind in ("code", "blank", "docstring", "import")
    )
    yield "modules", sum(1 for _ in (root / "generator").rglob("*.py"))
    again = sorted((name for name, count in size.names.items() if count > 1))
    yield "module names used more than once", f"{len(again)}: {' '.join(again)}"
    yield "functions", len(size.functions)
    yield "  median lines", statistics.median(lines for lines, _ in size.functions)
    longest, where = max(size.functions)
    yield "  longest", f"{longest} ({where})"
    way = way_of(root)
    yield "modules that run while one village is built", len(way.ran)
    yield "modules that hold one 摘要", len(way.held)
    for kind, groups in WORK.items():
        names = [name for group in groups for name in group]
        yield f"{kind} while one village is compiled", sum(way.calls[name] for name in names)
        yield from ((f"  {name}", way.calls[name]) for name in names)


def main() -> None:
    """Print the figures of a checkout."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--root", type=Path, default=ROOT, help="another checkout to measure")
    for name, figure in report(parser.parse_args().root.resolve()):
        print(f"{name:48}{figure}")


if __name__ == "__main__":
    main()
