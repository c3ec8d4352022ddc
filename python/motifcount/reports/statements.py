"""What a result says, and what it does not, in plain sentences. Knows results only."""

from __future__ import annotations

import inspect
import math
from collections.abc import Sequence

from motifcount.inference.effects import FEW
from motifcount.inference.result import ClassResult, Significance
from motifcount.motifs.by_class import ranked
from motifcount.motifs.classes import ALIASES
from motifcount.nulls import resolve
from motifcount.present import relations
from motifcount.present.numbers import amount, how_often, z_with_error

LEVEL = 0.05
"""Adjusted p-values up to this make a finding."""

_MOST_NAMES = 12


def what_is_kept(result: Significance) -> str:
    """Return what the random graphs share with the graph, and the options of the null model."""
    model = resolve(result.null)
    first = (inspect.getdoc(model) or "").splitlines()[0].removesuffix(".").replace("`", "")
    return f"{first} ({', '.join(model.in_words)})." if model.in_words else f"{first}."


def findings(result: Significance) -> list[str]:
    """Return the classes that are more or less frequent than chance explains, those of lowest p first."""
    found = [name for name in result if result.p_adjusted[name] <= LEVEL]
    return [finding(result, name) for name in ranked(found, result.p_adjusted.__getitem__, smallest_first=True)]


def finding(result: Significance, name: str) -> str:
    """Return how often a class occurs, and how often in random graphs."""
    each = result[name]
    direction = "more" if each.observed > each.mean else "less"
    z = z_with_error(each.z, each.z_error, decimals=1).replace("-", "−")
    return (
        f"{called(name)} occurs {direction} often than in such random graphs: {_against(each)} "
        f"({f'z = {z}, ' if z else ''}adjusted p = {each.p_adjusted:.3g})."
    )


def _against(each: ClassResult) -> str:
    """Return how often a class occurs, and how often in random graphs."""
    expected = f"{amount(each.mean)} ± {amount(each.std)}" if each.std else f"{each.mean:,.0f} in each of them"
    return f"{how_often(each.observed)} against {expected}"


def unsettled(result: Significance) -> list[str]:
    """Return what p-values say where no class is a finding, and which classes more samples could make one."""
    if all(math.isnan(p) for p in result.p_over.values()):
        return ["How far each count lies from its mean, in the table; a claim at a level of error needs p-values."]
    tested = _tested(result)
    if not tested:
        return ["Nothing: none of these classes could be tested."]
    lowest = min(result.p_adjusted[name] for name in tested)
    said = [] if lowest <= LEVEL else [f"No class is significant: adjusted p-values are {lowest:.3g} or more."]
    beyond = [name for name in _beyond_all_samples(result) if result.p_adjusted[name] > LEVEL]
    if beyond:
        lies = "lies" if len(beyond) == 1 else "lie"
        beyond[0] += f" ({_against(result[beyond[0]])})"
        said.append(
            f"Beyond all {result.samples:,} random graphs {lies} {listed(beyond)}, not significant once p is adjusted: "
            "more samples could tell."
        )
    return said


def _tested(result: Significance) -> list[str]:
    return [name for name in result.possible_classes if not math.isnan(result.p_adjusted[name])]


def _beyond_all_samples(result: Significance) -> list[str]:
    """Return the classes of which p is the lowest that so many samples can give, those of largest z first."""
    lowest = 1 / (1 + result.samples)
    found = [name for name in _tested(result) if min(result.p_over[name], result.p_under[name]) <= lowest]
    return ranked(found, result.z.__getitem__)


def called(name: str) -> str:
    """Return a class with what it is called in words, if anything."""
    words = [alias.replace("_", " ") for alias, of in ALIASES.items() if of == name and not alias.isdigit()]
    return f"{name} ({words[0]})" if words else name


def drawn(result: Significance) -> str:
    """Return how many random graphs were drawn, and what ended that."""
    if not result.samples:
        return ""
    if result.until is None:
        return f"{result.samples:,} of them were drawn."
    return (
        f"{result.samples:,} of them were drawn: until the p-value of every class was known to about "
        f"{result.until.relative_error:.0%}, or there were {result.until.max_samples:,}."
    )


