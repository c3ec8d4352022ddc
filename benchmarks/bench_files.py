"""How long do a million lines take to read, and how much memory? Seconds, and peak memory over the size of the file.

    python benchmarks/bench_files.py [--lines 1000000]

Every file is read in a process of its own, five times; the minimum counts. Memory is the peak of the resident set over
that before reading.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

READ = """
import json, pathlib, re, sys, time
from motifcount.files import read_graph
def peak():
    return int(re.search(r"VmHWM:\\s*(\\d+)", pathlib.Path("/proc/self/status").read_text())[1])
before = peak()
start = time.perf_counter()
graph = read_graph(sys.argv[1])
seconds = time.perf_counter() - start
print(json.dumps([seconds, (peak() - before) * 1024, graph.n_nodes, graph.n_edges]))
"""


def write(folder: Path, n_lines: int) -> list[Path]:
    """Write the files: integers and words, and a connectome's table with ids of 18 digits."""
    rng = np.random.default_rng(1)
    ends = rng.integers(0, n_lines // 8, (n_lines, 2)).tolist()
    lines = {
        "integers.tsv": (f"{u}\t{v}\n" for u, v in ends),
        "integers.txt": (f"{u} {v}\n" for u, v in ends),
        "header.txt": (f"{u} {v}\n" for u, v in ends),
        "integers.csv": (f"{u};{v}\n" for u, v in ends),
        "weights.csv": (f"{u},{v},{u % 7 + 1}\n" for u, v in ends),
        "words.tsv": (f"gene{u}\tgene{v}\n" for u, v in ends),
        "words.csv": (f"gene{u},gene{v},{v % 5}\n" for u, v in ends),
        "connectome.csv": (f"{u + 72 * 10**16},{v + 72 * 10**16},AL_R,{u % 9 + 1},ACH\n" for u, v in ends),
    }
    headers = {"weights.csv": "source,target,weight\n", "words.csv": "source,target,weight\n"}
    headers["header.txt"] = "# made by hand\nfrom to\n"
    headers["connectome.csv"] = "pre_root_id,post_root_id,neuropil,syn_count,nt_type\n"
    for name, rows in lines.items():
        (folder / name).write_text(headers.get(name, "") + "".join(rows))
    return [folder / name for name in lines]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=10**6)
    n_lines = parser.parse_args().lines
    with tempfile.TemporaryDirectory() as name:
        for path in write(Path(name), n_lines):
            runs = []
            for _ in range(5):
                done = subprocess.run(
                    [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True
                )
                runs.append(json.loads(done.stdout))
            seconds, memory = min(run[0] for run in runs), min(run[1] for run in runs)
            size = path.stat().st_size
            print(f"{path.name:16} {seconds:6.2f} s   {memory / size:5.1f} x the file of {size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
