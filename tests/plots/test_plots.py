"""Plots and notebooks show exactly what results and networks hold."""

from __future__ import annotations

import errno
import subprocess
import sys
import xml.etree.ElementTree as ET

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.collections import LineCollection

import motifcount as mc
from motifcount import plots
from motifcount.plots import matplotlib_tools

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _no_figure_is_left_open():
    mpl.use("Agg")
    assert plt.get_fignums() == []
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def net():
    return mc.datasets.load("pendulum").drop_ineffective()


@pytest.fixture(scope="module")
def result(net):
    return mc.significance(net, size=(3, 4), samples=50, seed=1)


def test_the_notebook_shows_counts_with_drawings(net):
    counts = mc.count(net, (2, 3, 4))
    table = ET.fromstring(counts._repr_html_())
    rows = table.findall("tbody/tr")
    assert [row.findall("td")[1].text for row in rows] == list(counts)
    assert [row.findall("td")[2].text for row in rows] == [f"{value:,}" for value in counts.values()]
    assert [row.find(f"td/{SVG}svg").get("aria-label") for row in rows] == list(counts)
    assert all(picture.get("fill") == "currentColor" for picture in table.iter(f"{SVG}svg"))


def test_the_notebook_shows_z_with_error_and_status(net, result):
    rows = [
        ["".join(cell.itertext()) for cell in row] for row in ET.fromstring(result._repr_html_()).findall("tbody/tr")
    ]
    shown = {row[1]: row for row in rows}
    assert shown["bifan"][5] == f"{result.z['bifan']:+.2f} ± {result.z_error['bifan']:.2f}"
    assert shown["out_star"][5:] == ["", "fixed"]
    assert "030C" not in shown
    odd = mc.significance(net, lambda graph, seed: mc.randomize(graph, seed=seed), size=4, samples=5, seed=1)
    assert "&lt;lambda&gt;" in odd._repr_html_()


def test_possible_classes_are_all_but_those_fixed_at_zero(result):
    missing = set(result.classes) - set(result.possible_classes)
    assert missing == {name for name in result.classes if not result.observed[name] and result.status[name] == "fixed"}
    assert {"030T", "300"} <= missing


def points(ax, label):
    """Return {row: z} of the points of a plot with a label."""
    (line,) = (line for line in ax.get_lines() if line.get_label() == label)
    return dict(zip(line.get_ydata(), line.get_xdata(), strict=True)), line


def test_plot_shows_z_and_marks_fixed_classes(result):
    ax = result.plot()
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert tuple(names) == result.possible_classes
    z, _ = points(ax, "varies")
    assert {names[int(row)]: value for row, value in z.items() if np.isfinite(value)} == {
        name: result.z[name] for name in names if result.status[name] == "varies"
    }
    notes = {names[int(note.xy[1])]: note.get_text() for note in ax.texts}
    assert notes == {name: result.status[name] for name in names if result.status[name] != "varies"}
    assert notes["out_star"] == "fixed"
    muted = {label.get_text() for label in ax.get_yticklabels() if (label.get_alpha() or 1) < 1}
    assert muted == set(notes)
    assert "degree" in ax.get_xlabel()


def test_plot_has_error_bars_and_hollow_dependent_classes(net):
    result = mc.significance(net, "edge_count", size=3, samples=50, seed=1)
    assert result.status["012"] == "dependent"
    ax = result.plot()
    names = [label.get_text() for label in ax.get_yticklabels()]
    z, line = points(ax, "dependent")
    assert {names[int(row)] for row in z} == {name for name in names if result.status[name] == "dependent"}
    assert line.get_markerfacecolor() == ax.get_facecolor() != mpl.colors.to_rgba(line.get_color())
    assert points(ax, "varies")[1].get_markerfacecolor() == line.get_color()
    bars = ax.containers[0].lines[2][0].get_segments()
    assert [(bar[1, 0] - bar[0, 0]) / 2 for bar in bars] == pytest.approx([result.z_error[name] for name in names])


