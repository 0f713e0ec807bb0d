"""A larger reranker by name, through sentence-transformers' ``CrossEncoder``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelMissingError
from models.named_embedder import folder_digest, named_folder

_BATCH = 16  # pairs a batch; larger ones are not faster on a processor


@dataclass(slots=True)
class NamedReranker:
    """A cross-encoder in ``folder``, loaded at the first question."""

    name: str
    folder: Path
    _model: Any = field(default=None, repr=False)

    @classmethod
    def find(cls, name: str) -> NamedReranker:
        """The model in the folder ``name`` or, from earlier downloads, of that public name.

        Raises ``ModelMissingError`` where there is none; nothing is downloaded.
        """
        found = named_folder(name)
        if found is None:
            raise _missing(name, "den är varken en mapp eller hämtad tidigare")
        return cls(*found)

    @property
    def fingerprint(self) -> str:
        """Name and digest of the folder."""
        return f"{self.name}:{folder_digest(self.folder)}"

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """How well each passage answers, shape (n,): higher is better, the scale is the model's own.

        Raises ``ModelMissingError`` where the folder holds no cross-encoder with one output.
        """
        if not passages:
            return np.empty(0, dtype=np.float32)
        pairs = [(_valid(question), _valid(passage)) for passage in passages]
        found = self._loaded().predict(pairs, batch_size=_BATCH, show_progress_bar=False, convert_to_numpy=True)
        scores = np.asarray(found, dtype=np.float32)
        if scores.shape != (len(passages),):
            raise _missing(self.name, f"den ger {scores.shape[-1]} tal för varje stycke, inte ett")
        return scores

    def _loaded(self) -> Any:
        if self._model is None:
            from sentence_transformers import CrossEncoder
            from transformers.utils import logging

            shown = logging.is_progress_bar_enabled()
            logging.disable_progress_bar()  # it would write into the user's terminal
            try:
                self._model = CrossEncoder(str(self.folder), device="cpu", local_files_only=True)
            except (OSError, ValueError, KeyError) as error:
                reason = str(error).strip().partition("\n")[0]
                raise _missing(self.name, f"{self.folder} kan inte läsas in ({reason})") from error
            finally:
                if shown:
                    logging.enable_progress_bar()
        return self._model


def _valid(text: str) -> str:
    """Without lone surrogates, which UTF-8 lacks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _missing(name: str, reason: str) -> ModelMissingError:
    return ModelMissingError(
        f"Omrankaren {name} saknas: {reason}. Ange mappen med en CrossEncoder för sentence-transformers, "
        f"eller hämta den en gång med: hf download {name}."
    )
