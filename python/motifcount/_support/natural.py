"""Names in the order that people give them."""

from __future__ import annotations

import re


def natural(name: str) -> list[tuple[int, int | str]]:
    """Return a key by which numbers in names come in their order."""
    return [(0, int(part)) if part.isdigit() else (1, part) for part in re.split(r"(\d+)", name) if part]
