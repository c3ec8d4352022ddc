"""Checks of arguments that several functions share; every error names the argument, the value and the remedy."""

from __future__ import annotations

import difflib
import operator
import reprlib
import secrets
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

MAX_SEED = 2**64 - 1
MAX_THREADS = 1024

_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxlong = _SHORT.maxother = 80


def shown(value: Any) -> str:
    """Return `value` as an error shows it: in short, and even where its own repr fails."""
    try:
        return _SHORT.repr(value)
    except Exception:  # an int of too many digits, say
        return f"one of type {type(value).__name__} that cannot be printed"


def integer(name: str, value: Any, low: int, high: int | None = None) -> int:
    """Return `value` as an int between `low` and `high`, bools excluded."""
    wanted = f"an integer of {low} or more" if high is None else f"an integer from {low} to {high}"
    if isinstance(value, bool):
        raise TypeError(f"{name} must be {wanted}, not {shown(value)}")
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be {wanted}, not {shown(value)}") from None
    if number < low or (high is not None and number > high):
        raise ValueError(f"{name} must be {wanted}, not {shown(number)}")
    return number


def flag(name: str, value: Any) -> bool:
    """Return `value` if it is True or False."""
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    raise TypeError(f"{name} must be True or False, not {shown(value)}")


def array(name: str, value: Any) -> npt.NDArray[Any]:
    """Return `value` as an array."""
    try:
        return np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{name} must be an array, not a ragged sequence: {error}") from None


def sequence(name: str, value: Any, of: str) -> list[Any]:
    """Return the items of a sequence."""
    if isinstance(value, (str, bytes)) or sp.issparse(value) or not isinstance(value, Iterable):
        raise TypeError(f"{name} must be a list of {of}, not {shown(value)}")
    return list(value)


def motif_sizes(size: Any) -> tuple[int, ...]:
    """Return the distinct motif sizes, ascending, each 2, 3 or 4."""
    many = isinstance(size, Iterable) and not isinstance(size, (str, bytes)) and getattr(size, "ndim", 1) == 1
    values = list(size) if many else [size]
    if not values:
        raise ValueError("size must name at least one of 2, 3 and 4, not be empty")
    return tuple(sorted({integer("size", value, 2, 4) for value in values}))


def seed_or_fresh(seed: Any) -> int:
    """Return the seed, or a fresh one from the operating system for None."""
    return secrets.randbits(63) if seed is None else integer("seed", seed, 0, MAX_SEED)


def suggestion(word: object, known: Iterable[str]) -> str:
    """Return " (did you mean ...?)" for the nearest of `known`, or nothing."""
    near = difflib.get_close_matches(str(word), list(known), n=1, cutoff=0.5)
    return f" (did you mean {near[0]!r}?)" if near else ""
