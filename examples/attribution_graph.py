"""Which signed motifs does the attribution graph of a language model have more of than its degrees explain?

    python examples/attribution_graph.py [FILE] [--errors] [--node-threshold SHARE] [--edge-threshold SHARE]

Takes the .json of circuit-tracer or Neuronpedia (default: a random one that is made here, in which nothing is to be
found). Prints what was read, and the feed-forward loops by their signs with z under two null models: links move with
their signs, and every node keeps how many of each sign it has to and from each layer; or links stay and their signs
alone move, under the same condition.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import warnings
from pathlib import Path

import motifcount as mc
from motifcount.files import read_with_report

NULLS = {
    "rewired": mc.nulls.Degree(keep_kinds=True),
    "signs alone": mc.nulls.Degree(keep_kinds=True, keep_wiring=True),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--errors", action="store_true", help="keep error nodes")
    parser.add_argument("--node-threshold", type=float)
    parser.add_argument("--edge-threshold", type=float)
    parser.add_argument("--samples", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        file = options.file or made_up(Path(folder) / "made-up.json", options.seed)
        graph, report = read_with_report(
            file,
            errors=options.errors,
            node_threshold=options.node_threshold,
            edge_threshold=options.edge_threshold,
        )
    print(graph)
    print(*report.notes, sep="\n")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mc.mixing.MixingWarning)  # of rare classes, which are not shown
        results = {
            name: mc.significance(graph, null, by_kind=True, samples=options.samples, seed=options.seed)
            for name, null in NULLS.items()
        }
    print("| loop | X → Y, Y → Z, X → Z | observed | " + " | ".join(results) + " |")
    print("|---|---|---:|" + "---:|" * len(results))
    for loop, signs in mc.FEED_FORWARD_LOOPS.items():
        name = f"030T {''.join(signs)}"
        cells = [cell(result, name) for result in results.values()]
        print(f"| {loop} | {' '.join(signs)} | {results['rewired'].observed[name]:,} | " + " | ".join(cells) + " |")


def cell(result: mc.Significance, name: str) -> str:
    """Return z and its error, or why there is none."""
    if result.status[name] not in ("varies", "dependent"):
        return result.status[name]
    return f"{result.z[name]:+.1f} ± {result.z_error[name]:.1f}"


def made_up(path: Path, seed: int, *, layers: int = 6, width: int = 12) -> Path:
    """Write a random attribution graph: tokens, features of some layers, a logit; links lead to any later layer."""
    draw = random.Random(seed)
    nodes = [node(f"E_{k}_{k}", "embedding", "E", k) for k in range(4)]
    for layer in range(layers):
        nodes += [
            node(f"{layer}_{k}_3", "cross layer transcoder", str(layer), 3) for k in draw.sample(range(10**4), width)
        ]
    nodes.append(node(f"{layers + 1}_7_3", "logit", str(layers + 1), 3, token_prob=0.9, is_target_logit=True))
    rank = {"E": -1} | {str(layer): layer for layer in range(layers + 2)}
    links = [
        {"source": source["node_id"], "target": target["node_id"], "weight": draw.gauss(0.3, 1)}
        for source in nodes
        for target in nodes
        if rank[source["layer"]] < rank[target["layer"]] and draw.random() < 0.4
    ]
    metadata = {"slug": "made-up", "scan": "none", "prompt_tokens": ["a", "b", "c", "d"], "prompt": "abcd"}
    path.write_text(json.dumps({"metadata": metadata, "qParams": {}, "nodes": nodes, "links": links}))
    return path


def node(name: str, kind: str, layer: str, position: int, **more: float) -> dict[str, str | float]:
    """Return a node in the format of circuit-tracer."""
    known = {"node_id": name, "jsNodeId": f"{name}-0", "feature": 0, "layer": layer, "ctx_idx": position}
    return {**known, "feature_type": kind, "clerp": "", **more}


if __name__ == "__main__":
    main()
