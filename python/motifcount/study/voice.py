"""What a study says while it works: a line a step, and in long steps how far they are."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from motifcount._support.progress import Progress, can_be_seen

Say = Callable[[str], object]

_clock = time.monotonic
_PATIENCE = 15.0  # seconds without a word


@dataclass(slots=True)
class Voice:
    """Says lines; `progress` is True or False for bars or none, None for bars on a terminal and lines elsewhere."""

    say: Say | None
    progress: bool | None
    _said: float = -math.inf

    def tell(self, what: str) -> None:
        """Say a line."""
        self._said = _clock()
        if self.say is not None:
            self.say(what)

    def tell_if_late(self, what: str) -> None:
        """Say a line if nothing was said for long."""
        if _clock() - self._said >= _PATIENCE:
            self.tell(what)

    def of_step(self, what: str) -> Progress:
        """Return how a step tells how far it is: by its bar, or, where none is seen, in lines."""
        if self.progress is not None or self.say is None or can_be_seen():
            return self.progress
        return lambda done, total: self.tell_if_late(f"{what}: {done / max(total, 1):.1%}")
