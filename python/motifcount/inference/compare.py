"""Are networks alike in their motifs? Similarity of significance profiles, and its test by groups of networks."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments
from motifcount._support.arguments import Sizes
from motifcount.graph import Graph, as_graph
from motifcount.inference import estimates
from motifcount.inference.comparison import Comparison, FloatArray, GroupTest, Measure
from motifcount.inference.result import Significance
from motifcount.inference.sequential import Until
from motifcount.inference.significance import significance
from motifcount.nulls import Null

_LEAST_CLASSES = 3  # fewer give directions that mean nothing
_MOST_PERMUTATIONS = 10**6


def compare(
    networks: Iterable[Any] | Mapping[str, Any],
    groups: Iterable[Hashable] | None = None,
    *,
    measure: Measure = "cosine",
    null: str | Null = "degree",
    size: Sizes | None = None,
    samples: int | Until | Literal["auto"] = 1000,
    permutations: int = 9999,
    seed: int | None = None,
    num_threads: int | None = None,
) -> Comparison:
    """Compare the significance profiles of networks, which may have different sizes.

    Networks are compared in the classes that vary in all of them (status "varies"). A class that is `few` in one is
    left out: its z is no measure, depends much on the seed, and can rule a profile. Without a difference between groups
    every way to label the networks is as likely, so their order among the labelings gives a valid p for any profiles.

    Parameters
    ----------
    networks
        Two or more results of :func:`~motifcount.significance`, of one null model, or graphs, or both; or a mapping
        from names to them.
    groups
        A label for each network, such as the species, to test whether networks of a group are more alike.
    measure
        "cosine" of the profiles, or their "correlation" (Milo et al. 2004, doi:10.1126/science.1089167).
    null, size, samples
        As :func:`~motifcount.significance` takes them, for graphs.
    permutations
        1 to 10**6: if there are no more labelings than that, all are tried, else so many random ones.
    seed
        Of random labelings, and of the samples of graphs: network k has the seed `seed` + k. None for a fresh one.
    num_threads
        Default OMP_NUM_THREADS, else the available cores. The result never depends on it.

    Raises
    ------
    TypeError, ValueError
        For fewer than two networks, results of different null models, fewer than three classes that vary in all and
        are `few` in none, and groups that do not fit.
    NotImplementedError, MemoryError
        As :func:`~motifcount.significance`, of graphs.

    Notes
    -----
    O(networks**2 * (classes + permutations)), beside the samples of graphs; memory O(networks * permutations).

    Examples
    --------
    >>> import motifcount as mc
    >>> nets = {name: mc.datasets.load(name) for name in ("pendulum", "hawkmoth")}
    >>> bool(mc.compare(nets, null="edge_count", samples=0).similarity[0, 1] > 0.9)
    True
    """
    names, given = _named(networks)
    labels = None if groups is None else _labels(groups, len(given))
    arguments.choice("measure", measure, ("cosine", "correlation"))
    permutations = arguments.integer("permutations", permutations, 1, _MOST_PERMUTATIONS)
    seed = arguments.seed_or_fresh(seed)
    results = [
        network
        if isinstance(network, Significance)
        else significance(network, null, size=size, samples=samples, seed=(seed + k) % 2**64, num_threads=num_threads)
        for k, network in enumerate(given)
    ]
    _check_null(results)
    classes, left_out = _classes(results)
    z = np.array([[result.z[name] for name in classes] for result in results])
    profiles = z / np.linalg.norm(z, axis=1, keepdims=True)
    directions = profiles if measure == "cosine" else profiles - profiles.mean(axis=1, keepdims=True)
    similarity = estimates.cosines(directions)
    return Comparison(
        names=names,
        groups=labels,
        classes=classes,
        left_out=left_out,
        profiles=profiles,
        similarity=similarity,
        measure=measure,
        null=results[0].null,
        test=None if labels is None else _test(similarity, labels, permutations, seed),
    )


def _named(networks: Any) -> tuple[tuple[str, ...], list[Any]]:
    if isinstance(networks, Mapping):
        names = [arguments.instance("a name of networks", name, str, "a str") for name in networks]
        given = list(networks.values())
    else:
        given = arguments.sequence("networks", networks, "results of significance or graphs")
        names = [str(k + 1) for k in range(len(given))]
    if len(given) < 2:
        raise ValueError(f"networks must be two or more, not {len(given)}")
    return tuple(names), [_result_or_graph(k, network) for k, network in enumerate(given)]


def _result_or_graph(k: int, network: Any) -> Significance | Graph:
    if isinstance(network, Significance):
        return network
    try:
        return as_graph(network)
    except (TypeError, ValueError) as error:
        raise type(error)(f"networks[{k}]: {error}") from None


def _labels(groups: Any, n: int) -> tuple[Hashable, ...]:
    labels = arguments.sequence("groups", groups, "labels")
    if len(labels) != n:
        raise ValueError(f"groups must have a label for each of {n} networks, not {len(labels)}")
    for k, label in enumerate(labels):
        if not isinstance(label, Hashable):
            raise TypeError(f"groups[{k}] must be a label that can be hashed, not {arguments.shown(label)}")
    if not 1 < len(set(labels)) < n:
        raise ValueError(
            f"groups must be two or more, one of them of two networks or more, not {arguments.shown(labels)}"
        )
    return tuple(labels)


def _check_null(results: Sequence[Significance]) -> None:
    first = results[0].null
    for result in results:
        if result.null != first:
            raise ValueError(
                f"networks must have the same null model, or their z cannot be compared, not {first!r:.80} and "
                f"{result.null!r:.80}"
            )


def _classes(results: Sequence[Significance]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the classes that profiles are of, and those that vary in all networks but are few in one."""
    first, *others = ([name for name in result.classes if result.status[name] == "varies"] for result in results)
    varying = [name for name in first if all(name in other for other in others)]
    left_out = tuple(name for name in varying if any(result.few[name] for result in results))
    classes = tuple(name for name in varying if name not in left_out)
    if len(classes) < _LEAST_CLASSES:
        which = f" ({', '.join(classes)})" if classes else ""
        few = f"; {len(left_out)} more {_VARY[len(left_out) == 1]}" if left_out else ""
        raise ValueError(
            f"networks must have {_LEAST_CLASSES} classes or more that vary in all of them and are few in none, not "
            f"{len(classes)}{which}{few}"
        )
    return classes, left_out


