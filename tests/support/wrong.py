"""Wrong values of every kind of argument, and what a refusal must look like."""

from __future__ import annotations

import datetime
import decimal
import fractions
import inspect
import math
import re

import numpy as np
import pytest
import scipy.sparse as sp

import motifcount as mc

NET = mc.Graph.from_layers([np.ones((2, 3)), np.ones((3, 2))])
EYE = np.eye(4, k=1)

OBJECTS = {  # right nowhere
    "object": object(),
    "dict": {"a": 1},
    "set": {"a", "b"},
    "complex": 1 + 2j,
    "datetime": datetime.datetime(2020, 1, 1),
    "datetime64": np.datetime64("2020-01-01"),
    "structured": np.zeros(3, dtype=[("a", int)]),
    "objects": np.array([None, object()]),
    "strings": np.array(["a", "b"]),
    "ragged": [[1], [1, 2]],
    "ellipsis": ...,
    "module": math,
    "long": list("x" * 100_000),
}
NUMBERS = {
    "decimal": decimal.Decimal("2.5"),
    "fraction": fractions.Fraction(1, 3),
    "half": 1.5,
    "whole": 2.0,
    "float64": np.float64(2),
    "nan": math.nan,
    "inf": math.inf,
    "minus-inf": -math.inf,
}
TEXTS = {"text": "abc", "nothing": "", "digits": "3", "bytes": b"abc", "null": "a\0b", "long-text": "x" * 5000}
ARRAYS = {"vector": np.zeros(4), "wide": np.zeros((2, 3)), "cube": np.zeros((2, 2, 2)), "sparse": sp.csr_array((2, 3))}
LISTS = {"list": [1, 2], "empty": [], "tuple": ()}
FLAGS = {"true": True, "numpy-true": np.bool_(True)}

KINDS = {
    "integer": OBJECTS | NUMBERS | TEXTS | ARRAYS | LISTS | FLAGS | {"low": -1, "huge": 10**30, "digits": 10**5000},
    "number": OBJECTS
    | TEXTS
    | ARRAYS
    | LISTS
    | FLAGS
    | {"nan": math.nan, "low": -1.0, "inf": math.inf, "huge": 10**400},
    "flag": OBJECTS | NUMBERS | TEXTS | ARRAYS | LISTS | {"none": None, "one": 1, "zero": 0},
    "word": OBJECTS | NUMBERS | TEXTS | ARRAYS | LISTS | FLAGS | {"none": None, "one": 1, "case": "DEGREE"},
    "instance": OBJECTS | NUMBERS | TEXTS | ARRAYS | LISTS | FLAGS | {"one": 1, "class": int},
    "function": OBJECTS | NUMBERS | TEXTS | ARRAYS | LISTS,
    "path": OBJECTS | NUMBERS | ARRAYS | LISTS | FLAGS | {"none": None, "one": 1, "empty": "", "null": "a\0b"},
    "graph": OBJECTS | NUMBERS | TEXTS | ARRAYS | LISTS | FLAGS | {"none": None, "one": 1},
    "integers": OBJECTS | NUMBERS | TEXTS | ARRAYS | FLAGS | {"none": None, "one": 1, "floats": [0.5, 1.5]},
}


def documented(function):
    """Return the names of the exceptions under Raises in the docstring of a function or a class."""
    section = re.search(r"\nRaises\n-+\n(.*?)(?:\n\n\S[^\n]*\n-+\n|\Z)", inspect.getdoc(function) or "", re.DOTALL)
    lines = [line for line in section.group(1).splitlines() if line[:1].strip()] if section else []
    return {name.strip() for line in lines for name in line.split(",")}


def table(rows):
    """Return {id: (call, function, argument)} for rows of (function, argument, kind, call of one value)."""
    return {
        f"{function.__qualname__}-{argument}-{kind}-{label}": (
            lambda call=call, value=value: call(value),
            function,
            argument,
        )
        for function, argument, kind, call in rows
        for label, value in KINDS[kind].items()
    }


def assert_refused(call, function, argument):
    """Check that a call is refused as documented, in a short line that names the argument."""
    with pytest.raises(Exception, match=rf"(?s)\b{re.escape(argument)}\b") as refused:
        call()
    kinds = {kind.__name__ for kind in type(refused.value).__mro__}
    assert kinds & documented(function), f"{type(refused.value).__name__} is not documented"
    message = str(refused.value)
    assert len(message) < 500
    assert "\n" not in message


def refuse_all(cases):
    """Check that every case of {id: (call, function, argument)} is refused, and that all of them break nothing."""
    failed = []
    for case, arguments in cases.items():
        try:
            assert_refused(*arguments)
        except (AssertionError, pytest.fail.Exception) as error:
            failed.append(f"{case}: {error}")
    assert not failed, "\n".join(failed)
    assert_all_is_well()


def by_function(cases):
    """Return {name of a function: its cases} of {id: (call, function, argument)}."""
    grouped = {}
    for case, arguments in cases.items():
        grouped.setdefault(arguments[1].__qualname__, {})[case] = arguments
    return grouped


def assert_all_is_well():
    """Check that what follows a refusal works."""
    assert mc.count(EYE, num_threads=1)["021C"] == 2
    assert mc.significance(NET, samples=3, seed=1, num_threads=2).observed["bifan"] == 6
    assert mc.randomize(NET, seed=1, num_threads=1).n_edges == 12