def test_scale_is_logarithmic_only_where_z_spans_orders_of_magnitude(result):
    assert result.plot().get_xscale() == "linear"
    rng = np.random.default_rng(1)
    half = np.triu(rng.random((80, 80)) < 0.05, 1)
    reciprocal = mc.significance(half | half.T, "edge_count", size=3, samples=200, seed=1)
    ax = reciprocal.plot()
    assert ax.get_xscale() == "symlog"
    low, high = ax.get_xlim()
    assert all(low < z < high for z in reciprocal.z.values() if np.isfinite(z))


@pytest.mark.parametrize("samples", [0, 5])
def test_plot_of_nothing_that_varies(samples):
    empty = mc.Graph.from_layers([np.zeros((3, 3), int), np.zeros((3, 2), int)])
    result = mc.significance(empty, "edge_count", size=(3, 4), samples=samples, seed=1)
    assert [label.get_text() for label in result.plot().get_yticklabels()] == ["003"]
    assert result.possible_classes == ("003",)


def test_plot_where_no_class_is_possible():
    result = mc.significance(mc.Graph.from_edges([], [], 2), "edge_count", size=3, samples=5, seed=1)
    ax = result.plot()
    assert result.possible_classes == ()
    assert [text.get_text() for text in ax.texts] == ["no class is possible"]
    assert ax.get_yticklabels() == []


def test_a_comparison_is_a_heat_map_in_the_order_of_its_tree(result):
    draw = np.random.default_rng(1)
    nets = [draw.random((15, 15)) < 0.2 for _ in range(5)]
    found = mc.compare(nets, list("abbab"), null="edge_count", samples=0)
    ax = found.plot()
    drawn = ax.images[0].get_array()
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == [label.get_text() for label in ax.get_xticklabels()]
    order = [int(name.split()[0]) - 1 for name in names]
    assert names == [f"{k + 1} ({'abbab'[k]})" for k in order]
    assert np.array_equal(drawn, found.similarity[np.ix_(order, order)])
    (tree,) = ax.child_axes
    heights = sorted(max(line.get_ydata()) for line in tree.lines)
    assert heights == pytest.approx(found.tree()[:, 2])
    feet = sorted(x for line in tree.lines for x, y in zip(*line.get_data(), strict=True) if y == 0)
    assert feet == pytest.approx(range(5))


def test_plots_draw_into_the_given_axes_in_any_style(result, net):
    with plt.style.context("dark_background"):
        figure, axes = plt.subplots(1, 2, figsize=(4, 2), layout="constrained")
    assert result.plot(axes[0]) is axes[0]
    assert plots.plot_network(net, axes[1]) is axes[1]
    assert plt.get_fignums() == [figure.number]
    figure.canvas.draw()
    assert mpl.colors.to_rgb(axes[0].get_yticklabels()[-1].get_color()) == (1, 1, 1)
    dots = next(dots for dots in axes[1].collections if dots.get_label() == "units")
    assert tuple(dots.get_facecolor()[0]) == (1, 1, 1, 1)


@pytest.mark.parametrize("size", [2, 3, 4])
def test_all_classes_of_a_size_in_one_figure(size):
    figure = plots.plot_motifs(size)
    assert tuple(text.get_text() for text in figure.axes[0].texts) == mc.CLASSES[size]
    assert len(figure.axes[0].get_lines()) == len(mc.CLASSES[size])


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


def test_a_graph_without_layers_is_refused():
    with pytest.raises(ValueError, match=r'adj must be a layered graph; .*layers="infer"'):
        plots.plot_network(mc.Graph.from_edges([0], [1]))
    assert plt.get_fignums() == []


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
def test_files_are_written_whole_and_always_the_same(tmp_path, result, ending):
    path, again = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"
    plots.save(result.plot(), path)
    plots.save(result.plot().figure, again)
    assert path.read_bytes() == again.read_bytes()
    assert path.stat().st_size > 1000
    assert sorted(tmp_path.iterdir()) == [path, again]
    assert plt.get_fignums() == []


