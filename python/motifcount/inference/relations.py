"""What a null model leaves free: classes it fixes, and classes that are linear functions of others.

Two sources are combined. *The null model*: the sums of counts that it keeps (:meth:`NullModel.keeps`) are linear
equations in the counts; solving them exactly tells which classes follow from which. *Samples*: the equations are
checked on every sampled count, and the exact rank of the counts of the graph and of its samples finds relations that
only this graph has. Samples cannot prove these, so each part of the samples must show them by itself. Closed classes
are kept as the basis, so that open ones are told in terms of them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount.graph import Graph
from motifcount.inference.dependencies import dependencies, rows_that_are_not_zero
from motifcount.motifs.by_class import Frozen
from motifcount.motifs.classes import ARCS, CLASSES, LAYERED_TETRADS
from motifcount.motifs.families import plain_of
from motifcount.nulls import kept
from motifcount.nulls.model import NullModel


def _dependent_first(name: str) -> tuple[bool | int, ...]:
    """Rank a class by how little it tells: open before closed, without mutual dyads, with few links, stars."""
    arcs = ARCS[name]
    size = next(size for size, names in CLASSES.items() if name in names)
    links = len({frozenset(arc) for arc in arcs})
    mutual = len(arcs) > links
    closed = links >= size or (size == 2 and mutual)
    star = any(all(node in arc for arc in arcs) for node in range(size))
    return (
        closed,
        size == 4 and name not in ("y_out", "y_in"),  # which degrees tell by triads
        mutual and not closed,
        links > 1,
        (size == 2) != closed,
        links,
        not star,
    )


_DEPENDENT_FIRST = {
    name: k
    for k, name in enumerate(
        sorted(dict.fromkeys((*CLASSES[2], *CLASSES[3], *LAYERED_TETRADS, *ARCS)), key=_dependent_first)
    )
}


def _dependent_first_of(classes: Iterable[str]) -> list[str]:
    """Return classes in the order in which they are solved for, so that what comes last remains as the basis."""
    return sorted(classes, key=lambda name: _DEPENDENT_FIRST[plain_of(name)])


_MIN_SAMPLES = 300  # fewer cannot tell a relation from one that some states break
_PARTS = 4  # of the samples, each of which must show a relation
_SUPPORT = 0.05  # of each part, which must have another count than the most frequent

_Equation = dict[str, Fraction | int]  # a sum that is 0: factor by class, the constant under ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A class as a linear function of others: ``constant + sum(factors[c] * count of c)``; fixed without factors."""

    constant: Fraction
    factors: Mapping[str, Fraction]

    def __str__(self) -> str:
        terms = [str(self.constant)] if self.constant or not self.factors else []
        for name, factor in self.factors.items():
            sign = "- " if factor < 0 else "+ " if terms else ""
            terms.append(f"{sign}{'' if abs(factor) == 1 else f'{abs(factor)} x '}[{name}]")
        return " ".join(terms)

    def to_dict(self) -> dict[str, Any]:
        """Return constant and factors as texts of fractions."""
        return {"constant": str(self.constant), "factors": {name: str(each) for name, each in self.factors.items()}}

    def equation(self, name: str) -> _Equation:
        """The relation of class `name` as a sum that is 0."""
        return {"": self.constant, **self.factors, name: Fraction(-1)}


def from_null(graph: Graph, null: NullModel, observed: Mapping[str, int]) -> Frozen[str, Relation]:
    """Return the relation of each class that follows from what the null model keeps."""
    sums = (*kept.nodes(graph.n_nodes, observed), *null.keeps(graph, observed))
    equations = [_conserved(weights, observed) for weights in sums]
    while True:
        solved = _solve(equations, tuple(observed))
        zeros = _zeros(solved)
        if not zeros:
            return Frozen(solved)
        equations += [{name: 1} for name in zeros]


def _zeros(solved: Mapping[str, Relation]) -> set[str]:
    """Return classes that are 0 because a sum of counts, none of which is negative, is: not known for 0 alone."""
    sums = [
        {name, *relation.factors}
        for name, relation in solved.items()
        if relation.factors and not relation.constant and max(relation.factors.values()) < 0
    ]
    return set().union(*sums)


def with_samples(
    known: Mapping[str, Relation], observed: Mapping[str, int], table: npt.NDArray[Any]
) -> dict[str, Relation]:
    """Confirm relations on sampled counts, of shape (samples, classes), and add those that only counts show.

    The observed graph is a state like the samples: what it breaks is no relation.

    Raises
    ------
    RuntimeError
        If a sample contradicts what the null model should keep.
    """
    relations, classes = dict(known), tuple(observed)
    for name, relation in relations.items():
        broken = _rows_breaking(relation.equation(name), table, classes)
        if broken.size:
            raise RuntimeError(f"sample {broken[0]} does not keep {name} = {relation}: a bug in the null model")
    if len(table) < _MIN_SAMPLES:
        return relations
    often = {name for k, name in enumerate(classes) if _often_varies(table[:, k])}
    if any(relation.factors and name not in often for name, relation in relations.items()):
        return relations  # "a dependent class is rare" would pass for a relation of those that it follows from
    free = [name for name in classes if name in often and name not in relations]
    columns = table[:, [classes.index(name) for name in free]]
    solved = _solve_with(relations, _equations_of(columns, [observed[name] for name in free], free), classes)
    # A class that merely never varied in the samples has no factors there; it is not fixed for that.
    return relations | {name: relation for name, relation in solved.items() if relation.factors}


