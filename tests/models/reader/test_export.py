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
    size, error = export([tmp_path / "checkpoint.pt"], tmp_path / "weights" / "reader.safetensors")
    assert size < 13_000_000
    assert 0 < error < 0.1
    read = unpack(tmp_path / "weights" / "reader.safetensors", base)
    assert read.notes["threshold"] == -0.3
    assert read.tensors.keys() == state.keys()


def test_of_several_checkpoints_the_mean_is_packed(state: State, base: State, tmp_path: Path) -> None:
    import torch

    paths = [tmp_path / "3.pt", tmp_path / "4.pt"]
    for path, share in zip(paths, (0.0, 2.0), strict=True):
        moved = {name: torch.from_numpy(base.get(name, tensor) + share * (tensor - base.get(name, 0)))
                 for name, tensor in state.items()}  # fmt: skip
        torch.save({"state": moved}, path)
    torch.save({"state": {name: torch.from_numpy(tensor) for name, tensor in state.items()}}, tmp_path / "mean.pt")
    export(paths, tmp_path / "both.safetensors")
    export([tmp_path / "mean.pt"], tmp_path / "mean.safetensors")
    both, mean = (unpack(tmp_path / f"{name}.safetensors", base).tensors for name in ("both", "mean"))
    name = next(name for name in state if name in base)
    assert np.abs(both[name] - mean[name]).max() < np.abs(mean[name] - base[name]).max()
