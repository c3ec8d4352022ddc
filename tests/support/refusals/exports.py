"""Refusals of tests/files/tables/test_exports.py."""

from __future__ import annotations

import io

import numpy as np


def savetxt(array, fmt):
    text = io.StringIO()
    np.savetxt(text, np.array(array), fmt=fmt)
    return text.getvalue()


REFUSED = {
    "a matrix of two kinds": (",plant1,plant2\nbee1,1,0\nbee2,1,1\nbee3,0,1\n", "columns of a matrix or of values"),
    "values by gene": (",control,treated\ngeneA,5,7\ngeneB,7,5\n", "columns of a matrix or of values"),
    "totals": (",a,b,Total\na,0,1,1\nb,2,0,2\nTotal,2,1,3\n", "the last row, 'Total', has the sums"),
    "a matrix that is not square": ("1,0,1\n0,1,1\n", "not a square matrix"),
    "layers in front of a square": ("1 1 2 1\n1 2 3 1\n2 1 3 1\n2 3 1 1\n", "format='matrix'.*format='edges'"),
    "seconds in front": ("20 1558 1567\n20 1560 1570\n40 1567 1574\n60 1632 1818\n", "columns="),
    "nodes above edges": ("1 A\n2 B\n#\n1 2\n", "line 3, '#'.*TGF"),
    "in and out": ("in,out\nb,a\nc,b\n", "header="),
    "digits cut by MATLAB": ("1.2346e+05 2\n2 1.2346e+05\n3 1.2346e+05\n", "lost digits"),
    "digits cut by %g": ("source,target\n1.23457e+06,2\n2,1.5e+06\n", "line 2.*lost digits"),
    "ids through floats": (savetxt([(720575940621039145, 720575940618707491)] * 2, "%.18e"), "lost digits"),
    "ids through shorter floats": (savetxt([(720575940621039145, 720575940618707491)] * 2, "%.17e"), "lost digits"),
    "a title": ("Table S1,,\n,,\nSource,Target,Weight\na,b,1\n", "line 1, 'Table S1', stands alone: a title"),
    "a web page": ("<!DOCTYPE html>\n<html><body>Not found</body></html>\n", "but a web page"),
    "a pointer of Git LFS": ("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n", "git lfs pull"),
    "a PDF": ("%PDF-1.4\n1 0 obj\nendobj\n", "a PDF"),
    "UCINET": ("dl n=3 format=edgelist1\ndata:\n1 2\n2 3\n", "a dl file of UCINET; keep the lines below 'data:'"),
    "UCINET, in capitals": ("DL N = 3\nFORMAT = FULLMATRIX\nDATA:\n0 1 1\n0 0 1\n0 0 0\n", "a dl file of UCINET"),
    "DIMACS, edges": ("c x\nc\np edge 3 2\ne 1 2\ne 2 3\n", "a DIMACS file; keep the lines that begin with a or e"),
    "DIMACS, arcs": ("p sp 3 2\na 1 2 5\na 2 3 7\n", "a DIMACS file"),
    "GDF": ("nodedef>name VARCHAR,label VARCHAR\na,A\nb,B\nedgedef>node1,node2\na,b\n", "a GDF file"),
    "weights of two kinds": (
        "from_roi,to_roi,ipsi_weight,contra_weight\nV1,V2,0.5,0.1\nV2,V3,0.3,0\n", "none of the columns 'from_roi'"
    ),
    "values under unknown names": ("id,left,right\n1,0.5,0.7\n2,0.1,0.2\n", "the columns 'id', 'left', 'right'"),
    "ids by Excel in German": ("source;target\n7,20576E+17;2\n2;7,20576E+17\n", "line 2.*lost digits"),
    "cut ids among words": ("source,target\n7.20576E+17,soma\nsoma,7.20577E+17\n", "line 2.*lost digits"),
    "ids kept by formulas": ('source,target\n="7205759",="7205760"\n', "line 2: the label '=\"7205759\"' is a formula"),
    "arrows in both directions": ("Gene1\tGene2\tDirection\nA\tB\t->\nB\tC\t<-\n", "'Direction' holds arrows such as"),
    "places": ("id,px,py\n1,50,8\n2,48,11\n", "none of the columns 'id', 'px', 'py'"),
    "measures": ("height,mass\n170,70\n180,80\n", "none of the columns 'height', 'mass'"),
    "a matrix under groups": (
        ",,S,S,I\n,,a,b,c\nS,a,,1,2\nS,b,,,1\nI,c,,,\n", "a matrix of 3 nodes with 2 rows and 2 columns in front"
    ),
    "a matrix with a row of types": (
        ",a,b,c\ntype,S,S,I\na,0,1,2\nb,0,0,1\nc,0,0,0\n", "3 nodes with 2 rows and 1 columns in front"
    ),
    "a matrix that names a node twice": (",a,a,b\na,0,1,1\na,0,0,1\nb,0,0,0\n", "columns of the matrix are called 'a'"),
    "names that pandas tells apart": (",a,a.1,b\na,0,1,1\na,0,0,1\nb,0,0,0\n", "columns of the matrix are called 'a'"),
    "comments of other programs": ("// made by hand\n1 2\n2 3\n", "line 1, '// made by hand', may be a comment"),
    "comments of SQL": ("-- made\na b\nb c\n", "line 1, '-- made', may be a comment"),
    "Graphviz": ("digraph {\n a -> b;\n}\n", "Graphviz"),
}  # fmt: skip
