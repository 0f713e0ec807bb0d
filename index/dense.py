"""The dense index: nearest chunks by inner product of unit vectors, on FAISS.

Exact up to ``EXACT_LIMIT`` chunks. Above it an inverted file with 8-bit scalar quantisation
(Jégou et al., 2011) proposes candidates that are scored again with the archive's vectors.
"""

from __future__ import annotations

import contextlib
import math
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.reader import ArchiveReader
from index.records import Changes, ScoredChunk
from index.state import IndexState, read_state, sync, write_state

# Part of the fingerprint: change it when the files change.
SCHEMA_VERSION = "1"
# 200 000 vectors of 384 half-precision numbers: 150 MB, about 7 ms a query on two cores.
EXACT_LIMIT = 200_000
# Candidates per wanted hit that the compressed index proposes.
CANDIDATES = 4
# With fewer allowed chunks than this, each is scored with the archive's vector.
SCORE_ALL = 4_096
# FAISS asks for 39 training vectors a list or more (Clustering.min_points_per_centroid).
TRAINING_PER_LIST = 39


class DenseIndex:
    """Vector search over the chunks of an archive. ``folder`` is its own, e.g. ``…/dense``."""

    def __init__(
        self,
        folder: Path,
        archive: ArchiveReader,
        embedder_fingerprint: str,
        dimension: int,
        exact_limit: int = EXACT_LIMIT,
    ) -> None:
        self._folder = folder
        self._archive = archive
        self._embedding = embedder_fingerprint
        self._dimension = dimension
        self._exact_limit = exact_limit
        self._state: IndexState | None = None
        self._index: Any = None
        self.load()

    @property
    def fingerprint(self) -> str:
        """What the index is built with; another one means that it has to be built again."""
        return f"dense-{SCHEMA_VERSION}|{self._embedding}|{self._dimension}|{self._archive.identity}"

    @property
    def chunks(self) -> int:
        """How many chunks can be found."""
        return 0 if self._index is None else int(self._index.ntotal)

    @property
    def is_exact(self) -> bool:
        """Whether every chunk is compared with the question."""
        return self._index is None or _is_flat(self._index)

    def search(
        self, vector: NDArray[np.floating], limit: int, chunks_allowed: NDArray[np.int64] | None = None
    ) -> list[ScoredChunk]:
        """The chunks whose vectors have the largest inner product with ``vector``, best first.

        ``vector``: (dimension,), of unit length for a cosine. ``chunks_allowed``: ids of the only
        chunks to look at. Raises ValueError for a vector of another dimension.
        """
        query = np.ascontiguousarray(vector, np.float32).reshape(1, -1)
        if query.shape[1] != self._dimension:
            raise ValueError(f"a vector of {query.shape[1]} numbers, not {self._dimension}")
        if self._index is None or limit < 1 or not self._index.ntotal:
            return []
        if chunks_allowed is not None and not len(chunks_allowed):
            return []
        if _is_flat(self._index):
            scores, ids = self._nearest(query, limit, chunks_allowed)
        else:
            scores, ids = self._rescored(query, limit, chunks_allowed)
        order = np.lexsort((ids, -scores))[:limit]
        return [ScoredChunk(int(ids[one]), float(scores[one])) for one in order]

    def is_current(self) -> bool:
        """Whether the index holds the archive's last change."""
        return self._state is not None and self._state.last == self._archive.last_change()

    def load(self) -> None:
        """Open what is on disk, if it was built as we would build it; else there is no index."""
        state = read_state(self._folder)
        if state is None or state.fingerprint != self.fingerprint:
            self._state = self._index = None
            return
        if state == self._state and self._index is not None:
            return
        self._index = self._read(state, mapped=True)
        self._state = state if self._index is not None else None

    def catch_up(self) -> None:
        """Take in what has changed since; the caller holds the writer's lock."""
        self.load()
        changes = None if self._state is None else self._archive.changes_since(self._state.last)
        if self._state is None or changes is None:
            self.rebuild()
            return
        if changes.last == self._state.last:
            return
        # What is mapped from a file cannot be changed: read it again, into memory.
        index = self._read(self._state, mapped=False)
        if index is None or not self._applied(index, changes):
            self.rebuild()
            return
        self._save(index, changes.last.seq, changes.last.token, self._state.built)

    def rebuild(self) -> None:
        """Build everything anew from the vectors of the archive."""
        import faiss

        last = self._archive.last_change()
        total = sum(len(ids) for ids, _ in self._archive.vectors(self._embedding))
        if total <= self._exact_limit:
            # Half precision is what the archive holds, so nothing is lost, and there is half the
            # memory to read (100 000 x 384: 3 ms a query, IndexFlatIP 6 ms, one thread each).
            flat = faiss.IndexScalarQuantizer(
                self._dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
            )
            index = faiss.IndexIDMap(flat)
        else:
            index = self._trained(total)
        for ids, vectors in self._archive.vectors(self._embedding):
            index.add_with_ids(vectors.astype(np.float32), ids)
        self._save(index, last.seq, last.token, total)

    def _applied(self, index: Any, changes: Changes) -> bool:
        """Bring ``index`` up to date; False where it had better be built anew."""
        documents = dict.fromkeys((*changes.documents, *changes.vector_documents))
        gone = np.concatenate([np.asarray(changes.removed_chunks, np.int64), self._archive.chunk_ids(documents)])
        if gone.size and index.ntotal:
            index.remove_ids(gone)
        for ids, vectors in self._archive.vectors(self._embedding, documents):
            index.add_with_ids(vectors.astype(np.float32), ids)
        if _is_flat(index):
            return int(index.ntotal) <= self._exact_limit
        assert self._state is not None
        # The lists fit the vectors that they were trained on, as long as these are not outnumbered.
        return self._exact_limit < int(index.ntotal) <= 2 * self._state.built

    def _save(self, index: Any, seq: int, token: str, built: int) -> None:
        import faiss

        self._folder.mkdir(parents=True, exist_ok=True)
        data = f"index-{seq}.faiss"
        temporary = self._folder / f"{data}.new"
        faiss.write_index(index, str(temporary))
        sync(temporary)
        temporary.replace(self._folder / data)
        state = IndexState(self.fingerprint, seq, token, data, built)
        write_state(self._folder, state)
        self._index, self._state = index, state
        for other in self._folder.glob("index-*"):
            if other.name != data:
                with contextlib.suppress(OSError):
                    other.unlink()

    def _read(self, state: IndexState, *, mapped: bool) -> Any:
        """The FAISS index that a state names; None where the file is missing or damaged."""
        import faiss

        flags = getattr(faiss, "IO_FLAG_MMAP_IFC", 0) if mapped else 0
        try:
            index = faiss.read_index(str(self._folder / state.data), flags)
        except RuntimeError:
            return None
        return index if index.d == self._dimension else None

    def _nearest(
        self, query: NDArray[np.float32], limit: int, allowed: NDArray[np.int64] | None, probes: int = 0
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        import faiss

        # ``bits`` and ``selector`` must outlive the search: FAISS holds bare pointers to them.
        bits = selector = None
        if allowed is not None:
            chosen = np.zeros(int(allowed.max()) + 1, np.bool_)
            chosen[allowed] = True
            bits = np.packbits(chosen, bitorder="little")
            selector = faiss.IDSelectorBitmap(len(bits), faiss.swig_ptr(bits))
        parameters: Any = faiss.SearchParametersIVF() if probes else faiss.SearchParameters()
        parameters.sel = selector
        if probes:
            parameters.nprobe = probes
        # One question is too little work to share: two threads on a busy machine spend their time
        # waiting for each other (measured: 35 ms against 4 ms at 100 000 x 384).
        threads = faiss.omp_get_max_threads()
        faiss.omp_set_num_threads(1)
        try:
            scores, ids = self._index.search(query, min(limit, int(self._index.ntotal)), params=parameters)
        finally:
            faiss.omp_set_num_threads(threads)
        found = ids[0] >= 0
        return scores[0][found], ids[0][found]

    def _rescored(
        self, query: NDArray[np.float32], limit: int, allowed: NDArray[np.int64] | None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Candidates of the compressed index, scored with the vectors of the archive."""
        if allowed is not None and len(allowed) <= SCORE_ALL:
            candidates = allowed
        else:
            lists = int(self._index.nlist)
            share = 1.0 if allowed is None else len(allowed) / int(self._index.ntotal)
            probes = min(lists, math.ceil(max(8, lists / 16) / max(share, 1e-9)))
            wanted = CANDIDATES * limit
            _, candidates = self._nearest(query, wanted, allowed, probes)
            if len(candidates) < wanted and probes < lists:
                _, candidates = self._nearest(query, wanted, allowed, lists)
        ids, vectors = self._archive.vectors_of(candidates, self._embedding)
        if not ids.size:
            return np.empty(0, np.float32), ids
        return vectors.astype(np.float32) @ query[0], ids

    def _trained(self, total: int) -> Any:
        """An empty inverted file for ``total`` vectors, trained on an even sample of them."""
        import faiss

        lists = max(1, min(round(2 * math.sqrt(total)), total // TRAINING_PER_LIST))
        step = max(1, total // (2 * TRAINING_PER_LIST * lists))
        sample: list[NDArray[np.float16]] = []
        offset = 0
        for ids, vectors in self._archive.vectors(self._embedding):
            sample.append(vectors[(-offset) % step :: step])
            offset += len(ids)
        index = faiss.IndexIVFScalarQuantizer(
            faiss.IndexFlatIP(self._dimension),
            self._dimension,
            lists,
            faiss.ScalarQuantizer.QT_8bit,
            faiss.METRIC_INNER_PRODUCT,
        )
        index.train(np.concatenate(sample).astype(np.float32))
        return index


def _is_flat(index: Any) -> bool:
    return not hasattr(index, "nlist")
