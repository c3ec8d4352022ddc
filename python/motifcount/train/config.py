"""Everything a training run depends on, apart from its data."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from itertools import pairwise
from typing import Any, Self

from motifcount._support import arguments

SPARSITIES = tuple(percent / 100 for percent in (0, 15, 25, 35, 45, 55, 65, 75, 85, *range(90, 99)))
"""The stages of the study: the share of its weights that each layer has lost."""

PARTS = ("train", "validation")
"""The parts of the data."""

_MANY = 10**9  # a greater number of anything is a slip


@dataclass(frozen=True, kw_only=True)
class Config:
    """How networks are made, trained and pruned; the defaults are those of the hawkmoth study.

    Parameters
    ----------
    layer_widths
        Units per layer, inputs first. Hidden units are tanh, outputs linear.
    init_std
        Weights start normal with this standard deviation, biases at 0.
    learning_rate
        Of Adam (Kingma and Ba 2015), with decays of 0.9 and 0.999; moments are carried over from stage to stage.
    epsilon
        Adam's small number beside the root of the second moment. K networks whose losses are averaged before the
        gradient is taken, as the published ones were, train as if it were K times as large.
    batch_size
        Rows per batch. Rows are shuffled anew for each pass over the data.
    sparsities
        One stage each, ascending, 0 to below 1: a layer of n weights keeps n - round(sparsity * n).
    min_batches, max_batches
        Batches per stage, one number for all stages or one per stage. A network may stop after more than `min_batches`.
    check_every, window, stopping_ratio
        Every `check_every` batches, a network stops if the mean validation loss of the `window` batches before the last
        `window`, divided by that of the last `window`, is below `stopping_ratio`.
    validation_every, stopping_rows
        For that rule, the loss of the first `stopping_rows` validation rows is taken every `validation_every` batches.
    validation_rows
        Rows, from the first, for the loss by which stages are chosen, taken at the end of a stage.
    loss_part
        The part of the data that these rows are of: "validation" or "train".
    prune_biases
        Cut the biases of a layer like its weights, among themselves; otherwise all are kept.
    biases_by_weights
        Cut the biases that are no larger than the largest weight cut in their layer, as the authors' code did.
    stale_weights
        Choose by the authors' rule, which compares weights as they were when they were cut, so that some come back.
    one_fewer
        Cut int(sparsity * n) + 1 of n weights, as the authors' code did.
    seed
        0 to 2**64 - 1.
    networks, first_network
        Networks number `first_network` to `first_network + networks - 1` are trained. What a network starts with
        depends on the seed and its number alone, so a run can be split into several.

    Raises
    ------
    TypeError, ValueError
        If a value is of the wrong kind or out of range.
    """

    layer_widths: tuple[int, ...] = (10, 400, 400, 400, 16, 7)
    init_std: float = 0.2
    learning_rate: float = 5e-4
    epsilon: float = 1e-8
    batch_size: int = 128
    sparsities: tuple[float, ...] = SPARSITIES
    min_batches: int | tuple[int, ...] = 1000
    max_batches: int | tuple[int, ...] = 50_000
    check_every: int = 100
    window: int = 500
    stopping_ratio: float = 1.01
    validation_every: int = 10
    stopping_rows: int = 512
    validation_rows: int = 100_000
    loss_part: str = "validation"
    prune_biases: bool = False
    biases_by_weights: bool = False
    stale_weights: bool = False
    one_fewer: bool = False
    seed: int = 0
    networks: int = 1
    first_network: int = 0

    def __post_init__(self) -> None:
        checked = self._checked_shape() | self._checked_pruning() | self._checked_training() | self._checked_stopping()
        for name, value in checked.items():
            object.__setattr__(self, name, value)

    def _checked_shape(self) -> dict[str, Any]:
        return {
            "layer_widths": checked_widths(self.layer_widths),
            "init_std": _number("init_std", self.init_std),
            "seed": arguments.integer("seed", self.seed, 0, arguments.MAX_SEED),
            "networks": arguments.integer("networks", self.networks, 1, 10**6),
            "first_network": arguments.integer("first_network", self.first_network, 0, _MANY),
        }

    def _checked_pruning(self) -> dict[str, Any]:
        flags = ("prune_biases", "biases_by_weights", "stale_weights", "one_fewer")
        checked = {name: arguments.flag(name, getattr(self, name)) for name in flags}
        if self.prune_biases and self.biases_by_weights:
            raise ValueError("prune_biases and biases_by_weights exclude each other; choose one")
        return checked

    def _checked_training(self) -> dict[str, Any]:
        given = arguments.sequence("sparsities", self.sparsities, "numbers")
        sparsities = tuple(_number(f"sparsities[{k}]", value, below=1) for k, value in enumerate(given))
        if not sparsities or any(later <= earlier for earlier, later in pairwise(sparsities)):
            raise ValueError(f"sparsities must hold one or more ascending numbers, not {list(sparsities)}")
        low = _per_stage("min_batches", self.min_batches, len(sparsities))
        high = _per_stage("max_batches", self.max_batches, len(sparsities))
        for stage in range(len(sparsities)):
            least, most = _of_stage(low, stage), _of_stage(high, stage)
            if least > most:
                raise ValueError(f"min_batches must not exceed max_batches; stage {stage} has {least} and {most}")
        return {
            "sparsities": sparsities,
            "min_batches": low,
            "max_batches": high,
            "learning_rate": _number("learning_rate", self.learning_rate),
            "epsilon": arguments.number("epsilon", self.epsilon, "a finite number above 0", lambda x: 0 < x < math.inf),
            "batch_size": arguments.integer("batch_size", self.batch_size, 1, _MANY),
        }

    def _checked_stopping(self) -> dict[str, Any]:
        names = ("check_every", "window", "validation_every", "stopping_rows", "validation_rows")
        checked: dict[str, Any] = {name: arguments.integer(name, getattr(self, name), 1, _MANY) for name in names}
        for name in ("check_every", "window"):
            if checked[name] % checked["validation_every"]:
                raise ValueError(
                    f"{name} must be a multiple of validation_every, {checked['validation_every']}, not {checked[name]}"
                )
        checked["loss_part"] = arguments.choice("loss_part", self.loss_part, PARTS)
        return checked | {"stopping_ratio": _number("stopping_ratio", self.stopping_ratio)}

    @property
    def cuts_biases(self) -> bool:
        """Whether biases are cut too."""
        return self.prune_biases or self.biases_by_weights

    def batches(self, stage: int) -> tuple[int, int]:
        """Return the least and the greatest number of batches of a stage.

        Raises
        ------
        TypeError, ValueError
            If there is no such stage.
        """
        stage = arguments.integer("stage", stage, 0, len(self.sparsities) - 1)
        return _of_stage(self.min_batches, stage), _of_stage(self.max_batches, stage)

    def to_json(self) -> str:
        """Return the configuration as JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a configuration that :meth:`to_json` wrote.

        Raises
        ------
        TypeError, ValueError
            If the text is no JSON object, has a field that a configuration has not, or a value out of range.
        """
        text = arguments.instance("text", text, str, "a str of JSON")
        try:
            values: Any = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ValueError(f"text must be a JSON object: {error}") from error
        if not isinstance(values, dict):
            raise ValueError(f"text must be a JSON object, the fields of a configuration, not {arguments.shown(text)}")
        known = [field.name for field in fields(cls)]
        for name in values:
            if name not in known:
                raise ValueError(
                    f"text: a configuration has no field {arguments.shown(name)}{arguments.suggestion(name, known)}"
                )
        fitting: dict[str, Any] = {k: tuple(value) if isinstance(value, list) else value for k, value in values.items()}
        return cls(**fitting)

    def fingerprint(self) -> str:
        """Return 16 hexadecimal digits that differ for different configurations."""
        return hashlib.blake2b(self.to_json().encode(), digest_size=8).hexdigest()

    def differences(self, other: Config) -> list[str]:
        """Return what `other` has differently, as "name (its value there, ours here)".

        Raises
        ------
        TypeError
            If `other` is no configuration.
        """
        arguments.instance("other", other, Config, "a motifcount.train.Config")
        ours, theirs = asdict(self), asdict(other)
        return [f"{name} ({theirs[name]} there, {ours[name]} here)" for name in ours if ours[name] != theirs[name]]


def checked_widths(layer_widths: Any) -> tuple[int, ...]:
    """Return the numbers of units of two or more layers."""
    widths = arguments.sequence("layer_widths", layer_widths, "integers")
    if len(widths) < 2:
        raise ValueError(f"layer_widths must hold 2 or more layers, not {len(widths)}")
    return tuple(arguments.integer(f"layer_widths[{k}]", n, 1, _MANY) for k, n in enumerate(widths))


def _number(name: str, value: Any, *, below: float = math.inf) -> float:
    wanted = "a finite number of 0 or more" if below == math.inf else f"a number of 0 or more and below {below:g}"
    return arguments.number(name, value, wanted, lambda x: 0 <= x < below)


def _of_stage(value: int | tuple[int, ...], stage: int) -> int:
    return value[stage] if isinstance(value, tuple) else value


def _per_stage(name: str, value: Any, n_stages: int) -> int | tuple[int, ...]:
    if not isinstance(value, Iterable) or isinstance(value, (str, bytes)) or getattr(value, "ndim", 1) == 0:
        return arguments.integer(name, value, 0, _MANY)
    given = arguments.sequence(name, value, "integers")
    numbers = tuple(arguments.integer(f"{name}[{k}]", number, 0, _MANY) for k, number in enumerate(given))
    if len(numbers) != n_stages:
        raise ValueError(f"{name} must be one number or one per stage, {n_stages}, not {len(numbers)}")
    return numbers
