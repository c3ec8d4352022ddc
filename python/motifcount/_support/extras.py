"""Optional packages: imported when they are used, and named with their extra where they are missing."""

from __future__ import annotations

import re
from importlib import import_module, metadata
from typing import Any


def require(module: str, extra: str, what: str) -> Any:
    """Import and return a module of an extra of this package; `what` needs it, as in "a .gml file".

    Raises
    ------
    ImportError
        If it is missing, with the line that installs the extra from any index, or if it fails.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise unavailable(error, module, extra, what) from error


def unavailable(error: ImportError, module: str, extra: str, what: str) -> ImportError:
    """Return the error to raise where importing a module of an extra has failed."""
    package = module.split(".")[0]
    if isinstance(error, ModuleNotFoundError) and (error.name or "").split(".")[0] == package:
        wanted = " ".join(f"'{requirement}'" for requirement in requirements(extra))
        return ImportError(f"{what} needs {package}: pip install {wanted} (motifcount's extra {extra!r})")
    return ImportError(f"{what} needs {package}, which is there but cannot be imported: {error}")


def requirements(extra: str) -> list[str]:
    """Return the packages of an extra, as pip takes them, those of extras within it too."""
    found: dict[str, None] = {}
    for line in metadata.requires("motifcount") or ():
        requirement, _, marker = line.partition(";")
        if re.search(rf"""extra == ['"]{extra}['"]""", marker) is None:
            continue
        inner = re.fullmatch(r"motifcount\[(.*)\]", requirement.strip())
        parts = [requirement.strip()] if inner is None else _of_all(inner[1].split(","))
        found |= dict.fromkeys(parts)
    return list(found)


def _of_all(extras: list[str]) -> list[str]:
    return [requirement for extra in extras for requirement in requirements(extra.strip())]
