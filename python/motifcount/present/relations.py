"""What a dependent class follows from, in sentences without fractions."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from fractions import Fraction

_TERM = re.compile(r"([+-]?) ?(?:(\d+(?:/\d+)?) x )?\[([^\]]+)\]")
_CONSTANT = re.compile(r"-?\d+(?:/\d+)?(?= [+-]|$)")

_LONGEST_SUM = 16  # classes


def sentences(relations: Mapping[str, str]) -> list[str]:
    """Return how classes follow from others, as of :attr:`motifcount.Significance.relations`, for people to read.

    A sentence each, but one for all whose sums nobody would read.
    """
    n_others = {name: len(_parsed(relation)[1]) for name, relation in relations.items()}
    long = [name for name, n in n_others.items() if n > _LONGEST_SUM]
    told = [sentence(name, relation) for name, relation in relations.items() if name not in long]
    if not long:
        return told
    fewest, most = min(n_others[name] for name in long), max(n_others[name] for name in long)
    number = f"{most}" if fewest == most else f"{fewest} to {most}"
    verb = "is" if len(long) == 1 else "are"
    sums = "the sum is" if len(long) == 1 else "the sums are"
    others = f"by what the null model keeps and {number} other classes"
    return [*told, f"{_listed(long)} {verb} determined {others}; {sums} in .relations (on the command line, in --json)"]


def sentence(name: str, relation: str) -> str:
    """Return how a class follows from others, with the sum, as a sentence.

    Examples
    --------
    >>> sentence("021C", "144 - 3/2 x [030T]")
    '021C follows from 030T: 2 × 021C = 288 − 3 × 030T, so 2 more of 030T are 3 fewer of 021C'
    """
    constant, factors = _parsed(relation)
    scale = math.lcm(constant.denominator, *(factor.denominator for factor in factors.values()))
    terms = [f"{int(scale * constant):,}".replace("-", "−")] if constant or not factors else []
    for other, factor in factors.items():
        sign = "− " if factor < 0 else "+ " if terms else ""
        terms.append(f"{sign}{_times(abs(int(scale * factor)))}{other}")
    found = f"{name} follows from {_listed(list(factors))}: {_times(scale)}{name} = {' '.join(terms)}"
    if len(factors) > 1:
        return found
    ((other, factor),) = factors.items()
    more, direction = abs(factor), "more" if factor > 0 else "fewer"
    return (
        f"{found}, so {more.denominator} more of {other} {'is' if more.denominator == 1 else 'are'} "
        f"{more.numerator:,} {direction} of {name}"
    )


def _parsed(relation: str) -> tuple[Fraction, dict[str, Fraction]]:
    """Return the constant and the factor of each class."""
    constant = _CONSTANT.match(relation)
    found = _TERM.findall(relation[constant.end() if constant else 0 :])
    factors = {name: Fraction(number or 1) * (-1 if sign == "-" else 1) for sign, number, name in found}
    return Fraction(constant[0]) if constant else Fraction(0), factors


def _times(factor: int) -> str:
    return "" if factor == 1 else f"{factor:,} × "


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
