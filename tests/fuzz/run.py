"""Fuzz a target by atheris: python tests/fuzz/run.py border|files [options of libFuzzer].

New inputs are kept in build/fuzz/corpus; one that fails is written to the working folder. With -seed= a run begins with
the target's own inputs and keeps none; with -entropic=0, PYTHONHASHSEED=0 and `setarch -R`, all such runs do the same.
"""

from __future__ import annotations

import gc
import hashlib
import os
import random
import resource
import secrets
import sys
from collections.abc import Callable, Iterator
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
    seeds = []
    for seed in target.seeds():  # which also imports what reads them
        target.run(seed)
        seeds.append(corpus / hashlib.sha1(seed).hexdigest())
        seeds[-1].write_bytes(seed)
    instrument()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    run, inputs = target.run, str(corpus)
    if any(option.startswith("-seed=") for option in options):
        run, inputs = repeatable(target), "-seed_inputs=" + ",".join(map(str, seeds))
    atheris.Setup([sys.argv[0], *options, inputs], run)
    atheris.Fuzz()


def repeatable(target: ModuleType) -> Callable[[bytes], None]:
    """Return the target's function, that does the same in every run: all that chance touches shows in new inputs."""
    target.FOLDER = Path(os.path.relpath(CORPUS))
    secrets.randbits = random.Random(7).getrandbits
    gc.collect()
    gc.freeze()
    gc.disable()

    def run(data: bytes) -> None:
        target.run(data)
        gc.collect()

    return run


main()