def test_bad_files_are_refused(tmp_path, result):
    with pytest.raises(ValueError, match=r"a \.svg, a \.png or a \.pdf file, not 'a\.gif'"):
        plots.save(result.plot(), tmp_path / "a.gif")
    with pytest.raises(FileNotFoundError):
        plots.save(result.plot(), tmp_path / "nowhere" / "a.svg")
    plt.close("all")
    with pytest.raises(ValueError, match="size"):
        plots.plot_motifs(5)


def test_a_figure_that_cannot_be_written_is_closed(tmp_path, result, monkeypatch):
    def full(_path):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(matplotlib_tools.atomic, "writing", full)
    with pytest.raises(OSError, match="No space"):
        plots.save(result.plot(), tmp_path / "a.svg")
    assert plt.get_fignums() == []
    monkeypatch.setattr(matplotlib_tools.arguments.os, "access", lambda *_: False)
    with pytest.raises(PermissionError, match=r"a\.svg"):
        plots.save(result.plot(), tmp_path / "a.svg")
    plt.close("all")


@pytest.mark.subprocess
def test_without_matplotlib_the_error_tells_what_to_install():
    program = (
        "import sys; sys.modules['matplotlib'] = None\n"
        "import motifcount as mc\n"
        "mc.count([(0, 1)])._repr_html_()\n"
        "mc.cli = __import__('motifcount.cli').cli\n"
        "sys.argv = ['motifcount', 'significance', 'dataset:pendulum', '--plot', 'a.svg']\n"
        "mc.cli.main()\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.stdout == ""
    assert (
        ended.stderr
        == "motifcount: a plot needs matplotlib: pip install 'matplotlib>=3.10' (motifcount's extra 'plot')\n"
    )
    assert ended.returncode == 2


@pytest.fixture(scope="module")
def connectome():
    rng = np.random.default_rng(5)
    matrix = rng.random((30, 30)) < 0.15
    return mc.significance(matrix, mc.nulls.Degree(40), size=(3, 4), samples=60, seed=1)


def test_of_199_tetrads_the_largest_z_are_drawn_and_all_on_demand(connectome):
    shown = connectome.shown_classes
    tetrads = [name for name in shown if name in mc.CLASSES[4]]
    assert set(tetrads) == {name for name in mc.CLASSES[4] if connectome.observed[name] or connectome.mean[name]}
    scores = [abs(connectome.z[name]) for name in tetrads if not np.isnan(connectome.z[name])]
    assert scores == sorted(scores, reverse=True)
    ax = plots.plot_significance(connectome)
    drawn = [label.get_text() for label in ax.get_yticklabels()]
    assert drawn == list(shown[: len(shown) - len(tetrads) + 30])
    assert f"{len(shown) - len(drawn)} more classes" in ax.get_xlabel()
    ax = plots.plot_significance(connectome, names=shown)
    assert [label.get_text() for label in ax.get_yticklabels()] == list(shown)
    with pytest.raises(ValueError, match=r"names\[0\] must be a class of the result"):
        plots.plot_significance(connectome, names=["nothing"])


def test_tables_of_199_tetrads_show_those_that_occur(connectome):
    n_hidden = len(connectome.classes) - len(connectome.shown_classes)
    assert n_hidden > 5
    assert f"{n_hidden} of 215 classes do not occur" in connectome._repr_html_()
    assert f"{n_hidden} more classes" in repr(connectome)
    counts = mc.count(np.ones((4, 4)), 4)
    assert repr(counts).count("\n") == 3
    assert "198 more classes" in repr(counts)
    assert "198 of 199 classes do not occur" in counts._repr_html_()
    frame = connectome.to_frame()  # of all classes, whether they occur or not
    assert tuple(frame.index) == connectome.classes
    assert frame["observed"].to_dict() == dict(connectome.observed)
    np.testing.assert_array_equal(frame["z"], [connectome.z[name] for name in connectome.classes])
    few = plots.plot_motifs(4, mc.LAYERED_TETRADS)
    assert tuple(text.get_text() for text in few.axes[0].texts) == mc.LAYERED_TETRADS
