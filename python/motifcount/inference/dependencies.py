"""Linear dependencies between the columns of a matrix of integers, exactly.

Columns are reduced modulo primes; the dependencies are lifted by the Chinese remainder theorem and rational
reconstruction (Wang 1981, doi:10.1145/800206.806398) until they hold for the integers themselves. A rank modulo a prime
is at most the true one, so columns that are independent modulo a prime are independent, at once.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[Any]  # int64, or Python ints
_Residues = npt.NDArray[np.int64]

_LARGEST_PRIME = 2**27  # sums of 2**9 products stay below 2**63


def dependencies(matrix: Matrix) -> dict[int, dict[int, Fraction]]:
    """Return each column that is a combination of independent ones before it, and their factors.

    O(rows * columns * rank) for each prime; of usual factors one or two are needed.
    """
    best: tuple[int, ...] = ()
    lifted, modulus = np.empty((0, 0), dtype=object), 0
    for p in _primes():
        independent, residues = _reduced(matrix, p)
        if len(independent) == matrix.shape[1]:
            return {}
        if not modulus or _tells_more(independent, best):
            best, lifted, modulus = independent, residues.astype(object), p
        elif independent == best:
            lifted += modulus * ((residues - lifted) * pow(modulus, -1, p) % p)
            modulus *= p
        else:
            continue  # the prime divides a minor
        factors = _rational(lifted, modulus)
        if factors is not None:
            found = _by_column(factors, best, matrix.shape[1])
            if all(not _rows_off(matrix, column, terms) for column, terms in found.items()):
                return found
    raise AssertionError("there are infinitely many primes")


def _tells_more(independent: tuple[int, ...], best: tuple[int, ...]) -> bool:
    return (-len(independent), independent) < (-len(best), best)


def _primes() -> Iterator[int]:
    for n in range(_LARGEST_PRIME - 1, 2, -2):
        if all(n % k for k in range(3, math.isqrt(n) + 1, 2)):
            yield n


def _reduced(matrix: Matrix, p: int) -> tuple[tuple[int, ...], _Residues]:
    """Return the columns that are independent of those before them, and the factors of the others, modulo p."""
    rows: _Residues = (matrix % p).astype(np.int64)
    independent: list[int] = []
    for column in range(rows.shape[1]):
        rank = len(independent)
        there = np.flatnonzero(rows[rank:, column])
        if not there.size:
            continue
        rows[[rank, rank + there[0]]] = rows[[rank + there[0], rank]]
        rows[rank] = rows[rank] * pow(int(rows[rank, column]), -1, p) % p
        others = np.flatnonzero(rows[:, column])
        others = others[others != rank]
        rows[others] = (rows[others] - rows[others, column, None] * rows[rank]) % p
        independent.append(column)
    dependent = np.setdiff1d(np.arange(rows.shape[1]), independent)
    return tuple(independent), rows[: len(independent), dependent]


def _rational(residues: npt.NDArray[Any], modulus: int) -> list[list[Fraction]] | None:
    """Return the fractions of small numerator and denominator that leave these residues, if there are."""
    known = {int(value): _fraction(int(value), modulus) for value in residues.ravel()}
    if None in known.values():
        return None
    return [[known[int(value)] for value in row] for row in residues]  # type: ignore[misc]


def _fraction(residue: int, modulus: int) -> Fraction | None:
    bound = math.isqrt(modulus // 2)
    r, s, previous_r, previous_s = residue, 1, modulus, 0
    while r > bound:
        quotient = previous_r // r
        r, previous_r = previous_r - quotient * r, r
        s, previous_s = previous_s - quotient * s, s
    return Fraction(r, s) if 0 < abs(s) <= bound and math.gcd(r, s) == 1 else None


def _by_column(factors: list[list[Fraction]], independent: tuple[int, ...], n: int) -> dict[int, dict[int, Fraction]]:
    dependent = [column for column in range(n) if column not in set(independent)]
    return {
        column: {of: row[k] for of, row in zip(independent, factors, strict=True) if row[k]}
        for k, column in enumerate(dependent)
    }


def _rows_off(matrix: Matrix, column: int, terms: dict[int, Fraction]) -> bool:
    """Whether the combination differs from the column in some row."""
    return bool(rows_that_are_not_zero(matrix, {column: Fraction(-1), **terms}).size)


def rows_that_are_not_zero(
    matrix: Matrix, factors: Mapping[int, Fraction | int], constant: Fraction | int = 0
) -> npt.NDArray[np.intp]:
    """Return the rows in which a combination of columns plus a constant is not 0."""
    scale = math.lcm(Fraction(constant).denominator, *(factor.denominator for factor in factors.values()))
    columns, weights = list(factors), [int(scale * factor) for factor in factors.values()]
    constant = int(scale * constant)
    chosen = matrix[:, columns]
    if chosen.dtype != object:
        largest = max(abs(int(chosen.max(initial=0))), abs(int(chosen.min(initial=0))))
        if sum(map(abs, weights)) * largest + abs(constant) < 2**63:
            return np.flatnonzero(chosen @ np.array(weights, dtype=np.int64) + constant)
    return np.flatnonzero(chosen.astype(object) @ np.array(weights, dtype=object) + constant)
