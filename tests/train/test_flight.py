"""Networks learn to control real flights, and lose it again when too little is left of them."""

from __future__ import annotations

import numpy as np
import pytest

import motifcount as mc

pytestmark = pytest.mark.slow

train = mc.train


@pytest.fixture(scope="module")
def flights(tmp_path_factory):
    return mc.flight.generate(tmp_path_factory.mktemp("flights"), 10_000, seed=1)


@pytest.fixture(scope="module")
def run(flights, tmp_path_factory):
    config = train.Config(
        layer_widths=(10, 48, 48, 16, 7),
        sparsities=(0, 0.5, 0.98),
        networks=2,
        learning_rate=5e-3,
        max_batches=(1200, 300, 100),
        min_batches=0,
        stopping_ratio=0,
        validation_every=50,
    )
    return train.run(config, flights, tmp_path_factory.mktemp("run"))


def test_networks_learn_to_fly(flights, run):
    mean_predictor = np.square(flights.validation.outputs - flights.train.outputs.mean(axis=0)).mean()
    dense, half, bare = (stage.validation_losses / mean_predictor for stage in run.stages)
    assert mean_predictor == pytest.approx(0.045, rel=0.05)
    assert (dense < 0.35).all()
    assert (half < 0.35).all()
    assert (bare > 0.6).all()


def test_their_graphs_can_be_counted(run):
    graph = run.graph(1, 1)
    assert graph.n_edges == sum(span // 2 for span in (480, 2304, 768, 112))
    assert mc.count(graph, 4)["bifan"] > 0
    assert mc.count(run.load_model(1).network(1), 4) == mc.count(graph, 4)


def test_there_is_nothing_to_learn_from_shuffled_outputs(flights, tmp_path):
    config = train.Config(layer_widths=(10, 20, 7), sparsities=(0,), learning_rate=5e-3, max_batches=300, min_batches=0)
    data = train.shuffled_outputs(flights, 0)
    mean_predictor = np.square(data.validation[1] - data.train[1].mean(axis=0)).mean()
    (stage,) = train.run(config, data, tmp_path).stages
    assert (stage.validation_losses > 0.95 * mean_predictor).all()
