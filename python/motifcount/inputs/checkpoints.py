"""What a checkpoint holds: one state dict, by itself or in a dict of other things, and masks of its tensors.

A state dict is tensors by name, one of at least two dimensions among them, whatever key leads to it (``state_dict``,
``model``, ``net``, ``params``, …). Masks are tensors of 0 and 1 by name under a key that says so, or bools. What an
optimizer holds is neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from motifcount.inputs.bitmasks import unpacked
from motifcount.inputs.tensors import from_tensor, is_torch_tensor

PREFIXES = ("module.", "_orig_mod.")
"""What DataParallel and torch.compile put before all names."""

_PARAMETER = re.compile(r"(?:.*\.)?(?:weight|bias)(?:_orig)?")
_MASK = re.compile(r"(?P<of>.+?)[._](?:prun(?:e|ing)_?)?masks?")
_IN_FRONT = re.compile(r"(?<![^.])masks?(?:\.|_(?=(?:weight|bias)$))")

State = Mapping[Any, Any]
Path = tuple[str, ...]  # the keys that lead to a dict in a checkpoint


class Opened(NamedTuple):
    """A state dict with its masks, spelled as torch.nn.utils.prune does, and what lay beside it.

    Attributes
    ----------
    state
        Tensors by name; where masks lay beside them, ``X_orig`` and ``X_mask`` for ``X``.
    path
        The keys that lead to it.
    masks
        The keys that lead to its masks, each as text.
    left_out
        What else the checkpoint holds, each as text.
    """

    state: State
    path: Path = ()
    masks: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def opened(checkpoint: State) -> Opened:
    """Return the one state dict of a checkpoint, or its masks, if it holds masks alone.

    Raises
    ------
    ValueError
        If it holds several that differ, or masks that are of no tensor in it.
    """
    parts = dict(_parts(checkpoint, ()))
    masks = {path: part for path, part in parts.items() if path and _is_masks(path, part)}
    states = {path: part for path, part in parts.items() if path not in masks}
    _refuse_unnamed(checkpoint, parts)
    if not states:
        states, masks = dict([*masks.items()][:1]), dict([*masks.items()][1:])
    if not states:
        return Opened(unpacked(checkpoint))
    (path, state), *others = states.items()
    for other, part in others:
        if not _same(state, part):
            raise ValueError(
                f"holds several dicts of tensors, {_called(path)} and {_called(other)}, which differ; keep the one "
                f"that is meant, as torch.save(checkpoint{_keys(other or path)}, path)"
            )
    state = unpacked(state)
    for part in masks.values():
        state = _with_masks(state, part)
    used = [path, *(other for other, _ in others), *masks]
    left_out = tuple(sorted(_beside(checkpoint, used))) if path else ()
    return Opened(state, path, tuple(map(_called, masks)), left_out)


def with_own_masks(state: State) -> State:
    """Return a state dict with masks among its tensors, ``fc1.mask`` say, spelled as torch.nn.utils.prune does.

    Masks alone, tensors of 0 and 1 under the names of weights or of modules, become weights.
    """
    names = [name for name in state if isinstance(name, str)]
    if any(map(_PARAMETER.fullmatch, names)):
        masks = {name: state[name] for name in names if unmasked(name)}
        return _with_masks({name: value for name, value in state.items() if name not in masks}, masks)
    if len(names) < len(state) or not all(_is_tensor(value) and _is_binary(value) for value in state.values()):
        return state
    stems = {name: unmasked(name) or name for name in names}
    return {stem if _PARAMETER.fullmatch(stem) else f"{stem}.weight": state[name] for name, stem in stems.items()}


def unmasked(name: str) -> str | None:
    """Return what a name calls a mask of, None if it calls nothing a mask.

    It is fc1 for ``fc1.mask`` and ``fc1_mask``, fc1.weight for ``mask.fc1.weight`` and ``fc1.mask_weight``.
    """
    if match := _MASK.fullmatch(name):
        return match["of"]
    plain = _IN_FRONT.sub("", name)
    return plain if plain not in ("", name) else None


def _parts(found: State, path: Path) -> Iterator[tuple[Path, State]]:
    """Yield the dicts of tensors in a checkpoint, each with the keys that lead to it."""
    if "param_groups" in found:
        return  # an optimizer's
    nested = [
        part
        for key, value in found.items()
        if isinstance(key, str) and isinstance(value, Mapping)
        for part in _parts(value, (*path, key))
    ]
    if any(_is_tensor(value) and value.ndim >= 2 for value in found.values()):
        named = {name: value for name, value in found.items() if not isinstance(value, Mapping)}
        if not nested:
            yield path, found
        elif any(map(_PARAMETER.fullmatch, filter(_is_text, named))):
            yield path, named
    yield from nested


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_tensor(value: Any) -> bool:
    return is_torch_tensor(value) or isinstance(value, np.ndarray)


def _is_masks(path: Path, part: State) -> bool:
    """Tell whether tensors are masks: 0 and 1, and a key says so or all are bools."""
    tensors = [value for value in part.values() if _is_tensor(value)]
    says_so = "mask" in path[-1].lower() or all(str(tensor.dtype).endswith("bool") for tensor in tensors)
    return says_so and all(map(_is_binary, tensors))


def _refuse_unnamed(checkpoint: State, parts: Mapping[Path, State]) -> None:
    """Refuse masks beside state dicts that are a list or one tensor."""
    if not any(parts):
        return
    for key, value in checkpoint.items():
        is_list = isinstance(value, (list, tuple)) and any(map(_is_tensor, value))
        if isinstance(key, str) and "mask" in key.lower() and (is_list or _is_tensor(value)):
            raise ValueError(
                f"{key!r} holds masks without names; save them by the names of their weights, as "
                f"{{{key!r}: {{'fc1.weight': mask}}}}"
            )


def _with_masks(state: State, masks: State) -> State:
    """Return a state dict with masks of its tensors, in its order."""
    mask_of: dict[str, Any] = {}
    for name, mask in masks.items():
        if mask is None:
            continue
        of = _masked(name, state) if isinstance(name, str) else None
        if of is None or not _is_tensor(mask):
            known = next((other for other in state if _is_text(other) and _PARAMETER.fullmatch(other)), "fc1.weight")
            raise ValueError(
                f"{name!r} is a mask of no tensor in the state dict; masks are called as their weights, {known!r} say"
            )
        mask_of[of] = mask
    found: dict[Any, Any] = {}
    for name, value in state.items():
        stem = name.removesuffix("_orig") if isinstance(name, str) else name
        if stem not in mask_of:
            found.setdefault(name, value)
            continue
        if f"{stem}_mask" in state and not _equal(state[f"{stem}_mask"], mask_of[stem]):
            raise ValueError(f"two masks of {stem!r} differ; keep one")
        found |= {f"{stem}_orig": value, f"{stem}_mask": mask_of[stem]}
    return found


def _masked(name: str, state: State) -> str | None:
    """Return the name of the tensor that a mask is of, without ``_orig``."""
    stems = (other.removesuffix("_orig") for other in state if isinstance(other, str))
    by_plain = {_plain(other): other for other in stems}
    for stem in (name, unmasked(name) or name):
        for wanted in (_plain(stem), f"{_plain(stem)}.weight"):
            if wanted in by_plain:
                return by_plain[wanted]
    return None


def _plain(name: str) -> str:
    for prefix in PREFIXES:
        name = name.removeprefix(prefix)
    return name


def _is_binary(tensor: Any) -> bool:
    array = _dense(tensor)
    return bool(((array == 0) | (array == 1)).all())


def _same(first: State, second: State) -> bool:
    return first.keys() == second.keys() and all(_equal(first[name], second[name]) for name in first)


def _equal(first: Any, second: Any) -> bool:
    if _is_tensor(first) and _is_tensor(second):
        return np.array_equal(_dense(first), _dense(second))
    return type(first) is type(second) and first is second


def _dense(value: Any) -> Any:
    array = from_tensor("a tensor", value) if is_torch_tensor(value) else value
    return array.toarray() if hasattr(array, "toarray") else array


def _beside(found: State, used: list[Path]) -> Iterator[str]:
    """Yield the keys of what is not used, as they are called."""
    for key, value in found.items():
        inner = [path[1:] for path in used if path[:1] == (key,)]
        if not inner:
            yield _called((str(key),))
        elif () not in inner:
            yield from (f"{key!r}, {name}" for name in _beside(value, inner))


def _called(path: Path) -> str:
    return ", ".join(map(repr, path)) or "its own"


def _keys(path: Path) -> str:
    return "".join(f"[{key!r}]" for key in path)
