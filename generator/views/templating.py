"""Decides how templates are compiled: strictly, and once for all builds.

Python keeps the compiled form of a module in a folder `__pycache__`; that of the templates is kept in
the one beside this module. An entry is named by all that went into it, so it is never out of date.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, FileSystemBytecodeCache, StrictUndefined, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator

_MOST = 1000  # entries; then all are forgotten


def strict_environment(loader: BaseLoader, **options: Any) -> Environment:
    """An environment in which a name that does not exist is a fault."""
    # Templates hold no sums to work out beforehand, so they are not optimised.
    environment = Environment(
        undefined=StrictUndefined,
        loader=loader,
        optimized=False,
        auto_reload=False,
        bytecode_cache=_Compiled(),
        **options,
    )
    environment.code_generator_class = _Unfolded
    return environment


class _Unfolded(CodeGenerator):
    """Leaves every expression to the time of filling, so that no result of a filter is kept."""

    def _output_child_to_const(self, node: nodes.Expr, *others: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, *others)


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates in a folder; where it cannot be read or written, they are compiled anew."""

    def __init__(self) -> None:
        super().__init__(str(Path(cache_from_source(__file__)).parent))

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        known = {**environment.filters, **environment.tests}
        passed = sorted((name, getattr(known[name], "jinja_pass_arg", None)) for name in known)
        options = (environment.autoescape, environment.trim_blocks, environment.lstrip_blocks)
        inputs = repr((version("jinja2"), options, passed, name, source))
        return super().get_bucket(environment, inputs, filename, source)

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(Exception):  # whatever a damaged file may raise
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode:
            return
        with suppress(OSError):
            folder = Path(self.directory)
            folder.mkdir(parents=True, exist_ok=True)
            if len(list(folder.iterdir())) > _MOST:
                self.clear()
            super().dump_bytecode(bucket)
