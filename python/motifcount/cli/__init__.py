"""The command `motifcount`."""

from __future__ import annotations

import errno
import sys
import warnings

import click

import motifcount as mc
from motifcount.cli import compare, count, find, info, node_significance, randomize, report, significance, study
from motifcount.cli.wording import in_options


@click.group(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.version_option(mc.__version__, prog_name="motifcount")
def app() -> None:
    """Count the motifs of a directed graph, and tell which are more or less frequent than chance.

    FILE is a table of edges or a matrix (.csv, .tsv, .txt, .edges, …), .sif, .npz, .npy, .mtx, .graphml, .gml, .gexf,
    .net, .json, .parquet, .feather, .xlsx, .pt, .pth or .safetensors; text also packed as .gz, .bz2, .xz or .zip; - for
    standard input, with --format; or dataset:NAME for a network that comes with the package (dataset:pendulum,
    dataset:hawkmoth). motifcount info FILE tells how it is read.
    """


for command in (
    *(compare.compare, count.count, find.find, info.info, node_significance.node_significance),
    *(randomize.randomize, report.report, significance.significance, study.study),
):
    app.add_command(command)


def _print_warning(message: Warning | str, *_args: object, **_kwargs: object) -> None:
    sys.stderr.write(f"motifcount: warning: {in_options(str(message))}\n")


def _in_words(error: OSError) -> str:
    if error.filename is None:
        return str(error)
    words = {
        errno.ENOENT: "no such file or folder",
        errno.EISDIR: "a directory, where a file must be",
        errno.EACCES: "you may not open it",
    }
    return f"{error.filename}: {words.get(error.errno or 0, error.strerror)}"


def main() -> None:
    """Run the command; expected errors become one line on standard error and exit status 2."""
    warnings.showwarning = _print_warning
    try:
        sys.exit(app(standalone_mode=False))
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.ClickException as error:
        told = " ".join(error.format_message().split()).removesuffix(".")
        sys.stderr.write(f"motifcount: {told}; see motifcount --help\n")
        sys.exit(error.exit_code)
    except OSError as error:
        sys.stderr.write(f"motifcount: {_in_words(error)}\n")
        sys.exit(2)
    except (ArithmeticError, ImportError, MemoryError, NotImplementedError, TypeError, ValueError) as error:
        sys.stderr.write(f"motifcount: {in_options(str(error)) or type(error).__name__}\n")
        sys.exit(2)
    except click.Abort:
        sys.stderr.write("motifcount: interrupted\n")
        sys.exit(130)
