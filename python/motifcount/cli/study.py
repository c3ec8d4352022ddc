"""``motifcount study``."""

from __future__ import annotations

import math
import sys
import time

import click

from motifcount._support import arguments
from motifcount._support.threads import effective_threads
from motifcount.cli import options

PRESETS = ("default", "paper", "published")


@click.command()
@click.argument("directory", default="motifcount-study")
@click.option(
    "--preset",
    default="default",
    metavar="NAME",
    help='"default" (minutes on two cores), "paper" (full size, for a GPU) or "published" (that by the rules of the '
    "published code).",
)
@click.option(
    "--networks",
    type=click.IntRange(1, 10**6),
    help="How many networks to train; default as before, or that of the preset.",
)
@click.option(
    "--seed", type=click.IntRange(0, arguments.MAX_SEED), help="Same seed, same study; default that of the preset."
)
@click.option("--stop-after", type=float, metavar="MINUTES", help="Begin no new step after this time.")
@click.option("--device", help="Where to train: cpu, cuda, …; default a GPU if there is one.")
@options.combined(options.THREADS)
def study(
    directory: str,
    preset: str,
    networks: int | None,
    seed: int | None,
    stop_after: float | None,
    device: str | None,
    threads: int | None,
) -> None:
    """Simulate, train, prune, count and report: the hawkmoth study, in DIRECTORY.

    Stopped at any point, the same command continues where it was. Exit status 75 says that --stop-after stopped it.
    """
    arguments.choice("--preset", preset, PRESETS)  # and what else can be told before torch is imported
    effective_threads(threads)
    if stop_after is not None:
        arguments.number("--stop-after", stop_after, "a number of minutes, 0 or more", lambda x: 0 <= x < math.inf)
    if arguments.path("directory", directory).is_file():
        raise ValueError(f"directory must be a folder, new or of a study, not the file {directory}")

    from motifcount import study as studies

    config = studies.preset(preset)
    if networks is None:
        networks = studies.networks_of(directory)
    if networks is not None:
        config = config.with_networks(networks)
    if seed is not None:
        config = config.with_seed(seed)
    try:
        result = studies.run(config, directory, stop_after=stop_after, device=device, num_threads=threads, say=_say)
    except studies.Paused as pause:
        click.echo(str(pause))
        sys.exit(75)  # "try again later"
    click.echo(f"report: {result.report}")


def _say(text: str) -> None:
    click.echo(f"{time.strftime('%H:%M:%S')}  {text}", err=True)
