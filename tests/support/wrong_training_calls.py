"""Wrong calls of flight, training and the study: every argument with values of every kind."""

from __future__ import annotations

import itertools
from dataclasses import fields, replace

import numpy as np
import torch

from motifcount import flight, study, train
from support.training import DATA, config
from support.wrong import table

SMALL = config(sparsities=(0, 0.5), max_batches=10, min_batches=5, check_every=5, window=10)
STILL, FREE = [[0, 0, 0, 0, 0, 0, 3.14, 0]], [[0, 0, 0]]
WIDTHS = (2, 3)
LENGTH = 32  # of their parameters in a row
MODEL = train.Model(WIDTHS, torch.zeros(2, LENGTH), torch.zeros(2, LENGTH, dtype=torch.bool), False)
QUICK = study.PRESETS["default"]
HERE = "nowhere/at/all"  # what is refused makes no folder


def simulate(**options):
    return flight.simulate(**{"states": STILL, "controls": FREE} | options)


def generate(path=HERE, runs=5, seed=1, **options):
    return flight.generate(path, runs, seed=seed, **{"progress": False} | options)


def train_run(config=SMALL, data=DATA, directory=HERE, **options):
    return train.run(config, data, directory, **{"progress": False} | options)


def study_run(config="default", directory=HERE, **options):
    return study.run(config, directory, **{"stop_after": 0, "progress": False} | options)


ROWS = [
    (flight.simulate, "states", "integers", lambda v: simulate(states=v)),
    (flight.simulate, "controls", "integers", lambda v: simulate(controls=v)),
    (flight.simulate, "duration", "number", lambda v: simulate(duration=v)),
    (flight.simulate, "rtol", "number", lambda v: simulate(rtol=v)),
    (flight.simulate, "parameters", "instance", lambda v: simulate(parameters=v)),
    (flight.simulate, "num_threads", "integer", lambda v: simulate(num_threads=v)),
    (flight.simulate, "progress", "function", lambda v: simulate(progress=v)),
    (flight.derivative, "state", "integers", lambda v: flight.derivative(v, FREE)),
    (flight.derivative, "parameters", "instance", lambda v: flight.derivative(STILL, FREE, v)),
    (flight.draw, "runs", "integer", lambda v: flight.draw(v, seed=1)),
    (flight.draw, "seed", "integer", lambda v: flight.draw(1, seed=v)),
    (flight.draw, "first", "integer", lambda v: flight.draw(1, seed=1, first=v)),
    (flight.generate, "path", "path", lambda v: generate(path=v)),
    (flight.generate, "runs", "integer", lambda v: generate(runs=v)),
    (flight.generate, "seed", "integer", lambda v: generate(seed=v)),
    (flight.generate, "chunk_runs", "integer", lambda v: generate(chunk_runs=v)),
    (flight.generate, "rtol", "number", lambda v: generate(rtol=v)),
    (flight.generate, "parameters", "instance", lambda v: generate(parameters=v)),
    (flight.generate, "num_threads", "integer", lambda v: generate(num_threads=v)),
    (flight.generate, "progress", "function", lambda v: generate(progress=v)),
    (flight.generate, "before_chunk", "function", lambda v: generate(before_chunk=v)),
    (flight.load, "path", "path", flight.load),
    (flight.Dataset, "store", "instance", flight.Dataset),
    (train.Config.from_json, "text", "instance", train.Config.from_json),
    (train.Config.differences, "other", "instance", SMALL.differences),
    (train.Config.batches, "stage", "integer", SMALL.batches),
    (train.run, "config", "instance", lambda v: train_run(config=v)),
    (train.run, "data", "graph", lambda v: train_run(data=v)),
    (train.run, "data", "graph", lambda v: train_run(data=train.Data(v, v))),
    (train.run, "data", "graph", lambda v: train_run(data=train.Data((v, v), DATA.validation))),
    (train.run, "directory", "path", lambda v: train_run(directory=v)),
    (train.run, "device", "word", lambda v: train_run(device="a" if v is None or v is True else v)),
    (train.run, "num_threads", "integer", lambda v: train_run(num_threads=v)),
    (train.run, "progress", "function", lambda v: train_run(progress=v)),
    (train.run, "before_stage", "function", lambda v: train_run(before_stage=v)),
    (train.untrained, "config", "instance", lambda v: train.untrained(v, DATA, HERE)),
    (train.shuffled_outputs, "data", "graph", lambda v: train.shuffled_outputs(v, 1)),
    (train.shuffled_outputs, "seed", "integer", lambda v: train.shuffled_outputs(DATA, v)),
    (train.load, "directory", "path", train.load),
    (train.Run, "config", "instance", lambda v: train.Run(v, HERE)),
    (train.Run, "directory", "path", lambda v: train.Run(SMALL, v)),
    (train.Model, "inputs", "graph", MODEL),
    (train.Model.masks, "network", "integer", MODEL.masks),
    (train.Model.biases, "network", "integer", MODEL.biases),
    (train.Model.graph, "network", "integer", MODEL.graph),
    (train.Model.graph, "bias", "flag", lambda v: MODEL.graph(0, bias=v)),
    (train.Model.network, "network", "integer", MODEL.network),
    (train.Model, "layer_widths", "integers", lambda v: train.Model(v, MODEL.parameters, MODEL.mask, False)),
    (train.Model, "parameters", "instance", lambda v: train.Model(WIDTHS, v, MODEL.mask, False)),
    (train.Model, "mask", "instance", lambda v: train.Model(WIDTHS, MODEL.parameters, v, False)),
    (train.Model, "prune_biases", "flag", lambda v: train.Model(WIDTHS, MODEL.parameters, MODEL.mask, v)),
    (study.preset, "name", "word", study.preset),
    (study.networks_of, "directory", "path", study.networks_of),
    (study.run, "config", "instance", lambda v: study_run(config=v)),
    (study.run, "directory", "path", lambda v: study_run(directory=v)),
    (study.run, "stop_after", "number", lambda v: study_run(stop_after=v)),
    (study.run, "num_threads", "integer", lambda v: study_run(num_threads=v)),
    (study.run, "progress", "function", lambda v: study_run(progress=v)),
    (study.run, "say", "function", lambda v: study_run(say=v)),
    (study.Config.with_networks, "networks", "integer", QUICK.with_networks),
    (study.Config.with_seed, "seed", "integer", QUICK.with_seed),
]
KIND_OF_FIELD = {"int": "integer", "float": "number", "bool": "flag"}
for owner, given in ((train.Config, config()), (study.Config, QUICK), (flight.Parameters, flight.Parameters())):
    for field in fields(owner):
        kind = KIND_OF_FIELD.get(str(field.type).removesuffix(" | tuple[int, ...]"), "instance")
        kind = "integers" if "tuple[" in str(field.type) and kind == "instance" else kind
        name = field.name
        if name not in ("sparsities", "gravity", "force_joint", "rest_angle"):
            ROWS.append((owner, name, kind, lambda v, name=name, given=given: replace(given, **{name: v})))


