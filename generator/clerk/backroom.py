"""A process that stays warm for one kind of work, so that whoever asks it need not wait for its start
and the desk answers meanwhile. What it does is named, not imported: so the desk opens before the engine is
there."""

from __future__ import annotations

import multiprocessing
import signal
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock
from typing import Any

from generator.progress import Step
from generator.settings import CannotBuildError

_PACKAGE = __package__
_ENDING = 5.0  # seconds that a process has for its end


@dataclass
class BackRoom:
    """One process, begun when it is first asked; it does one thing at a time, and ends with ours. `step`
    is how far it has come with what it does, where that tells."""

    step: Step | None = None
    _lock: Lock = field(default_factory=Lock)
    _process: BaseProcess | None = None
    _line: Connection | None = None
    _is_closed: bool = False

    def ask(self, name: str, *given: object, tells: bool = False) -> Any:
        """What a function of this package gives there, by its module and name: plain values. One that
        `tells` takes what hears its steps behind all else. Raises `CannotBuildError` as it does, and
        when the system ended the process."""
        with self._lock:
            line = self._begun()
            try:
                line.send((name, given, tells))
                kind, found = line.recv()
                while kind == "step":
                    self.step = found
                    kind, found = line.recv()
            except (EOFError, OSError):
                self._end()
                raise CannotBuildError("系统中途结束了这件事，可能内存不够。请再试一次。") from None
            finally:
                self.step = None
        if kind == "found":
            return found
        raise found

    def close(self) -> None:
        """End the process, in the midst of its work too."""
        self._is_closed = True
        if self._process is not None:
            self._process.terminate()

    def _begun(self) -> Connection:
        if self._is_closed:
            raise CannotBuildError("工作台正在关上。")
        if self._line is None:
            # "spawn" starts clean on every system; a forked child inherits threads it cannot use
            context = multiprocessing.get_context("spawn")
            self._line, inner = context.Pipe()
            self._process = context.Process(target=_work, args=(inner,))
            self._process.start()
            inner.close()
        return self._line

    def _end(self) -> None:
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            self._process.terminate()
            self._process.join(_ENDING)
        self._process = self._line = None


def _work(line: Connection) -> None:
    """Do what is asked until nobody can ask any more. Ctrl+C is for the process that people see."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            name, given, tells = line.recv()
        except (EOFError, OSError):
            return
        hearing = (lambda step: line.send(("step", step)),) if tells else ()
        try:
            module, _, function = name.partition(".")
            work = getattr(import_module(f"{_PACKAGE}.{module}"), function)
            answer = "found", work(*given, *hearing)
        except CannotBuildError as fault:
            answer = "fault", fault
        except Exception as fault:  # our bug: it is told where it is seen, and the process goes on
            answer = "fault", RuntimeError(f"{type(fault).__name__}: {fault}")
        try:
            line.send(answer)
        except (BrokenPipeError, OSError):
            return
