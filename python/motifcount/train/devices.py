"""Where torch calculates."""

from __future__ import annotations

import torch

from motifcount._support import arguments


def usable_device(device: str | torch.device | None) -> torch.device:
    """Return a device on which torch can calculate: the given one, or for None a GPU if there is one.

    Raises
    ------
    TypeError, ValueError
        If torch cannot use it here.
    """
    if device is None:
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    wanted = "device must be one that torch can use here, such as 'cpu'"
    if not isinstance(device, (str, torch.device)):
        raise TypeError(f"{wanted}, not {arguments.shown(device)}")
    try:
        torch.ones(1, device=device).cpu()
    except (RuntimeError, AssertionError, UnicodeError, ImportError, AttributeError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0][:200]
        raise ValueError(f"{wanted}, not {arguments.shown(device)}: {reason}") from error
    return torch.device(device)
