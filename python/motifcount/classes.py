"""Names of the motif classes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from motifcount import _core

CLASSES: Mapping[int, tuple[str, ...]] = MappingProxyType({2: _core.DYADS, 3: _core.TRIADS, 4: _core.TETRADS})
"""Names of the motif classes by size, in the order of every result."""

ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "divergent": "021D",
        "convergent": "021U",
        "chain": "021C",
        "feed_forward_loop": "030T",
        "feedback_loop": "030C",
    }
)
"""Other names that every result accepts."""


def classes_of(sizes: tuple[int, ...]) -> tuple[str, ...]:
    """Return the class names of some sizes, in order."""
    return tuple(name for size in sizes for name in CLASSES[size])
