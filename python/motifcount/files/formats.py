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
_START = 2000  # bytes that tell what a file is
_COMMENTS = re.compile(rb"\A(?:(?:/\*.*?\*/|%(?!%)[^\n]*)\s*)+", re.DOTALL)  # of Pajek
_OBJECT = re.compile(rb"\{\s*[\"}]")


def of_path(path: Path, options: Options) -> str:
    """Return the format of a file as it was said, by its ending, or, if that is unknown, by its first words."""
    if options.format is not None:
        arguments.choice(options.say("format").rstrip("="), options.format, FORMATS)
        return options.format
    if str(path) == "-":
        raise ValueError(f"standard input has no ending; name its format, as {options.say('format', 'csv')}")
    try:
        found = _by_ending(path) or _by_content(path)
    except ValueError as error:
        raise ValueError(f"{path!s:.200}: {error}") from error
    if found is not None:
        return found
    is_packed = path.suffix.lower() in sources.PACKED
    ending = (path.with_suffix("") if is_packed else path).suffix.lower().removeprefix(".")
    if _is_file(path):
        refuse_others(sources.start(path, _START), "" if ending not in _OTHER_ENDINGS else "npz", path)
    if ending in _OTHER_ENDINGS:
        raise ValueError(f"{path!s:.200}: no graph that can be read, but {_OTHER_ENDINGS[ending]}")
    known = ", ".join(f".{name}" for name in FORMATS if name != "matrix")
    raise ValueError(
        f"{path!s:.200}: the ending {''.join(path.suffixes[-2 if is_packed else -1 :])!r:.80} of path is unknown; use "
        f"one of {known}, or name the format, as {options.say('format', 'csv')}"
    )


def _by_ending(path: Path) -> str | None:
    is_packed = path.suffix.lower() in sources.PACKED
    ending = (path.with_suffix("") if is_packed else path).suffix.lower().removeprefix(".")
    if path.suffix.lower() == ".zip" and ending not in FORMATS and _is_file(path):
        ending = Path(sources.packed_name(path)).suffix.lower().removeprefix(".")
    if ending in FORMATS and ending != "matrix" and not (is_packed and ending in BINARY):
        return ending
    return "tsv" if path.name.startswith("out.") else None  # as KONECT calls its tables


def _by_content(path: Path) -> str | None:
    return of_content(sources.start(path, _START)) if _is_file(path) else None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # no name that a file can have
        return False


_MATLAB = "a file of MATLAB: in Python, motifcount.Graph(scipy.io.loadmat(path)['A']) reads its matrix A"
_HDF5 = (
    "a file of HDF5, as MATLAB 7.3 and Keras write; save a matrix in MATLAB with save('a.mat', 'A', '-v7'), and "
    "kernels of Keras in Python with numpy.savez('a.npz', mask0=…, mask1=…), in the order of their layers"
)
_ARCHIVE = "an archive; unpack it, and name the one file that holds the graph"
_OTHER_ENDINGS = {
    **dict.fromkeys(["tar", "tgz", "tbz2", "txz", "7z", "rar"], _ARCHIVE),
    "mat": _MATLAB,
    "gmt": "sets of genes, which are no edges; write a line for each gene, as set, gene, if its set acts on it",
    "gmx": "sets of genes, which are no edges; write a line for each gene, as set, gene, if its set acts on it",
    "bnet": "a Boolean network (BoolNet); write a line for each factor of a rule, as source, target",
}
_OTHERS = {
    b"version https://git-lfs": "a pointer of Git LFS, not the file itself, which git lfs pull fetches",
    b"<!doctype html": "a web page",
    b"<html": "a web page",
    b"%pdf-": "a PDF",
    b"digraph": "a graph of Graphviz, which is not read",
    b"strict digraph": "a graph of Graphviz, which is not read",
    b"nodedef>": "a GDF file; save it as GraphML or GEXF, as Gephi does",
    b"*node data": "a VNA file of NetDraw; keep the table below '*tie data'",
    b"matlab 5": _MATLAB,
    b"matlab 7": _HDF5,
    b"\x89hdf": _HDF5,
    b"(tlp": "a Tulip file; save it as GML",
    b"leda.graph": "a LEDA file, which in Python networkx.read_leda reads",
    b">>graph6<<": "undirected graphs in graph6, which in Python networkx.read_graph6 reads",
    b">>sparse6<<": "undirected graphs in sparse6, which in Python networkx.read_sparse6 reads",
}
_BY_PATTERN = {
    re.compile(rb"dl[\s,]+(n|nr|format)\s*="): (
        "a dl file of UCINET; keep the lines below 'data:', edges as source, target, weight, or a matrix"
    ),
    re.compile(rb"(c( [^\n]*)?\r?\n)*p (edge|col|sp|max|min|asn|aux) "): (
        "a DIMACS file; keep the lines that begin with a or e, whose second and third columns are source and target "
        "(edges, e, have no direction)"
    ),
}
_PACKED = {
    b"\x1f\x8b": "packed by gzip; its name must end so, as in .csv.gz",
    b"bzh": "packed by bzip2; its name must end so, as in .csv.bz2",
    b"pk\3\4": "a .zip or .xlsx file; its name must end so, as in .csv.zip",
}


def refuse_others(start: bytes, kind: str, path: Path | None = None) -> None:
    """Refuse a file that by its first bytes is something else than a graph, in words that tell what it is."""
    where = "" if path is None else f"{path!s:.200}: "
    start = start[:_START].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    others = _OTHERS if kind in (*BINARY, *FRAMES, *WEIGHTS) else _OTHERS | _PACKED
    for words, what in others.items():
        if start.startswith(words):
            raise ValueError(f"{where}no graph that can be read, but {what}")
    for pattern, what in _BY_PATTERN.items():
        if pattern.match(start):
            raise ValueError(f"{where}no graph that can be read, but {what}")


def of_content(raw: bytes) -> str | None:
    """Return the format of what only calls itself a table, by its first words."""
    start = raw[:_START].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<?xml"):
        start = start[start.find(b"<g") :]
    start = _COMMENTS.sub(b"", start)
    if _OBJECT.match(start):
        return "json"
    return next((kind for words, kind in _FIRST_WORDS.items() if start.startswith(words)), None)
