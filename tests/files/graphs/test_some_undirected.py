"""GraphML and GEXF whose edges say, each for itself, whether they have a direction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motifcount.files import read_graph
from support import edge_sets

GRAPHML = '<graphml><graph id="g" edgedefault="{}">{}{}</graph></graphml>'
GEXF = (
    '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"><graph defaultedgetype="{}"><nodes>{}</nodes>'
    "<edges>{}</edges></graph></gexf>"
)
SAYS = {
    "graphml": {None: "", True: ' directed="true"', False: ' directed="false"'},
    "gexf": {None: "", True: ' type="directed"', False: ' type="undirected"'},
}
PAIRS = st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")).filter(lambda pair: pair[0] != pair[1])


def written(kind, default, edges):
    nodes = "".join(f'<node id="{name}" label="{name}"/>' for name in "abcd")
    lines = "".join(
        f'<edge id="{k}" source="{u}" target="{v}"{SAYS[kind][said]}/>' for k, ((u, v), said) in enumerate(edges)
    )
    return {"graphml": GRAPHML, "gexf": GEXF}[kind].format(default, nodes, lines)


@given(
    st.sampled_from(["graphml", "gexf"]),
    st.sampled_from(["directed", "undirected"]),
    st.lists(st.tuples(PAIRS, st.sampled_from([None, True, False])), min_size=1, max_size=6, unique_by=lambda e: e[0]),
)
def test_every_edge_may_say_it_whatever_the_default_of_the_graph(tmp_path_factory, kind, default, edges):
    path = tmp_path_factory.getbasetemp() / f"some.{kind}"
    path.write_text(written(kind, default, edges))
    free = [pair for pair, said in edges if not (default == "directed" if said is None else said)]
    as_written = {pair for pair, _ in edges}
    if not free:
        assert edge_sets.labels_in_words(read_graph(path)) == as_written
        return
    with pytest.raises(ValueError, match=r"undirected=True.*undirected=False"):
        read_graph(path)
    both_ways = as_written | {(v, u) for u, v in free}
    assert edge_sets.labels_in_words(read_graph(path, undirected=True)) == both_ways
    assert edge_sets.labels_in_words(read_graph(path, undirected=False)) == as_written


def test_the_number_of_edges_without_a_direction_is_told(tmp_path):
    path = tmp_path / "a.graphml"
    path.write_text(written("graphml", "directed", [(("a", "b"), False), (("b", "c"), None)]))
    with pytest.raises(ValueError, match="the file calls 1 of its edges undirected"):
        read_graph(path)
    path.write_text(written("gexf", "directed", [(("a", "b"), None)]).replace('target="b"', 'target="b" type="mutual"'))
    path.rename(tmp_path / "a.gexf")
    assert edge_sets.labels_in_words(read_graph(tmp_path / "a.gexf", undirected=True)) == edge_sets.arcs("a>b b>a")


@pytest.mark.parametrize("says", ["", "directed 0", "directed 0\n  multigraph 1"])
def test_undirected_gml_is_taken_as_it_is_written(tmp_path, says):
    nodes = "".join(f'  node [ id {k} label "{name}" ]\n' for k, name in enumerate("abc"))
    text = f"graph [\n  {says}\n{nodes}  edge [ source 1 target 0 ]\n  edge [ source 1 target 2 ]\n]\n"
    (tmp_path / "a.gml").write_text(text)
    with pytest.raises(ValueError, match=r"undirected=True.*undirected=False"):
        read_graph(tmp_path / "a.gml")
    assert edge_sets.in_words(read_graph(tmp_path / "a.gml", undirected=False)) == edge_sets.arcs("b>a b>c")
    assert edge_sets.in_words(read_graph(tmp_path / "a.gml", undirected=True)) == edge_sets.arcs("b>a a>b b>c c>b")
