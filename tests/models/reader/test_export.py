"""A checkpoint becomes the committed weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.reader.weights import unpack
from models.training.reader.export import export

State = dict[str, NDArray[np.float32]]


def test_a_checkpoint_of_training_is_packed(state: State, base: State, tmp_path: Path) -> None:
    import torch

    # As the state of a whole network has it: a name in front, and embeddings that are left out.
    tensors = {
        (name if name.startswith("head") else f"encoder.{name}"): torch.from_numpy(tensor)
        for name, tensor in state.items()
    }
    tensors["encoder.embeddings.LayerNorm.weight"] = torch.ones(384)
    held = {"state": tensors, "notes": {"threshold": -0.3}}
    torch.save(held, tmp_path / "checkpoint.pt")
    size, error = export(tmp_path / "checkpoint.pt", tmp_path / "weights" / "reader.safetensors")
    assert size < 13_000_000
    assert 0 < error < 0.1
    read = unpack(tmp_path / "weights" / "reader.safetensors", base)
    assert read.notes["threshold"] == -0.3
    assert read.tensors.keys() == state.keys()
