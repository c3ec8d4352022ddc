"""Names of columns choose them, in any case and spelling."""

from __future__ import annotations

import pytest

from support import edge_sets
from support.written import read

HEADERS = """
    regulator,gene TF,target TF,gene TF,TG pre,post pre_id,post_id pre_root_id,post_root_id source,target
    pre_pt_root_id,post_pt_root_id from,to from_id,to_id from_node,to_node citing,cited resource,consumer
    src,dst protein1,protein2 neuron1,neuron2 presynaptic,postsynaptic Presynaptic_ID,Postsynaptic_ID
    source_id,target_id SourceID,TargetID FromNodeId,ToNodeId bodyId_pre,bodyId_post sender,recipient
    caller,callee node_a,node_b nodeA,nodeB parent,child gene_1,gene_2 origin,destination ligand,receptor
    kinase,substrate prey,predator #node1,node2
"""
SPACED = ["Neuron 1,Neuron 2", "transcription factor,target gene", "Pre-synaptic cell,Post-synaptic cell"]


@pytest.mark.parametrize("header", [*HEADERS.split(), *SPACED])
@pytest.mark.parametrize("swapped", [False, True])
def test_names_choose_columns(tmp_path, header, swapped):
    names = header.split(",")
    if swapped:
        names = ["#" + names[1], names[0][1:]] if header[0] == "#" else names[::-1]
    for labels in ("xyz", "123"):
        rows = [(labels[0], labels[1]), (labels[1], labels[2]), (labels[0], labels[2])]
        lines = [",".join(names), *(",".join(row[::-1] if swapped else row) for row in rows)]
        expected = {(int(u), int(v)) if labels == "123" else (u, v) for u, v in rows}
        assert edge_sets.by_label_or_position(read(tmp_path, "\n".join(lines) + "\n")) == expected
