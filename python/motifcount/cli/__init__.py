"""The command `motifcount`."""

from __future__ import annotations

import sys
import warnings

import click

import motifcount as mc
from motifcount.cli import count, info, randomize, significance, study


@click.group(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.version_option(mc.__version__, prog_name="motifcount")
def app() -> None:
    """Count the motifs of a directed graph, and tell which are more or less frequent than chance.

    FILE is a graph file (.npz, .npy, .mtx, .tsv, .csv, .txt, .edges, .el, .graphml, .pt, .pth, .safetensors; text also
    as .gz), or dataset:NAME for a network that comes with the package (dataset:pendulum,
    dataset:hawkmoth).
    """


for command in (count.count, info.info, randomize.randomize, significance.significance, study.study):
    app.add_command(command)


def _print_warning(message: Warning | str, *_args: object, **_kwargs: object) -> None:
    sys.stderr.write(f"motifcount: warning: {message}\n")


def main() -> None:
    """Run the command; expected errors become one line on standard error and exit status 2."""
    warnings.showwarning = _print_warning
    try:
        sys.exit(app(standalone_mode=False))
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.ClickException as error:
        sys.stderr.write(f"motifcount: {' '.join(error.format_message().split())}; see motifcount --help\n")
        sys.exit(error.exit_code)
    except (ArithmeticError, ImportError, MemoryError, NotImplementedError, OSError, TypeError, ValueError) as error:
        sys.stderr.write(f"motifcount: {str(error) or type(error).__name__}\n")
        sys.exit(2)
    except click.Abort:
        sys.stderr.write("motifcount: interrupted\n")
        sys.exit(130)
