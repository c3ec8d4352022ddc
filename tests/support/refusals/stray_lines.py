"""Refusals of tests/files/tables/test_stray_lines.py."""

from __future__ import annotations

REFUSED = {
    "a title above commas": ("My network\nsource,target\na,b\nb,c\n", "line 1, 'My network', stands alone: a title"),
    "totals": ("source,target\na,b\nb,c\nTotal,2\n", "line 4, 'Total 2', is a line of totals"),
    "totals among integers": ("source,target,weight\n1,2,5\n2,3,4\nTotal,2,9\n", "line 4.*totals"),
    "totals in German": ("a;b;5\nb;c;4\na;c;3\nSumme;3;12\n", "line 4.*totals"),
    "sums above a note": ("pre,post,syn\na,b,5\nb,c,4\nSum,-,9\nNote: x,y,0\n", "line 5.*note"),
    "a note": ("pre,post\na,b\nSource: Smith et al., 2010\n", "line 3.*is a note"),
    "a second table": ("source,target\na,b\nb,c\n\nid,name\na,Alpha\nb,Beta\n", "line 5, 'id name', begins another"),
    "a second table below empty rows": (
        "source,target\na,b\n,\nid,name\na,Alpha\n",
        "line 4, 'id name', begins another",
    ),
    "Markdown": ("| source | target |\n|---|---|\n| a | b |\n| b | c |\n", "line 2.*is a rule"),
    "a rule": ("source target\n====== ======\na b\nb c\n", "line 2.*is a rule"),
    "types of columns": ("source,target\nstring,string\na,b\n", "line 2.*tells what columns hold"),
    **{
        f"{line} below integers": (f"10 20\n20 30\n{line}\n", "line 3.*note.*leave it out")
        for line in ["(3 rows)", "5 edges", "3 rows", "; note", "! note", "mean 2.5", "total: 5"]
    },
    **{
        f"{line} below words": (f"source,target\na,b\nb,c\n{line}\n", "line 4.*note.*leave it out")
        for line in ["Total edges,3", "Mean,2.5", "*,significant"]
    },
    "what a database counts": ("ab b\nb c\nc d\n(2 rows)\n", "line 4.*is a note"),
    "two headers": ("source,target\npre,post\na,b\n", "line 2.*names columns again"),
}
