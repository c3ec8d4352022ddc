"""The formats of files: their names, and how an ending or the first words tell them."""

from __future__ import annotations

import re
from pathlib import Path

from motifcount._support import arguments
from motifcount.files import sources
from motifcount.files.options import Options

TABLES = ("tsv", "csv", "txt", "edges", "el", "edgelist", "dat", "tab", "sif", "matrix")
MARKUP = ("graphml", "gml", "gexf")
FRAMES = ("parquet", "feather", "xlsx")
WEIGHTS = ("pt", "pth", "safetensors")
FORMATS = (*TABLES, "npz", "npy", "mtx", *MARKUP, "net", "json", *FRAMES, *WEIGHTS)
"""What `format` may be: the endings of files, and "matrix"."""

BINARY = ("npz", "npy")
_FIRST_WORDS = {
    b"%%matrixmarket": "mtx",
    b"*vertices": "net",
    b"*network": "net",
    b"graph [": "gml",
    b"creator ": "gml",
    b"<graphml": "graphml",
    b"<gexf": "gexf",
}
_OBJECT = re.compile(rb"\{\s*[\"}]")


def of_path(path: Path, options: Options) -> str:
    """Return the format of a file by its ending, or as it was said."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    packed = bool(suffixes) and suffixes[-1] in sources.PACKED
    if packed:
        suffixes.pop()
    ending = (suffixes or [""])[-1].removeprefix(".")
    if options.format is not None:
        arguments.choice("format", options.format, FORMATS)
        return options.format
    if str(path) == "-":
        raise ValueError(f"standard input has no ending; name its format, as {options.say('format', 'csv')}")
    if ending not in FORMATS or ending == "matrix" or (packed and ending in BINARY):
        known = ", ".join(f".{name}" for name in FORMATS if name != "matrix")
        raise ValueError(
            f"{path!s:.200}: the ending {''.join(path.suffixes[-2 if packed else -1 :])!r:.80} of path is unknown; use "
            f"one of {known}, or name the format, as {options.say('format', 'csv')}"
        )
    return ending


_OTHERS = {
    b"version https://git-lfs": "a pointer of Git LFS, not the file itself, which git lfs pull fetches",
    b"<!doctype html": "a web page",
    b"<html": "a web page",
    b"%pdf-": "a PDF",
    b"digraph": "a graph of Graphviz, which is not read",
    b"strict digraph": "a graph of Graphviz, which is not read",
}
_BINARY = {
    b"\x1f\x8b": "packed by gzip; its name must end so, as in .csv.gz",
    b"bzh": "packed by bzip2; its name must end so, as in .csv.bz2",
    b"pk\3\4": "a .zip or .xlsx file; its name must end so, as in .csv.zip",
}


def refuse_others(start: bytes, kind: str) -> None:
    """Refuse a file that by its first bytes is something else than a graph, in words that tell what it is."""
    start = start[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    others = _OTHERS if kind in (*BINARY, *FRAMES, *WEIGHTS) else _OTHERS | _BINARY
    for words, what in others.items():
        if start.startswith(words):
            raise ValueError(f"no graph that can be read, but {what}")


def of_content(raw: bytes) -> str | None:
    """Return the format of what only calls itself a table, by its first words."""
    start = raw[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<?xml"):
        start = start[start.find(b"<g") :]
    if _OBJECT.match(start):
        return "json"
    return next((kind for words, kind in _FIRST_WORDS.items() if start.startswith(words)), None)
