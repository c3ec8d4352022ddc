"""Numbers as text, alike in all tables and sentences."""

from __future__ import annotations

import math


def z_and_error(z: float, error: float, decimals: int = 2) -> tuple[str, str]:
    """Return z with its sign, and its standard error; empty where there is no z."""
    return ("", "") if math.isnan(z) else (f"{z:+.{decimals}f}", f"{error:.{decimals}f}")


def z_with_error(z: float, error: float, decimals: int = 2) -> str:
    """Return "z ± error"; empty where there is no z."""
    return " ± ".join(filter(None, z_and_error(z, error, decimals)))
