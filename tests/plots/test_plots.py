"""Plots and notebooks show exactly what results and networks hold."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

import motifcount as mc
from motifcount import plots
from motifcount.motifs import drawings

SVG = "{http://www.w3.org/2000/svg}"


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
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert texts == [word for name in mc.CLASSES[size] for word in (name, *"abcd"[:size])]
    assert len(figure.axes[0].get_lines()) == len(mc.CLASSES[size])


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
    assert tuple(text.get_text() for text in few.axes[0].texts)[::5] == mc.LAYERED_TETRADS


def test_letters_stand_in_their_nodes():
    figure = plots.plot_motifs(3, ["030T"])
    figure.canvas.draw()
    (line,) = figure.axes[0].get_lines()
    middle = line.get_xydata()[0]
    scale = line.get_markersize() / 2 * figure.dpi / 72  # pixels
    for letter, node in zip(figure.axes[0].texts[1:], drawings.nodes("030T"), strict=True):
        box = letter.get_window_extent()
        found = (
            np.array([(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2]) - line.axes.transData.transform(middle)
        ) / scale
        assert np.allclose(found, node, atol=drawings.RADIUS / 2)
