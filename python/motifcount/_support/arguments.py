"""Checks of arguments that several functions share; every error names the argument, the value and the remedy."""

from __future__ import annotations

import difflib
import errno
import math
import numbers
import operator
import os
import reprlib
import secrets
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

MAX_SEED = 2**64 - 1
MAX_THREADS = 1024
MAX_ITEMS = 100_000  # of a list of matrices, widths or results

_LONGEST_RANGE = 10**7  # becomes an array number by number
_MAX_DIMENSIONS = 64  # of an array

T = TypeVar("T")

Sizes = int | Iterable[int]
"""What a function takes as sizes of motifs."""

_short = reprlib.Repr()
_short.maxstring = _short.maxother = _short.maxlong = 80


def shown(value: object) -> str:
    """Return a value as it is shown in an error: in one short line."""
    try:
        shape = getattr(value, "shape", ())
        if isinstance(shape, tuple) and shape:
            return f"{type(value).__name__} of shape {shape}"
        return " ".join(_short.repr(value).split())
    except Exception:  # an int of too many digits, say
        return f"one of type {type(value).__name__} that cannot be printed"


def integer(name: str, value: Any, low: int, high: int | None = None) -> int:
    """Return `value` as an int between `low` and `high`, bools excluded."""
    number = value if type(value) is int else _index(value)
    if number is None or number < low or (high is not None and number > high):
        wanted = f"an integer of {low} or more" if high is None else f"an integer from {low} to {high}"
        kind, found = (TypeError, value) if number is None else (ValueError, number)
        raise kind(f"{name} must be {wanted}, not {shown(found)}")
    return number


def _index(value: Any) -> int | None:
    """Return an integer of any kind, bools excluded, as an int; None for what is none."""
    if _is_no_number(value):
        return None
    try:
        return operator.index(value)
    except TypeError:
        return None


def _is_no_number(value: Any) -> bool:
    """Whether a value is a bool, of Python, NumPy or torch, or a time span, though they call themselves numbers."""
    is_bool = isinstance(value, bool) or str(getattr(value, "dtype", "")).endswith("bool")
    return is_bool or isinstance(value, np.timedelta64)


def number(name: str, value: Any, wanted: str, fits: Callable[[float], bool]) -> float:
    """Return a real number as a float if it fits, bools excluded; `wanted` says which do."""
    if _is_no_number(value) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be {wanted}, not {shown(value)}")
    try:
        found = float(value)
    except OverflowError:
        found = math.inf  # or minus that: neither fits
    if not fits(found):
        raise ValueError(f"{name} must be {wanted}, not {shown(value)}")
    return found


def between(name: str, value: Any, low: float, high: float) -> float:
    """Return a number from `low` to `high` as a float."""
    return number(name, value, f"a finite number from {low:g} to {high:g}", lambda x: low <= x <= high)


def flag(name: str, value: Any) -> bool:
    """Return `value` if it is True or False."""
    if isinstance(value, bool):
        return value
    if isinstance(value, np.bool_):
        return bool(value)
    raise TypeError(f"{name} must be True or False, not {shown(value)}")


def choice(name: str, value: Any, known: Iterable[str], kind: str | None = None) -> str:
    """Return `value` if it is one of some words, which an error lists, or says of which kind they are."""
    words = list(known)
    wanted = f"{name} must be {kind or 'one of ' + ', '.join(words)}"
    if not isinstance(value, str):
        raise TypeError(f"{wanted}, not {shown(value)}")
    if value not in words:
        raise ValueError(f"{wanted}, not {shown(value)}{suggestion(value, words)}")
    return value


def instance(name: str, value: Any, kind: type[T], wanted: str) -> T:
    """Return `value` if it is of a class."""
    if isinstance(value, kind):
        return value
    raise TypeError(f"{name} must be {wanted}, not {shown(value)}")


def function_or_none(name: str, value: Any, wanted: str) -> Any:
    """Return `value` if it can be called or is None."""
    if value is None or callable(value):
        return value
    raise TypeError(f"{name} must be {wanted} or None, not {shown(value)}")


def path(name: str, value: Any) -> Path:
    """Return `value` as a path that the system can be asked for."""
    try:
        found = Path(value)
    except TypeError:
        raise TypeError(f"{name} must be a path, a str or a pathlib.Path, not {shown(value)}") from None
    if value == "":
        raise ValueError(f"{name} must be a path, not empty")
    try:
        has_null = b"\0" in os.fsencode(found)
    except UnicodeEncodeError:
        raise ValueError(f"{name} must be a path that the file system can name, not {value!a:.80}") from None
    if has_null:
        raise ValueError(f"{name} must be a path without null characters, not {value!r:.80}")
    return found


