"""Pictures of networks hold every edge, link and layer once."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.collections import LineCollection

import motifcount as mc
from motifcount import plots


def edges_drawn(ax, layers):
    (edges,) = (item for item in ax.collections if isinstance(item, LineCollection))
    segments = edges.get_segments()
    assert all({segment[0, 0], segment[-1, 0]} <= set(layers.tolist()) for segment in segments)
    return segments


@pytest.mark.parametrize("bias", [False, True])
def test_every_edge_of_a_network_is_drawn_once(bias):
    graph = mc.datasets.load("pendulum", bias=bias)
    ax = plots.plot_network(graph)
    segments = edges_drawn(ax, graph.layers)
    assert len({segment.tobytes() for segment in segments}) == len(segments) == graph.n_edges
    src, dst = graph.to_scipy().nonzero()
    assert [segment[0, 0] for segment in segments] == graph.layers[src].tolist()
    assert [segment[-1, 0] for segment in segments] == graph.layers[dst].tolist()
    nodes = {dots.get_label(): len(dots.get_offsets()) for dots in ax.collections if dots.get_label()[0] != "_"}
    assert sum(nodes.values()) == graph.n_nodes
    assert nodes["biases"] == (4 if bias else 0)
    assert [label.get_text() for label in ax.get_xticklabels()][:2] == ["layer 0\n6", "layer 1\n96"]


def test_nodes_without_edges_are_muted():
    mask = np.array([[1, 0, 1], [0, 0, 0]])
    ax = plots.plot_network([mask])
    dots = {dots.get_label(): dots for dots in ax.collections}
    assert dots["without edges"].get_offsets().tolist() == [[0, -dots["units"].get_offsets()[0][1]], [1, 0]]
    assert dots["without edges"].get_facecolor()[0][3] < dots["units"].get_facecolor()[0][3]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["layer 0\n2\n1 linked", "layer 1\n3\n2 linked"]


def test_edges_that_do_not_lead_to_the_next_layer_are_bent():
    graph = mc.Graph.from_edges([0, 0, 1, 2, 3], [1, 3, 2, 0, 2], layers=[10, 20, 20, 30])
    segments = edges_drawn(plots.plot_network(graph), np.arange(3))
    bent = [len(segment) > 2 for segment in segments]
    assert bent == [False, True, True, True, True]  # (0, 1), (0, 3), (1, 2), (2, 0), (3, 2)


@pytest.mark.slow
@pytest.mark.parametrize("masks", [[np.zeros((0, 3))], [np.zeros((2, 3))], [np.ones((1, 1))], [np.ones((300, 200))]])
def test_networks_of_any_size(masks):
    graph = mc.Graph.from_layers(masks)
    ax = plots.plot_network(graph)
    ax.figure.canvas.draw()
    assert len(edges_drawn(ax, graph.layers)) == graph.n_edges


def links_drawn(ax):
    """Boxes and bands, and where arcs start and end, by column."""
    boxes = [patch for patch in ax.patches if patch.get_gid() is None]
    bands = {(round(p.get_xy()[0, 0] - 0.28), round(p.get_xy()[2, 0] + 0.28)) for p in ax.patches if p.get_gid()}
    arcs = [line.get_xdata() for line in ax.get_lines() if line.get_gid() == "arc"]
    return boxes, bands, {(round(x[0]), round(x[-1])) for x in arcs}


@pytest.mark.parametrize("seed", range(3))
def test_deep_networks_have_a_box_for_each_layer_and_a_link_for_each_block(seed):
    rng = np.random.default_rng(seed)
    layers = np.repeat(np.arange(14), rng.integers(2, 6, 14))
    src, dst = rng.integers(0, len(layers), (2, 120))
    graph = mc.Graph.from_edges(src, dst, len(layers), layers)
    blocks = {(layers[u], layers[v]) for u, v in zip(*graph.to_scipy().nonzero(), strict=True)}
    ax = plots.plot_network(graph)
    boxes, bands, arcs = links_drawn(ax)
    assert len(boxes) == 14
    assert bands == {(a, b) for a, b in blocks if b == a + 1}
    assert arcs == {(a, b) for a, b in blocks if b != a + 1}
    heights = [box.get_height() for box in boxes]
    assert np.allclose(heights, 2 * np.cbrt(np.bincount(layers) / np.bincount(layers).max()))
    assert ax.get_xticklabels()[3].get_text() == f"layer 3 ({(layers == 3).sum()})"


def test_sums_have_a_colour_of_their_own_and_layers_their_names():
    torch = pytest.importorskip("torch")

    class Residual(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.a, self.b, self.c = (torch.nn.Linear(4, 4) for _ in range(3))

        def forward(self, x):
            x = self.a(x)
            return self.c(x + self.b(x))

    graph = mc.Graph.from_module(Residual(), bias=True)
    ax = plots.plot_network(graph, nodes=False)
    names = [f"{name} (4)" for name in ("x", "a", "b", "sum", "c")]
    assert [label.get_text() for label in ax.get_xticklabels()] == names
    _, bands, arcs = links_drawn(ax)
    assert (bands, arcs) == ({(0, 1), (1, 2), (2, 3), (3, 4)}, {(1, 3)})
    colors = [patch.get_facecolor()[:3] for patch in ax.patches if patch.get_gid()]
    (arc,) = (line for line in ax.get_lines() if line.get_gid() == "arc")
    assert len(set(colors)) == 2
    assert plt.matplotlib.colors.to_rgb(arc.get_color()) == colors[2]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["weights", "sums, left in place"]
    assert len(edges_drawn(plots.plot_network(graph, nodes=True), np.arange(5))) == graph.n_edges


GENES = mc.Graph.from_edges([("x", "y"), ("y", "z"), ("x", "z"), ("z", "w"), ("w", "z")])


def arrows_drawn(ax):
    """By colour, how many arrows."""
    colors = [plt.matplotlib.colors.to_hex(patch.get_edgecolor()) for patch in ax.patches]
    return {color: colors.count(color) for color in colors}


def test_a_graph_without_layers_is_laid_out():
    ax = plots.plot_network(GENES, instances=mc.find(GENES, "030T"))
    marked = plt.matplotlib.colors.to_hex("C3")
    assert {text.get_text() for text in ax.texts} == {"w", "x", "y", "z"}
    assert arrows_drawn(ax)[marked] == 3
    assert sum(arrows_drawn(ax).values()) == 5
    dots = {plt.matplotlib.colors.to_hex(item.get_facecolor()[0]): len(item.get_offsets()) for item in ax.collections}
    assert dots == {plt.matplotlib.colors.to_hex("C0"): 1, marked: 3}
    again = plots.plot_network(GENES)
    assert sum(arrows_drawn(again).values()) == 5
    assert [text.get_position() for text in again.texts] == [text.get_position() for text in ax.texts]


def test_instances_stand_out_among_layers():
    net = mc.datasets.load("pendulum")
    rows = mc.find(net, "bifan", limit=3, seed=1)
    ax = plots.plot_network(net, instances=rows)
    pale, red = (item for item in ax.collections if isinstance(item, LineCollection))
    ends = {(row[u], row[v]) for row in rows.tolist() for u, v in mc.ARCS["bifan"]}
    assert len(red.get_segments()) == len(ends)
    assert len(pale.get_segments()) == net.n_edges
    assert pale.get_colors()[:, 3].max() < red.get_colors()[:, 3].min()
    drawn = {item.get_label(): len(item.get_offsets()) for item in ax.collections if item not in (pale, red)}
    n_red = drawn["instances"] + drawn["biases in instances"]
    assert n_red == len(np.unique(rows))
    assert sum(drawn.values()) == net.n_nodes


@pytest.mark.parametrize(
    ("graph", "options", "message"),
    [
        (GENES, {"nodes": False}, r"^nodes must not be False for a graph without layers"),
        (
            GENES,
            {"instances": [1, 2]},
            r"^instances must be rows of nodes by their positions, as find returns without labels, not ",
        ),
        (GENES, {"instances": [[1, 9]]}, r"^instances must hold nodes from 0 to 3, not from 1 to 9"),
        (GENES, {"instances": [[0, 1], [2, 2]]}, r"^instances must hold a node once in a row, not \[2, 2\]"),
        (
            np.roll(np.eye(1001), 1, axis=1),
            {},
            r"^adj must have layers, or at most 1,000 nodes with edges .*, not 1,001",
        ),
        (mc.datasets.load("pendulum"), {"nodes": False, "instances": [[0, 1]]}, r"^instances must be None where nodes"),
    ],
)
def test_what_cannot_be_drawn_is_refused(graph, options, message):
    with pytest.raises(ValueError, match=message):
        plots.plot_network(graph, **options)
    assert plt.get_fignums() == []
