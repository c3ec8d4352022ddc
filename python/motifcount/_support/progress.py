"""Progress of long work: a bar on a terminal or in a notebook, or the caller's own function."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from importlib import import_module
from typing import Any

import numpy as np

from motifcount._support import arguments

Progress = bool | Callable[[int, int], object] | None

_PATIENCE = 1.0  # seconds before a bar appears of itself
_INTERVAL = 0.2  # seconds between changes of a bar in a notebook


def check_progress(progress: object) -> None:
    """Refuse what cannot tell how to report."""
    if progress is not None and not isinstance(progress, (bool, np.bool_)) and not callable(progress):
        wanted = "None, True, False or a function (done, total)"
        raise TypeError(f"progress must be {wanted}, not {arguments.shown(progress)}")


@contextmanager
def reporter(progress: Progress, total: int, what: str) -> Iterator[Callable[[int], object] | None]:
    """Yield a function that takes the number of finished units, or None for silence.

    `progress` is True or False for a bar or none, a function ``(done, total)``, or None: a bar if somebody can see it
    and the work takes longer than a second.
    """
    if callable(progress):
        last = -1

        def tell(done: int) -> None:
            nonlocal last
            last = done
            progress(done, total)

        yield tell
        if last != total:
            tell(total)
        return
    check_progress(progress)
    if not (can_be_seen() if progress is None else progress):
        yield None
        return
    bar = (_NotebookBar if _in_notebook() else _TerminalBar)(what, total)
    appears = time.monotonic() + (0 if progress else _PATIENCE)

    def report(done: int) -> None:
        bar.update(done, shown=time.monotonic() >= appears)

    try:
        if progress:
            report(0)
        yield report
    finally:
        bar.stop()


def can_be_seen() -> bool:
    """Whether a person sees a bar."""
    return sys.stderr.isatty() or _in_notebook()


def _in_notebook() -> bool:
    """Whether a Jupyter kernel runs this; its standard error is no terminal."""
    ipython: Any = sys.modules.get("IPython")
    return ipython is not None and getattr(ipython.get_ipython(), "kernel", None) is not None


class _TerminalBar:
    def __init__(self, what: str, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task(what, total=total)

    def update(self, done: int, *, shown: bool) -> None:
        if shown and not self._bar.live.is_started:
            self._bar.start()
        self._bar.update(self._task, completed=done)

    def stop(self) -> None:
        self._bar.stop()


class _NotebookBar:
    """A bar of the browser's own in the output of a cell; that of rich needs widgets, which may not be installed."""

    def __init__(self, what: str, total: int) -> None:
        self._what, self._total = what, total
        self._output: Any = None
        self._changed = 0.0

    def update(self, done: int, *, shown: bool) -> None:
        if not shown or (self._output is not None and time.monotonic() - self._changed < _INTERVAL):
            return
        self._changed = time.monotonic()
        words = f"{done:,} of {self._total:,}"
        bar = f'<progress value="{done}" max="{self._total}"></progress>'
        self._write({"text/html": f"{escape(self._what)} {bar} {words}", "text/plain": f"{self._what}: {words}"})

    def stop(self) -> None:
        if self._output is not None:
            self._write({"text/html": "", "text/plain": ""})

    def _write(self, words: dict[str, str]) -> None:
        if self._output is None:
            self._output = import_module("IPython.display").display(words, raw=True, display_id=True)
        else:
            self._output.update(words, raw=True)
