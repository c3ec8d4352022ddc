"""Every argument of flight, training and the study, with wrong values of every kind."""

from __future__ import annotations

import pytest

from motifcount import flight
from support.wrong import by_function, refuse_all
from support.wrong_training_calls import CASES

FUNCTIONS = by_function(CASES)


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    yield
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("function", FUNCTIONS)
def test_wrong_arguments(function):
    refuse_all(FUNCTIONS[function])


def test_a_data_set_larger_than_the_disk_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"total": 1000})())
    with pytest.raises(OSError, match=r"runs=50 take .* this disk has"):
        flight.generate(tmp_path / "a", 50, seed=1)
    (tmp_path / "a").rmdir()
