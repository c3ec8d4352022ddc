"""Weights that floats have as 0 are refused in every format, and never drop an edge in silence."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import networkx as nx
import numpy as np
import pandas as pd
import pytest

import motifcount as mc
from motifcount.files import read_graph
from support import edge_sets

WORDS = ["1e-400", "-1.5E-400", "0." + 350 * "0" + "1"]
NODES = "".join(f'<node id="{name}"/>' for name in "abc")
GRAPHML = f"""<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="d0" for="edge" attr.name="%s" attr.type="double"/><graph edgedefault="directed">{NODES}
<edge source="a" target="b"><data key="d0">%s</data></edge><edge source="b" target="c"><data key="d0">1</data></edge>
</graph></graphml>"""
DEFAULT = GRAPHML.replace("/><graph", "><default>%s</default></key><graph").replace('<data key="d0">%s</data>', "")
GEXF = f"""<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"><graph defaultedgetype="directed">
<nodes>{NODES}</nodes><edges><edge id="0" source="a" target="b" %s="%s"/><edge id="1" source="b" target="c" %s="2"/>
</edges></graph></gexf>"""
VALUES = f"""<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"><graph defaultedgetype="directed">
<attributes class="edge"><attribute id="0" title="%s" type="double"/></attributes><nodes>{NODES}</nodes><edges>
<edge id="0" source="a" target="b"><attvalues><attvalue for="0" value="%s"/></attvalues></edge>
<edge id="1" source="b" target="c"><attvalues><attvalue for="0" value="1"/></attvalues></edge></edges></graph></gexf>"""
GML = "graph [ directed 1 " + "".join(f'node [ id {k} label "{name}" ]' for k, name in enumerate("abc"))
GML += " edge [ source 0 target 1 %s %s ] edge [ source 1 target 2 %s 1 ] ]"
LINKS = [{"source": u, "target": v} for u, v in ("ab", "bc")]
JSON = json.dumps({"directed": True, "nodes": [{"id": name} for name in "abc"], "links": LINKS})
JSON = JSON.replace('"b"}, {"source"', '"b", "%s": %s}, {"source"')
FORMATS = {
    "a.graphml": lambda name, word: GRAPHML % (name, word),
    "default.graphml": lambda name, word: DEFAULT % (name, word),
    "a.gexf": lambda name, word: GEXF % (name, word, name),
    "values.gexf": lambda name, word: VALUES % (name, word),
    "a.gml": lambda name, word: GML % (name, word, name),
    "a.json": lambda name, word: JSON % (name, word),
    "a.csv": lambda name, word: f"source,target,{name}\na,b,{word}\nb,c,1\n",
    "integers.csv": lambda name, word: f"source,target,{name}\n1,2,{word}\n2,3,1\n",
    "a.edgelist": lambda name, word: f"a b {{'{name}': {word}}}\nb c {{'{name}': 1}}\n",
}


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("name", FORMATS)
def test_as_weights_they_are_refused_and_elsewhere_they_do_not_matter(tmp_path, name, word):
    path = tmp_path / name
    path.write_text(FORMATS[name]("weight", word))
    with pytest.raises(ValueError, match=r"weight.* too small for floats, which have it as 0"):
        read_graph(path)
    path.write_text(FORMATS[name]("pvalue", word))
    assert len(edge_sets.in_words(read_graph(path))) == 2


@pytest.mark.parametrize("word", WORDS)
def test_where_all_numbers_are_weights(tmp_path, word):
    for name, text in {
        "a.net": f"*Vertices 3\n*Arcs\n1 2 {word}\n2 3 1\n",
        "a.mtx": f"%%MatrixMarket matrix coordinate real general\n3 3 2\n1 2 {word}\n2 3 1\n",
        "matrix.csv": f"a,b,c\n0,{word},1\n0,0,1\n0,0,0\n",
    }.items():
        (tmp_path / name).write_text(text)
        with pytest.raises(ValueError, match="too small"):
            read_graph(tmp_path / name)


@pytest.mark.parametrize("weight", [Decimal("1e-400"), Fraction(1, 10**400), "1e-400"])
def test_of_objects(weight):
    graph = nx.DiGraph([(1, 2, {"weight": weight}), (2, 3, {"weight": 1})])
    with pytest.raises(ValueError, match=r"from node 0 to node 1 .* too small for floats"):
        mc.count(graph)
    with pytest.raises(ValueError, match=r"too small for floats|where a number must be|finite number"):
        mc.count(pd.DataFrame({"source": [1, 2], "target": [2, 3], "weight": [weight, 1]}))
    graph.edges[1, 2]["weight"] = type(weight)(0)
    assert mc.Graph(graph).dropped["weight 0"] == 1


@pytest.mark.skipif(np.finfo(np.longdouble).minexp == np.finfo(float).minexp, reason="long doubles are doubles here")
def test_entries_of_long_floats_are_edges(tmp_path):
    matrix = np.zeros((3, 3), np.longdouble)
    matrix[0, 1], matrix[1, 2] = np.longdouble("1e-400"), -np.longdouble("1e-400")
    np.save(tmp_path / "a.npy", matrix)
    graph = read_graph(tmp_path / "a.npy", kinds="sign")
    assert graph.kinds.tolist() == ["+", "-"]
    assert graph == mc.Graph(matrix, kinds="sign")


def test_weights_of_gml_without_a_point_are_whole(tmp_path):
    """NetworkX takes 1e-05, as igraph writes it, for 1 and an attribute e."""
    (tmp_path / "a.gml").write_text(GML % ("weight", "1e-05", "weight"))
    assert edge_sets.in_words(read_graph(tmp_path / "a.gml", threshold=0.5)) == edge_sets.arcs("b>c")
