"""Weights, kinds, labels and ids in spellings that say little: read right, or refused with the line."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp
import torch

from motifcount.files import read_graph
from support import edge_sets

TENTHS = "source,target,weight\n" + "a,b,0.1\n" * 10 + "b,c,0.9\n"
READ = {
    "tenths": (TENTHS, {"threshold": 1}, "a>b"),
    "Neo4j": (":START_ID,:END_ID,weight:int\n1,2,0\n2,3,4\n", {}, "2>3"),
    "kinds with a table": (
        "source,target,effect\na,b,NA\nb,c,x\n", {"kinds": {"effect": {"NA": None, "x": "x"}}}, "b>c",
    ),
    "signs as kinds": ("source,target,sign\na,b,+\nb,c,-\n", {"kinds": 2}, "a>b b>c"),
    "relations in brackets": ("a (pd) b\nb (pd) c\n", {}, "a>b b>c"),
    "relations of two words": ("a (interacts with) b\nb (interacts with) c\n", {}, "a>b b>c"),
    "a semicolon behind a star": ('"6";"4";\n"6";"5";\n"6";"7";\n', {}, "6>4 6>5 6>7"),
    "a line that counts the nodes": ("3\n0 1 1\n0 0 1\n0 0 0\n", {"header": True}, "0>1 0>2 1>2"),
    "rows that repeat": ("0 5 4 1\n1 5 4 3\n2 9 4 2\n3 5 9 5\n", {"format": "edges", "columns": (1, 2)}, "5>4 9>4 5>9"),
}  # fmt: skip
REFUSED = {
    **{
        f"the weight {word}": (f"source,target,weight\na,b,{word}\nb,c,3\n", {}, "line 2 .* finite number")
        for word in ["inf", "-inf", "1e400", "50%", '"1,200"', "strong"]
    },
    "a weight too small": ("source,target,weight\na,b,1e-400\nb,c,3\n", {}, "line 2 .* too small"),
    "integers and a weight too small": ("source,target,weight\n1,2,3\n2,3,1e-400\n", {}, "line 3 .* too small"),
    "an entry too small": ("x,y,z\n0,1,-0.1e-400\n0,0,1\n0,0,0\n", {}, "row 0, column 2 .* too small"),
    "integers and an infinite weight": ("source,target,weight\n1,2,3\n2,3,inf\n", {}, "line 3 .* finite number"),
    "a name as a weight": ("source,target,weight\na,b,1\na,c,weight\n", {}, "line 3 .* finite number"),
    "a missing kind": ("source,target,effect\na,b,x\nb,c,NA\n", {"kinds": "effect"}, "line 3 has 'NA' as its kind"),
    "two dashes": ("source,target,effect\na,b,-\nb,c,\u2212\n", {"kinds": "effect"}, "look the same"),
    "a blank of another kind": ("source,target\nred fox,hare\nred\xa0fox,grass\n", {}, "line 3.*look the same"),
    "two blanks": ("source,target\nred fox,hare\nhare,red  fox\n", {}, "line 3.*look the same"),
    "signs": ("source,target,sign\na,b,+\nb,c,-\n", {"kinds": "sign"}, "say kinds=2"),
    "an index before small numbers": ("1,15,3\n2,17,3\n3,15,2\n4,15,2\n5,19,7\n", {}, "column 0 counts the lines"),
    "MATLAB": ("0 1 1;\n0 0 1;\n0 0 0;\n", {}, "leave the semicolons out"),
    "MATLAB between blanks": ("0 1 1;\n0 0 1;\n0 0 0;\n", {"delimiter": " "}, "leave the semicolons out"),
    "blanks and bars": ('"a" | "b"\n"b" | "c"\n', {}, "between a quote and '|'.*leave it out"),
    "blanks and commas": ('"a" ,"b"\n"b" ,"c"\n', {}, "between a quote and ','.*leave it out"),
    "a tab that is not there": ("a b\nb c\n", {"delimiter": "\t"}, "divides nothing.*leave it out"),
    "a comma that is not there": ("a;b\nb;c\n", {"delimiter": ","}, "divides nothing.*leave it out"),
    "marks in a matrix": (",a,b,c\na,-,Y,N\nb,N,-,Y\nc,Y,N,-\n", {}, "matrix of 3 nodes.*write 1"),
    "rows in front": ("0 5 4 1\n1 5 4 3\n2 9 4 2\n3 5 9 5\n4 5 4 9\n5 9 4 6\n", {}, "format='edges'"),
}


@pytest.mark.parametrize("case", READ)
def test_read_right(tmp_path, case):
    text, options, expected = READ[case]
    (tmp_path / "a.csv").write_text(text)
    assert edge_sets.in_words(read_graph(tmp_path / "a.csv", **options)) == edge_sets.arcs(expected)


@pytest.mark.parametrize("case", REFUSED)
def test_refused(tmp_path, case):
    text, options, says = REFUSED[case]
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=says):
        read_graph(tmp_path / "a.csv", **options)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.net", "*Vertices 2\n1 a\n2 b\n*Arcs\n1 2 {}\n"),
        (
            "a.json",
            '{{"nodes": [{{"id": "a"}}, {{"id": "b"}}], "links": [{{"source": "a", "target": "b", "weight": {}}}]}}',
        ),
        ("a.mtx", "%%MatrixMarket matrix coordinate real general\n2 2 1\n1 2 {}\n"),
    ],
)
def test_weights_too_small_for_floats(tmp_path, name, text):
    (tmp_path / name).write_text(text.format("1e-400"))
    with pytest.raises(ValueError, match=r"'1e-400'(,| is) too small"):
        read_graph(tmp_path / name)
    (tmp_path / name).write_text(text.format("1e-300"))
    assert read_graph(tmp_path / name).n_edges == 1


NODES = '"nodes": [{"id": "a"}, {"id": "b"}]'
LINKS = '"links": [{"source": "a", "target": "b"}]'


@pytest.mark.parametrize(
    "said",
    [
        *['"directed": 0', '"directed": "false"', '"graph": {"directed": false}', '"type": "undirected"'],
        *['"undirected": true', '"options": {"type": "undirected"}'],
    ],
)
def test_json_that_says_undirected_asks(tmp_path, said):
    (tmp_path / "a.json").write_text(f"{{{said}, {NODES}, {LINKS}}}")
    with pytest.raises(ValueError, match=r"undirected=True.*undirected=False"):
        read_graph(tmp_path / "a.json")
    assert edge_sets.in_words(read_graph(tmp_path / "a.json", undirected=True)) == edge_sets.arcs("a>b b>a")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f'{{{NODES}, {LINKS}, "links": []}}', "'links' twice"),
        ('{"nodes": [{"id": 7.20575940621039145e17}], "links": []}', "lost digits"),
        ('[{"source": "a", "target": "b"}]', "records.*read_json"),
    ],
)
def test_json_refused(tmp_path, text, says):
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(ValueError, match=says):
        read_graph(tmp_path / "a.json")


@pytest.mark.parametrize(
    "text",
    [
        f'{{{NODES}, "edges": [{{"from": "a", "to": "b"}}]}}',
        '[{"data": {"id": "a"}}, {"data": {"id": "b"}}, {"data": {"source": "a", "target": "b"}}]',
        f'{{"directed": true, {NODES}, {LINKS}}}',
    ],
)
def test_json_read_right(tmp_path, text):
    (tmp_path / "a.json").write_text(text)
    assert edge_sets.in_words(read_graph(tmp_path / "a.json")) == edge_sets.arcs("a>b")


GRAPHML = """<graphml><key id="w" for="edge" attr.name="weight" attr.type="double"><default>{}</default></key>
<key id="k" for="edge" attr.name="kind" attr.type="string"><default>x</default></key>
<key id="l" for="node" attr.name="layer" attr.type="int"><default>1</default></key>
<graph edgedefault="directed"><node id="a"><data key="l">0</data></node><node id="b"/>
<edge source="a" target="b"/><edge source="b" target="a"><data key="w">2</data></edge></graph></graphml>"""


def test_defaults_of_graphml_are_those_of_edges_and_nodes(tmp_path):
    path = tmp_path / "a.graphml"
    path.write_text(GRAPHML.format(0))
    assert edge_sets.in_words(read_graph(path)) == edge_sets.arcs("b>a")
    path.write_text(GRAPHML.format(-1))
    assert read_graph(path, kinds="sign").kinds.tolist() == ["-", "+"]
    assert read_graph(path, kinds="kind").kinds.tolist() == ["x", "x"]
    path.write_text(GRAPHML.format(1).replace('<edge source="b" target="a"><data key="w">2</data></edge>', ""))
    assert read_graph(path, layers="layer").layers.tolist() == [0, 1]


def test_entries_of_a_file_that_cancel_are_no_edge(tmp_path):
    matrix = sp.csr_array((np.array([1.0, -1.0, 2.0]), np.array([1, 1, 2]), np.array([0, 2, 3, 3])), shape=(3, 3))
    sp.save_npz(tmp_path / "a.npz", matrix)
    graph = read_graph(tmp_path / "a.npz", kinds="sign")
    assert edge_sets.in_words(graph) == edge_sets.arcs("1>2")
    assert graph.kinds.tolist() == ["+"]


def test_a_square_of_bits_in_a_checkpoint_may_be_an_adjacency_matrix(tmp_path):
    mask = torch.tensor([[0, 1, 1], [0, 0, 1], [0, 0, 0]])
    torch.save({"adj": mask}, tmp_path / "a.pt")
    with pytest.raises(ValueError, match=r"adjacency matrix.*'adj.weight'"):
        read_graph(tmp_path / "a.pt")
    torch.save({"adj.weight": mask}, tmp_path / "a.pt")
    assert read_graph(tmp_path / "a.pt").n_nodes == 6


@pytest.mark.parametrize(
    "names", [("w1", "w2", "w3"), ("q1", "q2"), ("branch1.0", "branch2.0"), ("experts.0", "experts.1")]
)
def test_layers_side_by_side_need_an_order(tmp_path, names):
    torch.save({f"{name}.weight": torch.ones(3, 3) for name in names}, tmp_path / "a.pt")
    with pytest.raises(ValueError, match="stand side by side"):
        read_graph(tmp_path / "a.pt")
    assert read_graph(tmp_path / "a.pt", order=names).n_nodes == 3 * (len(names) + 1)


def test_layers_that_are_numbered_are_a_chain(tmp_path):
    torch.save({f"{k}.weight": torch.ones(3, 3) for k in (0, 2)} | {"w2.weight": torch.ones(3, 3)}, tmp_path / "a.pt")
    assert read_graph(tmp_path / "a.pt").n_nodes == 12
