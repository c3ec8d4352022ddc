"""Progress of long work: a bar on a terminal or in a notebook, or the caller's own function."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from html import escape
from importlib import import_module
from typing import Any, Protocol

import numpy as np

from motifcount._support import arguments

Progress = bool | Callable[[int, int], object] | None


class _Reports(Protocol):
    def __call__(self, done: int, total: int | None = None, /) -> object: ...


Report = _Reports | None
"""Takes the steps that are done, and how many there are if the work alone knows: 0 where it counts none."""

_PATIENCE = 1.0  # seconds before a bar appears of itself
_INTERVAL = 0.2  # seconds between changes of a bar in a notebook


def check_progress(progress: object) -> None:
    """Refuse what cannot tell how to report."""
    if progress is not None and not isinstance(progress, (bool, np.bool_)) and not callable(progress):
        wanted = "None, True, False or a function (done, total)"
        raise TypeError(f"progress must be {wanted}, not {arguments.shown(progress)}")


def reporter(progress: Progress, total: int, what: str) -> AbstractContextManager[Report]:
    """Return a context that yields what tells how far work is, a `Report`: None where nobody is to be told.

    `progress` is True or False for a bar or none, a function ``(done, total)``, or None: a bar if somebody can see it
    and the work takes longer than a second.
    """
    if callable(progress):
        return _Told(progress, total)
    check_progress(progress)
    return nullcontext() if progress is not None and not progress else _Bar(what, total, asked_for=bool(progress))


class _Told:
    """Tells a function, in the end that all is done."""

    def __init__(self, tell: Callable[[int, int], object], total: int) -> None:
        self._tell, self._done, self._total = tell, -1, total

    def __enter__(self) -> Report:
        return self

    def __call__(self, done: int, total: int | None = None, /) -> None:
        if total == 0:
            return
        self._done, self._total = done, total or self._total
        self._tell(done, self._total)

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if error is None and self._done != self._total:
            self._tell(self._total, self._total)


class _Bar:
    """Shows a bar if it can be seen. It is made when it appears: short work does not wait for rich to be imported."""

    def __init__(self, what: str, total: int, *, asked_for: bool) -> None:
        self._what, self._total, self._asked_for = what, total, asked_for
        self._appears = time.monotonic() + (0 if asked_for else _PATIENCE)
        self._shown: _TerminalBar | _NotebookBar | None = None

    def __enter__(self) -> Report:
        if self._asked_for:
            self(0)
        return self

    def __call__(self, done: int, total: int | None = None, /) -> None:
        if total == 0 or time.monotonic() < self._appears:
            return
        self._total = total or self._total
        if self._shown is None:
            if not (self._asked_for or can_be_seen()):
                return
            self._shown = (_NotebookBar if _in_notebook() else _TerminalBar)(self._what)
        self._shown.update(done, self._total)

    def __exit__(self, *_: object) -> None:
        if self._shown is not None:
            self._shown.stop()


def can_be_seen() -> bool:
    """Whether a person sees a bar."""
    return sys.stderr.isatty() or _in_notebook()


def _in_notebook() -> bool:
    """Whether a Jupyter kernel runs this; its standard error is no terminal."""
    ipython: Any = sys.modules.get("IPython")
    return ipython is not None and getattr(ipython.get_ipython(), "kernel", None) is not None


class _TerminalBar:
    def __init__(self, what: str) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task(what)

    def update(self, done: int, total: int) -> None:
        self._bar.update(self._task, completed=done, total=total)
        self._bar.start()  # once

    def stop(self) -> None:
        self._bar.stop()


class _NotebookBar:
    """A bar of the browser's own in the output of a cell; that of rich needs widgets, which may not be installed."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._output: Any = None
        self._changed = 0.0

    def update(self, done: int, total: int) -> None:
        if self._output is not None and time.monotonic() - self._changed < _INTERVAL:
            return
        self._changed = time.monotonic()
        words = f"{done:,} of {total:,}"
        bar = f'<progress value="{done}" max="{total}"></progress>'
        self._write({"text/html": f"{escape(self._what)} {bar} {words}", "text/plain": f"{self._what}: {words}"})

    def stop(self) -> None:
        if self._output is not None:
            self._write({"text/html": "", "text/plain": ""})

    def _write(self, words: dict[str, str]) -> None:
        if self._output is None:
            self._output = import_module("IPython.display").display(words, raw=True, display_id=True)
        else:
            self._output.update(words, raw=True)
