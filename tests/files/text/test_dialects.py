"""A random graph, written in a random dialect, comes back equal, or is refused; never misread."""

from __future__ import annotations

import csv
import io
import re

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motifcount.files import read_graph, read_with_report
from support import edge_sets

NAMED = [("source", "target"), ("From", "To"), ("pre_root_id", "post_root_id"), ("TF", "target"), ("citing", "cited")]
WORDS = st.text("abcXYZ019 _.:/-+'é", min_size=1, max_size=6).map(str.strip).filter(lambda word: word[:1].isalpha())
ODD_WORDS = st.text('ab,;\t|"# %1.0', min_size=1, max_size=4).map(str.strip).filter(lambda word: word.strip("# %"))
MISSING = {"na", "nan", "none", "null", "n/a"}
IDS = st.integers(720575940600000000, 720575940600000020)


@st.composite
def edge_lists(draw, labels):
    """Draw distinct edges without loops between labels of one kind."""
    nodes = draw(st.lists(labels, min_size=2, max_size=7, unique_by=str))
    pairs = st.tuples(st.sampled_from(nodes), st.sampled_from(nodes)).filter(lambda pair: pair[0] != pair[1])
    return draw(st.lists(pairs, min_size=1, max_size=12, unique=True))


KINDS = {
    "small": st.integers(0, 9),
    "ids": IDS,
    "words": WORDS.filter(lambda word: word.lower() not in MISSING),
    "odd": ODD_WORDS.filter(lambda word: not word.replace(".", "").isdigit()),
    "arrows": st.text("ab-><|=", min_size=1, max_size=4),
    "marks": st.text("#%a !", min_size=1, max_size=3).map(str.strip).filter(bool),
}
EDGES = st.sampled_from(sorted(KINDS)).flatmap(lambda kind: st.tuples(st.just(kind), edge_lists(KINDS[kind])))


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("dialects") / "graph.csv"


def written(rows, **dialect):
    text = io.StringIO()
    csv.writer(text, **dialect).writerows(rows)
    return text.getvalue()


DIALECTS = st.fixed_dictionaries(
    {
        "delimiter": st.sampled_from("\t,;|"),
        "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
        "lineterminator": st.sampled_from(["\n", "\r\n", "\r"]),
    }
)
EXTRA = st.sampled_from([(), ("weight",), ("neuropil", "syn_count"), ("sign",)])


def may_be_several(error, edges):
    """Tell whether an error says so of a label, and one has parts that another label is."""
    labels = {str(label) for edge in edges for label in edge}
    parts = [part.strip() for label in labels for mark in " ;,|" if mark in label for part in label.split(mark)]
    return "may be one label or several" in str(error) and not labels.isdisjoint(parts)


@given(EDGES, DIALECTS, st.sampled_from(NAMED), st.booleans(), EXTRA, st.booleans())
def test_a_header_that_names_columns_is_enough(path, drawn, dialect, names, swapped, extra, index):
    kind, edges = drawn
    beside = {"weight": 2.5, "neuropil": "AL", "syn_count": 3, "sign": "+"}
    rows = [(names, extra), *((edge, tuple(beside[name] for name in extra)) for edge in edges)]
    table = [[*(ends[::-1] if swapped else ends), *more] for ends, more in rows]
    if index:
        table = [["" if k == 0 else k, *row] for k, row in enumerate(table)]
    path.write_text(written(table, **dialect), newline="", encoding="utf-8")
    check_with_header(path, kind, edges)


@given(EDGES, DIALECTS)
def test_without_a_header_edges_come_back_or_are_refused(path, drawn, dialect):
    _, edges = drawn
    path.write_text(written(edges, **dialect), newline="", encoding="utf-8")
    check_without_header(path, edges)


@given(EDGES)
def test_without_a_header_and_divided_by_blanks(path, drawn):
    edges = [tuple("".join(str(label).split()).replace('"', "'") for label in edge) for edge in drawn[1]]
    edges = sorted({edge for edge in edges if edge[0] != edge[1]})
    path.write_text("".join(f"{source} {target}\n" for source, target in edges), newline="", encoding="utf-8")
    if edges:
        check_without_header(path, as_lists(edges))


def as_lists(edges):
    """Return the edges without the mark that stands behind every source, as in "a; b": it divides fields."""
    mark = edges[0][0][-1]
    if mark not in ",;|" or not all(re.fullmatch(rf"[^{mark}]+{mark} [^{mark}]+", " ".join(edge)) for edge in edges):
        return edges
    return [(source[:-1], target) for source, target in edges]