def readable(name: str, path: Path) -> None:
    """Refuse, before it is opened, what would block, and with the system's own error what cannot be read."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise ValueError(f"{path}: {name} must be a regular file, not a pipe, a socket or a device")
    with path.open("rb"):
        pass


def writable(path: Path) -> None:
    """Refuse, before work is done for it, a file that could not be written, with errors like the system's."""
    found = errno.EISDIR if path.is_dir() else 0
    if not path.parent.is_dir():
        found = errno.ENOTDIR if path.parent.exists() else errno.ENOENT
    elif not os.access(path.parent, os.W_OK):
        found = errno.EACCES
    if found:
        raise OSError(found, os.strerror(found), str(path))


def _numbers_in_ranges(value: Any, known: dict[int, int | None], depth: int = 0) -> int | None:
    """Return how many numbers the ranges within lists hold, None if a list holds itself.

    `known` has the lists that were met before.
    """
    if isinstance(value, range):
        return len(value)
    if not isinstance(value, (list, tuple)) or depth > _MAX_DIMENSIONS:
        return 0
    if id(value) not in known:
        known[id(value)] = None  # until all its items are known
        inner = (item for item in value if isinstance(item, (list, tuple, range)))
        numbers = [_numbers_in_ranges(item, known, depth + 1) for item in inner]
        known[id(value)] = None if None in numbers else sum(n for n in numbers if n is not None)
    return known[id(value)]


def array(name: str, value: Any) -> npt.NDArray[Any]:
    """Return `value` as an array."""
    if np.ma.is_masked(value):
        raise TypeError(f"{name} must not have masked entries; give them values first (its method filled)")
    n_numbers = _numbers_in_ranges(value, {})
    if n_numbers is None:
        raise ValueError(f"{name} must be an array, not a list that holds itself")
    if n_numbers > _LONGEST_RANGE:
        raise ValueError(f"{name} must be an array, as of np.arange, to be as long as {shown(value)}")
    try:
        return np.asarray(value)
    except MemoryError as error:
        raise MemoryError(f"{name} does not fit as an array: {error}") from None
    except (ValueError, TypeError, RuntimeError) as error:
        raise ValueError(f"{name} must be an array, not a ragged or foreign object: {error}") from None


def sequence(name: str, value: Any, of: str, most: int | None = MAX_ITEMS) -> list[Any]:
    """Return the items of a sequence, at most so many where they could be endless."""
    if isinstance(value, (str, bytes, Mapping)) or sp.issparse(value) or getattr(value, "ndim", 1) == 0:
        raise TypeError(f"{name} must be a list of {of}, not {shown(value)}")
    if not isinstance(value, Iterable):
        raise TypeError(f"{name} must be a list of {of}, not {shown(value)}")
    return list(value) if most is None else _items(name, value, of, most)


def _items(name: str, values: Iterable[Any], of: str, most: int) -> list[Any]:
    """Return the items of what may be endless."""
    items = list(islice(values, most + 1))
    if len(items) > most:
        raise ValueError(f"{name} must be a list of at most {most:,} {of}, not {shown(values)}")
    return items


def motif_sizes(size: Any) -> tuple[int, ...]:
    """Return the distinct motif sizes, ascending, each 2, 3 or 4."""
    values = _items("size", size, "integers", 100) if isinstance(size, (tuple, list)) or _is_row(size) else [size]
    if not values:
        raise ValueError("size must name at least one of 2, 3 and 4, not be empty")
    return tuple(sorted({integer("size", value, 2, 4) for value in values}))


def _is_row(value: Any) -> bool:
    """Whether a value holds others one after the other, as a set or a one-dimensional array does."""
    if not isinstance(value, Iterable) or isinstance(value, (str, bytes)) or sp.issparse(value):
        return False
    return bool(getattr(value, "ndim", 1) == 1)


def seed_or_fresh(seed: Any) -> int:
    """Return the seed, or a fresh one from the operating system for None."""
    return secrets.randbits(63) if seed is None else integer("seed", seed, 0, MAX_SEED)


def suggestion(word: object, known: Iterable[str]) -> str:
    """Return " (did you mean ...?)" for the nearest of `known`, or nothing."""
    near = difflib.get_close_matches(str(word)[:100], list(known), n=1, cutoff=0.5)
    return f" (did you mean {near[0]!r}?)" if near else ""
