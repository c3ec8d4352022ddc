"""Decimal commas, and points between thousands: read right, or refused where a point may be either."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motifcount.files import read_graph, read_with_report
from support import edge_sets


def german(value, places, points):
    """Write a number as in Germany."""
    text = f"{value:,.{places}f}".replace(",", "x").replace(".", ",")
    return text.replace("x", "." if points else "")


@given(
    st.lists(st.floats(0.01, 99_999), min_size=1, max_size=6),
    st.integers(0, 3),
    st.booleans(),
    st.integers(1, 9999),
    st.sampled_from(";\t"),
)
def test_a_threshold_holds_for_the_number_that_is_meant(tmp_path_factory, values, places, points, threshold, mark):
    path = tmp_path_factory.getbasetemp() / "german.csv"
    texts = [german(value, places, points) for value in values]
    rows = [f"a{mark}b{k}{mark}{text}\n" for k, text in enumerate(texts)]
    path.write_text(f"source{mark}target{mark}weight\n" + "".join(rows))
    meant = [float(text.replace(".", "").replace(",", ".")) for text in texts]
    expected = {("a", f"b{k}") for k, value in enumerate(meant) if value >= threshold}
    by_commas = [text for text in texts if re.fullmatch(r"[1-9]\d{0,2},\d{3}", text)]
    in_doubt = by_commas and not any("," in text and text not in by_commas for text in texts)
    if in_doubt or any("." in text and "," not in text for text in texts):
        if in_doubt or mark == ";":
            with pytest.raises(ValueError, match="mark may divide thousands"):
                read_graph(path, threshold=threshold)
    else:
        assert edge_sets.in_words(read_graph(path, threshold=threshold)) == expected


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        ("a;b;1.234\nb;c;0.5\n", "a>b"),
        ("a;b;1.234,5\nb;c;2,5\n", "a>b b>c"),
        ("a,b,1.234\nb,c,2.567\n", "b>c"),
        ("a;b;1,000\nb;c;2,500\n", None),
        ("a;b;1,000\nb;c;2,5\n", "b>c"),
        ('a,b,"1.234,5"\nb,c,"2,5"\n', None),
    ],
)
def test_what_shows_where_decimals_begin(tmp_path, text, edges):
    (tmp_path / "a.csv").write_text(f"source{text[1]}target{text[1]}weight\n{text}")
    options = {"threshold": 1.5 if "567" in text or ";2,5" in text else 1}
    if edges is None:
        with pytest.raises(ValueError, match=r"finite number|mark may divide"):
            read_graph(tmp_path / "a.csv", **options)
    else:
        assert edge_sets.in_words(read_graph(tmp_path / "a.csv", **options)) == edge_sets.arcs(edges)


@pytest.mark.parametrize("rows", ["a;b;1.234\nb;c;567\n", "a;b;1.234\nb;c;0,5\n", "a;b;1.234\nb;c;567,0\n"])
def test_points_that_may_divide_thousands_are_refused_with_a_threshold(tmp_path, rows):
    (tmp_path / "a.csv").write_text("source;target;weight\n" + rows)
    with pytest.raises(ValueError, match=r"weights such as 1\.234.*divide thousands"):
        read_graph(tmp_path / "a.csv", threshold=600)
    assert edge_sets.in_words(read_graph(tmp_path / "a.csv")) == edge_sets.arcs("a>b b>c")  # whatever the number


def test_labels_with_points_between_thousands_are_refused(tmp_path):
    (tmp_path / "a.csv").write_text("source;target\n1.000;2.000\n1;999\n")
    with pytest.raises(ValueError, match=r"line 2: in the label '1\.000' the point may divide thousands"):
        read_graph(tmp_path / "a.csv")
    (tmp_path / "a.csv").write_text("source,target\n1.000,2.000\n2.000,999\n")
    assert edge_sets.in_words(read_graph(tmp_path / "a.csv")) == edge_sets.arcs("1>2 2>999")


def test_a_matrix_with_decimal_commas_and_thousands(tmp_path):
    rng = np.random.default_rng(3)
    matrix = rng.integers(0, 3, (5, 5)) * 1234.5
    rows = [";".join([f"n{k}", *(german(value, 1, points=True) for value in row)]) for k, row in enumerate(matrix)]
    (tmp_path / "a.csv").write_text("\n".join([";n0;n1;n2;n3;n4", *rows]) + "\n")
    graph, _ = read_with_report(tmp_path / "a.csv")
    expected = {(f"n{u}", f"n{v}") for u, v in zip(*matrix.nonzero(), strict=True) if u != v}
    assert edge_sets.in_words(graph) == expected
