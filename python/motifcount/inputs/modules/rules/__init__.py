"""What every torch function does to units: rules by the function's name, a file for each kind.

A rule takes the trace and a call and returns, for each tensor that came out, its :class:`Flow`, or None for a constant.
To add a function that acts as another does, add its name where that one's is.
"""

from __future__ import annotations

from motifcount.inputs.modules.rules import (
    arithmetic,
    attention,
    contractions,
    convolutions,
    elementwise,
    embeddings,
    recurrent,
    reductions,
    shapes,
)
from motifcount.inputs.modules.trace import Rule

RULES: dict[str, Rule] = {
    **elementwise.RULES,
    **shapes.RULES,
    **arithmetic.RULES,
    **reductions.RULES,
    **contractions.RULES,
    **convolutions.RULES,
    **attention.RULES,
    **recurrent.RULES,
    **embeddings.RULES,
}
