"""What tests share: oracles, inputs, and programs that they start. Not tests."""

from __future__ import annotations
