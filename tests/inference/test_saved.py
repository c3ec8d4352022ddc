"""Results in files and as JSON come back equal; a class by its name; some classes; classes by a column."""

from __future__ import annotations

import json
import math
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import motifcount as mc
from motifcount._support import archive
from motifcount.inference.result import COLUMNS

pytestmark = pytest.mark.filterwarnings(
    "ignore::motifcount.mixing.MixingWarning", "ignore:the graph has", "ignore:with .* samples and"
)

DATA = Path(__file__).parent / "data"


def pendulum():
    return mc.datasets.load("pendulum")


def random_graph():
    return mc.Graph(np.random.default_rng(4).random((12, 12)) < 0.25)


def two_of_four():
    return mc.Graph.from_layers([np.tile([1, 1, 0, 0], (6, 2)).T])


def shuffled(graph, seed):
    order = np.random.default_rng(seed).permutation(graph.n_nodes)
    return mc.Graph(graph.to_scipy()[order][:, order])


RESULTS = {
    "degree": lambda: mc.significance(pendulum(), size=(3, 4), samples=40, seed=1),
    "few swaps": lambda: mc.significance(pendulum(), mc.nulls.Degree(0.5, keep_mutual=True), samples=40, seed=2),
    "stuck": lambda: mc.significance(random_graph(), mc.nulls.Degree(0.01), samples=9, seed=2, adjust="bh"),
    "keep triads": lambda: mc.significance(random_graph(), mc.nulls.Degree(2, keep_triads=True), samples=9, seed=3),
    "part": lambda: mc.significance(pendulum(), "cover", size=4, samples=20, first_sample=7, seed=2**64 - 1),
    "closed forms": lambda: mc.significance(pendulum(), "edge_count", size=(2, 3, 4), samples=0),
    "n of m": lambda: mc.significance(two_of_four(), mc.nulls.NOfM(2, 4), samples=0),
    "large counts": lambda: mc.significance(mc.Graph.from_edges([0, 1], [1, 2], 10**7), samples=5, seed=1),
    "function": lambda: mc.significance(random_graph(), shuffled, size=4, samples=5, seed=1),
}


@pytest.fixture(scope="module", params=RESULTS)
def result(request):
    return RESULTS[request.param]()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "result.zip"


def test_a_saved_result_comes_back_equal(result, path):
    result.save(path)
    loaded = mc.Significance.load(str(path))
    assert loaded == result
    assert repr(loaded) == repr(result)
    assert loaded.samples_table.dtype == result.samples_table.dtype
    assert loaded.relations_from_null == result.relations_from_null
    assert repr(loaded.mixing) == repr(result.mixing)
    assert loaded.triads == result.triads
    assert loaded.null == result.null or result.null is shuffled
    assert not loaded.samples_table.flags.writeable


def test_json_comes_back_without_samples(result):
    told = mc.Significance.from_json(result.to_json())
    assert told.to_json() == result.to_json()
    assert told.samples == result.samples
    assert told.samples_table.shape == (0, len(result.classes))
    assert (told == result) == (result.samples == 0)


def test_a_class_by_any_of_its_names(result):
    for name in result:
        record = result[name]
        for column in COLUMNS:
            assert repr(getattr(record, column)) == repr(getattr(result, column)[name])
    alias, name = next((a, n) for a, n in mc.ALIASES.items() if n in result.classes)
    assert alias in result
    assert repr(result[alias]) == repr(result[name])
    assert "no class" not in result
    with pytest.raises(KeyError, match="no class"):
        result["no class"]


def test_some_classes(result):
    names = result.classes[::-2]
    chosen = result.select(names)
    assert chosen.classes == names
    assert [repr(chosen[name]) for name in names] == [repr(result[name]) for name in names]
    at = [result.classes.index(name) for name in names]
    assert np.array_equal(chosen.samples_table, result.samples_table[:, at])
    assert set(chosen.relations) == set(result.relations) & set(names)
    assert chosen == result.select([*names, names[0]])
    assert chosen != result
    with pytest.raises(ValueError, match="at least one class"):
        result.select([])
    with pytest.raises(KeyError, match="no class"):
        result.select(["no class"])


