"""Ids that lost digits though they are integers, missing values of other programs, and one spelling of an integer."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motifcount.files import read_graph, read_with_report
from support import edge_sets

LOSE = {"Excel": lambda x: x - x % 1000, "floats": lambda x: int(float(x)), "nothing": lambda x: x}


@given(st.integers(0, 2**32), st.sampled_from(sorted(LOSE)), st.booleans())
def test_ids_that_lost_digits_are_refused(tmp_path_factory, seed, how, words):
    path = tmp_path_factory.getbasetemp() / "ids.csv"
    ids = random.Random(seed).sample(range(720575940000000000, 720575941000000000), 5)
    written = [LOSE[how](number) for number in ids]
    pairs = list(pairwise(written))
    path.write_text("pre,post\n" + "".join(f"{u},{v}\n" for u, v in pairs) + ("soma,glia\n" if words else ""))
    if how == "nothing":
        assert {(str(u), str(v)) for u, v in pairs} <= edge_sets.labels_in_words(read_graph(path))
        return
    with pytest.raises(ValueError, match=f"lost digits in {'a spreadsheet' if how == 'Excel' else 'floats'}"):
        read_graph(path)
    graph, report = read_with_report(path, columns=("pre", "post"))
    assert {(str(u), str(v)) for u, v in pairs if u != v} <= edge_sets.labels_in_words(graph)
    assert any("lost digits" in note for note in report.notes)


def test_two_round_ids_may_be_chance(tmp_path):
    (tmp_path / "a.csv").write_text("pre,post\n720575940621039104,720575940618707456\n")
    assert read_graph(tmp_path / "a.csv").n_edges == 1


ERRORS = r"""#REF! #NAME? #VALUE! #DIV/0! #NUM! #NULL! #SPILL! #NV #BEZUG! #WERT! n/a \N (null) (blank) N.A."""


@pytest.mark.parametrize("word", ERRORS.split())
def test_errors_and_missing_values_are_no_nodes(tmp_path, word):
    for place, line in (("line 2", f"a,{word}\nb,c\nc,a\n"), ("line 4", f"b,c\nc,a\n{word},a\n")):
        (tmp_path / "a.csv").write_text(f"source,target\n{line}")
        with pytest.raises(ValueError, match=f"{place} must hold.*(spreadsheet|missing)"):
            read_graph(tmp_path / "a.csv")


ONE_SPELLING = {
    "one column of floats": ("pre,post\n11.0,abc\n12.0,11\n", "11>abc 12>11"),
    "one spelling alone": ("pre,post\n8.0,abc\n12,8.0\n", "8>abc 12>8"),
    "by C": ("8.000000E+00,n1\nn1,9\n", "8>n1 n1>9"),
    "several spellings beside a decimal": ("source,target\n1.5,2\n2.0,a\n3.0,a\n", "1.5>2 2>a 3.0>a"),
    "versions": ("source,target\n1.0,a\n1.5,a\n2.0,b\n", "1.0>a 1.5>a 2.0>b"),
}


@pytest.mark.parametrize("case", ONE_SPELLING)
def test_integers_among_words_have_one_spelling(tmp_path, case):
    text, expected = ONE_SPELLING[case]
    (tmp_path / "a.csv").write_text(text)
    assert edge_sets.labels_in_words(read_graph(tmp_path / "a.csv")) == {
        tuple(arc.split(">")) for arc in expected.split()
    }


@pytest.mark.parametrize("word", ["1.25e+01", "1.2345e+06", "7.2057594e+17"])
def test_an_integer_in_scientific_notation_that_is_none_is_refused(tmp_path, word):
    (tmp_path / "a.csv").write_text(f"source,target\n{word},2\n3,4\n")
    with pytest.raises(ValueError, match=r"has lost digits of an integer"):
        read_graph(tmp_path / "a.csv")
