"""Samples drawn by the ranks of an MPI job: mpiexec -n 2 python -m mpi4py.futures mpi_program.py OUTPUT."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from mpi4py.futures import MPIPoolExecutor

import motifcount as mc

if __name__ == "__main__":
    with MPIPoolExecutor() as ranks:
        net = mc.datasets.load("pendulum", bias=True)
        result = mc.significance(net, size=(3, 4), samples=100, seed=5, executor=ranks)
        Path(sys.argv[1]).write_bytes(pickle.dumps((ranks.num_workers, result)))
