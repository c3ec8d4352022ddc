"""Plots and notebooks show exactly what results and networks hold."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ET

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.transforms import Bbox

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


def rows_by_class(result):
    """Return the cells of the notebook view, by class."""
    rows = ET.fromstring(result._repr_html_()).findall("tbody/tr")
    return {row[1].text: ["".join(cell.itertext()) for cell in row] for row in rows}


def test_the_notebook_shows_z_with_error_p_and_status(net, result):
    shown = rows_by_class(result)
    z = f"{result.z['bifan']:+.2f} ± {result.z_error['bifan']:.2f}"
    assert shown["bifan"][5:] == [z, f"{result.p_adjusted['bifan']:.4f}", ""]
    assert shown["out_star"][5:] == ["", "", "fixed by the null"]
    assert "030C" not in shown
    few = mc.significance(np.roll(np.eye(40), 1, axis=0), "edge_count", size=3, samples=60, seed=1)
    name = next(name for name in few.shown_classes if few.few[name] and few.status[name] == "varies")
    assert rows_by_class(few)[name][-1] == "few: take p"
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
    assert ax.get_title("left") == "Counts against 50 random graphs of null model degree"


def test_plot_has_error_bars_and_hollow_dependent_classes(net):
    result = mc.significance(net, "edge_count", size=3, samples=50, seed=1)
    assert result.status["012"] == "dependent"
    ax = result.plot()
    names = [label.get_text() for label in ax.get_yticklabels()]
    z, line = points(ax, "_dependent")
    assert {names[int(row)] for row in z} == {name for name in names if result.status[name] == "dependent"}
    assert line.get_markerfacecolor() == ax.get_facecolor() != mpl.colors.to_rgba(line.get_color())
    assert points(ax, "varies")[1].get_markerfacecolor() == line.get_color()
    bars = ax.containers[0].lines[2][0].get_segments()
    assert [(bar[1, 0] - bar[0, 0]) / 2 for bar in bars] == pytest.approx([result.z_error[name] for name in names])


def test_errors_lie_within_the_axes(net):
    result = mc.significance(net, "edge_count", size=3, samples=5, seed=1)
    ax = result.plot()
    ends = [z + sign * result.z_error[name] for name, z in result.z.items() for sign in (-1, 1) if np.isfinite(z)]
    low, high = ax.get_xlim()
    assert low < min(ends)
    assert max(ends) < high


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
    assert tree.get_title("left") == "Cosine of profiles, null model edge_count"
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
def by_null(net, result):
    return [result, mc.significance(net, "edge_count", size=(3, 4), samples=20, seed=1)]


def test_several_results_share_the_rows(by_null):
    ax = plots.plot_significance(by_null)
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == list(dict.fromkeys(name for result in by_null for name in result.shown_classes))
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["degree", "edge_count"]
    assert ax.get_title("left") == "Counts against 20 to 50 random graphs of 2 null models"
    heights, colors = [], []
    for label, result in zip(("degree", "edge_count"), by_null, strict=True):
        z, line = points(ax, label)
        colors.append(line.get_color())
        heights.append({round(row - round(row), 9) for row in z})
        assert {names[round(row)]: value for row, value in z.items() if np.isfinite(value)} == {
            name: result.z[name] for name in names if result.status[name] == "varies"
        }
    assert all(len(each) == 1 for each in heights)
    assert heights[0] != heights[1]
    assert colors[0] != colors[1]
    agreed = {name for name in names if len({result.status[name] for result in by_null}) == 1}
    notes = {names[int(note.xy[1])]: note.get_text() for note in ax.texts}
    assert notes == {name: result.status[name] for name in agreed if result.status[name] != "varies"}
    assert "out_star" not in notes  # fixed by one null model only


def test_null_models_are_called_with_their_options(net, result):
    mutual = mc.significance(net, mc.nulls.Degree(keep_mutual=True), samples=20, seed=2, size=(3, 4))
    ax = plots.plot_significance(mutual)
    assert ax.get_title("left").replace("\n", " ").endswith("of null model degree (mutual edges kept)")
    entries = plots.plot_significance([result, mutual]).get_legend().get_texts()
    assert {"degree", "degree (mutual edges kept)"} <= {entry.get_text() for entry in entries}


def test_results_of_one_null_model_have_names_or_numbers(result):
    entries = plots.plot_significance({"first": result, "second": result}).get_legend().get_texts()
    assert [text.get_text() for text in entries] == ["first", "second"]
    entries = plots.plot_significance([result, result]).get_legend().get_texts()
    assert [text.get_text() for text in entries] == ["1", "2"]
    with pytest.raises(ValueError, match="at least one"):
        plots.plot_significance([])
    with pytest.raises(TypeError, match=r"result\['2'\] must be a result of significance"):
        plots.plot_significance([result, 1])


def test_results_of_different_sizes_have_the_classes_of_both(net, result):
    pairs = mc.significance(net, "edge_count", size=2, samples=20, seed=1)
    ax = plots.plot_significance([pairs, result])
    names = tuple(label.get_text() for label in ax.get_yticklabels())
    assert names == pairs.shown_classes + result.shown_classes


@pytest.fixture(scope="module")
def compared():
    draw = np.random.default_rng(1)
    nets = {f"net {k}": draw.random((25, 25)) < 0.2 for k in range(5)}
    return mc.compare(nets, list("abbab"), null="edge_count", samples=0)


def test_profiles_are_a_line_for_each_network(compared):
    ax = plots.plot_profiles(compared)
    lines = [line for line in ax.get_lines() if len(line.get_xdata()) == len(compared.classes)]
    np.testing.assert_array_equal([line.get_ydata() for line in lines], compared.profiles)
    assert tuple(label.get_text() for label in ax.get_xticklabels()) == compared.classes
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["a", "b"]
    colors = [line.get_color() for line in lines]
    assert len(set(colors)) == 2
    assert colors[0] == colors[3] != colors[1] == colors[2] == colors[4]
    chosen = plots.plot_profiles(compared, names=["030C", "030T"])
    assert [label.get_text() for label in chosen.get_xticklabels()] == ["030C", "030T"]
    column = compared.profiles[0][[compared.classes.index(name) for name in ("030C", "030T")]]
    assert any(np.array_equal(line.get_ydata(), column) for line in chosen.get_lines())
    with pytest.raises(ValueError, match=r"names\[0\] must be a class that varies in all"):
        plots.plot_profiles(compared, names=["mutual"])


def test_profiles_of_many_classes_leave_out_those_nearest_to_0():
    draw = np.random.default_rng(1)
    compared = mc.compare(
        [draw.random((22, 22)) < 0.3 for _ in range(2)], size=4, null="edge_count", samples=30, seed=1
    )
    ax = plots.plot_profiles(compared)
    drawn = [label.get_text() for label in ax.get_xticklabels()]
    n_more = len(compared.classes) - 30
    assert n_more > 0
    assert ax.get_xlabel() == f"{n_more} more classes are nearer to 0"
    size = dict(zip(compared.classes, np.abs(compared.profiles).max(axis=0), strict=True))
    assert min(size[name] for name in drawn) >= max(size[name] for name in size if name not in drawn)
    assert drawn == [name for name in compared.classes if name in drawn]


@pytest.fixture(scope="module")
def tetrads():
    return mc.significance(np.random.default_rng(5).random((20, 20)) < 0.2, size=(3, 4), samples=9, seed=1)


def texts_of(figure):
    """Return the boxes of all that is written or drawn around the axes of a figure."""
    figure.canvas.draw()
    return [ax.get_tightbbox() for ax in figure.axes]


@pytest.mark.parametrize("layout", [None, "constrained"])
@pytest.mark.parametrize("figsize", [(3, 2.4), (6, 4), (10, 3)])
def test_nothing_is_cut_at_any_size(by_null, compared, figsize, layout):
    for draw in (
        lambda ax: plots.plot_significance(by_null[0], ax),
        lambda ax: plots.plot_significance(by_null, ax),
        lambda ax: plots.plot_profiles(compared, ax),
        lambda ax: plots.plot_comparison(compared, ax),
    ):
        figure, ax = plt.subplots(figsize=figsize, layout=layout)
        draw(ax)
        assert_within(figure)
        assert ax.get_window_extent().width > figure.bbox.width / 4
        assert ax.get_window_extent().height > figure.bbox.height / 6
        rows = [label.get_window_extent() for label in ax.get_yticklabels()]
        assert all(abs(a.y0 - b.y0) > 0.7 * a.height for a, b in itertools.pairwise(rows))


def assert_within(figure):
    box = Bbox.union(texts_of(figure))
    assert box.x0 >= -1
    assert box.y0 >= -1
    assert box.x1 <= figure.bbox.width + 1
    assert box.y1 <= figure.bbox.height + 1


@pytest.mark.filterwarnings("ignore:constrained_layout not applied")  # 40 classes on 2 inches leave no room for axes
@pytest.mark.parametrize("layout", [None, "constrained"])
@pytest.mark.parametrize("figsize", [(2, 2), (3, 9)])
def test_long_labels_and_names_are_not_cut(by_null, tetrads, figsize, layout):
    figure, ax = plt.subplots(figsize=figsize, layout=layout)
    plots.plot_significance(tetrads, ax)
    assert "more classes of smaller z occur" in ax.get_xlabel().replace("\n", " ")
    assert_within(figure)
    names = ("a network of a laboratory, of a long name", "a_file_name_without_any_blanks.tsv")
    figure, ax = plt.subplots(figsize=(3, figsize[1]), layout=layout)
    plots.plot_significance(dict(zip(names, by_null, strict=True)), ax)
    assert_within(figure)


def test_neighbours_in_a_figure_do_not_overlap(by_null):
    figure, axes = plt.subplots(2, 2, figsize=(10, 9))
    for ax in axes.flat:
        plots.plot_significance(by_null[0], ax)
    boxes = texts_of(figure)
    assert not any(a.overlaps(b) for k, a in enumerate(boxes) for b in boxes[:k])


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
