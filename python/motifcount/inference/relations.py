"""What a null model leaves free: classes it fixes, and classes that are linear functions of others.

Two sources are combined. *Structure*: what the null keeps (arcs, degrees, mutual arcs) and what the layers rule out are
linear equations in the counts; solving them exactly tells which classes follow from which. *Samples*: the equations
are checked on every sampled count, and the exact rank of the table finds relations that only this graph has.
Closed classes are kept as the basis, so that open ones are told in terms of them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount import _core, nulls
from motifcount.graph import Graph
from motifcount.motifs.classes import ARCS, CLASSES, Arcs, classes_of

# Solved for in this order, so that what comes last remains as the basis.
_DEPENDENT_FIRST = (
    *("003", "012", "null", "asymmetric", "021D", "021U", "021C", "102", "111D", "111U", "201"),
    *("out_star", "in_star", "y_out", "y_in", "chain4", "zigzag", "chain_then_in", "out_then_chain"),
    *("mutual", "030T", "030C", "120D", "120U", "120C", "210", "300", "bifan", "biparallel"),
)

_SUPPORT = 3  # counts besides the most frequent, in each half of the samples

_Equation = dict[str, Fraction]  # a sum that is 0: factor by class, the constant under ""


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

    def equation(self, name: str) -> _Equation:
        """The relation of class `name` as a sum that is 0."""
        return {"": self.constant, **self.factors, name: Fraction(-1)}


def from_structure(
    graph: Graph, null: nulls.Null, sizes: tuple[int, ...], observed: Mapping[str, int]
) -> dict[str, Relation]:
    """Return the relation of each class that follows from what the null model keeps and the layers rule out."""
    classes = classes_of(sizes)
    kept = _kept_sums(graph, null, sizes)
    if isinstance(null, nulls.Degree) and null.keep_mutual and not any(observed.get(name) for name in _WITH_MUTUAL):
        kept.extend({name: 1} for name in _WITH_MUTUAL if name in classes)
    return _solve([_keeps(weights, observed) for weights in kept], classes)


def with_samples(
    structure: Mapping[str, Relation], classes: tuple[str, ...], table: npt.NDArray[Any]
) -> dict[str, Relation]:
    """Confirm relations on sampled counts, of shape (samples, classes), and add those that only the samples show.

    Raises
    ------
    RuntimeError
        If a sample contradicts what the null model should keep.
    """
    relations = dict(structure)
    for name, relation in relations.items():
        broken = _violations(relation.equation(name), table, classes)
        if broken.size:
            raise RuntimeError(f"sample {broken[0]} does not keep {name} = {relation}: a bug in the null model")
    free = [name for k, name in enumerate(classes) if name not in relations and _often_varies(table[:, k])]
    together = _together(relations, _equations_of(table[:, [classes.index(name) for name in free]], free), classes)
    # A class that merely never varied in the samples has no factors there; it is not fixed for that.
    return relations | {name: relation for name, relation in together.items() if relation.factors}


def with_covariances(
    structure: Mapping[str, Relation], observed: Mapping[str, int], covariance: Callable[[str, str], Fraction]
) -> dict[str, Relation]:
    """Add to relations those that exact covariances show: a sum without variance stays what it is."""
    free = [name for name in observed if name not in structure]
    columns = {name: [covariance(name, other) for other in free] for name in free}
    return _together(structure, [_keeps(combination, observed) for combination in _vanishing(columns)], tuple(observed))


def _together(
    relations: Mapping[str, Relation], equations: Sequence[_Equation], classes: Sequence[str]
) -> dict[str, Relation]:
    return _solve([*(relation.equation(name) for name, relation in relations.items()), *equations], classes)


def _often_varies(column: npt.NDArray[Any]) -> bool:
    """Whether both halves of the samples hold several counts besides the most frequent: rare ones agree by accident."""
    halves = column[: len(column) // 2].tolist(), column[len(column) // 2 :].tolist()
    mode = Counter(column.tolist()).most_common(1)
    return all(sum(value != mode[0][0] for value in half) >= _SUPPORT for half in halves)


def _violations(equation: _Equation, table: npt.NDArray[Any], names: Sequence[str]) -> npt.NDArray[np.intp]:
    """Return the rows of a table of counts for which a sum is not 0 (exact)."""
    scale = math.lcm(*(factor.denominator for factor in equation.values()))
    weights = np.array([int(scale * equation.get(name, 0)) for name in names], dtype=object)
    return np.flatnonzero(table.astype(object) @ weights + int(scale * equation.get("", 0)))


def _keeps(weights: Mapping[str, Fraction | int], observed: Mapping[str, int]) -> _Equation:
    """The equation of a weighted sum of counts that stays what it is in the observed graph."""
    total = sum(weight * observed[name] for name, weight in weights.items())
    return {"": Fraction(-total), **{name: Fraction(weight) for name, weight in weights.items() if weight}}


def _solve(equations: Sequence[_Equation], classes: Sequence[str]) -> dict[str, Relation]:
    """Solve by exact elimination for as many classes as the equations determine."""
    rows = [dict(equation) for equation in equations]
    solved: dict[str, _Equation] = {}
    for name in (name for name in _DEPENDENT_FIRST if name in classes):
        pivot = next((row for row in rows if row.get(name)), None)
        if pivot is None:
            continue
        rows = [row for row in rows if row is not pivot]
        pivot = {key: value / pivot[name] for key, value in pivot.items()}
        for row in (*rows, *solved.values()):
            _subtract(row, pivot, row.get(name, Fraction(0)))
        solved[name] = pivot
    return {
        name: Relation(-row.get("", Fraction(0)), {c: -row[c] for c in classes if c != name and row.get(c)})
        for name, row in solved.items()
    }


def _subtract(row: _Equation, other: _Equation, factor: Fraction) -> None:
    for key, value in other.items() if factor else ():
        row[key] = row.get(key, Fraction(0)) - factor * value


def _equations_of(table: npt.NDArray[Any], names: Sequence[str]) -> list[_Equation]:
    """All affine equations between the columns of a table, if it has enough rows to tell."""
    if len(table) < 2 * len(names) + 10:
        return []
    rows = [0, 1]
    while True:
        equations = _equations_of_rows(table[rows], names)
        broken = [row for equation in equations for row in _violations(equation, table, names)[:1]]
        if not broken:
            return equations
        rows.extend(set(broken))  # each raises the rank


def _equations_of_rows(table: npt.NDArray[Any], names: Sequence[str]) -> list[_Equation]:
    differences = (table[1:].astype(object) - table[0].astype(object)).T.tolist()
    columns = {name: [Fraction(value) for value in column] for name, column in zip(names, differences, strict=True)}
    first = dict(zip(names, table[0].tolist(), strict=True))
    return [_keeps(combination, first) for combination in _vanishing(columns)]


def _vanishing(columns: Mapping[str, Sequence[Fraction]]) -> list[_Equation]:
    """A basis of the combinations of columns that are 0, by the echelon form of their transpose."""
    basis: list[tuple[int, list[Fraction], _Equation]] = []
    combinations = []
    for name in (name for name in reversed(_DEPENDENT_FIRST) if name in columns):
        column = list(columns[name])
        combination: _Equation = {name: Fraction(1)}
        for at, other, of_names in basis:
            factor = column[at] / other[at]
            if factor:
                column = [x - factor * y for x, y in zip(column, other, strict=True)]
                _subtract(combination, of_names, factor)
        at = next((k for k, value in enumerate(column) if value), -1)
        if at >= 0:
            basis.append((at, column, combination))
        else:
            combinations.append(combination)
    return combinations


# ---- what null models keep -------------------------------------------------------------------------------

_MUTUAL = {name: int(name[0]) for name in CLASSES[3]}  # M-A-N names begin with the number of mutual dyads
_WITH_MUTUAL = ("mutual", *(name for name in CLASSES[3] if _MUTUAL[name]))
_ASYMMETRIC = {name: int(name[1]) for name in CLASSES[3]}


def _kept_sums(graph: Graph, null: nulls.Null, sizes: tuple[int, ...]) -> list[Mapping[str, Fraction | int]]:
    """Weights by class of sums of counts that the null model keeps."""
    n = graph.n_nodes
    kept: list[Mapping[str, Fraction | int]] = [dict.fromkeys(CLASSES[size], 1) for size in sizes if size < 4]
    if {2, 3} <= set(sizes):  # every mutual dyad meets every third node
        kept.append({"mutual": 2 - n, **_MUTUAL})
    if isinstance(null, nulls.BuiltIn):
        kept.extend({name: 1} for name in impossible_classes(graph) if name in classes_of(sizes))
        if 2 in sizes:
            kept.append({"mutual": 2, "asymmetric": 1})
        if 3 in sizes:
            kept.append({name: 2 * _MUTUAL[name] + _ASYMMETRIC[name] for name in CLASSES[3]})
    if isinstance(null, nulls.Degree):
        if 3 in sizes:
            kept.extend(_degree_sums(n, null.keep_mutual))
        if 2 in sizes and null.keep_mutual:
            kept.append({"mutual": 1})
        if 4 in sizes:
            kept.extend({name: 1} for name in ("out_star", "in_star", "y_out", "y_in"))
    return kept


def _degree_sums(n: int, keep_mutual: bool) -> list[Mapping[str, Fraction | int]]:
    """Sums over nodes of pairs of incident arcs: two out, two in, in and out; with keep_mutual, of incident dyads."""
    triads = {name: ARCS[name] for name in CLASSES[3]}
    if keep_mutual:
        kinds = ((0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2))
        return [_MUTUAL, *({name: _pairs(arcs, *kind, True) for name, arcs in triads.items()} for kind in kinds)]
    in_and_out = {
        # In-degree times out-degree also pairs the two arcs of a mutual dyad, at both ends; n - 2 triads share it.
        name: _pairs(arcs, 0, 1, False) + Fraction(2 * _MUTUAL[name], max(n - 2, 1))
        for name, arcs in triads.items()
    }
    return [in_and_out, *({name: _pairs(arcs, k, k, False) for name, arcs in triads.items()} for k in (0, 1))]


def _pairs(arcs: Arcs, kind: int, other_kind: int, by_dyad: bool) -> int:
    """Over the nodes of a triad, pairs of different neighbours, one of each kind: 0 out, 1 in, 2 mutual (by dyad)."""
    total = 0
    for node in range(3):
        x, y = (_kinds(arcs, node, other, by_dyad) for other in range(3) if other != node)
        total += (kind in x and other_kind in y) + (kind != other_kind and other_kind in x and kind in y)
    return total


def _kinds(arcs: Arcs, node: int, other: int, by_dyad: bool) -> set[int]:
    kinds = {kind for kind, arc in enumerate(((node, other), (other, node))) if arc in arcs}
    return {2} if by_dyad and len(kinds) == 2 else kinds


def impossible_classes(graph: Graph) -> frozenset[str]:
    """Return the classes that no arrangement of the edges within their blocks can hold."""
    if graph.n_edges == 0:
        return frozenset((*CLASSES[2], *CLASSES[3], *CLASSES[4])) - {"null", "003"}
    if graph._layer_rank is None:
        return frozenset()
    group = 2 * graph._layer_rank.astype(np.int64)  # a bias is a group of its own: nothing leads to it
    biases = graph._bias_flags()
    if biases is not None:
        group += biases
    blocks = {(a, b) for a, b in _core.linked_groups(graph._indptr, graph._indices, group).tolist()}
    linked: dict[int, set[int]] = {}
    for a, b in blocks:
        linked.setdefault(a, set()).add(b)
        linked.setdefault(b, set()).add(a)
    names: set[str] = set()
    if not any((b, a) in blocks for a, b in blocks):
        names |= set(_WITH_MUTUAL)
    if not any(linked[a] & linked[b] for a, b in blocks):
        names |= {name for name in CLASSES[3] if name[2] == "0"}  # closed: no null dyad
    if all(a < b for a, b in blocks):
        names.add("030C")
    ends = {b for _, b in blocks}
    middles = {b for a, b in blocks if a in ends}
    if not any(a in ends for a, _ in blocks):  # no two-step paths between blocks
        names |= {"y_out", "y_in", "chain_then_in", "out_then_chain", "biparallel"}
    if not any(a in middles for a, _ in blocks):
        names.add("chain4")
    return frozenset(names)
