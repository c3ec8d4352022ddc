"""Make benchmarks/results, README's table, the plots and the page of targets anew, on one commit.

    python benchmarks/run.py [--folder FOLDER] [NAME ...] [-- OPTION ...]

Runs every benchmark that has a result (or those named), each in a process of its own, one after another. What follows
``--`` goes to pytest: --gap-tc PATH, --graph FILE, --slow-peers, ... (benchmarks/README.md). What has been run is
kept in the folder, so that a second call goes on where the first was ended. Nothing is written to benchmarks/results
before all has been run, since the later runs would then not be those of a commit.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import report
import summary
import targets
from pytest_benchmark.utils import get_commit_info

HERE = Path(__file__).resolve().parent
NAMES = ["any_tetrads", "census", "cooccurrence", "flight", "growth", "layered", "randomize"]
NAMES += ["significance", "small", "tetrads"]


def run(name: str, options: list[str], path: Path) -> None:
    """Run one file of benchmarks; what fails is left out of the result, and said. One that is ended is not kept."""
    command = [sys.executable, "-m", "pytest", "-q", f"bench_{name}.py", "--benchmark-only", *options]
    unfinished = path.with_suffix(".part")
    environment = {"OMP_PROC_BIND": "spread"} | os.environ
    ran = subprocess.run([*command, f"--benchmark-json={unfinished}"], cwd=HERE, env=environment, check=False)
    if ran.returncode not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        sys.exit(f"bench_{name}.py did not come to its end (status {ran.returncode})")
    unfinished.rename(path)


def main() -> None:
    split = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", metavar="NAME", nargs="*", help=f"of a result (default: all): {', '.join(NAMES)}")
    parser.add_argument("--folder", type=Path, default=HERE / ".runs", help="of what has been run (benchmarks/.runs)")
    options = parser.parse_args(sys.argv[1:split])
    if unknown := set(options.names) - set(NAMES):
        parser.error(f"there is no result called {', '.join(sorted(unknown))}: {', '.join(NAMES)}")
    commit = get_commit_info(HERE)
    if commit["dirty"]:
        parser.error("there are uncommitted changes: commit them first, since a result names its commit")

    folder = options.folder / commit["id"][:12]
    folder.mkdir(parents=True, exist_ok=True)
    runs = {name: folder / f"{name}.json" for name in options.names or NAMES}
    for name, path in runs.items():
        if not path.exists():
            began = time.monotonic()
            run(name, sys.argv[split + 1 :], path.resolve())
            print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    for name, path in runs.items():
        result = report.join([json.loads(path.read_text())])
        report.write(name, result, report.markdown(name, result))
    if not options.names:
        subprocess.run([sys.executable, HERE / "peak_memory.py"], check=True)
    summary.main()
    targets.main()


if __name__ == "__main__":
    main()
