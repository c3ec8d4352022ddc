"""Tables of text as people have them: read as they are meant, or refused with the way out; never misread."""

from __future__ import annotations

import pytest

from support import edge_sets
from support.refusals.tables import REFUSED
from support.written import read

TRIANGLE = {(0, 1), (0, 2), (1, 2)}
ABC = {("a", "b"), ("b", "c"), ("a", "c")}
IDS = (720575940621039145, 720575940618707491, 720575940621039144)


READ = {
    # shapes
    "a matrix": ("0,1,1\n0,0,1\n0,0,0\n", TRIANGLE),
    "a matrix of weights": ("0,2.5,1\n0,0,3\n0,0,0\n", TRIANGLE),
    "a matrix with a delimiter at the end": ("0,1,1,\n0,0,1,\n0,0,0,\n", TRIANGLE),
    "a matrix with names of columns": ("a,b,c\n0,1,1\n0,0,1\n0,0,0\n", ABC),
    "a matrix with names of rows": ("a 0 1 1\nb 0 0 1\nc 0 0 0\n", ABC),
    "a matrix by pandas": (",0,1,2\n0,0,1,1\n1,0,0,1\n2,0,0,0\n", TRIANGLE),
    "a matrix under numbers of columns": ("0,1,2\n0,5,1\n0,0,1\n0,0,0\n", TRIANGLE),
    "a matrix by R": ('"","V1","V2","V3"\n"1",0,1,1\n"2",0,0,1\n"3",0,0,0\n', {(1, 2), (1, 3), (2, 3)}),
    "a named matrix by R": ('"a" "b" "c"\n"a" 0 1 1\n"b" 0 0 1\n"c" 0 0 0\n', ABC),
    "a matrix, rows in another order": (",a,b,c\nc,0,0,0\nb,0,0,1\na,0,1,1\n", ABC),
    "rows by R": ('"from" "to" "weight"\n"1" "a" "b" 1\n"2" "b" "c" 2\n"3" "a" "c" 1\n', ABC),
    "rows by R as CSV": ('"","from","to"\n"1","a","b"\n"2","b","c"\n"3","a","c"\n', ABC),
    "an index in front": (",source,target\n0,1,2\n1,2,3\n2,1,3\n", {(1, 2), (2, 3), (1, 3)}),
    "an id in front": ("id,source,target\n0,1,2\n1,2,3\n2,1,3\n", {(1, 2), (2, 3), (1, 3)}),
    "an index and numbered columns": (",0,1\n0,5,6\n1,6,7\n2,5,7\n", {(5, 6), (6, 7), (5, 7)}),
    "a relation in the middle": ("a\tactivates\tb\nb\tinhibits\tc\na\tactivates\tc\n", ABC),
    "a relation at the end": ("a\tb\t+\nb\tc\t-\na\tc\t+\n", ABC),
    "relations and references": ("a\tb\tRepression\t22909\nb\tc\tUnknown\t171\na\tc\tActivation\t117\n", ABC),
    "arrows": ("a -> b\na -> c\nb -| c\n", ABC),
    "data by NetworkX": ("1 2 {'weight': 3, 'sign': 1}\n2 3 {'weight': 1}\n1 3 {}\n", {(1, 2), (2, 3), (1, 3)}),
    "weight 0 by NetworkX": ("1 2 {'weight': 3}\n2 3 {'weight': 0}\n", {(1, 2)}),
    "times": ("1 2 0\n2 3 40\n1 3 77\n", {(1, 2), (2, 3), (1, 3)}),
    "weights of edges that share no node": ("a,b,5\nc,d,7\ne,f,9\n", {("a", "b"), ("c", "d"), ("e", "f")}),
    "weights behind a chain": ("0 1 5\n1 2 7\n2 3 9\n", {(0, 1), (1, 2), (2, 3)}),
    # headers
    "targets first": ("target,source\nb,a\nc,a\nd,a\n", {("a", "b"), ("a", "c"), ("a", "d")}),
    "to and from": ("to,from\nb,a\nc,b\nc,a\n", ABC),
    "post and pre": ("post,pre\nb,a\nc,b\nc,a\n", ABC),
    "weights first": ("weight,source,target\n3,a,b\n1,b,c\n1,a,c\n0,c,a\n", ABC),
    "types beside the ends": ("source_type,source,target_type,target\nn,a,n,b\nn,b,n,c\nn,a,n,c\n", ABC),
    "names and ids": ("source_name,target_name,source_id,target_id\na,b,1,2\nb,c,2,3\n", {(1, 2), (2, 3)}),
    "a commented header": ("#node1\tnode2\tnode1_string_id\na\tb\t9606.1\nb\tc\t9606.2\na\tc\t9606.1\n", ABC),
    "words over integers": ("apple,pear\n1,2\n2,3\n", {(1, 2), (2, 3)}),
    "labels of one letter": ("u v\nv w\nu w\n", {("u", "v"), ("v", "w"), ("u", "w")}),
    # labels
    "percent signs": ("a\tb\n%C3%84\tb\na\tc\n", {("a", "b"), ("%C3%84", "b"), ("a", "c")}),
    "hashes under a header": ("source,target\n#a,#b\n#b,#c\n", {("#a", "#b"), ("#b", "#c")}),
    "hashes within": ("source,target\na#1,b # 2\nb # 2,c%\n", {("a#1", "b # 2"), ("b # 2", "c%")}),
    "names in German": ("Quelle;Ziel;Gewicht\nA;B;0,5\nB;C;0\n", {("A", "B")}),
    "participants": ("PARTICIPANT_A\tTYPE\tPARTICIPANT_B\na\tx\tb\nb\tx\tc\n", {("a", "b"), ("b", "c")}),
    "one spelling among words": ("source,target\na,1.0\n1,2.\n", {("a", "1"), ("1", "2")}),
    "integers as floats": ("source,target\n1,2.0\n2,3.0\n3,1.0\n", {(1, 2), (2, 3), (3, 1)}),
    "integers in quotes": ('source,target\n"1",2\n2,"3"\n3,1\n', {(1, 2), (2, 3), (3, 1)}),
    "integers by R": ("from,to\n1e+05,2\n2,100001\n", {(100000, 2), (2, 100001)}),
    "integers among words": ("source,target\ngene,5\n5,x\n5.0,y\n", {("gene", "5"), ("5", "x"), ("5", "y")}),
    "integers of one width": ("001,002\n002,010\n001,010\n", {(1, 2), (2, 10), (1, 10)}),
    "leading zeros": ("source,target\n01,1\n1,10\n", {("01", "1"), ("1", "10")}),
    "ids of 18 digits": (
        f"pre_root_id,post_root_id\n{IDS[0]},{IDS[1]}\n{IDS[1]},{IDS[2]}\n", {(IDS[0], IDS[1]), (IDS[1], IDS[2])}
    ),
    "delimiters in quotes": ('source,target\n"a, x",b\nb,"a, x"\n', {("a, x", "b"), ("b", "a, x")}),
    "lines in quotes": ('source,target\n"a\nx",b\nb,"a\nx"\n', {("a\nx", "b"), ("b", "a\nx")}),
    "blanks in labels": ("mus m,homo s\nhomo s,felis c\n", {("mus m", "homo s"), ("homo s", "felis c")}),
    # dialects
    "decimal commas": ("a;b;0,5\nb;c;1,5\na;c;2,5\n", ABC),
    "blanks behind commas": ("1, 2\n2, 3\n1, 3\n", {(1, 2), (2, 3), (1, 3)}),
    "bars": ("a|b\nb|c\na|c\n", ABC),
    "a delimiter at the end": ("a,b,\nb,c,\na,c,\n", ABC),
    "Windows": ("source,target\r\na,b\r\nb,c\r\na,c\r\n", ABC),
    "old Macintosh": ("source,target\ra,b\rb,c\ra,c\r", ABC),
    "a byte order mark": ("\ufeffsource,target\na,b\nb,c\na,c\n", ABC),
    "UTF-16": ("source\ttarget\na\tb\nb\tc\na\tc\n".encode("utf-16"), ABC),
    "empty rows of a spreadsheet": ("source,target\na,b\nb,c\na,c\n,\n,\n", ABC),
    "comments": ("# mine, 2020\nsource,target\na,b\n# more\nb,c\na,c\n", ABC),
    "comments behind": ("0 1 # one\n1 2\n0 2 # two more\n", TRIANGLE),
    "comments of SNAP": ("# Directed graph: x\n# FromNodeId\tToNodeId\n0\t1\n0\t2\n1\t2\n", TRIANGLE),
    "comments of KONECT": ("% asym unweighted\n% 3 3 3\n0 1\n0 2\n1 2\n", TRIANGLE),
    # weights
    "weight 0 of words": ("source,target,weight\na,b,1\nb,c,0\n", {("a", "b")}),
    "weight 0 of integers": ("source,target,weight\n1,2,1\n2,3,0\n", {(1, 2)}),
    "weight 0 with a decimal comma": ("source;target;weight\na;b;0,5\nb;c;0,0\n", {("a", "b")}),
    "a score of 0": ("source,target,score\na,b,1\nb,c,0\na,c,0\n", ABC),
    "directed by Gephi": ("Source,Target,Type,Id,Label\na,b,Directed,0,\nb,c,Directed,1,\na,c,Directed,2,\n", ABC),
    # as strangers have them
    "what a name goes with": (
        "SOURCE_SUBREDDIT\tTARGET_SUBREDDIT\tPOST_ID\tTIMESTAMP\na\tb\t1u\t2013\nb\tc\t2u\t2013\na\tc\t3u\t2013\n", ABC
    ),
    "addresses": ("src_ip,dst_ip,bytes\n10.0.0.1,10.0.0.2,5\n", {("10.0.0.1", "10.0.0.2")}),
    "rows and columns": ("row,col,val\n0,1,1\n1,2,1\n0,2,1\n2,0,0\n", TRIANGLE),
    "names of genes": ("TF Name,Gene Name,Regulatory effect\na,b,+\nb,c,+\na,c,-\n", ABC),
    "what is eaten": ("eater,eaten\nc,a\nc,b\nb,a\n", ABC),
    "columns before rows": ("to\\from,a,b,c\na,0,0,0\nb,1,0,0\nc,1,1,0\n", ABC),
    "a matrix with a corner": ("pre/post,a,b,c\na,0,1,1\nb,0,0,1\nc,0,0,0\n", ABC),
    "a node called as a column is": ("TF_id,target_id\nTF_id,b\n", {("TF_id", "b")}),
    # other formats that call themselves tables
    "MatrixMarket": ("%%MatrixMarket matrix coordinate integer general\n3 3 3\n1 2 1\n1 3 1\n2 3 1\n", TRIANGLE),
    "Pajek": ('*Vertices 3\n1 "a"\n2 "b"\n3 "c"\n*Arcs\n1 2 1\n2 3 2\n1 3\n3 1 0\n', ABC),
}  # fmt: skip


