"""Columns chosen by a number: a position, or a name where the header has numbers; refused where it may be either."""

from __future__ import annotations

import shlex
from inspect import signature

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motifcount.cli import columns
from motifcount.cli import options as command_line
from motifcount.files import read_graph, read_with_report
from motifcount.files.doors import PYTHON
from support import edge_sets

NUMBERED = "0,1,2\na,b,c\nb,c,a\n"  # as pandas calls columns


def read(tmp_path, text, **options):
    (tmp_path / "a.csv").write_text(text)
    return edge_sets.in_words(read_graph(tmp_path / "a.csv", **options))


def test_in_python_an_integer_is_a_position_and_a_text_a_name(tmp_path):
    assert read(tmp_path, NUMBERED, header=True, columns=(1, 2)) == edge_sets.arcs("b>c c>a")
    assert read(tmp_path, NUMBERED, columns=("1", "2")) == edge_sets.arcs("b>c c>a")
    assert read(tmp_path, "1 2\n2 3\n", columns=(0, 1)) == edge_sets.arcs("1>2 2>3")


@pytest.mark.parametrize(
    ("door", "says"),
    [
        (PYTHON, ("columns=(0, 1)", "columns=('1', '0')", "columns=('0', '1')")),
        (columns.DOOR, ("--columns 1,2", """--columns '"2","1"'""", """--columns '"1","2"'""")),
    ],
    ids=["python", "command line"],
)
def test_positions_that_are_names_of_other_columns_are_refused(tmp_path, door, says):
    one, other = ("1", "0") if door is PYTHON else ("2", "1")
    (tmp_path / "a.csv").write_text(f"{one},{other},w\na,b,1\nb,c,0\n")
    with pytest.raises(ValueError, match="may say positions of columns, or names") as refused:
        read_with_report(tmp_path / "a.csv", header=True, columns=(0, 1), door=door)
    assert all(way in str(refused.value) for way in says)
    (tmp_path / "a.csv").write_text(f"source,target,{3 if door is PYTHON else 4},w\na,b,1,2\nb,c,1,2\n")
    for name in ("weight", "kinds"):
        with pytest.raises(ValueError, match="may say positions of columns, or names"):
            read_with_report(tmp_path / "a.csv", header=True, door=door, **{name: 3})


def test_numbers_as_names_above_numbers_are_refused_without_a_header(tmp_path):
    with pytest.raises(ValueError, match=r"header=True.*columns=\(0, 1\)"):
        read(tmp_path, "0 1\n1 2\n", columns=("0", "1"))
    assert read(tmp_path, "0 1\n1 2\n", columns=("0", "1"), header=True) == edge_sets.arcs("1>2")
    with pytest.raises(ValueError, match=r"columns='7'.*positions are numbers, as columns=7"):
        read(tmp_path, "source,target\na,b\n", columns=("source", "7"))


@given(st.permutations(["0", "1", "2", "3"]), st.integers(0, 3), st.integers(0, 3), st.booleans())
def test_a_number_means_what_is_documented_or_is_refused(tmp_path_factory, names, k, m, by_name):
    if k == m:
        return
    path = tmp_path_factory.getbasetemp() / "numbered.csv"
    frame = pd.DataFrame([["a", "b", "c", "d"], ["d", "a", "b", "c"]], columns=names)
    frame.to_csv(path, index=False)
    ends = (names[k], names[m]) if by_name else (k, m)
    try:
        graph = read_graph(path, header=True, columns=ends)
    except ValueError:
        assert not by_name
        assert (names[k], names[m]) != (str(k), str(m))
        return
    assert edge_sets.in_words(graph) == set(zip(frame.iloc[:, k], frame.iloc[:, m], strict=True))


@pytest.mark.parametrize("column", ["a", "1", "a, b", 'say "x"', "7", 0, 3, "ä"])
def test_the_command_line_reads_the_columns_that_it_writes(column):
    parts = columns.say("columns", (column, "z")).removeprefix("--columns ")
    (text,) = shlex.split(parts)
    given = dict.fromkeys(signature(read_graph).parameters) | {"columns": text, "kind": ()}
    assert command_line.input_options(given)["columns"] == (column, "z")
