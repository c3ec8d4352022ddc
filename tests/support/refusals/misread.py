"""Refusals of tests/files/tables/test_misread.py."""

from __future__ import annotations

HEADER = "header=True.*header=False"
SHAPE = "format='matrix'.*format='edges'"
SHORT = r"columns=\(0, 1\).*columns=\(1, 2\)"
REFUSED = {
    "marks behind the ends": ("a b <-\nb c <-\n", r"column 2 holds '<-': edges lead to column 0; say columns=\(1, 0\)"),
    "marks behind weights": ("3 a <- b\n4 b <- c\n", r"edges lead to column 1; say columns=\(3, 1\)"),
    "marks in front": ("<- a b\n<- b c\n", r"edges lead to column 1; say columns=\(2, 1\)"),
    "some marks of no direction": ("A <-> B\nB -> C\n", "'<->' beside '->'; write every edge"),
    "undirected by Gephi's word": (
        "a,b,Undirected\nb,c,Undirected\nc,d,Undirected\n",
        r"columns=\(0, 1\), undirected=True",
    ),
    "undirected and directed": (
        "a\tb\tundirected\nb\tc\tdirected\n",
        "'undirected' beside 'directed'.* name the columns",
    ),
    "dashes": (
        "A - B\nB - C\n",
        r"'-' alone: edges of no direction \(columns=\(0, 2\), undirected=True\), or edges that",
    ),
    "truth below R's names": ("id V1 V2\n1 FALSE TRUE\n2 TRUE FALSE\n", SHAPE),
    "R's matrix of two": ('"id"\t"V1"\t"V2"\n"1"\t0\t12\n"2"\t0\t0\n', SHAPE),
    "decimals on a diagonal": ("x9,b\n0.0,3.0\n2.0,0.0\n", SHAPE),
    "a corner in words": ("rows=to cols=from,a,b,c\na,0,1,0\nb,0,0,1\nc,0,0,0\n", "corner 'rows=to cols=from' may say"),
    "a corner that acts": (
        "column affects row,a,b,c\na,0,1,0\nb,0,0,1\nc,0,0,0\n",
        "corner 'column affects row' may say",
    ),
    "numbered nodes": ("n1 n2\nn1 n3\nn3 n4\n", HEADER),
    "numbered nodes of two kinds": ("TF_1,target_1\nTF_1,target_2\nTF_2,target_3\n", HEADER),
    "numbered nodes in a circle": ("node1,node2\nnode2,node3\nnode3,node1\n", HEADER),
    "lettered nodes": ("cell_a,cell_b\ncell_a,cell_c\n", HEADER),
    "a name that is a number": ("source,target,7\na,b,5\nb,c,6\n", HEADER),
    "a weight without a name": ("source,target\na,b,1\na,c,2\nb,c,1\n", SHORT),
    "a sign without a name": ("TF target\na b +\nb c -\nc a +\n", SHORT),
    "a number without a name": ("source,target\n1,2,1\n2,3,2\n3,1,1\n", SHORT),
    "a word without a name": ("source\ttarget\na\tb\tx\nb\tc\tx\n", SHORT),
    "a number behind the weight": ("source target weight\na b 1 0\nb c 0 9\na c 1 8\n", SHORT),
    "a short header with a number": ("a 2\n1 2 5\n2 3 5\n", r"columns=\(0, 1\)"),
    "a full matrix": ("20,46,10\n47,15,44\n14,48,39\n", SHAPE),
    "a full matrix of four": ("7 1 2 0\n1 0 8 0\n0 7 4 6\n0 4 9 1\n", SHAPE),
    "a full matrix by savetxt": ("2.0e+01 4.6e+01 1.0e+01\n4.7e+01 1.5e+01 4.4e+01\n1.4e+01 4.8e+01 3.9e+01\n", SHAPE),
    "two nodes with a loop": ("7,0\n0,0\n", SHAPE),
    "a full matrix under ids": ("9565,5890,903\n0,19,5\n4,0,2\n1,2,0\n", SHAPE),
    "a full matrix beside ids": ("55 8 0 0\n62 8 4 0\n74 3 0 0\n", SHAPE),
    "a full matrix under words": ("cell0,cell1,cell2\n9,1,0\n1,5,6\n2,2,2\n", f"{SHAPE}.*columns="),
    "a table by pandas": (",0,1,2\n0,5,6,1\n1,6,7,2\n2,5,7,3\n", SHAPE),
    "a table by R": ('"","V1","V2","V3"\n"1",5,6,1\n"2",6,7,1\n"3",6,5,1\n', f"{SHAPE}.*columns="),
    # directions
    **{
        f"{name} {value}": (f"source,target,{name}\na,b,{value}\nb,c,{value}\n", "undirected=True.*undirected=False")
        for name, value in [
            *[("is_directed", "0"), ("directed", "FALSE"), ("undirected", "True"), ("bidirectional", "TRUE")],
            *[("oneway", "no"), ("edge_type", "Undirected"), ("direction", "both"), ("Direction", "undirected")],
        ]
    },
    "some without a direction": ("from,to,bidirectional\na,b,TRUE\nb,c,FALSE\n", "1 of its edges.*undirected=True"),
    "some backward": ("source,target,direction\na,b,backward\nb,c,forward\n", "'backward' is not understood"),
    "some of no direction": ("Gene1\tGene2\tDirection\na\tb\t-\nb\tc\t->\n", "arrows such as '-'"),
    "some eaten": ("source,type,target\nlion,eats,zebra\ngrass,eatenBy,zebra\n", "'eatenBy' beside 'eats'"),
    "received, in small letters": ("Neuron 1,Neuron 2,Type\na,b,s\nb,a,r\n", "received"),
    "all arrows backward": ("a <- b\nb <- c\n", r"columns=\(2, 0\)"),
    "enzymes, substrates and products": ("enzyme,substrate,product\n1,2,3\n4,3,5\n", "several columns.*columns="),
    "two columns of one name": ("source,target,target\na,b,c\nb,c,a\n", r"several columns.*columns=\(0, 1\)"),
    # lists of neighbours, layers in front
    "a list padded": ("Lion,Zebra,Gnu,\nHyena,Zebra,,\nZebra,Grass,,\n", r"neighbours.*columns=\(0, 1\)"),
    "a list of integers padded": ("10,20,30,\n20,30,,\n30,10,20,40\n40,10,,\n", "neighbours.*columns="),
    "a list under a header": ("Predator,Prey,,\nLion,Zebra,Gnu,\nZebra,Grass,,\n", r"neighbours.*columns=\(1, 0\)"),
    "further targets": ("source,target,target2\nx,a,b\ny,a,\n", "several columns could be target.*columns="),
    "two neighbours each": ("17 23 8\n23 17 4\n8 99 17\n4 8 56\n56 4 99\n99 56 23\n", "neighbours.*columns="),
    "neighbours behind a colon": ("0: 1 2\n1: 2 0\n2: 0 1\n", "neighbours"),
    "layers in front": (
        "".join(f"{k // 60} {k % 20 + 1} {(k * 7 + k // 20) % 20} 1\n" for k in range(180)),
        "layers.*columns=",
    ),
    "signs in front": ("1 4 5\n-1 4 6\n1 5 6\n-1 6 4\n", "negative.*columns="),
    "SWC": ("1 1 0.0 0.0 0.0 1.0 -1\n2 3 1 1 1 1 1\n3 3 2 2 2 1 2\n", "SWC"),
    "Cytoscape's names": ("shared name,name,w\nA (pp) B,A (pp) B,1\nB (pp) C,B (pp) C,1\n", "the same labels"),
    "sparse by MATLAB": ("(1,2) 1\n(2,3) 1\n", "brackets"),
    "ids like 2E1": ("2E1,1E0,2\n1E0,2E1,1\n1E0,3E2,1\n", SHAPE),
}