def summary(result: Significance) -> str:
    """Return in a few sentences how many classes could be tested and what came out."""
    shown = result.possible_classes
    of_status = {
        status: [name for name in shown if result.status[name] == status]
        for status in ("varies", "dependent", "fixed", "constant")
    }
    tested = _tested(result)
    sentences = []
    if not result.samples:
        sentences.append("Means and standard deviations are exact; without samples there are no p-values.")
    elif resolve(result.null).is_fitted:
        sentences.append("The null model was fitted to this graph, so there are no p-values, and no class is tested.")
    elif not tested and result.n_tested:
        sentences.append(f"None of the {result.n_tested} classes that were tested is among those told here.")
    elif not tested:
        sentences.append("No class is free to vary under this null model, so there is nothing to test.")
    else:
        significant = [name for name in tested if result.p_adjusted[name] <= LEVEL]
        more = sum(result.observed[name] > result.mean[name] for name in significant)
        less = len(significant) - more
        classes = "class was" if result.n_tested == 1 else "classes were"
        here = (
            "" if len(tested) == result.n_tested else f", p adjusted over all of them; of the {len(tested)} told here"
        )
        outcome = f"{more} more and {less} less often than chance explains" if significant else "none is significant"
        sentences.append(f"{result.n_tested} {classes} tested{here}: {outcome} (adjusted p at most {LEVEL:g}).")
    for status, words in _STATUS.items():
        if names := of_status[status]:
            sentences.append(f"{len(names)} {words[len(names) > 1]}.")
    return " ".join(sentences)


_STATUS = {
    "dependent": ("follows from others", "follow from others"),
    "fixed": ("is fixed by the null model", "are fixed by the null model"),
    "constant": ("is the same in all samples", "are the same in all samples"),
}


def limits(result: Significance) -> list[str]:
    """Return what the result does not say."""
    shown = result.possible_classes
    fixed = [name for name in shown if result.status[name] == "fixed"]
    dependent = [name for name in shown if result.status[name] == "dependent"]
    said = []
    if fixed:
        said.append(f"Nothing about {listed(fixed)}: the null model leaves no freedom there.")
    if dependent:
        verb = "follows" if len(dependent) == 1 else "follow"
        said.append(f"No findings of their own: {listed(dependent)}, which {verb} from other classes, as told below.")
    if resolve(result.null).is_fitted:
        said.append(
            "z is no test: the probabilities of edges were estimated from this graph, so that random graphs add chance "
            "to what chance has made already, and z of a graph without structure need not be near 0."
        )
    else:
        said += _no_measure(result)
        said += _lowest_p(result)
    said.append(
        "What is tested is the wiring beyond what the random graphs keep; others that keep more, or less, answer other "
        "questions."
    )
    said.append("That a pattern is frequent does not say what it does, nor that it was selected for.")
    said.append("z grows with the size of a network. Networks are compared by their profiles.")
    return said


def _no_measure(result: Significance) -> list[str]:
    """Return of which classes z is no measure, and why."""
    few = [name for name in result.possible_classes if result.few[name] and result.status[name] == "varies"]
    rare = [name for name in few if result.mean[name] < FEW]
    steady = [name for name in few if name not in rare]
    why = [f"{listed(rare)}, of which random graphs have few"] if rare else []
    why += [f"{listed(steady)}, whose number hardly varies among random graphs"] if steady else []
    hold = " The p-values hold." if result.samples else ""
    return [f"z is no measure of probability for {'; nor for '.join(why)}: it is far from normal.{hold}"] if why else []


def _lowest_p(result: Significance) -> list[str]:
    """Return what more samples could tell, and what they may not."""
    said = []
    if beyond := _beyond_all_samples(result):
        lies = "lies" if len(beyond) == 1 else "lie"
        said.append(
            f"p cannot be lower than 1 / (1 + {result.samples:,}) = {1 / (1 + result.samples):.2g}: "
            f"{listed(beyond)} {lies} beyond every random graph, and more samples could tell more."
        )
    if _tested(result):
        said.append("A class without a finding may still differ from chance, by less than this test can tell.")
    return said


def dependencies(result: Significance) -> list[str]:
    """Return how dependent classes follow from others, in sentences."""
    shown = result.possible_classes
    return relations.sentences({name: result.relations[name] for name in shown if result.status[name] == "dependent"})


def mixing(result: Significance) -> list[str]:
    """Return how the swap chain did; nothing where there is none."""
    if result.mixing is None:
        return []
    times = {name: value for name, value in result.mixing.autocorrelation_time.items() if not math.isnan(value)}
    sentences = [f"{result.acceptance:.0%} of {result.attempts:,} swap attempts were accepted."]
    if times:
        slowest = max(times, key=lambda name: times[name])
        sentences.append(
            f"The slowest class, {slowest}, has an autocorrelation time of {times[slowest]:.2g} attempts an edge; "
            f"chains make {result.mixing.swaps_per_edge:g}."
        )
    effective = [value for value in result.ess.values() if not math.isnan(value)]
    if effective:
        sentences.append(f"The effective sample size of {result.samples:,} samples is {min(effective):,.0f} or more.")
    return sentences


def listed(names: Sequence[str]) -> str:
    """Return names as a list in a sentence, of many only the first."""
    if len(names) > _MOST_NAMES:
        return f"{', '.join(names[:_MOST_NAMES])} and {len(names) - _MOST_NAMES} more"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
