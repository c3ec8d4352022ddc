"""What tells graphs apart in few digits."""

from __future__ import annotations

import hashlib

import numpy as np

from motifcount.inputs.rows import Rows


def fingerprint_of(rows: Rows) -> str:
    """Return 32 hexadecimal digits that differ for graphs with other nodes, edges, kinds, weights, layers or biases."""
    groups = rows.groups
    biases, layers = (None, None) if groups is None else (groups.bias_nodes, groups.layers())
    digest = hashlib.blake2b(f"{rows.n_nodes} {biases}".encode(), digest_size=16)
    for array in (rows.indptr, rows.indices, rows.node_ids, layers):
        if array is not None:
            digest.update(f"{array.dtype} {array.shape}".encode())
            digest.update(np.ascontiguousarray(array).data)
    if groups is not None and groups.pinned_layers:
        digest.update(f"pinned {groups.pinned_layers}".encode())
    if rows.kinds is not None:
        digest.update(f"kinds {rows.kinds.labels}".encode())
        digest.update(np.ascontiguousarray(rows.kinds.of_arc).data)
    if rows.arc_weights is not None:
        digest.update(b"weights")
        digest.update(rows.arc_weights.data)
    return digest.hexdigest()
