"""Refusals of tests/files/tables/test_readings.py."""

from __future__ import annotations

SEVERAL = "may be one label or several"
BACK = "lead from the second node to the first"
REFUSED = {
    # several labels in a cell
    "targets in a cell": ("TF,targets\na,b;c\nb,c;d\nc,a;b\n", f"{SEVERAL}.*delimiter=','"),
    "targets behind commas": ("source\ttarget\na\tb,c\nb\tc,d\nc\ta\n", f"line 2.*{SEVERAL}"),
    "targets behind blanks": ("source,target\na,b c\nb,c d\nc,a\n", f"'b c' {SEVERAL}"),
    "neighbours behind a tab": ("1\t2 3\n2\t3 1\n3\t1\n", SEVERAL),
    "a tab behind the ends": ("% asym positive\n1 2\t1 1082040961\n3 4\t1 1082155839\n1 2\t1 108\n", "delimiter=' '"),
    # matrices
    "a matrix with a muscle": (",I1L,I1R,ASEL,M1\nI1L,0,1,2,3\nI1R,3,0,0,0\nASEL,0,0,0,0\n", "columns alone: 'M1'"),
    "a matrix with sums at the right": (",a,b,c,Sum\na,0,1,2,3\nb,1,0,0,1\nc,0,0,0,0\n", "columns alone: 'Sum'"),
    "a matrix with a legend": (",a,b,c\na,0,1,2\nb,1,0,0\nc,0,0,0\nx,1,1,1\n", "rows alone: 'x'"),
    "two kinds of nodes": ("3,0,0\n0,0,2\n0,5,0\n0,0,0\n1,0,0\n", r"not square.*columns=\(0, 1\)"),
    "sums below": ("0,1,2,0\n3,0,0,0\n0,5,0,0\n0,0,0,0\n3,6,2,0\n", "not square"),
    "two nodes": ("0,3\n2,0\n", "format='matrix'.*format='edges'"),
    "two nodes and signs": ("1,0\n0,-1\n", "format='matrix'.*format='edges'"),
    # relations
    "all regulated": ("source\tinteraction\ttarget\nA\tregulated_by\tB\nA\tactivatedBy\tC\n", f"{BACK}.*columns="),
    "a target of": ("source,interaction,target\na,targetOf,b\nb,binds,c\n", BACK),
    "reversed": ("source,interaction,target\na,reverse,b\nb,forward,c\n", BACK),
    "an arrow among words": ("source\tinteraction\ttarget\nA\t<-\tB\nA\tinhibits\tC\n", "arrows such as '<-'"),
    "chains": ("a -> b -> c\nb -> c -> d\n", "columns 1 and 3 hold arrows.*chains"),
    # an index in front
    "an index before words": ("1,2,3\n2,4,n5\n3,2,4\n4,3,n5\n", "column 0 counts the lines.*columns="),
    "an index before areas": ("1,4,9,AL\n2,4,7,MB\n3,9,4,AL\n4,2,5,AL\n5,3,6,MB\n", "column 0 counts the lines"),
    "METIS": ("4 4\n2 4\n1 3\n2 4\n1 3\n", "METIS.*header=True.*header=False"),
}  # fmt: skip
