"""Reports: one page that stands alone and says what the results say, no more and no less."""

from __future__ import annotations

import csv
import io
import math
import sys
import urllib.parse
import warnings

import numpy as np
import pytest

import motifcount as mc
from motifcount import cli
from motifcount.nulls.in_core import InCore
from motifcount.present import text
from motifcount.present.numbers import amount, how_often
from motifcount.reports import pictures, statements
from support.pages import Page

pytest.importorskip("jinja2")
pytest.importorskip("matplotlib")
pytestmark = pytest.mark.filterwarnings("ignore::motifcount.mixing.MixingWarning", "ignore:the graph has")


def pendulum():
    return mc.datasets.load("pendulum")


def with_loops():
    """A random graph with twenty feed-forward loops more than chance would have."""
    rng = np.random.default_rng(5)
    adj = rng.random((60, 60)) < 0.02
    for a, b, c in rng.permutation(60).reshape(20, 3):
        adj[a, b] = adj[b, c] = adj[a, c] = True
    return mc.Graph(adj)


def shuffled(graph, seed):
    order = np.random.default_rng(seed).permutation(graph.n_nodes)
    return mc.Graph(graph.to_scipy()[order][:, order])


RESULTS = {
    "degree": lambda: mc.significance(pendulum(), samples=60, seed=1),
    "edge count": lambda: mc.significance(pendulum(), "edge_count", samples=60, seed=1),
    "exact": lambda: mc.significance(pendulum(), "edge_count", samples=0),
    "all fixed": lambda: mc.significance(pendulum(), size=3, samples=30, seed=1),
    "loops": lambda: mc.significance(with_loops(), samples=200, seed=1),
    "tetrads": lambda: mc.significance(with_loops(), size=4, samples=60, seed=1),
    "keep triads": lambda: mc.significance(with_loops(), mc.nulls.Degree(2, keep_triads=True), samples=9, seed=1),
    "function": lambda: mc.significance(with_loops(), shuffled, samples=9, seed=1),
    "no edges": lambda: mc.significance(mc.Graph(np.zeros((4, 4))), samples=9, seed=1),
}


@pytest.fixture(scope="module", params=RESULTS)
def result(request):
    return RESULTS[request.param]()


def page_of(results, tmp_path, **options):
    path = tmp_path / "report.html"
    mc.report(results, path, **options)
    return Page(path.read_text())


def csv_of(page):
    (data,) = (reference for reference in page.references if reference.startswith("data:text/csv"))
    return urllib.parse.unquote(data.split(",", 1)[1])


def test_the_page_stands_alone(result, tmp_path):
    page = page_of(result, tmp_path)
    assert all(reference.startswith(("data:", "#")) for reference in page.references)
    assert csv_of(page) == text.significance_csv(result)
    words = page.words()
    for wanted in (mc.__version__, f"seed {result.seed}", f"{result.samples:,} samples", result.fingerprint):
        assert wanted in words
    assert not {"nan", "None", "inf"} & set(words.replace(",", " ").split()) - set(
        csv_of(page).replace(",", " ").split()
    )


def test_every_sentence_is_on_the_page(result, tmp_path):
    words = page_of(result, tmp_path).words()
    said = [statements.summary(result), *statements.findings(result)[:20], *statements.limits(result)]
    said += statements.unsettled(result)
    said += [*statements.dependencies(result), *statements.mixing(result), statements.what_is_kept(result)]
    for sentence in said:
        assert " ".join(sentence.split()) in words


def test_findings_are_the_classes_of_low_p(result):
    found = statements.findings(result)
    names = [name for name in result if result.p_adjusted[name] <= statements.LEVEL]
    assert sorted(sentence.split()[0] for sentence in found) == sorted(names)
    for sentence in found:
        name = sentence.split()[0]
        assert f"{how_often(result.observed[name])} against" in sentence
        assert ("more often" in sentence) == (result.observed[name] > result.mean[name])


def test_the_planted_motif_is_told():
    result = RESULTS["loops"]()
    assert "030T (feed forward loop) occurs more often" in statements.findings(result)[0]
    more = sum(result.p_adjusted[name] <= 0.05 and result.z[name] > 0 for name in result)
    assert f"{more} more and" in statements.summary(result)
    assert any("021D" in sentence and "follow from other classes" in sentence for sentence in statements.limits(result))


@pytest.mark.parametrize("null", ["soft_degree", "soft_dyad_count", "edge_count"])
def test_z_of_a_fitted_null_model_is_told_to_be_no_test(null):
    result = mc.significance(mc.Graph(np.random.default_rng(1).random((12, 12)) < 0.3), null, samples=19, seed=1)
    said = [sentence for sentence in statements.limits(result) if sentence.startswith("z is no test")]
    assert len(said) == (null != "edge_count")
    assert "`" not in statements.what_is_kept(result)


