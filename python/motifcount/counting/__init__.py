"""Exact counts of motifs."""

from __future__ import annotations
