"""Tables that pandas reads, .parquet, .feather and .xlsx, and frames themselves: read as the CSV that they would be."""

from __future__ import annotations

import io
from typing import Any

from motifcount.files import tables
from motifcount.files.edges import Edges
from motifcount.files.foreign import parsing
from motifcount.files.options import Options


def read(raw: bytes, kind: str, options: Options) -> Edges:
    """Return the edges of a file that pandas reads.

    Raises
    ------
    ImportError
        If pandas, or the library that pandas needs for it, is not installed.
    """
    file = io.BytesIO(raw)
    try:
        import pandas as pd

        with parsing(f"a .{kind} file"):
            if kind == "xlsx":
                frame = pd.read_excel(file, header=None, dtype=object)
            else:
                frame = pd.read_parquet(file) if kind == "parquet" else pd.read_feather(file)
    except ImportError as error:
        library = "openpyxl" if kind == "xlsx" else "pyarrow"
        raise ImportError(
            f"a .{kind} file needs pandas and {library}: pip install 'motifcount[frames]' {library}"
        ) from error
    if kind == "xlsx":
        return tables.read(frame.to_csv(index=False, header=False).encode(), "csv", options)
    return of_frame(frame, options)


def of_frame(frame: Any, options: Options) -> Edges:
    """Return the edges of a pandas data frame: a table of edges, or a matrix with labels."""
    import pandas as pd

    has_index = not isinstance(frame.index, pd.RangeIndex) or (frame.index.name is not None)
    return tables.read(frame.to_csv(index=has_index).encode(), "csv", options)
