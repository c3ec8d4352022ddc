"""Configurations: the study's numbers, what they refuse, JSON, random streams."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

import motifcount as mc
from motifcount.train.layout import Layout, initial
from support import training

train = mc.train


def test_defaults_are_those_of_the_study():
    config = train.Config()
    layout = Layout(config.layer_widths)
    assert [span.size for span in layout.weights] == [4000, 160000, 160000, 6400, 112]
    assert sum(span.size for span in layout.weights) == 330_512
    assert sum(span.size for span in layout.biases) == 1223
    assert config.sparsities[:9] == (0, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85)
    assert config.sparsities[9:] == (0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97, 0.98)
    assert (config.init_std, config.learning_rate, config.batch_size) == (0.2, 5e-4, 128)
    assert (config.check_every, config.window, config.stopping_ratio) == (100, 500, 1.01)
    assert config.batches(3) == (1000, 50_000)


def test_json_there_and_back():
    config = training.config(min_batches=(1, 2, 3), stale_weights=True)
    again = train.Config.from_json(config.to_json())
    assert again == config
    assert again.fingerprint() == config.fingerprint()
    assert isinstance(again.sparsities, tuple)
    assert config.differences(again) == []


def test_a_configuration_does_not_change():
    with pytest.raises(FrozenInstanceError):
        training.config().seed = 3


@pytest.mark.parametrize(
    ("name", "value"),
    [("seed", 1), ("learning_rate", 1e-3), ("networks", 4), ("first_network", 1), ("prune_biases", True)],
)
def test_every_field_tells_configurations_apart(name, value):
    config = training.config()
    other = replace(config, **{name: value})
    assert other.fingerprint() != config.fingerprint()
    assert config.differences(other) == [f"{name} ({value} there, {getattr(config, name)} here)"]


def test_one_number_of_batches_or_one_per_stage():
    assert [training.config(max_batches=90).batches(stage) for stage in range(3)] == [(50, 90)] * 3
    assert training.config(max_batches=[90, 80, 70]).batches(1) == (50, 80)


WRONG = {
    "layers": ({"layer_widths": (3,)}, ValueError, "layer_widths must hold 2 or more layers, not 1"),
    "width": ({"layer_widths": (3, 0, 2)}, ValueError, r"layer_widths\[1\] must be an integer from 1 to \d+, not 0"),
    "word": ({"layer_widths": "abc"}, TypeError, "layer_widths must be a list of integers"),
    "rate": ({"learning_rate": -1}, ValueError, "learning_rate must be a finite number of 0 or more, not -1"),
    "epsilon": ({"epsilon": 0}, ValueError, "epsilon must be a finite number above 0, not 0"),
    "nan": ({"init_std": float("nan")}, ValueError, "init_std must be a finite number of 0 or more, not nan"),
    "text": ({"init_std": "big"}, TypeError, "init_std must be a finite number of 0 or more, not 'big'"),
    "all": ({"sparsities": (0, 1)}, ValueError, r"sparsities\[1\] must be a number of 0 or more and below 1, not 1"),
    "descending": ({"sparsities": (0.5, 0.4)}, ValueError, r"sparsities must hold one or more ascending numbers"),
    "twice": ({"sparsities": (0.5, 0.5)}, ValueError, r"ascending numbers, not \[0.5, 0.5\]"),
    "none": ({"sparsities": ()}, ValueError, r"sparsities must hold one or more"),
    "stages": ({"min_batches": (1, 2)}, ValueError, "min_batches must be one number or one per stage, 3, not 2"),
    "order": ({"min_batches": 200}, ValueError, "must not exceed max_batches; stage 0 has 200 and 140"),
    "window": ({"window": 23}, ValueError, "window must be a multiple of validation_every, 5, not 23"),
    "part": ({"loss_part": "test"}, ValueError, "loss_part must be one of train, validation, not 'test'"),
    "biases": ({"prune_biases": True, "biases_by_weights": True}, ValueError, "exclude each other; choose one"),
    "flag": ({"prune_biases": 1}, TypeError, "prune_biases must be True or False, not 1"),
    "seed": ({"seed": -1}, ValueError, "seed must be an integer from 0 to"),
    "networks": ({"networks": 0}, ValueError, r"networks must be an integer from 1 to \d+, not 0"),
    "batch": ({"batch_size": 2.5}, TypeError, r"batch_size must be an integer from 1 to \d+, not 2.5"),
}


@pytest.mark.parametrize(("changes", "error", "message"), WRONG.values(), ids=WRONG)
def test_wrong_values(changes, error, message):
    with pytest.raises(error, match=message):
        training.config(**changes)


def test_unknown_fields():
    values = json.loads(training.config().to_json()) | {"learning_rat": 1}
    with pytest.raises(ValueError, match=r"no field 'learning_rat' \(did you mean 'learning_rate'\?\)"):
        train.Config.from_json(json.dumps(values))
    with pytest.raises(ValueError, match="text must be a JSON object"):
        train.Config.from_json("[]")


def test_what_a_network_starts_with_depends_on_seed_and_number_alone():
    layout = Layout(training.WIDTHS)
    together = initial(training.config(networks=5), layout)
    apart = [initial(training.config(networks=1, first_network=k), layout)[0] for k in range(5)]
    np.testing.assert_array_equal(together, apart)
    np.testing.assert_array_equal(initial(training.config(networks=2, first_network=3), layout), together[3:])
    assert len(np.unique(together[:, 0])) == 5
    assert not np.array_equal(initial(training.config(networks=5, seed=1), layout), together)


def test_weights_start_normal_and_biases_at_zero():
    config = train.Config(layer_widths=(30, 200, 100), init_std=0.2)
    layout = Layout(config.layer_widths)
    (row,) = initial(config, layout)
    for span in layout.weights:
        values = row[span.start : span.stop]
        assert abs(values.mean()) < 5 * 0.2 / np.sqrt(span.size)
        assert abs(values.std() - 0.2) < 5 * 0.2 / np.sqrt(2 * span.size)
        assert abs((np.abs(values) < 0.2).mean() - 0.6827) < 5 * 0.47 / np.sqrt(span.size)
    assert all(not row[span.start : span.stop].any() for span in layout.biases)


def printed(program):
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.slow
@pytest.mark.subprocess
def test_torch_is_loaded_when_it_is_used():
    loaded = "print('torch' in sys.modules)"
    assert printed(f"import sys, motifcount as mc; dir(mc); {loaded}; mc.train; {loaded}").split() == ["False", "True"]


def test_no_other_lazy_names():
    with pytest.raises(AttributeError, match="module 'motifcount' has no attribute 'trains'"):
        _ = mc.trains
