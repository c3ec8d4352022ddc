"""Wrong calls of the functions that count, draw and test: every argument with values of every kind."""

from __future__ import annotations

import itertools

import numpy as np
import scipy.sparse as sp
import torch

import motifcount as mc
from motifcount import datasets, files, mixing, nulls, plots
from support.wrong import EYE, NET, table

Graph = mc.Graph
RESULT = mc.significance(NET, samples=5, seed=1)
WEIGHTED = np.triu(np.arange(16.0).reshape(4, 4), 1)
DENSE = np.random.default_rng(1).random((2, 20, 20)) < 0.25
COMPARISON = mc.compare(list(DENSE), null="edge_count", samples=0)


def removed():
    ax = plots.matplotlib_tools.pyplot().figure().subplots()
    ax.remove()
    return ax


def cubic():
    return plots.matplotlib_tools.pyplot().figure().add_subplot(projection="3d")


def compare(**options):
    return mc.compare([NET, NET], **{"samples": 3} | options)


def significance(**options):
    return mc.significance(NET, **{"samples": 3} | options)


def intensity_significance(**options):
    return mc.intensity_significance(WEIGHTED, **{"samples": 3} | options)


def node_significance(**options):
    return mc.node_significance(NET, **{"samples": 3} | options)


ARGUMENTS = [
    (mc.count, "adj", "graph", mc.count),
    (mc.count, "size", "integer", lambda v: mc.count(EYE, v)),
    (mc.count, "induced", "flag", lambda v: mc.count(EYE, induced=v)),
    (mc.count, "by_block", "flag", lambda v: mc.count(NET, by_block=v)),
    (mc.count, "by_kind", "flag", lambda v: mc.count(NET, by_kind=v)),
    (mc.count, "by_group", "flag", lambda v: mc.count(NET, by_group=v)),
    (mc.MotifCounts.to_frame, "by_group", "flag", lambda v: mc.count(NET).to_frame(by_group=v)),
    (mc.MotifCounts.to_frame, "by_kind", "flag", lambda v: mc.count(NET).to_frame(by_kind=v)),
    (nulls.ShuffleKinds, "within_blocks", "flag", nulls.ShuffleKinds),
    (nulls.ShuffleKinds, "by_source", "flag", lambda v: nulls.ShuffleKinds(by_source=v)),
    (mc.significance, "by_kind", "flag", lambda v: significance(by_kind=v)),
    (mc.MotifCounts.to_frame, "by_block", "flag", lambda v: mc.count(NET).to_frame(by_block=v)),
    (mc.count, "by_node", "flag", lambda v: mc.count(NET, by_node=v)),
    (mc.count, "by_role", "flag", lambda v: mc.count(NET, by_role=v)),
    (mc.MotifCounts.to_frame, "by_node", "flag", lambda v: mc.count(NET, by_node=True).to_frame(by_node=v)),
    (mc.MotifCounts.to_frame, "by_role", "flag", lambda v: mc.count(NET, by_role=True).to_frame(by_role=v)),
    (mc.count, "by_arc", "flag", lambda v: mc.count(NET, by_arc=v)),
    (mc.MotifCounts.to_frame, "by_arc", "flag", lambda v: mc.count(NET, by_arc=True).to_frame(by_arc=v)),
    (mc.MotifCounts.columns_by_node, "by_role", "flag", lambda v: mc.count(NET).columns_by_node(by_role=v)),
    (mc.count, "num_threads", "integer", lambda v: mc.count(EYE, num_threads=v)),
    (mc.count, "executor", "instance", lambda v: mc.count(EYE, executor=v)),
    (mc.intensity, "adj", "graph", mc.intensity),
    (mc.intensity, "absolute", "flag", lambda v: mc.intensity(WEIGHTED, absolute=v)),
    (mc.intensity, "by_node", "flag", lambda v: mc.intensity(WEIGHTED, by_node=v)),
    (mc.intensity, "num_threads", "integer", lambda v: mc.intensity(WEIGHTED, num_threads=v)),
    (
        mc.Intensities.to_frame,
        "by_node",
        "flag",
        lambda v: mc.intensity(WEIGHTED, by_node=True).to_frame(by_node=v),
    ),
    (mc.intensity_significance, "adj", "graph", lambda v: mc.intensity_significance(v, samples=3)),
    (mc.intensity_significance, "null", "word", lambda v: mc.intensity_significance(WEIGHTED, v, samples=3)),
    (mc.intensity_significance, "absolute", "flag", lambda v: intensity_significance(absolute=v)),
    (mc.intensity_significance, "samples", "integer", lambda v: intensity_significance(samples=v)),
    (mc.intensity_significance, "seed", "integer", lambda v: intensity_significance(seed=v)),
    (mc.intensity_significance, "num_threads", "integer", lambda v: intensity_significance(num_threads=v)),
    (mc.intensity_significance, "progress", "function", lambda v: intensity_significance(progress=v)),
    (nulls.ShuffleWeights, "within_blocks", "flag", nulls.ShuffleWeights),
    (
        Graph,
        "weights",
        "integers",
        lambda v: Graph(Graph(EYE), weights=v if v is not None else [None] * Graph(EYE).n_edges),
    ),
    (
        Graph.from_edges,
        "weights",
        "integers",
        lambda v: Graph.from_edges([0], [1], weights=[None] if v is None else v),
    ),
    (mc.find, "adj", "graph", lambda v: mc.find(v, "030T")),
    (mc.find, "name", "word", lambda v: mc.find(EYE, v)),
    (mc.find, "limit", "integer", lambda v: mc.find(EYE, "021C", limit=v if v is not None else 0)),
    (mc.find, "seed", "integer", lambda v: mc.find(EYE, "021C", limit=3, seed=v if v is not None else -1)),
    (mc.find, "nodes", "integers", lambda v: mc.find(EYE, "021C", nodes=v if v is not None else 0)),
    (mc.find, "arcs", "integers", lambda v: mc.find(EYE, "021C", arcs=v if v is not None else 0)),
    (mc.find, "weights", "integers", lambda v: mc.find(EYE, "021C", weights=v if v is not None else 0)),
    (mc.find, "score", "word", lambda v: mc.find(EYE, "021C", score=v)),
    (mc.find, "labels", "flag", lambda v: mc.find(EYE, "021C", labels=v)),
    (mc.find, "num_threads", "integer", lambda v: mc.find(EYE, "021C", num_threads=v)),
    (mc.cooccurrence, "adj", "graph", lambda v: mc.cooccurrence(v, "030T")),
    (mc.cooccurrence, "name", "word", lambda v: mc.cooccurrence(EYE, v)),
    (mc.cooccurrence, "roles", "integers", lambda v: mc.cooccurrence(EYE, "021C", roles=v if v is not None else 0)),
    (mc.cooccurrence, "num_threads", "integer", lambda v: mc.cooccurrence(EYE, "021C", num_threads=v)),
    (mc.cooccurrence, "progress", "function", lambda v: mc.cooccurrence(EYE, "021C", progress=v)),
    (mc.find, "progress", "function", lambda v: mc.find(EYE, "021C", progress=v)),
    (mc.count, "progress", "function", lambda v: mc.count(EYE, progress=v)),
    (mc.find_chunks, "chunk_size", "integer", lambda v: mc.find_chunks(EYE, "021C", v)),
    (mc.count_paths, "adj", "graph", lambda v: mc.count_paths(v, [0], [1])),
    (mc.block_measures, "adj", "graph", mc.block_measures),
    (mc.block_measures, "num_threads", "integer", lambda v: mc.block_measures(NET, num_threads=v)),
    (mc.endpoint_pairs, "adj", "graph", lambda v: mc.endpoint_pairs(v, 2)),
    (Graph, "adj", "graph", Graph),
    (Graph, "layers", "integers", lambda v: Graph(EYE, v if v is not None else [None] * 4)),
    (Graph, "kinds", "integers", lambda v: Graph(EYE + 1, kinds=v if v is not None else [None] * 4)),
    (Graph.from_edges, "kinds", "integers", lambda v: Graph.from_edges([0], [1], kinds=[None] if v is None else v)),
    (Graph.from_layers, "kinds", "word", lambda v: Graph.from_layers([EYE], kinds="signs" if v is None else v)),
    (Graph.from_edges, "src", "integers", lambda v: Graph.from_edges(v, [0, 1])),
    (Graph.from_edges, "dst", "integers", lambda v: Graph.from_edges([0, 1], v)),
    (Graph.from_edges, "n_nodes", "integer", lambda v: Graph.from_edges([0], [1], v)),
    (Graph.from_module, "module", "instance", Graph.from_module),
    (mc.apply_masks, "module", "instance", lambda v: mc.apply_masks(v, NET)),
    (mc.apply_masks, "graph", "instance", lambda v: mc.apply_masks(torch.nn.Linear(2, 2), v)),
    (mc.randomize, "adj", "graph", mc.randomize),
    (mc.randomize, "null", "word", lambda v: mc.randomize(NET, v)),
    (mc.randomize, "seed", "integer", lambda v: mc.randomize(NET, seed=v)),
    (mc.randomize, "num_threads", "integer", lambda v: mc.randomize(NET, num_threads=v)),
    (mc.randomize, "progress", "function", lambda v: mc.randomize(NET, progress=v)),
    (mc.node_significance, "adj", "graph", lambda v: mc.node_significance(v, samples=3)),
    (mc.node_significance, "null", "word", lambda v: mc.node_significance(NET, v, samples=3)),
    (mc.node_significance, "size", "integer", lambda v: node_significance(size=v if v is not None else 0)),
    (mc.node_significance, "by_role", "flag", lambda v: node_significance(by_role=v)),
    (mc.node_significance, "samples", "integer", lambda v: node_significance(samples=v)),
    (mc.node_significance, "seed", "integer", lambda v: node_significance(seed=v)),
    (mc.node_significance, "num_threads", "integer", lambda v: node_significance(num_threads=v)),
    (mc.node_significance, "progress", "function", lambda v: node_significance(progress=v)),
    (
        mc.NodeSignificance.to_frame,
        "nodes",
        "integers",
        lambda v: node_significance().to_frame(nodes=v if v is not None else 0),
    ),
    (mc.significance, "adj", "graph", lambda v: mc.significance(v, samples=3)),
    (mc.significance, "null", "word", lambda v: significance(null=v)),
    (mc.significance, "size", "integer", lambda v: significance(size=v)),
    (mc.significance, "samples", "integer", lambda v: significance(samples=v)),
    (mc.significance, "seed", "integer", lambda v: significance(seed=v)),
    (mc.significance, "first_sample", "integer", lambda v: significance(first_sample=v)),
    (mc.significance, "adjust", "word", lambda v: significance(adjust=v)),
    (mc.significance, "num_threads", "integer", lambda v: significance(num_threads=v)),
    (mc.significance, "executor", "instance", lambda v: significance(executor=v)),
    (mc.significance, "progress", "function", lambda v: significance(progress=v)),
    (mc.Significance.intervals, "name", "word", RESULT.intervals),
    (mc.Significance.intervals, "level", "number", lambda v: RESULT.intervals("bifan", v)),
    (mc.Significance.tails, "name", "word", RESULT.tails),
    (mc.merge, "results", "instance", mc.merge),
    (mc.merge, "results", "instance", lambda v: mc.merge([RESULT, v])),
    (mc.compare, "networks", "instance", mc.compare),
    (mc.compare, "networks", "instance", lambda v: mc.compare([RESULT, v])),
    (mc.compare, "groups", "function", lambda v: compare(groups=v)),
    (mc.compare, "measure", "word", lambda v: compare(measure=v)),
    (mc.compare, "null", "word", lambda v: compare(null=v)),
    (mc.compare, "size", "integer", lambda v: compare(size=v)),
    (mc.compare, "samples", "integer", lambda v: compare(samples=v)),
    (mc.compare, "permutations", "integer", lambda v: compare(permutations=v)),
    (mc.compare, "seed", "integer", lambda v: compare(seed=v)),
    (mc.compare, "num_threads", "integer", lambda v: compare(num_threads=v)),
    (mc.Until, "relative_error", "number", mc.Until),
    (mc.Until, "max_samples", "integer", lambda v: mc.Until(max_samples=v)),
    (mixing.trace, "adj", "graph", mixing.trace),
    (mixing.trace, "null", "word", lambda v: mixing.trace(NET, v)),
    (mixing.trace, "size", "integer", lambda v: mixing.trace(NET, size=v)),
    (mixing.trace, "seed", "integer", lambda v: mixing.trace(NET, seed=v)),
    (mixing.trace, "num_threads", "integer", lambda v: mixing.trace(NET, num_threads=v)),
    (mixing.Mixing.common_error, "name", "word", RESULT.mixing.common_error),
    (mixing.Mixing.slow_classes, "samples", "integer", RESULT.mixing.slow_classes),
    (nulls.Degree, "swaps_per_edge", "number", nulls.Degree),
    (nulls.Degree, "keep_mutual", "flag", lambda v: nulls.Degree(keep_mutual=v)),
    (nulls.Degree, "keep_kinds", "flag", lambda v: nulls.Degree(keep_kinds=v)),
    (nulls.Degree, "keep_wiring", "flag", lambda v: nulls.Degree(keep_wiring=v)),
    (nulls.Masks, "swaps_per_edge", "number", nulls.Masks),
    (nulls.SoftDegree, "keep_mutual", "flag", nulls.SoftDegree),
    (nulls.NOfM, "kept", "integer", lambda v: nulls.NOfM(kept=v)),
    (nulls.blocks, "adj", "graph", nulls.blocks),
    (nulls.blocks, "null", "word", lambda v: nulls.blocks(NET, v)),
    (nulls.NOfM, "group_size", "integer", lambda v: nulls.NOfM(group_size=v)),
    (mc.MotifCounts.select, "names", "instance", mc.count(EYE).select),
    (mc.MotifCounts.save, "path", "path", mc.count(EYE).save),
    (mc.MotifCounts.load, "path", "path", mc.MotifCounts.load),
    (mc.MotifCounts, "name", "word", lambda v: mc.count(EYE)[v]),
    (datasets.load, "name", "word", datasets.load),
    (datasets.load, "bias", "flag", lambda v: datasets.load("pendulum", bias=v)),
    (files.read_graph, "path", "path", files.read_graph),
    (files.read_graph, "bias", "flag", lambda v: files.read_graph("a.npz", bias=v)),
    (files.read_graph, "errors", "flag", lambda v: files.read_graph("a.json", errors=0 if v is None else v)),
    (files.read_graph, "node_threshold", "number", lambda v: files.read_graph("a.json", node_threshold=v)),
    (files.read_graph, "edge_threshold", "number", lambda v: files.read_graph("a.json", edge_threshold=v)),
    (files.read_with_report, "path", "path", files.read_with_report),
    (files.write_graph, "adj", "graph", lambda v: files.write_graph(v, "a.csv")),
    (files.write_graph, "path", "path", lambda v: files.write_graph(EYE, v)),
    (plots.plot_motifs, "size", "integer", plots.plot_motifs),
    (plots.motif_marker, "name", "word", plots.motif_marker),
    (plots.plot_significance, "result", "instance", plots.plot_significance),
    (plots.plot_significance, "ax", "instance", lambda v: plots.plot_significance(RESULT, v)),
    (mc.Significance.plot, "ax", "instance", RESULT.plot),
    (mc.report, "results", "instance", lambda v: mc.report(v, "a.html")),
    (mc.report, "path", "path", lambda v: mc.report(RESULT, v)),
    (mc.Significance.report, "path", "path", RESULT.report),
    (mc.Significance.__getitem__, "name", "word", lambda v: RESULT[v]),
    (mc.Significance.select, "names", "instance", RESULT.select),
    (mc.Significance.sort, "by", "word", RESULT.sort),
    (mc.Significance.save, "path", "path", RESULT.save),
    (mc.Significance.load, "path", "path", mc.Significance.load),
    (mc.Significance.from_json, "text", "instance", mc.Significance.from_json),
    (plots.plot_comparison, "comparison", "instance", plots.plot_comparison),
    (plots.plot_comparison, "ax", "instance", lambda v: plots.plot_comparison(COMPARISON, v)),
    (mc.Comparison.plot, "ax", "instance", COMPARISON.plot),
    (plots.plot_profiles, "comparison", "instance", plots.plot_profiles),
    (plots.plot_profiles, "ax", "instance", lambda v: plots.plot_profiles(COMPARISON, v)),
    (plots.plot_network, "adj", "graph", plots.plot_network),
    (plots.plot_network, "nodes", "function", lambda v: plots.plot_network(NET, nodes=v)),
    (plots.plot_network, "ax", "instance", lambda v: plots.plot_network(NET, v)),
    (plots.save, "plot", "instance", lambda v: plots.save(v, "a.svg")),
    (plots.save, "path", "path", lambda v: plots.save(None, v)),
    (plots.save, "dpi", "number", lambda v: plots.save(None, "a.svg", dpi=v)),
    (plots.check_output, "path", "path", plots.check_output),
]


