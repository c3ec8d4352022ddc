"""Tables with more than one reading: cells of several labels, matrices that are not square, backward relations."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motifcount.files import read_graph, read_with_report
from support import edge_sets
from support.refusals.readings import REFUSED


@pytest.mark.parametrize("case", REFUSED)
def test_refused(tmp_path, case):
    text, says = REFUSED[case]
    (tmp_path / "a.csv").write_text(text)
    with pytest.raises(ValueError, match=says):
        read_graph(tmp_path / "a.csv")


READ = {
    "phrases": ("source,target\nred fox,hare\nhare,tall grass\n", {}, "red_fox>hare hare>tall_grass"),
    "a delimiter that is named": ("source,target\na,b c\nb,c\nc,a\n", {"delimiter": ","}, "a>b_c b>c c>a"),
    "numbered columns": ("0,1,weight\na,b,3\nb,c,0\n", {}, "a>b"),
    "numbered columns above integers": ("1,2,weight\n5,7,3\n7,8,0\n", {}, "5>7"),
    "numbered columns that are named": ("1,2,weight\n5,7,3\n7,8,0\n", {"columns": (1, 0)}, "7>5"),
    "a header in a comment": ("# target,source,neuropil\nn0,n1,AL\nn5,n6,AL\n", {}, "n1>n0 n6>n5"),
    "a format in a comment": ("# Format: target source weight\na b 3\nb c 0\n", {}, "b>a"),
    "who is eaten": ("source,type,target\nhare,eatenBy,fox\ngrass,eatenBy,hare\n", {}, "hare>fox grass>hare"),
    "a backward relation that is turned": (
        "source,interaction,target\nA,regulated_by,B\n", {"columns": ("target", "source")}, "B>A"
    ),
    "two nodes both ways": ("0,1\n1,0\n", {}, "0>1 1>0"),
    "two edges": ("1 2\n2 3\n", {"format": "edges"}, "1>2 2>3"),
    "as many edges as nodes": ("4 4\n1 2\n2 3\n3 4\n4 2\n", {"header": True}, "1>2 2>3 3>4 4>2"),
    **{
        name: (f"{header}\n11,12\n12,13\n", {}, "12>11 13>12")
        for name, header in [
            *[("plurals", "targets,sources"), ("plurals of genes", "Gene,TFs"), ("plurals of prey", "Predators,Preys")],
            *[("GATEWAy", "con.taxonomy,res.taxonomy"), ("ids", "con_id,res_id"), ("neurites", "dendrite,axon")],
            *[("fibres", "efferent_to,afferent_from"), ("hosts", "dstip,srcip"), ("RNA", "mRNA,miRNA")],
            *[("data", "output_id,input_id"), ("who infects", "infected,infector"), ("who votes", "votee,voter")],
        ]
    },
}  # fmt: skip


@pytest.mark.parametrize("case", READ)
def test_read_right(tmp_path, case):
    text, options, expected = READ[case]
    (tmp_path / "a.csv").write_text(text)
    found = edge_sets.in_words(read_graph(tmp_path / "a.csv", **options))
    assert {(u.replace(" ", "_"), v.replace(" ", "_")) for u, v in found} == edge_sets.arcs(expected)


@pytest.mark.parametrize("text", ["A\tactivated-by\tB\nA\tinhibits\tC\n", "A\tregulatedBy\tB\n", "A\tbackward\tB\n"])
def test_backward_relations_of_sif(tmp_path, text):
    (tmp_path / "a.sif").write_text(text)
    with pytest.raises(ValueError, match="leads from the target to the source"):
        read_graph(tmp_path / "a.sif")
    (tmp_path / "a.sif").write_text("hare\teatenBy\tfox\n")
    assert edge_sets.in_words(read_graph(tmp_path / "a.sif")) == edge_sets.arcs("hare>fox")


def test_names_that_say_no_direction_and_who_eats_are_told(tmp_path):
    (tmp_path / "a.csv").write_text("apple,pear\n1,2\n2,3\n")
    assert "edges lead from 'apple' to 'pear'" in read_with_report(tmp_path / "a.csv")[1].line()
    (tmp_path / "a.csv").write_text("source,type,target\nfox,eats,hare\n")
    assert "from the eater to the eaten" in read_with_report(tmp_path / "a.csv")[1].line()


def test_a_header_above_a_square_of_numbers(tmp_path):
    (tmp_path / "a.csv").write_text("0,5,1\n0,0,1\n1,0,0\n")
    for options in ({}, {"format": "matrix"}):
        with pytest.raises(ValueError, match="leaves 2 lines of 3 fields"):
            read_graph(tmp_path / "a.csv", header=True, **options)


@given(st.integers(2, 7), st.integers(2, 3), st.integers(0, 2**32 - 1))
def test_what_metis_writes_is_refused(tmp_path_factory, half, degree, seed):
    graph = nx.random_regular_graph(degree, 2 * half, seed=seed)
    path = tmp_path_factory.getbasetemp() / "a.txt"
    lines = [" ".join(str(v + 1) for v in graph[u]) for u in range(2 * half)]
    path.write_text("\n".join([f"{2 * half} {graph.number_of_edges()}", *lines]) + "\n")
    with pytest.raises(ValueError, match="METIS"):
        read_graph(path)


@given(st.integers(8, 40), st.integers(3, 6), st.integers(0, 2**32 - 1))
def test_counts_by_two_kinds_of_nodes_are_refused(tmp_path_factory, rows, columns, seed):
    rng = np.random.default_rng(seed)
    matrix = rng.integers(1, 9, (rows, columns)) * (rng.random((rows, columns)) < 0.3)
    path = tmp_path_factory.getbasetemp() / "a.csv"
    np.savetxt(path, matrix, fmt="%d", delimiter=",")
    if ((matrix == 0).sum(0) * 4 < rows).any():
        return
    with pytest.raises(ValueError, match=r"not square|may be a matrix"):
        read_graph(path)
