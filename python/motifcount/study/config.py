"""Everything a study depends on."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, replace
from typing import Any

from motifcount._support import arguments
from motifcount.train import Config as Training

CONDITIONS = ("trained", "untrained", "shuffled")
"""What networks are compared: trained and pruned; pruned the same way, but never trained; trained on outputs that were
dealt to other runs' inputs."""

_LIMITS = {
    "runs": (1000, 10**12),
    "networks_together": (1, 10**6),
    "samples": (2, 10**7),
    "stage_samples": (2, 10**7),
    "permutations": (1, 10**7),
}


@dataclass(frozen=True, kw_only=True)
class Config:
    """What a study simulates, trains, counts and draws.

    Parameters
    ----------
    runs
        Simulated flights; 64 % of them are trained on.
    training
        Networks, stages and training; see :class:`motifcount.train.Config`. Its seed is that of the whole study.
    networks_together
        Networks that are trained as one stack; a finished stage of them is what a stopped study loses at most.
    threshold
        A network's optimum is its sparsest stage with at most this validation loss.
    samples
        Random graphs per null model at each network's optimum.
    stage_samples
        Random graphs per null model at its other stages.
    permutations
        Relabellings of networks in the test of their similarity.

    Raises
    ------
    TypeError, ValueError
        If a value is of the wrong kind or out of range.
    """

    runs: int
    training: Training
    networks_together: int = 50
    threshold: float = 0.001
    samples: int = 1000
    stage_samples: int = 100
    permutations: int = 9999

    def __post_init__(self) -> None:
        arguments.instance("training", self.training, Training, "a motifcount.train.Config")
        widths = self.training.layer_widths
        if (widths[0], widths[-1]) != (10, 7):
            raise ValueError(
                f"training.layer_widths must begin with 10 and end with 7, as flight data do, not {widths}"
            )
        wanted = "a finite number above 0"
        threshold = arguments.number("threshold", self.threshold, wanted, lambda x: 0 < x < math.inf)
        checked: dict[str, Any] = {"threshold": threshold}
        for name, (least, most) in _LIMITS.items():
            checked[name] = arguments.integer(name, getattr(self, name), least, most)
        for name, value in checked.items():
            object.__setattr__(self, name, value)

    @property
    def seed(self) -> int:
        """The seed of the whole study."""
        return self.training.seed

    def with_networks(self, networks: int) -> Config:
        """Return the same study with another number of networks; groups that both have in full are kept.

        Raises
        ------
        TypeError, ValueError
            If `networks` is no integer from 1 to 10**6.
        """
        return replace(self, training=replace(self.training, networks=networks))

    def with_seed(self, seed: int) -> Config:
        """Return the same study from another seed.

        Raises
        ------
        TypeError, ValueError
            If `seed` is no integer from 0 to 2**64 - 1.
        """
        return replace(self, training=replace(self.training, seed=seed))

    def chunks(self) -> list[Training]:
        """Return the training of each group of networks that is trained together."""
        whole = self.training
        starts = range(whole.first_network, whole.first_network + whole.networks, self.networks_together)
        end = whole.first_network + whole.networks
        return [
            replace(whole, first_network=start, networks=min(self.networks_together, end - start)) for start in starts
        ]

    def to_dict(self) -> dict[str, Any]:
        """Return the configuration as plain Python objects."""
        return json.loads(json.dumps(asdict(self)))  # type: ignore[no-any-return]


_QUICK = Training(
    layer_widths=(10, 64, 64, 64, 16, 7),
    sparsities=(0.0, 0.5, 0.75, 0.85, 0.9, 0.93, 0.96),
    learning_rate=2e-3,
    max_batches=(10_000, *(2000,) * 6),
    validation_rows=20_000,
    networks=6,
    seed=1,
)

# The authors' first stage ran for 50,000 batches; the others stop early, as theirs did.
_FULL = Training(min_batches=(50_000, *(1000,) * 17), networks=350, seed=1)

_BATCHES = (50_000, 1900, 1900, 2000, 2100, 4300, 4300, 4600, 7800, 7600, 4600, 4500, 2200, *(2000,) * 5)
_PUBLISHED = replace(
    _FULL,
    min_batches=_BATCHES,  # where their networks stopped, all together
    max_batches=_BATCHES,
    epsilon=400 * 1e-8,  # theirs was 1e-8, for the mean loss of 400 networks
    stale_weights=True,
    one_fewer=True,
    biases_by_weights=True,
    loss_part="train",
    validation_rows=1024,
    networks=400,
)

PRESETS = {
    "default": Config(
        runs=200_000, training=_QUICK, networks_together=6, threshold=0.003, samples=1000, stage_samples=100
    ),
    "paper": Config(runs=10_000_000, training=_FULL, networks_together=50),
    "published": Config(runs=10_000_000, training=_PUBLISHED, networks_together=50),
}
"""Ready-made studies: "default" takes minutes on two cores, "paper" is the size of the published one, and "published"
follows the rules of its code, errors included."""


def preset(name: str) -> Config:
    """Return a ready-made study.

    Raises
    ------
    TypeError, ValueError
        If there is none of that name.
    """
    return PRESETS[arguments.choice("name", name, PRESETS)]
