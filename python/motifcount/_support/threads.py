"""How many threads a call uses."""

from __future__ import annotations

import os

from motifcount import _core
from motifcount._support import arguments

_in_forked_child = False


def _after_fork() -> None:
    global _in_forked_child
    _in_forked_child = True


# OpenMP's thread pool does not survive a fork: a parallel region in the child would wait for ever.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def _available_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def effective_threads(num_threads: int | None) -> int:
    """Return the number of threads for a call: as asked, else OMP_NUM_THREADS, else the available cores.

    Results never depend on it. A process made by fork always gets one thread.
    """
    if num_threads is not None:
        wanted = arguments.integer("num_threads", num_threads, 1, arguments.MAX_THREADS)
    elif os.environ.get("OMP_NUM_THREADS"):
        wanted = _core.default_num_threads()
    else:
        wanted = _available_cores()
    return 1 if _in_forked_child else wanted
