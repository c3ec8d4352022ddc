"""What the docstrings of the public functions promise about errors, and what the page on reliability does."""

from __future__ import annotations

import builtins
import importlib
import inspect
import re
from types import ModuleType

import pytest

import motifcount as mc
from motifcount.nulls.model import NullModel
from support import wrong_calls, wrong_training_calls
from support.wrong import documented

MODULES = [mc, *(getattr(mc, name) for name in mc.__all__ if isinstance(getattr(mc, name), ModuleType))]
MODULES.append(importlib.import_module("motifcount.study"))
PROMISES = "docs/reliability.md"


def public_functions():
    """Yield every public function, class and method that takes an argument, by name."""
    for module in MODULES:
        for name in module.__all__:
            found = getattr(module, name)
            if inspect.isfunction(found):
                yield f"{module.__name__}.{name}", found
            elif inspect.isclass(found) and not issubclass(found, Exception):
                yield f"{module.__name__}.{name}", found
                internal = vars(NullModel) if issubclass(found, NullModel) else {}  # what the package asks a null model
                for method, member in vars(found).items():
                    member = getattr(member, "__func__", member)
                    if inspect.isfunction(member) and not method.startswith("_") and method not in internal:
                        yield f"{module.__name__}.{name}.{method}", member


FUNCTIONS = dict(public_functions())
UNCHECKED = {  # records that functions of this package make, and answers that take whatever is compared
    "motifcount.Significance",
    "motifcount.NodeSignificance",
    "motifcount.Intensities",
    "motifcount.IntensitySignificance",
    "motifcount.MeasureSignificance",
    "motifcount.Comparison",
    "motifcount.GroupTest",
    "motifcount.Intervals",
    "motifcount.Tails",
    "motifcount.BlockMeasures",
    "motifcount.Paths",
    "motifcount.files.ReadReport",
    "motifcount.mixing.Mixing",
    "motifcount.flight.Pairs",
    "motifcount.train.Data",
    "motifcount.train.Stage",
    "motifcount.study.Study",
    "motifcount.nulls.EdgeCount",
    "motifcount.nulls.DyadCount",
    "motifcount.nulls.Cover",
}


def takes_arguments(function):
    return any(name not in ("self", "cls") for name in inspect.signature(function).parameters)


@pytest.mark.parametrize("name", [n for n, f in FUNCTIONS.items() if takes_arguments(f) and n not in UNCHECKED])
def test_what_takes_arguments_says_what_it_raises(name):
    assert documented(FUNCTIONS[name])


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_is_documented_is_an_exception(name):
    known = vars(builtins) | vars(mc.mixing) | vars(importlib.import_module("motifcount.study"))
    assert [kind for kind in documented(FUNCTIONS[name]) if not issubclass(known.get(kind, int), BaseException)] == []


def test_every_function_with_arguments_is_tried():
    tables = (wrong_calls, wrong_training_calls)
    tried = {case[1] for module in tables for case in module.CASES.values()}
    tried = {getattr(function, "__func__", function) for function in tried}
    missing = [name for name, f in FUNCTIONS.items() if documented(f) and takes_arguments(f) and f not in tried]
    # what reads a file of a finished run: train/test_runner.py, flight/test_dataset.py
    of_runs = {f"motifcount.train.Run.{name}" for name in ("masks", "biases", "graph", "load_model")}
    assert set(missing) - of_runs - {"motifcount.flight.Dataset.rows"} == set()


def test_the_promises_name_tests_that_exist(repository):
    named = re.findall(r"`((?:cpp/)?tests/[^`]+)`", (repository / PROMISES).read_text())
    assert len(named) > 10
    assert [name for name in named if not (repository / name).exists()] == []
