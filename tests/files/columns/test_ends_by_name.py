"""Names of columns that choose the ends among several pairs, or name one end alone; what stands above numbers."""

from __future__ import annotations

import pandas as pd
import pytest

import motifcount as mc
from motifcount.files import read_graph, read_with_report
from support import edge_sets
from support.refusals.ends_by_name import REFUSED, lines

ROWS = "1,x,2,y/2,y,3,x"
READ = {
    # ids before what many nodes share
    **{
        header: (f"{header}/{ROWS}", "1>2 2>3")
        for header in [
            *["pre_root_id,pre_area,post_root_id,post_area", "pre_id,pre_region,post_id,post_region"],
            *["pre_neuron,pre_region,post_neuron,post_region", "pre_cell,pre_area,post_cell,post_area"],
            *["source_id,source_species,target_id,target_species", "source,source_site,target,target_site"],
            *["source_gene,source_species,target_gene,target_species", "from_id,from_taxon,to_id,to_taxon"],
            *["id_a,taxon_a,id_b,taxon_b", "id1,region1,id2,region2", "protein_a,species_a,protein_b,species_b"],
            *["resource_species,resource_mass,consumer_species,consumer_mass"],
        ]
    },
    "RegulonDB": ("1)regulatorId,2)regulatorName,3)regulatedId,4)regulatedName/1,x,2,y/2,y,3,x", "1>2 2>3"),
    "what many share comes first": ("species_a,protein_a,species_b,protein_b/x,1,y,2/y,2,x,3", "1>2 2>3"),
    "areas alone": ("area_a,area_b,weight/1,2,1/2,3,1", "1>2 2>3"),
    # one end, and a column that says node
    "a parent": ("node,parent,len/a,b,3/c,d,5", "b>a d>c"),
    "a vertex": ("vertex,to,capacity/1,2,5/2,3,7", "1>2 2>3"),
    "a neuron": ("post,neuron,n/1,2,5/3,4,7", "2>1 4>3"),
    "a cell": ("postsynaptic,cell/1,2/3,4", "2>1 4>3"),
    "a partner downstream": ("downstream_partner,root_id,n/1,2,5/3,4,7", "2>1 4>3"),
    "a partner upstream": ("root_id,upstream_partner,n/1,2,5/3,4,7", "2>1 4>3"),
    "a key": ("key,from,n/4,2,5/2,3,7", "2>4 3>2"),
    # names that lead backward
    **{
        name: (f"node,{name},score/1,2,3/3,4,5", "2>1 4>3")
        for name in [
            *["regulated_by", "presynaptic_partner", "input_from", "cited_by", "followed_by", "is_target_of"],
            *["likedBy", "child_of"],
        ]
    },
    "a parent of": ("node,parent_of/1,2/3,4", "1>2 3>4"),
    "a score of relations": ("gene,regulated_by,score/g1,t2,3/g2,t3,4", "t2>g1 t3>g2"),
    # other words
    "regulatory": ("targetGene,regulatoryGene,n/1,2,5/2,3,7", "2>1 3>2"),
    "drugs": ("target,drug,n/1,2,5/2,3,7", "2>1 3>2"),
    "Spanish": ("destino,fuente/1,2/2,3", "2>1 3>2"),
    "French": ("source;cible;poids/a;b;0,5/b;c;0", "a>b"),
    # names that are labels too, above numbers
    "a label as a name": ("p,q,timestamp/p,r,5/r,q,7", "p>r r>q"),
    "i and j": ("i,j,w/i,k,5/k,j,0", "i>k"),
    "a count": ("a,b,count/a,c,5/c,b,0", "a>c"),
    # what pandas calls the size of a group, and the levels of an index
    "a stack": ("level_0,level_1,0/a,b,5/b,c,3", "a>b b>c"),
    "a size": ("source,target,0/a,b,5/b,c,3", "a>b b>c"),
}  # fmt: skip


@pytest.mark.parametrize("case", READ)
def test_read_right(tmp_path, case):
    text, expected = READ[case]
    (tmp_path / "a.csv").write_text(lines(text))
    graph, report = read_with_report(tmp_path / "a.csv")
    assert edge_sets.in_words(graph) == edge_sets.arcs(expected)
    assert report.header
    assert ("no direction" in report.line()) == (case in ("a label as a name", "a count"))


@pytest.mark.parametrize("case", REFUSED)
def test_refused(tmp_path, case):
    text, says = REFUSED[case]
    (tmp_path / "a.csv").write_text(text)
    with pytest.raises(ValueError, match=says):
        read_graph(tmp_path / "a.csv")


@pytest.mark.parametrize(
    ("case", "options", "expected"),
    [
        ("cities", {"columns": ("from_city", "to_city")}, "a>b b>c"),
        ("labels as names", {"columns": ("A", "B")}, "A>C B>C"),
        ("SWC", {"columns": ("parent", "id")}, "-1>1 1>2 2>3"),
        ("a stack with zeros", {"weight": 2}, "a>b b>c"),
        ("a stack with zeros", {"columns": (0, 1)}, "a>b b>c a>c"),
    ],
)
def test_what_is_advised_reads_right(tmp_path, case, options, expected):
    (tmp_path / "a.csv").write_text(REFUSED[case][0])
    assert edge_sets.in_words(read_graph(tmp_path / "a.csv", **options)) == edge_sets.arcs(expected)


def test_frames_are_read_by_the_same_names():
    frame = pd.DataFrame({"node": ["a", "c"], "parent": ["b", "d"], "len": [3, 5]})
    assert edge_sets.in_words(mc.Graph(frame)) == edge_sets.arcs("b>a d>c")
    with pytest.raises(ValueError, match=r"columns=\('ID', 'Target'\)"):
        mc.Graph(pd.DataFrame({"ID": [1, 2], "Target": [2, 3], "Duration": [5, 7]}))
