"""One page of HTML that tells results to a person and holds their data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motifcount import _core
from motifcount._support import arguments, atomic, extras
from motifcount.counting.count import count
from motifcount.counting.counts import MotifCounts
from motifcount.files import ReadReport
from motifcount.graph import Graph, access, as_graph
from motifcount.inference.compare import compare
from motifcount.inference.result import Significance
from motifcount.motifs import drawings, wording
from motifcount.motifs.by_class import ranked
from motifcount.nulls import title_of
from motifcount.present import numbers, text
from motifcount.reports import pictures, statements

_MOST_ROWS = 40  # of a table of z


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """What a report tells of one network.

    Attributes
    ----------
    name
        What it is called.
    results
        Its tests, of one graph.
    graph
        The graph, to be described, counted and drawn; None where it is not known.
    read
        How its file was read.
    warnings
        What was warned of on the way.
    """

    name: str
    results: Sequence[Significance]
    graph: Graph | None = None
    read: ReadReport | None = None
    warnings: Sequence[str] = ()


def report(results: Any, path: str | Path, *, graph: Any = None) -> None:
    """Write results as one self-contained page of HTML, with pictures, sentences and the data as CSV.

    Parameters
    ----------
    results
        A :class:`~motifcount.Significance`; a list of some of one graph, such as those of several null models; or,
        for several networks, a mapping of their names to either.
    path
        The file to be written, .html, whole or not at all.
    graph
        The graph that was tested, or anything a :class:`~motifcount.Graph` is made of, to be described, counted and,
        where it is small enough to be read, drawn (without layers by networkx, extra ``networkx``); for several
        networks a mapping of their names. None leaves this out.

    Raises
    ------
    TypeError, ValueError
        If `results` are no results, or of different graphs under one name, or one of them is given twice; if `graph`
        is not theirs, or `path` no .html file.
    ImportError
        If jinja2 or matplotlib (the extra ``report``) is missing.
    OSError
        If the file cannot be written.

    Examples
    --------
    >>> import motifcount as mc
    >>> net = mc.datasets.load("pendulum")
    >>> tests = [mc.significance(net, null, samples=100, seed=1) for null in ("degree", "edge_count")]
    >>> mc.report(tests, "pendulum.html", graph=net)
    """
    path = checked_path(path)
    of_several = isinstance(results, Mapping) and not isinstance(results, MotifCounts)
    named = results if of_several else {"": results}
    graphs = graph if of_several else {"": graph}
    if not named:
        raise ValueError("results must hold at least one result, not be empty")
    if not isinstance(graphs, Mapping):
        if graphs is not None:
            raise TypeError("graph must be a mapping of names to graphs, as results are, or None")
        graphs = {}
    if unknown := [name for name in graphs if name not in named]:
        raise ValueError(f"graph must have names of results, not {arguments.shown(unknown[0])}")
    for name in named:
        arguments.instance("a name of results", name, str, "a str")
    write(path, [_network(name, each, graphs.get(name)) for name, each in named.items()])


def checked_path(path: Any) -> Path:
    """Return the path of a page that can be written; raise early what :func:`write` would raise late."""
    page = arguments.path("path", path)
    if page.suffix.lower() not in (".html", ".htm"):
        raise ValueError(f"path of a report must be a .html file, not {page.name!r:.80}")
    arguments.writable(page)
    extras.require("jinja2", "report", "a report")
    extras.require("matplotlib.pyplot", "report", "a report")
    return page


def _network(name: str, results: Any, graph: Any) -> Network:
    given = f"results[{name!r}]" if name else "results"
    is_one = isinstance(results, Significance)
    parts = [results] if is_one else arguments.sequence(given, results, "results of significance")
    if not parts:
        raise ValueError(f"{given} must hold at least one result, not be empty")
    for k, part in enumerate(parts):
        arguments.instance(f"{given}[{k}]", part, Significance, "a result of significance")
        if part in parts[:k]:
            raise ValueError(f"{given} must be different, but {given}[{k}] is {given}[{parts.index(part)}] again")
    if any(part.fingerprint != parts[0].fingerprint for part in parts):
        raise ValueError("results must be of one graph; give those of several as a mapping of names")
    known = None if graph is None else as_graph(graph)
    if known is not None and access.fingerprint(known) != parts[0].fingerprint:
        raise ValueError("graph must be the one that was tested, with the same order of nodes and the same layers")
    return Network(name=name, results=parts, graph=known)


def write(path: Path, networks: Sequence[Network], command: str = "") -> None:
    """Write the page of some networks; `command` is what the user ran, if it was a command."""
    jinja2 = extras.require("jinja2", "report", "a report")
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("motifcount.reports"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("report.html.jinja").render(
        networks=[_facts(network) for network in networks],
        side_by_side=_side_by_side(networks),
        version=_core.build_config()["version"],
        command=command,
        svg=drawings.svg,
        arrows=wording.arrows,
        amount=numbers.amount,
    )
    atomic.write_bytes(path, pictures.with_own_ids(page).encode())


def _facts(network: Network) -> dict[str, Any]:
    graph = network.graph
    no_picture = pictures.why_no_network(graph)
    return {
        "name": network.name,
        "described": None if graph is None else text.describe(graph, ""),
        "read": {} if network.read is None else network.read.rows(),
        "picture": None if graph is None or no_picture else pictures.network(graph),
        "no_picture": no_picture,
        "has_layers": graph is not None and access.groups(graph) is not None,
        "counts": _counts(network),
        "warnings": network.warnings,
        "fingerprint": network.results[0].fingerprint,
        "results": [_facts_of_test(result) for result in network.results],
    }


def _counts(network: Network) -> dict[str, int]:
    """Return the counts that are not 0: of all sizes that were tested, and of 2 and 3 where the graph is known."""
    counted: list[MotifCounts] = [] if network.graph is None else [count(network.graph, progress=False)]
    counted += [result.observed for result in network.results]
    return {name: n for counts in counted for name, n in counts.items() if n}


def _facts_of_test(result: Significance) -> dict[str, Any]:
    shown = result.shown_classes
    names = shown if len(shown) <= _MOST_ROWS else ranked(shown, result.z.__getitem__)[:_MOST_ROWS]
    return {
        "null": title_of(result.null),
        "csv_name": "-".join(re.findall(r"\w+", title_of(result.null))),
        "keeps": statements.what_is_kept(result),
        "samples": result.samples,
        "drawn": statements.drawn(result),
        "seed": result.seed,
        "adjust": result.adjust,
        "summary": statements.summary(result),
        "findings": statements.findings(result),
        "unsettled": statements.unsettled(result),
        "limits": statements.limits(result),
        "dependencies": statements.dependencies(result),
        "mixing": statements.mixing(result),
        "triads": None if result.triads is None else str(result.triads),
        "rows": {name: result[name] for name in names},
        "n_hidden": len(result.classes) - len(names),
        "picture": pictures.z_by_class(result),
        "csv": text.significance_csv(result),
    }


def _side_by_side(networks: Sequence[Network]) -> dict[str, Any] | None:
    """Return how alike several networks are, each by its first test, or why that cannot be said."""
    if len(networks) < 2:
        return None
    named = {network.name: network.results[0] for network in networks}
    try:
        found = compare(named)
    except ValueError as error:
        return {"why_not": str(error)}
    return {
        "why_not": "",
        "left_out": text.left_out(found),
        "picture": pictures.profiles(found),
        "names": found.names,
        "rows": dict(zip(found.classes, found.profiles.T.tolist(), strict=True)),
        "similarity": dict(zip(found.names, found.similarity.tolist(), strict=True)),
    }
