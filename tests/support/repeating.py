"""Arrays that are longer than memory: one block of numbers, mapped again and again behind itself (Linux)."""

from __future__ import annotations

import ctypes
import mmap
import tempfile

import numpy as np
import numpy.typing as npt

_MAP_FIXED, _MAP_NORESERVE = 0x10, 0x4000


def repeated(block: npt.NDArray[np.int64], times: int) -> npt.NDArray[np.int64]:
    """Return what ``np.tile(block, times)`` does, read-only, in the memory of one block; it must fill whole pages."""
    if block.nbytes % mmap.PAGESIZE:
        raise ValueError(f"block must fill pages of {mmap.PAGESIZE} bytes, not {block.nbytes} bytes")
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_int64]
    space = mmap.mmap(-1, block.nbytes * times, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | _MAP_NORESERVE)
    start = ctypes.addressof(ctypes.c_char.from_buffer(space))
    with tempfile.TemporaryFile() as file:
        file.write(block.tobytes())
        file.flush()
        for at in range(start, start + len(space), block.nbytes):
            flags = mmap.MAP_SHARED | _MAP_FIXED
            if libc.mmap(at, block.nbytes, mmap.PROT_READ, flags, file.fileno(), 0) != at:
                raise OSError(ctypes.get_errno(), "mmap failed")
    array = np.frombuffer(space, block.dtype)
    array.flags.writeable = False
    return array
