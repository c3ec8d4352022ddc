"""Texts as files."""

from __future__ import annotations

from motifcount.files import read_graph


def read(folder, text, name="a.csv", **options):
    """The graph of a text, written into a folder under a name."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_graph(path, **options)
