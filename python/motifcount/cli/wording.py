"""Messages of the library in the words of the command line: options where Python has arguments."""

from __future__ import annotations

import re

_OPTIONS = {
    "size": "size",
    "samples": "samples",
    "limit": "limit",
    "seed": "seed",
    "null": "null",
    "layers": "layers",
    "num_threads": "threads",
    "swaps_per_edge": "swaps-per-edge",
    "tolerance": "tolerance",
}
_PHRASES = {
    'use Graph(adj, layers="infer") if they should': "use --layers infer if they should",
    'give the graph layers (or layers="infer")': "give it some by --layers",
    "drop_ineffective needs layers, to know inputs and outputs; give the graph layers": (
        "--clean needs layers, to know inputs and outputs; give the graph some by --layers"
    ),
    "keep_kinds needs a graph": "--keep-kinds needs a graph",
    'Graph(adj, kinds="sign"), say': "--kinds sign, say",
    "path of a plot must be": "--plot must be",
    "seed needs a limit": "--seed needs a --limit",
    "give a limit, or take find_chunks": "give a --limit",
    "name must be a motif class": "CLASS must be a motif class",
    "arcs must be arcs of the graph": "--arc must be an edge of the graph",
    "name must be one of hawkmoth, pendulum, not ": "dataset:NAME must be one of hawkmoth, pendulum, not ",
}
_NAMES = "|".join(_OPTIONS)
_ARGUMENT = re.compile(rf"(?<![\w'\"-])({_NAMES})=\"?([\w.+-]+)\"?")
_SUBJECT = re.compile(rf"(?:(?<=^)|(?<=: ))({_NAMES})(?= must |: )")
_MODEL = re.compile(r"(?:nulls\.)?Degree\(([^()]+)\)")


def in_options(message: str) -> str:
    """Return a message with the options that stand for arguments."""
    for phrase, words in _PHRASES.items():
        message = message.replace(phrase, words)
    message = _MODEL.sub(_options_of_degree, message)
    message = _ARGUMENT.sub(lambda found: f"--{_OPTIONS[found[1]]} {found[2]}", message)
    return _SUBJECT.sub(lambda found: f"--{_OPTIONS[found[1]]}", message)


def _options_of_degree(found: re.Match[str]) -> str:
    words = []
    for argument in found[1].split(", "):
        name, _, value = argument.rpartition("=")
        words.append("--" + (name or "swaps_per_edge").replace("_", "-"))
        words += [value] * (value != "True")
    return " ".join(words)
