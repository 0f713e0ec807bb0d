"""One open archive with all that answers from it: what the command line and the web use."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from engine.answers.answerer import Answerer
from engine.hits import Answer, Results
from engine.places import Places
from engine.questions.wording import is_question
from engine.search.explain import Explanation, explain
from engine.search.reranking import READ_IN_SEARCH, CrossEncoderReranker, ReadingReranker, Reranker, mixed
from engine.search.searcher import SHOWN_WEIGHTS, Searcher
from index.archive import Archive
from index.context import vectors_name
from index.filters import Filter
from index.indexes import Indexes
from index.records import Extent, LastChange
from models.embedding import Embedder, load_embedder
from models.swedish import SwedishAnalyser

if TYPE_CHECKING:
    from models.reader.reader import Reader

MODEL_SETTING = "embedding_model"
_EXTENTS = 64  # selections whose extent is remembered


class Service:
    """Search and answers over one archive. Use it as a context manager."""

    def __init__(self, archive: Archive, indexes: Indexes, embedder: Embedder, analyser: SwedishAnalyser) -> None:
        self.archive = archive
        self.indexes = indexes
        self.analyser = analyser
        self.places = Places(archive)
        self.searcher = Searcher(archive, indexes, embedder)
        self._extent = lru_cache(_EXTENTS)(self._counted)
        self._resources = ExitStack()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the archive in ``folder`` with the embedding model that it was made with.

        Raises UnreadableError without an archive there, ModelMissingError without its model.
        """
        with ExitStack() as resources:
            archive = resources.enter_context(Archive.open(folder))
            embedder = load_embedder(archive.setting(MODEL_SETTING))
            analyser = SwedishAnalyser()
            indexes = resources.enter_context(Indexes.open(archive, analyser, embedder))
            service = cls(archive, indexes, embedder, analyser)
            service._resources = resources.pop_all()
        return service

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._resources.close()

    def warnings(self) -> list[str]:
        """What the user should know before trusting the answers, in Swedish."""
        status = self.archive.status()
        embedded = dict(status.vectors).get(vectors_name(self.searcher.embedder.fingerprint), 0)
        missing = status.counts.chunks - embedded
        if missing <= 0:
            return []
        return [
            f"{missing} av {status.counts.chunks} stycken saknar inbäddning för modellen som används och hittas "
            "bara på sina ord. Gör om dem med: klubbat reindex"
        ]

    def search(
        self, query: str, limit: int = 10, selection: Filter = Filter.everything, reranker: Reranker | None = None
    ) -> Results:
        """The best chunks for a query; with ``reranker`` the first ``READ_IN_SEARCH`` are read."""
        if reranker is None:
            return self.shown.search(query, limit, selection)
        results = self.shown.search(query, max(limit, READ_IN_SEARCH), selection)
        relevance = reranker.relevance(results.words, results.hits[:READ_IN_SEARCH]) if results.words else []
        return replace(results, hits=mixed(results.hits, relevance)[:limit])

    @cached_property
    def shown(self) -> Searcher:
        """The searcher of what people see: it weighs signs too (``engine/search/signs.py``), and each word once."""
        ranking = replace(self.searcher.ranking, signs=True, weights=SHOWN_WEIGHTS)
        return Searcher(self.archive, self.indexes, self.searcher.embedder, ranking)

    def reading(self, query: str) -> Reranker | None:
        """Our reader for a query that asks something; None for keywords, and where its weights are not here."""
        return ReadingReranker(self.reader) if is_question(query) and self.reader is not None else None

    def reranker(self, name: str | None = None) -> Reranker:
        """Our reader or, by ``name`` or folder, a cross-encoder. Raises ModelMissingError where it is not here."""
        if name is not None:
            from models.reader.named import NamedReranker

            return CrossEncoderReranker(NamedReranker.find(name))
        from models.reader.reader import Reader

        return ReadingReranker(self.reader or Reader.load())

    @cached_property
    def reader(self) -> Reader | None:
        """The reader, loaded when it is first wanted; None where its weights are not on this machine."""
        from models.reader.reader import find_reader

        return find_reader()

    @cached_property
    def answerer(self) -> Answerer:
        """What answers questions; it has loaded the reader."""
        return Answerer(self.searcher, self.analyser, reader=self.reader)

    def explain(self, results: Results) -> list[Explanation]:
        """Why each hit was found, in the order of the hits."""
        return explain(results, self.searcher, self.analyser)

    def ask(self, question: str, selection: Filter = Filter.everything) -> Answer:
        """An answer with citations, or silence; both say what was searched."""
        answer = self.answerer.ask(question, selection)
        return replace(answer, searched=self._extent(self.archive.last_change(), selection))

    def _counted(self, state: LastChange, selection: Filter) -> Extent:
        """The extent of a selection, which is the same as long as the archive is in one state."""
        return self.archive.extent(selection)