CASES = table(ROWS) | {
    "networks": (lambda: train_run(replace(SMALL, networks=10**6, layer_widths=(3, 10**4, 2))), train.run, "networks"),
    "runs": (lambda: flight.draw(10**11, seed=1), flight.draw, "runs"),
    "chunk-runs": (lambda: generate(runs=10**12, chunk_runs=10**12), flight.generate, "chunk_runs"),
    "state-and-controls": (lambda: flight.derivative(STILL * 2, FREE * 3), flight.derivative, "controls"),
    "state-infinite": (lambda: flight.derivative([np.inf, *STILL[0][1:]], FREE[0]), flight.derivative, "state"),
    "controls-nan": (lambda: flight.derivative(STILL, [[np.nan, 0, 0]]), flight.derivative, "controls"),
    "widths-range": (lambda: config(layer_widths=range(10**9)), train.Config, "layer_widths"),
    "batches-range": (lambda: config(min_batches=range(10**9)), train.Config, "min_batches"),
    "sparsities-endless": (lambda: config(sparsities=itertools.repeat(0.5)), train.Config, "sparsities"),
    "device-hpu": (lambda: train_run(device="hpu"), train.run, "device"),
    "sparsity": (lambda: config(sparsities=(0, 1.0)), train.Config, "sparsities"),
    "sparsities": (lambda: config(sparsities=(0.5, 0.1)), train.Config, "sparsities"),
    "batches": (lambda: config(min_batches=(1, 2)), train.Config, "min_batches"),
    "gravity": (lambda: flight.Parameters(gravity=np.nan), flight.Parameters, "gravity"),
    "pair": (lambda: train_run(data=train.Data((1, 2, 3), DATA.validation)), train.run, "data"),
    "finite": (
        lambda: train_run(data=train.Data((DATA.train[0] * np.float32(np.nan), DATA.train[1]), DATA.validation)),
        train.run,
        "data",
    ),
    "mask-rows": (lambda: train.Model(WIDTHS, MODEL.parameters, MODEL.mask[:1], False), train.Model, "mask"),
}
