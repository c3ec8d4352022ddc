"""A pytest plugin that counts how often NetworkX's tests reach each function of the backend.

Writes a JSON object, function -> calls, to the file that the environment variable NETWORKX_CALLS names.
"""

from __future__ import annotations

import functools
import json
import os
from collections import Counter
from pathlib import Path

from _motifcount_nx import FUNCTIONS
from motifcount.nx.interface import BackendInterface

calls = Counter()


def counted(name, function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        calls[name] += 1
        return function(*args, **kwargs)

    return staticmethod(wrapper)


def pytest_configure():
    for name in FUNCTIONS:
        setattr(BackendInterface, name, counted(name, getattr(BackendInterface, name)))


def pytest_sessionfinish():
    Path(os.environ["NETWORKX_CALLS"]).write_text(json.dumps(calls))
