"""Numbers as text, alike in all tables and sentences."""

from __future__ import annotations

import math


def z_and_error(z: float, error: float, decimals: int = 2) -> tuple[str, str]:
    """Return z with its sign, and its standard error; empty where there is no z."""
    return ("", "") if math.isnan(z) else (f"{z:+.{decimals}f}", f"{error:.{decimals}f}")


def z_with_error(z: float, error: float, decimals: int = 2) -> str:
    """Return "z ± error"; empty where there is no z."""
    return " ± ".join(filter(None, z_and_error(z, error, decimals)))


def amount(value: float) -> str:
    """Return a mean or a deviation with one decimal, or, below 1, with two significant digits."""
    if value == 0 or 1 <= value < 1e9:
        return f"{value:,.1f}"
    return f"{value:#.2g}" if value < 1 else f"{value:.4e}"


def how_often(n: int) -> str:
    """Return how often something occurs."""
    return "once" if n == 1 else f"{n:,} times"
