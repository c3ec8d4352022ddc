"""Files that are written are whole or not there."""

from __future__ import annotations

import contextlib
import errno
import os

import pytest

from motifcount._support import atomic


def test_whole_or_not_there(tmp_path):
    path = tmp_path / "a.bin"
    atomic.write_bytes(path, b"one")
    with contextlib.suppress(ZeroDivisionError), atomic.writing(path) as stream:
        stream.write(b"half")
        assert path.read_bytes() == b"one"
        _ = 1 / 0
    assert path.read_bytes() == b"one"
    atomic.write_bytes(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_told_with_the_name_of_the_file(tmp_path, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(atomic.os, "fsync", full)
    path = tmp_path / "a.bin"
    with pytest.raises(OSError, match=r"No space left on device: .*a\.bin"):
        atomic.write_bytes(path, b"one")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("folder", "kind"), [("absent", FileNotFoundError), ("file", NotADirectoryError)])
def test_a_folder_that_is_none_is_told_with_the_name_of_the_file(tmp_path, folder, kind):
    (tmp_path / "file").touch()
    path = tmp_path / folder / "a.bin"
    with pytest.raises(kind) as caught:
        atomic.write_bytes(path, b"x")
    assert caught.value.filename == str(path)
