"""Columns that say whether a line is an edge are used, or asked for; what is not used is told."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motifcount.files import read_graph, read_with_report
from support import edge_sets
from support.refusals.unused_columns import REFUSED

FLAGS = r"""link links edge edges exists present presence is_edge isEdge has_edge connected connection adjacent
 adjacency A_ij interactions"""
AMOUNTS = r"""total amount flow volume syn contacts num_contacts n_contacts connection_strength fraction FLN probability
 proportion multiplicity Poids peso coef data n_syn Gewicht"""
OTHERS = r"""type year time layer sign effect mode id score source_layer"""


@pytest.mark.parametrize("case", REFUSED)
def test_lines_that_may_be_no_edges_are_asked_for(tmp_path, case):
    text, says = REFUSED[case]
    (tmp_path / "a.csv").write_text(text)
    with pytest.raises(ValueError, match=says):
        read_graph(tmp_path / "a.csv")


@pytest.mark.parametrize("name", [*FLAGS.split(), *AMOUNTS.split()])
def test_a_name_that_says_how_much_or_whether_is_a_weight(tmp_path, name):
    rows = "a,b,1\nb,c,0\na,c,1\n" if name in FLAGS.split() else "a,b,2\nb,c,0\na,c,0.5\n"
    (tmp_path / "a.csv").write_text(f"source,target,{name}\n{rows}")
    graph, report = read_with_report(tmp_path / "a.csv")
    assert edge_sets.labels_in_words(graph) == edge_sets.arcs("a>b a>c")
    assert report.columns["weight"] == repr(name)


@pytest.mark.parametrize("name", OTHERS.split())
def test_names_that_say_something_else_keep_every_line(tmp_path, name):
    (tmp_path / "a.csv").write_text(f"source,target,{name}\na,b,1\nb,c,0\na,c,1\n")
    graph, report = read_with_report(tmp_path / "a.csv")
    assert edge_sets.labels_in_words(graph) == edge_sets.arcs("a>b b>c a>c")
    told = " ".join(f"{role} {column}" for role, column in report.columns.items())
    assert f"{name!r} (1 lines hold 0)" in told


@pytest.mark.parametrize(
    ("yes", "no"), [("yes", "no"), ("Y", "N"), ("TRUE", "FALSE"), ("present", "absent"), ("t", "f")]
)
@pytest.mark.parametrize("name", ["edge", "exists", "connected"])
def test_words_that_say_whether_there_is_an_edge(tmp_path, name, yes, no):
    (tmp_path / "a.csv").write_text(f"source,target,{name}\na,b,{yes}\nb,c,{no}\na,c,{yes}\n")
    assert edge_sets.labels_in_words(read_graph(tmp_path / "a.csv")) == edge_sets.arcs("a>b a>c")


@pytest.mark.parametrize("name", ["", "id", "index"])
def test_a_column_that_counts_the_lines_is_no_weight_beside_all_pairs(tmp_path, name):
    pairs = [(u, v) for u in range(3) for v in range(3) if u != v]
    rows = "".join(f"{k},{u},{v}\n" for k, (u, v) in enumerate(pairs))
    (tmp_path / "a.csv").write_text(f"{name},citing,cited\n{rows}")
    assert edge_sets.by_label(read_graph(tmp_path / "a.csv")) == set(pairs)


@pytest.mark.parametrize("name", [*FLAGS.split(), "total", "flow", "data"])
def test_a_name_of_a_weight_above_words_is_none(tmp_path, name):
    (tmp_path / "a.csv").write_text(f"source,target,{name}\na,b,x\nb,c,y\n")
    graph, report = read_with_report(tmp_path / "a.csv")
    assert edge_sets.labels_in_words(graph) == edge_sets.arcs("a>b b>c")
    assert report.columns["not used"] == repr(name)


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=3, max_size=30),
    st.integers(0, 2**32 - 1),
    st.sampled_from([(0, 1), (0, 3, 7), ("0.0", "1.0"), ("0.50", "0.00"), ("False", "True"), ("0e0", "2")]),
    st.sampled_from(["{}", "n{}"]),
    st.booleans(),
)
def test_zeros_are_counted_whatever_the_labels(tmp_path_factory, edges, seed, values, label, wide):
    """The number of zeros is told, or the column asked for, where it holds two values that may say yes and no."""
    path = tmp_path_factory.getbasetemp() / "zeros.csv"
    found = np.random.default_rng(seed).choice([str(value) for value in values], len(edges)).tolist()
    lines = ["from,to,x,what" if wide else "from,to,what"]
    lines += [
        f"{label.format(u)},{label.format(v)},{'q,' if wide else ''}{w}" for (u, v), w in zip(edges, found, strict=True)
    ]
    path.write_text("\n".join(lines) + "\n")
    zeros = sum(word in ("False",) or (word != "True" and float(word) == 0) for word in found)
    nodes = {end for edge in edges for end in edge}
    is_complete = len({(u, v) for u, v in edges if u != v}) == len(nodes) * (len(nodes) - 1) and len(nodes) > 2
    ones = sum(word in ("1", "1.0", "True") for word in found)
    is_doubtful = zeros and (is_complete or (ones and zeros + ones == len(found)))
    if is_doubtful:
        with pytest.raises(ValueError, match="weight='what'"):
            read_graph(path)
        no = ("0", "0.0", "0.00", "False", "0e0")
        live = {edge for edge, word in zip(edges, found, strict=True) if word not in no}
        assert read_graph(path, weight="what").n_edges == len({(u, v) for u, v in live if u != v})
    graph, report = read_with_report(path, columns=("from", "to") if is_doubtful else None)
    assert graph.n_edges == len({(u, v) for u, v in edges if u != v})
    assert (f"'what' ({zeros} lines hold 0)" in report.columns["not used"]) == (zeros > 0)


def test_zeros_far_below_are_seen(tmp_path):
    """The first lines tell what a column holds; the others count as well."""
    ends = [(u, v) for u in range(120) for v in range(60)]
    for label in ("{}", "n{}"):
        rows = [f"{label.format(u)}\t{label.format(v + 200)}\t1" for u, v in ends]
        (tmp_path / "a.tsv").write_text("\n".join([*rows, f"{label.format(1)}\t{label.format(2)}\t0"]) + "\n")
        with pytest.raises(ValueError, match="1 of 7,201 lines"):
            read_graph(tmp_path / "a.tsv")


@pytest.mark.parametrize(("above", "last"), [("7", "0.0"), ("0.5", "0"), ("7", "3.5"), ("", "0")])
def test_kinds_of_numbers_that_change_far_below(tmp_path, above, last):
    rows = [f"{u},{v + 200},{above if u else 7}" for u in range(120) for v in range(60)]
    (tmp_path / "a.csv").write_text("\n".join(["source,target,time", *rows, f"1,2,{last}"]) + "\n")
    graph, report = read_with_report(tmp_path / "a.csv")
    assert graph.n_edges == 7201
    assert report.columns["not used"] == "'time'" + (" (1 lines hold 0)" if last in ("0.0", "0") else "")


def test_first_edges_are_those_of_the_graph(tmp_path):
    (tmp_path / "a.csv").write_text("source,target\na,a\na,b\na,b\nb,c\nc,a\nc,b\n")
    assert read_with_report(tmp_path / "a.csv")[1].sample == (("a", "b"), ("b", "c"), ("c", "a"))


def test_loops_are_no_pairs_below_the_threshold(tmp_path):
    (tmp_path / "a.csv").write_text("source,target,weight\na,a,1\na,b,1\nb,c,5\nc,c,9\n")
    report = read_with_report(tmp_path / "a.csv", threshold=5)[1]
    assert dict(report.dropped) == {"weight 0": 0, "pairs below threshold": 1, "self-loops": 2, "duplicates": 0}
