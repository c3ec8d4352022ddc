"""A random graph, written in a random dialect, comes back equal, or is refused; never misread."""

from __future__ import annotations

import csv
import io

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motifcount.files import read_graph

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
}
EDGES = st.sampled_from(sorted(KINDS)).flatmap(lambda kind: st.tuples(st.just(kind), edge_lists(KINDS[kind])))


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("dialects") / "graph.csv"


def edges_of(graph):
    return {(graph.labels[u], graph.labels[v]) for u, v in zip(*graph.to_scipy().nonzero(), strict=True)}


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


@given(EDGES, DIALECTS, st.sampled_from(NAMED), st.booleans(), EXTRA, st.booleans())
def test_a_header_that_names_columns_is_enough(path, drawn, dialect, names, swapped, extra, index):
    kind, edges = drawn
    beside = {"weight": 2.5, "neuropil": "AL", "syn_count": 3, "sign": "+"}
    rows = [(names, extra), *((edge, tuple(beside[name] for name in extra)) for edge in edges)]
    table = [[*(ends[::-1] if swapped else ends), *more] for ends, more in rows]
    if index:
        table = [["" if k == 0 else k, *row] for k, row in enumerate(table)]
    path.write_text(written(table, **dialect), newline="", encoding="utf-8")
    try:
        graph = read_graph(path)
    except ValueError as error:
        if kind != "odd" or not ("comment" in str(error) or "blanks" in str(error)):
            raise
        return
    assert edges_of(graph) == set(edges)


@pytest.mark.parametrize("lines", ["X-|X\n", "X-|Y\nY|X\n"])
def test_a_bar_behind_a_hyphen_is_refused_with_both_readings(path, lines):
    path.write_text(lines)
    with pytest.raises(ValueError, match=r"delimiter='-\|' or delimiter='\|'"):
        read_graph(path)
    assert edges_of(read_graph(path, delimiter="|", header=False)) >= {("X-", lines[3])}


def test_labels_that_are_delimiters_elsewhere_are_no_empty_line(path):
    path.write_text("a\t;\n;\t,\n,\ta\n")
    assert edges_of(read_graph(path, header=False)) == {("a", ";"), (";", ","), (",", "a")}


@given(EDGES, DIALECTS)
def test_without_a_header_edges_come_back_or_are_refused(path, drawn, dialect):
    _, edges = drawn
    path.write_text(written(edges, **dialect), newline="", encoding="utf-8")
    try:
        graph = read_graph(path)
    except ValueError as error:
        if not any(way in str(error) for way in ("header=", "format=", "delimiter=", "columns=", "comment", "blanks")):
            raise
        return
    assert edges_of(graph) == set(edges)


@given(edge_lists(KINDS["small"]))
def test_blanks_of_any_number(path, edges):
    path.write_text("".join(f"  {u}   {v} \n" for u, v in edges))
    try:
        graph = read_graph(path)
    except ValueError as error:
        if "header=" not in str(error) and "format=" not in str(error):
            raise
        return
    assert edges_of(graph) == set(edges)


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
    assert edges_of(graph) == set(edges)


@given(EDGES, st.booleans(), st.sampled_from([",", "\t", ";"]))
def test_what_pandas_writes(path, drawn, index, sep):
    kind, edges = drawn
    frame = pd.DataFrame(edges, columns=["source", "target"]).assign(weight=1.5)
    frame.to_csv(path, index=index, sep=sep)
    try:
        graph = read_graph(path)
    except ValueError as error:
        if kind != "odd" or not ("comment" in str(error) or "blanks" in str(error)):
            raise
        return
    assert edges_of(graph) == set(edges)


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
    assert edges_of(read_graph(path, threshold=threshold)) == {
        pair for pair, total in sums.items() if total >= threshold
    }
