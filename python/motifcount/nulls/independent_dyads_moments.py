"""Means and covariances of dyads and triads where dyads are independent, by class of nodes, without sampling.

Two triads are correlated only if they share a dyad, or are on the same nodes. So everything follows from sums over
pairs of nodes, with their state s, and third nodes, with the states u, v of both other dyads: products of matrices.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement, product

import numpy as np
import numpy.typing as npt

from motifcount.motifs.classes import CLASSES
from motifcount.nulls.digraph_moments import laid

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

_STATE_OF = {(False, False): 0, (True, True): 1, (True, False): 2, (False, True): 3}  # arcs there and back
_DYADS = {"mutual": (1,), "asymmetric": (2, 3), "null": (0,)}
_CODES = {name: k for k, name in enumerate((*CLASSES[2], *CLASSES[3]))}


@cache
def _triads() -> FloatArray:
    """By triad and the states of the dyads of nodes 0 and 1, 0 and 2, 1 and 2: 1 where that is the triad."""
    table = np.zeros((16, 4, 4, 4))
    for k, name in enumerate(CLASSES[3]):
        for arcs in laid(name):
            states = (_STATE_OF[(i, j) in arcs, (j, i) in arcs] for i, j in ((0, 1), (0, 2), (1, 2)))
            table[(k, *states)] = 1
    return table


class IndependentDyadMoments:
    """Moments of one model: float64 that are given as fractions. O(classes ** 3) time, O(classes ** 2) memory."""

    def __init__(self, null: str, sizes: IntArray, chances: FloatArray) -> None:
        self._null = null
        n, q = sizes.astype(np.float64), chances
        pairs = n[:, None] * (n - np.eye(len(n))) / 2  # how many pairs of nodes two classes have, each way half
        self._mean = np.zeros(len(_CODES))
        self._covariance = np.zeros((len(_CODES), len(_CODES)))
        weighted = pairs * q  # (s, a, b)
        third = np.array([[_third(q[u], q[v], n) for v in range(4)] for u in range(4)]).reshape(16, -1)
        flat = weighted.reshape(4, -1)
        triads = _triads().reshape(16, 4, 16)  # triad, s, (u, v)
        dyads = np.array([[float(s in _DYADS[name]) for s in range(4)] for name in CLASSES[2]])

        self._mean[:3] = dyads @ flat.sum(axis=1)
        self._mean[3:] = np.einsum("tsx,sx->t", triads, flat @ third.T) / 3

        once = np.array([(third * flat[s]) @ third.T for s in range(4)])  # (s, uv, uv')
        both = np.zeros((4, 4, 16, 16))
        for s, r in combinations_with_replacement(range(4), 2):
            both[s, r] = both[r, s] = (third * (flat[s] * q[r].ravel())) @ third.T
        same_once, same_both = _same_third(q, n, weighted)
        of_triads = np.einsum("tsx,sxy,rsy->tr", triads, once - same_once, triads)
        of_triads -= np.einsum("tsx,sqxy,rqy->tr", triads, both - same_both, triads)
        # the same nodes: pairs of triads that are one, counted from each of its three dyads
        of_triads += np.diag(self._mean[3:]) - np.einsum("tsx,sqxy,rqy->tr", triads, same_both, triads) / 3
        self._covariance[3:, 3:] = of_triads

        given = np.array([[(flat[s] * q[r].ravel()) @ third.T for r in range(4)] for s in range(4)])  # (s, r, uv)
        mixed = np.einsum("ds,tsx,sx->dt", dyads, triads, flat @ third.T)
        mixed -= np.einsum("ds,trx,srx->dt", dyads, triads, given)
        self._covariance[:3, 3:], self._covariance[3:, :3] = mixed, mixed.T
        squares = np.array([[(weighted[s] * q[r]).sum() for r in range(4)] for s in range(4)])
        self._covariance[:3, :3] = np.diag(self._mean[:3]) - dyads @ squares @ dyads.T

    def mean_and_variance(self, name: str) -> tuple[Fraction, Fraction]:
        """Return mean and variance of the count of a dyad or triad class."""
        k = self._code(name)
        return Fraction(float(self._mean[k])), Fraction(max(float(self._covariance[k, k]), 0.0))

    def covariance(self, name: str, other: str) -> Fraction:
        """Return the covariance of two counts."""
        return Fraction(float(self._covariance[self._code(name), self._code(other)]))

    def _code(self, name: str) -> int:
        if name not in _CODES:
            raise NotImplementedError(
                f'samples=0 (closed forms) of null="{self._null}" is known for sizes 2 and 3 only'
            )
        return _CODES[name]


def _third(first: FloatArray, second: FloatArray, n: FloatArray) -> FloatArray:
    """Sum a product over third nodes k of two nodes i, j: first[i, k] * second[j, k], by the classes of i and j."""
    found = (first * n) @ second.T
    found -= first.diagonal()[:, None] * second.T  # k is i
    found -= first * second.diagonal()  # k is j
    return found


def _same_third(q: FloatArray, n: FloatArray, weighted: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Sums of products of two triads on the same three nodes: (s, uv, u'v') and (s, r, uv, u'v')."""
    once, both = np.zeros((4, 4, 4, 4, 4)), np.zeros((4, 4, 4, 4, 4, 4))
    states = list(combinations_with_replacement(range(4), 2))
    for (u, x), (v, y) in product(states, repeat=2):
        found = _third(q[u] * q[x], q[v] * q[y], n)
        of_states = weighted * found
        of_one = of_states.sum(axis=(1, 2))
        of_two = of_states.reshape(4, -1) @ q.reshape(4, -1).T
        for (a, c), (b, d) in product({(u, x), (x, u)}, {(v, y), (y, v)}):
            once[:, a, b, c, d] = of_one
            both[:, :, a, b, c, d] = of_two
    return once.reshape(4, 16, 16), both.reshape(4, 4, 16, 16)