SHAPELESS = sp.csr_array(EYE)
SHAPELESS._shape = None
CYCLE = []
CYCLE.extend([CYCLE, CYCLE])  # NumPy looks at 2**64 items
CASES = table(ARGUMENTS) | {
    "src-number": (lambda: Graph.from_edges(np.array([2**63], "u8"), [1]), Graph.from_edges, "n_nodes"),
    "length": (lambda: mc.endpoint_pairs(EYE, 0), mc.endpoint_pairs, "length"),
    "masked": (lambda: Graph(np.ma.array(EYE, mask=EYE > 0)), Graph, "adj"),
    "masks-not-listed": (lambda: Graph.from_layers(3), Graph.from_layers, "masks"),
    "mask-number": (lambda: Graph.from_layers([3]), Graph.from_layers, "masks"),
    "mask-ragged": (lambda: Graph.from_layers([[[0], [1, 2]]]), Graph.from_layers, "masks"),
    "bias-number": (lambda: Graph.from_layers([EYE], [3]), Graph.from_layers, "biases"),
    "layers-cycle": (lambda: Graph(np.roll(EYE + np.eye(4, k=-3), 0), "infer"), Graph, "layers"),
    "to-scipy": (lambda: Graph.from_edges([2**40 - 1], [1], 2**40).to_networkx(), Graph.to_networkx, "to_networkx"),
    "to-igraph": (lambda: Graph.from_edges([2**40 - 1], [1], 2**40).to_igraph(), Graph.to_igraph, "to_igraph"),
    "layers-memory": (lambda: Graph.from_edges([2**40 - 1], [1], 2**40, layers="infer"), Graph, "layers"),
    "masks-memory": (lambda: Graph.from_layers([sp.coo_array((2**62, 3))]), Graph.from_layers, "masks"),
    "masks-sum": (lambda: Graph.from_layers([sp.coo_array((2**62, 2**62))] * 3), Graph.from_layers, "masks"),
    "in-degrees": (lambda: Graph.from_edges([2**40 - 1], [1], 2**40).in_degrees(), Graph.in_degrees, "degrees"),
    "out-degrees": (lambda: Graph.from_edges([2**40 - 1], [1], 2**40).out_degrees(), Graph.out_degrees, "degrees"),
    "by-node-memory": (lambda: mc.count(Graph.from_edges([2**30 - 1], [1], 2**30), by_node=True), mc.count, "by_node"),
    "trace-size": (lambda: mixing.trace(np.roll(np.eye(4), 1, 0), size=5), mixing.trace, "size"),
    "size-endless": (lambda: mc.count(EYE, itertools.count(2)), mc.count, "size"),
    "size-repeated": (lambda: mc.count(EYE, itertools.repeat(3)), mc.count, "size"),
    "size-range": (lambda: mc.count(EYE, range(10**9)), mc.count, "size"),
    "size-long": (lambda: mc.count(EYE, np.full(10**8, 3, "i1")), mc.count, "size"),
    "size-shapeless": (lambda: mc.count(EYE, SHAPELESS), mc.count, "size"),
    "masks-endless": (lambda: Graph.from_layers(itertools.repeat(EYE)), Graph.from_layers, "masks"),
    "biases-range": (lambda: Graph.from_layers([EYE], range(10**9)), Graph.from_layers, "biases"),
    "bias-range": (lambda: Graph.from_layers([EYE], [range(10**9)]), Graph.from_layers, "biases"),
    "merge-endless": (lambda: mc.merge(itertools.repeat(RESULT)), mc.merge, "results"),
    "adj-ranges": (lambda: Graph([range(10**9)] * 3), Graph, "adj"),
    "adj-nested-ranges": (lambda: mc.count([[range(10**7)] * 2] * 2), mc.count, "adj"),
    "adj-second-range": (lambda: Graph([np.arange(3), range(10**9)]), Graph, "adj"),
    "layers-deep-range": (lambda: Graph(EYE, [[[[[[range(10**9)]]]]]]), Graph, "layers"),
    "adj-cycle": (lambda: Graph(CYCLE), Graph, "adj"),
    "layers-ranges": (lambda: Graph(EYE, (range(10**9), range(10**9))), Graph, "layers"),
    "layers-range": (lambda: Graph(EYE, range(10**9)), Graph, "layers"),
    "src-range": (lambda: Graph.from_edges(range(10**9), [1]), Graph.from_edges, "src"),
    "src-number-wraps": (lambda: Graph.from_edges(np.array([2**63], "u8"), [1], 2**33), Graph.from_edges, str(2**63)),
    "size-tensor": (lambda: mc.count(EYE, torch.tensor(True)), mc.count, "size"),
    "seed-timespan": (lambda: mc.randomize(NET, seed=np.timedelta64(3)), mc.randomize, "seed"),
    "swaps-timespan": (lambda: nulls.Degree(np.timedelta64(3)), nulls.Degree, "swaps_per_edge"),
    "name-timespan": (lambda: mc.count(EYE)[np.timedelta64(3)], mc.MotifCounts, "name"),
    "null-nothing": (lambda: mc.randomize(NET, lambda g, s: None), mc.randomize, "null"),
    "null-other-size": (lambda: significance(null=lambda g, s: EYE), mc.significance, "null"),
    "merge-gap": (lambda: mc.merge([RESULT, RESULT]), mc.merge, "results"),
    "network-instances": (lambda: plots.plot_network(NET, instances=[1, 2]), plots.plot_network, "instances"),
    "ax-removed": (lambda: plots.plot_significance(RESULT, removed()), plots.plot_significance, "ax"),
    "ax-cubic": (lambda: plots.plot_significance(RESULT, cubic()), plots.plot_significance, "ax"),
    "ax-of-network": (lambda: plots.plot_network(NET, cubic()), plots.plot_network, "ax"),
    "save-removed": (lambda: plots.save(removed(), "a.svg"), plots.save, "plot"),
    "save-ending": (lambda: plots.save(None, "a.gif"), plots.save, "path"),
}