@pytest.mark.parametrize("case", READ)
def test_read_right(tmp_path, case):
    text, expected = READ[case]
    assert edge_sets.by_label_or_position(read(tmp_path, text)) == expected


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_the_way_out(tmp_path, case):
    text, says = REFUSED[case]
    with pytest.raises(ValueError, match=f"a.csv: .*(?:{says})"):
        read(tmp_path, text)


SETTLED = {
    "colours of FANMOD": ("0 1 0 1\n1 2 1 1\n0 2 0 1\n", {"columns": (0, 1)}, TRIANGLE),
    "counts": ("4 3\n0 1\n1 2\n0 2\n", {"header": True}, TRIANGLE),
    "an edge": ("4 3\n0 1\n1 2\n0 2\n", {"header": False}, TRIANGLE | {(4, 3)}),
    "a header": ("Herbivore,Plant\na,b\nb,c\na,c\n", {"header": True}, ABC),
    "no header": ("x,y\na,b\nb,c\na,c\n", {"header": False}, ABC | {("x", "y")}),
    "a matrix": ("0 1 2\n0 0 3\n0 0 0\n", {"format": "matrix"}, TRIANGLE),
    "a list": ("0 1 2\n0 2 3\n1 2 0\n", {"format": "edges"}, TRIANGLE),
    "columns by position": ("0.5 a b\n0.7 b c\n0 a c\n", {"columns": (1, 2)}, ABC),
    "columns by name": ("d,x,y\n0.5,b,a\n0.7,c,b\n0,c,a\n", {"columns": ("y", "x")}, ABC),
    "a weight by position": ("a b 1\nb c 1\na c 2\nc a 0\n", {"weight": 2}, ABC),
    "a weight by name": ("source,target,n_contacts\na,b,1\nb,c,1\na,c,2\nc,a,0\n", {"weight": "n_contacts"}, ABC),
    "a delimiter": ("a->b\nb->c\na->c\n", {"delimiter": "->"}, ABC),
    "both ways": ("a -- b\nb -- a\n", {"columns": (0, 2), "undirected": True}, {("a", "b"), ("b", "a")}),
    "as written": ("% sym unweighted\n0 1\n0 2\n1 2\n", {"undirected": False}, TRIANGLE),
    "only those marked": (
        "Source,Target,Type\na,b,Undirected\nb,c,Directed\n", {"undirected": True}, {("a", "b"), ("b", "a"), ("b", "c")}
    ),
    "a sum over lines": ("source,target,weight\na,b,2\na,b,3\nb,c,4\n", {"threshold": 5}, {("a", "b")}),
    "a number of lines": ("source,target\na,b\na,b\nb,c\n", {"threshold": 2}, {("a", "b")}),
}  # fmt: skip