_VARY = (
    "vary, but are few, or hardly vary, in one of them, so that z is no measure",
    "varies, but is few, or hardly varies, in one of them, so that z is no measure",
)


def _test(similarity: FloatArray, labels: Sequence[Hashable], permutations: int, seed: int) -> GroupTest:
    kinds = list(dict.fromkeys(labels))
    given = np.array([kinds.index(label) for label in labels])
    sizes = np.bincount(given).tolist()
    n, n_labelings = len(given), math.factorial(len(given)) // math.prod(map(math.factorial, sizes))
    exact = n_labelings <= permutations
    if exact:
        tried = np.array(list(_labelings(n, sizes)))
    else:
        tried = np.random.default_rng(seed).permuted(np.tile(given, (permutations, 1)), axis=1)
        tried = np.vstack((given, tried))
    apart = similarity - np.diag(np.diag(similarity))
    alike = _within(apart, tried)
    observed = _within(apart, given[None])[0]
    n_within = sum(size * (size - 1) for size in sizes)
    tolerance = 1e-12 * n * n  # sums of the same numbers in another order
    return GroupTest(
        within=float(observed / n_within),
        between=float((apart.sum() - observed) / (n * (n - 1) - n_within)),
        p=float(np.mean(alike >= observed - tolerance)),
        labelings=len(tried),
        exact=exact,
    )


def _within(apart: FloatArray, labelings: npt.NDArray[np.int64]) -> FloatArray:
    """By labeling, the sum of the similarities of networks with the same label."""
    total = np.zeros(len(labelings))
    for kind in range(int(labelings.max()) + 1):
        members = (labelings == kind).astype(np.float64)
        total += ((members @ apart) * members).sum(axis=1)
    return total


def _labelings(n: int, sizes: Sequence[int]) -> Iterator[npt.NDArray[np.int64]]:
    """All ways to give n networks labels 0, 1, …, of which each has its size."""
    labels = np.zeros(n, np.int64)

    def fill(kind: int, free: tuple[int, ...]) -> Iterator[npt.NDArray[np.int64]]:
        if kind == len(sizes):
            yield labels.copy()
            return
        for chosen in combinations(free, sizes[kind]):
            labels[list(chosen)] = kind
            yield from fill(kind + 1, tuple(node for node in free if node not in chosen))

    yield from fill(0, tuple(range(n)))
