"""Progress of long work: a bar on a terminal, or the caller's own function."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

from motifcount._support import arguments

Progress = bool | Callable[[int, int], object] | None

_PATIENCE = 1.0  # seconds before a bar appears of itself


def check_progress(progress: object) -> None:
    """Refuse what cannot tell how to report."""
    if progress is not None and not isinstance(progress, (bool, np.bool_)) and not callable(progress):
        wanted = "None, True, False or a function (done, total)"
        raise TypeError(f"progress must be {wanted}, not {arguments.shown(progress)}")


@contextmanager
def reporter(progress: Progress, total: int, what: str) -> Iterator[Callable[[int], object] | None]:
    """Yield a function that takes the number of finished units, or None for silence.

    `progress` is True or False for a bar or none, a function ``(done, total)``, or None: a bar if standard
    error is a terminal and the work takes longer than a second.
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
    if (progress is not None and not progress) or (progress is None and not sys.stderr.isatty()):
        yield None
        return

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Bar(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(what, total=total)
    appears = time.monotonic() + (0 if progress else _PATIENCE)

    def report(done: int) -> None:
        if not bar.live.is_started and time.monotonic() >= appears:
            bar.start()
        bar.update(task, completed=done)

    try:
        if progress:
            bar.start()
        yield report
    finally:
        bar.stop()
