"""What a line says counts wherever it stands: thousands of others above it do not hide it."""

from __future__ import annotations

import pytest

from motifcount.files import read_graph, read_with_report
from motifcount.files.text.dialect import HEAD_ROWS
from support import edge_sets

LINES = {
    "a backward arrow": ("", "g{} -> h{}\n", "g1 <- g2\n", "'<-' beside '->'"),
    "no arrow": ("", "g{} -> h{}\n", "g1 -- g2\n", "'--' beside '->'"),
    "a backward relation": (
        "source,target,interaction\n",
        "g{},h{},activates\n",
        "g5,g6,regulated by\n",
        "'regulated by'",
    ),
    "beside integers": ("source,target,interaction\n", "{},9{},activates\n", "5,6,regulated by\n", "'regulated by'"),
    "undirected": ("source,target,x\n", "g{},h{},Directed\n", "g5,g6,undirected\n", "1 of its edges undirected"),
    "undirected integers": ("source,target,x\n", "{},9{},Directed\n", "5,6,undirected\n", "1 of its edges undirected"),
    "a node where relations are": ("", "g{} + h{}\n", "g1 g2 g3\n", "hold words, and no header says"),
    "received": ("Neuron 1,Neuron 2,Type\n", "n{},m{},S\n", "n1,n2,R\n", "received"),
    "among notes": ("source,target,note\n", "g{0},h{0},t{0}\n", "g5,g6,undirected\n", "is not understood"),
}


@pytest.mark.parametrize("n", [10, HEAD_ROWS + 1000])
@pytest.mark.parametrize("case", LINES)
def test_it_is_refused_wherever_it_stands(tmp_path, case, n):
    header, line, last, says = LINES[case]
    lines = [line.format(k, k % 70 + 100) for k in range(n)]
    (tmp_path / "a.txt").write_text(header + "".join([*lines, last, *lines]))
    with pytest.raises(ValueError, match=says):
        read_graph(tmp_path / "a.txt")


def test_other_words_further_down_change_nothing(tmp_path):
    rows = [f"g{k},h{k % 70},activates,{k}\n" for k in range(HEAD_ROWS + 1000)]
    text = "source,target,interaction,time\n" + "".join([*rows, "g1,h2,inhibits,none\n"])
    (tmp_path / "a.csv").write_text(text)
    graph, report = read_with_report(tmp_path / "a.csv")
    assert edge_sets.in_words(graph) == {tuple(row.split(",")[:2]) for row in [*rows, "g1,h2,"]}
    assert report.columns["relation (not used)"] == "'interaction'"
