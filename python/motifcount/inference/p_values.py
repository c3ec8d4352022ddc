"""One-sided p-values of one class from the counts of samples."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate


def p_values(observed: int, sampled: Sequence[int], enough: int | None = None) -> tuple[float, float]:
    """Return (1 + r) / (1 + n) for r samples at least, and at most, as large as observed.

    Davison and Hinkley (1997, doi:10.1017/CBO9780511802843), section 4.2. Where sampling ended because of what it found
    and r is `enough`, it is enough / l, l being the number of samples up to the one that made it so (Besag and Clifford
    1991).
    """
    over = [value >= observed for value in sampled]
    under = [value <= observed for value in sampled]
    return _p_value(over, enough), _p_value(under, enough)


def _p_value(beyond: Sequence[bool], enough: int | None) -> float:
    if enough is not None and (last := last_needed(beyond, enough)) is not None:
        return enough / last
    return (1 + sum(beyond)) / (1 + len(beyond))


def last_needed(beyond: Sequence[bool], enough: int) -> int | None:
    """Return after how many samples `enough` of them were beyond; None where they never were."""
    return next((k for k, n in enumerate(accumulate(beyond), start=1) if n == enough), None)
