"""Rosenbrock methods as data."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt


class Tableau(NamedTuple):
    """A Rosenbrock method for autonomous systems, in the form without products with the Jacobian J.

    Stage i solves (1/(hγ) - J) u_i = f(y + Σ_j a_ij u_j) + Σ_j c_ij u_j / h. The argument of the last stage plus that
    stage is the new state, and the last stage alone estimates the error (Hairer and Wanner, Solving Ordinary
    Differential Equations II, section IV.7, doi:10.1007/978-3-642-05221-7).
    """

    order: int
    gamma: float
    a: npt.NDArray[np.float64]
    c: npt.NDArray[np.float64]


def _lower(*rows: list[float]) -> npt.NDArray[np.float64]:
    return np.array([row + [0.0] * (len(rows) - len(row)) for row in rows])


_LAST = [-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256, 0.030198172008377946]

# G. Steinebach (2023), Construction of Rosenbrock-Wanner method Rodas5P and numerical benchmarks within the Julia
# differential equations package, BIT Numerical Mathematics 63:27, doi:10.1007/s10543-023-00967-x. L-stable, 8 stages;
# its embedded method has order 4.
RODAS5P = Tableau(
    order=5,
    gamma=0.21193756319429014,
    a=_lower(
        [],
        [3.0],
        [2.849394379747939, 0.45842242204463923],
        [-6.954028509809101, 2.489845061869568, -10.358996098473584],
        [2.8029986275628964, 0.5072464736228206, -0.3988312541770524, -0.04721187230404641],
        _LAST,
        [*_LAST, 1.0],
        [*_LAST, 1.0, 1.0],
    ),
    c=_lower(
        [],
        [-14.155112264123755],
        [-17.97296035885952, -2.859693295451294],
        [147.12150275711716, -1.41221402718213, 71.68940251302358],
        [165.43517024871676, -0.4592823456491126, 42.90938336958603, -5.961986721573306],
        [24.854864614690072, -3.0009227002832186, 47.4931110020768, 5.5814197821558125, -0.6610691825249471],
        [30.91273214028599, -3.1208243349937974, 77.79954646070892, 34.28646028294783, -19.097331116725623,
         -28.087943162872662],
        [37.80277123390563, -3.2571969029072276, 112.26918849496327, 66.9347231244047, -40.06618937091002,
         -54.66780262877968, -9.48861652309627],
    ),
)  # fmt: skip
