"""Results as text and HTML."""

from __future__ import annotations