@pytest.mark.parametrize("case", SETTLED)
def test_arguments_settle_it(tmp_path, case):
    text, options, expected = SETTLED[case]
    assert edge_sets.by_label_or_position(read(tmp_path, text, "a.txt", **options)) == expected


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"format": "xyz"}, ValueError, "format must be one of"),
        ({"format": 3}, TypeError, "format"),
        ({"delimiter": 3}, TypeError, "delimiter"),
        ({"delimiter": "a"}, ValueError, "delimiter"),
        ({"header": "yes"}, TypeError, "header"),
        ({"columns": "ab"}, TypeError, "columns"),
        ({"columns": (0, 0)}, ValueError, "different"),
        ({"columns": (0, 7)}, ValueError, "2 columns"),
        ({"columns": ("x", "y")}, ValueError, "no column has this name"),
        ({"columns": (0, 1), "weight": 1}, ValueError, "weight"),
        ({"weight": 1}, ValueError, "weight"),
        ({"weight": -1}, ValueError, "weight"),
        ({"threshold": "x"}, TypeError, "threshold"),
        ({"threshold": float("nan")}, ValueError, "threshold"),
        ({"undirected": 1}, TypeError, "undirected"),
        ({"order": ["a"]}, ValueError, "order"),
        ({"bias": True}, ValueError, "bias must be False"),
        ({"format": "matrix"}, ValueError, "square"),
        ({"sign": 1}, TypeError, "sign"),
    ],
)
def test_arguments_that_say_nothing_or_too_much(tmp_path, options, error, says):
    with pytest.raises(error, match=says):
        read(tmp_path, "1 2\n2 3\n3 4\n4 5\n", "a.txt", **options)


def test_a_node_listed_with_weight_0_is_a_node(tmp_path):
    for rows in ("a,b,1\nb,c,0\n", "1,2,1\n2,3,0\n"):
        assert read(tmp_path, "source,target,weight\n" + rows).n_nodes == 3