def test_of_a_selection_it_is_told_over_how_many_classes_p_was_adjusted():
    result = RESULTS["degree"]()
    told = statements.summary(result.select(["bifan"]))
    assert told.startswith("6 classes were tested, p adjusted over all of them; of the 1 told here: 1 more and 0 less")
    assert "None of the 6 classes that were tested is among" in statements.summary(result.select(["out_star"]))
    assert statements.summary(result).startswith("6 classes were tested: ")


def test_what_is_fixed_is_no_finding():
    result = RESULTS["all fixed"]()
    assert statements.findings(result) == []
    assert "nothing to test" in statements.summary(result)
    assert any(sentence.startswith("Nothing about 003") for sentence in statements.limits(result))


def test_what_lies_beyond_all_samples_is_told_without_being_significant(tmp_path):
    """With ten samples no p is below 1/11, however far out a class is."""
    result = mc.significance(with_loops(), samples=10, seed=1)
    assert result.z["030T"] > 4
    assert statements.findings(result) == []
    assert "none is significant" in statements.summary(result)
    lowest = min(p for p in result.p_adjusted.values() if not math.isnan(p))
    none, beyond = statements.unsettled(result)
    assert none == f"No class is significant: adjusted p-values are {lowest:.3g} or more."
    assert "Beyond all 10 random graphs" in beyond
    assert "030T" in beyond
    words = page_of(result, tmp_path).words()
    assert none in words
    assert beyond in words
    (floor,) = (sentence for sentence in statements.limits(result) if sentence.startswith("p cannot be lower"))
    assert "1 / (1 + 10) = 0.091" in floor
    assert "030T" in floor


def test_more_samples_are_advised_where_p_is_at_its_lowest(result):
    """Also where adjusted p-values are not: the extremes of rare classes share the floor."""
    tested = [name for name in result if not math.isnan(result.p_adjusted[name])]
    lowest = [name for name in tested if min(result.p_over[name], result.p_under[name]) == 1 / (1 + result.samples)]
    said = [sentence for sentence in statements.limits(result) if "more samples could tell more" in sentence]
    assert len(said) == bool(lowest)
    if 0 < len(lowest) < 12:
        assert all(name in said[0] for name in lowest)
    unsettled = " ".join(statements.unsettled(result))
    assert ("No class is significant" in unsettled) == (bool(tested) and not statements.findings(result))


def test_where_z_is_no_measure_it_is_told_why():
    """Of nearly all pairs most are mutual, and their number hardly varies."""
    dense = ~np.eye(12, dtype=bool) & (np.random.default_rng(2).random((12, 12)) < 0.93)
    result = mc.significance(dense, "edge_count", size=2, samples=200, seed=1)
    assert result.few["mutual"]
    assert result.few["asymmetric"]
    assert result.mean["mutual"] > 40
    assert result.status["asymmetric"] == "dependent"
    (said,) = (sentence for sentence in statements.limits(result) if sentence.startswith("z is no measure"))
    assert said == (
        "z is no measure of probability for mutual, whose number hardly varies among random graphs: it is far from "
        "normal. The p-values hold."
    )
    rare = mc.significance(with_loops(), "edge_count", samples=0)
    (said,) = (sentence for sentence in statements.limits(rare) if sentence.startswith("z is no measure"))
    few = [name for name in rare if rare.few[name] and rare.status[name] == "varies"]
    assert said.endswith("of which random graphs have few: it is far from normal.")
    assert all(name in said for name in few if rare.mean[name] < 10)


def test_numbers_are_not_told_as_0():
    assert [amount(value) for value in (0, 0.001, 0.04, 0.5, 1, 1234.56, 2e9)] == [
        *("0.0", "0.0010", "0.040", "0.50", "1.0", "1,234.6", "2.0000e+09")
    ]
    assert (how_often(0), how_often(1), how_often(1234)) == ("0 times", "once", "1,234 times")
    clique = np.zeros((60, 60), bool)
    clique[:3, :3] = ~np.eye(3, dtype=bool)
    clique[np.arange(3, 59), np.arange(4, 60)] = True
    result = mc.significance(clique, "edge_count", samples=20, seed=1)
    assert "300 occurs more often than in such random graphs: once against 0 in each of them" in statements.finding(
        result, "300"
    )
    exact = mc.significance(clique, "edge_count", samples=0)
    for shown in (repr(exact), exact._repr_html_(), text.significance_csv(exact)):
        assert f"{exact.mean['300']:.1e}"[:3] in shown


