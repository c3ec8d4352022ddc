"""The hawkmoth study, from flight simulation to a report, as one pipeline that can be stopped and continued anywhere.

It re-does Zahn, Daniel and Kutz 2024 (arXiv:2403.00974), "Motif distribution and function of sparse deep neural
networks", without its code's errors, and asks what training adds: under three null models and against two controls.
``docs/study.md`` tells what is done and why. Needs the extra ``study``.
"""

from __future__ import annotations

from motifcount._support import extras

try:
    import filelock as _filelock  # noqa: F401
    import jinja2 as _jinja2  # noqa: F401
    import matplotlib as _matplotlib  # noqa: F401
    import numba as _numba  # noqa: F401
    import pandas as _pandas  # noqa: F401
    import torch as _torch  # noqa: F401
except ImportError as error:
    raise extras.unavailable(error, error.name or "one of its packages", "study", "motifcount.study") from error

from motifcount.study.config import PRESETS, Config, preset
from motifcount.study.directory import networks_of
from motifcount.study.pipeline import Paused, Study, run

__all__ = ["PRESETS", "Config", "Paused", "Study", "networks_of", "preset", "run"]