@pytest.mark.parametrize("by", [column for column in COLUMNS if column != "status"])
def test_classes_by_a_column(result, by):
    values = [float(getattr(result, by)[name]) for name in result.sort(by)]
    known = [abs(value) for value in values if not math.isnan(value)]
    assert all(map(math.isnan, values[len(known) :]))
    assert known == sorted(known, reverse=not by.startswith("p_"))
    assert sorted(result.sort(by)) == sorted(result)


def test_classes_of_equal_value_keep_their_order():
    result = RESULTS["large counts"]()
    assert result.sort("p_over").sort("std") == result.sort("std")


def test_classes_that_a_layered_graph_cannot_hold(path):
    result = RESULTS["degree"]()
    result.save(path)
    for each in (result, mc.Significance.load(path)):
        assert each["31710"].status == "fixed"
        assert "31710" not in each
        with pytest.raises(KeyError, match="can hold"):
            each.select(["31710"])


def test_loaded_parts_are_merged(tmp_path):
    for first, n in ((0, 30), (30, 12)):
        mc.significance(pendulum(), size=4, samples=n, first_sample=first, seed=3).save(tmp_path / f"{first}.zip")
    parts = map(mc.Significance.load, tmp_path.glob("*.zip"))
    assert mc.merge(parts) == mc.significance(pendulum(), size=4, samples=42, seed=3)


def test_parts_from_json_are_not_merged():
    part = mc.Significance.from_json(RESULTS["part"]().to_json())
    with pytest.raises(ValueError, match="tables of samples"):
        mc.merge([part])


def test_a_function_is_a_name_in_a_file(path):
    RESULTS["function"]().save(path)
    null = mc.Significance.load(path).null
    assert null.name == "shuffled"
    with pytest.raises(NotImplementedError, match="shuffled"):
        mc.randomize(random_graph(), null)


def test_results_that_differ():
    result = RESULTS["degree"]()
    table = result.samples_table.copy()
    table[0, 0] += 1
    assert result != replace(result, samples_table=table)
    assert result != replace(result, seed=2)
    assert result != "a result"
    with pytest.raises(TypeError):
        hash(result)


def rewritten(path, **changes):
    """Change what the JSON in a file says."""
    with zipfile.ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    members["result.json"] = json.dumps(json.loads(members["result.json"]) | changes).encode()
    with zipfile.ZipFile(path, "w") as new:
        for name, content in members.items():
            new.writestr(name, content)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": "something"}, "'something'"),
        ({"kind": None}, "None"),
        ({"version": archive.VERSION + 1}, "written by a newer version, motifcount '.*update motifcount"),
        ({"version": "1"}, "must say its version, 1 to 2, not '1'"),
        ({"version": 0}, "must say its version, 1 to 2, not 0"),
        ({"classes": {}}, "damaged"),
        ({"classes": {"021D": {}}}, "damaged"),
        ({"mixing": {"reach": 3}}, "damaged"),
        ({"samples": 3}, "damaged.*shape"),
        ({"null_options": {"swaps": 3}}, "damaged"),
        ({"relations_from_null": {"021D": {"constant": "x", "factors": {}}}}, "damaged"),
    ],
)
def test_files_that_are_not_as_they_were_written(path, changes, message):
    RESULTS["degree"]().save(path)
    rewritten(path, **changes)
    with pytest.raises(ValueError, match=message) as error:
        mc.Significance.load(path)
    assert str(path) in str(error.value)


@pytest.mark.parametrize("share", [0, 0.3, 0.99])
def test_files_that_are_cut_off(path, share):
    RESULTS["part"]().save(path)
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    with pytest.raises(ValueError, match="damaged"):
        mc.Significance.load(path)


