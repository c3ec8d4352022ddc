"""Runs the tiniest study in a child for each line of input, and prints the child's process id, then its exit status.

What takes seconds, importing and compiling, is done once; nothing has used a thread when a child is forked.
"""

from __future__ import annotations

import os
import sys

import torch._dynamo  # noqa: F401  by torch itself, when it trains

import motifcount.flight.integrator  # noqa: F401  by the first flight
from motifcount import study
from motifcount.study import figures
from support.studies import EMPTY_FIGURES, TINIER

figures.FIGURES = EMPTY_FIGURES
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        study.run(TINIER, line.strip(), num_threads=1, progress=False)
        os._exit(0)
    sys.stdout.write(f"{child}\n")
    sys.stdout.flush()
    sys.stdout.write(f"{os.waitpid(child, 0)[1]}\n")
    sys.stdout.flush()
