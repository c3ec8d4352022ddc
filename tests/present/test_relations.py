"""Relations as sentences: whole numbers, true of the counts, and every class that is meant is named."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from motifcount.inference.relations import Relation
from motifcount.present.relations import sentence, sentences

NAMES = ["021D", "021U", "021C", "111D", "111U", "030T", "030C", "120D"]  # no numbers
FRACTIONS = st.fractions(-20, 20, max_denominator=6)


@given(
    constant=FRACTIONS,
    factors=st.dictionaries(st.sampled_from(NAMES), FRACTIONS.filter(bool), min_size=1, max_size=5),
    counts=st.lists(st.integers(0, 10**6), min_size=8, max_size=8),
)
def test_the_formula_is_the_relation(constant, factors, counts):
    values = dict(zip(NAMES, counts, strict=True))
    told = sentence("bifan", str(Relation(constant, factors)))
    formula = re.search(r": (.*?)(?:, so .*)?$", told)[1].replace(",", "").replace("−", "-").replace(" × ", "*")
    assert "/" not in formula
    left, right = formula.split(" = ")
    scale = int(left.removesuffix("bifan").rstrip("*") or 1)
    terms = re.findall(r"(^-?|[+-]) ?(?:(\d+)\*)?(\w+)", right)
    found = Fraction(0)
    for sign, number, name in terms:
        found += (-1 if sign == "-" else 1) * int(number or 1) * (values[name] if name in values else int(name))
    exact = constant + sum(factor * values[name] for name, factor in factors.items())
    assert found == scale * exact
    assert set(factors) == set(re.match(r"bifan follows from (.*?):", told)[1].replace(" and ", ", ").split(", "))


@pytest.mark.parametrize(
    ("relation", "told"),
    [
        ("12 - 3 x [030T]", "021C = 12 − 3 × 030T, so 1 more of 030T is 3 fewer of 021C"),
        ("[111U]", "021C = 111U, so 1 more of 111U is 1 more of 021C"),
        ("-1/2 + 3/2 x [030T]", "2 × 021C = −1 + 3 × 030T, so 2 more of 030T are 3 more of 021C"),
        ("1000 - [030T] + 2 x [300]", "021C follows from 030T and 300: 021C = 1,000 − 030T + 2 × 300"),
    ],
)
def test_examples(relation, told):
    assert sentence("021C", relation).endswith(told)


def test_the_relations_of_a_result():
    result = mc.significance([(0, 1), (1, 2), (0, 2), (2, 3), (3, 0), (1, 3), (3, 4), (4, 0)], samples=200, seed=1)
    dependent = [name for name, status in result.status.items() if status == "dependent"]
    assert dependent
    for name in dependent:
        assert sentence(name, result.relations[name]).startswith(f"{name} follows from ")


def test_sums_of_very_many_classes_are_told_together():
    def total(n):
        return " + ".join(f"[{name}]" for name in mc.CLASSES[4][:n])

    short, long = total(16), total(17)
    assert sentences({"021C": short}) == [sentence("021C", short)]
    first, rest = sentences({"021C": f"12 - {long}", "030T": "[300]", "021D": total(90), "021U": long})
    assert first == sentence("030T", "[300]")
    assert rest == (
        "021C, 021D and 021U are determined by what the null model keeps and 17 to 90 other classes; the sums are in "
        ".relations (on the command line, in --json)"
    )
    (told,) = sentences({"021C": long})
    assert told.startswith("021C is determined by what the null model keeps and 17 other classes; the sum is in ")
