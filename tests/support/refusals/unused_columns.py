"""Refusals of tests/files/columns/test_unused_columns.py."""

from __future__ import annotations

DOUBTFUL = r"""label valid truth gold entry y interaction regulation N n num number inhibitory"""
REFUSED = {
    "yes and no": ("1,2,yes\n2,3,no\n3,1,yes\n", r"0 and 1 alone, or .*weight=2; .*columns=\(0, 1\)"),
    "present and absent": ("1,2,present\n2,3,absent\n3,1,present\n", "0 and 1 alone, or words for them"),
    "a weight of synapses": ("source,target,synapse_weight\na,b,3\nb,c,0\n", "zeros, and is called one of weights"),
    "synapses": ("source,target,total_synapses\na,b,3\nb,c,0\n", "zeros, and is called one of weights"),
    "a gold standard": ("G6\tG1\t1\nG6\tG2\t1\nG1\tG2\t0\nG2\tG1\t0\nG1\tG6\t0\nG2\tG6\t0\n", "weight=2.*columns="),
    "all pairs of integers": ("1 2 1\n1 3 0\n2 1 0\n2 3 1\n3 1 0\n3 2 0\n", r"weight=2.*columns=\(0, 1\)"),
    "all pairs and scores": ("1 2 .5\n1 3 0\n2 1 .1\n2 3 1\n3 1 0\n3 2 0\n", "column 2 holds zeros, and every pair"),
    "true and false": ("source,target,valid\na,b,True\nb,c,False\n", "weight='valid'.*columns="),
    **{
        f"called {name}": (f"TF,target,{name}\na,b,1\nb,c,0\na,c,0\n", f"'{name}' holds 0 and 1 alone.*columns=")
        for name in DOUBTFUL.split()
    },
}
