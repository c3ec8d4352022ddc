"""Observed counts against those of random graphs."""

from __future__ import annotations
