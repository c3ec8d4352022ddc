"""torch tensors as NumPy and SciPy arrays. torch is imported only where there is a tensor."""

from __future__ import annotations

from typing import Any

import scipy.sparse as sp


def is_torch_tensor(value: Any) -> bool:
    """Whether `value` is a torch tensor."""
    return type(value).__module__.split(".")[0] == "torch" and hasattr(value, "detach")


def from_tensor(name: str, tensor: Any) -> Any:
    """Return a torch tensor as a NumPy array, or, if it is sparse, as a scipy array of the same format.

    On the CPU, indices and values are shared; entries of COO tensors are not added up, as in scipy.
    """
    try:
        return _from_tensor(name, tensor)
    except RuntimeError as error:  # of a nested tensor, or one on the device "meta"
        reason = str(error).splitlines()[0]
        raise ValueError(f"{name} must be a tensor whose values can be read; this one cannot: {reason}") from error


def _from_tensor(name: str, tensor: Any) -> Any:
    import torch

    if tensor.layout == torch.strided:
        try:
            return tensor.numpy(force=True)
        except TypeError:  # bfloat16 and others that NumPy lacks
            return tensor.float().numpy(force=True)
    if tensor.dense_dim():
        found = tensor.dense_dim()
        raise ValueError(f"{name}: a sparse tensor must be sparse in both dimensions, not of dense_dim {found}")
    tensor = tensor.detach()
    shape = tuple(tensor.shape)
    if tensor.layout == torch.sparse_csr and tensor.ndim == 2:
        parts = tensor.values(), tensor.col_indices(), tensor.crow_indices()
        return _compressed(sp.csr_array(shape), name, parts)
    if tensor.layout == torch.sparse_csc and tensor.ndim == 2:
        parts = tensor.values(), tensor.row_indices(), tensor.ccol_indices()
        return _compressed(sp.csc_array(shape), name, parts)
    coo = tensor.to_sparse_coo()
    matrix = sp.coo_array(shape)
    matrix.coords, matrix.data = tuple(_from_tensor(name, coo._indices())), _from_tensor(name, coo._values())
    return matrix


def _compressed(matrix: Any, name: str, parts: tuple[Any, Any, Any]) -> Any:
    """Give an empty matrix its parts, which SciPy's constructor would check under other names."""
    matrix.data, matrix.indices, matrix.indptr = (_from_tensor(name, part) for part in parts)
    return matrix
