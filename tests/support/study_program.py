"""Runs the tiniest study in a child for each line of input, and prints the child's process id, then its exit status.

What takes seconds, importing, is done once; nothing has used a thread when a child is forked.
"""

from __future__ import annotations

import os
import sys

from motifcount import study
from support.studies import TINIER

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        study.run(TINIER, line.strip(), num_threads=1, progress=False)
        os._exit(0)
    for number in (child, os.waitpid(child, 0)[1]):
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