def test_what_random_graphs_keep():
    assert statements.what_is_kept(RESULTS["edge count"]()).startswith("The number of edges is kept")
    kept = statements.what_is_kept(RESULTS["keep triads"]())
    assert kept.endswith("(swaps per edge 2, triads kept).")
    assert "(" not in statements.what_is_kept(RESULTS["degree"]())


def test_sums_of_statuses():
    """Every class that could occur is counted once."""
    for result in (RESULTS["degree"](), RESULTS["loops"]()):
        shown = result.possible_classes
        tested = sum(not math.isnan(result.p_adjusted[name]) for name in shown)
        others = [sum(result.status[name] == s for name in shown) for s in ("dependent", "fixed", "constant")]
        assert tested + sum(others) == len(shown)
        numbers = [int(word) for word in statements.summary(result).replace(":", "").split() if word.isdigit()]
        assert numbers[0] == tested
        assert [n for n in others if n] == numbers[-len([n for n in others if n]) :]


def test_a_graph_is_described_and_drawn(tmp_path):
    net = pendulum()
    page = page_of(RESULTS["degree"](), tmp_path, graph=net)
    assert "250 nodes, 1,460 edges, 5 layers." in page.words()
    assert "layers from left to right" in page.words()
    for name, n in mc.count(net).items():
        assert not n or f"{n:,} {name}" in page.words()


UNDRAWN = {
    "unknown": (None, "the graph was not given"),
    "no edges": (np.zeros((3, 3)), "it has no edges"),
    "many nodes": (np.eye(600, k=1), "of 600 nodes with edges and 599 edges"),
    "many edges": (np.ones((50, 50)), "of 50 nodes with edges and 2,450 edges"),
    "many in layers": (
        mc.Graph.from_edges(np.arange(20_000), np.arange(1, 20_001), layers=[0] * 20_001),
        "of 20,001 nodes and 20,000 edges",
    ),
}


@pytest.mark.parametrize("case", UNDRAWN)
def test_why_there_is_no_picture_of_a_network(case):
    adj, reason = UNDRAWN[case]
    assert pictures.why_no_network(None if adj is None else mc.Graph(adj)).startswith(reason)


def test_a_small_network_without_layers_is_drawn(tmp_path, monkeypatch):
    result, graph = RESULTS["function"](), with_loops()
    words = page_of(result, tmp_path, graph=graph).words()
    assert "The network, laid out by forces" in words
    assert "No picture" not in words
    assert "No picture of the network: the graph was not given with its results." in page_of(result, tmp_path).words()
    monkeypatch.setitem(sys.modules, "networkx", None)
    words = page_of(result, tmp_path, graph=graph).words()
    assert "No picture of the network: the layout of a graph without layers needs networkx" in words


def test_several_null_models_and_networks(tmp_path):
    tests = [RESULTS["degree"](), RESULTS["edge count"]()]
    loops = RESULTS["loops"]()
    page = page_of({"a <net>": tests, "loops": loops}, tmp_path, graph={"loops": with_loops()})
    words = page.words()
    assert "Motifs of 2 networks" in words
    assert "a <net>" in words
    assert words.index("null model degree") < words.index("null model edge_count")
    assert "These networks are not compared: networks must have 3 classes or more" in words
    rng = np.random.default_rng(1)
    pair = {name: mc.significance(rng.random((20, 20)) < 0.2, samples=60, seed=3) for name in ("one", "two")}
    words = page_of(pair, tmp_path).words()
    found = mc.compare(pair)
    first, second = found.profiles[:, 0].tolist()
    assert f"{found.classes[0]} {first:+.2f} {second:+.2f}".replace("-", "−") in words
    assert found.left_out
    assert (
        f"{len(found.left_out)} classes left out, which vary in all but are few, or hardly vary, in one of them"
        in words
    )
    assert f": {', '.join(found.left_out)}." in words
    alike = found.similarity[0, 1]
    assert f"one +1.00 {alike:+.2f}".replace("-", "−") in words
    assert "normalized z" in words  # of the picture


def test_the_same_result_gives_the_same_page(tmp_path):
    pages = []
    for name in ("one.html", "two.html"):
        RESULTS["degree"]().report(tmp_path / name, graph=pendulum())
        pages.append((tmp_path / name).read_bytes())
    assert pages[0] == pages[1]
    assert len(pages[0]) < 2**20


