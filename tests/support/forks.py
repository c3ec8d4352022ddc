"""Programs that each need a process of their own, without an interpreter that starts for each."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import NamedTuple

_FORK_FOR_EACH = """
import json, os, sys, tempfile, traceback
import motifcount
found = []
for program in json.load(sys.stdin):
    with tempfile.TemporaryFile("w+") as out:
        if not (child := os.fork()):
            os.dup2(out.fileno(), 1)
            os.dup2(out.fileno(), 2)
            status = 0
            try:
                exec(program, {"__name__": "__main__"})
            except BaseException:
                traceback.print_exc(file=sys.stdout)
                status = 1
            sys.stdout.flush()
            os._exit(status)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        out.seek(0)
        found.append((status, out.read()))
json.dump(found, sys.stdout)
"""


class Ended(NamedTuple):
    status: int  # below 0 for a signal
    output: str


def run_each(programs, cwd=None):
    """Run each program in a fork of one fresh process that has imported motifcount alone."""
    child = subprocess.run(
        [sys.executable, "-c", _FORK_FOR_EACH],
        input=json.dumps(list(programs)),
        capture_output=True,
        text=True,
        timeout=300,
        cwd=cwd,
    )
    assert child.returncode == 0, child.stderr
    return [Ended(*each) for each in json.loads(child.stdout)]
