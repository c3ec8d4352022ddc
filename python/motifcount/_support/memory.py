"""Whether something fits this machine, asked before work begins."""

from __future__ import annotations

import os
from pathlib import Path

from motifcount._support.warn import warn

_MEMINFO = Path("/proc/meminfo")


def total_memory() -> int | None:
    """Return the bytes of memory that this machine has; None where the system does not tell."""
    if not hasattr(os, "sysconf"):
        return None
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def available_memory() -> int | None:
    """Return the bytes of memory that are free or can be freed; all of it, or None, where the system does not tell."""
    try:
        lines = _MEMINFO.read_text().splitlines()
        return next(1024 * int(line.split()[1]) for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration):
        return total_memory()


def threads_that_fit(threads: int, n_bytes: int, what: str) -> int:
    """Return how many threads find memory for `n_bytes` each, at least one; warn where not all do."""
    available = available_memory()
    if available is None or threads == 1 or threads * n_bytes <= available:
        return threads
    fitting = max(available // n_bytes, 1)
    warn(
        f"{what} for each of {threads} threads takes about {threads * n_bytes / 1e9:,.1f} GB in all, and "
        f"{available / 1e9:,.1f} GB are available; num_threads={fitting} is used instead",
        RuntimeWarning,
    )
    return fitting


def require_memory(n_bytes: int, what: str) -> None:
    """Refuse what takes more memory than this machine has."""
    total = total_memory()
    if total is not None and n_bytes > total:
        raise MemoryError(f"{what} takes about {n_bytes / 1e9:,.1f} GB, and this machine has {total / 1e9:,.1f} GB")
