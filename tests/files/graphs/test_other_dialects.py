"""Graph formats as other programs write them: read where they can be meant in one way, else refused with a way out."""

from __future__ import annotations

import gzip
import json
import tarfile

import pandas as pd
import pytest

import motifcount as mc
from motifcount.files import read_graph, read_with_report
from support import edge_sets

ABC = "a>b b>c"
NODES = [{"id": name} for name in "abc"]
LINKS = [{"source": "a", "target": "b"}, {"source": "b", "target": "c"}]
AFTER_LAYOUT = [
    {"source": {"id": link["source"], "x": 0.5}, "target": {"id": link["target"], "x": 1.5}} for link in LINKS
]
GEXF = (
    '<gexf version="1.2"><graph defaultedgetype="directed"><nodes><node id="a"/><node id="b"/><node id="c"/></nodes>'
    '<edges><edge source="a" target="b"/><edge source="b" target="c"/></edges></graph></gexf>'
)
GRAPHML = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="w" {} attr.name="weight" attr.type="double">'
    '<default>0</default></key><graph edgedefault="directed"><node id="a"/><node id="b"/><node id="c"/>'
    '<edge source="a" target="b"/><edge source="b" target="c"><data key="w">2</data></edge></graph></graphml>'
)
MTX = "%%matrixmarket matrix coordinate real general\n3 3 2\n1 2 1\n2 3 1\n"
READ = {
    "layout.json": (json.dumps({"nodes": NODES, "links": AFTER_LAYOUT}), ABC),
    "plain.gexf": (GEXF, ABC),
    "small.mtx": (MTX, "0>1 1>2"),
    "edge.graphml": (GRAPHML.format('for="edge"'), "b>c"),
}
GRAPH = {"nodes": {name: {} for name in "abc"}, "edges": LINKS, "directed": True}
REFUSED = {
    "all.graphml": (GRAPHML.format('for="all"'), "key 'weight' has a default.*for='edge'"),
    "any.graphml": (GRAPHML.format(""), "key 'weight' has a default.*for='edge'"),
    "graph.json": (json.dumps({"graph": GRAPH}), r"JSON Graph Format; in Python, mc\.Graph\.from_edges"),
    "graphs.json": (json.dumps({"graphs": [GRAPH]}), "list of graphs; keep one"),
    "index.json": (
        json.dumps({"nodes": [{"x": 1}, {"x": 2}], "links": [{"source": {"x": 1}, "target": {"x": 2}}]}),
        "the end of a link, must be a text or a number",
    ),
    "a.jsonl": ("\n".join(map(json.dumps, LINKS)), r"JSON Lines.*pandas\.read_json\(path, lines=True\)"),
    "banner.mtx": ("1 2 1\n2 3 1\n", "the first line must be such as '%%MatrixMarket matrix coordinate real general'"),
    "short.mtx": (MTX.replace("3 3 2", "3 3 3"), "and each entry a line below"),
    "table.csv": ("SUID,name,shared name\n1,a (pp) b,a (pp) b\n2,b (pp) c,b (pp) c\n", "Cytoscape.*export the network"),
    "a.mat": ("0", r"motifcount\.Graph\(scipy\.io\.loadmat"),
    "a.tgz": ("x", "an archive; unpack it"),
    "a.7z": ("x", "an archive; unpack it"),
}


@pytest.mark.parametrize("name", READ)
def test_read_right(tmp_path, name):
    text, expected = READ[name]
    (tmp_path / name).write_text(text)
    assert edge_sets.in_words(read_graph(tmp_path / name)) == edge_sets.arcs(expected)


@pytest.mark.parametrize("name", REFUSED)
def test_refused(tmp_path, name):
    text, says = REFUSED[name]
    (tmp_path / name).write_text(text)
    with pytest.raises(ValueError, match=says):
        read_graph(tmp_path / name)


def test_a_packed_archive_is_refused(tmp_path):
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz"):
        pass
    assert gzip.decompress(path.read_bytes())
    with pytest.raises(ValueError, match="an archive; unpack it"):
        read_graph(path)


def test_what_is_advised_reads_right(tmp_path):
    (tmp_path / "a.jsonl").write_text(REFUSED["a.jsonl"][0])
    frame = pd.read_json(tmp_path / "a.jsonl", lines=True)
    assert edge_sets.in_words(mc.Graph(frame)) == edge_sets.arcs(ABC)
    edges = json.loads(REFUSED["graph.json"][0])["graph"]["edges"]
    graph = mc.Graph.from_edges([(edge["source"], edge["target"]) for edge in edges])
    assert edge_sets.in_words(graph) == edge_sets.arcs(ABC)


@pytest.mark.parametrize("options", [{"kinds": "effect"}, {"kinds": {"effect": {"x": "x", "y": "y"}}}])
def test_kinds_are_told_with_their_numbers_of_edges(tmp_path, options):
    (tmp_path / "a.csv").write_text("source,target,effect\na,b,x\nb,c,y\na,c,x\nc,c,y\n")
    _, report = read_with_report(tmp_path / "a.csv", **options)
    assert "kinds of edges: 2 of 'x', 1 of 'y'" in report.line()
    assert report.rows()["notes"] == "kinds of edges: 2 of 'x', 1 of 'y'"
