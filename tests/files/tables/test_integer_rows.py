"""Rows of integers are read by numpy, and mean what they would word by word."""

from __future__ import annotations

import numpy as np
import pytest

from motifcount.files.tables import integer_rows, row_reader
from support import edge_sets
from support.written import read


@pytest.mark.parametrize("shift", range(5))
def test_leading_zeros_are_found_wherever_pieces_end(shift):
    plain = b"x" * shift + b"1000\n" * 300_000
    assert not integer_rows.has_padded(plain)
    for at in (5, 1 << 20, (1 << 20) + 1, len(plain) - 5):
        assert integer_rows.has_padded(plain[:at] + b"\n07\n" + plain[at:])


@pytest.mark.parametrize(("header", "offset"), [("", 0), ("from,to\n", 2**31), ("# c\n", 72 * 10**16)])
def test_long_tables_of_integers_do_not_pass_through_words(tmp_path, header, offset, monkeypatch):
    """The quick way must hold beyond the first megabyte, whatever the integers' length."""
    rng = np.random.default_rng(3)
    ends = rng.integers(0, 1000, (150_000, 2)) + offset
    text = header + "".join(f"{u},{v}\n" for u, v in ends.tolist())
    monkeypatch.setattr(row_reader, "_words", None)
    found = read(tmp_path, text)
    monkeypatch.undo()
    assert edge_sets.by_label_or_position(found) == {(u, v) for u, v in ends.tolist() if u != v}
    padded = text + f"{offset + 7:020},{offset + 5}\n"
    assert (f"{offset + 7:020}", str(offset + 5)) in edge_sets.by_label_or_position(read(tmp_path, padded))
