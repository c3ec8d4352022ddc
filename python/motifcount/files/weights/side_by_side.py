"""Layers that stand side by side in well-known networks, by their names: a state dict has no data flow to tell it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from motifcount.files.options import Options


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SIDE_BY_SIDE = tuple(
    map(
        _words,
        (
            "q k v wq wk wv query key value queries keys values",
            "mu mean loc logvar logsigma logstd var variance sigma std scale zmean zlogvar zvar",
            "gate up",
            "actor critic",
            "policy value",
            "pi v vf q",
            "advantage value",
            "generator discriminator",
            "student teacher",
            "online target",
            "left right",
            "forward backward",
            "fwd bwd",
            "user item users items",
            "source target src tgt",
            "text image audio video vision language",
            "query document doc passage",
            "anchor positive negative",
            "premise hypothesis",
            "wide deep",
            "ih hh ho xh hy ihl hhl",
        ),
    )
)
_NUMBERED = _words(
    """q qf critic critics branch branches expert experts head heads tower towers stream streams task tasks arm arms
    view views modality modalities"""
)
"""What stands side by side where names differ by a number alone."""
_LETTERED = re.compile(r"(?<=[a-z])_[a-d]$")
"""What ends in a letter where others end in a number: these count layers, letters tell what stands side by side."""
_LETTERED = re.compile(r"(?<=[a-z])_[a-d]$")
"""What ends in a letter: numbers count layers, and letters tell what stands side by side."""
_GATE_AND_UP = _words("w1 w3")  # w1, w2 and w3 are the gate, what leads down, and what leads up, in LLaMA
_BESIDE_THE_CHAIN = _words(
    """skip shortcut downsample residual emb embed embeds embedding embeddings embedtokens wordembeddings
    positionembeddings posemb posembed wte wpe lora loraa lorab"""
)
_FILLERS = _words("proj projection linear lin layer fc net network head dense mlp ffn to c w weight out")


def refuse_parallel(names: Sequence[str], options: Options) -> None:
    """Refuse layers whose names say that they do not follow each other.

    Raises
    ------
    ValueError
        If two stand side by side in most networks (queries and keys, mean and variance), or one beside the others (a
        skip, an embedding).
    """
    for first, second in combinations(names, 2):
        if _are_side_by_side(first, second):
            raise _refusal(f"{first!r} and {second!r} stand side by side in most networks", names, options)
    for name in names:
        if len(names) > 1 and any(_plain(part) in _BESIDE_THE_CHAIN for part in name.split(".")):
            raise _refusal(f"{name!r} stands beside the chain of layers in most networks", names, options)


def _refusal(what: str, names: Sequence[str], options: Options) -> ValueError:
    return ValueError(
        f"{what}, and a state dict does not tell what feeds what; Graph.from_module(module, weights=path) follows the "
        f"module, and if the layers do follow each other, say {options.say('order', tuple(names))}"
    )


def _are_side_by_side(first: str, second: str) -> bool:
    pairs = [*zip(first.lower().split("."), second.lower().split("."), strict=False)]
    at = next((k for k, (a, b) in enumerate(pairs) if a != b), None)
    if at is None:
        return False
    before = pairs[at - 1][0] if at else ""
    stems = {re.sub(r"_?\d+$", "", part) or before for part in pairs[at]}
    if (len(stems) == 1 and stems <= _NUMBERED) or {*pairs[at]} == _GATE_AND_UP:
        return True
    if all(_LETTERED.search(part) for part in pairs[at]) and len({part[:-1] for part in pairs[at]}) == 1:
        return True
    words = [_words_of(part) for part in (first.split(".")[at], second.split(".")[at])]
    ends = [{"".join(part) for part in words}]
    if len({len(part) for part in words}) == 1:
        ends.append({word for a, b in zip(*words, strict=True) if a != b for word in (a, b)})
    return any(len(two) == 2 and two <= known for two in ends for known in _SIDE_BY_SIDE)


def _plain(part: str) -> str:
    return "".join(_words_of(part))


def _words_of(part: str) -> list[str]:
    """Return the words of a part of a name in lower case, without numbers and words that most layers have."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", re.sub("(?<=[a-z])2(?=[a-z])", "", part))
    words = [word for word in re.split(r"[^a-z]+", spaced.lower()) if word]
    return [word for word in words if word not in _FILLERS]
