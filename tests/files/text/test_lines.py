"""No line of a table is dropped in silence: it is an edge, the header, a comment that is told, or blank."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from motifcount.files import read_graph, read_with_report
from support import edge_sets

MARKS = {"tabs": "\t", "semicolons": ";", "commas": ",", "bars": "|", "blanks": ""}
LINES = st.lists(
    st.one_of(
        st.text("ab12 ,;|\t", max_size=5),
        st.tuples(st.sampled_from("ab12"), st.sampled_from(",;|\t "), st.sampled_from("ab12|,;")).map("".join),
        st.sampled_from(["source,target", "target;source", "from to", "from\tto", "2 2"]),
    ),
    min_size=1,
    max_size=6,
)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("lines") / "graph.txt"


@example(lines=["1", "source,target"], header=True)
@example(lines=["3", "a,b", "b,c", "source,target"], header=True)
@given(LINES, st.sampled_from([None, False, True]))
def test_every_line_is_accounted_for(path, lines, header):
    path.write_text("\n".join(lines))
    try:
        _, report = read_with_report(path, header=header)
    except ValueError:
        return
    if report.format != "edge table":
        return
    mark = MARKS[report.dialect.split()[-1]]
    filled = [line for line in lines if line.replace(mark, "").strip()]
    if not mark:  # what divides all lines into as many fields is preferred to blanks, and an empty field refused
        for other in filter(None, MARKS.values()):
            counts = {line.count(other) for line in filled}
            assert counts == {0} or len(counts) > 1
    headers = sum(int(note.split()[0]) for note in report.notes if note.endswith("lines repeat the header"))
    assert len(filled) == report.header + headers + report.n_edges + sum(report.dropped.values())


@pytest.mark.parametrize("line", ["|", "||", ";", ",", ",,"])
def test_marks_that_divide_nothing_here_are_no_blank_line(path, line):
    path.write_text(f"a b\n{line}\nb c\n")
    with pytest.raises(ValueError, match="line 2 must have 2 columns"):
        read_graph(path)
    path.write_text("a b\n| ;\nb c\n")
    assert edge_sets.by_label(read_graph(path)) == {("a", "b"), ("|", ";"), ("b", "c")}


@pytest.mark.parametrize("mark", ",;|")
def test_a_file_of_delimiters_alone_holds_no_edges(path, mark):
    path.write_text(f"{mark} {mark}\n{mark} {mark}\n")
    with pytest.raises(ValueError, match=r"every line holds .* alone.*delimiter=' '"):
        read_graph(path)


@pytest.mark.parametrize("mark", ",;|\t")
def test_empty_rows_of_a_spreadsheet_are_blank_lines(path, mark):
    path.write_text(f"{mark}\nsource{mark}target\n {mark} \na{mark}b\n{mark}{mark}\nb{mark}c\n\n")
    graph, report = read_with_report(path)
    assert edge_sets.by_label(graph) == {("a", "b"), ("b", "c")}
    assert report.notes == ("3 lines hold delimiters alone",)
    path.write_text(f"from{mark}to{mark}weight\na{mark}b{mark}0\n{mark}{mark}\nb{mark}c{mark}2\n")
    assert edge_sets.by_label(read_graph(path)) == {("b", "c")}
    path.write_text(f"{mark}{mark}\n1{mark}2\n2{mark}3\n3{mark}4\n")
    assert read_with_report(path)[1].notes == ("1 lines hold delimiters alone",)
    path.write_text(f"{mark}{mark}\n{mark}\n")
    with pytest.raises(ValueError, match=r"source and a target|empty"):
        read_graph(path)
    with pytest.raises(ValueError, match=r"blank|empty"):
        read_graph(path, delimiter=mark)


def test_empty_rows_of_a_matrix_are_told_and_no_row_of_zeros(path):
    path.write_text(",a,b,c\na,0,2,1\n,,,\nb,0,0,3\nc,0,0,0\n,,,\n")
    graph, report = read_with_report(path)
    assert edge_sets.by_label(graph) == {("a", "b"), ("a", "c"), ("b", "c")}
    assert "2 lines hold delimiters alone" in report.notes
    path.write_text("0,2,1\n0,0,3\n,,\n")
    with pytest.raises(ValueError, match=r"matrix of 3 nodes with 1 empty rows.*format='edges'"):
        read_graph(path)


@given(
    st.lists(st.lists(st.text('a\t "\n', min_size=1, max_size=5), min_size=2, max_size=2), min_size=1, max_size=5),
    st.sampled_from([" ", "\t", " \t "]),
)
def test_tabs_and_blanks_in_quotes_belong_to_the_label(path, edges, between):
    quoted = [[f'"x{label.replace(chr(34), 2 * chr(34))}x"' for label in edge] for edge in edges]
    path.write_text("source target\n" + "".join(f"{between.join(edge)} \n" for edge in quoted))
    labels = {tuple(f"x{label}x" for label in edge) for edge in edges}
    assert edge_sets.by_label(read_graph(path, delimiter=" ")) == {edge for edge in labels if edge[0] != edge[1]}


@pytest.mark.parametrize("delimiter", [",", "\t", " "])
def test_lines_within_quotes_belong_to_the_field(path, delimiter):
    rows = [("source", "target", "more"), ('"a\n# b\n\nc"', "d", '"x\n#y\n,,\n"'), ("d", "e", "f")]
    lines = ["# above", *map(delimiter.join, rows), "# below"]
    path.write_text("\n".join(lines) + "\n")
    graph, report = read_with_report(path)
    assert edge_sets.by_label(graph) == {("a\n# b\n\nc", "d"), ("d", "e")}
    assert report.notes == ("1 lines are comments",)


def test_a_field_in_quotes_is_not_cut_where_the_first_lines_end(path):
    path.write_text("source,target,more\n" + "".join(f'{k},{k + 1},"x\ny\nz"\n' for k in range(3000)))
    assert read_graph(path).n_edges == 3000


@pytest.mark.parametrize("above", ["", "\n", "  \n\n", ",\n"])
@pytest.mark.parametrize("header", ["source,target", ""])
def test_blank_lines_above_a_table(path, above, header):
    path.write_text(f"{above}{header}\na,b\nb,a\n")
    graph, report = read_with_report(path)
    assert edge_sets.by_label(graph) == {("a", "b"), ("b", "a")}
    assert report.dropped["duplicates"] == 0


def test_a_first_line_that_counts_has_any_number_of_fields(path):
    path.write_text("3\n0 1 7\n1 2 8\n0 2 9\n")
    assert edge_sets.by_label(read_graph(path, header=True)) == {(0, 1), (1, 2), (0, 2)}


FIRST = "the first line counts nodes and edges; choose columns by position"
CHOSEN = {
    "a missing kind below a count": (
        "3\n1 2 NA\n2 3 x\n1 3 x\n",
        {"header": True, "kinds": 2},
        "line 2 has 'NA' as its kind",
    ),
    "thousands below a count": (
        "3\n1\t2\t1,234\n2\t3\t2,000\n1\t3\t3,000\n",
        {"header": True, "weight": 2, "threshold": 5},
        "may divide thousands",
    ),
    "a weight that rows below a count lack": ("3 2 7 7\n1 2\n2 3\n", {"header": True, "weight": 2}, "has 2 columns"),
    "ends that rows below a count lack": ("3 2 7\n1 2\n2 3\n", {"header": True, "columns": (0, 2)}, "has 2 columns"),
    "layers that rows below a count lack": ("3 2 7 7\n1 2\n2 3\n", {"header": True, "layers": "2,3"}, "2 columns"),
    "a weight named by a count": ("3 2 7 7\n1 2\n2 3\n", {"header": True, "weight": "7"}, FIRST),
    "ends named by counts": ("3 2\n1 2 5\n2 3 5\n", {"columns": ("3", "2")}, FIRST),
    "a header that is short": ("a b\n1 2 5 6\n2 3 5 6\n", {"header": True}, "must have 2 columns"),
    "a header of numbers too": ("a 2\n1 2 5\n2 3 5\n", {"header": True}, "a header must name every column"),
    "a name without a header": ("1 2 5\n3 1 6\n", {"header": False, "weight": "5"}, "chosen by position"),
    "names without a header": ("1 2 5\n2 3 6\n", {"header": False, "columns": ("1", "2")}, "chosen by position"),
    "names of layers without a header": ("1 2 5\n3 1 6\n", {"header": False, "layers": "a,b"}, "chosen by position"),
}


@pytest.mark.parametrize("case", CHOSEN)
def test_chosen_columns_that_a_table_does_not_have(path, case):
    text, options, says = CHOSEN[case]
    path.write_text(text)
    with pytest.raises(ValueError, match=says):
        read_graph(path, **options)


def test_a_column_chosen_by_name_says_that_there_is_a_header(path):
    path.write_text("x y w\ny w 1\nw x 0\n")
    assert edge_sets.by_label(read_graph(path, columns=(0, 1), weight="w")) == {("y", "w")}


@given(
    st.integers(1, 5),
    st.integers(2, 4),
    st.sampled_from(["abcde", "34567", "a4c5e", ("source", "target", "weight", "type", "x")]),
    st.fixed_dictionaries(
        {
            "header": st.sampled_from([None, True, False]),
            "columns": st.sampled_from([None, (1, 0), (0, 3), ("a", "c"), (0, "e"), ("3", "4"), ("7", 0)]),
            "weight": st.sampled_from([None, 2, 4, "c", "e", "5", "weight"]),
            "layers": st.sampled_from([None, "infer", "2,3", "a,e", "3,4"]),
            "threshold": st.sampled_from([None, 2]),
        }
    ),
)
def test_no_choice_of_columns_is_an_error_without_a_message(path, n_first, n_below, words, options):
    below = [[str(row + k) for k in range(n_below)] for row in range(3)]
    path.write_text("".join(",".join(row) + "\n" for row in [words[:n_first], *below]))
    try:
        graph = read_graph(path, **options)
    except ValueError as error:
        if str(path) not in str(error) and "weight must be another column" not in str(error):
            raise AssertionError("the file is not named") from error
        return
    assert graph.n_edges <= 4


@pytest.mark.parametrize("line", [" {}", "{}", " {'weight': 2}", "1 {}"])
def test_data_in_braces_without_ends_is_refused(path, line):
    path.write_text(f"1 2 {{'weight': 3}}\n{line}\n")
    with pytest.raises(ValueError, match=r"source and a target|columns|braces"):
        read_graph(path)