REFUSED = {
    "nothing": (list, {}, ValueError, "results must hold at least one"),
    "no networks": (dict, {}, ValueError, "results must hold at least one"),
    "a number": (lambda: 3, {}, TypeError, "results must be a list"),
    "a name": (lambda: ["degree"], {}, TypeError, r"results\[0\]"),
    "counts": (lambda: mc.count(np.eye(3, k=1)), {}, TypeError, "results of significance, not MotifCounts"),
    "counts of many": (lambda: {"a": mc.count(np.eye(3))}, {}, TypeError, r"results\['a'\] must be .*not MotifCounts"),
    "numbers as names": (lambda: {1: RESULTS["no edges"]()}, {}, TypeError, "a name of results must be a str, not 1"),
    "one twice": (lambda: [RESULTS["no edges"]()] * 2, {}, ValueError, r"results\[1\] is results\[0\] again"),
    "two graphs": (lambda: [RESULTS["degree"](), RESULTS["loops"]()], {}, ValueError, "results must be of one graph"),
    "another graph": (RESULTS["degree"], {"graph": with_loops}, ValueError, "graph must be the one"),
    "no graph": (RESULTS["degree"], {"graph": lambda: 3}, TypeError, "adj|graph"),
    "one for many": (lambda: {"a": RESULTS["degree"]()}, {"graph": pendulum}, TypeError, "graph must be a mapping"),
    "no such name": (lambda: {"a": RESULTS["degree"]()}, {"graph": lambda: {"b": 1}}, ValueError, "'b'"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_no_report_is_made_of(case, tmp_path):
    results, options, error, message = REFUSED[case]
    given = {name: value() for name, value in options.items()}
    with pytest.raises(error, match=message):
        mc.report(results(), tmp_path / "report.html", **given)
    assert list(tmp_path.iterdir()) == []


def test_a_page_is_a_html_file(tmp_path):
    with pytest.raises(ValueError, match=r"path of a report must be a \.html file, not 'x\.pdf'"):
        RESULTS["no edges"]().report(tmp_path / "x.pdf")
    assert list(tmp_path.iterdir()) == []


# ---- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run the command in a folder of its own; returns its exit status and standard error."""
    monkeypatch.chdir(tmp_path)

    def call(*args):
        monkeypatch.setattr(sys, "argv", ["motifcount", *args])
        monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)
        warnings.simplefilter("always")
        with pytest.raises(SystemExit) as stop:
            cli.main()
        captured = capsys.readouterr()
        return stop.value.code or 0, captured.err

    return call


def test_the_command(run, tmp_path):
    (tmp_path / "loop.csv").write_text("source,target\na,b\nb,c\na,c\nd,c\n")
    status, told = run(
        *("report", "loop.csv", "dataset:pendulum", "-o", "out.html", "--samples", "20", "--seed", "7"),
        *("--null", "degree", "--null", "edge_count", "--swaps-per-edge", "0.5"),
    )
    assert status == 0
    words = Page((tmp_path / "out.html").read_text()).words()
    assert "motifcount report loop.csv dataset:pendulum -o out.html" in words
    assert "source: 'source', target: 'target'" in words
    assert words.count("null model edge_count") >= 2
    assert "null model degree (swaps per edge 0.5)" in words
    warned = [line.removeprefix("motifcount: warning: ") for line in told.splitlines() if "warning: " in line]
    assert any("no directed cycle" in line for line in warned)
    assert all(" ".join(line.split()) in words for line in warned)


def test_warnings_are_told_before_the_work(run, tmp_path, monkeypatch):
    def fail(*_args, **_options):
        raise ValueError("no sample is drawn")

    monkeypatch.setattr(InCore, "sample_counts", fail)
    (tmp_path / "loop.csv").write_text("source,target\na,b\nb,c\na,c\nd,c\n")
    for command in (("report", "loop.csv", "-o", "out.html"), ("significance", "loop.csv")):
        status, told = run(*command, "--samples", "20", "--seed", "7", "-q")
        assert status == 2
        assert "no directed cycle" in told.splitlines()[0]
        assert "no sample is drawn" in told.splitlines()[1]


def test_significance_writes_a_page_too(run, tmp_path):
    status, _ = run("significance", "dataset:pendulum", "--samples", "20", "--seed", "7", "--report", "out.html")
    assert status == 0
    page = Page((tmp_path / "out.html").read_text())
    rows = list(csv.DictReader(io.StringIO(csv_of(page))))
    expected = mc.significance(pendulum(), samples=20, seed=7)
    assert {row["class"]: float(row["z"]) for row in rows if row["z"] != "nan"} == {
        name: z for name, z in expected.z.items() if not math.isnan(z)
    }