def with_covariances(
    known: Mapping[str, Relation], observed: Mapping[str, int], covariance: Callable[[str, str], Fraction]
) -> dict[str, Relation]:
    """Add to relations those that exact covariances show: a sum without variance stays what it is."""
    free = [name for name in observed if name not in known]
    of_pair = {frozenset(pair): covariance(*pair) for pair in combinations_with_replacement(free, 2)}
    columns = _integers({name: [of_pair[frozenset((name, other))] for other in free] for name in free})
    equations = [_conserved(combination, observed) for combination in _null_space(columns)]
    return _solve_with(known, equations, tuple(observed))


def _integers(columns: Mapping[str, Sequence[Fraction]]) -> dict[str, npt.NDArray[Any]]:
    """The columns times their common denominator."""
    scale = math.lcm(1, *(value.denominator for column in columns.values() for value in column))
    return {name: np.array([int(value * scale) for value in column], object) for name, column in columns.items()}


def _solve_with(
    relations: Mapping[str, Relation], equations: Sequence[_Equation], classes: Sequence[str]
) -> dict[str, Relation]:
    return _solve([*(relation.equation(name) for name, relation in relations.items()), *equations], classes)


def _often_varies(column: npt.NDArray[Any]) -> bool:
    """Whether all parts of the samples hold counts besides the most frequent: rare ones agree by accident."""
    mode, _ = Counter(column.tolist()).most_common(1)[0]
    return all(np.mean(part != mode) >= _SUPPORT for part in np.array_split(column, _PARTS))


def _rows_breaking(equation: _Equation, table: npt.NDArray[Any], names: Sequence[str]) -> npt.NDArray[np.intp]:
    """Return the rows of a table of counts for which a sum is not 0 (exact)."""
    factors = {k: equation[name] for k, name in enumerate(names) if equation.get(name)}
    return rows_that_are_not_zero(table, factors, equation.get("", 0))


def _conserved(weights: Mapping[str, Fraction | int], observed: Mapping[str, int]) -> _Equation:
    """The equation of a weighted sum of counts that stays what it is in the observed graph."""
    total = sum(weight * observed[name] for name, weight in weights.items())
    return {"": -total, **{name: weight for name, weight in weights.items() if weight}}


def _solve(equations: Sequence[_Equation], classes: Sequence[str]) -> dict[str, Relation]:
    """Solve by exact elimination for as many classes as the equations determine."""
    rows = [_whole(equation) for equation in equations]
    solved: dict[str, _Row] = {}
    for name in _dependent_first_of(classes):
        pivot = next((row for row in rows if name in row), None)
        if pivot is None:
            continue
        rows = [_without(name, row, pivot) for row in rows if row is not pivot]
        solved = {other: _without(name, row, pivot) for other, row in solved.items()}
        solved[name] = pivot
    return {
        name: Relation(
            Fraction(-row.get("", 0), row[name]),
            Frozen({c: Fraction(-row[c], row[name]) for c in classes if c != name and c in row}),
        )
        for name, row in solved.items()
    }


_Row = dict[str, int]  # an equation without fractions and zeros: these are much faster than Fraction


def _whole(equation: _Equation) -> _Row:
    scale = math.lcm(*(value.denominator for value in equation.values()))
    return {key: value.numerator * (scale // value.denominator) for key, value in equation.items() if value}


def _without(name: str, row: _Row, pivot: _Row) -> _Row:
    """Return a row, or a multiple, less the multiple of the pivot that takes a class out of it."""
    if name not in row:
        return row
    common = math.gcd(row[name], pivot[name])
    times, less = pivot[name] // common, row[name] // common
    sums = {key: times * row.get(key, 0) - less * pivot.get(key, 0) for key in row | pivot}
    divisor = math.gcd(*sums.values())
    return {key: value // divisor for key, value in sums.items() if value}


def _equations_of(table: npt.NDArray[Any], observed: Sequence[int], names: Sequence[str]) -> list[_Equation]:
    """All affine equations between observed and sampled counts, if each part of the samples has as many."""
    if len(table) < max(_MIN_SAMPLES, _PARTS * (2 * len(names) + 10)):
        return []
    with_observed = np.vstack((np.array([observed], dtype=table.dtype), table))
    equations = _affine_equations(with_observed, names)
    parts = np.array_split(table, _PARTS) if equations else []
    return equations if all(len(_affine_equations(part, names)) == len(equations) for part in parts) else []


def _affine_equations(table: npt.NDArray[Any], names: Sequence[str]) -> list[_Equation]:
    rows = list(range(2 * len(names) + 10))
    while True:
        equations = _equations_of_rows(table[rows], names)
        broken = [row for equation in equations for row in _rows_breaking(equation, table, names)[:1]]
        if not broken:
            return equations
        rows.extend(set(broken))  # each raises the rank


def _equations_of_rows(table: npt.NDArray[Any], names: Sequence[str]) -> list[_Equation]:
    differences = table[1:] - table[0]  # of counts, which are not negative: none overflows
    columns = dict(zip(names, differences.T, strict=True))
    first = dict(zip(names, table[0].tolist(), strict=True))
    return [_conserved(combination, first) for combination in _null_space(columns)]


def _null_space(columns: Mapping[str, npt.ArrayLike]) -> list[_Equation]:
    """A basis of the combinations of columns of integers that are 0, each of one dependent class and the basis."""
    names = _dependent_first_of(columns)[::-1]
    if not names:
        return []
    found = dependencies(np.column_stack([columns[name] for name in names]))
    return [
        {names[column]: Fraction(1), **{names[of]: -factor for of, factor in terms.items()}}
        for column, terms in found.items()
    ]
