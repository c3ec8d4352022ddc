"""Null models that are functions, in a module of their own, so that processes started anew can import them."""

from __future__ import annotations

import multiprocessing
import os

import numpy as np

import motifcount as mc


def permuted(graph, seed):
    rng = np.random.default_rng(seed)
    return mc.Graph.from_layers([rng.permuted(mask.toarray(), axis=1) for mask in graph.to_layers()], graph.biases)


def killed_in_a_worker(graph, seed):
    if multiprocessing.parent_process() is not None:
        os._exit(1)
    return permuted(graph, seed)
