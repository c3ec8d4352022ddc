"""Whether something fits this machine, asked before work begins."""

from __future__ import annotations

import os


def total_memory() -> int | None:
    """Return the bytes of memory that this machine has; None where the system does not tell."""
    if not hasattr(os, "sysconf"):
        return None
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def require_memory(n_bytes: int, what: str) -> None:
    """Refuse what takes more memory than this machine has."""
    total = total_memory()
    if total is not None and n_bytes > total:
        raise MemoryError(f"{what} takes about {n_bytes / 1e9:,.1f} GB, and this machine has {total / 1e9:,.1f} GB")
