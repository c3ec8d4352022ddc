"""Messages of the library in the words of the command line: options where Python has arguments."""

from __future__ import annotations

import re
from dataclasses import fields

from motifcount import nulls
from motifcount.cli.options import NULLS

_NULL_FIELDS = [field for model in NULLS.values() for field in fields(model)]
_FLAGS = {field.name for field in _NULL_FIELDS if field.default is False}
_NAMES = ("size", "samples", "limit", "seed", "null", "layers", "kinds")
_OPTIONS = {name: name.replace("_", "-") for name in (*_NAMES, *(field.name for field in _NULL_FIELDS))}
_OPTIONS["num_threads"] = "threads"
_PHRASES = {
    'use Graph(adj, layers="infer") if they should': "use --layers infer if they should",
    'give the graph layers (or layers="infer")': "give it some by --layers",
    "drop_ineffective needs layers, to know inputs and outputs; give the graph layers": (
        "--clean needs layers, to know inputs and outputs; give the graph some by --layers"
    ),
    'Graph(adj, kinds="sign"), say': "--kinds sign, say",
    "path of a plot must be": "--plot must be",
    "path of a report must be": "a report must be",
    "seed needs a limit": "--seed needs a --limit",
    "give a limit, or take find_chunks": "give a --limit",
    "name must be a motif class such": "CLASS must be a motif class such",
    "arcs must be arcs of the graph": "--arc must be an edge of the graph",
    "name must be one of hawkmoth, pendulum, not ": "dataset:NAME must be one of hawkmoth, pendulum, not ",
}
_ARGUMENTS = "|".join(_OPTIONS)
_ARGUMENT = re.compile(rf"(?<![\w'\"-])({_ARGUMENTS})=\"?([\w.+-]+)\"?")
_NOT_TRUE = re.compile(rf"^({'|'.join(_FLAGS)}) must be False (.*), not True$")
_SUBJECT = re.compile(rf"(?:(?<=^)|(?<=: ))({_ARGUMENTS})(?= must |: | needs )")
_BREAKDOWN = re.compile(r"(?<![\w-])by_(?=(?:block|kind|group|node|role|arc)\b)")  # names that are no other words
_CLASSES = {model.__name__: model for model in NULLS.values()}
_MODEL = re.compile(rf"(?<!\w)(?:nulls\.)?({'|'.join(_CLASSES)})\(([^()]+)\)")


def in_options(message: str) -> str:
    """Return a message with the options that stand for arguments."""
    for phrase, words in _PHRASES.items():
        message = message.replace(phrase, words)
    message = _MODEL.sub(_options_of_model, message)
    message = _NOT_TRUE.sub(r"\1 must not be given \2", message)
    message = _ARGUMENT.sub(lambda found: _option(found[1], found[2]), message)
    message = _SUBJECT.sub(lambda found: f"--{_OPTIONS[found[1]]}", message)
    return _BREAKDOWN.sub("--by-", message)


def _options_of_model(found: re.Match[str]) -> str:
    """Return the options that make a null model; --null only if it is not the one that is taken without it."""
    model = _CLASSES[found[1]]
    words = [] if model is nulls.Degree else [f"--null {model.name}"]
    for argument in found[2].split(", "):
        name, _, value = argument.rpartition("=")
        words.append(_option(name or fields(model)[0].name, value))
    return " ".join(words)


def _option(name: str, value: str) -> str:
    return f"--{_OPTIONS[name]}" if name in _FLAGS else f"--{_OPTIONS[name]} {value}"
