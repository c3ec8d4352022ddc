"""Fuzz a target by atheris: python tests/fuzz/run.py border|files [options of libFuzzer].

New inputs are kept in build/fuzz/corpus; one that fails is written to the working folder.
"""

from __future__ import annotations

import hashlib
import resource
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType

import atheris

TESTS = Path(__file__).resolve().parent.parent
CORPUS = TESTS.parent / "build" / "fuzz" / "corpus"
MEMORY = 8 << 30  # bytes; what asks for more shall get a MemoryError
WATCHED = ("motifcount", "networkx.readwrite.graphml", "numpy.lib._format_impl", "scipy.io._fast_matrix_market",
           "scipy.sparse._matrix_io", "torch._weights_only_unpickler", "zipfile")  # fmt: skip


def functions_of(owner: ModuleType | type, module: str) -> Iterator[FunctionType]:
    """Yield the functions of a module or class that are written in the module."""
    for value in list(vars(owner).values()):
        function = getattr(value, "fget", None) or getattr(value, "__func__", value)
        if getattr(function, "__module__", None) != module:
            continue
        if isinstance(function, FunctionType):
            yield function
        elif isinstance(function, type):
            yield from functions_of(function, module)


def instrument() -> None:
    """Make the functions of the watched modules tell which lines they run.

    Not by a hook on import, which an editable install has in use.
    """
    for name, module in list(sys.modules.items()):
        if name.startswith(WATCHED):
            for function in functions_of(module, name):
                atheris.instrument_func(function)


def main() -> None:
    name, *options = sys.argv[1:]
    sys.path.insert(0, str(TESTS))
    target = import_module(f"fuzz.fuzz_{name}")
    corpus = CORPUS / name
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in target.seeds():  # which also imports what reads them
        target.run(seed)
        (corpus / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
    instrument()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    atheris.Setup([sys.argv[0], *options, str(corpus)], target.run)
    atheris.Fuzz()


main()