def check_with_header(path, kind, edges):
    """Read the file right, or refuse what may be several edges, or odd labels that may be more than labels."""
    try:
        graph, report = read_with_report(path)
    except ValueError as error:
        if not may_be_several(error, edges) and (
            kind not in ("odd", "marks") or not ("comment" in str(error) or "blanks" in str(error))
        ):
            raise
        return
    assert_read_or_told(graph, report, edges)


def check_without_header(path, edges):
    ways = (
        "header=",
        "format=",
        "delimiter=",
        "columns=",
        "comment",
        "blanks",
        "undirected=",
        "must have 2 columns",
        "brackets",
    )
    try:
        graph, report = read_with_report(path)
    except ValueError as error:
        if not any(way in str(error) for way in ways):
            raise
        return
    assert_read_or_told(graph, report, edges)


def assert_read_or_told(graph, report, edges):
    """Check that the edges come back, but for lines of which the report says that they are comments."""
    found, drawn = ({tuple(map(str, edge)) for edge in some} for some in (edge_sets.by_label(graph), edges))
    assert found <= drawn
    missing = drawn - found
    assert all(source[0] in "#%" or target[0] in "#%" for source, target in missing)  # either may come first
    assert bool(missing) == any("comment" in note for note in report.notes)


@given(edge_lists(KINDS["small"]))
def test_blanks_of_any_number(path, edges):
    path.write_text("".join(f"  {u}   {v} \n" for u, v in edges))
    try:
        graph = read_graph(path)
    except ValueError as error:
        if "header=" not in str(error) and "format=" not in str(error):
            raise
        return
    assert edge_sets.by_label(graph) == set(edges)


@given(st.one_of(edge_lists(KINDS["small"]), edge_lists(WORDS.filter(lambda word: " " not in word))), st.booleans())
def test_what_networkx_writes(path, edges, with_data):
    target = path.with_suffix(".edgelist")
    nx.write_edgelist(nx.DiGraph(edges, k=1), target, data=with_data)
    try:
        graph = read_graph(target)
    except ValueError as error:
        if not any(way in str(error) for way in ("header=", "format=", "missing")):
            raise
        return
    assert edge_sets.by_label(graph) == set(edges)


@given(EDGES, st.booleans(), st.sampled_from([",", "\t", ";"]))
def test_what_pandas_writes(path, drawn, index, sep):
    kind, edges = drawn
    frame = pd.DataFrame(edges, columns=["source", "target"]).assign(weight=1.5)
    frame.to_csv(path, index=index, sep=sep)
    check_with_header(path, kind, edges)


@given(st.integers(2, 14), st.integers(0, 2**32 - 1), DIALECTS, st.sampled_from(["none", "both", "columns", "rows"]))
def test_matrices(path, n, seed, dialect, labelled):
    rng = np.random.default_rng(seed)
    matrix = rng.integers(0, 2, (n, n)) * rng.integers(1, 4)
    np.fill_diagonal(matrix, 0)
    names = [f"node{k:02}" for k in range(n)]
    rows = [[*([names[k]] if labelled in ("both", "rows") else []), *row] for k, row in enumerate(matrix.tolist())]
    if labelled in ("both", "columns"):
        rows.insert(0, [*([""] if labelled == "both" else []), *names])
    path.write_text(written(rows, **dialect), newline="", encoding="utf-8")
    try:
        graph = read_graph(path)
    except ValueError as error:
        if n > 3 or not ("format=" in str(error) or "columns=" in str(error)):
            raise
        return
    if n > 2:
        assert np.array_equal(graph.to_scipy().toarray(), matrix != 0)


@given(edge_lists(KINDS["small"]), st.integers(1, 6))
def test_a_threshold_holds_for_the_sum(path, edges, threshold):
    rng = np.random.default_rng(len(edges))
    parts = [(u, v, int(count)) for u, v in edges for count in rng.integers(0, 3, 3)]
    path.write_text("pre,post,syn_count\n" + "".join(f"{u},{v},{count}\n" for u, v, count in parts))
    sums: dict[tuple[int, int], int] = {}
    for u, v, count in parts:
        sums[u, v] = sums.get((u, v), 0) + count
    assert edge_sets.by_label(read_graph(path, threshold=threshold)) == {
        pair for pair, total in sums.items() if total >= threshold
    }