def test_files_that_are_not_there(tmp_path):
    with pytest.raises(FileNotFoundError):
        mc.Significance.load(tmp_path / "none.zip")
    with pytest.raises(FileNotFoundError):
        RESULTS["closed forms"]().save(tmp_path / "none" / "result.zip")


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"kind": "motifcount significance", "version": 1}'])
def test_texts_that_are_no_results(text):
    with pytest.raises(ValueError):  # noqa: PT011  of the JSON module, too
        mc.Significance.from_json(text)


def of_version_1(path):
    """Take out of a file what 0.1.0 did not write."""
    with zipfile.ZipFile(path) as old:
        told = json.loads(old.read("result.json"))
    for row in told["classes"].values():
        for column in ("ratio", "delta", "few", "z_partial", "p_partial"):
            del row[column]
    if told["mixing"]:
        del told["mixing"]["moves"]
    later = {key: told.pop(key) for key in ("until", "p_triads", "n_classes", "n_tested")}
    with zipfile.ZipFile(path) as old:
        table = old.read("samples.npy")
    with zipfile.ZipFile(path, "w") as new:
        new.writestr("result.json", json.dumps({**told, "version": 1, "motifcount": "0.1.0"}))
        new.writestr("samples.npy", table)
    return later


def test_files_of_an_earlier_version_say_all_that_follows_from_them(result, path):
    result.save(path)
    later = of_version_1(path)
    loaded = mc.Significance.load(path)
    assert (loaded.n_classes, loaded.n_tested) == (later["n_classes"], later["n_tested"])
    for column in set(COLUMNS) - {"z_partial", "p_partial"}:
        assert repr(getattr(loaded, column)) == repr(getattr(result, column))
    assert all(math.isnan(z) for z in loaded.z_partial.values())
    loaded.save(path)
    assert mc.Significance.load(path) == loaded


def test_what_files_hold_has_changed_if_the_version_has():
    """Add what is new here, raise archive.VERSION, and read files of the version before."""
    told = RESULTS["degree"]().to_dict()
    assert told["version"] == 2
    assert " ".join(told) == (
        "kind version motifcount null null_options samples until first_sample seed adjust attempts accepted acceptance "
        "fingerprint n_classes n_tested classes relations relations_from_null mixing triads p_triads"
    )
    assert " ".join(told["classes"]["bifan"]) == (
        "observed mean std z z_error p_over p_under p_adjusted profile ess ratio delta few z_partial p_partial status"
    )
    assert set(told["mixing"]) == (
        {"autocorrelation_time", "correlation", "bias", "proven", "reach", "acceptance", "moves", "swaps_per_edge"}
        | {"chains", "records", "returns"}
    )


def test_what_a_selection_was_made_of(path):
    result = RESULTS["degree"]()
    chosen = result.select(["bifan", "out_star"]).select(["bifan"])
    assert (chosen.n_classes, chosen.n_tested) == (result.n_classes, result.n_tested) == (len(result.classes), 6)
    assert "1 of 26 classes; p adjusted over 6" in repr(chosen)
    chosen.save(path)
    assert mc.Significance.load(path) == chosen


def test_what_was_not_selected_is_not_0(path):
    """Of a graph that can hold all 199 tetrads."""
    result = RESULTS["function"]()
    for names in (["out_star"], mc.LAYERED_TETRADS):
        result.select(names).save(path)
        for chosen in (result.select(names), mc.Significance.load(path)):
            with pytest.raises(KeyError):
                chosen["31710"]
            with pytest.raises(KeyError):
                chosen.observed["31710"]


def test_files_of_the_first_version():
    loaded = mc.Significance.load(DATA / "significance-1.zip")
    assert loaded.null == mc.nulls.Degree(10)
    assert (loaded.seed, loaded.samples, loaded["bifan"].observed) == (1, 40, 5352)
    assert loaded.samples_table.shape == (40, len(loaded.classes))
    assert loaded["bifan"].ratio == 5352 / loaded["bifan"].mean  # which it does not have
    assert not loaded["bifan"].few
    assert loaded.n_tested == 6
    assert loaded["bifan"].mean == loaded.samples_table[:, loaded.classes.index("bifan")].mean()
