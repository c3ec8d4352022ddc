"""Turn the JSON of pytest-benchmark into benchmarks/results/<name>.json and .md, and print the table.

    python benchmarks/report.py --name census RUN.json [RUN.json ...]

Several runs become one result: the median of their medians, the minimum of their minima.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parent / "results"
DESCRIPTION = ("group", "tool", "threads", "nodes", "edges", "work", "unit", "baseline", "error")
Row = dict[str, Any]


def environment(run: Row) -> Row:
    """Return what a reader needs to know of the machine and the build, and nothing that tells whose it is."""
    machine, commit = run["machine_info"], run["commit_info"]
    cpu = machine["cpu"]
    return {
        "cpu": cpu.get("brand_raw", machine["machine"]),
        "cores": cpu.get("count"),
        **({"gpu": machine["gpu"]} if "gpu" in machine else {}),
        "architecture": cpu.get("arch", machine["machine"]),
        "system": machine["system"],
        "python": f"{machine['python_implementation']} {machine['python_version']}",
        "libraries": machine["libraries"],
        "motifcount": machine["motifcount"],
        "commit": commit.get("id", "unknown"),
        "uncommitted_changes": commit.get("dirty", True),
        "date": run["datetime"][:10],
    }


def rows_of(run: Row) -> Iterable[Row]:
    """Yield one row per benchmark. Times a program printed itself (extra_info) replace those taken around it."""
    for benchmark in run["benchmarks"]:
        extra = benchmark["extra_info"]
        if not extra.get("verified"):
            print(f"left out, its answer was wrong or never came: {benchmark['fullname']}", file=sys.stderr)
            continue
        measured = {key: extra.get(key, benchmark["stats"][key]) for key in ("median", "min", "rounds")}
        yield {"group": benchmark["group"], **extra, **measured}


def merge(runs: list[Row]) -> list[Row]:
    """Join the rows of several runs that describe the same thing."""
    alike: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for run in runs:
        for row in rows_of(run):
            alike[tuple(row[key] for key in DESCRIPTION)].append(row)
    return [
        {
            **dict(zip(DESCRIPTION, key, strict=True)),
            "median": statistics.median(row["median"] for row in rows),
            "min": min(row["min"] for row in rows),
            "rounds": sum(row["rounds"] for row in rows),
            "runs": len(rows),
            "medians": [row["median"] for row in rows],
            "load": [round(row["load"], 2) for row in rows],
        }
        for key, rows in alike.items()
    ]


def not_run(runs: list[Row]) -> list[Row]:
    """Return what ran in none of several runs, and why."""
    skipped = [{(row["tool"], of, row["reason"]) for row in run["not_run"] for of in row["of"]} for run in runs]
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    for tool, of, reason in sorted(set.intersection(*skipped)):
        grouped[tool, reason].append(of)
    return [{"tool": tool, "of": of, "reason": reason} for (tool, reason), of in grouped.items()]


def markdown(name: str, result: Row) -> str:
    """Return the tables, one per group, each row divided by the baselines of its group; then what was not run."""
    lines = [f"# {name}", "", *_about(result), ""]
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in result["benchmarks"]:
        groups[row["group"]].append(row)
    for group, rows in groups.items():
        rows.sort(key=lambda row: (not row["baseline"], row["tool"], row["threads"]))
        baselines = [row for row in rows if row["baseline"]]
        columns = ["tool", "threads", "median", "min", "rounds", f"{rows[0]['unit']}/s"]
        columns += [f"time ÷ {_short(row, baselines)}" for row in baselines]
        lines += [f"## {group}", ""]
        if rows[0]["nodes"] is not None:
            lines += [f"{rows[0]['nodes']:,} nodes, {rows[0]['edges']:,} edges", ""]
        errors = any(row["error"] is not None for row in rows)
        columns += ["error"] * errors
        lines += [line(columns), line(["---"] + ["---:"] * (len(columns) - 1))]
        for row in rows:
            ratios = [f"{ratio(row, baseline):.3g}" for baseline in baselines]
            numbers = [seconds(row["median"]), seconds(row["min"]), str(row["rounds"]), _rate(row)]
            error = [f"{row['error']:.1e}"] if errors else []
            lines.append(line([row["tool"], str(row["threads"]), *numbers, *map(plain, ratios), *error]))
        lines.append("")
    if result["not_run"]:
        lines += ["## Not run", ""]
        lines += [f"- {row['tool']} ({'; '.join(row['of'])}): {row['reason']}" for row in result["not_run"]]
        lines.append("")
    return "\n".join(lines)


def ratio(row: Row, baseline: Row) -> float:
    """How many times as long as the baseline a row takes for the same work."""
    return float(row["median"] / row["work"] / (baseline["median"] / baseline["work"]))


def seconds(value: float) -> str:
    for unit, scale in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= scale:
            return f"{value / scale:.3g} {unit}" if value < 100 * scale else f"{value / scale:.0f} {unit}"
    return f"{value * 1e9:.0f} ns"


def _rate(row: Row) -> str:
    value = row["work"] / row["median"]
    for suffix, scale in (("G", 1e9), ("M", 1e6), ("k", 1e3)):
        if value >= scale:
            return plain(f"{value / scale:.3g}") + f" {suffix}"
    return f"{value:.3g}"


def plain(number: str) -> str:
    return f"{float(number):,.0f}" if float(number) >= 100 else number


def _short(row: Row, baselines: list[Row]) -> str:
    tools = {other["tool"] for other in baselines}
    return row["tool"] if len(tools) == len(baselines) else f"{row['tool'].split(',')[0]}, {row['threads']} thr."


def line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _about(result: Row) -> list[str]:
    machine = result["environment"]
    build = machine["motifcount"]
    libraries = ", ".join(f"{name} {found}" for name, found in machine["libraries"].items())
    loads = [load for row in result["benchmarks"] for load in row["load"]]
    changes = " with uncommitted changes" if machine["uncommitted_changes"] else ""
    built = f"{build['compiler']}, {build['build_type']}, OpenMP {'on' if build['openmp'] else 'off'}"
    load = f"{min(loads):.1f} to {max(loads):.1f}"
    gpu = f", one {machine['gpu']}" if "gpu" in machine else ""
    return [
        f"- machine: {machine['cpu']}, {machine['cores']} cores{gpu}, {machine['architecture']}, {machine['system']}",
        f"- motifcount {build['version']}, commit {machine['commit'][:12]}{changes}; {built}, {build['bit_kernels']}",
        f"- {machine['python']}; {libraries}",
        f"- {machine['date']}; runs: {result['runs']}, of which the median; load average of the last minute: {load}",
        "- every tool is called from Python on input of its own, made beforehand; every answer was verified",
    ]


def join(runs: list[Row]) -> Row:
    """Make one result of several runs of the same benchmarks."""
    return {
        "environment": environment(runs[-1]),
        "runs": len(runs),
        "benchmarks": merge(runs),
        "not_run": not_run(runs),
    }


def write(name: str, result: Row, text: str) -> None:
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    (RESULTS / f"{name}.md").write_text(text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", nargs="+", type=Path, help="files written by pytest --benchmark-json")
    parser.add_argument("--name", required=True, help="of the result")
    parser.add_argument("--dry-run", action="store_true", help="print the table only")
    options = parser.parse_args()
    result = join([json.loads(path.read_text()) for path in options.runs])
    text = markdown(options.name, result)
    print(text)
    if not options.dry_run:
        write(options.name, result, text)


if __name__ == "__main__":
    main()
