"""Parsers of other libraries: what they raise on damaged files is not to be foreseen, and becomes a ValueError."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def parsing(what: str) -> Iterator[None]:
    """Run a parser of another library, and nothing else, in this context.

    Raises
    ------
    ValueError
        If the parser raises anything but an ImportError, a MemoryError, or the system's error on a file by its name.
    """
    try:
        yield
    except (ValueError, ImportError, MemoryError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.filename is not None:
            raise
        first = next(iter(re.sub(r"\x1b\[[0-9;]*m", "", str(error)).splitlines()), "")  # without colours
        message = " ".join(first.split()) or type(error).__name__
        raise ValueError(f"damaged, or not {what}: {message}") from error
